"""Labels in front of names in a text on one line: "By", "Written by", "作者：", "Edited by", "Photo:"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from newscrawl.extract import byline_words as words
from newscrawl.extract.names_of_people import AROUND, is_agency, is_name, is_name_word, name_at_start
from newscrawl.text.scripts import UNSPACED, UNSPACED_LETTER

MOST_LABELS = 3  # in front of one name: "By: Written by"


class Unlabelled(NamedTuple):
    """A text without its labels, whether it had one, and whether that was one that is a word of prose, too."""

    text: str
    labelled: bool
    short: bool


def either(texts: Iterable[str]) -> str:
    """A regular expression for one of some texts, the longest that fits."""
    return "|".join(re.escape(text) for text in sorted(set(texts), key=len, reverse=True))


def in_all(table: dict[str, tuple[str, ...]]) -> list[str]:
    """The texts of all languages."""
    return [text for texts in table.values() for text in texts]


_BEFORE = r"[\s\W]{0,5}"
_COLON = r" ?[:：/／|｜＝=•▪] ?"
END_OF_WORD = rf"(?![^\W_](?<![{UNSPACED}]))"  # of a word, where the script has any
_SPACED = [text for text in in_all(words.LABELS) if not UNSPACED_LETTER.search(text)]
_UNSPACED = [text for text in in_all(words.LABELS) if UNSPACED_LETTER.search(text)]
_SHORT_FORMS = [form for word in words.SHORT_LABELS for form in (word, word.title(), word.upper())]
_HELPERS_AND_CREDITS = (*words.SECOND_LABELS, *words.CREDITS)
_LABEL = re.compile(
    rf"{_BEFORE}(?:(?:{either(_SPACED)})(?![^\W_])(?:{_COLON}| ?[-–—] | |$)"
    rf"|(?:{either(_UNSPACED)})(?:{_COLON}| |[・·] ?|$)|โดย ?)",
    re.IGNORECASE,
)
_WRITER = re.compile(rf"{_BEFORE}(?:{either(in_all(words.WRITERS))})(?![^\W_])({_COLON}| ?[-–—] | |$)", re.IGNORECASE)
_SHORT = re.compile(rf"{_BEFORE}(?:{either(_SHORT_FORMS)}) ?[:：]? (?=\S)")
_HELPER = re.compile(rf"{_BEFORE}(?:{either(words.SECOND_LABELS)}){END_OF_WORD}(?:{_COLON}| |$)", re.IGNORECASE)
_CREDIT = re.compile(rf"{_BEFORE}(?:{either(words.CREDITS)}){END_OF_WORD}(?:{_COLON}| |$)", re.IGNORECASE)
_HELPER_AND_REST = re.compile(
    rf"[ .,;|•·(](?:{either(text for text in _HELPERS_AND_CREDITS if text.endswith(' by'))}) .*", re.IGNORECASE
)
#: "Posted on 3 September 2025 by": a date in front of a label.
_DATE_BEFORE_LABEL = re.compile(
    r"[^\d]{0,40}\d[^()]{0,60}?[ \d](?:by|von|par|por|door|av|af|da|di|oleh|przez)[ :]", re.IGNORECASE
)
#: A text's first word, and which words and characters labels begin with.
_FIRST = re.compile(r"[^\W_]+")
_ALL_LABELS = (*in_all(words.LABELS), *in_all(words.WRITERS), *_HELPERS_AND_CREDITS, *words.SHORT_LABELS)
_FIRST_WORDS = frozenset(match[0].casefold() for text in _ALL_LABELS if (match := _FIRST.search(text)))
_FIRST_CHARACTERS = frozenset(text[0] for text in _ALL_LABELS if UNSPACED_LETTER.match(text))
#: How nouns begin behind which one word is a name, too: "Author Ann".
_AUTHORS = ("aut", "авт")


def without_label(text: str) -> str:
    """A text without the labels at its beginning.

    >>> without_label("By: Written by Ann Lee")
    'Ann Lee'
    """
    return unlabelled(text).text


def unlabelled(text: str) -> Unlabelled:
    """The same, with what is known of the labels."""
    labelled = short = False
    for _ in range(MOST_LABELS):
        if not _may_begin(text):
            break
        if (end := _end_of_label(text)) is not None:
            text, labelled = text[end:], True
        elif (match := _SHORT.match(text)) and _begins_with_name(text[match.end() :]):
            text, labelled, short = text[match.end() :], True, not labelled
        else:
            break
    return Unlabelled(text, labelled, short)


def _may_begin(text: str) -> bool:
    """Whether a text may begin with a label, by its first word or character: the patterns of all labels take longer."""
    first = _FIRST.search(text)
    if first is None:
        return False
    if first[0].casefold() in _FIRST_WORDS or first[0][0] in _FIRST_CHARACTERS:
        return True
    return _DATE_BEFORE_LABEL.match(text) is not None


def _end_of_label(text: str) -> int | None:
    """Where a label ends that is no word of prose; a noun is one before a colon, a name, or alone."""
    if match := _LABEL.match(text) or _DATE_BEFORE_LABEL.match(text):
        return match.end()
    match = _WRITER.match(text)
    if match and (match[1].strip() or match.end() == len(text) or _is_before_name(text, match)):
        return match.end()
    return None


def _is_before_name(text: str, label: re.Match[str]) -> bool:
    """Whether behind a noun without a colon a name begins: "Author Ann Lee", not "Author of a book"."""
    rest = text[label.end() :]
    if name_at_start(rest)[0]:
        return True
    named = label[0].strip().casefold().startswith(_AUTHORS) and " " not in rest
    return named and is_name_word(rest) and rest[0].isupper()


def _begins_with_name(text: str) -> bool:
    """Whether a text begins with a whole name, or is an agency's."""
    return (not text[0].islower() and is_name(name_at_start(text)[0])) or is_agency(text)


def is_label(text: str) -> bool:
    """Whether a text is a label alone."""
    rest, labelled, _ = unlabelled(text)
    return (labelled and not rest.strip(AROUND)) or text.strip(AROUND).casefold() in words.SHORT_LABELS


def end_of_helper_label(text: str) -> int:
    """How long the label is that a text begins with, if it is one of somebody who helped ("Edited by"); else 0."""
    match = _HELPER.match(text) if _may_begin(text) else None
    return match.end() if match else 0


def is_helper_label(text: str) -> bool:
    """Whether a text is a label, and nothing more, of somebody who helped."""
    end = end_of_helper_label(text)
    return end > 0 and not text[end:].strip(AROUND)


def without_helpers(text: str) -> str:
    """A text without the helpers that it names after others: "Ann Lee. Edited by Bo Berg"."""
    return _HELPER_AND_REST.sub("", text)


def is_credit(text: str) -> bool:
    """Whether a text begins with the label of a picture, a source or a sponsor."""
    return _may_begin(text) and _CREDIT.match(text) is not None
