"""Crawl after crawl over one memory in Redis, by many processes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scrapy.settings import Settings

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.walk import Walk
from newscrawl.history.database import History
from newscrawl.store import Store
from newscrawl.store.redis.article import moment
from newscrawl.store.redis.past import snapshot
from newscrawl.store.redis.store import Emitted, RedisStore
from tests.store.crawls import RECHECK_DAYS, SECTIONS, Clock, Emission, Memory, Process, ending, walks_of

_LEASE = 3600.0  # seconds, longer than any test: a worker dies when a test says so


class ClockedStore(RedisStore):
    """Goes by a given clock, and not by Redis's."""

    clock: Clock

    def _seconds(self) -> int:
        return self.clock.seconds

    def know(self, section: str, recheck_days: float, began: str) -> None:
        info, client = f"{self._present}info", self.session.client
        if client.hsetnx(info, "of a test", "1"):  # else another worker has begun the crawl
            client.hset(info, "started", str(self.clock.seconds))
        self.session.began = client.hget(info, "started")
        self._started = int(self.session.began or 0)
        super().know(section, recheck_days, moment(self._started))


class RedisMemory(Memory):
    is_alone = False

    def __init__(self, clock: Clock, url: str, sections: Sequence[str] = SECTIONS):
        super().__init__(clock, sections)
        values = {"REDIS_URL": url, "RECHECK_DAYS": RECHECK_DAYS, "LEASE_SECONDS": _LEASE}
        self.settings = Settings(
            {"REDIS_PREFIX": "newscrawl:", "REDIS_RETRY_SECONDS": 1.0, **values}, priority="cmdline"
        )
        self._all: list[ClockedStore] = []
        self._alive: list[ClockedStore] = []
        self._lines: list[tuple[str, str]] = []

    def join(self, *, hears_twice: bool = False) -> Process:
        """``hears_twice``: each answer is lost once, and the step sent again."""
        counts, walks = Counts(), walks_of(self.sections)
        store = self._store(counts, walks)
        if hears_twice:
            once = store.session._script
            store.session._script = lambda **values: (once(**values), once(**values))[1]
        store.session.lease_of_others = lambda: int(_LEASE * 1000)  # type: ignore[method-assign]
        store.join({}, ",".join(self.sections), None)
        self._alive.append(store)
        return Process(store, counts, walks)

    def _store(self, counts: Counts, walks: dict[str, Walk]) -> ClockedStore:
        store = ClockedStore(self.settings, "paper", counts, walks, aliased=set(walks))
        store.clock = self.clock
        self._all.append(store)
        return store

    def observer(self, process: Process) -> Store:
        joined, store = _redis(process), self._store(Counts(), {})
        store.run = store.session.crawl = joined.run
        store.session.began = joined.session.began
        store._present = joined._present
        return store

    def write(self, process: Process, emission: Emission) -> None:
        process.counts.written += 1
        process.written.append(self.now(emission))

    def publish(self, process: Process) -> None:
        store, name = _redis(process), self.new_file()
        store.opening(name)
        store.publish(
            name,
            [
                Emitted(
                    one.visit,
                    one.own,
                    one.version,
                    process.walks[one.visit.walk].section,
                    one.visit.walk,
                    one.visit.page,
                )
                for one in process.written
            ],
        )
        store.named([name])
        self._lines += [(one.version.name, one.version.content_hash) for one in process.written]
        process.written.clear()

    def lines(self) -> list[tuple[str, str]]:
        return self._lines

    def finish(self, process: Process, status: int = 0, pages: int = 3) -> None:
        store = _redis(process)
        for each in self._alive:
            each.part("{}")
        for walk in process.walks:
            store.read(walk)
            store.listed(walk, {"front": "front"})
        store.revisited()
        assert store.finish(vars(ending(store.totals().get("written", 0), status, pages)))
        self.close()

    def die(self, process: Process) -> None:
        """It has given no sign of life for long; another one has to see that (:meth:`bury`)."""
        store = _redis(process)
        self._alive.remove(store)
        store.session.client.zadd(f"{store._present}beats", {str(store.worker): 0})

    def bury(self, process: Process) -> list[str]:
        """A process sees which others are dead; their numbers."""
        return _redis(process).beat()

    def history(self) -> History:
        return snapshot(self.settings, "paper", Path(":memory:"))

    def close(self) -> None:
        for store in self._all:
            store.session.client.close()
            if store._recent is not None:
                store._recent.close()
        self._all.clear()
        self._alive.clear()


def _redis(process: Process) -> ClockedStore:
    assert isinstance(process.store, ClockedStore)
    return process.store
