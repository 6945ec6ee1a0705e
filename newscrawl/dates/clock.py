"""The time of day that readers see of a machine's date, as beside an update of a live blog."""

from __future__ import annotations

from datetime import timedelta

from newscrawl.dates.reading import context_of, read_date
from newscrawl.dates.zones import zone_of
from newscrawl.publishers import Publisher


def time_of_day(text: str, publisher: Publisher, url: str, language: str | None) -> str:
    """Hours and minutes by the clock of a page's readers; ``""`` where that is not known.

    The clock is the publisher's, else the one that the date is told by, unless that is UTC: programs write UTC wherever
    they are. Then it is that of the country of the page, if this has one.

    >>> from newscrawl.publishers import GENERIC
    >>> time_of_day("2025-09-03T19:49:07+05:30", GENERIC, "https://paper.example/", "en")
    '19:49'
    >>> time_of_day("2025-09-03T10:00:00Z", GENERIC, "https://paper.example/", "en")
    ''
    """
    context = context_of(publisher, url, language)
    reading = read_date(text, context, free=False)
    if reading is None or not reading.timed:
        return ""
    if context.clock is None and reading.zoned and reading.instant.utcoffset() == timedelta():
        clock = zone_of(context.country)
        if clock is None:
            return ""
        reading = reading.on_clock(clock)
    return f"{reading.instant:%H:%M}"
