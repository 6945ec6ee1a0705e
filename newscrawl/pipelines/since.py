"""Leave out articles that are older or later than the run was asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from newscrawl.article.item import Article


class OlderArticle(DropItem):
    """An article published before ``since``."""


class LaterArticle(DropItem):
    """An article published after ``until``."""


class SincePipeline:
    """Drops what was published before the spider's ``since`` or after its ``until``; off without both."""

    def __init__(self, since: datetime | None = None, until: datetime | None = None):
        self.since, self.until = since, until

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        since, until = (getattr(crawler.spider, name, None) for name in ("since", "until"))
        if since is None and until is None:
            raise NotConfigured
        return cls(since, until)

    def process_item(self, article: Article) -> Article:
        date = article.date_published or article.date_modified
        instant = datetime.fromisoformat(date) if date else None
        if instant and self.since and instant < self.since:
            raise OlderArticle("its date is before since", log_level="DEBUG")
        if instant and self.until and instant > self.until:
            raise LaterArticle("its date is after until", log_level="DEBUG")
        return article
