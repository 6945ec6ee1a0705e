"""Words in the articles of the database, the best first."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Match:
    """An article in which all words are. ``snippet`` shows some of them in its text, each within ``[`` and ``]``."""

    date: str | None
    headline: str
    url: str
    snippet: str


def find(path: Path, words: Iterable[str], limit: int) -> list[Match]:
    """The ``limit`` best matches by BM25, a word in the headline counting ten times one in the body.

    All words must be there, in any form that English makes of them ("farmer" finds "farmers"); ``"two words"`` in
    quotation marks next to each other; ``harb*`` is a word's beginning. Raises ``ValueError`` without words,
    ``sqlite3.Error``.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=10, uri=True)) as db:
        found = db.execute(
            "select a.date_published, a.headline, a.url, snippet(articles_fts, -1, '[', ']', '…', 24)"
            " from articles_fts join articles a on a.article = articles_fts.rowid"
            " where articles_fts match ? order by rank limit ?",
            (_query(words), limit),
        )
        return [Match(*row) for row in found]


def _query(words: Iterable[str]) -> str:
    """The words in the language of FTS5 (https://www.sqlite.org/fts5.html, 3), none taken for a part of it."""
    terms = []
    for phrase, word in _TERM.findall(" ".join(words)):
        text = phrase or word
        if any(map(str.isalnum, text)):
            terms.append(f'"{text.rstrip("*")}"{"*" if text.endswith("*") else ""}')
    if not terms:
        raise ValueError("expected a word to look for")
    return " ".join(terms)
