"""What a reader sees of one element: its text on a line, or nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from lxml import etree

from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element
from newscrawl.text.spaces import clean

#: Characters, white space among them, for each of a line's that are read before it is found too long.
READ_PER_CHARACTER = 8
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")  # in small letters
_UNSEEN_TAGS = ("script", "style", "template", "title", "desc")  # the last two name a picture in SVG
_SEEN_TEXTS = etree.XPath(
    "descendant::text()[not(parent::script or parent::style or parent::title or parent::desc or ancestor::template)]",
    smart_strings=False,
)


def text_of(element: Element) -> str:
    """All text of an element, on one line."""
    return clean("".join(element.itertext()))


def spaced_text_of(element: Element) -> str:
    """All text of an element on one line, pieces that markup parts kept apart by a space."""
    return clean(" ".join(element.itertext()))


def line_of(element: Element, longest: int) -> str:
    """The same where that is no longer than a line; else ``""``. What is much longer is not read to its end."""
    pieces: list[str] = []
    size, enough = 0, READ_PER_CHARACTER * longest
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece) + 1
        while size > enough:
            if len(clean(" ".join(pieces)[:enough])) > longest:
                return ""
            enough *= 2
    line = clean(" ".join(pieces))
    return line if len(line) <= longest else ""


def seen_text_of(element: Element) -> str:
    """The text of an element on one line, less that of scripts, styles, templates and SVG's titles in it."""
    if next(element.iter(*_UNSEEN_TAGS), None) is None:
        return text_of(element)
    texts: Any = _SEEN_TEXTS(element)
    return clean("".join(texts))


def is_hidden(element: Element) -> bool:
    """Whether an element's own markup keeps it from a reader's eyes."""
    return is_hidden_by(element.keys(), element)


def is_hidden_by(attributes: Collection[str], element: Element) -> bool:
    """The same where the names of its attributes are known."""
    # most elements have none of both, and asking for each of them takes longer
    if "hidden" in attributes and element.get("hidden") != "until-found":  # what is found by searching in the page
        return True
    return "style" in attributes and _is_hiding[element.get("style")]


_is_hiding: Remembered[str, bool] = Remembered(lambda style: _HIDDEN_STYLE.search(style.lower()) is not None)
