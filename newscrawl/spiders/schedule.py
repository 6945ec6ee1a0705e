"""When a crawl asks for what: articles as there is room for them, and other sources once nothing is under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro

from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.limit import Limit
from newscrawl.crawl.partial import Partial
from newscrawl.crawl.stories import Stories, Told
from newscrawl.crawl.walk import Further, Walk
from newscrawl.spiders.discovery import Discovery
from newscrawl.spiders.requests import article_request, further_request
from newscrawl.store import Reader, State, Visit

if TYPE_CHECKING:
    from newscrawl.spiders.section import SectionSpider


class Step(Enum):
    """What comes of a process that has nothing under way."""

    UNDER_WAY = "something is"
    AGAIN = "there may be another step"
    WAIT = "others are at work"
    DONE = "the crawl has come to its end"


class Schedule:
    """Asks for the articles that wait, ``at_once`` at a time, while the ``limit`` has room; in a dry run for none.

    Requests exist only while they are under way: the others wait in the frontier, which takes no memory.
    """

    def __init__(self, spider: SectionSpider, stories: Stories, discovery: Discovery, limit: Limit, at_once: int):
        self.at_once = at_once
        self._spider, self._visits = spider, spider.visits
        self._stories, self._discovery = stories, discovery
        self._limit = limit
        self._under_way = self._emitting = 0
        #: What all workers of the crawl have counted together.
        self.totals: Callable[[], Counts] = lambda: spider.counts

    # What waits -----------------------------------------------------------------

    def feed(self) -> None:
        """Ask for articles that wait, as many as may be under way."""
        spider = self._spider
        most = 0 if spider.dry_run else self._limit.room(self.at_once, self._under_way)
        for visit in self._visits.next(most):
            walk = spider.walks[visit.walk]
            condition = self._visits.condition(walk, visit.key)
            self._under_way += 1
            spider.crawler.engine.crawl(
                article_request(walk, visit, condition, spider.parse_article, spider.article_failed)
            )

    def further(self, walk: Walk, visit: Visit, story: Partial) -> Request:
        """Ask for a further page of a story, which stays under way."""
        self._under_way += 1
        return further_request(walk, visit, story, self._spider.parse_further, self._spider.further_failed)

    def wanted(self, walk: Walk, found: list[Further]) -> list[Further]:
        """Those of some listings to ask for now."""
        return self._limit.wanted(walk, found, self._visits.store.waiting + self._under_way)

    def answered(self) -> None:
        """One article that was asked for has answered, or failed."""
        self._under_way -= 1

    def settle(self, *, written: bool) -> None:
        """An article that was read was written, or was not: of a limit there is more room, or less."""
        self._limit.settle(written=written)
        self.feed()

    def item_scraped(self, item: Article, response: Response) -> None:
        """News on a listing page that was thought unchanged: the next one is read after all."""
        walk, visit = response.cb_kwargs["walk"], response.cb_kwargs["visit"]
        self._visits.store.emits(walk.name(visit.key), is_changed=item.status == "changed")
        if visit.page:
            walk.reach.date(item.date_published)
        if item.status == "changed" and walk.held and walk.held.page == visit.page + 1:
            self._spider.crawler.engine.crawl(self._spider.ask(walk, walk.held))
            walk.held = None

    # What was read ---------------------------------------------------------------

    def take(self, told: list[Told], response: Response) -> Iterator[Article]:
        """The articles of an answer; those of earlier answers are sent on their way after them."""
        own = [one for one in told if one.answer is response]
        for one in own:
            self._let_go(one)
        self._limit.read += len(own)
        yield from (one.article for one in own)
        self.emit([one for one in told if one.answer is not response])

    def emit(self, told: list[Told]) -> bool:
        """Send articles of earlier answers on their way; whether there are any."""
        for one in told:
            self._visits.answered(one.walk, one.visit, one.article.id)
            self._let_go(one)
            self._limit.read += 1
            self._emitting += 1
            scraper = self._spider.crawler.engine.scraper
            deferred_from_coro(scraper.start_itemproc_async(one.article, response=one.answer)).addBoth(self._emitted)
        return bool(told)

    @property
    def is_emitting(self) -> bool:
        """Whether articles of earlier answers are in the pipelines."""
        return self._emitting > 0

    def _emitted(self, result: object) -> object:
        self._emitting -= 1
        return result

    def _let_go(self, told: Told) -> None:
        if told.is_held:
            told.is_held = False
            self._visits.store.hold(told.visit, is_held=False)

    # When nothing is under way -------------------------------------------------------

    def idle(self) -> None:
        """Nothing is under way: close, unless there is more to do."""
        while (step := self.step()) is Step.AGAIN:
            pass
        if step is not Step.DONE:
            raise DontCloseSpider

    def step(self) -> Step:
        """Nothing of this process is under way: ask for what listings, other sources and earlier crawls still leave."""
        if self._emitting:
            return Step.UNDER_WAY
        self._under_way = 0
        spider, store = self._spider, self._visits.store
        if spider.replay or self._limit.is_reached:
            return Step.DONE
        state = store.state()
        if self.emit(self._stories.heard()):
            return Step.UNDER_WAY
        for request in (requests := list(self._requests(state))):
            spider.crawler.engine.crawl(request)
        self.feed()
        if requests or self._under_way:
            return Step.UNDER_WAY
        return self._wind_up(store.state())

    def _requests(self, state: State) -> Iterator[Request]:
        """For the listings to be read now, and for what is besides them."""
        spider = self._spider
        if held_back := self._limit.take_back():
            yield from (spider.ask(walk, one) for walk, one in held_back)
            return
        for walk in spider.walks.values():
            reader = state.readers.get(walk.id, Reader.NOBODY)
            if reader is Reader.NOBODY and spider.store.read(walk.id):
                for url in spider.walks.starts_of(walk):
                    yield from spider.begin(walk, url)
            elif reader is Reader.THIS:
                yield from (spider.ask(walk, one) for one in self._read_on(walk, state))

    def _read_on(self, walk: Walk, state: State) -> list[Further]:
        """What to read of a walk whose listings this process reads, and has under way no more: there may be nothing.

        Whether there is more is known once the others have ended, too.
        """
        store, held = self._visits.store, walk.held
        if held and store.changed_on(walk.id, held.page - 1) and store.read(walk.id):
            walk.held = None
            return [held]
        if not state.is_quiet:
            store.listed(walk.id)
            return []
        store.gather(walk.id)
        walk.must_turn = walk.stages < store.stage(walk.id)
        further = self._discovery.other_sources(walk)
        if not further:
            self._discovery.conclude(walk)
            store.listed(walk.id, self._discovery.facts(walk))
        elif not store.read(walk.id, walk.stages):
            return []
        return further

    def _wind_up(self, state: State) -> Step:
        """Nothing waits, and nothing is to be read: take up what earlier crawls left, and let go what is held."""
        store = self._visits.store
        if not (state.is_quiet and state.are_finished):
            return Step.WAIT
        if not state.is_revisited:
            facts = store.facts()  # another worker may have read the listings
            self._discovery.listings.revisit(walk for id, walk in self._spider.walks.items() if facts[id]["listings"])
            store.revisited()
            return Step.AGAIN
        if self.emit(self._stories.release()):
            return Step.UNDER_WAY
        if state.holds:
            return Step.WAIT
        counts = self.totals()
        self._visits.conclude(self._spider.walks, counts.read, counts.skipped)
        return Step.DONE
