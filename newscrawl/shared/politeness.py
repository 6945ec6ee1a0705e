"""Politeness per host, held by all workers together."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from contextlib import suppress
from typing import Any, Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call

from newscrawl.middlewares.retry import retry_after
from newscrawl.reasons import StoppedError
from newscrawl.store.redis.session import EndedError, Session

_SOON = 0.005  # seconds: the first wait where a host has as many requests as it may, doubled up to
_LATER = 0.1
_NAP = 1.0  # seconds, after which a wait looks whether the run is being stopped
_TOKEN = "newscrawl_turn"  # noqa: S105 - the name of a request's turn


class TurnsMiddleware:
    """Lets a request pass when it is its turn at the host.

    Two requests, of whichever workers, are as far apart as the worker that asked first keeps them (``DOWNLOAD_DELAY``,
    or what AutoThrottle makes of it), and no more than ``CONCURRENT_REQUESTS_PER_DOMAIN`` are under way. A Retry-After
    of up to ``RETRY_AFTER_MAX`` holds for all workers. The turn is taken when the request is sent, not before:
    so a worker that is busy does not let requests come closer than that.
    """

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        self.crawler = crawler
        self._lasts = int(1000 * settings.getfloat("LEASE_SECONDS"))
        self._longest = settings.getfloat("RETRY_AFTER_MAX")
        self._held: dict[str, str] = {}  # a request's token to its host
        self._renewals = create_looping_call(self._renew)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        turns = cls(crawler)
        crawler.signals.connect(turns.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(turns.spider_closed, signal=signals.spider_closed)
        return turns

    def spider_opened(self) -> None:
        self._renewals.start(self._lasts / 3000, now=False)

    def spider_closed(self) -> None:
        self._renewals.stop()

    def _renew(self) -> None:
        """What is under way still counts; what a dead worker had under way does not for longer than a lease."""
        with suppress(EndedError):
            for token, host in self._held.items():
                self._session.turn(host, "renew", token, self._lasts)

    @property
    def _session(self) -> Session:
        spider: Any = self.crawler.spider
        session: Session = spider.store.session
        return session

    async def process_request(self, request: Request) -> None:
        host, slot = self._slot(request)
        token = self._session.token()
        async with self._locks[host]:
            soon = _SOON
            while True:
                if not self.crawler.crawling:  # the run is being stopped
                    raise StoppedError
                wait = self._session.turn(host, "take", token, slot.pause(), slot.concurrency, self._lasts)
                if wait == 0:
                    break
                if wait < 0:
                    await asyncio.sleep(soon)
                    soon = min(2 * soon, _LATER)
                else:  # not all at the same moment
                    await asyncio.sleep(min(wait / 1000, _NAP) + random.uniform(0, 0.01))  # noqa: S311 - no secret
        request.meta[_TOKEN] = (host, token)
        self._held[token] = host

    def process_response(self, request: Request, response: Response) -> Response:
        host = self._leave(request)
        asked = retry_after(response) if response.status in (429, 503) else None
        if host and asked and asked <= self._longest:
            self._session.turn(host, "quiet", int(asked * 1000))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._leave(request)

    def _leave(self, request: Request) -> str | None:
        host, token = request.meta.pop(_TOKEN, (None, None))
        if host:
            self._held.pop(token, None)
            try:
                self._session.turn(host, "leave", token)
            except EndedError:
                return None
        return host  # type: ignore[no-any-return]

    def _slot(self, request: Request) -> tuple[str, _Turns]:
        """Scrapy's slot of the host, whose delay AutoThrottle sets, and which does not wait by itself."""
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        key, slot = downloader._get_slot(request)
        if not isinstance(slot, _Turns):
            slot = downloader.slots[key] = _Turns(slot.concurrency, slot.delay, slot.jitter)
        return key, slot


class _Turns(Slot):
    """A host's slot in which the delay is kept by all workers together."""

    def download_delay(self) -> float:
        return 0.0

    def pause(self) -> int:
        """How long the host is left alone after a request, in milliseconds."""
        return int(1000 * super().download_delay())
