"""Words in the articles of a PostgreSQL database, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

import psycopg

from newscrawl.database.address import Address
from newscrawl.database.forms import in_simplified, stems, without_accents
from newscrawl.database.postgresql import SIMPLE, words_of
from newscrawl.load.postgresql import dictionaries, reading
from newscrawl.load.query import Query, Term

#: Weights of D, C, B and A, as BM25 has them in SQLite; a long text counts less, by the logarithm of its length.
_RANK = "ts_rank('{0.1, 0.1, 0.4, 1}', a.search, {0}, 1)"


def rows(
    address: Address, columns: str, query: Query | None, conditions: tuple[list[str], list[Any]], limit: int | None
) -> list[tuple[Any, ...]]:
    """Columns of the articles ``a`` that are found, the best or the newest first. Raises ``OSError``."""
    wanted, values = list(conditions[0]), list(conditions[1])
    order = "a.date_published desc nulls last"
    before: list[Any] = []
    with reading(address) as db:
        if query is not None:
            asked = _asked(db, query)
            if not asked:  # no word is one to PostgreSQL, such as one of 3000 letters
                return [] if limit is not None else [(0,)]
            everything, chosen, parts = _chosen(asked)
            wanted = [f"a.search @@ {everything}", f"a.search @@ {chosen}", *wanted]
            values = ["|".join(f"({one})" for one in dict.fromkeys(asked.values())), *parts, *values]
            order = f"{_RANK.replace('{0}', chosen)} desc, {order}"
            before = parts
        sql = f"select {columns} from articles a where {' and '.join(wanted) or 'true'}"
        if limit is not None:
            sql += f" order by {order}, a.article limit %s"
            values = [*values, *before, limit]
        return db.execute(sql, values).fetchall()


def conditions_of(publishers: Sequence[str], limits: Sequence[tuple[str, date | None]]) -> tuple[list[str], list[Any]]:
    """In SQL, and its values: articles of some publishers, from and to an instant or a publisher's own day."""
    conditions: list[str] = []
    values: list[Any] = []
    for sign, limit in limits:
        if limit is not None:
            name = "date_published" if isinstance(limit, datetime) else "day"
            conditions.append(f"a.{name} {sign} %s")
            values.append(limit)
    if publishers:
        conditions.append("a.publisher = any(%s)")
        values.append(list(publishers))
    return conditions, values


def _asked(db: psycopg.Connection[tuple[Any, ...]], query: Query) -> dict[str, str]:
    """What is looked for as PostgreSQL has it, for each text search configuration."""
    selects, values = [], []
    for name in sorted({SIMPLE, *dictionaries(db)}):
        sql, texts = _query(query, name)
        selects.append(f"select '{name}', ({sql})::text")
        values += texts
    found = db.execute(" union all ".join(selects), values).fetchall()
    return {name: text for name, text in found if text}


def _chosen(asked: dict[str, str]) -> tuple[str, str, list[str]]:
    """For the index, any of the queries; for each article, that of its language; and the values of the latter."""
    groups: dict[str, list[str]] = {}
    for name, text in asked.items():
        groups.setdefault(text, []).append(name)
    cases = " ".join("when a.dictionary = any(%s) then %s::tsquery" for _ in groups)
    values = [value for text, names in groups.items() for value in (names, text)]
    return "%s::tsquery", f"case {cases} end", cast(list[str], values)


def _query(query: Query, name: str) -> tuple[str, list[str]]:
    """A query in SQL, for one text search configuration."""
    values: list[str] = []
    alternatives = []
    for wanted, unwanted in query.alternatives:
        terms = [_term(term, name, values) for term in wanted]
        terms += [f"!!{_term(term, name, values)}" for term in unwanted]
        alternatives.append(f"({' && '.join(terms)})")
    return " || ".join(alternatives), values


def _term(term: Term, name: str, values: list[str]) -> str:
    """A term in SQL, as it is written or in a form of the language; its values are added to the others."""
    texts = dict.fromkeys(
        text
        for one in (term.text, in_simplified(term.text))
        for text in (words_of(one), without_accents(words_of(one)))
    )
    asked = [(config, text) for text in texts for config in dict.fromkeys((name, SIMPLE))]
    if name == SIMPLE and not term.is_prefix:
        asked += [(SIMPLE, " ".join(words)) for words in zip(*map(stems, words_of(term.text).split()), strict=True)]
    parts = []
    for config, text in asked:
        values.append(_beginning(text) if term.is_prefix else text)
        parts.append(f"{'to' if term.is_prefix else 'phraseto'}_tsquery('{config}', %s)")
    return f"({' || '.join(parts)})"


def _beginning(text: str) -> str:
    """Words next to each other, of which the last is the beginning of one, in the language of ``to_tsquery``."""
    return " <-> ".join(f"'{word}'" for word in text.split()) + ":*"
