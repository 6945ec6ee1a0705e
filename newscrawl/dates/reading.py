"""From the text of a date to its instant, for every publisher: the one place that reads dates.

The publisher's own formats come first, then those of programs, then what people write, in numbers or with the names of
months, then the words of the page's language, then words told from the present ("2 hours ago"). Never a guess: what may be two dates is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from newscrawl.dates.free import read_free, read_relative
from newscrawl.dates.instants import NO_DATES, Reading, aware, has_parts
from newscrawl.dates.machine import ISO, read_machine
from newscrawl.dates.plain import figures, plain
from newscrawl.dates.wording import READING_TIME, RELATIVE, TIME
from newscrawl.dates.written import UNKNOWN, Day, Order, days_in, read_written
from newscrawl.dates.zones import country, split_zone, zone_of
from newscrawl.publishers import Publisher

LONGEST_DATE = 100  # characters
_AROUND = " |,·•-–"  # stands before and behind dates


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the page that a date stands on: its publisher, and, in two letters, its language and country.

    ``""`` is an unknown one. Where a date has two numbers either of which may be the month, the language and the
    country say which is, after what the page's other dates tell (``order``, and ``metadata_order`` of its metadata).
    """

    publisher: Publisher
    language: str = ""
    country: str = ""
    order: Order = UNKNOWN
    metadata_order: Order = UNKNOWN

    def of_metadata(self) -> Context:
        """The same for dates in metadata, which programs write in an order of their own."""
        return self if self.order == self.metadata_order else replace(self, order=self.metadata_order)

    @property
    def clock(self) -> ZoneInfo | None:
        """The publisher's, if that says which; its dates are given by it."""
        return ZoneInfo(self.publisher.timezone) if self.publisher.timezone else None


def context_of(publisher: Publisher, url: str = "", language: str | None = None) -> Context:
    """The context of dates on the page of an address in a language (BCP 47)."""
    return Context(publisher, (language or "").split("-")[0], country(url, language))


def read_date(text: str, context: Context, *, now: datetime | None = None, free: bool = True) -> Reading | None:
    """What a date means, or ``None``.

    Words told from the present are read where ``now`` (aware) is given. Without ``free`` dateparser is not
    asked, which takes milliseconds.
    """
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST_DATE:
        return None
    reading = _absolute(text, context, free)
    return _relative(text, context, now) if reading is None and now and RELATIVE.search(text) else reading


def parse_date(text: str, publisher: Publisher, now: datetime, url: str = "") -> datetime | None:
    """The instant that a date means, or ``None``: by the publisher's clock, else that of the address's country, else UTC."""
    context = context_of(publisher, url)
    reading = read_date(text, context, now=now)
    return aware(reading.instant, None if reading.zoned else zone_of(context.country) or UTC) if reading else None


def parse_end(text: str, publisher: Publisher, now: datetime) -> datetime | None:
    """The last instant that a date means, or ``None``: of a day alone, the end of that day by the publisher's clock.

    >>> from newscrawl.publishers import GENERIC
    >>> parse_end("2025-09-03", GENERIC, datetime.now(UTC)).isoformat()
    '2025-09-03T23:59:59.999999+00:00'
    """
    start = parse_date(text, publisher, now)
    reading = read_date(text, context_of(publisher), now=now)
    if start is None or reading is None or reading.timed:
        return start
    return datetime.combine(start.date(), time.max, start.tzinfo)


@lru_cache(1000)  # a page gives most dates twice, and the pages around it give them too
def _absolute(text: str, context: Context, free: bool) -> Reading | None:
    try:
        text = figures(text)
        reading = _by_formats(text, context) or read_machine(text, context.country)
        if reading is None:
            line = READING_TIME.sub("", plain(text))
            days = days_in(line, context.language, context.country)
            reading = _written(line, days, context) if days or not free else _in_words(text, context)
        if reading is None or reading.instant.replace(tzinfo=None) in NO_DATES:
            return None
        return reading.on_clock(context.clock) if context.clock else reading
    except (ValueError, OverflowError):
        return None


def _written(line: str, days: list[Day], context: Context) -> Reading | None:
    zones = context.publisher.zones
    return read_written(line, days, context.language, context.country, order=context.order, zones=zones)


def _in_words(text: str, context: Context) -> Reading | None:
    if ISO.match(text):
        return None
    bare, zone = _split_zone(READING_TIME.sub("", text).strip(_AROUND), context)
    return read_free(bare, zone, context.language, context.country)


def _by_formats(text: str, context: Context) -> Reading | None:
    """The publisher's own formats; dateparser reads none of them in a fiftieth of the time."""
    if not context.publisher.date_formats:
        return None
    bare, zone = _split_zone(text, context)
    for form in context.publisher.date_formats:
        try:
            instant = datetime.strptime(bare, form)
        except ValueError:
            continue
        if has_parts(bare, instant):
            return Reading(instant.replace(tzinfo=zone), TIME.search(bare) is not None)
    return None


def _relative(text: str, context: Context, now: datetime) -> Reading | None:
    bare, zone = _split_zone(text, context)
    try:
        reading = read_relative(bare, zone or context.clock or UTC, now)
        return reading.on_clock(context.clock) if reading and context.clock else reading
    except (ValueError, OverflowError):
        return None


def _split_zone(text: str, context: Context) -> tuple[str, tzinfo | None]:
    return split_zone(text, context.country, context.publisher.zones)
