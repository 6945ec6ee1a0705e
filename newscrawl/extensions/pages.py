"""Keeps for a person to look at which pages were slowest, which failed and why, and how the server answered."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import itemgetter
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.pictures import is_picture
from newscrawl.signals import article_failed, listing_failed

_SLOWEST = 20
_FAILED = 50  # addresses; how many there were is counted elsewhere
_LONGEST = 500  # characters of an address, or a reason, that are kept


class Pages:
    """Notes a run's slowest and failed pages, a bounded number of each."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self._slowest: list[tuple[float, str]] = []
        self._failed: list[tuple[str, str]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pages = cls(crawler)
        crawler.signals.connect(pages.response_received, signal=signals.response_received)
        for signal in (article_failed, listing_failed):
            crawler.signals.connect(pages.page_failed, signal=signal)
        return pages

    def response_received(self, response: Response, request: Request) -> None:
        seconds = request.meta.get("download_latency")
        if seconds is not None and not is_picture(request.meta):
            keep = heapq.heappush if len(self._slowest) < _SLOWEST else heapq.heappushpop
            keep(self._slowest, (seconds, response.url[:_LONGEST]))

    def page_failed(self, url: str, reason: str) -> None:
        if len(self._failed) < _FAILED:
            self._failed.append((url[:_LONGEST], reason[:_LONGEST]))

    def to_dict(self) -> dict[str, Any]:
        """For JSON. ``slowest``: address and milliseconds until the answer began, the slowest first; ``failed_pages``:
        address and reason, in their order.
        """
        slowest = [[url, round(seconds * 1000)] for seconds, url in sorted(self._slowest, reverse=True)]
        return {"slowest": slowest, "failed_pages": self._failed}


def pages_of(kept: Iterable[Mapping[str, Any]], counts: Counts) -> dict[str, Any]:
    """What the processes of a crawl have kept of its pages, for the history.

    As :meth:`Pages.to_dict` gives it, and ``answers``: how many came with each HTTP status, those to requests that were
    sent again among them.
    """
    parts = list(kept)
    slowest = sorted(chain.from_iterable(part["slowest"] for part in parts), key=itemgetter(1), reverse=True)
    return {
        "slowest": slowest[:_SLOWEST],
        "failed_pages": list(chain.from_iterable(part["failed_pages"] for part in parts))[:_FAILED],
        "answers": counts.answers,
        "robots": counts.forbidden,
    }
