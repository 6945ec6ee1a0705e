"""A worker of a shared crawl: it joins, gives signs of life, waits, commits its files, and closes what is done."""

from __future__ import annotations

import json
import logging
import shlex
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, DropItem, NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro

from newscrawl.article.item import Article
from newscrawl.crawl.backfill import is_past
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import ERROR_IN_PIPELINE, ERROR_IN_SPIDER, ExitStatus
from newscrawl.crawl.frontier import Visit
from newscrawl.crawl.walk import Walk
from newscrawl.extensions.history import history_path, local_feeds, validators
from newscrawl.feeds.file import AtomicFileFeedStorage, fsync_folder, unheld
from newscrawl.history import durable
from newscrawl.pipelines.duplicates import DuplicateArticle
from newscrawl.pipelines.history import UnchangedArticle
from newscrawl.pipelines.since import LaterArticle, OlderArticle
from newscrawl.pipelines.validation import IncompleteArticle
from newscrawl.plural import counted
from newscrawl.shared.feed import SharedFeedExporter
from newscrawl.shared.history import SharedHistory
from newscrawl.shared.outcome import of_crawl
from newscrawl.shared.runs import shared_name
from newscrawl.shared.session import EndedError, Session, seconds_of
from newscrawl.shared.visits import SharedVisits, name_of
from newscrawl.signals import file_opening, file_whole

logger = logging.getLogger(__name__)
_POLL = 0.2  # seconds between looks at a crawl in which there is nothing to do


class SharedKeeper:
    """Takes the place of the history's keeper where ``REDIS_URL`` is set.

    Raises ``ValueError`` for settings that do not fit, or where the open crawl was started with other arguments,
    ``OSError`` where Redis cannot be reached.
    """

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        if not settings["REDIS_URL"]:
            raise NotConfigured
        spider: Any = crawler.spider
        if is_past(spider.until, datetime.now(UTC)):
            raise ValueError("a range that is past is not for a crawl that several workers share: leave REDIS_URL out")
        self.crawler = crawler
        self.counts = Counts(crawler.stats)
        if spider.limit is not None:
            raise ValueError("limit is not for a crawl that several workers share: leave REDIS_URL out")
        feeds = local_feeds(settings.getdict("FEEDS"))
        if len(feeds) != 1 or len(settings.getdict("FEEDS")) != 1:
            raise ValueError("with REDIS_URL there is one feed, a local file that holds every article")
        for part in ("%(worker)", "%(batch_id)"):
            if part not in feeds[0]:
                raise ValueError(
                    f"with REDIS_URL each worker writes files of its own: {part}d has to be in the name of {feeds[0]},"
                    " as in -o output/world-%(worker)d-%(batch_id)d.jsonl"
                )
        if "%(" in str(Path(feeds[0]).parent):
            raise ValueError(f"with REDIS_URL all files of a worker are in one folder; {feeds[0]} has several")
        self.days = settings.getfloat("RECHECK_DAYS")
        self._batch_seconds = seconds_of(settings, "BATCH_SECONDS")
        name = shared_name(settings["HISTORY_FILE"] % {"name": spider.history_name})
        self.session = Session(settings, name)
        self.session.ended = self._ended
        self.folder = history_path(feeds[0], "x").parent
        self.folder.mkdir(parents=True, exist_ok=True)
        self.history = SharedHistory(self.session, self.folder / f"{name}.shared", again=spider.again)
        # What an unfinished file holds: its visits and their versions; and whole files whose fate is not known.
        self.batches: dict[str, list[dict[str, Any]]] = {}
        self._oldest = 0
        self._unread = 0
        self._stages: Counter[str] = Counter()  # of each walk's alternatives, how many this worker had to read
        self._closing: Any = None
        self.spider = spider
        self._join()
        self._beats = create_looping_call(self._beat)
        self._polls = create_looping_call(self._poll)
        self._reported = {"exporter": False, "engine": False}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls(crawler)
        for handler, signal in (
            (keeper.spider_opened, signals.spider_opened),
            (keeper.spider_idle, signals.spider_idle),
            (keeper.item_dropped, signals.item_dropped),
            (keeper.item_error, signals.item_error),
            (keeper.spider_error, signals.spider_error),
            (keeper.file_opening, file_opening),
            (keeper.file_whole, file_whole),
            (keeper.feed_exporter_closed, signals.feed_exporter_closed),
            (keeper.engine_stopped, signals.engine_stopped),
        ):
            crawler.signals.connect(handler, signal=signal)
        return keeper

    # Joining, and signs of life --------------------------------------------------

    def spider_opened(self, spider: Any) -> None:
        exporter = self.crawler.get_extension(SharedFeedExporter)
        assert exporter is not None
        exporter.wrote = self.wrote
        settings = self.crawler.settings
        rechecks = settings.getint("RECHECK_LIMIT")
        self.visits = SharedVisits(self.session, self.history, spider.hops, rechecks, spider.counts)
        self.visits.walks = spider.walks
        # What one worker has in hand, the others have not: no more than it can ask for at once.
        at_once = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") or settings.getint("CONCURRENT_REQUESTS")
        hosts = {walk.site.host for walk in spider.walks.values()}
        spider.share(self.visits, max(2, min(spider.schedule.at_once, at_once * len(hosts))))
        self._sweep()
        self._beats.start(self.session.lease / 3, now=False)
        self._polls.start(_POLL, now=False)

    def _join(self) -> None:
        spider = self.spider
        arguments = {
            "starts": [url for _, url in spider.walks.starts],
            "pages": spider.pages,
            "hops": spider.hops,
            "since": spider.since_text,
            "until": spider.until_text,
            "again": spider.again,
        }
        info = self.session.step(
            "join",
            arguments=json.dumps(arguments),
            since=spider.since.isoformat() if spider.since else None,
            walks=list(spider.walks),
            section=self._section,
            recheck_days=self.days,
            lease=int(self.session.lease * 1000),
        )
        if info["arguments"] != json.dumps(arguments):
            raise ValueError(_other_arguments(info["crawl"], json.loads(info["arguments"]), info["alive"]))
        self.session.crawl = info["crawl"]
        # "2 days ago" is what it was for the first worker.
        spider.join(self.session.worker, datetime.fromisoformat(info["since"]) if "since" in info else spider.since)
        self.history.pages, self.history.started = int(info["pages"]), int(info["started"])
        self.history.completed(self._section)
        self.history.due_since, self.history.recheck_since = float(info["due_since"]), float(info["recheck_since"])
        logger.info("Worker %d of crawl %d at %s", self.session.worker, self.session.crawl, self.session.place)

    @property
    def _section(self) -> str:
        return ",".join(dict.fromkeys(walk.section for walk in self.spider.walks.values()))

    def _beat(self) -> None:
        with suppress(EndedError):
            dead = self.session.beat()
            if dead:
                logger.warning("No sign of life, so its work goes on elsewhere: worker %s", ", ".join(dead))
                self._sweep()

    def _ended(self, reason: str) -> None:
        """This worker has no part any more."""
        self.counts.shared_ended = reason
        self._close("ended")

    def _close(self, reason: str) -> None:
        if self._closing is None:
            self._closing = deferred_from_coro(self.crawler.engine.close_spider_async(reason=reason))
            self._closing.addErrback(lambda _: None)  # it is closing already

    # Waiting, and what the crawl's end leaves to do ------------------------------

    def spider_idle(self) -> None:
        raise DontCloseSpider  # :meth:`_poll` closes it

    def _poll(self) -> None:
        if self._closing is not None or self.session.reason is not None:
            return
        self._oldest = self._oldest + 1 if self.batches else 0
        if self._oldest * _POLL > self._batch_seconds:
            self._flush()
        engine: Any = self.crawler.engine
        with suppress(EndedError):
            while engine.spider is not None and not engine._slot.closing and engine.spider_is_idle():
                if not self._idle():
                    return

    def _idle(self) -> bool:
        """This worker has nothing under way; whether it has gone on by a step, and may by another."""
        if self.batches:
            self._flush()
            return False
        spider, state = self.spider, self.session.step("state")
        spider.schedule.nothing_under_way()
        if state.get("closed"):
            self._close("finished")
            return False
        if state["leased"]:  # else all would wait for these for ever
            self._give_up_unanswered()
        states: dict[str, str] = state["walks"] or {}
        moves = [self._move(walk, states.get(walk.id), quiet=state["quiet"]) for walk in spider.walks.values()]
        if state["waiting"]:
            spider.schedule.feed()
        else:
            self.visits.save()
        if state["quiet"] and state["finished"]:
            self._wind_up(revisited=state["revisited"])
            return True
        return any(moves)

    def _give_up_unanswered(self) -> None:
        lost = self.session.step("unanswered", turn=self.visits._turn)["lost"]
        logger.warning("Failed: %s without an answer", counted(lost, "article"))
        self.counts.fail("no answer", lost)

    def _move(self, walk: Walk, state: str | None, *, quiet: bool) -> bool:
        """Begin to read a walk that waits for a reader, or read on; as :meth:`_read_on`."""
        if state == "waiting" and self._read(walk):
            starts = self.spider.walks.starts_of(walk)
            self._crawl(request for url in starts for request in self.spider.begin(walk, url))
            return False
        return state == str(self.session.worker) and self._read_on(walk, quiet=quiet)

    def _wind_up(self, *, revisited: bool) -> None:
        """All walks have been read: what earlier crawls found is asked for, once; then the crawl is closed."""
        if revisited:
            self._close_crawl()
        else:
            self.visits.revisit([walk for walk in self.spider.walks.values() if self._listings(walk)])

    def _crawl(self, requests: Iterable[Any]) -> None:
        for request in requests:
            self.crawler.engine.crawl(request)

    def _listings(self, walk: Walk) -> bool:
        return bool(self.session.read("HGET", f"{self.session.crawl}:info", f"listings {walk.id}") == "1")

    def _read(self, walk: Walk) -> bool:
        return bool(self.session.step("read", walk=walk.id, stage=self._stages[walk.id])["mine"])

    def _read_on(self, walk: Walk, *, quiet: bool) -> bool:
        """The reader of a walk has nothing under way: there may be more, once the others have ended, too.

        Whether those who waited for this worker have stopped waiting.
        """
        counts = self._counts()
        held = walk.held
        if held and counts.get(f"changed {held.page - 1} {walk.id}"):
            walk.held = None
            if self._read(walk):
                self._crawl([self.spider.ask(walk, held)])
            return False
        if not quiet:
            return bool(self.session.step("listed", walk=walk.id).get("was_reading"))
        # Where a dead reader had to turn to alternatives, this one has to, too: what was met since then may be theirs.
        reached = int(self.session.read("HGET", f"{self.session.crawl}:info", f"stage {walk.id}") or 0)
        walk.met = f"met {walk.id}" in counts and self._stages[walk.id] >= reached
        walk.taken, walk.skipped = counts.get(f"taken {walk.id}", 0), counts.get(f"skipped {walk.id}", 0)
        requests = [self.spider.ask(walk, one) for one in self.spider.discovery.alternatives(walk)]
        if requests:
            self._stages[walk.id] += 1
            if self._read(walk):
                self._crawl(requests)
            return False
        # Each reader of a walk does this for itself: it is no stage that another one has to reach.
        if requests := [self.spider.ask(walk, one) for one in self.spider.discovery.completion(walk)]:
            if self._read(walk):
                self._crawl(requests)
            return False
        self._finish(walk)
        return True

    def _finish(self, walk: Walk) -> None:
        """Nothing more of a walk is to be read: tell the crawl how that went."""
        self.spider.discovery.conclude(walk)
        unread = self.counts.listing_failed + len(self.counts.more)
        pages = self.history.pages if walk.held else walk.pages
        told = {
            "pages": 0 if self.spider.discovery.may_read_on(walk) else pages,
            "listed": walk.reach.listed,
            "hole": self.spider.discovery.hole(walk) or None,
            "listings": int(bool(walk.listings)),
            "refused": self.counts.refused,
            "cut": self.counts.cut,
            "robots": self.counts.robots_unreachable,
            "scripted": self.counts.scripted,
            "start_refused": self.counts.start_refused,
            "unread": unread - self._unread,
        }
        self._unread = unread
        self.session.step("listed", walk=walk.id, finished={k: v for k, v in told.items() if v is not None})

    def _counts(self) -> dict[str, int]:
        found = self.session.read("HGETALL", f"{self.session.crawl}:counts")
        return {name: int(value) for name, value in found.items()}

    def _close_crawl(self) -> None:
        """All is done: judge the whole, and let the others end."""
        info = self.session.read("HGETALL", f"{self.session.crawl}:info")
        counts = self._counts()
        ending = of_crawl(info, counts, list(self.spider.walks))
        has_failed = ending.status == ExitStatus.FAILED
        kept = self._section_state(info, written=bool(counts.get("written")), has_failed=has_failed)
        now = self.session.now()
        workers = self.session.read("HGETALL", f"{self.session.crawl}:workers")
        record = {
            "crawl": self.session.crawl,
            "started": int(info["started"]),
            "finished": now,
            "workers": len(workers),
            "dead": sum(state == "dead" for state in workers.values()),
            "status": ending.status,
            "sentence": ending.sentence,
            "counts": {name: value for name, value in counts.items() if " " not in name or name.startswith("failed/")},
        }
        closed = self.session.step(
            "close", record=json.dumps(record), section=self._section, section_state=json.dumps(kept)
        )
        if closed["closed"]:
            self.counts.crawl = (ending.status, ending.sentence)

    def _section_state(self, info: dict[str, str], *, written: bool, has_failed: bool) -> dict[str, Any]:
        """For the next crawl: how far the listings were read in order, when they were last, and when there was news."""
        pages = min((int(info.get(f"pages {id}", 0)) for id in self.spider.walks), default=0)
        unread = sum(int(info.get(f"unread {id}", 0)) for id in self.spider.walks)
        pages = 0 if unread or self.spider.since else pages
        before = json.loads(self.session.read("HGET", "sections", self._section) or "{}")
        state = {"pages": pages, "news": before.get("news"), "complete": before.get("complete")}
        started = int(info["started"])
        if pages and written:
            state["news"] = started
        if pages and not has_failed:
            listed = min(int(info.get(f"listed {id}", 0)) for id in self.spider.walks)
            state["complete"] = {
                "crawl": self.session.crawl, "started": started, "finished": self.session.now(),
                "pages": pages, "listed": listed,
            }  # fmt: skip
        return {name: value for name, value in state.items() if value is not None}

    # Its articles ----------------------------------------------------------------

    def item_dropped(self, item: Article, exception: DropItem, response: Response) -> None:
        walk, visit = _of(response)
        if walk is None or visit is None:
            return
        more: dict[str, Any] = {"article": f"{item.publisher}/{item.id}"}
        if isinstance(exception, UnchangedArticle):
            counts = {"unchanged": 1}
            more["met"] = _version(item, response, walk)
        elif isinstance(exception, OlderArticle):
            counts, more["gone"] = {"older": 1}, True
        elif isinstance(exception, LaterArticle):
            counts, more["gone"] = {"later": 1}, True
        elif isinstance(exception, IncompleteArticle):  # the next crawl asks for it again
            counts, more = {"failed": 1, f"failed/{exception}": 1}, {}
        elif isinstance(exception, DuplicateArticle) and exception.contradicts:  # it is not that article
            counts, more = {"contradicted": 1}, {}
        elif isinstance(exception, DuplicateArticle):
            counts = {"duplicates": 1}
        else:
            counts = {}
        with suppress(EndedError):
            self.visits.done(walk, visit, counts, **more)

    def item_error(self, response: Response, failure: Any) -> None:
        self._failed(response, ERROR_IN_PIPELINE)

    def spider_error(self, response: Any, failure: Any) -> None:
        self._failed(response, ERROR_IN_SPIDER)

    def _failed(self, response: Any, reason: str) -> None:
        walk, visit = _of(response)
        if walk is not None and visit is not None and self.session.reason is None:
            with suppress(EndedError):
                self.visits.failed(walk, visit, reason)

    def wrote(self, path: str, item: Article, response: Response) -> None:
        """An article's line is in an unfinished file."""
        walk, visit = _of(response)
        if walk is None or visit is None:
            return
        self.batches.setdefault(path, []).append(
            {
                "visit": name_of(visit),
                "own": walk.name(visit.key),
                "key": f"{item.publisher}/{item.id}",
                "path": durable.path_of(item.url),
                "section": walk.section,
                "walk": walk.id,
                "page": visit.page,
                "version": _version(item, response, walk) | {"h": item.content_hash, "f": Path(path).name},
            }
        )

    # Its files -------------------------------------------------------------------

    def _flush(self) -> None:
        exporter = self.crawler.get_extension(SharedFeedExporter)
        if exporter is not None:
            exporter.flush()
        self._oldest = 0

    def file_opening(self, storage: AtomicFileFeedStorage) -> None:
        # A worker of another history may have the same number, and so the same names. What it has committed and not
        # yet named must stay: only its own history can tell that.
        path, part = Path(storage.path), Path(storage.part)
        taken = FileExistsError(
            f"{path} or {part.name} already exists, from another crawl; expected a name that no other crawl has used,"
            " as with %(started)s in it"
        )
        if path.exists() or part.exists():
            raise taken
        try:
            self.session.step("open", file=path.name)
            try:
                part.touch(exist_ok=False)
                if path.exists():  # the other named it meanwhile
                    part.unlink()
                    raise taken
            except FileExistsError:
                self.session.step("named", files=[path.name])
                raise taken from None
        except EndedError as error:
            raise OSError(str(error)) from error

    def file_whole(self, storage: AtomicFileFeedStorage) -> bool:
        """A file is on the disk: all its articles count as emitted now, or none of them does."""
        name = Path(storage.path).name
        try:
            self.session.step("publish", file=name, articles=self.batches.pop(storage.path, []))
        except EndedError:
            if self.session.fenced:  # else a later start finds out whether it was committed
                Path(storage.part).unlink(missing_ok=True)
            return True
        storage.publish()
        fsync_folder(storage.path)
        with suppress(EndedError):
            self.session.step("named", files=[name])
        return True

    def _sweep(self) -> None:
        """Name the files of dead workers in this folder that were committed, and remove those that were not."""
        parts = sorted(self.folder.glob("*.part"))
        names = [part.name.removesuffix(".part") for part in parts]
        settled = []
        for part, name, state in zip(parts, names, self.session.step("files", files=names) or [], strict=False):
            if state not in ("committed", "dead"):
                continue
            try:
                file = unheld(part)
            except OSError:  # its worker lives after all, or it is settled
                continue
            with file:
                if state == "committed":
                    part.replace(part.with_name(name))
                else:
                    part.unlink(missing_ok=True)
                settled.append(name)
        if settled:
            fsync_folder(str(parts[0]))
            self.session.step("named", files=settled)
            logger.warning("Finished for workers that died: %s", counted(len(settled), "file"))

    # The end ---------------------------------------------------------------------

    def feed_exporter_closed(self) -> None:
        self._leave("exporter")

    def engine_stopped(self) -> None:
        self._leave("engine")

    def _leave(self, who: str) -> None:
        """Leave once the feeds and the engine have ended, in whichever order they do."""
        self._reported[who] = True
        if not all(self._reported.values()):
            return
        for loop in (self._beats, self._polls):
            if loop.running:
                loop.stop()
        with suppress(EndedError):
            self._sweep()
        self.session.close()


def _other_arguments(crawl: int, arguments: dict[str, Any], alive: int) -> str:
    """What to do about an open crawl that has other arguments; ``alive`` workers are at it."""
    given = arguments | {"start": ",".join(arguments["starts"]), "again": int(arguments["again"]) or None}
    names = ("start", "pages", "hops", "since", "until", "again")
    same = " ".join(f"-a {shlex.quote(f'{name}={given[name]}')}" for name in names if given[name] is not None)
    if alive:
        return (
            f"the crawl {crawl} that is going on was started with other arguments ({same}); wait until it has ended,"
            " or give the same"
        )
    return (
        f"the crawl {crawl} was started with other arguments and has not ended, but no worker is left;"
        f" run a worker with {same}, which finishes it, then this one again"
    )


def _of(response: Any) -> tuple[Walk | None, Visit | None]:
    arguments = response.cb_kwargs if getattr(response, "request", None) is not None else {}
    return arguments.get("walk"), arguments.get("visit")


def _version(item: Article, response: Response, walk: Walk) -> dict[str, Any]:
    """What the history keeps of an article as it was read."""
    etag, modified = validators(response)
    path = durable.next_path(item.url, item.next_url)
    version = {
        "n": path,
        "k": walk.site.key(walk.site.origin + path) if path else None,
        "e": etag,
        "m": modified,
        "d": item.date_modified or item.date_published,
    }
    return {name: value for name, value in version.items() if value is not None}
