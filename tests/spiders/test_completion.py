"""Which sources complete a listing, and what becomes of those that are not needed."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawl.crawl.sources import Fate
from newscrawl.crawl.walk import Further
from newscrawl.spiders.completion import Completer

INDEX = "https://news.example/index.xml"
SITEMAPS = [f"https://news.example/part-{number}.xml" for number in range(4)]


@pytest.fixture
def completer(visits, report):
    return Completer(visits, report, requests=3, pages=3, since=None, page_time=10.0)


def read_index(completer, walk, depth):
    urls = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in SITEMAPS)
    body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</sitemapindex>'
    completer.read(Response(INDEX, body=body.encode(), request=Request(INDEX)), walk, Further(INDEX, depth))


@pytest.mark.parametrize(("depth", "waiting"), [(1, 3), (3, 0)])
def test_every_sitemap_of_an_index_has_a_fate(completer, walk, report, depth, waiting):
    read_index(completer, walk, depth)
    assert len(walk.completion.waiting) == waiting, "as many as may be asked for, of an index that is not nested deeper"
    completer.conclude(walk)
    (index,) = report.sources
    assert dict(index.fates) == {Fate.BESIDE: len(SITEMAPS)}
    assert not walk.completion.waiting
