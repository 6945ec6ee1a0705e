"""What on a page may lead to the listing's next page."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from newscrawl.extract.css import Element
from newscrawl.extract.elements import line_of, text_of
from newscrawl.text.spaces import clean

_LONGEST_WORDS = 40  # characters by which what leads to the next page is called


class Trust(IntEnum):
    """How likely an address is that of a following page of a listing."""

    OTHER = 0
    """It is an article's, or another listing's."""
    ANY = 1
    LOOSE = 2
    """It has a number, or is below the listing's own path."""
    LIKELY = 3
    """It has the section's name in it."""
    SURE = 4
    """It is the listing's own path with a page's number, or its date is earlier."""


class Way(NamedTuple):
    """The addresses of what may lead on, and how likely one has to be for what it is called.

    ``says_older``: it may lead to an earlier day.
    """

    addresses: tuple[str, ...]
    least: Trust
    says_older: bool = False


def words_of(element: Element) -> list[str]:
    """What an element is called, where that is short."""
    is_short = line_of(element, 2 * _LONGEST_WORDS) != ""  # with a space between its pieces
    texts = (
        text_of(element) if is_short else "",
        element.get("aria-label"),
        element.get("title"),
        element.get("value"),
    )
    return [word for text in texts if text and len(word := clean(text)) <= _LONGEST_WORDS]
