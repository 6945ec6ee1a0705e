"""A story's pages put together: what the text has is of all of them, everything else of the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from newscrawl.article.item import Article, Image
from newscrawl.article.joining import joined_story, replace_text
from newscrawl.article.markdown import Paragraph

#: The lists that are of the text; `updates` and `links_in_text` follow from it when the story is sealed.
OF_TEXT = {"images", "corrections", "contributors"}
SEALED = {"updates", "links_in_text"}
OF_FIRST = {"authors", "topics", "links", "keywords"}


def page(number: int, body: str, **more: Any) -> Article:
    lists: dict[str, Any] = {name: [f"{name} {number}", "both"] for name in OF_FIRST | OF_TEXT}
    lists["images"] = [Image(f"https://img.example/{number}.jpg"), Image("https://img.example/both.jpg")]
    article = Article("https://a.example/lock", "1", "a.example", headline="The lock", body=body, **{**lists, **more})
    article.story = [Paragraph(text) for text in article.paragraphs]
    return article


def appended(first: Article, other: Article) -> None:
    joined_story([first, other])


def test_each_list_of_an_article_has_its_place_here() -> None:
    lists = {one.name for one in fields(Article) if str(one.type).startswith("list")}
    assert lists == OF_TEXT | SEALED | OF_FIRST


@pytest.mark.parametrize("put", [appended, replace_text])
def test_lists_of_the_text_are_of_both_pages_and_others_of_the_first(put: Callable[[Article, Article], None]) -> None:
    first = page(1, "One.")
    put(first, page(2, "Two.", premium=True, next_url="https://a.example/gate"))
    assert [image.url[-6:] for image in first.images] == ["/1.jpg", "th.jpg", "/2.jpg"]
    for name in OF_TEXT - {"images"}:
        assert getattr(first, name) == [f"{name} 1", "both", f"{name} 2"]
    for name in OF_FIRST:
        assert getattr(first, name) == [f"{name} 1", "both"]
    assert (first.premium, first.next_url) == (True, "https://a.example/gate")


def test_all_on_one_page_gives_the_text() -> None:
    first = page(1, "One.")
    replace_text(first, page(2, "One.\n\nTwo."))
    first.seal()
    assert (first.body, first.body_markdown) == ("One.\n\nTwo.", "One.\n\nTwo.")


@pytest.mark.parametrize("marker", ["Page {} of 2", "(page {}/2)", "Seite {} von 2", "Página {} de 2"])
def test_which_page_it_is_is_no_text_of_the_whole(marker: str) -> None:
    pages = [page(n, f"{marker.format(n)}\n\nText {n}.\n\nPage {n} of the log is torn.") for n in (1, 2)]
    assert joined_story(pages).paragraphs == [
        "Text 1.", "Page 1 of the log is torn.", "Text 2.", "Page 2 of the log is torn.",
    ]  # fmt: skip


def test_a_single_page_is_left_as_it_is() -> None:
    assert joined_story([page(1, "Page 1 of 2\n\nText.")]).body == "Page 1 of 2\n\nText."
