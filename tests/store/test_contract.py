"""What every store promises, held by each of them: the tests of :class:`Contract` run once a backing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.history import runs
from newscrawl.history.database import Failing, Known
from newscrawl.store import Claim, Met, Reader, Store, Text, Visit
from tests.store.crawls import (
    ORIGIN,
    SECTIONS,
    SPORT,
    WORLD,
    Clock,
    Emission,
    Memory,
    Process,
    SQLiteMemory,
    article,
    name_of,
    visit_of,
)

A, B, C, D = map(name_of, "abcd")
MET = Met(2, listed=True, settled=False, next_url=f"{ORIGIN}/b")


class Crawls:
    """Crawls by one process, one after the other; ``store`` is that of the last."""

    def __init__(self, memory: Memory):
        self.memory, self.clock = memory, memory.clock
        self.process: Process = memory.join()

    @property
    def store(self) -> Store:
        return self.process.store

    def find(self, *keys: str, section: str = "world", listed: bool = True) -> None:
        """Let a listing show articles."""
        for key in keys:
            self.store.found(name_of(key), f"/{section}/{key}", section, listed=listed)

    def take(self, *visits: Visit) -> None:
        """Have visits in hand."""
        for visit in visits:
            self.store.wait(visit)
        assert [(one.walk, one.key) for one in self.store.take(100)] == [(one.walk, one.key) for one in visits]

    def write(self, key: str, text: str = "", own: str = "", **changes: str | None) -> None:
        """Emit an article, maybe for a visit to its ``own`` address."""
        visit, version = visit_of(own or key, page=1), article(key, text, **changes)
        self.take(visit)
        assert self.store.claim(version.name, "").mine
        known = self.store.recall(version.name)
        self.store.emits(version.name, is_changed=known is not None and known.content_hash != version.content_hash)
        self.memory.write(self.process, Emission(visit, name_of(own or key), version))

    def end(self, status: int = 0, pages: int = 3) -> None:
        """Publish, and end the crawl."""
        self.memory.publish(self.process)
        self.memory.finish(self.process, status, pages)

    def next(self, status: int = 0, pages: int = 3, hours: float = 24.0) -> Store:
        """The next crawl's store, some hours after this one has ended."""
        self.end(status, pages)
        self.clock.move(hours=hours)
        self.process = self.memory.join()
        return self.store

    def emit(self, key: str, text: str = "", own: str = "", **changes: str | None) -> Store:
        """Find an article, emit it, and begin the next crawl; that one's store."""
        self.find(own or key)
        self.write(key, text, own, **changes)
        return self.next()


class Contract(ABC):
    """The tests; a subclass gives a store."""

    @pytest.fixture
    @abstractmethod
    def memory(self) -> Iterator[Memory]: ...

    @pytest.fixture
    def crawls(self, memory: Memory) -> Iterator[Crawls]:
        yield Crawls(memory)
        memory.close()

    @pytest.fixture
    def store(self, crawls: Crawls) -> Store:
        return crawls.store

    # One change ------------------------------------------------------------------

    def test_a_change_gives_what_it_gives_and_reads_what_it_wrote(self, store):
        def change() -> tuple[Met | None, str | None, int, Text | None, bool]:
            store.meet(WORLD, "a", MET)
            store.note("leads", A, "there")
            store.add("claiming", "paper")
            store.tell(A, Text("one", "two"))
            store.found(A, "/world/a", "world", listed=False)
            return (
                store.met(WORLD, "a"), store.noted("leads", A), store.added("claiming", "paper"), store.text(A),
                store.is_found(A),
            )  # fmt: skip

        expected = (MET, "there", 1, Text("one", "two"), True)
        assert store.do(change) == expected
        assert store.met(WORLD, "a") == MET
        assert store.added("claiming", "paper") == 1

    def test_a_change_within_a_change_is_part_of_it(self, store):
        def inner() -> int:
            store.add("rechecks", "")
            return store.added("rechecks", "")

        assert store.do(lambda: [store.do(inner), store.do(inner)]) == [1, 2]
        assert store.added("rechecks", "") == 2

    def test_what_is_expected_is_as_it_is(self, store):
        store.meet(WORLD, "a", MET)
        store.found(A, "/world/a", "world", listed=True)
        store.alias(B, A)
        store.expect([(WORLD, "a", A), (WORLD, "b", B), (WORLD, "c", C)])
        assert store.do(lambda: [store.met(WORLD, key) for key in "abc"]) == [MET, None, None]
        assert store.do(lambda: [store.article_of(name) for name in (A, B, C)]) == [A, A, C]
        assert store.do(lambda: [store.is_found(name) for name in (A, B, C)]) == [True, False, False]

    # The articles that this crawl has met ------------------------------------------

    def test_what_was_met_is_told_by_walk_and_key(self, store):
        store.meet(WORLD, "a", MET)
        assert store.met(WORLD, "a") == MET
        assert store.met(SPORT, "a") is store.met(WORLD, "b") is None
        unlisted = Met(None, listed=False, settled=True, next_url=None)
        store.meet(WORLD, "a", unlisted)
        assert store.met(WORLD, "a") == unlisted

    def test_visits_come_out_once_in_the_order_they_went_in(self, store):
        visits = [
            Visit(walk, key, f"{walk}/{key}", page, known=key == "a", check=key == "c")
            for page, (walk, key) in enumerate([(WORLD, "b"), (SPORT, "a"), (WORLD, "c")])
        ]
        for visit in visits:
            store.wait(visit)
        assert store.take(0) == []
        assert [*store.take(2), *store.take(2), *store.take(2)] == visits

    def test_how_many_visits_wait(self, store):
        assert (store.state().waiting, store.waiting) == (0, 0)
        for key in "abc":
            store.wait(visit_of(key))
        assert (store.state().waiting, store.waiting) == (3, 3)
        store.take(2)
        assert (store.state().waiting, store.waiting) == (1, 1)

    def test_a_visit_may_wait_again_after_it_has_ended(self, store):
        for _ in range(2):
            store.wait(visit_of("a"))
            (visit,) = store.take(1)
            store.end(visit)
        assert store.take(1) == []

    def test_the_first_claim_of_an_article_counts(self, store):
        assert store.claim(A, "what it says") == Claim(mine=True)
        assert store.claim(A, "another") == Claim(mine=False, text="what it says")
        assert store.claim(A, "what it says") == Claim(mine=False, text="what it says")
        assert store.claim(B, "").mine
        assert store.claim(B, "something") == Claim(mine=False, text="")

    # What pages say of one another --------------------------------------------------

    def test_the_last_text_of_an_address_is_remembered(self, store):
        assert store.text(A) is None
        store.tell(A, Text.of("One", "First."))
        store.tell(A, Text.of("Two", "Second."))
        assert store.text(A) == Text.of("two", " second. ")
        assert store.text(B) is None

    def test_notes_are_told_by_kind_and_name(self, store):
        store.note("claimed", A, "1")
        store.note("leads", A, "")
        store.note("claimed", A, "3 and more")
        assert [store.noted(kind, name) for kind in ("claimed", "leads", "wrong") for name in (A, B)] == [
            "3 and more", None, "", None, None, None,
        ]  # fmt: skip

    def test_what_is_counted_is_added(self, store):
        assert store.added("wrong", "paper") == 0
        for by in (1, 3, 0):
            store.add("wrong", "paper", by)
        store.add("claiming", "paper")
        store.add("wrong", "")
        assert [store.added("wrong", "paper"), store.added("claiming", "paper"), store.added("wrong", "")] == [4, 1, 1]

    def test_what_is_kept_is_given_once_in_its_order(self, store):
        values = ["b", ["a", 1, None, True], {"deep": [1.5]}, "b"]
        for value in values:
            store.keep("taken away", value)
        store.keep("none", A)
        assert store.kept("taken away") == values
        assert store.kept("taken away") == []
        store.keep("taken away", "later")
        assert store.kept("taken away") == ["later"]
        assert store.kept("none") == [A]
        assert store.kept("nothing") == []

    # What a crawl forgets at its end ---------------------------------------------------

    def test_the_next_crawl_knows_nothing_of_what_was_met(self, crawls):
        store = crawls.store
        store.meet(WORLD, "a", MET)
        store.claim(A, "")
        store.tell(A, Text("one", "two"))
        store.note("leads", A, "there")
        store.add("rechecks", "")
        store.keep("none", A)
        store.emits(A, is_changed=True)
        store.revisited()
        first, store = store.run, crawls.next()
        assert store.run > first
        assert store.met(WORLD, "a") is store.text(A) is store.noted("leads", A) is None
        assert store.added("rechecks", "") == 0
        assert store.kept("none") == []
        assert not store.is_news(A)
        assert not store.has_news
        assert not store.state().is_revisited
        assert store.claim(A, "").mine

    # What earlier crawls noted ------------------------------------------------------

    def test_only_an_emitted_article_is_recalled(self, crawls):
        crawls.find("a", "b")
        first = crawls.clock()
        crawls.clock.move(minutes=5)
        crawls.write("a", next_path="/world/b", last_modified="Sun, 01 Mar 2026 04:00:00 GMT")
        assert crawls.store.recall(A) is None  # not before its file counts
        store = crawls.next()
        known = store.recall(A)
        assert known is not None
        assert known.file is not None
        assert known == Known(
            "hash of a", first, True, known.file, "/world/b", '"a"', "Sun, 01 Mar 2026 04:00:00 GMT"
        )  # fmt: skip
        assert store.recall(B) is store.recall(C) is None

    def test_what_is_published_counts_in_the_same_crawl(self, crawls):
        crawls.find("a")
        crawls.write("a")
        crawls.memory.publish(crawls.process)
        known = crawls.store.recall(A)
        assert known is not None
        assert known.content_hash == "hash of a"

    def test_the_last_version_counts(self, crawls):
        store = crawls.emit("a", next_path="/world/b", last_modified="then")
        first = store.first_seen(A)
        store = crawls.emit("a", "news")
        known = store.recall(A)
        assert known is not None
        assert (known.content_hash, known.first_seen, known.etag) == ("hash of news", first, '"news"')
        assert (known.next_path, known.last_modified) == (None, None)

    def test_an_article_is_found_once_and_listed_from_then_on(self, crawls):
        store = crawls.store
        assert (store.first_seen(A), store.is_found(A)) == ("", False)
        first = crawls.clock()
        crawls.find("a", listed=False)
        crawls.clock.move(hours=1)
        store.found(A, "/world/elsewhere", "sport", listed=True)
        crawls.clock.move(hours=1)
        crawls.find("a", listed=False)
        assert (store.first_seen(A), store.is_found(A)) == (first, True)
        store.due_since = store.recheck_since = ""
        assert _rows(store, "world") == [(A, "/world/a", False)]
        assert _rows(store, "sport") == []
        crawls.write("a")
        known = crawls.next().recall(A)
        assert known is not None
        assert (known.listed, known.first_seen) == (True, first)

    def test_one_that_only_chains_have_met_is_not_listed(self, crawls):
        crawls.find("a", listed=False)
        crawls.write("a")
        known = crawls.next().recall(A)
        assert known is not None
        assert not known.listed

    def test_an_emitted_article_is_never_gone(self, crawls):
        crawls.find("b")
        store = crawls.emit("a")
        for name in (A, B, C):
            store.gone(name)
        assert store.recall(A)
        assert store.is_found(A)
        assert not store.is_found(B)
        assert _rows(store, "world") == [(A, "/world/a", True)]

    # Aliases ------------------------------------------------------------------------

    def test_a_name_stands_for_itself_until_it_is_known_better(self, crawls):
        crawls.find("a", "b", "c")
        store = crawls.store
        store.alias(A, B)
        store.alias(C, None)
        for _ in range(2):
            assert [store.article_of(name) for name in (A, B, C, D)] == [B, B, None, D]
            assert [store.is_found(name) for name in (A, B, C)] == [False, True, False]
            store = crawls.next()

    def test_aliases_of_aliases(self, store):
        store.alias(A, B)
        store.alias(B, C)
        assert [store.article_of(name) for name in (A, B, C)] == [C, C, C]
        store.alias(C, None)
        assert [store.article_of(name) for name in (A, B, C)] == [None, None, None]
        store.alias(C, D)
        assert store.article_of(C) == D

    def test_an_alias_that_turns_out_to_be_the_article(self, store):
        store.alias(A, B)
        store.alias(B, A)
        assert [store.article_of(name) for name in (A, B)] == [A, A]
        store.alias(C, B)
        store.alias(D, C)
        assert [store.article_of(name) for name in (A, C, D)] == [A, C, C]

    def test_what_an_alias_stands_for_once_that_is_an_article_after_all(self, store):
        store.alias(A, B)
        store.alias(B, C)
        store.alias(D, B)
        assert [store.article_of(name) for name in (A, B, D)] == [B, B, B]

    def test_an_article_was_met_when_its_alias_was(self, crawls):
        store, first = crawls.store, crawls.clock()
        crawls.find("a")
        crawls.clock.move(hours=1)
        store.alias(A, B)
        assert store.first_seen(B) == first
        crawls.find("c", listed=False)
        crawls.find("d")
        crawls.clock.move(hours=1)
        store.alias(D, C)
        assert store.first_seen(C) > first
        store.due_since = ""
        assert {name for name, _, _ in _rows(store, "world")} == {B, C}

    def test_an_emitted_articles_alias_takes_nothing_from_it(self, crawls):
        store = crawls.emit("a")
        store.alias(A, B)
        assert store.recall(A)
        assert store.article_of(A) == B

    def test_one_that_is_emitted_for_anothers_address(self, crawls):
        first = crawls.clock()
        crawls.find("a")
        crawls.clock.move(hours=1)
        crawls.write("b", own="a")
        store = crawls.next()
        known = store.recall(B)
        assert known is not None
        assert (known.first_seen, known.listed) == (first, True)
        assert store.article_of(A) == B
        assert not store.is_found(A)

    # What comes to nothing --------------------------------------------------------------

    def test_since_when_an_address_comes_to_nothing(self, crawls):
        crawls.find("a")
        store, first = crawls.store, crawls.clock()
        assert store.failing(A) is None
        store.fail(A, "HTTP 500")
        run = store.run
        assert store.failing(A) == Failing(first, run, "HTTP 500")
        store = crawls.next()
        store.fail(A, "HTTP 404")
        assert store.failing(A) == Failing(first, run, "HTTP 404")
        assert crawls.next().failing(A) == Failing(first, run, "HTTP 404")

    def test_what_was_not_found_does_not_fail(self, store):
        store.fail(A, "HTTP 404")
        store.put_aside(A)
        store.take_away(A)
        assert store.failing(A) is None
        assert not store.is_found(A)

    @pytest.mark.parametrize("how", ["unchanged", "reread", "published"])
    def test_it_does_so_until_it_does_not(self, crawls, how):
        store = crawls.emit("a")
        store.fail(A, "HTTP 404")
        store.put_aside(A)
        store.take_away(A)
        if how == "unchanged":
            store.unchanged(A)
        elif how == "reread":
            store.reread(article("a"))
        else:
            crawls.write("a", "news")
            crawls.memory.publish(crawls.process)
        assert store.failing(A) is None
        store.due_since = store.recheck_since = ""
        assert _rows(store, "world") == [(A, "/world/a", True)]  # no more put aside

    def test_one_that_was_found_again_still_fails(self, crawls):
        crawls.find("a")
        crawls.store.fail(A, "HTTP 404")
        crawls.find("a")
        assert crawls.store.failing(A)

    def test_what_was_taken_away(self, crawls):
        crawls.find("b")
        store = crawls.emit("a")
        since = crawls.clock()
        for name in (A, B):
            store.take_away(name)
        store.due_since = store.recheck_since = ""
        assert _rows(store, "world") == []
        assert (store.is_found(A), store.is_found(B)) == (True, False)
        assert store.recall(A)
        crawls.next().take_away(A)
        crawls.end()
        with crawls.memory.history() as history:
            found = history.db.execute("select key, taken_away from articles").fetchall()
        assert [tuple(row) for row in found] == [(A, since)]

    def test_what_was_put_aside_is_found_by_listings_alone(self, crawls):
        crawls.find("a", "b")
        store = crawls.store
        store.put_aside(A)
        assert store.is_found(A)
        assert _rows(store, "world") == [(B, "/world/b", False)]
        store.fail(A, "HTTP 500")  # a listing showed it, and now it may be an article
        assert {name for name, _, _ in _rows(store, "world")} == {A, B}

    # Known articles that were read again --------------------------------------------------

    def test_how_the_server_answered_counts_for_the_known_version(self, crawls):
        before = crawls.emit("a", next_path="/world/b", last_modified="then").recall(A)
        version = article("a", etag='"later"', next_path="/world/c", last_modified=None, date_modified="2026-03-02")
        crawls.store.reread(version._replace(content_hash="not this", headline="Not this"))
        after = crawls.next().recall(A)
        assert before is not None
        assert after is not None
        assert (after.content_hash, after.first_seen, after.file) == (
            before.content_hash, before.first_seen, before.file,
        )  # fmt: skip
        assert (after.etag, after.next_path, after.last_modified) == ('"later"', "/world/c", None)
        assert crawls.store.tells(A, "On a", None)

    def test_one_that_was_not_emitted_is_not_reread(self, crawls):
        crawls.find("b")
        for name in "bc":
            crawls.store.reread(article(name))
        assert crawls.store.recall(B) is crawls.store.recall(C) is None
        assert not crawls.store.is_found(C)

    def test_nor_unchanged(self, crawls):
        crawls.find("b")
        for name in (B, C):
            crawls.store.unchanged(name)
        assert crawls.store.recall(B) is crawls.store.recall(C) is None
        assert not crawls.store.is_found(C)

    # The last complete crawl ------------------------------------------------------------

    def test_before_the_first_complete_crawl_nothing_was_known(self, crawls):
        crawls.find("a")
        assert not crawls.store.was_known(A)
        store = crawls.next(status=1)
        assert store.complete is None
        assert not store.was_known(A)

    def test_what_the_last_complete_crawl_had_met_was_known(self, crawls):
        crawls.find("a")
        crawls.write("a")
        store, complete = crawls.next(), crawls.store.run - 1
        crawls.find("b")  # by one that fails
        assert store.complete is not None
        assert (store.complete.run, store.complete.pages, store.pages) == (complete, 3, 3)
        assert [store.was_known(name) for name in (A, B, C)] == [True, False, False]
        store = crawls.next(status=1)
        crawls.find("c")
        assert [store.was_known(name) for name in (A, B, C)] == [True, False, False]
        store = crawls.next()
        assert [store.was_known(name) for name in (A, B, C, D)] == [True, True, True, False]

    def test_how_long_stories_are_young(self, crawls):
        assert crawls.store.believed_before == "2026-02-26T04:00:00Z"  # RECHECK_DAYS before it began
        assert crawls.store.due_since == crawls.store.recheck_since == crawls.store.believed_before
        first = crawls.clock()
        store = crawls.emit("a")
        assert store.due_since == store.recheck_since == "2026-02-27T04:00:00Z"
        store = crawls.next(hours=24 * 20)  # without news
        assert store.believed_before == "2026-03-19T04:00:00Z"
        assert store.due_since == store.recheck_since == first  # which nobody has looked at since
        crawls.end()

    def test_how_the_last_crawls_went(self, crawls):
        began = crawls.clock()
        crawls.end(status=2)
        crawls.clock.move(hours=1)
        crawls.process = crawls.memory.join()
        recent = crawls.store.recent()
        complete = runs.last_complete(recent, ",".join(SECTIONS))
        assert complete is not None
        assert (complete.started, complete.pages, complete.listed) == (began, 3, 10)
        assert runs.pages_read(recent, "another") == 0

    # Likenesses --------------------------------------------------------------------------

    def test_an_article_tells_what_its_last_version_says(self, crawls):
        crawls.find("b")
        crawls.emit("a", "old", paragraph_hash="p1")
        store = crawls.emit("a", "new", paragraph_hash="p2")
        assert store.tells(A, "On new", None)
        assert store.tells(A, "", "p2")
        assert not store.tells(A, "On old", "p1")
        assert not store.tells(A, "", None)
        assert not store.tells(B, "On b", None)
        assert not store.tells(C, "", None)

    def test_emitted_articles_with_one_headline_or_paragraph(self, crawls):
        for key, headline, paragraph in [("a", "X", None), ("b", "Y", "p"), ("c", "X", "p"), ("d", "Z", None)]:
            crawls.find(key)
            crawls.write(key, headline=headline, paragraph_hash=paragraph)
            crawls.next()
        store = crawls.store
        assert store.alike("paper.example", "X", None) == [(C, "/world/c"), (A, "/world/a")]
        assert store.alike("paper.example", "X", "p") == [(C, "/world/c"), (B, "/world/b"), (A, "/world/a")]
        assert store.alike("paper.example", "no one's", "p") == [(C, "/world/c"), (B, "/world/b")]
        assert store.alike("paper.example", "no one's", None) == []
        assert store.alike("paper", "X", "p") == store.alike("other.example", "X", "p") == []
        crawls.write("a", "rewritten", headline="W", paragraph_hash="p")
        store = crawls.next()
        assert store.alike("paper.example", "X", None) == [(C, "/world/c")]
        assert [name for name, _ in store.alike("paper.example", "W", "p")] == [A, C, B]

    def test_of_many_alike_the_last_twenty(self, crawls):
        for key in ("a", *"bcdefghijklmnopqrstuvwxyz"[:20]):
            crawls.find(key)
            crawls.write(key, headline="X")
            if key == "a":
                crawls.next()
        found = [name for name, _ in crawls.next().alike("paper.example", "X", None)]
        assert sorted(found) == sorted(map(name_of, "bcdefghijklmnopqrstu"))

    # What a crawl's end asks for -----------------------------------------------------------

    def test_what_is_asked_for_at_the_end_in_its_order(self, crawls):
        for key in "abcd":
            crawls.find(key)
            crawls.clock.move(minutes=1)
        crawls.find("e", section="sport")
        for key in "bd":
            crawls.write(key)
        store = crawls.next()
        assert _rows(store, "world") == [
            (C, "/world/c", False), (A, "/world/a", False), (D, "/world/d", True), (B, "/world/b", True),
        ]  # fmt: skip
        assert _rows(store, "sport") == [(name_of("e"), "/sport/e", False)]
        assert _rows(store, "") == []

    def test_how_far_it_goes_back(self, crawls):
        moments = []
        for key in "abcd":
            crawls.find(key)
            moments.append(crawls.clock())
            crawls.clock.move(minutes=1)
        crawls.write("b")
        crawls.write("c")
        store = crawls.next()
        store.due_since, store.recheck_since = moments[1], moments[2]  # both belong to the time
        assert [name for name, _, _ in _rows(store, "world")] == [D, C]
        store.recheck_since = "9999"
        assert [name for name, _, _ in _rows(store, "world")] == [D]
        store.due_since = crawls.clock()
        assert _rows(store, "world") == []

    # Sources of past days --------------------------------------------------------------------

    def test_sources_that_were_read_whole(self, crawls):
        began, days = crawls.clock(), "2024-07-01 2024-07-31"
        crawls.store.finish_source(WORLD, days, f"{ORIGIN}/a.xml")
        crawls.clock.move(minutes=5)
        crawls.store.finish_source(WORLD, days, f"{ORIGIN}/b.xml")
        store = crawls.next(hours=24 * 30)
        before = store.due_since
        assert store.finished_sources(WORLD, "2024-08-01 2024-08-31") == set()
        assert store.finished_sources(SPORT, days) == set()
        assert store.due_since == before
        assert store.finished_sources(WORLD, days) == {f"{ORIGIN}/a.xml", f"{ORIGIN}/b.xml"}
        assert store.due_since == began

    def test_and_what_is_asked_for_already_is_so_on(self, crawls):
        crawls.store.finish_source(WORLD, "days", f"{ORIGIN}/a.xml")
        store = crawls.next(hours=1)
        before = store.due_since
        assert store.finished_sources(WORLD, "days")
        assert store.due_since == before

    # News ------------------------------------------------------------------------------------

    def test_what_this_crawl_emits(self, crawls):
        store = crawls.emit("a")
        assert not store.has_news
        assert not store.changed_on(WORLD, 1)
        crawls.write("a", "news")
        assert store.has_news
        assert store.is_news(A)
        assert not store.is_news(B)

    def test_what_is_due(self, crawls):
        known = crawls.emit("a").recall(A)
        assert known is not None
        assert known.file is not None
        store = crawls.store
        assert not store.is_due(known)
        store.replaced.add(known.file)
        assert store.is_due(known)
        store.replaced.clear()
        store.again = True
        assert store.is_due(known)

    # The listings ----------------------------------------------------------------------------

    def test_who_reads_the_listings(self, store):
        state = store.state()
        assert not state.are_finished or not state.readers
        assert state.readers.get(WORLD, Reader.NOBODY) is Reader.NOBODY
        assert store.read(WORLD)
        assert store.state().readers[WORLD] is Reader.THIS
        store.listed(WORLD)
        assert store.state().readers[WORLD] is Reader.THIS  # which may read on
        assert store.read(WORLD, 1)
        for walk in (WORLD, SPORT):
            assert store.read(walk)
            store.listed(walk, {"front": ""})
        state = store.state()
        assert state.readers[WORLD] is state.readers[SPORT] is Reader.FINISHED
        assert state.are_finished

    def test_how_reading_them_went(self, store):
        facts = {"pages": 3, "listed": 40, "front": "abc", "holes": ["one"], "more": None}
        assert store.facts() == {}
        assert store.read(WORLD)
        store.listed(WORLD)
        assert store.facts() == {}
        store.listed(WORLD, facts)
        assert store.facts() == {WORLD: facts}

    def test_how_far_the_crawl_is(self, store):
        state = store.state()
        assert (state.waiting, state.in_hand, state.is_quiet, state.is_closed) == (0, 0, state.is_quiet, False)
        assert not state.holds
        assert not state.is_revisited
        store.revisited()
        assert store.state().is_revisited


class TestSQLite(Contract):
    @pytest.fixture
    def memory(self, clock: Clock, tmp_path: Path) -> Iterator[Memory]:
        yield SQLiteMemory(clock, tmp_path)

    def test_left_visits_are_told_by_their_sources(self, store):
        for source in (2, 1, 2):
            store.wait(visit_of("a")._replace(source=source))
        assert store.left() == {1: 1, 2: 2}


class TestRedis(Contract):
    @pytest.fixture
    def memory(self, clock: Clock, empty_redis_url: str) -> Iterator[Memory]:
        from tests.store.redis_crawls import RedisMemory

        yield RedisMemory(clock, empty_redis_url)

    def test_left_visits_are_others(self, store):
        store.wait(visit_of("a")._replace(source=1))
        assert store.left() == {}

    def test_a_visit_in_hand_is_not_quiet_unless_it_is_held(self, store):
        store.wait(visit_of("a"))
        (visit,) = store.take(1)
        assert (store.state().in_hand, store.state().holds) == (1, False)
        store.hold(visit, is_held=True)
        assert (store.state().in_hand, store.state().holds) == (0, True)
        store.hold(visit, is_held=False)
        assert (store.state().in_hand, store.state().holds) == (1, False)
        store.end(visit)
        assert (store.state().in_hand, store.state().holds) == (0, False)

    def test_who_finds_an_article_changed_tells_its_page(self, crawls):
        crawls.emit("a")
        crawls.write("a", "news")
        crawls.memory.publish(crawls.process)
        assert crawls.store.changed_on(WORLD, 1)
        assert not crawls.store.changed_on(WORLD, 2)
        assert not crawls.store.changed_on(SPORT, 1)


def _rows(store: Store, section: str) -> list[tuple[str, str, bool]]:
    return [(name, path, bool(emitted)) for name, path, emitted in store.revisits(section)]
