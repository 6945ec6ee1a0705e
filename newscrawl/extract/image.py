"""The lead image and its caption."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from newscrawl.extract.elements import is_hidden
from newscrawl.extract.json_ld import bare_address, types_of
from newscrawl.extract.page import Page
from newscrawl.extract.pictures import addresses_of, is_doubtful, names_picture
from newscrawl.extract.rules import first_text, values
from newscrawl.extract.shown_image import shown_image
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean

IMAGE_RULES = (
    "json-ld:image", "meta:og:image", "meta:og:image:url", "meta:og:image:secure_url", "meta:twitter:image",
    "meta:twitter:image:src", "microdata:image", "json-ld:thumbnailUrl", "json-ld:thumbnail",
    "link[rel~=image_src]::attr(href)", "microdata:primaryImageOfPage", "microdata:thumbnailUrl", "meta:image",
    "meta:thumbnail", "meta:parsely-image-url", "meta:sailthru.image.full", "meta:sailthru.image.thumb",
    "meta:cxenseparse:image",
)  # fmt: skip
#: Objects of JSON-LD whose logo is the site's.
LOGO_TYPES = {"NewsMediaOrganization", "Organization", "Corporation", "WebSite"}
MOST_DEPTH = 6  # of lists and objects around an address
CAPTION_RULES = ("json-ld:image.caption",)
#: Where pages show captions, best first.
SHOWN_CAPTIONS = ("article figcaption", "main figcaption")
#: The end of a sentence or word, and the beginning of another right behind it.
_JOINT = re.compile(r"[.!?…:;)»”\"]\0+(?=[^\W_])|[^\W\d_A-Z]\0+(?=[A-ZÀ-ÖØ-Þ])")


def image(page: Page, publisher: Publisher) -> Value[str | None]:
    """Address of the lead image, absolute.

    Metadata count before what the story shows, and both before what is named like an icon. The publication's own logo
    is no lead image.
    """
    for rule in publisher.rules.get("image", ()):
        for element in page.tree.select(rule):
            if url := next(filter(None, map(page.picture, addresses_of(element))), None):
                return Value(url, rule)
    doubtful: list[Value[str | None]] = []
    for url, rule in _told(page):
        if not is_doubtful(url):
            return Value(url, rule)
        doubtful.append(Value(url, rule))
    shown = shown_image(page)
    return next(iter(doubtful), shown) if shown.value is None else shown


def _told(page: Page) -> Iterator[tuple[str, str]]:
    """The addresses in metadata, less those of the publication's logo."""
    logos = _logos(page)
    of_page = ((node.get("primaryImageOfPage"), "json-ld:primaryImageOfPage") for node in page.json_ld)
    for value, rule in chain(values(page, IMAGE_RULES), of_page):
        for address in _addresses(value, page):
            if (url := page.picture(address)) and _key(url) not in logos:
                yield url, rule


def _key(url: str) -> str:
    """What is the same of two addresses of one picture: of a file, all but its size and the like."""
    return bare_address(url) if names_picture(url) else url


def _logos(page: Page) -> set[str]:
    """The addresses of the logos that JSON-LD names."""
    publisher = page.resolve(page.article_node.get("publisher"))
    publishers = [*publisher] if isinstance(publisher, list) else [publisher]
    owners = [*publishers, *(node for node in page.json_ld if LOGO_TYPES & types_of(node))]
    logos = (page.resolve(owner).get("logo") for owner in owners if isinstance(owner, dict))
    return {_key(url) for logo in logos for address in _addresses(logo, page) if (url := page.picture(address))}


def _addresses(value: Any, page: Page, depth: int = MOST_DEPTH) -> Iterator[str]:
    """The addresses in what metadata say of images: texts, and objects with an address or a mere name of another."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, list):
        for part in value:
            yield from _addresses(part, page, depth - 1)
    elif depth and isinstance(value, dict):
        node = page.resolve(value)
        yield from _addresses([node.get("url"), node.get("contentUrl")], page, depth - 1)
        if isinstance(name := node.get("@id"), str) and names_picture(name):
            yield name


def image_caption(page: Page, publisher: Publisher) -> Value[str | None]:
    """The lead image's caption; what markup alone keeps apart in it, as the credit, with a space."""
    found = first_text(page, (*publisher.rules.get("image_caption", ()), *CAPTION_RULES))
    if found.value:
        return found
    for rule in SHOWN_CAPTIONS:
        for element in page.tree.select(rule):
            if not is_hidden(element) and (caption := parted(element.itertext())):
                return Value(caption, rule)
    return Value(None)


def parted(texts: Iterable[str]) -> str:
    """Texts of one element on one line, with a space where a sentence or a word ends with one of them."""
    # Not at every boundary: markup within a word parts nothing. No page holds a NUL: the parser is given none.
    return clean(_JOINT.sub(lambda joint: f"{joint[0]} ", "\0".join(texts)).replace("\0", ""))
