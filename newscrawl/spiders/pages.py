"""How listing pages of cards are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from newscrawl.addresses.dated import dated
from newscrawl.crawl.sources import Source
from newscrawl.crawl.walk import Further, Walk
from newscrawl.extract.page import Page
from newscrawl.listings import paging
from newscrawl.listings.cards import links_of
from newscrawl.listings.listing import Link, Listing
from newscrawl.listings.load_more import is_told
from newscrawl.spiders.listed import ListedArticles
from newscrawl.spiders.report import Report

_DAYS_OFF = 2  # one after the other


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads pages of cards, one after the other."""

    listed: ListedArticles
    report: Report

    def read(self, listing: Listing, walk: Walk, asked: Further, source: Source) -> Iterator[Further]:
        """Take up what a page of cards lists; what to read next."""
        page, links = asked.page, self.listed.worth_asking(listing.links, walk, source)
        if page == 1 and listing.page is not None and walk.backfill.is_due:
            self._set_aside(listing.page, listing, walk, asked, source)
            return
        if page == 1 and listing.page is not None:
            walk.feeds = paging.feeds(listing.page, walk.site, walk.section)
            walk.alternatives = chain([walk.site.feeds(listing.page, walk.section)], walk.alternatives)
        known = self.listed.are_known(links, walk)
        shown = self.listed.take_up(links, walk, source)
        self.listed.note_reach(walk, listing, page, shown)
        if not links:
            self.report.logger.warning("%s shows no article of the section", asked.url)
        elif (shown.fresh or page == 1) and 0 < page - walk.pages <= 1 + (_DAYS_OFF if dated(asked.url) else 0):
            walk.pages = page
        if page > 1 and not shown.fresh and not self._is_day_off(walk, asked, links):
            if not links and not asked.others and not is_told(walk.said[0]):
                walk.said = ("", "")  # its address answers, and has no more
                self.listed.note_more(listing, walk, asked.url)
            yield from self.listed.give_way(
                walk, asked, "it shows nothing that the pages before do not", is_fault=False
            )
        elif self._is_day_off(walk, asked, links):
            yield from self.listed.go_on(listing, walk, asked, known=False)
        elif self.listed.goes_on(walk, page, shown):
            yield from self.listed.go_on(listing, walk, asked, known=known)

    def instead(self, listing: Listing, walk: Walk, asked: Further, own: str) -> Iterable[Further] | None:
        """What to read in place of an answer that is not the listing page that was asked for; ``None`` where it is."""
        if asked.page == 1:
            if self._begins_at_article(listing, walk, own):
                return ()
        elif own != asked.url and own in walk.asked:
            return self._end(walk, asked)
        elif other := self._is_other(listing, walk, asked, own):
            return self.listed.give_way(walk, asked, other, is_fault=False)
        walk.asked.add(own)
        return None

    def _begins_at_article(self, listing: Listing, walk: Walk, own: str) -> bool:
        """Whether the page that a walk begins at is an article, which is asked for then."""
        if not self._is_article(listing, walk):
            return False
        walk.asked.discard(own)
        self.listed.start(walk, own)
        return True

    def _is_article(self, listing: Listing, walk: Walk) -> bool:
        if listing.page is None:
            return False
        urls, visits = [link.url for link in listing.links], self.listed.visits
        links = [
            link for link, none in zip(listing.links, visits.each(walk, urls, visits.is_none), strict=True) if not none
        ]
        return walk.site.is_article_itself(listing.page, len(links))

    def _is_other(self, listing: Listing, walk: Walk, asked: Further, own: str) -> str:
        """What an answer is, that was asked for as the next page, if it is none of the listing."""
        if own != asked.url and not walk.site.goes_on(own, asked.url, walk.section):
            return "redirected to a page that is none of the listing"
        if self._is_article(listing, walk):
            walk.asked.discard(asked.url)
            return "it is an article"
        return ""

    def _set_aside(self, page: Page, listing: Listing, walk: Walk, asked: Further, source: Source) -> None:
        """Keep the first page of a listing until the sitemaps and archives of the range are read: it is too new."""
        walk.listings += 1
        urls = (walk.site.url(a.get("href"), page.base) for a in links_of(page))
        walk.backfill.set_aside(listing.links, filter(None, urls), lambda: self.read(listing, walk, asked, source))

    def _end(self, walk: Walk, asked: Further) -> Iterator[Further]:
        """A page was answered from an address that was read before: that is the end, unless another leads on."""
        if asked.others or asked.fault:
            yield from self.listed.give_way(walk, asked, "redirected to a page that was read", is_fault=False)

    def _is_day_off(self, walk: Walk, asked: Further, links: list[Link]) -> bool:
        """Whether a page is that of a day without stories, in a listing by day: those before it may have some."""
        is_near = asked.page < self.listed.pages and asked.page - walk.pages <= _DAYS_OFF
        return not links and is_near and not asked.others and dated(asked.url) is not None
