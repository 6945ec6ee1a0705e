"""Both stores, driven by ``Visits`` through random sections and nights, beside a model in plain Python.

A section is a listing of pages that lead to one another, change, move and fail. Workers list, ask, write, publish and
die, in any order; crawl follows crawl. After each step what is remembered has to be what the model says, each article
that is asked for has to be the one that is due, and all lines of finished files have to be those that the model has.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from newscrawl.addresses import forms
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Walk
from newscrawl.history.database import Failing, History
from newscrawl.history.durable import path_of
from newscrawl.store import Article, Met, Store, Visit
from tests.store import model
from tests.store.crawls import IN_MEMORY, ORIGIN, WORLD, Clock, Emission, Memory, Process, SQLiteMemory, walks_of
from tests.store.model import HOPS, RECHECKS, Asked, Model, Record, Version

SECTION = ("world",)
URLS = [f"{ORIGIN}/world/what-was-said-in-orrin-{10001 * (n + 1)}" for n in range(5)]
URLS += [f"{ORIGIN}/world/orrin/{n}" for n in range(5, 8)]  # which say little
_SITE = walks_of(SECTION)[WORLD].site
KEYS = [_SITE.key(url) for url in URLS]
PAGES = range(len(URLS))
MUCH = {page for page in PAGES if forms.weigh(URLS[page], "world") == forms.MUCH}
_COUNTED = (
    "shown", "found", "settled", "not_modified", "gone", "skipped", "failed", "dead", "same_page", "written", "new",
    "changed",
)  # fmt: skip
_ARTICLE, _GONE, _BROKEN, _NONE, _NONE_FOR_CERTAIN, _WALL = "article", "HTTP 404", "HTTP 500", "none", "certain", "wall"

pages = st.sampled_from(PAGES)
ANSWERS = [_ARTICLE, _ARTICLE, _ARTICLE, _GONE, _BROKEN, _NONE, _NONE_FOR_CERTAIN, _WALL]
#: What happens, and how often beside other things. It is one rule: of several, hypothesis leaves some out.
ACTS = {
    "rewrite": 2, "lead": 1, "name": 1, "answer": 2, "show": 1, "wait": 1, "list": 4, "take": 5, "read": 10, "both": 5,
    "publish": 2, "die": 2, "cut": 1, "revisit": 1, "finish": 2,
}  # fmt: skip


class Answer(NamedTuple):
    """What a page answers: an article, maybe ``None`` where it is as the ``etag`` says, else why there is none."""

    why: str = ""
    article: int = 0
    version: Version | None = None


@dataclass
class World:
    """What is at the addresses: of each page what it answers, how often it was rewritten, and where it leads."""

    answers: dict[int, str] = field(default_factory=lambda: dict.fromkeys(PAGES, _ARTICLE))
    texts: Counter[int] = field(default_factory=Counter)
    leads: dict[int, int | None] = field(default_factory=lambda: dict.fromkeys(PAGES) | {0: 4, 4: 5, 5: 6, 6: 7, 1: 2})
    #: Which article a page says that it is.
    says: dict[int, int] = field(default_factory=lambda: {page: page for page in PAGES})
    listing: list[list[int]] = field(default_factory=lambda: [[0, 1], [1, 2, 3], []])

    def answer(self, page: int, etag: str | None) -> Answer:
        if self.answers[page] != _ARTICLE:
            return Answer(self.answers[page])
        article = self.says[page]
        text = f"{article}.{self.texts[article]}"
        version = Version(text, f'"{page} {text} {self.leads[page]}"', self.leads[page])
        return Answer(article=article, version=None if etag == version.etag else version)


@dataclass
class Worker:
    """One that takes part, the visits that it has in hand and has not read, with what the model calls them."""

    process: Process
    visits: Visits
    unread: list[tuple[Visit, Asked]] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.process.store

    @property
    def walk(self) -> Walk:
        return self.process.walks[WORLD]


class Step(NamedTuple):
    """One thing that is done, to the store and to the model."""

    real: Callable[[], Any]
    model: Callable[[], Any]


class Nights(RuleBasedStateMachine):
    """Crawl after crawl. A subclass says over which memory, and how its workers die."""

    memory: Memory
    clock: Clock

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.clock = self._stack.enter_context(Clock().rules())
        self.memory = self.remember()
        self._stack.callback(self.memory.close)
        self.model = Model(self.clock, is_alone=self.memory.is_alone, says_much=MUCH)
        self.world, self.workers, self.next_worker, self.is_revisited = World(), {}, 0, False
        self.workers: dict[int, Worker] = {}

    def remember(self) -> Memory:
        raise NotImplementedError

    def teardown(self) -> None:
        self._stack.close()

    # The section changes ---------------------------------------------------------------

    def rewrite(self, who: int, page: int, other: int, which: int) -> None:
        """A page says something new."""
        self.world.texts[page] += 1

    def lead(self, who: int, page: int, other: int, which: int) -> None:
        """A page leads to another one, or to none."""
        self.world.leads[page] = None if other == page else other

    def name(self, who: int, page: int, other: int, which: int) -> None:
        """A page names another one as the article that it is, or itself."""
        self.world.says[page] = other if which < 4 else page

    def answer(self, who: int, page: int, other: int, which: int) -> None:
        """A page answers otherwise."""
        self.world.answers[page] = ANSWERS[other]

    def show(self, who: int, page: int, other: int, which: int) -> None:
        """A listing's page shows others."""
        self.world.listing[which % 3] = list({page, other, (page + which) % len(PAGES)})

    def wait(self, who: int, page: int, other: int, which: int) -> None:
        """Nothing happens for a while."""
        self.clock.move(minutes=1 + 10 * which)

    # Workers at work ----------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        self.join()
        self.model.begin(self.workers[0].store.run)
        self.model.join(0)
        self.watch()

    def join(self) -> int:
        """Another process takes part, or begins a crawl; its number."""
        process = self.join_process()
        visits = Visits(HOPS, RECHECKS, process.counts)
        visits.store = process.store
        number, self.next_worker = self.next_worker, self.next_worker + 1
        self.workers[number] = Worker(process, visits)
        return number

    def join_process(self) -> Process:
        return self.memory.join()

    def watch(self) -> None:
        self.observer = self.memory.observer(self.any_worker.process)

    @property
    def any_worker(self) -> Worker:
        return next(iter(self.workers.values()))

    def number(self, choice: int) -> int:
        """Of the workers that are there, one."""
        return list(self.workers)[choice % len(self.workers)]

    def done(self, step: Step) -> None:
        step.real()
        step.model()

    @rule(
        what=st.sampled_from([what for what, often in ACTS.items() for _ in range(often)]),
        who=st.integers(0, 1), page=pages, other=pages, which=st.integers(0, 5),
    )  # fmt: skip
    def act(self, what: str, who: int, page: int, other: int, which: int) -> None:
        """One thing happens."""
        getattr(self, what)(self.number(who), page, other, which)
        self.clock.move(seconds=which)

    def list(self, who: int, page: int, other: int, which: int) -> None:
        self.done(self.listing(who, which % 3))

    def take(self, who: int, page: int, other: int, which: int) -> None:
        self.take_some(who, 1 + which)

    def read(self, who: int, page: int, other: int, which: int) -> None:
        self.read_one(who, which)

    def both(self, who: int, page: int, other: int, which: int) -> None:
        """While one worker makes a change, another one is quicker."""

    def publish(self, who: int, page: int, other: int, which: int) -> None:
        """A worker's file is whole."""

    def die(self, who: int, page: int, other: int, which: int) -> None:
        """A worker is killed."""

    def cut(self, who: int, page: int, other: int, which: int) -> None:
        """A crawl ends before all is done."""

    def take_some(self, number: int, most: int) -> None:
        worker = self.workers[number]
        taken = list(worker.visits.next(most))
        asked = [Asked(KEYS.index(one.key), URLS.index(one.url), one.page, one.known) for one in taken]
        self.model.take(number, asked, most)
        worker.unread += zip(taken, asked, strict=True)

    def read_one(self, number: int, which: int) -> None:
        if self.workers[number].unread:
            self.done(self.reading(number, which))

    def revisit(self, who: int, page: int, other: int, which: int) -> None:
        if self.is_quiet and not self.is_revisited:
            self.take_up(who)

    def take_up(self, number: int) -> None:
        """What earlier crawls left is asked for."""
        worker = self.workers[number]
        rows = [(name, bool(emitted)) for name, _, emitted in worker.store.revisits("world")]
        articles = [_article(name) for name, _ in rows]
        moments = {article: first for first, article, _ in self.model.revisits()}
        assert sorted(
            (moments.get(article), article, emitted) for article, (_, emitted) in zip(articles, rows, strict=True)
        ) == sorted(self.model.revisits())
        assert [emitted for _, emitted in rows] == sorted(emitted for _, emitted in rows)
        for kind in (False, True):
            found = [moments[article] for article, (_, emitted) in zip(articles, rows, strict=True) if emitted is kind]
            assert found == sorted(found, reverse=True)
        list(worker.visits.revisit([worker.walk]))
        self.model.revisit(number, articles)
        self.is_revisited = True

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits, and nothing is in hand: all that was written is published, where that can be."""
        crawl = self.model.crawl
        if self.model.waiting or any(worker.unread for worker in self.workers.values()):
            return False
        return self.memory.is_alone or not any(crawl.hands.values())

    def finish(self, who: int, page: int, other: int, which: int) -> None:
        """All that is left is done, and the next crawl begins after some hours."""
        self.drain()
        if not self.is_revisited:
            self.take_up(who)
            self.drain()
        counts = self.model.crawl.counts
        read = counts["written"] + counts["unchanged"] + counts["not_modified"]
        worker = self.any_worker
        worker.visits.conclude(worker.process.walks, read, counts["skipped"])
        self.model.conclude(read, counts["skipped"])
        state = worker.store.state()
        assert (state.waiting, state.in_hand, state.holds) == (0, 0, False)
        if self.memory.is_alone:
            self.publish_all()
        self.agree()
        self.memory.finish(worker.process)
        self.model.finish()
        self.remembered_alike()
        self.clock.move(hours=[1, 2, 24, 24, 48, 120][which])
        self.begin_again()

    def begin_again(self) -> None:
        self.workers.clear()
        number, self.is_revisited = self.join(), False
        self.model.begin(self.any_worker.store.run)
        self.model.join(number)
        self.watch()

    def drain(self) -> None:
        while not self.is_quiet:
            for number, worker in self.workers.items():
                self.take_some(number, 3)
                while worker.unread:
                    self.read_one(number, 0)
            if not self.memory.is_alone:
                self.publish_all()

    def publish_all(self) -> None:
        for number, worker in self.workers.items():
            self.memory.publish(worker.process)
            self.model.publish(number)

    # What a worker does ---------------------------------------------------------------------

    def listing(self, number: int, page: int) -> Step:
        worker, shown = self.workers[number], self.world.listing[page]
        links = [one for one in shown if not worker.visits.is_none(worker.walk, URLS[one])]
        assert links == [one for one in shown if not self.model.is_none(one)]
        addresses = [(URLS[one], False) for one in links]
        return Step(
            lambda: worker.visits.list_all(worker.walk, addresses, page + 1, 0),
            lambda: self.model.list(links, page + 1),
        )

    def reading(self, number: int, which: int) -> Step:
        worker = self.workers[number]
        visit, asked = worker.unread.pop(which % len(worker.unread))
        condition = worker.visits.condition(worker.walk, visit.key)
        answer = self.world.answer(asked.at, condition.get("If-None-Match"))
        visits, walk, model = worker.visits, worker.walk, self.model
        if answer.why == _GONE and asked.known:
            return Step(lambda: visits.gone(walk, visit), lambda: model.gone(number, asked))
        if answer.why in (_GONE, _BROKEN):
            return Step(lambda: visits.fails(walk, visit, answer.why), lambda: model.fail(number, asked, answer.why))
        if answer.why:
            certain, page = answer.why == _NONE_FOR_CERTAIN, "wall" if answer.why == _WALL else ""
            return Step(
                lambda: visits.skip(walk, visit, certain=certain, page=page),
                lambda: model.skip(number, asked, page, certain=certain),
            )
        version = answer.version
        if version is None:
            return Step(lambda: visits.unchanged(walk, visit), lambda: model.not_modified(number, asked))
        return Step(
            lambda: self.read_article(worker, visit, answer.article, version),
            lambda: model.read(number, asked, answer.article, version),
        )

    def read_article(self, worker: Worker, visit: Visit, number: int, version: Version) -> None:
        """What the spider, the pipelines and the keeper do with an article."""
        store, own = worker.store, worker.walk.name(visit.key)
        worker.visits.follow(worker.walk, visit.key, None if version.next is None else URLS[version.next])
        article = _version(number, version)
        claim = store.claim(article.name, "")
        known = store.recall(article.name)
        if claim.mine and (known is None or known.content_hash != article.content_hash):
            store.emits(article.name, is_changed=known is not None)
            self.memory.write(worker.process, Emission(visit, own, article))
            return

        def drop() -> None:
            if claim.mine:
                store.reread(article)
            if own != article.name:
                store.alias(own, article.name)
            store.end(visit)

        store.do(drop)

    # What is remembered ---------------------------------------------------------------------

    @invariant()
    def agree(self) -> None:
        """The store says of each article what the model does."""
        if not self.workers:
            return
        for article in PAGES:
            name = _SITE.name + "/" + KEYS[article]
            assert self.observer.met(WORLD, KEYS[article]) == self._met(article)
            record, known = self.model.articles.get(article), self.observer.recall(name)
            assert self.observer.first_seen(name) == (record.first if record else "")
            assert self.observer.failing(name) == _failing(record)
            version = Version(known.content_hash, known.etag, _page(known.next_path)) if known else None
            assert version == (record.version if record else None)
            stands_for = self.model.stands_for(article)
            assert self.observer.article_of(name) == (
                None if stands_for is None else f"{_SITE.name}/{KEYS[stands_for]}"
            )  # fmt: skip

    def _met(self, article: int) -> Met | None:
        met = self.model.crawl.met.get(article)
        if met is None:
            return None
        return Met(met.hop, met.listed, met.settled, None if met.next is None else URLS[met.next])

    def remembered_alike(self) -> None:
        with self.memory.history() as history:
            assert remembered(history) == self.model.articles
        lines = [(f"{_SITE.name}/{KEYS[article]}", text) for article, text in self.model.lines]
        assert Counter(self.memory.lines()) == Counter(lines)


class LocalNights(Nights):
    """Of one process each; a crawl dies with it."""

    def remember(self) -> Memory:
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(dir=IN_MEMORY))
        return SQLiteMemory(self.clock, Path(folder), SECTION)

    @invariant()
    def counted_alike(self) -> None:
        for worker in self.workers.values():
            for name in set(_COUNTED) - {"new", "written", "changed"}:
                assert (name, getattr(worker.process.counts, name)) == (name, self.model.crawl.counts[name])

    def cut(self, who: int, page: int, other: int, which: int) -> None:
        """A crawl ends with visits that wait; what is in hand is lost with it."""
        self.publish_all()
        self.memory.finish(self.any_worker.process, status=2, pages=0)
        self.clock.move(hours=1)
        self.begin_again()

    def die(self, who: int, page: int, other: int, which: int) -> None:
        (number, worker) = next(iter(self.workers.items()))
        if which % 2:  # as soon as it knows what to ask for
            self.done(self.listing(number, page % 3))
            self.take_some(number, which)
        before, crawl = self.model, self.model.crawl
        self.memory.die(worker.process)
        self.clock.move(minutes=1)
        self.workers.clear()
        self.join()
        store = self.any_worker.store
        assert isinstance(store, History)
        self._is_saved(remembered(store), before, crawl.written[number])
        before.articles = remembered(store)
        rows = store.db.execute("select key, article from aliases")
        before.aliases = {_article(key): article and _article(article) for key, article in rows}
        before.begin(store.run)
        before.join(self.next_worker - 1)
        self.is_revisited = False
        self.watch()

    def _is_saved(self, found: dict[int, Record], before: Model, written: list[model.Written]) -> None:
        """What must survive a death: all versions, those in the torn file too, and all that was asked for."""
        for article, record in before.articles.items():
            if record.version:
                emitted = found[article].version
                assert emitted is not None
                assert emitted.text == record.version.text or any(one.article == article for one in written)
            assert article in found or article not in before.crawl.asked
        for one in written:
            emitted = found[one.article].version
            assert emitted is not None
            assert emitted.text == one.version.text
            before.lines.append((one.article, one.version.text))


class SharedNights(Nights):
    """Of up to two workers, whose steps come between one another's; one that dies is given up by the other."""

    url: ClassVar[str]

    def remember(self) -> Memory:
        import redis

        from tests.store.redis_crawls import RedisMemory

        with redis.Redis.from_url(self.url) as client:
            client.flushall()
        return RedisMemory(self.clock, self.url, SECTION)

    def join_process(self) -> Process:
        return self.memory.join(hears_twice=self.next_worker % 2 == 1)  # type: ignore[call-arg]

    @invariant()
    def counted_alike(self) -> None:
        if self.workers:
            totals = self.observer.totals()  # type: ignore[attr-defined]
            assert {name: totals.get(name, 0) for name in _COUNTED} == {
                name: self.model.crawl.counts[name] for name in _COUNTED
            }

    def watch(self) -> None:
        """There are two from the first."""
        while len(self.workers) < 2:
            self.model.join(self.join())
        super().watch()

    def publish(self, who: int, page: int, other: int, which: int) -> None:
        self.memory.publish(self.workers[who].process)
        self.model.publish(who)

    def die(self, who: int, page: int, other: int, which: int) -> None:
        from newscrawl.store.redis.session import EndedError

        dead = self.workers.pop(who)
        self.memory.die(dead.process)
        store: Any = dead.store
        assert self.memory.bury(self.any_worker.process) == [str(store.worker)]  # type: ignore[attr-defined]
        self.model.die(who)
        with pytest.raises(EndedError):  # it only slept, and wakes up
            self.memory.publish(dead.process)
        self.watch()

    def both(self, who: int, page: int, other: int, which: int) -> None:
        another = next(number for number in self.workers if number != who)
        slow, quick = self.something(who, page), self.something(another, other)
        with _just_before_a_change(self.workers[who].store, quick.real) as is_done:
            slow.real()
        if is_done:
            quick.model()
            slow.model()
        else:
            slow.model()
            self.done(quick)

    def something(self, number: int, which: int) -> Step:
        """Read a page, if there is one, else a page of the listing."""
        if self.workers[number].unread and which:
            return self.reading(number, which)
        return self.listing(number, which % 3)


@contextmanager
def _just_before_a_change(store: Any, act: Callable[[], Any]) -> Iterator[list[bool]]:
    """Act as soon as a store has decided on a change, and before that is made; gives whether that was so."""
    session, step, done = store.session, store.session.step, []

    def between(name: str, **values: Any) -> Any:
        if name == "apply" and values["expected"] and not done:
            done.append(True)
            act()
        return step(name, **values)

    session.step = between
    try:
        yield done
    finally:
        session.step = step


# In words of the model ------------------------------------------------------------------------


def _article(name: str) -> int:
    return KEYS.index(name.rpartition("/")[2])


def _page(path: str | None) -> int | None:
    return None if path is None else [path_of(url) for url in URLS].index(path)


def _failing(record: Record | None) -> Failing | None:
    if record is None or record.since is None or record.run is None:
        return None
    return Failing(record.since, record.run, record.failure or "")


def _version(article: int, version: Version) -> Article:
    return Article(
        name=f"{_SITE.name}/{KEYS[article]}", path=path_of(URLS[article]), content_hash=version.text,
        headline=f"On {version.text}", paragraph_hash=None,
        next_path=None if version.next is None else path_of(URLS[version.next]), etag=version.etag, last_modified=None,
        date_modified=None, date_published=None, crawled_at="",
    )  # fmt: skip


def remembered(history: History) -> dict[int, Record]:
    """All articles of a history."""
    found = {}
    for row in history.db.execute(
        "select a.key, a.url, a.section, a.listed, a.first_seen, a.failure, a.failing_since, a.failing_run,"
        " a.taken_away, v.content_hash, v.etag, v.next_url from articles a left join versions v on v.id = a.version"
    ):
        key, url, section, listed, first, failure, since, run, taken, text, etag, following = row
        assert section == "world"
        path = _page(url)
        assert path is not None
        version = Version(text, etag, _page(following)) if text else None
        found[_article(key)] = Record(path, first, bool(listed), failure, since, run, taken, version)
    return found


# The tests ------------------------------------------------------------------------------------

FEW = settings(
    derandomize=True, deadline=None, max_examples=10, stateful_step_count=100, database=None,
    suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
)  # fmt: skip
MANY = settings(FEW, max_examples=60, stateful_step_count=120)


@pytest.mark.parametrize("how", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"])
def test_crawls_by_one_process(how):
    run_state_machine_as_test(LocalNights, settings=how)


@pytest.mark.parametrize("how", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"])
def test_crawls_by_many_workers(how, redis_url):
    SharedNights.url = redis_url
    run_state_machine_as_test(SharedNights, settings=how)
