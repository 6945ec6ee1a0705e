"""What a page is marked as: premium, live."""

from __future__ import annotations

from typing import Any

from newscrawl.extract.elements import text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.live import own_blog
from newscrawl.extract.page import Page
from newscrawl.extract.story import is_own
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher

ACCESS = "isAccessibleForFree"


def is_premium(page: Page, publisher: Publisher) -> Value[bool]:
    """Whether only part of the story is free to read: by its metadata, or by the publisher's mark.

    A publisher that marks its premium stories is believed; of any other, all that metadata have counts.
    """
    if _is_no(page.article_node.get(ACCESS)):
        return Value(True, f"json-ld:{ACCESS}")
    rules = publisher.rules.get("premium", ())
    for rule in rules:
        for mark in page.tree.select(rule):
            if "premium" in text_of(mark).casefold() and is_own(mark, page):
                return Value(True, rule)
    return Value(False) if rules else _in_metadata(page)


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
