"""Words in the articles of the database, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from newscrawl.database.address import Address
from newscrawl.database.opening import reading
from newscrawl.dates.limits import is_empty
from newscrawl.demo.place import HOST
from newscrawl.load.query import Query, read_query
from newscrawl.load.snippets import Marker

_COLUMNS = (
    "a.date_published, coalesce(a.headline, ''), coalesce(a.url, ''), a.publisher, a.section, a.language,"
    " a.body, a.description"
)
#: In SQL, whether an article is of the sample edition.
_OF_SAMPLE = f"coalesce(a.url, '') like 'http://{HOST}/%'"


@dataclass(frozen=True)
class Match:
    """An article that was found.

    ``date`` is ISO 8601 with an offset. ``snippet`` is a piece of the text, in which what was looked for is within
    ``[`` and ``]``; without words, its beginning.
    """

    date: str | None
    headline: str
    url: str
    snippet: str
    publisher: str | None
    section: str | None
    language: str | None


@dataclass(frozen=True)
class Filter:
    """Which articles are looked at: those of some publishers, from and to an instant, or a publisher's own day.

    Those of the sample edition are left out, unless ``demo``.
    """

    publishers: Sequence[str] = ()
    since: date | datetime | None = None
    until: date | datetime | None = None
    demo: bool = False

    def __bool__(self) -> bool:
        return bool(self.publishers or self.since or self.until)

    @property
    def is_empty(self) -> bool:
        """Whether no article can be between the limits."""
        return is_empty(self.since, self.until)

    def conditions(self) -> tuple[list[str], list[str]]:
        """The same in SQL, and its values."""
        found: list[tuple[str, str]] = [
            (f"{_instant_or_day(limit)} {sign} {'datetime(?)' if isinstance(limit, datetime) else '?'}", _in_sql(limit))
            for sign, limit in ((">=", self.since), ("<=", self.until))
            if limit is not None
        ]
        conditions, values = [one for one, _ in found], [value for _, value in found]
        if self.publishers:
            conditions.append(f"a.publisher in ({', '.join('?' * len(self.publishers))})")
            values += self.publishers
        if not self.demo:
            conditions.append(f"not {_OF_SAMPLE}")
        return conditions, values


def _in_sql(limit: date) -> str:
    return limit.isoformat(" ", "seconds") if isinstance(limit, datetime) else limit.isoformat()


def _instant_or_day(limit: date) -> str:
    return "datetime(a.date_published)" if isinstance(limit, datetime) else "a.day"


def find(place: Path | Address, words: Iterable[str], limit: int, among: Filter = Filter()) -> list[Match]:
    """The ``limit`` best matches by BM25, a word in the headline counting ten times one in the body.

    All words must be there, in any inflection of the article's language ("farmer" finds "farmers", "Haus" finds
    "Häuser"), unless ``OR`` or ``NOT`` is before them; ``"two words"`` in quotation marks next to each other;
    ``harb*`` is a word's beginning. In scripts without spaces a word is found anywhere. Without words, the newest
    articles of the filter. Raises ``ValueError`` for words that are none, ``OSError`` where the database cannot be
    read.
    """
    query = _query(words)
    found = (
        _in_postgresql(place, query, limit, among)
        if isinstance(place, Address)
        else _in_sqlite(place, query, limit, among)
    )
    marker = Marker(query.wanted if query else ())
    return [
        Match(day, headline, url, marker.snippet((body, description), language), publisher, section, language)
        for day, headline, url, publisher, section, language, body, description in found
    ]


def of_sample(place: Path | Address, words: Iterable[str], among: Filter) -> int:
    """How many articles of the sample edition :func:`find` would find as well with ``demo``."""
    query, among = _query(words), replace(among, demo=True)
    if isinstance(place, Address):
        return int(_in_postgresql(place, query, None, among)[0][0])
    tables, values = _found(query, among)
    with reading(place) as db:
        count = db.execute(f"select count(*) from {tables} and {_OF_SAMPLE}", values).fetchone()
    return int(count[0])


def _in_sqlite(path: Path, query: Query | None, limit: int, among: Filter) -> list[tuple[Any, ...]]:
    tables, values = _found(query, among)
    order = "datetime(a.date_published) desc" if query is None else "rank"
    with reading(path) as db:
        return db.execute(f"select {_COLUMNS} from {tables} order by {order} limit ?", (*values, limit)).fetchall()


def _in_postgresql(address: Address, query: Query | None, limit: int | None, among: Filter) -> list[tuple[Any, ...]]:
    """The same; without a limit, how many articles of the sample edition there are."""
    from newscrawl.load import postgresql_search

    conditions, values = postgresql_search.conditions_of(among.publishers, ((">=", among.since), ("<=", among.until)))
    of_sample = _OF_SAMPLE.replace("%", "%%")
    if limit is None:
        conditions.append(of_sample)
    elif not among.demo:
        conditions.append(f"not {of_sample}")
    columns = "count(*)" if limit is None else _COLUMNS.replace("date_published", "date_published_written")
    return postgresql_search.rows(address, columns, query, (conditions, values), limit)


def _query(words: Iterable[str]) -> Query | None:
    words = list(words)
    return read_query(words) if words else None


def _found(query: Query | None, among: Filter) -> tuple[str, list[str]]:
    """The articles that are found, ``a``, in SQL: tables and conditions; and the values of these."""
    conditions, values = among.conditions()
    tables = "articles a"
    if query is not None:
        tables = "articles_fts join articles a on a.article = articles_fts.rowid"
        conditions, values = ["articles_fts match ?", *conditions], [query.fts, *values]
    return f"{tables} where {' and '.join(conditions) or 'true'}", values
