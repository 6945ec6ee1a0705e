"""Changes of a shared crawl: decided here, made by Redis, together with what this process counts."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from newscrawl.store.base import Store
from newscrawl.store.redis.article import moment
from newscrawl.store.redis.cells import Cells
from newscrawl.store.redis.session import Session

S = TypeVar("S", bound="Changes")
T = TypeVar("T")
P = ParamSpec("P")
_MOST_CONFLICTS = 50  # of one change, in a row: more are no chance


def change(verb: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """A verb that writes: a change of its own, or part of one."""

    @functools.wraps(verb)
    def one(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.do(lambda: verb(self, *args, **kwargs))

    return one


class Changes(Store):
    """A store whose changes Redis makes in one step each, if all that was read for it is still so; else, they are
    decided again.

    With each, what ``counts`` and ``walks`` count goes to the crawl's counts: a worker that dies takes with it only
    the counts of what it had not ended.
    """

    def __init__(self, session: Session, counts: Any, walks: Mapping[str, Any]):
        self.session = session
        self._counts, self._walks = counts, walks
        self._cells = Cells(session)
        self._is_changing = False
        self._sent: dict[str, int] = {}
        #: The prefixes of the history's keys, and of the crawl's.
        self._past, self._present = session.prefix, ""
        self._clock = 0.0  # by which Redis's clock is ahead, in seconds
        self._waiting = 0

    def do(self, change: Callable[[], T]) -> T:
        if self._is_changing:
            return change()
        kept = self._keep_counts()
        self._is_changing = True
        try:
            for _ in range(_MOST_CONFLICTS):
                self._cells.begin()
                result = change()
                if not (self._cells.commands or self._cells.is_guess) or self._apply():
                    return result
                self._restore_counts(kept)
        except BaseException:
            self._restore_counts(kept)
            raise
        finally:
            self._is_changing = False
            self._cells.begin()
        raise RuntimeError(f"a change came into conflict with those of other workers {_MOST_CONFLICTS} times")

    def _apply(self) -> bool:
        sums = self._sums()
        difference = {name: by for name, value in sums.items() if (by := value - self._sent.get(name, 0))}
        if not self._cells.apply(difference):
            return False
        self._sent = sums
        self._waiting += sum(command[:2] == ["RPUSH", f"{self._present}queue"] for command in self._cells.commands)
        return True

    def _sums(self) -> dict[str, int]:
        sums: dict[str, int] = self._counts.sums()
        for id, walk in self._walks.items():
            sums |= {f"met {id}": int(walk.met), f"taken {id}": walk.taken, f"skipped {id}": walk.skipped}
        return sums

    def _keep_counts(self) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
        walks = [(walk, walk.met, walk.taken, walk.skipped) for walk in self._walks.values()]
        return dict(self._counts.stats.get_stats()), walks

    def _restore_counts(self, kept: tuple[dict[str, Any], list[tuple[Any, ...]]]) -> None:
        before, walks = kept
        for name, value in list(self._counts.stats.get_stats().items()):
            if isinstance(value, int) and value != before.get(name):
                self._counts.stats.set_value(name, before.get(name, 0))
        for walk, *values in walks:
            walk.met, walk.taken, walk.skipped = values

    def gather(self, walk: str) -> None:
        """Let a walk know what all workers counted for it; only what it counts from then on is added."""
        totals, sums, one = self.totals(), self._sums(), self._walks[walk]
        for name in ("met", "taken", "skipped"):
            key = f"{name} {walk}"
            total = totals.get(key, 0)
            value = total + sums[key] - self._sent.get(key, 0)
            setattr(one, name, bool(value) if name == "met" else value)
            self._sent[key] = min(total, 1) if name == "met" else total

    # What is read -------------------------------------------------------------------

    def totals(self) -> dict[str, int]:
        """What all workers counted together: as ``Counts.sums`` names it, and "met WALK" and the like."""
        return {name: int(value) for name, value in self._read("HGETALL", "counts").items()}

    def _value(self, key: str, field: str = "") -> str | None:
        return self._cells.read(key, field) if self._is_changing else self._cells.peek(key, field)

    def _read(self, command: str, key: str, *values: str) -> Any:
        return self.session.read(command, f"{self.run}:{key}", *values)

    def now(self) -> str:
        """The moment by Redis's clock."""
        return moment(self._seconds())

    def _seconds(self) -> int:
        """The moment by Redis's clock, since 1970."""
        return int(time.time() + self._clock)

    # The visits ------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        return self._waiting

    @property
    def _leased(self) -> str:
        return f"{self._present}leased:{self.worker}"
