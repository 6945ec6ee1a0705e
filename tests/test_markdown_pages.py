"""Saved invented pages, each about one element, and the Markdown that must come of them, written by hand.

``markdown/NAME.html`` is a page, ``markdown/NAME.md`` what it is in Markdown.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl import extract_article
from tests.rendered import links_of, paragraphs_of, without_empty_cells

PAGES = sorted(Path(__file__).parent.glob("markdown/*.html"))
SAVED = sorted(Path(__file__).parent.glob("pages/*/page.html"))
URL = "https://post.example/news/2025/lock"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_markdown_of_a_page(page):
    article = extract_article(page.read_bytes(), URL, publisher="generic")
    assert article.body_markdown == page.with_suffix(".md").read_text(encoding="utf8").removesuffix("\n")
    assert [(link.url, link.text) for link in article.links_in_text] == links_of(article.body_markdown)


@pytest.mark.parametrize("publisher", ["business-standard.com", "generic"])
@pytest.mark.parametrize("page", [*PAGES, *SAVED], ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_markdown_that_is_rendered_gives_the_body(page, publisher):
    article = extract_article(page.read_bytes(), URL, publisher=publisher)
    assert paragraphs_of(article.body_markdown) == list(map(without_empty_cells, article.paragraphs))


def test_it_is_not_made_where_it_is_not_wanted():
    page = (Path(__file__).parent / "markdown" / "link.html").read_bytes()
    article = extract_article(page, URL, publisher="generic", markdown=False)
    assert article.body_markdown == ""
    assert article.body == extract_article(page, URL, publisher="generic").body
    assert [link.url for link in article.links_in_text] == ["https://port.example/lock"]
