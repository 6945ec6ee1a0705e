"""Boxes on a page that are not the story, told by their names together with how much, and what, they say.

Placeholders of blocked embeds, tickers of other news, and a messenger's or newsletter's box. A name alone is not
enough: themes call a story's own parts "embed" or "ticker", too.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from newscrawl.extract.css import Element
from newscrawl.extract.elements import line_of
from newscrawl.extract.page import Page
from newscrawl.offers.consent import SPEAKS_OF_CONSENT

#: Characters of a placeholder, and of a box beside the story; longer ones may be the story.
LONGEST_PLACEHOLDER, LONGEST_BOX = 800, 600
#: Elements of a name that are looked at.
MOST_ELEMENTS = 60


def _named(words: str) -> tuple[str, ...]:
    return tuple(f"[class*={word}]" for word in words.split())


_PLACEHOLDERS = _named(
    "embed Embed placeholder Placeholder consent Consent blocked two-click twoclick 2click 2-click opt-in optin"
    " external-content externalContent third-party thirdParty iframe privacy cookie Cookie"
)
_TICKERS = (
    *_named("ticker Ticker marquee breaking-news breakingNews breaking_news news-flash newsflash"),
    "marquee",
)
_MESSENGERS = _named("whatsapp whats-app WhatsApp telegram messenger app-promo app-banner push-notification mailing")
#: What has such a name, too, and is about the whole page or a picture of the story.
_LIVE = re.compile(r"live-?_?ticker|ticker-?_?(?:live|symbol)", re.IGNORECASE)
_WHOLE = frozenset("html body main article h1 h2 h3 h4 h5 h6 p".split())


def boxes_on(page: Page) -> set[Element]:
    """The elements of a page that are such boxes."""
    return {*_placeholders(page), *_tickers(page), *_short(page, _MESSENGERS)}


def _candidates(page: Page, selectors: tuple[str, ...]) -> Iterator[Element]:
    heads = page.tree.around("h1")
    found = 0
    for element in page.tree.select_all(selectors):
        if element.tag in _WHOLE or element in heads:
            continue
        found += 1
        if found > MOST_ELEMENTS:
            return
        yield element


def _placeholders(page: Page) -> Iterator[Element]:
    """What stands in place of an embed and asks for consent; a quotation in it is the embed itself."""
    quoting = page.tree.around("blockquote")
    for element in _candidates(page, _PLACEHOLDERS):
        text = "" if element in quoting else line_of(element, LONGEST_PLACEHOLDER)
        if text and SPEAKS_OF_CONSENT.search(text.lower()):
            yield element


def _tickers(page: Page) -> Iterator[Element]:
    """Tickers of other news: above the headline any, elsewhere short ones; a live blog may be called so, too."""
    tops = page.tree.tagged("h1")
    order = page.tree.order
    for element in _candidates(page, _TICKERS):
        if _LIVE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        is_above = bool(tops) and order[element] < order[tops[0]]
        if is_above or line_of(element, LONGEST_BOX):
            yield element


def _short(page: Page, selectors: tuple[str, ...]) -> Iterator[Element]:
    return (element for element in _candidates(page, selectors) if line_of(element, LONGEST_BOX))


class LeftOut(Container[Element]):
    """The elements of two kinds that are no part of a story."""

    def __init__(self, first: Container[Element], second: Container[Element]):
        self._first, self._second = first, second

    def __contains__(self, element: object) -> bool:
        return element in self._first or element in self._second
