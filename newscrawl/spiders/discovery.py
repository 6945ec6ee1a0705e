"""Where a run's articles are found: listings, what stands in for them, and what completes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl import decisions
from newscrawl.crawl.walk import Further, Walk
from newscrawl.reasons import is_gone
from newscrawl.spiders.backfill import Backfiller
from newscrawl.spiders.completion import Completer
from newscrawl.spiders.listings import ListingReader
from newscrawl.spiders.report import Report


@dataclass(frozen=True, slots=True)
class Discovery:
    """Gives each answer to the reader that asked for it, and tells what else of a walk is to be read."""

    report: Report
    listings: ListingReader
    completer: Completer
    backfiller: Backfiller

    def read(self, response: Response, walk: Walk, asked: Further, *, is_start: bool) -> list[Further]:
        """Read a listing, or a source besides it; what to read next."""
        if asked.completes:
            self.completer.read(response, walk, asked)
        elif asked.fills:
            self.backfiller.read(response, walk, asked)
        else:
            return self.listings.read(response, walk, asked, is_start=is_start)
        return []

    def failed(self, failure: Failure, reason: str, walk: Walk, asked: Further) -> Iterable[Further]:
        """A listing, or a source besides it, did not answer: what to read in its place."""
        if asked.completes:
            self.completer.failed(walk, asked, reason)
        elif asked.fills:
            self.backfiller.failed(walk, asked, reason, is_gone=is_gone(failure))
        else:
            return self.listings.failed(failure, reason, walk, asked)
        return ()

    def other_sources(self, walk: Walk) -> list[Further]:
        """What to read of a walk besides its listing: one stage after the other."""
        if walk.is_unreachable:
            return []
        if filled := self.backfiller.further(walk):
            return filled
        if decisions.is_range_read(walk.backfill.stage, walk.pages):
            return []
        return self.alternatives(walk) or self.completion(walk)

    def alternatives(self, walk: Walk) -> list[Further]:
        """When no listing of a walk showed an article: the feeds and sitemaps."""
        return [] if walk.is_unreachable else self.listings.alternatives(walk)

    def completion(self, walk: Walk) -> list[Further]:
        """When a walk's listing was read: a feed or sitemap that may have stories which it does not show."""
        return self.completer.further(walk)

    def conclude(self, walk: Walk) -> None:
        """All that may complete a walk's listing was read: report what it has besides, if nothing gave that."""
        self.completer.conclude(walk)
        if walk.more and not walk.completion.is_whole:
            self.report.listing_has_more(walk, walk.more_at, walk.more)
        walk.more = ""

    def hole(self, walk: Walk) -> str:
        """A clause on the stories that a walk's listing may have shown since the last complete run; mostly ``""``."""
        return self.listings.listed.hole(walk)

    def may_read_on(self, walk: Walk) -> bool:
        """Whether more ``pages`` can close a walk's hole: until then, later runs go back as far as this one had to."""
        return self.listings.listed.may_read_on(walk)

    def facts(self, walk: Walk) -> dict[str, Any]:
        """How the reading of a walk's listings went, for the crawls to come and for the ending.

        ``pages`` is how many have nothing on them that was not emitted or is not noted; 0: that is not known.
        """
        store = self.listings.visits.store
        pages = store.pages if walk.held else walk.pages
        return {
            "pages": 0 if self.may_read_on(walk) else pages,
            "listed": walk.reach.listed,
            "listings": walk.listings,
            "front": walk.front.hexdigest() if walk.listings else "",
            "holes": self.left([walk]),
            "words": self.report.counts.take_words(),
        }

    def left(self, walks: Iterable[Walk]) -> list[str]:
        """Clauses on what was not read of some walks."""
        told = [(self.hole(walk), self.backfiller.left(walk)) for walk in walks]
        return [clause for clauses in told for clause in clauses if clause]
