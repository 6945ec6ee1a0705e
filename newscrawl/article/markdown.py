"""A story's paragraphs in Markdown, and what they make together: CommonMark with GFM's tables.

https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/#tables-extension-
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

#: What stands in front of the items of a list that has no numbers, and behind the numbers of one that has; the second
#: is for a list right below another one, which would be one with it.
_BULLETS, _DELIMITERS = "-*", ".)"
#: Lists, quotations and tables of one page, by which those of several pages are told apart.
_MOST_OF_PAGE = 1_000_000


class Quote(NamedTuple):
    """A quotation around a paragraph: which one of the story's it is."""

    quote: int


class Item(NamedTuple):
    """An item of a list around a paragraph: which list of the story, which item of it, and the number before it."""

    list: int
    item: int
    #: ``None`` in a list without numbers.
    ordinal: int | None = None


class Row(NamedTuple):
    """The cells of a table's row, each in Markdown: which table of the story, and whether it is its head."""

    table: int
    cells: tuple[str, ...]
    is_head: bool = False


class Link(NamedTuple):
    """A link in a paragraph; ``internal``: to a page of the publisher."""

    url: str
    text: str
    internal: bool


@dataclass(slots=True)
class Paragraph:
    """One paragraph of a body in Markdown, and what it stands in, outermost first.

    Without Markdown, ``text`` is empty and there is no ``row``.
    """

    text: str = ""
    around: tuple[Quote | Item, ...] = ()
    row: Row | None = None
    #: Code: its lines are kept as they are.
    is_code: bool = False
    #: A picture, which is no paragraph of the body.
    is_picture: bool = False
    links: tuple[Link, ...] = ()
    #: What is told below it of where it is from: a link reference definition, which is no text.
    source: str = ""


@dataclass(slots=True)
class _Open:
    """A quotation or an item that is being written."""

    what: Quote | Item
    #: What its first line begins with, and each other one.
    first: str
    rest: str


def document_of(story: Sequence[Paragraph]) -> str:
    r"""The Markdown of a story.

    >>> document_of([Paragraph("It said:"), Paragraph("One.", (Item(0, 0),)), Paragraph("Two.", (Item(0, 1),))])
    'It said:\n\n- One.\n- Two.'
    """
    writer = _Writer()
    for group in _grouped(story):
        writer.write(group)
    return "\n".join(writer.lines)


def kept(story: Iterable[Paragraph], numbers: Container[int]) -> list[Paragraph]:
    """A story less all paragraphs but those of some numbers, from 0 on; pictures between them stay.

    >>> [one.text for one in kept([Paragraph("One."), Paragraph("![](a)", is_picture=True), Paragraph("Two.")], {1})]
    ['![](a)', 'Two.']
    """
    count = -1
    left: list[Paragraph] = []
    for one in story:
        count += not one.is_picture
        if one.is_picture or count in numbers:
            left.append(one)
    return left


def apart(story: Iterable[Paragraph], page: int) -> list[Paragraph]:
    """The paragraphs of page 1, 2, … of a story, none of them in a list, quotation or table of those before.

    >>> apart([Paragraph("One.", (Item(0, 3),))], 1)[0].around
    (Item(list=1000000, item=3, ordinal=None),)
    """
    shift = page * _MOST_OF_PAGE
    return [
        replace(
            one,
            around=tuple(
                Quote(of.quote + shift) if isinstance(of, Quote) else of._replace(list=of.list + shift)
                for of in one.around
            ),
            row=one.row._replace(table=one.row.table + shift) if one.row else None,
        )
        for one in story
    ]


def _grouped(story: Iterable[Paragraph]) -> Iterable[list[Paragraph]]:
    """The paragraphs, the rows of one table together."""
    group: list[Paragraph] = []
    for one in story:
        if group and (one.row is None or not are_one_table(group[-1], one)):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def are_one_table(before: Paragraph, one: Paragraph) -> bool:
    """Whether two paragraphs are rows of one table."""
    if before.row is None or one.row is None:
        return False
    return before.row.table == one.row.table and before.around == one.around


def _lines_of(group: Sequence[Paragraph]) -> list[str]:
    if group[0].row is None:  # as of most paragraphs
        lines = group[0].text.split("\n")
    else:
        lines = _table([one.row for one in group if one.row is not None])
    source = group[-1].source
    return [*lines, "", source] if source else lines


def _table(rows: Sequence[Row]) -> list[str]:
    """A table's lines; one that has no head gets an empty one, since GFM has no table without."""
    width = max(len(row.cells) for row in rows)
    lines = [f"| {' | '.join((*row.cells, *[''] * (width - len(row.cells))))} |" for row in rows]
    head = lines.pop(0) if rows[0].is_head else f"|{'  |' * width}"
    return [head, f"|{' --- |' * width}", *lines]


class _Writer:
    """Writes paragraphs below one another, each in what it stands in."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open: list[_Open] = []
        self._is_text = False  # what was written last, and no table or code

    def write(self, group: Sequence[Paragraph]) -> None:
        around = group[0].around
        if not around:  # as most paragraphs are
            self._open.clear()
            self.lines += ["", *_lines_of(group)] if self.lines else _lines_of(group)
            return
        same = sum(1 for _ in takewhile(_is_same, zip(self._open, around, strict=False)))
        before = self._open[same].what if same < len(self._open) else None
        self._separate(before, around[same:], same)
        lead = "".join(one.rest for one in self._open[:same])
        opened = self._begin(around[same:], same)
        begin, rest = lead + "".join(one.first for one in opened), lead + "".join(one.rest for one in opened)
        first, *others = _lines_of(group)
        self.lines.append((begin + first).rstrip())
        self.lines += [(rest + line).rstrip() for line in others]
        self._is_text = group[0].row is None and not group[0].is_code and not group[0].source

    def _separate(self, before: Quote | Item | None, new: Sequence[Quote | Item], same: int) -> None:
        """A blank line, unless the next item of a list follows, or an item's own list."""
        if not self.lines:
            return
        first = new[0] if new else None
        if self._is_text and isinstance(first, Item):
            if isinstance(before, Item) and before.list == first.list and _follows(before, first):
                return
            inner = before is None and same > 0 and isinstance(self._open[-1].what, Item)
            if inner and first.ordinal in (None, 1):  # others cannot interrupt a paragraph
                return
        self.lines.append("".join(one.rest for one in self._open[:same]).rstrip())

    def _begin(self, new: Sequence[Quote | Item], same: int) -> list[_Open]:
        before = self._open[same] if same < len(self._open) else None
        del self._open[same:]
        opened = [_opened(one, before if n == 0 else None) for n, one in enumerate(new)]
        self._open += opened
        return opened


def _is_same(pair: tuple[_Open, Quote | Item]) -> bool:
    return pair[0].what == pair[1]


def _follows(before: Item, item: Item) -> bool:
    """Whether an item has the number behind another one's: CommonMark counts the items of a list itself."""
    return before.ordinal is None or item.ordinal is None or item.ordinal == before.ordinal + 1


def _opened(what: Quote | Item, before: _Open | None) -> _Open:
    if isinstance(what, Quote):
        return _Open(what, "> ", "> ")
    other = before if before is not None and isinstance(before.what, Item) else None
    sign = _sign(what, other)
    first = f"{sign} " if what.ordinal is None else f"{what.ordinal}{sign} "
    return _Open(what, first, " " * len(first))


def _sign(item: Item, other: _Open | None) -> str:
    """A list's sign: the same as that of the item before, if it is in the same list; else not the same."""
    signs = _BULLETS if item.ordinal is None else _DELIMITERS
    if other is None or not isinstance(other.what, Item):
        return signs[0]
    sign = other.first.strip().lstrip("0123456789")
    if other.what.list == item.list and _follows(other.what, item):
        return sign if sign in signs else signs[0]
    return signs[1] if sign == signs[0] else signs[0]
