"""Sites whose addresses are described."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

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


LONG = b"".join(
    b"<p>The harbour master closed lock number %d on Tuesday after divers found a crack in its lower gate.</p>" % n
    for n in range(8)
)
TEXT = LONG[: LONG.index(b"number 3") - 40].rpartition(b"</p>")[0] + b"</p>"


RULED = DescribedSite(replace(LEDGER, rules={"body": (".text",)}), HOME)


def page(head: bytes, text: bytes = TEXT) -> bytes:
    return (
        b"<html><head>" + head + b"</head><body><h1>A bell rings</h1><div class=text>" + text + b"</div></body></html>"
    )


def node(kind: bytes) -> bytes:
    return b'<script type="application/ld+json">{"@type": "' + kind + b'", "name": "A bell rings"}</script>'


@pytest.mark.parametrize(
    ("head", "matter"),
    [
        (node(b"PodcastEpisode"), "PodcastEpisode"),
        (node(b"VideoObject"), "VideoObject"),
        (b'<meta property="og:type" content="video.other">', "video.other"),
        (node(b"ImageGallery"), "ImageGallery"),
        (node(b"Product"), "Product"),
    ],
)
def test_a_page_that_says_it_is_none_is_skipped_whatever_rules_match(head, matter):
    found = RULED.read(page(head), f"{HOME}/world/1", {}, Asked(f"{HOME}/world/1"), NOW)
    assert isinstance(found, verdicts.Skipped)
    assert (found.reason, found.detail, found.certain) == (verdicts.OTHER_BY_ITSELF, matter, True)
    named = RULED.read(
        page(head + b"<link rel=canonical href=/world/2>"), f"{HOME}/world/1", {}, Asked(f"{HOME}/world/1"), NOW
    )
    assert not named.certain


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (node(b"NewsArticle") + node(b"VideoObject"), TEXT),
        (node(b"VideoObject"), LONG),
        (node(b"Organization"), TEXT),
        (node(b"ImageObject"), TEXT),
        (b"".join(node(b"NewsArticle").replace(b"name", b"headline").replace(b"A bell", b"Bell %d" % n) for n in range(4)), TEXT),
        (node(b"ImageGallery"), LONG),
    ],
    ids=["video-in-an-article", "long-text", "publisher", "picture", "others-beside-it", "long-text-and-gallery"],
)  # fmt: skip
def test_an_article_with_something_else_on_its_page_is_one(head, text):
    assert isinstance(RULED.read(page(head, text), f"{HOME}/world/1", {}, Asked(f"{HOME}/world/1"), NOW), Article)
