"""What earlier crawls noted in Redis, and what this one notes for later ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from newscrawl.history.database import MOST_ALIASES, Failing, History, Known
from newscrawl.store.base import Article
from newscrawl.store.met import Visit
from newscrawl.store.redis import article as records
from newscrawl.store.redis.changes import Changes, change
from newscrawl.store.redis.past import grouped, history_of
from newscrawl.store.redis.session import Session

_RECENT = 200  # crawls before this one that it is compared with
_MOST_ALIKE = 20
_LOOKED_AT, _REVISITED = 20_000, 10_000  # of a section's articles, at the end
_AT_ONCE = 500  # articles of one answer


class Emitted(NamedTuple):
    """An article in a whole file: the visit that it came from, the name that this one had, the article.

    ``page``: the listing page that showed it; ``is_indexed``: others like it are looked for.
    """

    visit: Visit
    own: str
    article: Article
    section: str
    walk: str
    page: int
    is_indexed: bool = True


class Earlier(Changes):
    """The articles of the history. ``index``: those of one text are looked for."""

    def __init__(self, session: Session, counts: Any, walks: Mapping[str, Any], *, index: bool):
        super().__init__(session, counts, walks)
        self._is_indexed = index
        #: Articles that this process emits as changed; and whether any process emits any, once that is known.
        self._changed: set[str] = set()
        self._has_news = self._holds = False
        self._recent: History | None = None

    # What earlier crawls noted ------------------------------------------------------

    def recent(self) -> History:
        if self._recent is None:
            self._recent = history_of(self.session.read("LRANGE", "runs", "0", str(_RECENT - 1)))
        return self._recent

    def recall(self, name: str) -> Known | None:
        return records.known(self._record(name))

    def article_of(self, name: str) -> str | None:
        for _ in range(MOST_ALIASES):
            further = self._value(self._aliases, name)
            if further is None:
                return name
            if not further:
                return None
            name = further
        return name

    def was_known(self, name: str) -> bool:
        record = self._record(name)
        if self.complete is None or record is None:
            return False
        is_met = records.moment(record["f"]) <= self.complete.finished
        return is_met or 0 < record.get("v", {}).get("b", 0) <= self.complete.run

    def emits(self, name: str, *, is_changed: bool) -> None:
        self._has_news = True
        if is_changed:
            self._changed.add(name)

    def is_news(self, name: str) -> bool:
        # News that a dead reader's listing showed is news to the next reader, though it has been emitted by now.
        return name in self._changed or bool((self._record(name) or {}).get("v", {}).get("b") == self.run)

    @property
    def has_news(self) -> bool:
        self._has_news = self._has_news or self._value(f"{self._present}counts", "written") is not None
        return self._has_news or self._holds  # which may be news

    def changed_on(self, walk: str, page: int) -> bool:
        return self._read("HGET", "counts", f"changed {page} {walk}") is not None

    def first_seen(self, name: str) -> str:
        record = self._record(name)
        return records.moment(record["f"]) if record else ""

    def failing(self, name: str) -> Failing | None:
        record = self._record(name)
        if not record or "xs" not in record:
            return None
        return Failing(records.moment(record["xs"]), record["xr"], record.get("x", ""))

    def tells(self, name: str, headline: str, paragraph: str | None) -> bool:
        return records.tells((self._record(name) or {}).get("v", {}), headline, paragraph)

    def alike(self, publisher: str, headline: str, paragraph: str | None) -> list[tuple[str, str]]:
        names: set[str] = set()
        for likeness in {records.hashed(headline), *([paragraph] if paragraph else [])}:
            names |= set(self.session.read("SMEMBERS", f"alike:{likeness}"))
        found = [
            (record["v"]["t"], name, record["u"])
            for name, record in self._records(sorted(name for name in names if name.startswith(f"{publisher}/")))
            if "v" in record and records.tells(record["v"], headline, paragraph)
        ]
        return [(name, path) for _, name, path in sorted(found, reverse=True)[:_MOST_ALIKE]]

    def revisits(self, section: str) -> list[tuple[str, str, bool]]:
        since = str(records.seconds(self.due_since))
        names = self.session.read("ZREVRANGEBYSCORE", f"seen:{section}", "+inf", since, "LIMIT", "0", str(_LOOKED_AT))
        found = [
            (name, record["u"], "v" in record)
            for name, record in self._records(names)
            if record.get("x") != records.ASIDE
            and ("v" not in record or records.moment(record["f"]) >= self.recheck_since)
        ]
        found.sort(key=lambda row: row[2])
        return found[:_REVISITED]

    def finished_sources(self, walk: str, days: str) -> set[str]:
        found = self.session.read("HGETALL", f"sources:{walk} {days}")
        began = self.recent().db.execute("select id, started from runs").fetchall()
        those = {int(run) for run in found.values()}
        self.due_since = min([self.due_since, *(started for run, started in began if run in those)])
        return set(found)

    # What this crawl notes for later ones --------------------------------------------

    @change
    def found(self, name: str, path: str, section: str, *, listed: bool) -> None:
        self._found(name, {"u": path, "s": section, "l": int(listed), "f": self._seconds()})

    def _found(self, name: str, new: records.Record) -> records.Record:
        record = self._record(name)
        if record is None:
            self._cells.send("ZADD", f"{self._past}seen:{new['s']}", str(new["f"]), name)
        elif new["l"] <= record["l"]:
            return record
        record = new if record is None else record | {"l": new["l"]}
        self._write(name, record)
        return record

    @change
    def gone(self, name: str) -> None:
        record = self._record(name)
        if record and "v" not in record:
            self._cells.write(*self._article(name), None)
            self._cells.send("ZREM", f"{self._past}seen:{record['s']}", name)

    @change
    def alias(self, name: str, article: str | None) -> None:
        if article:
            if record := self._record(name):
                self._found(article, {short: record[short] for short in ("u", "s", "l", "f")})
            if self._cells.read(self._aliases, article) is not None:
                self._cells.write(self._aliases, article, None)
        self.gone(name)
        self._cells.write(self._aliases, name, article or "")

    @change
    def unchanged(self, name: str) -> None:
        if record := self._record(name):
            records.works(record, self._seconds())
            self._write(name, record)

    @change
    def reread(self, article: Article) -> None:
        record = self._record(article.name)
        self._cells.send("HDEL", f"{self._present}claims:{self.worker}", article.name)
        if record and "v" in record:
            records.works(record, self._seconds())
            records.reread(record, article)
            self._write(article.name, record)

    @change
    def fail(self, name: str, reason: str) -> None:
        if record := self._record(name):
            now = self._seconds()
            since = {"xs": min(record.get("xs", now), now), "xr": record.get("xr", self.run)}
            self._write(name, record | since | {"x": reason, "c": now})

    @change
    def take_away(self, name: str) -> None:
        if record := self._record(name):
            self._write(name, record | {"x": records.ASIDE, "a": record.get("a", self._seconds())})
            self.gone(name)

    @change
    def put_aside(self, name: str) -> None:
        if record := self._record(name):
            self._write(name, record | {"x": records.ASIDE})

    @change
    def finish_source(self, walk: str, days: str, url: str) -> None:
        self._cells.send("HSET", f"{self._past}sources:{walk} {days}", url, str(self.run))

    # What is in whole files ---------------------------------------------------------

    @change
    def publish(self, name: str, articles: Iterable[Emitted]) -> None:
        """All articles of a whole file count as emitted, or none does."""
        articles = list(articles)
        files = f"{self._past}files"
        leased = [(self._leased, f"{one.visit.walk} {one.visit.key}") for one in articles]
        self._cells.fetch([(files, name), *leased, *(self._article(one.article.name) for one in articles)])
        if self._cells.read(files, name) == "committed":
            return
        if any(self._cells.read(*cell) is None for cell in leased):
            raise self.session.fence()
        for one in articles:
            self._publish(one, name)
        self._cells.write(files, name, "committed")

    def _publish(self, one: Emitted, file: str) -> None:
        self.end(one.visit)
        name, now = one.article.name, self._seconds()
        self._cells.send("HDEL", f"{self._present}claims:{self.worker}", name)
        if name != one.own:
            self.alias(one.own, name)  # it was met when that was
        record = self._found(name, {"u": one.article.path, "s": one.section, "l": 0, "f": now})
        before = record.get("v")
        v = records.version(one.article) | {"f": file, "t": now, "b": self.run}
        if self._is_indexed and one.is_indexed:
            self._index(name, before or {}, v)
        records.works(record, now)
        record.pop("c")  # t says it
        self._write(name, records.emit(record, v))
        status = "new" if not before else "again" if before["h"] == v["h"] else "changed"
        counted = ["written", status]
        if status == "changed" and one.page > 0:
            counted.append(f"changed {one.page} {one.walk}")
        for which in counted:
            self._cells.add(f"{self._present}counts", which, 1)

    def _index(self, name: str, before: records.Record, v: records.Record) -> None:
        old, new = records.likenesses(before), records.likenesses(v)
        for command, likenesses in (("SREM", old - new), ("SADD", new - old)):
            for likeness in sorted(likenesses):
                self._cells.send(command, f"{self._past}alike:{likeness}", name)

    # The keys -----------------------------------------------------------------------

    @property
    def _aliases(self) -> str:
        return f"{self._past}aliases"

    def _article(self, name: str) -> tuple[str, str]:
        return f"{self._past}article:{name}", ""

    def _record(self, name: str) -> records.Record | None:
        text = self._value(*self._article(name))
        record: records.Record | None = json.loads(text) if text else None
        return record

    def _write(self, name: str, record: records.Record) -> None:
        self._cells.write(*self._article(name), records.dump(record))

    def _records(self, names: Iterable[str]) -> Iterable[tuple[str, records.Record]]:
        """Those of the names that are articles', with what is known of them."""
        for some in grouped(names, _AT_ONCE):
            first, *others = (self._article(name)[0] for name in some)
            texts = self.session.read("MGET", first.removeprefix(self._past), *others)
            yield from ((name, json.loads(text)) for name, text in zip(some, texts, strict=True) if text)
