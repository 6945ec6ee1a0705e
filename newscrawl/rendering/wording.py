"""How names and moments are told to readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


def moment(text: str | None) -> str:
    """An instant by the clock that it was told in; UTC by its name. What is none is given as it is.

    >>> moment("2025-09-03T19:49:00+05:30")
    '3 September 2025, 19:49 +05:30'
    """
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return text or ""
    offset = f"{at:%z}"
    zone = "UTC" if offset in ("", "+0000") else f"{offset[:3]}:{offset[3:5]}"
    return f"{at.day} {at:%B %Y, %H:%M} {zone}"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["Ann", "Bo", "Cy"])
    'Ann, Bo and Cy'
    """
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
