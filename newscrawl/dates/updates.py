"""When the updates of a live blog came: exact instants, from machines' dates or from the times that readers see.

A time of day alone is of the page's day, by the publisher's clock. Over midnight the days follow from the order of the
updates: the newest came before the page's last change, or the oldest when it was published. Where that does not tell
the day, or nothing tells the clock, there is no instant: never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

from newscrawl.article.entries import Entry
from newscrawl.article.item import Article
from newscrawl.dates.instants import Reading, aware
from newscrawl.dates.plain import plain
from newscrawl.dates.reading import Context, context_of, read_date
from newscrawl.dates.wording import JUST_BEFORE
from newscrawl.dates.zones import split_zone, zone_of
from newscrawl.publishers import Publisher

#: How long after the page's last change its newest update may say that it came, and by how much updates may stand in
#: another order; more is another day.
AFTER_CHANGE, DISORDER = timedelta(hours=1), timedelta(hours=3)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?::(\d\d))?(?!\d)\s?(?:([ap])\.?\s?m\b\.?)?", re.IGNORECASE)
_AROUND = " |,·•-–—:()"


class _Shown(NamedTuple):
    """A time of day of an update, its place among the updates, and its day if it tells it."""

    place: int
    clock: timedelta
    zone: tzinfo
    day: date | None = None


class _Bounds(NamedTuple):
    """The page's first and last moment, as far as it tells them; ``now``: when it was fetched."""

    published: datetime | None
    modified: datetime | None
    now: datetime


def read_times(article: Article, publisher: Publisher) -> None:
    """Set the times of an article's ``entries``, whose own dates have been read."""
    if not article.entries or article.raw is None:
        return
    context = context_of(publisher, article.url, article.language)
    now = article.raw.fetched_at
    zone = _zone(article, context)
    times: list[datetime | None] = [_exact(entry, context, zone, now) for entry in article.entries]
    waiting = [
        shown
        for place, entry in enumerate(article.entries)
        if times[place] is None and (shown := _shown(place, entry, context, zone, now))
    ]
    bounds = _Bounds(_instant(article.date_published), _instant(article.date_modified), now)
    with suppress(OverflowError, ValueError):  # beyond the calendar's first or last day
        for shown, day in zip(waiting, _days(waiting, bounds), strict=True):
            times[shown.place] = _at(shown, day) if day else None
    article.entries = [
        replace(entry, time=at.isoformat(timespec="seconds") if at else None)
        for entry, at in zip(article.entries, times, strict=True)
    ]


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _zone(article: Article, context: Context) -> tzinfo | None:
    """The clock of the page's readers. UTC, in which programs write wherever they are, tells none."""
    if home := context.clock or zone_of(context.country):
        return home
    dates = (_instant(text) for text in (article.date_published, article.date_modified))
    return next((at.tzinfo for at in dates if at and at.utcoffset()), None)


# What tells its day ---------------------------------------------------------------------


def _exact(entry: Entry, context: Context, zone: tzinfo | None, now: datetime) -> datetime | None:
    """The instant of an update that a program wrote, or that readers see with its day, or told from the present."""
    for text in (*entry.at, entry.shown):
        reading = read_date(text, context, free=False)
        if reading and reading.timed and (at := _aware(reading, zone)):
            return at
    if JUST_BEFORE.search(entry.shown) and (reading := read_date(entry.shown, context, now=now, free=False)):
        return aware(reading.instant)
    return None


def _aware(reading: Reading, zone: tzinfo | None) -> datetime | None:
    """The instant of a date; one in UTC, as programs write, by the clock of the page's readers."""
    if zone is None:
        return aware(reading.instant) if reading.zoned else None
    at = aware(reading.instant, None if reading.zoned else zone)
    return at.astimezone(zone) if at and not at.utcoffset() else at


def _shown(place: int, entry: Entry, context: Context, zone: tzinfo | None, now: datetime) -> _Shown | None:
    """The time of day that readers see of an update."""
    text, told = split_zone(plain(entry.shown), context.country, context.publisher.zones)
    match, zone = _CLOCK.search(text), told or zone
    if match is None or zone is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4] and 0 < hour <= 12:
        hour = hour % 12 + 12 * (match[4].lower() == "p")
    if hour > 24 or minute > 59 or second > 59:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip(_AROUND)
    day = _day(rest, context, now.astimezone(zone)) or _day(entry.day, context, now.astimezone(zone))
    return _Shown(place, timedelta(hours=hour, minutes=minute, seconds=second), zone, day)


def _day(text: str, context: Context, now: datetime) -> date | None:
    """The day that a text tells; of one without a year the last one before now."""
    if not any(map(str.isdigit, text)):
        return None
    for whole in (text, f"{text} {now.year}", f"{text} {now.year - 1}"):
        reading = read_date(whole, context, free=False)
        if reading and reading.instant.date() <= now.date() + timedelta(days=1):
            return reading.instant.date()
    return None


def _at(shown: _Shown, day: date) -> datetime | None:
    return aware(datetime.combine(day, time()) + shown.clock, shown.zone)


# What tells a time of day alone -----------------------------------------------------------


def _days(shown: Sequence[_Shown], bounds: _Bounds) -> list[date | None]:
    """The day of each update: as it tells it, else by their order and the page's dates."""
    if all(one.day for one in shown):
        return [one.day for one in shown]
    if any(one.day for one in shown):
        return [one.day for one in _filled(shown)]
    if days := _by_order(shown, bounds):
        return days
    rest = _by_order(shown[1:], bounds)  # the first one may be pinned
    if rest is None:
        return [None] * len(shown)
    return [rest[0] if len(set(rest)) == 1 else None, *rest]


def _by_order(shown: Sequence[_Shown], bounds: _Bounds) -> list[date | None] | None:
    """The days of updates by their order; ``None`` where that does not agree with the page's dates."""
    found = (_way(shown, bounds, is_rising=is_rising) for is_rising in (True, False)) if shown else ()
    ways = [way for way in found if way and not way.is_too_early]
    return min(ways, key=lambda way: (way.breaks, way.gap)).days if ways else None


def _filled(shown: Sequence[_Shown]) -> Iterator[_Shown]:
    """Updates each with the day of the one before: only the first of a day tells it. Those before the first have none."""
    day = None
    for one in shown:
        day = one.day or day
        yield one._replace(day=day)


class _Way(NamedTuple):
    """The days of updates that stand in one order.

    ``is_too_early``: the oldest came before the page was published; ``breaks``: how often midnight is between two, or
    two stand in another order; ``gap``: how far they are from the page's date.
    """

    is_too_early: bool
    breaks: int
    gap: timedelta
    days: list[date | None]


def _way(shown: Sequence[_Shown], bounds: _Bounds, *, is_rising: bool) -> _Way | None:
    """The days of updates if the oldest is first (``is_rising``), or if the newest is."""
    ordered = list(shown) if is_rising else list(reversed(shown))
    offsets = list(_offsets([one.clock for one in ordered]))
    found = _anchored(ordered, offsets, bounds)
    if found is None:
        return None
    first, gap = found
    days: list[date | None] = [first + timedelta(days=offset) for offset in offsets]
    oldest = _at(ordered[0], first)
    is_too_early = bool(oldest and bounds.published and oldest < bounds.published - DISORDER)
    breaks = sum(other.clock < one.clock for one, other in pairwise(ordered))
    return _Way(is_too_early, breaks, gap, days if is_rising else days[::-1])


def _offsets(clocks: Sequence[timedelta]) -> Iterator[int]:
    """By how many days after the first each of some times of day is, the oldest first."""
    days = 0
    yield days
    for one, other in pairwise(clocks):
        days += one - other > DISORDER
        yield days


def _anchored(ordered: Sequence[_Shown], offsets: Sequence[int], bounds: _Bounds) -> tuple[date, timedelta] | None:
    """The day of the oldest update, and how far the newest is from the page's last change, or it from its first date."""
    last = timedelta(days=offsets[-1])
    by_end = by_start = None
    if bounds.modified:
        day, gap = _before(ordered[-1], bounds.modified)
        by_end = day - last, gap
    if bounds.published:
        by_start = _close_to(ordered[0], bounds.published)
        newest = _at(ordered[-1], by_start[0] + last)
        if newest is None or newest > bounds.now + AFTER_CHANGE:
            by_start = by_start[0] - timedelta(days=1), timedelta(days=1)
    if by_end is None or by_start is None or by_end[0] == by_start[0]:
        return by_end or by_start
    return next((one for one in (by_end, by_start) if one[1] <= AFTER_CHANGE), None)


def _before(one: _Shown, change: datetime) -> tuple[date, timedelta]:
    """The last day on which a time of day came before a change, or hardly after it; and how long before."""
    change = change.astimezone(one.zone)
    if change.time() == time():  # a day alone
        return change.date(), timedelta()
    day = change.date() + timedelta(days=1)
    while (at := _at(one, day)) is None or at > change + AFTER_CHANGE:
        day -= timedelta(days=1)
    return day, abs(change.astimezone(UTC) - at.astimezone(UTC))


def _close_to(one: _Shown, published: datetime) -> tuple[date, timedelta]:
    """The day on which a time of day is nearest to a date, and how near it is."""
    published = published.astimezone(one.zone)
    if published.time() == time():
        return published.date(), timedelta()
    days = (published.date() + timedelta(days=step) for step in (0, -1, 1))
    found = ((abs(published.astimezone(UTC) - at.astimezone(UTC)), day) for day in days if (at := _at(one, day)))
    gap, day = min(found, key=lambda pair: pair[0])
    return day, gap
