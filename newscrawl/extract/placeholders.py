"""Placeholders of blocked embeds: boxes named for what others show, which speak of consent in its place.

The name alone is not enough: publishing systems call parts of a story "embed", too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from newscrawl.bounded import Remembered
from newscrawl.extract.blocks import Block
from newscrawl.extract.class_words import words_of
from newscrawl.extract.css import Element, Once
from newscrawl.offers.consent import SPEAKS_OF_CONSENT

#: Characters of a placeholder in all, and elements around a paragraph that may be one.
LONGEST, AROUND = 900, 4

_NAMED = re.compile(
    r"(?<![a-z])(?:\w?embed\w*|placeholder\w*|consent\w*|block(?:ed|er)|two-?click|2-?click|opt-?in|external\w*|third-?party|iframe"
    r"|privacy\w*|cookies?\w*|media|video|map|social\w*|youtube|twitter|instagram|facebook|tiktok|oembed)(?![a-z])"
)
_WHOLE = frozenset("article main body section".split())


_is_named: Remembered[str, bool] = Remembered(lambda names: _NAMED.search(words_of(names)) is not None)


def without_placeholders(story: Sequence[Block]) -> list[Block]:
    """A story's paragraphs less those in boxes of embeds that speak of consent."""
    held: dict[Element, list[Block]] = defaultdict(list)
    around = Once(_named_around)  # paragraphs mostly have one parent
    for block in story:
        if block.element is not None and (box := _box_of(block.element, around)) is not None:
            held[box].append(block)
    gone = {id(block) for blocks in held.values() if _is_placeholder(blocks) for block in blocks}
    return [block for block in story if id(block) not in gone] if gone else list(story)


def _box_of(element: Element, around: Once) -> Element | None:
    found: Element | None = around[element.getparent()]
    return _named(element) if found is None else found


def _named_around(element: Element | None) -> Element | None:
    """The outermost of an element and those near around it that is named for an embed."""
    found = None
    for outer in () if element is None else (element, *islice(element.iterancestors(), AROUND - 1)):
        if outer.tag in _WHOLE:
            break
        found = outer if _named(outer) is not None else found
    return found


def _named(element: Element) -> Element | None:
    names = element.get("class")
    return element if names and _is_named[names] and element.tag not in _WHOLE else None


def _is_placeholder(blocks: Sequence[Block]) -> bool:
    if sum(len(block.text) for block in blocks) > LONGEST:
        return False
    return any(SPEAKS_OF_CONSENT.search(block.text.lower()) for block in blocks)
