"""The database that ``scrapy load`` writes to: one load at a time, beside readers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from newscrawl.database.articles import Articles
from newscrawl.database.opening import explain, reading, recognise


class Database(Articles):
    """The database at ``path``, made if it is not there; one load at a time, the next one waits for a minute.

    Raises ``OSError`` where it cannot be opened, or is a database of something else.
    """

    def __init__(self, path: Path):
        self.path = path
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
