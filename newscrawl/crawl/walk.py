"""The reading of one section at one site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newscrawl.crawl.backfill import Backfill
from newscrawl.crawl.completion import Completion
from newscrawl.crawl.reach import Reach
from newscrawl.crawl.sources import Kind
from newscrawl.sites import NewsSite


class Further(NamedTuple):
    """A listing to be read: its address, and which page of the listing it is, or how deep below an index.

    ``others`` are addresses that may be that page's if this one is not. ``fault`` tells of the first address that could
    not be read, and why. ``completes``: it is a feed or sitemap that completes the listing; ``fills``: one of past days
    that is read in its place.
    """

    url: str
    page: int
    others: tuple[str, ...] = ()
    fault: tuple[str, str] | None = None
    completes: bool = False
    fills: bool = False


@dataclass(slots=True)
class Walk:
    """The reading of one section at one site."""

    site: NewsSite
    section: str
    #: Answers read as listing: pages, feeds, sitemaps; and whether any article was met.
    listings: int = 0
    met: bool = False
    #: What was asked for since robots.txt, an index or a feed named it: sitemaps, and a feed's further pages;
    #: and what they are.
    named: dict[str, Kind] = field(default_factory=dict)
    #: Feeds and sitemaps that were asked for since the listing gave no article.
    stand_ins: dict[str, Kind] = field(default_factory=dict)
    #: Articles taken up, to be asked for or known; and pages among them that turned out to be none.
    taken: int = 0
    skipped: int = 0
    #: Listing pages with cards that were read one after the other, from the first on.
    pages: int = 0
    #: How far back its listing was read.
    reach: Reach = field(default_factory=Reach)
    #: The feeds that its first page names; and how far these and the site's sitemaps completed it.
    feeds: list[str] = field(default_factory=list)
    completion: Completion = field(default_factory=Completion)
    #: How far the sitemaps and archives of a range that is past were read.
    backfill: Backfill = field(default_factory=Backfill)
    #: How many stages of these were turned to; and whether it has to, since a reader that died did so.
    stages: int = 0
    must_turn: bool = False
    alternatives: Iterator[list[str]] = field(default_factory=lambda: iter(()))
    #: Whether no connection to its host came about: then no other address there is tried.
    is_unreachable: bool = False
    #: The next listing page, held back while this one shows nothing new or changed.
    held: Further | None = None
    #: Stands for the articles that the first listing page, feed or sitemap showed.
    front: hashlib._Hash = field(default_factory=hashlib.sha256)
    #: What the listing has besides what it has given, as a clause, where it gives no address of it; and its page that
    #: says so.
    more: str = ""
    more_at: str = ""
    #: What its first page needs to show anything, as a clause, until a feed or sitemap has stood in for it.
    scripted: str = ""
    #: How its first page says that there is more, and that page's address, until page 2 has shown some.
    said: tuple[str, str] = ("", "")
    #: Whether its pages show a story that the last complete run knew.
    meets_known: bool = False
    #: The name to give an article's section when its page has none.
    title: str = ""
    #: Addresses of listing pages that this process asked for; and those that others did, which it may yet have to.
    asked: set[str] = field(default_factory=set)
    asked_elsewhere: set[str] = field(default_factory=set)
    #: Whether everything that a feed or sitemap has is wanted, since the walk began at one.
    whole: bool = False
    #: Whether listings led to its articles; else, in others' archives, the pages alone speak for themselves.
    listed: bool = True
    id: str = field(init=False)

    def __post_init__(self) -> None:
        self.id = f"{self.site.origin}/{self.section}"

    @property
    def is_barren(self) -> bool:
        """Whether nothing that was met is an article, so far."""
        return self.must_turn or not self.met or 0 < self.taken <= self.skipped

    @property
    def listing_addresses(self) -> set[str]:
        """Addresses that anybody asked for as a listing."""
        return self.asked | self.asked_elsewhere if self.asked_elsewhere else self.asked

    def name(self, key: str) -> str:
        """An article's name in the history."""
        return f"{self.site.name}/{key}"

    def learned(self) -> dict[str, Any]:
        """What the listings have taught about the site, which the reading of its articles needs."""
        asked = sorted(self.listing_addresses)
        return self.site.learned() | {"title": self.title, "whole": self.whole, "asked": asked}

    def learn(self, learned: Mapping[str, Any]) -> None:
        """Know what the listings have taught another process."""
        self.site.learn(learned)
        self.title, self.whole = learned["title"], learned["whole"]
        # Not as if this process had asked for them: when their reader dies, it has to.
        self.asked_elsewhere |= set(learned["asked"])

    def further(self, urls: list[str]) -> list[str]:
        """Those of some listings' addresses that were not asked for yet."""
        return [url for url in urls if url not in self.asked]
