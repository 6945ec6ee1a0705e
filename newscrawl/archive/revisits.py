"""What a revisit record stands for (WARC/1.1, 6.7): the page that another record holds, in any of a replay's files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

from newscrawl.archive.reading import Record, read

_NOT_MODIFIED = "server-not-modified"  # in the profile's address
_HELD = ("response", "resource")
_MOST_REDIRECTS = 5
_SOON = timedelta(days=1)  # behind a story's first page, within which its further ones were fetched


class Revisits:
    """Finds the records that revisit records refer to, in any of the files.

    The first revisit record has all files read for what they hold, which is kept on the disk, in a temporary file.
    """

    def __init__(self, paths: Sequence[Path]):
        self._paths = paths
        self._db: sqlite3.Connection | None = None

    def resolve(self, revisit: Record) -> Record | None:
        """The page that a revisit record stands for, as a record in its place; ``None`` where no file has it.

        Its date is the revisit's where the server sent the page again, and the stored page's where it said "not
        modified": what the page says is relative to when it was sent.
        """
        for path, offset, id, url in self._places(revisit):
            stored = _record_at(self._paths[path], offset, id, url)
            if stored:
                date = stored.date if _is_not_modified(revisit) else revisit.date or stored.date
                return replace(
                    stored, url=revisit.url, date=date, id=revisit.id, offset=revisit.offset, warc=revisit.warc
                )
        return None

    def page(self, url: str, since: datetime | None) -> Record | None:
        """The first answer from an address within a day since a moment; of a redirect, where it leads."""
        for _ in range(_MOST_REDIRECTS):
            rows = self._index().execute(
                "select path, offset, id, url, date from held where url = ? and date >= ? order by date limit 1",
                (url, _moment(since)),
            )
            place = rows.fetchone()
            record = _record_at(self._paths[place[0]], *place[1:4]) if place else None
            if record is None or record.date is None or (since and record.date - since > _SOON):
                return None
            location = record.header("Location")
            if not 300 <= record.status < 400 or not location:
                return record
            url = urljoin(url, location)
        return None

    def _places(self, revisit: Record) -> Iterator[tuple[int, int, str, str]]:
        """Where the record may be, the best first."""
        for condition, values in _conditions(revisit):
            yield from self._index().execute(
                f"select path, offset, id, url from held where {condition} order by date desc limit 1",  # noqa: S608
                values,
            )

    def _index(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = sqlite3.connect("", isolation_level=None)
            self._db.executescript(
                "pragma journal_mode = off; pragma synchronous = off;"
                "create table held(path integer, offset integer, id text, url text, date text, digest text);"
            )
            for number, path in enumerate(self._paths):
                self._db.executemany("insert into held values (?, ?, ?, ?, ?, ?)", _rows(number, path))
            for column in ("id", "url", "digest"):
                self._db.execute(f"create index held_{column} on held({column})")
        return self._db


def _rows(number: int, path: Path) -> Iterator[tuple[int, int, str, str, str, str]]:
    try:
        for record in read(path, _HELD):
            if isinstance(record, Record):
                digest = record.warc_header("WARC-Payload-Digest").lower()
                yield number, record.offset, record.id, record.url, _moment(record.date), digest
    except OSError:  # the replay tells it when it reads the file itself
        return


def _conditions(revisit: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Conditions for the record that a revisit refers to: by its id, its address and date, its content."""
    if id := revisit.warc_header("WARC-Refers-To"):
        yield "id = ?", (id,)
    url = revisit.warc_header("WARC-Refers-To-Target-URI").strip("<> ") or revisit.url
    if date := revisit.warc_header("WARC-Refers-To-Date"):
        yield "url = ? and date = ?", (url, _moment(_parsed(date)))
    digest = revisit.warc_header("WARC-Payload-Digest").lower()
    if digest:
        yield "digest = ? and url = ?", (digest, url)
        yield "digest = ?", (digest,)
    elif _is_not_modified(revisit):
        yield "url = ? and date <= ?", (url, _moment(revisit.date))


def _is_not_modified(revisit: Record) -> bool:
    return _NOT_MODIFIED in revisit.warc_header("WARC-Profile")


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _moment(date: datetime | None) -> str:
    return date.astimezone(UTC).isoformat(timespec="microseconds") if date else ""


def _record_at(path: Path, offset: int, id: str, url: str) -> Record | None:
    """The record at a place in a file; of a file that cannot be read from there (one stream), by reading it all."""
    for begin in (offset, 0):
        with path.open("rb") as file:
            file.seek(begin)
            for record in read(file, _HELD, path.name):
                if isinstance(record, Record) and (record.id, record.url) == (id, url):
                    return record
                if begin:
                    break
    return None
