"""Each article once in a crawl, whichever worker meets it, under however many addresses; and only if it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from scrapy.crawler import Crawler

from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts
from newscrawl.pipelines.duplicates import DuplicateArticle, text_of
from newscrawl.pipelines.history import UnchangedArticle

if TYPE_CHECKING:
    from newscrawl.shared.history import SharedHistory


class ClaimsPipeline:
    """Drops an article that another visit emits, or has emitted, in this crawl, and one that is unchanged.

    Sets ``status``, as :class:`newscrawl.pipelines.history.HistoryPipeline`.
    """

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self._turn = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, article: Article) -> Article:
        spider: Any = self.crawler.spider
        history = cast("SharedHistory", spider.history)
        self._turn += 1  # a claim whose answer was lost is still this one
        text = text_of(article)
        claim = history.session.step("claim", key=f"{article.publisher}/{article.id}", turn=self._turn, text=text)
        if not claim["mine"]:
            raise DuplicateArticle.of(text, claim.get("text") or text, "in this crawl")
        known = claim.get("hash")
        if known and known != article.content_hash:
            article.status = "changed"
        elif known and not history.again:
            raise UnchangedArticle("unchanged since an earlier run", log_level="DEBUG")
        elif known:
            Counts(self.crawler.stats).again += 1
        return article
