"""Of which days an address speaks."""

from __future__ import annotations

import pytest

from newscrawl.addresses.spans import span, spans

HOME = "https://news.example"


def days(path: str) -> str:
    """The first and the last day; both reach as far as it is that day somewhere."""
    found = span(HOME + path)
    if found is None:
        return ""
    assert (found.first.isoformat()[10:], found.last.isoformat()[10:]) == ("T10:00:00+00:00", "T14:00:00+00:00")
    return f"{found.first.date().isoformat()} {found.last.date().isoformat()}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/sitemap-2024-07.xml", "2024-06-30 2024-08-01"),
        ("/map-202407.xml.gz", "2024-06-30 2024-08-01"),
        ("/sitemap/2024/7/news.xml", "2024-06-30 2024-08-01"),
        ("/sitemap/2024-july-1.xml", "2024-06-30 2024-08-01"),
        ("/sitemap/july-2024.xml", "2024-06-30 2024-08-01"),
        ("/sitemap/07-2024.xml", "2024-06-30 2024-08-01"),
        ("/sitemap-pt-post-2024-02-1.xml", "2024-01-31 2024-03-01"),
        ("/sitemap.php?yyyy=2024&mm=07", "2024-06-30 2024-08-01"),
        ("/archive?month=7&year=2024&page=3", "2024-06-30 2024-08-01"),
        ("/archive?month=2024-07", "2024-06-30 2024-08-01"),
        ("/2024-07-15.xml", "2024-07-14 2024-07-16"),
        ("/20240715.xml", "2024-07-14 2024-07-16"),
        ("/archive/2024/7/1", "2024-06-30 2024-07-02"),
        ("/archive/2024/july/1/", "2024-06-30 2024-07-02"),
        ("/archive/15-07-2024", "2024-07-14 2024-07-16"),
        ("/archive/1-jul-2024", "2024-06-30 2024-07-02"),
        ("/archive?date=2024-07-15", "2024-07-14 2024-07-16"),
        ("/archive?year=2024&month=7&day=1", "2024-06-30 2024-07-02"),
        ("/2024/sitemap-2024-07-15.xml", "2024-07-14 2024-07-16"),
        ("/map-2024-07-01_2024-07-07.xml", "2024-06-30 2024-07-08"),
        ("/sitemap-2024.xml", "2023-12-31 2025-01-01"),
        ("/sitemap-2020-2024.xml", "2019-12-31 2025-01-01"),
        ("/sitemap-2024-7.xml", "2023-12-31 2025-01-01"),
        ("/sitemap.php?yyyy=2024", "2023-12-31 2025-01-01"),
    ],
)
def test_addresses_of_days(path, expected):
    assert days(path) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/post-sitemap12.xml",
        "/sitemap.xml",
        "/sitemap-1.xml",
        "/id/32024071599.xml",
        "/?p=2",
        "/a2024.xml",
        "/maybe.xml",
        "/20240231.xml",
        "/?mm=07",
    ],
)
def test_addresses_of_no_day(path):
    assert days(path) == ""


def test_a_number_among_others_is_no_year():
    numbered = [f"{HOME}/sitemap-{number}.xml" for number in (*range(1, 4), 2023, 2024)]
    assert spans([*numbered, f"{HOME}/map-2024-07.xml"]).keys() == {f"{HOME}/map-2024-07.xml"}
    assert len(spans(numbered[3:])) == 2
