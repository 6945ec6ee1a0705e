"""The arguments of a crawl."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.spiders.arguments import names_of, read_arguments

NEWS = "https://news.example/world"


def read(name=None, section="", **given):
    return read_arguments(given, name, section)


def test_what_is_not_given():
    arguments = read("business-standard.com", "world-news")
    assert (arguments.pages, arguments.hops, arguments.again, arguments.since) == (3, 20, False, None)
    assert [url for _, url in arguments.walks.starts] == ["https://www.business-standard.com/world-news"]


def test_numbers_are_given_as_text():
    arguments = read(start=NEWS, pages="7", hops="0", again="1")
    assert (arguments.pages, arguments.hops, arguments.again) == (7, 0, True)


def test_several_addresses_and_a_comma_in_one():
    arguments = read(start=f"{NEWS}, https://news.example/a,b")
    assert [url for _, url in arguments.walks.starts] == [NEWS, "https://news.example/a,b"]


def test_since_is_a_date_and_is_kept_as_it_was_given():
    arguments = read(start=NEWS, since="2025-09-03")
    assert (arguments.since, arguments.since_text) == (datetime(2025, 9, 3, tzinfo=UTC), "2025-09-03")


def test_credentials_are_kept_apart_from_the_addresses():
    arguments = read(start="https://ada:p%40ss@news.example/world")
    assert arguments.credentials == {"https://news.example": ("ada", "p@ss")}
    assert [url for _, url in arguments.walks.starts] == [NEWS]
    assert arguments.given["start"] == NEWS


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"start": NEWS, "page": "1"},
            "unknown argument 'page'; did you mean 'pages'\\?",
        ),
        ({"start": NEWS, "pages": "0"}, "pages='0': expected a whole number, at least 1"),
        ({"start": NEWS, "hops": "many"}, "hops='many': expected a whole number, at least 0"),
        ({"start": NEWS, "since": "soon"}, "since='soon' is not a date"),
        ({"start": "ftp://news.example"}, "expected an http\\(s\\) address"),
        ({}, "start is missing"),
    ],
)
def test_what_cannot_be_understood(given, told):
    with pytest.raises(ValueError, match=told):
        read(**given)


def test_a_password_is_not_told():
    with pytest.raises(ValueError, match="expected an http") as error:
        read(start="ftp://ada:s3cret@news.example/world")
    assert "s3cret" not in str(error.value)


def test_what_a_crawl_s_history_and_output_are_called():
    section = read(start="https://www.news.example/world/europe")
    assert names_of("section", section, is_named=False) == ("section-news.example", "section-news.example-world-europe")
    assert names_of("worldnews", section, is_named=True) == ("worldnews", "worldnews")
