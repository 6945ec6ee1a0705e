"""What Redis has of earlier crawls, as a history of a single machine."""

from __future__ import annotations

import json
import re
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from newscrawl.history import runs
from newscrawl.history.database import History, insert_version
from newscrawl.store.redis import article as records
from newscrawl.store.redis.session import asked, prefix_of

_AT_ONCE, _LOOKED_AT = 1000, 5000  # keys
_NUMBERS, _VERSIONS = 10**9, 100  # of the versions of one second, and of one article
_COLUMNS = (
    "id", "started", "section", "feeds", "state", "finished", "seconds", "status", "sentence", "pages", "listing",
    "drift", "counts",
)  # fmt: skip


def run_record(facts: Mapping[str, str], number: int, now: str) -> dict[str, Any]:
    """What the table of runs has of a crawl that ends ``now``, but for how it went."""
    started = int(facts["started"])
    return {
        "id": number, "crawl": number, "started": records.moment(started), "finished": now, "section": facts["section"],
        "seconds": float(records.seconds(now) - started), "feeds": 1, "state": "published",
    }  # fmt: skip


def history_of(kept: Iterable[str]) -> History:
    """The crawls of the ``runs`` list, newest first, as a temporary history, which knows no articles."""
    history = History(None)
    _enter(history, kept)
    return history


def _enter(history: History, kept: Iterable[str]) -> None:
    for text in kept:
        run = _row(json.loads(text))
        history.db.execute(
            f"insert or ignore into runs({', '.join(_COLUMNS)}) values (:{', :'.join(_COLUMNS)})",  # noqa: S608 - ours
            {name: run.get(name) for name in _COLUMNS},
        )
    history.save()


def _row(run: dict[str, Any]) -> dict[str, Any]:
    """A crawl as the table has it, also one that version 1 kept: that has no section, and its moments are numbers."""
    row = {"id": run["crawl"], "section": "", "feeds": 1, "state": "published", "pages": 0} | run
    if isinstance(row["started"], int):
        row["seconds"] = float(row["finished"] - row["started"])
        row |= {name: records.moment(row[name]) for name in ("started", "finished")}
    if not isinstance(row.get("counts", ""), str):
        row["counts"] = json.dumps({"written": 0, "changed": 0, "unchanged": 0} | row["counts"])
    return {"counts": "{}"} | row


def names(settings: BaseSettings) -> list[str]:
    """What the histories in Redis are called. Raises ``OSError`` where it cannot be reached."""
    begin, end = settings["REDIS_PREFIX"], ":crawls"
    keys = asked(settings, lambda client: list(_keys(client, begin, end)))
    found = {key.removeprefix(begin).removesuffix(end) for key in keys}
    return sorted(name for name in found if ":" not in name)  # an article's key may end so, too


def is_there(settings: BaseSettings, name: str) -> bool:
    """Whether Redis has a history of that name. Raises ``OSError`` where it cannot be reached."""
    return bool(asked(settings, lambda client: client.exists(f"{prefix_of(settings, name)}crawls")))


def last_runs(settings: BaseSettings, name: str, limit: int) -> list[dict[str, Any]]:
    """The last crawls as :func:`newscrawl.history.runs.overview` has them, with their ``workers`` and how many died.

    Raises ``OSError`` where Redis cannot be reached.
    """
    prefix = prefix_of(settings, name)
    kept: Any = asked(settings, lambda client: client.lrange(f"{prefix}runs", 0, limit - 1))
    told = {run["crawl"]: run for run in map(json.loads, kept)}
    with history_of(kept) as history:
        return [_with_workers(row, told[row["id"]]) for row in runs.overview(history, limit)]


def _with_workers(row: dict[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    again = told.get("again", 0)  # among what was written; a temporary history has no versions that would tell
    same = {"again": again, "new": row["new"] - again, "unchanged": row["unchanged"] + again}
    return row | same | {which: told.get(which) for which in ("workers", "dead")}


def snapshot(settings: BaseSettings, name: str, path: Path) -> History:
    """All that Redis's history has, in a new database at ``path``. Raises ``OSError`` where Redis cannot be reached."""
    prefix = prefix_of(settings, name)

    def copy(client: Any) -> History:
        history = History(path)
        try:
            _copy(client, prefix, history)
        except BaseException:
            with suppress(Exception):
                history.close()
            raise
        return history

    return asked(settings, copy)


@contextmanager
def copied(settings: BaseSettings, name: str) -> Iterator[Path]:
    """A :func:`snapshot` that is there for so long. Raises ``OSError`` where Redis cannot be reached."""
    with tempfile.TemporaryDirectory(prefix="newscrawl-") as folder:
        path = Path(folder) / f"{name}.history.sqlite"
        snapshot(settings, name, path).close()
        yield path


def _copy(client: Any, prefix: str, history: History) -> None:
    _enter(history, client.lrange(f"{prefix}runs", 0, -1))
    starts = history.db.execute("select started, id from runs order by started, id").fetchall()
    moments = [started for started, _ in starts]
    for number, (name, record) in enumerate(_articles(client, prefix)):
        version = None
        for place, values in enumerate(records.version_rows(name, record)):
            if not values["run"] and starts:  # version 1 kept no crawl's number
                values["run"] = starts[max(bisect_right(moments, values["crawled_at"]) - 1, 0)][1]
            # Numbers go up with the moments, as where they are given one after the other.
            version = values["id"] = records.seconds(values["crawled_at"]) * _NUMBERS + number * _VERSIONS + place
            history.db.execute(insert_version(values), values)
        history.db.execute(
            "insert into articles(key, url, section, listed, first_seen, last_seen, failure, failing_since,"
            " failing_run, taken_away, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*records.row(name, record), version),
        )
    history.db.execute(
        "insert or ignore into runs(id, started, section, feeds, state)"
        " select run, min(crawled_at), '', 1, 'published' from versions group by run"
    )
    aliases = ((name, article or None) for name, article in client.hscan_iter(f"{prefix}aliases", count=_AT_ONCE))
    history.db.executemany("insert or ignore into aliases values (?, ?)", aliases)
    for key in _keys(client, f"{prefix}sources:"):
        walk, _, days = key.removeprefix(f"{prefix}sources:").rpartition(" ")
        sources = ((walk, days, url, int(run)) for url, run in client.hgetall(key).items())
        history.db.executemany("insert or ignore into backfills values (?, ?, ?, ?)", sources)
    history.save()


def _articles(client: Any, prefix: str) -> Iterator[tuple[str, records.Record]]:
    begin, seen = f"{prefix}article:", set()
    for keys in grouped(_keys(client, begin), _AT_ONCE):
        for key, text in zip(keys, client.mget(keys), strict=True):
            if text and key not in seen:  # a scan may give one twice
                seen.add(key)
                yield key.removeprefix(begin), json.loads(text)


def _keys(client: Any, begin: str, end: str = "") -> Iterator[str]:
    pattern = re.sub(r"([*?\[\]\\])", r"\\\1", begin)
    yield from client.scan_iter(f"{pattern}*{end}", count=_LOOKED_AT)


def grouped(values: Iterable[Any], most: int) -> Iterator[list[Any]]:
    """The values in their order, up to so many at a time."""
    group: list[Any] = []
    for value in values:
        group.append(value)
        if len(group) == most:
            yield group
            group = []
    if group:
        yield group
