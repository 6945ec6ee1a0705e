"""What a page carries as data for its scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl.listings import html
from newscrawl.listings.listing import Answer, Listing
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"
PATHS = [f"/world/a-bell-rings-in-orrin-{n}" for n in range(70001, 70009)]
STORIES = [{"slug": path[7:], "url": path, "title": "A bell rings in Orrin", "date": "2025-09-03"} for path in PATHS]
MENU = [{"url": "/world/the-old-well-of-maro-60001", "title": "The old well of Maro"}] * 3


def read(shown: int, markup: str, url: str = "/world") -> Listing:
    cards = "".join(f"<article><h2><a href='{path}'>A bell rings in Orrin</a></h2></article>" for path in PATHS[:shown])
    page = f"<html><body><main>{cards}</main><button>Load more</button>{markup}</body></html>"
    return html.read(Answer(page.encode(), HOME + url, None, "world"), LearnedSite(GENERIC, HOME))


def next_data(**props: Any) -> str:
    data = {"props": {"pageProps": {"menu": MENU, **props}}, "page": "/[section]", "buildId": "b1"}
    return f"<script id=__NEXT_DATA__ type=application/json>{json.dumps(data)}</script>"


@pytest.mark.parametrize("shown", [0, 3, 5])
def test_the_list_that_the_page_shows_part_of(shown):
    listing = read(shown, next_data(feed={"items": STORIES}, others=[{**STORIES[0], "url": "/world/a-ball-70020"}]))
    found = [link.url.removeprefix(HOME) for link in listing.links]
    assert found[: len(PATHS)] == PATHS
    assert len(found) == len(PATHS) or shown == 0
    assert listing.more == ""  # all of it is there


def test_a_page_without_data_says_that_it_has_more():
    assert read(5, "").more == "loads more by script"
    assert read(5, "<script id=__NEXT_DATA__>{</script>").more


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"nextPage": 2}, ["/_next/data/b1/world.json?page=2", "/world?page=2"]),
        ({"page": 1, "totalPages": 3}, ["/_next/data/b1/world.json?page=2", "/world?page=2"]),
        ({"hasMore": True}, ["/_next/data/b1/world.json?page=2", "/world?page=2"]),
        ({"pagination": {"next": "/api/world?cursor=c2"}}, ["/api/world?cursor=c2"]),
        ({"hasMore": False}, []),
        ({}, []),
    ],
)
def test_where_it_goes_on(said, expected):
    listing = read(5, next_data(items=STORIES[:5], **said))
    assert [url.removeprefix(HOME) for url in listing.candidates()] == expected


def test_nuxt():
    values = [["Reactive", 1], {"items": 2, "hasMore": 7}, [3], {"url": 4, "title": 5, "date": 6}]
    values += [PATHS[0], "A bell rings in Orrin", "2025-09-03", True]
    listing = read(0, f"<script id=__NUXT_DATA__ type=application/json>{json.dumps(values)}</script>")
    assert [link.url for link in listing.links] == [HOME + PATHS[0]]
    assert listing.next == f"{HOME}/world?page=2"


def test_data_that_refer_to_themselves():
    values = [{"items": 1}, [1, 0, 0, 1]]
    assert read(3, f"<script id=__NUXT_DATA__>{json.dumps(values)}</script>").next is None


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ({"data-infinite-scroll": {"path": "/world/page/{{#}}", "append": ".card"}}, "/world/page/2"),
        ({"data-props": {"nextPageUrl": "/world/more?page=2"}}, "/world/more?page=2"),
        ({"data-page": {"component": "World", "props": {"list": {"next_page_url": "/world?page=2"}}}}, "/world?page=2"),
        ({"data-options": {"next": "Next", "previous": "Previous"}}, None),
        ({"data-props": {"nextUrl": "http://[site:url]/more"}}, None),
        ({"class": "related", "data-props": {"nextUrl": "/related?page=2"}}, None),
    ],
)
def test_data_in_attributes(attribute, expected):
    written = (f"{name}='{text if name == 'class' else json.dumps(text)}'" for name, text in attribute.items())
    assert read(3, f"<div {' '.join(written)}></div>").next == (expected and HOME + expected)
