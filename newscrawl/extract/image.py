"""The lead image and its caption."""

from __future__ import annotations

import re
from typing import Any

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden
from newscrawl.extract.page import Page
from newscrawl.extract.rules import first_text, values
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean

IMAGE_RULES = ("json-ld:image", "meta:og:image", "meta:twitter:image")
#: Attributes that hold an image's address; those of ``srcset`` hold several, with a size behind each.
IMAGE_ATTRIBUTES = ("src", "data-src", "data-original", "srcset", "data-srcset")
CAPTION_RULES = ("json-ld:image.caption",)
#: Where pages show captions, best first.
SHOWN_CAPTIONS = ("article figcaption", "main figcaption")
#: The end of a sentence or word, and the beginning of another right behind it.
JOINT = re.compile(r"[.!?…:;)»”\"]\0+(?=[^\W_])|[^\W\d_A-Z]\0+(?=[A-ZÀ-ÖØ-Þ])")


def image(page: Page, publisher: Publisher) -> Value[str | None]:
    """Address of the lead image, absolute."""
    for rule in publisher.rules.get("image", ()):
        for element in page.tree.select(rule):
            if url := _source(element, page):
                return Value(url, rule)
    for value, rule in values(page, IMAGE_RULES):
        if url := page.absolute(_address(value)):
            return Value(url, rule)
    return Value(None)


def _source(element: Element, page: Page) -> str | None:
    for attribute in IMAGE_ATTRIBUTES:
        value = element.get(attribute) or ""
        if "srcset" in attribute:
            value = value.split(",")[0].strip().split(" ")[0]
        if value and (url := page.absolute(value)):
            return url
    return None


def _address(value: Any) -> str:
    """The address in what metadata say of an image: a text, an ``ImageObject``, or a list of them."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return value if isinstance(value, str) else ""


def image_caption(page: Page, publisher: Publisher) -> Value[str | None]:
    """The lead image's caption; what markup alone keeps apart in it, as the credit, with a space."""
    found = first_text(page, (*publisher.rules.get("image_caption", ()), *CAPTION_RULES))
    if found.value:
        return found
    for rule in SHOWN_CAPTIONS:
        for element in page.tree.select(rule):
            if not is_hidden(element) and (caption := _caption_of(element)):
                return Value(caption, rule)
    return Value(None)


def _caption_of(element: Element) -> str:
    # Not at every boundary: markup within a word parts nothing. No page holds a NUL: the parser is given none.
    joined = "\0".join(element.itertext())
    return clean(JOINT.sub(lambda joint: f"{joint[0]} ", joined).replace("\0", ""))
