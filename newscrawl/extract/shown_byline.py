"""Bylines that a page shows, wherever its markup has them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from weakref import proxy

from newscrawl.extract.byline_labels import is_label
from newscrawl.extract.byline_reading import MOST_PIECES_READ, NOBODY, Found, bare_bylines, gathered, told_bylines
from newscrawl.extract.contributors import names_in
from newscrawl.extract.css import Element, Tree
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.headline import heading
from newscrawl.extract.names_of_people import Kind
from newscrawl.extract.notes import notes
from newscrawl.extract.page import Page
from newscrawl.extract.texts_near_headline import (
    AUTHOR,
    CLASS,
    FEWEST_WORDS_OF_STORY,
    HEADINGS,
    LONGEST_BESIDE,
    LONGEST_BYLINE,
    NOTHING,
    WHOLE,
    is_others,
    is_small,
    strength,
    texts_in,
    texts_near,
)
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

MOST_BYLINES = 30  # elements looked at for each rule; a list of authors is no byline
MOST_BOXES = 3  # around a byline that may be those of another story's card
LONGEST_CARD = 600  # characters of such a card

#: Where pages show a byline far from the headline, best first.
BYLINE_RULES = (
    "[itemprop=author]",
    "[rel~=author]",
    "[class*=byline]",
    "[class*=Byline]",
    "[class*=author]",
    "[class*=Author]",
)
#: What a line begins with that tells who wrote the story far from the headline.
FAR_LABELS = (
    "written by", "posted by", "article by", "by:", "by ", "author:", "published by", "verfasst von",
    "geschrieben von", "autor:", "écrit par", "rédigé par", "publié par", "escrito por", "publicado por",
    "scritto da", "a cura di", "geschreven door", "автор", "作者",
)  # fmt: skip
_BESIDE = frozenset(("nav", "aside", "li"))
_NO_BYLINES = frozenset(("figure", "form"))
_FAR_BEGINNINGS = tuple(label.strip() for label in FAR_LABELS)
#: Words of which each of these labels has one: few are looked for in all of a page's text.
_FAR_WORDS = (
    "by",
    "author:",
    "autor:",
    "von",
    "par",
    "por",
    "scritto da",
    "a cura di",
    "geschreven door",
    "автор",
    "作者",
)


def shown_byline(page: Page, own: set[str]) -> Found:
    """The best of the bylines that a page shows: near the headline before elsewhere, a person before all others.

    ``own`` are the keys of the site's names, which count where nobody else is told. Those in ``contributors`` only
    helped: of them none is named here.
    """
    best = _best_shown(page, own)
    if not best.helper:
        return best
    helpers = {key_of(name) for note in page.once(notes) if not note.correction for name in names_in(note.text)}
    names = tuple(name for name in best.names if key_of(name) not in helpers)
    return best._replace(names=names) if names else NOBODY


def _best_shown(page: Page, own: set[str]) -> Found:
    top = heading(page)
    pieces = [] if top is None else texts_near(top)
    best = _best(told_bylines(pieces, own), NOBODY)
    if best.sure and not best.helper:
        return best
    if top is not None:
        told = own | {key_of(text) for text in (page.url, page.title, line_of(top, LONGEST_BESIDE))}
        best = _best(bare_bylines(pieces, told), best)
    return _best(_far_bylines(page, top, own), best)


def _best(bylines: Iterator[Found], best: Found) -> Found:
    """The first that names a person, else the best of some bylines."""
    if _is_person(best):
        return best
    for found in bylines:
        if _is_person(found):
            return found
        if not best.names or (not found.helper, found.kind) > (not best.helper, best.kind):
            best = found
    return best


def _is_person(found: Found) -> bool:
    return found.kind == Kind.PERSON and not found.helper


def _far_bylines(page: Page, top: Element | None, own: set[str]) -> Iterator[Found]:
    """The bylines that markup or a label tells wherever they stand."""
    story = _Story(page, top)
    for rule in BYLINE_RULES:
        for element in page.tree.select(rule)[:MOST_BYLINES]:
            says = NOTHING if element.tag in WHOLE else strength(element)
            if says >= CLASS and story.has(element, beside=says == AUTHOR):
                pieces = [piece for piece in texts_in(element, MOST_PIECES_READ) if piece.mark is not None]
                found = gathered(pieces, own, labelled=False)
                if found.names:
                    yield found._replace(rule=rule, sure=found.sure and says == AUTHOR)
    for element in page.tree.saying(_FAR_WORDS, _begins_byline)[:MOST_BYLINES]:
        box = element.getparent() if is_label(clean(element.text or "")) and len(element) == 0 else element
        if box is not None and story.has(element, beside=False) and is_small(box, LONGEST_BYLINE):
            found = gathered(texts_in(box, MOST_PIECES_READ), own, labelled=True)
            if found.kind == Kind.PERSON and found.names:
                yield found._replace(sure=False)


def _begins_byline(text: str) -> bool:
    if len(text) > LONGEST_BYLINE or not clean(text).casefold().startswith(_FAR_BEGINNINGS):
        return False
    text = text.lower()
    return any(label in text for label in FAR_LABELS)


class _Story:
    """Tells whether an element far from the headline is the story's."""

    def __init__(self, page: Page, top: Element | None):
        ancestors = [] if top is None else list(top.iterancestors())
        self._tree: Tree = proxy(page.tree)  # which keeps this: without a cycle it is freed at once
        self._top = top
        self._around = set(ancestors)
        self._main = next((element for element in ancestors if element.tag == "main"), None)
        self._article = next((element for element in ancestors if element.tag == "article"), None)
        if self._article is None and top is not None and (articles := page.tree.tagged("article")):
            self._article = next(iter(articles[page.tree.behind(top, articles) :]), None)

    def has(self, element: Element, *, beside: bool) -> bool:
        """Whether an element is the story's; ``beside``: also in an aside, a navigation or a list of its article."""
        if self._tree.within(element, self._is_elsewhere) or _is_in_card(element, self._around):
            return False
        if self._tree.within(element, _is_beside) and not (beside and self._is_in_article(element)):
            return False
        return self._main is None or element is self._main or self._main in element.iterancestors("main")

    def _is_elsewhere(self, element: Element) -> bool:
        if element in self._around:
            return False
        if element.tag == "article":
            return self._top is not None and element is not self._article and not _is_authors(element)
        if element.tag == "header" and self._main is not None:
            return False
        if element.tag in ("footer", "header"):
            return self._top is not None and not self._is_in_article(element)
        return element.tag in _NO_BYLINES or is_hidden(element) or is_others(element)

    def _is_in_article(self, element: Element) -> bool:
        return self._article is not None and next(element.iterancestors("article"), None) is self._article


def _is_beside(element: Element) -> bool:
    return element.tag in _BESIDE


def _is_authors(article: Element) -> bool:
    """Whether an ``article`` stands in what says that it is a byline: it is about the author."""
    return any(strength(outer) >= CLASS for outer in islice(article.iterancestors(), MOST_BOXES))


def _is_in_card(element: Element, around: set[Element]) -> bool:
    """Whether a linked title stands in a box around an element, before it or as a heading: another story's."""
    box = element.getparent()
    for _ in range(MOST_BOXES):
        if box is None or box in around or box.tag in WHOLE or not is_small(box, LONGEST_CARD):
            return False
        before = True
        for link in box.iter("a"):
            outer = set(link.iterancestors())
            before = before and link is not element and element not in outer
            is_title = before or any(one.tag in HEADINGS for one in outer)
            if is_title and _may_be_title(link):
                return True
        box = box.getparent()
    return False


def _may_be_title(link: Element) -> bool:
    return len("".join(link.itertext()).split()) >= FEWEST_WORDS_OF_STORY and not strength(link)
