"""robots.txt as RFC 9309 has it, where Scrapy's own reading differs."""

from __future__ import annotations

import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.misc import build_from_crawler
from twisted.python.failure import Failure

from newscrawl.bounded import ROBOTS_BYTES
from newscrawl.connections.destinations import PrivateAddressError
from newscrawl.crawl.pictures import is_picture
from newscrawl.reasons import HostUnreachableError, no_connection, reason_of
from newscrawl.timelimit import TookTooLong, page_time_limit

logger = logging.getLogger(__name__)
_DENY_ALL = b"User-agent: *\nDisallow: /\n"


def is_robots_request(request: Request) -> bool:
    """Whether a request is the one for robots.txt that precedes all others to a host, or a redirect of it."""
    return request.callback is NO_CALLBACK and bool(request.meta.get("dont_obey_robotstxt"))


class LimitedRobotParser(ProtegoRobotParser):
    """Reads robots.txt within ``PAGE_TIME_LIMIT``, and answers each question within it; past it, all is forbidden."""

    _limit = 0.0
    _is_slow = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        limit = crawler.settings.getfloat("PAGE_TIME_LIMIT")
        with page_time_limit(limit):
            parser = super().from_crawler(crawler, robotstxt_body)
        parser._limit = limit
        return parser

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        if self._is_slow:
            return False
        try:
            with page_time_limit(self._limit):
                return super().allowed(url, user_agent)
        except TookTooLong:
            self._is_slow = True
            return False


class RFC9309Middleware(RobotsTxtMiddleware):
    """Denies all while robots.txt cannot be reached (2.3.1.4); allows all where it is absent (2.3.1.3).

    Redirects are followed, to other hosts too; where they do not end, it is taken as absent (2.3.1.2).
    """

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._private: set[str] = set()
        self._unreachable: dict[str, IgnoreRequest] = {}  # by host: why nothing is asked for there
        self._led_to: dict[str, str] = {}  # by host: where its robots.txt redirects

    def forbids(self, url: str) -> bool:
        """Whether the robots.txt of an address's host, as far as it was read, forbids it."""
        parser = self._parsers.get(urlsplit(url).netloc)
        return isinstance(parser, RobotParser) and not parser.allowed(url, self._agent)

    @property
    def _agent(self) -> str:
        return self._robotstxt_useragent or self._default_useragent

    def sitemaps(self, url: str) -> list[str] | None:
        """The sitemaps that the robots.txt of an address's host names, ``None`` where it was not read."""
        parser = self._parsers.get(urlsplit(url).netloc)
        return list(parser.rp.sitemaps) if isinstance(parser, ProtegoRobotParser) else None

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        netloc = urlsplit(request.url).netloc
        if netloc in self._private:
            raise PrivateAddressError
        if netloc in self._unreachable:
            raise self._unreachable[netloc]
        if is_picture(request.meta) and rp is not None and not rp.allowed(request.url, self._agent):
            raise IgnoreRequest("forbidden by robots.txt")  # counted as a picture that failed
        super().process_request_2(rp, request)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note where a robots.txt led that did not come. The spider reports why: Scrapy need log no traceback."""
        if not is_robots_request(request):
            return
        if urls := request.meta.get("redirect_urls"):
            self._led_to[urlsplit(urls[0]).netloc] = urlsplit(request.url).netloc
        if says := no_connection(exception):
            raise HostUnreachableError(says) from exception
        if not isinstance(exception, IgnoreRequest):
            raise IgnoreRequest(reason_of(Failure(exception))) from exception  # type: ignore[no-untyped-call]

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._led_to[netloc] = urlsplit(response.url).netloc
            self._deny(netloc, f"HTTP {response.status}")
            return
        if response.status >= 300:
            response = response.replace(body=b"")
        elif len(response.body) > ROBOTS_BYTES:
            logger.warning("%s is read only to its first %d KB", response.url, ROBOTS_BYTES >> 10)
            response = response.replace(body=response.body[:ROBOTS_BYTES].rpartition(b"\n")[0])
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, PrivateAddressError) and netloc not in self._led_to:
            self._private.add(netloc)
        says = no_connection(exc) if netloc not in self._led_to else ""
        if says:  # the host is not there: that is no matter of its robots.txt
            self._deny_all(netloc, HostUnreachableError(says))
        else:
            self._deny(netloc, reason_of(Failure(exc)))  # type: ignore[no-untyped-call]

    def _deny(self, netloc: str, reason: str) -> None:
        led_to = self._led_to.get(netloc, netloc)
        reason = reason if led_to == netloc else f"it redirects to {led_to}: {reason}"
        self._stats.set_value("robotstxt/unreachable/reason", reason)
        self._deny_all(netloc, IgnoreRequest("robots.txt could not be read"))

    def _deny_all(self, netloc: str, why: IgnoreRequest) -> None:
        self._unreachable[netloc] = why
        self._stats.inc_value("robotstxt/unreachable")
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, _DENY_ALL)
        waiting = self._parsers[netloc]
        self._parsers[netloc] = parser
        waiting.callback(parser)  # type: ignore[union-attr]
