"""What the address of a page asks for, beyond the filters that Datasette has itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from newscrawl.load.query import Query, read_query
from newscrawl.load.snippets import Marker

#: Where a found word begins and ends, until the text has been escaped: characters that no page shows.
SIGNS = ("\x02", "\x03")

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Asked:
    """Words, the first and the last day, a topic and an author; ``None`` where the address has none."""

    words: str | None = None
    since: str | None = None
    until: str | None = None
    topic: str | None = None
    author: str | None = None

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Asked:
        """From the arguments of an address, in which an empty one is none."""
        values = {name: (arguments.get(argument) or "").strip() or None for name, argument in ARGUMENTS.items()}
        values["words"] = values["words"] or (arguments.get("words") or "").strip() or None  # the query "search" has it
        for name in ("since", "until"):
            if not _DAY.fullmatch(values[name] or ""):
                values[name] = None
        return cls(**values)

    @property
    def query(self) -> Query | None:
        """What is looked for; ``None`` where the words are none, or are not to be understood."""
        try:
            return read_query([self.words]) if self.words else None
        except ValueError:
            return None

    @property
    def fault(self) -> str | None:
        """What is wrong with the words."""
        try:
            read_query([self.words or "none"])
        except ValueError as error:
            return str(error)
        return None

    @property
    def marker(self) -> Marker | None:
        """What marks the words in texts."""
        query = self.query
        return Marker(query.wanted, SIGNS) if query else None

    def conditions(self) -> tuple[list[str], dict[str, str], list[str]]:
        """For the rows of ``articles``: SQL, the values of its parameters, and the same in words."""
        found = [(name, value) for name, value in vars(self).items() if value is not None]
        values = {f"asked_{name}": value for name, value in found}
        if self.words:
            values["asked_words"] = fts_of(self.words)
        return [_SQL[name] for name, _ in found], values, [f"{_WORDED[name]} {value}" for name, value in found]


def fts_of(words: str | None) -> str:
    """Words in the language of FTS5; what finds nothing where they are none or are not to be understood."""
    query = Asked(words=words).query
    return query.fts if query else '""'


def snippet_of(words: str | None, language: str | None, *texts: str | None) -> str:
    """A piece of the first of some texts that has the words, each within ``[`` and ``]``."""
    query = Asked(words=words).query
    return Marker(query.wanted if query else ()).snippet(texts, language)


#: The arguments of an address. Those that begin with one underscore are no columns for Datasette.
ARGUMENTS = {"words": "_words", "since": "_since", "until": "_until", "topic": "_topic", "author": "_author"}
_SQL = {
    "words": "article in (select rowid from articles_fts where articles_fts match :asked_words)",
    "since": "day >= :asked_since",
    "until": "day <= :asked_until",
    "topic": "article in (select article from article_topics where topic = :asked_topic)",
    "author": "article in (select article from article_authors where author = :asked_author)",
}
_WORDED = {"words": "with", "since": "since", "until": "until", "topic": "about", "author": "by"}
