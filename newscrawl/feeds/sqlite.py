"""Articles as a SQLite database with full-text search."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newscrawl.article.schema import VERSION, kinds
from newscrawl.feeds.article import CANNOT_BE_ADDED_TO, ArticleExporter
from newscrawl.feeds.file import PartFile

_SEARCHED = ("headline", "description", "body")
_TYPES = {str: "text", int: "integer", bool: "integer", list: "text", dict: "text"}


class SqliteExporter(ArticleExporter):
    """A table ``articles``, a row for each version that was emitted, and ``articles_fts`` to search it (FTS5).

    Lists and ``extraction`` are JSON, yes and no 1 and 0, dates ISO 8601 text. A local file is written by SQLite
    itself, in memory that does not grow; what is compressed or sent away is built in a temporary file first.
    ``-o`` adds the articles to the database, which has a rollback journal then, whatever it had before.
    """

    def check_adding(self, path: Path, *, plain: bool) -> None:
        if not plain:
            raise ValueError(CANNOT_BE_ADDED_TO)
        alone = "" if _log_of(path).exists() else "&immutable=1"  # no other file is made beside it
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{alone}", uri=True)) as db:
                ours = _is_ours(db)
        except sqlite3.DatabaseError as error:
            raise ValueError(f"it is there, and SQLite cannot read it ({error}); -O replaces it") from None
        if not ours:
            raise ValueError(
                "it is there, and is a database of something else, not one that this form of output has made;"
                " name another file, or -O replaces it"
            )

    def begin(self) -> None:
        part = self.part
        self._direct = part is not None and part is self.file
        self._folder = None if self._direct else TemporaryDirectory(prefix="newscrawl-")
        if part is not None and self._direct:
            path = Path(part.path)
            if self.kept:
                part.seek(0)
                part.truncate()
                _copy(_named(part), path)
        else:
            path = Path(str(self._folder and self._folder.name), "articles.sqlite")
        self._path = path
        # The file has a lock of its own, and until it has its name nobody else reads it; a torn one is thrown away.
        self._db = sqlite3.connect(f"{path.as_uri()}?nolock=1", uri=True, isolation_level=None)
        self._db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma temp_store = file;")
        self._db.execute("begin")
        self._make_tables()
        names = ", ".join(map(_quoted, self.columns))
        self._insert = f"insert into articles ({names}) values ({', '.join('?' * len(self.columns))})"  # noqa: S608

    def _make_tables(self) -> None:
        columns = {name: _TYPES[kinds()[field][0]] for name, field in self.columns.items()}
        definitions = ", ".join(f"{_quoted(name)} {kind}" for name, kind in columns.items())
        self._db.execute(f"create table if not exists articles (version integer primary key, {definitions})")
        there = {row[1] for row in self._db.execute("pragma table_info(articles)")}
        for name in (name for name in columns if name not in there):
            self._db.execute(f"alter table articles add column {_quoted(name)} {columns[name]}")
        outputs = {field: name for name, field in self.columns.items()}
        if {"publisher", "id"} <= outputs.keys():
            key = f"{_quoted(outputs['publisher'])}, {_quoted(outputs['id'])}"
            self._db.execute(f"create index if not exists articles_key on articles ({key})")
        if "date_published" in outputs:  # datetime() gives the instant, in UTC, so that clocks can be compared
            moment = f"datetime({_quoted(outputs['date_published'])})"
            self._db.execute(f"create index if not exists articles_published on articles ({moment})")
        if searched := [outputs[field] for field in _SEARCHED if field in outputs]:
            self._make_search(searched)
        self._db.execute(f"pragma user_version = {VERSION}")

    def _make_search(self, columns: list[str]) -> None:
        """The index, which triggers keep up to date, also with what somebody changes later."""
        names = ", ".join(map(_quoted, columns))
        old, new = (", ".join(f"{row}.{_quoted(name)}" for name in columns) for row in ("old", "new"))
        add = f"insert into articles_fts(rowid, {names}) values (new.version, {new});"  # noqa: S608
        drop = f"insert into articles_fts(articles_fts, rowid, {names}) values ('delete', old.version, {old});"  # noqa: S608
        options = "content = 'articles', content_rowid = 'version', tokenize = 'unicode61 remove_diacritics 2'"
        self._db.execute(f"create virtual table if not exists articles_fts using fts5({names}, {options})")
        for event, statements in (("insert", add), ("delete", drop), ("update", drop + add)):
            self._db.execute(
                f"create trigger if not exists articles_{event} after {event} on articles begin {statements} end"
            )

    def write(self, article: dict[str, Any]) -> None:
        self._db.execute(self._insert, [_stored(article.get(field)) for field in self.columns.values()])

    def end(self) -> None:
        with closing(self._db):
            self._db.execute("commit")
        if self._direct and self.part is not None:
            _fold(_named(self.part))
        if self._folder is not None:
            with self._path.open("rb") as database:
                shutil.copyfileobj(database, self.file)
            self._folder.cleanup()


def _named(part: PartFile) -> Path:
    """The file whose name the part will have."""
    return Path(part.path.removesuffix(".part"))


def _log_of(path: Path) -> Path:
    """The write-ahead log (https://www.sqlite.org/wal.html) of a database."""
    return path.with_name(f"{path.name}-wal")


def _is_ours(db: sqlite3.Connection) -> bool:
    """Whether a database is such a feed, of this version or another, or holds nothing."""
    made, version = (db.execute(f"pragma {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if not db.execute("select count(*) from sqlite_master").fetchone()[0]:
        return True
    keys = [name for _, name, *_, key in db.execute("pragma table_info(articles)") if key]
    return not made and version > 0 and keys == ["version"]


def _copy(path: Path, part: Path) -> None:
    """Write what a database holds, its write-ahead log too, to an empty file, as one without such a log."""
    with (
        closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)) as db,
        closing(sqlite3.connect(f"{part.as_uri()}?nolock=1", uri=True, isolation_level=None)) as copy,
    ):
        copy.executescript("pragma journal_mode = off; pragma synchronous = off;")
        db.execute("begin")
        db.execute("select 1 from sqlite_master")  # where it is locked, this ends; the copying would wait for ever
        db.backup(copy)
    # The write and read versions: https://www.sqlite.org/fileformat2.html#file_format_version_numbers
    # One connection that has a file to itself cannot have a log: https://www.sqlite.org/uri.html#urinolock
    with part.open("r+b") as file:
        file.seek(18)
        file.write(b"\1\1")


def _fold(path: Path) -> None:
    """Bring a write-ahead log into its database, and take it away: SQLite would read it into the next of this name.

    Raises ``OSError`` while a transaction that another program has begun needs the log, and ``sqlite3.Error``.
    """
    log = _log_of(path)
    if not log.exists():
        return
    if path.exists():
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)) as db:
            try:
                busy = db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                busy = False  # it is damaged or none, and is replaced with its log
        if busy:
            raise OSError(f"another program is in the midst of a transaction with {path}")
    for beside in (log, path.with_name(f"{path.name}-shm")):
        beside.unlink(missing_ok=True)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _stored(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
