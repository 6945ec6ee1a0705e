"""The story on a page of any site: where the page's prose stands, and which of it is the story.

1. The page's paragraphs, each with the elements around it whose tag or class hints at something other than a story
   (:mod:`newscrawl.extract.hints`).
2. Each paragraph weighs what it says for a story: a sentence its length, links something against it
   (:mod:`newscrawl.extract.weights`).
3. Hints count, except where they are about the page's frame or about much of its prose.
4. The story stands in the innermost element that holds nearly as much weight as any element does.
5. In it, what is above the headline, cards of other stories, links, captions and boilerplate wording go
   (:mod:`newscrawl.extract.trimming`).
6. All that speaks against a text is a vote. Where votes leave nothing of a page's prose, or much less than the page
   has without them, they are set aside, the weakest first: see :data:`LOOKS`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, takewhile
from typing import NamedTuple

from newscrawl.extract.blocks import NOT_TEXT, Block, Hint, blocks
from newscrawl.extract.cards import without_cards
from newscrawl.extract.css import Element
from newscrawl.extract.density import NEARLY_ALL, densest, innermost, inside
from newscrawl.extract.elements import is_hidden
from newscrawl.extract.hints import MUCH, Frame, elements_beside_story, holds_others_prose
from newscrawl.extract.page import Page
from newscrawl.extract.trimming import LONG_LEAD, below_headline, headline_among, trimmed, without_captions
from newscrawl.extract.weights import ENOUGH, MOSTLY_LINKED, PROSE, Weighed, prose_of, weight_of
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.words import key_of

#: Share of the page's prose that the story has at least, or it is looked for again: labels between paragraphs
#: outweighed these. So they did where what was found is too short for a story: of a premium story's free opening, say.
HALF = 0.5
#: Paragraphs that are certainly prose, and their bytes, that make a story of a page that does not say it is one.
#: Error pages, consent and subscription prompts have less.
CERTAIN_PARAGRAPHS, CERTAIN_PROSE = 3, 5 * ENOUGH
#: How many paragraphs above a story its date stands, and within how many characters: more are prose that names a date.
DATE_ABOVE, DATE_LINE = 3, 120

#: Bytes of the shortest story that has its home, two sentences; and how many times as much prose the page may have,
#: and may have in elements that hint at something else.
BRIEF, PLAIN_BESIDE_HOME, HINTED_BESIDE_HOME = 120, 4, 5
#: How many times as much prose a page must have without some votes for these to be set aside, where it has some with
#: them. A short story may stand beside long boxes, and beside many teasers.
MUCH_MORE, VERY_MUCH_MORE, SHORT_STORY = 2, 5, 1000
#: Paragraphs below linked titles up to which they may be the story.
FEW_TEASERS = 4
#: Paragraphs that are certainly prose, and their bytes, for which what is never the story is believed to be one.
SOME_PARAGRAPHS, SOME_PROSE = 3, 300
#: Points of a story in a list above it that have no full stop, bytes of the shortest one, and of each on average.
FEWEST_POINTS, SHORTEST_POINT, POINT = 2, 20, 80

_LEAD_TAGS = frozenset("p div h2 h3 li".split())
_NOT_STORY_TEXT = NOT_TEXT - {"form", "label"}  # some publishing systems wrap a whole page in a form
#: Elements of another purpose, in which a story stands where its page is nested badly.
_OF_ANOTHER_PURPOSE = frozenset("button nav dialog select option".split())
#: Elements of notices on copyright and consent.
_WITH_NOTICES = frozenset({"footer", "dialog"})
_NUMERIC_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Look:
    """Which votes count when a page is looked at."""

    #: The rule that a body has which is found so.
    rule: str
    #: Whether titles that are links, and pictures, make teasers and captions of the short texts beside them.
    cards: bool = True
    #: Whether hints count that are about what most of the prose stands in.
    frame: bool = True
    #: Whether what is never the story is left unread.
    never: bool = True


#: How a page is looked at: each time with fewer votes, the weakest set aside first.
LOOKS = (
    Look("prose"),
    Look("prose, with teasers", cards=False),
    Look("prose, whatever its class", frame=False),
    Look("prose, whatever its element", frame=False, never=False),
)


class Story(NamedTuple):
    """A story's paragraphs, and whether it is one even if its page does not say so.

    It is where it has many sentences in several paragraphs, or where a date stands close above it: subscription
    prompts and error pages have neither. ``rule`` tells which votes were set aside.
    """

    blocks: list[Block]
    certain: bool
    rule: str = LOOKS[0].rule


_NO_STORY = Story([], certain=False)


class Told(NamedTuple):
    """What a page tells of its story in other places than the body."""

    headline: str
    authors: Sequence[str] = ()
    description: str = ""
    #: Whether the page calls itself an article: only then are votes set aside.
    is_article: bool = False


def find_story(page: Page, told: Told, drop: Container[Element] = ()) -> Story:
    """The story on a page; without paragraphs where there is no prose. ``drop`` is left out."""
    body = page.root.find("body")
    if body is None:
        return _NO_STORY
    frame = Frame(page, told.headline)
    found = blocks(body, drop, hint=frame.hint, not_text=_NOT_STORY_TEXT)
    reading = _Reading(found, frame.hint, frame, told)
    story, had = reading.story(LOOKS[0])
    for look in LOOKS[1:]:
        if had and not told.is_article:
            break
        least = (MUCH_MORE if had < SHORT_STORY else VERY_MUCH_MORE) * had
        if not look.never and had < SHORT_STORY:
            reading = _unread(body, drop, frame, told)
        if least >= reading.prose or not (look.cards or reading.has_few_teasers):
            continue
        again, has = reading.story(look)
        if has > least and (told.is_article or again.certain) and (look.never or _is_plainly_prose(again)):
            story, had = again, has
    return story


def _is_plainly_prose(story: Story) -> bool:
    """Whether a text is a story though it stands in what never is one. Footers and dialogs have long notices."""
    around = story.blocks[0].element.iterancestors()
    if any(one.tag in _WITH_NOTICES or one.get("role") == "dialog" for one in around):
        return story.certain
    return _have_paragraphs(map(weight_of, story.blocks), SOME_PARAGRAPHS, SOME_PROSE)


def _have_paragraphs(weights: Iterable[int], count: int, size: int) -> bool:
    """Whether a story of such weights has so many paragraphs that are certainly prose, of so many bytes together."""
    certain = [weight for weight in weights if weight >= PROSE]
    return len(certain) >= count and sum(certain) >= size


def _unread(body: Element, drop: Container[Element], frame: Frame, told: Told) -> _Reading:
    """The page with what was never read of it, as what is rarely the story."""

    def weaker(element: Element) -> Hint:
        if is_hidden(element):
            return Hint.NEVER
        if element.tag in _OF_ANOTHER_PURPOSE:
            return Hint.RARELY
        hint = frame.hint(element)
        return hint if hint < Hint.NEVER or holds_others_prose(element) else Hint.RARELY

    found = blocks(body, drop, hint=weaker, not_text=_NOT_STORY_TEXT - _OF_ANOTHER_PURPOSE)
    return _Reading(found, weaker, frame, told)


class _Reading:
    """The paragraphs of a page, and what each of them weighs."""

    def __init__(self, found: list[Block], hint: Callable[[Element], Hint], frame: Frame, told: Told):
        self.found, self.frame, self.told = found, frame, told
        self.weights = [weight_of(block) for block in found]
        self.prose = prose_of(self.weights)
        self.headline = headline_among(found, told.headline)
        marked = chain.from_iterable({block.marks for block in found})
        self.hints = {mark: hint(mark) for mark in dict.fromkeys(marked)}

    @cached_property
    def without_cards(self) -> list[int]:
        """The weights, with teasers of other stories against the story."""
        return without_cards(self.found, self.weights, self.told.headline)

    @property
    def has_few_teasers(self) -> bool:
        """Whether what linked titles make teasers of may be a story: a list has many."""
        pairs = zip(self.weights, self.without_cards, strict=True)
        return sum(1 for before, after in pairs if before > after) <= FEW_TEASERS

    def story(self, look: Look) -> tuple[Story, int]:
        """The story at one look, and the bytes of prose that it has."""
        if self.prose < ENOUGH:
            return _NO_STORY, 0
        around = below_headline(self.found, self._where_prose_is(look), self.headline)
        kept = trimmed(without_captions(self.found, around) if look.cards else around, self.told.authors)
        of_each = {id(block): weight for block, weight in zip(self.found, self.weights, strict=True)}
        weights = [of_each[id(block)] for block in kept]
        has = prose_of(weights)
        if has < ENOUGH:
            return _NO_STORY, 0
        certain = _have_paragraphs(weights, CERTAIN_PARAGRAPHS, CERTAIN_PROSE) or self._is_below_date(kept[0])
        return Story(kept, certain, look.rule), has

    def _is_below_date(self, first: Block) -> bool:
        """Whether a date stands close above a story's first paragraph."""
        start = next(n for n, block in enumerate(self.found) if block is first)
        above = self.found[max(0, start - DATE_ABOVE) : start]
        return any(len(block.text) < DATE_LINE and _NUMERIC_DATE.search(block.text) for block in above)

    def _where_prose_is(self, look: Look) -> list[Weighed]:
        """The paragraphs where most of the page's prose stands, less hinted elements, cards weighing against it."""
        home = self._home
        foreign = elements_beside_story(self.found, self.weights, self.hints)
        if home:
            foreign.update(mark for mark in self.hints if mark.tag == "aside")  # of any length
        if not look.frame:
            foreign.difference_update(self._frame(home))
        weights = self.without_cards if look.cards else self.weights
        pairs = zip(self.found, weights, strict=True)
        plain = [Weighed(block, weight) for block, weight in pairs if foreign.isdisjoint(block.marks)]
        within = [one for one in plain if home(one.block.element)] if home else plain
        story = densest(within)
        if _prose_in(story) < max(ENOUGH, HALF * _prose_in(within)):
            story = densest(within, labels=False)
        if not story:
            return []
        tables = _tables_behind(story, within) if home else []
        return [*self._leads(plain, within, story), *_without_dek(story, self.told), *tables]

    def _leads(self, plain: Sequence[Weighed], within: Sequence[Weighed], story: Sequence[Weighed]) -> list[Weighed]:
        """What of the story stands above its element: paragraphs near it, and sentences below the headline.

        The page's description is not: it is a field of its own.
        """
        above = list(takewhile(lambda one: one.block is not story[0].block, plain))
        top = max((n for n, one in enumerate(above) if id(one.block) in self.headline), default=len(above))
        between = [one.block for one in above[top + 1 :]]
        lists = _lists_of_points(between)
        below = {id(block) for block in between if _is_lead(block) or _is_point(block, lists)}
        unended = [block for block in between if _lacks_stop(block)]
        if len(unended) == 1:
            below.add(id(unended[0]))
        paragraphs = [one for one in above if one.weight >= PROSE and one.block.tag == "p"]
        if paragraphs and (element := innermost(within, 1)) is not None:
            is_near = inside(element)
            below.update(id(one.block) for one in paragraphs if is_near(one.block.element))
        if not below:
            return []
        dek = key_of(self.told.description)
        leads = (one.block for one in above if id(one.block) in below)
        return [Weighed(block, len(block.text)) for block in leads if key_of(block.text) != dek]

    def _frame(self, home: Callable[[Element], bool] | None) -> list[Element]:
        """What most of the page's prose stands in, whatever hints at something else."""
        pairs = map(Weighed, self.found, self.weights)
        prose = [one for one in pairs if one.weight > 0 and (home is None or home(one.block.element))]
        element = innermost(prose, NEARLY_ALL)
        return [] if element is None else [element, *element.iterancestors()]

    @cached_property
    def _home(self) -> Callable[[Element], bool] | None:
        """Tells what stands in the innermost of the story's homes that has a sentence or two.

        There is none where much more is beside it: then the markup is about something else.
        """
        rare = {mark for mark, hint in self.hints.items() if hint >= Hint.RARELY}
        prose = [(block, weight) for block, weight in zip(self.found, self.weights, strict=True) if weight > 0]
        plain = [(block.element, weight) for block, weight in prose if rare.isdisjoint(block.marks)]
        hinted = self.prose - sum(weight for _, weight in plain)
        everything = sum(weight for _, weight in plain)
        if everything < BRIEF or hinted > HINTED_BESIDE_HOME * everything:
            return None
        for home in self.frame.homes:
            is_inside = inside(*home)
            held = sum(weight for element, weight in plain if is_inside(element))
            if held >= BRIEF and everything <= PLAIN_BESIDE_HOME * held and hinted <= HINTED_BESIDE_HOME * held:
                return is_inside
        return self._unmarked_home(plain, NEARLY_ALL * everything) if hinted > MUCH * (everything + hinted) else None

    def _unmarked_home(self, plain: Iterable[tuple[Element, int]], least: float) -> Callable[[Element], bool] | None:
        """The same of the innermost that is around the headline and the most of what hints at nothing else."""
        held = dict.fromkeys(self.frame.around, 0)
        for element, weight in plain:
            for around in element.iterancestors():
                if around in held:
                    held[around] += weight
        home = next((around for around in self.frame.around if held[around] >= least), None)
        return None if home is None else inside(home)


def _prose_in(weighed: Iterable[Weighed]) -> int:
    return prose_of(weight for _, weight in weighed)


def _tables_behind(story: Sequence[Weighed], within: Sequence[Weighed]) -> list[Weighed]:
    """Tables without links that stand in the story's home, behind its element."""
    last = next(n for n, one in enumerate(within) if one.block is story[-1].block)
    return [one for one in within[last + 1 :] if one.block.tag == "tr" and not one.block.linked]


def _without_dek(story: list[Weighed], told: Told) -> list[Weighed]:
    """The story without the page's description above it: what is not in the box of most paragraphs behind it."""
    first = next((n for n, one in enumerate(story) if one.weight > 0), len(story) - 1)
    if not story or key_of(story[first].block.text) != key_of(told.description):
        return story
    rest = Counter(one.block.element.getparent() for one in story[first + 1 :] if one.weight > 0)
    if not rest:
        return story
    box, most = rest.most_common(1)[0]
    is_outside = most >= HALF * rest.total() and story[first].block.element.getparent() is not box
    return [*story[:first], *story[first + 1 :]] if is_outside else story


def _lists_of_points(above: Iterable[Block]) -> set[Element]:
    """The lists among some texts that tell the story's points: a sentence among them, or all of some length."""
    items: dict[Element, list[Block]] = defaultdict(list)
    for block in above:
        if block.tag == "li":
            items[block.element.getparent()].append(block)
    return {parent for parent, found in items.items() if any(map(_is_lead, found)) or _are_points(found)}


def _are_points(items: Sequence[Block]) -> bool:
    """Whether items of a list without full stops are as long as what a story says, and none is a link."""
    sizes = [0 if block.linked else len(block.text.encode()) for block in items]
    return len(sizes) >= FEWEST_POINTS and min(sizes) >= SHORTEST_POINT and sum(sizes) >= len(sizes) * POINT


def _is_point(block: Block, lists: Container[Element]) -> bool:
    """Whether a text is an item of one of some lists."""
    return block.tag == "li" and not block.linked and block.element.getparent() in lists


def _is_lead(block: Block) -> bool:
    if block.tag not in _LEAD_TAGS or block.linked >= MOSTLY_LINKED * len(block.text):
        return False
    return len(block.text.encode()) >= PROSE and ends_sentence(block.text)


def _lacks_stop(block: Block) -> bool:
    """Whether a text is a lead but for its full stop. There is only one of these: several are a list's items."""
    is_long = block.tag == "p" and len(block.text.encode()) >= LONG_LEAD
    return is_long and not block.linked and not ends_sentence(block.text)
