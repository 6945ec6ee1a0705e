"""A progress line on a terminal; nothing under cron."""

from __future__ import annotations

import sys
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from tqdm import tqdm

from newscrawl.crawl.counts import Counts


class Progress:
    """Counts articles on standard error while that is a terminal (``PROGRESS_ENABLED``)."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.bar: tqdm[Any] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("PROGRESS_ENABLED") or not sys.stderr.isatty():
            raise NotConfigured
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.response_received, signal=signals.response_received)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self, spider: Spider) -> None:
        since, until = (getattr(spider, name, None) for name in ("since_text", "until_text"))
        days = f" {since or ''} to {until or 'now'}" if since or until else ""
        self.bar = tqdm(desc=f"{spider.name}{days}", unit=" pages", leave=False, dynamic_ncols=True)

    def response_received(self) -> None:
        if self.bar is not None:
            counts = Counts(self.crawler.stats)
            self.bar.total = counts.found or None
            self.bar.set_postfix(articles=counts.written, failed=counts.failed)
            self.bar.update()

    def spider_closed(self) -> None:
        if self.bar is not None:
            self.bar.close()
