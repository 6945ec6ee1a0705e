"""Zones that a date or its page tells."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dates.zones import COUNTRIES, country, split_zone, zone_of

DAY = datetime(2025, 9, 3, 10)


def test_zones_are_known():
    assert all(zone_of(code) for code in COUNTRIES)
    assert zone_of("us") is None


@pytest.mark.parametrize(
    ("url", "language", "expected"),
    [
        ("https://www.x.de/a", "en", "de"),
        ("https://www.x.com/a", "de-AT", "at"),
        ("https://www.x.com/a", "en-GB", ""),
        ("https://www.x.com/a", "ja", "jp"),
        ("https://www.x.tv/a", None, ""),
        ("https://[x/a", None, ""),
        ("", None, ""),
    ],
)
def test_the_country_of_a_page(url, language, expected):
    assert country(url, language) == expected


@pytest.mark.parametrize(
    ("text", "place", "bare", "hours"),
    [
        ("3 Sep 2025 10:00 +05:30", "", "3 Sep 2025 10:00", 5.5),
        ("3 Sep 2025 10:00 −0300", "", "3 Sep 2025 10:00", -3),
        ("3 Sep 2025 10:00 (GMT+3)", "", "3 Sep 2025 10:00", 3),
        ("September 3, 2025 2:20pm EDT", "", "September 3, 2025 2:20pm", -4),
        ("Sept. 3, 2025 at 7:49 p.m. ET", "", "Sept. 3, 2025 at 7:49 p.m.", -4),
        ("3 Sep 2025 10:00 BST", "uk", "3 Sep 2025 10:00", 1),
        ("3 Sep 2025 | 10:00 IST", "in", "3 Sep 2025 | 10:00", 5.5),
        ("3 Sep 2025 | 10:00 IST", "ie", "3 Sep 2025 | 10:00", 1),
        ("3 Sep 2025 | 10:00 IST", "il", "3 Sep 2025 | 10:00", 3),
        ("3 сентября 2025 г., 19:49 МСК", "ru", "3 сентября 2025 г., 19:49", 3),
        ("2025年9月3日 19時49分 JST", "jp", "2025年9月3日 19時49分", 9),
    ],
)
def test_the_zone_behind_a_time(text, place, bare, hours):
    rest, zone = split_zone(text, place)
    assert rest == bare
    assert zone.utcoffset(DAY).total_seconds() == hours * 3600


@pytest.mark.parametrize(
    "text", ["3 Sep 2025", "3 Sep 2025 EST", "3 Sep 2025 10:00 QQQT", "3 Sep 2025 10:00 +23:00", ""]
)
def test_no_zone(text):
    assert split_zone(text, "") == (text, None)


def test_what_the_publisher_means_by_an_abbreviation_comes_first():
    _, zone = split_zone("3 Sep 2025 10:00 IST", "in", {"IST": "Asia/Jerusalem"})
    assert zone.utcoffset(DAY).total_seconds() == 3 * 3600


@given(st.text(max_size=120), st.sampled_from(["", "de", "us", "il"]))
def test_no_text_makes_it_raise(text, place):
    split_zone(text, place)
