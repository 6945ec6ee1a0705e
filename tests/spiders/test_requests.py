"""Requests of a crawl."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from newscrawl.crawl.walk import Further
from newscrawl.listings.stream import MOST_BYTES
from newscrawl.spiders.requests import article_request, asked_for, headers_of, listing_request, replay_fields
from newscrawl.store import Visit
from tests.spiders.conftest import START

VISIT = Visit("w", "k", f"{START}/a", 1, known=True)


def back(*_):
    """Nobody calls it."""


def listing(walk, url=START, page=1):
    return listing_request(walk, Further(url, page), back, back)


def article(walk, **condition):
    return article_request(walk, VISIT, condition, back, back)


def test_a_listing_that_is_asked_for_is_known_as_one(walk):
    assert listing(walk).url in walk.listing_addresses


def test_listings_come_before_articles(walk):
    assert listing(walk).priority > article(walk).priority


def test_a_further_page_is_asked_for_once(walk):
    assert [listing(walk, page=page).dont_filter for page in (1, 2)] == [True, True]


def test_a_sitemap_may_be_larger_than_a_page(walk):
    assert listing(walk, "https://news.example/news.xml.gz").meta["download_maxsize"] == MOST_BYTES
    assert "download_maxsize" not in listing(walk).meta


def test_not_modified_is_an_answer_only_to_a_condition(walk):
    request = article(walk, **{"If-None-Match": '"a"'})
    assert (request.headers["If-None-Match"], request.meta["handle_httpstatus_list"]) == (b'"a"', [304])
    assert "handle_httpstatus_list" not in article(walk).meta


def test_what_was_asked_for_is_the_address_before_redirects():
    request = Request(f"{START}/c", meta={"redirect_urls": [f"{START}/a", f"{START}/b"]})
    assert [asked_for(request), asked_for(Request(START)), asked_for(None)] == [f"{START}/a", START, "?"]


def test_headers_that_tell_how_to_read_an_answer():
    html = HtmlResponse(START, headers={"Content-Type": "text/html; charset=koi8-r", "Server": "x"})
    assert headers_of(html) == {"Content-Type": "text/html; charset=koi8-r", "Link": ""}
    assert headers_of(Response(START)) == {"Content-Type": "", "Link": ""}


def test_what_an_archive_is_told(walk):
    told = {"newscrawl-start": START}
    assert replay_fields(article(walk), lambda _: START) == told | {
        "newscrawl-visit": "article",
        "newscrawl-asked": VISIT.url,
    }
    assert replay_fields(listing(walk, page=2), lambda _: START) == told | {
        "newscrawl-visit": "listing",
        "newscrawl-asked": START,
        "newscrawl-page": "2",
    }
    assert replay_fields(Request("https://news.example/robots.txt"), lambda _: START) == {"newscrawl-visit": "other"}
