"""What a crawl says of what it read: counts, and what went wrong."""

from __future__ import annotations

from logging import LoggerAdapter
from typing import Any

from scrapy.crawler import Crawler

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

    def count(self, name: str, by: int = 1) -> None:
        """Count something in the run's statistics."""
        self._crawler.stats.inc_value(f"newscrawl/{name}", by)

    def article_failed(self, url: str, reason: str) -> None:
        """An article came to nothing."""
        self.logger.warning("Failed: %s (%s)", url, reason)
        self._crawler.signals.send_catch_log(article_failed, url=url, reason=reason)

    def listing_failed(self, page: int, url: str, reason: str) -> None:
        """Page ``page`` of a listing could not be read."""
        self.logger.warning("%s could not be read (%s)", url, reason)
        self._crawler.signals.send_catch_log(listing_failed, url=url, reason=reason)
        if page > 1:
            self.count("listing_failed")
        else:
            self._section_refused(url, reason)

    def listing_cut(self, url: str, reason: str) -> None:
        """A listing was read as far as a bound: stories may be behind it."""
        self.logger.warning("%s was not read to the end (%s)", url, reason)
        self._crawler.signals.send_catch_log(listing_failed, url=url, reason=reason)
        self.count("listing_failed")
        self._section_refused(url, reason)

    def _section_refused(self, url: str, reason: str) -> None:
        if any(url == start for _, start in self._walks.starts):
            self._crawler.stats.set_value("newscrawl/section_refused/reason", f"{url}: {reason}")
