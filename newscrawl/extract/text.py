"""HTML elements to the paragraphs a reader sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

from lxml import etree

from newscrawl.extract.css import Element
from newscrawl.text.spaces import clean as clean  # noqa: PLC0414
from newscrawl.text.spaces import clean_markup as clean_markup  # noqa: PLC0414

#: Elements that begin and end a paragraph (HTML's block-level elements).
BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead"
    " tr ul".split()
)
#: Elements that hold nothing of a story's text.
NOT_TEXT = frozenset(
    "script style noscript template iframe svg math button select option textarea input audio video object embed"
    " canvas map head title form nav dialog label figcaption".split()
)
#: Elements within a line, which hold no more than a part of a paragraph.
_INLINE = frozenset("a abbr b br cite code em font i img q s small span strong sub sup u wbr".split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def text_of(element: Element) -> str:
    """All text of an element, on one line."""
    return clean("".join(element.itertext()))


def spaced_text_of(element: Element) -> str:
    """All text of an element on one line, pieces that markup parts kept apart by a space."""
    return clean(" ".join(element.itertext()))


def line_of(element: Element, longest: int) -> str:
    """The same where that is no longer than a line; else ``""``, and what is much longer is not read to its end."""
    pieces: list[str] = []
    size, enough = 0, 8 * longest  # with white space, which does not count
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece) + 1
        while size > enough:
            if len(clean(" ".join(pieces)[:enough])) > longest:
                return ""
            enough *= 2
    line = clean(" ".join(pieces))
    return line if len(line) <= longest else ""


def is_hidden(element: Element) -> bool:
    """Whether an element's own markup keeps it from a reader's eyes."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


@dataclass(slots=True)
class Block:
    """A paragraph, the element it came from, and how many of its characters are link text."""

    text: str
    tag: str
    linked: int = 0
    #: The block-level element whose own text it is, and the marked elements around it, outermost first.
    element: Element = None
    marks: tuple[Element, ...] = ()

    @property
    def is_links(self) -> bool:
        """Whether (nearly) all of it is link text."""
        return self.linked >= 0.8 * len(self.text)


class _Writer:
    """Gathers inline text into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._linked = 0
        self.tag = "div"
        self.element: Element = None
        self.marks: tuple[Element, ...] = ()
        self.in_link = 0
        self._after_br = False

    def write(self, text: str) -> None:
        if text.isspace():
            if self._parts:
                self._parts.append(" ")
            return
        self._parts.append(text)
        if self.in_link:
            self._linked += len(text.strip())
        self._after_br = False

    def line_break(self) -> None:
        """One ``br`` is a space, two in a row end the paragraph."""
        if self._after_br:
            self.flush()
        else:
            self._parts.append(" ")
            self._after_br = True

    def flush(self) -> None:
        if self._parts:
            if text := clean("".join(self._parts)):
                self.blocks.append(Block(text, self.tag, self._linked, self.element, self.marks))
            self._parts.clear()
            self._linked = 0
        self._after_br = False


def blocks(
    root: Element,
    drop: Container[Element] = (),
    hint: Callable[[Element], int] | None = None,
    not_text: Container[str] = NOT_TEXT,
) -> list[Block]:
    """The paragraphs under an element in reading order, less those under ``drop``.

    What ``hint`` says of an element: 2, it is left out too; 1, it is noted with each paragraph under it.

    List items, headings, quotations and table rows are paragraphs of their own; the cells of a
    row are joined by `` | ``.
    """
    writer = _Writer()
    writer.tag = str(root.tag)
    writer.element = root
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: Element = None
    for event, element in walker:
        tag = element.tag
        if event == "end":
            if element is skipped:
                skipped = None
            else:
                if tag in BLOCK:
                    writer.flush()
                    writer.tag, writer.element = "div", element.getparent()
                elif tag == "a" and writer.in_link:
                    writer.in_link -= 1
                if writer.marks and writer.marks[-1] is element:
                    writer.marks = writer.marks[:-1]
            if (tail := element.tail) and element is not root:
                writer.write(tail)
            continue
        is_text = isinstance(tag, str)
        hinted = hint(element) if hint is not None and tag not in _INLINE else 0
        if not is_text or tag in not_text or hinted == 2 or element in drop or is_hidden(element):
            if is_text and tag in BLOCK:
                writer.flush()
            skipped = element
            walker.skip_subtree()
        elif tag == "br":
            writer.line_break()
        elif tag == "tr" and (row := _row(element, drop)) is not None:
            writer.flush()
            if row[0]:
                writer.blocks.append(Block(row[0], "tr", row[1], element, writer.marks))
            skipped = element
            walker.skip_subtree()
        else:
            if tag in BLOCK:
                writer.flush()
                writer.tag, writer.element = tag, element
            elif tag == "a":
                writer.in_link += 1
            if hinted:
                writer.marks += (element,)
            if text := element.text:
                writer.write(text)
    writer.flush()
    return writer.blocks


def _row(row: Element, drop: Container[Element]) -> tuple[str, int] | None:
    """A table row as one paragraph, and its link text's length; ``None`` for a row that only lays out the page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or row.find(".//table") is not None:
        return None
    parts = [blocks(cell, drop) for cell in cells if cell not in drop]
    text = " | ".join(" ".join(block.text for block in part) for part in parts) if any(parts) else ""
    return clean(text), sum(block.linked for part in parts for block in part)
