"""The story on a page of any site: where the page's prose stands, and which of it is the story.

1. The page's paragraphs, each with the elements around it whose tag or class hints at something else than a story
   (:mod:`newscrawl.extract.hints`).
2. Each paragraph weighs what it says for a story: a sentence its length, links something against it
   (:mod:`newscrawl.extract.weights`).
3. Hints count, except where they are about the page's frame or about much of its prose.
4. The story stands in the innermost element that holds nearly as much weight as any element does.
5. In it, what is above the headline, cards of other stories, links, captions and boilerplate wording go
   (:mod:`newscrawl.extract.trimming`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from newscrawl.extract.blocks import NOT_TEXT, Block, blocks
from newscrawl.extract.css import Element
from newscrawl.extract.hints import hints_on
from newscrawl.extract.page import Page
from newscrawl.extract.trimming import below_headline, trimmed, without_captions
from newscrawl.extract.weights import ENOUGH, HEADINGS, PROSE, Weighed, prose_of, weight_of

#: Share of the page's prose up to which a hint counts. What holds more is named so for the page's looks.
MUCH = 0.4
#: Share of the greatest weight that the story's element has at least; the rest is boxes beside it.
NEARLY_ALL = 0.8
#: Share of the page's prose that the story has at least, or it is looked for again: labels between paragraphs
#: outweighed these.
HALF = 0.5
#: Paragraphs that are certainly prose, and their bytes, that make a story of a page that does not say it is one.
#: Error pages, consent and subscription prompts have less.
CERTAIN_PARAGRAPHS, CERTAIN_PROSE = 3, 5 * ENOUGH
#: How many paragraphs above a story its date stands, and within how many characters: more are prose that names a date.
DATE_ABOVE, DATE_LINE = 3, 120
#: Characters from which a linked title may be another story's; shorter links are rubrics. And how many times the link
#: text the whole title is at most, with a rubric or a date beside it.
TITLE, TITLE_AND_RUBRIC = 20, 2.5
#: Share of characters that are link text in a title that is not marked up as a heading.
LINKED_TITLE = 0.95
#: Characters at a title's beginning by which it is the page's own headline.
HEADLINE_BEGINNING = 40
#: Paragraphs of prose from which the box of a linked title is no card: teasers have one or two.
CARD_PROSE = 3

_NOT_STORY_TEXT = NOT_TEXT - {"form", "label"}  # some publishing systems wrap a whole page in a form
_NUMERIC_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})\b")


class Story(NamedTuple):
    """A story's paragraphs, and whether it is one even if its page does not say so.

    It is where it has many sentences in several paragraphs, or where a date stands close above it: subscription
    prompts and error pages have neither.
    """

    blocks: list[Block]
    certain: bool


_NO_STORY = Story([], certain=False)


def find_story(page: Page, headline: str, authors: Sequence[str] = (), drop: Container[Element] = ()) -> Story:
    """The story on a page; without paragraphs where there is no prose.

    ``authors`` are those of the story, whose lives may be told below it; ``drop`` is left out.
    """
    body = page.root.find("body")
    if body is None:
        return _NO_STORY
    found = blocks(body, drop, hint=hints_on(page, headline), not_text=_NOT_STORY_TEXT)
    weights = [weight_of(block) for block in found]
    if prose_of(weights) < ENOUGH:
        return _NO_STORY
    story = below_headline(found, _where_prose_is(found, weights, headline), headline)
    kept = trimmed(without_captions(found, story), authors)
    if prose_of(map(weight_of, kept)) < ENOUGH:
        return _NO_STORY
    return Story(kept, _is_certain(kept, found))


def _is_certain(story: Sequence[Block], found: Sequence[Block]) -> bool:
    weights = [weight for block in story if (weight := weight_of(block)) >= PROSE]
    if len(weights) >= CERTAIN_PARAGRAPHS and sum(weights) >= CERTAIN_PROSE:
        return True
    start = next(n for n, block in enumerate(found) if block is story[0])
    above = found[max(0, start - DATE_ABOVE) : start]
    return any(len(block.text) < DATE_LINE and _NUMERIC_DATE.search(block.text) for block in above)


def _where_prose_is(found: Sequence[Block], weights: Sequence[int], headline: str) -> list[Weighed]:
    """The paragraphs where most of the page's prose stands, less hinted elements, cards weighing against it."""
    foreign = _elements_beside_story(found, weights)
    weighed = [
        Weighed(block, weight)
        for block, weight in zip(found, _without_cards(found, weights, headline), strict=True)
        if foreign.isdisjoint(block.marks)
    ]
    story = _densest(weighed)
    if _prose_in(story) < HALF * _prose_in(weighed):
        story = _densest(weighed, labels=False)
    return story


def _prose_in(weighed: Iterable[Weighed]) -> int:
    return prose_of(weight for _, weight in weighed)


def _elements_beside_story(found: Sequence[Block], weights: Sequence[int]) -> set[Element]:
    """Hinted elements that are not the story: those that hold little of the prose, with all of the same class."""
    within = _prose_within(found, weights)
    named = {mark: (mark.tag, mark.get("class")) for mark in within}
    held: dict[tuple[str, str | None], int] = defaultdict(int)
    for mark, weight in within.items():
        held[named[mark]] += weight
    much = MUCH * prose_of(weights)
    return {mark for mark, name in named.items() if held[name] <= much}


def _prose_within(found: Sequence[Block], weights: Sequence[int]) -> dict[Element, int]:
    """How much prose each hinted element holds."""
    # Paragraphs in one place share their marks, of which there may be many.
    places = {id(block.marks): block.marks for block in found}
    weighed: dict[int, int] = defaultdict(int)
    for block, weight in zip(found, weights, strict=True):
        weighed[id(block.marks)] += max(weight, 0)
    within: dict[Element, int] = defaultdict(int)
    for place, marks in places.items():
        for mark in marks:
            within[mark] += weighed[place]
    return within


def _without_cards(found: Sequence[Block], weights: Sequence[int], headline: str) -> list[int]:
    """The weights, where a paragraph that only explains a linked title counts against the story."""
    cards = _card_boxes(found, headline)
    prose: dict[Element, int] = defaultdict(int)
    for block, weight in zip(found, weights, strict=True):
        if weight > 0:
            for around in _boxes_around(block):
                prose[around] += 1
    small = {card for card in cards if prose[card] < CARD_PROSE}
    return [
        -weight if weight > 0 and not small.isdisjoint(_boxes_around(block)) else weight
        for block, weight in zip(found, weights, strict=True)
    ]


def _card_boxes(found: Sequence[Block], headline: str) -> set[Element]:
    """The boxes of linked titles."""
    own = headline.casefold()
    cards: set[Element] = set()
    for block in found:
        is_title = TITLE < len(block.text) < TITLE_AND_RUBRIC * block.linked
        if not is_title or own.startswith(block.text[:HEADLINE_BEGINNING].casefold()):
            continue
        if block.tag in HEADINGS:
            cards.update(_boxes_around(block))
        elif block.linked >= LINKED_TITLE * len(block.text):
            cards.update((block.element, *_boxes_around(block)[:1]))
    return cards


def _boxes_around(block: Block) -> list[Element]:
    parent = block.element.getparent()
    return [e for e in (parent, None if parent is None else parent.getparent()) if e is not None]


def _densest(weighed: Sequence[Weighed], *, labels: bool = True) -> list[Weighed]:
    """What stands in the innermost element of nearly the greatest weight, and the lead above it.

    Without ``labels``, of what weighs against a story only links count.
    """
    sums = _weight_within(weighed if labels else [one for one in weighed if one.weight > 0 or one.block.linked])
    most = max(sums.values(), default=0)
    if most <= 0:
        return []
    near = set(_innermost_of(sums, most).iter())
    inside = set(_innermost_of(sums, NEARLY_ALL * most).iter())
    held = [one for one in weighed if one.block.element in inside]
    above = takewhile(lambda one: one is not held[0], weighed)
    return [one for one in above if _is_lead(one, near)] + held


def _is_lead(one: Weighed, near: Container[Element]) -> bool:
    return one.weight >= PROSE and one.block.tag == "p" and one.block.element in near


def _weight_within(weighed: Iterable[Weighed]) -> dict[Element, int]:
    """The weight of all that an element holds."""
    sums: dict[Element, int] = defaultdict(int)
    for block, weight in weighed:
        if weight:
            for element in (block.element, *block.element.iterancestors()):
                sums[element] += weight
    return sums


def _innermost_of(sums: Mapping[Element, int], least: float) -> Element:
    """The innermost element of at least some weight."""
    heavy = (element for element, weight in sums.items() if weight >= least)
    return max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()))
