"""Ctrl-C and SIGTERM: the first is answered at once and lets what is under way end, the second cuts it off."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FrameType
from typing import Any

from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import CrawlerProcessBase

from newscrawl import timelimit
from newscrawl.extensions.progress import Line
from newscrawl.logs import say_at_once
from newscrawl.plural import counted
from newscrawl.signals import stopping

logger = logging.getLogger(__name__)
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SOON = 0.01  # seconds


def start(process: CrawlerProcessBase) -> None:
    """Start a process of crawlers, as its ``start`` does, and return once they have ended or were cut off."""
    from twisted.internet import reactor

    handler = _Handler(process)
    running: Any = reactor
    running.callWhenRunning(running.callLater, 0, handler.begin)
    try:
        process.start()
    finally:
        Line.end()


class _Handler:
    """Answers signals, then lets Scrapy's own handlers do what they are for."""

    def __init__(self, process: CrawlerProcessBase):
        self._process = process
        self._scrapy: Any = None

    def begin(self) -> None:
        """Take the place of Scrapy's handlers, once they are there."""
        self._take_place(self.first)

    def _take_place(self, handler: Callable[[int, FrameType | None], None]) -> None:
        self._scrapy = signal.getsignal(signal.SIGTERM)
        for number in _SIGNALS:
            signal.signal(number, handler)

    def first(self, number: int, frame: FrameType | None) -> None:
        """Say what is waited for; ask for nothing more."""
        from twisted.internet import reactor

        pages = sum(map(_under_way, self._engines()))
        under_way = counted(pages, "page") if pages else "nothing"
        again = "press again to cut off" if number == signal.SIGINT else "a second signal cuts off"
        self._scrapy(number, frame)
        self._take_place(self.second)
        reactor.callFromThread(self._stop)
        self._say(f"stopping: {under_way} under way, {again}")  # last: who reads it may press again at once

    def second(self, number: int, frame: FrameType | None) -> None:
        """End at once, even while a page is being read."""
        self._say("stopping at once")
        self._scrapy(number, frame)
        timelimit.interrupt(frame)

    def _say(self, text: str) -> None:
        from twisted.internet import reactor

        if not say_at_once(text):
            reactor.callFromThread(logger.info, text)

    def _engines(self) -> Iterator[ExecutionEngine]:
        for crawler in list(self._process.crawlers):
            with suppress(RuntimeError):  # it has not begun
                yield crawler.engine

    def _stop(self) -> None:
        """Once the engines take no more, let go what they have not sent."""
        from twisted.internet import reactor

        engines = list(self._engines())
        if any(engine.running for engine in engines):
            running: Any = reactor
            running.callLater(_SOON, self._stop)
            return
        for engine in engines:
            engine.signals.send_catch_log(stopping)


def _under_way(engine: ExecutionEngine) -> int:
    """How many pages are being fetched or read."""
    fetched = sum(len(slot.transferring) for slot in engine.downloader.slots.values())
    scraper = engine.scraper.slot
    return fetched + (len(scraper.active) if scraper is not None else 0)
