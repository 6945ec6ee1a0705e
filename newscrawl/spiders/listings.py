"""How listings are read: their articles are taken up, and what they lead on to is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawl import listings
from newscrawl.crawl import decisions
from newscrawl.crawl.sources import Fate, Kind, Source, fate_of, kind_of
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Further, Walk
from newscrawl.dates.reading import parse_date
from newscrawl.history import Complete
from newscrawl.listings.listing import Answer, Holds, Link, Listing
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import asked_for, headers_of
from newscrawl.timelimit import TookTooLong, page_time_limit

#: Sitemap indexes one below the other that are followed. The protocol knows one; some sites have two.
_SITEMAP_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """How far listings are read; see the settings of these names."""

    depth: int
    pages: int
    sitemaps: int
    sitemaps_of_index: int
    page_time: float

    @classmethod
    def of(cls, settings: BaseSettings) -> Limits:
        return cls(
            settings.getint("DEPTH_LIMIT"),
            settings.getint("MAX_PAGES"),
            settings.getint("SITEMAP_LIMIT"),
            settings.getint("SITEMAP_INDEX_LIMIT"),
            settings.getfloat("PAGE_TIME_LIMIT"),
        )


class _Shown(NamedTuple):
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
class ListingReader:
    """Reads answers as listings, ``pages`` pages of one at most; what is older than ``since`` is left out.

    ``reads_on``: while no page shows what the last complete run knew, up to ``limits.pages`` pages.
    """

    visits: Visits
    report: Report
    limits: Limits
    pages: int
    since: datetime | None
    reads_on: bool = False

    def read(self, response: Response, walk: Walk, page: int, *, is_start: bool) -> list[Further]:
        """Read page ``page`` (1, 2, …) of a listing, or a feed or sitemap in its place; what to read next."""
        further: list[Further] = []
        asked = asked_for(response.request)
        try:
            with page_time_limit(self.limits.page_time):
                further += self._read(response, walk, page, is_start=is_start)
        except TookTooLong as error:  # maybe with some of its articles taken up
            self.report.listing_cut(asked, str(error))
        except ValueError as error:
            self.report.listing_failed(page, asked, str(error))
        return further

    def start(self, walk: Walk, url: str) -> None:
        """Begin at an article."""
        source = self.report.sources.begin(Kind.START, url)
        self.report.named(source, url, self.visits.start(walk, url, source.number))

    def revisit(self, walks: Iterable[Walk]) -> None:
        """Take up what earlier runs found and the listings of this one do not show."""
        source = self.report.sources.begin(Kind.EARLIER_RUNS)
        for url, fate in self.visits.revisit(walks, source.number):
            self.report.named(source, url, fate)

    def _read(self, response: Response, walk: Walk, page: int, *, is_start: bool) -> Iterator[Further]:
        answer = Answer(response.body, response.url, headers_of(response), walk.section, page, walk.asked)
        asked = asked_for(response.request)
        if walk.site.leads_astray(asked, response.url):
            self.report.listing_failed(page, asked, "redirected to the front page")
            return
        listing = listings.read(answer, walk.site)
        if listing.holds is Holds.CARDS and page == 1 and self._is_article(listing, walk, response.url):
            return
        source = self.report.sources.begin(kind_of(listing.holds), asked, page)
        if listing.cut:
            self.report.listing_cut(asked, listing.cut)
        for link in listing.passed:
            self.report.named(source, link.url, fate_of(link.why), link.rule)
        if listing.holds is Holds.CARDS:
            yield from self._read_page(listing, walk, source, response.url)
        elif listing.holds is Holds.SITEMAPS:
            yield from self._ask_for_sitemaps(walk, listing.links, source)
        elif listing.holds is Holds.INDEX:
            yield from self._read_index(listing.links, walk, source)
        else:
            if is_start:
                walk.whole, walk.title = True, walk.site.feed_title(walk.title)
            yield from self._read_feed(listing, walk, source, is_start=is_start)

    # Pages of cards --------------------------------------------------------------

    def _is_article(self, listing: Listing, walk: Walk, url: str) -> bool:
        """Whether the page that a walk begins at is an article, which is asked for then."""
        links = [link for link in listing.links if not self.visits.is_none(walk, link.url)]
        if listing.page is None or not walk.site.is_article_itself(listing.page, len(links)):
            return False
        article = walk.site.url(url) or url
        walk.asked.discard(article)
        self.start(walk, article)
        return True

    def _read_page(self, listing: Listing, walk: Walk, source: Source, url: str) -> Iterator[Further]:
        page = source.page
        links = self._articles(listing.links, walk, source)
        assert listing.page is not None
        if page == 1:
            walk.alternatives = chain([walk.site.feeds(listing.page, walk.section)], walk.alternatives)
        known = self._all_known(links, walk)
        shown = self._list(links, walk, source)
        self._reach(walk, listing, page, shown)
        if not links:
            self.report.logger.warning("%s shows no article of the section", url)
        elif walk.pages == page - 1:
            walk.pages = page
        if decisions.is_stuck(page, fresh=shown.fresh, read_before=self.was_read(page)):
            self.report.listing_failed(page, url, "it shows nothing that the pages before do not")
        elif self._goes_on(walk, page, shown):
            yield from self._go_on(listing, walk, page, known=known)

    def _all_known(self, links: list[Link], walk: Walk) -> bool:
        return bool(links) and all(self.visits.is_unchanged(walk, self.visits.key(walk, link.url)) for link in links)

    def _go_on(self, listing: Listing, walk: Walk, page: int, *, known: bool) -> Iterator[Further]:
        """The page after a listing page; one whose articles are all ``known`` may be the last with news."""
        url = listing.next
        if not url:
            return
        further = Further(url, page + 1)
        if decisions.is_too_deep(further.page, self.limits.depth):
            self.report.listing_failed(further.page, url, "deeper than DEPTH_LIMIT")
        elif known and self.was_read(self.pages):
            walk.asked.add(url)
            walk.held = further
        else:
            yield further

    def was_read(self, page: int) -> bool:
        """Whether the last run read the listing up to this page."""
        return self.visits.history is not None and self.visits.history.pages >= page

    # How far back they go --------------------------------------------------------

    def _reach(self, walk: Walk, listing: Listing, page: int, shown: _Shown) -> None:
        """Note how far back a page reaches. Feeds and sitemaps may be in any order."""
        walk.reach.read(page, shown.known, self._complete, in_order=listing.holds is Holds.CARDS)
        if 0 < shown.all == shown.older:
            walk.reach.close()
        if walk.reach.is_open and page >= self._most_pages:
            walk.reach.ended = listing.next is None

    def _goes_on(self, walk: Walk, page: int, shown: _Shown) -> bool:
        pages = self._most_pages if walk.reach.is_open else self.pages
        return decisions.goes_on(page, pages, shown=shown.all, fresh=shown.fresh, older=shown.older)

    @property
    def _complete(self) -> Complete | None:
        return self.visits.history.complete if self.visits.history else None

    @property
    def _most_pages(self) -> int:
        """Pages that are read while there is a hole."""
        return max(self.pages, self.limits.pages) if self.reads_on else self.pages

    def hole(self, walk: Walk) -> str:
        """A clause on the stories that a walk's listing may have shown since the last complete run; mostly ``""``."""
        return walk.reach.hole(self._complete, self._most_pages)

    def may_read_on(self, walk: Walk) -> bool:
        """Whether more ``pages`` can close a walk's hole."""
        return walk.reach.is_open and not walk.reach.is_whole(self._most_pages)

    # Feeds and sitemaps ----------------------------------------------------------

    def _read_feed(self, listing: Listing, walk: Walk, source: Source, *, is_start: bool) -> Iterator[Further]:
        links = walk.site.of_section(listing, walk.section, whole=walk.whole)
        wanted = {link.url for link in links}
        for link in listing.links:
            if link.url not in wanted:
                passed = walk.site.why_passed(link.url, walk.section)
                self.report.named(source, link.url, fate_of(passed.why), passed.rule)
        shown = self._list(self._articles(links, walk, source), walk, source)
        page = source.page
        if not (is_start or (page > 1 and listing.holds is Holds.ARTICLES)):
            return
        walk.pages = page if walk.pages == page - 1 and shown.all else walk.pages
        self._reach(walk, listing, page, shown)
        if self._goes_on(walk, page, shown) and (url := listing.next):
            yield Further(url, page + 1)

    def _read_index(self, links: list[Link], walk: Walk, source: Source) -> Iterator[Further]:
        named: dict[str, Link] = {}
        for link in links:
            if link.url in walk.asked or link.url in named:
                self.report.named(source, link.url, Fate.LISTED)
            elif self._is_older(link, walk):
                self.report.named(source, link.url, Fate.OLDER, "its date")
            else:
                named[link.url] = link
        if source.page > _SITEMAP_DEPTH:
            if named:
                told = f"it names {len(named)} sitemaps, and is nested more than twice"
                self.report.listing_cut(source.url, told)
                self._leave(named.values(), source, Fate.NOT_READ, told)
            return
        newest, rest = decisions.newest(named.values(), self.limits.sitemaps_of_index)
        if rest:
            told = f"{len(newest)} of its {len(named)} sitemaps are read (SITEMAP_INDEX_LIMIT)"
            self.report.counts.sitemaps_left_out += len(rest)
            if self.since is None and rest[-1].date:
                self.report.logger.warning("%s: %s; the others are older", source.url, told)
                self._leave(rest, source, Fate.OLDER, told)
            else:
                self.report.listing_cut(source.url, told)
                self._leave(rest, source, Fate.NOT_READ, told)
        walk.listings += 1
        yield from self._ask_for_sitemaps(walk, newest, source)

    def _leave(self, links: Iterable[Link], source: Source, fate: Fate, rule: str) -> None:
        for link in links:
            self.report.named(source, link.url, fate, rule)

    def _ask_for_sitemaps(self, walk: Walk, links: list[Link], source: Source) -> Iterator[Further]:
        """Ask for sitemaps that an answer names, each once in a run, and as many as a run may."""
        depth = source.page + (source.kind is Kind.INDEX)
        wanted = [link for link in links if link.url not in walk.asked]
        self._leave((link for link in links if link.url in walk.asked), source, Fate.LISTED, "")
        room = self.limits.sitemaps - walk.sitemaps
        if len(wanted) > room:
            told = f"{room} of its {len(wanted)} sitemaps are read (SITEMAP_LIMIT)"
            self.report.counts.sitemaps_left_out += len(wanted) - room
            self.report.listing_cut(source.url, told)
            self._leave(wanted[room:], source, Fate.NOT_READ, told)
        for link in wanted[:room]:
            walk.sitemaps += 1
            self.report.named(source, link.url, Fate.READ)
            yield Further(link.url, depth)

    # Its articles ----------------------------------------------------------------

    def _articles(self, links: list[Link], walk: Walk, source: Source) -> list[Link]:
        """Links without those that earlier runs found to lead to no article."""
        found = []
        for link in links:
            if self.visits.is_none(walk, link.url):
                self.report.named(source, link.url, Fate.OTHER_MATTER, "an earlier run read its page")
            else:
                found.append(link)
        return found

    def _list(self, links: list[Link], walk: Walk, source: Source) -> _Shown:
        """Take up a listing page's articles."""
        walk.listings += 1
        known = []
        older = 0
        for link in links:
            if source.page == 1:
                walk.front.update(f"{self.visits.key(walk, link.url)} ".encode())
            is_older = self._is_older(link, walk)
            older += is_older
            fate = self.visits.list(walk, link.url, source.page, source.number, older=is_older)
            if fate is not Fate.LISTED:
                known.append(self.visits.was_known(walk, link.url))
            self.report.named(source, link.url, fate)
        return _Shown(len(links), older, known)

    def _is_older(self, link: Link, walk: Walk) -> bool:
        if self.since is None or not link.date:
            return False
        return decisions.is_older(parse_date(link.date, walk.site.publisher, datetime.now(UTC), link.url), self.since)
