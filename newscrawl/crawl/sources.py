"""What each source of a run named, and what became of it. Nothing here knows of Scrapy.

A source is an answer that names articles or further sources: a page of the listing, a feed, a sitemap, an index. Only
numbers are kept, so that memory does not grow with the links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from newscrawl.listings.listing import Holds, Why

#: Sources that are told apart; what others name is counted together.
MOST_SOURCES = 5000
#: Rules that are told apart for one fate of one source.
_MOST_RULES = 10
_LONGEST_TEXT = 500  # characters of an address or a reason that are kept


class Kind(Enum):
    """What a source is."""

    START = "start"
    LISTING = "listing page"
    FEED = "feed"
    SITEMAP = "sitemap"
    INDEX = "sitemap index"
    ROBOTS = "robots.txt"
    NEXT_STORY = "Next Story"
    EARLIER_RUNS = "earlier runs"
    OTHERS = "other sources"


_KINDS = {
    Holds.CARDS: Kind.LISTING,
    Holds.ARTICLES: Kind.FEED,
    Holds.PAGES: Kind.SITEMAP,
    Holds.INDEX: Kind.INDEX,
    Holds.SITEMAPS: Kind.ROBOTS,
}


def kind_of(holds: Holds) -> Kind:
    """What a source is whose links lead to that.

    >>> kind_of(Holds.INDEX)
    <Kind.INDEX: 'sitemap index'>
    """
    return _KINDS[holds]


class Fate(Enum):
    """What became of a link that a source named; its value is what people read, its name in small letters the key."""

    # Asked for
    NEW = "new"
    KNOWN_AGAIN = "known, looked at again"
    READ = "read"
    # Passed over on purpose
    KNOWN = "known"
    OLDER = "older"
    LATER = "later"
    OTHER_SECTION = Why.OTHER_SECTION.value
    OTHER_HOST = Why.OTHER_HOST.value
    NO_ARTICLE = Why.NO_ARTICLE.value
    OTHER_MATTER = Why.OTHER_MATTER.value
    BESIDE = Why.BESIDE.value
    UNDATED = "without a date"
    LISTED = "listed before"
    GONE = "gone"
    DEAD = "dead since an earlier run"
    BEYOND_LIMIT = "beyond limit"
    BEYOND_HOPS = "beyond hops"
    SHARED = "left to the workers"
    # Missing
    NO_ADDRESS = Why.NO_ADDRESS.value
    FORBIDDEN = "forbidden by robots.txt"
    FAILED = "failed"
    NOT_READ = "not read"

    @property
    def key(self) -> str:
        """Its name in JSON.

        >>> Fate.OTHER_SECTION.key
        'other_section'
        """
        return self.name.lower()


#: Links that a run asks for: articles, and of an index or robots.txt, sitemaps (``READ``).
ASKED_FOR = frozenset({Fate.NEW, Fate.KNOWN_AGAIN, Fate.READ})


def fate_of(why: str) -> Fate:
    """The fate of a link that was passed over by :class:`newscrawl.listings.listing.Passed`; other words: no article.

    >>> fate_of("another host"), fate_of("an unheard-of reason")
    (<Fate.OTHER_HOST: 'another host'>, <Fate.NO_ARTICLE: "no article's address">)
    """
    return next((fate for fate in Fate if fate.value == why), Fate.NO_ARTICLE)


def fate_of_failure(reason: str) -> Fate:
    """The fate of a link whose request came to nothing.

    >>> fate_of_failure("Forbidden by robots.txt"), fate_of_failure("HTTP 500")
    (<Fate.FORBIDDEN: 'forbidden by robots.txt'>, <Fate.FAILED: 'failed'>)
    """
    return Fate.FORBIDDEN if reason.startswith("Forbidden by robots.txt") else Fate.FAILED


@dataclass(slots=True)
class Source:
    """A source: page ``page`` of a listing, or how deep a sitemap is below an index.

    ``failed`` is why it was not read, or not to its end; ``""`` where it was.
    """

    number: int
    kind: Kind
    url: str
    page: int = 1
    failed: str = ""
    fates: Counter[Fate] = field(default_factory=Counter)
    rules: dict[Fate, Counter[str]] = field(default_factory=dict)

    @property
    def named(self) -> int:
        """How many links it named."""
        return self.fates.total()

    @property
    def read(self) -> int:
        """How many of them were asked for."""
        return sum(number for fate, number in self.fates.items() if fate in ASKED_FOR)

    @property
    def name(self) -> str:
        """What to call it."""
        page = f" {self.page}" if self.kind is Kind.LISTING else ""
        return f"{self.kind.value}{page}{f' {self.url}' if self.url else ''}"

    def to_dict(self) -> dict[str, Any]:
        """For JSON. ``asked`` and ``passed`` are numbers of links by the keys of their fates, ``rules`` by rules."""
        passed = {fate.key: self.fates[fate] for fate in Fate if self.fates[fate] and fate not in ASKED_FOR}
        asked = {fate.key: self.fates[fate] for fate in Fate if self.fates[fate] and fate in ASKED_FOR}
        return {
            "kind": self.kind.name.lower(),
            "url": self.url,
            "page": self.page,
            "named": self.named,
            "read": self.read,
            "asked": asked,
            "passed": passed,
            "rules": {fate.key: dict(rules) for fate, rules in self.rules.items() if self.fates[fate]},
            "failed": self.failed or None,
        }

    def __str__(self) -> str:
        what = ", ".join(f"{self.fates[fate]} {fate.value}" for fate in Fate if self.fates[fate])
        told = f"{self.named} named{f': {what}' if what else ''}"
        return f"{self.name}: {told}" + (f"; {self.failed}" if self.failed else "")


#: Sources whose links lead to sitemaps.
OF_SITEMAPS = (Kind.INDEX, Kind.ROBOTS)
#: Sources that are there in every run.
_MAYBE = (Kind.NEXT_STORY, Kind.EARLIER_RUNS)
#: Is told of each link: its source, address, fate, and the rule by which.
OnLink = Callable[[Source, str, Fate, str], None]


class Sources:
    """A run's sources, in the order in which they were met.

    >>> sources = Sources()
    >>> page = sources.begin(Kind.LISTING, "https://news.example/world")
    >>> sources.note(page, "https://news.example/world/a-1", Fate.NEW)
    >>> sources.note(page, "https://news.example/sport/b-2", Fate.OTHER_SECTION, "below /sport/")
    >>> page.named, page.read
    (2, 1)
    >>> sources.lines(10)
    ['listing page 1 https://news.example/world: 2 named: 1 new, 1 another section']
    """

    def __init__(self, on_link: OnLink | None = None):
        self.on_link = on_link
        self._all: list[Source] = []
        self._by_place: dict[tuple[Kind, str], Source] = {}

    def __iter__(self) -> Iterator[Source]:
        """All but those that only might have named something: no Next Story, nothing that earlier runs left."""
        return (source for source in self._all if source.fates or source.failed or source.kind not in _MAYBE)

    def begin(self, kind: Kind, url: str = "", page: int = 1) -> Source:
        """The source of a kind at an address; a new one, unless that was met before."""
        url = url[:_LONGEST_TEXT]
        place = (kind, url)
        if place not in self._by_place:
            if len(self._all) >= MOST_SOURCES:
                place, url, page = (Kind.OTHERS, ""), "", 1
            if place not in self._by_place:
                source = Source(len(self._all) + 1, place[0], url, page)
                self._all.append(source)
                self._by_place[place] = source
        return self._by_place[place]

    def note(self, source: Source, url: str, fate: Fate, rule: str = "") -> None:
        """A source named a link, of which that became."""
        source.fates[fate] += 1
        if rule:
            _count_rule(source, fate, rule)
        if self.on_link is not None:
            self.on_link(source, url, fate, rule)

    def fail(self, url: str, reason: str, page: int = 1, kind: Kind = Kind.LISTING) -> None:
        """A source could not be read, or not to its end. ``kind``: of one that was not met before."""
        known = [source for source in self._all if source.url == url[:_LONGEST_TEXT]]
        kind = Kind.ROBOTS if url.endswith("/robots.txt") else kind
        source = known[-1] if known else self.begin(kind, url, page)
        source.failed = source.failed or reason[:_LONGEST_TEXT]

    def turn(self, number: int, fate: Fate, rule: str = "", *, known: bool = False, by: int = 1) -> None:
        """Links of source ``number`` that were asked for, or wait to be, came to something else.

        Number 0 is of no source. ``known``: an earlier run met them.
        """
        if not 0 < number <= len(self._all):
            return
        source = self._all[number - 1]
        for asked in (Fate.KNOWN_AGAIN, Fate.NEW) if known else (Fate.NEW, Fate.KNOWN_AGAIN):
            moved = min(by, source.fates[asked])
            source.fates[asked] -= moved
            source.fates[fate] += moved
            by -= moved
            if rule and moved:
                _count_rule(source, fate, rule, moved)

    def total(self) -> Counter[Fate]:
        """What became of all links together."""
        return sum((source.fates for source in self._all), Counter())

    def to_list(self) -> list[dict[str, Any]]:
        """For JSON."""
        return [source.to_dict() for source in self]

    def lines(self, most: int) -> list[str]:
        """For people: at most so many sources, a line each, and one for the others together."""
        told = list(self)
        shown, rest = told[:most], told[most:]
        if not rest:
            return [str(source) for source in shown]
        others = Source(0, Kind.OTHERS, "", fates=sum((source.fates for source in rest), Counter()))
        failed = sum(bool(source.failed) for source in rest)
        others.failed = f"{failed} of them not read, or not to the end" if failed else ""
        return [*map(str, shown), f"{len(rest)} {others}"]


def _count_rule(source: Source, fate: Fate, rule: str, by: int = 1) -> None:
    rules = source.rules.setdefault(fate, Counter())
    rule = rule[:_LONGEST_TEXT]
    rules[rule if rule in rules or len(rules) < _MOST_RULES else "other rules"] += by
