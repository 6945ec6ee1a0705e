"""JSON that lists articles."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl import listings
from newscrawl.listings.listing import Answer, Listing
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"
PATHS = [f"/world/a-bell-rings-in-orrin-{n}" for n in range(70001, 70004)]
CARDS = "".join(f"<article><h2><a href='{path}'>A bell rings in Orrin</a></h2></article>" for path in PATHS)
STORIES = [{"url": path, "title": "A bell rings in Orrin", "published_at": "2025-09-03"} for path in PATHS]


def read(data: Any, url: str = "/ajax/world?page=2", number: int = 2) -> Listing:
    headers = {"Content-Type": "application/json"}
    answer = Answer(json.dumps(data).encode(), HOME + url, headers, "world", number)
    return listings.read(answer, LearnedSite(GENERIC, HOME))


@pytest.mark.parametrize(
    "data",
    [
        {"html": CARDS, "more": False},
        {"commands": [{"method": "append", "data": CARDS}]},
        STORIES,
        {"data": {"feed": {"edges": [{"node": story} for story in STORIES]}}},
        {"items": [{"permalink": path, "headline": {"rendered": "Bell"}, "date": 1756908547} for path in PATHS]},
        # Drupal's JSON:API, another's, HAL, Wagtail, a section that has stories, HTML as a text
        {
            "data": [
                {"attributes": {"title": "A bell rings in Orrin", "path": {"alias": path}}, "links": {"self": "/x"}}
                for path in PATHS
            ]
        },
        {
            "data": [{"attributes": {"title": "A bell rings in Orrin"}, "links": {"self": path}} for path in PATHS],
            "links": {"self": "/x"},
        },
        {
            "_embedded": {
                "list": [{"title": "A bell rings in Orrin", "_links": {"self": {"href": path}}} for path in PATHS]
            }
        },
        {
            "items": [
                {"title": "A bell rings in Orrin", "meta": {"html_url": path, "detail_url": "/api/7"}} for path in PATHS
            ]
        },
        {"title": "World", "url": "/world", "articles": STORIES},
        CARDS,
        {
            "items": STORIES,
            "menu": [{"url": "/sport", "title": "All the news of sport"}],
            "related": [{"url": "/world/the-old-well-of-maro-60001", "title": "The old well of Maro"}],
        },
    ],
)
def test_articles(data):
    listing = read(data)
    assert [link.url.removeprefix(HOME) for link in listing.links] == PATHS
    assert listing.more == ""


def test_dates():
    assert [link.date for link in read(STORIES).links] == ["2025-09-03"] * 3


def test_the_site_s_listing_has_taught_which_articles_are_the_section_s():
    site = LearnedSite(GENERIC, HOME)
    listings.read(Answer(CARDS.encode(), f"{HOME}/world", None, "world"), site)
    other = json.dumps([{"url": "/sport/a-ball-in-the-harbour-70009", "title": "A ball", "date": "2025-09-03"}])
    assert listings.read(Answer(other.encode(), f"{HOME}/ajax?page=2", None, "world", 2), site).links == []


@pytest.mark.parametrize(
    ("said", "url", "expected"),
    [
        ({"next": "/ajax/world?page=3"}, "/ajax/world?page=2", "/ajax/world?page=3"),
        ({"next": None}, "/ajax/world?page=2", None),
        ({"pagination": {"next_url": "?after=x"}}, "/ajax/world", "/ajax/world?after=x"),
        ({"links": {"next": {"href": "/ajax/world/3"}}}, "/ajax/world/2", "/ajax/world/3"),
        ({"nextPage": 3}, "/ajax/world?p=2", "/ajax/world?p=3"),
        ({"hasMore": True}, "/ajax/world?offset=5&limit=5", "/ajax/world?offset=10&limit=5"),
        ({"hasMore": True, "page": 2}, "/ajax/world", "/ajax/world?page=3"),
        ({"has_more": False}, "/ajax/world?page=2", None),
        ({"next_cursor": "c71"}, "/ajax/world?cursor=c70", "/ajax/world?cursor=c71"),
        ({"pageInfo": {"endCursor": "c71", "hasNextPage": True}}, "/ajax/world", "/ajax/world?after=c71"),
        ({"pageInfo": {"endCursor": "c71", "hasNextPage": False}}, "/ajax/world", None),
        ({"edges": [{"cursor": "c1"}], "page_info": {"end_cursor": "c71"}}, "/x?after=c0", "/x?after=c71"),
        ({"page": 2, "totalPages": 3}, "/ajax/world/page/2", "/ajax/world/page/3"),
        ({"page": 3, "totalPages": 3}, "/ajax/world/page/3", None),
        ({}, "/ajax/world?page=2", "/ajax/world?page=3"),
        ({}, "/ajax/world", None),
        ({"next": "https://other.example/x?page=3"}, "/ajax/world?page=2", None),
    ],
)
def test_where_it_goes_on(said, url, expected):
    assert read({"items": STORIES, **said}, url).next == (expected and HOME + expected)


@pytest.mark.parametrize(
    ("data", "more"),
    [
        ({"html": "", "more": False}, ""),
        ({"items": []}, ""),
        ({"items": [{"slug": "a-bell", "name": "A bell rings"}]}, "answers with data that is not read"),
        ({"ok": True}, ""),
    ],
)
def test_what_is_no_listing(data, more):
    listing = read(data)
    assert (listing.links, listing.next, listing.more) == ([], None, more)


@pytest.mark.parametrize("text", [b'{"html": ', b"[" * 100_000, b'{"a": "' + b"x" * 5_000_000 + b'"}'])
def test_json_that_cannot_be_read(text):
    with pytest.raises(ValueError, match="JSON"):
        listings.read(Answer(text, HOME), LearnedSite(GENERIC, HOME))
