"""Dates in the formats that programs write: ISO 8601 and what comes near it, epochs, RFC 5322, ``Date.toString()``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from newscrawl.dates.instants import Reading
from newscrawl.dates.wording import MONTHS
from newscrawl.dates.zones import split_zone

ISO = re.compile(r"\d{4}-\d\d?-\d\d?(?!\d)|\d{8}(?:T\d{4,6})?(?!\d)")
_ISO_TIMED = re.compile(r"\d{8}T|.{10}[T ]\d")
_NEAR_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:\s*[T, ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,:]\d+)?)?\s*([ap]m)?)?\s*([+-]\d\d?:?(?:\d\d)?|[A-Z]{1,5})?Z?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")  # 2001 to 2033
_DIGITS = re.compile(r"(?:19|20)\d{12}")
#: What ``Date.toString()`` gives in JavaScript, and PHP's and Java's like of it.
_SCRIPT = re.compile(
    r"\w{3},? (\w{3}) (\d\d?) (?:(\d{4}) )?(\d\d:\d\d:\d\d) (?:GMT|UTC)?([+-]\d{4}|[A-Z]+)?(?: (\d{4}))?"
)
_MAIL = re.compile(r"[+-]\d{4}|GMT|UTC")


def read_machine(text: str, country: str) -> Reading | None:
    """What a program's date means; ``ValueError`` or ``None`` for what is none.

    >>> read_machine("2025-09-03T19:49:07+05:30", "").instant.isoformat()
    '2025-09-03T19:49:07+05:30'
    """
    if ISO.match(text):
        return _iso(text, country)
    if _EPOCH.fullmatch(text):
        return Reading(datetime.fromtimestamp(int(text[:10]), UTC), True)
    if _DIGITS.fullmatch(text):
        return Reading(datetime.strptime(text, "%Y%m%d%H%M%S"), True)
    return _script(text, country) or _mail(text)


def _iso(text: str, country: str) -> Reading | None:
    try:
        instant = datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        match = _NEAR_ISO.fullmatch(text)
        return _near_iso(match, country) if match else None
    return Reading(instant, ":" in text or _ISO_TIMED.match(text) is not None)


def _near_iso(match: re.Match[str], country: str) -> Reading | None:
    """One with missing zeros, with "PM", with an abbreviation for its zone, or of the hour 24."""
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if half := match[7]:
        hour = _of_24_hours(hour, half)
    if hour > 24 or minute > 59 or second > 59:
        return None
    offset = split_zone(f"{hour}:00 {match[8].upper()}", country)[1] if match[8] else None
    if match[8] and offset is None:
        return None
    instant = datetime(year, month, day) + timedelta(hours=hour, minutes=minute, seconds=second)
    return Reading(instant.replace(tzinfo=offset), match[4] is not None)


def _of_24_hours(hour: int, half: str) -> int:
    """The hour that "7 PM" is; one that is no hour of "AM" or "PM" as one that no day has."""
    return hour % 12 + 12 * (half.lower() == "pm") if 0 < hour <= 12 else 99


def _script(text: str, country: str) -> Reading | None:
    match = _SCRIPT.match(text)
    if not match:
        return None
    month, day, year, clock, zone, last = match.groups()
    if month.lower() not in MONTHS or not (year or last):
        return None
    iso = f"{year or last}-{MONTHS.index(month.lower()) + 1:02}-{int(day):02}T{clock}"
    _, offset = split_zone(f"{clock} {zone or ''}", country)
    return Reading(datetime.fromisoformat(iso).replace(tzinfo=offset), True)


def _mail(text: str) -> Reading | None:
    """RFC 5322, as feeds and HTTP headers write it."""
    if ":" not in text or not _MAIL.search(text):
        return None
    try:
        instant = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return Reading(instant, True) if instant.tzinfo else None
