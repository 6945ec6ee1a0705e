"""A crawl's memory in SQLite: a temporary database for this crawl, and the history beside the output for all."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from newscrawl.history.database import History
from newscrawl.store.base import NEVER, Article, Claim, Reader, State, Store
from newscrawl.store.met import Met, Text, Visit

T = TypeVar("T")


class SQLiteStore(History, Store):
    """The memory of a crawl by one process: the history at ``path``, which later crawls will know, or none.

    What this crawl met is in a temporary database, which is on the disk when it is large: memory does not grow with a
    crawl. Raises ``OSError`` where the history cannot be read.
    """

    def __init__(self, path: Path | None = None):
        super().__init__(path)
        self.is_kept = path is not None
        self.replaced, self.repeated = set(), set()
        if not self.is_kept:
            self.due_since = self.recheck_since = NEVER
        self._crawl = sqlite3.connect("", isolation_level=None)
        self._crawl.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            "create table met(walk text, key text, hop integer, listed integer not null, settled integer not null,"
            " next_url text, primary key (walk, key)) without rowid;"
            "create table visits(id integer primary key, walk text, key text, url text, page integer, known integer,"
            " source integer, checked integer);"
            "create table texts(name text primary key, headline text, body text) without rowid;"
            "create table notes(kind text, name text, value text, primary key (kind, name)) without rowid"
        )
        self._waiting = 0
        # Hashes take a third of the memory of the names. They have 64 bits: of 10^6 articles in a crawl, two share one
        # with a likelihood of 3 in 10^8.
        self._claims: dict[int, str] = {}
        self._added: Counter[tuple[str, str]] = Counter()
        self._kept: defaultdict[str, list[Any]] = defaultdict(list)
        self._readers: dict[str, Reader] = {}
        self._facts: dict[str, dict[str, Any]] = {}
        self._is_revisited = False
        self._changed: set[str] = set()
        self._has_news = False
        self._held = 0

    def close(self) -> None:
        self._crawl.close()
        super().close()

    # One change ------------------------------------------------------------------

    def do(self, change: Callable[[], T]) -> T:
        return change()

    def expect(self, articles: Iterable[tuple[str, str, str]]) -> None:
        pass

    # The articles that this crawl has met ------------------------------------------

    def met(self, walk: str, key: str) -> Met | None:
        row = self._crawl.execute(
            "select hop, listed, settled, next_url from met where walk = ? and key = ?", (walk, key)
        ).fetchone()
        return Met(row[0], bool(row[1]), bool(row[2]), row[3]) if row else None

    def meet(self, walk: str, key: str, met: Met) -> None:
        self._crawl.execute("insert or replace into met values (?, ?, ?, ?, ?, ?)", (walk, key, *met))

    def wait(self, visit: Visit) -> None:
        self._crawl.execute("insert into visits values (null, ?, ?, ?, ?, ?, ?, ?)", visit)
        self._waiting += 1

    def take(self, most: int) -> list[Visit]:
        self.save_found()
        if most <= 0 or not self._waiting:
            return []
        rows = self._crawl.execute("select * from visits order by id limit ?", (most,)).fetchall()
        self._crawl.execute("delete from visits where id <= ?", (rows[-1][0],))
        self._waiting -= len(rows)
        return [Visit(r[1], r[2], r[3], r[4], bool(r[5]), r[6], bool(r[7])) for r in rows]

    def end(self, visit: Visit) -> None:
        pass

    def hold(self, visit: Visit, *, is_held: bool) -> None:
        self._held += 1 if is_held else -1

    @property
    def waiting(self) -> int:
        return self._waiting

    def left(self) -> dict[int, int]:
        return dict(self._crawl.execute("select source, count(*) from visits group by source").fetchall())

    def claim(self, name: str, text: str) -> Claim:
        said = self._claims.get(hash(name))
        if said is None:
            self._claims[hash(name)] = text
        return Claim(mine=said is None, text=said or "")

    # What pages say of one another --------------------------------------------------

    def tell(self, name: str, text: Text) -> None:
        self._crawl.execute("insert or replace into texts values (?, ?, ?)", (name, *text))

    def text(self, name: str) -> Text | None:
        row = self._crawl.execute("select headline, body from texts where name = ?", (name,)).fetchone()
        return Text(*row) if row else None

    def note(self, kind: str, name: str, value: str) -> None:
        self._crawl.execute("insert or replace into notes values (?, ?, ?)", (kind, name, value))

    def noted(self, kind: str, name: str) -> str | None:
        row = self._crawl.execute("select value from notes where kind = ? and name = ?", (kind, name)).fetchone()
        return str(row[0]) if row else None

    def add(self, kind: str, name: str, by: int = 1) -> None:
        self._added[kind, name] += by

    def added(self, kind: str, name: str) -> int:
        return self._added[kind, name]

    def keep(self, kind: str, value: Any) -> None:
        self._kept[kind].append(value)

    def kept(self, kind: str) -> list[Any]:
        return self._kept.pop(kind, [])

    # What this crawl emits -----------------------------------------------------------

    def emits(self, name: str, *, is_changed: bool) -> None:
        self._has_news = True
        if is_changed:
            self._changed.add(name)

    def is_news(self, name: str) -> bool:
        return name in self._changed

    @property
    def has_news(self) -> bool:
        return self._has_news or self._held > 0  # which may be news

    def changed_on(self, walk: str, page: int) -> bool:
        return False  # no other process finds anything

    def reread(self, article: Article) -> None:
        self.unchanged(article.name)
        self._note(
            "update versions set etag = ?, last_modified = ?, next_url = ?, date_modified = ?"
            " where id = (select version from articles where key = ?)",
            (article.etag, article.last_modified, article.next_path, article.date_modified, article.name),
        )

    # The listings ----------------------------------------------------------------

    def read(self, walk: str, stage: int = 0) -> bool:
        self._readers[walk] = Reader.THIS
        return True

    def listed(self, walk: str, facts: Mapping[str, Any] | None = None) -> bool:
        if facts is not None:
            self._readers[walk], self._facts[walk] = Reader.FINISHED, dict(facts)
        return False

    def facts(self) -> dict[str, dict[str, Any]]:
        return self._facts

    def recent(self) -> History:
        return self

    def stage(self, walk: str) -> int:
        return 0

    def gather(self, walk: str) -> None:
        pass

    def learn(self, walk: str, learned: str) -> None:
        pass

    def state(self) -> State:
        return State(self._waiting, readers=self._readers, is_revisited=self._is_revisited)

    def revisited(self) -> None:
        self._is_revisited = True
