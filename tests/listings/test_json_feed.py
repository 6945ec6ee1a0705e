"""JSON Feeds."""

from __future__ import annotations

import json

import pytest

from newscrawl import listings
from newscrawl.listings import json_feed
from newscrawl.listings.listing import Answer
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"


def read(text: str | bytes) -> tuple[list[str], str]:
    listing = listings.read(Answer(text.encode() if isinstance(text, str) else text, HOME), LearnedSite(GENERIC, HOME))
    return [link.url.removeprefix(HOME) for link in listing.links], listing.cut


def test_a_json_feed_is_not_read_beyond_what_memory_allows(monkeypatch):
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a"}] * 20}
    assert read(json.dumps(feed))[0] == ["/a"] * 20
    monkeypatch.setattr(json_feed, "MOST_ENTRIES", 5)
    assert read(json.dumps(feed)) == (["/a"] * 5, "more than 5 entries")
    monkeypatch.setattr(json_feed, "MOST_JSON", 100)
    assert read(json.dumps(feed)) == ([], "a JSON Feed of more than 0 MB")
    assert read(json.dumps(feed).replace('{"url"', "[" * 100_000)[:200_000]) == ([], "a JSON Feed of more than 0 MB")


def test_a_json_feed_that_was_cut_off_fails():
    with pytest.raises(ValueError, match="not readable as a JSON Feed"):
        read('{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a"}')


def listing_of(items: list[object], url: str = f"{HOME}/blog/feed.json", **more: object):
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", **more, "items": items})
    return listings.read(Answer(feed.encode(), url), LearnedSite(GENERIC, HOME))


def test_what_names_an_item():
    items = [
        {"id": f"{HOME}/a", "external_url": "https://other.example/"},
        {"id": "2", "external_url": f"{HOME}/b"},
        {"url": "c.html"},
        {"url": None, "id": 4},
        "five",
        {"url": "http://[bad"},
        {"url": "/d?x&amp;y"},
    ]
    listing = listing_of(items)
    assert [link.url.removeprefix(HOME) for link in listing.links] == ["/a", "/blog/c.html", "/d?x&y"]
    assert [passed.url for passed in listing.passed] == ["", "", "", "http://[bad"]


def test_relative_addresses_are_so_to_the_feed_s_own():
    items = [{"url": "c.html"}]
    assert (
        listing_of(items, f"{HOME}/get?feed", feed_url=f"{HOME}/blog/feed.json").links[0].url == f"{HOME}/blog/c.html"
    )
    assert listing_of(items, feed_url="https://copies.example/x/").links[0].url == f"{HOME}/blog/c.html"


def test_paged_feeds():
    assert listing_of([{"url": "/a"}], next_url="?page=2").next == f"{HOME}/blog/feed.json?page=2"
    assert listing_of([{"url": "/a"}], next_url=2).next is None


def test_slips_and_marks():
    feed = json.dumps(
        {"items": [{"url": "/a", "title": "TITLE"}], "version": "https://jsonfeed.org/version/1.1"}
    ).encode()
    assert read(b"\xef\xbb\xbf" + feed.replace(b"TITLE", b"a\x0b\xe9\tb")) == (["/a"], "")


def test_a_feed_that_only_its_header_names():
    answer = Answer(b'{"items": [{"url": "/a"}]}', HOME, {"Content-Type": "application/feed+json; charset=utf-8"})
    assert [link.url for link in listings.read(answer, LearnedSite(GENERIC, HOME)).links] == [f"{HOME}/a"]
