"""What a crawl says of what it read: counts, and what went wrong."""

from __future__ import annotations

from logging import LoggerAdapter
from typing import Any

from scrapy.crawler import Crawler

from newscrawl.crawl.counts import Counts, LateStats
from newscrawl.crawl.walks import Walks
from newscrawl.signals import article_failed, listing_failed


class Report:
    """Counts in a run's statistics, and tells of pages that came to nothing, by log and signals.

    Where one of the addresses fails that the ``walks`` begin at, the section could not be read.
    """

    def __init__(self, crawler: Crawler, walks: Walks, logger: LoggerAdapter[Any]):
        self._crawler = crawler
        self._walks = walks
        self.logger = logger
        self.counts = Counts(LateStats(crawler))

    def article_failed(self, url: str, reason: str) -> None:
        """An article came to nothing."""
        self.logger.warning("Failed: %s (%s)", url, reason)
        self._crawler.signals.send_catch_log(article_failed, url=url, reason=reason)

    def listing_failed(self, page: int, url: str, reason: str) -> None:
        """Page ``page`` of a listing could not be read."""
        self.logger.warning("%s could not be read (%s)", url, reason)
        self._crawler.signals.send_catch_log(listing_failed, url=url, reason=reason)
        if page > 1:
            self.counts.listing_failed += 1
        elif self._is_start(url):
            self.counts.refused = f"{self._walks.as_given(url)}: {reason}"

    def listing_cut(self, url: str, reason: str) -> None:
        """A listing was read as far as a bound: stories may be behind it."""
        self.logger.warning("%s was not read to the end (%s)", url, reason)
        self._crawler.signals.send_catch_log(listing_failed, url=url, reason=reason)
        self.counts.listing_failed += 1
        if self._is_start(url):
            self.counts.cut = f"{self._walks.as_given(url)}: {reason}"

    def _is_start(self, url: str) -> bool:
        return any(url == start for _, start in self._walks.starts)
