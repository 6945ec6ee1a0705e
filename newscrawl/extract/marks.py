"""What a page is marked as: premium, live."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from newscrawl.extract.blocks import blocks
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, seen_text_of, text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.live import own_blog
from newscrawl.extract.page import Page
from newscrawl.extract.story import is_own
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.sentences import ends_sentence

ACCESS = "isAccessibleForFree"
#: Characters from which a sentence below a prompt is the story's, not the prompt's.
LONGER_THAN_PROMPTS = 60
#: Prompts, and parts of the rest of a story, that are looked at.
MOST_PROMPTS, MOST_PARTS = 10, 100


def is_premium(page: Page, publisher: Publisher) -> Value[bool]:
    """Whether only part of the story is free to read: by its metadata, or by the publisher's mark.

    A publisher that marks its premium stories is believed; of any other, all that metadata have counts. Of one that
    says what its subscription prompt looks like (``rules["prompt"]``), only that and its mark count: JSON-LD tells of
    the product there, not of the page.
    """
    marks, prompts = publisher.rules.get("premium", ()), publisher.rules.get("prompt", ())
    if not prompts and _is_no(page.article_node.get(ACCESS)):
        return Value(True, f"json-ld:{ACCESS}")
    for rule in marks:
        for mark in page.tree.select(rule):
            if "premium" in text_of(mark).casefold() and is_own(mark, page):
                return Value(True, rule)
    if prompts:
        return _by_prompt(page, publisher, prompts)
    return Value(False) if marks else _in_metadata(page)


def _by_prompt(page: Page, publisher: Publisher, prompts: tuple[str, ...]) -> Value[bool]:
    """Whether readers see a prompt in place of the story's rest, or the rest is there and not shown to them."""
    access = page.article_node.get(ACCESS)
    is_free = access is not None and not _is_no(access)
    drop = page.tree.matching((*publisher.drop, *prompts))
    rests = [(rest, rule) for rule in publisher.rules.get("rest", ()) for rest in page.tree.select(rule)[:MOST_PARTS]]
    if is_free or any(_is_seen(rest, page) and _tells(rest, drop) for rest, _ in rests):
        return Value(False)
    if rests and access is not None:
        return Value(True, rests[0][1])
    bodies = {body for rule in publisher.rules.get("body", ()) for body in page.tree.select(rule)}
    for rule in prompts:
        seen = (prompt for prompt in page.tree.select(rule)[:MOST_PROMPTS] if _is_seen(prompt, page))
        if any(not _goes_on_below(prompt, bodies, drop) for prompt in seen):
            return Value(True, rule)
    return Value(False)


def _is_seen(element: Element, page: Page) -> bool:
    """Whether an element shows a reader some text."""
    return not page.tree.within(element, is_hidden) and bool(seen_text_of(element))


def _goes_on_below(prompt: Element, bodies: Container[Element], drop: Container[Element]) -> bool:
    """Whether a story goes on below a prompt that stands in it."""
    around = [prompt, *prompt.iterancestors()]
    end = next((n for n, element in enumerate(around) if element in bodies), 0)
    return any(_tells(sibling, drop) for inner in around[:end] for sibling in inner.itersiblings())


def _tells(element: Element, drop: Container[Element]) -> bool:
    """Whether a sentence of a story stands in an element."""
    return any(len(block.text) > LONGER_THAN_PROMPTS and ends_sentence(block.text) for block in blocks(element, drop))


def _in_metadata(page: Page) -> Value[bool]:
    """Whether metadata says that a part of the page is not free, or that the page is for subscribers.

    ``hasPart``: https://developers.google.com/search/docs/appearance/structured-data/paywalled-content; ``locked`` is
    Facebook's word for an article that needs a subscription (``metered`` ones do not, at first).
    """
    if page.article_node.get(ACCESS) is None and _has_closed_part(page):
        return Value(True, "json-ld:hasPart")
    if page.meta.get("article:content_tier") == "locked":
        return Value(True, "meta:article:content_tier")
    if _is_no(page.meta.get(ACCESS.lower())):
        return Value(True, f"meta:{ACCESS.lower()}")
    return Value(False)


def _has_closed_part(page: Page) -> bool:
    parts = page.article_node.get("hasPart")
    return any(
        isinstance(part, dict) and "WebPageElement" in types_of(part) and _is_no(part.get(ACCESS))
        for part in (parts if isinstance(parts, list) else [parts])
    )


def _is_no(value: Any) -> bool:
    """Whether metadata say no: ``false``, or a text such as ``"False"`` or ``"http://schema.org/False"``."""
    return value is False or (isinstance(value, str) and value.strip().lower().endswith("false"))


def is_live(page: Page, publisher: Publisher) -> Value[bool]:
    """Whether the page is a live blog."""
    if "LiveBlogPosting" in types_of(own_blog(page) or {}):
        return Value(True, "json-ld:LiveBlogPosting")
    for rule in publisher.rules.get("live", ()):
        if any(is_own(mark, page) for mark in page.tree.select(rule)):
            return Value(True, rule)
    return Value(False)
