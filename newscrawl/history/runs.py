"""How each run went, and what it says beside the runs before it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urljoin

from newscrawl.addresses.site import Site
from newscrawl.history.database import Complete, History, columns, days_ago, now
from newscrawl.history.drift import Shares, falls
from newscrawl.publishers import GENERIC, described

_RECENT = 14  # runs


def recent(history: History, limit: int, before: int | None = None, section: str | None = None) -> sqlite3.Cursor:
    """The last runs, newest first, all for a ``limit`` of -1; of one ``section`` and ``before`` one, if given."""
    return history.db.execute(
        "select * from runs where id < coalesce(?, id + 1) and section = coalesce(?, section) order by id desc limit ?",
        (before, section, limit),
    )


def news_since(history: History, section: str) -> str | None:
    """When the last run over a section began that read it in order and emitted something.

    The stories that it found may not have been looked at since.
    """
    row = history.db.execute(
        "select started from runs where section = ? and pages > 0 and json_extract(counts, '$.written') > 0"
        " order by id desc limit 1",
        (section,),
    ).fetchone()
    return row and str(row[0])


def pages_read(history: History, section: str) -> int:
    """How many listing pages the last run over a section read, if it read all of them in order.

    0 where articles were taken from files since: what was found and not emitted before may be behind any page.
    """
    row = history.db.execute(
        "select pages from runs where section = ? or feeds = 0 order by id desc limit 1", (section,)
    ).fetchone()
    return int(row[0]) if row else 0


def status_before(history: History, run: int, section: str) -> int | None:
    """The exit status of the run before one over a section, 2 where it was cut off; ``None`` if there was none."""
    row = history.db.execute(
        "select coalesce(status, 2) from runs where id < ? and section = ? and feeds > 0 order by id desc limit 1",
        (run, section),
    ).fetchone()
    return row and int(row[0])


def last_complete(history: History, section: str) -> Complete | None:
    """The last run over a section that read its listing in order and did not fail."""
    row = history.db.execute(
        "select id as run, started, finished, pages, coalesce(json_extract(counts, '$.listed'), 0) as listed from runs"
        " where section = ? and pages > 0 and status <> 1 and finished is not null order by id desc limit 1",
        (section,),
    ).fetchone()
    return Complete(**dict(row)) if row else None


def drift(history: History, run: int, section: str, kind: str, shares: Shares) -> list[str]:
    """What this run has less of than the recent runs of the same section, of one kind of shares.

    A run that drifted is the measure of those after it, so each drift is told once.
    """
    usual: list[dict[str, Any]] = []
    for row in recent(history, _RECENT, run, section):
        usual.append(json.loads(row["counts"]).get(kind, {}))
        if row["drift"] and " fell from " in row["drift"]:
            break
    return list(falls(shares, Shares.sum(usual)))


def stale_since(history: History, run: int, section: str, listing: str | None, days: float) -> str | None:
    """Since when the section's first page has shown the same articles, if that is longer than ``days``."""
    since = None
    if listing:
        for row in recent(history, -1, run, section):
            if row["listing"] not in (listing, None):
                break
            since = row["started"] if row["listing"] else since
    return since if since and since < days_ago(days) else None


@dataclass(frozen=True)
class Ending:
    """How a run ended.

    ``counts`` is JSON, ``listing`` stands for the first page's articles, ``drift`` is what fell, ``pages`` how many
    listing pages were read, if all of them were, in order.
    """

    status: int
    sentence: str
    counts: str
    listing: str | None
    drift: str | None
    pages: int
    seconds: float


def finish(history: History, run: int, ending: Ending) -> None:
    """Enter how a run ended."""
    with history.db as db:
        db.execute(
            "update runs set finished = :finished, seconds = :seconds, status = :status, sentence = :sentence,"
            " counts = :counts, listing = :listing, drift = :drift, pages = :pages where id = :run",
            {**asdict(ending), "finished": now(), "run": run},
        )


def versions(history: History, key: str) -> Iterator[sqlite3.Row]:
    """The emitted versions of an article, oldest first."""
    yield from history.db.execute(
        "select v.* from versions v join runs r on r.id = v.run"
        " where r.state = 'published' and v.key = ? order by v.id",
        (key,),
    )


def dead(history: History) -> list[dict[str, Any]]:
    """The articles whose addresses came to nothing the last time that they were asked for, the longest first."""
    if "failing_since" not in columns(history.db, "articles"):  # an earlier version's, which no crawl has opened since
        return []
    rows = history.db.execute(
        "select failing_since as since, failure as reason, key, url as path from articles"
        " where failing_since is not null order by failing_since, key"
    )
    return [dict(row) for row in rows]


def emitted_last(history: History) -> list[tuple[str, str, str]]:
    """Key, ``crawled_at`` and hash of versions that were emitted last and are not the latest by the clock.

    The clock was wrong in one of the runs: which came last, their numbers tell.
    """
    return [
        tuple(row)
        for row in history.db.execute(
            "select v.key, v.crawled_at, v.content_hash from articles a join versions v on v.id = a.version"
            " where exists (select 1 from versions o join runs r on r.id = o.run where o.key = v.key and o.id < v.id"
            " and o.crawled_at > v.crawled_at and r.state = 'published')"
        )
    ]


def named(history: History, text: str) -> sqlite3.Row:
    """The one article that an address, a path, a publisher's id or a key names, emitted or not.

    The address may be a copy's, AMP, with tracking parameters, or with an older wording in its path.
    Raises ``ValueError`` where it names none, or several.
    """
    keys = {text}
    for publisher in (*described().values(), GENERIC):
        for form in (text, f"https://{text}"):
            with suppress(ValueError):
                address = urljoin(publisher.home, form)
                site = Site(publisher, address)
                keys.add(f"{site.name}/{site.key(site.url(address) or '')}")
    found: list[sqlite3.Row] = history.db.execute(
        f"select * from articles where key in ({', '.join('?' * len(keys))})"  # noqa: S608 - question marks
        " or substr(key, instr(key, '/') + 1) = ? or url = ?",
        (*keys, text, text),
    ).fetchall()
    if len(found) != 1:
        which = f"it names {', '.join(row['key'] for row in found)}" if found else "no run has found it"
        raise ValueError(f"expected an article's address, path or id, not {text!r}: {which}")
    return found[0]


def story(history: History, article: sqlite3.Row) -> dict[str, Any]:
    """An article of :func:`named` and its versions, oldest first: ``new``, ``changed``, or emitted ``again``."""
    found: list[dict[str, Any]] = []
    for row in versions(history, article["key"]):
        before = found[-1]["content_hash"] if found else None
        status = "new" if before is None else "again" if before == row["content_hash"] else "changed"
        kept = {name: row[name] for name in ("headline", "content_hash", "file", "date_published")}
        found.append({"emitted": row["crawled_at"], "status": status, **kept})
    return {name: article[name] for name in ("key", "url", "first_seen", "last_seen")} | {"versions": found}


def overview(history: History, limit: int) -> list[dict[str, Any]]:
    """The last runs, oldest first: what each counted itself, else what its versions tell.

    ``ending`` is ``ended``, ``recovered`` (it was cut off, and a later run saved its articles), ``imported``,
    or ``unfinished`` (it is running, or was cut off). What is not known is ``None``.
    """
    told = {
        row["run"]: dict(row)
        for row in history.db.execute(
            "select run, count(*) filter (where before is null) as new,"
            " count(*) filter (where before <> content_hash) as changed,"
            " count(*) filter (where before = content_hash) as again from (select run, content_hash,"
            " lag(content_hash) over (partition by key order by id) as before from versions) group by run"
        )
    }
    found = []
    for row in reversed(recent(history, limit).fetchall()):
        published, ended, counts = row["state"] == "published", row["status"] is not None, json.loads(row["counts"])
        versions = {"new": 0, "changed": 0, "again": 0} | told.get(row["id"], {})
        if "written" in counts:  # among them what was written again, which is neither new nor changed
            counts["new"] = counts["written"] - counts["changed"] - versions["again"]
            counts["unchanged"] += versions["again"]
        elif published:
            counts = versions
        ending = "unfinished" if not ended else "imported" if not row["feeds"] else "ended"
        sentence = row["sentence"]
        if ended and not row["finished"]:
            ending = "recovered"
        elif not ended and published:
            sentence = "it was cut off after its articles were written"
        elif not ended:
            sentence = "it has not ended: it is running, or was cut off and the next run saves its articles"
        found.append(
            {name: row[name] for name in ("id", "started", "seconds", "status")}
            | {"ending": ending, "sentence": sentence, "again": versions["again"]}
            | {name: counts.get(name) for name in ("new", "changed", "unchanged", "failed", "pages")}
        )
    return found
