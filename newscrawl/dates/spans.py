"""Short spans of time before the present, as people type them on a command line."""

from __future__ import annotations

import re

_SHORT = re.compile(r"(\d{1,5})\s?([hdw])", re.IGNORECASE | re.ASCII)
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def in_words(text: str) -> str:
    """A short span as the words that dates are read from; any other text as it is.

    >>> in_words("2d"), in_words("12h"), in_words("1w"), in_words("2025-09-03")
    ('2 days ago', '12 hours ago', '1 weeks ago', '2025-09-03')
    """
    span = _SHORT.fullmatch(text.strip())
    return f"{span[1]} {_UNITS[span[2].lower()]} ago" if span else text
