"""Dates in the formats of programs."""

from __future__ import annotations

import pytest

from newscrawl.dates.machine import read_machine


@pytest.mark.parametrize(
    ("text", "instant", "timed"),
    [
        ("2025-09-03T19:49:07+05:30", "2025-09-03T19:49:07+05:30", True),
        ("2025-09-03T19:49:07.123+0530", "2025-09-03T19:49:07+05:30", True),
        ("2025-09-03 19:49:07.000000-0400", "2025-09-03T19:49:07-04:00", True),
        ("2025-09-03 19:49:07 +02:00", "2025-09-03T19:49:07+02:00", True),
        ("2025-09-03T19:49Z", "2025-09-03T19:49:00+00:00", True),
        ("2025-09-03t19:49:07z", "2025-09-03T19:49:07+00:00", True),
        ("2025-09-03T19:49:07+00:00Z", "2025-09-03T19:49:07+00:00", True),
        ("2025-09-03 19:49:07 UTC", "2025-09-03T19:49:07+00:00", True),
        ("2025-09-03 19:49 CEST", "2025-09-03T19:49:00+02:00", True),
        ("2025-09-03 7:49 PM", "2025-09-03T19:49:00", True),
        ("2025-09-03 12:49 AM", "2025-09-03T00:49:00", True),
        ("2025-9-3 7:49", "2025-09-03T07:49:00", True),
        ("2025-09-03T24:00:00", "2025-09-04T00:00:00", True),
        ("2025-09-03", "2025-09-03T00:00:00", False),
        ("20250903", "2025-09-03T00:00:00", False),
        ("20250903T194907Z", "2025-09-03T19:49:07+00:00", True),
        ("20250903194907", "2025-09-03T19:49:07", True),
        ("1756908547", "2025-09-03T14:09:07+00:00", True),
        ("1756908547000", "2025-09-03T14:09:07+00:00", True),
        ("Wed, 03 Sep 2025 14:19:07 GMT", "2025-09-03T14:19:07+00:00", True),
        ("Wed Sep 03 2025 16:19:07 GMT+0200 (CEST)", "2025-09-03T16:19:07+02:00", True),
        ("Wed Sep 03 16:19:07 CEST 2025", "2025-09-03T16:19:07+02:00", True),
    ],
)  # fmt: skip
def test_reading(text, instant, timed):
    reading = read_machine(text, "")
    assert reading is not None
    assert (reading.instant.isoformat(), reading.timed) == (instant, timed)


def test_an_abbreviation_means_what_it_does_in_the_country():
    assert read_machine("2025-09-03 19:49 IST", "in").instant.isoformat() == "2025-09-03T19:49:00+05:30"
    assert read_machine("2025-09-03 19:49 IST", "ie").instant.isoformat() == "2025-09-03T19:49:00+01:00"


@pytest.mark.parametrize(
    "text",
    [
        "3 Sep 2025",
        "2025-09-03 19:61",
        "2025-09-03 13:00 PM",
        "2025-09-03 19:49 QQQT",
        "Wed Sep 03 16:19:07 CEST",
        "at 7:49 GMT",
    ],
)
def test_no_format_of_a_program(text):
    assert read_machine(text, "") is None


def test_a_day_that_no_month_has_raises():
    with pytest.raises(ValueError, match="day"):
        read_machine("2025-09-31", "")
