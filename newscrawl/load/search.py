"""Words in the articles of the database, the best first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newscrawl.database.letters import ZERO_WIDTH_SPACE, separated
from newscrawl.database.opening import reading
from newscrawl.demo.place import HOST

#: In SQL, of an article ``a``.
_OF_SAMPLE = f"coalesce(a.url, '') like 'http://{HOST}/%'"
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Match:
    """An article in which all words are. ``snippet`` shows some of them in its text, each within ``[`` and ``]``."""

    date: str | None
    headline: str
    url: str
    snippet: str


def find(path: Path, words: Iterable[str], limit: int, *, demo: bool = False) -> list[Match]:
    """The ``limit`` best matches by BM25, a word in the headline counting ten times one in the body.

    All words must be there, in any English inflection ("farmer" finds "farmers"); ``"two words"`` in
    quotation marks next to each other; ``harb*`` is a word's beginning. In scripts without spaces a word is found
    anywhere. Articles of the sample edition are left out, unless ``demo``. Raises ``ValueError`` without words,
    ``OSError`` where the database cannot be read.
    """
    query = _query(words)
    with reading(path) as db:
        found = db.execute(
            "select a.date_published, coalesce(a.headline, ''), coalesce(a.url, ''),"
            " snippet(articles_fts, -1, '[', ']', '…', 24)"
            " from articles_fts join articles a on a.article = articles_fts.rowid"
            f" where articles_fts match ? and (? or not {_OF_SAMPLE}) order by rank limit ?",
            (query, demo, limit),
        ).fetchall()
    return [Match(date, headline, url, text.replace(ZERO_WIDTH_SPACE, "")) for date, headline, url, text in found]


def of_sample(path: Path, words: Iterable[str]) -> int:
    """How many articles of the sample edition have all words."""
    with reading(path) as db:
        count = db.execute(
            "select count(*) from articles_fts join articles a on a.article = articles_fts.rowid"
            f" where articles_fts match ? and {_OF_SAMPLE}",
            (_query(words),),
        ).fetchone()
    return int(count[0])


def _query(words: Iterable[str]) -> str:
    """The words in the language of FTS5 (https://www.sqlite.org/fts5.html, 3), none taken for a part of it."""
    terms = []
    for phrase, word in _TERM.findall(" ".join(words).encode(errors="replace").decode()):
        text = phrase or word
        if any(map(str.isalnum, text)):
            terms.append(f'"{separated(text.rstrip("*"))}"{"*" if text.endswith("*") else ""}')
    if not terms:
        raise ValueError("expected a word to look for")
    return " ".join(terms)
