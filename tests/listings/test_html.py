"""HTML listing pages as a source of links."""

from __future__ import annotations

from newscrawl.listings import html
from newscrawl.listings.listing import Answer, Holds
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"
CARDS = "".join(
    f"<h2><a href='/world/the-bell-of-orrin-{n}'>The bell of Orrin rings</a></h2>" for n in range(70001, 70004)
)


def read(body: str, number: int = 1, asked: tuple[str, ...] = (), url: str = f"{HOME}/world"):
    site = LearnedSite(GENERIC, HOME)
    return html.read(Answer(body.encode(), url, {}, "world", number, asked), site), site


def test_cards_and_the_next_page():
    listing, _ = read(f"{CARDS}<a href='/world?page=2'>2</a>")
    assert [link.url for link in listing.links] == [f"{HOME}/world/the-bell-of-orrin-{n}" for n in range(70001, 70004)]
    assert (listing.next, listing.holds, listing.cut) == (f"{HOME}/world?page=2", Holds.CARDS, "")
    assert listing.page is not None


def test_a_page_that_was_asked_for_is_no_next_one():
    assert (
        read(f"<body>{CARDS}<a rel=next href='/world'>On</a>", 2, (f"{HOME}/world",), f"{HOME}/world?page=2")[0].next
        is None
    )


def test_the_first_page_tells_where_the_site_is():
    assert read(CARDS, url="https://www.news.example/world")[1].origin == "https://www.news.example"
    assert read(CARDS, 2, url="https://www.news.example/world")[1].origin == HOME


def test_a_page_of_very_many_links_is_cut():
    assert read("<a href='/a'>A</a>" * 5001)[0].cut.startswith("it has more than 5000 links")


def test_a_piece_of_a_page_is_followed_by_the_next_number():
    url = f"{HOME}/ajax/world?page=2"
    assert read(CARDS, 2, url=url)[0].next == f"{HOME}/ajax/world?page=3"
    assert read(f"<html><body>{CARDS}", 2, url=url)[0].next is None
    assert read("", 2, url=url)[0].next is None
