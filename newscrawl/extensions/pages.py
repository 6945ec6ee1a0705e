"""Keeps for a person to look at which pages were slowest, which failed and why, and how the server answered."""

from __future__ import annotations

import heapq
import logging
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.extensions import outcome

_SLOWEST = 20
_FAILED = 50  # addresses; how many there were is counted elsewhere
_LONGEST = 500  # characters of an address that are kept
#: The log lines that name an address and the reason why it could not be read.
_LINES = ("Failed: %s (%s)", "%s could not be read (%s)")
_STATUS = "downloader/response_status_count/"


class Pages:
    """Notes a run's slowest and failed pages, a bounded number of each."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self._slowest: list[tuple[float, str]] = []
        self._failures = _Failures()
        self._loggers: list[logging.Logger] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pages = cls(crawler)
        crawler.signals.connect(pages.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(pages.response_received, signal=signals.response_received)
        crawler.signals.connect(pages.engine_stopped, signal=signals.engine_stopped)
        return pages

    def spider_opened(self, spider: Spider) -> None:
        self._loggers = [spider.logger.logger, outcome.logger]
        for logger in self._loggers:
            logger.addHandler(self._failures)

    def response_received(self, response: Response, request: Request) -> None:
        seconds = request.meta.get("download_latency")
        if seconds is not None:
            keep = heapq.heappush if len(self._slowest) < _SLOWEST else heapq.heappushpop
            keep(self._slowest, (seconds, response.url[:_LONGEST]))

    def engine_stopped(self) -> None:
        for logger in self._loggers:
            logger.removeHandler(self._failures)

    def counts(self) -> dict[str, Any]:
        """For the history. ``slowest``: address and milliseconds until the answer began, the slowest first;
        ``failed_pages``: address and reason, in their order; ``answers``: how many came with each HTTP status, those to
        requests that were sent again among them.
        """
        answers = {
            k.removeprefix(_STATUS): v for k, v in self.crawler.stats.get_stats().items() if k.startswith(_STATUS)
        }
        return {
            "slowest": [[url, round(seconds * 1000)] for seconds, url in sorted(self._slowest, reverse=True)],
            "failed_pages": self._failures.found,
            "answers": answers,
            "robots": self.crawler.stats.get_value("robotstxt/forbidden", 0),
        }


class _Failures(logging.Handler):
    """Collects addresses and reasons where they are told: in the warnings of the spider and of the outcome."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[list[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg in _LINES and isinstance(record.args, tuple) and len(self.found) < _FAILED:
            url, reason = map(str, record.args)
            self.found.append([url[:_LONGEST], reason])
