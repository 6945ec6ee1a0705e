"""Watches what the pages give: fields and rules that fall, a section that stands still, one text everywhere."""

from __future__ import annotations

from collections import Counter
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawl.article.item import Article
from newscrawl.history import History, runs
from newscrawl.history.drift import Shares
from newscrawl.pipelines.history import UnchangedArticle

_SAME_TEXT = 3  # stories that change to one text
_MANY = 10  # stories that change in one run


class Health:
    """Counts the fields and rules of each article that was read, new, changed or unchanged."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.shares = Shares()
        #: The same of what is new: stories from before a redesign may keep their layout.
        self._new = Shares()
        self._bodies: Counter[int] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        health = cls(crawler)
        crawler.signals.connect(health.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(health.item_dropped, signal=signals.item_dropped)
        return health

    def item_scraped(self, item: Article) -> None:
        self.shares.add(item)
        if item.status == "new":
            self._new.add(item)
        else:
            self._bodies[hash(item.body)] += 1

    def item_dropped(self, item: Article, exception: DropItem) -> None:
        if isinstance(exception, UnchangedArticle):
            self.shares.add(item)

    def counts(self) -> dict[str, Any]:
        """The shares, for the runs to come."""
        return {"shares": self.shares.to_dict(), "new": self._new.to_dict()}

    def listing(self) -> str | None:
        """Stands for what the section's first page showed."""
        walks = [walk for walk in getattr(self.crawler.spider, "walks", {}).values() if walk.listings]
        return " ".join(walk.front.hexdigest() for walk in walks) or None

    def warnings(self, history: History, run: int) -> list[str]:
        """What a person should look at, a clause each; ``run`` is compared with those before it."""
        found = []
        same, changed = max(self._bodies.values(), default=0), self._bodies.total()
        if same >= _SAME_TEXT:
            found.append(f"{same} articles have changed to the same text: open one, it may be a login page")
        elif changed >= _MANY and changed > (self.shares.read - self._new.read) / 2:
            found.append(f"{changed} articles, most of the known ones, have changed at once: open one")
        if fallen := runs.drift(history, run, "shares", self.shares) or runs.drift(history, run, "new", self._new):
            found.append(f"{'; '.join(fallen)}: open a page: the publisher may have changed its markup")
        days = self.crawler.settings.getfloat("STALE_DAYS")
        if since := runs.stale_since(history, run, self.listing(), days):
            found.append(
                f"the section has shown the same stories since {since[:10]}; open it in a browser:"
                " is it still updated, or is an old copy served?"
            )
        return found
