"""The articles that were found and the versions that were emitted, in SQLite."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Self

# An article without a version was found and not emitted yet. A version counts from the moment that its
# article points to it; until then it is a run's that is not published. An alias is a key by which an article was
# met, made of another of its addresses; one without an article is that of a page which is none. A file has the inode,
# size and time of what was there before, and the size that it had when it was whole: 0 until then, null where a
# version before 2 wrote it. A failure is why an article's address came to nothing the last time, since when, and since
# which run; null where it is none. Taken away is when the publisher was first seen to have removed an article; null
# while it stands. A delivery is of a file to a place outside, under a name there; its run is the last that wrote the
# file, and due is when that was published: null until then. It is opened, pending, done, or given up. Its path is
# relative to the folder of this database where it is below that, and its stamp is what the file was when it was entered
# whole: size and time.
_SCHEMA = """
create table if not exists articles(
    key text primary key, url text not null, section text not null, listed integer not null,
    first_seen text not null, last_seen text not null, version integer,
    failure text, failing_since text, failing_run integer, taken_away text
) without rowid;
create index if not exists articles_by_first_seen on articles(first_seen);
create table if not exists versions(
    id integer primary key, key text not null, run integer not null, file text,
    content_hash text not null, headline text not null, url text not null,
    date_published text, date_modified text, crawled_at text not null,
    etag text, last_modified text, next_url text, paragraph_hash text
);
create index if not exists versions_by_key on versions(key);
create index if not exists versions_by_run on versions(run, key);
create table if not exists runs(
    id integer primary key, started text not null, section text not null, feeds integer not null,
    state text not null default 'writing', finished text, seconds real, status integer, sentence text,
    pages integer not null default 0, listing text, drift text, counts text not null default '{}'
);
create table if not exists files(
    run integer not null, path text not null, lines integer not null, append integer not null,
    inode integer, size integer not null, changed integer, whole integer,
    primary key (run, path)
) without rowid;
create table if not exists backfills(
    walk text not null, range text not null, url text not null, run integer not null, primary key (walk, range, url)
) without rowid;
create table if not exists deliveries(
    run integer not null, path text not null, target text not null, name text not null,
    state text not null default 'opened', tries integer not null default 0, error text, due text, done text, stamp text,
    primary key (path, target)
) without rowid;
create table if not exists aliases(key text primary key, article text) without rowid;
"""
_TABLES = set(re.findall(r"create table if not exists (\w+)", _SCHEMA))
#: What databases of earlier versions lack, by table and column.
_LATER = {("files", "whole"): "integer"} | {
    ("articles", name): kind
    for name, kind in {"failure": "text", "failing_since": "text", "failing_run": "integer"}.items()
}
_LATER |= {("versions", "paragraph_hash"): "text", ("articles", "taken_away"): "text", ("deliveries", "stamp"): "text"}
#: Earlier versions kept all paths of deliveries absolute.
_RELATIVE = """
update or ignore deliveries set path = substr(path, length(:home) + 2)
where substr(path, 1, length(:home) + 1) = :home || '/'
"""
_INDEXES = """
create index if not exists versions_by_headline on versions(headline);
create index if not exists versions_by_paragraph on versions(paragraph_hash) where paragraph_hash is not null;
"""
_VERSION = 4
#: The columns of an article that was found; and what is set when its address leads to it (again).
_FOUND = "key, url, section, listed, first_seen, last_seen, version"
WORKS = "failure = null, failing_since = null, failing_run = null, taken_away = null"
#: Aliases that are followed, one after the other.
MOST_ALIASES = 8
_ASIDE = "put aside"  # in place of a reason
_COMMIT_EVERY = 200  # notes
_COMMIT_AFTER = 1.0  # seconds


def now() -> str:
    """The present, as the database keeps it: ISO 8601 in UTC, to the second."""
    return at(time.time())


def at(timestamp: float) -> str:
    """A moment in seconds since 1970, in the same form."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def days_ago(days: float) -> str:
    """The moment ``days`` before now, in the same form."""
    return days_before(now(), days)


def days_before(moment: str, days: float) -> str:
    """The moment ``days`` before another one, in the same form."""
    return (datetime.fromisoformat(moment) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Known:
    """An article that was emitted: its last version, and how the server answered for that version.

    ``next_path`` is a path with query on the publisher's site; ``first_seen`` is ISO 8601 in UTC.
    """

    content_hash: str
    first_seen: str
    listed: bool
    file: str | None
    next_path: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Complete:
    """A run that read its section's listing in order, as far as it was to: number, beginning and end (ISO 8601 in UTC).

    ``pages`` is how many pages it read, ``listed`` how many stories they showed (0: not known).
    """

    run: int
    started: str
    finished: str
    pages: int
    listed: int = 0


class Failing(NamedTuple):
    """Since when an address comes to nothing, ISO 8601 in UTC, and since which run; and why it did the last time."""

    since: str
    run: int
    reason: str = ""


class History:
    """The database at ``path``, or a temporary one. Raises ``OSError`` where it cannot be read.

    Keys are ``publisher/id``. What a run found is committed before it is asked for, what else it notes now and then;
    what decides whether an article was emitted is written by ``newscrawl.history.durable`` alone.
    """

    def __init__(self, path: Path | None):
        self.path = path or Path()
        #: The last complete run over the section, if there was one.
        self.complete: Complete | None = None
        #: Stories first seen before that are not fetched again; and, if they failed, not asked for again.
        self.recheck_since = self.due_since = ""
        #: The run that notes.
        self.run = 0
        #: The first error in noting something; the note is lost. And the first that says that the database is damaged.
        self.lost: sqlite3.Error | None = None
        self.damaged: sqlite3.Error | None = None
        self._unsaved, self._saved = 0, time.monotonic()
        self._found = False
        try:
            self.db = sqlite3.connect(path or "", timeout=10)  # "" is a temporary file
            self.db.row_factory = sqlite3.Row
            _recognise(self.db, self.path)
            self.db.execute("pragma journal_mode = wal")
            self.db.execute("pragma synchronous = normal")
            self.db.executescript(_SCHEMA)
            for (table, column), kind in _LATER.items():
                if column not in columns(self.db, table):
                    self.db.execute(f"alter table {table} add column {column} {kind}")
            self.db.executescript(_INDEXES)
            self.db.execute(_RELATIVE, {"home": str(self.path.resolve().parent)})
            self.db.commit()
            self.db.execute(f"pragma user_version = {_VERSION}")
        except sqlite3.Error as error:
            raise OSError(self.explain(error)) from error

    def explain(self, error: sqlite3.Error) -> str:
        """A sentence on an error, that says what to do."""
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            mend = "it is damaged: move it away and run again, which rebuilds it from the output files"
        elif name.startswith("SQLITE_BUSY"):
            mend = "another process holds it: wait until that has ended"
        else:
            mend = "free some disk space, or change the permissions, and run again"
        return f"the history {self.path} cannot be used ({error}); {mend}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Save and close."""
        try:
            self.db.commit()
        finally:
            self.db.close()

    @contextmanager
    def durable(self) -> Iterator[sqlite3.Connection]:
        """One transaction that is on the disk at its end, and with it all that was noted before.

        What is only noted survives the end of the process, and mostly that of the machine.
        """
        self.save()
        self.db.execute("pragma synchronous = full")
        try:
            with self.db:
                yield self.db
        finally:
            self.db.execute("pragma synchronous = normal")

    def save(self) -> None:
        """Commit what was noted so far."""
        self._unsaved, self._saved = 0, time.monotonic()
        self.db.commit()

    def _note(self, sql: str, values: tuple[Any, ...] | dict[str, Any]) -> None:
        try:
            self.db.execute(sql, values)
            self._unsaved += 1
            if self._unsaved >= _COMMIT_EVERY or time.monotonic() - self._saved >= _COMMIT_AFTER:
                self.save()
        except sqlite3.OperationalError as error:  # the disk is full
            self.lost = self.lost or error
        except sqlite3.DatabaseError as error:
            self.damaged = self.damaged or error

    # What is known -------------------------------------------------------------

    def recall(self, key: str) -> Known | None:
        """The emitted article of that key, else ``None``."""
        try:
            row = self.db.execute(
                "select v.content_hash, a.first_seen, a.listed, v.file, v.next_url, v.etag, v.last_modified"
                " from articles a join versions v on v.id = a.version where a.key = ?",
                (key,),
            ).fetchone()
        except sqlite3.DatabaseError as error:
            self.damaged = self.damaged or error
            return None
        return Known(*row) if row else None

    def article_of(self, key: str) -> str | None:
        """The key of the article that a key stands for, mostly itself; ``None``: for a page that is no article."""
        for _ in range(MOST_ALIASES):
            row = self._row("select article from aliases where key = ?", key)
            if row is None or row[0] == key:  # an earlier version wrote that
                return key
            if row[0] is None:
                return None
            key = row[0]
        return key

    def was_known(self, key: str) -> bool:
        """Whether the last complete run, or one before it, had met an article.

        What a run met since that was cut off does not count: it may have left others out.
        """
        if self.complete is None:
            return False
        try:
            row = self.db.execute(
                "select 1 from articles where key = :key and first_seen <= :finished"
                " union all select 1 from versions where key = :key and run <= :run limit 1",
                {"key": key, "finished": self.complete.finished, "run": self.complete.run},
            ).fetchone()
        except sqlite3.DatabaseError as error:
            self.damaged = self.damaged or error
            return True
        return row is not None

    def first_seen(self, key: str) -> str:
        """When a run met an article first, ISO 8601 in UTC; "" if none did."""
        row = self._row("select first_seen from articles where key = ?", key)
        return row[0] if row else ""

    def failing(self, key: str) -> Failing | None:
        """Since when an article's address comes to nothing, if it did the last time."""
        row = self._row(
            "select failing_since, failing_run, failure from articles where key = ? and failing_since is not null", key
        )
        return Failing(*row) if row else None

    def tells(self, key: str, headline: str, paragraph: str | None) -> bool:
        """Whether the last version of an article has that headline, or that longest paragraph (its hash)."""
        row = self._row(
            "select v.headline, v.paragraph_hash from articles a join versions v on v.id = a.version where a.key = ?",
            key,
        )
        return row is not None and (row[0] == headline or (paragraph is not None and row[1] == paragraph))

    def alike(self, publisher: str, headline: str, paragraph: str | None) -> list[tuple[str, str]]:
        """Key and path of a publisher's emitted articles with that headline or longest paragraph: the last twenty."""
        try:
            rows = self.db.execute(
                # In this order: the other way round, SQLite goes through all articles.
                "select a.key, a.url from (select id, key from versions where headline = :headline"
                " union select id, key from versions where paragraph_hash = :paragraph) v"
                " cross join articles a on a.key = v.key and a.version = v.id"
                " where substr(a.key, 1, length(:publisher)) = :publisher order by v.id desc limit 20",
                {"headline": headline, "paragraph": paragraph, "publisher": f"{publisher}/"},
            ).fetchall()
        except sqlite3.DatabaseError as error:
            self.damaged = self.damaged or error
            return []
        return [tuple(row) for row in rows]

    def _row(self, sql: str, key: str) -> sqlite3.Row | None:
        try:
            row: sqlite3.Row | None = self.db.execute(sql, (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            self.damaged = self.damaged or error
            return None
        return row

    def revisits(self, section: str) -> list[tuple[str, str, bool]]:
        """Key, path, and whether it was emitted, of articles first seen since ``due_since`` (``recheck_since``).

        Those not emitted first, then the newest, and no more than a run can want. Those that were put aside
        (:meth:`put_aside`) are asked for where a listing shows them, and not here.
        """
        return self.db.execute(
            "select key, url, version is not null from articles where section = ?"
            " and first_seen >= ? and (version is null or first_seen >= ?) and failure is not ?"
            " order by version is not null, first_seen desc limit 10000",
            (section, self.due_since, self.recheck_since, _ASIDE),
        ).fetchall()

    def live_now(self) -> None:
        """What was noted while the clock was ahead was met now, at the latest: else it would be young for years."""
        moment = now()
        for column in ("first_seen", "failing_since"):
            self.db.execute(f"update articles set {column} = :now where {column} > :now", {"now": moment})  # noqa: S608
        self.save()

    # What a run notes ------------------------------------------------------------

    def found(self, key: str, path: str, section: str, *, listed: bool) -> None:
        """An article was met on a listing, or by a chain; :meth:`save_found` has to come before it is asked for."""
        moment = now()
        self._note(
            f"insert into articles({_FOUND}) values (?, ?, ?, ?, ?, ?, null)"  # noqa: S608 - our names
            " on conflict (key) do update set listed = max(listed, excluded.listed)",
            (key, path, section, listed, moment, moment),
        )
        self._found = True

    def finish_source(self, walk: str, days: str, url: str) -> None:
        """A sitemap or archive was read whole for a range of ``days``, and its stories are emitted, or noted."""
        self._note("insert or replace into backfills values (?, ?, ?, ?)", (walk, days, url, self.run))

    def finished_sources(self, walk: str, days: str) -> set[str]:
        """The sitemaps and archives that earlier runs over the same range have read whole.

        What they found and could not emit, this run asks for.
        """
        began = self.db.execute(
            "select min(r.started) from backfills b join runs r on r.id = b.run where walk = ? and range = ?",
            (walk, days),
        ).fetchone()[0]
        self.due_since = min(self.due_since, began or self.due_since)
        rows = self.db.execute("select url from backfills where walk = ? and range = ?", (walk, days))
        return {row[0] for row in rows}

    def save_found(self) -> None:
        """Commit what was found: the next run may find it nowhere else. Once for all of a listing page."""
        if self._found:
            self._found = False
            with suppress(sqlite3.Error):  # noted as lost by the next note
                self.save()

    def gone(self, key: str) -> None:
        """An article that was not emitted need not be asked for again."""
        self._note("delete from articles where key = ? and version is null", (key,))

    def alias(self, key: str, article: str | None) -> None:
        """A page that was asked for by ``key`` turned out to be the article of another key, or none (``None``)."""
        if article:
            self._note(
                f"insert into articles({_FOUND}) select ?, url, section, listed, first_seen, last_seen, null"  # noqa: S608
                " from articles where key = ? on conflict (key) do update set listed = max(listed, excluded.listed)",
                (article, key),
            )
            self._note("delete from aliases where key = ?", (article,))  # it is one after all
        self.gone(key)
        self._note("insert or replace into aliases values (?, ?)", (key, article))

    def unchanged(self, key: str) -> None:
        """The server said that an emitted article is as it was."""
        self._note(f"update articles set last_seen = ?, {WORKS} where key = ?", (now(), key))  # noqa: S608

    def fail(self, key: str, reason: str) -> None:
        """An article's address came to nothing, for a reason; since when, is kept until it does not."""
        moment = now()
        self._note(
            "update articles set failure = ?, last_seen = ?, failing_since = min(coalesce(failing_since, ?), ?),"
            " failing_run = coalesce(failing_run, ?) where key = ?",
            (reason, moment, moment, moment, self.run, key),
        )

    def take_away(self, key: str) -> None:
        """The publisher removed an article; one that was emitted stays, with the time when that was first seen."""
        self.put_aside(key)
        self._note("update articles set taken_away = coalesce(taken_away, ?) where key = ?", (now(), key))
        self.gone(key)

    def put_aside(self, key: str) -> None:
        """An article's address need not be asked for again where no listing shows it."""
        self._note("update articles set failure = ? where key = ?", (_ASIDE, key))

    def write(self, version: dict[str, Any]) -> None:
        """A version that this run wrote into its file; it counts once the run is published."""
        self._note(insert_version(version), version)


class Reader(History):
    """A history that is only read: without its lock, and while a crawl writes to it."""

    def __init__(self, path: Path):
        self.path = path
        # Unless a process has it open, leave no files beside it: they would be this user's, and a crawl needs its own.
        mode = "mode=rw" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
        self.db = sqlite3.connect(f"{path.as_uri()}?{mode}", timeout=10, uri=True)
        self.db.row_factory = sqlite3.Row
        self.db.execute("pragma query_only = on")
        try:
            _recognise(self.db, path)
        except sqlite3.Error as error:
            raise OSError(self.explain(error)) from error


def columns(db: sqlite3.Connection, table: str) -> set[str]:
    """The names of a table's columns."""
    return {row[1] for row in db.execute(f"pragma table_info({table})")}


def _recognise(db: sqlite3.Connection, path: Path) -> None:
    """Raises ``OSError`` for a database that is neither empty nor a history of this version, and ``sqlite3.Error``."""
    tables = {name for (name,) in db.execute("select name from sqlite_schema where type = 'table'")}
    if {name for name in tables if not name.startswith("sqlite_")} - _TABLES:
        raise OSError(f"{path} is a database of something else; expected the history of a crawl")
    version = db.execute("pragma user_version").fetchone()[0]
    if not 0 <= version <= _VERSION:  # 0: it was made, and then the disk was full
        raise OSError(f"{path} was written by another version of newscrawl (schema version {version}, not {_VERSION})")


def lock_of(path: Path) -> Path:
    """The file that the lock of a history is on."""
    return path.with_name(f".{path.stem}.lock")


def insert_version(version: dict[str, Any]) -> str:
    """The statement that enters a version, whose values it takes by name."""
    return f"insert into versions({', '.join(version)}) values (:{', :'.join(version)})"  # noqa: S608 - our names
