"""What a run tells of its sources: in the summary, in its file, and in a dry run."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys

from newscrawl.history import History, runs
from tests.conftest import PROJECT, article_html, listing_html, path_of


def section(site):
    return f"start={site.origin}/world-news"


def told(path):
    summary = json.loads(path.read_text("utf8"))
    for source in summary["sources"]:
        assert source["named"] == source["read"] + sum(source["passed"].values()), source
    return summary


def test_the_summary_tells_what_each_source_named_and_what_became_of_it(site, crawl, tmp_path):
    links = [path_of(1), path_of(2), path_of(3), path_of(9, "markets/news"), path_of(8, "videos/world-news")]
    site.html("/world-news", listing_html(*links))
    site.html("/world-news/page-2", listing_html(path_of(3), path_of(4)))
    site.html("/world-news/page-3", listing_html(path_of(5)), status=500)
    for number in (1, 2, 4):
        site.html(path_of(number), article_html(f"Story {number}", path_of(1)))
    file = tmp_path / "folder" / "summary.json"
    run = crawl("-a", section(site), "-s", f"SUMMARY_FILE={file}", "-s", "RETRY_TIMES=0")
    summary = told(file)
    assert run.status == summary["status"] == 2
    assert run.last_line == f"exit status 2 (incomplete): {summary['sentence']}"
    assert summary["counts"]["written"] == 3
    assert summary["counts"]["failure_reasons"] == {"HTTP 404": 1}
    assert summary["files"] == [str(run.output)]
    following = next(source for source in summary["sources"] if source["kind"] == "next_story")
    first, second, third = (source for source in summary["sources"] if source is not following)
    assert (first["kind"], first["page"], first["named"], first["asked"]) == ("listing", 1, 5, {"new": 2})
    assert first["passed"] == {"other_section": 1, "other_matter": 1, "failed": 1}
    assert first["rules"]["failed"] == {"HTTP 404": 1}
    assert following["passed"] == {"listed": 3}
    assert (second["named"], second["read"], second["passed"]) == (2, 1, {"listed": 1})
    assert (third["named"], third["failed"]) == (0, "HTTP 500")
    lines = [line for line in run.stderr.splitlines() if line.startswith("source ")]
    assert lines[0].endswith("/world-news: 5 named: 2 new, 1 another section, 1 a video, gallery or the like, 1 failed")
    assert not list(file.parent.glob("*.part"))


def test_a_run_that_could_not_begin_has_its_summary_too(crawl, tmp_path):
    file = tmp_path / "summary-%(name)s.json"
    run = crawl("-a", "until=2025-02-30", "-s", f"SUMMARY_FILE={file}")
    assert run.status == 1
    summary = told(tmp_path / "summary-worldnews.json")
    assert (summary["status"], summary["counts"], summary["sources"]) == (1, {}, [])
    assert summary["sentence"] == "until='2025-02-30' is not a date: give one like 2025-09-03, '2 days ago' or 2d"


def test_a_dry_run_shows_each_link_and_changes_nothing(site, crawl, tmp_path):
    site.html("/world-news", listing_html(path_of(1), path_of(7)))
    site.html(path_of(1), article_html("Story 1"))
    assert crawl("-a", section(site), "-a", "pages=1").status == 2  # 7 is dead
    history = next(tmp_path.glob("*.history.sqlite"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    links = [
        path_of(1),
        path_of(7),
        path_of(2),
        path_of(3),
        path_of(9, "markets/news"),
        path_of(8, "videos/world-news"),
    ]
    site.html("/robots.txt", f"User-agent: *\nDisallow: {path_of(3)}\n")
    site.html("/world-news", listing_html(*links))
    site.html("/world-news/page-2", listing_html(path_of(2)))
    site.requests.clear()
    run = crawl("-a", section(site), "-a", "dry_run=1", "-a", "pages=2", "-s", "RECHECK_DAYS=0", output="next.jsonl")
    assert (run.status, run.last_line) == (0, "exit status 0 (ok): dry run: 1 of 6 links would be read")
    assert site.paths() == ["/world-news", "/world-news/page-2"]
    page = f"listing page 1 {site.origin}/world-news"
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    assert sorted(rows) == sorted([
        ["known", site.origin + path_of(1), "", page],
        ["dead since an earlier run", site.origin + path_of(7), "HTTP 404", page],
        ["new", site.origin + path_of(2), "", page],
        ["forbidden by robots.txt", site.origin + path_of(3), "", page],
        ["another section", site.origin + path_of(9, "markets/news"), "markets/news", page],
        ["a video, gallery or the like", site.origin + path_of(8, "videos/world-news"), "/videos/", page],
        ["listed before", site.origin + path_of(2), "", f"listing page 2 {site.origin}/world-news/page-2"],
    ])  # fmt: skip
    assert "file      none: a dry run writes no articles" in run.stderr
    assert "FeedExporter" not in run.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    with sqlite3.connect(history) as db:
        assert db.execute("select count(*), json_extract(counts, '$.complete') from runs").fetchall() == [(1, 1)]


def test_a_limit_asks_for_no_more_than_it_writes_and_loses_nothing(site, crawl, tmp_path):
    site.html("/world-news", listing_html(*map(path_of, range(1, 6))))
    site.html("/world-news/page-2", listing_html(*map(path_of, range(6, 9))))
    for number in range(1, 9):
        site.html(path_of(number), article_html(f"Story {number}"))
    run = crawl("-a", section(site), "-a", "limit=3")
    assert (run.status, len(run.articles)) == (0, 3)
    assert run.last_line == (
        "exit status 0 (ok): 3 articles written, limit reached (2 articles found and left to the next run)"
    )
    assert sorted(site.paths()) == ["/world-news", *map(path_of, range(1, 4))]
    with sqlite3.connect(next(tmp_path.glob("*.history.sqlite"))) as db:
        assert db.execute("select pages, json_extract(counts, '$.complete') from runs").fetchall() == [(0, 0)]
    with History(next(tmp_path.glob("*.history.sqlite"))) as history:
        assert runs.last_complete(history, "world-news") is None
    site.html("/world-news", listing_html(path_of(1)))  # what was left is listed no more
    run = crawl("-a", section(site), output="next.jsonl")
    assert {article["headline"] for article in run.articles} >= {"Story 4", "Story 5"}
    with History(next(tmp_path.glob("*.history.sqlite"))) as history:
        assert runs.last_complete(history, "world-news") is not None


def test_a_limit_that_one_page_does_not_fill_goes_on_to_the_next(site, crawl):
    site.html("/world-news", listing_html(*map(path_of, range(1, 4))))
    site.html("/world-news/page-2", listing_html(*map(path_of, range(4, 8))))
    for number in (1, *range(4, 8)):
        site.html(path_of(number), article_html(f"Story {number}"))
    run = crawl("-a", section(site), "-a", "limit=2")
    assert [article["headline"] for article in run.articles] == ["Story 1", "Story 4"]
    assert site.paths()[-1] == path_of(4)


def test_many_sections_have_one_summary_and_a_dry_run_stays_dry(tmp_path):
    file = tmp_path / "sections.toml"
    file.write_text(
        f"""
        [defaults]
        spider = "worldnews"
        [sections.few]
        start = "demo"
        limit = 2
        output = "{tmp_path}/few/a.jsonl"
        [sections.dry]
        start = "demo:2"
        dry_run = true
        output = "{tmp_path}/dry/a.jsonl"
        settings.SUMMARY_FILE = "{tmp_path}/dry.json"
        """
    )
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawlall", str(file), "-s", f"SUMMARY_FILE={tmp_path / 'all.json'}"],
        capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    few, dry = json.loads((tmp_path / "all.json").read_text("utf8"))["sections"]
    assert (few["section"], few["counts"]["written"], dry["files"]) == ("few", 2, [])
    assert json.loads((tmp_path / "dry.json").read_text("utf8"))["sentence"] == dry["sentence"]
    assert dry["sentence"].startswith("dry run: ")
    assert {line.split("\t")[0] for line in done.stdout.splitlines()} >= {"new", "another section"}
    assert not (tmp_path / "dry").exists()
