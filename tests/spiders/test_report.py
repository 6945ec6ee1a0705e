"""What a crawl says of pages that came to nothing."""

from __future__ import annotations

from tests.spiders.conftest import START


def test_a_start_that_cannot_be_read_is_the_section_refused(report):
    report.listing_failed(1, START, "HTTP 403")
    assert report.counts.refused == f"{START}: HTTP 403"
    assert report.failures == [(START, "HTTP 403")]


def test_another_first_page_is_an_alternative_and_a_further_one_is_missing(report):
    report.listing_failed(1, "https://news.example/sitemap.xml", "HTTP 404")
    assert (report.counts.refused, report.counts.listing_failed) == (None, 0)
    report.listing_failed(2, f"{START}?page=2", "HTTP 500")
    assert (report.counts.refused, report.counts.listing_failed) == (None, 1)
    assert len(report.failures) == 2


def test_a_listing_that_was_cut(report):
    report.listing_cut("https://news.example/sitemap.xml", "too large")
    assert (report.counts.cut, report.counts.listing_failed) == (None, 1)
    report.listing_cut(START, "too large")
    assert (report.counts.cut, report.counts.listing_failed) == (f"{START}: too large", 2)


def test_an_article_that_failed_is_told(report, caplog):
    report.article_failed(f"{START}/a", "HTTP 404")
    assert report.failures == [(f"{START}/a", "HTTP 404")]
    assert f"Failed: {START}/a (HTTP 404)" in caplog.text
