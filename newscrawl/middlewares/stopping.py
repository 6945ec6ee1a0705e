"""Once a run is being stopped, no request is sent any more: not those that wait for a delay, a retry, or robots.txt."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawl.reasons import StoppedError
from newscrawl.signals import stopping


class StoppingMiddleware:
    """Next to the downloader: lets go what waits there once the run is being stopped, and refuses what comes later."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._is_stopping = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.stop, signal=stopping)
        return middleware

    def process_request(self, request: Request) -> None:
        if self._is_stopping:
            raise StoppedError

    def stop(self) -> None:
        self._is_stopping = True
        for slot in self._crawler.engine.downloader.slots.values():
            while slot.queue:
                _, answer = slot.queue.popleft()
                answer.errback(Failure(StoppedError()))  # type: ignore[no-untyped-call]
