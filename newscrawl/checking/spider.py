"""Asks for the pages of a check, as a crawl would: its settings, robots.txt, delays and retries hold."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.checking.plan import Wanted, next_wanted
from newscrawl.checking.reading import facts_of
from newscrawl.crawl.walk import Further
from newscrawl.describe.saved import Case, Exchange, Role, kept
from newscrawl.middlewares.robots import is_robots_request
from newscrawl.reasons import OtherHostError, reason_of
from newscrawl.spiders.arguments import Arguments
from newscrawl.spiders.requests import article_request, asked_for, listing_request
from newscrawl.store import Visit

#: Of the project's, what a check needs: the others keep a crawl's books.
_EXTENSIONS = {"newscrawl.extensions.crawldelay.CrawlDelay": 100}
_NO_ROBOTS = "robots.txt could not be read"
#: Is told what is asked for next.
OnWanted = Callable[[Wanted], None]


def ask(process: CrawlerProcessBase, case: Case, arguments: Arguments, on_wanted: OnWanted) -> None:
    """Ask for what a check needs, and add the answers to the ``case``.

    Ends the process's reactor: one check a process. Raises ``ValueError`` where it could not begin, or was interrupted.
    """
    crawler = process.create_crawler(CheckSpider)
    started: Any = process.crawl(crawler, case=case, arguments=arguments, on_wanted=on_wanted)
    process.start()
    spider = crawler.spider
    ended = spider.ended if isinstance(spider, CheckSpider) else ""
    if not ended:
        raise ValueError(f"the check could not begin: {_error_of(started)}")
    if ended != "finished":
        raise ValueError("it was interrupted")


def _error_of(started: Any) -> Any:
    """What the crawl's task or Deferred ended with."""
    if hasattr(started, "exception"):
        return started.exception() if started.done() and not started.cancelled() else None
    return getattr(getattr(started, "result", None), "value", None)


class CheckSpider(Spider):
    """Asks for one page after the other; what it asks for next depends on what was answered."""

    name = "check"
    pages = 1  # of a listing

    def __init__(self, case: Case, arguments: Arguments, on_wanted: OnWanted):
        super().__init__()
        self.case, self.walks = case, arguments.walks
        self.credentials = arguments.credentials
        self.on_wanted = on_wanted
        self.ended = ""
        self.report = self  # a browser tells it what a page lacks

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.response_received, signal=signals.response_received)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """What keeps a crawl's books has nothing to do here."""
        for name, value in {"EXTENSIONS": _EXTENSIONS, "ITEM_PIPELINES": {}, "FEEDS": {}, "ARCHIVE": None}.items():
            settings.set(name, value, priority="spider")

    # What the middlewares ask ----------------------------------------------------

    @property
    def given(self) -> list[str]:
        """The addresses to begin at: the private ones among what they first resolve to may be connected to."""
        return [url for _, url in self.walks.starts]

    def allows(self, url: str) -> bool:
        """Whether an address is on a host of the section's site, as far as that is known by now."""
        return self.walks.allows(url) or self._walk.site.answers(url)

    def on_copy(self, asked: str, leads_to: str) -> str:
        """Where a redirect leads, be it from a copy to the publisher's own host."""
        return self.walks.on_copy(asked, leads_to)

    def listing_cut(self, url: str, reason: str) -> None:
        """A browser did not read a page to its end."""
        self.logger.warning("%s: %s", url, reason)

    # What is asked ---------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        for request in self._next():
            yield request

    def _next(self) -> Iterator[Request]:
        facts = facts_of(self.case)
        self._walk = facts.walk
        wanted = next_wanted(facts)
        if wanted is not None:
            self.on_wanted(wanted)
            yield self._request(wanted)

    def _request(self, wanted: Wanted) -> Request:
        role, url = wanted
        if role is Role.ARTICLE:
            visit = Visit(self._walk.id, self._walk.site.key(url), url, 0, False)
            request = article_request(self._walk, visit, {}, self.answered, self.failed)
        else:
            # Only a listing's first page is read in a browser.
            page = 1 if role is Role.LISTING else 2
            request = listing_request(self._walk, Further(url, page), self.answered, self.failed)
        request.cb_kwargs["role"] = role
        return request

    def answered(self, response: Response, role: Role, **_: Any) -> Iterator[Request]:
        """A page was answered."""
        assert response.request is not None
        self.case.exchanges.append(_exchange(role, response.request, response))
        yield from self._next()

    def failed(self, failure: Failure) -> Iterator[Request]:
        """A page was not answered, or refused."""
        request: Request = failure.request  # type: ignore[attr-defined]
        role: Role = request.cb_kwargs["role"]
        reason = self._reason(failure)
        if not self.case.of(Role.ROBOTS) and self.settings.getbool("ROBOTSTXT_OBEY"):
            self._note_no_robots(reason)
        response = failure.value.response if isinstance(failure.value, HttpError) else None
        self.case.exchanges.append(_exchange(role, request, response, reason))
        yield from self._next()

    def _reason(self, failure: Failure) -> str:
        error = failure.value
        if isinstance(error, OtherHostError):
            return f"leads to another host, {error.url}"
        if isinstance(error, IgnoreRequest) and "robots.txt" in str(error) and "orbidden" not in str(error):
            return _NO_ROBOTS
        return reason_of(failure)

    def _note_no_robots(self, reason: str) -> None:
        """No robots.txt came, for the reason that the page's failure tells, or else its middleware."""
        assert self.crawler.stats is not None
        known = self.crawler.stats.get_value("robotstxt/unreachable/reason")
        why = str(known or "no answer") if reason == _NO_ROBOTS else reason
        url = f"{self._walk.site.origin}/robots.txt"
        self.case.exchanges.insert(0, Exchange(Role.ROBOTS, url, url, _now(), failed=why))

    def response_received(self, response: Response, request: Request) -> None:
        """robots.txt is asked for by its middleware, once for each host."""
        if is_robots_request(request):
            self.case.exchanges.append(_exchange(Role.ROBOTS, request, response))

    def closed(self, reason: str) -> None:
        self.ended = reason


def _exchange(role: Role, request: Request, response: Response | None, failed: str = "") -> Exchange:
    """What is kept of an answer, or of a request that came to nothing."""
    through = tuple(request.meta.get("redirect_urls", ()))
    headers: dict[str, str] = {}
    if response is not None:
        named = {name: b", ".join(response.headers.getlist(name)) for name in response.headers}
        headers = kept({name.decode("latin-1"): value.decode("latin-1") for name, value in named.items()})
    return Exchange(
        role,
        asked_for(request),
        response.url if response is not None else request.url,
        _now(),
        response.status if response is not None else 0,
        failed,
        headers,
        response.body if response is not None else b"",
        through,
        round(request.meta.get("download_latency") or 0.0, 3),
        request.meta.get("retry_times", 0),
        tuple(response.flags) if response is not None else (),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
