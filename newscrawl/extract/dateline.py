"""The dateline: the place that a story begins with, as agencies write it."""

from __future__ import annotations

import re
from itertools import islice

from newscrawl.extract.byline_words import AGENCY_NAMES, PARTICLES
from newscrawl.extract.elements import text_of
from newscrawl.extract.page import Page
from newscrawl.extract.story import is_own
from newscrawl.extract.value import Value

#: "TOLLAN (AP) — ", "NAIROBI, Sept 3 (Reuters) - ".
DATELINE = re.compile(
    r"([A-ZÀ-ÖØ-Þ][^\W\d_.'’-]*[^\d()\[\]:;!?]{0,40}?)(?:,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\.?\s+\w{3,10}\.?))?"
    rf"\s*\((?:{AGENCY_NAMES})\)\s*[-–—]"
)
OPENING_PARAGRAPHS = 3  # of which one may begin with it
SHORTEST_PARAGRAPH = 61  # characters; shorter ones are labels


def dateline(page: Page) -> Value[str | None]:
    """The place that one of the story's first paragraphs begins with."""
    texts = (text for p in page.tree.tagged("p") if is_own(p, page) and len(text := text_of(p)) >= SHORTEST_PARAGRAPH)
    match = next(filter(None, map(DATELINE.match, islice(texts, OPENING_PARAGRAPHS))), None)
    return Value(_written(match[1]), "dateline") if match else Value(None)


def _written(place: str) -> str:
    """A place without the capitals of a dateline: "Rio de Janeiro"."""
    words = [word.title() if word.isupper() and "." not in word[:-1] else word for word in place.split()]
    return " ".join(word.lower() if n and word.lower() in PARTICLES else word for n, word in enumerate(words)).strip(
        " ,"
    )
