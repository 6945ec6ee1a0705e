"""Articles as the database that ``scrapy load`` makes, too, with full-text search."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newscrawl.article.types import FIELDS
from newscrawl.database.articles import Articles
from newscrawl.database.opening import recognise
from newscrawl.feeds.article import CANNOT_BE_ADDED_TO, ArticleExporter
from newscrawl.feeds.file import PartFile

#: What tells articles and their versions apart, which fields ever are wanted.
_KEY = ("publisher", "id", "crawled_at", "content_hash")


class SqliteExporter(ArticleExporter):
    """The tables of :class:`newscrawl.database.articles.Articles`. Columns that are not wanted are null.

    A local file is written by SQLite itself, in memory that does not grow; what is compressed or sent away is built in
    a temporary file first. ``-o`` adds the articles to the database, which has a rollback journal then, whatever it
    had before.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if renamed := [f"{name} for {field}" for name, field in self.columns.items() if name != field]:
            raise ValueError(f"{', '.join(renamed)}: the columns of a database have the names of the fields")
        self._wanted = {*self.columns, *_KEY}

    def check_adding(self, path: Path, *, plain: bool) -> None:
        if not plain:
            raise ValueError(CANNOT_BE_ADDED_TO)
        alone = "" if _log_of(path).exists() else "&immutable=1"  # no other file is made beside it
        try:
            with closing(_connected(path, f"mode=ro{alone}")) as db:
                recognise(db, path, outdated=True)
        except (sqlite3.DatabaseError, OSError) as error:
            raise ValueError(f"it exists and cannot be added to ({error}); -O replaces it") from None

    def begin(self) -> None:
        part = self.part
        self._direct = part is not None and part is self.file
        self._folder = None if self._direct else TemporaryDirectory(prefix="newscrawl-")
        if part is not None and self._direct:
            self._path = Path(part.path)
            if self.kept:
                part.seek(0)
                part.truncate()
                _copy(_named(part), self._path)
        else:
            self._path = Path(str(self._folder and self._folder.name), "articles.sqlite")
        # The file has a lock of its own, and until it has its name nobody else reads it; a torn one is thrown away.
        db = _connected(self._path, "nolock=1")
        db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma temp_store = file;")
        db.execute("begin")
        self._articles = Articles(db)
        self._articles.make()

    def write(self, article: dict[str, Any]) -> None:
        self._articles.put({name: article.get(name) if name in self._wanted else None for name in FIELDS})

    def end(self) -> None:
        with closing(self._articles.db) as db:
            self._articles.index()
            db.execute("commit")
        if self._direct and self.part is not None and not self.part.stays:
            _fold(_named(self.part))
        if self._folder is not None:
            with self._path.open("rb") as database:
                shutil.copyfileobj(database, self.file)
            self._folder.cleanup()


def _connected(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)


def _named(part: PartFile) -> Path:
    """The file whose name the part will have."""
    return Path(part.path.removesuffix(".part"))


def _log_of(path: Path) -> Path:
    """The write-ahead log (https://www.sqlite.org/wal.html) of a database."""
    return path.with_name(f"{path.name}-wal")


def _copy(path: Path, part: Path) -> None:
    """Write what a database holds, its write-ahead log too, to an empty file, as one without such a log.

    A copy by ``VACUUM INTO`` has a rollback journal; one by the backup interface would want a log like the original.
    """
    with closing(_connected(path, "mode=rw")) as db:
        db.execute("vacuum into ?", (f"{part.as_uri()}?nolock=1",))


def _fold(path: Path) -> None:
    """Bring a write-ahead log into its database, and take it away: SQLite would read it into the next of this name.

    Raises ``OSError`` while a transaction that another program has begun needs the log, and ``sqlite3.Error``.
    """
    log = _log_of(path)
    if not log.exists():
        return
    if path.exists():
        with closing(_connected(path, "mode=rw")) as db:
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
