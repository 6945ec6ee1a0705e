"""Changes that hold only if nothing that they read has changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newscrawl.store.redis.session import Session

#: A key, or a field of a hash; the field ``#`` stands for the length of a list. "": the key itself.
Cell = tuple[str, str]
_MOST = 10_000  # cells that are remembered, of some hundred bytes each: what a page leads to was often listed before


class Cells:
    """What a change reads, and what it writes: commands that :meth:`apply` sends as one step.

    What was read is remembered, for the changes to come: should it be so no more, they are told, and read it anew.
    """

    def __init__(self, session: Session):
        self._session = session
        self._cache: dict[Cell, str | None] = {}
        self._fresh: set[Cell] = set()
        self._guesses: set[Cell] = set()
        self.begin()

    def begin(self) -> None:
        """Forget what a change has read and written."""
        self._expected: dict[Cell, str | None] = {}
        self._written: dict[Cell, str | None] = {}
        self._added: dict[Cell, int] = {}
        self._wanted: dict[Cell, None] = {}
        self.commands: list[list[str]] = []
        #: Whether it goes by what may be so no more: then it has to be made, even if it writes nothing.
        self.is_guess = False

    # What is read --------------------------------------------------------------------

    def read(self, key: str, field: str = "") -> str | None:
        """What a cell has, within a change."""
        cell = key, field
        if cell in self._written:
            return self._written[cell]
        if cell not in self._cache:
            self.fetch([cell])
        value = self._expected[cell] = self._cache[cell]
        self.is_guess = self.is_guess or cell in self._guesses
        return str(int(value or 0) + self._added[cell]) if cell in self._added else value

    def peek(self, key: str, field: str = "") -> str | None:
        """What a cell has, outside of a change; as it was a moment ago, where :meth:`put` told that."""
        cell = key, field
        if cell in self._fresh and cell in self._cache:
            return self._cache[cell]
        session = self._session
        found: str | None = session.ask(lambda: session.client.hget(key, field) if field else session.client.get(key))
        return found

    def guess(self, cells: Iterable[Cell]) -> None:
        """Take cells of which nothing is known to be empty; the step tells if they are not."""
        missing = {cell: None for cell in cells if cell not in self._cache}
        self._cache |= missing
        self._guesses |= missing.keys()

    def fetch(self, cells: Iterable[Cell]) -> None:
        """Look up together what a change will read."""
        missing = [cell for cell in cells if cell not in self._cache]
        if missing:
            self._put(missing, self._send(wanted=missing)["values"])

    def put(self, key: str, field: str, value: str | None) -> None:
        """A cell's value, which another step brought; that of a whole key is what :meth:`peek` gives, too."""
        self._put([(key, field)], [value])
        if not field:
            self._fresh.add((key, field))

    def _put(self, cells: Iterable[Cell], values: Iterable[Any]) -> None:
        for cell, value in zip(cells, values or (), strict=True):
            self._cache[cell] = None if value is False else value
            self._guesses.discard(cell)

    def want(self, key: str) -> None:
        """Let the step bring what a key has, for :meth:`peek`."""
        self._wanted[key, ""] = None

    def known(self, key: str, field: str) -> str | None:
        """What a cell had when it was looked up."""
        return self._cache.get((key, field))

    def forget(self, key: str, field: str) -> None:
        """Look up a cell anew."""
        self._cache.pop((key, field), None)

    def clear(self) -> None:
        """Look up everything anew."""
        for remembered in (self._cache, self._fresh, self._guesses):
            remembered.clear()

    # What is written -----------------------------------------------------------------

    def write(self, key: str, field: str, value: str | None) -> None:
        """Set a cell, or delete it."""
        self._written[key, field] = value
        if value is None:
            self.send(*(("HDEL", key, field) if field else ("DEL", key)))
        else:
            self.send(*(("HSET", key, field, value) if field else ("SET", key, value)))

    def add(self, key: str, field: str, by: int) -> None:
        """Add to the number in a cell."""
        self._added[key, field] = self._added.get((key, field), 0) + by
        self.send("HINCRBY", key, field, str(by))

    def send(self, *command: str) -> None:
        """Do a command with the change."""
        self.commands.append(list(command))

    def apply(self, counts: dict[str, int]) -> bool:
        """Make the change; whether it could be made. Else what it read is known as it is now."""
        expected = [(*cell, False if value is None else value) for cell, value in self._expected.items()]
        answer = self._send(expected, self.commands, counts, list(self._wanted))
        if "conflict" in answer:
            self.clear()
            self._put(self._expected, answer["conflict"])
            return False
        self._remember()
        for cell, value in zip(self._wanted, answer["values"] or (), strict=True):
            self.put(*cell, None if value is False else value)
        return True

    def _send(self, expected: Any = (), commands: Any = (), counts: Any = None, wanted: Any = ()) -> Any:
        step = self._session.step
        return step("apply", expected=expected, commands=commands, counts=counts or {}, wanted=wanted)

    def _remember(self) -> None:
        self._guesses -= self._expected.keys() | self._written.keys()
        for cell in self._added:
            if cell in self._cache:
                self._cache[cell] = str(int(self._cache[cell] or 0) + self._added[cell])
        self._cache.update(self._written)
        self.trim()

    def trim(self) -> None:
        """Forget what was remembered, where that is much."""
        if len(self._cache) > _MOST:
            self.clear()
