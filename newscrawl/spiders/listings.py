"""How listings are read: their articles are taken up, and what they lead on to is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl import listings
from newscrawl.browser.scripted import RENDERED
from newscrawl.crawl.sources import Kind, kind_of
from newscrawl.crawl.walk import Further, Walk
from newscrawl.listings.listing import Holds
from newscrawl.reasons import is_gone
from newscrawl.spiders.listed import ListedArticles
from newscrawl.spiders.pages import PageReader
from newscrawl.spiders.requests import answer_of
from newscrawl.spiders.sitemaps import SitemapReader
from newscrawl.timelimit import TookTooLong, page_time_limit

#: What servers answer besides 404 where a list has no such page.
_BEYOND = ("HTTP 400", "HTTP 416", "HTTP 422")
#: In the path of a feed.
_FEED = re.compile(r"\b(?:rss|atom|feeds?)\b", re.IGNORECASE)


class ListingReader:
    """Reads answers as listings: pages of cards, or feeds and sitemaps in their place."""

    def __init__(self, listed: ListedArticles):
        self.listed, self.visits, self.report = listed, listed.visits, listed.report
        self._pages = PageReader(listed, listed.report)
        self._sitemaps = SitemapReader(listed, listed.report, listed.limits)

    def read(self, response: Response, walk: Walk, asked: Further, *, is_start: bool) -> list[Further]:
        """Read a page of a listing, or a feed or sitemap in its place; what to read next."""
        further: list[Further] = []
        try:
            with page_time_limit(self.listed.limits.page_time):
                further += self._read(response, walk, asked, is_start=is_start)
        except TookTooLong as error:  # maybe with some of its articles taken up
            self.report.listing_cut(asked.url, str(error))
        except ValueError as error:
            further += self.listed.give_way(walk, asked, str(error), is_fault=True)
        return further

    def start(self, walk: Walk, url: str) -> None:
        """Begin at an article."""
        self.listed.start(walk, url)

    def alternatives(self, walk: Walk) -> list[Further]:
        """When no listing of a walk showed an article: the feeds and sitemaps."""
        stage: list[str] = next(filter(None, walk.alternatives), []) if walk.is_barren else []
        urls = walk.further(stage)
        if urls:
            walk.stages += 1
            told = ", ".join(urls)
            self.report.logger.warning(
                "The listing of %s/%s gave no article; trying %s", walk.site.origin, walk.section, told
            )
        walk.stand_ins.update((url, _kind_by_name(url, walk)) for url in urls)
        return [Further(url, 1) for url in urls]

    def revisit(self, walks: Iterable[Walk]) -> None:
        """Take up what earlier runs found and the listings of this one do not show."""
        source = self.report.sources.begin(Kind.EARLIER_RUNS)
        for url, fate in self.visits.revisit(walks, source.number):
            self.report.named(source, url, fate)

    def _read(self, response: Response, walk: Walk, asked: Further, *, is_start: bool) -> Iterator[Further]:
        answer = answer_of(response, walk, asked)
        if walk.site.leads_astray(asked.url, response.url):
            is_expected = asked.page == 1 or asked.url in walk.named  # the page behind the last may lead there
            yield from self.listed.give_way(walk, asked, "redirected to the front page", is_fault=is_expected)
            return
        listing = listings.read(answer, walk.site)
        if RENDERED in response.flags:  # what loads by script was loaded, as far as so many pages
            listing = replace(listing, find_more=str)
            # Whoever gives pages knows that it ends there.
            walk.reach.loaded = self.listed.pages if self.listed.reads_on else 0
        own = walk.site.url(response.url) or response.url
        if listing.holds is Holds.CARDS and (instead := self._pages.instead(listing, walk, asked, own)) is not None:
            yield from instead
            return
        kind = kind_of(listing.holds)
        if listing.holds is Holds.CARDS and not listing.links:  # what sites answer whatever they do not have
            kind = walk.stand_ins.get(asked.url, kind)
        source = self.report.sources.begin(kind, asked.url, asked.page)
        if listing.cut:
            self.report.listing_cut(asked.url, listing.cut)
        for link in listing.passed:
            self.report.passed(source, link.url, link)
        if listing.holds is Holds.CARDS:
            yield from self._pages.read(listing, walk, asked, source)
            return
        if is_start:
            walk.whole, walk.title = True, walk.site.feed_title(walk.title)
        yield from self._sitemaps.read(listing, walk, asked, source)

    def failed(self, failure: Failure, reason: str, walk: Walk, further: Further) -> Iterator[Further]:
        """A listing did not answer: what to read in its place."""
        is_end = is_gone(failure) or reason in _BEYOND
        is_expected = further.page == 1 or further.url in walk.named
        yield from self.listed.give_way(walk, further, reason, is_fault=is_expected or not is_end)


def _kind_by_name(url: str, walk: Walk) -> Kind:
    """What stands in for a listing, as far as that can be told before it is read."""
    if url.endswith("/robots.txt"):
        return Kind.ROBOTS
    is_feed = url in walk.feeds or _FEED.search(urlsplit(url).path)
    return Kind.FEED if is_feed else Kind.SITEMAP
