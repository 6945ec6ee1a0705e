"""The articles that a listing's answers show: they are taken up, and tell whether the listing goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import compress, islice
from typing import NamedTuple, TypeVar

from scrapy.settings import BaseSettings

from newscrawl.crawl import decisions
from newscrawl.crawl.sources import Fate, Kind, Source
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Further, Walk
from newscrawl.listings.listing import Holds, Link, Listing
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import date_of

T = TypeVar("T")
_MOST_CANDIDATES = 4  # addresses that are tried for one listing page


@dataclass(frozen=True, slots=True)
class Limits:
    """How far listings are read; see the settings of these names."""

    depth: int
    sitemaps: int
    sitemaps_of_index: int
    page_time: float
    pages: int = 50

    @classmethod
    def of(cls, settings: BaseSettings) -> Limits:
        return cls(
            settings.getint("DEPTH_LIMIT"),
            settings.getint("SITEMAP_LIMIT"),
            settings.getint("SITEMAP_INDEX_LIMIT"),
            settings.getfloat("PAGE_TIME_LIMIT"),
            settings.getint("MAX_PAGES"),
        )


class Shown(NamedTuple):
    """What a page shows: how many articles, how many of them older than asked for.

    ``known`` has a place for each that no page before showed: whether the last complete run knew it.
    """

    all: int
    older: int
    known: list[bool]

    @property
    def fresh(self) -> int:
        return len(self.known)


@dataclass(frozen=True, slots=True)
class ListedArticles:
    """Takes up what listings show, ``pages`` pages of one at most; what is older than ``since`` is left out.

    ``reads_on``: while no page shows what the last complete run knew, up to ``limits.pages`` pages.
    """

    visits: Visits
    report: Report
    limits: Limits
    pages: int
    since: datetime | None
    reads_on: bool = False
    until: datetime | None = None

    def start(self, walk: Walk, url: str) -> None:
        """Begin at an article."""
        source = self.report.sources.begin(Kind.START, url)
        self.report.named(source, url, self.visits.start(walk, url, source.number))

    def worth_asking(self, links: list[Link], walk: Walk, source: Source) -> list[Link]:
        """Links without those that earlier runs found to lead to no article."""
        found = []
        for link, is_none in zip(links, self._each(links, walk, self.visits.is_none), strict=True):
            if is_none:
                self.report.named(source, link.url, Fate.OTHER_MATTER, "an earlier run read its page")
            else:
                found.append(link)
        return found

    def are_known(self, links: list[Link], walk: Walk) -> bool:
        """Whether a page shows nothing but what earlier runs saw listed, and nothing of it has changed."""
        unchanged = self._each(links, walk, self.visits.is_unchanged)
        same = list(compress(links, unchanged))
        walk.meets_known = walk.meets_known or any(self._each(same, walk, self.visits.was_known))
        return bool(links) and all(unchanged)

    def _each(self, links: list[Link], walk: Walk, question: Callable[[Walk, str], T]) -> list[T]:
        return self.visits.each(walk, [link.url for link in links], question)

    def take_up(self, links: list[Link], walk: Walk, source: Source) -> Shown:
        """Take up a listing page's articles."""
        walk.listings += 1
        are_older = [self._is_older(link, walk) for link in links]
        both = [(link.url, is_older) for link, is_older in zip(links, are_older, strict=True)]
        fates = self.visits.list_all(walk, both, source.page, source.number)
        if source.page == 1:
            for key in self._each(links, walk, self.visits.key):
                walk.front.update(f"{key} ".encode())
        fresh = [link for link, fate in zip(links, fates, strict=True) if fate is not Fate.LISTED]
        for link in fresh:
            walk.reach.shows(link)
        known = self._each(fresh, walk, self.visits.was_known)
        for link, fate in zip(links, fates, strict=True):
            self.report.named(source, link.url, fate)
        if known and walk.scripted == self.report.counts.scripted:
            self.report.counts.scripted = None  # another source stands in for the page that shows nothing
        return Shown(len(links), sum(are_older), known)

    def _is_older(self, link: Link, walk: Walk) -> bool:
        return self.since is not None and decisions.is_older(date_of(link, walk), self.since)

    # How far back they go -------------------------------------------------------

    def note_reach(self, walk: Walk, listing: Listing, page: int, shown: Shown) -> None:
        """Note how far back a page reaches. Feeds and sitemaps may be in any order."""
        walk.reach.read(page, shown.known, self.visits.store.complete, in_order=listing.holds is Holds.CARDS)
        if 0 < shown.all == shown.older:
            walk.reach.close()
        is_last = page >= self._most_pages
        if walk.backfill.fell_back:
            walk.backfill.is_short = is_last and shown.older < shown.all and listing.next is not None
        if walk.reach.is_open and is_last:
            walk.reach.ended = next(iter(listing.candidates()), None) is None

    def goes_on(self, walk: Walk, page: int, shown: Shown) -> bool:
        """Whether to read the page after one that shows so much."""
        goes_back = walk.reach.is_open or walk.backfill.fell_back
        pages = self._most_pages if goes_back else self.pages
        return decisions.goes_on(page, pages, shown=shown.all, fresh=shown.fresh, older=shown.older)

    @property
    def _most_pages(self) -> int:
        """Pages that are read while there is a hole."""
        return max(self.pages, self.limits.pages) if self.reads_on else self.pages

    def hole(self, walk: Walk) -> str:
        """A clause on the stories that a walk's listing may have shown since the last complete run; mostly ``""``."""
        dates = filter(None, (date_of(link, walk) for link in walk.reach.links))
        return walk.reach.hole(self.visits.store.complete, self._most_pages, dates, is_given=not self.reads_on)

    def may_read_on(self, walk: Walk) -> bool:
        """Whether more ``pages`` can close a walk's hole."""
        return walk.reach.is_open and not walk.reach.is_whole(self._most_pages)

    # Where a listing goes on ----------------------------------------------------

    def go_on(self, listing: Listing, walk: Walk, asked: Further, *, known: bool) -> Iterator[Further]:
        """The page after a listing page; one whose articles are all ``known`` may be the last with news."""
        urls = tuple(islice((url for url in listing.candidates() if url not in walk.asked), _MOST_CANDIDATES))
        if not urls:
            self.note_more(listing, walk, asked.url)
            return
        further = Further(urls[0], asked.page + 1, urls[1:])
        walk.said = (listing.more, asked.url) if asked.page == 1 else ("", "")
        if decisions.is_too_deep(further.page, self.limits.depth):
            self.report.listing_failed(further.page, further.url, "deeper than DEPTH_LIMIT")
        elif known and self.was_read(self.pages):
            walk.asked.add(further.url)
            walk.held = further
        else:
            yield further

    def give_way(self, walk: Walk, asked: Further, reason: str, *, is_fault: bool) -> Iterator[Further]:
        """An address is not, or not for now, the listing page that it was asked for as: what else that may be.

        Where nothing else is, that is a failure if it is a fault, or if the last run read that page; else the listing
        has ended.
        """
        fault = asked.fault or ((asked.url, reason) if is_fault else None)
        others = walk.further([*asked.others])
        if others:
            self.report.logger.info("%s is not page %d (%s)", asked.url, asked.page, reason)
            yield Further(others[0], asked.page, tuple(others[1:]), fault)
        elif fault or self.was_read(asked.page):
            self.report.listing_failed(asked.page, *(fault or (asked.url, reason)))
        else:
            self.report.logger.warning("%s is not a page of the listing (%s)", asked.url, reason)
            if walk.said[0] and not walk.more and not walk.meets_known:
                walk.more, walk.more_at = walk.said

    def note_more(self, listing: Listing, walk: Walk, url: str) -> None:
        """Remember what the listing has besides, unless it goes back to what the last complete run knew."""
        if not walk.meets_known and (more := listing.more):
            walk.more, walk.more_at = more, url

    def was_read(self, page: int) -> bool:
        """Whether the last run read the listing up to this page."""
        return self.visits.store.pages >= page
