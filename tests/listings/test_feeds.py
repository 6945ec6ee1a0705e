"""RSS and Atom."""

from __future__ import annotations

from newscrawl.listings import feeds
from newscrawl.listings.listing import Answer, Holds
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"


def read(text: str) -> list[tuple[str, str]]:
    listing = feeds.read(Answer(text.encode(), f"{HOME}/feed"), LearnedSite(GENERIC, HOME))
    assert (listing.holds, listing.cut, listing.next) == (Holds.ARTICLES, "", None)
    return [(link.url.removeprefix(HOME), link.date) for link in listing.links]


def test_rss():
    item = "<item><link>{}</link><pubDate>Wed, 03 Sep 2025 12:00:00 GMT</pubDate></item>"
    text = f"<rss><channel><link>/</link>{item.format('/a')}{item.format('https://other.example/b')}</channel></rss>"
    assert read(text) == [("/a", "Wed, 03 Sep 2025 12:00:00 GMT")]


def test_only_what_stands_right_in_an_entry_tells_of_it():
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/feed"/><entry><source><link href="/other"/></source>'
        '<link rel="self" href="/self"/><link href="/a"/><published>2025-09-03</published></entry></feed>'
    )
    assert read(text) == [("/a", "2025-09-03")]
