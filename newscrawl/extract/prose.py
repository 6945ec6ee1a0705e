"""The story on a page that nobody described: where the page's prose stands, and which of it is the story.

1. The page's paragraphs, each with the elements around it whose tag or class hints at something else than a story.
2. Each paragraph weighs what it says for a story: a sentence its length, links something against it.
3. Hints count, except where they are about the page's frame or about much of its prose.
4. The story stands in the innermost element that holds nearly as much weight as any element does.
5. In it, what is above the headline, cards of other stories, links, captions and boilerplate wording go.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from newscrawl.bounded import Remembered
from newscrawl.extract import boilerplate
from newscrawl.extract.css import Element, Once
from newscrawl.extract.page import Page
from newscrawl.extract.text import NOT_TEXT, Block, blocks, text_of

#: Weight of a page's prose, in bytes of UTF-8, that makes a story of it. Bytes, because a sentence
#: in Chinese has a third of the characters that it has in English.
_ENOUGH = 200
#: From which weight a paragraph is certainly prose.
_PROSE = 60
#: The most that a paragraph of links weighs against a story.
_AGAINST = 30
#: Share of the page's prose from which a hint must be wrong.
_MUCH = 0.4
#: Share of the greatest weight that the story's element has at least.
_NEARLY_ALL = 0.8
#: Share of the page's prose that the story has at least, or it is looked for again.
_HALF = 0.5
#: Share of the story that may stand above the headline that belongs to it.
_ABOVE = 0.15

_SENTENCE_END = re.compile(r"[.!?…:।。！？؟۔։][\"'”’»«)\]」』*]*$")
#: A sentence of several words, whole.
_SENTENCE = re.compile(r"[\"'“‘«]?[A-ZÀ-ÖØ-ÞА-Я](?:\S* ){3,}\S*[.!?][\"'”’»]?")
_NOT_TEXT = NOT_TEXT - {"form", "label"}  # some publishing systems wrap a whole page in a form
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PARAGRAPHS = frozenset("p li blockquote dd dt td tr".split())
_NOT_CAPTIONS = _HEADINGS | _PARAGRAPHS - {"p"}
_NO_BOXES = frozenset("article main body section td li blockquote".split())
_HINT_TAGS = frozenset("aside header time figure form label article".split())
_SHOWING = frozenset({"figure", "div"})
_PLAIN_TAGS = frozenset("article main h1 h2 h3 h4".split())  # their classes tell of the page or of the theme
_NEVER_ROLES = frozenset({"navigation", "complementary", "dialog"})

_NEVER = re.compile(rf"(?<![a-z])(?:{boilerplate.NEVER})(?![a-z])")
_RARELY = re.compile(rf"(?<![a-z])(?:{boilerplate.RARELY})(?![a-z])")
_ABOUT_ANOTHER = re.compile(rf"(?<!\S)(?:{boilerplate.ABOUT_ANOTHER})\S*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDING = re.compile("|".join(boilerplate.WORDING), re.IGNORECASE)
_WORDING_BY_WORD = {word: re.compile(pattern, re.IGNORECASE) for word, pattern in boilerplate.WORDING_BY_WORD.items()}
_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})\b")
#: "Read more:", "Les også |" in front of a link.
_LABEL = re.compile(r"[^:|]{2,40}[:|]\s?")


class Story(NamedTuple):
    """A story's paragraphs, and whether it is one even if its page does not say so.

    It is where it has many sentences in several paragraphs, or where a date stands close above it: walls and
    error pages have neither.
    """

    blocks: list[Block]
    certain: bool


def find_story(page: Page, headline: str, authors: Sequence[str] = (), drop: Container[Element] = ()) -> Story:
    """The story on a page; without paragraphs where there is no prose.

    ``authors`` are those of the story, whose lives may be told below it; ``drop`` is left out.
    """
    body = page.root.find("body")
    if body is None:
        return Story([], certain=False)
    frame, others = _frame(page, headline)

    def hint(element: Element) -> int:
        return 0 if element in frame else 2 if element in others else _hint(element, page)

    found = blocks(body, drop, hint=hint, not_text=_NOT_TEXT)
    weights = [_weight(block) for block in found]
    if sum(weight for weight in weights if weight > 0) < _ENOUGH:
        return Story([], certain=False)
    foreign = _foreign(found, weights)
    weighed = [
        (block, weight)
        for block, weight in zip(found, _without_cards(found, weights, headline), strict=True)
        if foreign.isdisjoint(block.marks)
    ]
    story = _densest(weighed)
    if _prose(story) < _HALF * _prose(weighed):  # many labels between paragraphs outweigh these
        story = _densest(weighed, labels=False)
    story = _below_headline(found, story, headline)
    kept = _trimmed(_without_captions(found, story), authors)
    if sum(max(_weight(block), 0) for block in kept) < _ENOUGH:
        return Story([], certain=False)
    return Story(kept, _is_certain(kept, found))


def _is_certain(story: Sequence[Block], found: Sequence[Block]) -> bool:
    weights = [weight for block in story if (weight := _weight(block)) >= _PROSE]
    if len(weights) >= 3 and sum(weights) >= 5 * _ENOUGH:
        return True
    start = next(n for n, block in enumerate(found) if block is story[0])
    return any(len(block.text) < 120 and _DATE.search(block.text) for block in found[max(0, start - 3) : start])


def _frame(page: Page, headline: str) -> tuple[set[Element], set[Element]]:
    """The elements around the headline and the main part, and the other articles with a headline of their own."""
    h1s = page.tree.tagged("h1")
    words = _bare(headline)
    heads = [h1 for h1 in h1s if words and _bare(text_of(h1)) == words] or h1s[:1]
    own = {around for head in heads for around in head.iterancestors()}
    articles = {around for h1 in h1s for around in h1.iterancestors("article")}
    others = articles - own if any(around.tag == "article" for around in own) else set()
    return own | {a for main in page.tree.tagged("main") for a in (main, *main.iterancestors())}, others


def _hint(element: Element, page: Page) -> int:
    """2 where an element's own markup says that it is never the story, 1 where it rarely is, else 0."""
    tag = element.tag
    hint = 2 if tag == "footer" else 1 if tag in _HINT_TAGS else 0
    if tag not in _PLAIN_TAGS:
        if classes := element.get("class"):
            hint = max(hint, _named[classes])
        if name := element.get("id"):
            hint = max(hint, _named[name])
        if hint < 2:
            if element.get("role") in _NEVER_ROLES:
                return 2
            if element.get("aria-hidden") == "true":
                hint = 1
    if hint == 1 and tag in _SHOWING and element in page.tree.around("blockquote"):
        return 0  # a quotation, or another's words that the story shows
    return hint


def _hint_of(names: str) -> int:
    words = _CAMEL.sub("-", _ABOUT_ANOTHER.sub("", names)).lower()
    return 2 if _NEVER.search(words) else 1 if _RARELY.search(words) else 0


_named: Remembered[str, int] = Remembered(_hint_of)


def _weight(block: Block) -> int:
    """What a paragraph says for a story: above 0 a sentence, below 0 links and labels."""
    text, size = block.text, len(block.text.encode())
    if block.linked >= 0.6 * len(text):
        said = len(text) - block.linked >= 8 and _SENTENCE_END.search(text)
        return 0 if said else -min(size, _AGAINST)
    if block.tag in _HEADINGS or text.startswith(("http:", "https:")):
        return 0
    if size > 200 or (size > _PROSE and _SENTENCE_END.search(text)):
        return size
    if block.tag in _PARAGRAPHS:
        return int(block.tag == "p" and _SENTENCE_END.search(text) is not None)
    if size >= 50:
        return 0
    return int(not block.linked and _SENTENCE.fullmatch(text) is not None) or -size


def _foreign(found: Sequence[Block], weights: Sequence[int]) -> set[Element]:
    """Hinted elements that are not the story: those that hold little of the prose, with all of the same class."""
    # Paragraphs in one place share their marks, of which there may be many.
    places = {id(block.marks): block.marks for block in found}
    weighed: dict[int, int] = defaultdict(int)
    for block, weight in zip(found, weights, strict=True):
        weighed[id(block.marks)] += max(weight, 0)
    within: dict[Element, int] = defaultdict(int)
    for place, marks in places.items():
        for mark in marks:
            within[mark] += weighed[place]
    named = {mark: (mark.tag, mark.get("class")) for mark in within}
    held: dict[tuple[str, str | None], int] = defaultdict(int)
    for mark, weight in within.items():
        held[named[mark]] += weight
    much = _MUCH * sum(weight for weight in weights if weight > 0)
    return {mark for mark, name in named.items() if held[name] <= much}


def _without_cards(found: Sequence[Block], weights: Sequence[int], headline: str) -> list[int]:
    """The weights, where a paragraph that only explains a linked title counts against the story."""
    title = headline.casefold()
    cards = set()
    for block in found:
        if not 20 < len(block.text) < 2.5 * block.linked or title.startswith(block.text[:40].casefold()):
            continue
        if block.tag in _HEADINGS:
            cards.update(_around(block))
        elif block.linked >= 0.95 * len(block.text):
            cards.update((block.element, *_around(block)[:1]))
    prose: dict[Element, int] = defaultdict(int)
    for block, weight in zip(found, weights, strict=True):
        if weight > 0:
            for around in _around(block):
                prose[around] += 1
    return [
        -w if w > 0 and any(around in cards and prose[around] < 3 for around in _around(b)) else w
        for b, w in zip(found, weights, strict=True)
    ]


def _around(block: Block) -> list[Element]:
    parent = block.element.getparent()
    return [e for e in (parent, None if parent is None else parent.getparent()) if e is not None]


def _prose(weighed: Iterable[tuple[Block, int]]) -> int:
    return sum(weight for _, weight in weighed if weight > 0)


def _densest(weighed: Sequence[tuple[Block, int]], *, labels: bool = True) -> list[tuple[Block, int]]:
    """What stands in the innermost element of nearly the greatest weight, and the lead above it.

    Without ``labels``, of what weighs against a story only links count.
    """
    sums: dict[Element, int] = defaultdict(int)
    for block, weight in weighed:
        if weight > 0 or (weight and (labels or block.linked)):
            for element in (block.element, *block.element.iterancestors()):
                sums[element] += weight
    most = max(sums.values(), default=0)
    if most <= 0:
        return []
    wide = _innermost(e for e, weight in sums.items() if weight == most)
    best = _innermost(e for e, weight in sums.items() if weight >= _NEARLY_ALL * most)
    inside, near = set(best.iter()), set(wide.iter())
    numbers = [n for n, (block, _) in enumerate(weighed) if block.element in inside]
    lead = [(b, w) for b, w in weighed[: numbers[0]] if w >= _PROSE and b.tag == "p" and b.element in near]
    return lead + [weighed[n] for n in numbers]


def _innermost(elements: Iterable[Element]) -> Element:
    return max(elements, key=lambda element: sum(1 for _ in element.iterancestors()))


def _below_headline(
    found: Sequence[Block], story: Sequence[tuple[Block, int]], headline: str
) -> list[tuple[Block, int]]:
    """The story without what stands above its headline."""
    words = _bare(headline)
    weights = {id(block): weight for block, weight in story if weight > 0}
    allowed = _ABOVE * sum(weights.values())
    above, head = 0, -1
    for number, block in enumerate(found):
        if block.tag == "h1" or (words and len(block.text) < 2 * len(headline) and _bare(block.text) == words):
            head = number
        above += weights.get(id(block), 0)
        if above > allowed:
            break
    before = {id(block) for block in found[: head + 1]}
    return [(block, weight) for block, weight in story if id(block) not in before]


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _without_captions(found: Sequence[Block], story: Sequence[tuple[Block, int]]) -> list[tuple[Block, int]]:
    """The story without short texts that share a box with a picture and with little else."""
    held: dict[Element, int] = defaultdict(int)  # at least, since boxes deeper down are not looked up to here
    for block in found:
        for box in _boxes(block):
            held[box] += len(block.text)

    def look(box: Element) -> tuple[int, bool]:
        """How much text a box has, and whether a picture."""
        return len(text_of(box)), next(box.iter("img", "picture", "amp-img"), None) is not None

    shown = Once(look)

    def is_beside(box: Element, most: float) -> bool:
        return held[box] < most and shown[box][0] < most and shown[box][1]

    return [
        (block, weight)
        for block, weight in story
        if weight > 300
        or block.tag in _NOT_CAPTIONS
        or not any(is_beside(box, 1.5 * len(block.text) + 40) for box in _boxes(block))
    ]


def _boxes(block: Block) -> list[Element]:
    """What may hold a paragraph together with its picture, innermost first."""
    around = [] if block.tag == "p" else [block.element]
    for box in block.element.iterancestors():
        if len(around) == 3 or box.tag in _NO_BOXES:
            break
        around.append(box)
    return around


def _trimmed(story: Sequence[tuple[Block, int]], authors: Sequence[str]) -> list[Block]:
    """The story from its first sentence to its last, less links, labels and boilerplate."""
    first = next((n for n, (block, weight) in enumerate(story) if _begins(block, weight)), len(story))
    prose = [(block.tag in _PARAGRAPHS, weight) for block, weight in story if weight > 0]
    # Where paragraphs are marked up as such, a line that is not is a label.
    tidy = sum(weight for marked, weight in prose if marked) > 0.8 * sum(weight for _, weight in prose)
    kept: list[Block] = []
    said = set()
    for block, weight in story[first:]:
        if weight < -50 or (weight < 0 and (block.linked or tidy)):
            if block.is_links and kept and kept[-1].tag in _HEADINGS:
                kept.pop()  # it was the links' heading
        elif not (block.text in said or _leads_elsewhere(block) or _is_boilerplate(block.text)):
            kept.append(block)
            if len(block.text) > 40:
                said.add(block.text)
    while kept and _is_no_end(kept[-1]):
        kept.pop()
    tail = len(kept) - 4
    return [b for n, b in enumerate(kept) if n < tail or not any(a in b.text[: len(a) + 3] for a in authors)]


def _begins(block: Block, weight: int) -> bool:
    """Whether a story may begin with it: a sentence, or what is as long and only lacks its full stop."""
    long = weight == 0 and block.tag in ("p", "div") and not block.linked and len(block.text.encode()) >= 100
    return weight > 0 or long


def _leads_elsewhere(block: Block) -> bool:
    """Whether it is a label and a link: "Read more: Another story"."""
    label = _LABEL.match(block.text) if 20 < block.linked > 0.4 * len(block.text) else None
    return label is not None and abs(len(block.text) - label.end() - block.linked) < 4


def _is_boilerplate(text: str) -> bool:
    if len(text) > 400:
        return False
    if _WORDING.fullmatch(text):
        return True
    lower = text.lower()
    return any(word in lower and pattern.fullmatch(text) for word, pattern in _WORDING_BY_WORD.items())


def _is_no_end(block: Block) -> bool:
    if block.tag in ("p", "li", "tr", "blockquote"):
        return block.tag == "li" and block.linked > 0.3 * len(block.text)
    return _weight(block) <= 0
