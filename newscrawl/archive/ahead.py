"""Pages of an archive that are read ahead, in processes of their own, and taken up in the archive's order."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from newscrawl.processes import Pending, Processes, WorkerDiedError, usable_cores
from newscrawl.publishers import by_name
from newscrawl.sites import NewsSite, site_at
from newscrawl.sites.base import Asked
from newscrawl.sites.verdict import Failed, Verdict
from newscrawl.timelimit import TookTooLong, page_time_limit

#: Pages that are read before other processes are started: a start takes as long as some fifty pages.
FIRST_PAGES = 50
#: Bytes of archives that hold more pages than that: their processes start with the run, which waits half a second.
LARGE = 4_000_000
#: Pages that are begun for each process: the next one waits for none.
PAGES_EACH = 3
_SITES = 64  # that a process remembers
READER_DIED = "ended the process that read it"


@dataclass(frozen=True, slots=True)
class Task:
    """A page to be read: all that :meth:`newscrawl.sites.base.NewsSite.read` takes, and the site as it is now."""

    publisher: str
    origin: str
    learned: Mapping[str, Any]
    body: bytes
    url: str
    headers: Mapping[str, str]
    asked: Asked
    fetched_at: datetime
    page_time: float


def read(task: Task) -> Verdict:
    """In another process: what a page is."""
    site = _site(task.publisher, task.origin)
    site.learn(task.learned)
    try:
        with page_time_limit(task.page_time):
            return site.read(task.body, task.url, task.headers, task.asked, task.fetched_at)
    except TookTooLong as error:
        return Failed(str(error))


@lru_cache(_SITES)
def _site(publisher: str, origin: str) -> NewsSite:
    return site_at(by_name(publisher), origin)


class ReadAhead:
    """A page that is being read, as it was asked for then."""

    def __init__(self, processes: Processes[Task, Verdict], pending: Pending[Task, Verdict]):
        self._processes, self._pending = processes, pending

    async def done(self) -> None:
        """Wait until the page is read, or its process is dead."""
        with suppress(Exception):  # which :meth:`verdict` raises
            await asyncio.wrap_future(self._pending.future)

    def verdict(self, site: NewsSite, asked: Asked) -> Verdict | None:
        """What the page is; ``None`` where a listing has taught more since: then it must be read again."""
        task = self._pending.task
        own = site.url(task.url)
        if task.learned != site.learned() or task.asked != replace(asked, listings=()) or own in asked.listings:
            return None
        try:
            return self._processes.result(self._pending)
        except WorkerDiedError:
            return Failed(READER_DIED)


class Readers:
    """Reads pages ahead in ``count`` processes (0: one for each core); in none where that is 1.

    ``size`` is how many bytes the archives have.
    """

    def __init__(self, count: int, page_time: float, size: int = 0):
        self._count = count or usable_cores()
        self._page_time = page_time
        self._first = 0 if size >= LARGE else FIRST_PAGES
        self._pages = 0
        self._processes: Processes[Task, Verdict] = Processes(read, self._count)
        if self._count > 1 and not self._first:
            self._processes.start()

    @property
    def at_once(self) -> int:
        """How many pages are begun and not yet taken up."""
        return PAGES_EACH * self._count if self._count > 1 else 0

    def count_page(self) -> bool:
        """Count a page; whether it is to be read ahead: of a small archive, not the first ones."""
        self._pages += 1
        return self._count > 1 and self._pages > self._first

    def begin(
        self, site: NewsSite, asked: Asked, fetched_at: datetime, *, body: bytes, url: str, headers: Mapping[str, str]
    ) -> ReadAhead | None:
        """Begin to read a page; ``None`` where another process would not know its publisher."""
        if by_name(site.publisher.name) is not site.publisher:
            return None
        task = Task(
            site.publisher.name, site.origin, site.learned(), body, url, headers, replace(asked, listings=()),
            fetched_at, self._page_time,
        )  # fmt: skip
        return ReadAhead(self._processes, self._processes.begin(task))

    def close(self) -> None:
        """End the processes."""
        self._processes.close()
