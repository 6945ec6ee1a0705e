"""How listings are read: their articles are taken up, and what they lead on to is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, islice
from typing import NamedTuple

from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl import listings
from newscrawl.addresses.dated import dated
from newscrawl.browser.scripted import RENDERED
from newscrawl.crawl import decisions
from newscrawl.crawl.sources import Fate, Kind, Source, fate_of, kind_of
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Further, Walk
from newscrawl.dates.reading import parse_date
from newscrawl.extract.page import Page
from newscrawl.history import Complete
from newscrawl.listings import paging
from newscrawl.listings.cards import links_of
from newscrawl.listings.index import Child, children_of, later, most_wanted, older
from newscrawl.listings.listing import Answer, Holds, Link, Listing
from newscrawl.reasons import is_gone
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import headers_of
from newscrawl.timelimit import TookTooLong, page_time_limit

#: Sitemap indexes one below the other that are followed. The protocol knows one; some sites have two.
_SITEMAP_DEPTH = 2
_DAYS_OFF = 2  # one after the other
_MOST_CANDIDATES = 4  # addresses that are tried for one listing page
#: What servers answer besides 404 where a list has no such page.
_BEYOND = ("HTTP 400", "HTTP 416", "HTTP 422")


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
    until: datetime | None = None

    def read(self, response: Response, walk: Walk, asked: Further, *, is_start: bool) -> list[Further]:
        """Read a page of a listing, or a feed or sitemap in its place; what to read next."""
        further: list[Further] = []
        try:
            with page_time_limit(self.limits.page_time):
                further += self._read(response, walk, asked, is_start=is_start)
        except TookTooLong as error:  # maybe with some of its articles taken up
            self.report.listing_cut(asked.url, str(error))
        except ValueError as error:
            further += self._give_way(walk, asked, str(error), is_fault=True)
        return further

    def start(self, walk: Walk, url: str) -> None:
        """Begin at an article."""
        source = self.report.sources.begin(Kind.START, url)
        self.report.named(source, url, self.visits.start(walk, url, source.number))

    def alternatives(self, walk: Walk) -> list[Further]:
        """When no listing of a walk showed an article: the feeds and sitemaps."""
        stage: list[str] = next(filter(None, walk.alternatives), []) if walk.is_barren else []
        urls = walk.further(stage)
        if urls:
            told = ", ".join(urls)
            self.report.logger.warning(
                "The listing of %s/%s gave no article; trying %s", walk.site.origin, walk.section, told
            )
        return [Further(url, 1) for url in urls]

    def revisit(self, walks: Iterable[Walk]) -> None:
        """Take up what earlier runs found and the listings of this one do not show."""
        source = self.report.sources.begin(Kind.EARLIER_RUNS)
        for url, fate in self.visits.revisit(walks, source.number):
            self.report.named(source, url, fate)

    def _read(self, response: Response, walk: Walk, asked: Further, *, is_start: bool) -> Iterator[Further]:
        answer = Answer(response.body, response.url, headers_of(response), walk.section, asked.page, walk.asked)
        if walk.site.leads_astray(asked.url, response.url):
            is_expected = asked.page == 1 or asked.url in walk.named  # the page behind the last may lead there
            yield from self._give_way(walk, asked, "redirected to the front page", is_fault=is_expected)
            return
        listing = listings.read(answer, walk.site)
        if RENDERED in response.flags:  # what loads by script was loaded, as far as so many pages
            listing = replace(listing, find_more=str)
        own = walk.site.url(response.url) or response.url
        if listing.holds is Holds.CARDS and (instead := self._instead(listing, walk, asked, own)) is not None:
            yield from instead
            return
        source = self.report.sources.begin(kind_of(listing.holds), asked.url, asked.page)
        if listing.cut:
            self.report.listing_cut(asked.url, listing.cut)
        for link in listing.passed:
            self.report.named(source, link.url, fate_of(link.why), link.rule)
        if listing.holds is Holds.CARDS:
            yield from self._read_page(listing, walk, asked, source)
            return
        if is_start:
            walk.whole, walk.title = True, walk.site.feed_title(walk.title)
        if listing.holds is Holds.SITEMAPS:
            children = self._children(listing.links, walk, source)
            yield from self._ask_for_sitemaps(walk, children, source, self.limits.sitemaps, "SITEMAP_LIMIT")
        elif listing.holds is Holds.INDEX:
            yield from self._read_index(listing.links, walk, source)
        else:
            yield from self._read_feed(listing, walk, asked, source)

    def failed(self, failure: Failure, reason: str, walk: Walk, further: Further) -> Iterator[Further]:
        """A listing did not answer: what to read in its place."""
        is_end = is_gone(failure) or reason in _BEYOND
        is_expected = further.page == 1 or further.url in walk.named
        yield from self._give_way(walk, further, reason, is_fault=is_expected or not is_end)

    def _give_way(self, walk: Walk, asked: Further, reason: str, *, is_fault: bool) -> Iterator[Further]:
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

    # Pages of cards --------------------------------------------------------------

    def _instead(self, listing: Listing, walk: Walk, asked: Further, own: str) -> Iterable[Further] | None:
        """What to read in place of an answer that is not the listing page that was asked for; ``None`` where it is."""
        if asked.page == 1:
            if self._begins_at_article(listing, walk, own):
                return ()
        elif own != asked.url and own in walk.asked:
            return self._end(walk, asked)
        elif other := self._is_other(listing, walk, asked, own):
            return self._give_way(walk, asked, other, is_fault=False)
        walk.asked.add(own)
        return None

    def _begins_at_article(self, listing: Listing, walk: Walk, own: str) -> bool:
        """Whether the page that a walk begins at is an article, which is asked for then."""
        if not self._is_article(listing, walk):
            return False
        walk.asked.discard(own)
        self.start(walk, own)
        return True

    def _is_article(self, listing: Listing, walk: Walk) -> bool:
        if listing.page is None:
            return False
        links = [link for link in listing.links if not self.visits.is_none(walk, link.url)]
        return walk.site.is_article_itself(listing.page, len(links))

    def _is_other(self, listing: Listing, walk: Walk, asked: Further, own: str) -> str:
        """What an answer is, that was asked for as the next page, if it is none of the listing."""
        if own != asked.url and not walk.site.goes_on(own, asked.url, walk.section):
            return "redirected to a page that is none of the listing"
        if self._is_article(listing, walk):
            walk.asked.discard(asked.url)
            return "it is an article"
        return ""

    def _read_page(self, listing: Listing, walk: Walk, asked: Further, source: Source) -> Iterator[Further]:
        page, links = asked.page, self._articles(listing.links, walk, source)
        if page == 1 and listing.page is not None and walk.backfill.is_due:
            self._set_aside(listing.page, listing, walk, asked, source)
            return
        if page == 1 and listing.page is not None:
            walk.feeds = paging.feeds(listing.page, walk.site, walk.section)
            walk.alternatives = chain([walk.site.feeds(listing.page, walk.section)], walk.alternatives)
        known = self._all_known(links, walk)
        shown = self._list(links, walk, source)
        self._reach(walk, listing, page, shown)
        if not links:
            self.report.logger.warning("%s shows no article of the section", asked.url)
        elif (shown.fresh or page == 1) and 0 < page - walk.pages <= 1 + (_DAYS_OFF if dated(asked.url) else 0):
            walk.pages = page
        if page > 1 and not shown.fresh and not self._is_day_off(walk, asked, links):
            if not links and not asked.others:
                walk.said = ("", "")  # its address answers, and has no more
                self._note_more(listing, walk, asked.url)
            yield from self._give_way(walk, asked, "it shows nothing that the pages before do not", is_fault=False)
        elif self._is_day_off(walk, asked, links):
            yield from self._go_on(listing, walk, asked, known=False)
        elif self._goes_on(walk, page, shown):
            yield from self._go_on(listing, walk, asked, known=known)

    def _set_aside(self, page: Page, listing: Listing, walk: Walk, asked: Further, source: Source) -> None:
        """Keep the first page of a listing until the sitemaps and archives of the range are read: it is too new."""
        walk.listings += 1
        urls = (walk.site.url(a.get("href"), page.base) for a in links_of(page))
        walk.backfill.set_aside(
            listing.links, filter(None, urls), lambda: self._read_page(listing, walk, asked, source)
        )

    def _all_known(self, links: list[Link], walk: Walk) -> bool:
        unchanged = [self.visits.is_unchanged(walk, self.visits.key(walk, link.url)) for link in links]
        walk.meets_known |= any(unchanged)
        return bool(links) and all(unchanged)

    def _end(self, walk: Walk, asked: Further) -> Iterator[Further]:
        """A page was answered from an address that was read before: that is the end, unless another leads on."""
        if asked.others or asked.fault:
            yield from self._give_way(walk, asked, "redirected to a page that was read", is_fault=False)

    def _is_day_off(self, walk: Walk, asked: Further, links: list[Link]) -> bool:
        """Whether a page is that of a day without stories, in a listing by day: those before it may have some."""
        is_near = asked.page < self.pages and asked.page - walk.pages <= _DAYS_OFF
        return not links and is_near and not asked.others and dated(asked.url) is not None

    def _go_on(self, listing: Listing, walk: Walk, asked: Further, *, known: bool) -> Iterator[Further]:
        """The page after a listing page; one whose articles are all ``known`` may be the last with news."""
        urls = tuple(islice((url for url in listing.candidates() if url not in walk.asked), _MOST_CANDIDATES))
        if not urls:
            self._note_more(listing, walk, asked.url)
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

    def _note_more(self, listing: Listing, walk: Walk, url: str) -> None:
        """Remember what the listing has besides, unless it goes back to what earlier runs have read."""
        if not walk.meets_known and (more := listing.more):
            walk.more, walk.more_at = more, url

    def was_read(self, page: int) -> bool:
        """Whether the last run read the listing up to this page."""
        return self.visits.history is not None and self.visits.history.pages >= page

    # How far back they go --------------------------------------------------------

    def _reach(self, walk: Walk, listing: Listing, page: int, shown: _Shown) -> None:
        """Note how far back a page reaches. Feeds and sitemaps may be in any order."""
        walk.reach.read(page, shown.known, self._complete, in_order=listing.holds is Holds.CARDS)
        if 0 < shown.all == shown.older:
            walk.reach.close()
        is_last = page >= self._most_pages
        if walk.backfill.fell_back:
            walk.backfill.is_short = is_last and shown.older < shown.all and listing.next is not None
        if walk.reach.is_open and is_last:
            walk.reach.ended = next(iter(listing.candidates()), None) is None

    def _goes_on(self, walk: Walk, page: int, shown: _Shown) -> bool:
        goes_back = walk.reach.is_open or walk.backfill.fell_back
        pages = self._most_pages if goes_back else self.pages
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

    def _read_feed(self, listing: Listing, walk: Walk, asked: Further, source: Source) -> Iterator[Further]:
        links = walk.site.of_section(listing, walk.section, whole=walk.whole)
        wanted = {link.url for link in links}
        for link in listing.links:
            if link.url not in wanted:
                passed = walk.site.why_passed(link.url, walk.section)
                self.report.named(source, link.url, fate_of(passed.why), passed.rule)
        links = self._articles(links, walk, source)
        known = self._all_known(links, walk)
        shown = self._list(links, walk, source)
        if walk.whole and (listing.holds is Holds.ARTICLES or source.page == 1):
            self._reach(walk, listing, source.page, shown)
            if walk.pages == source.page - 1 and shown.fresh:
                walk.pages = source.page
        if self._goes_on(walk, source.page, shown):
            for further in self._go_on(listing, walk, asked, known=known):
                walk.named.add(further.url)
                yield further

    def _read_index(self, links: list[Link], walk: Walk, source: Source) -> Iterator[Further]:
        children = self._children(links, walk, source)
        if source.page > _SITEMAP_DEPTH:
            if children:
                told = f"it names {len(children)} sitemaps, and is nested more than twice"
                self.report.listing_cut(source.url, told)
                self._leave(children, source, Fate.NOT_READ, told)
            return
        walk.listings += 1
        yield from self._ask_for_sitemaps(walk, children, source, self.limits.sitemaps_of_index, "SITEMAP_INDEX_LIMIT")

    def _children(self, links: list[Link], walk: Walk, source: Source) -> list[Child]:
        """The sitemaps that an answer names, each once in a run, but for those that are older than asked for."""
        named: dict[str, Link] = {}
        for link in links:
            if link.url in walk.asked or link.url in named:
                self.report.named(source, link.url, Fate.LISTED)
            else:
                named[link.url] = link
        children = children_of(list(named.values()), lambda link: self._date(link, walk))
        passed = older(children, self.since)
        self._leave((child for child in children if child.link.url in passed), source, Fate.OLDER, "its date")
        beyond = later(named.values(), self.until)
        self._leave((child for child in children if child.link.url in beyond), source, Fate.LATER, "its date")
        return [child for child in children if child.link.url not in passed | beyond]

    def _leave(self, children: Iterable[Child], source: Source, fate: Fate, rule: str) -> None:
        for child in children:
            self.report.named(source, child.link.url, fate, rule)

    def _ask_for_sitemaps(
        self, walk: Walk, children: list[Child], source: Source, most: int, setting: str
    ) -> Iterator[Further]:
        """Ask for sitemaps that an answer names: ``most`` of them by a ``setting``, and as many as a run may."""
        room = max(0, self.limits.sitemaps - len(walk.named))
        if room < most:
            most, setting = room, "SITEMAP_LIMIT"
        if len(children) > most:
            children = self._newest(children, source, most, setting)
        depth = source.page + (source.kind is Kind.INDEX)
        for child in children:
            walk.named.add(child.link.url)
            self.report.named(source, child.link.url, Fate.READ)
            yield Further(child.link.url, depth)

    def _newest(self, children: list[Child], source: Source, most: int, setting: str) -> list[Child]:
        """Those that are wanted most; the others are reported as not read."""
        wanted = most_wanted(children)
        rest = wanted[most:]
        told = f"{most} of its {len(children)} sitemaps are read ({setting})"
        self.report.counts.sitemaps_left_out += len(rest)
        self.report.listing_cut(source.url, told)
        self._leave(rest, source, Fate.NOT_READ, told)
        return wanted[:most]

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
                walk.reach.shows(link)
                known.append(self.visits.was_known(walk, link.url))
            self.report.named(source, link.url, fate)
        if known and walk.scripted == self.report.counts.scripted:
            self.report.counts.scripted = None  # another source stands in for the page that shows nothing
        return _Shown(len(links), older, known)

    def _is_older(self, link: Link, walk: Walk) -> bool:
        return self.since is not None and decisions.is_older(self._date(link, walk), self.since)

    def _date(self, link: Link, walk: Walk) -> datetime | None:
        if not link.date:
            return None
        return parse_date(link.date, walk.site.publisher, datetime.now(UTC), link.url)
