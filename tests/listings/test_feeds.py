"""RSS and Atom."""

from __future__ import annotations

import pytest

from newscrawl.listings import feeds
from newscrawl.listings.listing import Answer, Holds, Listing, Passed, Why
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"


def listing_of(text: str, url: str = f"{HOME}/feed", asked: tuple[str, ...] = ()) -> Listing:
    return feeds.read(Answer(text.encode(), url, asked=asked), LearnedSite(GENERIC, HOME))


def read(text: str, url: str = f"{HOME}/feed") -> list[tuple[str, str]]:
    listing = listing_of(text, url)
    assert (listing.holds, listing.cut, listing.next) == (Holds.ARTICLES, "", None)
    return [(link.url.removeprefix(HOME), link.date) for link in listing.links]


def paths(text: str, url: str = f"{HOME}/feed") -> list[str]:
    return [path for path, _ in read(text, url)]


def test_rss():
    item = "<item><link>{}</link><pubDate>Wed, 03 Sep 2025 12:00:00 GMT</pubDate></item>"
    text = f"<rss><channel><link>/</link>{item.format('/a')}{item.format('https://other.example/b')}</channel></rss>"
    assert read(text) == [("/a", "Wed, 03 Sep 2025 12:00:00 GMT")]
    assert listing_of(text).passed == (Passed("https://other.example/b", Why.OTHER_HOST),)


def test_only_what_stands_right_in_an_entry_tells_of_it():
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/feed"/><entry><source><link href="/other"/></source>'
        '<link rel="self" href="/self"/><link href="/a"/><published>2025-09-03</published></entry></feed>'
    )
    assert read(text) == [("/a", "2025-09-03")]


@pytest.mark.parametrize(
    "entry",
    [
        f"<guid>{HOME}/a</guid>",
        f"<link/><guid isPermaLink='true'> {HOME}/a </guid>",
        f"<link> </link><guid isPermaLink='false'>{HOME}/a</guid>",
        "<guid>/a</guid>",
        f"<id>{HOME}/a</id>",
        "<link>https://counter.example/~r/1</link><feedburner:origLink>/a</feedburner:origLink>",
        "<link href='/a'/><guid>/b</guid>",
        "<link rel='http://www.iana.org/assignments/relation/alternate' href='/a'/>",
        "<link>#</link><guid>/a</guid>",
    ],
)
def test_what_names_a_story_where_no_link_does(entry):
    assert paths(f"<rss><item>{entry}</item></rss>") == ["/a"]


def test_an_item_of_rdf_is_about_its_address():
    assert paths(f"<rdf:RDF><item rdf:about='{HOME}/a'><title>Bells</title></item></rdf:RDF>") == ["/a"]


def test_an_entry_without_an_address_is_passed_over():
    entries = (
        "<entry><id>tag:news.example,2025:1</id></entry><item><guid>471</guid></item><entry><link href='/a'/></entry>"
    )
    listing = listing_of(f"<feed>{entries}</feed>")
    assert [link.url for link in listing.links] == [f"{HOME}/a"]
    assert listing.passed == (Passed("", Why.NO_ADDRESS), Passed("", Why.NO_ADDRESS))


@pytest.mark.parametrize(
    "text",
    [
        "<rss><item><link>a.html</link></item></rss>",
        "<rss xml:base='https://news.example/blog/'><item><link>a.html</link></item></rss>",
        "<rdf:RDF xml:base='/blog/'><item><link>a.html</link></item></rdf:RDF>",
        "<feed xml:base='/'><entry xml:base='blog/'><link href='a.html'/></entry></feed>",
        "<feed xml:base='http://[bad/'><entry><link xml:base='/blog/x' href='a.html'/></entry></feed>",
    ],
)
def test_relative_links(text):
    assert paths(text, f"{HOME}/blog/feed.xml") == ["/blog/a.html"]


@pytest.mark.parametrize(
    "text",
    [
        "<feed><link rel='self' href='/feed'/><link rel='next' href='?page=2'/><entry><link href='/a'/></entry></feed>",
        "<rss><channel><atom:link rel='next' href='/feed?page=2'/><item><link>/a</link></item></channel></rss>",
        "<feed><link rel='prev-archive' href='/feed?page=2'/><entry><link href='/a'/></entry></feed>",
    ],
)
def test_paged_feeds(text):
    assert listing_of(text).next == f"{HOME}/feed?page=2"
    assert listing_of(text, asked=(f"{HOME}/feed?page=2",)).next is None


def test_a_link_of_an_entry_leads_nowhere_on():
    assert listing_of("<feed><entry><link href='/a'/><link rel='next' href='/b'/></entry></feed>").next is None
