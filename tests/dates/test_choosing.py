"""Which of a page's dates counts, and by which rule."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from newscrawl.dates.choosing import choose
from newscrawl.dates.found import FoundDate
from newscrawl.dates.reading import context_of
from newscrawl.publishers import GENERIC, by_name

BS = by_name("business-standard.com")
NOW = datetime(2025, 9, 3, 15, 0, tzinfo=UTC)


def chosen(*texts, publisher=GENERIC, url="https://x.example/a", language="en", others=()):
    """The instant and the number of the text that gave it; texts with an asterisk are those that readers see."""

    def found(texts):
        return [FoundDate(text.lstrip("*"), str(n), text.startswith("*")) for n, text in enumerate(texts)]

    choice = choose(found(texts), found(others), context_of(publisher, url, language), NOW, "date")
    return (choice.instant.isoformat(), choice.rule) if choice.instant else (None, choice.rule)


# Where the publisher says where its dates stand


def test_seconds_of_the_metadata_s_where_both_agree():
    assert chosen("*Sep 03 2025 | 7:49 PM IST", "2025-09-03T14:19:23Z", publisher=BS) == (
        "2025-09-03T19:49:23+05:30",
        "1",
    )


def test_the_visible_one_where_they_disagree(caplog):
    assert chosen("*Sep 03 2025 | 7:49 PM IST", "2025-09-03T14:20:00Z", publisher=BS) == (
        "2025-09-03T19:49:00+05:30",
        "0",
    )
    assert "the visible one is taken" in caplog.text


def test_the_first_of_each_kind_and_a_mere_day_too():
    assert chosen("2025-09-02", "2025-09-02T10:00:00Z", publisher=BS) == ("2025-09-02T00:00:00+05:30", "0")
    assert chosen("*Sep 02 2025", "2025-09-03T10:00:00Z", publisher=BS) == ("2025-09-02T00:00:00+05:30", "0")


def test_what_is_told_from_the_present_counts_there():
    assert chosen("*2 hours ago", publisher=BS) == ("2025-09-03T18:30:00+05:30", "0")


def test_one_that_cannot_be_is_a_warning_there(caplog):
    assert chosen("*Sep 31 2025 | 7:49 PM IST", "2025-09-03T14:20:00Z", publisher=BS) == (
        "2025-09-03T19:50:00+05:30",
        "1",
    )
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


# On any other page


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("2025-09-03T19:49:07+02:00",), ("2025-09-03T19:49:07+02:00", "0")),
        # A time of day counts more than a mere day, or than the midnight that it was made into.
        (("2025-09-03", "2025-09-03T19:49:07Z"), ("2025-09-03T19:49:07+00:00", "1")),
        (("2025-09-03T00:00:00Z", "2025-09-03T19:49:07Z"), ("2025-09-03T19:49:07+00:00", "1")),
        (("2025-09-03", "2025-08-03T19:49:07Z"), ("2025-09-03T00:00:00+00:00", "0")),
        # A time with a zone counts more than the same one without, by the same clock or some quarters of an hour off.
        (("2025-09-03T19:49:07", "2025-09-03T19:49:00+02:00"), ("2025-09-03T19:49:00+02:00", "1")),
        (("2025-09-03T19:49:07", "2025-09-03T23:49:07Z"), ("2025-09-03T23:49:07+00:00", "1")),
        (("2025-09-03T19:49:07", "2025-09-03T23:52:07Z"), ("2025-09-03T19:49:07+00:00", "0")),
        # Of one instant, the local time; the rule is that of the date which counts.
        (("2025-09-03T23:49:07Z", "2025-09-03T19:49:07-04:00"), ("2025-09-03T19:49:07-04:00", "0")),
        # What readers see counts where it tells time and zone.
        (("*2 September 2025", "2025-09-03T19:49:07Z"), ("2025-09-03T19:49:07+00:00", "1")),
        (("*2 September 2025, 10:00", "2025-09-03T19:49:07Z"), ("2025-09-03T19:49:07+00:00", "1")),
        (("*2 September 2025, 10:00 BST", "2025-09-03T19:49:07Z"), ("2025-09-02T10:00:00+01:00", "0")),
        (("*2 September 2025",), ("2025-09-02T00:00:00+00:00", "0")),
        # What is told from the present counts where there is nothing else.
        (("*2 hours ago", "2025-09-03T19:49:07Z"), ("2025-09-03T19:49:07+00:00", "1")),
        (("soon", "2 hours ago"), ("2025-09-03T13:00:00+00:00", "1")),
        (("soon",), (None, None)),
        ((), (None, None)),
    ],
)
def test_the_one_that_tells_most(texts, expected):
    assert chosen(*texts) == expected


@pytest.mark.parametrize(
    ("url", "others", "expected"),
    [
        ("https://x.example/a", ["2025-09-03T20:00:00+02:00"], "2025-09-03T19:49:07+02:00"),
        ("https://x.example/a", ["2025-01-03T20:00:00+01:00"], "2025-09-03T19:49:07+00:00"),
        ("https://x.de/a", [], "2025-09-03T19:49:07+02:00"),
        ("https://x.de/a", ["2025-09-03T20:00:00Z"], "2025-09-03T19:49:07+02:00"),
        ("https://x.de/a", ["2025-09-03T20:00:00-04:00"], "2025-09-03T19:49:07-04:00"),
        ("https://x.es/a", [], "2025-09-03T19:49:07+00:00"),
    ],
)
def test_the_zone_of_one_that_tells_none(url, others, expected):
    assert chosen("2025-09-03T19:49:07", url=url, others=others) == (expected, "0")


@pytest.mark.parametrize("edge", ["9999-12-31T23:59:00-05:00", "0001-01-01T00:10:00+09:00", "9999-12-31"])
def test_a_date_of_the_calendars_first_or_last_year_is_none(edge):
    assert chosen(edge, "2025-09-03T14:20:00", url="https://x.example.jp/a")[1] == "1"
    assert chosen("2025-09-03T14:20:00", edge, url="https://x.example.jp/a")[1] == "0"
    assert chosen(edge) == (None, None)
