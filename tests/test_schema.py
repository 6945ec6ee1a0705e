"""The published schema, and ``scrapy schema`` and ``scrapy validate``."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import field, fields, make_dataclass
from typing import get_type_hints

import pytest

from newscrawl.article import check as checking
from newscrawl.article import schema
from newscrawl.article.item import Article
from newscrawl.article.schema import FILE, article_schema, schema_text
from tests.conftest import PROJECT
from tests.test_command_line import QUICK


def good(**values):
    article = Article(
        "https://x.example/1", "1", "x.example", headline="Harbour reopens", body="One.\n\nTwo.",
        date_published="2025-09-03T19:49:00+05:30", crawled_at="2025-09-03T14:19:30Z",
    )  # fmt: skip
    article.seal()
    return article.to_dict() | values


def line(**values):
    return json.dumps(good(**values), ensure_ascii=False).encode() + b"\n"


@pytest.fixture(scope="module")
def checker():
    pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed: pip install 'newscrawl[validate]'")
    return checking.Checker()


def scrapy(*arguments, data=b"", **environment):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=PROJECT, input=data, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
    )  # fmt: skip


# The schema -------------------------------------------------------------------------


def test_the_shipped_file_is_what_the_class_says():
    assert FILE.read_text(encoding="utf8") == schema_text(), "python -m newscrawl.article.schema writes it anew"


def test_every_field_is_described_and_typed():
    properties = article_schema()["properties"]
    assert list(properties) == [one.name for one in fields(Article)] == list(good())
    for name, keywords in properties.items():
        assert keywords["description"].endswith("."), name
        assert keywords["type"]


def test_what_is_added_later_is_not_required(monkeypatch):
    later = field(default="", metadata={"description": "Its desk.", "added": "after version 1"})
    wider = make_dataclass("Wider", [("desk", str, later)], bases=(Article,))
    monkeypatch.setattr(schema, "Article", wider)
    assert get_type_hints(wider)["desk"] is str
    document = schema.article_schema()
    assert document["properties"]["desk"] == {"description": "Its desk.", "type": "string"}
    assert document["required"] == [one.name for one in fields(Article)]


def test_the_command_prints_it():
    done = scrapy("schema", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (0, FILE.read_bytes())
    assert scrapy("schema", "twice").returncode == 1


def test_it_is_a_schema(checker):
    import jsonschema_rs

    jsonschema_rs.meta.validate(article_schema())


# What is checked ----------------------------------------------------------------------

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
    "torn": (line()[:-20], "", "no JSON"),
    "two": (line()[:-1] + line(), "", "no JSON"),
    "empty line": (b"\n", "", "empty"),
    "bytes": (line()[:-30] + b"\xff" + line()[-30:], "", "no UTF-8"),
    "mark": (b"\xef\xbb\xbf" + line(), "", "byte order mark"),
    "line end": (line()[:-1] + b"\r\n", "", r"\r\n"),
    "not a number": (line()[:-2] + b',"x":NaN}\n', "", "NaN"),
    "key twice": (line()[:-2] + b',"url":"https://x.example/2"}\n', "", "twice"),
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


def test_good_lines_have_none(checker):
    lines = [
        line(),
        line(id="2", date_published=None, more="a field of a later version", image="https://x.example/ü.jpg"),
        line(id="3", date_modified="2025-09-03T19:49:00.5-03:00", word_count=10**30, body="x" * 100_000),
    ]
    report = checker.check(io.BytesIO(b"".join(lines)), "x")
    assert (report.lines, report.faults, report.warnings, report.first) == (3, 0, 0, [])
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
    monkeypatch.setattr(checking, "LINE_LIMIT", 10_000)
    sizes = []

    class Reader(io.BufferedReader):
        def readline(self, size=-1):
            sizes.append(size)
            return super().readline(size)

    data = line() + b"y" * 55_000 + b"\n" + line(id="2") + b"[" + line(id="3")
    report = checker.check(Reader(io.BytesIO(data)), "x")
    assert [(f.line, f.message.split()[0]) for f in report.first] == [(2, "longer"), (4, "no")]
    assert report.lines == 4
    assert set(sizes) == {10_001}


@pytest.mark.parametrize("size", [-1, 0, 10, 200])
def test_a_compressed_file_that_is_cut(checker, size):
    data = gzip.compress(line() + line(id="2"), mtime=0)
    report = checker.check(io.BytesIO(data[:-4] if size < 0 else data[:size] + b"\0" * (10 if size else 0)), "x")
    assert report.faults == (1 if size else 0)
    if size:
        assert "damaged or cut off" in report.first[-1].message


# The command ----------------------------------------------------------------------------


def test_what_a_crawl_writes_is_valid(checker, crawl, tmp_path):
    for name in ("a.jsonl", "a.jsonl.gz"):
        assert crawl(*QUICK, "-a", "again=1", output=name).status == 0
    done = scrapy("validate", str(tmp_path / "a.jsonl"), str(tmp_path / "a.jsonl.gz"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == [
        f"{tmp_path / name}: 12 lines, 0 faults, 0 warnings" for name in ("a.jsonl", "a.jsonl.gz")
    ]


def test_the_bundled_edition_of_all_nights_is_valid(checker, crawl):
    for night in ("demo", "demo:2"):
        run = crawl("-a", f"start={night}", output=f"{night[-1]}.jsonl")
        with run.output.open("rb") as file:
            report = checker.check(file, "x")
        assert (report.faults, report.warnings) == (0, 0), report.first
        assert report.lines == len(run.articles) > 0


def test_faults_on_the_command_line(checker):
    data = line() + b"{\x1b[31m\n" * 30
    done = scrapy("validate", "--max", "2", "-", data=data)
    assert done.returncode == 2
    assert done.stdout.decode().splitlines() == [
        "standard input:2: no JSON: Expecting property name enclosed in double quotes at character 2 of the line",
        "standard input:3: no JSON: Expecting property name enclosed in double quotes at character 2 of the line",
        "standard input: 28 more, not shown; --max tells how many are",
        "standard input: 31 lines, 30 faults, 0 warnings",
    ]


def test_json_for_programs(checker):
    done = scrapy("validate", "--json", "-", data=gzip.compress(line(status="old") + line(id="\x1b[31m") * 2))
    assert done.returncode == 2
    document = json.loads(done.stdout)
    (file,) = document["files"]
    assert (document["valid"], document["schema"]) == (False, "urn:newscrawl:article:1")
    assert (file["lines"], file["faults"], file["warnings"]) == (3, 1, 1)
    assert [(f["line"], f["field"], f["warning"]) for f in file["first"]] == [(1, "status", False), (3, "", True)]


def test_no_text_of_a_file_reaches_the_terminal_raw(checker):
    done = scrapy("validate", "-", data=line(id="\x1b[31m\u202e") * 2, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"\\x1b[31m\\u202e" in done.stdout
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize("arguments", [[], ["no-such-file.jsonl"], ["."], ["--max", "x", "-"], ["--bogus", "-"]])
def test_what_could_not_be_checked(checker, arguments):
    done = scrapy("validate", *arguments)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("scrapy validate: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_missing_library_is_named(tmp_path):
    (tmp_path / "jsonschema_rs.py").write_text("raise ImportError('hidden')")
    done = scrapy("validate", "-", PYTHONPATH=f"{tmp_path}:{PROJECT}")
    assert done.returncode == 1
    assert b"pip install 'newscrawl[validate]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_checked_does_not_stop_the_others(tmp_path):
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "z.jsonl").write_text("torn")
    done = scrapy("validate", str(tmp_path / "folder.jsonl"), str(tmp_path / "z.jsonl"))
    assert done.returncode == 1
    assert done.stderr.startswith(b"scrapy validate: could not check ")
    assert done.stderr.endswith(b"folder.jsonl: Is a directory\n")
    assert b"z.jsonl:1:" in done.stdout
