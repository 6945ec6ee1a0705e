"""What changed between two versions of a text, by whole words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from newscrawl.text.scripts import UNSPACED_LETTER
from newscrawl.text.words import PUNCTUATION

if TYPE_CHECKING:
    import budoux

#: What joins two halves of one word where letters stand on both sides: can't, twenty-one, 1,200.50, a Persian joiner.
_JOINS = "-'’.,:/&@·_\u200b-\u200d\u2010\u2011\u2060"
_LETTERS = rf"[^\s{PUNCTUATION}]+"
_WORD_OR_SIGNS = re.compile(rf"{_LETTERS}(?:[{_JOINS}]+{_LETTERS})*|[{PUNCTUATION}]+")
_CHUNK = re.compile(r"(\S*)(\s*)")
_THAI = re.compile("[\u0e01-\u0e4e]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile("[\u4e00-\u9fff]")
_MOST_WORDS = 4000  # of one passage; a longer one is shown as taken out and put in whole
_MOST_BETWEEN = 3  # words that stayed between two changes and are marked with them, if they are shorter than either

Part = tuple[Literal["same", "del", "ins"], str]


class Word(NamedTuple):
    """A word, or the signs between two, with the space behind it."""

    text: str
    space: str = ""


@dataclass(frozen=True)
class Passage:
    """Paragraphs that changed, as ``parts``; or, without parts, how many stayed as they were."""

    parts: list[Part] = field(default_factory=list)
    unchanged: int = 0

    @property
    def before(self) -> list[Part]:
        """What stood there: the parts that stayed and those that were taken out, without the spaces around these."""
        return list(_marked(part for part in self.parts if part[0] != "ins"))

    @property
    def after(self) -> list[Part]:
        """What stands there now: the parts that stayed and those that were put in, without the spaces around these."""
        return list(_marked(part for part in self.parts if part[0] != "del"))


def _marked(parts: Iterable[Part]) -> Iterator[Part]:
    for kind, text in parts:
        word = text.strip()
        if kind == "same" or not word:
            yield "same", text
            continue
        start = text.index(word)
        around: tuple[Part, ...] = (("same", text[:start]), (kind, word), ("same", text[start + len(word) :]))
        yield from (part for part in around if part[1])


def compare(before: str, after: str, language: str = "") -> list[Passage]:
    """The passages of two texts in order, whose paragraphs are separated by blank lines.

    ``language`` (BCP 47) helps to part the words of Chinese and Japanese.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Passage(unchanged=j - i))
        else:
            parts = _parts_of("\n\n".join(old[i:j]), "\n\n".join(new[k:m]), language)
            joined = ((kind, "".join(text for _, text in same)) for kind, same in groupby(parts, _kind))
            found.append(Passage([part for part in joined if part[1]]))
    return found


def _kind(part: Part) -> Literal["same", "del", "ins"]:
    return part[0]


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n") if text else []


# Words ---------------------------------------------------------------------------


def words(text: str, language: str = "") -> list[Word]:
    """The words of a text and the signs between them: joined, they are the text.

    Thai, Chinese and Japanese are parted by what a model has learned; Lao, Burmese and Khmer at spaces and signs alone,
    since no half of a word may be taken for a word.

    >>> [word.text for word in words("Ports can't reopen, 1,200 say")]
    ['Ports', "can't", 'reopen', ',', '1,200', 'say']
    >>> [word.text for word in words("港は水曜日に開いた。", "ja")]
    ['港は', '水曜日に', '開いた', '。']
    """
    part = _parter(text, language)
    found: list[Word] = []
    for chunk, space in _CHUNK.findall(text):
        texts = [word for piece in part(chunk) for word in _WORD_OR_SIGNS.findall(piece)]
        found += map(Word, texts[:-1])
        if chunk or space:
            found.append(Word(texts[-1] if texts else "", space))
    return found


def _parter(text: str, language: str) -> Callable[[str], list[str]]:
    """What parts a text without spaces into words, or leaves it whole."""
    if not UNSPACED_LETTER.search(text):
        return _whole
    name = _model(text, language.lower())
    if name is None:
        return _whole
    parser = _parser(name)

    def part(chunk: str) -> list[str]:
        return _with_marks(parser.parse(chunk)) if UNSPACED_LETTER.search(chunk) else [chunk]

    return part


def _whole(chunk: str) -> list[str]:
    return [chunk]


def _model(text: str, language: str) -> str | None:
    """Which of the models knows the script of a text."""
    if _THAI.search(text):
        return "thai"
    if language.startswith("ja") or _KANA.search(text):
        return "japanese"
    if not _HAN.search(text):
        return None
    return "traditional_chinese" if re.match("zh-(hant|tw|hk|mo)", language) else "simplified_chinese"


@cache
def _parser(name: str) -> budoux.Parser:
    import budoux

    parser: budoux.Parser = getattr(budoux, f"load_default_{name}_parser")()
    return parser


def _with_marks(pieces: list[str]) -> list[str]:
    """The pieces, none of which begins with a mark that belongs to the letter before."""
    found: list[str] = []
    for piece in pieces:
        if found and unicodedata.category(piece[0]).startswith("M"):
            found[-1] += piece
        else:
            found.append(piece)
    return found


# Differences ---------------------------------------------------------------------


class _Run(NamedTuple):
    """Words that stayed (``is_same``), or those taken out and those put in in their place."""

    is_same: bool
    old: list[Word]
    new: list[Word]

    @property
    def size(self) -> int:
        """Characters of the longer side."""
        return max(sum(len(word.text) for word in side) for side in (self.old, self.new))


def _parts_of(before: str, after: str, language: str) -> Iterator[Part]:
    old, new = words(before, language), words(after, language)
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS:
        yield from _changed(before, after)
        return
    for run in _joined(_runs(old, new)):
        if run.is_same:
            yield from _stayed(run)
        else:
            yield from _changed(_text(run.old), _text(run.new))


def _runs(old: list[Word], new: list[Word]) -> Iterator[_Run]:
    before, after = ([word.text for word in side] for side in (old, new))
    for kind, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        yield _Run(kind == "equal", old[i:j], new[k:m])


def _joined(runs: Iterator[_Run]) -> list[_Run]:
    """The runs, with few and short words between two changes taken for changed: "Two of nine" is read more easily
    than "Two" and "nine"."""
    found: list[_Run] = []
    for run in runs:
        found.append(run)
        while len(found) >= 3 and not found[-1].is_same and _is_between(*found[-3:]):
            before, between, after = found[-3:]
            found[-3:] = [_Run(False, before.old + between.old + after.old, before.new + between.new + after.new)]
    return found


def _is_between(before: _Run, between: _Run, after: _Run) -> bool:
    if not between.is_same:
        return False
    return len(between.new) <= _MOST_BETWEEN and between.size <= min(before.size, after.size)


def _stayed(run: _Run) -> Iterator[Part]:
    """Words that stayed, though the space behind them may have changed, as at the end of a paragraph."""
    for old, new in zip(run.old, run.new, strict=True):
        yield "same", old.text
        if old.space == new.space:
            yield "same", old.space
        else:
            yield from _changed(old.space, new.space)


def _text(side: list[Word]) -> str:
    return "".join(word.text + word.space for word in side)


def _changed(taken: str, put: str) -> Iterator[Part]:
    parts: tuple[Part, ...] = (("del", taken), ("ins", put))
    yield from (part for part in parts if part[1])
