"""Reading a publisher's dates: from wording to an exact instant.

dateparser 1.5 reads "IST" as Israel's time and takes up to 70 ms to fail, where a known form costs
0.04 ms: so the publisher says its forms and zones, and free-form reading comes last.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser

from newscrawl.publishers import Publisher

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 100  # characters of a date
_RELATIVE = re.compile(r"\b(?:ago|today|yesterday|just now|now)\b", re.IGNORECASE)


def parse_date(text: str, publisher: Publisher, now: datetime) -> datetime | None:
    """The instant that a date means, in the publisher's zone, or ``None``; never a guess.

    ISO 8601 first, then the publisher's forms, then dateparser's free-form reading, which must find a day, a month
    and a year that the text has; words like "2 days ago" are relative to ``now`` (aware).
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return None
    return _relative(text, publisher, now) if is_relative(text) else _absolute(text, publisher)


def is_relative(text: str) -> bool:
    """Whether a date is told from the present: "2 hours ago", "yesterday"."""
    return _RELATIVE.search(text) is not None


@lru_cache(1000)  # a page gives most dates twice, and the pages around it give them too
def _absolute(text: str, publisher: Publisher) -> datetime | None:
    zone = ZoneInfo(publisher.timezone or "UTC")
    try:
        return _at(datetime.fromisoformat(text), zone)
    except ValueError:
        pass
    if _ISO_DAY.match(text):  # the free-form reader would turn month 13 into a day
        try:
            date.fromisoformat(text[:10])
        except ValueError:
            return None
    text, zone = _zoned(text, publisher)
    instant = _read(_parser(), text, publisher.date_formats)
    return _at(instant, zone) if instant and has_parts(text, instant) else None


def _relative(text: str, publisher: Publisher, now: datetime) -> datetime | None:
    text, zone = _zoned(text, publisher)
    base = now.astimezone(zone).replace(tzinfo=None)
    return _at(_read(DateDataParser(languages=["en"], settings={"RELATIVE_BASE": base}), text), zone)


def _zoned(text: str, publisher: Publisher) -> tuple[str, ZoneInfo]:
    """A date without the abbreviation of its zone, and the zone."""
    zone = publisher.timezone or "UTC"
    for abbreviation, name in publisher.zones.items():
        text, count = re.subn(rf"\b{abbreviation}\b", "", text)
        zone = name if count else zone
    return text.strip(" |,"), ZoneInfo(zone)


def _read(parser: DateDataParser, text: str, formats: tuple[str, ...] = ()) -> datetime | None:
    try:
        found: datetime | None = parser.get_date_data(text, date_formats=formats).date_obj if text else None
    except Exception:
        return None
    return found


def _at(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    if instant is None:
        return None
    try:
        return (
            (instant if instant.tzinfo else instant.replace(tzinfo=zone))
            .astimezone(ZoneInfo(zone.key))
            .replace(microsecond=0)
        )
    except (OverflowError, ValueError):
        return None


def has_parts(text: str, instant: datetime) -> bool:
    """Whether the day and the year of an instant stand in the text that it was read from."""
    numbers = {int(number) for number in re.findall(r"\d+", text)[:20]}
    return instant.day in numbers and bool({instant.year, instant.year % 100} & numbers)


@cache
def _parser() -> DateDataParser:
    return DateDataParser(languages=["en"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
