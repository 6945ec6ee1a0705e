"""From text to instant, by what is known of the page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.dates import reading
from newscrawl.dates.reading import context_of, parse_date, read_date
from newscrawl.publishers import GENERIC, by_name
from newscrawl.publishers.description import Publisher

BS = by_name("business-standard.com")
NOW = datetime(2025, 9, 3, 15, 0, tzinfo=UTC)  # 20:30 in India


def shown(text, url="", language=None, publisher=GENERIC):
    found = read_date(text, context_of(publisher, url, language))
    return found and found.instant.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sep 03 2025 | 7:49 PM IST", "2025-09-03T19:49:00+05:30"),
        ("Sep 03 2025 | 7:49 PM", "2025-09-03T19:49:00+05:30"),
        ("September 03 2025 | 07:49 AM IST", "2025-09-03T07:49:00+05:30"),
        ("3 Sep 2025 | 12:00 AM IST", "2025-09-03T00:00:00+05:30"),
        ("Sept 3, 2025, 7:49 p.m. IST", "2025-09-03T19:49:00+05:30"),
        ("Today 7:49 PM IST", "2025-09-03T19:49:00+05:30"),
        ("Yesterday, 7:49 PM IST", "2025-09-02T19:49:00+05:30"),
        ("2 hours ago", "2025-09-03T18:30:00+05:30"),
        ("2 days ago", "2025-09-01T20:30:00+05:30"),
        ("2025-09-03T19:49:07+05:30", "2025-09-03T19:49:07+05:30"),
        ("2025-09-03T14:19:07Z", "2025-09-03T19:49:07+05:30"),
        ("2025-09-03T14:19:07.123Z", "2025-09-03T19:49:07+05:30"),
        ("2025-09-03 19:49", "2025-09-03T19:49:00+05:30"),
        ("2025-09-03", "2025-09-03T00:00:00+05:30"),
        ("Wed, 03 Sep 2025 14:19:07 GMT", "2025-09-03T19:49:07+05:30"),
        ("Sep 31 2025 | 7:49 PM IST", None),
        ("Feb 29 2025 | 7:49 PM IST", None),
        ("2025-09-31", None),
        ("2025-13-01T00:00:00Z", None),
        ("7:49 PM", None),
        ("September", None),
        ("3 min read", None),
        ("soon", None),
        ("", None),
        ("99999999999999999999", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
    ],
)
def test_by_the_publisher_s_clock_and_formats(text, expected):
    found = parse_date(text, BS, NOW)
    assert (found and found.isoformat()) == expected


def test_known_formats_are_read_without_the_reader_of_words(monkeypatch):
    def fail(*_args):
        pytest.fail("a format that the publisher or a program writes was read as words")

    monkeypatch.setattr(reading, "read_free", fail)
    for text in ("Sep 04 2025 | 7:53 PM IST", "September 04 2025 | 07:53 PM", "2025-09-04T19:53:00+05:30"):
        assert parse_date(text, BS, NOW).isoformat() == "2025-09-04T19:53:00+05:30"


def test_a_day_before_its_month_where_the_publisher_says_so():
    own = Publisher(name="own.example", timezone="Europe/Istanbul", date_formats=("%d/%m/%Y",))
    assert shown("05/04/2025", publisher=own) == "2025-04-05T00:00:00+03:00"
    assert shown("05/04/2025") is None


@pytest.mark.parametrize(
    ("text", "url", "language", "expected"),
    [
        ("03/09/2025 10:00", "https://x.co.uk/a", "en", "2025-09-03T10:00:00"),
        ("3 Sep 2025 | 10:00 IST", "https://x.ie/a", "en", "2025-09-03T10:00:00+01:00"),
        ("3. September 2025, 19:49 Uhr", "", "de-AT", "2025-09-03T19:49:00"),
        ("Published 3 Sep 2025 | 3 min read", "", "en", "2025-09-03T00:00:00"),
        ("1756908547", "", None, "2025-09-03T14:09:07+00:00"),
    ],
)
def test_by_the_language_and_country_of_the_page(text, url, language, expected):
    assert shown(text, url, language) == expected


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00", "03/09/2025 10:00", "x" * 101, "2 hours ago"]
)
def test_what_is_no_date_or_may_be_two(text):
    assert shown(text, language="en") is None


def test_dateparser_is_asked_last_and_not_at_all_without_leave(monkeypatch):
    context = context_of(GENERIC, language="en")
    assert read_date("3 Sep 25", context, free=False) is None
    assert read_date("3 Sep 25", context).instant.isoformat() == "2025-09-03T00:00:00"
    monkeypatch.setattr(reading, "read_free", lambda *_args: pytest.fail("dateparser was asked"))
    for text in ("2025-09-03", "3 Sep 2025", "By Ann Reed | 3 September 2025, 19:49", "03/09/2025"):
        read_date(text, context)


def test_an_instant_on_no_clock_is_in_the_zone_of_the_country_else_in_utc():
    assert parse_date("2025-09-03", GENERIC, NOW).isoformat() == "2025-09-03T00:00:00+00:00"
    assert parse_date("2025-09-03", GENERIC, NOW, "https://x.de/a").isoformat() == "2025-09-03T00:00:00+02:00"
    assert parse_date("2 hours ago", GENERIC, NOW).isoformat() == "2025-09-03T13:00:00+00:00"


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=150),
    st.sampled_from([GENERIC, BS]),
    st.sampled_from(["", "https://x.de/", "https://x.us/", "https://x.il/"]),
    st.sampled_from([None, "en", "de", "ja", "xx"]),
)
def test_no_text_makes_it_raise(text, publisher, url, language):
    read_date(text, context_of(publisher, url, language), now=NOW)
    found = parse_date(text, publisher, NOW, url)
    assert found is None or found.tzinfo is not None
