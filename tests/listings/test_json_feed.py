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
