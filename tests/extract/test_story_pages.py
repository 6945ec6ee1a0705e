"""Where a story goes on on another page, and what leads elsewhere."""

from __future__ import annotations

import pytest

from newscrawl.extract.page import Page
from newscrawl.extract.story_pages import Onward, number_of, onward

FIRST = "https://paper.example/2025/harbour-lock.html"
HERE = "https://paper.example/2025/harbour-lock"


def read(inside: str, url: str = HERE, first: str = "", number: int = 1, head: str = "") -> Onward:
    html = f"<html><head>{head}</head><body><main><h1>Lock closed</h1><p>The lock is shut.</p>{inside}</main></body></html>"
    return onward(Page(html, url), first or url, number)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (HERE, f"{HERE}?page=2"), (HERE, f"{HERE}/2"), (HERE, f"{HERE}/2/"), (HERE, f"{HERE}/page/2/"), (HERE, f"{HERE}/page-2"),
        (HERE, f"{HERE}/seite-2"), (f"{HERE}/", f"{HERE}/2/"), (FIRST, f"{HERE}-2.html"), (FIRST, f"{HERE}_2.html"),
        (FIRST, f"{HERE}-page2.html"), (FIRST, f"{HERE}-seite-2.html"), (FIRST, f"{HERE},2.html"), (FIRST, f"{HERE}.html?page=2"),
        (FIRST, f"{HERE}.html/2"), (f"{HERE}?id=7", f"{HERE}?id=7&page=2"), (f"{HERE}?page=1", f"{HERE}?page=2"),
        (HERE, HERE.replace("//", "//www.") + "/2"),
    ],
)  # fmt: skip
def test_addresses_of_further_pages(first, second):
    told = number_of(second, first)
    assert told and told.number == 2
    for link in (
        f'<a href="{second}">2</a>',
        f'<a href="{second}">Next page</a>',
        f'<a class="next" href="{second}">→</a>',
    ):
        assert read(link, first).next == second
    assert read("", first, head=f'<link rel="next" href="{second}">').next == second


@pytest.mark.parametrize(
    "other",
    ["https://paper.example/2025/next-story", "https://paper.example/2025/harbour-lock-2", "https://other.example/2025/harbour-lock/2",
     f"{HERE}?image=2", f"{HERE}?page=2&photo=3", f"{HERE}/gallery/2", f"{HERE}/comments/2", f"{HERE}#2", f"{HERE}?page=1000000",
     "https://paper.example/2025?page=2", "https://paper.example/?page=2", f"{HERE}/2025", "javascript:next()"],
)  # fmt: skip
def test_addresses_of_something_else(other):
    assert read(f'<a rel="next" href="{other}">Next</a><a href="{other}">2</a>').next is None


@pytest.mark.parametrize(
    "around",
    [
        "<div class=comments>{}</div>",
        "<section id=gallery-4><p>{}</p></section>",
        "<div class='related-stories'>{}</div>",
    ],
)
def test_pages_of_something_else_on_the_page(around):
    assert read(around.format(f'<a rel="next" href="{HERE}?page=2">2</a>')).next is None


@pytest.mark.parametrize(
    "label", ["2", "[2]", "Page 2", "Seite 2", "page 2 of 3", "Seite 2: The crack", "2ページ", "2 / 3"]
)
def test_numbers_of_pages(label):
    assert read(f'<a href="{HERE}/2">{label}</a>').next == f"{HERE}/2"


def test_the_page_behind_a_further_one():
    links = "".join(f'<a href="{HERE}/{n}">{n}</a>' for n in (1, 2, 3, 4))
    assert read(links).next == f"{HERE}/2"
    assert read(links, f"{HERE}/2", HERE, 2).next == f"{HERE}/3"
    assert read(links, f"{HERE}/4", HERE, 4).next is None


def test_addresses_that_count_from_zero():
    links = f'<span>1</span><a href="{HERE}?page=1">2</a><a href="{HERE}?page=2">3</a>'
    assert read(links).next == f"{HERE}?page=1"
    assert read(links, f"{HERE}?page=1", HERE, 2).next == f"{HERE}?page=2"


def test_a_number_in_another_place_is_none():
    assert read(f'<a href="{HERE}?page=2">The harbour master</a>').next is None
    assert read(f'<a href="{HERE}?page=3">Next page</a>').next is None


@pytest.mark.parametrize(
    "label", ["Single page", "View as one page", "View all", "view as a single page", "Auf einer Seite lesen"]
)
def test_all_of_it_on_one_page(label):
    whole = f'<a href="{HERE}?view=all">{label}</a>'
    assert read(f'<a href="{HERE}/2">2</a>{whole}').whole == f"{HERE}?view=all"
    assert read(whole) == Onward()
