"""``scrapy schema`` and ``scrapy validate``."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys

import pytest

from newscrawl.article.schema import FILE
from tests.article.conftest import line
from tests.conftest import PROJECT
from tests.test_command_line import QUICK


def scrapy(*arguments, data=b"", **environment):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=PROJECT, input=data, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
    )  # fmt: skip


def test_the_command_prints_it():
    done = scrapy("schema", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (0, FILE.read_bytes())
    assert scrapy("schema", "twice").returncode == 1


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
        "standard input:2: not JSON: Expecting property name enclosed in double quotes at character 2 of the line",
        "standard input:3: not JSON: Expecting property name enclosed in double quotes at character 2 of the line",
        "standard input: 28 more, not shown; see --max",
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
