"""Dates as people write them, wherever they stand in a line: "By Ann Reed | 18. November 2025, 14.30 Uhr".

In numbers, and with the names of months in any of the languages of ``months``, in a hundredth of dateparser's time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from newscrawl.dates.calendars import (
    BUDDHIST_AHEAD,
    BUDDHIST_YEARS,
    IRANIAN_COUNTRIES,
    IRANIAN_LANGUAGES,
    IRANIAN_YEARS,
    of_iran,
)
from newscrawl.dates.instants import Reading
from newscrawl.dates.months import OF_IRAN, fold, month_of
from newscrawl.dates.wording import MONTH_FIRST, NO_TIME
from newscrawl.dates.zones import NO_ZONES, split_zone

YEARS = range(1500, 2100)
#: Languages that write the year first, one of two figures, too.
YEAR_FIRST = {"zh", "ja", "ko", "hu", "mn"}
#: How dates in numbers are written.
DAY_FIRST, MONTH_BEFORE_DAY = "DMY", "MDY"
CENTURY_TURNS = 70  # "70" is 1970, "69" is 2069
REACH = 24  # characters before and behind a month's name in which its day and its year stand
TO_TIME, FROM_TIME = 30, 12  # characters at most between a day and the time behind it, or the time before it
LONGEST_ZONE = 16  # characters behind a time that may tell its zone
MONTHS_OF_YEAR = 12
MIDNIGHT_AGAIN = 24  # an hour

_NUMBERS = re.compile(
    r"(?<![\d/])(?<!\d[.:-])(\d{1,4})(?:\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})"
    r"|\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})(?:\s?[日일])?)(?![\d/]|[.:]\d|-\d(?!\d?:))"
)
#: A year, and a day in a box of its own beside it.
_IN_BOXES = re.compile(r"(?<![\d/.:-])(\d{4})\s(\d\d?)\s?([/.-])\s?(\d\d?)(?![\d/:.-])")
_SIGNS = r"\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u0e31-\u0e4e"  # that some scripts write on letters
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_SIGNS}])*")
_ORDINAL = r"(?:st|nd|rd|th|er|re|e|a|o|an|-?(?:го|е|га|я|й))?(?![^\W\d_])"
_LINK = r"(?:(?:of|the|de|del|di|do|da|dia|i|d|m|[dl]['’])(?:[\s.]{1,2}|(?<=['’])))?"
_DAY_BEFORE = re.compile(rf"(?<![\d:/])(?<!\d[.-])(\d{{1,2}}){_ORDINAL}[\s.,/-]{{0,3}}{_LINK}$", re.IGNORECASE)
_DAY_BEHIND = re.compile(
    rf"[\s.,/-]{{0,3}}{_LINK}(\d{{1,2}}){_ORDINAL}(?![\d:])(?:[\s.,/|-]{{1,4}}(\d{{4}})(?!\d))?", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    rf"(?<!\d)(\d{{4}})(?:ko|-?(?:m|г))?[\s.,/-]{{0,3}}(?:(?:gada|metų|m|g|de)[\s.]{{1,2}})?"
    rf"(?:(\d{{1,2}}){_ORDINAL}[\s.]{{1,2}})?{_LINK}$",
    re.IGNORECASE,
)
_YEAR_BEHIND = re.compile(
    r"[\s.,/-]{0,3}(?:(?:de|del|of|do|da|di|d)[\s.]{1,2})?(?:['’]?(\d{4})|(?:(?<=-)|['’])(\d\d))(?!\d)", re.IGNORECASE
)
#: What stands before the last day of a span, and between its first and its last: those are no story's date.
_SINCE = re.compile(
    r"\d(?:st|nd|rd|th|\.)?(?:\s[^\W\d_]{3,12}\.?)?\s?(?:[-–—/&+]|to|bis|und|and|au?|et|al?|e|y|até|og|och|en)\s?$",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\s?(?:[-–—]|to|until|bis|au|al|até|till?|do|по)\s?", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:])(?<!\d\.)(\d{1,2})([:.])(\d\d)(?:\2(\d\d)(?:[.,]\d{1,9})?)?(?![\d:]|\.\d)(?:\s?([AP])M\b)?",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\s,;|/()–—·•-]*")
_ZONE = re.compile(r"[\s(\[]{0,3}(?:(?:Uhr|hrs?\.?|h)\s)?([^\W\d_]{0,5}\s?(?:[+−-]\d{1,2}(?::?\d\d)?)?)(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a line writes it, from ``start`` to ``end``.

    ``meant`` has the one that it is, or the two that it may be, the one with the day before the month first;
    ``style`` is the sign between its numbers, ``""`` where it names its month.
    """

    start: int
    end: int
    meant: tuple[date, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What tells of a day in numbers which of them is the month.

    ``days`` are those that the page tells in other ways; ``styles`` is, by the sign between the numbers, how its other
    dates are written; ``latest`` the last day that there can be a date of.
    """

    days: frozenset[date] = frozenset()
    styles: tuple[tuple[str, str], ...] = ()
    latest: date | None = None


UNKNOWN = Order()


def read_written(
    text: str,
    days: Sequence[Day],
    language: str,
    country: str,
    *,
    order: Order = UNKNOWN,
    zones: Mapping[str, str] = NO_ZONES,
) -> Reading | None:
    """What the ``days`` of a plain text mean, with the time beside them; ``None`` for none, and for several."""
    meant = {meaning(day, language, country, order) for day in days}
    if len(meant) != 1 or (day := meant.pop()) is None:
        return None
    for written in days:
        if clock := _clock_of(text, written):
            at, zone = _time_of(clock, text, country, zones)
            if at is not None:
                return Reading((datetime.combine(day, time()) + at).replace(tzinfo=zone), True)
    return Reading(datetime.combine(day, time()), False)


def days_in(text: str, language: str, country: str) -> list[Day]:
    """The days that a plain text tells, with their years, as they stand in it. A span of days is none."""
    named = list(_named(text, language))
    numbers = (day for day in _in_numbers(text, language, country) if not any(_meet(day, one) for one in named))
    days = sorted((*named, *numbers), key=lambda day: day.start)
    spans = {day for one, other in pairwise(days) if _is_span(text, one, other) for day in (one, other)}
    return [day for day in days if day not in spans and not _SINCE.search(text, max(0, day.start - REACH), day.start)]


def _is_span(text: str, one: Day, other: Day) -> bool:
    """Whether two days are the first and the last of something."""
    return one.meant != other.meant and _SPAN.fullmatch(text, one.end, other.start) is not None


def meaning(day: Day, language: str, country: str, order: Order = UNKNOWN) -> date | None:
    """The day that is meant; ``None`` where it may be either of two.

    What cannot have come is not meant. Then the other dates of the page tell, then how it writes others, then its
    country and language; points always stand behind the day first.
    """
    meant = [one for one in day.meant if order.latest is None or one <= order.latest] or list(day.meant)
    if len(meant) == 1:
        return meant[0]
    told = [one for one in meant if one in order.days]
    if len(told) == 1:
        return told[0]
    usual = dict(order.styles).get(day.style) or _usual_order(day.style, language, country)
    return meant[usual == MONTH_BEFORE_DAY] if usual else None


def order_told(text: str) -> Iterator[tuple[str, str]]:
    """How the dates in a plain text are written whose second or first number is no month, by the sign between them."""
    for match in _NUMBERS.finditer(text):
        first, style, second, third, _, _ = match.groups()
        if style and len(first) <= 2 and len(third) in (2, 4):
            if int(first) > MONTHS_OF_YEAR >= int(second):
                yield style, DAY_FIRST
            elif int(second) > MONTHS_OF_YEAR >= int(first):
                yield style, MONTH_BEFORE_DAY


def _usual_order(style: str, language: str, country: str) -> str:
    if style == "." or language not in ("", "en"):
        return DAY_FIRST
    if country:
        return MONTH_BEFORE_DAY if country in MONTH_FIRST else DAY_FIRST
    return ""


def _meet(one: Day, other: Day) -> bool:
    return one.start < other.end and other.start < one.end


def _named(text: str, language: str) -> Iterator[Day]:
    """The days with the name of a month."""
    for word in _WORD.finditer(text):
        name = word[0]
        months = (OF_IRAN.get(fold(name)), month_of(name, language))
        if any(months) and (found := _around(text, word.start(), word.end())):
            year, day, start, end = found
            iranian = year in IRANIAN_YEARS
            month = months[not iranian]
            if month and (meant := _date(year, month, day, iranian)):
                yield Day(start, end, (meant,))


def _around(text: str, start: int, end: int) -> tuple[int, int, int, int] | None:
    """The year and the day around the name of a month, and from where to where they stand with it."""
    low = max(0, start - REACH)
    before, behind = text[low:start], text[end : end + REACH]
    if before_year := _YEAR_BEFORE.search(before):
        day = _DAY_BEHIND.match(behind)
        if before_year[2]:  # "2025. gada 18. novembrī"
            return int(before_year[1]), int(before_year[2]), low + before_year.start(), end
        if day:
            return int(before_year[1]), int(day[1]), low + before_year.start(), end + day.end(1)
    day, year = _DAY_BEFORE.search(before), _YEAR_BEHIND.match(behind)
    if day and year:
        return _year(year[1] or year[2]), int(day[1]), low + day.start(), end + year.end()
    day = _DAY_BEHIND.match(behind)
    if day and day[2] and not day.group().startswith("-"):
        return int(day[2]), int(day[1]), start, end + day.end()
    return None


def _in_numbers(text: str, language: str, country: str) -> Iterator[Day]:
    iranian = language in IRANIAN_LANGUAGES or country in IRANIAN_COUNTRIES
    for match in _NUMBERS.finditer(text):
        first, style, second, third, month, day = match.groups()
        if month:
            meant = [_date(_year(first), int(month), int(day))]
        else:
            meant = [_date(*parts, iranian) for parts in _orders(first, second, third, style, language)]
        if kept := tuple(dict.fromkeys(one for one in meant if one)):
            yield Day(match.start(), match.end(), kept, style or "")
    for match in _IN_BOXES.finditer(text):
        if in_boxes := _date(int(match[1]), int(match[2]), int(match[4])):
            yield Day(match.start(), match.end(), (in_boxes,))


def _orders(first: str, second: str, third: str, style: str, language: str) -> Iterator[tuple[int, int, int]]:
    """The year, month and day that three numbers may be, those with the day before the month first."""
    if len(first) == 4 and len(third) <= 2:
        yield int(first), int(second), int(third)
    elif len(first) > 2 or len(third) not in (2, 4) or (len(third) == 2 and style == "-"):
        return
    elif len(third) == 2 and language in YEAR_FIRST:
        yield _year(first), int(second), int(third)
    else:
        yield _year(third), int(second), int(first)
        yield _year(third), int(first), int(second)


def _year(figures: str) -> int:
    """The year of two or four figures."""
    year = int(figures)
    if len(figures) > 2:
        return year
    return year + (2000 if year < CENTURY_TURNS else 1900)


def _date(year: int, month: int, day: int, iranian: bool = False) -> date | None:
    """The day, by the calendar that its year is of; ``None`` for what is none."""
    with suppress(ValueError):
        if iranian and year in IRANIAN_YEARS:
            return of_iran(year, month, day)
        if year in BUDDHIST_YEARS:
            year -= BUDDHIST_AHEAD
        return date(year, month, day) if year in YEARS else None
    return None


def _clock_of(text: str, day: Day) -> re.Match[str] | None:
    """The time of day beside a day: the first behind it, else the last before it."""
    for clock in _CLOCK.finditer(text, day.end, day.end + TO_TIME + 12):
        between = text[day.end : clock.start()]
        if any(map(str.isdigit, between)) or len(between) > TO_TIME:
            break
        if (clock[2] == ":" or _BARE.fullmatch(between)) and not NO_TIME.match(text, clock.end()):
            return clock
    for clock in _CLOCK.finditer(text, 0, day.start):
        between = text[clock.end() : day.start]
        if clock[2] == ":" and len(between) <= FROM_TIME and not any(map(str.isdigit, between)):
            return clock
    return None


def _time_of(
    clock: re.Match[str], text: str, country: str, zones: Mapping[str, str]
) -> tuple[timedelta | None, tzinfo | None]:
    """How far into its day a time is, and the zone behind it; ``None`` for a time that does not exist."""
    hour, minute, second, half = int(clock[1]), int(clock[3]), int(clock[4] or 0), (clock[5] or "").upper()
    if half and 0 < hour <= 12:
        hour = hour % 12 + 12 * (half == "P")
    if hour > MIDNIGHT_AGAIN or minute > 59 or second > 59:
        return None, None
    zone = _ZONE.match(text, clock.end(), clock.end() + LONGEST_ZONE)
    told = split_zone(f"9:00 {zone[1].strip()}", country, zones)[1] if zone and zone[1].strip() else None
    return timedelta(hours=hour, minutes=minute, seconds=second), told
