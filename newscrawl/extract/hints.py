"""What an element's own markup hints at: the story, or something beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

from newscrawl.bounded import Remembered
from newscrawl.extract import boilerplate
from newscrawl.extract.blocks import Hint
from newscrawl.extract.css import Element
from newscrawl.extract.elements import text_of
from newscrawl.extract.page import Page
from newscrawl.text.words import key_of

_RARE_TAGS = frozenset("aside header time figure form label article".split())
_SHOWING_TAGS = frozenset({"figure", "div"})
_PLAIN_TAGS = frozenset("article main h1 h2 h3 h4".split())  # their classes tell of the page or of the theme
_NEVER_ROLES = frozenset({"navigation", "complementary", "dialog"})

_NEVER_NAMED = re.compile(rf"(?<![a-z])(?:{boilerplate.NEVER})(?![a-z])")
_RARELY_NAMED = re.compile(rf"(?<![a-z])(?:{boilerplate.RARELY})(?![a-z])")
_ABOUT_ANOTHER = re.compile(rf"(?<!\S)(?:{boilerplate.ABOUT_ANOTHER})\S*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def hints_on(page: Page, headline: str) -> Callable[[Element], Hint]:
    """Tells what an element of a page hints at: nothing, where it stands around the headline or the main part."""
    frame, others = _frame_and_others(page, headline)

    def hint(element: Element) -> Hint:
        if element in frame:
            return Hint.NOTHING
        return Hint.NEVER if element in others else hint_of(element, page)

    return hint


def _frame_and_others(page: Page, headline: str) -> tuple[set[Element], set[Element]]:
    """The elements around the headline and the main part, and the other articles with a headline of their own."""
    tops = page.tree.tagged("h1")
    own = {around for head in _own_headings(tops, key_of(headline)) for around in head.iterancestors()}
    others: set[Element] = set()
    if any(around.tag == "article" for around in own):
        others = {article for top in tops for article in top.iterancestors("article")} - own
    for main in page.tree.tagged("main"):
        own.update((main, *main.iterancestors()))
    return own, others


def _own_headings(tops: list[Element], key: str) -> list[Element]:
    """The top headings that say the headline, else the first."""
    return [top for top in tops if key and key_of(text_of(top)) == key] or tops[:1]


def hint_of(element: Element, page: Page) -> Hint:
    """``NEVER`` where an element's own markup says that it is never the story, ``RARELY`` where it rarely is."""
    tag = element.tag
    hint = Hint.NEVER if tag == "footer" else Hint.RARELY if tag in _RARE_TAGS else Hint.NOTHING
    if tag not in _PLAIN_TAGS:
        hint = max(hint, _hint_of_attributes(element))
    if hint == Hint.RARELY and tag in _SHOWING_TAGS and element in page.tree.around("blockquote"):
        return Hint.NOTHING  # a quotation, or another's words that the story shows
    return hint


def _hint_of_attributes(element: Element) -> Hint:
    hint = Hint.NOTHING
    if classes := element.get("class"):
        hint = _hint_of_names[classes]
    if name := element.get("id"):
        hint = max(hint, _hint_of_names[name])
    if element.get("role") in _NEVER_ROLES:
        return Hint.NEVER
    return max(hint, Hint.RARELY) if element.get("aria-hidden") == "true" else hint


def _read_names(names: str) -> Hint:
    words = _CAMEL.sub("-", _ABOUT_ANOTHER.sub("", names)).lower()
    if _NEVER_NAMED.search(words):
        return Hint.NEVER
    return Hint.RARELY if _RARELY_NAMED.search(words) else Hint.NOTHING


#: What a class or an id hints at; the same come on page after page.
_hint_of_names: Remembered[str, Hint] = Remembered(_read_names)
