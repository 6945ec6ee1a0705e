"""Retry with back-off, at the time that the server asks for."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawl.reasons import no_connection
from newscrawl.signals import stopping

logger = logging.getLogger(__name__)


#: Seconds. A server that asks for more than a year means nothing by it.
_LONGEST_ASKED = 366 * 86_400


def retry_after(response: Response) -> float | None:
    """Seconds that a response's Retry-After header asks for (RFC 9110, 10.2.3), else ``None``."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    try:
        seconds = float(value[:20]) if value.isascii() and value.isdigit() else _until(value)
    except (ValueError, OverflowError):  # no date, or one of numbers that no date has
        return None
    return max(0.0, seconds) if seconds <= _LONGEST_ASKED else None


def _until(date: str) -> float:
    when = parsedate_to_datetime(date)
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return (when - datetime.now(UTC)).total_seconds()


class BackoffRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, each after twice the wait of the one before.

    Settings, in seconds: ``RETRY_BACKOFF``, the first wait; ``RETRY_AFTER_MAX``, the longest wait
    that a Retry-After header may ask for. A host that asks for a wait gets no request meanwhile;
    one that asks for a longer wait than that is not asked again.
    """

    def __init__(self, settings: BaseSettings):
        super().__init__(settings)
        if self.max_retry_times < 0:
            raise NotConfigured
        self.backoff = settings.getfloat("RETRY_BACKOFF")
        self.longest = settings.getfloat("RETRY_AFTER_MAX")
        self._quiet_until: dict[str, float] = {}
        self._told: set[str] = set()
        self._stopping = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = super().from_crawler(crawler)
        crawler.signals.connect(middleware.stop, signal=stopping)
        return middleware

    def stop(self) -> None:
        """The run is being stopped."""
        self._stopping.set()

    async def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        wait = self._quiet_until.get(host, 0.0) - time.monotonic()
        if wait > 0:
            await self._pause(wait)
        else:
            self._quiet_until.pop(host, None)

    async def process_response(  # type: ignore[override]
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        asked = retry_after(response) if response.status in self.retry_http_codes else None
        if asked is not None and asked > self.longest:
            logger.warning("%s asks for a pause of %.0f s, longer than RETRY_AFTER_MAX", request.url, asked)
            return response
        result = super().process_response(request, response)
        if isinstance(result, Request):
            if asked:
                self._quiet_until[urlsplit(request.url).netloc] = time.monotonic() + asked
            else:
                await self._wait(result)
        return result

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        result = super().process_exception(request, exception)
        if isinstance(result, Request):
            self._tell(request, exception)
            await self._wait(result)
        return result

    def _tell(self, request: Request, exception: Exception) -> None:
        """Say of a host, once, why nothing comes for a while."""
        host, says = urlsplit(request.url).netloc, no_connection(exception)
        if says and host not in self._told and not self._stopping.is_set():
            self._told.add(host)
            logger.info("%s %s; trying it %d times more", host, says, self.max_retry_times)

    async def _wait(self, request: Request) -> None:
        if self.backoff:
            await self._pause(self.backoff * 2 ** (request.meta["retry_times"] - 1))

    async def _pause(self, seconds: float) -> None:
        """Wait; not any longer once the run is being stopped."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
