"""Sites whose addresses are described."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.article.item import Article
from newscrawl.extract import Page
from newscrawl.listings.listing import Link, Listing
from newscrawl.publishers import Publisher
from newscrawl.sites import DescribedSite, site_at
from newscrawl.sites import verdict as verdicts
from newscrawl.sites.base import Asked

HOME = "https://ledger.example"
LEDGER = Publisher(
    name="ledger.example",
    hosts=("ledger.example",),
    home=HOME,
    article=r"/(?P<section>[a-z]+)/(?P<id>\d+)",
    listing=r"/(?P<section>[a-z]+)(?:/page-(?P<page>\d+))?",
    next_page="/{section}/page-{page}",
    feeds={"world": "/world.rss"},
    alternatives=(("/news.xml",), ("/all.xml",)),
)
SITE = DescribedSite(LEDGER, HOME)
NOW = datetime(2025, 9, 3, 12, tzinfo=UTC)


def read(body: bytes, path: str = "/world/1", *, listed: bool = True):
    return SITE.read(body, HOME + path, {}, Asked(HOME + path, listed=listed), NOW)


def test_its_addresses_tell():
    assert isinstance(site_at(LEDGER, HOME), DescribedSite)
    assert SITE.begins_at_article(f"{HOME}/world/1")
    assert not SITE.begins_at_article(f"{HOME}/world")
    assert (SITE.section_of_start(f"{HOME}/world"), SITE.section_of_start(f"{HOME}/")) == ("world", None)
    assert SITE.accepts(f"{HOME}/world/1", "world")
    assert not SITE.accepts(f"{HOME}/sport/1", "world")


def test_alternatives_begin_with_the_section_s_feed():
    assert list(SITE.alternatives("world")) == [[f"{HOME}/world.rss", f"{HOME}/news.xml"], [f"{HOME}/all.xml"]]
    assert list(SITE.alternatives("sport")) == [[f"{HOME}/news.xml"], [f"{HOME}/all.xml"]]


def test_the_next_page_is_described():
    page = Page("<a rel=next href='/elsewhere?page=2'>2</a>", f"{HOME}/world/page-4")
    assert list(SITE.next_pages(page, "world", 2)) == [f"{HOME}/world/page-5"]
    assert list(SITE.next_pages(Page("", f"{HOME}/world"), "world", 1)) == [f"{HOME}/world/page-2"]


def test_of_feeds_the_section_s_articles():
    links = [Link(f"{HOME}/world/1"), Link(f"{HOME}/sport/2"), Link(f"{HOME}/world")]
    assert SITE.of_section(Listing(links), "world", whole=True) == links[:1]


def test_verdicts():
    assert isinstance(read(b"<h1>A bell rings</h1>"), Article)
    assert read(b"%PDF") == verdicts.NOT_HTML
    assert read(b"%PDF", listed=False) == verdicts.OTHER_FORMAT
    assert read(b"<p>", "/world") == verdicts.MISLED
    assert read(b"<p>", "/world", listed=False) == verdicts.OTHER_ADDRESS
