"""The database that ``scrapy load`` writes to: one load at a time, beside readers."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol, Self

from filelock import FileLock, Timeout

from newscrawl.database.articles import Articles
from newscrawl.database.opening import explain, reading, recognise


class Tables(Protocol):
    """A database that files are loaded into, whichever program keeps it."""

    #: What the names of files begin at; ``None``: at the root.
    folder: Path | None
    #: "Is another value than", also where one is null.
    differs_from: str

    def transaction(self) -> AbstractContextManager[object]:
        """One transaction, the only one that writes; undone if something is raised."""

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """Run a statement with ``?`` or ``:name`` for each value; gives a cursor."""

    def enter(self, articles: Iterable[dict[str, Any]]) -> tuple[int, int, int]:
        """Enter articles in a transaction; how many were new, other versions of known ones, and known."""

    def prefer(self, key: str, crawled_at: str, content_hash: str) -> None:
        """Let an earlier version of an article, ``publisher/id``, be its last, whatever the clock says."""


class Database(Articles):
    """The database at ``path``, made if it is not there; one load at a time, the next one waits for a minute.

    Raises ``OSError`` where it cannot be opened, or is a database of something else.
    """

    differs_from = "is not"

    def __init__(self, path: Path):
        self.path = path
        self.folder: Path | None = path.resolve().parent
        if path.is_dir():
            raise OSError(f"{path} is a folder; name a file")
        if path.is_file():
            with reading(path, empty=True, outdated=True):  # before there is a lock beside what is none of ours
                pass
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # SQLite does not wait where two processes make one database.
            self._lock = FileLock(path.with_name(f".{path.stem}.lock"))
            self._lock.acquire(timeout=60)
        except Timeout:
            raise BlockingIOError(f"another load is writing to {path}; wait until it has ended") from None
        except OSError as error:
            raise OSError(explain(path, error)) from error
        try:
            super().__init__(sqlite3.connect(path, timeout=60, isolation_level=None))
            self._open()
        except sqlite3.Error as error:
            raise OSError(explain(path, error)) from error

    def _open(self) -> None:
        db = self.db
        recognise(db, self.path, outdated=True)
        db.execute("pragma journal_mode = wal")  # Datasette goes on reading
        db.execute("pragma synchronous = normal")  # what a power failure takes back is loaded again
        db.execute("pragma cache_size = -32768")  # KiB
        with self.transaction():
            self.make()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()
        self._lock.release()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction, the only one that writes; undone if something is raised."""
        self.db.execute("begin immediate")
        try:
            yield self.db
            self.index()
        except BaseException:
            self.forget()
            self.db.rollback()
            raise
        self.db.commit()

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        return self.db.execute(sql, values)

    def enter(self, articles: Iterable[dict[str, Any]]) -> tuple[int, int, int]:
        done = Counter(map(self.put, articles))
        return done["new"], done["changed"], done["known"]
