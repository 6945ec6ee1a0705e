"""Whether the day or the month stands first, from what a page's other dates tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.dates.found import Found, FoundDate
from newscrawl.dates.order import may_be_two, with_order
from newscrawl.dates.reading import context_of, read_date
from newscrawl.publishers import GENERIC

NOW = datetime(2025, 11, 20, tzinfo=UTC)
URL = "https://paper.example/lock"


def read(text, rule="near h1", language="en", *, modified=(), beside=(), url=URL):
    date = FoundDate(text, rule, visible=False)
    changed = tuple(FoundDate(one, "meta:lastmod", visible=False) for one in modified)
    context = with_order(context_of(GENERIC, url, language), Found(NOW, (date,), changed, beside=beside), url)
    reading = read_date(text, context.of_metadata() if date.is_metadata else context)
    return reading and reading.instant.isoformat()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, None),
        ({"beside": ("2 November 2025",)}, "2025-11-02T00:00:00"),
        ({"beside": ("2025-02-11T10:00:00Z",)}, "2025-02-11T00:00:00"),
        ({"beside": ("28/10/2025",)}, "2025-11-02T00:00:00"),
        ({"beside": ("10/28/2025",)}, "2025-02-11T00:00:00"),
        ({"beside": ("10/28/2025", "28/10/2025")}, None),
        ({"modified": ("2025-11-02T10:00:00Z",)}, "2025-11-02T00:00:00"),
        ({"modified": ("10/28/2025",)}, None),  # programs write metadata in an order of their own
        ({"url": "https://paper.example/2025/11/02/lock"}, "2025-11-02T00:00:00"),
        ({"url": "https://paper.example/2025/02/lock"}, "2025-02-11T00:00:00"),
    ],
)
def test_by_other_dates_of_the_page(more, expected):
    assert read("02/11/2025", **more) == expected


def test_what_cannot_have_come_is_not_meant():
    assert read("02/12/2025") == "2025-02-12T00:00:00"


def test_metadata_with_the_month_first_on_a_page_that_tells_the_day():
    text = "11/02/2025 12:43:42"
    assert read(text, "meta:date", "de") == "2025-02-11T12:43:42"
    assert read(text, "meta:date", "de", beside=("Erstellt am: 02.11.2025",)) == "2025-11-02T12:43:42"
    assert read(text, "meta:date", "de", modified=("11/18/2025",)) == "2025-11-02T12:43:42"


@pytest.mark.parametrize(
    ("text", "expected"), [("03/09/2025", True), ("13/09/2025", False), ("3 Sep 2025", False), ("09/09/2025", False)]
)
def test_a_text_that_may_be_two_days(text, expected):
    assert may_be_two(text) is expected
