"""Dates as people write them, wherever they stand in a line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.dates.plain import plain
from newscrawl.dates.written import DAY_FIRST, MONTH_BEFORE_DAY, Order, days_in, order_told, read_written


def read(text, language="en", country="", **more):
    line = plain(text)
    reading = read_written(line, days_in(line, language, country), language, country, **more)
    return reading and reading.instant.isoformat()


@pytest.mark.parametrize(
    ("text", "language", "country", "expected"),
    [
        ("By Ann Reed | November 18th, 2025 at 9.30 pm EST", "en", "", "2025-11-18T21:30:00-05:00"),
        ("9:30 a.m. ET Nov. 18, 2025", "en", "", "2025-11-18T09:30:00-05:00"),
        ("Harbour • the 3rd of November, 2025", "en", "", "2025-11-03T00:00:00"),
        ("18-Nov-25 10:00", "en", "", "2025-11-18T10:00:00"),
        ("18. November 2025 , Ann Reed", "de", "de", "2025-11-18T00:00:00"),
        ("Datum: 18.11.2025, Rubrik: Stadt", "de", "", "2025-11-18T00:00:00"),
        ("18.11.25 – 14 Uhr | Ann Reed", "de", "de", "2025-11-18T14:00:00"),
        ("18.11.2025 9.30", "fi", "fi", "2025-11-18T09:30:00"),
        ("1er décembre 2025 à 9h", "fr", "", "2025-12-01T09:00:00"),
        ("18/11/2025 09h30min", "pt", "", "2025-11-18T09:30:00"),
        ("Martes, 18 de noviembre de 2025 - 9:30 a. m.", "es", "", "2025-11-18T09:30:00"),
        ("2025. gada 18. novembrī", "lv", "", "2025-11-18T00:00:00"),
        ("2025 m. lapkričio 18 d. 09:30", "lt", "", "2025-11-18T09:30:00"),
        ("2025. november 18. 09:30", "hu", "", "2025-11-18T09:30:00"),
        ("18-го ноября 2025 г., 19:49", "ru", "", "2025-11-18T19:49:00"),
        ("18 Νοεμβρίου 2025, 9:30 μ.μ.", "el", "", "2025-11-18T21:30:00"),
        ("24. listopadu 2025", "cs", "", "2025-11-24T00:00:00"),
        ("24. listopada 2025", "hr", "", "2025-10-24T00:00:00"),
        ("24. listopada 2025", "", "", None),  # the month that it is depends on the language
        ("2025-11-18 09:30:26 来源：码头日报", "zh", "cn", "2025-11-18T09:30:26"),
        ("2025 11 / 18 09:30:26", "zh", "cn", "2025-11-18T09:30:26"),
        ("2025年11月18日 14時30分 公開", "ja", "jp", "2025-11-18T14:30:00"),
        ("2025.11.18. 오후 3:05", "ko", "kr", "2025-11-18T15:05:00"),
        ("25.11.18 15:05", "ko", "kr", "2025-11-18T15:05:00"),
        ("Thứ ba, 18/11/2025, 09:30 (GMT+7)", "vi", "vn", "2025-11-18T09:30:00+07:00"),
        ("ngày 18 tháng 11 năm 2025", "vi", "vn", "2025-11-18T00:00:00"),
        ("१८ नवंबर २०२५, ०९:३०", "hi", "in", "2025-11-18T09:30:00"),
        ("١٨ نوفمبر ٢٠٢٥ - ٩:٣٠ م", "ar", "", "2025-11-18T21:30:00"),
        ("18 تشرين الثاني 2025", "ar", "", "2025-11-18T00:00:00"),
        ("18 พ.ย. 2568 09:30 น.", "th", "th", "2025-11-18T09:30:00"),
        ("۲۷ آبان ۱۴۰۴ - ۰۹:۳۰", "fa", "ir", "2025-11-18T09:30:00"),
        ("۱۴۰۴/۰۸/۲۷", "fa", "", "2025-11-18T00:00:00"),
        ("27/05/1447", "ar", "", None),  # of the Islamic calendar
        ("令和7年11月18日", "ja", "jp", "2025-11-18T00:00:00"),
    ],
)
def test_a_day_and_its_time(text, language, country, expected):
    assert read(text, language, country) == expected


@pytest.mark.parametrize(
    "text",
    [
        "18-19 November 2025",
        "January 6-9, 2026",
        "18 Nov 2025 - 20 Nov 2025",
        "18 Nov – 20 Nov 2025",
        "18 Nov 2025 | 19 Nov 2025",
        "November 2025",
        "18 November",
        "31 November 2025",
        "18.11.2025.3",
        "99/99/9999",
        "18-11-25",
        "Nov 18, 20255",
    ],
)
def test_spans_several_days_and_none(text):
    assert read(text) is None


def test_a_duration_is_no_time():
    assert read("Nov 18, 2025 2:31 min") == "2025-11-18T00:00:00"


@pytest.mark.parametrize(
    ("text", "language", "country", "expected"),
    [
        ("03/09/2025", "en", "", None),
        ("03/09/25", "en", "", None),
        ("03/09/2025", "en", "us", "2025-03-09T00:00:00"),
        ("03/09/2025", "en", "uk", "2025-09-03T00:00:00"),
        ("03/09/2025", "fr", "", "2025-09-03T00:00:00"),
        ("03.09.25", "en", "", "2025-09-03T00:00:00"),
        ("09/23/2025", "en", "", "2025-09-23T00:00:00"),
        ("05/05/2025", "en", "", "2025-05-05T00:00:00"),
    ],
)
def test_the_order_of_numbers(text, language, country, expected):
    assert read(text, language, country) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order(days=frozenset({date(2025, 3, 9)})), "2025-03-09T00:00:00"),
        (Order(days=frozenset({date(2025, 3, 9), date(2025, 9, 3)})), None),
        (Order(styles=(("/", MONTH_BEFORE_DAY),)), "2025-03-09T00:00:00"),
        (Order(styles=(("-", MONTH_BEFORE_DAY),)), None),
        (Order(styles=(("/", DAY_FIRST),)), "2025-09-03T00:00:00"),
        (Order(latest=date(2025, 5, 1)), "2025-03-09T00:00:00"),
        (Order(latest=date(2025, 1, 1)), None),
    ],
)
def test_what_other_dates_tell_of_the_order(order, expected):
    assert read("03/09/2025", order=order) == expected


def test_the_order_that_numbers_above_twelve_tell():
    assert list(order_told("28/10/2025, 10-28-2025, 03/09/2025, 28.10.25")) == [
        ("/", DAY_FIRST), ("-", MONTH_BEFORE_DAY), (".", DAY_FIRST),
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="0123456789 ./-:,aпn年月日時時午前後thNovMay'تشرين۱۲", max_size=60),
    st.sampled_from(["", "en", "ja", "fa"]),
)
def test_no_text_makes_it_raise(text, language):
    read(text, language)
