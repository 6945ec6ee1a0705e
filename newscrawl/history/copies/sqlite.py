"""Texts that copies are looked for, in an SQLite database beside the history."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newscrawl.history.copies.groups import CANDIDATES, Texts
from newscrawl.history.copies.signatures import bands_of

_SCHEMA = """
create table if not exists articles(
    id integer primary key, key text not null unique, first integer -- of its group; null for the first itself
);
create table if not exists signatures( -- of the texts that the first of a group had, while copies are looked for
    id integer primary key, article integer not null, seen integer not null, signature blob not null
);
create index if not exists signatures_by_article on signatures(article);
create index if not exists signatures_by_seen on signatures(seen);
create table if not exists bands(
    band integer not null, signature integer not null, primary key (band, signature)
) without rowid;
"""


class SQLiteTexts(Texts):
    """The texts in the database at ``path``; without one, of this run alone.

    ``clock`` gives seconds since 1970. Several processes may use a database at a time. Raises ``sqlite3.Error``, as
    all methods do.
    """

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.time):
        self._clock = clock
        self._db = sqlite3.connect(path or "", timeout=10, isolation_level=None)  # "" is a temporary file
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        with suppress(sqlite3.Error):  # what is not on the disk yet survives all but a power failure
            self._db.execute("pragma wal_checkpoint(full)")
        self._db.close()

    def do(self, key: str, signature: bytes | None, change: Callable[[], str]) -> str:
        with self._transaction():
            return change()

    def group(self, key: str) -> str | None:
        row = self._db.execute("select first from articles where key = ?", (key,)).fetchone()
        if row is None or row[0] is None:
            return key if row else None
        return str(self._db.execute("select key from articles where id = ?", row).fetchone()[0])

    def alike(self, signature: bytes) -> list[tuple[int, bytes]]:
        bands = bands_of(signature)
        marks = ", ".join("?" * len(bands))
        alike = f"select signature from bands where band in ({marks}) limit {CANDIDATES}"  # noqa: S608 - question marks
        rows = f"select id, signature from signatures where id in ({alike}) order by id"  # noqa: S608
        return self._db.execute(rows, bands).fetchall()

    def first(self, text: int) -> str:
        article = "select key from articles where id = (select article from signatures where id = ?)"
        return str(self._db.execute(article, (text,)).fetchone()[0])

    def join(self, key: str, group: str) -> None:
        first = self._number(group) if group != key else None
        self._db.execute("insert into articles(key, first) values (?, ?)", (key, first))

    def remember(self, key: str, signature: bytes) -> None:
        again = "update signatures set seen = ? where article = ? and signature = ?"
        values = (int(self._clock()), self._number(key), signature)
        if not self._db.execute(again, values).rowcount:
            made = self._db.execute("insert into signatures(seen, article, signature) values (?, ?, ?)", values)
            bands = [(band, made.lastrowid) for band in bands_of(signature)]
            self._db.executemany("insert into bands values (?, ?)", bands)

    def forget(self, days: float, most: int) -> None:
        with self._transaction():
            old = "select id, signature from signatures where seen <= ? order by seen limit ?"
            for number, signature in self._db.execute(old, (self._clock() - days * 86400, most)).fetchall():
                self._db.execute("delete from signatures where id = ?", (number,))
                gone = "delete from bands where band = ? and signature = ?"
                self._db.executemany(gone, [(band, number) for band in bands_of(signature)])

    def _number(self, key: str) -> int:
        return int(self._db.execute("select id from articles where key = ?", (key,)).fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("begin immediate")  # between looking and noting, no other process may note
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")
