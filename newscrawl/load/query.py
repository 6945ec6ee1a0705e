"""What is looked for, as a person writes it and as FTS5 reads it (https://www.sqlite.org/fts5.html, 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from newscrawl.database.forms import fold, in_simplified, stems
from newscrawl.database.letters import separated
from newscrawl.text.words import WORD

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True)
class Term:
    """A word, the beginning of one (``is_prefix``), or words next to each other."""

    text: str
    is_prefix: bool = False

    @cached_property
    def words(self) -> list[str]:
        return WORD.findall(self.text)

    @property
    def fts(self) -> str:
        """The term in the language of FTS5: as it is written, or in a form of any language."""
        end = "*" if self.is_prefix else ""
        written = dict.fromkeys(f'"{separated(fold(text))}"{end}' for text in (self.text, in_simplified(self.text)))
        if self.is_prefix:
            return f"({' OR '.join(written)})"
        forms = " OR ".join(f'"{" ".join(words)}"' for words in zip(*map(stems, self.words), strict=True))
        return f"({' OR '.join(written)} OR forms : ({forms}))"


@dataclass(frozen=True)
class Query:
    """Alternatives, each with the terms that must be there and those that must not."""

    alternatives: Sequence[tuple[Sequence[Term], Sequence[Term]]]

    @property
    def fts(self) -> str:
        """The query in the language of FTS5, whose ``NOT`` is between two operands and binds before the others."""
        return " OR ".join(f"({_alternative(*terms)})" for terms in self.alternatives)

    @property
    def wanted(self) -> Iterator[Term]:
        """What may be there."""
        for wanted, _ in self.alternatives:
            yield from wanted


def _alternative(wanted: Sequence[Term], unwanted: Sequence[Term]) -> str:
    """An alternative in the language of FTS5."""
    all_wanted = " AND ".join(term.fts for term in wanted)
    return " NOT ".join((f"({all_wanted})", *(term.fts for term in unwanted)))


def read_query(words: Iterable[str]) -> Query:
    """Read words, ``"words next to each other"``, beginnings (``harb*``), and ``AND``, ``OR`` and ``NOT`` in capitals.

    ``OR`` parts alternatives; ``NOT`` is about the term that follows. Punctuation alone is left out. Raises
    ``ValueError`` where a word is missing.

    >>> [term.text for term in read_query(["volcano OR quake"]).wanted]
    ['volcano', 'quake']
    """
    alternatives: list[tuple[list[Term], list[Term]]] = [([], [])]
    is_unwanted, last = False, ""
    for phrase, word in _TERM.findall(" ".join(words).encode(errors="replace").decode()):
        if word in _OPERATORS:
            if word == "OR":
                alternatives.append(([], []))
            is_unwanted, last = word == "NOT", word
            continue
        if (text := phrase or word) and WORD.search(text) and any(map(str.isalnum, text)):
            alternatives[-1][is_unwanted].append(Term(text.rstrip("*"), text.endswith("*")))
            is_unwanted, last = False, ""
    if alternatives == [([], [])] and not last:
        raise ValueError("expected a word to look for")
    if last or not all(wanted for wanted, _ in alternatives):
        raise ValueError(
            f"expected a word {'after' if last else 'before'} {last or _operator(alternatives)}:"
            " 'volcano OR quake', 'volcano NOT island'; to look for the word itself, write it in small letters"
        )
    return Query(alternatives)


def _operator(alternatives: Sequence[tuple[Sequence[Term], Sequence[Term]]]) -> str:
    """Which operator has no word before it."""
    return "NOT" if any(unwanted and not wanted for wanted, unwanted in alternatives) else "OR"
