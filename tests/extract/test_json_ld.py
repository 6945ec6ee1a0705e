"""JSON-LD: its objects, and the article among them."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from newscrawl.extract import json_ld
from newscrawl.extract.json_ld import (
    MOST_CHARACTERS,
    MOST_NODES,
    article,
    bare_address,
    objects,
    of_page,
)
from newscrawl.extract.loose_json import mended

HOME = "https://www.maroledger.example"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "b"}',
        '{"a": "b",}',
        '<!-- {"a": "b"} -->',
        '/*<![CDATA[*/ {"a": "b"} /*]]>*/',
        '// <![CDATA[\n{"a": "b"}\n// ]]>',
        '{"a": "b"};',
    ],
)
def test_json_as_pages_carry_it(text: str) -> None:
    assert of_page([text], HOME) == [{"a": "b"}]


def test_what_stands_in_strings_stays() -> None:
    assert of_page(['{"a": "one,\ntwo,}",}'], HOME) == [{"a": "one,\ntwo,}"}]


@pytest.mark.parametrize("text", ["", "no JSON", '{"a": ', "[" * 100_000])
def test_what_is_no_json(text: str) -> None:
    with pytest.raises(ValueError):
        mended(text)
    assert of_page([text, '{"a": 1}'], HOME) == [{"a": 1}]


def test_objects_in_lists_and_below_others() -> None:
    inner = {"b": 1}
    for data in (
        inner,
        [inner],
        {"@graph": [inner]},
        {"mainEntity": inner},
        {"mainEntityOfPage": {"@graph": [[inner]]}},
    ):
        assert inner in objects(data)
    assert inner not in objects({"author": inner})


def test_a_page_is_read_as_far_as_its_bounds(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, json_ld.logger.name)
    assert len(of_page(["[" + "{}," * MOST_NODES + "{}]", "{}", "{}"], HOME)) == MOST_NODES
    assert of_page(['{"a": 1}', " " * MOST_CHARACTERS + "{}"], HOME) == [{"a": 1}]
    assert caplog.text.count("more JSON-LD than is read") == 2


def chosen(*nodes: dict[str, Any]) -> dict[str, Any]:
    typed = [{"@type": "NewsArticle", **node} for node in nodes]
    found = article(typed, lambda: (f"{HOME}/a",), lambda headline: headline == "Harbour reopens")
    return {key: value for key, value in found.items() if key != "@type"}


def test_the_article_is_that_of_the_pages_address() -> None:
    own = {"url": "http://maroledger.example/a/?x=1", "headline": "Own"}
    assert chosen({"url": f"{HOME}/b", "headline": "Harbour reopens"}, own) == own


def test_then_that_whose_headline_the_title_has_then_any_with_one() -> None:
    named, other = {"headline": "Harbour reopens"}, {"headline": "Other"}
    assert chosen({}, other, named) == named
    assert chosen({}, other) == other
    assert chosen({"url": f"{HOME}/b"}, {"url": f"{HOME}/c"}) == {"url": f"{HOME}/b"}
    assert chosen() == {}


def test_objects_of_one_address_add_what_the_best_lacks() -> None:
    first, second = (
        {"url": f"{HOME}/a", "headline": "H", "image": ""},
        {"@id": f"{HOME}/a", "headline": "I", "image": "i"},
    )
    assert chosen(first, second) == {"url": f"{HOME}/a", "headline": "H", "image": "i", "@id": f"{HOME}/a"}


def test_what_an_object_denies_stays_where_the_others_do_not_speak_of_it() -> None:
    closed = {"@type": "NewsArticle", "url": f"{HOME}/a", "headline": "The quay", "isAccessibleForFree": False}
    other = {"@type": "Article", "url": f"{HOME}/a", "headline": ""}
    for nodes in ([closed, other], [other, closed]):
        found = article(nodes, lambda: [f"{HOME}/a"], lambda headline: True)
        assert found["isAccessibleForFree"] is False


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("NewsArticle", True), ("http://schema.org/ReportageNewsArticle", True), (["Thing", "Report"], True),
        ("LiveBlogPosting", True), ("WebPage", False), (None, False), ([3], False),
    ],
)  # fmt: skip
def test_what_is_an_article(kind: Any, counts: bool) -> None:
    assert json_ld.is_article({"@type": kind}) is counts


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://www.Maroledger.example/a/?q#f", "maroledger.example/a"),
        ("/a", ""),
        ("http://[y", ""),
        ("https://maroledger.example/" + "a" * 9000, ""),
    ],
)
def test_bare_addresses(url: str, bare: str) -> None:
    assert bare_address(url) == bare


DAMAGED = '{"@type": "NewsArticle", "%s": {"@type": "Thing", "n": 1, "datePublished": "2025-09-03", "author": [{"@type": "Person", "name": "Ana Brel"}]'


def test_a_damaged_article_has_what_its_script_says_once() -> None:
    (found,) = of_page([DAMAGED % "about"], HOME)
    assert found["datePublished"] == "2025-09-03"
    assert found["author"] == "Ana Brel"
    (found,) = of_page([(DAMAGED + ', "x": {"datePublished": "2024-01-01"') % "about"], HOME)
    assert "datePublished" not in found


def test_a_script_too_long_to_be_mended_tells_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_ld, "MOST_MENDED", 10)
    told = {"@type": "NewsArticle", "datePublished": "2025-09-03", "author": "Ana Brel"}
    assert of_page([DAMAGED % "about"], HOME) == [told]
    assert of_page(['{"a": 1;}', '{"a": 1;}'], HOME) == [{"a": 1}]
