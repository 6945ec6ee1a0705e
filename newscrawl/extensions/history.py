"""Keeps the history: one run at a time, what dead runs left, what this one emits."""

from __future__ import annotations

import json
import logging
import math
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, SIGTERM
from signal import signal as handle
from typing import Any, Self

from filelock import BaseFileLock, FileLock, Timeout
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.extensions.feedexport import FeedExporter, ItemFilter
from scrapy.http import Response
from scrapy.settings import BaseSettings
from w3lib.url import file_uri_to_path

from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import is_complete, is_whole
from newscrawl.demo.place import is_sample
from newscrawl.extensions.health import Health
from newscrawl.extensions.outcome import Outcome
from newscrawl.extensions.pages import Pages
from newscrawl.feeds.file import DIGESTS, AtomicFileFeedStorage
from newscrawl.history import History, durable, rebuild, runs
from newscrawl.history.database import days_ago, lock_of
from newscrawl.pipelines.duplicates import DuplicateArticle
from newscrawl.pipelines.history import UnchangedArticle
from newscrawl.pipelines.since import LaterArticle, OlderArticle
from newscrawl.plural import counted
from newscrawl.signals import file_opening, file_whole
from newscrawl.streams import printable

logger = logging.getLogger(__name__)
_NEVER = "9999"  # no story is first seen since then
_POLL = 0.2  # seconds between two looks at a lock that another run holds


class HistoryKeeper:
    """Opens the history beside the output and holds its lock until the run ends.

    It lies in the folder of the first feed that is a local file, and no digest of the newest. Without such a feed,
    or with ``HISTORY_ENABLED`` false, each run stands alone. Raises ``BlockingIOError`` while another run holds
    the lock, ``OSError`` where the history cannot be read.
    """

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        self.feeds = local_feeds(settings.getdict("FEEDS")) if settings.getbool("HISTORY_ENABLED") else []
        if not self.feeds:
            raise NotConfigured
        self.crawler = crawler
        self.counts = Counts(crawler.stats)
        self.days = days_of(settings)
        path = history_path(self.feeds[0], settings["HISTORY_FILE"] % {"name": self._name()})
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = locked(path, settings.getfloat("HISTORY_WAIT"))
        try:
            self.history = History(path)
            with self._as_os_error():
                self.told = [*durable.recover(self.history), *self._rebuild()]
        except BaseException:
            self._lock.release()  # the process may have other crawls to do
            raise
        self.run = 0
        self.opened: set[str] = set()
        self.held: list[AtomicFileFeedStorage] = []
        self._ended: set[str] = set()

    def _rebuild(self) -> list[str]:
        """Take what the history lacks from the files beside the first feed; a line, where it lacked something."""
        walks = getattr(self.crawler.spider, "walks", {}).values()
        of_sample = any(is_sample(walk.site.origin) for walk in walks)
        name, publishers = self._name(), frozenset(walk.site.name for walk in walks)
        wanted = rebuild.Wanted(
            f"{name}-demo" if of_sample else name, publishers, lambda url: is_sample(url) is of_sample
        )
        folder = folder_of(self.feeds[0])
        if not self.crawler.settings.getbool("HISTORY_REBUILD"):
            rebuild.pass_over(self.history, folder, wanted)
            return []
        rebuilt = rebuild.rebuild(self.history, folder, wanted)
        if not rebuilt:
            return []
        self.counts.history_rebuilt = str(rebuilt)
        return [f"History: {rebuilt}"]

    def _name(self) -> str:
        """The spider's name for its history."""
        return str(getattr(self.crawler.spider, "history_name", self.crawler.spidercls.name))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls(crawler)
        for handler, signal in (
            (keeper.spider_opened, signals.spider_opened),
            (keeper.item_scraped, signals.item_scraped),
            (keeper.item_dropped, signals.item_dropped),
            (keeper.file_opening, file_opening),
            (keeper.file_whole, file_whole),
            (keeper.feed_exporter_closed, signals.feed_exporter_closed),
            (keeper.engine_stopped, signals.engine_stopped),
        ):
            crawler.signals.connect(handler, signal=signal)
        return keeper

    # The run's files -------------------------------------------------------------

    def spider_opened(self, spider: Spider) -> None:
        for line in self.told:
            spider.logger.warning(line)
        spider.remember(self.history)  # type: ignore[attr-defined]
        with self._as_os_error():
            sections = know(self.history, spider, self.days)
            self.history.live_now()
            self.run = self.history.run = durable.begin(self.history, sections, len(self.feeds))
        exporter = self.crawler.get_extension(FeedExporter)
        if exporter is None:
            return
        for slot in exporter.slots:
            storage, is_named = slot.storage, "%(" not in slot.uri_template
            if is_named and isinstance(storage, AtomicFileFeedStorage) and not storage.append:
                self._write_whole(storage)
            else:  # also a name with parts, which is a new file each time
                slot.filter = exporter.filters[slot.uri_template] = OnlyNews(slot.filter, self.history.repeated)

    def _write_whole(self, storage: AtomicFileFeedStorage) -> None:
        """Let a file that ``-O`` names have what stood only in it; one that is not there, all that the run meets."""
        if Path(storage.path).exists():
            self.history.replaced.add(storage.path)
        elif not storage.digest:
            self.history.again = True

    def file_opening(self, storage: AtomicFileFeedStorage) -> None:
        with self._as_os_error():
            durable.opening(self.history, self.run, storage.path, storage.lines, storage.append)
        self.opened.add(storage.path)

    def file_whole(self, storage: AtomicFileFeedStorage) -> bool:
        self.held.append(storage)
        return True

    def feed_exporter_closed(self) -> None:
        """All files are whole and on the disk: only now may they, together, have their names."""
        if not self.counts.output_error:  # else the next run saves what can be saved
            try:
                with self._as_os_error():
                    self._publish(self.counts.written)
            except Exception as error:
                self.counts.output_error = str(error) or "an unforeseen error"
        self._close("exporter")

    def _publish(self, written: int) -> None:
        if self.history.damaged:
            raise self.history.damaged
        if torn := self.opened - {storage.path for storage in self.held}:  # its exporter failed
            raise OSError(f"{', '.join(sorted(torn))} was not completed, see the log above")
        if not self.counts.has_read:
            self._leave_replaced()
        files = [(storage.path, storage.kept, storage.lines) for storage in self.held if not storage.digest]
        held = durable.prepare(self.history, self.run, files)
        if held < written:
            raise OSError(f"the files hold {held} of {counted(written, 'article')}")
        durable.publish(self.history, self.run)

    def _leave_replaced(self) -> None:
        """A run that read nothing replaces nothing."""
        for storage in self.held:
            if storage.path in self.history.replaced:
                durable.leave(self.history, self.run, storage.path)
        self.held = [storage for storage in self.held if storage.path not in self.history.replaced]

    def _close(self, done: str) -> None:
        """Close when the feeds and the engine have ended, in whichever order they do."""
        self._ended.add(done)
        if self._ended == {"exporter", "engine"} or not self.run:
            self.release()

    def release(self) -> None:
        """Close the history and give its lock back, where that is still to be done."""
        if self._lock.is_locked:
            try:
                self.history.close()
            except sqlite3.Error as error:
                logger.warning("The history could not be closed: %s", error)
            self._lock.release()

    def engine_stopped(self) -> None:
        outcome = self.crawler.get_extension(Outcome)
        try:
            health = self.crawler.get_extension(Health)
            if outcome is not None and health is not None and self.run:
                self._record(outcome, health)
        except sqlite3.Error as error:
            logger.warning("The history does not say how this run ended: %s", error)
        self._close("engine")

    def _record(self, outcome: Outcome, health: Health) -> None:
        self.counts.warnings = warnings = health.warnings(self.history, self.run)
        judged = outcome.judge()
        pages = self.crawler.get_extension(Pages)
        ending = runs.Ending(
            status=judged.status,
            sentence=judged.sentence,
            counts=json.dumps(
                outcome.record()
                | {"complete": self._is_complete(), "listed": self._listed()}
                | health.counts()
                | (pages.counts() if pages else {})
            ),
            listing=health.listing(),
            pages=self._pages_read(),
            drift="; ".join(warnings) or None,
            seconds=self.counts.seconds or 0.0,
        )
        runs.finish(self.history, self.run, ending)

    def _is_complete(self) -> bool:
        spider: Any = self.crawler.spider
        return is_complete(self.counts) and not spider.since and not spider.until

    def _pages_read(self) -> int:
        """How many listing pages have nothing on them that was not emitted or is not noted."""
        spider: Any = self.crawler.spider
        if not is_whole(self.counts) or self.counts.more or spider.since or spider.until:
            return 0
        if any(spider.discovery.may_read_on(walk) for walk in spider.walks.values()):
            return 0
        return min(self.history.pages if walk.held else walk.pages for walk in spider.walks.values())

    def _listed(self) -> int:
        """How many stories the listings showed, for the runs to come; of several, the shortest."""
        spider: Any = self.crawler.spider
        return min((walk.reach.listed for walk in spider.walks.values()), default=0)

    @contextmanager
    def _as_os_error(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OSError(self.history.explain(error)) from error

    # Its articles ----------------------------------------------------------------

    def item_scraped(self, item: Article, response: Response) -> None:
        etag, last_modified = validators(response)
        version = durable.version_of(vars(item), self.run)
        self.history.write(version | {"etag": etag, "last_modified": last_modified})
        self._note_alias(item, response)

    def item_dropped(self, item: Article, exception: DropItem, response: Response) -> None:
        if isinstance(exception, UnchangedArticle):
            next_path = durable.next_path(item.url, item.next_url)
            self.history.met(_key(item), *validators(response), next_path, item.date_modified)
        elif isinstance(exception, OlderArticle | LaterArticle):
            self.history.gone(_key(item))
        elif isinstance(exception, DuplicateArticle) and exception.contradicts:
            return  # it is not that article
        self._note_alias(item, response)

    def _note_alias(self, item: Article, response: Response) -> None:
        """The address that was asked for turned out to be another article's."""
        visit = response.cb_kwargs.get("visit")
        if visit and visit.key != item.id:
            self.history.alias(f"{item.publisher}/{visit.key}", _key(item))


class OnlyNews(ItemFilter):
    """A feed's filter that keeps out what is emitted for the sake of another feed."""

    def __init__(self, inner: ItemFilter, repeated: set[str]):
        super().__init__(None)
        self._inner, self._repeated = inner, repeated

    def accepts(self, item: Any) -> bool:
        return _key(item) not in self._repeated and self._inner.accepts(item)


def _key(item: Article) -> str:
    return f"{item.publisher}/{item.id}"


def validators(response: Response) -> tuple[str | None, str | None]:
    """A response's ETag and Last-Modified (RFC 9110, 8.8)."""
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None


def days_of(settings: BaseSettings) -> dict[str, float]:
    """The settings that say how long articles are looked at again. Raises ``ValueError`` for what is no number."""
    return {name: _number(name, settings[name]) for name in ("RECHECK_DAYS", "STALE_DAYS", "RECHECK_LIMIT")}


def know(history: History, spider: Any, days: Mapping[str, float]) -> str:
    """Let a history know how earlier runs over a spider's sections went; gives these, as runs name them."""
    history.again = history.again or getattr(spider, "again", False)
    since = history.believed_before = days_ago(days["RECHECK_DAYS"])
    sections = ",".join(dict.fromkeys(walk.section for walk in spider.walks.values()))
    history.pages = runs.pages_read(history, sections)
    history.complete = runs.last_complete(history, sections)
    history.due_since = min(since, runs.news_since(history, sections) or since)
    history.recheck_since = history.due_since if days["RECHECK_DAYS"] else _NEVER
    return sections


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name}={value!r}: expected a number") from None


def local_feeds(feeds: dict[Any, dict[str, Any]]) -> list[str]:
    """The feeds that are local files and hold every article, as paths, in their order."""
    paths = []
    for uri, options in ((str(uri), options) for uri, options in feeds.items()):
        if (options.get("format") or Path(uri).suffix.removeprefix(".")) in DIGESTS:
            continue
        if uri.startswith("file:"):
            paths.append(file_uri_to_path(uri))
        elif "://" not in uri and not uri.startswith("stdout:"):
            paths.append(uri)
    return paths


def history_path(feed: str, name: str) -> Path:
    """Where the history is: ``name``, in the folder of a feed's file unless it is a path of its own."""
    return folder_of(feed) / name


def folder_of(feed: str) -> Path:
    """Where a feed's files are; of a name made of parts, the folder that is the same for all of them."""
    return Path(feed.split("%(", maxsplit=1)[0] + "x").absolute().parent


def locked(path: Path, wait: float = 0.0) -> BaseFileLock:
    """The lock of a history, after ``wait`` seconds at most.

    Raises ``BlockingIOError`` while another process, alive, holds it, ``InterruptedError`` where the wait was ended.
    """
    lock = FileLock(lock_of(path))
    try:
        _acquire(lock, path, wait)
    except Timeout:
        raise BlockingIOError(
            f"another run is writing to {path.parent}; wait until it has ended, as 'crawl --wait' does,"
            " or write to another folder"
        ) from None
    except InterruptedError:
        raise
    except OSError as error:
        raise OSError(f"{path.parent} cannot be written to ({error.strerror}); change its permissions") from error
    return lock


def _acquire(lock: BaseFileLock, path: Path, wait: float) -> None:
    """Take a lock. Raises ``Timeout`` where another process holds it for so many seconds."""
    try:
        lock.acquire(blocking=False)
    except Timeout:
        if not wait:
            raise
        most = "" if wait == math.inf else f", {wait:g} seconds at most"
        line = f"waiting until the run that writes to {path.parent} has ended{most}; Ctrl-C ends the wait"
        with _interruptible():
            print(printable(line), file=sys.stderr, flush=True)
            lock.acquire(timeout=-1 if wait == math.inf else wait, poll_interval=_POLL)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let a signal end a wait that keeps the reactor from seeing it. Raises ``InterruptedError`` then."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt  # which no code that tries to take the lock catches

    before = {number: handle(number, stop) for number in (SIGINT, SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        raise InterruptedError("it was interrupted while it waited for another run; nothing was read") from None
    finally:
        for number, handler in before.items():
            handle(number, handler)
