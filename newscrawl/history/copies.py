"""Which articles are copies of one text, by whichever publisher and under whichever address.

Near-duplicates by MinHash (Broder, 1997) and locality-sensitive hashing: two texts are copies when they share at
least half of all their three-word sequences (their Jaccard similarity), as estimated from short signatures.
"""

from __future__ import annotations

import sqlite3
import time
import unicodedata
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from rensa import RMinHash

from newscrawl.text.scripts import UNSPACED_LETTER
from newscrawl.text.words import WORD

_LIKE = 0.5  # docs/decisions/copies-of-a-text.md has what was measured
_SHORTEST = 50  # words; two shorter texts may be alike by chance
_SLOTS = 128  # the estimate is within 0.07 nineteen times in twenty
_HIGH = int.from_bytes(b"\x00\x80" * _SLOTS, "little")
_LOW = int.from_bytes(b"\xff\x7f" * _SLOTS, "little")
_SEED = 1  # with it and the version of the algorithm, signatures of different runs can be compared
_BANDS = 8  # of two slots: texts that are just alike share one 9 times in 10, those at 0.7 199 times in 200
_CANDIDATES = 2000  # a bound for templates, of which each is a little like all others
_FORGOTTEN = 20_000  # of old texts at a time, so that no run begins with a long wait

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


class Copies:
    """The groups of copies in the database at ``path``; without one, of this run alone.

    A group is named by the key, ``publisher/id``, of the article that was met first, and an article stays in its
    group. Copies of a text of that first article are recognised for ``days`` after it was last emitted. Each answer
    is committed before it is given, so that a run that is killed and begun again gives the same ones; several
    processes may use a database at a time. Raises ``sqlite3.Error``, as all methods do.
    """

    def __init__(self, path: Path | None, days: float):
        self._db = sqlite3.connect(path or "", timeout=10, isolation_level=None)  # "" is a temporary file
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(_SCHEMA)
        with self._transaction():
            old = "select id, signature from signatures where seen <= ? order by seen limit ?"
            for number, signature in self._db.execute(old, (time.time() - days * 86400, _FORGOTTEN)).fetchall():
                self._db.execute("delete from signatures where id = ?", (number,))
                gone = "delete from bands where band = ? and signature = ?"
                self._db.executemany(gone, [(band, number) for band in _bands(signature)])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Bring all to the disk and close."""
        with suppress(sqlite3.Error):  # what is not on the disk yet survives all but a power failure
            self._db.execute("pragma wal_checkpoint(full)")
        self._db.close()

    def group(self, key: str, body: str) -> str:
        """The group of an article with that ``key`` and ``body``: its own key, or that of a copy met before."""
        signature = signature_of(body)
        with self._transaction():
            row = self._db.execute("select id, first from articles where key = ?", (key,)).fetchone()
            if row is None:
                first = self._first_like(signature) if signature else None
                row = self._db.execute("insert into articles(key, first) values (?, ?)", (key, first)).lastrowid, first
            article, first = row
            if first is not None:
                return str(self._db.execute("select key from articles where id = ?", (first,)).fetchone()[0])
            if signature:
                self._remember(article, signature)
            return key

    def _first_like(self, signature: bytes) -> int | None:
        """The first article of the group whose text is most like, the oldest of several."""
        marks = ", ".join("?" * _BANDS)
        alike = f"select signature from bands where band in ({marks}) limit {_CANDIDATES}"  # noqa: S608 - question marks
        rows = f"select article, signature from signatures where id in ({alike}) order by id"  # noqa: S608
        found = self._db.execute(rows, _bands(signature)).fetchall()
        best = max(found, key=lambda row: likeness(signature, row[1]), default=None)
        return best[0] if best and likeness(signature, best[1]) >= _LIKE else None

    def _remember(self, article: int, signature: bytes) -> None:
        again = "update signatures set seen = ? where article = ? and signature = ?"
        values = (int(time.time()), article, signature)
        if not self._db.execute(again, values).rowcount:
            made = self._db.execute("insert into signatures(seen, article, signature) values (?, ?, ?)", values)
            bands = [(band, made.lastrowid) for band in _bands(signature)]
            self._db.executemany("insert into bands values (?, ?)", bands)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("begin immediate")  # between looking and noting, no other process may note
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")


def signature_of(text: str) -> bytes | None:
    """A MinHash signature of a text's word sequences, the same on every machine; ``None`` for a short one.

    Case, punctuation and the form of characters do not count. In scripts without spaces a word is a character, and
    a sequence is of five.
    """
    text, length = text.casefold(), 3
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if UNSPACED_LETTER.search(text):
            text, length = UNSPACED_LETTER.sub(r" \g<0> ", text), 5
    words = WORD.findall(text)
    if len(words) < _SHORTEST:
        return None
    hashed = RMinHash(_SLOTS, _SEED)
    hashed.update(list(map(" ".join, zip(*(words[start:] for start in range(length)), strict=False))))
    # Half of a minimum's bits tell two apart as well as all of them (Li and König, "b-bit minwise hashing", 2010).
    return array("H", [value & 0xFFFF for value in hashed.digest()]).tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """The estimated Jaccard similarity of the texts with these signatures, 0 to 1."""
    unlike = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")
    # The highest bit of each slot that is not 0, all slots at once: dozens are compared for each article.
    return 1 - (((unlike & _LOW) + _LOW | unlike) & _HIGH).bit_count() / _SLOTS


def _bands(signature: bytes) -> list[int]:
    """The parts of a signature by which like texts are found, each with its place."""
    return [place << 32 | slots for place, slots in enumerate(memoryview(signature).cast("I")[:_BANDS])]
