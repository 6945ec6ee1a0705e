"""Emit an article when it is new or has changed since an earlier run emitted it."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts
from newscrawl.history import Questions


class UnchangedArticle(DropItem):
    """An article whose headline, description and body an earlier run emitted as they are."""


class HistoryPipeline:
    """Sets ``status``; drops what is unchanged, unless this run emits it again."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, article: Article) -> Article:
        spider: Any = self.crawler.spider
        history: Questions | None = getattr(spider, "history", None)
        key = f"{article.publisher}/{article.id}"
        known = history and history.recall(key)
        if not history or not known:
            return article
        if known.content_hash != article.content_hash:
            article.status = "changed"
        elif not history.is_due(known):
            raise UnchangedArticle("unchanged since an earlier run", log_level="DEBUG")
        else:
            Counts(self.crawler.stats).again += 1
            if not spider.again:
                history.repeated.add(key)
        return article
