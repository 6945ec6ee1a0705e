"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from newscrawl.text.scripts import UNSPACED

#: A word with the space behind it; in scripts without spaces a character.
_WORD_AND_SPACE = re.compile(rf"[{UNSPACED}]\s*|[^\s{UNSPACED}]+\s*|\s+")
_MOST_WORDS = 4000  # of one passage; a longer one is shown as taken out and put in whole

Part = tuple[Literal["same", "del", "ins"], str]


@dataclass(frozen=True)
class Passage:
    """Paragraphs that changed, as ``parts``; or, without parts, how many stayed as they were."""

    parts: list[Part] = field(default_factory=list)
    unchanged: int = 0


def compare(before: str, after: str) -> list[Passage]:
    """The passages of two texts in order, whose paragraphs are separated by blank lines."""
    old, new = _paragraphs(before), _paragraphs(after)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Passage(unchanged=j - i))
        else:
            found.append(Passage(list(_words("\n\n".join(old[i:j]), "\n\n".join(new[k:m])))))
    return found


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n") if text else []


def _words(before: str, after: str) -> Iterator[Part]:
    old, new = _WORD_AND_SPACE.findall(before), _WORD_AND_SPACE.findall(after)
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS:
        yield from _parts(before, after)
        return
    plain, other = ([word.strip() for word in words] for words in (old, new))  # the same at a paragraph's end
    for kind, i, j, k, m in SequenceMatcher(None, plain, other).get_opcodes():
        if kind == "equal":
            yield "same", "".join(new[k:m])
        else:
            yield from _parts("".join(old[i:j]), "".join(new[k:m]))


def _parts(taken: str, put: str) -> Iterator[Part]:
    parts: tuple[Part, ...] = (("del", taken), ("ins", put))
    yield from (part for part in parts if part[1])
