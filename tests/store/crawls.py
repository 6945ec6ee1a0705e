"""Crawl after crawl over one memory, on either backing, by a clock that stands still until it is moved."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from os import SEEK_END
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.walk import Walk
from newscrawl.history import durable, runs
from newscrawl.history.database import History
from newscrawl.publishers import GENERIC
from newscrawl.sites import site_at
from newscrawl.store import Article, SQLiteStore, Store, Visit

ORIGIN = "https://paper.example"
SECTIONS = ("world", "sport")
WORLD, SPORT = (f"{ORIGIN}/{section}" for section in SECTIONS)  # walks
RECHECK_DAYS = 3.0
#: A folder where bringing a file to the disk takes no time, if there is one.
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


class Clock:
    """What the stores take for the present, ISO 8601 in UTC."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 4, tzinfo=UTC)

    def __call__(self) -> str:
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def move(self, **by: float) -> str:
        """Let time pass; the moment then."""
        self.moment += timedelta(**by)
        return self()

    @property
    def seconds(self) -> int:
        return int(self.moment.timestamp())

    @contextmanager
    def rules(self) -> Iterator[Clock]:
        """Let SQLite's history go by this clock."""
        with ExitStack() as stack:
            for module in ("database", "durable", "runs"):
                stack.enter_context(mock.patch(f"newscrawl.history.{module}.now", self))
            stack.enter_context(mock.patch("newscrawl.history.database._COMMIT_AFTER", float("inf")))
            yield self


def walks_of(sections: Sequence[str]) -> dict[str, Walk]:
    """The walks of a crawl, as a new process knows them."""
    found = (Walk(site_at(GENERIC, ORIGIN), section) for section in sections)
    return {walk.id: walk for walk in found}


def visit_of(key: str, walk: str = WORLD, page: int = 0) -> Visit:
    return Visit(walk, key, f"{walk}/{key}", page, known=False)


def name_of(key: str) -> str:
    return f"paper.example/{key}"


def article(key: str, text: str = "", **changes: Any) -> Article:
    """A version of an article; its ``text`` tells it from others."""
    text = text or key
    values: dict[str, Any] = {
        "name": name_of(key), "path": f"/world/{key}", "content_hash": f"hash of {text}", "headline": f"On {text}",
        "paragraph_hash": None, "next_path": None, "etag": f'"{text}"', "last_modified": None, "date_modified": None,
        "date_published": None, "crawled_at": "",
    }  # fmt: skip
    return Article(**values | changes)


class Emission(NamedTuple):
    """An article that a process emits for a visit, and the name that the visit's address had."""

    visit: Visit
    own: str
    version: Article


class Process:
    """One that takes part in a crawl: its store, what it counts, and what it has written and not yet published."""

    def __init__(self, store: Store, counts: Counts, walks: dict[str, Walk]):
        self.store, self.counts, self.walks = store, counts, walks
        self.written: list[Emission] = []


class Memory(ABC):
    """What crawls share, on one backing; a crawl begins with :meth:`join`."""

    #: Whether a process's death ends the crawl.
    is_alone: bool

    def __init__(self, clock: Clock, sections: Sequence[str] = SECTIONS):
        self.clock, self.sections = clock, sections
        self._files = 0

    @abstractmethod
    def join(self) -> Process:
        """A new process begins a crawl, or takes part in the one that goes on."""

    @abstractmethod
    def write(self, process: Process, emission: Emission) -> None:
        """A process writes an article's line; it counts once it is published."""

    @abstractmethod
    def publish(self, process: Process) -> None:
        """What a process has written counts as emitted."""

    @abstractmethod
    def finish(self, process: Process, status: int = 0, pages: int = 3) -> None:
        """A crawl ends for which nothing is left to do."""

    @abstractmethod
    def die(self, process: Process) -> None:
        """A process is killed."""

    @abstractmethod
    def lines(self) -> list[tuple[str, str]]:
        """Name and hash of each article in finished files."""

    def observer(self, process: Process) -> Store:
        """Tells what is remembered, without taking part in the crawl of a process."""
        return process.store

    @abstractmethod
    def history(self) -> History:
        """All that is remembered, in SQLite's form."""

    @abstractmethod
    def close(self) -> None:
        """Leave nothing."""

    def new_file(self) -> str:
        self._files += 1
        return f"{self._files}.jsonl"

    def now(self, emission: Emission) -> Emission:
        return emission._replace(version=emission.version._replace(crawled_at=self.clock()))


def ending(written: int, status: int, pages: int) -> runs.Ending:
    """How a crawl ended."""
    counts = json.dumps({"written": written, "listed": 10})
    return runs.Ending(status, "It ended.", counts, "front", None, pages, 60.0)


class SQLiteMemory(Memory):
    is_alone = True

    def __init__(self, clock: Clock, folder: Path, sections: Sequence[str] = SECTIONS):
        super().__init__(clock, sections)
        self.folder = folder
        self._path = folder / "history.sqlite"
        self._open: SQLiteStore | None = None
        self._file = ""

    def join(self) -> Process:
        store = self._open = SQLiteStore(self._path)
        durable.recover(store)
        store.know(",".join(self.sections), RECHECK_DAYS, self.clock())
        store.live_now()
        store.run = durable.begin(store, ",".join(self.sections), 1)
        self._file = str(self.folder / self.new_file())
        durable.opening(store, store.run, self._file, lines=True, append=False)
        return Process(store, Counts(), walks_of(self.sections))

    def write(self, process: Process, emission: Emission) -> None:
        store = _sqlite(process)
        emission = self.now(emission)
        version = emission.version
        publisher, _, key = version.name.partition("/")
        line = {
            "url": f"{ORIGIN}{version.path}", "publisher": publisher, "id": key, "headline": version.headline,
            "content_hash": version.content_hash, "crawled_at": version.crawled_at,
        }  # fmt: skip
        with Path(f"{self._file}.part").open("a") as file:
            file.write(json.dumps(line) + "\n")
        kept = version._asdict()
        kept = {"key": kept.pop("name"), "url": kept.pop("path"), "next_url": kept.pop("next_path")} | kept
        store.write(kept | {"run": store.run, "file": None})
        process.counts.written += 1
        process.written.append(emission)
        if emission.own != version.name:
            store.alias(emission.own, version.name)

    def publish(self, process: Process) -> None:
        """At a crawl's end; only once."""
        store = _sqlite(process)
        part = Path(f"{self._file}.part")
        part.touch()
        assert durable.prepare(store, store.run, [(self._file, 0, True)]) == len(process.written)
        durable.publish(store, store.run)
        process.written.clear()

    def finish(self, process: Process, status: int = 0, pages: int = 3) -> None:
        store = _sqlite(process)
        runs.finish(store, store.run, ending(process.counts.written, status, pages))
        self.close()

    def die(self, process: Process) -> None:
        with suppress(FileNotFoundError), Path(f"{self._file}.part").open("r+") as file:
            file.seek(0, SEEK_END)
            file.write('{"url": "torn')
        _sqlite(process).db.rollback()
        self.close()

    def lines(self) -> list[tuple[str, str]]:
        texts = [line for path in self.folder.glob("*.jsonl") for line in path.read_text().splitlines()]
        return [(f"{line['publisher']}/{line['id']}", line["content_hash"]) for line in map(json.loads, texts)]

    def history(self) -> History:
        return History(self._path)

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _sqlite(process: Process) -> SQLiteStore:
    assert isinstance(process.store, SQLiteStore)
    return process.store
