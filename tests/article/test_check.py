"""Files against the schema, and what a schema cannot say."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter

import pytest

from newscrawl.article import lines
from tests.article.conftest import good, line

UPDATE = {"time": "2025-09-03T14:19:30+05:30", "headline": None, "text": "The quay is open.", "markdown": ""}
FAULTS = {
    "type": (line(word_count="2"), "word_count", "integer"),
    "fraction": (line(word_count=1.5), "word_count", "integer"),
    "null": (line(headline=None), "headline", "string"),
    "empty": (line(body=""), "body", "shorter"),
    "status": (line(status="old"), "status", "new"),
    "hash": (line(content_hash="abc"), "content_hash", "match"),
    "item": (line(authors=["A", 1]), "authors[1]", "string"),
    "map": (line(extraction={"body": 1}), "extraction.body", "string"),
    "missing": (b"{}\n", "", "url"),
    "no object": (b"[]\n", "", "object"),
    "day": (line(date_published="2025-02-30T10:00:00Z"), "date_published", "date-time"),
    "no offset": (line(date_published="2025-02-20T10:00:00"), "date_published", "date-time"),
    "leap second": (line(date_published="2016-12-31T23:59:60Z"), "date_published", "no instant"),
    "not UTC": (line(crawled_at="2025-09-03T14:19:30+05:30"), "crawled_at", "match"),
    "address": (line(image="not an address"), "image", "iri"),
    "object's field": (line(images=[{"url": "https://x.example/1.jpg", "width": "1"}]), "images[0].width", "integer"),
    "object's address": (
        line(links_in_text=[{"url": "x y", "text": "", "internal": True}]),
        "links_in_text[0].url",
        "iri",
    ),
    "object's offset": (line(updates=[UPDATE | {"time": "2025-09-03T10:00:00"}]), "updates[0].time", "date-time"),
    "object's day": (
        line(updates=[UPDATE, UPDATE | {"time": "2016-12-31T23:59:60Z"}]),
        "updates[1].time",
        "no instant",
    ),
    "torn": (line()[:-20], "", "not JSON"),
    "two": (line()[:-1] + line(), "", "not JSON"),
    "empty line": (b"\n", "", "empty"),
    "bytes": (line()[:-30] + b"\xff" + line()[-30:], "", "not UTF-8"),
    "mark": (b"\xef\xbb\xbf" + line(), "", "byte order mark"),
    "line end": (line()[:-1] + b"\r\n", "", r"\r\n"),
    "not a number": (line()[:-2] + b',"x":NaN}\n', "", "NaN"),
    "key twice": (line()[:-2] + b',"url":"https://x.example/2"}\n', "", "duplicate key"),
    "surrogate": (line()[:-2] + b',"x":"\\ud800"}\n', "", "surrogate"),
    "deep": (b"[" * 100_000 + b"\n", "", "deep"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line_and_field(checker, name):
    data, where, word = FAULTS[name]
    report = checker.check(io.BytesIO(line(id="before") + data + line(id="after")), "x", 100)
    assert report.lines == 3 if name != "torn" else 2
    assert {finding.line for finding in report.first} == {2}
    assert [f for f in report.first if f.field == where and word in f.message and not f.warning], report.first
    assert report.faults == len(report.first)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PAR1\x15\x04", "Parquet"),
        (b"SQLite format 3\0\x10", "SQLite"),
        (b"PK\x03\x04\x14", "Excel"),
        (b"BZh91AY", "bzip2"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_of_another_format_is_named(checker, data, what, pack):
    with pytest.raises(OSError, match=rf"{what}.*, not JSON Lines"):
        checker.check(io.BytesIO(pack(data)), "x.jsonl")


def test_good_lines_have_none(checker):
    good_lines = [
        line(),
        line(id="2", date_published=None, more="a field of a later version", image="https://x.example/ü.jpg"),
        line(id="4", updates=[UPDATE, UPDATE | {"time": None, "later": 1}], images=[]),
        line(id="3", date_modified="2025-09-03T19:49:00.5-03:00", word_count=10**30, body="x" * 100_000),
    ]
    report = checker.check(io.BytesIO(b"".join(good_lines)), "x")
    assert (report.lines, report.faults, report.warnings, report.first) == (4, 0, 0, [])
    assert checker.check(io.BytesIO(b""), "x").lines == 0


def test_a_last_line_without_its_end(checker):
    report = checker.check(io.BytesIO(line() + line(id="2")[:-1]), "x")
    assert [(f.line, f.message) for f in report.first] == [(2, "the last line has no line end: it may be cut off")]


def test_warnings(checker):
    turned = json.dumps(dict(reversed(good(id="2").items()))).encode() + b"\n"
    other_version = line(content_hash="0" * 64)
    report = checker.check(io.BytesIO(line() + turned + other_version + line()), "x")
    assert [(f.line, f.warning) for f in report.first] == [(2, True), (4, True)]
    assert "order" in report.first[0].message
    assert "x.example/1 stands with the same content in line 1" in report.first[1].message
    assert (report.faults, report.warnings) == (0, 2)


def test_what_is_kept_is_capped_and_all_is_counted(checker):
    report = checker.check(io.BytesIO(b"x\n" * 1000 + line() * 100), "x", 3)
    assert (report.faults, report.warnings) == (1000, 99)
    assert Counter(finding.warning for finding in report.first) == {False: 3, True: 3}


def test_a_message_has_no_story_in_it(checker):
    report = checker.check(io.BytesIO(line(authors="x" * 10_000, links=["x" * 10_000])), "x")
    assert report.faults == 2
    assert all(len(finding.message) < 100 for finding in report.first)


def test_a_line_without_end_takes_no_memory(checker, monkeypatch):
    monkeypatch.setattr(lines, "LINE_LIMIT", 10_000)
    sizes = []

    class Reader(io.BufferedReader):
        def readline(self, size=-1):
            sizes.append(size)
            return super().readline(size)

    data = line() + b"y" * 55_000 + b"\n" + line(id="2") + b"[" + line(id="3")
    report = checker.check(Reader(io.BytesIO(data)), "x")
    assert [(f.line, f.message.split()[0]) for f in report.first] == [(2, "longer"), (4, "not")]
    assert report.lines == 4
    assert set(sizes) == {10_001}


@pytest.mark.parametrize("size", [-1, 0, 10, 200])
def test_a_compressed_file_that_is_cut(checker, size):
    data = gzip.compress(line() + line(id="2"), mtime=0)
    report = checker.check(io.BytesIO(data[:-4] if size < 0 else data[:size] + b"\0" * (10 if size else 0)), "x")
    assert report.faults == (1 if size else 0)
    if size:
        assert "damaged or cut off" in report.first[-1].message
