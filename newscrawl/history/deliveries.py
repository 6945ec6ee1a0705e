"""Deliveries of finished files to places outside: entered with a file, due once it has its name, kept until done.

Paths below the history's folder are kept relative to it, so that the folder can be moved with what is due.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from newscrawl.article.lines import plain
from newscrawl.history.database import History, columns, now

#: States of what is due. An earlier version wrote ``gone`` for a file that it did not find.
_DUE = "state in ('pending', 'gone')"


@dataclass(frozen=True)
class Delivery:
    """A file that is due at a place.

    ``path`` is absolute. ``target`` is the place's address without secrets, ``name`` the file's name there. ``due`` is
    ISO 8601 in UTC. ``tries`` have failed, the last with ``error``.
    """

    path: str
    target: str
    name: str
    due: str = ""
    tries: int = 0
    error: str | None = None


def enter(db: sqlite3.Connection, run: int, path: str, targets: Iterable[tuple[str, str]]) -> None:
    """Enter that a file of the run is to be delivered; one that an earlier run wrote is now this run's, too."""
    kept = _relative(db, path)
    for target, name in targets:
        db.execute(
            "insert into deliveries(run, path, target, name) values (?, ?, ?, ?)"
            " on conflict (path, target) do update set run = excluded.run, name = excluded.name",
            (run, kept, target, name),
        )


def enter_whole(history: History, files: Iterable[tuple[str, str, str]]) -> None:
    """Enter files that are due as they are, whatever becomes of a run: those that were delivered only if they changed.

    Of each its path, the place and its name there. One that was entered before it was compressed by gzip keeps its
    name. Raises ``OSError`` where one is not there.
    """
    with history.durable() as db:
        rows = [(*_known(db, *file), now()) for file in files]
        db.executemany(
            "insert into deliveries(run, path, target, name, stamp, state, due)"
            " values (0, ?1, ?2, ?3, ?4, 'pending', ?5)"
            " on conflict (path, target) do update set state = 'pending', stamp = ?4, due = ?5, done = null,"
            " error = null, tries = 0 where stamp is not ?4",
            rows,
        )


def _known(db: sqlite3.Connection, path: str, target: str, name: str) -> tuple[str, str, str, str]:
    """The path, place and name that a file is entered by, and what changes with its content: its size and time."""
    file, status = Path(path), Path(path).stat()
    kept, stamp = _relative(db, path), f"{status.st_size} {status.st_mtime_ns}"
    if file != plain(file) and not plain(file).exists():  # else these are two files
        before = _relative(db, str(plain(file)))
        known = db.execute("select name, stamp from deliveries where path = ? and target = ?", (before, target))
        if row := known.fetchone():
            same = row["stamp"] and row["stamp"].split()[1][:-9] == str(status.st_mtime_ns)[:-9]  # gzip keeps the time
            return before, target, row["name"], row["stamp"] if same else stamp
    return kept, target, name, stamp


def has(history: History, path: str) -> bool:
    """Whether a file is to be delivered anywhere, or was."""
    kept = _relative(history.db, path)
    return history.db.execute("select 1 from deliveries where path = ? limit 1", (kept,)).fetchone() is not None


def leave(db: sqlite3.Connection, run: int, path: str) -> None:
    """The run has not written a file after all: what earlier runs wrote is due as before."""
    kept = _relative(db, path)
    db.execute("delete from deliveries where run = ? and path = ? and state = 'opened'", (run, kept))
    db.execute("update deliveries set run = 0 where run = ? and path = ?", (run, kept))


def become_due(db: sqlite3.Connection, run: int) -> None:
    """The run's files have their names: what they hold now is due, even where an older state was delivered.

    A file that the run has added nothing to is not due again.
    """
    same = db.execute("select path from files where run = ? and append and size > 0 and size = whole", (run,))
    for (path,) in same.fetchall():
        kept = _relative(db, path)
        db.execute(
            "update deliveries set run = 0 where run = ? and path = ? and state in ('done', 'given up')", (run, kept)
        )
    db.execute(
        "update deliveries set state = 'pending', due = ?, done = null, error = null, tries = 0 where run = ?",
        (now(), run),
    )


def pending(history: History) -> list[Delivery]:
    """What is due, in the order in which it became due."""
    if "name" not in columns(history.db, "deliveries"):  # a database of an earlier version that is only read
        return []
    home = _home(history.db)
    rows = history.db.execute(
        f"select path, target, name, due, tries, error from deliveries where {_DUE} order by due, path, target"  # noqa: S608
    )
    return [Delivery(str(home / path), *rest) for path, *rest in rows]


def targets(history: History) -> list[str]:
    """All places that files are, or were, to be delivered to, by their addresses without secrets."""
    return [target for (target,) in history.db.execute("select distinct target from deliveries order by target")]


def note(history: History, one: Delivery, error: str) -> None:
    """What became of a delivery: it has arrived (``""``), or stays due for a reason."""
    with history.durable() as db:
        db.execute(
            "update deliveries set state = iif(:error = '', 'done', 'pending'), done = iif(:error = '', :now, done),"
            " error = nullif(:error, ''), tries = tries + (:error <> '') where path = :path and target = :target",
            {"now": now(), "error": error, "path": _relative(history.db, one.path), "target": one.target},
        )


def give_up(history: History, is_meant: Callable[[str], bool]) -> int:
    """Forget what is due at the places whose addresses, without secrets, are meant; the number of files."""
    meant = [target for target in targets(history) if is_meant(target)]
    with history.durable() as db:
        return sum(
            db.execute(f"update deliveries set state = 'given up' where {_DUE} and target = ?", (target,)).rowcount  # noqa: S608
            for target in meant
        )


def _home(db: sqlite3.Connection) -> Path:
    """The folder of a history's database; of one without a file, the root."""
    files = [row[2] for row in db.execute("pragma database_list") if row[1] == "main"]
    return Path(files[0]).resolve().parent if files and files[0] else Path("/")


def _relative(db: sqlite3.Connection, path: str) -> str:
    """A path as the table has it: relative to the history's folder where it is below that."""
    home = _home(db)
    return str(Path(path).relative_to(home)) if Path(path).is_relative_to(home) else path
