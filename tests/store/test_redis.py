"""What only a store in Redis has: workers that come into conflict, die, hear no answer, and a Redis that loses data."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise

import pytest
from scrapy.settings import Settings

pytest.importorskip("redis", reason="newscrawl[redis] is not installed")

from newscrawl.crawl.counts import Counts
from newscrawl.history import runs
from newscrawl.history.database import Reader as HistoryReader
from newscrawl.history.drift import Shares
from newscrawl.store import Article, Met, Reader, Text, Visit
from newscrawl.store.redis import session, status
from newscrawl.store.redis.past import snapshot
from newscrawl.store.redis.session import EndedError
from newscrawl.store.redis.store import Emitted, RedisStore

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")

ARGUMENTS = {"starts": ["https://news.example/world"], "pages": 3, "hops": 20, "again": False}
WALK = "https://news.example/World News"


class Site:
    name = "news.example"


class Walk:
    def __init__(self):
        self.site, self.met, self.taken, self.skipped, self.lessons = Site(), False, 0, 0, []

    def learn(self, learned):
        self.lessons.append(learned)


@pytest.fixture
def redis(one_redis):
    client = one_redis.client
    client.flushall()
    client.config_set("maxmemory", 0)
    client.config_set("maxmemory-policy", "noeviction")
    return one_redis


@pytest.fixture
def settings(redis):
    return Settings(
        {
            "REDIS_URL": redis.url,
            "REDIS_PREFIX": "newscrawl:",
            "REDIS_RETRY_SECONDS": 5,
            "LEASE_SECONDS": 60,
            "RECHECK_DAYS": 3,
        }
    )


@pytest.fixture
def worker(settings):
    """Gives a new worker of the crawl."""
    opened = []

    def begin(**arguments):
        store = RedisStore(settings, "worldnews", Counts(), {WALK: Walk()})
        opened.append(store)
        assert store.join(ARGUMENTS | arguments, "World", None) is None
        return store

    yield begin
    for store in opened:
        store.leave()


def visit(key, **values):
    return Visit(WALK, key, f"https://news.example/{key}", values.pop("page", 1), known=False, **values)


def article(key, headline="Talks end", **values):
    values = {"content_hash": f"hash of {headline}", "paragraph_hash": "a" * 16, "next_path": "/next", **values}
    return Article(
        name=f"news.example/{key}", path=f"/{key}", headline=headline, etag='"1"', last_modified=None,
        date_modified="2026-03-02T10:00:00Z", date_published="2026-03-01T10:00:00Z",
        crawled_at="2026-03-02T11:00:00Z", **values,
    )  # fmt: skip


def emitted(key, **values):
    return Emitted(visit(key), f"news.example/{key}", article(key, **values), "World", WALK, 1)


@pytest.fixture(autouse=True)
def long_up(monkeypatch):
    """A Redis that has been up for longer than a lease."""
    for module in (session, status):
        monkeypatch.setattr(module, "lease_at", lambda client, seconds: int(seconds * 1000))


def die(store, redis):
    """Let a worker's last sign of life be long ago."""
    redis.client.zadd(f"newscrawl:worldnews:{store.run}:beats", {str(store.worker): 1})


def declare_dead(store, by, redis):
    die(store, redis)
    assert by.beat() == [str(store.worker)]


def publish(store, *keys, file="1-1.jsonl", **values):
    """Take, claim and publish articles that wait."""
    store.opening(file)
    assert [one.key for one in store.take(len(keys))] == list(keys)
    assert all(store.claim(f"news.example/{key}", "text").mine for key in keys)
    store.publish(file, [emitted(key, **values) for key in keys])
    store.named([file])


def reach(store, key):
    """Meet an article, and let it wait, unless it was met."""
    if store.met(WALK, key) is None:
        store._counts.found += 1
        store._walks[WALK].taken += 1
        store._walks[WALK].met = True
        store.found(f"news.example/{key}", f"/{key}", "World", listed=True)
        store.meet(WALK, key, Met(0, listed=True, settled=False, next_url=None))
        store.wait(visit(key))
    return store._counts.found


def lose_answers(store, monkeypatch):
    """Send every step twice, as a client does whose connection broke before the answer came."""
    script = store.session._script

    def twice(**values):
        script(**values)
        return script(**values)

    monkeypatch.setattr(store.session, "_script", twice)


# Changes that come into conflict ---------------------------------------------------


def test_a_change_that_another_worker_came_between_is_made_again(worker):
    one, other = worker(), worker()
    calls = []

    def change():
        calls.append(one.met(WALK, "a"))
        if len(calls) == 1:  # the other is faster
            other.do(lambda: reach(other, "a"))
        return reach(one, "a")

    assert one.do(change) == 0
    assert calls == [None, Met(0, True, False, None)]
    assert one._counts.found == 0
    assert (one._walks[WALK].taken, one._walks[WALK].met) == (0, False)
    assert one.totals() == {"found": 1, f"taken {WALK}": 1, f"met {WALK}": 1}
    assert [found.key for found in one.take(5)] == ["a"]


def test_what_was_remembered_and_is_so_no_more_is_read_anew(worker):
    one, other = worker(), worker()
    one.expect([(WALK, "a", "news.example/a"), (WALK, "b", "news.example/b")])
    other.do(lambda: reach(other, "a"))
    one.do(lambda: (reach(one, "a"), reach(one, "b")))
    assert one.totals()["found"] == 2
    assert one.state().waiting == 2


def test_a_change_that_always_comes_into_conflict_ends(worker):
    one, other = worker(), worker()

    def change():
        number = int(one.noted("a", "b") or 0)
        other.note("a", "b", str(number + 1))
        one.note("a", "b", str(number + 100))

    with pytest.raises(RuntimeError, match="50 times"):
        one.do(change)
    assert other.noted("a", "b") == "50"


def test_a_change_that_fails_writes_nothing(worker):
    store = worker()

    def change():
        store.note("a", "b", "c")
        raise KeyError("a")

    with pytest.raises(KeyError):
        store.do(change)
    assert store.noted("a", "b") is None
    store.note("a", "d", "e")
    assert store.noted("a", "b") is None


def test_a_change_that_fails_counts_nothing(worker, redis):
    store = worker()
    redis.client.flushall()

    def change():
        store._counts.fail("HTTP 500")
        store._walks[WALK].taken += 1
        store.note("a", "b", "c")

    with pytest.raises(EndedError):
        store.do(change)
    assert store._counts.failed == store._walks[WALK].taken == 0


def test_a_change_sees_what_it_wrote(worker):
    store = worker()

    def change():
        store.add("a", "b", 2)
        store.note("a", "b", "c")
        store.found("news.example/a", "/a", "World", listed=False)
        store.keep("k", [1, "x"])
        return store.added("a", "b"), store.noted("a", "b"), store.is_found("news.example/a")

    assert store.do(change) == (2, "c", True)
    store.add("a", "b", 3)
    assert store.added("a", "b") == 5
    assert store.do(lambda: store.added("a", "b")) == 5
    assert store.kept("k") == [[1, "x"]]
    assert store.kept("k") == []


def test_changes_are_counted_once_by_all_workers_together(worker):
    stores = [worker(), worker()]
    for key, store in zip("abcd", stores * 2, strict=True):
        store.do(lambda key=key, store=store: reach(store, key))
    assert stores[0].totals() == {"found": 4, f"taken {WALK}": 4, f"met {WALK}": 2}
    stores[0].gather(WALK)
    assert stores[0]._walks[WALK].taken == 4
    stores[0].note("a", "b", "c")
    assert stores[1].totals()[f"taken {WALK}"] == 4


def test_a_guess_that_an_article_is_new_is_not_believed(worker):
    one, other = worker(), worker()
    other.do(lambda: reach(other, "a"))
    one.expect([(WALK, "a", "news.example/a")])
    assert one.do(lambda: one.met(WALK, "a")) == Met(0, True, False, None)
    one.expect([(WALK, "b", "news.example/b")])
    assert one.do(lambda: one.is_found("news.example/b")) is False


def test_one_of_two_workers_may_emit_an_article(worker):
    one, other = worker(), worker()
    assert one.claim("news.example/a", "its text").mine
    assert other.claim("news.example/a", "another text") == (False, "its text")
    assert one.claim("news.example/a", "its text again") == (False, "its text")


def test_an_article_that_a_dead_worker_claimed_is_anybody_s(worker, redis):
    dead, alive = worker(), worker()
    assert dead.claim("news.example/a", "").mine
    assert not alive.claim("news.example/a", "").mine
    declare_dead(dead, alive, redis)
    assert alive.claim("news.example/a", "").mine


# Steps in Redis -----------------------------------------------------------------


def test_few_steps_are_needed_for_an_article(worker):
    store = worker()
    before, marks = store.session.steps, []
    for key in "abcd":
        reach(store, key)
    store.opening("1-1.jsonl")
    for step in (
        lambda: store.take(4),
        lambda: [store.recall(f"news.example/{key}") for key in "abcd"],
        lambda: store.claim("news.example/a", ""),
        lambda: store.recall("news.example/a"),
        lambda: store.expect([(WALK, "a", "news.example/a"), (WALK, "e", "news.example/e")]),
        lambda: store.do(lambda: (store.met(WALK, "a"), reach(store, "e"))),
        lambda: store.publish("1-1.jsonl", [emitted(key) for key in "abcd"]),
    ):
        marks.append(store.session.steps)
        step()
    marks.append(store.session.steps)
    assert before < marks[0]
    assert [later - earlier for earlier, later in pairwise(marks)] == [1, 0, 1, 0, 0, 1, 2]


def test_nobody_is_given_up_by_a_redis_that_was_away(worker, redis, monkeypatch):
    one, other = worker(), worker()
    die(one, redis)
    monkeypatch.undo()
    assert other.beat() == []
    one.note("a", "b", "c")


def test_nobody_is_given_up_while_all_are_late(worker, redis):
    """A Redis that was stopped, and is up for long: who finds it first knows no more of the others than of itself."""
    one, other = worker(), worker()
    die(one, redis)
    die(other, redis)
    assert other.beat() == []
    assert other.beat() == []
    one.note("a", "b", "c")
    redis.client.hset("newscrawl:worldnews:1:info", "late", 1)  # that is long ago
    declare_dead(one, other, redis)


# Answers that are lost, and workers that die -----------------------------------------


def test_a_lost_answer_changes_nothing_twice(worker, redis, monkeypatch):
    store = worker()
    lose_answers(store, monkeypatch)
    store.do(lambda: (reach(store, "a"), reach(store, "b")))
    store.add("a", "b")
    assert store.added("a", "b") == 1
    publish(store, "a")
    assert [found.key for found in store.take(1)] == ["b"]
    assert store.take(1) == []
    assert store.unanswered() == 1
    assert store.totals()["written"] == store.totals()["new"] == 1
    assert store.read(WALK)
    assert store.listed(WALK, {"pages": 1, "hole": None})
    store.part("{}")
    store.revisited()
    assert store.finish({"status": 0, "sentence": "done", "counts": "{}"})
    assert redis.client.llen("newscrawl:worldnews:runs") == 1


def test_the_work_of_a_dead_worker_goes_to_the_others(worker, redis):
    dead, alive = worker(), worker()
    for key in "ab":
        reach(dead, key)
    assert dead.read(WALK)
    assert [found.key for found in dead.take(1)] == ["a"]
    assert dead.claim("news.example/a", "").mine
    declare_dead(dead, alive, redis)
    state = alive.state()
    assert (state.waiting, state.readers, state.is_quiet) == (2, {WALK: Reader.NOBODY}, False)
    assert [found.key for found in alive.take(2)] == ["a", "b"]
    assert alive.claim("news.example/a", "").mine
    assert alive.workers() == (2, 1)


@pytest.mark.parametrize(
    "step",
    [
        lambda store: store.note("a", "b", "c"),
        lambda store: store.take(1),
        lambda store: store.read(WALK),
        lambda store: store.publish("1-1.jsonl", [emitted("a")]),
        lambda store: store.state(),
    ],
)
def test_a_dead_number_changes_nothing(worker, redis, step):
    dead, alive = worker(), worker()
    for key in "ab":
        reach(dead, key)
    dead.opening("1-1.jsonl")
    dead.take(1)
    declare_dead(dead, alive, redis)
    reasons = []
    dead.session.ended = reasons.append
    with pytest.raises(EndedError, match="LEASE_SECONDS"):
        step(dead)
    assert dead.session.fenced
    assert len(reasons) == 1
    assert alive.files(["1-1.jsonl"]) == ["dead"]
    assert alive.recall("news.example/a") is None
    assert alive.noted("a", "b") is None
    assert (alive.state().waiting, alive.state().readers) == (2, {WALK: Reader.NOBODY})


def test_a_worker_that_committed_and_was_given_up_hears_that_it_did(worker, redis, monkeypatch):
    slow, alive = worker(), worker()
    reach(slow, "a")
    slow.opening("1-1.jsonl")
    slow.take(1)
    script = slow.session._script

    def late(**values):
        answer = script(**values)
        if json.loads(values["args"][1]).get("commands"):  # its answer is lost, and the next try comes late
            declare_dead(slow, alive, redis)
            answer = script(**values)
        return answer

    monkeypatch.setattr(slow.session, "_script", late)
    slow.publish("1-1.jsonl", [emitted("a")])
    assert not slow.session.fenced
    assert alive.files(["1-1.jsonl"]) == ["committed"]
    assert alive.take(1) == []


def test_an_article_that_was_not_leased_any_more_is_not_published(worker):
    store = worker()
    reach(store, "a")
    store.opening("1-1.jsonl")
    store.take(1)
    assert store.unanswered() == 1
    with pytest.raises(EndedError):
        store.publish("1-1.jsonl", [emitted("a")])
    assert store.session.fenced


def test_a_step_that_arrives_when_nobody_waits_for_it_any_more_does_nothing(worker):
    store = worker()
    for key in "abc":
        reach(store, key)
    script, sent = store.session._script, []

    def noting(**values):
        sent.append(values)
        return script(**values)

    store.session._script = noting
    assert [found.key for found in store.take(1)] == ["a"]
    assert [found.key for found in store.take(1)] == ["b"]
    assert json.loads(script(**sent[0])) == {"alive": False}, "it would take c, and nobody would know"
    assert [found.key for found in store.take(1)] == ["c"]
    assert store.state().in_hand == 3


def test_a_crawl_that_all_have_left_is_read_anew(worker, redis):
    """Nobody has been at work, maybe for a day, so that the listings show others by now."""
    one = worker()
    assert one.read(WALK)
    one.listed(WALK, {"pages": 1})
    one.revisited()
    state = worker().state()
    assert (state.readers, state.is_revisited) == ({WALK: Reader.FINISHED}, True), "while somebody is at work"
    redis.client.delete(f"newscrawl:worldnews:{one.run}:beats")
    state = worker().state()
    assert (state.readers, state.is_revisited) == ({WALK: Reader.NOBODY}, False)


# The end of a crawl --------------------------------------------------------------------


def test_a_crawl_is_closed_only_once_all_is_done(worker):
    one, other = worker(), worker()
    run = {"status": 0, "sentence": "done", "counts": "{}"}
    reach(one, "a")
    assert one.read(WALK)
    assert not other.read(WALK)
    assert not one.state().is_quiet
    assert one.listed(WALK, {"pages": 2})
    assert one.state().readers == {WALK: Reader.FINISHED}
    assert one.facts() == {WALK: {"pages": 2}}
    (taken,) = one.take(1)
    one.hold(taken, is_held=True)
    assert (one.state().in_hand, one.state().holds, one.state().is_quiet) == (0, True, False)
    one.part("{}")
    assert other.state().is_quiet
    assert other.state().holds
    one.revisited()
    assert not one.finish(run)
    one.hold(taken, is_held=False)
    assert not other.state().is_quiet
    one.end(taken)
    assert one.finish(run)
    assert not other.finish(run)
    assert other.state().is_closed
    (kept,) = other_runs(worker)
    assert (kept["id"], kept["status"], kept["section"]) == (1, 0, "World")


def other_runs(worker):
    """The runs that the next crawl knows of."""
    store = worker()
    assert store.run == 2
    return [dict(row) for row in runs.recent(store.recent(), -1)]


def test_the_next_crawl_measures_itself_by_the_last(worker):
    store = worker()
    reach(store, "a")
    publish(store, "a")
    assert store.read(WALK)
    store.listed(WALK, {})
    store.part("{}")
    store.revisited()
    assert store.finish({"status": 0, "sentence": "done", "pages": 3, "counts": '{"written": 1, "listed": 7}'})
    later = worker()
    assert (later.pages, later.complete.run, later.complete.listed) == (3, 1, 7)
    assert later.due_since <= later.complete.started
    assert later.was_known("news.example/a")
    assert not later.is_news("news.example/a")
    assert later.revisits("World") == [("news.example/a", "/a", True)]


def test_a_crawl_that_nobody_works_at_can_be_ended(worker, settings, redis):
    store = worker()
    reach(store, "a")
    reach(store, "b")
    store.take(2)
    store.publish("1.jsonl", [emitted("b")])
    store.keep("k", 1)
    with pytest.raises(ValueError, match="crawl 1 is going on: 1 of its workers may be alive"):
        status.end(settings, "worldnews")
    die(store, redis)
    assert status.end(settings, "worldnews") == 1
    assert list(redis.client.scan_iter("newscrawl:worldnews:1:*")) == []
    assert status.end(settings, "worldnews") is None
    with pytest.raises(EndedError, match="crawl 1 was ended by"):
        store.note("a", "b", "c")
    later = worker()
    (kept,) = runs.recent(later.recent(), -1)
    assert (later.run, kept["status"]) == (2, 1)
    counts = json.loads(kept["counts"])
    assert counts["written"] == 1 and "new" not in counts  # which is no number, but what new articles had
    assert runs.drift(later.recent(), later.run, "World", "new", Shares()) == []
    assert later.revisits("World")[0] == ("news.example/a", "/a", False)


def test_a_worker_is_alive_by_its_own_lease(worker, settings, redis):
    store = worker()
    seconds, _ = redis.client.time()
    redis.client.zadd("newscrawl:worldnews:1:beats", {str(store.worker): seconds * 1000 - 30_000})
    settings.set("LEASE_SECONDS", 1)
    assert not status.overview(settings, "worldnews")["abandoned"]
    with pytest.raises(ValueError, match="wait 60 seconds"):
        status.end(settings, "worldnews")


def test_a_worker_with_other_arguments_is_told_what_to_do(worker, settings, redis):
    store = worker()
    other = RedisStore(settings, "worldnews", Counts(), {WALK: Walk()})
    with pytest.raises(ValueError, match=r"crawl 1 that is going on was started with other arguments .*pages=3"):
        other.join(ARGUMENTS | {"pages": 4}, "World", None)
    die(store, redis)
    with pytest.raises(ValueError, match=r"no worker is left; .* or end it with 'newscrawl history end --redis'"):
        other.join(ARGUMENTS | {"pages": 4}, "World", None)
    redis.client.hdel("newscrawl:worldnews:1:info", "version")
    with pytest.raises(ValueError, match="older version of newscrawl"):
        other.join(ARGUMENTS, "World", None)
    other.leave()


def test_an_open_crawl_is_shown(worker, settings):
    assert status.overview(settings, "worldnews") is None
    one, other = worker(), worker()
    for key in "abc":
        one.do(lambda key=key: reach(one, key))
    one.read(WALK)
    publish(one, "a")
    (taken,) = one.take(1)
    one.claim("news.example/b", "")
    other.hold(*other.take(1), is_held=True)
    shown = status.overview(settings, "worldnews")
    assert [(w["worker"], w["state"], w["in_hand"], w["held"], w["claims"]) for w in shown["workers"]] == [
        (1, "alive", 1, 0, 1),
        (2, "alive", 0, 1, 0),
    ]
    assert all(w["silent"] < 60 for w in shown["workers"])
    assert shown["walks"] == {WALK: "1"}
    names = ("crawl", "waiting", "in_hand", "held", "done", "written", "failed")
    assert [shown[name] for name in names] == [1, 0, 1, 1, 1, 1, 0]
    assert shown["arguments"] == {"start": "https://news.example/world", "pages": 3, "hops": 20}
    assert not shown["abandoned"]
    assert taken.key == "b"


# A Redis that loses data --------------------------------------------------------------


def test_a_worker_says_that_redis_was_emptied(worker, redis):
    store = worker()
    redis.client.flushall()
    with pytest.raises(EndedError, match=r"has lost the crawl's data .*FLUSHALL"):
        store.note("a", "b", "c")
    assert not store.session.fenced


def test_a_worker_of_an_emptied_redis_is_not_one_of_a_later_crawl(worker, redis):
    store = worker()
    redis.client.flushall()
    later = worker()
    redis.client.hincrby("newscrawl:worldnews:1:info", "started", 1)
    later.session.began = redis.client.hget("newscrawl:worldnews:1:info", "started")
    assert (later.run, later.worker) == (store.run, store.worker)
    with pytest.raises(EndedError, match="FLUSHALL"):
        store.note("a", "b", "c")
    assert later.noted("a", "b") is None


def test_a_worker_says_that_redis_was_restarted_without_its_data(worker, redis):
    store = worker()
    redis.kill()
    redis.start()
    with pytest.raises(EndedError, match=r"it was restarted without what it had.*--appendonly yes"):
        store.note("a", "b", "c")


def test_a_worker_says_that_redis_evicts(worker, monkeypatch, redis):
    store = worker()
    server = store.session._server() | {"evicted_keys": 3, "maxmemory_policy": "allkeys-lru"}
    monkeypatch.setattr(store.session, "_server", lambda: server)
    redis.client.delete("newscrawl:worldnews:1:info")
    with pytest.raises(EndedError, match="evicts keys: its maxmemory-policy is allkeys-lru"):
        store.note("a", "b", "c")


def test_a_redis_that_may_evict_is_refused(settings, redis):
    redis.client.config_set("maxmemory", "100mb")
    redis.client.config_set("maxmemory-policy", "allkeys-lru")
    with pytest.raises(ValueError, match=r"maxmemory-policy is allkeys-lru.*expected noeviction"):
        RedisStore(settings, "worldnews", Counts(), {WALK: Walk()})


def test_a_redis_that_is_full_ends_a_worker_s_part(worker, redis):
    store = worker()
    redis.client.config_set("maxmemory", 1)
    with pytest.raises(EndedError, match=r"cannot be used \(command not allowed when used memory > 'maxmemory'"):
        store.note("a", "b", "c")
    redis.client.config_set("maxmemory", 0)


# What is learned, and what stays --------------------------------------------------------


def test_what_a_reader_learned_comes_with_the_first_visits_and_then_when_it_changes(worker):
    reader, other = worker(), worker()
    reader.learn(WALK, '{"cards": 1}')
    for key in "abc":
        reach(reader, key)
    other.take(1)
    other.take(1)
    reader.learn(WALK, '{"cards": 1}')
    reader.learn(WALK, '{"cards": 2}')
    other.take(1)
    assert other._walks[WALK].lessons == [{"cards": 1}, {"cards": 2}]
    assert reader._walks[WALK].lessons == []


def test_articles_of_one_text_are_found_by_it(worker):
    store = worker()
    for number, key in enumerate("ab"):
        reach(store, key)
        publish(store, key, file=f"1-{number}.jsonl")
    assert {name for name, _ in store.alike("news.example", "Talks end", None)} == {"news.example/a", "news.example/b"}
    assert store.tells("news.example/a", "Another headline", "a" * 16)
    store.wait(visit("a"))
    assert store.totals()["new"] == 2
    store.opening("1-9.jsonl")
    store.take(1)
    store.publish("1-9.jsonl", [emitted("a", headline="Talks fail", paragraph_hash=None)])
    assert store.alike("news.example", "Talks end", "a" * 16) == [("news.example/b", "/b")]
    assert store.alike("news.example", "Talks fail", None) == [("news.example/a", "/a")]
    assert store.alike("other.example", "Talks end", None) == []
    assert (store.totals()["changed"], store.changed_on(WALK, 1), store.changed_on(WALK, 2)) == (1, True, False)


def test_a_history_is_given_as_a_single_machine_has_it(worker, settings, tmp_path):
    store = worker()
    for key in "abcd":
        reach(store, key)
    publish(store, "a")
    store.fail("news.example/b", "HTTP 500")
    store.take_away("news.example/a")
    store.alias("news.example/c", "news.example/e")
    store.alias("news.example/d", None)
    store.finish_source(WALK, "2026-01-01/2026-02-01", "https://news.example/sitemap.xml")
    with snapshot(settings, "worldnews", tmp_path / "copy.sqlite") as history:
        known = history.recall("news.example/a")
        assert (known.content_hash, known.file, known.next_path, known.etag) == (
            "hash of Talks end", "1-1.jsonl", "/next", '"1"',
        )  # fmt: skip
        assert history.failing("news.example/b")[1:] == (1, "HTTP 500")
        assert history.article_of("news.example/c") == "news.example/e"
        assert history.article_of("news.example/d") is None
        assert history.first_seen("news.example/d") == ""
        assert history.finished_sources(WALK, "2026-01-01/2026-02-01") == {"https://news.example/sitemap.xml"}
        (version,) = runs.versions(history, "news.example/a")
        assert (version["headline"], version["run"], version["date_published"]) == (
            "Talks end", 1, "2026-03-01T10:00:00Z",
        )  # fmt: skip
        away = history.db.execute("select key from articles where taken_away is not null").fetchall()
        assert [row[0] for row in away] == ["news.example/a"]
    with HistoryReader(tmp_path / "copy.sqlite") as reader:
        assert [one["key"] for one in runs.dead(reader)] == ["news.example/b"]


def test_a_history_of_version_1_is_read(worker, settings, redis, tmp_path):
    client = redis.client
    client.set(
        "newscrawl:worldnews:article:news.example/a",
        '{"u":"/a","s":"World","l":1,"f":1772442000,"v":{"h":"x","n":"/b","k":"b","f":"1-1.jsonl","t":1772442060}}',
    )
    client.lpush(
        "newscrawl:worldnews:runs",
        '{"crawl": 1, "started": 1772442000, "finished": 1772442090, "workers": 2, "dead": 0, "status": 0,'
        ' "sentence": "all 1 articles written", "counts": {"written": 1, "new": 1}}',
    )
    client.set("newscrawl:worldnews:crawls", 1)
    store = worker()
    assert store.run == 2
    assert store.recall("news.example/a").first_seen == "2026-03-02T09:00:00Z"
    (run,) = runs.overview(store.recent(), 5)
    assert (run["started"], run["seconds"], run["sentence"]) == ("2026-03-02T09:00:00Z", 90, "all 1 articles written")
    with snapshot(settings, "worldnews", tmp_path / "copy.sqlite") as history:
        (version,) = runs.versions(history, "news.example/a")
        assert (version["run"], version["crawled_at"]) == (1, "2026-03-02T09:01:00Z")


def test_texts_are_told_from_one_another_by_all_workers(worker):
    one, other = worker(), worker()
    text = Text.of("Talks end", "The talks have ended.")
    one.tell("news.example/a", text)
    assert other.text("news.example/a") == text
    assert other.text("news.example/b") is None
