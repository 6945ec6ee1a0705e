"""A story's notes on itself, as its page shows them: lines that begin with a label of a correction or of a helper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newscrawl.extract import note_words as words
from newscrawl.extract.blocks import BLOCK
from newscrawl.extract.byline_labels import END_OF_WORD, either, in_all
from newscrawl.extract.css import FIRST_OF_LABEL, FIRST_OF_UNSPACED, Element
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.page import Page
from newscrawl.extract.story import is_card
from newscrawl.text.scripts import UNSPACED_LETTER
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.spaces import clean

MOST_NOTES = 20  # of one page
MOST_LINES = 60  # that are looked at: some are another story's, or a reader's
LONGEST_NOTE = 1500  # characters; a longer one is the story itself
MOST_SIBLINGS = 3  # behind a label alone, in which what it is of is looked for
#: What stands in one of these is no note of the story.
_ELSEWHERE = frozenset("a nav button form h1 title select label figcaption script style".split())
_TOPS = frozenset(("html", "body", "main", "article"))
_TEXT_TAGS = frozenset(("p", "div", "ul", "ol", "section", "blockquote"))
_COMMENTS = re.compile(r"(?<![a-z])(?:comments?|disqus|replies)(?![a-z])", re.IGNORECASE)

#: Behind a label: a day or a place in brackets, then a colon, a dash, or nothing.
_DETAIL = r"(?:,? ?[(（][^()（）]{1,40}[)）]|,? [^:：]{0,16}?\d[^:：]{0,30}?)?"
_COLON = r" ?(?:[:：|／=＝]|[-–—]{1,2} |[)）\]】］]|\.? ?$)"


_LABEL = rf"(?:{either(in_all(words.CORRECTIONS))}){END_OF_WORD}{_DETAIL}{_COLON}"
_LABELLED = re.compile(_LABEL, re.IGNORECASE)
_ABOUT_SITE = re.compile(words.ABOUT_SITE, re.IGNORECASE)
_STATEMENT = re.compile("|".join(words.STATEMENTS), re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"{_LABEL}\s*", re.IGNORECASE)
HELP = re.compile(
    rf"(?:{either(in_all(words.HELP))})(?:(?<=['’])|{END_OF_WORD})(?: ?[:：] ?| |(?<=['’])|$)"
    rf"|(?:{either(in_all(words.HELPERS))}) ?[:：／] ?",
    re.IGNORECASE,
)
HELPED = re.compile("|".join(words.HELPED), re.IGNORECASE)
#: What is in a text that says who helped at its end.
_HELPED_WORDS = ("contributed",)


def _firsts(labels: Iterable[str]) -> set[str]:
    return {label[: FIRST_OF_UNSPACED if UNSPACED_LETTER.match(label) else FIRST_OF_LABEL] for label in labels}


#: The first letters of words.STATEMENTS.
_STATEMENTS_BEGIN = (
    "this|the |an e|an o|an p|a pr|a fi|we h|we'v|we’v|corr|in e|in d|eine|dies|der |wir |dans|une |cet |en u|una |este"
    "|esta|em u|numa|uma |o te|o ar|a re|a ma|a no|in u|ques|dit |i en|arti|text|jutu|arti|uuti|teks|jutt|w po|w wc"
    "|w pi|в пе|в пр|в ра|у по|у пе|本文|記事|見出"
)
_FIRST_OF_STATEMENTS = frozenset(_STATEMENTS_BEGIN.split("|"))
_FIRST_OF_LABELS = frozenset(_firsts((*in_all(words.CORRECTIONS), *in_all(words.HELP), *in_all(words.HELPERS))))
_FIRST = _FIRST_OF_STATEMENTS | _FIRST_OF_LABELS


class Note(NamedTuple):
    """A line of the page: its text from the label on, and whether that is of a correction, or of who helped."""

    text: str
    correction: bool


def notes(page: Page) -> list[Note]:
    """The notes of a page's story, in its order, each once."""
    found: dict[Note, None] = {}
    for element, begin in _beginning(page):
        block = next((one for one in (element, *element.iterancestors()) if one.tag in BLOCK), element)
        if page.tree.within(block, _is_elsewhere) or page.tree.within(element, _is_elsewhere):
            continue
        if note := _note(block, begin):
            found.setdefault(note)
        if len(found) >= MOST_NOTES:
            break
    return list(found)


def _beginning(page: Page) -> Iterator[tuple[Element, str]]:
    yield from page.tree.beginning(_FIRST, _may_be_note, MOST_LINES)
    helped = page.tree.saying(_HELPED_WORDS, lambda text: HELPED.search(text) is not None)
    yield from ((element, "") for element in helped[:MOST_LINES])


def _may_be_note(begin: str) -> bool:
    return _is_correction(begin) or (_may_be_labelled(begin) and HELP.match(begin) is not None)


def _is_correction(text: str) -> bool:
    if text[:FIRST_OF_LABEL].lower() in _FIRST_OF_STATEMENTS and _STATEMENT.match(text):
        return True
    return _may_be_labelled(text) and _LABELLED.match(text) is not None


def _may_be_labelled(text: str) -> bool:
    """Whether a text begins as a label does: the patterns of all labels take longer."""
    first = text[:FIRST_OF_LABEL]
    return first.lower() in _FIRST_OF_LABELS or (not first.isascii() and text[:FIRST_OF_UNSPACED] in _FIRST_OF_LABELS)


def _note(block: Element, begin: str) -> Note | None:
    """The note that a block of text has where one of its texts begins so (``""``: somewhere)."""
    text = _from(begin, line_of(block, LONGEST_NOTE))
    if not begin:
        return Note(text, correction=False) if HELPED.search(text) else None
    if _LABEL_ALONE.fullmatch(text):
        behind = _behind(block)
        return Note(behind, correction=True) if behind and not _ABOUT_SITE.search(behind) else None
    if is_correction(text):
        return Note(_without_bracket(_from(begin, _as_shown(block))), correction=True)
    return Note(text, correction=False) if HELP.match(text) else None


def _from(begin: str, text: str) -> str:
    """A text from where it says ``begin``, or from the first letters of that, on."""
    return text[text.find(begin) :] if begin in text else text[max(text.find(begin[:FIRST_OF_LABEL]), 0) :]


def _as_shown(block: Element) -> str:
    """The text of a block on one line, as the body would have it: elements within a line part nothing."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if element.tag in BLOCK or element.tag == "br":
            pieces.append(" ")
        if event == "start" and isinstance(element.tag, str):
            pieces.append(element.text or "")
        elif event == "end" and element is not block:
            pieces.append(element.tail or "")
    return clean("".join(pieces))


def is_correction(text: str) -> bool:
    """Whether a line is a correction, a clarification or an editor's note, and no label alone.

    >>> is_correction("Correction, 3 Sept: Maro is in Pelu."), is_correction("Corrections")
    (True, False)
    """
    return _is_correction(text) and _LABEL_ALONE.fullmatch(text) is None and _ABOUT_SITE.search(text) is None


def _without_bracket(text: str) -> str:
    """A text without the bracket at its end that closes one before its label."""
    for opening, closing in ("()", "[]", "{}", "（）", "【】"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            return text[:-1].rstrip()
    return text


def _behind(block: Element) -> str:
    """The text below a label that has its line for itself."""
    for sibling in islice(block.itersiblings(), MOST_SIBLINGS):
        if isinstance(sibling.tag, str) and (text := line_of(sibling, LONGEST_NOTE)):
            is_text = sibling.tag in _TEXT_TAGS and ends_sentence(text) and " " in text[:-1]
            return _as_shown(sibling) if is_text else ""
    return ""


def _is_elsewhere(element: Element) -> bool:
    if element.tag in _ELSEWHERE or is_hidden(element) or is_card(element.get("class")):
        return True
    if element.tag in _TOPS:
        return False
    return any(name and _COMMENTS.search(name) for name in (element.get("class"), element.get("id")))
