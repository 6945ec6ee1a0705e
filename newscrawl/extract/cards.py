"""Cards of other stories: a linked title, and the teaser below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from newscrawl.extract.blocks import Block
from newscrawl.extract.css import Element
from newscrawl.extract.weights import HEADINGS

#: Characters from which a linked title may be another story's; shorter links are rubrics. And how many times the link
#: text the whole title is at most, with a rubric or a date beside it.
TITLE, TITLE_AND_RUBRIC = 20, 2.5
#: Share of characters that are link text in a title that is not marked up as a heading.
LINKED_TITLE = 0.95
#: Characters at a title's beginning by which it is the page's own headline.
HEADLINE_BEGINNING = 40
#: Paragraphs of prose from which the box of a linked title is no card: teasers have one or two.
CARD_PROSE = 3
#: Bytes up to which a paragraph may be another story's teaser.
LONGEST_TEASER = 300


def without_cards(found: Sequence[Block], weights: Sequence[int], headline: str) -> list[int]:
    """The weights, where a short paragraph that only explains the linked title above it counts against the story."""
    titles = _linked_titles(found, headline)
    if not titles:
        return list(weights)
    prose: dict[Element, int] = defaultdict(int)
    for block, weight in zip(found, weights, strict=True):
        if weight > 0:
            for around in _boxes_around(block):
                prose[around] += 1
    cards: set[Element] = set()
    told = []
    for block, weight in zip(found, weights, strict=True):
        if boxes := titles.get(id(block)):
            cards.update(box for box in boxes if prose[box] < CARD_PROSE)
        is_teaser = cards and 0 < weight <= LONGEST_TEASER and not cards.isdisjoint(_boxes_around(block))
        told.append(-weight if is_teaser else weight)
    return told


def _linked_titles(found: Sequence[Block], headline: str) -> dict[int, Sequence[Element]]:
    """What may be the box of each paragraph that is another story's title, with a link to it."""
    own = headline.casefold()
    titles: dict[int, Sequence[Element]] = {}
    for block in found:
        is_title = TITLE < len(block.text) < TITLE_AND_RUBRIC * block.linked
        if not is_title or own.startswith(block.text[:HEADLINE_BEGINNING].casefold()):
            continue
        if block.tag in HEADINGS:
            titles[id(block)] = _boxes_around(block)
        elif block.linked >= LINKED_TITLE * len(block.text):
            titles[id(block)] = (block.element, *_boxes_around(block)[:1])
    return titles


def _boxes_around(block: Block) -> list[Element]:
    return list(islice(block.element.iterancestors(), 2))
