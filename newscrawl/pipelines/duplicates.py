"""Each article once in a run, under however many addresses it was met."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawl.article.item import Article
from newscrawl.store import Text

_HALF = 8  # hexadecimal digits, of a headline's hash, and then of a body's


class DuplicateArticle(DropItem):
    """An article that this run has emitted already; ``contradicts``: as another story, so that one is missing."""

    contradicts = False

    @classmethod
    def of(cls, text: str, emitted: str) -> DuplicateArticle:
        """For one with a text, as :func:`text_of` has it, where one with another was ``emitted``."""
        known = text[:_HALF] == emitted[:_HALF] or text[_HALF:] == emitted[_HALF:] or not (text and emitted)
        dropped = cls("met before in this run", log_level="DEBUG" if known else "WARNING")
        dropped.contradicts = not known
        return dropped


def text_of(article: Article) -> str:
    """What tells an article's text from another's; "" where the publisher's own id says that it is the same article."""
    if article.rules.get("id") != "hash of the address":
        return ""
    return "".join(text[:_HALF] for text in Text.of(article.headline, article.body))


class DuplicatesPipeline:
    """Drops an article whose publisher and id were met before, in this process or, of a shared crawl, in another."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, article: Article) -> Article:
        spider: Any = self.crawler.spider
        text = text_of(article)
        claim = spider.store.claim(f"{article.publisher}/{article.id}", text)
        if not claim.mine:
            raise DuplicateArticle.of(text, claim.text)
        return article
