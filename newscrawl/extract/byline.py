"""The byline: who wrote the story, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from newscrawl.extract.byline_labels import is_label
from newscrawl.extract.byline_reading import Found
from newscrawl.extract.css import Element
from newscrawl.extract.dateline import dateline, told_dateline
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.names_of_people import Kind, kind_of
from newscrawl.extract.page import Page
from newscrawl.extract.people import people
from newscrawl.extract.rules import leaves_of, name_of
from newscrawl.extract.shown_byline import shown_byline
from newscrawl.extract.site_names import site_keys
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

SHORTEST_NAME = 3  # letters of a name that a login has
MOST_AUTHORS = 100  # of one story, and as many more things that they are wrapped in
Byline = tuple[Value[list[str]], Value[str | None]]

AUTHOR_KEYS = ("author", "creator")
PLACE_KEYS = ("dateline", "locationCreated")
#: ``meta`` elements that name authors, best first.
AUTHOR_METAS = (
    "author", "article:author", "og:article:author", "article:author_name", "parsely-author", "sailthru.author",
    "cxenseparse:author", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline",
    "authors", "article.author", "article_author", "author_name", "rbauthors", "twitter:misc:written by",
)  # fmt: skip
#: What a copyright has beside the name of whose it is.
COPYRIGHT = re.compile(r"copyright|\(c\)|©|all rights reserved|\b(?:19|20)\d\d\b", re.IGNORECASE)
#: The text of a byline before the first name.
BY = re.compile(r"(?:by|written by)\W*", re.IGNORECASE)


def byline(page: Page, publisher: Publisher) -> Byline:
    """Authors, and the dateline's place.

    A publisher's rule counts first; then JSON-LD, then meta tags. Where these name no person, whom the page shows.
    """
    rules = publisher.rules.get("byline", ())
    place = _structured_place(page)
    for rule in rules:
        names, rest = _described(page, rule)
        if names:
            return Value(names, rule), Value(rest, rule) if rest else place
    if rules:
        return _structured(page), place
    return _authors(page), place if place.value else dateline(page)


def _described(page: Page, rule: str) -> tuple[list[str], str | None]:
    """The names where a publisher's rule has them, and the place: of the first element, and of those beside it."""
    found: list[str] = []
    place = None
    first: Element | None = None
    for element in islice(page.tree.select(rule), MOST_AUTHORS):
        if is_hidden(element) or (first is not None and not _is_beside(element, first)):
            continue
        names, rest = _split_byline(element, page)
        if names:
            first = element if first is None else first
            found += names
            place = rest or place
    return list(dict.fromkeys(found)), place


def _is_beside(element: Element, first: Element) -> bool:
    """Whether an element stands next to another, or in a box next to that one's."""
    box, other = element.getparent(), first.getparent()
    if box is other:
        return True
    return box is not None and other is not None and box.tag == other.tag and box.getparent() is other.getparent()


def _authors(page: Page) -> Value[list[str]]:
    """Who the metadata name, unless that is no person and the page shows one."""
    own = page.once(site_keys) | _owners(page)
    best, kind = Value[list[str]]([]), None
    for names, rule, is_organisation in _sources(page):
        found = [name for name in names if key_of(name) not in own]
        level = Kind.ORGANISATION if is_organisation or not found else max(map(kind_of, found))
        if kind is None or level == Kind.PERSON or (level > kind and _is_owned(best.value, own)):
            best, kind = Value(found or names, rule), level
        if level == Kind.PERSON:
            break
    if kind == Kind.PERSON:
        return best
    shown = shown_byline(page, own)
    if shown.names and (kind is None or _is_better(shown, best.value, kind, is_owned=_is_owned(best.value, own))):
        return Value(list(shown.names), shown.rule)
    return best


def _is_owned(names: list[str], own: set[str]) -> bool:
    return all(key_of(name) in own for name in names)


def _is_better(shown: Found, best: list[str], kind: Kind, *, is_owned: bool) -> bool:
    """Whether a shown byline says more of who wrote the story than metadata whose best name is of a kind."""
    if shown.kind == Kind.PERSON:
        return shown.sure or is_owned or _is_login_of(best, shown.names)
    return shown.sure and is_owned and shown.kind > kind


def _is_login_of(logins: Sequence[str], names: Sequence[str]) -> bool:
    """Whether each of some logins has a word of its owner's name: "alee", "ann.l" for Ann Lee."""
    words = {key_of(word) for name in names for word in name.split()}
    return all(any(len(word) >= SHORTEST_NAME and word in key_of(login) for word in words) for login in logins)


def _owners(page: Page) -> set[str]:
    """Keys of whom the page's copyright names."""
    texts = (page.meta.get(name, "") for name in ("copyright", "dcterms.rightsholder", "rights", "dc.rights"))
    return {key_of(COPYRIGHT.sub("", text)) for text in texts} - {""}


def _sources(page: Page) -> Iterator[tuple[list[str], str, bool]]:
    """The names of each of the metadata that name authors, the rule, and whether it calls them an organisation."""
    for key in AUTHOR_KEYS:
        told = list(_names(page, page.article_node.get(key)))
        names = [one for name, is_organisation in told for one in ([name] if is_organisation else people([name]))]
        if names:
            yield list(dict.fromkeys(names)), f"json-ld:{key}", all(is_organisation for _, is_organisation in told)
    for name in AUTHOR_METAS:
        if names := people(page.metas.get(name, ())):
            yield names, f"meta:{name}", False
    for number in "12":  # the pairs that link previews show
        data = f"twitter:data{number}"
        if is_label(page.meta.get(f"twitter:label{number}", "")) and (names := people([page.meta.get(data, "")])):
            yield names, f"meta:{data}", False


def _structured_place(page: Page) -> Value[str | None]:
    for key in PLACE_KEYS:
        if place := told_dateline(page) if key == "dateline" else name_of(page.article_node.get(key)):
            return Value(place, f"json-ld:{key}")
    return Value(None)


def _structured(page: Page) -> Value[list[str]]:
    """Authors that the page's metadata names."""
    names, rule, _ = next(_sources(page), ([], None, False))
    return Value(names, rule)


def _nodes(page: Page, authors: Any) -> Iterator[Any]:
    """The authors of JSON-LD one by one, out of lists and of what wraps them."""
    stack, left = [authors], MOST_AUTHORS
    while stack and left:
        node, left = page.resolve(stack.pop()), left - 1
        if isinstance(node, list):
            stack.extend(reversed(node[:MOST_AUTHORS]))
        elif isinstance(node, dict) and not node.get("name") and (inner := node.get("@list") or node.get("author")):
            stack.append(inner)
        else:
            yield node


def _names(page: Page, authors: Any) -> Iterator[tuple[str, bool]]:
    """The names of JSON-LD authors, and whether each is called an organisation's."""
    for node in _nodes(page, authors):
        is_organisation = isinstance(node, dict) and any(kind.endswith("Organization") for kind in types_of(node))
        if isinstance(node, dict) and isinstance(node.get("name"), list):
            yield from ((name, is_organisation) for one in node["name"] if (name := name_of(one)))
        elif name := name_of(node):
            yield name, is_organisation


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
        known = {key_of(name) for name in _structured(page).value}
        return (texts, "") if key_of(texts[-1]) in known else (texts[:-1], texts[-1])
    text = next(iter(texts), text_of(element))
    told = next((name for name in _structured(page).value if text.startswith(name) and text != name), text)
    return [told], text.removeprefix(told)
