"""Markdown rendered back to the paragraphs of a body by a library: what it is to a reader, its signs gone."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: CommonMark with GFM's tables.
_PARSER = MarkdownIt("commonmark").enable("table")
_PICTURE = "\0"
#: What is markup though it holds no text of a paragraph: none of it may come of a text.
_UNWANTED = frozenset(("html_block", "html_inline", "hr", "code_block"))


def paragraphs_of(markdown: str) -> list[str]:
    """The paragraphs, headings, items, code and rows of tables, cells separated as in a body; pictures aside."""
    found: list[str] = []
    cells: list[str] | None = None
    for token in _PARSER.parse(markdown):
        assert token.type not in _UNWANTED, token
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            found.append(" | ".join(cells))
            cells = None
        elif token.type == "fence":
            found.append(_line(token.content))
        elif token.type == "inline":
            text = "".join(map(_text, token.children or []))
            assert "\n" not in text or text.startswith(_PICTURE), text
            if not text.startswith(_PICTURE):
                (found if cells is None else cells).append(_line(text))
    return [text for text in map(without_empty_cells, found) if text]


def without_empty_cells(text: str) -> str:
    """A row without its empty cells: Markdown has some more, where a cell reaches over several columns."""
    return " | ".join(cell for part in re.split(r"(?:^| )\|(?= |$)", text) if (cell := part.strip()))


def links_of(markdown: str) -> list[tuple[str, str]]:
    """The address and the text of each link."""
    found: list[tuple[str, str]] = []
    for token in _PARSER.parse(markdown):
        href, text = "", ""
        for one in token.children or []:
            if one.type == "link_open":
                href, text = str(one.attrs["href"]), ""
            elif one.type == "link_close":
                found.append((href, _line(text)))
            else:
                text += _text(one)
    return found


def headings_of(markdown: str) -> list[tuple[int, str]]:
    """The level and the text of each heading."""
    tokens = _PARSER.parse(markdown)
    return [
        (int(before.tag[1]), _line("".join(map(_text, token.children or []))))
        for before, token in pairwise(tokens)
        if before.type == "heading_open"
    ]


def _text(token: Token) -> str:
    assert token.type not in _UNWANTED, token
    if token.type == "image":
        return _PICTURE
    return {"hardbreak": " ", "softbreak": "\n"}.get(token.type, token.content)


def _line(text: str) -> str:
    return " ".join(text.split())
