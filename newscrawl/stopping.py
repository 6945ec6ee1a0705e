"""Ctrl-C and SIGTERM: the first is answered at once and lets what is under way end, the second cuts it off."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType
from typing import Any

from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.utils.defer import deferred_from_coro

from newscrawl import timelimit
from newscrawl.extensions.progress import Line
from newscrawl.logs import say_at_once
from newscrawl.plural import counted
from newscrawl.signals import stopping

logger = logging.getLogger(__name__)
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SOON = 0.01  # seconds
#: The signals that came.
came: set[int] = set()


def start(process: CrawlerProcessBase) -> None:
    """Start a process of crawlers, as its ``start`` does, and return once they have ended or were cut off."""
    _Handler(process).install()
    try:
        process.start(install_signal_handlers=False)
    finally:
        Line.end()


class _Handler:
    """Answers signals, in the place of Scrapy's and Twisted's handlers, which say nothing."""

    def __init__(self, process: CrawlerProcessBase):
        from twisted.internet import reactor

        self._process: Any = process
        self._reactor: Any = reactor

    def install(self) -> None:
        for number in _SIGNALS:
            signal.signal(number, self.first)

    def first(self, number: int, frame: FrameType | None) -> None:
        """Say what is waited for; ask for nothing more."""
        came.add(number)
        for each in _SIGNALS:
            signal.signal(each, self.second)
        self._reactor.callFromThread(self._stop)
        pages = sum(map(_under_way, self._engines()))
        under_way = counted(pages, "page") if pages else "nothing"
        again = "press again to cut off" if number == signal.SIGINT else "a second signal cuts off"
        self._say(f"stopping: {under_way} under way, {again}")

    def second(self, number: int, frame: FrameType | None) -> None:
        """End at once, even while a page is being read."""
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        self._reactor.callFromThread(self._end)
        self._say("stopping at once")
        timelimit.interrupt(frame)

    def _say(self, text: str) -> None:
        if not say_at_once(text):
            self._reactor.callFromThread(logger.info, text)

    def _stop(self) -> None:
        """Stop the crawlers. One that has only begun cannot be stopped before its engine runs."""
        if any(crawler.crawling and not _runs(crawler) for crawler in self._process.crawlers):
            self._reactor.callLater(_SOON, self._stop)
            return
        deferred_from_coro(self._process.stop()).addBoth(self._end)
        self._let_go()

    def _end(self, _: Any = None) -> None:
        with suppress(RuntimeError):  # it has ended
            self._reactor.stop()

    def _engines(self) -> Iterator[ExecutionEngine]:
        for crawler in list(self._process.crawlers):
            with suppress(RuntimeError):  # it has not begun
                yield crawler.engine

    def _let_go(self) -> None:
        """Once the engines take no more, let go what they have not sent."""
        engines = list(self._engines())
        if any(engine.running for engine in engines):
            self._reactor.callLater(_SOON, self._let_go)
            return
        for engine in engines:
            engine.signals.send_catch_log(stopping)


def _runs(crawler: Crawler) -> bool:
    try:
        return crawler.engine.running
    except RuntimeError:  # it has none yet
        return False


def _under_way(engine: ExecutionEngine) -> int:
    """How many pages are being fetched or read."""
    fetched = sum(len(slot.transferring) for slot in engine.downloader.slots.values())
    scraper = engine.scraper.slot
    return fetched + (len(scraper.active) if scraper is not None else 0)
