"""The walks of a run."""

from __future__ import annotations

import pytest

from newscrawl.crawl.walks import Walks
from newscrawl.publishers import by_url

BS = "https://www.business-standard.com"


def walks(*urls: str) -> Walks:
    made = Walks(by_url, "")
    for url in urls:
        made.begin(url)
    return made


def test_a_walk_for_each_section():
    made = walks(f"{BS}/world-news", f"{BS}/world-news?utm_source=x", "https://news.example/world/europe/")
    assert list(made) == [f"{BS}/world-news", "https://news.example/world/europe"]
    assert [walk.title for walk in made.values()] == ["World News", "Europe"]
    assert made.starts_of(made[f"{BS}/world-news"]) == [f"{BS}/world-news"] * 2


def test_a_section_for_what_names_none():
    made = Walks(by_url, "world-news")
    assert made.walk(f"{BS}/").section == "world-news"
    assert made.walk("https://news.example/").section == ""


def test_whose_addresses_are_asked_for():
    made = walks("http://127.0.0.1:8000/world")
    assert made.allows("http://127.0.0.1:8000/a")
    assert not made.allows("http://127.0.0.1:9/a")


def test_no_address():
    with pytest.raises(ValueError, match="not an http or https address"):
        walks("ftp://news.example/world")


def test_what_was_met_turned_out_to_be_nothing():
    walk = walks("https://news.example/world")["https://news.example/world"]
    assert walk.is_barren
    walk.met, walk.taken, walk.skipped = True, 2, 1
    assert not walk.is_barren
    walk.skipped = 2
    assert walk.is_barren
