"""The article of a line."""

from __future__ import annotations

import json

import pytest

from newscrawl.article.parsing import article_of, identified, identified_in
from newscrawl.article.types import FIELDS
from tests.article.conftest import good, line
from tests.article.test_check import FAULTS, UPDATE


def test_a_line_of_an_earlier_version_lacks_fields():
    first = {name: value for name, value in good().items() if not FIELDS[name].added}
    assert list(first)[-1] == "extraction"
    found = article_of(json.dumps(first).encode())
    assert (found["images"], found["body_markdown"], found["dateline"]) == ([], "", None)
    assert found == good()


def test_what_a_line_lacks_is_at_its_default():
    short = {name: value for name, value in good().items() if name not in ("topics", "premium", "place", "extraction")}
    assert article_of(json.dumps(short | {"later": 1}).encode()) == good()
    assert article_of(b"\xef\xbb\xbf" + line()) == good()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[]", "expected an object"),
        (b'{"url": "torn', "not JSON, or torn"),
        (b"\xff{}", "not UTF-8"),
        (b"[" * 100_000, "not JSON, or torn"),
        (line(headline=""), "no headline"),
        (line(id=7), "id: expected text, not 7"),
        (line(word_count=2**63), "word_count: expected a whole number of 64 bits, not 9223372036854775808"),
        (line(place=3), "place: expected text or null, not 3"),
        (line(authors=None), "authors: expected a list of text, not null"),
        (line(extraction={"body": 1}), 'extraction: expected an object of text or null, not {"body": 1}'),
        (line(topics=["x" * 100, 1]), f'topics: expected a list of text, not ["{"x" * 38}…'),
        (line(date_published="yesterday"), "date_published: expected an ISO 8601 date and time with an offset"),
        (line(crawled_at="2025-09-03T14:19:30+05:30"), "crawled_at: expected a time in UTC, with a Z"),
        (line()[:-2] + b',"x":"\\ud800"}', "half a character"),
        (line(body=""), 'body: expected text that is not empty, not ""'),
        (line(status="old"), 'status: expected new or changed, not "old"'),
        (line(word_count=-1), "word_count: expected a number from 0 on, not -1"),
        (line(content_hash="abc"), 'content_hash: expected text like ^[0-9a-f]{64}$, not "abc"'),
        (line(image="not an address"), 'image: expected an address, not "not an address"'),
        (line(links=["https://x.example/ä", "/2"]), "links: expected an address"),
        (line(images=[{"caption": "x"}]), "images: expected a list of objects with url, caption, credit, alt, width"),
        (line(images=[{"url": "/1.jpg"}]), 'images[0].url: expected an address, not "/1.jpg"'),
        (
            line(images=[{"url": "https://x.example/1.jpg", "width": -1}]),
            "images[0].width: expected a number from 0 on",
        ),
        (line(updates=[UPDATE, UPDATE | {"time": "10:30"}]), "updates[1].time: expected an ISO 8601 date and time"),
    ],
)
def test_what_is_wrong_is_told(data, words):
    with pytest.raises(ValueError) as told:
        article_of(data)
    assert words in str(told.value)


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - {"missing", "mark", "line end", "empty line"}))
def test_what_validate_refuses_of_an_article_is_refused(name):
    with pytest.raises(ValueError):
        article_of(FAULTS[name][0])


def test_a_version_is_known_whatever_else_its_line_holds():
    assert identified(line(topics=7, date_published="yesterday"))["topics"] == 7


def test_the_whole_lines_of_a_file_that_hold_a_version(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"x\n" + line(id="2") + b"\n{}\n" + line(id="3") + line(id="4")[:-1])
    assert [article["id"] for article in identified_in(tmp_path / "a.jsonl")] == ["2", "3"]
    assert [article["id"] for article in identified_in(tmp_path / "a.jsonl", 2 + len(line(id="2")))] == ["3"]
