"""Whether the day or the month stands first in a page's dates in numbers, from what its other dates tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from newscrawl.dates.found import Found, FoundDate
from newscrawl.dates.plain import plain
from newscrawl.dates.reading import Context, read_date
from newscrawl.dates.written import Day, Order, days_in, order_told

MOST_TEXTS = 40  # with other dates of a page that are looked at
_A_DAY = timedelta(days=1)
_NUMBERS = re.compile(r"(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d")
_MONTH_IN_ADDRESS = re.compile(r"/(20\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?=[/-]|$)")


@lru_cache(1000)  # the dates of a page are asked for it twice
def may_be_two(text: str, language: str = "") -> bool:
    """Whether a text has a day in numbers of which either may be the month.

    >>> may_be_two("03/09/2025"), may_be_two("13/09/2025")
    (True, False)
    """
    return bool(_NUMBERS.search(text)) and any(len(day.meant) > 1 for day in days_in(plain(text), language, ""))


def with_order(context: Context, found: Found, url: str) -> Context:
    """The context with what the page tells of the order of its dates' numbers, where any of them may be two days."""
    dates = (*found.published, *found.modified)
    if not any(may_be_two(date.text, context.language) for date in dates):
        return context
    shown = [*(one.text for one in dates if not one.is_metadata), *found.beside[:MOST_TEXTS]]
    days = frozenset(_days(dates, found.beside[:MOST_TEXTS], context)) | frozenset(_of_address(dates, url, context))
    latest = _latest(found.fetched_at)
    return replace(
        context,
        order=Order(days, _styles(shown), latest),
        metadata_order=Order(days, _styles(one.text for one in dates if one.is_metadata), latest),
    )


def _latest(fetched_at: datetime) -> date | None:
    try:
        return (fetched_at + _A_DAY).date()
    except OverflowError:
        return None


def _days(dates: Sequence[FoundDate], beside: Sequence[str], context: Context) -> Iterator[date]:
    """The days that a page's unambiguous dates tell."""
    for one in dates:
        if not may_be_two(one.text, context.language) and (read := read_date(one.text, context, free=False)):
            yield read.instant.date()
    for text in beside:
        yield from (day.meant[0] for day in _days_in(text, context) if len(day.meant) == 1 or day.style == ".")


def _of_address(dates: Sequence[FoundDate], url: str, context: Context) -> Iterator[date]:
    """Of the days that dates may mean, those in the month that the page's address tells."""
    if told := _MONTH_IN_ADDRESS.search(url):
        month = int(told[1]), int(told[2])
        for one in dates:
            for day in _days_in(one.text, context):
                yield from (meant for meant in day.meant if (meant.year, meant.month) == month)


def _days_in(text: str, context: Context) -> list[Day]:
    return days_in(plain(text), context.language, context.country)


def _styles(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The order of the numbers, by the sign between them, where all dates that tell it have the same."""
    told: dict[str, set[str]] = {}
    for text in texts:
        for style, order in order_told(plain(text)):
            told.setdefault(style, set()).add(order)
    return tuple((style, orders.pop()) for style, orders in told.items() if len(orders) == 1)
