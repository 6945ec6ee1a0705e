"""Stories of days that are past: by the sitemaps and archives of those days."""

from __future__ import annotations

import re
from calendar import month_name
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newscrawl.addresses.spans import Span, spans
from newscrawl.crawl.completion import Waiting
from newscrawl.crawl.sources import Fate
from newscrawl.listings.listing import Link

#: How long ago a range has to end for its days to have dropped off the listing.
_PAST = timedelta(days=2)
_MOST_DAYS = 400  # pages of one archive, a page for each day, that are made up from another day's address
_MOST_LINKS = 500  # of the first page that are kept
_MONTH = timedelta(days=32)  # longer than a span of one is


def is_past(until: datetime | None, now: datetime) -> bool:
    """Whether a range ends so long ago that a listing does not show its stories any more.

    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 10, tzinfo=UTC)
    >>> [is_past(until, now) for until in (datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC), None)]
    [False, True, False]
    """
    return until is not None and until < now - _PAST


def overlaps(span: Span, since: datetime | None, until: datetime | None) -> bool:
    """Whether a span has a day of a range."""
    return outside(span, since, until) is None


def is_beside(span: Span, since: datetime | None, until: datetime | None) -> bool:
    """Whether a span has days of a range only where the clocks differ: it is the month or day before it, or after.

    >>> from datetime import UTC
    >>> from newscrawl.addresses.spans import span
    >>> july = datetime(2024, 7, 1, tzinfo=UTC), datetime(2024, 7, 31, 23, 59, tzinfo=UTC)
    >>> [is_beside(span(f"https://news.example/2024-{month}.xml"), *july) for month in ("06", "07", "08")]
    [True, False, True]
    """
    return not overlaps(span.in_utc, since, until)


def outside(span: Span, since: datetime | None, until: datetime | None) -> Fate | None:
    """What becomes of a story of that span: ``None`` if it may be of the range."""
    if since and span.last < since:
        return Fate.OLDER
    return Fate.LATER if until and span.first > until else None


def months(since: datetime, until: datetime) -> Iterator[tuple[int, int]]:
    """The months (year, number) of a range, the last first.

    >>> list(months(datetime(2024, 12, 30), datetime(2025, 1, 2)))
    [(2025, 1), (2024, 12)]
    """
    number = until.year * 12 + until.month - 1
    while number >= since.year * 12 + since.month - 1:
        yield number // 12, number % 12 + 1
        number -= 1


def monthly_sitemap(template: str, year: int, month: int, part: int = 1) -> str:
    """The path of a month's sitemap.

    >>> monthly_sitemap("/sitemap/{year}-{month}-{part}.xml", 2024, 7)
    '/sitemap/2024-july-1.xml'
    """
    return template.format(year=year, month=month_name[month].lower(), part=part)


def archives(urls: Iterable[str], since: datetime, until: datetime) -> list[str]:
    """The pages of an archive by month or day for a range, by the ``urls`` that a page links to, the last first.

    Those beside the range come at the end. Those that it does not link to are made up after those that it does.

    >>> from datetime import UTC
    >>> days = datetime(2024, 6, 20, tzinfo=UTC), datetime(2024, 7, 2, tzinfo=UTC)
    >>> archives(["https://news.example/archive/2025/09/"], *days)
    ['https://news.example/archive/2024/07/', 'https://news.example/archive/2024/06/']
    """
    found = {url: span for url, span in spans(urls).items() if span.last - span.first < _MONTH + timedelta(days=2)}
    made = dict.fromkeys(other for url in found for other in _others(url, since, until))
    named = [url for url, span in found.items() if overlaps(span, since, until)]
    every = spans(dict.fromkeys([*made, *named]))
    newest_first = sorted(every, key=lambda url: every[url].first, reverse=True)
    return sorted(newest_first, key=lambda url: is_beside(every[url], since, until))[:_MOST_DAYS]


#: Dates in addresses of archives: a year, a month and maybe a day in numbers, in a path or a query.
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<first>[-/_]?|[&;]\w+=)(?P<month>\d{1,2})(?:(?P<second>[-/_]?|[&;]\w+=)(?P<day>\d{1,2}))?(?!\d)"
)


def _others(url: str, since: datetime, until: datetime) -> Iterator[str]:
    """The addresses of the pages of a range, made of another one's."""
    match = next(iter([*_DATE.finditer(url)][-1:]), None)
    if match is None:
        return
    day, last = until, since
    step = timedelta(days=1)
    seen: set[str] = set()
    for _ in range(_MOST_DAYS * 31):
        if day < last - step:
            return
        made = _moved(url, match, day)
        if made not in seen:
            if len(seen) >= _MOST_DAYS:
                return
            seen.add(made)
            yield made
        day -= step


def _moved(url: str, match: re.Match[str], day: datetime) -> str:
    """An address with another day's date."""
    is_short = "day" if match["day"] and len(match["day"]) == 1 else "month" if len(match["month"]) == 1 else ""
    form = "{}" if is_short else "{:02}"
    date = f"{day.year}{match['first']}{form.format(day.month)}"
    if match["day"]:
        date += f"{match['second']}{form.format(day.day)}"
    return url[: match.start()] + date + url[match.end() :]


@dataclass(slots=True)
class Backfill:
    """How far the sitemaps and archives of a range are read for a walk.

    ``is_due``: a walk that begins at a listing reads them in its place. ``stage`` is how many kinds of sources were
    tried. ``waiting`` are those to read, ``read`` how many were asked for, ``under_way`` is the one that was asked for
    last, ``gave`` counts the section's stories that they named. ``finished`` are those that earlier runs over the same
    range have read whole, ``left`` counts those that are beyond a bound. ``fell_back``: none told of the section's
    stories, so that the listing is read after all; ``is_short``: its pages do not go back that far.
    """

    is_due: bool = False
    stage: int = 0
    fell_back: bool = False
    is_short: bool = False
    waiting: deque[Waiting] = field(default_factory=deque)
    under_way: str = ""
    read: int = 0
    gave: int = 0
    left: int = 0
    finished: set[str] = field(default_factory=set)
    #: The first page of the listing: its stories, its links, and what reads it after all.
    links: list[Link] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    read_page: Callable[[], Iterable[object]] | None = None

    def set_aside(self, links: list[Link], urls: Iterable[str], read_page: Callable[[], Iterable[object]]) -> None:
        """Keep the first page of a listing, until it is known whether there is something else."""
        self.links, self.read_page = links[:_MOST_LINKS], read_page
        self.urls = [*dict.fromkeys(urls)][: 10 * _MOST_LINKS]
