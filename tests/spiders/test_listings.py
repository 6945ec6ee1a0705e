"""How listings are read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawl.crawl.walk import Further
from newscrawl.spiders.listings import Limits, ListingReader
from tests.spiders.conftest import START

SITEMAP = "https://news.example/sitemap.xml"
STORIES = [f"{START}/a-bell-rings-in-maro-{number}" for number in range(3)]


@pytest.fixture
def read(visits, report, walk):
    """Reads an answer as a listing; what to read next."""

    def read(body, url, page=1, *, since=None, sitemaps=9, of_index=9, page_time=10.0):
        reader = ListingReader(visits, report, Limits(0, sitemaps, of_index, page_time), 3, since)
        response = Response(url, body=body.encode(), request=Request(url))
        return reader.read(response, walk, Further(url, page), is_start=url == START)

    return read


def sitemap(*stories, dates=None):
    lines = zip(stories, dates or [""] * len(stories), strict=True)
    urls = "".join(f"<url><loc>{url}</loc><lastmod>{date}</lastmod></url>" for url, date in lines)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def index(*sitemaps):
    urls = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in sitemaps)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</sitemapindex>'


def test_a_sitemap_s_articles_are_taken_up(read, visits):
    assert read(sitemap(*STORIES), SITEMAP) == []
    assert [visit.url for visit in visits.next(9)] == STORIES


def test_what_is_older_than_asked_for_is_counted(read, visits, report):
    read(sitemap(*STORIES[:2], dates=["2025-09-03", "2025-08-01"]), SITEMAP, since=datetime(2025, 9, 1, tzinfo=UTC))
    assert [visit.url for visit in visits.next(9)] == STORIES[:1]
    assert report.counts.older == 1


def test_an_index_leads_to_its_sitemaps_each_once(read, walk):
    named = [f"https://news.example/{name}.xml" for name in "ab"]
    assert read(index(*named), SITEMAP) == [Further(url, 2) for url in named]
    walk.asked.update(named)
    assert read(index(*named), SITEMAP) == []


def test_sitemaps_beyond_the_limit_are_told(read, report):
    assert len(read(index(*(f"https://news.example/{name}.xml" for name in "abc")), SITEMAP, sitemaps=2)) == 2
    assert (report.counts.sitemaps_left_out, report.counts.listing_failed) == (1, 1)
    assert report.failures == [(SITEMAP, "2 of its 3 sitemaps are read (SITEMAP_LIMIT)")]


def test_indexes_nested_too_deep_are_told(read, report):
    assert read(index("https://news.example/a.xml"), SITEMAP, page=3) == []
    ((url, reason),) = report.failures
    assert url == SITEMAP and "nested more than twice" in reason


def test_a_page_that_shows_no_article(read, report, visits):
    assert read("<html><body><p>Nothing today.</p></body></html>", START) == []
    assert list(visits.next(9)) == [] and report.counts.shown == 0
