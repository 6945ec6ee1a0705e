"""The arguments of a crawl, as ``-a`` gives them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.spiders.arguments import read_arguments

START = {"start": "https://news.example/world"}


def read(**given):
    return read_arguments(START | given, None, "")


def read_named(**given):
    return read_arguments(given, "business-standard.com", "world-news")


def test_until_a_day_is_its_end_in_the_publisher_s_time_zone():
    assert read_named(until="2025-09-03").until == datetime.fromisoformat("2025-09-03T23:59:59.999999+05:30")
    assert read(until="2025-09-03").until == datetime.fromisoformat("2025-09-03T23:59:59.999999+00:00")


def test_until_an_instant_is_that_instant():
    assert read_named(until="2025-09-03T10:00:00+00:00").until == datetime.fromisoformat("2025-09-03T10:00:00+00:00")
    assert read_named(until="2025-09-03T10:00").until == datetime.fromisoformat("2025-09-03T10:00:00+05:30")


def test_one_day_may_be_the_whole_range():
    found = read(since="2025-09-03", until="2025-09-03")
    assert found.since < found.until


def test_since_may_be_as_far_in_the_future_as_a_clock_may_be_behind():
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=23)
    assert read(since=moment.isoformat()).since == moment


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"until": "soon"}, "until='soon' is not a date: give one like 2025-09-03, '2 days ago' or 2d"),
        ({"since": "2025-09-04", "until": "2025-09-03"},
         "since='2025-09-04' is later than until='2025-09-03': no article can be between them"),
        ({"since": "9999-01-01"}, "since='9999-01-01' is in the future: by this computer's clock it is 2"),
        ({"limit": "0"}, "limit='0': expected a whole number, at least 1"),
        ({"limit": "many"}, "limit='many': expected a whole number, at least 1"),
        ({"dry_run": "yes"}, "dry_run='yes': expected 0 or 1"),
        ({"again": "2"}, "again='2': expected 0 or 1"),
        ({"limit": "5", "dry_run": "1"},
         "limit and dry_run are given, expected one of them: a dry run writes no articles"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(given, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read(**given)


def test_limit_and_dry_run_are_read():
    found = read(limit="5")
    assert (found.limit, found.dry_run, read().limit, read(dry_run="1").dry_run) == (5, False, None, True)
