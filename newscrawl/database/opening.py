"""Whether a file is a database of articles, and how it is opened to be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from newscrawl.program import program

APPLICATION = 0x6E657773  # "news"; https://www.sqlite.org/pragma.html#pragma_application_id
#: Raised with the schema of the tables, except for a field that ``Article`` gains.
VERSION = 3
#: The one before it, which the next load brings up to date.
_VERSION_BEFORE = 2

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")  # the last one: a table is missing
_UNOPENED = ("SQLITE_CANTOPEN", "SQLITE_READONLY")


@contextmanager
def reading(path: Path, *, empty: bool = False, outdated: bool = False) -> Iterator[sqlite3.Connection]:
    """The database at ``path``, to be read, also beside a load and in a folder that cannot be written to.

    It may be ``empty``, or ``outdated``, where that is asked for. Raises ``OSError`` that says what to do where the
    file cannot be read or is something else.
    """
    if path.is_dir():
        raise OSError(f"{path} is a folder; expected a database that '{program()} load' has made")
    wal = path.with_name(f"{path.name}-wal")
    before = _state(path, wal)
    alone = False
    try:
        db, alone = _opened(path, alone=not before[0])
        with closing(db):
            if not recognise(db, path, outdated=outdated) and not empty:
                raise OSError(f"{path} holds nothing; expected a database that '{program()} load' has made")
            yield db
    except sqlite3.Error as error:
        if not alone or _state(path, wal) == before:
            raise OSError(explain(path, error)) from error
    if alone and _state(path, wal) != before:
        raise OSError(f"a load has begun to write to {path} meanwhile; do it again")


def recognise(db: sqlite3.Connection, path: Path, *, outdated: bool = False) -> bool:
    """Whether a database has tables, which are then those of articles.

    Where it may be ``outdated``, they may be of the version before. Raises ``OSError`` where they are others, and
    ``sqlite3.Error``.
    """
    if not db.execute("select count(*) from sqlite_schema").fetchone()[0]:
        return False
    made, version = (db.execute(f"pragma {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if made != APPLICATION:
        raise OSError(f"{path} is a database of something else; expected one that '{program()} load' or -O has made")
    if version == _VERSION_BEFORE:
        if not outdated:
            raise OSError(
                f"{path} is a database of an earlier version; run '{program()} load', which brings it up to date"
            )
    elif version != VERSION:
        raise OSError(
            f"{path} is a database of another version (schema version {version}, not {VERSION});"
            " move it away and load all files again"
        )
    return True


def explain(path: Path, error: sqlite3.Error | OSError) -> str:
    """A sentence on an error with the database at ``path``, that says what to do."""
    if isinstance(error, OSError):
        return f"{path} cannot be made or written to ({error.strerror}); change the permissions, or name another file"
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_NOTADB"):
        return f"{path} is not a database; name another file, or move it away and load all files again"
    if name.startswith(_DAMAGED):
        mend = "it is damaged: move it away and load all files again"
    elif name.startswith("SQLITE_BUSY"):
        mend = "another process is writing to it: wait until that has ended"
    elif name.startswith(_UNOPENED):
        mend = "change the permissions of the file and its folder"
    else:
        mend = "free some disk space, or change the permissions, and run again"
    return f"{path} cannot be used ({error}); {mend}"


def _state(path: Path, wal: Path) -> tuple[bool, int]:
    """What another process's load changes: whether it has a journal, and the file's time."""
    return wal.exists(), path.stat().st_mtime_ns if path.exists() else 0


def _opened(path: Path, *, alone: bool) -> tuple[sqlite3.Connection, bool]:
    """The database, and whether it was opened as one that nobody writes to, where it may be taken to be ``alone``."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        return _connected(address), False
    except sqlite3.OperationalError as error:
        # A reader makes a file beside the database, or joins a load's. Where it can do neither, no load is on.
        if not alone or not error.sqlite_errorname.startswith(_UNOPENED):
            raise
        return _connected(f"{address}&immutable=1"), True


def _connected(address: str) -> sqlite3.Connection:
    db = sqlite3.connect(address, timeout=10, uri=True)
    try:
        db.execute("select 1 from sqlite_schema")  # before which nothing is opened
    except sqlite3.Error:
        db.close()
        raise
    return db
