"""A crawl's memory and decisions in plain dicts and sets: what the stores, driven by ``Visits``, are compared with.

It is written from what ``Store`` and the decisions promise. Articles are numbers here, as their addresses are: page
``n`` is at address ``n`` and, unless it has turned out to be another article, article ``n``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from newscrawl.history.database import days_before
from tests.store.crawls import RECHECK_DAYS, Clock

HOPS, RECHECKS = 2, 3
ASIDE, SAME_PAGE = "put aside", "one and the same page as at other addresses"


class Version(NamedTuple):
    """An emitted version: what it says, how the server answered for it, and which page it leads to."""

    text: str
    etag: str | None
    next: int | None


@dataclass
class Record:
    """What is remembered of an article for good; ``path`` is the page where it was found."""

    path: int
    first: str
    listed: bool
    failure: str | None = None
    since: str | None = None
    run: int | None = None
    taken: str | None = None
    version: Version | None = None

    def works(self) -> None:
        self.failure = self.since = self.run = self.taken = None


class Asked(NamedTuple):
    """An article to be asked for at page ``at``."""

    article: int
    at: int
    page: int
    known: bool


@dataclass
class Met:
    """What a crawl knows of an article."""

    hop: int | None = None
    listed: bool = False
    settled: bool = False
    next: int | None = None


class Written(NamedTuple):
    """A line that a worker has written for a visit."""

    visit: Asked
    article: int
    version: Version
    moment: str


@dataclass
class Crawl:
    """What is remembered until a crawl ends."""

    number: int
    started: str
    met: dict[int, Met] = field(default_factory=dict)
    #: What went back to the front, in any order; and what waits behind.
    returned: list[Asked] = field(default_factory=list)
    queue: list[Asked] = field(default_factory=list)
    hands: dict[int, list[Asked]] = field(default_factory=dict)
    #: Articles that are claimed, and by whom; ``None``: for good.
    claims: dict[int, int | None] = field(default_factory=dict)
    written: dict[int, list[Written]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    rechecks: int = 0
    skipped: list[tuple[Asked, str]] = field(default_factory=list)
    none: list[int] = field(default_factory=list)
    #: What was asked for; and workers that emit something.
    asked: set[int] = field(default_factory=set)
    emitting: set[int] = field(default_factory=set)


class Model:
    """One memory. ``is_alone``: each crawl is one process's, and all that it wrote is published at its end.

    ``says_much`` are the pages whose addresses are like an article's.
    """

    def __init__(self, clock: Clock, *, is_alone: bool, says_much: set[int]):
        self.clock, self.is_alone, self.says_much = clock, is_alone, says_much
        self.articles: dict[int, Record] = {}
        self.aliases: dict[int, int | None] = {}
        #: Every line of every finished file.
        self.lines: list[tuple[int, str]] = []
        self._last_news = ""
        self.crawl = Crawl(0, "")

    # Crawl by crawl ------------------------------------------------------------------

    def begin(self, number: int) -> None:
        self.crawl = Crawl(number, self.clock())
        self.believed = days_before(self.clock(), RECHECK_DAYS)
        self.recheck_since = min(self.believed, self._last_news or self.believed)

    def join(self, worker: int) -> None:
        self.crawl.hands[worker], self.crawl.written[worker] = [], []

    def die(self, worker: int) -> None:
        """What a worker had in hand waits before all others, what it wrote is void, and so are its claims."""
        crawl = self.crawl
        crawl.returned += crawl.hands.pop(worker)
        crawl.written.pop(worker)
        crawl.emitting.discard(worker)
        crawl.claims = {article: by for article, by in crawl.claims.items() if by != worker}

    def finish(self) -> None:
        """A complete crawl ends; stories that one with news found are young until the next with news."""
        if self.crawl.counts["written"]:
            self._last_news = self.crawl.started

    # What an address stands for -----------------------------------------------------------

    def stands_for(self, page: int) -> int | None:
        article: int | None = page
        while article in self.aliases:
            article = self.aliases[article]
        return article

    def is_none(self, page: int) -> bool:
        return self.stands_for(page) is None

    def article_at(self, page: int) -> int:
        other = self.stands_for(page)
        return page if page in self.crawl.met or other is None else other

    def _alias(self, name: int, article: int | None) -> None:
        if article is not None:
            self.aliases.pop(article, None)  # it is one
            if record := self.articles.get(name):
                self._find(article, record.path, record.first, listed=record.listed)
        self._forget(name)
        self.aliases[name] = article

    def _find(self, article: int, page: int, moment: str, *, listed: bool) -> Record:
        record = self.articles.setdefault(article, Record(page, moment, listed))
        record.listed |= listed
        return record

    def _forget(self, name: int) -> None:
        if name in self.articles and self.articles[name].version is None:
            del self.articles[name]

    # What is found ------------------------------------------------------------------------

    def list(self, pages: list[int], number: int) -> None:
        """A listing's page ``number`` shows these pages."""
        for page in pages:
            met = self.crawl.met.get(self.article_at(page))
            if met and met.listed:
                continue
            self.crawl.counts["shown"] += 1
            self.crawl.counts["found"] += met is None
            self._reach(page, 0, number, counted=True)

    def _reach(self, page: int | None, hop: int, number: int = 0, *, counted: bool = False) -> None:
        if page is None or hop > HOPS:
            return
        article, crawl = self.article_at(page), self.crawl
        met = crawl.met.get(article) or Met()
        if met.hop is not None and met.hop <= hop:
            return
        if met.hop is None and not met.listed and not counted:
            crawl.counts["found"] += 1
        is_asked_for = met.hop is not None and not met.settled
        crawl.met[article] = met
        met.hop, met.listed = hop, met.listed or hop == 0
        if is_asked_for and hop == 0:
            self._find(article, page, self.clock(), listed=True)
        elif not is_asked_for and (hop == 0 or not met.settled):
            self._look(article, page, met, number)
        if is_asked_for or met.settled:  # its page was read before, or is known
            self._reach(met.next, hop + 1)

    def _look(self, article: int, page: int, met: Met, number: int) -> None:
        record, version, hop = self.articles.get(article), self._emitted(article), met.hop
        assert hop is not None
        if version and version.next is not None:
            met.next = version.next
        is_again = bool(record and version) and self._may_change(record, hop)  # type: ignore[arg-type]
        settled = version is not None and not is_again
        self.crawl.counts["settled"] += settled - met.settled
        met.settled = settled
        if not settled:
            self.crawl.queue.append(Asked(article, page, number, version is not None))
        if not settled or (hop == 0 and record and not record.listed):
            self._find(article, page, self.clock(), listed=hop == 0)

    def _emitted(self, article: int) -> Version | None:
        record = self.articles.get(article)
        return record.version if record else None

    def _may_change(self, record: Record, hop: int) -> bool:
        """Whether a known story is young and, of these, one of the few that are looked at again."""
        if record.first < self.recheck_since or (hop and record.listed) or self.crawl.rechecks >= RECHECKS:
            return False
        self.crawl.rechecks += 1
        return True

    # What is asked for ----------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        return len(self.crawl.returned) + len(self.crawl.queue)

    def take(self, worker: int, taken: list[Asked], most: int) -> None:
        """A worker took these: raises ``AssertionError`` unless it should have."""
        crawl = self.crawl
        assert len(taken) == min(most, self.waiting)
        back = taken[: len(crawl.returned)]
        for visit in back:
            crawl.returned.remove(visit)
        rest = taken[len(back) :]
        assert rest == crawl.queue[: len(rest)]
        del crawl.queue[: len(rest)]
        crawl.hands[worker] += taken
        crawl.asked |= {visit.article for visit in taken}

    def revisits(self) -> list[tuple[str, int, bool]]:
        """When it was found, article, and whether it was emitted, of those that a crawl's end may ask for."""
        return [
            (record.first, article, record.version is not None)
            for article, record in self.articles.items()
            if record.first >= self.recheck_since and record.failure != ASIDE
        ]

    def revisit(self, worker: int, articles: list[int]) -> None:
        """A worker takes up what earlier crawls left, in this order."""
        has_news = worker in self.crawl.emitting or self.crawl.counts["written"] > 0
        for article in articles:
            record, met = self.articles[article], self.crawl.met.get(article)
            if met and not met.settled:
                continue
            if record.version and not (has_news and self._may_change(record, 0)):
                continue
            self.crawl.counts["settled" if met else "found"] += -1 if met else 1
            met = self.crawl.met.setdefault(article, Met())
            met.hop, met.settled = HOPS, False
            self.crawl.queue.append(Asked(article, record.path, 0, known=True))

    # What becomes of it ------------------------------------------------------------------------

    def end(self, worker: int, visit: Asked) -> None:
        self.crawl.hands[worker].remove(visit)

    def _follow(self, article: int, page: int | None) -> None:
        met = self.crawl.met.get(article)
        if met is None or met.hop is None:
            return
        met.next = met.next if page is None else page
        if met.next is not None:
            self._reach(met.next, met.hop + 1)

    def not_modified(self, worker: int, visit: Asked) -> None:
        self.crawl.counts["not_modified"] += 1
        if record := self.articles.get(visit.article):
            record.works()
        self._follow(visit.article, None)
        self.end(worker, visit)

    def read(self, worker: int, visit: Asked, article: int, version: Version) -> None:
        """A visit's page is an article, maybe another one."""
        self._follow(visit.article, version.next)
        crawl, record = self.crawl, self.articles.get(article)
        if article in crawl.claims:
            self._is(visit, article)
        elif record and record.version and record.version.text == version.text:
            crawl.claims[article] = None
            crawl.counts["unchanged"] += 1
            record.works()
            record.version = version
            self._is(visit, article)
        else:
            crawl.claims[article] = worker
            crawl.emitting.add(worker)
            crawl.written[worker].append(Written(visit, article, version, self.clock()))
            if self.is_alone:
                self._is(visit, article)
            return
        self.end(worker, visit)

    def _is(self, visit: Asked, article: int) -> None:
        if article != visit.article:
            self._alias(visit.article, article)

    def gone(self, worker: int, visit: Asked) -> None:
        self.crawl.counts["gone"] += 1
        if record := self.articles.get(visit.article):
            record.failure, record.taken = ASIDE, record.taken or self.clock()
        self._forget(visit.article)
        self.end(worker, visit)

    def fail(self, worker: int, visit: Asked, reason: str) -> None:
        self.crawl.counts["dead" if self._note_failure(visit.article, reason) else "failed"] += 1
        self.end(worker, visit)

    def _note_failure(self, article: int, reason: str) -> bool:
        """Whether the link was dead before."""
        record = self.articles.get(article)
        if record is None:
            return False
        is_dead = (
            record.since is not None
            and record.run is not None
            and record.run < self.crawl.number
            and (reason == "HTTP 404" or record.since < self.believed)
        )
        record.failure, record.since = reason, record.since or self.clock()
        record.run = record.run or self.crawl.number
        return is_dead

    def skip(self, worker: int, visit: Asked, page: str, *, certain: bool) -> None:
        """A page is no article; ``page`` stands for it."""
        self.crawl.counts["skipped"] += 1
        self.crawl.counts["found"] -= 1
        record, article = self.articles.get(visit.article), visit.article
        if page:
            self.crawl.skipped.append((visit, page))
        if certain and record and record.first < self.believed:
            self.crawl.none.append(article)
        elif visit.at not in self.says_much and record:
            record.failure = ASIDE
        self.end(worker, visit)

    def conclude(self, read: int, skipped: int) -> None:
        """What skipped pages mean beside one another."""
        for page in {page for _, page in self.crawl.skipped}:
            same = [visit for visit, one in self.crawl.skipped if one == page]
            if len(same) >= (2 if all(visit.at in self.says_much for visit in same) else 3):
                for visit in same:
                    is_dead = self._note_failure(visit.article, SAME_PAGE)
                    self.crawl.counts["dead" if is_dead else "same_page"] += 1
        if skipped <= 9 * read:
            for article in self.crawl.none:
                self._alias(article, None)

    # What is emitted -----------------------------------------------------------------------------

    def publish(self, worker: int) -> None:
        """A worker's file is whole."""
        crawl = self.crawl
        for visit, article, version, moment in crawl.written[worker]:
            if not self.is_alone:
                self._is(visit, article)
            record = self._find(article, article, moment if self.is_alone else self.clock(), listed=False)
            crawl.counts["written"] += 1
            crawl.counts["changed" if record.version else "new"] += 1
            assert record.version is None or record.version.text != version.text  # nothing is repeated
            record.works()
            record.version = version
            crawl.claims[article] = None
            self.lines.append((article, version.text))
            self.end(worker, visit)
        crawl.written[worker].clear()
