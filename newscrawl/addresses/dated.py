"""Listings by date: a page for each day, month or year, whose address has the date."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>0?[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SEPARATOR = "[-/_.]"
#: Dates as paths have them, the most exact first; the year before or behind the others.
_FORMS = tuple(
    re.compile(rf"(?<![0-9a-z]){form}(?![0-9a-z])", re.IGNORECASE)
    for form in (
        r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
        f"{_YEAR}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_DAY}",
        f"{_DAY}{_SEPARATOR}{_MONTH}{_SEPARATOR}{_YEAR}",
        f"{_YEAR}{_SEPARATOR}{_MONTH}",
        f"{_MONTH}{_SEPARATOR}{_YEAR}",
        f"(?<=/){_YEAR}(?=/|$)",
    )
)
#: Names of a query's parts that are dates, or parts of one.
_IN_QUERY = {
    **dict.fromkeys(("date", "datum", "fecha", "data", "day", "dia", "d"), "day"),
    **dict.fromkeys(("month", "mes", "mois", "monat", "m"), "month"),
    **dict.fromkeys(("year", "annee", "ano", "jahr", "y"), "year"),
}


class Dated(NamedTuple):
    """A date in an address, year, month and day (0 where there is none), and the address without it."""

    date: tuple[int, int, int]
    rest: str


def dated(url: str) -> Dated | None:
    """The date that a listing's address has in its path, or in its query under such a name; ``None`` if it has none.

    >>> dated("https://news.example/archive/2025/09/03/")
    Dated(date=(2025, 9, 3), rest='/archive/#/')
    >>> dated("https://news.example/archive?month=9&year=2025&page=2")
    Dated(date=(2025, 9, 0), rest='/archive?page')
    """
    parts = urlsplit(url)
    query = parse_qsl(parts.query)
    names = "&".join(name for name, _ in query if name.lower() not in _IN_QUERY)
    rest = f"{parts.path}?{names}" if names else parts.path
    if found := _find(rest):
        return found
    said = {_IN_QUERY[name.lower()]: value for name, value in query if name.lower() in _IN_QUERY}
    parts_said = "-".join(said.get(part, "") for part in ("year", "month", "day")).rstrip("-")
    found = next(filter(None, map(_find, (*said.values(), f"/{parts_said}"))), None)
    return Dated(found.date, rest) if found else None


def _find(text: str) -> Dated | None:
    for form in _FORMS:
        if match := form.search(text):
            return Dated(_date(match.groupdict()), f"{text[: match.start()]}#{text[match.end() :]}")
    return None


def _date(parts: dict[str, str]) -> tuple[int, int, int]:
    month = parts.get("month", "0").lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    return int(parts["year"]), number, int(parts.get("day", "0"))


def is_earlier(url: str, own: str) -> bool:
    """Whether an address is that of an earlier day, month or year of the same listing as ``own``."""
    other, mine = dated(url), dated(own)
    if other is None or mine is None or other.rest != mine.rest:
        return False
    return other.date < mine.date and [part > 0 for part in other.date] == [part > 0 for part in mine.date]
