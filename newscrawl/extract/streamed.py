"""Parts of a page that are sent behind their place, put where scripts or the browser put them.

React sends what takes longer at the end of the page, in ``<div hidden id="S:0">``; ``<template id="B:0">`` stands in
its place, with what is shown meanwhile, up to a comment. Solid and Marko do the same. Elements with a shadow tree show
that, and their own content in its slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from lxml import etree

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden

#: Ids of the elements in whose place such a part comes: React's, Solid's and Marko's.
PLACE_ID = re.compile(r".{0,50}[BP]:[0-9a-f]{1,8}|pl-.{1,50}|afph.{1,50}")
#: Elements around the place of a part. Parts in parts would else make a tree as deep as there are parts.
DEEPEST_PLACE = 256
WITH_ID = etree.XPath("//*[@id]")
#: A part's id, and those that its place may have: React's (with something shown meanwhile, and without), Marko's.
PARTS = ((re.compile(r"(.{0,50})S:([0-9a-f]{1,8})"), ("{}B:{}", "{}P:{}")), (re.compile(r"(af)(.{1,50})"), ("{}ph{}",)))
SOLID_PLACE = "pl-"
PLACE_TAGS = ("template", "noscript")
WHOLE_PAGE = ("html", "head", "body")
#: Comments around what is shown meanwhile.
MEANWHILE_BEGINS, MEANWHILE_ENDS = ("$", "$?", "$!", "$~", "&"), ("/$", "/&")


class _Part(NamedTuple):
    """What is sent behind its place, and the element that stands there."""

    content: Element
    place: Element


def has_streamed_parts(root: Element) -> bool:
    """Whether a page may have such parts. For :func:`put_in_place`, it is to be read with its comments."""
    return any(
        element.get("shadowrootmode") or PLACE_ID.fullmatch(element.get("id") or "")
        for element in root.iter("template", "noscript")
    )


def put_in_place(root: Element) -> None:
    """Put each part of a page in its place, the outermost first, and drop the comments."""
    parts = {part.place: part.content for part in _parts(root)}
    ends = _ends_of_meanwhile(parts)
    contents = set(parts.values())
    waiting = [place for place in parts if not _is_within(place, contents)]
    while waiting:
        place = waiting.pop()
        if place.getparent() is not None and parts[place].getparent() is not None and _depth(place) <= DEEPEST_PLACE:
            waiting += _put(parts[place], place, parts, ends.get(place))
    _show_shadow_trees(root)
    _drop_comments(root)


def _parts(root: Element) -> Iterator[_Part]:
    """The parts that have a place on the page."""
    by_id: dict[str, Element] = {}
    elements: Any = WITH_ID(root)
    for element in elements:
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


def _put(content: Element, place: Element, parts: Mapping[Element, Element], end: Element | None) -> list[Element]:
    """Put a part in its place, and return the places of others within it."""
    found = [inner for inner in content.iter(*PLACE_TAGS) if inner in parts]
    if end is not None and end.getparent() is place.getparent():
        _clear_meanwhile(place, end)
    _append_text(place, content.text)
    for child in list(content):
        place.addprevious(child)
    content.text = None
    return found


def _ends_of_meanwhile(places: Iterable[Element]) -> dict[Element, Element]:
    """The comment behind each place that ends what is shown there before its part has come."""
    ends: dict[Element, Element] = {}
    asked = set(places)
    for parent in dict.fromkeys(place.getparent() for place in asked):
        waiting: list[list[Element]] = [[]]  # the places in each pair of comments that stands open, outermost first
        for child in parent:
            if child in asked:
                waiting[-1].append(child)
            elif child.tag is not etree.Comment:
                continue
            elif child.text in MEANWHILE_BEGINS:
                waiting.append([])
            elif child.text in MEANWHILE_ENDS:
                ends.update(dict.fromkeys(waiting.pop(), child))
                waiting = waiting or [[]]
            elif waiting[-1] and waiting[-1][-1].get("id") == child.text:
                ends[waiting[-1].pop()] = child
    return ends


def _clear_meanwhile(place: Element, end: Element) -> None:
    """Remove what is shown before a part has come: the text and elements between its place and a comment."""
    shown = list(takewhile(lambda sibling: sibling is not end, place.itersiblings()))
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


def _drop_comments(root: Element) -> None:
    """Drop the comments, and make one text of those around each: others are slow to look through."""
    parents = {comment.getparent() for comment in root.iter(etree.Comment)}
    etree.strip_elements(root, etree.Comment, with_tail=False)
    for parent in parents:
        parent.text = parent.text
        for child in parent:
            child.tail = child.tail


def _show_shadow_trees(root: Element) -> None:
    for template in list(root.iter("template")):
        host = template.getparent()
        if template.get("shadowrootmode") and host is not None and _depth(host) <= DEEPEST_PLACE:
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
