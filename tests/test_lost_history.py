"""A history that is gone, empty or older than the files beside it: nothing is written twice, and nothing is lost."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from operator import itemgetter

import pytest

from newscrawl.history import History, rebuild
from tests.conftest import FAST, PROJECT, apart, article_html, listing_html, path_of
from tests.forks import scrapy

HISTORY = "worldnews.history.sqlite"


@pytest.fixture
def night(site, crawl):
    """Crawl the local section into a file of its own, all in one folder."""

    def run(name, *arguments, **options):
        return apart(crawl)("-a", f"start={site.origin}/world-news", "-a", "pages=1", *arguments,
                     **{"output": f"{name}.jsonl", **options})  # fmt: skip

    return run


def section(site, *shown, **texts):
    """One listing page of article numbers, and their articles; ``texts`` are headlines other than the usual."""
    site.html("/world-news", listing_html(*map(path_of, shown)))
    for number in shown:
        site.html(path_of(number), article_html(texts.get(f"story{number}", f"Story {number}")))


def written(*runs):
    """The number and the status of each article in the files of runs."""
    return sorted((int(article["id"][-5:]), article["status"]) for run in runs for article in run.articles)


def two_nights(site, night):
    """Two nights: 3 is new in the second, 2 has changed. A copy of the history is made between them."""
    section(site, 2, 1)
    first = night("night-1")
    folder = first.output.parent
    shutil.copy(folder / HISTORY, folder / "before.sqlite")
    section(site, 3, 2, 1, story2="Story 2, corrected")
    second = night("night-2")
    assert written(first, second) == [(1, "new"), (2, "changed"), (2, "new"), (3, "new")]
    return folder


LOSSES = {
    "deleted": lambda history, before: history.unlink(),
    "emptied": lambda history, before: os.truncate(history, 0),
    "older": lambda history, before: shutil.copy(before, history),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_nothing_is_written_twice_and_nothing_lost(site, night, loss):
    folder = two_nights(site, night)
    LOSSES[loss](folder / HISTORY, folder / "before.sqlite")
    section(site, 4, 3, 2, 1, story2="Story 2, corrected", story3="Story 3, corrected")
    third = night("night-3")
    assert third.status == 0, third.stderr
    assert written(third) == [(3, "changed"), (4, "new")]
    why = "is older than the files beside it" if loss == "older" else "was missing or empty"
    told = f"the history {why}; rebuilt: {2 if loss == 'older' else 4} articles from"
    (summary,) = [line for line in third.stderr.splitlines() if line.startswith("history   ")]
    assert summary.startswith(f"history   {told}")
    assert "night-2.jsonl" in summary
    assert ("night-1.jsonl" in summary) is (loss != "older")
    assert sum(f"WARNING: History: {told}" in line for line in third.stderr.splitlines()) == 1
    quiet = night("night-4")
    assert (quiet.status, quiet.articles) == (0, [])
    assert "rebuilt" not in quiet.stderr
    with closing(sqlite3.connect(folder / HISTORY)) as db:  # as the files have it, and in their order
        rows = db.execute("select content_hash, file from versions where key like '%00002' order by id").fetchall()
    files = [folder / "night-1.jsonl", folder / "night-2.jsonl"]
    hashes = [{a["id"]: a for a in map(json.loads, file.open())}["125090300002"]["content_hash"] for file in files]
    assert rows == list(zip(hashes, map(str, files), strict=True))


def test_default_names_compressed_and_gathered_in_one_file(site, night, tmp_path):
    """What logrotate has compressed, and ``-o`` onto one file after an older history was put back."""
    section(site, 1)
    default = ("-s", f"FEEDS={json.dumps({str(tmp_path / '%(output_name)s-%(started)s.jsonl'): {}})}")
    night(None, *default, output=None)
    (file,) = tmp_path.glob("worldnews-*.jsonl")
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
    file.unlink()
    gathered = ("-o", str(tmp_path / "all.jsonl"))
    for shown in ((2,), (3, 2)):
        section(site, *shown)
        run = night(None, *gathered, output=None)
        assert "rebuilt" not in run.stderr  # a file that was compressed since is known
        shutil.copy(tmp_path / HISTORY, tmp_path / f"{len(shown)}.sqlite")
    shutil.copy(tmp_path / "1.sqlite", tmp_path / HISTORY)
    assert "nothing new" in (run := night(None, *gathered, output=None)).last_line
    assert "is older than the files beside it; rebuilt: 1 article from 1 file (all.jsonl)" in run.stderr
    (tmp_path / HISTORY).unlink()
    section(site, 3, 2, 1)
    assert "nothing new" in (run := night(None, *gathered, output=None)).last_line
    assert f"rebuilt: 3 articles from 2 files ({file.name}.gz, all.jsonl)" in run.stderr


def test_by_crawlall_and_as_scrapy_history_tells_it(site, night, tmp_path):
    folder = two_nights(site, night)
    (folder / HISTORY).unlink()
    section(site, 4, 3, 2, 1, story2="Story 2, corrected")
    (folder / "sections.toml").write_text(
        f'[sections.world]\nspider = "worldnews"\nstart = "{site.origin}/world-news"\npages = 1\n'
        f'output = ["{folder / "night-3.jsonl"}"]\n'
    )

    done = scrapy("crawlall", str(folder / "sections.toml"), *FAST)
    assert done.returncode == 0, done.stderr
    assert "History: the history was missing or empty; rebuilt: 4 articles from 2 files" in done.stderr
    assert [json.loads(line)["id"][-1] for line in (folder / "night-3.jsonl").open()] == ["4"]
    runs = json.loads(scrapy("history", "--json", "--file", str(folder / HISTORY)).stdout)["runs"]
    assert [(run["ending"], run["new"], run["changed"]) for run in runs] == [("imported", 3, 1), ("ended", 1, 0)]
    assert "rebuilt: 4 articles" in runs[0]["sentence"]
    shown = json.loads(scrapy("history", "show", "125090300002", "--json", "--file", str(folder / HISTORY)).stdout)
    assert [version["status"] for version in shown["versions"]] == ["new", "changed"]


def test_what_is_taken_and_what_is_not(site, night, tmp_path):
    """Unfinished files, other spiders' and publishers', the sample edition's, damaged lines, and no JSON Lines."""
    section(site, 1, 2, 3, 4, 5, 6)
    good = sorted(night("night-1").articles, key=itemgetter("url"))  # they come in the order of their answers
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()

    def put(name, *articles):
        lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in articles]
        data = b"".join(line + b"\n" for line in lines)
        (tmp_path / name).write_bytes(gzip.compress(data)[:-9] if name.endswith(".gz") else data)

    odd = b'{"url": [], "id": "1"}'
    put("mine.jsonl", b"\0" * 9, good[0], odd, b'{"url": "http://', good[0] | {"date_published": {}})
    put("worldnews-20250903T141900Z.jsonl.gz", good[1])  # its end is torn
    put("worldnews-20250904T141900Z.jsonl.part", good[2])
    put("section-elsewhere.example-20250903T141900Z.jsonl", good[3])
    put("others.jsonl", good[4] | {"publisher": "elsewhere.example"})
    put("late.jsonl", *[b"no article"] * 20, good[5])
    put(".hidden.jsonl", good[2])
    put("table.csv", good[2])
    run = night("night-2")
    assert written(run) == [(3, "new"), (4, "new"), (5, "new"), (6, "new")]
    assert "rebuilt: 2 articles from 2 files (" in run.stderr
    assert "; 5 damaged lines skipped" in run.stderr
    assert run.status == 0
    assert "rebuilt" not in night("night-3").stderr


def test_the_sample_edition_is_never_taken(site, night, crawl, tmp_path):
    sample = crawl("-a", "start=demo", "-a", "pages=1", "-a", "hops=0", output="sample.jsonl")
    elsewhere = json.loads(sample.output.read_text().splitlines()[0])
    (tmp_path / "worldnews-20250903T141900Z.jsonl").write_text(json.dumps(elsewhere) + "\n")
    section(site, 1)
    assert "rebuilt" not in night("night-1").stderr
    with closing(sqlite3.connect(tmp_path / HISTORY)) as db:
        assert db.execute("select key from articles").fetchall() == [("business-standard.com/125090300001",)]
    (tmp_path / "worldnews-demo.history.sqlite").unlink()
    run = crawl("-a", "start=demo", "-a", "pages=1", "-a", "hops=0", output="again.jsonl")
    assert run.articles == []
    assert f"rebuilt: {len(sample.articles)} articles from 1 file (sample.jsonl)" in run.stderr  # and no publisher's


def test_what_another_history_knows_stays_its_own(site, night, crawl, tmp_path):
    section(site, 1)
    night("night-1", "-s", "HISTORY_FILE=other.sqlite")
    run = night("night-2")
    assert written(run) == [(1, "new")]
    assert "rebuilt" not in run.stderr
    crawl("-a", "start=demo", "-a", "pages=1", "-a", "hops=0", output="sample.jsonl")  # reads nothing of theirs
    (tmp_path / HISTORY).unlink()
    run = night("night-3")
    assert (run.status, run.articles) == (0, [])
    assert "rebuilt: 1 article from 1 file (night-2.jsonl)" in run.stderr


def test_a_new_beginning(site, night, tmp_path):
    section(site, 2, 1)
    night("night-1")
    (tmp_path / HISTORY).unlink()
    section(site, 1)
    anew = night("night-2", "-s", "HISTORY_REBUILD=0")
    assert written(anew) == [(1, "new")]
    assert "rebuilt" not in anew.stderr
    section(site, 2, 1)
    assert written(night("night-3")) == [(2, "new")]  # no later night goes back to the files


def test_output_that_was_deleted_changes_nothing(site, night, tmp_path):
    section(site, 1)
    night("night-1").output.unlink()
    run = night("night-2")
    assert (run.status, run.articles) == (0, [])
    assert "rebuilt" not in run.stderr


def test_what_was_forgotten_stays_so(site, night, tmp_path):
    section(site, 1)
    night("night-1")
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "history", "forget", "125090300001", "--file", str(tmp_path / HISTORY)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert written(night("night-2")) == [(1, "new")]


def test_a_history_of_the_version_before_is_taken_over(site, night, tmp_path):
    section(site, 1)
    night("night-1")
    with closing(sqlite3.connect(tmp_path / HISTORY)) as db:
        db.executescript("alter table files drop column whole; pragma user_version = 1")
    (tmp_path / "night-1.jsonl").write_text("")  # what is known is not read
    run = night("night-2")
    assert (run.status, run.articles) == (0, [])
    assert "rebuilt" not in run.stderr


def test_after_a_rebuild_every_page_is_read(site, night, tmp_path):
    """A story that failed before the loss may be behind a page that is wholly known."""
    for page, number in (("/world-news", 2), ("/world-news/page-2", 1)):
        site.html(page, listing_html(path_of(number)))
    site.html(path_of(2), article_html("Story 2"))
    two = ("-a", "pages=2")
    assert night("night-1", *two).status == 2  # story 1 is not there yet
    shutil.copy(tmp_path / HISTORY, tmp_path / "before.sqlite")
    with closing(sqlite3.connect(tmp_path / "before.sqlite")) as db, db:
        db.execute("delete from articles where version is null")
        db.execute("delete from files")
    shutil.copy(tmp_path / "before.sqlite", tmp_path / HISTORY)
    more = json.loads((tmp_path / "night-1.jsonl").read_text()) | {"id": "125090300009"}
    with (tmp_path / "night-1.jsonl").open("a") as file:
        file.write(json.dumps(more) + "\n")
    site.html(path_of(1), article_html("Story 1"))
    run = night("night-2", *two)
    assert "rebuilt: 1 article" in run.stderr
    assert written(run) == [(1, "new")]


def test_a_kill_while_the_history_is_rebuilt(site, night, tmp_path):
    folder = two_nights(site, night)
    (folder / HISTORY).unlink()
    code = """
import os, signal, sys
from newscrawl.history import rebuild
from scrapy.cmdline import execute
count = rebuild.count_as_emitted
taken = []
def dying(*args, **options):
    taken.append(count(*args, **options))
    if len(taken) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return taken[-1]
rebuild.count_as_emitted = dying
execute(["scrapy", "crawl", "worldnews", *sys.argv[2:]])
"""
    for lines in ("1", "3", "4"):
        command = [sys.executable, "-c", code, lines, *FAST, "-a", f"start={site.origin}/world-news",
                   "-O", str(tmp_path / "night-3.jsonl")]  # fmt: skip
        done = subprocess.run(command, cwd=PROJECT, stderr=subprocess.DEVNULL, check=False)
        assert done.returncode == -signal.SIGKILL
    run = night("night-4")
    assert (run.status, run.articles) == (0, [])
    assert "was missing or empty; rebuilt: 4 articles from 2 files (night-1.jsonl, night-2.jsonl)" in run.stderr


def test_the_later_version_counts_in_whatever_order_files_are_read(tmp_path):
    def line(digest, moment):
        return json.dumps(
            {"url": "https://news.example/a", "id": "a", "publisher": "news.example", "headline": "Harbour reopens",
             "content_hash": digest, "crawled_at": f"2025-09-0{moment}T10:00:00Z"}
        ) + "\n"  # fmt: skip

    (tmp_path / "one.jsonl").write_text(line("a", 1) + line("a", 3))
    (tmp_path / "two.jsonl").write_text(line("b", 2))
    wanted = rebuild.Wanted("worldnews", frozenset({"news.example"}), lambda url: True)
    with History(tmp_path / "h.sqlite") as history:
        assert rebuild.rebuild(history, tmp_path, wanted).articles == 2
        assert history.recall("news.example/a").content_hash == "a"
        assert not rebuild.rebuild(history, tmp_path, wanted)


def test_a_file_that_cannot_be_read_is_named_and_tried_again(tmp_path, monkeypatch):
    (tmp_path / "worldnews-20250903T141900Z.jsonl").write_text("")
    wanted = rebuild.Wanted("worldnews", frozenset({"news.example"}), lambda url: True)

    def refuse(path):
        yield from ()
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(rebuild, "lines_in", refuse)
    with History(tmp_path / "h.sqlite") as history:
        for _ in range(2):
            told = str(rebuild.rebuild(history, tmp_path, wanted))
            assert told.endswith("; not read: worldnews-20250903T141900Z.jsonl (Permission denied)")
