"""A story's paragraphs less what stands among them and is not the story: captions, links, labels, boilerplate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from itertools import pairwise

from newscrawl.extract import boilerplate
from newscrawl.extract.blocks import Block
from newscrawl.extract.byline_labels import unlabelled
from newscrawl.extract.css import Element, Once
from newscrawl.extract.elements import seen_text_of
from newscrawl.extract.link_labels import without_labels
from newscrawl.extract.names_of_people import Kind, kind_of
from newscrawl.extract.placeholders import without_placeholders
from newscrawl.extract.pull_quotes import without_pull_quotes
from newscrawl.extract.weights import HEADINGS, PARAGRAPHS, Weighed, prose_of, weight_of
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.words import in_small_letters, key_of

#: Share of the story that may stand above the headline that belongs to it: a summary, no more.
ABOVE = 0.15
#: How many times the headline's characters a text has at most that is the same in letters and digits.
SPACES_AND_SIGNS = 2
#: Bytes from which a paragraph is no caption, whatever it shares a box with.
LONGER_THAN_CAPTIONS = 300
#: A picture's box has fewer characters than so many for each one of its caption, and so many more: a credit, a date.
BOX_PER_CAPTION, BOX_BESIDE_CAPTION = 1.5, 40
#: Share of the story's prose that captions have at most: what has more is a list of things, each with its picture.
CAPTIONS = 0.25
#: How many elements around a paragraph may be its box with a picture.
MOST_BOXES = 3
#: Bytes from which a line without a full stop may begin a story: some publishers' leads lack it. Headings are shorter.
LONG_LEAD = 100
#: Share of the story's prose that is marked up as paragraphs where a line that is not is a label.
TIDY = 0.8
#: Bytes of what speaks against a story from which it goes in any case.
CERTAIN_LABEL = 50
#: Characters from which a text is not said twice in a story; shorter lines may be ("Yes.").
SAID_ONCE = 40
#: Paragraphs at the end among which an author's life may be told, and how far from its beginning the name stands.
LAST_PARAGRAPHS, BEFORE_NAME = 4, 3
#: Characters of a line that says who wrote the story.
LONGEST_BYLINE = 80
#: Characters of link text, its share of the paragraph, and characters beside the link and its label ("Read more: …").
LABELLED_LINK, LABELLED_SHARE, BESIDE_LABEL = 20, 0.4, 4
#: Characters up to which a text is compared with boilerplate wording.
LONGEST_WORDING = 400
#: Share of a list item's characters that are link text from which a list at the story's end leads elsewhere.
LINKED_ITEM = 0.3
#: Characters of such a label below a heading at the story's end, and paragraphs from which a story has one.
HEADED_LABEL, HEADED = 20, 3
#: Headings that are links from which a story is a list of what they lead to.
LIST_ITEMS = 3

_NOT_CAPTIONS = HEADINGS | PARAGRAPHS - {"p"}
_NO_BOXES = frozenset("article main body section td li blockquote".split())
_SUBHEADINGS = HEADINGS - {"h1", "h5", "h6"}
_PICTURES = ("img", "picture", "amp-img")
#: In small letters, at half the time of any case.
_BOILERPLATE = re.compile("|".join(boilerplate.WORDING))
_BOILERPLATE_BY_WORD = {word: re.compile(pattern) for word, pattern in boilerplate.WORDING_BY_WORD.items()}
#: "VELMONT, Norr —", "Velmont/Norr:": capitals all through, or names that commas, slashes or brackets join.
_DATELINE = re.compile(
    r"(?:(?:[^\W\d_a-zß-ÿ]|[ .]){3,40}|[^\W\d_a-zß-ÿ][^:—–]{2,40}[,/(][^:—–]{2,40})\s?[:—–-]|\w[^:—–]{2,40}[—–]"
)
#: "Read more:", "Les også |" in front of a link.
_LINK_LABEL = re.compile(r"[^:|]{2,40}[:|]\s?")


def headline_among(found: Sequence[Block], headline: str) -> set[int]:
    """What may be the headline, by ``id``: the first top heading that says it, or what says it; else the first one."""
    key, size = key_of(headline), len(headline)
    shortest, longest = size / SPACES_AND_SIGNS, size * SPACES_AND_SIGNS
    saying = [block for block in found if shortest < len(block.text) < longest and key_of(block.text) == key]
    tops = [block for block in saying or found if block.tag == "h1"]
    return {id(block) for block in (tops[:1] if tops else saying)}


def below_headline(found: Sequence[Block], story: Sequence[Weighed], headline: Container[int]) -> list[Weighed]:
    """The story without what stands above its headline: of several, the last that little of the story is above."""
    weights = {id(block): weight for block, weight in story if weight > 0}
    left = ABOVE * sum(weights.values())
    end = 0
    for number, block in enumerate(found):
        if id(block) in headline:
            end = number + 1
        left -= weights.get(id(block), 0)
        if left < 0:
            break
    before = set(map(id, found[:end]))
    return [one for one in story if id(one.block) not in before]


def without_captions(found: Sequence[Block], story: Sequence[Weighed]) -> list[Weighed]:
    """The story without short texts that share a box with a picture and with little else."""
    boxes_from = Once(_picture_boxes_from)  # paragraphs mostly have one parent
    may_be_captions = _with_pictures(story, boxes_from)
    if not may_be_captions:
        return list(story)
    # at least, since boxes deeper down are not looked up to here
    held = dict.fromkeys((box for _, boxes in may_be_captions for box in boxes), 0)
    for block in found:
        for box in _picture_boxes(block, boxes_from):
            if box in held:
                held[box] += len(block.text)
    shown = Once(lambda box: len(seen_text_of(box)))

    def is_caption(block: Block, boxes: Sequence[Element]) -> bool:
        most = BOX_PER_CAPTION * len(block.text) + BOX_BESIDE_CAPTION
        return any(held[box] < most and shown[box] < most for box in boxes)

    captions = {id(block) for block, boxes in may_be_captions if is_caption(block, boxes)}
    if captions:
        pairs = [(before, block) for before, block in pairwise(found) if id(block) in captions]
        captions -= {id(block) for before, block in pairs if _is_headed(before, block)}
    held_by_captions = prose_of(weight for block, weight in story if id(block) in captions)
    if len(captions) >= LIST_ITEMS and held_by_captions > CAPTIONS * prose_of(weight for _, weight in story):
        return list(story)
    return [one for one in story if id(one.block) not in captions]


def _with_pictures(story: Sequence[Weighed], boxes_from: Once) -> list[tuple[Block, list[Element]]]:
    """The short paragraphs of a story that share boxes with pictures, and these boxes."""
    short = [block for block, weight in story if weight <= LONGER_THAN_CAPTIONS and block.tag not in _NOT_CAPTIONS]
    if not short:
        return []
    has_picture = Once(lambda box: next(box.iterdescendants(*_PICTURES), None) is not None)
    boxes = ([box for box in _picture_boxes(block, boxes_from) if has_picture[box]] for block in short)
    return [(block, around) for block, around in zip(short, boxes, strict=True) if around]


def _is_headed(before: Block, block: Block) -> bool:
    """Whether a paragraph stands below its own heading, and is no caption then, whatever picture is between."""
    if block.tag not in ("p", "div"):
        return False
    if before.tag in HEADINGS:
        return block.tag == "p" or ends_sentence(block.text)
    return before.tag == "p" and not before.linked and _is_bold(before.element) and ends_sentence(block.text)


def _is_bold(element: Element) -> bool:
    """Whether all text of a paragraph is bold, as that of a heading is which is not marked up as one."""
    inner = element[0] if len(element) == 1 and not (element.text or "").strip() else None
    return inner is not None and inner.tag in ("b", "strong") and not (inner.tail or "").strip()


def _picture_boxes(block: Block, boxes_from: Once) -> list[Element]:
    """What may hold a paragraph together with its picture, innermost first."""
    around: list[Element] = boxes_from[block.element.getparent()]
    return around if block.tag == "p" else [block.element, *around[: MOST_BOXES - 1]]


def _picture_boxes_from(element: Element | None) -> list[Element]:
    """The same of an element and those around it."""
    around: list[Element] = []
    while element is not None and len(around) < MOST_BOXES and element.tag not in _NO_BOXES:
        around.append(element)
        element = element.getparent()
    return around


def trimmed(story: Sequence[Weighed], authors: Sequence[str]) -> list[Block]:
    """The story from its first sentence to its last, less links, labels and boilerplate."""
    first = next((n for n, (block, weight) in enumerate(story) if _may_begin_story(block, weight)), len(story))
    if first and first < len(story) and _belongs_to(story[first - 1].block, story[first].block):
        first -= 1
        story = [*story[:first], Weighed(story[first].block, 0), *story[first + 1 :]]
    kept = without_labels(_without_labels(story[first:], tidy=_is_tidy(story)))
    kept = without_pull_quotes(without_placeholders(kept))
    kept = _without_tail(kept)
    tail = max(0, len(kept) - LAST_PARAGRAPHS)
    kept[tail:] = [block for block in kept[tail:] if not _tells_of_author(block.text, authors)]
    return [block for block in kept if len(block.text) > LONGEST_BYLINE or not _is_byline(block.text, authors)]


def _belongs_to(before: Block, block: Block) -> bool:
    """Whether a line is the heading of the paragraph right below it, or the dateline that it begins with."""
    if before.linked:
        return False
    if before.tag in _SUBHEADINGS:
        return before.element.getnext() is block.element
    is_above = before.element is block.element.getparent()
    is_before = before.tag == "p" and before.element.getnext() is block.element
    return (is_above or is_before) and _DATELINE.fullmatch(before.text) is not None


def _is_tidy(story: Sequence[Weighed]) -> bool:
    """Whether paragraphs are marked up as such."""
    marked = prose_of(weight for block, weight in story if block.tag in PARAGRAPHS)
    return marked > TIDY * prose_of(weight for _, weight in story)


def _without_labels(story: Sequence[Weighed], *, tidy: bool) -> list[Block]:
    kept: list[Block] = []
    said: set[str] = set()
    items = _linked_items(story)
    for block, weight in story:
        if weight < (0 if block.linked or tidy else -CERTAIN_LABEL) and id(block) not in items:
            if block.is_links and kept and kept[-1].tag in HEADINGS:
                kept.pop()  # it was the links' heading
        elif not _is_beside_story(block, said):
            kept.append(block)
            said.add(block.text)
    return kept


def without_furniture(story: Sequence[Block]) -> list[Block]:
    """The paragraphs of a story, each said once, less labelled links to others and what is worded as on any page."""
    kept: list[Block] = []
    said: set[str] = set()
    for block in story:
        if not _is_beside_story(block, said):
            kept.append(block)
            said.add(block.text)
    return kept


def _linked_items(story: Sequence[Weighed]) -> set[int]:
    """The headings of a story that is a list: several that are links, each with prose of the story below it."""
    headings: dict[str, list[Block]] = defaultdict(list)
    for (block, _), (_, weight) in pairwise(story):
        if block.linked and block.tag in _SUBHEADINGS and weight > 0:
            headings[block.tag].append(block)
    return {id(block) for found in headings.values() if len(found) >= LIST_ITEMS for block in found}


def _is_beside_story(block: Block, said: Container[str]) -> bool:
    """Whether it repeats what was said, leads elsewhere, or is worded as what is on any page."""
    if len(block.text) > SAID_ONCE and block.text in said:
        return True
    return _leads_elsewhere(block) or _is_boilerplate(block.text)


def _may_begin_story(block: Block, weight: int) -> bool:
    """Whether a story may begin with it: a sentence, or what is as long and only lacks its full stop."""
    long = weight == 0 and block.tag in ("p", "div") and not block.linked and len(block.text.encode()) >= LONG_LEAD
    return weight > 0 or long


def _tells_of_author(text: str, authors: Sequence[str]) -> bool:
    """Whether a text tells who an author is: it begins with the name of a person, not of an organisation."""
    beginning = (author in text[: len(author) + BEFORE_NAME] and kind_of(author) == Kind.PERSON for author in authors)
    return any(beginning)


def _is_byline(text: str, authors: Sequence[str]) -> bool:
    """Whether a line says who wrote the story."""
    return any(author in text for author in authors) and unlabelled(text).labelled


def _leads_elsewhere(block: Block) -> bool:
    """Whether it is a label and a link: "Read more: Another story"."""
    size = len(block.text)
    label = _LINK_LABEL.match(block.text) if LABELLED_LINK < block.linked > LABELLED_SHARE * size else None
    return label is not None and abs(size - label.end() - block.linked) < BESIDE_LABEL


def _is_boilerplate(text: str) -> bool:
    if len(text) > LONGEST_WORDING:
        return False
    small = in_small_letters(text)
    if _BOILERPLATE.fullmatch(small):
        return True
    found = [word for word in _BOILERPLATE_BY_WORD if word in small]
    return bool(found) and any(_BOILERPLATE_BY_WORD[word].fullmatch(small) for word in found)


def _is_headed_label(story: Sequence[Block]) -> bool:
    """Whether at the end a heading has no more below it than a label: "Tell us what you think", "3 comments"."""
    if len(story) < HEADED or story[-2].tag not in HEADINGS:
        return False
    return story[-1].tag == "p" and len(story[-1].text) <= HEADED_LABEL and not ends_sentence(story[-1].text)


def _without_tail(story: list[Block]) -> list[Block]:
    """The story up to its last sentence; a list at its end that is half of it or more is what it is about."""
    end = len(story)
    while end and (_is_no_end(story[end - 1]) or _is_headed_label(story[max(0, end - HEADED) : end])):
        end -= 1
    listed = sum(len(block.text) for block in story[end:] if block.tag == "li")
    return story if listed > sum(len(block.text) for block in story[:end]) else story[:end]


def _is_no_end(block: Block) -> bool:
    if block.tag in ("p", "li", "tr", "blockquote"):
        return block.tag == "li" and block.linked > LINKED_ITEM * len(block.text)
    return weight_of(block) <= 0
