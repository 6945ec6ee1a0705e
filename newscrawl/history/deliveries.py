"""Deliveries of finished files to places outside: entered with a file, due once it has its name, kept until done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newscrawl.history.database import History, at, columns, now

#: Why a delivery is given up.
GONE = "the file is gone"


@dataclass(frozen=True)
class Delivery:
    """A file that is due at a place.

    ``target`` is the place's address without secrets, ``name`` the file's name there. ``due`` is ISO 8601 in UTC.
    ``tries`` have failed, the last with ``error``.
    """

    path: str
    target: str
    name: str
    due: str = ""
    tries: int = 0
    error: str | None = None


def enter(db: sqlite3.Connection, run: int, path: str, targets: Iterable[tuple[str, str]]) -> None:
    """Enter that a file of the run is to be delivered; one that an earlier run wrote is now this run's, too."""
    for target, name in targets:
        db.execute(
            "insert into deliveries(run, path, target, name) values (?, ?, ?, ?)"
            " on conflict (path, target) do update set run = excluded.run, name = excluded.name",
            (run, path, target, name),
        )


def enter_whole(history: History, files: Iterable[tuple[str, str, str]]) -> None:
    """Enter files that are due as they are, whatever becomes of a run: those that were delivered only if they changed.

    Of each its path, the place and its name there. Raises ``OSError`` where one is not there.
    """
    rows = [(*file, now(), at(Path(file[0]).stat().st_mtime)) for file in files]
    with history.durable() as db:  # of a change in the second of the delivery, nobody knows which was first
        db.executemany(
            "insert into deliveries(run, path, target, name, state, due) values (0, ?1, ?2, ?3, 'pending', ?4)"
            " on conflict (path, target) do update"
            " set state = 'pending', due = ?4, done = null, error = null, tries = 0"
            " where state = 'gone' or (state = 'done' and done <= ?5)",
            rows,
        )


def has(history: History, path: str) -> bool:
    """Whether a file is to be delivered anywhere, or was."""
    return history.db.execute("select 1 from deliveries where path = ? limit 1", (path,)).fetchone() is not None


def leave(db: sqlite3.Connection, run: int, path: str) -> None:
    """The run has not written a file after all: what earlier runs wrote is due as before."""
    db.execute("delete from deliveries where run = ? and path = ? and state = 'opened'", (run, path))
    db.execute("update deliveries set run = 0 where run = ? and path = ?", (run, path))


def become_due(db: sqlite3.Connection, run: int) -> None:
    """The run's files have their names: what they hold now is due, also where an older state was delivered.

    A file that the run has added nothing to is not due again.
    """
    db.execute(
        "update deliveries set state = 'pending', due = :now, done = null, error = null, tries = 0"
        " where run = :run and not (state = 'done' and exists (select 1 from files f where f.run = :run"
        " and f.path = deliveries.path and f.append and f.size > 0 and f.size = f.whole))",
        {"run": run, "now": now()},
    )


def pending(history: History) -> list[Delivery]:
    """What is due, in the order in which it became due."""
    if "name" not in columns(history.db, "deliveries"):  # a database of an earlier version that is only read
        return []
    rows = history.db.execute(
        "select path, target, name, due, tries, error from deliveries where state = 'pending'"
        " order by due, path, target"
    )
    return [Delivery(*row) for row in rows]


def note(history: History, one: Delivery, error: str) -> None:
    """What became of a delivery: it has arrived (``""``), was given up (``GONE``), or stays due for a reason."""
    state = {"": "done", GONE: "gone"}.get(error, "pending")
    with history.durable() as db:
        db.execute(
            "update deliveries set state = :state, done = iif(:state = 'done', :now, done), error = nullif(:error, ''),"
            " tries = tries + (:state = 'pending') where path = :path and target = :target",
            {"state": state, "now": now(), "error": error, "path": one.path, "target": one.target},
        )
