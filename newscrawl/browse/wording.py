"""How single values are shown on a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from newscrawl.browse.asked import SIGNS
from newscrawl.rendering.wording import listed, moment

_CELLS = " | "  # between the cells of a table's row, which is a paragraph of the body
#: What facets and filters are called.
_NAMES = {"day": "Day", "premium": "Premium", "status": "Status", "live": "Live blog", "section": "Section"}
_VALUES = {"0": "no", "1": "yes"}
_LOOKUPS = {"exact": "", "contains": "contains", "gte": "from", "lte": "up to", "arraycontains": "has"}


def day(text: str | None) -> str:
    """An ISO date as a heading: ``Wednesday 3 September 2025``."""
    try:
        return f"{(at := datetime.fromisoformat(text or '')):%A} {at.day} {at:%B %Y}"
    except ValueError:
        return "Without a date"


def date(text: str | None) -> str:
    """An ISO date in a list: ``3 Sep 2025``."""
    try:
        return f"{(at := datetime.fromisoformat(text or '')).day} {at:%b %Y}"
    except ValueError:
        return text or "no date"


def clock(text: str | None) -> str:
    """The time of day of an instant, by the publisher's clock."""
    return text[11:16] if text and len(text) > 15 else ""


def address(url: Any) -> str | None:
    """An address that a link may lead to, http and https alone, else ``None``."""
    try:
        return str(url) if urlsplit(str(url)).scheme in ("http", "https") and urlsplit(str(url)).hostname else None
    except ValueError:
        return None


def host(url: Any) -> str:
    """The host of an address, as readers know it."""
    try:
        return (urlsplit(str(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def marked(text: str | None) -> Markup:
    """A text with what was found in it marked; all else in it is escaped."""
    return signed(str(escape(text or "")))


def signed(escaped: str) -> Markup:
    """HTML with signs around what was found, as the page shows it."""
    begins, ends = SIGNS
    return Markup(escaped.replace(begins, "<mark>").replace(ends, "</mark>"))  # noqa: S704 - escaped


def blocks(body: str | None) -> Iterator[tuple[str, list[Any]]]:
    """A body in order: ``("text", paragraphs)`` or ``("table", rows of cells)``.

    >>> list(blocks("One.\\n\\nA | 1\\n\\nB | 2"))
    [('text', ['One.']), ('table', [['A', '1'], ['B', '2']])]
    """
    paragraphs = body.split("\n\n") if body else []
    for cells, some in groupby(paragraphs, key=lambda text: text.count(_CELLS)):
        found = list(some)
        if cells and len(found) > 1:
            yield "table", [row.split(_CELLS) for row in found]
        else:
            yield "text", found


def name(column: str) -> str:
    """A column's name for readers."""
    return _NAMES.get(column, column.replace("_", " ").capitalize())


def value(column: str, text: Any) -> str:
    """A value of a column for readers: yes and no for 1 and 0, a day as a date."""
    if text in (None, ""):
        return "none"
    if column == "day":
        return date(str(text))
    return _VALUES.get(str(text), str(text)) if column in ("premium", "live") else str(text)


def selection(column: str, lookup: str, text: Any) -> str:
    """A filter of Datasette's in words."""
    return " ".join(part for part in (f"{name(column)}:", _LOOKUPS.get(lookup, lookup), value(column, text)) if part)


FILTERS = {
    "news_day": day,
    "news_date": date,
    "news_moment": moment,
    "news_clock": clock,
    "news_address": address,
    "news_host": host,
    "news_marked": marked,
    "news_blocks": blocks,
    "news_name": name,
    "news_list": listed,
    "news_value": value,
}
