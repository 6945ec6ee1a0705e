"""The updates of a live blog: which paragraphs of its body each has, and the times that the page tells of it.

The body is as :mod:`newscrawl.extract.body` gives it. Where one update ends and the next begins follows from the times
that stand above them, or in a box with them, and from the updates in JSON-LD.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from newscrawl.article.entries import Entry
from newscrawl.dates.reading import context_of, read_date
from newscrawl.dates.wording import JUST_BEFORE
from newscrawl.extract.blocks import Block, blocks
from newscrawl.extract.css import Element, Once
from newscrawl.extract.elements import line_of
from newscrawl.extract.language import language
from newscrawl.extract.live import (
    IN_JSON_LD,
    TIME_LINE,
    Reported,
    innermost_around,
    is_time,
    reported,
    updates_in_json_ld,
    wider,
)
from newscrawl.extract.page import Page
from newscrawl.extract.weights import HEADINGS
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

#: Characters of a line that may be the day of the updates below it.
DAY_LINE = 40
#: Characters of an attribute that may be a machine's date, and how far around a time it is looked for.
LONGEST_STAMP, MOST_AROUND = 40, 6
#: Letters and digits by which an update on the page is known for one in JSON-LD.
BEGINNING, SHORTEST_BEGINNING = 30, 20
#: What holds others' posts and captions, whose times are not the update's.
_OTHERS = frozenset({"blockquote", "figure", "tr"})
_BOLD = frozenset({"b", "strong"})
#: A time in front of the text that it belongs to: "9:30 am: Shares open", "12:05 – The lock is shut".
_IN_FRONT = re.compile(r"(.{4,40}?)\s?(?::\s|[–—|•·]\s?|\s-\s)(?=\S)")
#: The same in a heading, where a space may be between them.
_IN_HEADING = re.compile(
    r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?!\d)(?:\s?(?:[ap]\.?m\b\.?|uhr\b|hrs\b))?"
    r"(?:\s?(?:IST|GMT|UTC|BST|E[SD]?T|P[SD]?T|C[SD]T|CES?T|MES?Z)\b)?",
    re.IGNORECASE,
)
_SEPARATORS = " :|–—-•·"
_NAMED_TIME = re.compile(r"(?:^|[-_])(?:time|timestamp|date|datetime|published|posted|epoch|utc)(?:$|[-_])|datetime$")
_FIGURE, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")


class _Stamp(NamedTuple):
    """A time on the page: where it stands, as it is shown, its ``time`` element, and what follows it in its line."""

    element: Element
    shown: str
    time: Element = None
    rest: str | None = None


class _Line(NamedTuple):
    """A paragraph on the page: its number in the body, if it is of the body, and the time that it is or begins with."""

    block: Block
    number: int | None
    stamp: _Stamp | None


def updates_on(page: Page, publisher: Publisher, body: Sequence[Block], rule: str | None) -> list[Entry]:
    """The updates of the live blog that a page is, of whose ``body`` a ``rule`` gave the paragraphs; in their order."""
    if rule == IN_JSON_LD:
        return _of_json_ld(page, publisher, body)
    if all(block.element is None for block in body):
        return []
    told = _Told(reported(page))
    found = _Shown(page, publisher, body).entries()
    known = [told.match(entry, body) for entry in found]
    by_text = told.entries(body)
    if len(by_text) > len(found):
        return by_text
    if len(found) == 1 and not (found[0].at or known[0]):
        return []  # a time that is not an update's, as that of the page
    return [_with(entry, one) if one else entry for entry, one in zip(found, known, strict=True)]


def _of_json_ld(page: Page, publisher: Publisher, body: Sequence[Block]) -> list[Entry]:
    """The same of a body that is made of JSON-LD: its updates are the last of its paragraphs."""
    parts, found = updates_in_json_ld(page, publisher), []
    start = len(body) - sum(map(len, parts))
    for update, part in zip(reported(page), parts, strict=True):
        head = [n for n, block in enumerate(part, start) if block.tag in ("time", *HEADINGS) and n - start <= 1]
        has_time = part[0].tag == "time"
        if len(head) > has_time and key_of(part[has_time].text) != key_of(update.headline):
            head = head[:has_time]  # a heading within the text
        text = tuple(n for n in range(start, start + len(part)) if n not in head)
        at = (update.at,) if update.at else ()
        found.append(Entry(text, tuple(head), update.headline or None, at))
        start += len(part)
    return found


# By the texts in JSON-LD --------------------------------------------------------------


def _begins(text: str) -> str:
    key = key_of(text)
    return key[:BEGINNING] if len(key) >= SHORTEST_BEGINNING else ""


class _Told:
    """The updates in JSON-LD, by their headlines and by the beginnings of their texts."""

    def __init__(self, updates: Iterable[Reported]):
        self._by_heading: dict[str, list[Reported]] = defaultdict(list)
        self._by_text: dict[str, list[Reported]] = defaultdict(list)
        for update in updates:
            heading = key_of(update.headline)
            text = next((block.text for block in update.blocks if key_of(block.text) != heading), "")
            if heading:
                self._by_heading[heading].append(update)
            if begins := _begins(text):
                self._by_text[begins].append(update)

    def _find(self, headline: str, text: str) -> Reported | None:
        """The update of a headline and a text, else the first of that text, else the only one of that headline."""
        named = self._by_heading.get(key_of(headline), [])
        alike = self._by_text.get(_begins(text), [])
        if alike:
            ids = set(map(id, named))
            return next((one for one in alike if id(one) in ids), alike[0])
        return named[0] if len(named) == 1 else None

    def match(self, entry: Entry, body: Sequence[Block]) -> Reported | None:
        """The update in JSON-LD that an entry is."""
        return self._find(entry.headline or "", body[entry.text[0]].text if entry.text else "")

    def entries(self, body: Sequence[Block]) -> list[Entry]:
        """The updates of a page that shows no times: each begins where one in JSON-LD does."""
        starts: list[tuple[int, Reported]] = []
        used: set[int] = set()
        for number, block in enumerate(body):
            one = self._beginning(block.text, body[number + 1].text if number + 1 < len(body) else "")
            if one is not None and id(one) not in used:
                used.add(id(one))
                starts.append((number, one))
        ends = [*(start for start, _ in starts[1:]), len(body)]
        return [_entry_of(body, start, end, one) for (start, one), end in zip(starts, ends, strict=False)]

    def _beginning(self, text: str, behind: str) -> Reported | None:
        """The update that begins with a paragraph, which has another one ``behind`` it."""
        if key_of(text) in self._by_heading:
            return self._find(text, behind)
        alike = self._by_text.get(_begins(text), [])
        return alike[0] if alike else None


def _with(entry: Entry, update: Reported) -> Entry:
    at = (*entry.at, update.at) if update.at else entry.at
    return replace(entry, headline=entry.headline or update.headline or None, at=at)


def _entry_of(body: Sequence[Block], start: int, end: int, one: Reported) -> Entry:
    head = (start,) if key_of(body[start].text) == key_of(one.headline) else ()
    return Entry(tuple(range(start + len(head), end)), head, one.headline or None, (one.at,) if one.at else ())


# By the times that the page shows --------------------------------------------------------


class _Shown:
    """The updates of a page by the times that it shows."""

    def __init__(self, page: Page, publisher: Publisher, body: Sequence[Block]):
        self._body = body
        placed = [block.element for block in body if block.element is not None]
        self._inner = innermost_around(placed[0], placed[-1])
        self._around = wider(self._inner)
        self._times = Once(_times_of)
        self._lines = self._read()
        self._days = _days_above(self._lines, page, publisher)
        #: By element around them, the numbers of the body's paragraphs; those with text alone.
        self._members: dict[Element, list[int]] = defaultdict(list)
        self._holders: set[Element] = set()
        for line in self._lines:
            if line.number is not None:
                self._place(line.block, line.number, is_text=line.block.tag not in HEADINGS and _has_text(line))

    def _read(self) -> list[_Line]:
        """The page's paragraphs around the body with their numbers in it; without the others if these do not fit."""
        numbers: dict[tuple[Element, str], list[int]] = defaultdict(list)
        for place, block in enumerate(self._body):
            numbers[block.element, "" if block.tag == "time" else block.text].append(place)
        lines = []
        for block in blocks(self._around):
            own = numbers.get((block.element, block.text)) or numbers.get((block.element, ""))
            number = own.pop(0) if own else None
            shown = block if number is None else self._body[number]
            lines.append(_Line(shown, number, self._stamp(shown)))
        found = [line.number for line in lines if line.number is not None]
        if found == list(range(len(self._body))):
            return lines
        return [_Line(block, number, self._stamp(block)) for number, block in enumerate(self._body)]

    def _stamp(self, block: Block) -> _Stamp | None:
        """The time that a paragraph is, or begins with."""
        if block.element is None or not self._may_have(block):
            return None
        text, times = block.text, self._times[block.element]
        lines = ((line_of(time, TIME_LINE), time) for time in times)
        line, time = next(((line, time) for line, time in lines if line and line in text), ("", None))
        front = _time_in_heading(text) if block.tag in HEADINGS else ""
        if not front and _is_time_alone(block, line):
            return _Stamp(block.element, line or text, time if time is not None else next(iter(times), None))
        front = line if line and text.startswith(line) else front or _time_in_front(block)
        return _Stamp(block.element, front, time, text[len(front) :].lstrip(_SEPARATORS)) if front else None

    def _may_have(self, block: Block) -> bool:
        """Whether a time in a paragraph may be an update's."""
        if block.tag in _OTHERS:
            return False
        for outer in (block.element, *block.element.iterancestors()):
            if outer is self._around:
                return True
            if outer.tag in _OTHERS:
                return False
        return True

    def _place(self, block: Block, number: int, *, is_text: bool) -> None:
        for outer in (block.element, *block.element.iterancestors()) if block.element is not None else ():
            self._members[outer].append(number)
            if is_text:
                self._holders.add(outer)
            if outer is self._around:
                break

    def entries(self) -> list[Entry]:
        """The updates, in the page's order."""
        stamps = self._stamps()
        boxes: dict[Element, list[int]] = defaultdict(list)
        for place, line in stamps:
            if (box := self._box(line)) is not None:
                boxes[box].append(place)
        inner = _innermost(boxes)
        found: list[Entry] = []
        for box in inner:
            found += self._in_box(box, boxes[box], is_alone=len(inner) == 1)
        found.sort(key=lambda entry: min((*entry.text, *entry.head)))
        return found

    def _stamps(self) -> list[tuple[int, _Line]]:
        """The lines that are times or begin with one, each with its place among the lines."""
        stamps = [(place, line) for place, line in enumerate(self._lines) if line.stamp]
        texts = [place for place, line in enumerate(self._lines) if line.number is not None and _has_text(line)]
        if not texts:
            return []
        return [one for one in stamps if one[1].number is not None or self._is_near(*one)]

    def _is_near(self, place: int, line: _Line) -> bool:
        """Whether a time that is not in the body belongs to it: it is within it, and right before its text."""
        is_within = any(outer is self._inner for outer in line.block.element.iterancestors())
        return is_within and self._leads_to_body[place]

    @cached_property
    def _leads_to_body(self) -> list[bool]:
        """Of each line, whether nothing long stands between it and the paragraph of the body behind it."""
        found, leads = [], False
        for line in reversed(self._lines):
            found.append(leads)
            leads = line.number is not None or (leads and len(line.block.text) <= TIME_LINE)
        return found[::-1]

    @cached_property
    def _next_own(self) -> list[int]:
        """Of each line, the number of the body's paragraph that is it or follows it."""
        found, number = [], len(self._body)
        for line in reversed(self._lines):
            number = number if line.number is None else line.number
            found.append(number)
        return found[::-1]

    @cached_property
    def _own(self) -> dict[int, _Line]:
        """The body's paragraphs by their numbers."""
        return {line.number: line for line in self._lines if line.number is not None}

    def _box(self, line: _Line) -> Element:
        """The innermost element around a time that has text of the body, too."""
        if line.stamp is None:
            return None
        start = line.block.element if line.stamp.rest is None else line.block.element.getparent()
        for outer in (start, *start.iterancestors()):
            if outer in self._holders:
                return outer
            if outer is self._around:
                break
        return None

    def _in_box(self, box: Element, places: Sequence[int], *, is_alone: bool) -> Iterator[Entry]:
        """The updates of an element: one if it holds one time, or times that have no text between them."""
        numbers = self._members[box]
        groups = self._groups(places)
        if len(groups) == 1 and not is_alone:
            yield self._entry(numbers, groups[0], box)
            return
        starts = [self._start(group, numbers) for group in groups]
        for group, start, end in zip(groups, starts, [*starts[1:], len(self._body)], strict=True):
            part = numbers[bisect_left(numbers, start) : bisect_left(numbers, end)]
            if part:
                yield self._entry(part, group, None)

    def _groups(self, places: Sequence[int]) -> list[list[int]]:
        """Times, those together that have no text between them."""
        groups: list[list[int]] = []
        for place in places:
            before = groups[-1][-1] if groups else -1
            between = self._lines[before:place] if groups else []
            if groups and not any(line.number is not None and _has_text(line) for line in between):
                groups[-1].append(place)
            else:
                groups.append([place])
        return groups

    def _start(self, group: Sequence[int], numbers: Sequence[int]) -> int:
        """The first paragraph of the update that begins at some times: a heading right above them is its own."""
        first = self._next_own[group[0]]
        text = next((self._own[n] for n in range(first, len(self._body)) if _has_text(self._own[n])), None)
        above = self._own.get(first - 1)
        is_headed = text is not None and text.block.tag in HEADINGS
        if above is None or is_headed or above.stamp or above.block.tag not in HEADINGS:
            return first
        return first - 1 if numbers[bisect_left(numbers, first) - 1] == first - 1 else first

    def _entry(self, part: Sequence[int], group: Sequence[int], box: Element) -> Entry:
        stamp = self._lines[group[0]].stamp
        head = [number for number in part if _is_bare(self._own[number])]
        rest = [number for number in part if _has_text(self._own[number])]
        headline = None
        first = self._own[rest[0]] if rest else None
        if first and first.block.tag in HEADINGS and first.block.tag != "h1":
            headline = first.stamp.rest if first.stamp and first.stamp.rest else first.block.text
            head.append(rest.pop(0))
        if stamp is None:
            return Entry(tuple(rest), tuple(sorted(head)), headline)
        day = self._days.get(group[0], "")
        return Entry(tuple(rest), tuple(sorted(head)), headline, tuple(_written(stamp, box)), stamp.shown, day)


def _is_bare(line: _Line) -> bool:
    """Whether a line is a time and nothing else."""
    return line.stamp is not None and line.stamp.rest is None


def _has_text(line: _Line) -> bool:
    return not _is_bare(line)


def _innermost(boxes: Iterable[Element]) -> list[Element]:
    """The elements that hold updates: none that holds two of the others, and none that is in another one."""
    held: dict[Element, int] = dict.fromkeys(boxes, 0)
    for box in held:
        for outer in box.iterancestors():
            if outer in held:
                held[outer] += 1
    narrow = {box for box, count in held.items() if count <= 1}
    return [box for box in narrow if narrow.isdisjoint(box.iterancestors())]


def _times_of(element: Element) -> list[Element]:
    """The ``time`` elements in a paragraph's element, the first few."""
    return list(islice(element.iter("time"), MOST_AROUND))


def _is_time_alone(block: Block, line: str) -> bool:
    """Whether a paragraph is a time, maybe with a name or a place: ``line`` is that of a ``time`` element."""
    text = block.text
    if block.tag == "time" or is_time(text) or (len(text) <= DAY_LINE and JUST_BEFORE.search(text)):
        return True
    is_beside = text == line or not text.startswith(line)
    return bool(line) and is_beside and len(text) <= TIME_LINE and block.tag not in HEADINGS


def _time_in_heading(text: str) -> str:
    """The time that a heading with more than that begins with; else ``""``."""
    match = _IN_HEADING.match(text)
    return match[0] if match and _LETTER.search(text[match.end() :]) else ""


def _time_in_front(block: Block) -> str:
    """The time that a paragraph begins with, apart from its text by bold letters or a sign; else ``""``."""
    text = block.text
    if not _FIGURE.search(text[:TIME_LINE]):
        return ""
    if (bold := _bold_beginning(block)) and text.startswith(bold) and is_time(bold):
        return bold
    match = _IN_FRONT.match(text)
    return match[1] if match and is_time(match[1]) and match[1][:1].isdigit() else ""


def _bold_beginning(block: Block) -> str:
    """The bold letters that a paragraph begins with, less the signs behind them."""
    bold: Element = None
    parts: list[str] = []
    for piece, styles in zip(block.pieces, block.styles, strict=False):
        own = next((element for element in styles if element.tag in _BOLD), None)
        if parts and own is not bold:
            break
        if own is None:
            if piece.strip():
                return ""
            continue
        bold = own
        parts.append(piece)
    return clean("".join(parts)).rstrip(_SEPARATORS)


def _written(stamp: _Stamp, box: Element) -> Iterator[str]:
    """What programs wrote of an update's time: at the time itself, and in its ``box``, if it has one of its own."""
    at = stamp.element if stamp.time is None else stamp.time
    if text := at.get("datetime"):
        yield text
    around = [at, stamp.element] if box is None else [at, *islice(at.iterancestors(), MOST_AROUND)]
    for outer in around:
        yield from _attributes(outer)
        if outer is box:
            break
    for time in box.iter("meta", "time") if box is not None else ():
        if time.tag == "time" or time.get("itemprop") == "datePublished":
            yield from filter(None, (time.get("content") or time.get("datetime"),))
            break


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.items():
        if name != "datetime" and len(value) <= LONGEST_STAMP and _NAMED_TIME.search(name) and _FIGURE.search(value):
            yield value


def _days_above(lines: Sequence[_Line], page: Page, publisher: Publisher) -> dict[int, str]:
    """By a time's place, the day that stands above it, where the page parts its updates by days."""
    context = context_of(publisher, page.url, language(page, publisher).value)
    found: dict[int, str] = {}
    days: set[str] = set()
    day = ""
    for place, line in enumerate(lines):
        text = line.block.text
        if line.stamp:
            found[place] = day
        elif len(text) <= DAY_LINE and _FIGURE.search(text):
            reading = read_date(text, context, free=False)
            if reading and not reading.timed:
                day = text
                days.add(text)
    return found if len(days) > 1 else {}
