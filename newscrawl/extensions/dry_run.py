"""A run that only looks: its listings are read, each link is shown with what would become of it, nothing is written."""

from __future__ import annotations

import logging
import os
import sqlite3
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.decisions import is_dead
from newscrawl.crawl.sources import ASKED_FOR, OF_SITEMAPS, Fate, Source
from newscrawl.extensions.feedexport import StrictFeedExporter
from newscrawl.extensions.history import HistoryKeeper, history_path, local_feeds
from newscrawl.extensions.keeper import days_of, section_of
from newscrawl.history.database import Reader, now
from newscrawl.middlewares.robots import RFC9309Middleware
from newscrawl.store import SQLiteStore
from newscrawl.streams import printable

#: Above the command line's: in a process of many crawlers, its settings are given to each once more.
_ABOVE_ALL = 50


class DryRun:
    """Prints each link that a source names as a line: fate, address, rule and source, separated by tabs.

    With ``DRY_RUN_OUTPUT`` ``summary``, they are kept as ``links``, for the document that tells how the run ended.

    Takes the place of the history's keeper: what earlier runs emitted is looked up in a copy of the history, on this
    machine or in Redis, which is left as it is. Raises ``OSError`` where it cannot be read.
    """

    def __init__(self, crawler: Crawler):
        logging.getLogger("scrapy.commands").setLevel(logging.ERROR)  # it warns that nothing will be written
        self.crawler = crawler
        self.counts = Counts(crawler.stats)
        self.counts.is_dry_run = True
        self.links: list[dict[str, str]] = []
        self._prints = crawler.settings["DRY_RUN_OUTPUT"] != "summary"
        self._met: set[int] = set()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._history = self._copy(str(getattr(crawler.spider, "history_name", crawler.spidercls.name)))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        dry = cls(crawler)
        crawler.signals.connect(dry.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(dry.engine_stopped, signal=signals.engine_stopped)
        return dry

    def spider_opened(self, spider: Spider) -> None:
        told: Any = spider
        robots = self.crawler.get_downloader_middleware(RFC9309Middleware)
        if robots is not None:
            told.report.forbids = robots.forbids
        told.report.sources.on_link = self.named
        if self._history is not None:
            store = self._history
            store.again |= getattr(spider, "again", False)
            store.know(section_of(told), days_of(self.crawler.settings)["RECHECK_DAYS"], now())
            told.remember(store)
            told.report.is_dead = self._why_dead

    def _why_dead(self, url: str) -> str:
        """Why a link came to nothing in earlier runs and would again; ``""`` for one that may be read."""
        spider: Any = self.crawler.spider
        for walk in spider.walks.values():
            if self._history is not None and walk.site.answers(url):
                failing = self._history.failing(walk.name(spider.visits.key(walk, url)))
                now = sys.maxsize  # a run after all that were
                if failing and is_dead(failing.reason or "", failing, now, self._history.believed_before):
                    return failing.reason
        return ""

    def named(self, source: Source, url: str, fate: Fate, rule: str) -> None:
        """A source named a link."""
        if hash(url) not in self._met:
            self._met.add(hash(url))
            self.counts.links += source.kind not in OF_SITEMAPS
        self.counts.would_read += fate in ASKED_FOR and source.kind not in OF_SITEMAPS
        if not self._prints:
            self.links.append({"fate": fate.name.lower(), "url": url, "rule": rule, "source": source.name})
            return
        try:
            print(*(printable(text) for text in (fate.value, url, rule, source.name)), sep="\t")
        except OSError:  # nobody reads it any more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _copy(self, name: str) -> SQLiteStore | None:
        """What earlier runs noted, as a database of our own; ``None`` where there is nothing."""
        settings = self.crawler.settings
        file = settings["HISTORY_FILE"] % {"name": name}
        kept = None if settings["REDIS_URL"] else _kept(settings, file)
        if kept is None and not settings["REDIS_URL"]:
            return None
        self._folder = tempfile.TemporaryDirectory(prefix="newscrawl-")
        path = Path(self._folder.name) / Path(file).name
        copy = _copy_of_redis(settings, file, path) if kept is None else _copy_of_file(kept, path)
        copy.replaced, begun = _whole_files(settings)
        copy.again = begun
        return copy

    def engine_stopped(self) -> None:
        with suppress(OSError):
            sys.stdout.flush()
        if self._history is not None:
            self._history.close()
        if self._folder is not None:
            self._folder.cleanup()


def _kept(settings: BaseSettings, file: str) -> Path | None:
    """The history on this machine, if there is one."""
    feeds = local_feeds(settings.getdict("FEEDS")) if settings.getbool("HISTORY_ENABLED") else []
    path = history_path(feeds[0], file) if feeds else None
    return path if path is not None and path.is_file() else None


def _copy_of_file(kept: Path, path: Path) -> SQLiteStore:
    try:
        copy = SQLiteStore(path)
        with Reader(kept) as history:
            history.db.backup(copy.db)
    except sqlite3.Error as error:
        raise OSError(f"the history {kept} cannot be read ({error})") from error
    return copy


def _copy_of_redis(settings: BaseSettings, file: str, path: Path) -> SQLiteStore:
    from newscrawl.store.redis.past import snapshot
    from newscrawl.store.redis.status import history_name

    snapshot(settings, history_name(file), path).close()
    return SQLiteStore(path)


def _whole_files(settings: BaseSettings) -> tuple[set[str], bool]:
    """The files that a real run would replace: what stands only in them is written again; and whether it would begin
    one, which gets all that it meets.
    """
    feeds = settings.getdict("FEEDS")
    names = [name for name in local_feeds(feeds) if feeds.get(name, {}).get("overwrite") and "%(" not in name]
    replaced = {str(Path(name).resolve()) for name in names if Path(name).is_file()}
    return replaced, len(replaced) < len(names)


def set_up(settings: BaseSettings) -> None:
    """Let the crawl write nothing."""
    settings.replace_in_component_priority_dict("EXTENSIONS", HistoryKeeper, DryRun)
    settings.set_in_component_priority_dict("EXTENSIONS", StrictFeedExporter, None)
    for name, value in (("EXTENSIONS", settings.getdict("EXTENSIONS")), ("ARCHIVE", None)):
        settings.set(name, value, priority=_ABOVE_ALL)
