"""What the runs of a history emitted, as its database has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from newscrawl.history.database import Reader, columns
from newscrawl.report.lines import Version

_PUBLISHED = "from versions v join runs r on r.id = v.run where r.state = 'published'"


@dataclass(frozen=True, slots=True)
class Emitted:
    """The last version of an article that the runs emitted; ``first_run`` is the number of the run that it was new to.

    ``path`` is its address, or that without the host; ``day`` and ``time`` (hh:mm) of publication are the publisher's.
    """

    version: Version
    file: str | None
    headline: str
    path: str
    day: date | None
    time: str
    first_run: int

    @property
    def key(self) -> str:
        """``publisher/id``."""
        return self.version[0]

    @property
    def publisher(self) -> str:
        """Its domain."""
        return self.key.partition("/")[0]

    def is_dated(self, last: date) -> bool:
        """Whether its day can be right: a page may claim any, and one after the day after the last run is wrong."""
        return self.day is not None and self.day <= last + timedelta(days=1)

    @property
    def weekday_hour(self) -> tuple[int, int] | None:
        """The weekday, 0 for Monday, and hour of publication."""
        return (self.day.weekday(), int(self.time[:2]) % 24) if self.day and self.time else None


@dataclass(frozen=True, slots=True)
class ChangedVersion:
    """A version that differs from the one before: file and hash of both. ``emitted`` is ISO 8601 in UTC."""

    key: str
    before: tuple[str | None, str]
    after: tuple[str | None, str]
    headline: str
    path: str
    emitted: str


@dataclass(frozen=True, slots=True)
class TakenAway:
    """An article that the publisher removed; ``seen`` is when that was first seen, ISO 8601 in UTC."""

    article: Emitted
    seen: str


_ARTICLE = (
    "v.key, v.content_hash, v.file, v.headline, v.url, v.date_published,"
    " (select min(f.run) from versions f where f.key = v.key) as first_run"
)


def articles(history: Reader, since: date) -> Iterator[Emitted]:
    """The articles that the runs since a day (UTC) emitted."""
    rows = history.db.execute(
        f"select {_ARTICLE}, max(v.id) {_PUBLISHED} and r.started >= ? group by v.key order by v.key",
        (since.isoformat(),),
    )
    yield from map(_emitted, rows)


def article(history: Reader, key: str) -> Emitted | None:
    """The article of a key, whenever it was emitted."""
    row = history.db.execute(
        f"select {_ARTICLE} from articles a join versions v on v.id = a.version where a.key = ?",  # noqa: S608
        (key,),
    ).fetchone()
    return row and _emitted(row)


def changed(history: Reader, since: date) -> Iterator[ChangedVersion]:
    """The changes that the runs since a day (UTC) emitted, newest first."""
    rows = history.db.execute(
        "select * from (select v.id, v.key, v.file, v.content_hash, v.headline, v.url, v.crawled_at, r.started,"  # noqa: S608
        " lag(v.file) over story as file_before, lag(v.content_hash) over story as hash_before"
        f" {_PUBLISHED} window story as (partition by v.key order by v.id))"
        " where hash_before <> content_hash and started >= ? order by id desc",
        (since.isoformat(),),
    )
    for row in rows:
        before, after = (row["file_before"], row["hash_before"]), (row["file"], row["content_hash"])
        yield ChangedVersion(row["key"], before, after, row["headline"], row["url"], row["crawled_at"])


def taken_away(history: Reader, since: date) -> Iterator[TakenAway]:
    """The articles that the publisher was seen to have removed since a day (UTC), newest first."""
    if "taken_away" not in columns(history.db, "articles"):  # an earlier version's, which no crawl has opened since
        return
    rows = history.db.execute(
        f"select {_ARTICLE}, a.taken_away from articles a join versions v on v.id = a.version"  # noqa: S608
        " where a.taken_away >= ? order by a.taken_away desc, v.key",
        (since.isoformat(),),
    )
    for row in rows:
        yield TakenAway(_emitted(row), row["taken_away"])


def wanted(
    emitted: Iterable[Emitted], changes: Iterable[ChangedVersion]
) -> tuple[dict[str, set[Version]], set[Version]]:
    """Which versions to read from which file, and of which of them the bodies."""
    files: dict[str, set[Version]] = {}
    bodies: set[Version] = set()
    for one in emitted:
        files.setdefault(one.file or "", set()).add(one.version)
    for change in changes:
        for file, content_hash in (change.before, change.after):
            files.setdefault(file or "", set()).add((change.key, content_hash))
            bodies.add((change.key, content_hash))
    files.pop("", None)
    return files, bodies


def _emitted(row: dict[str, str]) -> Emitted:
    day, time = None, ""
    with suppress(ValueError, TypeError):
        published = row["date_published"]
        day = date.fromisoformat(published[:10])
        if published[13:14] == ":" and published[11:13].isdecimal():
            time = published[11:16]
    version = row["key"], row["content_hash"]
    return Emitted(version, row["file"], row["headline"], row["url"], day, time, int(row["first_run"]))
