"""The Iranian calendar, and years counted from another one."""

from __future__ import annotations

from datetime import date

import pytest

from newscrawl.dates.calendars import of_iran, without_eras


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1404, 8, 27), date(2025, 11, 18)),
        ((1403, 12, 30), date(2025, 3, 20)),  # of a leap year
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1376, 1, 1), date(1997, 3, 21)),
        ((1408, 12, 30), date(2030, 3, 20)),
    ],
)
def test_days_of_iran(day, expected):
    assert of_iran(*day) == expected


@pytest.mark.parametrize("day", [(1404, 12, 30), (1404, 7, 31), (1404, 13, 1), (1404, 1, 0)])
def test_no_days_of_iran(day):
    with pytest.raises(ValueError, match="no day"):
        of_iran(*day)


def test_years_of_eras():
    assert without_eras("令和元年5月1日") == "2019年5月1日"
