"""What a crawl says of what it read: counts, and what went wrong."""

from __future__ import annotations

from logging import LoggerAdapter
from typing import Any

from scrapy.crawler import Crawler

from newscrawl.crawl.counts import Counts, LateStats
from newscrawl.crawl.walk import Walk
from newscrawl.crawl.walks import Walks
from newscrawl.plural import counted
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
            self.counts.refused = f"{url}: {reason}"

    def listing_cut(self, url: str, reason: str) -> None:
        """A listing was read as far as a bound: stories may be behind it."""
        self.logger.warning("%s was not read to the end (%s)", url, reason)
        self._crawler.signals.send_catch_log(listing_failed, url=url, reason=reason)
        self.counts.listing_failed += 1
        if self._is_start(url):
            self.counts.cut = f"{url}: {reason}"

    def listing_has_more(self, walk: Walk, more: str) -> None:
        """A listing has more than it gave, as it says in the clause ``more``, and gives no address of that."""
        shown = counted(self.counts.shown, "article")
        listing = f"the listing {walk.site.origin}/{walk.section} shows {shown}"
        clause = f"{listing} and {more}, and the rest of its stories was not read"
        self.logger.warning("%s", clause)
        self.counts.more = [*self.counts.more, clause]

    def _is_start(self, url: str) -> bool:
        return any(url == start for _, start in self._walks.starts)
