"""Each article once in a run, under however many addresses it was met."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.article.item import Article


class DuplicateArticle(DropItem):
    """An article that this run has emitted already."""


class DuplicatesPipeline:
    """Drops an article whose publisher and id were met before."""

    def __init__(self) -> None:
        # Hashes take a third of the memory of the names. They have 64 bits: of 10^6 articles in a run, two
        # share one with a likelihood of 3 in 10^8.
        self._seen: set[int] = set()

    def process_item(self, article: Article) -> Article:
        key = hash((article.publisher, article.id))
        if key in self._seen:
            raise DuplicateArticle("met before in this run", log_level="DEBUG")
        self._seen.add(key)
        return article
