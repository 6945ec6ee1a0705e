"""How any section is read: its listing pages, its articles, and the Next Story links between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from newscrawl.archive.settings import check
from newscrawl.article.item import Article
from newscrawl.crawl.backfill import is_past
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.frontier import Visit
from newscrawl.crawl.limit import Limit
from newscrawl.crawl.stories import Stories, Told
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Further, Walk
from newscrawl.history import History, Questions
from newscrawl.middlewares.robots import RFC9309Middleware
from newscrawl.reasons import OtherHostError, is_gone, reason_of
from newscrawl.spiders.arguments import names_of, read_arguments
from newscrawl.spiders.articles import ArticleReader
from newscrawl.spiders.backfill import Backfiller
from newscrawl.spiders.completion import Completer
from newscrawl.spiders.listed import Limits, ListedArticles
from newscrawl.spiders.listings import ListingReader
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import article_request, asked_for, listing_request, replay_fields

if TYPE_CHECKING:
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
    at_once: int

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
        self._under_way, self._revisited, self._room = 0, False, Limit(read.limit)

    def _replay(self, names: str) -> Replay:
        from newscrawl.archive.replay import Replay  # its library is an extra

        return Replay(self, names)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.item_scraped, signal=signals.item_scraped)
        settings = crawler.settings
        if spider.replay:
            check(settings)
        spider.report = Report(crawler, spider.walks, spider.logger)
        for settled in (signals.item_scraped, signals.item_dropped, signals.item_error) if spider.limit else ():
            crawler.signals.connect(spider.article_settled, signal=settled)
        visits = spider.replay.visits if spider.replay else Visits
        spider._use(
            visits(spider.hops, settings.getint("RECHECK_LIMIT"), spider.report.counts),
            # Requests exist only while they are under way: the others wait in the frontier, which takes no memory.
            2 * settings.getint("CONCURRENT_REQUESTS"),
        )
        return spider

    def _use(self, visits: Visits, at_once: int) -> None:
        self.visits, self.at_once = visits, at_once
        limits = Limits.of(self.settings)
        self._listings = ListingReader(
            ListedArticles(visits, self.report, limits, self.pages, self.since, self.reads_on, self.until)
        )
        self._stories = Stories(visits)
        requests = self.settings.getint("COMPLETION_REQUESTS")
        self._completer = Completer(visits, self.report, requests, self.pages, self.since, limits.page_time)
        sitemaps = limits.sitemaps
        self._backfiller = Backfiller(visits, self.report, sitemaps, self.since, self.until, limits.page_time)
        self._articles = ArticleReader(visits, self.report, limits.page_time, self._stories)

    # What others ask, and set up -----------------------------------------------

    def join(self, worker: int, since: datetime | None) -> None:
        """Be a worker of a shared crawl; ``since`` is what the crawl's first worker took it for."""
        self.worker, self.since = worker, since

    def share(self, visits: Visits, at_once: int) -> None:
        """Let a shared crawl decide what is asked for, and when there is nothing left."""
        self.crawler.signals.disconnect(self.idle, signal=signals.spider_idle)
        self.crawler.signals.disconnect(self.item_scraped, signal=signals.item_scraped)
        self._use(visits, at_once)

    def remember(self, history: History) -> None:
        """Ask a history what earlier runs emitted."""
        self.visits.history = history

    def allows(self, url: str) -> bool:
        """Whether an address is on a host that this crawl was started for."""
        return self.walks.allows(url)

    def on_copy(self, asked: str, leads_to: str) -> str:
        """Where a redirect leads, be it from a copy to the publisher's own host."""
        return self.walks.on_copy(asked, leads_to)

    def replay_fields(self, request: Request) -> dict[str, str]:
        """What an archive has to tell of a request, so that its answer can be read again as it was."""
        return replay_fields(request, lambda walk: self.walks.starts_of(walk)[0])

    @property
    def given(self) -> list[str]:
        """The addresses to begin at: the private ones among what they first resolve to may be connected to."""
        return [url for _, url in self.walks.starts]

    @property
    def history(self) -> Questions | None:
        """What earlier runs emitted, where that is kept."""
        return self.visits.history

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
            if self.visits.is_read_here(walk):
                for request in self.begin(walk, url):
                    yield request
        self.feed()

    def begin(self, walk: Walk, url: str) -> Iterator[Request]:
        """Begin to read a walk at one of its addresses."""
        if walk.site.begins_at_article(url):
            self._listings.start(walk, url)
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
        found: list[Further] = []
        if further is not None and further.completes:
            self._completer.read(response, walk, further)
        elif further is not None and further.fills:
            self._backfiller.read(response, walk, further)
        else:
            is_start = asked in self.walks.starts_of(walk)
            found = self._listings.read(response, walk, further or Further(asked, page), is_start=is_start)
        wanted = self._room.wanted(walk, found, self.visits.frontier.waiting + self._under_way)
        yield from (self.ask(walk, one) for one in wanted)
        self.feed()

    def item_scraped(self, item: Article, response: Response) -> None:
        """News on a listing page that was thought unchanged: the next one is read after all."""
        self.visits.has_news = True
        walk, visit = response.cb_kwargs["walk"], response.cb_kwargs["visit"]
        if visit.page:
            walk.reach.date(item.date_published)
        if item.status == "changed":
            self.visits.changed.add(walk.name(visit.key))
            if walk.held and walk.held.page == visit.page + 1:
                self.crawler.engine.crawl(self.ask(walk, walk.held))
                walk.held = None

    def feed(self) -> None:
        """Schedule articles that wait, as many as may be under way."""
        most = 0 if self.dry_run else self._room.room(self.at_once, self._under_way)
        for visit in self.visits.next(most):
            walk = self.walks[visit.walk]
            condition = self.visits.condition(walk, visit.key)
            follow = walk.name(visit.key) not in self._stories.checks
            self._under_way += 1
            self.crawler.engine.crawl(
                article_request(walk, visit, condition, self.parse_article, self.article_failed, follow=follow)
            )

    def nothing_under_way(self) -> None:
        """All that was asked for has come to an end."""
        self._under_way = 0

    def idle(self) -> None:
        """Nothing is under way: what other listings, and earlier runs, still leave to ask for."""
        if self.replay or self._room.is_reached:
            return
        further = [self.ask(*one) for one in self._room.take_back()] or [
            request for walk in self.walks.values() for request in self.other_sources(walk)
        ]
        for request in further:
            self.crawler.engine.crawl(request)
        if not further and not self._revisited:
            self._revisited = True
            self.visits.has_news |= self._stories.holds
            self._listings.revisit(walk for walk in self.walks.values() if walk.listings)
        self.nothing_under_way()
        self.feed()
        if further or self._under_way or self._emit(self._stories.release()):
            raise DontCloseSpider
        self.visits.conclude()

    def closed(self, reason: str) -> None:
        """The run ends: what waits was named, and is not read. Stories since the last complete run may be missing."""
        for walk in self.walks.values():
            self.conclude(walk)
        told = [(self.hole(walk), self._backfiller.left(walk)) for walk in self.walks.values()]
        self.counts.holes = [clause for clauses in told for clause in clauses if clause]
        waiting = {} if self.dry_run else self.visits.frontier.left()
        if waiting or self._room.held_back:
            self.report.left(waiting, limited=self._room.is_reached)

    def conclude(self, walk: Walk) -> None:
        """All that may complete a walk's listing was read: report what it has besides, if nothing gave that."""
        if walk.more and not walk.completion.is_whole:
            self.report.listing_has_more(walk, walk.more_at, walk.more)
        walk.more = ""

    def hole(self, walk: Walk) -> str:
        """A clause on the stories that a walk's listing may have shown since the last complete run; mostly ``""``."""
        return self._listings.listed.hole(walk)

    def may_read_on(self, walk: Walk) -> bool:
        """Whether more ``pages`` can close a walk's hole: until then, later runs go back as far as this one had to."""
        return self._listings.listed.may_read_on(walk)

    def alternatives(self, walk: Walk) -> Iterator[Request]:
        """When no listing of a walk showed an article: the feeds and sitemaps."""
        return (self.ask(walk, further) for further in self._listings.alternatives(walk))

    def completion(self, walk: Walk) -> Iterator[Request]:
        """When a walk's listing was read: a feed or sitemap that may have stories which it does not show."""
        return (self.ask(walk, further) for further in self._completer.further(walk))

    def other_sources(self, walk: Walk) -> list[Request]:
        """What to read of a walk besides its listing."""
        if filled := [self.ask(walk, further) for further in self._backfiller.further(walk)]:
            return filled
        if walk.backfill.stage and not walk.pages:  # the range was read
            return []
        return [*self.alternatives(walk)] or [*self.completion(walk)]

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """A listing did not answer."""
        asked = failure.request.cb_kwargs  # type: ignore[attr-defined]
        if asked["further"].completes:
            self._completer.failed(asked["walk"], asked["further"], self._reason(failure))
            return
        if asked["further"].fills:
            reason, is_away = self._reason(failure), is_gone(failure)
            self._backfiller.failed(asked["walk"], asked["further"], reason, is_gone=is_away)
            return
        for further in self._listings.failed(failure, self._reason(failure), asked["walk"], asked["further"]):
            yield self.ask(asked["walk"], further)

    def _reason(self, failure: Failure) -> str:
        """Why a request failed; of another host that an address to begin at leads to, which one."""
        error, asked = failure.value, asked_for(failure.request)  # type: ignore[attr-defined]
        if isinstance(error, OtherHostError) and any(url == asked for _, url in self.walks.starts):
            return f"leads to another host, {error.url}"
        return reason_of(failure)

    # Articles ----------------------------------------------------------------

    def parse_article(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Article]:
        """One article; its Next Story is left to wait."""
        self._under_way -= 1
        try:
            told = self._articles.read(response, walk, visit)
            own = [one.article for one in told if one.answer is response]
            self._room.read += len(own)
            yield from own
            self._emit([one for one in told if one.answer is not response])
        finally:
            self.feed()

    def _emit(self, told: list[Told]) -> bool:
        """Send articles of earlier answers on their way; whether there are any."""
        for one in told:
            self.visits.answered(one.walk, one.visit, one.article.id)
            self._room.read += 1
            deferred_from_coro(self.crawler.engine.scraper.start_itemproc_async(one.article, response=one.answer))
        return bool(told)

    def article_settled(self, signal: object) -> None:
        """An article that was read was written, or was not: of a limit there is more room, or less."""
        self._room.settle(written=signal is signals.item_scraped)
        self.feed()

    def article_failed(self, failure: Failure) -> None:
        """An article did not answer."""
        self._under_way -= 1
        asked = failure.request.cb_kwargs  # type: ignore[attr-defined]
        self._emit(self._articles.failed(failure, self._reason(failure), **asked))
        self.feed()
