"""The bundled edition, crawled as a user does, must come out as the edition says."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from newscrawl.article.item import Article
from newscrawl.demo.edition import PAGES, PER_PAGE, stories
from tests.conftest import PROJECT


def test_every_story_right(crawl, tmp_path):
    run = crawl("-a", "start=demo")
    assert run.status == 0, run.stderr
    assert run.last_line == f"exit status 0 (ok): all {len(stories())} articles written"
    found = run.by_id
    assert len(run.articles) == len(found) == len(stories()) >= 40
    for story in stories():
        article = found[story.id]
        expected = story.expected()
        assert {key: article[key] for key in expected} == expected
        assert article["url"] == f"http://sample.example{story.path}"
        assert article["image"] == f"https://bsmedia.business-standard.com/{story.id}.jpg"
        assert article["image_caption"] == f"The scene on day {story.number + 1}. Photo: Edition."
        following = stories()[(story.number + 1) % len(stories())]
        assert article["next_url"].endswith(following.path)
        assert [link.rsplit("-", 1)[-1] for link in article["links"]] == [
            stories()[(story.number + step) % len(stories())].path.rsplit("-", 1)[-1] for step in (3, 5, 7, 11, 13)
        ]
        assert article["word_count"] == len(article["body"].split())
        assert datetime.fromisoformat(article["crawled_at"]).utcoffset().total_seconds() == 0
        assert article["crawled_at"].endswith("Z")
        assert set(article["extraction"]) == {"headline", "body", "date_published"}
        assert list(article) == list(Article("", "", "").to_dict())


def test_premium_bodies_hold_no_hidden_paragraph(crawl):
    run = crawl("-a", "start=demo")
    hidden = [paragraph for story in stories() for paragraph in story.text.get("hidden", ())]
    assert hidden
    text = run.output.read_text(encoding="utf8")
    assert not [paragraph for paragraph in hidden if paragraph[:40] in text]


@pytest.mark.parametrize(("hops", "pages"), [(0, 1), (2, 1), (0, 2), (3, 3)])
def test_hops_and_pages(crawl, hops, pages):
    run = crawl("-a", "start=demo", "-a", f"hops={hops}", "-a", f"pages={pages}")
    listed = PER_PAGE * pages
    expected = {story.id for story in stories()[: listed + hops]}
    assert run.by_id.keys() == expected
    assert run.status == 0
    assert pages <= PAGES


def test_default_file_name(crawl, tmp_path):
    run = crawl("-a", "start=demo", "-a", "pages=1", "-a", "hops=0", output=None, cwd=tmp_path)
    assert run.status == 0, run.stderr
    assert not list((tmp_path / "output").glob("*.*"))  # where real runs write to
    (file,) = (tmp_path / "output" / "demo").glob("*.jsonl")
    assert re.fullmatch(r"worldnews-demo-\d{8}T\d{6}Z\.jsonl", file.name)
    kept = {"worldnews-demo.history.sqlite", "copies-demo.sqlite"}
    assert {path.name for path in file.parent.glob("[!.]*.sqlite")} == kept
    assert len(file.read_bytes().splitlines()) == PER_PAGE
    assert str(file.name) in run.stderr


def test_output_is_plain_json_lines(crawl):
    run = crawl("-a", "start=demo")
    data = run.output.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"}\n")
    assert b"\r" not in data
    assert "“".encode() in data
    assert not list(run.output.parent.glob("*.part"))


def test_log_is_short(crawl):
    run = crawl("-a", "start=demo")
    assert len(run.stderr.splitlines()) < 60, run.stderr


def test_few_know_of_the_edition():
    knowing = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "newscrawl").rglob("*.py")
        if "newscrawl.demo" in path.read_text() and "demo" not in path.parts
    }
    # What begins a run over it, what names that run's files, and what keeps it apart from real runs.
    assert knowing == {
        "newscrawl/commands/find.py",
        "newscrawl/commands/history.py",
        "newscrawl/commands/load.py",
        "newscrawl/crawling.py",
        "newscrawl/extensions/history.py",
        "newscrawl/load/files.py",
        "newscrawl/load/search.py",
        "newscrawl/spiders/arguments.py",
    }
