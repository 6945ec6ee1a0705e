"""What a crawl reports of what it read: counts, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from logging import LoggerAdapter
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler

from newscrawl.crawl.counts import Counts, LateStats
from newscrawl.crawl.sources import ASKED_FOR, OF_SITEMAPS, Fate, Kind, Source, Sources, fate_of
from newscrawl.crawl.walk import Walk
from newscrawl.crawl.walks import Walks
from newscrawl.listings.listing import Passed
from newscrawl.plural import counted
from newscrawl.program import argument
from newscrawl.signals import article_failed, listing_failed
from newscrawl.store import Visit


class Report:
    """Counts in a run's statistics, and reports pages that could not be read, by log and signals.

    Where one of the addresses fails that the ``walks`` begin at, the section could not be read.
    """

    def __init__(self, crawler: Crawler, walks: Walks, logger: LoggerAdapter[Any]):
        self._crawler = crawler
        self._walks = walks
        self.logger = logger
        self.counts = Counts(LateStats(crawler))
        self.sources = Sources()
        #: Whether robots.txt forbids an address, where that is told before it is asked for.
        self.forbids: Callable[[str], bool] = lambda _: False
        #: Why a link is dead, where that is told before it is asked for.
        self.is_dead: Callable[[str], str] = lambda _: ""
        #: The sitemaps that an address's robots.txt names, ``None`` where it was not read.
        self.sitemaps: Callable[[str], list[str] | None] = lambda _: None

    def named(self, source: Source, url: str, fate: Fate, rule: str = "") -> None:
        """A source named a link, of which that became, by that rule."""
        if fate in ASKED_FOR and self.forbids(url):
            fate, rule = Fate.FORBIDDEN, ""
        elif fate is Fate.NEW and (reason := self.is_dead(url)):
            fate, rule = Fate.DEAD, reason
        self.sources.note(source, url, fate, rule)
        if fate is Fate.NOT_READ and source.kind in OF_SITEMAPS:
            self.counts.sitemaps_not_read += 1
        elif fate is Fate.NOT_READ:
            self.counts.not_read += 1

    def passed(self, source: Source, url: str, passed: Passed) -> None:
        """A source named a link that the run does not ask for."""
        self.named(source, url, fate_of(passed.why), passed.rule)

    def turned(self, visit: Visit, fate: Fate, rule: str = "") -> None:
        """An article that was asked for came to that."""
        self.sources.turn(visit.source, fate, rule, known=visit.known)

    def left(self, waiting: Mapping[int, int], *, limited: bool) -> None:
        """The run ends, and so many articles wait to be asked for, by the numbers of their sources."""
        for source, number in waiting.items():
            self.sources.turn(source, Fate.BEYOND_LIMIT if limited else Fate.NOT_READ, by=number)
        if limited:
            self.counts.limited = True
            self.counts.beyond_limit += sum(waiting.values())
        else:
            self.counts.not_read += sum(waiting.values())

    def article_failed(self, url: str, reason: str) -> None:
        """An article could not be read."""
        self.logger.warning("Failed: %s (%s)", url, reason)
        self._crawler.signals.send_catch_log(article_failed, url=url, reason=reason)

    def listing_failed(self, page: int, url: str, reason: str) -> None:
        """Page ``page`` of a listing could not be read."""
        self._not_read(url, "could not be read", reason, page)
        if page > 1 or self.is_named(url):
            self.counts.listing_failed += 1
        elif self._is_start(url):
            self.counts.refused = f"{self._walks.as_given(url)}: {reason}"
            if self._has_another(url):
                self.counts.start_refused = self.counts.refused

    def listing_cut(self, url: str, reason: str) -> None:
        """A listing was read as far as a bound: it may list more stories."""
        self._not_read(url, "was not read to the end", reason)
        self.counts.listing_failed += 1
        if self._is_start(url):
            self.counts.cut = f"{self._walks.as_given(url)}: {reason}"

    def _not_read(self, url: str, what: str, reason: str, page: int = 1) -> None:
        self.logger.warning("%s %s (%s)", url, what, reason)
        self.sources.fail(url, reason, page, self._kind(url))
        self._crawler.signals.send_catch_log(listing_failed, url=url, reason=reason)

    def listing_has_more(self, walk: Walk, url: str, more: str) -> None:
        """A listing has more than it gave, and gives no address of that: its page at ``url`` says so, in a clause."""
        shown = counted(walk.taken, "article")
        listing = f"the listing {walk.site.origin}/{walk.section} shows {shown}"
        advice = f"give its feed or sitemap as a further start, or run once with {argument('pages', 1)} to accept that"
        clause = f"{listing} and {more}, and the rest of its stories was not read; {advice}"
        self.logger.warning("%s", clause)
        self.sources.fail(url, more)
        self.counts.more = [*self.counts.more, clause]

    def _kind(self, url: str) -> Kind:
        """What a source is that did not answer, by how the run came to ask for it."""
        kinds = (walk.named.get(url) or walk.stand_ins.get(url) for walk in self._walks.values())
        return next(filter(None, kinds), Kind.LISTING)

    def is_named(self, url: str) -> bool:
        """Whether robots.txt, an index or a feed named what was asked for: it should be there."""
        return any(url in walk.named for walk in self._walks.values())

    def unreachable(self, url: str, says: str) -> None:
        """No connection came about to the host of a start."""
        self.counts.unreachable = (urlsplit(url).netloc, says)

    def _has_another(self, url: str) -> bool:
        """Whether the walk that begins at an address begins at others, too, so that nothing stands in for it."""
        return any(len(self._walks.starts_of(walk)) > 1 for walk, start in self._walks.starts if start == url)

    def _is_start(self, url: str) -> bool:
        return any(url == start for _, start in self._walks.starts)
