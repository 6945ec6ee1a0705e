"""The language of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from newscrawl.extract.json_ld import bare_address, types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import values
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher

LANGUAGE_RULES = (
    "html::attr(lang)", "html::attr(xml:lang)", "json-ld:inLanguage", "meta:content-language", "meta:og:locale",
    "body::attr(lang)", "body::attr(xml:lang)", "main::attr(lang)", "article::attr(lang)", "h1::attr(lang)",
    "microdata:inLanguage", "meta:inlanguage", "meta:language", "meta:dc.language", "meta:dcterms.language",
    "meta:og:language", "meta:lang", "meta:locale", "meta:citation_language",
)  # fmt: skip
BCP47_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
#: Tags that name no language: https://www.rfc-editor.org/rfc/rfc5646#section-4.1
NO_LANGUAGE = {"und", "mul", "zxx", "mis"}
LONGEST_TAG = 35  # characters
#: Objects of JSON-LD that have the language of the page's article, where that does not say it.
PAGE_TYPES = ("WebPage", "WebSite")


def language(page: Page, publisher: Publisher) -> Value[str | None]:
    """The page's language as a BCP 47 tag."""
    rules = publisher.rules.get("language", ())
    own = _first_tag(values(page, rules)) if rules else Value(None)
    return own if own.value else page.once(_told)


def _told(page: Page) -> Value[str | None]:
    """The language that a page of any publisher tells."""
    return _first_tag(chain(values(page, LANGUAGE_RULES), _of_page(page)))


def _first_tag(told: Iterable[tuple[Any, str]]) -> Value[str | None]:
    for value, rule in told:
        if tag := _tag(_text(value)):
            return Value(tag, rule)
    return Value(None)


def _of_page(page: Page) -> Iterator[tuple[Any, str]]:
    """Languages of what the page is, of its link to itself, and of its response."""
    for kind in PAGE_TYPES:
        for node in page.json_ld:
            if any(name.endswith(kind) for name in types_of(node)):
                yield node.get("inLanguage"), f"json-ld:{kind}.inLanguage"
    for link in page.tree.tagged("link"):
        if link.get("hreflang") and bare_address(page.absolute(link.get("href") or "") or "") == bare_address(page.url):
            yield link.get("hreflang"), "link hreflang"
    yield page.content_language, "Content-Language"


def _text(value: Any) -> str:
    """What may be a tag, in a text, a list or a ``Language``; of several languages of a page, the first is its own."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return value.partition(",")[0] if isinstance(value, str) else ""


def _tag(text: str) -> str | None:
    """A text as a tag; ``None`` for another text."""
    tag = text.strip().partition(".")[0].replace("_", "-")
    if len(tag) > LONGEST_TAG or not BCP47_TAG.fullmatch(tag):
        return None
    primary, *rest = tag.split("-")
    return None if primary.lower() in NO_LANGUAGE else "-".join([primary.lower(), *map(_subtag, rest)])


def _subtag(part: str) -> str:
    """A part of a language tag as BCP 47 advises to write it: regions upper-case, scripts with a capital."""
    return {2: part.upper(), 4: part.title()}.get(len(part), part)


def has_labels(page: Page, publisher: Publisher) -> bool:
    """Whether a publisher's labels ("Next Story") may stand on a page: where their language is given, in that alone.

    A page that does not say its language may have them.
    """
    labels = publisher.labels_language
    return labels is None or (language(page, publisher).value or labels).startswith(labels)
