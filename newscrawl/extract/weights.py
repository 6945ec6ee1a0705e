"""What a paragraph weighs: above 0 a sentence, below 0 links and labels that speak against a story.

Weights are bytes of UTF-8, because a sentence in Chinese has a third of the characters that it has in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from newscrawl.extract.blocks import Block
from newscrawl.text.sentences import ends_sentence

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
PARAGRAPHS = frozenset("p li blockquote dd dt td tr".split())

#: Bytes of prose that make a story: two sentences. A notice on an error page or before a login is shorter.
ENOUGH = 200
#: Bytes from which a sentence is certainly prose: shorter ones stand in menus and boxes, too ("Sign up today.").
PROSE = 60
#: Bytes from which a text is prose without a full stop: no label is as long.
LONG = 200
#: Bytes from which a text that is no sentence may be a caption or a subheading; a shorter one is a label.
LABEL = 50
#: The most bytes that links weigh against a story. Without a bound, one list of long titles would outweigh it.
MOST_AGAINST = 30
#: Share of a paragraph's characters that are link text from which the link is what it is about.
MOSTLY_LINKED = 0.6
#: Characters beside the link from which such a paragraph may be a sentence all the same; "Read: " has fewer.
BESIDE_LINK = 8
#: Bytes of a list's item, mostly link, that is prose where it has a sentence; and of a sentence that is all one link.
LONG_ITEM, LINKED_SENTENCE = 80, 100

_BEGINS_SENTENCE = re.compile(r"[\"'“‘«]?[A-ZÀ-ÖØ-ÞА-Я](?:\S* ){3,}")  # a capital letter, and at least four words
_ADDRESS_BEGINS = ("http:", "https:")


class Weighed(NamedTuple):
    """A paragraph and what it weighs where it stands."""

    block: Block
    weight: int


def prose_of(weights: Iterable[int]) -> int:
    """Bytes of prose among some weights."""
    return sum(weight for weight in weights if weight > 0)


def bytes_of(text: str) -> int:
    """How many bytes of UTF-8 a text takes."""
    return len(text) if text.isascii() else len(text.encode())


def weight_of(block: Block) -> int:
    """What a paragraph says for a story by itself."""
    text, size = block.text, bytes_of(block.text)
    if block.linked >= MOSTLY_LINKED * len(text):
        return _link_weight(block, size)
    if block.tag in HEADINGS or text.startswith(_ADDRESS_BEGINS):
        return 0
    if size > LONG or (size > PROSE and _ends_as_prose(text)):
        return size
    if block.tag in PARAGRAPHS:
        return int(block.tag == "p" and _ends_as_prose(text))
    return 0 if size >= LABEL else _short_weight(block, size)


def _link_weight(block: Block, size: int) -> int:
    """Links speak against a story, unless a sentence holds them."""
    beside = len(block.text) - block.linked
    if beside >= BESIDE_LINK and _ends_as_prose(block.text):
        return beside if block.tag == "li" and size >= LONG_ITEM else 0
    whole = block.tag in ("p", "li") and len(block.text) >= LINKED_SENTENCE and ends_sentence(block.text)
    return 0 if whole else -min(size, MOST_AGAINST)


def _short_weight(block: Block, size: int) -> int:
    """A short line outside of paragraphs is a label, unless it is a whole sentence."""
    whole = not block.linked and _BEGINS_SENTENCE.match(block.text) is not None and ends_sentence(block.text)
    return 1 if whole else -size


def _ends_as_prose(text: str) -> bool:
    """Whether a text ends as prose does: with a sentence, or leading to a list or quotation."""
    return ends_sentence(text) or text.endswith(":")
