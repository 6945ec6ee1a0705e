"""Which of a page's dates is the one, where nobody described its publisher."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from newscrawl.article.item import Article, Found, FoundDate
from newscrawl.dates.described import is_relative, parse_date
from newscrawl.dates.reading import Reading, read_date
from newscrawl.dates.zones import country, zone_of
from newscrawl.publishers import Publisher

logger = logging.getLogger(__name__)

_FURTHEST = timedelta(hours=14, minutes=1)  # from UTC, of any zone
_QUARTER = 15 * 60  # seconds; zones differ by multiples of it
_SAME_SEASON = timedelta(days=20)  # apart, dates of one zone have the same offset, but for the days of a clock change


@dataclass(frozen=True, slots=True)
class _Read:
    date: FoundDate
    reading: Reading

    @property
    def instant(self) -> datetime:
        return self.reading.instant

    @property
    def exact(self) -> bool:
        """Whether it tells a time of day; midnight is mostly what a mere day was turned into."""
        return self.reading.timed and (self.instant.hour, self.instant.minute, self.instant.second) != (0, 0, 0)

    @property
    def zoned(self) -> bool:
        return self.instant.tzinfo is not None


def choose(
    article: Article, name: str, found: tuple[FoundDate, ...], publisher: Publisher
) -> tuple[datetime | None, str | None]:
    """The date, and its rule: machine-readable ones first, with the offset that the page writes.

    A time of day counts more than a mere day, and a date with a zone more than the same one without. A date that
    readers see counts, as with a described publisher, only where it tells time and zone, since a label alone does not
    say that it is this story's. Of dates of one instant the one in local time is given.

    A date without a zone is in that of another date of the page, else in the one zone of the page's country, else
    in UTC. A mere day is that day's first second there.
    """
    raw = article.raw
    if raw is None or not found:
        return None, None
    language = (article.language or "").split("-")[0]
    place = country(article.url, article.language)
    reads = list(_readings(article, name, found, language, place))
    machine = [read for read in reads if not read.date.visible]
    visible = [read for read in reads if read.date.visible and read.exact and read.zoned]
    best = _best(machine)
    if visible and best and _minute(best) != _minute(visible[0]):
        if best.exact and best.zoned:
            logger.warning(
                "%s: %s is %s where readers see it and %s in %s; the visible one is taken",
                article.url, name, visible[0].instant.isoformat(), best.instant.isoformat(), best.date.rule,
            )  # fmt: skip
        best = visible[0]
    best = best or next(iter(visible or reads), None)
    if best is None:
        return _relative(found, publisher, raw)
    if not best.zoned:
        zone = _zone(best, [*reads, *_others(raw, found, language, place)], place)
        return _aware(best.instant, zone), best.date.rule
    local = next((read for read in reads if _is_local(read, best)), best)
    return _aware(local.instant, None), best.date.rule


def _readings(article: Article, name: str, found: tuple[FoundDate, ...], language: str, place: str) -> list[_Read]:
    """What the dates mean; free-form ones are not tried once one is exact, since that takes milliseconds."""
    reads: list[_Read] = []
    for date in found:
        exact = not date.visible and any(read.exact for read in reads)
        if reading := read_date(date.text, language, place, not exact):
            reads.append(_Read(date, reading))
        else:
            logger.debug("%s: %s %r is no date that can be read", article.url, name, date.text)
    return reads


def _best(reads: list[_Read]) -> _Read | None:
    """The first, unless another tells more of it: the time of that day, or the zone of that time."""
    if not reads:
        return None
    best = reads[0]
    if not best.exact:
        best = next((r for r in reads if r.exact and _naive_apart(r, best) < timedelta(days=2)), best)
    if not best.zoned:
        best = next((r for r in reads if r.exact and r.zoned and _is_same_time(r, best)), best)
    return best


def _naive_apart(one: _Read, other: _Read) -> timedelta:
    return abs(one.instant.replace(tzinfo=None) - other.instant.replace(tzinfo=None))


def _is_same_time(zoned: _Read, naive: _Read) -> bool:
    """Whether a date may be another one in a zone: the same clock, or a zone's offset from it."""
    if _naive_apart(zoned, naive) < timedelta(minutes=1):
        return True
    utc = zoned.instant.astimezone(UTC).replace(tzinfo=None)
    apart = naive.instant - utc
    return abs(apart) <= _FURTHEST and (abs(apart).seconds % _QUARTER) in (0, 1)


def _is_local(read: _Read, best: _Read) -> bool:
    """Whether it is the same instant, in a zone that is not UTC."""
    return read.zoned and read.instant.utcoffset() != timedelta(0) and read.instant == best.instant


def _minute(read: _Read) -> datetime:
    instant = read.instant if read.zoned else read.instant.replace(tzinfo=UTC)
    return instant.replace(second=0)


def _others(raw: Found, found: tuple[FoundDate, ...], language: str, place: str) -> list[_Read]:
    """The page's dates of the other kind."""
    others = raw.modified if found is raw.published else raw.published
    return [_Read(date, reading) for date in others if (reading := read_date(date.text, language, place, False))]


def _zone(best: _Read, reads: list[_Read], place: str) -> tzinfo:
    """The zone of a date that tells none."""
    home = zone_of(place)
    for read in reads:
        if read.zoned and read.reading.timed and _naive_apart(read, best) < _SAME_SEASON:
            instant = read.instant
            if home and instant.astimezone(home).utcoffset() == instant.utcoffset():
                return home
            if instant.tzinfo and (instant.utcoffset() or not home):
                return instant.tzinfo
    return home or UTC


def _aware(instant: datetime, zone: tzinfo | None) -> datetime | None:
    aware = instant.replace(microsecond=0, tzinfo=zone or instant.tzinfo)
    try:
        aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None  # the calendar's first or last day
    return aware


def _relative(found: tuple[FoundDate, ...], publisher: Publisher, raw: Found) -> tuple[datetime | None, str | None]:
    """What ``2 hours ago`` was when the page was fetched."""
    for date in found:
        if is_relative(date.text) and (instant := parse_date(date.text, publisher, raw.fetched_at)):
            return instant, date.rule
    return None, None
