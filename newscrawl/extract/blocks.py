"""The paragraphs that a reader sees below an element."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from enum import IntEnum

from lxml import etree

from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.spaces import clean

#: Elements that begin and end a paragraph (HTML's block-level elements).
BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead"
    " tr ul".split()
)
#: Elements that hold nothing of a story's text.
NOT_TEXT = frozenset(
    "script style noscript template iframe svg math button select option textarea input audio video object embed"
    " canvas map head title form nav dialog label figcaption marquee".split()
)
#: Elements within a line, which hold no more than a part of a paragraph.
INLINE = frozenset("a abbr b br cite code em font i img q s small span strong sub sup u wbr".split())
#: Elements that change how a text within a line looks, or make a link of it: what Markdown has a sign for.
STYLED = frozenset("a b code em i kbd samp strong tt".split())
_OTHER_STYLED = STYLED - INLINE
#: What a ``br`` is among a block's pieces. It is white space (Unicode's line separator), and so a space in the text.
LINE_BREAK = "\u2028"
#: Classes of what is read aloud and not shown: the whole word that a drop cap begins, "opens in a new tab".
_UNSEEN = re.compile(r"(?<![\w-])(?:sr-only|screen-reader-text|visually-?hidden)(?![\w-])")
_is_unseen: Remembered[str, bool] = Remembered(lambda names: _UNSEEN.search(names) is not None)
#: Classes of a large first letter, which has white space around it in some pages' markup.
_LARGE_LETTER = re.compile(r"(?<![a-z])(?:drop-?_?caps?|initial|first-?letter|lettrine)(?![a-z])", re.IGNORECASE)
_is_large_letter: Remembered[str, bool] = Remembered(lambda names: _LARGE_LETTER.search(names) is not None)
#: Characters of the word that a story may begin with, and what may show its first letter.
LONGEST_FIRST_WORD, _PICTURED = 20, ("svg", "img", "picture")
#: Share of a paragraph's characters that are link text in one of links; the rest is white space, commas and arrows.
ALL_LINKED = 0.8
#: Cells of a table's row that says something of its own; a single one only lays out the page.
FEWEST_CELLS = 2
#: Paragraphs of a cell, and characters of each, from which it holds a part of the page and no value of a table.
FEWEST_SENTENCES, SENTENCE = 2, 80


class Hint(IntEnum):
    """What an element's own markup says of whether it is the story: the higher, the more it counts."""

    NOTHING = 0
    #: Its name tells of looks or layout, and stands around a story, too.
    SELDOM = 1
    RARELY = 2
    NEVER = 3


#: The same as plain names: elements are compared with them, and looking them up in an enumeration takes longer.
NOTHING, SELDOM, RARELY, NEVER = Hint


@dataclass(slots=True)
class Block:
    """A paragraph, the element it came from, and how many of its characters are link text."""

    text: str
    tag: str
    linked: int = 0
    #: The block-level element whose own text it is, and the marked elements around it, outermost first.
    element: Element = None
    marks: tuple[Element, ...] = ()
    #: What the text was put together from, and the styled elements around each piece, outermost first.
    pieces: Sequence[str] = ()
    styles: Sequence[tuple[Element, ...]] = ()
    #: The cells of a table's row, each with its paragraphs.
    cells: Sequence[tuple[Element, Sequence[Block]]] = ()

    @property
    def is_links(self) -> bool:
        """Whether (nearly) all of it is link text."""
        return self.linked >= ALL_LINKED * len(self.text)


def _is_seen(element: Element) -> Hint:
    return NEVER if is_hidden(element) else NOTHING


def blocks(
    root: Element,
    drop: Container[Element] = (),
    hint: Callable[[Element], Hint] = _is_seen,
    not_text: Container[str] = NOT_TEXT,
) -> list[Block]:
    """The paragraphs under an element in reading order, less those under ``drop``.

    What ``hint`` calls ``NEVER`` is left out, too; it has to say so of hidden elements. What it says less of is noted
    with each paragraph under it. List items, headings, quotations and table rows are paragraphs of their own; the
    cells of a row are joined by `` | ``.
    """
    reader = _Reader(root, drop, hint, not_text)
    begin, end, write = reader.begin, reader.end, reader.write
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: Element = None
    for event, element in walker:
        if event == "start":
            if not begin(element):
                skipped = element
                walker.skip_subtree()
            continue
        if element is not skipped:
            end(element)
        if (tail := element.tail) and element is not root:
            write(tail)
    reader.flush()
    return reader.blocks


class _Reader:
    """Gathers text into blocks, as elements begin and end around it."""

    def __init__(
        self, root: Element, drop: Container[Element], hint: Callable[[Element], Hint], not_text: Container[str]
    ):
        self.blocks: list[Block] = []
        self._drop, self._hint, self._not_text = drop, hint, not_text
        self._marks: tuple[Element, ...] = ()
        self._links = 0  # around what is written
        self._around: tuple[Element, ...] = ()  # the styled elements around it
        self._tag = str(root.tag)
        self._element = root
        self._ended: Element = None  # the element behind which what is written stands, where _element is None
        self._parts: list[str] = []
        self._styles: list[tuple[Element, ...]] = []
        self._linked = 0
        self._after_br = False

    def begin(self, element: Element) -> bool:
        """Read an element's own beginning; whether what it holds is to be read."""
        tag = element.tag
        names = None
        if tag not in INLINE:
            if not self._begin_other(element, tag):
                return False
        else:
            if tag == "span" and (names := element.get("class")) and _is_unseen[names]:
                self.write(_rest_of_word(element))
                return False
            if element in self._drop or is_hidden(element):
                return False
            if tag in STYLED:
                self._begin_styled(element, tag)
            elif tag == "br":
                self._line_break()
        if text := element.text:
            self.write(text.strip() if names and len(text) > 1 and _is_large_letter[names] else text)
        return True

    def _begin_other(self, element: Element, tag: str) -> bool:
        """The same of an element that is no part of a line."""
        hinted = NEVER if tag in self._not_text else self._hint(element)
        if hinted is NEVER or element in self._drop:
            if tag in BLOCK:
                self.flush()
            return False
        if tag == "tr" and (row := _row_text(element, self._drop)) is not None:
            self._write_row(element, *row)
            return False
        if tag in BLOCK:
            if self._parts:
                self.flush()
            self._tag, self._element = tag, element
        elif tag in _OTHER_STYLED:
            self._begin_styled(element, tag)
        if hinted:
            self._marks += (element,)
        return True

    def _begin_styled(self, element: Element, tag: str) -> None:
        self._around += (element,)
        if tag == "a" and is_link(element):
            self._links += 1

    def _line_break(self) -> None:
        """One ``br`` is a space, two in a row end the paragraph."""
        if self._after_br:
            self.flush()
        else:
            self._parts.append(LINE_BREAK)
            self._styles.append(self._around)
            self._after_br = True

    def end(self, element: Element) -> None:
        """What follows stands behind an element."""
        tag = element.tag
        if tag in BLOCK:
            if self._parts:
                self.flush()
            self._tag, self._element, self._ended = "div", None, element
        elif self._around and self._around[-1] is element:
            self._around = self._around[:-1]
            if tag == "a" and is_link(element):
                self._links -= 1
        if self._marks and self._marks[-1] is element:
            self._marks = self._marks[:-1]

    def write(self, text: str) -> None:
        if text.isspace():
            if self._parts:
                self._parts.append(text)
                self._styles.append(self._around)
            return
        self._parts.append(text)
        self._styles.append(self._around)
        if self._links:
            self._linked += len(text.strip())
        self._after_br = False

    def flush(self) -> None:
        """A paragraph has ended."""
        if self._parts:
            if text := clean("".join(self._parts)):
                element = self._ended.getparent() if self._element is None else self._element
                found = Block(text, self._tag, self._linked, element, self._marks, self._parts, self._styles)
                self.blocks.append(found)
            self._parts, self._styles = [], []
            self._linked = 0
        self._after_br = False

    def _write_row(self, element: Element, text: str, cells: _Cells) -> None:
        self.flush()
        if text:
            linked = sum(block.linked for _, cell in cells for block in cell)
            self.blocks.append(Block(text, "tr", linked, element, self._marks, cells=cells))


def _rest_of_word(element: Element) -> str:
    """What a text that is read aloud has more than what is shown before it: of "T" the "he", of a picture the "T"."""
    shown, said = element.getprevious(), text_of(element)
    if shown is None or shown.tail or len(said) > LONGEST_FIRST_WORD:
        return ""
    letter = "" if shown.tag in _PICTURED else text_of(shown)
    begins_word = (element.tail or "")[:1].islower()
    if letter:
        return "" if begins_word or len(letter) > 1 or not said.startswith(letter) else said[len(letter) :]
    return said if begins_word and len(said) == 1 else ""


def is_link(element: Element) -> bool:
    """Whether an ``a`` leads anywhere, and does not only name a place in the page."""
    return element.get("href") is not None or (element.get("name") is None and element.get("id") is None)


_Cells = Sequence[tuple[Element, Sequence[Block]]]


def _row_text(row: Element, drop: Container[Element]) -> tuple[str, _Cells] | None:
    """A table row as one paragraph, and its cells; ``None`` for a row that only lays out the page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < FEWEST_CELLS or next(row.iter("table"), None) is not None:
        return None
    found = [(cell, blocks(cell, drop) if len(cell) else _plain_cell(cell)) for cell in cells if cell not in drop]
    parts = [part for _, part in found]
    if any(map(_lays_out, parts)):
        return None
    text = " | ".join(" ".join(block.text for block in part) for part in parts) if any(parts) else ""
    return clean(text), found


def _plain_cell(cell: Element) -> Sequence[Block]:
    """What :func:`blocks` gives for a cell of nothing but text, as most are."""
    text = clean(cell.text or "")
    return [Block(text, cell.tag, 0, cell, (), [cell.text], [()])] if text and not is_hidden(cell) else ()


def _lays_out(cell: Sequence[Block]) -> bool:
    """Whether a cell holds a part of the page: several paragraphs that are sentences."""
    if len(cell) < FEWEST_SENTENCES:
        return False
    return sum(1 for block in cell if len(block.text) >= SENTENCE and ends_sentence(block.text)) >= FEWEST_SENTENCES
