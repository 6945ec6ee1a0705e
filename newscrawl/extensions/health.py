"""Watches what the pages give: fields and rules that fall, a section that stands still, one text everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
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
_TEXTS = 20  # that are told apart between processes


class Health:
    """Counts the fields and rules of each article that was read, new, changed or unchanged."""

    def __init__(self, stale_days: float):
        self._stale_days = stale_days
        self.shares = Shares()
        #: The same of what is new: stories from before a redesign may keep their layout.
        self._new = Shares()
        self._bodies: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        health = cls(crawler.settings.getfloat("STALE_DAYS"))
        crawler.signals.connect(health.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(health.item_dropped, signal=signals.item_dropped)
        return health

    def item_scraped(self, item: Article) -> None:
        self.shares.add(item)
        if item.status == "new":
            self._new.add(item)
        else:
            self._bodies[sha256(item.body.encode("utf-8", "surrogatepass")).hexdigest()[:16]] += 1

    def item_dropped(self, item: Article, exception: DropItem) -> None:
        if isinstance(exception, UnchangedArticle):
            self.shares.add(item)

    def counts(self) -> dict[str, Any]:
        """The shares, for the runs to come."""
        return {"shares": self.shares.to_dict(), "new": self._new.to_dict()}

    def to_dict(self) -> dict[str, Any]:
        """All that was counted, for JSON: of texts that articles have changed to, the most frequent."""
        return self.counts() | {"bodies": self._bodies.most_common(_TEXTS), "changed": self._bodies.total()}

    def add(self, counted: Mapping[str, Any]) -> None:
        """Add what another process counted, as :meth:`to_dict` gave it."""
        self.shares = Shares.sum([self.shares.to_dict(), counted["shares"]])
        self._new = Shares.sum([self._new.to_dict(), counted["new"]])
        self._bodies.update(dict(counted["bodies"]))
        self._bodies[""] += counted["changed"] - sum(number for _, number in counted["bodies"])

    def warnings(self, history: History, run: int, section: str, listing: str | None) -> list[str]:
        """What a person should look at, a clause each.

        ``run`` is compared with those over its ``section`` before it. ``listing`` stands for what its first page
        showed.
        """
        found = []
        same = max((number for body, number in self._bodies.items() if body), default=0)
        changed = self._bodies.total()
        if same >= _SAME_TEXT:
            found.append(f"{same} articles have changed to the same text: open one, it may be a login page")
        elif changed >= _MANY and changed > (self.shares.read - self._new.read) / 2:
            found.append(f"{changed} articles, most of the known ones, have changed at once: open one")
        kinds = (("shares", self.shares), ("new", self._new))
        told = (runs.drift(history, run, section, kind, shares) for kind, shares in kinds)
        if fallen := next(filter(None, told), None):
            found.append(f"{'; '.join(fallen)}: open a page: the publisher may have changed its markup")
        if since := runs.stale_since(history, run, section, listing, self._stale_days):
            found.append(
                f"the section has shown the same stories since {since[:10]}; open it in a browser:"
                " is it still updated, or is an old copy served?"
            )
        return found
