"""Of which days a sitemap or an archive page is, as its address says it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAME = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_YEAR, _MONTH, _DAY = r"(?P<year>(?:19[89]|20\d)\d)", r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_SHORT = r"(?P<month>0?[1-9]|1[0-2])"
_SHORT_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
#: The finest first. What stands behind a month without its zero, or behind its name and a hyphen, may be a part's number.
_FORMS = tuple(
    re.compile(rf"(?<![a-z\d]){form}(?![a-z\d])")
    for form in (
        rf"{_YEAR}{_MONTH}{_DAY}",
        rf"{_YEAR}-{_MONTH}-{_DAY}",
        rf"{_YEAR}_{_MONTH}_{_DAY}",
        rf"{_YEAR}/{_SHORT}/{_SHORT_DAY}",
        rf"{_YEAR}/(?P<month>{_NAME})/{_SHORT_DAY}",
        rf"{_DAY}-{_MONTH}-{_YEAR}",
        rf"{_SHORT_DAY}-(?P<month>{_NAME})-{_YEAR}",
        rf"{_YEAR}{_MONTH}",
        rf"{_YEAR}[-_]{_MONTH}",
        rf"{_YEAR}/{_SHORT}",
        rf"{_YEAR}[-_/]?(?P<month>{_NAME})",
        rf"(?P<month>{_NAME})[-_/]?{_YEAR}",
        rf"{_MONTH}[-_/]{_YEAR}",
        _YEAR,
    )
)
#: Parameters that are a year, a month, a day.
_PARAMETERS = {
    "year": frozenset("year yyyy yr y jahr annee anno ano".split()),
    "month": frozenset("month mm mon m monat mois mese mes".split()),
    "day": frozenset("day dd d tag jour giorno dia".split()),
}
_ANYWHERE = timedelta(hours=14)  # that a day begins earlier, and ends later, somewhere than in UTC
_NUMBER = re.compile(r"\d+")


class Span(NamedTuple):
    """The first and the last instant, in UTC, of days somewhere on Earth."""

    first: datetime
    last: datetime

    @property
    def in_utc(self) -> Span:
        """The same days, in UTC alone.

        >>> " ".join(map(str, span("https://news.example/2024-07.xml").in_utc))
        '2024-07-01 00:00:00+00:00 2024-07-31 23:59:59.999999+00:00'
        """
        return Span(self.first + _ANYWHERE, self.last - _ANYWHERE - datetime.resolution)


class _Days(NamedTuple):
    year: int
    month: int = 0
    day: int = 0

    def span(self) -> Span:
        first = datetime(self.year, self.month or 1, self.day or 1, tzinfo=UTC)
        month = self.month or 12
        last = datetime(self.year, month, self.day or monthrange(self.year, month)[1], tzinfo=UTC) + timedelta(days=1)
        return Span(first - _ANYWHERE, last + _ANYWHERE)


@lru_cache(1000)  # those of a sitemap, and of the folder that its stories are in, are asked for with each story
def span(url: str) -> Span | None:
    """The days that an address speaks of, ``None`` if it speaks of none: a year, a month, a day, or from one to another.

    Where it may be read in two ways, it is the longer span: ``2024-july-1`` may be the month's first day, or first part.

    >>> span("https://news.example/sitemap/2024-07.xml").first.isoformat()
    '2024-06-30T10:00:00+00:00'
    >>> span("https://news.example/sitemap.php?yyyy=2024&mm=07&dd=15").last.isoformat()
    '2024-07-16T14:00:00+00:00'
    >>> span("https://news.example/post-sitemap12.xml")
    """
    days = _days(url)
    return Span(min(one.span().first for one in days), max(one.span().last for one in days)) if days else None


def spans(urls: Iterable[str]) -> dict[str, Span]:
    """The spans of those of several addresses that have one: a number among ``1 … 2500`` is no year.

    >>> list(spans(f"https://news.example/sitemap-{number}.xml" for number in (1, 2, 2024)))
    []
    """
    found = {url: span(url) for url in urls}
    others: defaultdict[str, bool] = defaultdict(bool)
    for url, own in found.items():
        others[_NUMBER.sub("", url)] |= own is None and bool(_NUMBER.search(urlsplit(url).path))
    return {url: own for url, own in found.items() if own and not (_is_year(url) and others[_NUMBER.sub("", url)])}


def _is_year(url: str) -> bool:
    return all(not one.month for one in _days(url))


def _days(url: str) -> list[_Days]:
    """The dates in an address, all of the finest kind that it has; those of its query, if there are any."""
    parts = urlsplit(url)
    query = [(name.lower(), value.lower()) for name, value in parse_qsl(parts.query)]
    own = _of_parameters(dict(query))
    if own:
        return [own]
    texts = [value for _, value in query] + [unquote(parts.path).lower()]
    return next(filter(None, (list(_of_text(text)) for text in texts)), [])


def _of_parameters(query: dict[str, str]) -> _Days | None:
    numbers = {}
    for what, names in _PARAMETERS.items():
        values = [value for name, value in query.items() if name in names]
        numbers[what] = values[0] if len(values) == 1 else ""
    text = "/".join(filter(None, numbers.values()))
    match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None) if numbers["year"] else None
    return _read(match) if match else None


def _of_text(text: str) -> Iterator[_Days]:
    for form in _FORMS:
        found = [days for match in form.finditer(text) if (days := _read(match))]
        if found:
            yield from found
            return


def _read(match: re.Match[str]) -> _Days | None:
    """The date of a match, ``None`` for a day that its month does not have."""
    parts = match.groupdict()
    name = parts.get("month") or "0"
    month = int(name) if name.isdigit() else _MONTHS.index(name[:3]) + 1
    days = _Days(int(parts["year"]), month, int(parts.get("day") or 0))
    return None if month and days.day > monthrange(days.year, month)[1] else days
