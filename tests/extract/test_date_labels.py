"""What the words around a date say of it."""

from __future__ import annotations

import pytest

from newscrawl.dates.plain import plain
from newscrawl.dates.written import days_in
from newscrawl.extract.date_labels import ANOTHER, CHANGED, PUBLISHED, label_of, parts


@pytest.mark.parametrize(
    ("before", "label"),
    [
        ("First published on", PUBLISHED),
        ("Veröffentlicht am", PUBLISHED),
        ("Published by Ann Reed, last updated", CHANGED),
        ("Mis à jour le", CHANGED),
        ("更新时间：", CHANGED),
        ("Datum:", PUBLISHED),
        ("Event date:", ANOTHER),
        ("© Pier Post", ANOTHER),
        ("Last login:", ANOTHER),
        ("By Ann Reed |", ""),
    ],
)
def test_the_last_label_before_a_date(before, label):
    assert label_of(before) == label


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("18 November 2025", [("", "18 November 2025")]),
        (
            "Published 18 Nov 2025, 09:30. Updated 19 Nov 2025, 08:00",
            [(PUBLISHED, "Published 18 Nov 2025, 09:30."), (CHANGED, "19 Nov 2025, 08:00")],
        ),
        (
            "Last updated on 19 Nov 2025 | First published on 18 Nov 2025",
            [(CHANGED, "Last updated on 19 Nov 2025"), (PUBLISHED, "18 Nov 2025")],
        ),
        (
            "2025年11月18日 09:30 公開 2025年11月19日 08:00 更新",
            [("", "2025年11月18日 09:30"), (CHANGED, "2025年11月19日 08:00")],
        ),
        ("18.11.2025, 09:30 Uhr (aktualisiert)", [(CHANGED, "18.11.2025, 09:30 Uhr")]),
        ("Vol. 3, 18 November 2025", [(ANOTHER, "Vol. 3, 18 November 2025")]),
        ("no date", []),
    ],
)
def test_the_dates_of_a_line(line, expected):
    said = plain(line)
    assert list(parts(said, days_in(said, "", ""))) == expected
