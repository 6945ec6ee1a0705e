"""Which sitemaps of an index are wanted."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.listings.index import children_of, most_wanted, older
from newscrawl.listings.listing import Link

HOME = "https://news.example/"
SINCE = datetime(2025, 8, 1, tzinfo=UTC)


def read_date(link: Link) -> datetime:
    return datetime.fromisoformat(link.date).replace(tzinfo=UTC)


def wanted(*names: str | tuple[str, str]) -> list[str]:
    links = [Link(HOME + name) if isinstance(name, str) else Link(HOME + name[0], name[1]) for name in names]
    return [child.link.url.removeprefix(HOME) for child in most_wanted(children_of(links, read_date))]


def left(*names: tuple[str, str]) -> set[str]:
    links = [Link(HOME + name, date) for name, date in names]
    return {url.removeprefix(HOME) for url in older(children_of(links, read_date), SINCE)}


def test_the_newest_by_their_addresses_first():
    assert wanted("m-2024-12", "m-2025-02", "m-2025-01") == ["m-2025-02", "m-2025-01", "m-2024-12"]
    dated = ("m-2024-12", "2025-09-01"), ("m-2025-01", "2020-01-01")
    assert wanted(*dated) == ["m-2025-01", "m-2024-12"]


def test_dates_of_change_count_unless_they_are_all_the_same():
    assert wanted(("a", "2025-01-01"), ("b", "2025-01-03"), ("c", "2025-01-02")) == ["b", "c", "a"]
    same = [(name, "2025-01-01") for name in "abc"]
    assert wanted(*same) == wanted("a", "b", "c") == ["c", "a", "b"]


def test_what_is_numbered_is_taken_from_both_ends():
    assert wanted("s", "s2", "s3", "s4", "s10") == ["s10", "s", "s4", "s2", "s3"]
    assert wanted("post-1", "post-2", "post-3", "tag-1", "tag-2") == ["tag-2", "post-3", "tag-1", "post-1", "post-2"]


def test_those_for_news_come_first():
    assert wanted("post-1", "post-2", "news-1", "tag-1")[0] == "news-1"


def test_what_has_no_date_among_those_that_have_is_read():
    assert wanted("m-2025-01", "m-2025-02", "now", "m-2025-03")[:2] == ["now", "m-2025-03"]


def test_what_is_older():
    assert left(("m-2025-07", ""), ("m-2025-06", ""), ("now", "")) == {"m-2025-06"}  # it is July yet, somewhere
    assert left(("a", "2025-07-30"), ("b", "2025-07-31"), ("c", "2025-08-02")) == {"a"}
    assert left(("m-2025-06", "")) == {"m-2025-06"}


def test_dates_by_which_all_would_be_older_are_not_believed():
    assert left(("a", "2020-01-01"), ("b", "2020-01-02")) == set()
    assert left(("m-2025-09", "2020-01-01"), ("m-2025-08", "2020-01-02")) == set()
