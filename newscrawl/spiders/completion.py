"""How other sources complete a listing: feeds that its page names, sitemaps that robots.txt names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, compress
from typing import NamedTuple
from urllib.parse import urlsplit

from scrapy.http import Response

from newscrawl import listings
from newscrawl.addresses import forms
from newscrawl.crawl.completion import Waiting, is_of_section, oldest, wanted_at_least, wanted_since
from newscrawl.crawl.sources import Fate, Kind, Source, kind_of
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Further, Walk
from newscrawl.listings.index import children_of, most_wanted, older
from newscrawl.listings.listing import Holds, Link, Listing
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import answer_of, last_moment_of
from newscrawl.timelimit import TookTooLong, page_time_limit

_ROBOTS = "/robots.txt"
_COMPLETES = "only completes the listing"
_DEPTH = 3  # sitemaps below an index, below an index
#: What is in the names of sitemaps of other pages than stories.
_OTHER_PAGES = re.compile(r"categor|tag|author|page|video|image|topic|gallery|static|user|profile")


class _Named(NamedTuple):
    """A story of the section that a source names: its date, and whether the listing shows it."""

    link: Link
    date: datetime | None
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Completer:
    """Compares the listings with other sources, ``requests`` of them for each walk, and takes up what they lack.

    ``pages`` and ``since`` are the run's arguments; a source that takes longer than ``page_time`` seconds of CPU fails.
    """

    visits: Visits
    report: Report
    requests: int
    pages: int
    since: datetime | None
    page_time: float

    def further(self, walk: Walk) -> list[Further]:
        """The source of a walk to read next, if another one is needed: one at a time."""
        state = walk.completion
        if not self._is_wanted(walk):
            return []
        if not state.has_begun:
            state.begin(self._named(walk))
        if not state.waiting and not state.is_whole and self._is_missing(walk):
            state.begin(url for url in chain(*walk.site.alternatives(walk.section)) if not url.endswith(_ROBOTS))
        while state.requests < self.requests and state.waiting:
            one = state.waiting.popleft()
            if one.url in walk.asked:
                self._named_by(one, Fate.LISTED)
            else:
                state.requests += not one.url.endswith(_ROBOTS)
                self._named_by(one, Fate.READ)
                return [Further(one.url, one.depth, completes=True)]
        return []

    def conclude(self, walk: Walk) -> None:
        """No other source of a walk is asked for: what still waits only completes the listing."""
        for one in walk.completion.waiting:
            self._named_by(one, Fate.BESIDE, _COMPLETES)
        walk.completion.waiting.clear()

    def _named_by(self, one: Waiting, fate: Fate, rule: str = "") -> None:
        """What became of a source, if an index named it."""
        if one.source is not None:
            self.report.named(one.source, one.url, fate, rule)

    def _is_wanted(self, walk: Walk) -> bool:
        """Whether a walk's listing was read, and no source has gone back as far as is wanted."""
        was_read = walk.pages > 0 and (not walk.whole or walk.reach.is_open)
        return self.requests > 0 and was_read and not walk.is_barren and not walk.completion.is_covered

    def _named(self, walk: Walk) -> Iterable[str]:
        """The feeds that the page names, then the sitemaps that robots.txt names, those for news first.

        At the publisher's own host, not a copy's, also what its description names.
        """
        robots = f"{walk.site.origin}{_ROBOTS}"
        named = self.report.sitemaps(robots)
        return sources_named(walk, [robots] if named is None else news_first(walk, named))

    def _is_missing(self, walk: Walk) -> bool:
        """Whether stories are plainly missing: worth a look at the usual addresses."""
        return bool(walk.more) or walk.reach.is_open

    # What they answer ------------------------------------------------------------

    def read(self, response: Response, walk: Walk, asked: Further) -> None:
        """Read a source, and let the sitemaps wait that it names."""
        try:
            with page_time_limit(self.page_time):
                self._read(response, walk, asked)
        except (TookTooLong, ValueError) as error:
            self.failed(walk, asked, str(error))

    def failed(self, walk: Walk, asked: Further, reason: str) -> None:
        """A source did not answer: nothing is known to be missing for that."""
        self.report.logger.info("%s does not complete the listing (%s)", asked.url, reason)
        kind = Kind.FEED if asked.url in walk.feeds else Kind.SITEMAP
        self.report.sources.begin(kind, asked.url, asked.page).failed = reason

    def _read(self, response: Response, walk: Walk, asked: Further) -> None:
        answer = answer_of(response, walk, asked)
        listing = listings.read(answer, walk.site)
        if listing.holds is Holds.CARDS:
            raise ValueError("neither a feed nor a sitemap")
        source = self.report.sources.begin(kind_of(listing.holds), asked.url, asked.page)
        source.failed = source.failed or listing.cut
        for passed in listing.passed:
            self.report.passed(source, passed.url, passed)
        if listing.holds in (Holds.SITEMAPS, Holds.INDEX):
            self._let_wait(listing, walk, source)
        else:
            self._take_up(listing, walk, source)

    def _let_wait(self, listing: Listing, walk: Walk, source: Source) -> None:
        """Let those of an index's sitemaps wait that may tell of the days that are wanted, the newest first."""
        children = children_of(listing.links, lambda link: last_moment_of(link, walk))
        passed = older(children, self._since(walk, (), ()))
        wanted = [child.link.url for child in most_wanted(children) if child.link.url not in passed]
        wanted.sort(key=lambda url: rank(url, walk.section))
        for url in passed:
            self.report.named(source, url, Fate.OLDER, "its date")
        depth = source.page + (listing.holds is Holds.INDEX)
        room = max(0, self.requests - walk.completion.requests) if depth <= _DEPTH else 0
        for url in wanted[room:]:
            self.report.named(source, url, Fate.BESIDE, _COMPLETES)
        walk.completion.waiting.extendleft(Waiting(url, depth, source) for url in reversed(wanted[:room]))

    def _take_up(self, listing: Listing, walk: Walk, source: Source) -> None:
        """Take up the section's stories that the listing does not show, as far back as they are wanted."""
        named, is_certain = self._of_section(listing, walk, source)
        known = self.visits.each(walk, [one.link.url for one in named], self.visits.was_known)
        listed = [one.date for one in named if one.is_listed and one.date]
        before = [one.date for one, is_known in zip(named, known, strict=True) if is_known and one.date]
        is_new = listing.holds is Holds.ARTICLES and not any(known)  # a feed of what came since the last complete run
        since = self._since(walk, listed, oldest(listed) if is_new else before)
        if is_new and walk.reach.is_open:
            since = self.since
        everything = bool(walk.more) and self.visits.store.complete is None
        self._note_reach(walk, named, since, was_known=any(known), is_certain=is_certain)
        self._go_on(listing, walk, source)
        most = self._most(walk, listing) if everything else len(named)
        for one in named:
            fate, rule = self._fate(one, listing, since, everything=everything)
            if fate is Fate.NEW and most <= 0:
                fate, rule = Fate.OLDER, "beyond what as many pages would show"
            if fate is Fate.NEW:
                fate = self._add(one.link, walk, source)
                most -= 1
            self.report.named(source, one.link.url, fate, rule)

    def _go_on(self, listing: Listing, walk: Walk, source: Source) -> None:
        """Where stories are plainly missing, let the next page of a feed wait."""
        if listing.holds is Holds.ARTICLES and self._is_missing(walk) and (url := listing.next):
            if source.url in walk.completion.own:
                walk.completion.own.add(url)
            walk.completion.waiting.appendleft(Waiting(url, source.page + 1))

    def _most(self, walk: Walk, listing: Listing) -> int:
        size = walk.reach.listed // max(1, walk.pages)
        return len(listing.links) if listing.holds is Holds.ARTICLES else wanted_at_least(self.pages, size)

    def _fate(self, one: _Named, listing: Listing, since: datetime | None, *, everything: bool) -> tuple[Fate, str]:
        """What becomes of a story: ``NEW``, if it is wanted."""
        is_feed = listing.holds is Holds.ARTICLES
        if one.is_listed:
            return Fate.LISTED, ""
        if everything and not self.since:
            return Fate.NEW, ""
        if one.date is None or since is None:
            return (Fate.NEW, "") if is_feed or everything else (Fate.UNDATED, "")
        return (Fate.OLDER, "older than what the listing has to show") if one.date < since else (Fate.NEW, "")

    def _add(self, link: Link, walk: Walk, source: Source) -> Fate:
        """Take up a story that no listing page shows."""
        key = self.visits.key(walk, link.url)
        if self.visits.is_none(walk, link.url):
            return Fate.OTHER_MATTER
        walk.completion.is_whole = True
        if self.visits.recall(walk, key):
            return Fate.KNOWN
        walk.completion.added.add(key)
        return self.visits.list(walk, link.url, 0, source.number, older=False)

    def _note_reach(
        self, walk: Walk, named: Sequence[_Named], since: datetime | None, *, was_known: bool, is_certain: bool
    ) -> None:
        """Note whether a source goes back as far as is wanted, and names all that the listing shows, and nothing else.

        ``was_known``: the last complete run knew one of its stories. ``is_certain``: none of those that it names
        besides may be the section's.
        """
        state = walk.completion
        shown = sum(one.is_listed and self.visits.key(walk, one.link.url) not in state.added for one in named)
        state.is_whole |= is_certain and 0 < walk.reach.listed <= shown
        if walk.more and self.visits.store.complete is None:
            return  # each source may have others of the rest
        if was_known or _go_back(named, since):
            state.is_covered = True
            state.is_whole |= is_certain
            walk.reach.close()

    # Of which section ------------------------------------------------------------

    def _of_section(self, listing: Listing, walk: Walk, source: Source) -> tuple[list[_Named], bool]:
        """The section's stories, the newest first; what else a source names is passed over.

        And whether that is certain to be none of the section's.
        """
        urls = [link.url for link in listing.links]
        shown = set(compress(urls, self.visits.each(walk, urls, self.visits.is_listed)))
        stories = [link for link in listing.links if link.url in shown or is_story(link, listing, walk)]
        named = [_Named(link, last_moment_of(link, walk), link.url in shown) for link in stories]
        named.sort(key=lambda one: one.date or datetime.min.replace(tzinfo=UTC), reverse=True)
        is_own = _is_own(source.url, walk) or is_of_section([one.is_listed for one in named])
        if is_own:
            walk.completion.own.add(source.url)
        found = [one for one in named if one.is_listed or is_own or is_within_section(one.link.url, walk)]
        taken = {one.link.url for one in found}
        for link in listing.links:
            if link.url not in taken:
                self.report.passed(source, link.url, walk.site.why_passed(link.url, walk.section))
        return found, len(found) == len(named) or _tells_section(walk)

    # When ------------------------------------------------------------------------

    def _since(self, walk: Walk, listed: Iterable[datetime], known: Sequence[datetime]) -> datetime | None:
        cards = (last_moment_of(link, walk) for link in walk.reach.links)
        dates = [*walk.reach.dates, *listed, *filter(None, cards)]
        return wanted_since(dates, known, self.visits.store.complete, self.since)


def sources_named(walk: Walk, of_robots: Iterable[str]) -> list[str]:
    """The feeds that the first page names, then the sitemaps ``of_robots``.

    At the publisher's own host, not a copy's, also what its description names.
    """
    is_own = walk.site.tells_sections and not walk.site.is_copy
    described = chain(*walk.site.alternatives(walk.section)) if is_own else ()
    return list(dict.fromkeys([*walk.feeds, *described, *of_robots]))


def is_story(link: Link, listing: Listing, walk: Walk) -> bool:
    """Whether an address that a source names may be a story's, of whichever section."""
    if walk.site.is_article(link.url, walk.section):
        return True
    is_said = link.is_article or listing.holds is Holds.ARTICLES
    return is_said and not walk.site.tells_sections and forms.weigh(link.url, walk.section) > forms.NONE


def _is_own(url: str, walk: Walk) -> bool:
    """Whether a source is known as the section's own."""
    return url in walk.completion.own or is_feed_of_section(url, walk)


def is_feed_of_section(url: str, walk: Walk) -> bool:
    """Whether a source is a feed that the section's page names, below the section's path."""
    path = walk.section.partition("?")[0]
    return url in walk.feeds and bool(path) and "?" not in walk.section and forms.is_within(url, path)


def is_within_section(url: str, walk: Walk) -> bool:
    """Whether an address says for certain that it is the section's."""
    if walk.site.tells_sections:
        return walk.site.is_article(url, walk.section)
    section = walk.reach.folder if walk.whole else walk.section
    return bool(section) and "?" not in section and forms.is_within(url, section)


def _tells_section(walk: Walk) -> bool:
    """Whether all stories of the listing are below the section's path, so that others are of other sections."""
    return walk.site.tells_sections or (bool(walk.section) and forms.is_within(f"/{walk.reach.folder}/", walk.section))


def news_first(walk: Walk, named: Iterable[str]) -> list[str]:
    urls = filter(None, map(walk.site.url, named))
    return sorted(urls, key=lambda url: "news" not in urlsplit(url).path)


def rank(url: str, section: str) -> int:
    """How likely a sitemap has the section's stories, by its name: 0 is the likeliest."""
    name = urlsplit(url).path.rpartition("/")[2].lower()
    step = section.partition("?")[0].rpartition("/")[2].lower()
    if step and step in name:
        return 0
    if "news" in name:
        return 1
    return 3 if _OTHER_PAGES.search(name) else 2


def _go_back(named: Sequence[_Named], since: datetime | None) -> bool:
    """Whether any of a source's stories is older than what is wanted."""
    return since is not None and any(one.date is not None and one.date < since for one in named)
