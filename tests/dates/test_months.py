"""Names of months."""

from __future__ import annotations

import pytest

from newscrawl.dates.months import month_of


@pytest.mark.parametrize(
    ("name", "language", "month"),
    [
        ("March", "", 3),
        ("MÄRZ", "", 3),
        ("Μαρτίου", "", 3),
        ("lip", "pl", 7),
        ("lip", "hr", 6),
        ("lip", "", None),
        ("İyun", "az", 6),
        ("ΜΑΪΟΥ", "el", None),
        ("x", "", None),
    ],
)
def test_the_month_of_a_name(name, language, month):
    assert month_of(name, language) == month
