"""A worker of a shared crawl: it joins, gives signs of life, waits, commits its files, and closes what is done."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, DropItem, NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro

from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import judge
from newscrawl.demo.place import is_sample
from newscrawl.extensions.health import Health
from newscrawl.extensions.history import history_path, local_feeds
from newscrawl.extensions.keeper import Keeper, version_of, visit_of
from newscrawl.extensions.pages import Pages, pages_of
from newscrawl.feeds.file import AtomicFileFeedStorage, fsync_folder, make_folder, unheld
from newscrawl.plural import counted
from newscrawl.program import program
from newscrawl.shared.feed import SharedFeedExporter
from newscrawl.spiders.schedule import Step
from newscrawl.store.redis.session import EndedError, seconds_of
from newscrawl.store.redis.status import history_name
from newscrawl.store.redis.store import Emitted, RedisStore
from newscrawl.targets.places import Places

logger = logging.getLogger(__name__)
_POLL = 0.2  # seconds between looks at a crawl in which there is nothing to do


class SharedKeeper(Keeper):
    """Takes the place of the history's keeper where ``REDIS_URL`` is set.

    Raises ``ValueError`` for settings that do not fit, or where the open crawl was started with other arguments,
    ``OSError`` where Redis cannot be reached.
    """

    store: RedisStore

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        if not settings["REDIS_URL"]:
            raise NotConfigured
        super().__init__(crawler)
        spider = self.spider
        if spider.limit is not None:
            raise ValueError("limit is not for a crawl that several workers share: leave REDIS_URL out")
        feed = _feed_of(settings.getdict("FEEDS"))
        if Places.of(settings):
            raise ValueError(
                "workers deliver no files: leave DELIVER and addresses such as s3:// out, and deliver what they wrote"
                f" with '{program()} deliver FOLDER --to ADDRESS'"
            )
        self._batch_seconds = seconds_of(settings, "BATCH_SECONDS")
        name = history_name(settings["HISTORY_FILE"] % {"name": spider.history_name})
        aliased = {id for id, walk in spider.walks.items() if walk.site.has_aliases}
        self.store = RedisStore(
            settings, name, self.counts, spider.walks, again=spider.again, index=bool(aliased), aliased=aliased
        )
        self.store.session.ended = self._ended
        self.folder = history_path(feed, "x").parent
        make_folder(self.folder)
        self.store.path = self.folder / f"{name}.shared"
        # What an unfinished file holds, by its path.
        self.batches: dict[str, list[Emitted]] = {}
        self._oldest = 0
        self._closing: Any = None
        self._join()
        self._beats = create_looping_call(self._beat)
        self._polls = create_looping_call(self._poll)
        self._reported = {"exporter": False, "engine": False}

    # Joining, and signs of life --------------------------------------------------

    def spider_opened(self, spider: Spider) -> None:
        super().spider_opened(spider)
        self.connect({signals.spider_idle: self.spider_idle})
        exporter = self.crawler.get_extension(SharedFeedExporter)
        assert exporter is not None
        exporter.wrote = self.wrote
        schedule, settings = self.spider.schedule, self.crawler.settings
        schedule.totals = self._totals
        # What one worker has in hand, the others have not: no more than it can ask for at once.
        at_once = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") or settings.getint("CONCURRENT_REQUESTS")
        hosts = {walk.site.host for walk in self.spider.walks.values()}
        schedule.at_once = max(2, min(schedule.at_once, at_once * len(hosts)))
        self._sweep()
        self._beats.start(self.store.session.lease / 3, now=False)
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
        if any(is_sample(url) for url in arguments["starts"]):
            arguments["day"] = self.crawler.settings.getint("DEMO_DAY")  # of the sample edition
        since = self.store.join(arguments, self.section, spider.since.isoformat() if spider.since else None)
        if since is not None:  # "2 days ago" is what it was for the first worker
            spider.since = datetime.fromisoformat(since)
        spider.worker = self.store.worker
        logger.info("Worker %d of crawl %d at %s", self.store.worker, self.store.run, self.store.session.place)

    def _beat(self) -> None:
        with self._ending_by_errors():
            dead = self.store.beat()
            if dead:
                logger.warning("No sign of life, so its work goes on elsewhere: worker %s", ", ".join(dead))
                self._sweep()

    def _ended(self, reason: str) -> None:
        """This worker has no part any more."""
        self.counts.shared_ended = reason
        self._close("ended")

    @contextmanager
    def _ending_by_errors(self) -> Iterator[None]:
        """End this worker by an error that nobody foresaw: else it would be idle for ever, and the others with it."""
        try:
            yield
        except EndedError:
            pass
        except Exception as error:
            logger.exception("An unforeseen error")
            self._ended(f"newscrawl has a fault: {error}; the log has it")

    def _close(self, reason: str) -> None:
        if self._closing is None:
            self._closing = deferred_from_coro(self.crawler.engine.close_spider_async(reason=reason))
            self._closing.addErrback(lambda _: None)  # it is closing already

    # Waiting, and what the crawl's end leaves to do ------------------------------

    def spider_idle(self) -> None:
        raise DontCloseSpider  # :meth:`_poll` closes it

    def _poll(self) -> None:
        if self._closing is not None or self.store.session.reason is not None:
            return
        self._oldest = self._oldest + 1 if self.batches else 0
        if self._oldest * _POLL > self._batch_seconds:
            self._flush()
        engine: Any = self.crawler.engine
        with self._ending_by_errors():
            while engine.spider is not None and not engine._slot.closing and engine.spider_is_idle():
                if not self._idle():
                    return

    def _idle(self) -> bool:
        """This worker has nothing under way; whether it has gone on by a step, and may by another."""
        schedule = self.spider.schedule
        if self.batches or schedule.is_emitting:
            self._flush()
            return False
        state = self.store.state()
        if state.is_closed:
            self._close("finished")
            return False
        if state.in_hand:  # else all would wait for these for ever
            lost = self.store.unanswered()
            logger.warning("Failed: %s without an answer", counted(lost, "article"))
            self.counts.fail("no answer", lost)
        self.store.part(json.dumps(self._part()))  # until then, nobody closes the crawl
        step = schedule.step()
        if step is Step.DONE:
            self._close_crawl()
        return step in (Step.AGAIN, Step.DONE)

    def _close_crawl(self) -> None:
        """All is done: judge the whole, and let the others end."""
        parts = self._parts()
        counts = self._totals()
        health = Health(self.crawler.settings.getfloat("STALE_DAYS"))
        for part in parts:
            health.add(part["health"])
        pages = pages_of([part["pages"] for part in parts], counts)
        ending = asdict(self.ending(counts, lambda: judge(counts), health, pages))
        if self.store.finish(ending):
            self.counts.crawl = (ending["status"], ending["sentence"])

    # What the workers tell of their parts ------------------------------------------

    def _part(self) -> Mapping[str, Any]:
        """What this worker has seen, besides what it counted, for the one that closes the crawl."""
        health, pages = map(self.crawler.get_extension, (Health, Pages))
        return {
            "health": (health or Health(0)).to_dict(),
            "pages": (pages or Pages(self.crawler)).to_dict(),
        }

    def _parts(self) -> list[Mapping[str, Any]]:
        return [json.loads(part) for part in self.store.parts()]

    def _totals(self) -> Counts:
        """What all workers have counted together."""
        totals, facts = self.store.totals(), self.store.facts()
        counts = Counts.of(totals)
        for fact in facts.values():
            counts.hear(fact["words"])
        counts.finish_reason, counts.has_history = "finished", True
        counts.seconds = self.store.seconds
        counts.holes = [hole for fact in facts.values() for hole in fact["holes"]]
        as_given = self.spider.walks.as_given
        counts.empty = [as_given(id) for id in self.spider.walks if not totals.get(f"met {id}")]
        return counts

    # Its articles ----------------------------------------------------------------

    def item_dropped(self, item: Article, exception: DropItem, response: Response) -> None:
        with suppress(EndedError):
            super().item_dropped(item, exception, response)

    def wrote(self, path: str, item: Article, response: Response) -> None:
        """An article's line is in an unfinished file."""
        walk, visit = visit_of(response)
        if walk is not None and visit is not None:
            version = version_of(item, response)
            emitted = Emitted(
                visit, walk.name(visit.key), version, walk.section, walk.id, visit.page, walk.site.has_aliases
            )
            self.batches.setdefault(path, []).append(emitted)

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
            self.store.opening(path.name)
            try:
                part.touch(exist_ok=False)
                if path.exists():  # the other named it meanwhile
                    part.unlink()
                    raise taken
            except FileExistsError:
                self.store.named([path.name])
                raise taken from None
        except EndedError as error:
            raise OSError(str(error)) from error

    def file_whole(self, storage: AtomicFileFeedStorage) -> bool:
        """A file is on the disk: all its articles count as emitted now, or none of them does."""
        name = Path(storage.path).name
        try:
            self.store.publish(name, self.batches.pop(storage.path, []))
        except EndedError:
            if self.store.session.fenced:  # else a later start finds out whether it was committed
                Path(storage.part).unlink(missing_ok=True)
            return True
        storage.publish()
        fsync_folder(storage.path)
        with suppress(EndedError):
            self.store.named([name])
        return True

    def _sweep(self) -> None:
        """Name the files of dead workers in this folder that were committed, and remove those that were not."""
        parts = sorted(self.folder.glob("*.part"))
        names = [part.name.removesuffix(".part") for part in parts]
        settled = []
        for part, name, state in zip(parts, names, self.store.files(names), strict=False):
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
            self.store.named(settled)
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
            if self.counts.crawl is None:
                self.store.part(json.dumps(self._part()))
        self.store.leave()


def _feed_of(feeds: dict[Any, dict[str, Any]]) -> str:
    """The one feed of a worker. Raises ``ValueError`` where there is another, or two workers would write one file."""
    local = local_feeds(feeds)
    if len(local) != 1 or len(feeds) != 1:
        raise ValueError("with REDIS_URL there is one feed, a local file that holds every article")
    for part in ("%(worker)", "%(batch_id)"):
        if part not in local[0]:
            raise ValueError(
                f"with REDIS_URL each worker writes files of its own: {part}d has to be in the name of {local[0]},"
                " as in -o output/world-%(worker)d-%(batch_id)d.jsonl"
            )
    if "%(" in str(Path(local[0]).parent):
        raise ValueError(f"with REDIS_URL all files of a worker are in one folder; {local[0]} has several")
    return local[0]
