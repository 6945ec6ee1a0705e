"""What the address of a page asks for, beyond the filters that Datasette has itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from newscrawl.database.letters import ZERO_WIDTH_SPACE
from newscrawl.load.search import _query as query_of

#: Where a found word begins and ends, until the text has been escaped: characters that no page shows.
OPENS, CLOSES = "\x02", "\x03"
#: Words of the text around what was found.
SNIPPET_WORDS = 36

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FOUND = re.compile(f"{OPENS}[^{CLOSES}]*{CLOSES}")


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
    def query(self) -> str | None:
        """The words in the language of FTS5; ``None`` where there is no word among them."""
        try:
            return query_of([self.words or ""])
        except ValueError:
            return None

    def conditions(self) -> tuple[list[str], dict[str, str], list[str]]:
        """For the rows of ``articles``: SQL, the values of its parameters, and the same in words."""
        found = [(name, value) for name, value in vars(self).items() if value is not None]
        values = {f"asked_{name}": (self.query or '""') if name == "words" else value for name, value in found}
        return [_SQL[name] for name, _ in found], values, [f"{_WORDED[name]} {value}" for name, value in found]


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

#: What was found in each text: the headline, the description and the body whole, and a piece of the body.
MARKED = f"""
    select rowid as article, highlight(articles_fts, 0, '{OPENS}', '{CLOSES}') as headline,
        highlight(articles_fts, 1, '{OPENS}', '{CLOSES}') as description,
        {{body}} as body
    from articles_fts where articles_fts match :query and rowid in (select value from json_each(:articles))
"""
SNIPPET = f"snippet(articles_fts, 2, '{OPENS}', '{CLOSES}', '…', {SNIPPET_WORDS})"
WHOLE = f"highlight(articles_fts, 2, '{OPENS}', '{CLOSES}')"


def legible(text: str | None) -> str:
    """A text of the index as the article has it. A mark that goes on in the next paragraph is one in each."""
    text = (text or "").replace(ZERO_WIDTH_SPACE, "")
    return _FOUND.sub(lambda found: found[0].replace("\n\n", f"{CLOSES}\n\n{OPENS}"), text)
