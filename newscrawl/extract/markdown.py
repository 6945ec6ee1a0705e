"""A story in Markdown, paragraph for paragraph: what its body's paragraphs are on the page, and what is in them.

Markdown that is rendered to text gives the body again. Where the pieces of a paragraph do not make its text, the text
stands there alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from newscrawl.addresses.outgoing import outgoing
from newscrawl.article.markdown import Paragraph, Row
from newscrawl.bounded import Remembered
from newscrawl.extract.blocks import LINE_BREAK, Block
from newscrawl.extract.css import Element, Once
from newscrawl.extract.inline import Inline
from newscrawl.extract.structure import Structure, is_head
from newscrawl.text.spaces import clean, printable

_MAILTO = "mailto:"
_VERSE = re.compile(r"(?<![a-z])(?:verse|poem|poetry|lyrics?|stanza)(?![a-z])", re.IGNORECASE)
_is_verse: Remembered[str, bool] = Remembered(lambda names: _VERSE.search(names) is not None)
_LANGUAGE = re.compile(r"(?:^|\s)lang(?:uage)?-([\w+#.-]+)")
_BACKTICKS = re.compile("`{3,}")


def markdown_of(story: Sequence[Block], absolute: Callable[[str], str | None]) -> list[Paragraph]:
    """The paragraphs of a story in Markdown, as many as it has; ``absolute`` tells where a link of its page leads."""
    writer = _Writer(story, absolute)
    return [writer.paragraph(block) for block in story]


def plain(paragraphs: Sequence[str]) -> list[Paragraph]:
    """Paragraphs of which nothing is known but their text."""
    return markdown_of([Block(text, "p") for text in paragraphs], lambda link: None)


class _Writer:
    def __init__(self, story: Sequence[Block], absolute: Callable[[str], str | None]):
        self._structure = Structure(story)
        self._inline = Inline(Once(lambda link: address_of(link, absolute)).__getitem__)

    def paragraph(self, block: Block) -> Paragraph:
        if block.element is None:
            return self._unplaced(block)
        around = self._structure.around(block)
        if block.tag == "tr" and block.cells:
            return Paragraph("", around, self._row(block))
        if level := self._structure.heading(block):
            return Paragraph(_heading(self._inline.line(block), level), around)
        before = self._structure.code(block)
        if before is None:
            return Paragraph(self._inline.lines(block), around)
        if _is_verse[before.get("class") or ""]:
            return Paragraph(self._inline.lines(block, verse=True), around)
        code = _code(block, before)
        return Paragraph(code or self._inline.lines(block), around, is_code=bool(code))

    def _unplaced(self, block: Block) -> Paragraph:
        """A paragraph of metadata, which has no elements."""
        if block.tag in _LEVELS:
            return Paragraph(_heading(self._inline.line(block), _LEVELS[block.tag]))
        return Paragraph(self._inline.lines(block))

    def _row(self, block: Block) -> Row:
        table, columns = self._structure.table(block.element)
        cells: list[str] = []
        for cell, parts in block.cells:
            cells += [""] * (columns.get(cell, 0) - len(cells))
            cells.append(" ".join(self._inline.line(part, in_cell=True) for part in parts))
        return Row(table, tuple(cells), is_head(block.element))


_LEVELS = {f"h{level}": level for level in range(1, 7)}


def address_of(link: Element, absolute: Callable[[str], str | None]) -> str | None:
    """Where an ``a`` of a story leads, without tracking; ``None`` for a script, or the page's own beginning."""
    href = clean(link.get("href") or "")
    if href.lower().startswith(_MAILTO):
        return href if "@" in href else None
    if not href or href == "#":
        return None
    url = absolute(href)
    return outgoing(url) if url else None


def _heading(text: str, level: int) -> str:
    """A heading: signs at its end are no part of it, unless they are escaped."""
    if text.endswith("#"):
        text = f"{text[:-1]}\\#"
    return f"{'#' * level} {text}"


def _code(block: Block, before: Element) -> str:
    """Preformatted text between fences; ``""`` where its pieces do not make the paragraph's text."""
    text = "".join("\n" if piece == LINE_BREAK else piece for piece in block.pieces)
    if clean(text) != block.text:
        return ""
    lines = [printable(line).rstrip() for line in text.expandtabs(4).splitlines()]
    while lines and not lines[0]:
        del lines[0]
    fence = max(("`" * (len(run) + 1) for run in _BACKTICKS.findall(text)), default="```", key=len)
    return "\n".join([fence + _language(before), *lines, fence])


def _language(before: Element) -> str:
    """The language that its class, or that of the code in it, names."""
    for element in (before, *before.iter("code")):
        if found := _LANGUAGE.search(element.get("class") or ""):
            return found[1]
    return ""
