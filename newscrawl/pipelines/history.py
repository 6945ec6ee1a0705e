"""Emit an article when it is new or has changed since an earlier run emitted it."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts
from newscrawl.store import Store


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
        store: Store = spider.store
        name = f"{article.publisher}/{article.id}"
        known = store.recall(name)
        if not known:
            return article
        if known.content_hash != article.content_hash:
            article.status = "changed"
        elif not store.is_due(known):
            raise UnchangedArticle("unchanged since an earlier run", log_level="DEBUG")
        else:
            Counts(self.crawler.stats).again += 1
            if not spider.again:
                store.repeated.add(name)
        return article
