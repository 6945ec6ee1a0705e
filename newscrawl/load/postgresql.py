"""A PostgreSQL database that ``newscrawl load`` writes to, and ``newscrawl find`` reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import errors
from psycopg.adapt import Loader
from psycopg.conninfo import conninfo_to_dict

from newscrawl.database.address import Address
from newscrawl.database.articles import MANY, SEARCHED
from newscrawl.database.forms import STEMMERS
from newscrawl.database.postgresql import (
    COLUMNS,
    LOCAL,
    MARK,
    PREFIX,
    SEARCH_COLUMNS,
    TEXTS,
    VERSION,
    VIEWS,
    WORD_LENGTH,
    WRITTEN,
    comments,
    dictionary,
    row_of,
    schema,
    views,
)
from newscrawl.program import program

#: Articles that are sent at once, and characters of their bodies.
_AT_ONCE = 500
_CHARACTERS_AT_ONCE = 8_000_000
_CONNECT_TIMEOUT = 10  # seconds
_WAIT = "60s"  # for another load
#: The key of the lock for loads: "news", and the schema.
_LOCK = "select pg_advisory_xact_lock(1852143475, hashtext(current_schema()))"
_VALUE = re.compile(r"\?|(?<![:\w]):([a-z]\w*)")
#: What times are where there is none.
_NEVER = {"began": None, "ended": None, "started": "-infinity"}

_INCOMING = {**COLUMNS, "day": "date", "dictionary": "text"} | dict.fromkeys(TEXTS, "text")
_NAMES = ", ".join(COLUMNS)
_KEPT = ", ".join((*COLUMNS, *SEARCH_COLUMNS))
_WORDS = " || ".join(
    f"setweight(to_tsvector(i.dictionary::regconfig, i.searched_{name}), '{weight}')"
    for name, weight in zip(SEARCHED, "ABD", strict=True)
)
#: The order of versions: one of the future was crawled before all others, by a clock that was ahead.
_ORDER = '({0}.crawled_at <= %(tomorrow)s, {0}.crawled_at, {0}.content_hash collate "C")'
_SAME = "{0}.crawled_at = {1}.crawled_at and {0}.content_hash = {1}.content_hash"
_IS_LAST = f"a.publisher = i.publisher and a.id = i.id and {_SAME.format('a', 'i')}"

_KNOWN = (
    "delete from incoming i using incoming o where o.line < i.line and o.publisher = i.publisher and o.id = i.id"
    f" and {_SAME.format('o', 'i')}",
    "delete from incoming i using articles a where a.publisher = i.publisher and a.id = i.id"
    f" and ({_SAME.format('a', 'i')} or exists"
    f" (select 1 from earlier e where e.article = a.article and {_SAME.format('e', 'i')}))",
)
_COUNT = """
select count(*), count(distinct (publisher, id)) filter (where not exists (
    select 1 from articles a where a.publisher = i.publisher and a.id = i.id
)) from incoming i
"""
_MERGE = (
    # The versions that are about to be replaced; of several in their place, each names them.
    f"""insert into earlier(article, {_NAMES}) select a.article, {", ".join(f"a.{name}" for name in COLUMNS)}
    from incoming i join articles a on a.publisher = i.publisher and a.id = i.id
    where {_ORDER.format("i")} > {_ORDER.format("a")} on conflict do nothing""",
    f"""insert into articles as a ({_KEPT})
    select distinct on (publisher, id) {_NAMES}, day, dictionary, {_WORDS} || to_tsvector('simple', forms)
    from incoming i order by publisher, id, {_ORDER.format("i")} desc
    on conflict (publisher, id) do update
    set ({_KEPT}) = row({", ".join(f"excluded.{name}" for name in (*COLUMNS, *SEARCH_COLUMNS))})
    where {_ORDER.format("excluded")} > {_ORDER.format("a")}""",
    f"""insert into earlier(article, {_NAMES}) select a.article, {", ".join(f"i.{name}" for name in COLUMNS)}
    from incoming i join articles a on a.publisher = i.publisher and a.id = i.id
    where not ({_SAME.format("a", "i")}) on conflict do nothing""",
    *(
        statement
        for many, one in MANY.items()
        for statement in (
            f"delete from article_{many} t using articles a, incoming i where t.article = a.article and {_IS_LAST}",
            f"insert into article_{many}(article, {one}, day) select a.article, left(t.{one}, {WORD_LENGTH}), a.day"
            f" from incoming i join articles a on {_IS_LAST} cross join unnest(a.{many}) t({one})"
            " on conflict do nothing",
        )
    ),
)


class PostgresDatabase:
    """The tables in a PostgreSQL database, made if they are not there. Loads at once take turns, file by file.

    Raises ``OSError`` where it cannot be used, or has tables of something else.
    """

    folder: Path | None = None
    differs_from = "is distinct from"

    def __init__(self, address: Address):
        self.address = address
        self.db = connected(address)
        try:
            _configure(self.db)
            with self.transaction():
                self._make()
        except BaseException as error:
            self.db.close()
            if isinstance(error, psycopg.Error):
                raise OSError(explain(address, error)) from None
            raise
        self._dictionaries = dictionaries(self.db)
        # Later than that an article was crawled by a clock that was ahead.
        self._tomorrow = datetime.now(UTC) + timedelta(days=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[object]:
        """One transaction, the only one that writes; undone if something is raised."""
        with self.db.transaction():
            try:
                self.execute(_LOCK)
            except errors.LockNotAvailable:
                raise BlockingIOError(f"another load is writing to {self.address}; wait until it has ended") from None
            yield self.db

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> psycopg.Cursor[tuple[Any, ...]]:
        """Run a statement with ``?`` or ``:name`` for each value."""
        text = _VALUE.sub(lambda found: f"%({found[1]})s" if found[1] else "%s", sql.replace("%", "%%"))
        if isinstance(values, Mapping):
            bound: Any = {name: _bound(value) if value else _NEVER.get(name, value) for name, value in values.items()}
        else:
            bound = [_bound(value) for value in values]
        return self._run(text, bound)

    def enter(self, articles: Iterable[dict[str, Any]]) -> tuple[int, int, int]:
        """Enter articles in a transaction; how many were new, other versions of known ones, and known."""
        defined = ", ".join(f"{name} {kind}" for name, kind in _INCOMING.items())
        self._run(f"create temp table if not exists incoming(line integer, {defined}) on commit drop")
        new = changed = known = 0
        for some in _some_at_once(articles):
            self._send(some)
            for statement in _KNOWN:
                self._run(statement)
            versions, added = self._run(_COUNT).fetchone() or (0, 0)
            for statement in _MERGE if versions else ():
                self._run(statement, {"tomorrow": self._tomorrow} if "%(" in statement else None)
            new, changed, known = new + added, changed + versions - added, known + len(some) - versions
        return new, changed, known

    def prefer(self, key: str, crawled_at: str, content_hash: str) -> None:
        """Let an earlier version of an article, ``publisher/id``, be its last, whatever the clock says."""
        names = ", ".join(f"e.{name}" for name in COLUMNS)
        row = self.execute(
            f"select e.article, {names} from earlier e join articles a using (article) where a.publisher = ?"
            " and a.id = ? and e.crawled_at = ? and e.content_hash = ?",
            (*key.split("/", 1), crawled_at, content_hash),
        ).fetchone()
        if row is None:
            return
        number, *values = row
        version = dict(zip(COLUMNS, values, strict=True))
        version |= {name: version[f"{name}{WRITTEN}"] for name in LOCAL}
        found = row_of(version, self._dictionaries)
        self.execute(
            f"insert into earlier(article, {_NAMES}) select article, {_NAMES} from articles where article = ?"
            " on conflict do nothing",
            (number,),
        )
        words = _WORDS.replace("i.dictionary", "%(dictionary)s::text")
        for name in SEARCHED:
            words = words.replace(f"i.searched_{name}", f"%(searched_{name})s")
        told = ", ".join(f"{name} = %({name})s" for name in (*COLUMNS, "day", "dictionary"))
        self._run(
            f"update articles set {told}, search = {words} || to_tsvector('simple', %(forms)s)"
            " where article = %(article)s",
            found | {"article": number},
        )
        self.execute(
            "delete from earlier where article = ? and crawled_at = ? and content_hash = ?",
            (number, crawled_at, content_hash),
        )
        for many, one in MANY.items():
            self.execute(f"delete from article_{many} where article = ?", (number,))
            self.execute(
                f"insert into article_{many}(article, {one}, day) select article, left(t.{one}, {WORD_LENGTH}), day"
                f" from articles cross join unnest({many}) t({one}) where article = ? on conflict do nothing",
                (number,),
            )

    def _run(self, sql: str, values: Any = None) -> psycopg.Cursor[tuple[Any, ...]]:
        return self.db.execute(sql, values)

    def _send(self, articles: Sequence[dict[str, Any]]) -> None:
        """Send articles to a temporary table, by ``COPY``."""
        self._run("truncate incoming")
        with self.db.cursor() as cursor:
            sql = f"copy incoming(line, {', '.join(_INCOMING)}) from stdin"
            with cursor.copy(sql) as copy:
                for line, article in enumerate(articles):
                    row = row_of(article, self._dictionaries)
                    copy.write_row((line, *(row[name] for name in _INCOMING)))

    def _make(self) -> None:
        """Make the tables, or what they lack: columns of fields that an article has gained."""
        if not recognise(self.db, self.address):
            self._run(schema())
            self._run(views())
            self._run(comments())
        there = {name for (name,) in self._run(
            "select attname from pg_attribute where attrelid = 'articles'::regclass and attnum > 0"
        )}  # fmt: skip
        if new := [name for name in COLUMNS if name not in there]:
            self._run("".join(f"drop view {view};" for view in VIEWS))
            for table in ("articles", "earlier"):
                for name in new:
                    self._run(f"alter table {table} add column {name} {COLUMNS[name]}")
            self._run(views())
            self._run(comments())
        offered = self._run(
            "select cfgname from pg_ts_config where cfgnamespace = 'pg_catalog'::regnamespace order by cfgname"
        )
        known = dictionaries(self.db)
        languages = {"english", *STEMMERS.values()}
        for (name,) in offered.fetchall():
            if name in languages and f"{PREFIX}{name}" not in known:
                self._run(dictionary(name))


def _some_at_once(articles: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    characters = 0
    for article in articles:
        some.append(article)
        characters += len(article["body"] or "")
        if len(some) >= _AT_ONCE or characters >= _CHARACTERS_AT_ONCE:
            yield some
            some, characters = [], 0
    if some:
        yield some


def connected(address: Address) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection, where each statement is a transaction. Raises ``OSError`` that says what to do."""
    more: dict[str, Any] = {"fallback_application_name": "newscrawl", "connect_timeout": _CONNECT_TIMEOUT}
    named = conninfo_to_dict(address.text)
    try:
        more = {name: value for name, value in more.items() if name not in named}
        db = psycopg.connect(address.text, autocommit=True, **more)
    except (psycopg.Error, UnicodeError) as error:
        raise OSError(
            f"{address} cannot be used ({_message(address, error)});"
            " check the address, the role and its password (PGPASSWORD, or ~/.pgpass)"
        ) from None
    db.adapters.register_loader("timestamptz", _InstantLoader)
    return db


def _configure(db: psycopg.Connection[tuple[Any, ...]]) -> None:
    db.execute("set timezone to 'UTC'")
    db.execute("set client_min_messages to warning")
    db.execute(f"set lock_timeout to '{_WAIT}'")


def recognise(db: psycopg.Connection[tuple[Any, ...]], address: Address) -> bool:
    """Whether a database has the tables. Raises ``OSError`` where it has those of something else."""
    encoding, schema_name, mark, other = db.execute(
        "select current_setting('server_encoding'), current_schema(), to_regclass(%s), to_regclass('articles')",
        (MARK,),
    ).fetchone() or ("", None, None, None)
    if encoding != "UTF8":
        raise OSError(f"{address} holds text as {encoding}; expected a database with encoding UTF8")
    if schema_name is None:
        raise OSError(f"{address} has no schema that the role may use; grant it usage and create on one")
    if mark is None:
        if other is not None:
            raise OSError(
                f"{address} has a table articles of something else; name another database, or another schema:"
                " ?options=-csearch_path%3DNAME"
            )
        return False
    (version,) = db.execute(f"select max(version) from {MARK}").fetchone() or (None,)
    if version != VERSION:
        raise OSError(
            f"{address} is a database of another version (schema version {version}, not {VERSION});"
            " load all files again, into another database"
        )
    return True


@contextmanager
def reading(address: Address) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """The database, to be read. Raises ``OSError`` that says what to do where that cannot be."""
    db = connected(address)
    with db:
        try:
            if not recognise(db, address):
                raise OSError(f"{address} holds no articles; '{program()} load --database ADDRESS' loads some")
            yield db
        except psycopg.Error as error:
            raise OSError(explain(address, error)) from None


def dictionaries(db: psycopg.Connection[tuple[Any, ...]]) -> frozenset[str]:
    """The text search configurations of the tables."""
    found = db.execute(
        "select cfgname from pg_ts_config where starts_with(cfgname::text, %s) and pg_ts_config_is_visible(oid)",
        (PREFIX,),
    )
    return frozenset(str(name) for (name,) in found)


def explain(address: Address, error: psycopg.Error) -> str:
    """A sentence on an error, that says what to do."""
    mend = "run again"
    if isinstance(error, errors.InsufficientPrivilege):
        mend = "grant the role what it lacks (to load: create on the schema; to find: select on the tables)"
    elif isinstance(error, errors.DiskFull):
        mend = "free some disk space on the server, and run again"
    elif isinstance(error, errors.ReadOnlySqlTransaction):
        mend = "name the server that may be written to, not its copy"
    return f"{address} cannot be used ({_message(address, error)}); {mend}"


def _message(address: Address, error: Exception) -> str:
    """What the library says, in a line. It never quotes a password; if it did, its message would be left out."""
    primary = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    text = primary or next(iter(str(error).splitlines()), "")
    password = str(conninfo_to_dict(address.text).get("password") or "")
    return type(error).__name__ if password and password in text else text or type(error).__name__


def _bound(value: Any) -> Any:
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


class _InstantLoader(Loader):
    """A moment as the output files have it, since Python's dates end before PostgreSQL's."""

    def load(self, data: Any) -> str:
        text = bytes(data).decode()
        return text.replace(" ", "T").replace("+00", "Z")
