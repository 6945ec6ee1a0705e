"""What each source named, and what became of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.crawl import sources as module
from newscrawl.crawl.sources import ASKED_FOR, Fate, Kind, Source, Sources, fate_of, kind_of
from newscrawl.listings.listing import Holds, Why

PAGE = "https://news.example/world"


def test_every_kind_of_listing_is_a_kind_of_source():
    assert {kind_of(holds) for holds in Holds} == {
        Kind.LISTING, Kind.FEED, Kind.SITEMAP, Kind.INDEX, Kind.ROBOTS,
    }  # fmt: skip


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_of_a_listing_is_a_fate(why):
    assert fate_of(why).value == why


def test_fates_have_different_words():
    assert len({fate.value for fate in Fate}) == len({fate.key for fate in Fate}) == len(Fate)


links = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(list(Fate)), st.sampled_from(["", "a rule", "another"])))
turns = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from(sorted(set(Fate) - ASKED_FOR, key=str)), st.integers(0, 3))
)


@given(links, turns)
def test_each_link_has_one_fate(links, turns):
    sources = Sources()
    told = []
    sources.on_link = lambda source, url, fate, rule: told.append((source.number, url))
    for number, fate, rule in links:
        sources.note(sources.begin(Kind.FEED, f"{PAGE}/{number}"), f"{PAGE}/a", fate, rule)
    for number, fate, by in turns:
        sources.turn(number, fate, "its page", by=by)
    assert len(told) == len(links) == sources.total().total() == sum(source.named for source in sources)
    for source in sources.to_list():
        assert source["named"] == source["read"] + sum(source["passed"].values())
        assert source["read"] == sum(source["asked"].values())
        assert all(sum(rules.values()) <= source["passed"].get(key, 0) + source["asked"].get(key, 0)
                   for key, rules in source["rules"].items() if key in source["passed"])  # fmt: skip
    assert json.loads(json.dumps(sources.to_list())) == sources.to_list()


def test_what_was_asked_for_can_turn_out_to_be_something_else():
    sources = Sources()
    page = sources.begin(Kind.LISTING, PAGE)
    for url in ("a", "b"):
        sources.note(page, url, Fate.NEW)
    sources.turn(page.number, Fate.OTHER_MATTER, "VideoObject")
    sources.turn(0, Fate.FAILED)  # of no source
    assert str(page) == f"listing page 1 {PAGE}: 2 named: 1 new, 1 a video, gallery or the like"
    assert page.to_dict()["rules"] == {"other_matter": {"VideoObject": 1}}


def test_a_source_that_was_not_read_is_told():
    sources = Sources()
    sources.begin(Kind.FEED, f"{PAGE}.rss")
    sources.fail(f"{PAGE}.rss", "more than 50 MB")
    sources.fail(f"{PAGE}/2", "HTTP 500", page=2)
    assert sources.lines(10) == [
        f"feed {PAGE}.rss: 0 named; more than 50 MB",
        f"listing page 2 {PAGE}/2: 0 named; HTTP 500",
    ]


def test_lines_beyond_the_most_are_summed():
    sources = Sources()
    for number in range(5):
        sources.note(sources.begin(Kind.SITEMAP, f"{PAGE}/{number}.xml"), "a", Fate.KNOWN)
    sources.fail(f"{PAGE}/4.xml", "HTTP 404")
    assert sources.lines(2)[2:] == ["3 other sources: 3 named: 3 known; 1 of them not read, or not to the end"]


def test_sources_without_number_take_no_memory(monkeypatch):
    monkeypatch.setattr(module, "MOST_SOURCES", 3)
    sources = Sources()
    for number in range(100):
        sources.note(sources.begin(Kind.FEED, f"{PAGE}/{number}"), "a", Fate.NEW, f"rule {number}")
    assert [source.kind for source in sources] == [Kind.FEED] * 3 + [Kind.OTHERS]
    assert sources.total()[Fate.NEW] == 100
    assert len(list(sources)[3].rules[Fate.NEW]) == 11


def test_the_docs_tell_every_fate_and_no_other():
    text = (Path(__file__).parents[2] / "docs" / "reference" / "summary.md").read_text("utf8")
    rows = re.findall(r"^\| ([^|`]+) \| `(\w+)` \| \S", text, re.MULTILINE)
    assert [(word, key) for word, key in rows] == [(fate.value, fate.key) for fate in Fate]
    for kind in Kind:
        assert f"`{kind.name.lower()}`" in text
    for key in Source(1, Kind.FEED, PAGE).to_dict():
        assert f"`{key}`" in text
