"""What both kinds of site have in common."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.article.item import Article
from newscrawl.extract import Page
from newscrawl.extract.page import MOST_MARKS
from newscrawl.publishers import Publisher, by_url
from newscrawl.sites import DescribedSite, NewsSite, site_at
from newscrawl.sites import verdict as verdicts
from newscrawl.sites.base import Asked
from newscrawl.sites.verdict import Failed

HOME = "https://ledger.example"
STORY = f"{HOME}/world/a-bell-rings-in-maro-1250903"
HTML = (
    b"<h1>A bell rings</h1><article><p>The bell of Maro rang on Wednesday, for the first time in a year.</p></article>"
)
PUBLISHER = Publisher(
    name="ledger.example",
    hosts=("ledger.example",),
    home=HOME,
    article=r"/(?P<section>[a-z]+)/[a-z-]+-(?P<id>\d+)",
    listing=r"/(?P<section>[a-z]+)(?:/page-(?P<page>\d+))?",
)
NOW = datetime(2025, 9, 3, 12, tzinfo=UTC)


@pytest.fixture(params=[PUBLISHER, by_url(HOME)], ids=["described", "learned"])
def site(request) -> NewsSite:
    return site_at(request.param, HOME)


def read(site: NewsSite, body: bytes = HTML, url: str = STORY, **asked):
    return site.read(body, url, {"Content-Type": "text/html"}, Asked(STORY, "world", **asked), NOW)


def test_an_article_is_read(site):
    article = read(site)
    assert isinstance(article, Article)
    assert (article.headline, article.url) == ("A bell rings", STORY)


@pytest.mark.parametrize("url", ["https://elsewhere.example/world/a-1250903", f"{HOME}/"], ids=["host", "front"])
def test_a_redirect_to_another_place_is_a_failure_of_what_a_listing_showed(site, url):
    assert read(site, url=url) == verdicts.MISLED
    assert read(site, url=url, listed=False) == verdicts.OTHER_ADDRESS, "an archive has pages of all kinds"


def test_a_listing_is_no_article(site):
    assert read(site, listings={STORY}) == verdicts.MISLED


def test_a_page_of_endless_markup_is_a_failure_that_says_so(site):
    found = read(site, b"<p>" + b"<b></b>" * (MOST_MARKS + 1))
    assert found == Failed(f"more than {MOST_MARKS} tags and attributes")


def test_the_number_of_a_listing_page_is_the_description_s():
    described = DescribedSite(PUBLISHER, HOME)
    assert [described.page_number(HOME + path) for path in ("/world/page-7", "/world", "/a/b/c")] == [7, None, None]
    assert site_at(by_url(HOME), HOME).page_number(f"{HOME}/world/page-7") is None


def test_a_page_leads_to_the_next_where_no_description_says_it(site):
    page = Page(f'<a rel="next" href="{HOME}/world/page-2">Next</a>', f"{HOME}/world")
    assert list(site.next_pages(page, "world", 1, ())) == [f"{HOME}/world/page-2"]
    assert list(site.next_pages(page, "world", 1, {f"{HOME}/world/page-2"})) == [], "it was asked for"


def test_where_a_next_page_may_have_been_answered(site):
    asked = f"{HOME}/world?page=2"
    assert site.goes_on(f"{HOME}/world/page/2", asked, "world")
    elsewhere = ("/", "/sport/page/2", "/world/a-bell-of-x-70001")
    assert not any(site.goes_on(HOME + path, asked, "world") for path in elsewhere)


def test_what_one_worker_learns_another_can_take(site):
    other = site_at(site.publisher, HOME)
    site.be_at("http", "127.0.0.1:8000")
    site.others.add("ledger.example")
    other.learn(site.learned())
    assert (other.origin, other.others) == ("http://127.0.0.1:8000", {"ledger.example"})
