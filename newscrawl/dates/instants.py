"""What a text was read as: an instant, and how much of it the text tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, tzinfo

#: What programs write where there is no date.
NO_DATES = {datetime(1, 1, 1), datetime(1970, 1, 1), datetime(1900, 1, 1)}
MOST_NUMBERS = 20  # of a text that are looked at; a date has six


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as read: ``instant`` is naive where the text tells no zone; ``timed`` whether it tells a time of day."""

    instant: datetime
    timed: bool

    @property
    def zoned(self) -> bool:
        """Whether it tells its zone."""
        return self.instant.tzinfo is not None

    @property
    def exact(self) -> bool:
        """Whether it tells a time of day; midnight is mostly what a mere day was turned into."""
        return self.timed and self.instant.time().replace(microsecond=0) != time()

    def on_clock(self, clock: tzinfo) -> Reading:
        """The same by a clock, on which it stands already where it tells no zone."""
        at = self.instant.astimezone(clock) if self.zoned else self.instant.replace(tzinfo=clock)
        return Reading(at, self.timed)


def has_parts(text: str, instant: datetime) -> bool:
    """Whether the day and the year of an instant stand in the text that it was read from.

    >>> has_parts("3 Sep 2025", datetime(2025, 9, 3)), has_parts("Sep 2025", datetime(2025, 9, 1))
    (True, False)
    """
    numbers = {int(number) for number in re.findall(r"\d+", text)[:MOST_NUMBERS]}
    return instant.day in numbers and bool({instant.year, instant.year % 100} & numbers)


def aware(instant: datetime, zone: tzinfo | None = None) -> datetime | None:
    """An instant to the second, in its zone or the one given; ``None`` beyond the calendar's first or last day."""
    whole = instant.replace(microsecond=0, tzinfo=zone or instant.tzinfo)
    try:
        whole.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return whole
