"""Reading the dates of a page whose publisher nobody described.

Nothing is known of such a page but what it tells: its forms are tried in the order of their certainty, and dateparser's
free-form reading, in the page's language, comes last (3 to 70 ms, where the other forms take 0.01 ms).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from dateparser.date import DateDataParser

from newscrawl.dates.described import has_parts
from newscrawl.dates.zones import split_zone

_LONGEST = 100  # characters of a date
_ISO = re.compile(r"\d{4}-\d\d?-\d\d?(?!\d)|\d{8}(?:T\d{4,6})?(?!\d)")
_LOOSE_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:\s*[T, ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,:]\d+)?)?\s*([ap]m)?)?\s*([+-]\d\d?:?(?:\d\d)?|[A-Z]{1,5})?Z?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")  # 2001 to 2033
_DIGITS = re.compile(r"(?:19|20)\d{12}")
#: What ``Date.toString()`` gives in JavaScript, and PHP's and Java's like of it.
_SCRIPT = re.compile(
    r"\w{3},? (\w{3}) (\d\d?) (?:(\d{4}) )?(\d\d:\d\d:\d\d) (?:GMT|UTC)?([+-]\d{4}|[A-Z]+)?(?: (\d{4}))?"
)
#: What programs write for no date.
_NULL = {datetime(1, 1, 1), datetime(1970, 1, 1), datetime(1900, 1, 1)}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TIME = re.compile(
    r"\d:\d\d|(?<![\d.])\d{1,2} ?[.h] ?\d\d(?![\d.])|\b\d{1,2}\s*[ap]\.?m\b|\d\s*(?:時|时|시|点)", re.IGNORECASE
)
#: Words and signs between a day and its time, and forms of times that dateparser does not read.
_BETWEEN = re.compile(
    r"\s+(?:um|at|à|às|a las|a la|alle(?: ore)?|ore|om|kl\.?|klo|klokken|o|в)\s+(?=\d{1,2}\s*[:.h]\s*\d\d)|\s*[|•·–—]\s*"
)
_CLOCK = re.compile(r"(?<![\d.])(\d{1,2})\s?(?:h|[.](?=\d\d(?:\s*(?:Uhr|h)|$)))\s?(\d\d)(?![\d.])")
_AFTER_TIME = re.compile(r"(?<=\d)\s*(?:Uhr|hrs?|h|klo|г\.?)\b", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_READING_TIME = re.compile(r"\b\d+[ -]?min(?:ute)?s?\b[ -]*read\b", re.IGNORECASE)
#: English-speaking countries that write the month first.
_MONTH_FIRST = {"us", "ph"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as read: ``instant`` is naive where the text tells no zone; ``timed`` whether it tells a time of day."""

    instant: datetime
    timed: bool


def read_date(text: str, language: str, country: str, free: bool = True) -> Reading | None:
    """What a date means, or ``None``; never a guess.

    ``language`` is a language's two letters (``""``: English), ``country`` a country's. A date of two numbers either of
    which may be the month is read as the language and country write it; English without a country does not say.
    Without ``free`` only the forms that machines write are read.
    """
    text = " ".join(text.split())
    return _read_date(text, language, country, free) if 0 < len(text) <= _LONGEST else None


@lru_cache(1000)
def _read_date(text: str, language: str, country: str, free: bool) -> Reading | None:
    try:
        reading = _machine(text, country) or (_free(text, language, country) if free else None)
    except (ValueError, OverflowError):
        return None
    return reading if reading and reading.instant.replace(tzinfo=None) not in _NULL else None


def _machine(text: str, country: str) -> Reading | None:
    """The forms that machines write."""
    if _ISO.match(text):
        timed = ":" in text or bool(re.match(r"\d{8}T|.{10}[T ]\d", text))
        try:
            return Reading(datetime.fromisoformat(text).replace(microsecond=0), timed)
        except ValueError:
            return _loose_iso(text, country)
    if _EPOCH.fullmatch(text):
        return Reading(datetime.fromtimestamp(int(text[:10]), UTC), True)
    if _DIGITS.fullmatch(text):
        return Reading(datetime.strptime(text, "%Y%m%d%H%M%S"), True)
    if match := _SCRIPT.match(text):
        month, day, year, clock, zone, last = match.groups()
        if month.lower() in _MONTHS and (year or last):
            form = f"{year or last}-{_MONTHS.index(month.lower()) + 1:02}-{int(day):02}T{clock}"
            _, offset = split_zone(f"{clock} {zone or ''}", country)
            return Reading(datetime.fromisoformat(form).replace(tzinfo=offset), True)
    return _mail(text)


def _loose_iso(text: str, country: str) -> Reading | None:
    match = _LOOSE_ISO.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if half := match[7]:
        hour = hour % 12 + 12 * (half.lower() == "pm") if 0 < hour <= 12 else 99
    if hour > 24 or minute > 59 or second > 59:
        return None
    instant = datetime(year, month, day) + timedelta(
        hours=hour, minutes=minute, seconds=second
    )  # 24:00 is the next day
    zone = match[8]
    offset = split_zone(f"{hour}:00 {zone.upper()}", country)[1] if zone else None
    if zone and offset is None:
        return None
    return Reading(instant.replace(tzinfo=offset), match[4] is not None)


def _mail(text: str) -> Reading | None:
    """RFC 5322, as feeds and HTTP headers write it."""
    if text.count(":") < 1 or not re.search(r"[+-]\d{4}|GMT|UTC", text):
        return None
    try:
        instant = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return Reading(instant, True) if instant.tzinfo else None


def _free(text: str, language: str, country: str) -> Reading | None:
    """dateparser's reading, which must find a day, a month and a year that the text has."""
    if not re.search(r"\d", text) or _ISO.match(text):
        return None
    text = _READING_TIME.sub("", text).strip(" |,·•-–")
    timed = bool(_TIME.search(text))
    text, zone = split_zone(text, country)
    if language in ("", "en") and not country and (match := _NUMERIC.search(text)):
        first, second = int(match[1]), int(match[2])
        if first <= 12 and second <= 12 and first != second:
            return None
    text = _AFTER_TIME.sub("", _CLOCK.sub(r"\1:\2", _BETWEEN.sub(" ", text))).strip(" .,-")
    # Words may stand before the day, or before the month before it.
    beginnings = dict.fromkeys((text, re.sub(r"^\D+", "", text), re.sub(r"^\D*?(?=[^\W\d]+\.?\s+\d)", "", text)))
    for one in beginnings:
        instant = _by_dateparser(one, language, country)
        if instant and has_parts(one, instant):
            return Reading(instant.replace(microsecond=0, tzinfo=zone or instant.tzinfo), timed)
    return None


def _by_dateparser(text: str, language: str, country: str) -> datetime | None:
    try:
        found: datetime | None = _parser(language, country).get_date_data(text).date_obj
    except Exception:
        return None
    return found


@lru_cache(100)  # some pages have an invented language
def _parser(language: str, country: str) -> DateDataParser:
    settings: dict[str, Any] = {"REQUIRE_PARTS": ["day", "month", "year"]}
    if language in ("", "en"):
        settings["DATE_ORDER"] = "MDY" if country in _MONTH_FIRST or not country else "DMY"
    language = {"no": "nb", "iw": "he"}.get(language, language or "en")
    try:
        return DateDataParser(languages=[language], settings=settings)
    except ValueError:  # a language that dateparser does not know
        return DateDataParser(languages=["en"], settings=settings)
