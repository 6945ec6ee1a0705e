"""Bylines that a page shows, wherever its markup has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from lxml import etree

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.page import Page
from newscrawl.extract.people import WORDS_BEFORE_FULL_NAME, WORDS_BEFORE_NAME, names_in
from newscrawl.extract.story import is_own
from newscrawl.extract.value import Value
from newscrawl.text.spaces import clean

#: Where pages show a byline, best first.
BYLINE_RULES = (
    "[itemprop=author]",
    "a[rel~=author]",
    "[class*=byline]",
    "[class*=Byline]",
    "[class*=author]",
    "[class*=Author]",
)
#: Classes that say less, whose text counts below the headline if it begins with "By".
BYLINE_CLASS = re.compile(r"submitted|meta|firma|autor|author|byline", re.IGNORECASE)
#: The path of an address that leads to all stories of someone.
AUTHOR_PATH = re.compile(r"/(?:authors?|autor(?:es|en|in)?|auteurs?|autore|autori)/[^/?#]+/?(?:[?#]|$)", re.IGNORECASE)
COMMENT_CLASS = re.compile(r"(?:^|\s)comments?(?:$|\s|-list|-area|__)")
FOLLOWING_ELEMENTS = etree.XPath("following::*")
HEADLINE_TO_BYLINE = 600  # characters in which a byline follows the headline
MOST_BYLINES = 30  # elements looked at for each rule; a list of authors is no byline
LONGEST_BYLINE = 120  # characters; longer text is about someone, and not a byline


def shown_authors(page: Page, own: set[str]) -> Value[list[str]]:
    """The people named by the first byline that the page shows, else right below the headline.

    ``own`` are the keys of the site's names, which are nobody's.
    """
    for rule in BYLINE_RULES:
        for element in page.tree.select(rule)[:MOST_BYLINES]:
            inner = element.find(".//*[@itemprop='name']")
            text = line_of(element if inner is None else inner, LONGEST_BYLINE)
            if text and _is_ours(element, page) and (names := names_in(element, text, own)):
                return Value(names, rule)
    below = _below_headline(page, own)
    return Value(below, "below h1" if below else None)


def _below_headline(page: Page, own: set[str]) -> list[str]:
    """The people named right below the headline: behind a label, or by links to their stories."""
    linked: list[str] = []
    for element, text in _lines_below_headline(page):
        if _is_labelled(element, text) and (names := names_in(element, text, own)):
            return names
        if element.tag == "a" and AUTHOR_PATH.search(element.get("href") or ""):
            linked += [name for name in names_in(element, text, own) if name not in linked]
    return linked


def _lines_below_headline(page: Page) -> Iterator[tuple[Element, str]]:
    headline = next(iter(page.tree.tagged("h1")), None)
    if headline is None:
        return
    following: Any = FOLLOWING_ELEMENTS(headline)
    length = 0
    for element in following:
        if (text := line_of(element, LONGEST_BYLINE)) and _is_ours(element, page):
            yield element, text
        length += len(clean(element.text or ""))
        if length > HEADLINE_TO_BYLINE:
            return


def _is_labelled(element: Element, text: str) -> bool:
    begins = WORDS_BEFORE_NAME.match(text) or WORDS_BEFORE_FULL_NAME.match(text)
    return begins is not None and BYLINE_CLASS.search(element.get("class") or "") is not None


def _is_ours(element: Element, page: Page) -> bool:
    """Whether a byline is this story's: ``is_own``, or in the header or footer of the story itself."""
    if page.tree.within(element.getparent(), _is_comment):
        return False
    if is_own(element, page):
        return True
    edge = next(element.iterancestors("header", "footer"), None)
    return edge is not None and _is_plain_in(element, edge, page) and is_own(edge, page) and _is_storys(edge, page)


def _is_plain_in(element: Element, edge: Element, page: Page) -> bool:
    """Whether an element is seen in a header or footer, and no part of a link, a list or an aside there."""
    hidden = page.tree.once(is_hidden)
    inside = takewhile(lambda around: around is not edge, element.iterancestors())
    return not is_hidden(element) and not any(e.tag in ("a", "nav", "li", "aside") or hidden(e) for e in inside)


def _is_storys(edge: Element, page: Page) -> bool:
    """Whether a header or footer is the story's: of what the headline stands in, or of the article behind that."""
    headline = next(iter(page.tree.tagged("h1")), None)
    story = next((e for e in edge.iterancestors("article", "main")), None)
    if headline is None or story is None:
        return False
    if story in set(headline.iterancestors()):
        return True
    articles = page.tree.tagged("article")
    behind = page.tree.behind(headline, articles)
    return next(headline.iterancestors("article"), None) is None and story in articles[behind : behind + 1]


def _is_comment(element: Element) -> bool:
    return COMMENT_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
