"""The limits that a command's ``--since`` and ``--until`` give."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

from newscrawl.dates.reading import parse_date, parse_end
from newscrawl.publishers import GENERIC


def limit(name: str, text: str | None) -> date | datetime | None:
    """What ``since`` or ``until`` means: a day, which is each publisher's own, or an instant; ``None`` of no text.

    Raises ``ValueError`` for what is no date.

    >>> limit("since", "2025-09-03")
    datetime.date(2025, 9, 3)
    """
    if not text:
        return None
    with suppress(ValueError):
        return date.fromisoformat(text.strip())
    read = {"since": parse_date, "until": parse_end}[name](text, GENERIC, datetime.now(UTC))
    if read is None:
        raise ValueError(f"--{name} {text!r} is not a date: give one like 2025-09-03 or '2 days ago'")
    return read


def is_empty(since: date | datetime | None, until: date | datetime | None) -> bool:
    """Whether nothing can be between two limits."""
    if not since or not until or isinstance(since, datetime) != isinstance(until, datetime):
        return False
    return since > until
