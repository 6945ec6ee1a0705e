"""How a run ended: counts, exit status, and the sentence that says why."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.extensions.feedexport import FeedSlot
from scrapy.http import Response

from newscrawl.items import Article
from newscrawl.pipelines.since import OlderArticle
from newscrawl.pipelines.validation import IncompleteArticle

logger = logging.getLogger(__name__)
#: Exit statuses of ``scrapy crawl``.
OK, FAILED, INCOMPLETE = 0, 1, 2


class Outcome:
    """Counts what becomes of each article, and judges the run by it."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.files: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        outcome = cls(crawler)
        for handler, signal in (
            (outcome.item_dropped, signals.item_dropped),
            (outcome.item_error, signals.item_error),
            (outcome.spider_error, signals.spider_error),
            (outcome.feed_slot_closed, signals.feed_slot_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return outcome

    def item_dropped(self, item: Article, exception: DropItem, response: Response) -> None:
        if isinstance(exception, IncompleteArticle):
            self._failed(response.url, str(exception))
        elif isinstance(exception, OlderArticle):
            self.crawler.stats.inc_value("newscrawl/older")

    def item_error(self, item: Article, response: Response, failure: Any) -> None:
        self._failed(response.url, f"error in a pipeline: {type(failure.value).__name__}")

    def spider_error(self, failure: Any, response: Any) -> None:
        self._failed(getattr(response, "url", "?"), f"error in the spider: {type(failure.value).__name__}")

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        self.files.append(slot.uri)

    def _failed(self, url: str, reason: str) -> None:
        logger.warning("Failed: %s (%s)", url, reason)
        self.crawler.stats.inc_value("newscrawl/failed")
        self.crawler.stats.inc_value(f"newscrawl/failed/{reason}")

    def _count(self, name: str) -> int:
        return int(self.crawler.stats.get_value(f"newscrawl/{name}", 0))

    def _failures(self) -> str:
        prefix = "newscrawl/failed/"
        reasons = {k.removeprefix(prefix): v for k, v in self.crawler.stats.get_stats().items() if k.startswith(prefix)}
        return ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items(), key=lambda r: (-r[1], r[0])))

    def judge(self) -> tuple[int, str]:
        """The exit status, and one sentence that says which and why."""
        stats = self.crawler.stats
        written = stats.get_value("item_scraped_count", 0)
        failed, older, found = self._count("failed"), self._count("older"), self._count("found")
        stored = sum(v for k, v in stats.get_stats().items() if k.startswith("feedexport/success_count/"))
        refused = stats.get_value("newscrawl/section_refused/reason")
        articles = f"{written} article{'' if written == 1 else 's'}"
        reason = stats.get_value("finish_reason") or "it never started"
        if written and self._has_feeds() and stored < self._has_feeds():
            return (
                FAILED,
                f"the output could not be written, so {articles} are lost; see the log above, mend it and run again",
            )
        if not found and reason == "finished":
            if stats.get_value("robotstxt/unreachable"):
                why = stats.get_value("robotstxt/unreachable/reason")
                return FAILED, f"robots.txt could not be read ({why}), so nothing else was asked for; try again later"
            if refused:
                return FAILED, f"the section did not answer or refused: {refused}"
            return (
                FAILED,
                "no articles on the section's pages; look at one in a browser: has it changed, or is it a wall?",
            )
        if reason != "finished":
            how = {"shutdown": "it was interrupted"}.get(reason, f"it was stopped early ({reason})")
            return (INCOMPLETE if written else FAILED), f"{how}; {articles} written"
        if failed and not written and not older:
            return FAILED, f"none of {found} articles could be read ({self._failures()})"
        if failed or self._count("listing_failed"):
            pages = self._count("listing_failed")
            missing = [f"{failed} failed ({self._failures()})"] if failed else []
            missing += [f"{pages} listing page{'' if pages == 1 else 's'} could not be read"] if pages else []
            return INCOMPLETE, f"{articles} written, but {' and '.join(missing)}"
        skipped = f", {older} older than asked for" if older else ""
        return OK, f"all {articles} written{skipped}"

    def _has_feeds(self) -> int:
        return len(self.crawler.settings.getdict("FEEDS"))

    def summary(self) -> list[str]:
        """The lines that a person wants to read at the end."""
        stats = self.crawler.stats
        seconds = stats.get_value("elapsed_time_seconds") or 0.0
        statuses = {
            k.rsplit("/", 1)[-1]: v
            for k, v in stats.get_stats().items()
            if k.startswith("downloader/response_status_count/")
        }
        refused = sum(v for status, v in statuses.items() if status in {"401", "403", "429"})
        refused += stats.get_value("robotstxt/forbidden", 0)
        lines = [
            f"articles  {stats.get_value('item_scraped_count', 0)} of {self._count('found')} found",
            f"pages     {stats.get_value('response_received_count', 0)}",
            f"refused   {refused}",
            f"failed    {self._count('failed')}" + (f" ({self._failures()})" if self._count("failed") else ""),
            f"time      {seconds:.1f} s",
        ]
        return lines + [f"file      {name}" for name in self.files]
