"""What an element's own markup hints at: the story, or something beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from newscrawl.bounded import Remembered
from newscrawl.extract import boilerplate
from newscrawl.extract.blocks import NEVER, NOTHING, RARELY, SELDOM, Block, Hint
from newscrawl.extract.class_words import naming, words_about_itself
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, is_hidden_by, text_of
from newscrawl.extract.page import LONGEST_TITLE, Page
from newscrawl.text.words import WORD, key_of

#: A hint, and by what an element hints: a word, or its tag and class.
Reason = tuple[Hint, tuple[str, str]]

#: Share of the page's prose up to which a hint counts. What holds more is named so for the page's looks.
MUCH = 0.4
#: Signs between words from which an id is an anchor, made of a heading: it tells of the text, not of the element.
WORDS_OF_ANCHOR = 3
#: Headings of the top level that are compared with a headline, and words that one shares with it which is its own.
MOST_TOPS, SHARED_WORDS = 50, 3

_HINT_OF_TAG = {
    **dict.fromkeys("header time figure form label article".split(), SELDOM),
    "aside": RARELY,
    "footer": NEVER,
}
_SHOWING_TAGS = frozenset({"figure", "div"})
_PLAIN_TAGS = frozenset("body article main h1 h2 h3 h4".split())  # their classes tell of the page or of the theme
_NEVER_ROLES = frozenset({"navigation", "complementary", "dialog"})

_OTHERS_PROSE = naming(boilerplate.OTHERS_PROSE)
_NAMED = {NEVER: boilerplate.NEVER, RARELY: boilerplate.RARELY, SELDOM: boilerplate.SELDOM}
_NAMED_ANY = naming("|".join(_NAMED.values()))
_NAMED_BY_HINT = [(hint, naming(words)) for hint, words in _NAMED.items()]


class Frame:
    """What stands around a page's headline, and what an element hints at, seen from there.

    What is around the headline or the main part hints at nothing; another article with a headline of its own is never
    the story.
    """

    def __init__(self, page: Page, headline: str):
        self._page = page
        heads, is_certain = _own_headings(page, headline)
        mains = page.tree.tagged("main")
        #: The elements around the headline, innermost first.
        self.around = list(dict.fromkeys(around for head in heads for around in head.iterancestors()))
        frame = {*self.around, *(around for main in mains for around in (main, *main.iterancestors()))}
        others: set[Element] = set()
        if is_certain and any(around.tag == "article" for around in self.around):
            articles = (article for top in page.tree.tagged("h1") for article in top.iterancestors("article"))
            others = set(articles).difference(self.around)
        seen = {element: NEVER if is_hidden(element) else NOTHING for element in frame}
        self._told = dict.fromkeys(others, NEVER) | seen

    def hint(self, element: Element) -> Hint:
        """What an element hints at, seen from the headline."""
        told = self._told.get(element)
        if told is None:
            told = self._told[element] = hint_of(element, self._page)
        return told

    @property
    def homes(self) -> list[list[Element]]:
        """What the story may stand in by its markup, the likeliest first: ``articleBody``, ``article``, ``main``."""
        bodies = self._page.tree.select("[itemprop=articleBody]")
        marked = (around for around in self.around if around.tag in ("article", "main"))
        single = dict.fromkeys([*marked, *self._page.tree.tagged("main")])
        return [*([bodies] if bodies else ()), *([home] for home in single)]


def _own_headings(page: Page, headline: str) -> tuple[list[Element], bool]:
    """The top headings that say the headline, and whether any does; else the one that shares most words with it."""
    tops = page.tree.tagged("h1")
    key = key_of(headline)
    if said := [top for top in tops if key and key_of(text_of(top)) == key]:
        return said, True
    words = set(WORD.findall(f"{headline} {page.title[:LONGEST_TITLE]}".casefold()))
    shared = [len(words.intersection(WORD.findall(text_of(top).casefold()))) for top in tops[:MOST_TOPS]]
    most = max(shared, default=0)
    return (tops[shared.index(most) :][:1] if tops else []), most >= SHARED_WORDS


def hint_of(element: Element, page: Page) -> Hint:
    """What an element's own markup says against its being the story; of one that is hidden, that it never is."""
    tag = element.tag
    hint = _HINT_OF_TAG.get(tag, NOTHING)
    if attributes := element.keys():
        if is_hidden_by(attributes, element):
            return NEVER
        if tag not in _PLAIN_TAGS and (by_attributes := _hint_of_attributes(attributes, element)) > hint:
            hint = by_attributes
    if not hint or hint is NEVER or tag not in _SHOWING_TAGS:
        return hint
    return NOTHING if _shows_text(element, page) else hint


def _shows_text(element: Element, page: Page) -> bool:
    """Whether a figure or a box shows no picture, but another's words, or a figure a table."""
    around = page.tree.around
    return element in around("blockquote") or (element.tag == "figure" and element in around("table"))


def elements_beside_story(
    found: Sequence[Block], weights: Sequence[int], hints: Mapping[Element, Hint]
) -> set[Element]:
    """Hinted elements that are not the story: those that hold little of the prose, with all of the same reason.

    Names that tell of layout, too, must hold little of it together: page builders give each paragraph one of its own.
    """
    places = _prose_by_marks(found, weights)
    reasons = {mark: (hint, _reason_of(mark)) for mark, hint in hints.items()}
    of_place = {marks: {reasons[mark] for mark in marks} for marks in places}
    held: dict[Reason, int] = defaultdict(int)
    for marks, prose in places.items():
        for reason in of_place[marks]:
            held[reason] += prose
    everything = sum(places.values())
    foreign = {reason for reason, prose in held.items() if prose <= MUCH * everything}
    weak = {reason for reason in foreign if reason[0] == SELDOM}
    strong = foreign - weak
    by_looks = sum(
        prose
        for marks, prose in places.items()
        if strong.isdisjoint(of_place[marks]) and not weak.isdisjoint(of_place[marks])
    )
    if by_looks > MUCH * everything:
        foreign = strong
    return {mark for mark, reason in reasons.items() if reason in foreign}


def _prose_by_marks(found: Sequence[Block], weights: Sequence[int]) -> dict[tuple[Element, ...], int]:
    """How much prose stands in each place, by the hinted elements around it."""
    # Paragraphs in one place share their marks, of which there may be many.
    places = {id(block.marks): block.marks for block in found}
    held: dict[int, int] = defaultdict(int)
    for block, weight in zip(found, weights, strict=True):
        held[id(block.marks)] += max(weight, 0)
    joined: dict[tuple[Element, ...], int] = defaultdict(int)
    for place, marks in places.items():
        joined[marks] += held[place]
    return joined


def _reason_of(element: Element) -> tuple[str, str]:
    """By what an element hints at something: the word of its class or id, else its tag and whole class."""
    for names in (element.get("class"), element.get("id")):
        if names and (word := _told_by_names[names][1]):
            return "", word
    return element.tag, element.get("class") or ""


def _hint_of_attributes(attributes: Container[str], element: Element) -> Hint:
    hint = _told_by_names[element.get("class")][0] if "class" in attributes else NOTHING
    if "id" in attributes and (by_id := _hint_of_id[element.get("id")]) > hint:
        hint = by_id
    if "role" in attributes and element.get("role") in _NEVER_ROLES:
        return NEVER
    return max(hint, RARELY) if "aria-hidden" in attributes and element.get("aria-hidden") == "true" else hint


def _read_names(names: str) -> tuple[Hint, str]:
    """What a class or an id hints at, and by which word."""
    words = words_about_itself(names)
    if _NAMED_ANY.search(words):  # one search in place of three: most have none
        for hint, named in _NAMED_BY_HINT:
            if word := named.search(words):
                return hint, word[0]
    return NOTHING, ""


def _read_id(name: str) -> Hint:
    return NOTHING if name.count("-") + name.count("_") >= WORDS_OF_ANCHOR else _told_by_names[name][0]


def holds_others_prose(element: Element) -> bool:
    """Whether an element is named for what readers or lawyers wrote."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return names != " " and _others_prose[names]


#: What a class or an id tells; the same come on page after page.
_told_by_names: Remembered[str, tuple[Hint, str]] = Remembered(_read_names)
_hint_of_id: Remembered[str, Hint] = Remembered(_read_id)
_others_prose: Remembered[str, bool] = Remembered(
    lambda names: _OTHERS_PROSE.search(words_about_itself(names)) is not None
)
