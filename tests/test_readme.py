"""What the README shows is what happens."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from newscrawl.article.item import Article
from newscrawl.demo.edition import stories
from tests.conftest import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf8")


def snippet(language, containing):
    (found,) = [text for text in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) if containing in text]
    return found


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    folder = tmp_path_factory.mktemp("night")
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", "-a", "start=demo", "-O", str(folder / "articles.jsonl")],
        cwd=PROJECT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    (folder / "said").write_text(done.stdout + done.stderr, encoding="utf8")
    return folder


def test_the_article_shown_is_one_of_the_edition(night):
    shown = json.loads(snippet("json", '"headline"'))
    lines = (night / "articles.jsonl").read_text(encoding="utf8").splitlines()
    (real,) = [article for article in map(json.loads, lines) if article["id"] == shown["id"]]
    assert list(shown) == list(real) == list(Article("", "", "").to_dict())
    for key in ("headline", "description", "authors", "place", "body", "date_published", "content_hash", "extraction"):
        assert shown[key] == real[key], key


def test_the_summary_shown_is_that_of_a_run(night):
    """But for the time, the file, the port, and which of the sources came first, and so named a story as new."""

    def of(text):
        text = re.sub(r"127\.0\.0\.1:\d+", "demo", text.partition("articles ")[2])
        text = re.sub(r"\d+ new(?:, \d+ listed before)?", "some new", text)
        lines = text.splitlines()
        return sorted(line for line in lines if not line.startswith(("time ", "file ")))

    (shown,) = re.findall(r"```\n(articles .*?)```", README, re.DOTALL)
    assert of(shown) == of((night / "said").read_text("utf8"))


def test_the_numbers_shown():
    assert f"all {len(stories())} articles written" in README
    assert f"articles  {len(stories())} new of {len(stories())} found" in README


@pytest.mark.parametrize("library", ["pandas", "duckdb"])
def test_python_snippets(night, library):
    pytest.importorskip(library)
    done = subprocess.run(
        [sys.executable, "-c", snippet("python", f"import {library}")],
        cwd=night,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Maro" in done.stdout


def test_jq_snippet(night):
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    done = subprocess.run(["bash", "-c", snippet("sh", "jq ")], cwd=night, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == len(stories())


def test_library_snippet():
    from newscrawl.demo.server import site

    code = snippet("python", "extract_article").replace("…", "story-125090301234")
    body = site()[stories()[0].path][1]
    done = subprocess.run(
        [sys.executable, "-c", f"body = {body!r}\n{code}"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert stories()[0].text["headline"] in done.stdout


def test_the_crawls_shown_and_what_their_files_hold(tmp_path):
    pytest.importorskip("pyarrow")
    pytest.importorskip("jsonschema_rs")
    shown = snippet("sh", "-o all.jsonl") + snippet("sh", "-o feed.atom")
    script = shown.replace("crawl worldnews", "crawl worldnews -a start=demo -a pages=1 -a hops=0")
    done = subprocess.run(
        ["bash", "-euc", f"shopt -s expand_aliases; alias scrapy='{sys.executable} -m scrapy'\n{script}"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    written = {path.name for path in tmp_path.iterdir()}
    assert written >= {"all.jsonl", "articles.jsonl.gz", "articles.parquet", "articles.csv", "feed.atom", "output"}


def test_what_stands_in_the_file_of_each_output_option(tmp_path):
    """As the table of README says, of ``none``, ``-O`` and ``-o``, on the second night after the first."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
    lines = {}
    for options in ("", "-O one.jsonl", "-o grown.jsonl"):
        folder = tmp_path / (options or "none")
        folder.mkdir()
        for night in ("demo", "demo:2"):
            command = [sys.executable, "-m", "scrapy", "crawl", "worldnews", "-a", f"start={night}", *options.split()]
            subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=300)
        lines[options] = [len(path.read_text("utf8").splitlines()) for path in sorted(folder.rglob("*.jsonl"))]
    first, second = len(stories()), 9
    assert lines[""] in ([first, second], [second, first])
    assert lines["-o grown.jsonl"] == [first + second]
    (one,) = lines["-O one.jsonl"]
    assert second < one <= first + second
    assert all(f"| `{options.split()[0]} FILE` |" in README for options in lines if options)


def test_arguments_are_documented():
    for name in ("start", "pages", "hops", "since", "until", "again", "limit", "dry_run"):
        assert f"| `{name}` |" in README


def test_the_sample_file_is_shipped():
    config = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    assert "demo/*.toml" in config["tool"]["setuptools"]["package-data"]["newscrawl"]
