"""Dates that readers see: in the lines around the headline, in ``time`` elements, behind labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from newscrawl.dates.found import FoundDate
from newscrawl.dates.months import LANGUAGES
from newscrawl.dates.plain import plain
from newscrawl.dates.reading import LONGEST_DATE
from newscrawl.dates.written import Day, days_in
from newscrawl.extract import language as languages
from newscrawl.extract.css import Element
from newscrawl.extract.date_labels import (
    ANOTHER,
    CHANGED,
    LABEL_REACH,
    PICTURE,
    PUBLICATION,
    PUBLICATION_WORDS,
    PUBLISHED,
    label_of,
    parts,
)
from newscrawl.extract.date_owner import Owner
from newscrawl.extract.elements import is_hidden, line_of, spaced_text_of
from newscrawl.extract.page import Page
from newscrawl.publishers import GENERIC
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.spaces import clean
from newscrawl.text.words import in_small_letters

LONGEST_LINE = 200  # characters of a line of dates; longer text is not one
TEXTS_AFTER, TEXTS_BEFORE = 40, 10  # texts after and before the headline among which dates are looked for
LONG_TEXT, MOST_LONG_TEXTS = 100, 3  # characters of a paragraph, and how many of these end the top of a story
MOST_NEAR_LINES = 4  # lines of dates that are read
MOST_TIMES, MOST_TIME_ELEMENTS = 50, 8  # ``time`` elements that are looked at for one date, and those that are read
LONGEST_LABEL = 40  # characters of a text that is nothing but a label
MOST_WORDS, MOST_WORDS_BESIDE = 12, 6  # in a line of dates besides these, where it has no label
SENTENCE_WORDS = 5  # words of a sentence
#: A text with a day: a year of four figures, or figures with points or strokes between; in figures of any script.
_WITH_DAY = re.compile(r"(?<!\d)\d{4}(?!\d)|\b\d{1,2}[./]\d{1,2}[./]\d\d\b|\d[年년]")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|1\d{9}(?:\d{3})?(?!\d)")
#: Names and classes, in small letters.
_TELLS_TIME = re.compile(r"date|time|publi|stamp|moment|ago|posted|created")
_CHANGED_CLASS = re.compile(r"updat|modif|revis")
_PUBLISHED_CLASS = re.compile(r"publi|posted|creat")
_STORY_CLASS = re.compile(r"publi|posted|creat|updat|modif|entry-|post-date|article-|byline|dateline")
_NOON = re.compile(r"[ap]\.m\.\W*$", re.IGNORECASE)  # "10 a.m." may end a line of dates
KNOWN = LANGUAGES | {""}  # languages whose dates need no other reader
_FIGURE = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_DATE_LINES = ("figure", "blockquote", "table", "form", "select", "button")  # a picture's, another's words, data
_UNSEEN_TAGS = ("script", "style", "noscript", "template")
_BLOCKS = set(
    "div p li td th dd dt dl ul ol section header footer article main aside nav h1 h2 h3 h4 h5 h6 body tr table center"
    " address hgroup".split()
)
_ENDS_LINE = {"time", "h1", "h2", "h3", "h4", "h5", "h6"}  # what stands before it says nothing of a date behind it
_WHOLE_STORY = {"article", "main", "body", "section"}
MOST_LEVELS, MOST_SIBLINGS = 3, 6  # elements around and before a date whose words may be its label
#: Selectors of elements that may hold a date by their class.
DATE_CLASSES = (
    "[class*=date]",
    "[class*=Date]",
    "[class*=publish]",
    "[class*=posted]",
    "[class*=time]",
    "[class*=datum]",
)
_BLANKS = " \t\r\n"  # a text of these alone is not read
MOST_BESIDE = 20  # texts with other dates
MOST_LABELS = 8  # elements with a label that are looked at
_FOLLOWING_TIMES = etree.XPath("following::time")
Text = tuple[Element, str, bool]  # with the element that it stands in or behind, and whether behind


def near_headline(page: Page, owner: Owner, around: Surroundings, *, known: bool) -> Iterator[tuple[str, FoundDate]]:
    """The dates in the lines around the headline, each with its field; those after the headline first.

    Where dates are ``known`` from elsewhere, only lines count that say little besides.
    """
    if owner.top is None:
        return
    rule, language = f"near {owner.top.tag}", language_of(page)
    for line in islice(_lines(owner, around, language), MOST_NEAR_LINES):
        for field, text in _dates_of_line(line, language, MOST_WORDS_BESIDE if known else MOST_WORDS):
            yield field, FoundDate(text, rule, visible=False)


def in_times(page: Page, owner: Owner, around: Surroundings, *, exact: bool) -> Iterator[tuple[str, FoundDate]]:
    """The dates of the story's ``time`` elements, each with its field; with ``exact`` only those of an attribute."""
    times = _times_in_order(page, owner)
    if exact and not any(time.get("datetime") for time in times):
        return
    near = around.elements if times else set()
    if len(times) == 1:
        own = (time for time in times if owner.owns_only(time, near=time in near) and not is_hidden(time))
    else:
        is_one = len({time.get("datetime") or spaced_text_of(time) for time in times[:MOST_TIMES]}) == 1  # shown twice
        own = (
            time for time in times if (is_one or time in near or _says_so(time)) and owner.owns(time, near=time in near)
        )
    for element in islice(own, MOST_TIME_ELEMENTS):
        shown = spaced_text_of(element)
        text = clean(element.get("datetime") or "") or ("" if exact else shown)
        field = _field_of(element, shown)
        if field and text and len(text) <= LONGEST_LINE:
            yield field, FoundDate(text, "time", visible=False)


def labelled(page: Page, owner: Owner) -> list[tuple[str, FoundDate]]:
    """The dates behind labels of publication, wherever these stand in the story, where they tell the same day."""
    language = language_of(page)
    words = [word for word in PUBLICATION_WORDS if word.isascii() or language != "en"]
    found = page.tree.saying(
        [*words, *(word.capitalize() for word in words if not word.isascii())],
        lambda text: len(text) <= LONGEST_LINE and PUBLICATION.search(text) is not None,
    )
    lines: list[tuple[str, str]] = []
    for element in found[:MOST_LABELS]:
        line = line_of(_block_of(element), LONGEST_DATE)
        if not _WITH_DAY.search(line) and (behind := element.getnext()) is not None:
            line = f"{line_of(element, LONGEST_LABEL)} {line_of(behind, LONGEST_LABEL)}"
        if not _WITH_DAY.search(line) or _is_prose_line(line) or _is_in_no_line(element, owner):
            continue
        if owner.owns(element, near=True):
            lines.append((line, ""))
    return _of_one_day(lines, language, "label")


def in_classes(page: Page, owner: Owner) -> list[tuple[str, FoundDate]]:
    """The dates of elements whose class says that they hold one, where they tell the same day."""
    language = language_of(page)
    lines: list[tuple[str, str]] = []
    for rule in DATE_CLASSES:
        for element in page.tree.select(rule)[:MOST_LABELS]:
            line = line_of(element, LONGEST_DATE)
            if _tells_day(line, language) and not _is_prose_line(line) and owner.owns(element):
                lines.append((line, _field_of(element, "")))
    return _of_one_day(lines, language, "class")


def _of_one_day(lines: Iterable[tuple[str, str]], language: str, rule: str) -> list[tuple[str, FoundDate]]:
    """The dates of lines far from the headline; none where they tell several days of publication: some are another's.

    With each line comes the field of its dates that have no label, ``""`` for none.
    """
    found: list[tuple[str, FoundDate]] = []
    published: set[tuple[date, ...]] = set()
    for line, unlabelled in lines:
        said, days = _read(line, language)
        for day, (label, text) in zip(days, parts(said, days), strict=True):
            field = label or unlabelled
            if field in (PUBLISHED, CHANGED):
                found.append((field, FoundDate(text, rule, visible=False)))
            if field == PUBLISHED:
                published.add(day.meant)
    return found if len(published) <= 1 else []


def dates_beside(page: Page) -> list[str]:
    """Texts of the page with dates of any kind, its own among them: they tell how it writes a day."""
    lines = (text for text in page.tree.texts if len(text) <= LONGEST_LINE)
    texts = (text for text in lines if _WITH_DAY.search(text))
    instants = (time.get("datetime") or "" for time in page.tree.tagged("time"))
    return [clean(text) for text in (*islice(texts, MOST_BESIDE), *islice(instants, MOST_BESIDE)) if text]


def language_of(page: Page) -> str:
    """The language of a page in two or three letters; ``""`` for an unknown one."""
    return (languages.language(page, GENERIC).value or "").split("-")[0]


@lru_cache(500)  # a line is asked for its days before they are taken
def _read(line: str, language: str) -> tuple[str, list[Day]]:
    """A line in plain form, and its days."""
    said = plain(line)
    return said, days_in(said, language, "")


def _dates_of_line(line: str, language: str, most_words: int) -> Iterator[tuple[str, str]]:
    said, days = _read(line, language)
    if days:
        around = said[: days[0].start] + said[days[-1].end :]
        is_short = len(_LETTERS.findall(around)) <= most_words and not PICTURE.search(around)
        for label, text in parts(said, days):
            if label != ANOTHER and (label or is_short):
                yield label or PUBLISHED, text[:LONGEST_DATE]
    elif _INSTANT.match(line) or (language not in KNOWN and len(line) <= LONGEST_DATE):
        yield PUBLISHED, line  # what another reader may know


def _lines(owner: Owner, around: Surroundings, language: str) -> Iterator[str]:
    """The story's lines with a day around the headline, each once."""
    seen: set[Element] = set()
    told: set[str] = set()
    inside: Iterator[Text] = ((owner.top, text, False) for text in ([] if owner.top is None else owner.top.itertext()))
    for element, text, is_tail in (*around.after, *around.before, *islice(inside, TEXTS_BEFORE)):
        holder = element.getparent() if is_tail else element
        if element.tag in _UNSEEN_TAGS or not (_FIGURE.search(text) or _instant_of(holder)):
            continue
        block = _block_of(holder)
        if block in seen and block not in owner.around:
            continue
        seen.add(block)
        line = instant if (instant := _instant_of(holder)) else _line_of(block, holder, text, owner, language)
        if line and line not in told and _may_be_storys(holder, owner):
            told.add(line)
            yield line


def _line_of(block: Element, holder: Element, text: str, owner: Owner, language: str) -> str:
    """The line that a text stands in, with the label beside it; ``""`` where it tells no day."""
    line = "" if block in owner.around else line_of(block, LONGEST_LINE)
    longest = LONGEST_LINE
    if not line:  # a part of more text
        line = ("" if holder in owner.around else line_of(holder, LONGEST_LINE)) or clean(text)
        longest = LONGEST_DATE
    if len(line) > longest or _is_prose_line(line):
        return ""
    outer = block.getparent()
    tells = _tells_day(line, language)
    if not tells and outer is not None and outer not in owner.around:
        wider = line_of(outer, LONGEST_DATE // 2)  # a day whose parts stand in boxes of their own
        tells = _tells_day(wider, language)
        line = wider if tells else line
    if not tells and (language in KNOWN or not _WITH_DAY.search(line)):
        return ""
    before = block.getprevious()
    label = "" if before is None or before is owner.top or block in owner.around else line_of(before, LONGEST_LABEL)
    is_label = label and not _FIGURE.search(label) and label_of(label)
    return f"{label} {line}" if is_label and len(label) + len(line) < LONGEST_LINE else line


def _tells_day(line: str, language: str) -> bool:
    return _WITH_DAY.search(line) is not None and bool(_read(line, language)[1])


def _instant_of(element: Element) -> str:
    """The instant that an element which shows a time has in an attribute; ``""`` without one."""
    if element.tag == "time":
        return ""
    for name, value in element.items():
        if not (value[:1].isdecimal() and _INSTANT.match(value) and len(value) <= LONGEST_LABEL):
            continue
        if _TELLS_TIME.search(in_small_letters(f"{name} {element.get('class') or ''}")):
            return str(value)
    return ""


def _may_be_storys(holder: Element, owner: Owner) -> bool:
    """Whether a line near the headline may be the story's line of dates: no prose, caption or other story's."""
    if holder is owner.top or owner.top in set(holder.iterancestors()):
        return True
    if _is_in_no_line(holder, owner):
        return False
    paragraph = holder if holder.tag == "p" else next(holder.iterancestors("p"), None)
    if paragraph is not None and (not (text := line_of(paragraph, LONGEST_LINE)) or _is_prose_line(text)):
        return False
    return owner.owns(holder, near=True)


def _is_in_no_line(holder: Element, owner: Owner) -> bool:
    """Whether an element is part of a picture, of another's words, or of a table."""
    return any(outer.tag in _NO_DATE_LINES for outer in (holder, *holder.iterancestors()) if outer not in owner.around)


def _block_of(element: Element) -> Element:
    """The innermost block that an element is or stands in."""
    while element.tag not in _BLOCKS and (outer := element.getparent()) is not None:
        element = outer
    return element


class Surroundings:
    """The texts around the headline among which dates are looked for, each with its element.

    ``after`` and ``before`` have those behind and before it, the nearest first, and whether each stands behind its
    element.
    """

    def __init__(self, top: Element | None):
        self._top = top

    @cached_property
    def after(self) -> list[Text]:
        return [] if self._top is None else list(_top_of_story(self._top))

    @cached_property
    def before(self) -> list[Text]:
        return [] if self._top is None else list(islice(_texts_before(self._top), TEXTS_BEFORE))

    @cached_property
    def elements(self) -> set[Element]:
        """The elements that hold these texts, and those around them."""
        holders = (element for element, _, is_tail in (*self.after, *self.before) if not is_tail)
        return {one for holder in holders for one in (holder, holder.getparent())}


def _top_of_story(top: Element) -> Iterator[Text]:
    """The texts behind the headline, up to some long ones."""
    long = 0
    for element, text, is_tail in islice(_texts_behind(top), TEXTS_AFTER):
        long += len(text) > LONG_TEXT
        if long > MOST_LONG_TEXTS:
            return
        yield element, text, is_tail


def _texts_behind(element: Element) -> Iterator[Text]:
    """The texts behind an element that are not blank. XPath's ``following`` would take them all."""
    outer: Element | None = element
    while outer is not None:
        if (tail := outer.tail) and tail.strip(_BLANKS):
            yield outer, tail, True
        for sibling in outer.itersiblings():
            for event, inner in etree.iterwalk(sibling, events=("start", "end")):
                text = inner.text if event == "start" else inner.tail
                if text and text.strip(_BLANKS):
                    yield inner, text, event == "end"
        outer = outer.getparent()


def _times_in_order(page: Page, owner: Owner) -> list[Element]:
    """A page's ``time`` elements, those of the headline and behind it first."""
    times = page.tree.tagged("time")
    if owner.top is None or len(times) <= 1:
        return list(times)
    behind: Any = _FOLLOWING_TIMES(owner.top)
    first = [*owner.top.iter("time"), *behind]
    known = set(first)
    return first + [time for time in reversed(times) if time not in known]


def _field_of(element: Element, shown: str) -> str:
    """The field of a ``time`` element: by its class or its parent's, by what it says, by the label before it.

    ``""`` where it is no date of the story.
    """
    outer = element.getparent()
    marked = [element] if outer is None or len(outer) > 1 else [element, outer]
    said = in_small_letters(" ".join([one.get(name) or "" for one in marked for name in ("class", "itemprop")]))
    if _CHANGED_CLASS.search(said) and not _PUBLISHED_CLASS.search(said):
        return CHANGED
    label = label_of(shown)
    if label in ("", ANOTHER):
        label = label_of(_before(element))
    return "" if label == ANOTHER else label or PUBLISHED


def _says_so(element: Element) -> bool:
    """Whether a ``time`` element, or what is right around it, says that it is of publication, or of a change.

    One that shows nothing is for machines: comments and teasers show theirs.
    """
    if not line_of(element, LONGEST_LABEL):
        return True
    marked = (element, *islice(element.iterancestors(), MOST_LEVELS))
    said = in_small_letters(" ".join([one.get(name) or "" for one in marked for name in ("class", "itemprop")]))
    return _STORY_CLASS.search(said) is not None or label_of(_before(element)) in (PUBLISHED, CHANGED)


def _before(element: Element) -> str:
    """The words before an element in its line, behind any other date, or a label of its own before the line."""
    found = ""
    for _ in range(MOST_LEVELS):
        for sibling in islice(element.itersiblings(preceding=True), MOST_SIBLINGS):
            found = f"{sibling.tail or ''} {found}"
            if sibling.tag in _ENDS_LINE or len(found) > LABEL_REACH:
                return found[-LABEL_REACH:]
            if sibling.tag in _BLOCKS or element.tag in _BLOCKS:
                return found if found.strip() else _label_alone(sibling)
            found = f"{line_of(sibling, LONGEST_LABEL)} {found}"
        outer = element.getparent()
        if outer is None or outer.tag in _WHOLE_STORY:
            break
        found = f"{outer.text or ''} {found}"
        if found.strip():
            break
        element = outer
    return found[-LABEL_REACH:]


def _label_alone(block: Element) -> str:
    """The text of a block that holds a label and no date; else ``""``."""
    label = line_of(block, LONGEST_LABEL)
    return "" if _FIGURE.search(label) or next(block.iter("time"), None) is not None else label


def _texts_before(element: Element) -> Iterator[Text]:
    """The same of those before it, the nearest first. XPath's ``preceding`` would take the square of the time."""
    for holder, is_tail in _places_before(element):
        text = holder.tail if is_tail else holder.text
        if text and text.strip(_BLANKS):
            yield holder, text, is_tail


def _places_before(element: Element) -> Iterator[tuple[Element, bool]]:
    while True:
        before = element.getprevious()
        if before is None:
            element = element.getparent()
            if element is None:
                return
            yield element, False
            continue
        while before is not None:
            element = before
            yield element, True
            before = next(element.iterchildren(reversed=True), None)
        yield element, False


def _is_prose_line(line: str) -> bool:
    """Whether a line is prose. A date may end in a point, too, but has few words."""
    if not ends_sentence(line) or _NOON.search(line):
        return False
    return "。" in line or len(_LETTERS.findall(line)) >= SENTENCE_WORDS
