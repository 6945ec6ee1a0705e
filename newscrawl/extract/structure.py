"""What a story's paragraphs stand in: lists, quotations, headings, code and tables.

Layout is not structure: what is around the whole story is none of it, nor is a list with an item that holds headings or
several paragraphs of prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from newscrawl.article.markdown import Item, Quote
from newscrawl.extract.blocks import FEWEST_SENTENCES, SENTENCE, Block
from newscrawl.extract.css import Element, Once, inherited
from newscrawl.extract.weights import HEADINGS
from newscrawl.text.sentences import ends_sentence

#: Paragraphs of an item that are sentences up to which it is one.
MOST_SENTENCES = FEWEST_SENTENCES
#: The largest number of an item that CommonMark has, and digits of a number in an attribute.
_LARGEST_NUMBER = 999_999_999
_NUMBER = re.compile(r"\s*(\d{1,9})", re.ASCII)
#: Columns of a table, and rows that a cell may reach over: what is larger is no table that is read.
MOST_COLUMNS, MOST_ROWS = 100, 1000
_LISTS = frozenset(("ul", "ol", "menu"))
_PARTS = frozenset(("blockquote", "li", "pre")) | HEADINGS


class Structure:
    """The structure of one story, by its paragraphs' elements. Its numbers of lists and quotations are its own."""

    def __init__(self, story: Sequence[Block]):
        around_all = set(_around_all(story))

        def pass_on(element: Element, outer: tuple[Element, ...]) -> tuple[Element, ...]:
            if element in around_all:
                return ()
            if element.tag in _PARTS:
                return (*outer, element)
            return (*outer, *_item_above(element)) if element.tag in _LISTS else outer

        parts_of = inherited(pass_on, outside=())
        self._parts = {block.element: parts_of(block.element) for block in story}
        #: Items of lists that have text of their own, and lists that are layout.
        self._with_text: set[Element] = set()
        self._layout: set[Element] = set()
        self._read_lists(story)
        self._numbers: dict[Element, int] = {}
        self._ordinals = Once(_ordinals)
        self._tables = Once(_columns)

    def _read_lists(self, story: Iterable[Block]) -> None:
        sentences: Counter[Element] = Counter()
        for block in story:
            parts = self._parts[block.element]
            items = [part for part in parts if part.tag == "li"] if parts else parts
            if not items:
                continue
            self._with_text.add(items[-1])
            if block.tag in HEADINGS:
                self._layout.update(item.getparent() for item in items)
            elif len(block.text) >= SENTENCE and ends_sentence(block.text):
                sentences.update(items)
        self._layout.update(item.getparent() for item, count in sentences.items() if count > MOST_SENTENCES)

    def parts(self, block: Block) -> tuple[Element, ...]:
        """The elements around a paragraph that may be structure, outermost first."""
        return self._parts[block.element]

    def around(self, parts: Iterable[Element]) -> tuple[Quote | Item, ...]:
        """The quotations and items of lists among what is around a paragraph, outermost first."""
        found: list[Quote | Item] = []
        for part in parts:
            if part.tag == "blockquote":
                found.append(Quote(self._number(part)))
            elif part in self._with_text and (around := part.getparent()) not in self._layout:
                ordinal = self._ordinals[around].get(part) if around.tag == "ol" else None
                found.append(Item(self._number(around), self._number(part), ordinal))
        return tuple(found)

    def table(self, row: Element) -> tuple[int, dict[Element, int]]:
        """Which table a row is of, and the column that each cell of the table begins in."""
        table = next(row.iterancestors("table"), row)
        return self._number(table), self._tables[table]

    def _number(self, element: Element) -> int:
        return self._numbers.setdefault(element, len(self._numbers))


def heading(block: Block, parts: Sequence[Element]) -> int:
    """The level of the heading that a paragraph is or stands in; 0 of any other."""
    tag = next((part.tag for part in reversed(parts) if part.tag in HEADINGS), block.tag)
    return int(tag[1]) if tag in HEADINGS else 0


def _item_above(inner: Element) -> Iterable[Element]:
    """The item that a list belongs to which stands in another one, and not in its item, as many pages have it."""
    around = inner.getparent()
    if around is None or around.tag not in _LISTS:
        return ()
    return islice((before for before in inner.itersiblings("li", preceding=True)), 1)


def _around_all(story: Iterable[Block]) -> list[Element]:
    """The innermost element around all paragraphs, and those around it."""
    around: list[Element] = []
    depths: dict[Element, int] = {}
    for element in {block.element: None for block in story if block.element is not None}:
        if not around:
            around = [element, *element.iterancestors()][::-1]
            depths = {one: depth for depth, one in enumerate(around)}
            continue
        one = element
        while one is not None and one not in depths:
            one = one.getparent()
        # what stands in another tree, that of a text in metadata, meets nothing
        meets = len(depths) - 1 if one is None else depths[one]
        for one in around[meets + 1 :]:
            del depths[one]
        del around[meets + 1 :]
    return around


def _ordinals(numbered: Element) -> dict[Element, int]:
    """The numbers before a list's items, as browsers count them."""
    items = [item for item in numbered if item.tag == "li"]
    step = -1 if numbered.get("reversed") is not None else 1
    number = _number_in(numbered.get("start"), 1 if step > 0 else len(items))
    found: dict[Element, int] = {}
    for item in items:
        number = _number_in(item.get("value"), number)
        if 0 <= number <= _LARGEST_NUMBER:
            found[item] = number
        number += step
    return found


def _number_in(text: str | None, otherwise: int) -> int:
    number = _NUMBER.match(text) if text else None
    return int(number[1]) if number else otherwise


def _columns(table: Element) -> dict[Element, int]:
    """The column that each cell of a table begins in: cells above it and beside it may reach over several."""
    columns: dict[Element, int] = {}
    reach: dict[int, int] = {}  # columns that a cell of a row above reaches into, and over how many rows more
    for row in table.iter("tr"):
        column = 0
        below: dict[int, int] = {at: rows - 1 for at, rows in reach.items() if rows > 1}
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while column in reach:
                column += 1
            columns[cell] = column
            wide = min(max(1, _number_in(cell.get("colspan"), 1)), MOST_COLUMNS)
            rows = min(_number_in(cell.get("rowspan"), 1), MOST_ROWS)
            if rows > 1:
                below.update(dict.fromkeys(range(column, column + wide), rows - 1))
            column += wide
        reach = below
    return columns if max(columns.values(), default=0) < MOST_COLUMNS else {}


def is_head(row: Element) -> bool:
    """Whether a table's row names its columns."""
    around = row.getparent()
    if around is not None and around.tag == "thead":
        return True
    cells = [cell for cell in islice(row, MOST_COLUMNS) if cell.tag in ("td", "th")]
    return bool(cells) and all(cell.tag == "th" for cell in cells)
