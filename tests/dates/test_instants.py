"""How much of an instant a text tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from newscrawl.dates.instants import Reading, aware, has_parts

NOON = datetime(2025, 9, 3, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3 Sep 2025", True), ("3.9.25", True), ("Sep 2025", False), ("3 September", False), ("", False)],
)
def test_parts_that_a_text_has(text, expected):
    assert has_parts(text, NOON) is expected


@pytest.mark.parametrize(
    ("instant", "timed", "exact"),
    [
        (NOON, True, True),
        (NOON, False, False),
        (datetime(2025, 9, 3), True, False),
        (datetime(2025, 9, 3, 0, 0, 1), True, True),
    ],
)
def test_midnight_tells_no_time_of_day(instant, timed, exact):
    assert Reading(instant, timed).exact is exact


def test_a_clock_moves_what_has_a_zone_and_takes_what_has_none():
    clock = ZoneInfo("Asia/Kolkata")
    assert Reading(NOON, True).on_clock(clock).instant.isoformat() == "2025-09-03T12:00:00+05:30"
    assert Reading(NOON.replace(tzinfo=UTC), True).on_clock(clock).instant.isoformat() == "2025-09-03T17:30:00+05:30"


def test_an_instant_is_told_to_the_second():
    assert aware(NOON.replace(microsecond=5), UTC) == NOON.replace(tzinfo=UTC)
    assert aware(NOON.replace(tzinfo=UTC)) == NOON.replace(tzinfo=UTC)


def test_the_first_and_last_day_of_the_calendar_are_none():
    assert aware(datetime(1, 1, 1), timezone(timedelta(hours=14))) is None
    assert aware(datetime(9999, 12, 31, 23), timezone(timedelta(hours=-14))) is None
