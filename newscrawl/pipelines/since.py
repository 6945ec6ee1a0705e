"""Leave out articles older than the run was asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from newscrawl.article.item import Article


class OlderArticle(DropItem):
    """An article published before ``since``."""


class SincePipeline:
    """Drops what was published before the spider's ``since``; off without one."""

    def __init__(self, since: datetime):
        self.since = since

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        since = getattr(crawler.spider, "since", None)
        if since is None:
            raise NotConfigured
        return cls(since)

    def process_item(self, article: Article) -> Article:
        date = article.date_published or article.date_modified
        if date and datetime.fromisoformat(date) < self.since:
            raise OlderArticle("older than since", log_level="DEBUG")
        return article
