"""Bylines that a page shows, wherever its markup has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.gathering import MOST_PIECES_READ, NOBODY, Found, bare_bylines, gathered, told_bylines
from newscrawl.extract.headline import heading
from newscrawl.extract.labels import is_label
from newscrawl.extract.names_of_people import Kind
from newscrawl.extract.page import Page
from newscrawl.extract.texts_near_headline import (
    AUTHOR,
    CLASS,
    FEWEST_WORDS_OF_STORY,
    LONGEST_BESIDE,
    LONGEST_BYLINE,
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
_ELSEWHERE = frozenset(("nav", "aside", "li", "figure", "form"))
_FAR_BEGINNINGS = tuple(label.strip() for label in FAR_LABELS)


def shown_byline(page: Page, own: set[str]) -> Found:
    """The best of the bylines that a page shows: near the headline before elsewhere, a person before all others.

    ``own`` are the keys of the site's names, which count where nobody else is told.
    """
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
    is_ours = _ours(page, top)
    for rule in BYLINE_RULES:
        for element in page.tree.select(rule)[:MOST_BYLINES]:
            if element.tag not in WHOLE and strength(element) >= CLASS and is_ours(element):
                pieces = [piece for piece in texts_in(element, MOST_PIECES_READ) if piece.mark is not None]
                found = gathered(pieces, own, labelled=False)
                if found.names:
                    yield found._replace(rule=rule, sure=found.sure and strength(element) == AUTHOR)
    for element in page.tree.saying(FAR_LABELS, _begins_byline)[:MOST_BYLINES]:
        box = element.getparent() if is_label(clean(element.text or "")) and len(element) == 0 else element
        if box is not None and is_ours(element) and is_small(box, LONGEST_BYLINE):
            found = gathered(texts_in(box, MOST_PIECES_READ), own, labelled=True)
            if found.kind == Kind.PERSON and found.names:
                yield found._replace(sure=False)


def _begins_byline(text: str) -> bool:
    return len(text) <= LONGEST_BYLINE and clean(text).casefold().startswith(_FAR_BEGINNINGS)


def _ours(page: Page, top: Element | None) -> Callable[[Element], bool]:
    """Tells of an element far from the headline whether it is the story's."""
    ancestors = [] if top is None else list(top.iterancestors())
    around = set(ancestors)
    main = next((element for element in ancestors if element.tag == "main"), None)
    article = next((element for element in ancestors if element.tag == "article"), None)
    if article is None and top is not None:
        articles = page.tree.tagged("article")
        article = next(iter(articles[page.tree.behind(top, articles) :]), None) if articles else None

    def is_elsewhere(element: Element) -> bool:
        if element in around:
            return False
        if element.tag == "article":
            return top is not None and element is not article and not _is_authors(element)
        if element.tag == "header" and main is not None:
            return False
        if element.tag in ("footer", "header"):
            return top is not None and (article is None or next(element.iterancestors("article"), None) is not article)
        return element.tag in _ELSEWHERE or is_hidden(element) or is_others(element)

    def is_main(element: Element) -> bool:
        return element is main

    def is_ours(element: Element) -> bool:
        if page.tree.within(element, is_elsewhere) or _is_in_card(element, around):
            return False
        return main is None or page.tree.within(element, is_main)

    return is_ours


def _is_authors(article: Element) -> bool:
    """Whether an ``article`` stands in what says that it is a byline: it is about the author."""
    return any(strength(outer) >= CLASS for outer in islice(article.iterancestors(), MOST_BOXES))


def _is_in_card(element: Element, around: set[Element]) -> bool:
    """Whether a linked title stands before an element in a box around it: another story's."""
    box = element.getparent()
    for _ in range(MOST_BOXES):
        if box is None or box in around or box.tag in WHOLE or not is_small(box, LONGEST_CARD):
            return False
        for link in box.iter("a"):
            if link is element or element in set(link.iterancestors()):
                break
            if len("".join(link.itertext()).split()) >= FEWEST_WORDS_OF_STORY and not strength(link):
                return True
        box = box.getparent()
    return False
