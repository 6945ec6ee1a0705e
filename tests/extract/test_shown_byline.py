"""Bylines that a page shows."""

import pytest

from newscrawl.extract.shown_byline import HEADLINE_TO_BYLINE, shown_authors
from tests.extract.invented import page

HEADLINE = "<h1>Harbour reopens</h1>"


def told(body: str) -> tuple[list[str], str | None]:
    return shown_authors(page(body), {"maroledger"})


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<span itemprop=author>Ann Lee</span>", "[itemprop=author]"),
        ("<p itemprop=author>About <b itemprop=name>Ann Lee</b>, of whom much can be told</p>", "[itemprop=author]"),
        ("<p class=story-byline>By Ann Lee</p>", "[class*=byline]"),
        ("<p class=by-meta>By Ann Lee</p>", "below h1"),
        ("<a href=/authors/ann-lee>Ann Lee</a>", "below h1"),
    ],
)
def test_who_is_shown(markup: str, rule: str) -> None:
    assert told(HEADLINE + markup) == (["Ann Lee"], rule)


@pytest.mark.parametrize(
    "markup",
    [
        "<p class=by-meta>Ann Lee</p>",  # no label
        "<p>By Ann Lee</p>",  # no class
        "<a href=/people/ann-lee>Ann Lee</a>",
        "<p class=byline>Maro Ledger</p>",
        "<aside><p class=byline>By Ann Lee</p></aside>",
        "<div class=comment-list><p class=byline>By Ann Lee</p></div>",
        "<div id=comments><p class=byline>By Ann Lee</p></div>",
        "<p>" + "x" * (HEADLINE_TO_BYLINE + 1) + "</p><p class=by-meta>By Ann Lee</p>",
        "<p class=byline>By Ann Lee, who " + "writes about ships and " * 6 + "more</p>",
    ],
)
def test_what_is_no_byline(markup: str) -> None:
    assert told(HEADLINE + markup) == ([], None)


BYLINE = "<p class=byline>By Ann Lee</p>"


@pytest.mark.parametrize(
    ("body", "ours"),
    [
        (f"<article>{HEADLINE}<footer>{BYLINE}</footer></article>", True),
        (f"{HEADLINE}<article><header>{BYLINE}</header></article>", True),
        (f"{HEADLINE}<article></article><article><header>{BYLINE}</header></article>", False),
        (f"<article>{HEADLINE}<footer><ul><li>{BYLINE}</ul></footer></article>", False),
        (f"<article>{HEADLINE}<footer><div hidden>{BYLINE}</div></footer></article>", False),
        (f"{HEADLINE}<footer>{BYLINE}</footer>", False),
    ],
)
def test_a_byline_in_a_header_or_footer_is_the_storys(body: str, ours: bool) -> None:
    assert told(body) == ((["Ann Lee"], "[class*=byline]") if ours else ([], None))
