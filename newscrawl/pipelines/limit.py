"""Write as many articles as the run was asked for, and no more."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from newscrawl.article.item import Article


class BeyondLimit(DropItem):
    """An article for which a run with ``limit`` has no room left; the next run asks for it again."""


class LimitPipeline:
    """Drops what is more than the spider's ``limit``; off without one."""

    def __init__(self, limit: int):
        self._left = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        limit = getattr(crawler.spider, "limit", None)
        if limit is None:
            raise NotConfigured
        return cls(limit)

    def process_item(self, article: Article) -> Article:
        if self._left <= 0:
            raise BeyondLimit("beyond limit", log_level="DEBUG")
        self._left -= 1
        return article
