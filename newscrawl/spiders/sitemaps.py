"""How feeds, sitemaps and their indexes are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newscrawl.crawl.sources import Fate, Kind, Source
from newscrawl.crawl.walk import Further, Walk
from newscrawl.listings.index import Child, children_of, later, most_wanted, older
from newscrawl.listings.listing import Holds, Link, Listing
from newscrawl.spiders.listed import Limits, ListedArticles
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import date_of

#: Sitemap indexes one below the other that are followed. The protocol knows one; some sites have two.
_SITEMAP_DEPTH = 2


@dataclass(frozen=True, slots=True)
class SitemapReader:
    """Reads feeds and sitemaps, and asks for the sitemaps that they name, as many as the limits allow."""

    listed: ListedArticles
    report: Report
    limits: Limits

    def read(self, listing: Listing, walk: Walk, asked: Further, source: Source) -> Iterator[Further]:
        """Take up what a feed or sitemap lists; what to read next."""
        if listing.holds is Holds.SITEMAPS:
            children = self._children(listing.links, walk, source)
            yield from self._ask_for_sitemaps(walk, children, source, self.limits.sitemaps, "SITEMAP_LIMIT")
        elif listing.holds is Holds.INDEX:
            yield from self._read_index(listing.links, walk, source)
        else:
            yield from self._read_feed(listing, walk, asked, source)

    def _read_feed(self, listing: Listing, walk: Walk, asked: Further, source: Source) -> Iterator[Further]:
        links = walk.site.of_section(listing, walk.section, whole=walk.whole)
        self._pass_over(listing.links, links, walk, source)
        links = self.listed.worth_asking(links, walk, source)
        known = self.listed.are_known(links, walk)
        shown = self.listed.take_up(links, walk, source)
        if walk.whole and (listing.holds is Holds.ARTICLES or source.page == 1):
            self.listed.note_reach(walk, listing, source.page, shown)
            if walk.pages == source.page - 1 and shown.fresh:
                walk.pages = source.page
        if self.listed.goes_on(walk, source.page, shown):
            for further in self.listed.go_on(listing, walk, asked, known=known):
                walk.named[further.url] = source.kind
                yield further

    def _pass_over(self, named: list[Link], links: list[Link], walk: Walk, source: Source) -> None:
        """Report what a source names and the section does not have."""
        wanted = {link.url for link in links}
        for link in named:
            if link.url not in wanted:
                self.report.passed(source, link.url, walk.site.why_passed(link.url, walk.section))

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
        children = children_of(list(named.values()), lambda link: date_of(link, walk))
        passed = older(children, self.listed.since)
        self._leave((child for child in children if child.link.url in passed), source, Fate.OLDER, "its date")
        beyond = later(named.values(), self.listed.until)
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
            walk.named[child.link.url] = Kind.SITEMAP
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
