"""The byline: who wrote the story, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newscrawl.extract.css import Element
from newscrawl.extract.dateline import dateline
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.names import site_keys
from newscrawl.extract.page import Page
from newscrawl.extract.people import WORDS_BEFORE_NAME, people
from newscrawl.extract.rules import leaves_of, name_of
from newscrawl.extract.shown_byline import shown_authors
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

Byline = tuple[Value[list[str]], Value[str | None]]

AUTHOR_KEYS = ("author", "creator")
PLACE_KEYS = ("dateline", "locationCreated")
#: ``meta`` elements that name authors, best first.
AUTHOR_METAS = (
    "author", "article:author", "og:article:author", "article:author_name", "parsely-author", "sailthru.author",
    "cxenseparse:author", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline",
    "authors", "article.author", "article_author", "author_name", "rbauthors", "twitter:misc:written by",
)  # fmt: skip
#: The text of a byline before the first name.
BY = re.compile(r"(?:by|written by)\W*", re.IGNORECASE)


def byline(page: Page, publisher: Publisher) -> Byline:
    """Authors, and the dateline's place.

    A publisher's rule counts first; then JSON-LD, then meta tags. Where these name nobody but the publication, the
    people that the page shows.
    """
    rules = publisher.rules.get("byline", ())
    place = _structured_place(page)
    for rule in rules:
        for element in page.tree.select(rule):
            names, rest = ([], None) if is_hidden(element) else _split_byline(element, page)
            if names:
                return Value(names, rule), Value(rest, rule) if rest else place
    if rules:
        return _structured(page), place
    return _authors(page), place if place.value else dateline(page)


def _authors(page: Page) -> Value[list[str]]:
    structured, own = _structured(page), site_keys(page)
    if named := [name for name in structured.value if key_of(name) not in own]:
        return Value(named, structured.rule)
    shown = shown_authors(page, own)
    return shown if shown.value else structured


def _structured_place(page: Page) -> Value[str | None]:
    for key in PLACE_KEYS:
        if place := name_of(page.article_node.get(key)):
            return Value(place, f"json-ld:{key}")
    return Value(None)


def _structured(page: Page) -> Value[list[str]]:
    """Authors that the page's metadata names."""
    for key in AUTHOR_KEYS:
        if names := people(_names(page, page.article_node.get(key))):
            return Value(names, f"json-ld:{key}")
    for name in AUTHOR_METAS:
        if names := people(page.metas.get(name, ())):
            return Value(names, f"meta:{name}")
    for number in "12":  # the pairs that link previews show
        if WORDS_BEFORE_NAME.match(page.meta.get(f"twitter:label{number}", "")):
            names = people([page.meta.get(f"twitter:data{number}", "")])
            return Value(names, f"meta:twitter:data{number}" if names else None)
    return Value([])


def _names(page: Page, authors: Any) -> Iterator[str]:
    for node in authors if isinstance(authors, list) else [authors]:
        node = page.resolve(node)
        if isinstance(node, dict) and isinstance(node.get("name"), list):
            yield from (name for name in node["name"] if isinstance(name, str))
        elif name := name_of(node):
            yield name


def _split_byline(element: Element, page: Page) -> tuple[list[str], str | None]:
    """The names in a publisher's byline, and the place behind them."""
    links = [a for a in element.iter("a") if text_of(a)]
    names, place = _linked_names(element, links) if links else _unlinked_names(element, page)
    return people(names), place.strip(" ,|-–—•·") or None


def _linked_names(element: Element, links: list[Element]) -> tuple[list[str], str]:
    """Linked names; the place is the last span that is in none of the links, or the text behind the last name."""
    names = [text_of(a) for a in links]
    linked = set(links)
    leaves = [e for e in leaves_of(element, "a", "span") if e not in linked]
    places = [text_of(e) for e in leaves if linked.isdisjoint(e.iterancestors("a"))]
    if places:
        return names, places[-1]
    # Backwards, because str.rfind takes the square of the time for some texts, where str.find does not.
    after = text_of(element)[::-1].find(names[-1][::-1])
    return names, clean(text_of(element)[-after:]) if after > 0 else ""


def _unlinked_names(element: Element, page: Page) -> tuple[list[str], str]:
    """Spans of which the last is the place, or one text that begins with a name that the metadata has."""
    texts = [text_of(e) for e in leaves_of(element, "a", "span")]
    own = clean(element.text or "")
    if own and not BY.fullmatch(own):
        texts.insert(0, own)
    if len(texts) > 1:
        return texts[:-1], texts[-1]
    text = next(iter(texts), text_of(element))
    known = next((name for name in _structured(page).value if text.startswith(name) and text != name), text)
    return [known], text.removeprefix(known)
