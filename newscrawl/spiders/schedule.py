"""When a crawl asks for what: articles as there is room for them, and other sources once nothing is under way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro

from newscrawl.article.item import Article
from newscrawl.crawl.limit import Limit
from newscrawl.crawl.stories import Stories, Told
from newscrawl.crawl.walk import Further, Walk
from newscrawl.spiders.discovery import Discovery
from newscrawl.spiders.requests import article_request

if TYPE_CHECKING:
    from newscrawl.spiders.section import SectionSpider


class Schedule:
    """Asks for the articles that wait, ``at_once`` at a time, while the ``limit`` has room; in a dry run for none.

    Requests exist only while they are under way: the others wait in the frontier, which takes no memory.
    """

    def __init__(self, spider: SectionSpider, stories: Stories, discovery: Discovery, limit: Limit, at_once: int):
        self.at_once = at_once
        self._spider, self._visits = spider, spider.visits
        self._stories, self._discovery = stories, discovery
        self._limit = limit
        self._under_way = 0
        self._revisited = False

    # What waits -----------------------------------------------------------------

    def feed(self) -> None:
        """Ask for articles that wait, as many as may be under way."""
        spider = self._spider
        most = 0 if spider.dry_run else self._limit.room(self.at_once, self._under_way)
        for visit in self._visits.next(most):
            walk = spider.walks[visit.walk]
            condition = self._visits.condition(walk, visit.key)
            follow = walk.name(visit.key) not in self._stories.checks
            self._under_way += 1
            spider.crawler.engine.crawl(
                article_request(walk, visit, condition, spider.parse_article, spider.article_failed, follow=follow)
            )

    def wanted(self, walk: Walk, found: list[Further]) -> list[Further]:
        """Those of some listings to ask for now."""
        return self._limit.wanted(walk, found, self._visits.frontier.waiting + self._under_way)

    def answered(self) -> None:
        """One article that was asked for has answered, or failed."""
        self._under_way -= 1

    def nothing_under_way(self) -> None:
        """All that was asked for has come to an end."""
        self._under_way = 0

    def settle(self, *, written: bool) -> None:
        """An article that was read was written, or was not: of a limit there is more room, or less."""
        self._limit.settle(written=written)
        self.feed()

    def item_scraped(self, item: Article, response: Response) -> None:
        """News on a listing page that was thought unchanged: the next one is read after all."""
        self._visits.has_news = True
        walk, visit = response.cb_kwargs["walk"], response.cb_kwargs["visit"]
        if visit.page:
            walk.reach.date(item.date_published)
        if item.status == "changed":
            self._visits.changed.add(walk.name(visit.key))
            if walk.held and walk.held.page == visit.page + 1:
                self._spider.crawler.engine.crawl(self._spider.ask(walk, walk.held))
                walk.held = None

    # What was read ---------------------------------------------------------------

    def take(self, told: list[Told], response: Response) -> Iterator[Article]:
        """The articles of an answer; those of earlier answers are sent on their way after them."""
        own = [one.article for one in told if one.answer is response]
        self._limit.read += len(own)
        yield from own
        self.emit([one for one in told if one.answer is not response])

    def emit(self, told: list[Told]) -> bool:
        """Send articles of earlier answers on their way; whether there are any."""
        for one in told:
            self._visits.answered(one.walk, one.visit, one.article.id)
            self._limit.read += 1
            scraper = self._spider.crawler.engine.scraper
            deferred_from_coro(scraper.start_itemproc_async(one.article, response=one.answer))
        return bool(told)

    # When nothing is under way -------------------------------------------------------

    def idle(self) -> None:
        """Nothing is under way: what other listings, and earlier runs, still leave to ask for."""
        spider = self._spider
        if spider.replay or self._limit.is_reached:
            return
        further = self._limit.take_back() or [
            (walk, one) for walk in spider.walks.values() for one in self._discovery.other_sources(walk)
        ]
        for walk, one in further:
            spider.crawler.engine.crawl(spider.ask(walk, one))
        if not further and not self._revisited:
            self._revisited = True
            self._visits.has_news |= self._stories.holds
            self._discovery.listings.revisit(walk for walk in spider.walks.values() if walk.listings)
        self.nothing_under_way()
        self.feed()
        if further or self._under_way or self.emit(self._stories.release()):
            raise DontCloseSpider
        self._visits.conclude()
