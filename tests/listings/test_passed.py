"""Which links of a listing page are passed over, and by which rule."""

from __future__ import annotations

import pytest

from newscrawl.extract import Page
from newscrawl.listings import read
from newscrawl.listings.listing import Answer, Why
from newscrawl.publishers import GENERIC, by_name
from newscrawl.sites import site_at

CARDS = "".join(
    f"<li><article><h2><a href='/world/the-harbour-of-maro-opens-{n}0012'>The harbour of Maro opens {n}</a></h2></article></li>"
    for n in range(1, 6)
)


def passed(
    html: str, url: str = "https://news.example/world", publisher=GENERIC, section="world"
) -> dict[str, tuple[str, str]]:
    site = site_at(publisher, url)
    listing = read(Answer(f"<html><body>{html}</body></html>".encode(), url, section=section), site)
    return {link.url.removeprefix("https://news.example"): (link.why, link.rule) for link in listing.passed}


def test_a_list_alone_passes_nothing_over():
    assert passed(f"<nav><a href='/sport'>Sport</a><a href='/about'>About</a></nav><main><ul>{CARDS}</ul></main>") == {}


@pytest.mark.parametrize(
    ("link", "why", "rule"),
    [
        (
            "<h2><a href='/sport/the-cup-final-of-maro-990012'>The cup final of Maro</a></h2>",
            Why.OTHER_SECTION,
            "not below /world/",
        ),
        ("<h2><a href='/videos/the-ferry'>The ferry to Maro in pictures</a></h2>", Why.OTHER_MATTER, "/videos/"),
        ("<h2><a href='/tag/the-ferry'>All about the ferry of Maro</a></h2>", Why.NO_ARTICLE, "/tag/"),
        (
            "<aside><a href='/world/a-storm-over-the-bay-990012'>A storm</a></aside>",
            Why.BESIDE,
            "in a menu or side bar",
        ),
    ],
)
def test_what_may_be_a_story_is_told_with_the_rule(link, why, rule):
    told = passed(f"<main><ul>{CARDS}</ul>{link}</main>")
    assert list(told.values()) == [(why, rule)]


def test_another_hosts_story_is_told():
    link = "<h2><a href='https://other.example/a-b'>A story of another paper</a></h2>"
    assert passed(f"<main><ul>{CARDS}</ul>{link}</main>") == {
        "https://other.example/a-b": (Why.OTHER_HOST, "other.example")
    }


@pytest.mark.parametrize("href", ["mailto:desk@news.example", "javascript:void(0)", "http://[bad", "#top", "x" * 9000])
def test_what_is_no_page_is_no_story(href):
    assert passed(f"<main><ul>{CARDS}</ul><h2><a href='{href}'>Write a letter to our desk</a></h2></main>") == {}


def test_a_described_publishers_links_are_told_by_its_addresses():
    own = "https://www.business-standard.com"
    html = "".join(
        f"<div class='cardlist'><h2><a href='{own}{path}'>The harbour of Maro opens</a></h2></div>"
        for path in (
            "/world-news/the-harbour-opens-125090301234_1.html",
            "/markets/news/the-fund-falls-125090301235_1.html",
            "/video-gallery/the-ferry",
        )
    )
    told = passed(html, f"{own}/world-news", by_name("business-standard.com"), "world-news")
    assert {url.removeprefix(own): why for url, (why, _) in told.items()} == {
        "/markets/news/the-fund-falls-125090301235_1.html": Why.OTHER_SECTION,
        "/video-gallery/the-ferry": Why.NO_ARTICLE,
    }


def test_no_link_is_both_taken_and_passed_over():
    html = f"<aside><h3>Most read</h3>{CARDS}</aside><main><ul>{CARDS}</ul></main>"
    page = Page(html.encode(), "https://news.example/world")
    site = site_at(GENERIC, page.url)
    links = site.links(page, "world")
    assert len(links) == 5
    assert site.passed(page, "world", links) == ()
