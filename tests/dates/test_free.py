"""Dates in the words of a language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from newscrawl.dates.free import is_ambiguous, read_free, read_relative

NOW = datetime(2025, 9, 3, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language", "place", "instant", "timed"),
    [
        ("September 3, 2025 2:20pm", "en", "", "2025-09-03T14:20:00", True),
        ("Sept. 3, 2025 at 7:49 p.m.", "en", "", "2025-09-03T19:49:00", True),
        ("Published 10:21 AM, Jan 3, 2025", "en", "", "2025-01-03T10:21:00", True),
        ("3 Sep 2025, 10.30pm", "en", "uk", "2025-09-03T22:30:00", True),
        ("03/09/2025 10:00", "en", "uk", "2025-09-03T10:00:00", True),
        ("09/03/2025 10:00", "en", "us", "2025-09-03T10:00:00", True),
        ("23/09/2025 10:00", "en", "uk", "2025-09-23T10:00:00", True),
        ("3. September 2025, 19:49 Uhr", "de", "de", "2025-09-03T19:49:00", True),
        ("03.09.25 um 19.49 Uhr", "de", "de", "2025-09-03T19:49:00", True),
        ("03.09.2025", "de", "de", "2025-09-03T00:00:00", False),
        ("Publié le 03/09/2025 à 19h49", "fr", "fr", "2025-09-03T19:49:00", True),
        ("3 de septiembre de 2025 a las 19:49 h", "es", "", "2025-09-03T19:49:00", True),
        ("3 settembre 2025 alle 19:49", "it", "it", "2025-09-03T19:49:00", True),
        ("3 de setembro de 2025 às 19h49", "pt", "", "2025-09-03T19:49:00", True),
        ("3 september 2025 om 19:49", "nl", "nl", "2025-09-03T19:49:00", True),
        ("3. sep. 2025 kl. 19.49", "da", "dk", "2025-09-03T19:49:00", True),
        ("3 września 2025, 19:49", "pl", "pl", "2025-09-03T19:49:00", True),
        ("3 сентября 2025 г., 19:49", "ru", "ru", "2025-09-03T19:49:00", True),
        ("3 Eylül 2025 19:49", "tr", "tr", "2025-09-03T19:49:00", True),
        ("2025年9月3日 19時49分", "ja", "jp", "2025-09-03T19:49:00", True),
        ("2025.09.03 19:49", "ko", "kr", "2025-09-03T19:49:00", True),
    ],
)  # fmt: skip
def test_reading(text, language, place, instant, timed):
    reading = read_free(text, None, language, place)
    assert reading is not None
    assert (reading.instant.isoformat(), reading.timed) == (instant, timed)


def test_the_zone_that_was_taken_off():
    reading = read_free("3 Sep 2025 10:00", timezone(timedelta(hours=2)), "en", "")
    assert reading.instant.isoformat() == "2025-09-03T10:00:00+02:00"


@pytest.mark.parametrize("text", ["soon", "99", "7:49 PM", "September 2025", "31. 9. 2025", "03/09/2025 10:00"])
def test_no_date_or_two(text):
    assert read_free(text, None, "en", "") is None


@pytest.mark.parametrize(
    ("text", "language", "place", "expected"),
    [("03/09/2025", "", "", True), ("03/09/2025", "en", "us", False), ("03/09/2025", "de", "", False),
     ("09/09/2025", "en", "", False), ("13/09/2025", "en", "", False), ("3 Sep 2025", "en", "", False)],
)  # fmt: skip
def test_either_of_two_numbers_may_be_the_month(text, language, place, expected):
    assert is_ambiguous(text, language, place) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2 hours ago", "2025-09-03T18:30:00+05:30"), ("Yesterday, 7:49 PM", "2025-09-02T19:49:00+05:30")],
)
def test_what_is_told_from_the_present(text, expected):
    india = timezone(timedelta(hours=5, minutes=30))
    assert read_relative(text, india, NOW).instant.isoformat() == expected


def test_what_is_not_told_from_the_present():
    assert read_relative("soon", UTC, NOW) is None
