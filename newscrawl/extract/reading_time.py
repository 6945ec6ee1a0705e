"""How many minutes reading the story takes, as the page says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.extract.css import Element
from newscrawl.extract.elements import line_of
from newscrawl.extract.language import has_labels
from newscrawl.extract.page import Page
from newscrawl.extract.rules import values
from newscrawl.extract.story import is_own
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher

READING_RULES = ("json-ld:timeRequired", "meta:twitter:misc:est. reading time")
MINUTES_READ = re.compile(r"\b(\d{1,3})[ -]?min(?:ute)?s?\b[ -]*read", re.IGNORECASE)
MAY_SAY_MINUTES = re.compile(rb"min(?:ute)?s?[^a-z\d]*read")  # the same, maybe in several texts
WORD_READ = re.compile(r"\bread\b", re.IGNORECASE)
LONGEST_READING_LINE = 200  # characters of a line that tells it, which mostly has a date too; prose is longer
#: What a link preview calls it, in many languages.
READING_LABEL = re.compile(
    r"read|lese|lect|lett|leit|lees|läs|læs|czyt|čten|okuma|чтени|читан", re.IGNORECASE
)  # fmt: skip
MINUTES = re.compile(r"(\d{1,3})\s*(?:min|мин|хв|dk|dakika|分|분)", re.IGNORECASE)
ISO_8601_MINUTES = re.compile(r"PT(\d{1,3})M(?:\d+S)?")


def reading_minutes(page: Page, publisher: Publisher) -> Value[int | None]:
    """Minutes where the publisher has its dates, then in a line anywhere, then in the metadata."""
    for element, rule in _lines(page, publisher):
        if match := MINUTES_READ.search(line_of(element, LONGEST_READING_LINE)):
            return Value(int(match[1]), rule)
    return _in_preview(page) or _in_metadata(page) or Value(None)


def _lines(page: Page, publisher: Publisher) -> Iterator[tuple[Element, str]]:
    for rule in publisher.rules.get("date", ()):
        if "::attr" not in rule:
            yield from ((element, rule) for element in page.tree.select(rule))
    if page.tree.says(MAY_SAY_MINUTES) and has_labels(page, publisher):
        said = page.tree.saying(("read",), lambda t: len(t) <= LONGEST_READING_LINE and WORD_READ.search(t) is not None)
        yield from ((element, "label") for element in said if is_own(element, page))


def _in_preview(page: Page) -> Value[int | None] | None:
    """Minutes in the pairs of label and text that link previews show."""
    for number in "12":
        label, text = page.meta.get(f"twitter:label{number}", ""), page.meta.get(f"twitter:data{number}", "")
        if READING_LABEL.search(label) and (match := MINUTES.match(text)):
            return Value(int(match[1]), f"meta:twitter:data{number}")
    return None


def _in_metadata(page: Page) -> Value[int | None] | None:
    for value, rule in values(page, READING_RULES):
        if isinstance(value, str) and (match := ISO_8601_MINUTES.fullmatch(value) or MINUTES.match(value)):
            return Value(int(match[1]), rule)
    return None
