"""Where a listing goes on, and its feeds."""

from __future__ import annotations

import pytest

from newscrawl.addresses.site import Site
from newscrawl.extract import Page
from newscrawl.listings.header import next_of_header
from newscrawl.listings.paging import feeds, next_pages
from newscrawl.publishers import GENERIC

HOME = "https://news.example"


def following(html: str, url: str = "/world", number: int = 1, read: tuple[str, ...] = ()) -> str:
    found = next(
        next_pages(Page(html, HOME + url), Site(GENERIC, HOME), "world", number, [HOME + path for path in read]), ""
    )
    return found.removeprefix(HOME)


@pytest.mark.parametrize(
    "link",
    [
        "<link rel=next href='/world?page=2'>",
        "<a rel='nofollow next' href='/world?page=2'>Weiter</a>",
        "<a href='/world?page=2'>Next »</a>",
        "<a href='/world?page=2'>2</a>",
        "<a href='/world?page=2'>Seite 2</a>",
        "<a href='/world?page=2'>[2]</a>",
        "<a href='/world?page=2'>(2)</a>",
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


@pytest.mark.parametrize(
    "elsewhere",
    [
        "/page/2/",  # the front page's
        "/sport/page/2/",
        "/world/the-long-way-home-again-12345",
        "/world/a-word",
    ],
)
def test_rel_next_of_another_listing_gives_way_to_the_page_s_own_pager(elsewhere):
    html = f"<link rel=next href='{elsewhere}'><a class=next href='/world/page/2/'>Next</a>"
    assert following(html, "/world/") == "/world/page/2/"
    assert following(f"<link rel=next href='{elsewhere}'>", "/world/") == ""


def test_what_names_the_section_in_a_query_stays():
    site, own = Site(GENERIC, HOME), f"{HOME}/?cat=3"
    page = Page("<link rel=next href='/?paged=2'><a href='/?cat=3&paged=2'>Older</a>", own)
    assert list(next_pages(page, site, "?cat=3")) == [f"{HOME}/?cat=3&paged=2"]


def test_the_likeliest_first_then_others():
    html = "<link rel=next href='/world,more/page/2'><a href='/list?channel=4&page=2'>2</a><a href='/world/2'>Next</a>"
    found = [*next_pages(Page(html, f"{HOME}/world"), Site(GENERIC, HOME), "world")]
    assert [url.removeprefix(HOME) for url in found] == ["/world/2", "/world,more/page/2", "/list?channel=4&page=2"]


PAGES_FROM_ZERO = " ".join(f"<a href='/world?page={n}'>{n + 1}</a>" for n in range(5))
STEPS_FROM_ZERO = "<a href='/world'>1</a>" + " ".join(f"<a href='/world/page/{n}'>{n + 1}</a>" for n in range(1, 5))


@pytest.mark.parametrize(
    ("html", "url", "number", "expected"),
    [
        (PAGES_FROM_ZERO, "/world", 1, "/world?page=1"),
        (PAGES_FROM_ZERO, "/world?page=1", 2, "/world?page=2"),
        (PAGES_FROM_ZERO, "/world?page=4", 5, ""),
        (STEPS_FROM_ZERO, "/world/page/2", 3, "/world/page/3"),
    ],
)
def test_pages_counted_from_zero(html, url, number, expected):
    assert following(html, url, number) == expected


def ranges(*starts, last=20):
    return " ".join(f"<a href='/world?from={n}'>{n}–{min(n + 4, last)}</a>" for n in starts)


@pytest.mark.parametrize(
    ("html", "number", "expected"),
    [
        (ranges(6, 11), 1, "/world?from=6"),
        (ranges(1, 11, 16), 2, "/world?from=11"),
        (ranges(1, 11, last=13), 2, "/world?from=11"),
        (ranges(6, last=8), 1, "/world?from=6"),
        (ranges(1, 6, last=10), 3, ""),
        ("<a href='/world?season=2024'>2024-2025</a>", 1, ""),
    ],
)
def test_pages_called_by_the_numbers_of_their_stories(html, number, expected):
    assert following(html, "/world", number) == expected


DAYS = "<a href='/world/2025/09/04/'>Next day</a><a href='/world/2025/08/31/'>31</a><a href='/world/2025/09/02/'>{}</a>"


@pytest.mark.parametrize("word", ["Previous day", "‹ Older", "Vorheriger Tag", "前日", "2"])
def test_a_listing_by_day_goes_on_with_the_day_before(word):
    html = DAYS.format(word)
    assert following(html, "/world/2025/09/03/") == "/world/2025/09/02/"
    assert following(f"<link rel=next href='/world/2025/09/04/'>{html}", "/world/2025/09/03/") == "/world/2025/09/02/"
    assert following(html, "/world/2025/08/30/") == ""


def test_a_listing_by_month_in_its_query():
    months = "".join(f"<a href='/all?month={n}&year=2025'>{n}</a>" for n in (7, 8, 10))
    assert following(months, "/all?month=9&year=2025") == "/all?month=8&year=2025"


def test_the_header_of_an_answer():
    page = Page("", f"{HOME}/world")
    named = next_of_header({"link": f'<{HOME}/feed>; rel="alternate", <?page=2>; title=x; rel=next'})
    assert list(next_pages(page, Site(GENERIC, HOME), "world", named=named)) == [f"{HOME}/world?page=2"]
    assert next_of_header({"Link": "<?page=2>; rel=nextish"}) == next_of_header(None) == []
