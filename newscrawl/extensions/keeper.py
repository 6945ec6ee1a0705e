"""Keeps what a crawl finds and emits in its store, whichever that is, and enters how the crawl went."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import Ending, is_complete, is_whole
from newscrawl.crawl.walk import Walk
from newscrawl.extensions.health import Health
from newscrawl.extensions.outcome import record
from newscrawl.history import durable, runs
from newscrawl.pipelines.duplicates import DuplicateArticle
from newscrawl.pipelines.history import UnchangedArticle
from newscrawl.pipelines.since import LaterArticle, OlderArticle
from newscrawl.signals import file_opening, file_whole
from newscrawl.store import Article as Version
from newscrawl.store import Store, Visit


class Keeper:
    """What both stores are kept by: a subclass knows when the files of a crawl count as emitted."""

    store: Store

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.spider: Any = crawler.spider
        self.counts = Counts(crawler.stats)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls(crawler)
        keeper.connect({signals.spider_opened: keeper.spider_opened})
        return keeper

    def connect(self, handlers: Mapping[object, Callable[..., Any]]) -> None:
        """Call each handler at a signal."""
        for signal, handler in handlers.items():
            self.crawler.signals.connect(handler, signal=signal)

    def spider_opened(self, spider: Spider) -> None:
        """Let the spider remember in the store, and hear of its articles after all others: they count them."""
        self.spider.remember(self.store)
        self.connect(
            {
                signals.item_dropped: self.item_dropped,
                file_opening: self.file_opening,
                file_whole: self.file_whole,
                signals.feed_exporter_closed: self.feed_exporter_closed,
                signals.engine_stopped: self.engine_stopped,
            }
        )

    def file_opening(self, storage: Any) -> None:
        """A file is about to be begun."""
        raise NotImplementedError

    def file_whole(self, storage: Any) -> bool:
        """A file is whole and on the disk; whether this keeper gives it its name."""
        raise NotImplementedError

    def feed_exporter_closed(self) -> None:
        """All files are whole."""
        raise NotImplementedError

    def engine_stopped(self) -> None:
        """Nothing is asked for any more."""
        raise NotImplementedError

    # The crawl and those before it ---------------------------------------------------

    @property
    def section(self) -> str:
        """The sections that are crawled."""
        return section_of(self.spider)

    def ending(self, counts: Counts, judge: Callable[[], Ending], health: Health, pages: Mapping[str, Any]) -> Any:
        """How a crawl of these counts ended, for the history."""
        facts = self.store.facts()
        section, listing = self.section, " ".join(filter(None, (fact["front"] for fact in facts.values()))) or None
        recent = self.store.recent()
        counts.status_before = runs.status_before(recent, self.store.run, section)
        counts.warnings = health.warnings(recent, self.store.run, section, listing)
        judged = judge()
        whole = is_complete(counts) and not self.spider.since and not self.spider.until
        told = record(counts) | {
            "complete": whole,
            "listed": min((fact["listed"] for fact in facts.values()), default=0),
        }
        return runs.Ending(
            status=judged.status,
            sentence=judged.sentence,
            counts=json.dumps(told | health.counts() | dict(pages)),
            listing=listing,
            pages=self._pages_read(counts, facts),
            drift="; ".join(counts.warnings) or None,
            seconds=counts.seconds or 0.0,
        )

    def _pages_read(self, counts: Counts, facts: Mapping[str, Mapping[str, Any]]) -> int:
        """How many listing pages have nothing on them that was not emitted or is not noted."""
        if not is_whole(counts) or counts.more or self.spider.since or self.spider.until:
            return 0
        return min(facts[id]["pages"] if id in facts else 0 for id in self.spider.walks)

    # Its articles ----------------------------------------------------------------

    def item_dropped(self, item: Article, exception: DropItem, response: Response) -> None:
        """An article is not emitted."""
        walk, visit = visit_of(response)
        if walk is not None and visit is not None:
            self.store.do(partial(self._dropped, version_of(item, response), exception, walk, visit))

    def _dropped(self, version: Version, exception: DropItem, walk: Walk, visit: Visit) -> None:
        store = self.store
        if isinstance(exception, UnchangedArticle):
            store.reread(version)
        elif isinstance(exception, OlderArticle | LaterArticle):
            store.gone(version.name)
        own = walk.name(visit.key)
        is_other = isinstance(exception, DuplicateArticle) and exception.contradicts  # it is not that article
        if own != version.name and not is_other:
            store.alias(own, version.name)
        store.end(visit)


def section_of(spider: Any) -> str:
    """The sections that a spider crawls, as histories name them."""
    return ",".join(dict.fromkeys(walk.section for walk in spider.walks.values()))


def visit_of(response: Any) -> tuple[Walk | None, Visit | None]:
    """What an answer was asked for, where it was for an article."""
    arguments = response.cb_kwargs if getattr(response, "request", None) is not None else {}
    return arguments.get("walk"), arguments.get("visit")


def version_of(item: Article, response: Response) -> Version:
    """An article as a store keeps it."""
    etag, modified = validators(response)
    return Version(
        name=f"{item.publisher}/{item.id}",
        path=durable.path_of(item.url),
        content_hash=item.content_hash,
        headline=item.headline,
        paragraph_hash=durable.paragraph_hash(item.body or ""),
        next_path=durable.next_path(item.url, item.next_url),
        etag=etag,
        last_modified=modified,
        date_modified=item.date_modified,
        date_published=item.date_published,
        crawled_at=item.crawled_at,
    )


def validators(response: Response) -> tuple[str | None, str | None]:
    """A response's ETag and Last-Modified (RFC 9110, 8.8); none of a story's that is on several pages.

    One page that is as it was does not say that the others are.
    """
    if getattr(response, "request", None) is not None and "story" in response.cb_kwargs:
        return None, None
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None


def days_of(settings: BaseSettings) -> dict[str, float]:
    """The settings that say how long articles are looked at again. Raises ``ValueError`` for what is no number."""
    return {name: _number(name, settings[name]) for name in ("RECHECK_DAYS", "STALE_DAYS", "RECHECK_LIMIT")}


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name}={value!r}: expected a number") from None
