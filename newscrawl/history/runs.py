"""How each run went, and what it says beside the runs before it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from newscrawl.history.database import History, days_ago, now
from newscrawl.history.drift import Shares, falls

_RECENT = 14  # runs


def recent(history: History, limit: int, before: int | None = None, section: str | None = None) -> list[sqlite3.Row]:
    """The last runs, newest first; of one ``section``, and ``before`` one, if these are given."""
    return history.db.execute(
        "select * from runs where id < coalesce(?, id + 1) and section = coalesce(?, section) order by id desc limit ?",
        (before, section, limit),
    ).fetchall()


def drift(history: History, run: int, shares: Shares) -> list[str]:
    """What fell tonight against the recent runs of the same section.

    A run that drifted is the measure of those after it, so each drift is told once.
    """
    usual: list[dict[str, Any]] = []
    for row in recent(history, _RECENT, run, _section(history, run)):
        usual.append(json.loads(row["counts"]).get("shares", {}))
        if row["drift"] and " fell from " in row["drift"]:
            break
    return list(falls(shares, Shares.sum(usual)))


def stale_since(history: History, run: int, listing: str | None, days: float) -> str | None:
    """Since when the section's first page has shown the same articles, if that is longer than ``days``."""
    since = None
    if listing:
        for row in recent(history, -1, run, _section(history, run)):
            if row["listing"] not in (listing, None):
                break
            since = row["started"] if row["listing"] else since
    return since if since and since < days_ago(days) else None


@dataclass(frozen=True)
class Ending:
    """How a run ended: ``counts`` is JSON, ``listing`` stands for the first page's articles, ``drift`` is what fell."""

    status: int
    sentence: str
    counts: str
    listing: str | None
    drift: str | None
    seconds: float


def finish(history: History, run: int, ending: Ending) -> None:
    """Enter how a run ended."""
    with history.db as db:
        db.execute(
            "update runs set finished = :finished, seconds = :seconds, status = :status, sentence = :sentence,"
            " counts = :counts, listing = :listing, drift = :drift where id = :run",
            {**asdict(ending), "finished": now(), "run": run},
        )


def _section(history: History, run: int) -> str:
    return str(history.db.execute("select section from runs where id = ?", (run,)).fetchone()[0])


def versions(history: History, text: str) -> Iterator[sqlite3.Row]:
    """The emitted versions of the article that an address, a path or an id names, oldest first."""
    yield from history.db.execute(
        "select v.* from versions v join articles a on a.key = v.key join runs r on r.id = v.run"
        " where r.state = 'published' and (a.key = :text or a.key like '%/' || :text or :text like '%' || a.url)"
        " order by v.id",
        {"text": text},
    )
