"""Processes that work on tasks, one for each core: the results are the same as in one process, whatever dies."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver, get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from typing import Any, Generic, TypeVar

from newscrawl import garbage

logger = logging.getLogger(__name__)

Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkerDiedError(Exception):
    """A task ended the process that worked on it, twice, the second time alone."""


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class Pending(Generic[Task, Result]):
    """A task that was begun, when processes had died ``deaths`` times."""

    task: Task
    future: Future[Result]
    deaths: int = 0


class Processes(Generic[Task, Result]):
    """``count`` processes that ``work`` on tasks; tasks, results and ``work`` can be pickled.

    They are started as they are needed. A process that dies, as one does that runs out of memory, takes no task with
    it: those under way are worked on again, each alone. Ctrl-C is the parent's to obey, and they end with it. So does
    the server that forks them. It loads the module of ``work`` once, and keeps the environment that it was started in.
    """

    def __init__(self, work: Callable[[Task], Result], count: int):
        self._work, self._count = work, count
        self._executor: ProcessPoolExecutor | None = None
        self._alone: ProcessPoolExecutor | None = None
        #: How often processes died: all that work on tasks together end when one does.
        self.deaths = 0

    def start(self) -> None:
        """Start the processes now, before there are tasks for them; waits until the server has loaded ``work``."""
        executor = self._running()
        for _ in range(self._count):
            executor.submit(_nothing)

    def begin(self, task: Task) -> Pending[Task, Result]:
        """Let a process work on a task."""
        try:
            return Pending(task, self._running().submit(self._work, task), self.deaths)
        except BrokenProcessPool:
            self._end_broken()
            return self.begin(task)

    def result(self, pending: Pending[Task, Result]) -> Result:
        """The result of a task, once it is there; what ``work`` raises. Raises :class:`WorkerDiedError`."""
        with suppress(BrokenProcessPool):
            return pending.future.result()
        if pending.deaths == self.deaths:  # else another task has told of it
            self._end_broken()
        if self._alone is None:
            self._alone = _executor(self._work, 1)
        try:
            return self._alone.submit(self._work, pending.task).result()
        except BrokenProcessPool as error:
            self._alone = None
            raise WorkerDiedError from error

    def map(self, tasks: Iterable[Task], ahead: int = 3) -> Iterator[Pending[Task, Result]]:
        """Each task in its order; up to ``ahead`` tasks per process are started in advance."""
        begun: deque[Pending[Task, Result]] = deque()
        for task in tasks:
            begun.append(self.begin(task))
            if len(begun) > ahead * self._count:
                yield begun.popleft()
        yield from begun

    def close(self) -> None:
        """End the processes; what was not begun stays undone."""
        for executor in (self._executor, self._alone):
            if executor is not None:
                executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._alone = None

    def _running(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = _executor(self._work, self._count)
        return self._executor

    def _end_broken(self) -> None:
        self.deaths += 1
        logger.warning("A worker process died; its tasks are run again")
        if self._executor is not None:
            self._executor.shutdown(wait=False)
            self._executor = None


def _executor(work: Callable[[Any], Any], count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=_context(work), initializer=_begin, initargs=(work,))


def _context(work: Callable[[Any], Any]) -> BaseContext:
    """How processes are started: as forks of a server that loads what ``work`` needs once, where there can be one.

    A fork of this process would copy the locks of its threads. A program that has such a server already keeps it.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # it would obey Ctrl-C until it has loaded all
    try:
        forkserver.ensure_running()
    except OSError:  # its socket has no place in the temporary folder
        return get_context("spawn")
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return context


def _begin(work: Callable[[Any], Any]) -> None:
    """In a new process, which has loaded ``work``: leave Ctrl-C to the parent, and end with it, however it ends."""
    garbage.loaded()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _nothing() -> None:
    """A task that is done at once."""


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
