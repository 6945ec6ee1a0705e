"""How listings are read: their articles are taken up, and what they lead on to is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice

from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl import listings
from newscrawl.crawl import decisions
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Further, Walk
from newscrawl.dates.reading import parse_date
from newscrawl.listings.listing import Answer, Holds, Link, Listing
from newscrawl.reasons import is_gone, reason_of
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import headers_of
from newscrawl.timelimit import TookTooLong, page_time_limit

#: Sitemap indexes one below the other that are followed. The protocol knows one; some sites have two.
_SITEMAP_DEPTH = 2
_MOST_CANDIDATES = 4  # addresses that are tried for one listing page


@dataclass(frozen=True, slots=True)
class Limits:
    """How far listings are read; see the settings of these names."""

    depth: int
    sitemaps: int
    sitemaps_of_index: int
    page_time: float

    @classmethod
    def of(cls, settings: BaseSettings) -> Limits:
        return cls(
            settings.getint("DEPTH_LIMIT"),
            settings.getint("SITEMAP_LIMIT"),
            settings.getint("SITEMAP_INDEX_LIMIT"),
            settings.getfloat("PAGE_TIME_LIMIT"),
        )


@dataclass(frozen=True, slots=True)
class ListingReader:
    """Reads answers as listings, ``pages`` pages of one at most; what is older than ``since`` is left out."""

    visits: Visits
    report: Report
    limits: Limits
    pages: int
    since: datetime | None

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

    def _read(self, response: Response, walk: Walk, asked: Further, *, is_start: bool) -> Iterator[Further]:
        page = asked.page
        answer = Answer(response.body, response.url, headers_of(response), walk.section, page, walk.asked)
        if walk.site.leads_astray(asked.url, response.url):
            yield from self._give_way(walk, asked, "redirected to the front page", is_fault=True)
            return
        listing = listings.read(answer, walk.site)
        if listing.cut:
            self.report.listing_cut(asked.url, listing.cut)
        if listing.holds is Holds.CARDS:
            yield from self._read_page(listing, walk, asked, response.url)
        elif listing.holds is Holds.SITEMAPS:
            yield from self._ask_for_sitemaps(walk, listing.links, page, asked.url)
        else:
            if is_start:
                walk.whole, walk.title = True, walk.site.feed_title(walk.title)
            yield from self._read_feed(listing, walk, page, asked.url)

    def failed(self, failure: Failure, walk: Walk, asked: Further) -> Iterator[Further]:
        """A listing did not answer: what to read in its place."""
        yield from self._give_way(walk, asked, reason_of(failure), is_fault=asked.page == 1 or not is_gone(failure))

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
            self.report.logger.warning("%s is no page of the listing (%s)", asked.url, reason)

    # Pages of cards --------------------------------------------------------------

    def _read_page(self, listing: Listing, walk: Walk, asked: Further, url: str) -> Iterator[Further]:
        own = walk.site.url(url) or url
        if asked.page == 1:
            if self._is_article_itself(listing, walk):
                walk.asked.discard(own)
                self.visits.start(walk, own)
                return
            if listing.page is not None:
                walk.alternatives = chain([walk.site.feeds(listing.page, walk.section)], walk.alternatives)
        elif own != asked.url and own in walk.asked:
            yield from self._end(walk, asked)
            return
        elif other := self._is_other(listing, walk, asked, own):
            yield from self._give_way(walk, asked, other, is_fault=False)
            return
        walk.asked.add(own)
        yield from self._take(listing, walk, asked, url)

    def _take(self, listing: Listing, walk: Walk, asked: Further, url: str) -> Iterator[Further]:
        """Take up the articles of a listing page, and go on."""
        page, links = asked.page, self._articles(listing.links, walk)
        unchanged = [self.visits.is_unchanged(walk, self.visits.key(walk, link.url)) for link in links]
        known = bool(links) and all(unchanged)
        walk.meets_known |= any(unchanged)
        fresh, older = self._list(links, walk, page)
        if not links:
            self.report.logger.warning("%s shows no article of the section", url)
        elif walk.pages == page - 1 and (fresh or page == 1):
            walk.pages = page
        if page > 1 and not fresh:
            if not links and not asked.others:
                self._note_more(listing, walk)
            yield from self._give_way(walk, asked, "it shows nothing that the pages before do not", is_fault=False)
        elif decisions.goes_on(page, self.pages, shown=len(links), fresh=fresh, older=older):
            yield from self._go_on(listing, walk, page, known=known)

    def _is_article_itself(self, listing: Listing, walk: Walk) -> bool:
        return listing.page is not None and walk.site.is_article_itself(listing.page, len(listing.links))

    def _is_other(self, listing: Listing, walk: Walk, asked: Further, own: str) -> str:
        """What a page is, that was asked for as the next one, if it is none of the listing."""
        if own != asked.url and not walk.site.goes_on(own, asked.url, walk.section):
            return "redirected to a page that is none of the listing"
        if self._is_article_itself(listing, walk):
            walk.asked.discard(asked.url)
            return "it is an article"
        return ""

    def _end(self, walk: Walk, asked: Further) -> Iterator[Further]:
        """A page was answered from an address that was read before: that is the end, unless another leads on."""
        if asked.others or asked.fault:
            yield from self._give_way(walk, asked, "redirected to a page that was read", is_fault=False)

    def _go_on(self, listing: Listing, walk: Walk, page: int, *, known: bool) -> Iterator[Further]:
        """The page after a listing page; one whose articles are all ``known`` may be the last with news."""
        urls = tuple(islice((url for url in listing.candidates() if url not in walk.asked), _MOST_CANDIDATES))
        if not urls:
            self._note_more(listing, walk)
            return
        further = Further(urls[0], page + 1, urls[1:])
        if decisions.is_too_deep(further.page, self.limits.depth):
            self.report.listing_failed(further.page, further.url, "deeper than DEPTH_LIMIT")
        elif known and self.was_read(self.pages):
            walk.asked.add(further.url)
            walk.held = further
        else:
            yield further

    def _note_more(self, listing: Listing, walk: Walk) -> None:
        """Remember what the listing has besides, unless it goes back to what earlier runs have read."""
        if not walk.meets_known and (more := listing.more):
            walk.more = more
            self.report.listing_has_more(walk, more)

    def was_read(self, page: int) -> bool:
        """Whether the last run read the listing up to this page."""
        return self.visits.history is not None and self.visits.history.pages >= page

    # Feeds and sitemaps ----------------------------------------------------------

    def _read_feed(self, listing: Listing, walk: Walk, page: int, asked: str) -> Iterator[Further]:
        if listing.holds is Holds.INDEX:
            yield from self._read_index(listing.links, walk, page, asked)
        else:
            links = walk.site.of_section(listing, walk.section, whole=walk.whole)
            self._list(self._articles(links, walk), walk, page)

    def _read_index(self, links: list[Link], walk: Walk, depth: int, asked: str) -> Iterator[Further]:
        named = {link.url: link for link in links if link.url not in walk.asked and not self._is_older(link, walk)}
        if depth > _SITEMAP_DEPTH:
            if named:
                self.report.listing_cut(asked, f"it names {len(named)} sitemaps, and is nested more than twice")
            return
        newest, rest = decisions.newest(named.values(), self.limits.sitemaps_of_index)
        if rest:
            told = f"{len(newest)} of its {len(named)} sitemaps are read (SITEMAP_INDEX_LIMIT)"
            self.report.counts.sitemaps_left_out += len(rest)
            if self.since is None and rest[-1].date:
                self.report.logger.warning("%s: %s; the others are older", asked, told)
            else:
                self.report.listing_cut(asked, told)
        walk.listings += 1
        yield from self._ask_for_sitemaps(walk, newest, depth + 1, asked)

    def _ask_for_sitemaps(self, walk: Walk, links: list[Link], depth: int, asked: str) -> Iterator[Further]:
        """Ask for sitemaps that an answer names, each once in a run, and as many as a run may."""
        urls = walk.further([link.url for link in links])
        room = self.limits.sitemaps - walk.sitemaps
        if len(urls) > room:
            self.report.counts.sitemaps_left_out += len(urls) - room
            self.report.listing_cut(asked, f"{room} of its {len(urls)} sitemaps are read (SITEMAP_LIMIT)")
        for url in urls[:room]:
            walk.sitemaps += 1
            yield Further(url, depth)

    # Its articles ----------------------------------------------------------------

    def _articles(self, links: list[Link], walk: Walk) -> list[Link]:
        """Links without those that earlier runs found to lead to no article."""
        return [link for link in links if not self.visits.is_none(walk, link.url)]

    def _list(self, links: list[Link], walk: Walk, page: int) -> tuple[int, int]:
        """Take up a listing page's articles; how many were not listed before, and how many are older than asked for."""
        walk.listings += 1
        fresh = older = 0
        for link in links:
            if page == 1:
                walk.front.update(f"{self.visits.key(walk, link.url)} ".encode())
            is_older = self._is_older(link, walk)
            older += is_older
            fresh += self.visits.list(walk, link.url, page, older=is_older)
        return fresh, older

    def _is_older(self, link: Link, walk: Walk) -> bool:
        if self.since is None or not link.date:
            return False
        return decisions.is_older(parse_date(link.date, walk.site.publisher, datetime.now(UTC), link.url), self.since)
