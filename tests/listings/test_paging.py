"""Where a listing goes on, and its feeds."""

from __future__ import annotations

import pytest

from newscrawl.addresses.site import Site
from newscrawl.extract import Page
from newscrawl.listings.paging import feeds, next_page
from newscrawl.publishers import GENERIC

HOME = "https://news.example"


def following(html: str, url: str = "/world", number: int = 1, read: tuple[str, ...] = ()) -> str:
    found = next_page(Page(html, HOME + url), Site(GENERIC, HOME), number, [HOME + path for path in read])
    return (found or "").removeprefix(HOME)


@pytest.mark.parametrize(
    "link",
    [
        "<link rel=next href='/world?page=2'>",
        "<a rel='nofollow next' href='/world?page=2'>Weiter</a>",
        "<a href='/world?page=2'>Next »</a>",
        "<a href='/world?page=2'>2</a>",
        "<a href='/world?page=2'>Seite 2</a>",
        "<a href='/world?page=2' aria-label='Page 2'>*</a>",
        "<a href='/world?page=2'>›</a>",
        "<button data-url='/world?page=2'>Next</button>",
    ],
)
def test_ways_on(link):
    assert following(f"<a href='/'>«</a><a href='/world?page=3'>3</a>{link}") == "/world?page=2"


def test_the_page_s_own_number_counts():
    assert following("<a href='/world?page=7'>7</a>", "/world?page=6", number=2) == "/world?page=7"


@pytest.mark.parametrize("href", ["/world", "/world/the-long-way-home-again-12345", "https://other.example/?page=2"])
def test_what_leads_elsewhere(href):
    assert following(f"<a href='{href}'>Next</a>") == ""


def test_no_page_twice():
    assert following("<a href='/world?page=2'>Next</a>", read=("/world?page=2",)) == ""


def test_feeds():
    link = "<link rel=alternate type='application/{}' href='{}' title='{}'>"
    html = link.format("rss+xml", "/feed", "News") + link.format("rss+xml", "/comments/feed", "Comments")
    page = Page(html + link.format("atom+xml", "/world/feed", "World") + link.format("pdf", "/x", ""), HOME)
    assert feeds(page, Site(GENERIC, HOME), "world") == [f"{HOME}/world/feed"]
    assert feeds(page, Site(GENERIC, HOME), "sport") == [f"{HOME}/feed", f"{HOME}/world/feed"]
