"""How a run ended: counts, exit status, and the sentence that says why."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.extensions.feedexport import FeedSlot
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro

from newscrawl.article.item import Article
from newscrawl.configuration.notify import MOST_HEADLINES
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import (
    ERROR_IN_PIPELINE,
    ERROR_IN_SPIDER,
    Ending,
    ExitStatus,
    failures,
    judge,
    replayed,
)
from newscrawl.crawl.sources import Fate, Sources
from newscrawl.feeds.file import AtomicFileFeedStorage
from newscrawl.pipelines.duplicates import DuplicateArticle
from newscrawl.pipelines.history import UnchangedArticle
from newscrawl.pipelines.limit import BeyondLimit
from newscrawl.pipelines.since import LaterArticle, OlderArticle
from newscrawl.pipelines.validation import IncompleteArticle
from newscrawl.plural import counted
from newscrawl.program import program
from newscrawl.signals import article_failed, file_failed, file_replacing

logger = logging.getLogger(__name__)
_REFUSALS = ("401", "403", "429")  # HTTP statuses
_MOST_SOURCES = 12  # lines of the summary

#: What became of a link whose article was dropped.
_DROPPED = {
    IncompleteArticle: Fate.FAILED,
    OlderArticle: Fate.OLDER,
    LaterArticle: Fate.LATER,
    BeyondLimit: Fate.BEYOND_LIMIT,
    UnchangedArticle: Fate.KNOWN_AGAIN,
    DuplicateArticle: Fate.LISTED,
}


class Outcome:
    """Counts what becomes of each article, and judges the run by it."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.counts = Counts(crawler.stats)
        self._slots: list[FeedSlot] = []
        self._headlines: list[dict[str, str]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        outcome = cls(crawler)
        for handler, signal in (
            (outcome.item_scraped, signals.item_scraped),
            (outcome.item_dropped, signals.item_dropped),
            (outcome.file_failed, file_failed),
            (outcome.file_replacing, file_replacing),
            (outcome.item_error, signals.item_error),
            (outcome.spider_error, signals.spider_error),
            (outcome.feed_slot_closed, signals.feed_slot_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return outcome

    def item_dropped(self, item: Article, exception: DropItem, response: Response) -> None:
        is_dead = isinstance(exception, IncompleteArticle) and self.fails(response, str(exception))
        if isinstance(exception, OlderArticle):
            self.counts.older += 1
        elif isinstance(exception, LaterArticle):
            self.counts.later += 1
        elif isinstance(exception, BeyondLimit):
            self.counts.beyond_limit += 1
        elif isinstance(exception, UnchangedArticle):
            self.counts.unchanged += 1
        elif isinstance(exception, DuplicateArticle):
            self.counts.duplicates += 1
            self.counts.contradicted += exception.contradicts
        report, visit = getattr(self.crawler.spider, "report", None), response.cb_kwargs.get("visit")
        fate = next((fate for kind, fate in _DROPPED.items() if isinstance(exception, kind)), None)
        if report is not None and visit is not None and fate is not None:
            report.turned(visit, Fate.DEAD if is_dead else fate, str(exception))

    def item_scraped(self, item: Article) -> None:
        if item.status == "changed":
            self.counts.changed += 1
        if len(self._headlines) < MOST_HEADLINES:
            self._headlines.append({"headline": item.headline, "url": item.url, "status": item.status})

    def item_error(self, item: Article, response: Response, failure: Any) -> None:
        self.fails(response, ERROR_IN_PIPELINE)

    def spider_error(self, failure: Any, response: Any) -> None:
        self.fails(response, ERROR_IN_SPIDER)

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        self._slots.append(slot)

    def file_failed(self, storage: AtomicFileFeedStorage, error: OSError) -> None:
        """What cannot be written need not be fetched."""
        self.counts.output_error = str(error)
        self._closing = deferred_from_coro(self.crawler.engine.close_spider_async(reason="output_failed"))

    def file_replacing(self, storage: AtomicFileFeedStorage) -> bool:
        """Whether an older file stays as it is: a run that failed, or read nothing, replaces nothing.

        What such a run has written is added to a file nevertheless: it is good, and takes nothing away.
        """
        counts = self.counts
        if storage.append and counts.written:
            return False
        has_failed = counts.finish_reason is not None and self.judge().status is ExitStatus.FAILED
        return has_failed or not counts.has_read

    def fails(self, response: Any, reason: str) -> bool:
        """An article came to nothing; whether it is counted as dead, since it did in an earlier run, too."""
        url, of = getattr(response, "url", "?"), getattr(response, "cb_kwargs", {})
        spider: Any = self.crawler.spider
        if "visit" not in of:
            self.counts.fail(reason)
        elif spider.visits.fails(of["walk"], of["visit"], reason):
            return True
        logger.warning("Failed: %s (%s)", url, reason)
        self.crawler.signals.send_catch_log(article_failed, url=url, reason=reason)
        return False

    def judge(self) -> Ending:
        """How the run ended, as far as it has."""
        spider: Any = self.crawler.spider
        counts = self.counts
        counts.has_history = spider.store.is_kept if hasattr(spider, "store") else False
        counts.is_replay = bool(getattr(spider, "replay", None))
        walks = getattr(spider, "walks", None)
        counts.left = [slot.uri for slot in self._slots if getattr(slot.storage, "left", False)]
        counts.empty = [walks.as_given(walk.id) for walk in walks.values() if not walk.met] if walks else []
        return self.decide(counts)

    def decide(self, counts: Counts) -> Ending:
        """The ending by what was counted."""
        return judge(counts)

    def ending(self) -> Ending:
        """How the run ended, with all that is reported of it."""
        return replace(
            self.judge(),
            summary=self.summary(),
            counts=record(self.counts),
            files=self.files(),
            sources=self.sources.to_list(),
            seconds=self.counts.seconds or 0.0,
            before=self.counts.status_before,
            headlines=self._headlines,
        )

    @property
    def sources(self) -> Sources:
        """What named articles; of a replay, which asks for nothing, that is not told."""
        report = getattr(self.crawler.spider, "report", None)
        return Sources() if report is None or self.counts.is_replay else report.sources

    def files(self) -> list[str]:
        """The feeds that were written. With a history, all of a run's files have their names or none."""
        if self.counts.output_error and self.counts.has_history:
            return []
        return [slot.uri for slot in self._slots if not _is_unwritten(slot.storage)]

    def summary(self) -> list[str]:
        """The lines that a person wants to read at the end; what there was none of has no line."""
        counts = self.counts
        if counts.unreachable and not counts.pages:  # the log and the last line say all that there is to say
            return []
        refused = sum(counts.answers.get(status, 0) for status in _REFUSALS) + counts.forbidden
        settled = f" ({counts.settled} not fetched again)" if counts.settled else ""
        lines = [
            ("history", counts.history_rebuilt),
            ("archive", replayed(counts) if counts.is_replay else None),
            ("articles", self.articles()),
            ("pages", counts.pages or None),
            ("joined", _joined(counts)),
            ("pictures", _pictures(counts)),
            ("skipped", f"{counts.skipped} (pages that are not articles)" if counts.skipped else None),
            ("twice", f"{counts.duplicates} (met at another address, too)" if counts.duplicates else None),
            ("unchanged", f"{counts.known}{settled}" if counts.known else None),
            ("refused", refused or None),
            ("failed", f"{counts.failed} ({failures(counts)})" if counts.failed else None),
            ("dead", f"{counts.dead} (among those that {program()} history dead lists)" if counts.dead else None),
            ("time", f"{counts.seconds or 0.0:.1f} s"),
            *(("source", line) for line in self.sources.lines(_MOST_SOURCES)),
            *(("file", name) for name in self.files()),
            *(("delivered", line) for line in counts.delivered),
            ("file", "none: a dry run writes no articles" if counts.is_dry_run else None),
        ]
        return [f"{name:<9} {text}" for name, text in lines if text is not None]

    def articles(self) -> str | None:
        """How many were written, for the summary: new, changed and known ones apart."""
        return (
            f"{written(self.counts)} of {self.counts.found} found" if self.counts.found or self.counts.written else None
        )


def _joined(counts: Counts) -> str | None:
    """How many stories were told on several pages, and how many these were, for the summary."""
    pages = counts.joined + counts.story_pages
    return f"{counted(counts.joined, 'story')} from {pages} pages" if counts.joined else None


def _pictures(counts: Counts) -> str | None:
    """What became of the pictures, for the summary."""
    kinds = (
        (counts.pictures, "downloaded"),
        (counts.pictures_known, "there before"),
        (counts.pictures_failed, "failed"),
    )
    return ", ".join(f"{number} {kind}" for number, kind in kinds if number) or None


def _is_unwritten(storage: Any) -> bool:
    return getattr(storage, "error", None) is not None or getattr(storage, "left", False)


def record(counts: Counts) -> dict[str, Any]:
    """A crawl in numbers, for the history."""
    return {
        "written": counts.written,
        "changed": counts.changed,
        "unchanged": counts.known,
        "found": counts.found,
        "failed": counts.failed,
        "older": counts.older,
        "later": counts.later,
        "beyond_limit": counts.beyond_limit,
        "not_read": counts.not_read,
        "sitemaps_not_read": counts.sitemaps_not_read,
        "gone": counts.gone,
        "dead": counts.dead,
        "listing_failed": counts.listing_failed,
        "skipped": counts.skipped,
        "pages": counts.pages,
        "joined": counts.joined,
        "story_pages": counts.story_pages,
        "failures": failures(counts),
        "failure_reasons": counts.failures,
    }


def written(counts: Counts) -> str:
    """What was written, as the first words of ``… of 48 found``.

    >>> counts = Counts()
    >>> counts.written, counts.changed = 9, 3
    >>> written(counts)
    '6 new, 3 changed,'
    >>> written(Counts())
    'none written'
    """
    new = counts.written - counts.changed - counts.again
    kinds = [(new, "new"), (counts.changed, "changed"), (counts.again, "known and written again")]
    told = [f"{number} {kind}" for number, kind in kinds if number > 0]
    return ", ".join(told) + ("," if len(told) > 1 else "") if told else "none written"
