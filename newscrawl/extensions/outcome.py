"""How a run ended: counts, exit status, and the sentence that says why."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.extensions.feedexport import FeedSlot
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro

from newscrawl.archive import left_out
from newscrawl.article.item import Article
from newscrawl.feeds.file import AtomicFileFeedStorage
from newscrawl.pipelines.history import UnchangedArticle
from newscrawl.pipelines.since import OlderArticle
from newscrawl.pipelines.validation import IncompleteArticle
from newscrawl.plural import counted
from newscrawl.signals import article_failed, file_failed

logger = logging.getLogger(__name__)
_LOOK = "look at one in a browser: has it changed, or is it a wall?"
_TOLD = 5  # reasons of failures in one sentence, the most frequent first; the log has each page's
#: Exit statuses of ``scrapy crawl``.
OK, FAILED, INCOMPLETE = 0, 1, 2


class Outcome:
    """Counts what becomes of each article, and judges the run by it."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self._slots: list[FeedSlot] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        outcome = cls(crawler)
        for handler, signal in (
            (outcome.item_scraped, signals.item_scraped),
            (outcome.item_dropped, signals.item_dropped),
            (outcome.file_failed, file_failed),
            (outcome.article_failed, article_failed),
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
        elif isinstance(exception, UnchangedArticle):
            self.crawler.stats.inc_value("newscrawl/unchanged")

    def item_scraped(self, item: Article) -> None:
        if item.status == "changed":
            self.crawler.stats.inc_value("newscrawl/changed")

    def item_error(self, item: Article, response: Response, failure: Any) -> None:
        self._failed(response.url, f"error in a pipeline: {type(failure.value).__name__}")

    def spider_error(self, failure: Any, response: Any) -> None:
        self._failed(getattr(response, "url", "?"), f"error in the spider: {type(failure.value).__name__}")

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        self._slots.append(slot)

    def file_failed(self, storage: AtomicFileFeedStorage, error: OSError) -> None:
        """What cannot be written need not be fetched."""
        self.crawler.stats.set_value("newscrawl/output_error", str(error))
        self._closing = deferred_from_coro(self.crawler.engine.close_spider_async(reason="output_failed"))

    def _failed(self, url: str, reason: str) -> None:
        logger.warning("Failed: %s (%s)", url, reason)
        self.crawler.signals.send_catch_log(article_failed, url=url, reason=reason)

    def article_failed(self, reason: str) -> None:
        self.crawler.stats.inc_value("newscrawl/failed")
        self.crawler.stats.inc_value(f"newscrawl/failed/{reason}")

    def _count(self, name: str) -> int:
        return int(self.crawler.stats.get_value(f"newscrawl/{name}", 0))

    def _reasons(self) -> dict[str, int]:
        """Why articles failed, and how many for each reason."""
        prefix = "newscrawl/failed/"
        return {k.removeprefix(prefix): v for k, v in self.crawler.stats.get_stats().items() if k.startswith(prefix)}

    def _failures(self) -> str:
        reasons = sorted(self._reasons().items(), key=lambda reason: (-reason[1], reason[0]))
        told = [f"{n} {reason}" for reason, n in reasons[:_TOLD]]
        others = sum(n for _, n in reasons[_TOLD:])
        return ", ".join(told) + (f", and {others} for other reasons" if others else "")

    def judge(self) -> tuple[int, str]:
        """The exit status, and one sentence that says which and why."""
        stats = self.crawler.stats
        written, unchanged = stats.get_value("item_scraped_count", 0), self._unchanged()
        failed, older = self._count("failed"), self._count("older")
        articles = counted(written, "article")
        reason = stats.get_value("finish_reason")
        if not reason:
            saved = "; the next run saves what it had and goes on" if self._has_history() else ""
            return FAILED, f"it was cut off before its file was written{saved}"
        if error := stats.get_value("newscrawl/output_error") or self._storage_error():
            kept = ", nothing is lost" if self._has_history() else ""
            return FAILED, f"the output could not be written: {error}; mend that and run again{kept}"
        if error := stats.get_value("newscrawl/archive_error"):
            return FAILED, f"the archive could not be written: {error}; mend that and run again; {articles} written"
        if reason == "finished" and not self._count("shown"):
            return FAILED, self._nothing_found()
        if reason != "finished":
            how = {"shutdown": "it was interrupted"}.get(reason, f"it was stopped early ({reason})")
            partial = INCOMPLETE if written or unchanged else FAILED
            onward = ", the next run goes on from there" if self._has_history() else ""
            return partial, f"{how}; {articles} written{onward}"
        if self._count("skipped") and not failed and not unchanged and not self.read_anything():
            pages = counted(self._count("skipped"), "page")
            return FAILED, f"none of {pages} that the section leads to is an article; {_LOOK}"
        if (gone := self._count("gone")) and not failed and not self.read_anything():
            all_gone = (
                "the article that was asked for is" if gone == 1 else f"all {gone} articles that were asked for are"
            )
            return FAILED, f"{all_gone} gone; look at one in a browser"
        if failed and not self.read_anything():
            return (
                FAILED,
                f"none of {counted(failed, 'article')} could be read ({self._failures()}){self._failure_hint()}",
            )
        missing = [f"{failed} failed ({self._failures()}){self._failure_hint()}"] if failed else []
        if unread := self._count("listing_failed"):
            missing.append(f"{counted(unread, 'listing page')} could not be read")
        if empty := [walk.id for walk in self._walks() if not walk.met]:
            refused = stats.get_value("newscrawl/section_refused/reason")
            missing.append(f"{', '.join(empty)} gave no article" + (f" ({refused})" if refused else ""))
        if damaged := self._count("replay/damaged"):
            missing.append(f"{counted(damaged, 'damaged record')} of the archive passed over")
        if unfinished := self._count("replay/unfinished"):
            missing.append(left_out(unfinished))
        missing += stats.get_value("newscrawl/warnings", [])
        if missing:
            return INCOMPLETE, f"{articles} written, but {' and '.join(missing)}"
        return OK, self._all_well(written, unchanged, older)

    def _all_well(self, written: int, unchanged: int, older: int) -> str:
        again = self._count("again")
        settled = self._count("settled")
        looked = f"{settled} of them not looked at again; " if settled else ""
        since = f"unchanged since an earlier run ({looked}-a again=1 writes all)"
        if getattr(self.crawler.spider, "replay", None):
            since = "the same as before in the archive"
        more = [f"{unchanged} {since}"] if unchanged else []
        more += [f"{gone} taken away by the publisher"] if (gone := self._count("gone")) else []
        more += [f"{older} older than asked for"] if older else []
        if again:
            more.append(f"{again} of these unchanged since an earlier run and written again")
        if not written and unchanged:
            return f"nothing new, {', '.join(more)}"
        articles = counted(written, "article")
        return f"{'' if more or written == 1 else 'all '}{articles} written{''.join(', ' + text for text in more)}"

    def _nothing_found(self) -> str:
        stats = self.crawler.stats
        if getattr(self.crawler.spider, "replay", None):
            unfinished = self._count("replay/unfinished")
            more = f"; {left_out(unfinished)}" if unfinished else ""
            return f"no article's page in the archive ({self._replayed()}){more}"
        if stats.get_value("robotstxt/unreachable"):
            why = stats.get_value("robotstxt/unreachable/reason")
            return f"robots.txt could not be read ({why}), so nothing else was asked for; try again later"
        if refused := stats.get_value("newscrawl/section_refused/reason"):
            return f"the section did not answer or refused: {refused}{self._refusal_hint(refused)}"
        return f"no articles on the section's pages; {_LOOK}"

    @staticmethod
    def _refusal_hint(reason: str) -> str:
        if "robots.txt" in reason:
            return "; the publisher does not want this page crawled: ask for permission, or read another section"
        if reason.endswith(("403", "401", "429")):
            return "; try later and slower, with a USER_AGENT that names you, or ask the publisher"
        return "; try again later"

    def _replayed(self) -> str:
        """What was in the archive."""
        records, pages = self._count("replay/records"), self._count("replay/pages")
        skipped, damaged = self._count("replay/skipped") + self._count("replay/revisits"), self._count("replay/damaged")
        return f"{records} records read, {pages} pages, {skipped} skipped, {damaged} damaged"

    def _failure_hint(self) -> str:
        refused = self._reasons().keys() & {"HTTP 403", "HTTP 429"}
        return "; refused: try later and slower" if refused else ""

    def read_anything(self) -> bool:
        """Whether any article came, new or not."""
        written = self.crawler.stats.get_value("item_scraped_count", 0)
        return bool(written or any(map(self._count, ("unchanged", "not_modified", "older"))))

    def _walks(self) -> list[Any]:
        return list(getattr(self.crawler.spider, "walks", {}).values())

    def _unchanged(self) -> int:
        return sum(map(self._count, ("unchanged", "not_modified", "settled")))

    def counts(self) -> dict[str, Any]:
        """The run in numbers, for the history."""
        stats = self.crawler.stats
        names = ("found", "failed", "older", "gone", "listing_failed", "skipped")
        return {
            "written": stats.get_value("item_scraped_count", 0),
            "changed": self._count("changed"),
            "unchanged": self._unchanged(),
            **{name: self._count(name) for name in names},
            "pages": stats.get_value("response_received_count", 0),
            "failures": self._failures(),
        }

    def _has_history(self) -> bool:
        """Whether the next run will know of this one."""
        return getattr(self.crawler.spider, "history", None) is not None

    def files(self) -> list[str]:
        """The feeds that were written. With a history, all of a run's files have their names or none."""
        if self.crawler.stats.get_value("newscrawl/output_error") and self._has_history():
            return []
        return [slot.uri for slot in self._slots if getattr(slot.storage, "error", None) is None]

    def _storage_error(self) -> str | None:
        failed = any(k.startswith("feedexport/failed_count/") for k in self.crawler.stats.get_stats())
        return "see the log above" if failed else None

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
        settled = self._count("settled")
        skipped = self._count("skipped")
        lines = [
            f"articles  {stats.get_value('item_scraped_count', 0)} of {self._count('found')} found",
            f"pages     {stats.get_value('response_received_count', 0)}",
            f"unchanged {self._unchanged()}" + (f" ({settled} not asked for again)" if settled else ""),
            f"refused   {refused}",
            f"failed    {self._count('failed')}" + (f" ({self._failures()})" if self._count("failed") else ""),
            f"time      {seconds:.1f} s",
        ]
        if getattr(self.crawler.spider, "replay", None):
            lines.insert(0, f"archive   {self._replayed()}")
        if skipped:
            lines.insert(2, f"skipped   {skipped} (pages that are no articles)")
        if rebuilt := stats.get_value("newscrawl/history_rebuilt"):
            lines.insert(0, f"history   {rebuilt}")
        return lines + [f"file      {name}" for name in self.files()]
