"""The articles that a run has met, and those that wait to be asked for."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Met(NamedTuple):
    """What a run knows of an article: ``hop`` links beyond the listings (``None``: only listed, and left out),
    whether a listing showed it, whether it is settled (known, and not asked for again), its Next Story's address."""

    hop: int | None
    listed: bool
    settled: bool
    next_url: str | None


class Visit(NamedTuple):
    """An article that waits to be asked for: its walk and key, where it is, the listing page that showed it (0: none).

    ``known``: an earlier run met it. ``source`` is the number of the source that named it (0: none is known).
    """

    walk: str
    key: str
    url: str
    page: int
    known: bool
    source: int = 0


class Text(NamedTuple):
    """What tells one text from another in a run: hashes of headline and body."""

    headline: int
    body: int

    @classmethod
    def of(cls, headline: str, body: str) -> Text:
        return cls(*(hash(" ".join(text.casefold().split())) for text in (headline, body)))

    def contradicts(self, other: Text) -> bool:
        """Whether the other is another story, and no version of this one."""
        return self.headline != other.headline and self.body != other.body


class Frontier:
    """Kept in a temporary SQLite database, which is on the disk when it is large: memory does not grow with a run.

    An article is named by its walk and its key. Visits come out in the order they went in.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            "create table met(walk text, key text, hop integer, listed integer not null, settled integer not null,"
            " next_url text, primary key (walk, key)) without rowid;"
            "create table visits(id integer primary key, walk text, key text, url text, page integer, known integer,"
            " source integer);"
            "create table texts(name text primary key, headline integer, body integer) without rowid"
        )
        #: How many visits wait.
        self.waiting = 0

    def get(self, walk: str, key: str) -> Met | None:
        """What is known of an article, ``None`` if it was not met."""
        row = self._db.execute(
            "select hop, listed, settled, next_url from met where walk = ? and key = ?", (walk, key)
        ).fetchone()
        return Met(row[0], bool(row[1]), bool(row[2]), row[3]) if row else None

    def put(self, walk: str, key: str, met: Met) -> None:
        """Remember that of an article."""
        self._db.execute("insert or replace into met values (?, ?, ?, ?, ?, ?)", (walk, key, *met))

    def tell(self, name: str, text: Text) -> None:
        """Remember the text that an article's address has."""
        self._db.execute("insert or replace into texts values (?, ?, ?)", (name, *text))

    def text(self, name: str) -> Text | None:
        """The text that an article's address has."""
        row = self._db.execute("select headline, body from texts where name = ?", (name,)).fetchone()
        return Text(*row) if row else None

    def wait(self, visit: Visit) -> None:
        """Let an article wait to be asked for."""
        self._db.execute("insert into visits(walk, key, url, page, known, source) values (?, ?, ?, ?, ?, ?)", visit)
        self.waiting += 1

    def pop(self) -> Visit | None:
        """The article that has waited longest."""
        row = self._db.execute(
            "select id, walk, key, url, page, known, source from visits order by id limit 1"
        ).fetchone()
        if row is None:
            return None
        self._db.execute("delete from visits where id = ?", (row[0],))
        self.waiting -= 1
        return Visit(row[1], row[2], row[3], row[4], bool(row[5]), row[6])

    def left(self) -> dict[int, int]:
        """How many visits wait of each source, by its number."""
        return dict(self._db.execute("select source, count(*) from visits group by source").fetchall())
