"""Which of a page's dates counts.

Of a publisher that says where its dates stand (``rules["date"]``) the first that readers see counts, and where the
metadata's is the same to the minute, that one, for its seconds. On another page a label alone does not say that a date
is this story's: the metadata's count first, a time of day more than a mere day, and a time with a zone more than the
same one without; what readers see counts where it tells time and zone. An earlier day beside the headline counts where
the metadata's is that of the last change.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, tzinfo

from newscrawl.dates.found import FoundDate
from newscrawl.dates.instants import Reading, aware
from newscrawl.dates.reading import Context, read_date
from newscrawl.dates.zones import zone_of

logger = logging.getLogger(__name__)

FURTHEST_ZONE = timedelta(hours=14, minutes=1)  # from UTC, of any zone, and the seconds that one of two dates lacks
QUARTER = 15 * 60  # seconds; zones differ by multiples of it
SAME_STORY = timedelta(
    days=2
)  # apart at most are a day and the time that another date of it tells: zones, and one night
SAME_SEASON = timedelta(days=20)  # apart, dates of one zone have the same offset, but for the days of a clock change
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date of the page, as read."""

    date: FoundDate
    reading: Reading

    @property
    def instant(self) -> datetime:
        return self.reading.instant

    @property
    def tells_all(self) -> bool:
        """Whether it tells time and zone."""
        return self.reading.exact and self.reading.zoned

    @property
    def minute(self) -> datetime:
        """The instant to the minute, in UTC where it tells no zone."""
        return (self.instant if self.reading.zoned else self.instant.replace(tzinfo=UTC)).replace(
            second=0, microsecond=0
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The date that counts, and the rule that found it."""

    instant: datetime | None = None
    rule: str | None = None


def choose(
    found: Sequence[FoundDate], others: Sequence[FoundDate], context: Context, now: datetime, name: str
) -> Choice:
    """The date that counts of those ``found``; ``others`` are the page's dates of another kind, ``name`` is for the log.

    Of dates of one instant the one in local time is given. A date without a zone is in that of another date of the
    page, else in the one zone of the page's country, else in UTC. A mere day is that day's first second there. What
    is told from the present (``now``) counts where there is nothing else, or where the publisher's dates stand.
    """
    says = bool(context.publisher.rules.get("date"))
    candidates = list(_first_of_each(found, context, now, name) if says else _all(found, context, name))
    best = _best(candidates, says, name)
    if best and not says:
        best = _shown_before(best, candidates, [told for date in others if (told := _read(date, context, free=False))])
    if best is None:
        return _told_from_the_present(found, context, now)
    if not best.reading.zoned:
        others_read = [Candidate(date, read) for date in others if (read := _read(date, context, free=False))]
        return Choice(aware(best.instant, _zone(best, [*candidates, *others_read], context.country)), best.date.rule)
    local = next((one for one in (best, *candidates) if _is_local(one, best)), best)
    return Choice(aware(local.instant), best.date.rule)


def _read(date: FoundDate, context: Context, *, now: datetime | None = None, free: bool = True) -> Reading | None:
    """A date, unless it is of the first or last year that there is: that has no instant in every zone."""
    reading = read_date(date.text, context.of_metadata() if date.is_metadata else context, now=now, free=free)
    return reading if reading and MINYEAR < reading.instant.year < MAXYEAR else None


def _first_of_each(found: Iterable[FoundDate], context: Context, now: datetime, name: str) -> Iterator[Candidate]:
    """The first date that can be read of those that readers see, and of the others."""
    done: set[bool] = set()
    for date in found:
        if date.visible in done:
            continue
        if reading := _read(date, context, now=now):
            done.add(date.visible)
            yield Candidate(date, reading)
        else:
            logger.warning("%s %r is not a date that can be read", name, date.text)


def _all(found: Iterable[FoundDate], context: Context, name: str) -> Iterator[Candidate]:
    """The dates that can be read; those in words are not tried once one is exact, since that takes milliseconds."""
    is_exact = False
    for date in found:
        if reading := _read(date, context, free=date.visible or not is_exact):
            is_exact |= reading.exact
            yield Candidate(date, reading)
        else:
            logger.debug("%s %r is not a date that can be read", name, date.text)


def _by_kind(candidates: Iterable[Candidate], says: bool) -> tuple[list[Candidate], list[Candidate]]:
    """The metadata's dates, and of those that readers see the ones that count."""
    machine, visible = [], []
    for one in candidates:
        if not one.date.visible:
            machine.append(one)
        elif says or one.tells_all:
            visible.append(one)
    return machine, visible


def _best(candidates: Sequence[Candidate], says: bool, name: str) -> Candidate | None:
    machine, visible = _by_kind(candidates, says)
    if not machine:
        return next(iter(visible or candidates), None)
    best = _most_telling(machine)
    if not visible or best.minute == visible[0].minute:
        return best
    if says or best.tells_all:
        logger.warning(
            "%s is %s where readers see it and %s in %s; the visible one is taken",
            name, visible[0].instant.isoformat(), best.instant.isoformat(), best.date.rule,
        )  # fmt: skip
    return visible[0]


def _shown_before(best: Candidate, candidates: Sequence[Candidate], changed: Sequence[Reading]) -> Candidate:
    """What stands beside the headline where that is the earlier day, and the metadata's that of the last change.

    Programs that know no day of publication give that of the change for it.
    """
    shown = next((one for one in candidates if one.date.is_beside), None)
    if not best.date.is_metadata or shown is None or _apart(shown, best) < SAME_STORY or _bare(shown) > _bare(best):
        return best
    if any(_bare(best) < change.instant.replace(tzinfo=None) - SAME_STORY for change in changed):
        return best
    return shown


def _bare(one: Candidate) -> datetime:
    """What its clock shows."""
    return one.instant.replace(tzinfo=None)


def _most_telling(candidates: Sequence[Candidate]) -> Candidate:
    """The first, unless another tells more of it: the time of that day, or the zone of that time."""
    best = candidates[0]
    if not best.reading.exact:
        best = next((one for one in candidates if one.reading.exact and _apart(one, best) < SAME_STORY), best)
    if not best.reading.zoned:
        best = next((one for one in candidates if _tells_zone_of(one, best)), best)
    return best


def _tells_zone_of(one: Candidate, naive: Candidate) -> bool:
    """Whether a date may be another one in a zone: the same clock, or a zone's offset from it."""
    if not one.tells_all:
        return False
    if _apart(one, naive) < A_MINUTE:
        return True
    apart = abs(naive.instant - one.instant.astimezone(UTC).replace(tzinfo=None))
    return apart <= FURTHEST_ZONE and apart.seconds % QUARTER in (0, 1)


def _apart(one: Candidate, other: Candidate) -> timedelta:
    """What lies between two dates as their clocks show them."""
    return abs(_bare(one) - _bare(other))


def _is_local(one: Candidate, best: Candidate) -> bool:
    """Whether it is the same instant, in a zone that is not UTC."""
    return one.reading.zoned and one.instant.utcoffset() != timedelta(0) and one.instant == best.instant


def _zone(best: Candidate, candidates: Iterable[Candidate], country: str) -> tzinfo:
    """The zone of a date that tells none."""
    home = zone_of(country)
    timed = (one for one in candidates if one.reading.zoned and one.reading.timed)
    zones = (_told(one.instant, home) for one in timed if _apart(one, best) < SAME_SEASON)
    return next(filter(None, zones), home or UTC)


def _told(instant: datetime, home: tzinfo | None) -> tzinfo | None:
    """The zone that a date tells others of its page; UTC, in which programs write, says little where home is known."""
    if home and instant.astimezone(home).utcoffset() == instant.utcoffset():
        return home
    return instant.tzinfo if instant.utcoffset() or not home else None


def _told_from_the_present(found: Iterable[FoundDate], context: Context, now: datetime) -> Choice:
    for date in found:
        if reading := _read(date, context, now=now, free=False):
            return Choice(aware(reading.instant), date.rule)
    return Choice()
