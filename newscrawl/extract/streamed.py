"""Parts of a page that are sent behind their place, put where scripts or the browser put them.

React sends what takes it long at the end of the page, in ``<div hidden id="S:0">``; ``<template id="B:0">`` stands in its
place, with what is shown meanwhile, as far as a comment. Solid and Marko do alike. Elements with a shadow tree show that,
and their own content in its slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden

#: What the markup of a page with such parts has.
SIGNS = (b"<template id=", b'"afph', b"shadowrootmode")
#: Elements around the place of a part. Parts in parts would else make a tree as deep as there are parts.
DEEPEST_PLACE = 256
WITH_ID = etree.XPath("//*[@id]")
#: A part's id, and how the ids of its places begin: React's (a boundary with something shown meanwhile, or none), Marko's.
PARTS = ((re.compile(r"(.*)S:([0-9a-f]+)"), ("{}B:{}", "{}P:{}")), (re.compile(r"(af)([\w-]+)"), ("{}ph{}",)))
SOLID_PLACE = "pl-"
PLACE_TAGS = ("template", "noscript", "span")
WHOLE_PAGE = ("html", "head", "body")
#: Comments around what is shown meanwhile.
MEANWHILE_BEGINS, MEANWHILE_ENDS = ("$", "$?", "$!", "$~", "&"), ("/$", "/&")
SHADOW_ATTRIBUTES = ("shadowrootmode", "shadowroot")


class _Part(NamedTuple):
    """What is sent behind its place, and the element that stands there."""

    content: Element
    place: Element


def has_streamed_parts(markup: bytes) -> bool:
    """Whether a page may have parts that are sent behind their places. Comments say where these end."""
    return any(sign in markup for sign in SIGNS)


def put_in_place(root: Element) -> None:
    """Put each part of a page in its place, from the outermost ones on, and drop the comments."""
    parts = {part.place: part.content for part in _parts(root)}
    contents = set(parts.values())
    waiting = [place for place in parts if not _is_within(place, contents)]
    while waiting:
        place = waiting.pop()
        if place.getparent() is not None and parts[place].getparent() is not None and _depth(place) <= DEEPEST_PLACE:
            waiting += _put(parts[place], place, parts)
    _show_shadow_trees(root)
    etree.strip_elements(root, etree.Comment, with_tail=False)


def _parts(root: Element) -> Iterator[_Part]:
    """The parts of a page whose place it has."""
    by_id: dict[str, Element] = {}
    for element in WITH_ID(root):
        by_id.setdefault(element.get("id"), element)
    for name, content in by_id.items():
        place = next((by_id[one] for one in _places(name, content) if one in by_id), None)
        if place is not None and place.tag in PLACE_TAGS and content.tag not in WHOLE_PAGE:
            yield _Part(content, place)


def _places(name: str, content: Element) -> Iterator[str]:
    """The ids that the place of a part may have."""
    if content.tag == "template":
        yield SOLID_PLACE + name
    elif is_hidden(content):
        for pattern, places in PARTS:
            if match := pattern.fullmatch(name):
                yield from (place.format(*match.groups()) for place in places)


def _is_within(element: Element, outer: set[Element]) -> bool:
    return any(around in outer for around in element.iterancestors())


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _put(content: Element, place: Element, parts: Mapping[Element, Element]) -> list[Element]:
    """Put a part in its place; the places of others within it."""
    found = [inner for inner in content.iter(*PLACE_TAGS) if inner in parts]
    _clear_meanwhile(place)
    _append_text(place, content.text)
    for child in list(content):
        place.addprevious(child)
    _remove(place)
    _remove(content)
    return found


def _clear_meanwhile(place: Element) -> None:
    """Remove what is shown before a part has come: the text and elements as far as the comment that ends it."""
    shown: list[Element] = []
    depth = 0
    ends = {*MEANWHILE_ENDS, place.get("id")}
    for sibling in place.itersiblings():
        if sibling.tag is etree.Comment:
            if sibling.text in ends and depth == 0:
                break
            depth += (sibling.text in MEANWHILE_BEGINS) - (sibling.text in MEANWHILE_ENDS)
        shown.append(sibling)
    else:
        return
    place.tail = None
    for sibling in shown:
        place.getparent().remove(sibling)


def _append_text(place: Element, text: str | None) -> None:
    """Add text before an element."""
    if not text:
        return
    before = place.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent = place.getparent()
        parent.text = (parent.text or "") + text


def _remove(element: Element) -> None:
    """Remove an element, not the text behind it."""
    _append_text(element, element.tail)
    element.getparent().remove(element)


def _show_shadow_trees(root: Element) -> None:
    for template in list(root.iter("template")):
        host = template.getparent()
        is_shadow = any(template.get(name) == "open" for name in SHADOW_ATTRIBUTES)
        if is_shadow and host is not None and _depth(host) <= DEEPEST_PLACE:
            template.tag = "div"
            _fill_slots(template, [child for child in host if child is not template])


def _fill_slots(shadow: Element, children: Iterable[Element]) -> None:
    """Put an element's own children in the slots of its shadow tree that they name; those without one stay."""
    slots: dict[str, Element] = {}
    for slot in shadow.iter("slot"):
        slots.setdefault(slot.get("name") or "", slot)
    for child in children:
        slot = slots.get(child.get("slot") or "") if isinstance(child.tag, str) else None
        if slot is not None:
            slot.append(child)
