"""Keeps the history: one run at a time, what dead runs left, what this one emits."""

from __future__ import annotations

import logging
import math
import shlex
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, FileLock, Timeout
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import FeedExporter, ItemFilter
from scrapy.http import Response
from w3lib.url import file_uri_to_path

from newscrawl.article.item import Article
from newscrawl.demo.place import feeds_of_sample, is_history_of_sample, is_sample
from newscrawl.extensions import delivering
from newscrawl.extensions.health import Health
from newscrawl.extensions.keeper import Keeper, days_of, validators
from newscrawl.extensions.outcome import Outcome
from newscrawl.extensions.pages import Pages, pages_of
from newscrawl.feeds.file import DIGESTS, AtomicFileFeedStorage, make_folder
from newscrawl.history import deliveries, durable, rebuild, runs
from newscrawl.history.database import lock_of, now
from newscrawl.plural import counted
from newscrawl.program import program
from newscrawl.store import SQLiteStore
from newscrawl.streams import printable
from newscrawl.targets.feeds import home_of
from newscrawl.targets.places import Places

logger = logging.getLogger(__name__)
_POLL = 0.2  # seconds between two looks at a lock that another run holds


class HistoryKeeper(Keeper):
    """Opens the history beside the output and holds its lock until the run ends.

    It lies in the folder of the first feed that is a local file, and no digest of the newest. Without such a feed,
    or with ``HISTORY_ENABLED`` false, each run stands alone. Raises ``BlockingIOError`` while another run holds
    the lock, ``OSError`` where the history cannot be read.
    """

    store: SQLiteStore

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        self.feeds = local_feeds(settings.getdict("FEEDS")) if settings.getbool("HISTORY_ENABLED") else []
        if not self.feeds:
            raise NotConfigured
        super().__init__(crawler)
        self.days = days_of(settings)
        path = history_path(self.feeds[0], settings["HISTORY_FILE"] % {"name": self._name()})
        make_folder(path.parent)
        self._lock = locked(path, settings.getfloat("HISTORY_WAIT"))
        try:
            self.store = SQLiteStore(path)
            with self._as_os_error():
                self.told = [*durable.recover(self.store), *self._rebuild()]
            self.places = Places.of(settings)
        except BaseException:
            self._lock.release()  # the process may have other crawls to do
            raise
        self.opened: set[str] = set()
        self.held: list[AtomicFileFeedStorage] = []
        self.whole: set[str] = set()
        self._ended: set[str] = set()

    def _rebuild(self) -> list[str]:
        """Take what the history lacks from the files beside the first feed; a line, where it lacked something."""
        walks = getattr(self.spider, "walks", {}).values()
        of_sample = any(is_sample(walk.site.origin) for walk in walks)
        name, publishers = self._name(), frozenset(walk.site.name for walk in walks)
        wanted = rebuild.Wanted(
            f"{name}-demo" if of_sample else name, publishers, lambda url: is_sample(url) is of_sample
        )
        folder = folder_of(self.feeds[0])
        if not self.crawler.settings.getbool("HISTORY_REBUILD"):
            rebuild.pass_over(self.store, folder, wanted)
            return []
        rebuilt = rebuild.rebuild(self.store, folder, wanted)
        if not rebuilt:
            return []
        self.counts.history_rebuilt = str(rebuilt)
        return [f"History: {rebuilt}"]

    def _name(self) -> str:
        """The spider's name for its history."""
        return str(getattr(self.spider, "history_name", self.crawler.spidercls.name))

    # The run's files -------------------------------------------------------------

    def spider_opened(self, spider: Spider) -> None:
        for line in self.told:
            spider.logger.warning(line)
        super().spider_opened(spider)
        self.crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)
        self.store.again |= getattr(spider, "again", False)
        with self._as_os_error():
            self.store.know(self.section, self.days["RECHECK_DAYS"], now())
            self.store.live_now()
            self.store.run = durable.begin(self.store, self.section, len(self.feeds))
        exporter = self.crawler.get_extension(FeedExporter)
        if exporter is None:
            return
        for slot in exporter.slots:
            storage, is_named = slot.storage, "%(" not in slot.uri_template
            if is_named and isinstance(storage, AtomicFileFeedStorage) and not storage.append:
                self._write_whole(storage)
            else:  # also a name with parts, which is a new file each time
                slot.filter = exporter.filters[slot.uri_template] = OnlyNews(slot.filter, self.store.repeated)

    def _write_whole(self, storage: AtomicFileFeedStorage) -> None:
        """Let a file that ``-O`` names have what stood only in it; one that is not there, all that the run meets."""
        self.whole.add(storage.path)
        if Path(storage.path).exists():
            self.store.replaced.add(storage.path)
        elif not storage.digest:
            self.store.again = True

    def file_opening(self, storage: AtomicFileFeedStorage) -> None:
        with self._as_os_error():
            targets = [(one.shown, name) for one, name in self.places.of_file(storage.path, storage.target)]
            durable.opening(self.store, self.store.run, storage.path, storage.lines, storage.append, targets=targets)
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
        self._deliver()
        self._close("exporter")

    def _deliver(self) -> None:
        """Deliver what is due; what cannot be delivered stays due."""
        try:
            self._enter_archive()
            sent = delivering.deliver(self.store, self.places)
        except sqlite3.Error as error:
            self.counts.undelivered = [self.store.explain(error)]
            return
        except OSError as error:
            self.counts.undelivered = [f"nothing was delivered: {error}"]
            return
        command = self._deliver_command()
        later, end = f"the next run, or '{command}', tries again", f"'{command} --give-up ADDRESS'"
        self.counts.delivered, self.counts.undelivered = sent.lines(), sent.faults(later, end)

    def _deliver_command(self) -> str:
        """The command that delivers what is due in this history."""
        path, feeds = self.store.path, self.crawler.settings.getdict("DEFAULT_FEEDS")
        of_sample = is_history_of_sample(path)
        usual = local_feeds(feeds_of_sample(feeds) if of_sample else feeds)
        is_usual = bool(usual) and folder_of(usual[0]) == path.parent
        named = ["--demo"] * of_sample + ([] if is_usual else ["--file", shlex.quote(str(path))])
        return " ".join([program(), "deliver", *named])

    def _enter_archive(self) -> None:
        """The archive's files are due, once they are complete: also of a run that failed, or was killed."""
        if self.places.archive:
            found = sorted(Path(self.crawler.settings["ARCHIVE"]).glob("*.warc.gz"))
            shown = self.places.archive.shown
            # A link may lead to a file that somebody has moved away since.
            deliveries.enter_whole(self.store, [(str(path), shown, path.name) for path in found if path.is_file()])

    def _publish(self, written: int) -> None:
        store = self.store
        if store.damaged:
            raise store.damaged
        if torn := self.opened - {storage.path for storage in self.held}:  # its exporter failed
            raise OSError(f"{', '.join(sorted(torn))} was not completed, see the log above")
        left = self._leave()
        has_read = self.counts.has_read  # else nothing is replaced where its files are delivered, either
        kept = [one.path for one in self.held if not has_read or (one.path in self.whole and one.is_worse)]
        durable.deliver_nothing(store, store.run, kept)
        files = [(storage.path, storage.kept, storage.lines) for storage in self.held if not storage.digest]
        held = durable.prepare(store, store.run, files)
        if held < written and not left:
            raise OSError(f"the files hold {held} of {counted(written, 'article')}")
        durable.publish(store, store.run)

    def _leave(self) -> bool:
        """Let older files be as they are if the run has nothing better; whether there are any."""
        left = [storage for storage in self.held if storage.leave()]
        for storage in left:
            durable.leave(self.store, self.store.run, storage.path)
        self.held = [storage for storage in self.held if not storage.left]
        return bool(left)

    def _close(self, done: str) -> None:
        """Close when the feeds and the engine have ended, in whichever order they do."""
        self._ended.add(done)
        if self._ended == {"exporter", "engine"} or not self.store.run:
            self.release()

    def release(self) -> None:
        """Close the history and give its lock back, where that is still to be done."""
        if self._lock.is_locked:
            try:
                self.store.close()
            except sqlite3.Error as error:
                logger.warning("The history could not be closed: %s", error)
            self._lock.release()

    def engine_stopped(self) -> None:
        try:
            if self.store.run:
                self._record()
        except sqlite3.Error as error:
            logger.warning("The history does not say how this run ended: %s", error)
        self._close("engine")

    def _record(self) -> None:
        outcome, health, pages = map(self.crawler.get_extension, (Outcome, Health, Pages))
        if outcome is not None and health is not None:
            kept = pages_of([pages.to_dict()], self.counts) if pages else {}
            for walk in self.spider.walks.values():  # also of a run that ended before its listings were read
                self.store.listed(walk.id, self.spider.discovery.facts(walk))
            runs.finish(self.store, self.store.run, self.ending(self.counts, outcome.judge, health, kept))

    @contextmanager
    def _as_os_error(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OSError(self.store.explain(error)) from error

    # Its articles ----------------------------------------------------------------

    def item_scraped(self, item: Article, response: Response) -> None:
        """An article's line is written; it counts once the run is published."""
        etag, last_modified = validators(response)
        version = durable.version_of(vars(item), self.store.run)
        self.store.write(version | {"etag": etag, "last_modified": last_modified})
        visit = response.cb_kwargs.get("visit")
        if visit and visit.key != item.id:  # the address that was asked for turned out to be another article's
            self.store.alias(f"{item.publisher}/{visit.key}", f"{item.publisher}/{item.id}")


class OnlyNews(ItemFilter):
    """A feed's filter that keeps out what is emitted for the sake of another feed."""

    def __init__(self, inner: ItemFilter, repeated: set[str]):
        super().__init__(None)
        self._inner, self._repeated = inner, repeated

    def accepts(self, item: Any) -> bool:
        return f"{item.publisher}/{item.id}" not in self._repeated and self._inner.accepts(item)


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
    return sorted(paths, key=lambda path: home_of(path) is not None)  # the user's own first


def history_path(feed: str, name: str) -> Path:
    """Where the history is: ``name``, in the folder of a feed's file unless it is a path of its own."""
    return folder_of(feed) / name


def folder_of(feed: str) -> Path:
    """Where a feed's files are; of a name made of parts, the folder that is the same for all of them.

    Of files that are kept for their delivery, it is the folder that they are kept in.
    """
    if kept := home_of(feed):
        return kept.absolute()
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
    try:
        with delivering.interruptible():  # its KeyboardInterrupt is what no code that tries to take the lock catches
            yield
    except KeyboardInterrupt:
        raise InterruptedError("it was interrupted while it waited for another run; nothing was read") from None
