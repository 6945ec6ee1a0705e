"""The language of a page."""

from __future__ import annotations

import re

from newscrawl.extract.page import Page
from newscrawl.extract.rules import values
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher

LANGUAGE_RULES = ("html::attr(lang)", "json-ld:inLanguage", "meta:content-language", "meta:og:locale")
BCP47_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def language(page: Page, publisher: Publisher) -> Value[str | None]:
    """The page's language as a BCP 47 tag."""
    for value, rule in values(page, (*publisher.rules.get("language", ()), *LANGUAGE_RULES)):
        tag = value.replace("_", "-") if isinstance(value, str) else ""
        if BCP47_TAG.fullmatch(tag):
            primary, *rest = tag.split("-")
            return Value("-".join([primary.lower(), *map(_subtag, rest)]), rule)
    return Value(None)


def _subtag(part: str) -> str:
    """A part of a language tag as BCP 47 advises to write it: regions upper-case, scripts with a capital."""
    return {2: part.upper(), 4: part.title()}.get(len(part), part)


def has_labels(page: Page, publisher: Publisher) -> bool:
    """Whether a publisher's labels ("Next Story") may stand on a page: where their language is given, in that alone.

    A page that does not say its language may have them.
    """
    labels = publisher.labels_language
    return labels is None or (language(page, publisher).value or labels).startswith(labels)
