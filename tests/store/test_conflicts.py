"""Changes of two workers at once: each gives, and leaves, what they do one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from newscrawl.store import Met, Store, Text
from tests.store.crawls import IN_MEMORY, WORLD, SQLiteMemory, name_of

pytest.importorskip("redis")

NAMES = [name_of("a"), name_of("b")]
_READS: dict[str, Callable[[Store, str], Any]] = {
    "met": lambda store, name: store.met(WORLD, name),
    "noted": lambda store, name: store.noted("leads", name),
    "added": lambda store, name: store.added("wrong", name),
    "text": lambda store, name: store.text(name),
    "first seen": lambda store, name: store.first_seen(name),
    "failing": lambda store, name: store.failing(name),
    "article": lambda store, name: store.article_of(name),
}
_WRITES: dict[str, Callable[[Store, str, int], Any]] = {
    "meet": lambda store, name, number: store.meet(WORLD, name, Met(number, listed=True, settled=False, next_url=None)),
    "note": lambda store, name, number: store.note("leads", name, str(number)),
    "add": lambda store, name, number: store.add("wrong", name, number),
    "tell": lambda store, name, number: store.tell(name, Text(str(number), "body")),
    "claim": lambda store, name, number: store.claim(name, str(number)),
    "find": lambda store, name, number: store.found(name, f"/{number}", "world", listed=bool(number % 2)),
    "fail": lambda store, name, number: store.fail(name, f"HTTP {number}"),
    "set aside": lambda store, name, number: store.put_aside(name),
    "gone": lambda store, name, number: store.gone(name),
    "alias": lambda store, name, number: store.alias(name, name_of("c") if number % 2 else None),
    "keep": lambda store, name, number: store.keep("none", [name, number]),
    "kept": lambda store, name, number: store.kept("none"),
    "unchanged": lambda store, name, number: store.unchanged(name),
}
#: In Redis, ``kept`` does not give what the same change keeps, which no change asks for.
changes = st.lists(
    st.tuples(st.sampled_from([*_READS, *_WRITES]), st.sampled_from(NAMES), st.integers(1, 9)), min_size=1, max_size=5
).filter(lambda change: not {"keep", "kept"} <= {what for what, _, _ in change})


def perform(store: Store, change: list[tuple[str, str, int]]) -> list[Any]:
    """Make a change as one; all that it read and was given."""

    def make() -> list[Any]:
        store.add("changes", "")  # else it may be told what was so a moment ago
        return [
            _READS[what](store, name) if what in _READS else _WRITES[what](store, name, by) for what, name, by in change
        ]

    return store.do(make)


@pytest.mark.parametrize("examples", [30, pytest.param(200, marks=pytest.mark.slow)])
def test_conflicting_changes_are_as_if_one_came_after_the_other(redis_url, clock, examples):
    from tests.store.redis_crawls import RedisMemory

    @settings(
        derandomize=True, deadline=None, database=None, max_examples=examples, phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.tuples(changes, changes, changes, changes))
    def hold(all_changes):
        with TemporaryDirectory(dir=IN_MEMORY) as folder:
            _empty(redis_url)
            _compare(RedisMemory(clock, redis_url), SQLiteMemory(clock, Path(folder)), *all_changes)

    hold()


def _compare(shared, local, before, slow, *quick):
    """While a worker makes a slow change, another one makes others."""
    process = shared.join()
    one, other, alone = process.store, shared.join().store, local.join().store
    observer = shared.observer(process)
    order: list[tuple[list[Any], list[tuple[str, str, int]]]] = []
    order.append((perform(one, before), before))
    others = list(quick)
    step = one.session.step

    def between(name: str, **values: Any) -> Any:
        if name == "apply" and others:
            change = others.pop(0)
            order.append((perform(other, change), change))
        return step(name, **values)

    one.session.step = between
    order.append((perform(one, slow), slow))
    order += [(perform(other, change), change) for change in others]
    for given_, change in order:
        assert perform(alone, change) == given_
    for name in [*NAMES, name_of("c")]:
        for what, read in _READS.items():
            assert (what, name, read(observer, name)) == (what, name, read(alone, name))
    assert other.kept("none") == alone.kept("none")
    shared.close()
    local.close()


def _empty(url: str) -> None:
    import redis

    with redis.Redis.from_url(url) as client:
        client.flushall()
