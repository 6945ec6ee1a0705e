"""A piece of a text that shows what was looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import snowballstemmer

from newscrawl.database.forms import STEMMERS, fold, in_simplified, language_of, stemmed, stems, without_accents
from newscrawl.database.letters import is_searched_by_letter
from newscrawl.load.query import Term
from newscrawl.text.words import WORD

#: Words of a snippet before the first that was found, and all of them; the same in letters, for scripts without spaces.
_WORDS_BEFORE, _WORDS = 8, 24
_LETTERS_BEFORE, _LETTERS = 20, 60
_PIECE = re.compile(r"\S+")
_ENGLISH = snowballstemmer.stemmer("porter")  # as SQLite has it
_Span = tuple[int, int]


class Marker:
    """Marks terms in texts, with ``[`` and ``]`` or other signs.

    >>> Marker([Term("ferry")]).snippet(["Two old ferries run."], "en")
    'Two old [ferries] run.'
    """

    def __init__(self, terms: Iterable[Term], signs: tuple[str, str] = ("[", "]")):
        self._signs = signs
        words = [(word, term.is_prefix) for term in terms for word in term.words]
        self._prefixes = tuple(_plain(word) for word, is_prefix in words if is_prefix)
        whole = [word for word, is_prefix in words if not is_prefix]
        self._forms = {form for word in whole for form in (*_english(word), *stems(word))}
        letters = {part for word, _ in words for part in (word, in_simplified(word)) if is_searched_by_letter(part)}
        longest_first = sorted(letters, key=len, reverse=True)
        self._letters = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)

    def snippet(self, texts: Sequence[str | None], language: str | None) -> str:
        """A line of the first text that has one of the terms, marked; without any, the beginning of the first text.

        ``language`` (BCP 47) is that of the texts.
        """
        lines = [" ".join(text.split()) for text in texts if text]
        for line in lines:
            if spans := self._spans(line, language_of(language)):
                return self._piece(line, spans)
        return self._piece(lines[0], []) if lines else ""

    def whole(self, text: str, language: str | None) -> str:
        """A text with all that was looked for marked, otherwise as it is. ``language`` (BCP 47) is that of the text."""
        return self._marked(text, self._spans(text, language_of(language)), 0, len(text))

    def _piece(self, line: str, spans: Sequence[_Span]) -> str:
        """The part of a line around the first of the spans, with those in it marked."""
        start, end = _bounds(line, spans[0][0] if spans else 0)
        marked = self._marked(line, spans, start, end).strip()
        return f"{'…' if start else ''}{marked}{'…' if end < len(line) else ''}"

    def _marked(self, text: str, spans: Sequence[_Span], start: int, end: int) -> str:
        """A part of a text, with the spans in it marked."""
        before, behind = self._signs
        pieces: list[str] = []
        done = start
        for first, last in spans:
            if first >= done and last <= end:
                pieces += [text[done:first], before, text[first:last], behind]
                done = last
        return "".join([*pieces, text[done:end]])

    def _spans(self, line: str, language: str) -> list[_Span]:
        """Where in a line terms are, none over another."""
        simplified = in_simplified(line)
        letters = self._letters.finditer(simplified if len(simplified) == len(line) else line)
        found = [match.span() for match in letters]
        if not found:
            found = [match.span() for match in WORD.finditer(line) if self._is_wanted(match[0], language)]
        return found

    def _is_wanted(self, word: str, language: str) -> bool:
        plain, stem = _english(word)
        of_language = (stemmed(word, language),) if language in STEMMERS else ()
        return plain.startswith(self._prefixes) or not self._forms.isdisjoint((plain, stem, *of_language))


@lru_cache(maxsize=10_000)
def _english(word: str) -> tuple[str, str]:
    """A word as SQLite's tokenizer has it, before and after it is stemmed."""
    plain = _plain(word)
    return plain, str(_ENGLISH.stemWord(plain))


def _plain(word: str) -> str:
    return without_accents(fold(word))


def _bounds(line: str, at: int) -> _Span:
    """Where a piece around a place begins and ends: between words, or letters where they write no spaces."""
    words = [match.span() for match in _PIECE.finditer(line)]
    if any(last - first > _LETTERS for first, last in words):
        return max(0, at - _LETTERS_BEFORE), min(len(line), max(0, at - _LETTERS_BEFORE) + _LETTERS)
    number = next((number for number, (_, last) in enumerate(words) if last > at), 0)
    first = max(0, number - _WORDS_BEFORE)
    shown = words[first : first + _WORDS]
    return shown[0][0], shown[-1][1]
