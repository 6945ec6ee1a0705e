"""Which pages the archives in a folder hold: an index beside them, made from them.

With it, a later run knows whether the answer "not modified" has a stored page to refer to.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawl.archive.reading import Record, files, read
from newscrawl.plural import counted

logger = logging.getLogger(__name__)
INDEX = "index.sqlite"
_VERSION = 1  # of the tables
_REDIRECTS = (301, 302, 303, 307, 308)  # HTTP statuses
_BUSY = 60.0  # seconds to wait for another process that writes to the index


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored answer: its record's ``id``, ``date`` and payload ``digest``, and the validators that came with it."""

    url: str
    id: str
    date: datetime
    digest: str
    status: int
    etag: str
    modified: str

    @property
    def is_redirect(self) -> bool:
        return self.status in _REDIRECTS

    def is_meant(self, etag: str, modified: str) -> bool:
        """Whether a request with these validators asks about this page (RFC 9110, 13.1.3: an ETag comes first)."""
        if self.is_redirect:
            return False
        return etag == self.etag if etag else bool(modified) and modified == self.modified


class StoredPages:
    """The newest stored page of each address in a folder of archives, for later runs.

    The index remembers files that were moved away, too: some archive has their pages. It can be removed at any time,
    and is made again from the files that are there. Where it cannot be written, it lives as long as this object.
    """

    def __init__(self, folder: Path):
        self._folder = folder
        path = folder / INDEX
        try:
            self._db = _opened(path)
        except sqlite3.OperationalError as error:  # no room, no permission
            logger.warning("%s cannot be used (%s); all files are read for what they hold", path, error)
            self._db = _opened("")
        except sqlite3.DatabaseError as error:
            logger.warning("%s is damaged and is made again (%s)", path, error)
            path.unlink(missing_ok=True)
            self._db = _opened(path)

    def find(self, url: str) -> Stored | None:
        """The newest page that was stored of an address, if it has validators or is a redirect."""
        try:
            row = self._db.execute(
                "select url, id, date, digest, status, etag, modified from pages where url = ?", (url,)
            ).fetchone()
        except sqlite3.Error as error:  # then the page is kept once more
            logger.warning("%s cannot be read (%s)", self._folder / INDEX, error)
            return None
        return Stored(row[0], row[1], datetime.fromisoformat(row[2]), *row[3:]) if row else None

    def update(self) -> None:
        """Read the files that the index does not know."""
        try:
            known = dict(self._db.execute("select name, size from files"))
            new = [path for path in self._files() if known.get(path.name) != path.stat().st_size]
            if len(new) > 1:
                logger.info("Reading which pages are in %s of %s", counted(len(new), "file"), self._folder)
            for path in new:
                self._add(path)
        except (sqlite3.Error, OSError) as error:
            logger.warning("%s lacks pages, which may be kept again (%s)", self._folder / INDEX, error)

    def _files(self) -> list[Path]:
        with suppress(FileNotFoundError):
            return [path for path in files(str(self._folder / "*.warc.gz")) if path.parent == self._folder]
        return []

    def _add(self, path: Path) -> None:
        size = path.stat().st_size
        with self._db:
            self._db.execute("begin immediate")
            for record in read(path, ("response",)):
                if isinstance(record, Record) and (row := _row(record)):
                    self._db.execute(
                        "insert into pages values (?, ?, ?, ?, ?, ?, ?) on conflict do update set id = excluded.id,"
                        " date = excluded.date, digest = excluded.digest, status = excluded.status,"
                        " etag = excluded.etag, modified = excluded.modified where excluded.date >= pages.date",
                        row,
                    )
            self._db.execute("insert or replace into files values (?, ?)", (path.name, size))

    def close(self) -> None:
        self._db.close()


def _opened(path: Path | str) -> sqlite3.Connection:
    """The database of an index; ``""`` for one that nobody else sees."""
    db = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    with db:
        db.execute("begin immediate")
        if db.execute("pragma user_version").fetchone()[0] != _VERSION:
            db.execute("drop table if exists files")
            db.execute("drop table if exists pages")
            db.execute("create table files(name text primary key, size integer) without rowid")
            db.execute(
                "create table pages(url text primary key, id text, date text, digest text, status integer,"
                " etag text, modified text) without rowid"
            )
            db.execute(f"pragma user_version = {_VERSION}")
    return db


def _row(record: Record) -> tuple[str, str, str, str, int, str, str] | None:
    """What is kept of a record; ``None`` of one that no later answer can refer to."""
    etag, modified = record.header("ETag"), record.header("Last-Modified")
    is_page = record.status == 200 and (etag or modified) and not record.warc_header("WARC-Truncated")
    if not (is_page or record.status in _REDIRECTS) or record.date is None:
        return None
    digest = record.warc_header("WARC-Payload-Digest")
    return record.url, record.id, record.date.isoformat(), digest, record.status, etag, modified
