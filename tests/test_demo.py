"""The bundled edition, crawled as a user does, must come out as the edition says."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings

from newscrawl.article.item import Article
from newscrawl.crawling import prepare
from newscrawl.demo.answers import Answer, answer
from newscrawl.demo.edition import PAGES, PER_PAGE, stories
from tests.conftest import PROJECT, article_html, listing_html, path_of
from tests.forks import scrapy

QUICK = ("-a", "start=demo", "-a", "pages=1", "-a", "hops=0")


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


def test_markdown_is_made_unless_it_is_not_wanted(crawl):
    arguments = ("-a", "start=demo", "-a", "pages=1", "-a", "hops=0", "-a", "limit=1", "-a", "again=1")
    (made,) = crawl(*arguments, output="with.jsonl").articles
    (plain,) = crawl(*arguments, "-s", "BODY_MARKDOWN=0", output="without.jsonl").articles
    assert made["body_markdown"].count("\n\n") >= made["body"].count("\n\n") > 0
    assert plain["body_markdown"] == ""
    assert plain["body"] == made["body"]


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


def test_beside_real_runs_its_files_have_names_of_their_own(crawl, tmp_path):
    assert crawl(*QUICK, output="x.jsonl").status == 0
    names = {path.name for path in tmp_path.glob("[!.]*")}
    assert names == {"x.jsonl", "worldnews-demo.history.sqlite", "copies-demo.sqlite"}


def test_what_the_project_says_of_the_output_of_all_runs_is_not_for_the_sample_edition(tmp_path):
    settings = Settings({"FEEDS": {"mine.jsonl": {"format": "jsonlines"}}}, priority="project")
    settings.set("DEFAULT_FEEDS", {"output/%(output_name)s.jsonl": {"format": "jsonlines"}}, priority="project")
    given = settings.copy()
    given.set("FEEDS", {"this.jsonl": {"format": "jsonlines"}}, priority="cmdline")
    for some, start, wanted in (
        (settings, "demo", "output/demo/%(output_name)s.jsonl"),
        (settings, "demo:2,https://news.example/world", "output/demo/%(output_name)s.jsonl"),
        (settings, "https://news.example/world", "mine.jsonl"),
        (given, "demo", "this.jsonl"),
    ):
        run = some.copy()
        prepare(run, {"start": start}, "cmdline")
        assert list(run.getdict("FEEDS")) == [wanted]


def test_sections_of_any_publisher_are_read_as_from_it(crawl, tmp_path):
    """Its pages name their publisher's host as their own: links to that one are links to the sample edition."""
    first, second = (crawl("-a", "start=demo", spider="section", output=None, cwd=tmp_path) for _ in range(2))
    assert first.last_line == f"exit status 0 (ok): all {len(stories())} articles written"
    assert second.last_line.startswith("exit status 0 (ok): nothing new, ")
    (file,) = (tmp_path / "output" / "demo").glob("section-demo-*.jsonl")
    found = [json.loads(line) for line in file.read_text(encoding="utf8").splitlines()]
    assert {article["url"] for article in found} == {f"http://sample.example{story.path}" for story in stories()}
    assert {article["publisher"] for article in found} == {"sample.example"}
    assert (tmp_path / "output" / "demo" / "section-demo.history.sqlite").is_file()


def test_it_is_no_publisher_of_this_machine(crawl, tmp_path, monkeypatch):
    """Somebody may describe a site at a port of the machine."""
    package = tmp_path / "lib" / "newscrawl"
    shutil.copytree(PROJECT / "newscrawl", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "publishers" / "mine.py").write_text(
        "from newscrawl.publishers.description import Publisher\n"
        "PUBLISHER = Publisher(name='mine.example', hosts=('127.0.0.1', 'localhost'), home='http://127.0.0.1:9000',"
        " article=r'/world-news/.*', rules={'body': ('.nothing',)})\n"
    )
    run = crawl(*QUICK, spider="section", cwd=tmp_path, PYTHONPATH=str(tmp_path / "lib"))
    assert run.status == 0, run.stderr
    assert {article["publisher"] for article in run.articles} == {"sample.example"}


def test_beside_other_addresses(site, crawl):
    """Those are asked as ever."""
    site.html("/world-news", listing_html(path_of(1)))
    site.html(path_of(1), article_html())
    start = f"start=demo,{site.origin}/world-news"
    run = crawl("-a", start, "-a", "pages=1", "-a", "hops=0")
    assert run.status == 0, run.stderr
    hosts = Counter(urlsplit(article["url"]).netloc for article in run.articles)
    assert hosts == {"sample.example": PER_PAGE, site.origin.removeprefix("http://"): 1}
    assert path_of(1) in site.requests


def test_its_address_is_as_good_as_its_name(crawl):
    run = crawl("-a", f"start=http://sample.example{stories()[0].path}", "-a", "hops=0")
    assert run.status == 0, run.stderr
    assert list(run.by_id) == [stories()[0].id]


def test_one_of_its_pages_is_shown_as_any_other_s():
    story = stories()[1]
    done = scrapy("article", f"http://sample.example{story.path}", "--publisher", "business-standard.com", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["fields"]["headline"]["value"] == story.text["headline"]


def test_one_day_at_a_time(crawl):
    run = crawl("-a", "start=demo,demo:2")
    assert run.status == 1
    assert "expected one day of the sample edition" in run.last_line


def test_what_is_kept_of_its_pages_serves_a_later_run(crawl, tmp_path):
    """Scrapy's own cache of answers."""
    cache = ("-s", "HTTPCACHE_ENABLED=1", "-s", f"HTTPCACHE_DIR={tmp_path / 'cache'}", "-s", "HISTORY_ENABLED=0")
    first, second = (crawl(*QUICK, *cache, output=f"{number}.jsonl") for number in range(2))
    assert (first.status, second.status) == (0, 0)
    assert first.by_id.keys() == second.by_id.keys()


# Its answers ---------------------------------------------------------------------


def test_answers():
    found = answer("http://sample.example/world-news?utm_source=x")
    assert (found.status, found.headers) == (200, {"Content-Type": "text/html; charset=utf-8"})
    assert answer("http://sample.example/nowhere").status == 404
    assert answer("http://sample.example/robots.txt").body.startswith(b"User-agent: *")


def test_an_answer_that_has_not_changed():
    story = next(story for story in stories() if story.number % 3 == 0)
    url = f"http://sample.example{story.path}"
    tag = answer(url).headers["ETag"]
    assert answer(url, {tag}) == Answer(304, {"ETag": tag}, b"")
    assert answer(url, {"another"}).status == 200
    changed = next(story for story in stories(2) if story.text.get("corrected") and story.number % 3 == 0)
    url = f"http://sample.example{changed.path}"
    assert answer(url, {answer(url).headers["ETag"]}, day=2).status == 200


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
        "newscrawl/checking/checks.py",
        "newscrawl/commands/find.py",
        "newscrawl/commands/history.py",
        "newscrawl/commands/load.py",
        "newscrawl/crawling.py",
        "newscrawl/describe/pages.py",
        "newscrawl/extensions/history.py",
        "newscrawl/load/files.py",
        "newscrawl/load/search.py",
        "newscrawl/shared/keeper.py",
        "newscrawl/spiders/arguments.py",
    }
