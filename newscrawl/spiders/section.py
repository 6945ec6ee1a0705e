"""How any section is read: its listing pages, its articles, and the Next Story links between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.archive.settings import check
from newscrawl.article.item import Article
from newscrawl.crawl.backfill import is_past
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.limit import Limit
from newscrawl.crawl.partial import Partial
from newscrawl.crawl.stories import Stories, Told
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Further, Walk
from newscrawl.middlewares.robots import RFC9309Middleware
from newscrawl.reasons import HostUnreachableError, OtherHostError, StoppedError, no_connection, reason_of
from newscrawl.spiders.arguments import names_of, read_arguments
from newscrawl.spiders.articles import ArticleReader
from newscrawl.spiders.backfill import Backfiller
from newscrawl.spiders.completion import Completer
from newscrawl.spiders.discovery import Discovery
from newscrawl.spiders.listed import Limits, ListedArticles
from newscrawl.spiders.listings import ListingReader
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import asked_for, listing_request, replay_fields
from newscrawl.spiders.schedule import Schedule
from newscrawl.store import Store, Visit

if TYPE_CHECKING:
    from newscrawl.archive.ahead import ReadAhead
    from newscrawl.archive.replay import Replay


class SectionSpider(Spider):
    """``scrapy crawl section -a start=URL``: the section at an address, whoever publishes it.

    A subclass may name a ``publisher`` and a ``section`` (its path), to begin at where ``start`` is left out. Else the
    address tells the publisher, and without a description of that one, the pages tell which links are articles.

    Arguments are those of ``scrapy crawl``: ``start``, ``pages``, ``hops``, ``since``, ``until``, ``again``, ``limit``,
    ``dry_run``. Raises ``ValueError`` where one cannot be understood. ``history``, where one is kept, tells which
    articles need not be asked for, or only on condition that they have changed.
    """

    name = "section"
    publisher: str | None = None
    section = ""
    report: Report
    visits: Visits
    discovery: Discovery
    schedule: Schedule

    def __init__(self, **given: Any):
        super().__init__()
        read = read_arguments(given, self.publisher, self.section)
        self.pages, self.hops, self.again = read.pages, read.hops, read.again
        self.reads_on = read.reads_on
        self.since, self.since_text = read.since, read.since_text
        self.until, self.until_text = read.until, read.until_text
        self.limit, self.dry_run = read.limit, read.dry_run
        #: Names and passwords by the origin that they were given for. Addresses have none from here on.
        self.credentials = read.credentials
        #: As given, for the archive.
        self.arguments = read.given
        self.described, self.walks = read.publisher, read.walks
        self.replay = self._replay(read.archive) if read.archive else None
        self.history_name, self.output_name = names_of(self.name, read, is_named=self.publisher is not None)
        self._limit = Limit(read.limit)

    def _replay(self, names: str) -> Replay:
        from newscrawl.archive.replay import Replay  # its library is an extra

        return Replay(self, names)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        if spider.replay:
            check(settings)
            spider.replay.read_ahead(settings)
        spider.report = Report(crawler, spider.walks, spider.logger)
        visits = spider.replay.visits if spider.replay else Visits
        spider._use(
            visits(spider.hops, settings.getint("RECHECK_LIMIT"), spider.report.counts),
            2 * settings.getint("CONCURRENT_REQUESTS"),
        )
        crawler.signals.connect(spider.schedule.idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.schedule.item_scraped, signal=signals.item_scraped)
        for settled in (signals.item_scraped, signals.item_dropped, signals.item_error) if spider.limit else ():
            crawler.signals.connect(spider.article_settled, signal=settled)
        return spider

    def _use(self, visits: Visits, at_once: int) -> None:
        self.visits = visits
        limits, since, until = Limits.of(self.settings), self.since, self.until
        requests = self.settings.getint("COMPLETION_REQUESTS")
        listed = ListedArticles(visits, self.report, limits, self.pages, since, self.reads_on, until)
        self.discovery = Discovery(
            self.report,
            ListingReader(listed),
            Completer(visits, self.report, requests, self.pages, since, limits.page_time),
            Backfiller(visits, self.report, limits.sitemaps, since, until, limits.page_time),
        )
        stories = Stories(visits)
        markdown = self.settings.getbool("BODY_MARKDOWN")
        most_pages = self.settings.getint("STORY_PAGES")
        self._articles = ArticleReader(
            visits, self.report, limits.page_time, stories, markdown, most_pages, self._is_forbidden
        )
        self.schedule = Schedule(self, stories, self.discovery, self._limit, at_once)

    # What others ask, and set up -----------------------------------------------

    def remember(self, store: Store) -> None:
        """Remember in a store, which may know what earlier crawls emitted."""
        self.visits.store = store

    def read_ahead(self, response: Response, walk: Walk, visit: Visit, at: datetime) -> ReadAhead | None:
        """Begin to read an article of an archive, stored ``at`` that time, in another process."""
        assert self.replay is not None
        return self._articles.begin(self.replay.readers, response, walk, visit, at)

    def allows(self, url: str) -> bool:
        """Whether an address is on a host that this crawl was started for."""
        return self.walks.allows(url)

    def on_copy(self, asked: str, leads_to: str) -> str:
        """Where a redirect leads, be it from a copy to the publisher's own host."""
        return self.walks.on_copy(asked, leads_to)

    def replay_fields(self, request: Request) -> dict[str, str]:
        """What an archive has to tell of a request, so that its answer can be read again as it was."""
        return replay_fields(request, lambda walk: self.walks.starts_of(walk)[0])

    def _is_forbidden(self, url: str) -> bool:
        """Whether robots.txt, as far as it was read, forbids an address."""
        robots = self.crawler.get_downloader_middleware(RFC9309Middleware)
        return robots is not None and robots.forbids(url)

    @property
    def given(self) -> list[str]:
        """The addresses to begin at: the private ones among what they first resolve to may be connected to."""
        return [url for _, url in self.walks.starts]

    @property
    def store(self) -> Store:
        """What this crawl remembers."""
        return self.visits.store

    @property
    def counts(self) -> Counts:
        """The run's counts."""
        return self.report.counts

    # Discovery ---------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        if self.replay:
            for request in self.replay.requests():
                await self.replay.turn.acquire()
                yield request
            return
        robots = self.crawler.get_downloader_middleware(RFC9309Middleware)
        if robots is not None:
            self.report.sitemaps = robots.sitemaps
        for walk in self.walks.values():
            walk.backfill.is_due = is_past(self.until, datetime.now(UTC))
        for walk, url in self.walks.starts:
            if self.store.read(walk.id):
                for request in self.begin(walk, url):
                    yield request
        self.schedule.feed()

    def begin(self, walk: Walk, url: str) -> Iterator[Request]:
        """Begin to read a walk at one of its addresses."""
        if walk.site.begins_at_article(url):
            self.discovery.listings.start(walk, url)
        else:
            yield self.ask(walk, Further(url, 1))

    def ask(self, walk: Walk, further: Further) -> Request:
        """Ask for a listing."""
        return listing_request(walk, further, self.parse_listing, self.listing_failed)

    def parse_listing(
        self, response: Response, walk: Walk, page: int, further: Further | None = None
    ) -> Iterator[Request]:
        """Page ``page`` (1, 2, …) of a listing, or a feed or sitemap in its place."""
        asked = asked_for(response.request)
        is_start = asked in self.walks.starts_of(walk)
        found = self.discovery.read(response, walk, further or Further(asked, page), is_start=is_start)
        yield from (self.ask(walk, one) for one in self.schedule.wanted(walk, found))
        self.schedule.feed()

    def closed(self, reason: str) -> None:
        """The run ends: what waits was named, and is not read. Stories since the last complete run may be missing."""
        if self.replay:
            self.replay.readers.close()
        for walk in self.walks.values():
            self.discovery.conclude(walk)
        self.counts.holes = self.discovery.left(self.walks.values())
        waiting = {} if self.dry_run else self.store.left()
        if waiting or self._limit.held_back:
            self.report.left(waiting, limited=self._limit.is_reached)

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """A listing did not answer."""
        if isinstance(failure.value, StoppedError):
            return
        walk, further = (failure.request.cb_kwargs[name] for name in ("walk", "further"))  # type: ignore[attr-defined]
        says = no_connection(failure.value)
        if isinstance(failure.value, HostUnreachableError) or (says and not self.counts.pages):
            walk.is_unreachable = True
            self.report.unreachable(further.url, says)
        for one in self.discovery.failed(failure, self._reason(failure), walk, further):
            yield self.ask(walk, one)

    def _reason(self, failure: Failure) -> str:
        """Why a request failed; of another host that an address to begin at leads to, which one."""
        error, asked = failure.value, asked_for(failure.request)  # type: ignore[attr-defined]
        if isinstance(error, OtherHostError) and any(url == asked for _, url in self.walks.starts):
            return f"leads to another host, {error.url}"
        return reason_of(failure)

    # Articles ----------------------------------------------------------------

    def parse_article(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Article | Request]:
        """One article, or the request for its next page; its Next Story is left to wait."""
        self.schedule.answered()
        try:
            yield from self._take(self._articles.read(response, walk, visit), response, walk, visit)
        finally:
            self.schedule.feed()

    def parse_further(
        self, response: Response, walk: Walk, visit: Visit, story: Partial
    ) -> Iterator[Article | Request]:
        """A further page of an article."""
        self.schedule.answered()
        try:
            found = self._articles.read_further(response, walk, visit, story)
            yield from self._take(found, response, walk, visit)
        finally:
            self.schedule.feed()

    def _take(
        self, found: list[Told] | Partial, response: Response, walk: Walk, visit: Visit
    ) -> Iterator[Article | Request]:
        while isinstance(found, Partial):
            request: Request | None = self.schedule.further(walk, visit, found)
            if self.replay and request:
                request = self.replay.with_further(request, response.meta.get("fetched_at"))
            if request:
                yield request
                return
            self.schedule.answered()
            found = self._articles.not_archived(response, walk, visit, found)
        yield from self.schedule.take(found, response)

    def article_settled(self, signal: object) -> None:
        """An article that was read was written, or was not."""
        self.schedule.settle(written=signal is signals.item_scraped)

    def article_failed(self, failure: Failure) -> None:
        """An article did not answer."""
        self.schedule.answered()
        if isinstance(failure.value, StoppedError):  # it is as new to the next run as it was to this one
            return
        asked = failure.request.cb_kwargs  # type: ignore[attr-defined]
        self.schedule.emit(self._articles.failed(failure, self._reason(failure), **asked))
        self.schedule.feed()

    def further_failed(self, failure: Failure) -> Iterator[Request]:
        """A further page of an article did not answer."""
        self.schedule.answered()
        if isinstance(failure.value, StoppedError):
            return
        asked = failure.request.cb_kwargs  # type: ignore[attr-defined]
        found = self._articles.further_failed(failure, self._reason(failure), **asked)
        if isinstance(found, Partial):
            yield self.schedule.further(asked["walk"], asked["visit"], found)
        else:
            self.schedule.emit(found)
        self.schedule.feed()
