"""Night after night: what is emitted, what is asked for, and what the last line says."""

from __future__ import annotations

import gzip
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.demo.edition import PER_PAGE, stories
from newscrawl.history import History, durable
from tests.conftest import FAST, PROJECT, SENTENCE, article_html, listing_html, path_of


@pytest.fixture
def night(site, crawl):
    """Crawl the local section into one file a night, all in one folder."""

    def run(number, *arguments, pages=3, **options):
        site.requests.clear()
        return crawl("-a", f"start={site.origin}/world-news", "-a", f"pages={pages}", *arguments,
                     **{"output": f"night-{number}.jsonl", **options})  # fmt: skip

    return run


def section(site, *pages, stories=(), **changes):
    """Listing pages of article numbers; and the articles, each with its number in its headline."""
    for number, shown in enumerate(pages, 1):
        path = "/world-news" if number == 1 else f"/world-news/page-{number}"
        site.html(path, listing_html(*map(path_of, shown)))
    for number in {*stories, *(n for shown in pages for n in shown)}:
        site.html(path_of(number), article_html(f"Story {number}", **changes))


def numbers(run):
    return sorted(int(article["id"][-5:]) for article in run.articles)


def database(run):
    return closing(sqlite3.connect(run.output.parent / "worldnews.history.sqlite"))


# The bundled edition's three nights ------------------------------------------


def test_three_nights(crawl):
    first = crawl("-a", "start=demo", output="1.jsonl")
    assert len(first.articles) == len(stories())
    second = crawl("-a", "start=demo:2", output="2.jsonl")
    assert second.status == 0, second.stderr
    assert Counter(article["status"] for article in second.articles) == {"new": 6, "changed": 3}
    expected = {story.id: story.expected() for story in stories(2)}
    for article in second.articles:
        wanted = expected[article["id"]] | {"status": article["status"]}
        assert {key: article[key] for key in wanted} == wanted
    assert second.last_line.startswith("exit status 0 (ok): 9 articles written, 39 unchanged")
    assert "again=1" in second.last_line
    third = crawl("-a", "start=demo:3", output="3.jsonl")
    assert (third.status, third.articles) == (0, [])
    assert third.last_line.startswith("exit status 0 (ok): nothing new, ")
    pages = int(next(line.split()[1] for line in third.stderr.splitlines() if line.startswith("pages")))
    assert pages <= PER_PAGE + 3  # robots.txt, the first listing page and its articles


def test_the_sample_edition_has_a_history_of_its_own(crawl, tmp_path):
    crawl("-a", "start=demo", "-a", "pages=1", "-a", "hops=0")
    assert (tmp_path / "worldnews-demo.history.sqlite").exists()
    assert not (tmp_path / "worldnews.history.sqlite").exists()


def test_all_again(crawl):
    crawl("-a", "start=demo", output="1.jsonl")
    again = crawl("-a", "start=demo", "-a", "again=1", output="2.jsonl")
    assert again.status == 0
    assert len(again.articles) == len(stories())
    assert "unchanged since an earlier run and written again" in again.last_line
    assert crawl("-a", "start=demo", output="3.jsonl").articles == []


def test_without_history(crawl, tmp_path):
    for name in ("1.jsonl", "2.jsonl"):
        run = crawl("-a", "start=demo", "-s", "HISTORY_ENABLED=0", output=name)
        assert len(run.articles) == len(stories())
    assert {path.name for path in tmp_path.iterdir()} == {"1.jsonl", "2.jsonl"}


def test_replacing_a_file_writes_what_it_held_again(crawl):
    for _ in range(2):
        run = crawl("-a", "start=demo", "-a", "pages=1", "-a", "hops=0")
        assert len(run.articles) == PER_PAGE
    assert "written again" in run.last_line
    assert {article["status"] for article in run.articles} == {"new"}


# What is emitted --------------------------------------------------------------


def test_a_page_whose_shell_changed_is_unchanged(site, night):
    section(site, [1, 2])
    assert numbers(night(1)) == [1, 2]
    section(site, [1, 2], more="<div class='ad__x9'>Buy 7 lamps</div><p>18 readers now</p>")
    run = night(2)
    assert (run.status, run.articles) == (0, [])
    assert "2 unchanged" in run.last_line


@pytest.mark.parametrize("changed", ["headline", "description", "body"])
def test_a_change_of_the_story_is_emitted(site, night, changed):
    section(site, [1, 2])
    night(1)
    html = article_html("Story 1")
    new = {
        "headline": html.replace("Story 1", "Story one"),
        "description": html.replace("</h1>", "</h1><h2 class='strydsc'>A summary.</h2>"),
        "body": html.replace("</p>", " And on Thursday too.</p>"),
    }[changed]
    site.html(path_of(1), new)
    run = night(2)
    assert [(article["id"][-1], article["status"]) for article in run.articles] == [("1", "changed")]
    assert night(3).articles == []


def test_a_live_blog_comes_again_with_its_updates(site, night):
    def blog(*updates):
        shown = "".join(f"<div><div>{time}</div><h3>{head}</h3><div>{text}</div></div>" for time, head, text in updates)
        live = "<span class='LiveButton_livetitle__x'>LIVE</span>"
        return article_html("Harbour reopens", body=SENTENCE, more=live).replace("</p></div>", f"</p>{shown}</div>")

    def told(run):
        return [(one["time"], one["headline"], one["text"]) for one in run.articles[0]["updates"]]

    first = ("9:05 PM IST", "First ship", "The Anna left the harbour with forty tonnes of salt for the islands.")
    second = ("10:40 PM IST", "Second ship", "The Berta followed her an hour and a half later, with mail and flour.")
    section(site, [1])
    site.html(path_of(1), blog(first))
    night(1)
    site.html(path_of(1), blog(second, first))
    run = night(2)
    assert run.articles[0]["status"] == "changed"
    assert told(run) == [
        ("2025-09-03T22:40:00+05:30", *second[1:]),
        ("2025-09-03T21:05:00+05:30", *first[1:]),
    ]


def test_a_date_alone_is_no_change(site, night):
    section(site, [1])
    night(1)
    site.html(path_of(1), article_html("Story 1").replace("7:49 PM", "9:01 PM"))
    assert night(2).articles == []


def test_what_changes_back_is_emitted_again(site, night):
    section(site, [1])
    night(1)
    site.html(path_of(1), article_html("Other"))
    assert night(2).articles[0]["status"] == "changed"
    site.html(path_of(1), article_html("Story 1"))
    assert night(3).articles[0]["status"] == "changed"


def test_several_feeds_hold_the_same(crawl, tmp_path):
    feeds = {str(tmp_path / "a-%(started)s.csv"): {"format": "csv"}, str(tmp_path / "b-%(started)s.jsonl"): {}}
    setting = ("-s", f"FEEDS={json.dumps(feeds)}")
    assert crawl("-a", "start=demo", *setting, output=None).status == 0
    run = crawl("-a", "start=demo", *setting, output=None)
    assert "nothing new" in run.last_line
    assert sum(len(path.read_text().splitlines()) for path in tmp_path.glob("b-*.jsonl")) == len(stories())


def test_batches_have_their_names_at_the_end(crawl, tmp_path):
    feeds = {str(tmp_path / "%(started)s-%(batch_id)d.jsonl"): {"format": "jsonlines", "batch_item_count": 10}}
    run = crawl("-a", "start=demo", "-s", f"FEEDS={json.dumps(feeds)}", output=None)
    assert run.status == 0, run.stderr
    lines = [line for path in tmp_path.glob("*.jsonl") for line in path.read_text().splitlines()]
    assert len(lines) == len({json.loads(line)["id"] for line in lines}) == len(stories())
    assert "nothing new" in crawl("-a", "start=demo", "-s", f"FEEDS={json.dumps(feeds)}", output=None).last_line


def test_lines_of_some_fields_only(crawl, tmp_path):
    for name in ("1.jsonl", "2.jsonl"):
        run = crawl("-a", "start=demo", "-s", 'FEED_EXPORT_FIELDS=["headline"]', output=name)
    assert "nothing new" in run.last_line


# What is asked for --------------------------------------------------------------


def test_304_does_not_end_the_walk(site, night):
    section(site, [1], stories=[2])
    site.html(path_of(1), article_html("Story 1", path_of(2)))
    site.etags[path_of(1)] = '"a"'
    site.routes.pop(path_of(2))
    assert night(1).status == 2  # story 2 is not there yet
    site.html(path_of(2), article_html("Story 2", path_of(3)))
    site.html(path_of(3), article_html("Story 3"))
    run = night(2)
    assert numbers(run) == [2, 3]
    assert "1 unchanged" in run.last_line


def test_a_changed_story_answers_a_conditional_request(site, night):
    section(site, [1])
    site.etags[path_of(1)] = '"a"'
    night(1)
    site.html(path_of(1), article_html("Other"))
    site.etags[path_of(1)] = '"b"'
    assert night(2).articles[0]["status"] == "changed"
    assert night(3).articles == []


def test_paging_stops_at_a_known_page(site, night):
    section(site, [9, 8], [7, 6], [5, 4])
    assert numbers(night(1)) == [4, 5, 6, 7, 8, 9]
    run = night(2)
    assert sorted(site.paths()) == sorted(["/world-news", path_of(9), path_of(8)])
    assert run.status == 0
    section(site, [11, 10], [9, 8], [7, 6])
    run = night(3)
    assert numbers(run) == [10, 11]
    assert "/world-news/page-2" in site.paths()
    assert "/world-news/page-3" not in site.paths()


def test_a_change_on_a_known_page_opens_the_next(site, night):
    section(site, [9, 8], [7, 6])
    night(1, pages=2)
    site.html(path_of(9), article_html("Other"))
    site.html(path_of(6), article_html("Other still"))
    assert numbers(night(2, pages=2)) == [6, 9]


def test_more_pages_than_before_are_read(site, night):
    section(site, [9, 8], [7, 6], [5, 4])
    night(1, pages=1)
    assert numbers(night(2, pages=3)) == [4, 5, 6, 7]


def test_after_a_run_that_was_cut_off_every_page_is_read(site, night):
    section(site, [9, 8], [7, 6], [5, 4])
    assert night(1, "-s", "CLOSESPIDER_ITEMCOUNT=2", "-s", "CONCURRENT_REQUESTS=1").status == 2
    site.requests.clear()
    run = night(2)
    assert run.status == 0, run.stderr
    assert "/world-news/page-3" in site.paths()
    with database(run) as db:
        assert db.execute("select count(*) from articles where version is not null").fetchone() == (6,)


def test_old_stories_are_not_looked_at_again(site, night):
    section(site, [2, 1])
    site.html(path_of(1), article_html("Story 1", path_of(3)))
    site.html(path_of(3), article_html("Story 3"))
    night(1, pages=1)
    run = night(2, "-s", "RECHECK_DAYS=0", pages=1)
    assert site.paths() == ["/world-news"]
    assert "3 unchanged" in run.last_line
    # What they linked to is followed still.
    site.html(path_of(3), article_html("Story 3", path_of(4)))
    site.html(path_of(4), article_html("Story 4"))
    assert numbers(night(3, pages=1)) == [4]


def test_young_stories_are_looked_at_when_no_page_shows_them_any_more(site, night):
    section(site, [2, 1])
    night(1, pages=1)
    section(site, [4, 3])
    site.html(path_of(1), article_html("Other"))
    run = night(2, pages=1)
    assert numbers(run) == [1, 3, 4]
    limited = night(3, "-s", "RECHECK_LIMIT=1", pages=1)
    assert len(site.paths()) == 2
    assert limited.status == 0


def test_what_failed_is_asked_for_again(site, night):
    section(site, [2, 1])
    site.routes[path_of(1)] = (500, {}, b"")
    assert night(1, pages=1).status == 2
    section(site, [3, 2], stories=[1])
    run = night(2, pages=1)
    assert run.status == 0, run.stderr
    assert numbers(run) == [1, 3]


def test_a_story_that_was_taken_away_is_no_failure(site, night):
    section(site, [3, 2, 1])
    site.routes[path_of(1)] = (500, {}, b"")
    night(1, pages=1)
    section(site, [4, 3])
    for number in (1, 2):
        site.routes.pop(path_of(number))
    run = night(2, pages=1)
    assert (run.status, numbers(run)) == (0, [4])
    assert path_of(1) in site.paths()
    night(3, pages=1)
    assert path_of(1) not in site.paths()


def test_a_copy_at_another_address_continues_the_history(site, night, crawl):
    section(site, [2, 1])
    site.html(path_of(1), article_html("Story 1", path_of(3)))
    site.html(path_of(3), article_html("Story 3"))
    night(1)
    site.origin = site.origin.replace("127.0.0.1", "localhost")
    run = night(2)
    assert (run.status, run.articles) == (0, [])


# Crashes, one at a time -----------------------------------------------------------


def test_kills_at_random_moments():
    _crashes("--kills", "12", "--articles", "60")


def test_kills_while_the_section_moves_on():
    _crashes("--kills", "8", "--articles", "120", "--moving")


def test_kills_between_any_two_steps():
    _crashes("--steps", "--every", "300")


def _crashes(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "tests.crashes", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "nothing lost, nothing repeated" in done.stdout


def killed(site, tmp_path, *arguments):
    """A run that is killed while it waits for the last of three articles."""
    section(site, [1, 2, 3], body=f"{SENTENCE} " * 200)
    good = site.routes

    class Waiting(dict):
        def get(self, path, default=None):
            if path == path_of(3):
                process.kill()
            return super().get(path, default)

    site.routes = Waiting(good)
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, "-s", "CONCURRENT_REQUESTS=1", *arguments,
         "-a", f"start={site.origin}/world-news", "-a", "pages=1"],
        cwd=PROJECT, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.wait(60) == -signal.SIGKILL
    site.routes = good


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv"])
def test_what_a_killed_run_left_is_cleaned_up(site, tmp_path, night, name):
    killed(site, tmp_path, "-o", str(tmp_path / name))
    assert {path.name for path in tmp_path.glob("a*")} == {f"{name}.part"}
    run = night(2, pages=1)
    assert run.status == 0, run.stderr
    assert "The run before was cut off" in run.stderr
    assert not list(tmp_path.glob("*.part*"))
    saved = []
    if (tmp_path / name).exists():
        data = (tmp_path / name).read_bytes()
        text = gzip.decompress(data) if name.endswith(".gz") else data
        saved = [int(json.loads(line)["id"][-5:]) for line in text.splitlines()]
    assert sorted(saved + numbers(run)) == [1, 2, 3]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_appending_keeps_what_was_there(site, tmp_path, crawl, name):
    section(site, [7])
    start = ("-a", f"start={site.origin}/world-news", "-a", "pages=1")
    out = tmp_path / name
    crawl(*start, "-o", str(out), output=None)
    before = out.read_bytes()
    killed(site, tmp_path, "-o", str(out))
    assert out.read_bytes() == before
    crawl(*start, "-o", str(out), output=None)
    data = out.read_bytes()
    assert data.startswith(before)
    lines = (gzip.decompress(data) if name.endswith(".gz") else data).splitlines()
    assert sorted(int(json.loads(line)["id"][-5:]) for line in lines) == [1, 2, 3, 7]


@pytest.mark.parametrize("copied", [0, 10])
def test_a_run_that_was_killed_while_it_copied_leaves_nothing(tmp_path, copied):
    """``-o`` onto a compressed file begins with what that held; a recovery may have been killed, too."""
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(before := gzip.compress(b'{"a": 1}\n' * 1000))
    with History(tmp_path / "h.sqlite") as history:
        run = durable.begin(history, "world-news", 1)
        durable.opening(history, run, str(file), lines=True, append=True)
        (tmp_path / "a.jsonl.gz.part").write_bytes(before[:copied])
        (tmp_path / "a.jsonl.gz.part.whole").write_bytes(before[:copied])
        (told,) = durable.recover(history)
    assert "recovered: 0 articles" in told
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl.gz", "h.sqlite"}
    assert file.read_bytes() == before


def test_a_killed_run_does_not_replace_a_whole_file(site, tmp_path, night):
    (tmp_path / "a.jsonl").write_text('{"kept": true}\n')
    killed(site, tmp_path, "-O", str(tmp_path / "a.jsonl"))
    assert numbers(night(2, pages=1)) == [1, 2, 3]
    assert (tmp_path / "a.jsonl").read_text() == '{"kept": true}\n'


def test_the_second_of_two_runs_ends_at_once(site, tmp_path, crawl):
    section(site, [1])
    waiting = []

    class Waiting(dict):
        def get(self, path, default=None):
            if path == path_of(1) and not waiting:
                waiting.append({p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix != ".sqlite-shm"})
                runs.append(crawl("-a", f"start={site.origin}/world-news", output="second.jsonl"))
                waiting.append({p.name: p.read_bytes() for p in tmp_path.iterdir() if p.suffix != ".sqlite-shm"})
            return super().get(path, default)

    runs = []
    site.routes = Waiting(site.routes)
    first = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1")
    (second,) = runs
    assert (first.status, second.status) == (0, 1)
    assert "another run is writing" in second.last_line
    assert waiting[0] == waiting[1]
    assert "Traceback" not in second.stderr


def test_two_runs_without_history_on_one_file(site, tmp_path, crawl):
    section(site, [1, 2])
    runs = []

    class Waiting(dict):
        def get(self, path, default=None):
            if path == path_of(2) and not runs:
                runs.append(None)
                runs[0] = crawl("-a", f"start={site.origin}/world-news", "-s", "HISTORY_ENABLED=0")
            return super().get(path, default)

    site.routes = Waiting(site.routes)
    slow = ("-s", "HISTORY_ENABLED=0", "-s", "CONCURRENT_REQUESTS=1", "-a", "pages=1")
    first = crawl("-a", f"start={site.origin}/world-news", *slow)
    assert (first.status, runs[0].status) == (0, 1), runs[0].stderr
    assert "another run is writing" in runs[0].last_line
    assert numbers(first) == [1, 2]


@pytest.mark.parametrize("limit", [20_000, 60_000, 150_000])
def test_a_full_disk(site, tmp_path, crawl, limit):
    """The largest size that a file may have stands for a disk that is full."""
    section(site, range(1, 61), body=f"{SENTENCE} " * 50)
    command = [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, "-o", str(tmp_path / "a.jsonl"),
               "-a", f"start={site.origin}/world-news", "-a", "pages=1"]  # fmt: skip
    done = subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1, done.stderr
    assert "could not be written" in last or "cannot be used" in last
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "a.jsonl").exists()
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", output="b.jsonl")
    assert run.status == 0, run.stderr
    saved = (tmp_path / "a.jsonl").read_text().splitlines() if (tmp_path / "a.jsonl").exists() else []
    assert sorted([int(json.loads(line)["id"][-5:]) for line in saved] + numbers(run)) == list(range(1, 61))


def test_a_full_small_disk(site, tmp_path, crawl):
    """A file system of its own, with half the room that the run needs."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    mounted = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=256k", "none", str(disk)], check=False)
    if not mounted or mounted.returncode:
        pytest.skip("a small tmpfs cannot be mounted here: it needs root")
    try:
        section(site, range(1, 61), body=f"{SENTENCE} " * 70)
        start = ("-a", f"start={site.origin}/world-news", "-a", "pages=1")
        full = crawl(*start, "-o", str(disk / "a.jsonl"), output=None)
        assert full.status == 1, full.stderr
        assert "could not be written" in full.last_line
        assert "Traceback" not in full.stderr
        subprocess.run([str(mount), "-o", "remount,size=4m", str(disk)], check=True)
        run = crawl(*start, "-o", str(disk / "b.jsonl"), output=None)
        assert run.status == 0, run.stderr
        found = [json.loads(line)["id"] for path in disk.glob("*.jsonl") for line in path.read_text().splitlines()]
        assert len(found) == len(set(found)) == 60
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_the_order_of_writes(tmp_path):
    """Lines on the disk, then the versions, then the name on the disk, then the articles; docs/explanation/durability.md."""
    code = """
import os, sqlite3, sys
from pathlib import Path
from scrapy.cmdline import execute
def say(*words): print(*words, file=sys.stderr)
fsync, replace, connect = os.fsync, Path.replace, sqlite3.connect
def logged_fsync(fd):
    fsync(fd); say("STEP fsync", os.path.basename(os.readlink(f"/proc/self/fd/{fd}")))
def logged_replace(self, target):
    say("STEP rename", Path(target).name); return replace(self, target)
def logged_connect(*args, **kwargs):
    db = connect(*args, **kwargs)
    db.set_trace_callback(lambda sql: say("STEP", "sql", sql[:60]) if sql.startswith(("COMMIT", "update runs set st", "insert into articles select")) else None)
    return db
os.fsync, Path.replace, sqlite3.connect = logged_fsync, logged_replace, logged_connect
execute(["scrapy", "crawl", "worldnews", "-a", "start=demo", "-a", "pages=1", "-a", "hops=0", "-O", sys.argv[1]])
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out.jsonl")],
        cwd=PROJECT, capture_output=True, text=True, check=False, env={**os.environ},
    )  # fmt: skip
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    steps = [line.removeprefix("STEP ") for line in done.stderr.splitlines() if line.startswith("STEP ")]
    last = steps[steps.index("fsync out.jsonl.part") :]
    prepared = next(i for i, step in enumerate(last) if "state = 'prepared'" in step)
    published = next(i for i, step in enumerate(last) if "state = 'published'" in step)
    renamed = last.index("rename out.jsonl")
    folder = [i for i, step in enumerate(last) if step == f"fsync {tmp_path.name}"]
    commits = [i for i, step in enumerate(last) if step == "sql COMMIT"]
    assert any(0 < i < prepared for i in folder)
    assert any(prepared < i < renamed for i in commits)
    assert any(renamed < i < published for i in folder)
    assert any(published < i for i in commits)


def test_a_damaged_history(site, tmp_path, night):
    section(site, [1])
    (tmp_path / "worldnews.history.sqlite").write_bytes(b"not a database, whatever its name says" * 100)
    run = night(1)
    assert run.status == 1
    assert "move it away and run again" in run.last_line
    assert "Traceback" not in run.stderr


# Silence ------------------------------------------------------------------------


def with_summaries(site, shown, summary):
    section(site, shown)
    for number in shown:
        html = article_html(f"Story {number}")
        site.html(path_of(number), html.replace("</h1>", f"</h1><h2 class='strydsc'>{summary}</h2>"))


def test_articles_that_all_lost_a_field(site, night):
    with_summaries(site, range(1, 31), "A summary.")
    assert night(1).status == 0
    section(site, range(31, 43))
    run = night(2, pages=1)
    assert run.status == 2, run.stderr
    assert "articles with description fell from 100% to 0%" in run.last_line
    assert len(run.articles) == 12
    section(site, range(43, 55))
    assert " fell from " not in night(3, pages=1).last_line  # it is told on the night that it happened


def test_a_rule_that_no_longer_serves(site, night):
    section(site, range(1, 31))
    assert night(1).status == 0
    section(site, range(31, 43))
    for number in range(31, 43):
        site.html(path_of(number), article_html(f"Story {number}").replace(' class="stryhdtp"', ""))
    run = night(2, pages=1)
    assert run.status == 2, run.stderr
    assert "rule headline: h1.stryhdtp fell from 100% to 0%" in run.last_line
    assert len(run.articles) == 12


def test_few_articles_are_no_drift(site, night):
    with_summaries(site, range(1, 31), "A summary.")
    night(1)
    section(site, [31, 32])
    assert night(2, pages=1).status == 0


def test_a_section_that_stands_still(site, night):
    section(site, [1, 2])
    for number in (1, 2):
        run = night(number)
        assert run.status == 0
    with database(run) as db, db:
        db.execute("update runs set started = '2025-01-01T00:00:00Z' where id = 1")
    run = night(3)
    assert run.status == 2
    assert "the same stories since 2025-01-01" in run.last_line
    section(site, [3, 1, 2])
    assert night(4).status == 0


def test_what_a_run_with_a_limit_has_seen_shows_a_standstill(site, night):
    section(site, [1, 2])
    run = night(1, "-a", "limit=1")
    assert len(run.articles) == 1
    with database(run) as db, db:
        db.execute("update runs set started = '2025-01-01T00:00:00Z' where id = 1")
    assert "the same stories since 2025-01-01" in night(2).last_line


def test_stories_that_all_become_a_wall(site, night):
    section(site, range(1, 6))
    night(1)
    for number in range(1, 6):
        site.html(
            path_of(number), article_html("Before you go on", body="You are one step from the page that you want.")
        )
    run = night(2)
    assert run.status == 2
    assert "have changed to the same text" in run.last_line


def test_stories_that_all_become_a_notice_of_known_wording(site, night):
    """Nothing is left of it, and five pages that are the same and have no body are no articles."""
    section(site, range(1, 6))
    night(1)
    for number in range(1, 6):
        site.html(path_of(number), article_html("Before you go on", body="We use cookies and so do our partners."))
    run = night(2)
    assert run.status == 2
    assert "a page that others also show, and that is not an article" in run.last_line


def test_refusal_on_a_later_night(site, night):
    section(site, [1, 2])
    night(1)
    site.routes = dict.fromkeys(site.routes, (403, {}, b"no"))
    run = night(2)
    assert run.status == 1
    assert "403" in run.last_line
    assert "try again later" in run.last_line


def test_all_that_was_asked_for_failed(site, night):
    section(site, [1, 2])
    night(1)
    section(site, [3, 4, 1, 2])
    for number in (3, 4):
        site.routes[path_of(number)] = (403, {}, b"no")
    run = night(2, "-s", "RECHECK_DAYS=0")
    assert run.status == 1, run.stderr
    assert "none of 2 articles could be read" in run.last_line


# What a listing hides --------------------------------------------------------------


def test_what_a_killed_run_found_is_not_lost_when_the_listing_moves_on(site, tmp_path, night):
    killed(site, tmp_path, "-o", str(tmp_path / "a.jsonl"))
    section(site, [9], stories=[1, 2, 3], body=f"{SENTENCE} " * 200)
    run = night(2, pages=1)
    saved = [int(json.loads(line)["id"][-5:]) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert sorted(saved + numbers(run)) == [1, 2, 3, 9]


@pytest.mark.parametrize("trouble", ["refused", "wall", "gone", "repeated"])
def test_a_page_that_failed_is_read_the_next_night(site, night, trouble):
    section(site, [6, 5], [4, 3], [2, 1])
    night(1)
    section(site, [12, 11], [10, 9], [8, 7], stories=range(1, 7))
    good = site.routes["/world-news/page-2"]
    bad = {"refused": (403, {}, b""), "wall": (200, {}, b"<html><h1>Before you go on</h1></html>"),
           "gone": (404, {}, b""), "repeated": site.routes["/world-news"]}  # fmt: skip
    site.routes["/world-news/page-2"] = bad[trouble]
    assert night(2).status == 2
    site.routes["/world-news/page-2"] = good
    run = night(3)
    assert run.status == 0, run.stderr
    assert numbers(run) == [7, 8, 9, 10]


def test_after_a_night_by_feed_every_page_is_read(site, night):
    section(site, [6, 5], [4, 3])
    night(1, pages=2)
    section(site, [10, 9], [8, 7], stories=range(1, 7))
    site.routes["/rss/world-news-221.rss"] = (
        200, {"Content-Type": "application/rss+xml"},
        f"<rss><channel><item><link>{site.origin}{path_of(10)}</link></item></channel></rss>".encode(),
    )  # fmt: skip
    listing = site.routes.pop("/world-news")
    assert numbers(night(2, pages=2)) == [10]
    site.routes["/world-news"] = listing
    assert numbers(night(3, pages=2)) == [7, 8, 9]


def test_a_page_that_only_a_chain_made_known_opens_the_next(site, night):
    section(site, [5])
    site.html(path_of(5), article_html("Story 5", path_of(6)))
    site.html(path_of(6), article_html("Story 6"))
    assert numbers(night(1, pages=1)) == [5, 6]
    section(site, [6], [7])
    assert numbers(night(2, pages=2)) == [7]


def test_a_change_on_quiet_nights_is_seen_on_the_next_with_news(site, night):
    section(site, [4, 3], [2, 1])
    run = night(1, pages=2)
    with database(run) as db, db:
        db.execute("update runs set started = '2025-01-01T00:00:00Z'")
        db.execute("update articles set first_seen = '2025-01-01T00:00:01Z'")
    site.html(path_of(1), article_html("Other"))
    assert night(2, pages=2).articles == []
    section(site, [5, 4], [3, 2], stories=[1])
    site.html(path_of(1), article_html("Other"))
    assert numbers(night(3, pages=2)) == [1, 5]


def test_a_failed_run_replaces_nothing(site, night):
    section(site, [1, 2])
    assert numbers(night(1, output="a.jsonl")) == [1, 2]
    good = dict(site.routes)
    site.routes = dict.fromkeys(site.routes, (503, {}, b""))
    run = night(2, output="a.jsonl")
    assert (run.status, numbers(run)) == (1, [1, 2])
    site.routes = good
    assert "nothing new" in night(3, output="b.jsonl").last_line


def test_what_an_interrupted_replacement_lost_comes_again(site, night):
    section(site, [1, 2, 3])
    night(1, output="a.jsonl")
    run = night(2, "-s", "CLOSESPIDER_ITEMCOUNT=1", "-s", "CONCURRENT_REQUESTS=1", output="a.jsonl")
    assert run.status == 2
    kept = numbers(run)
    assert kept != [1, 2, 3]
    assert sorted(kept + numbers(night(3, output="b.jsonl"))) == [1, 2, 3]


@pytest.mark.parametrize(
    ("stories", "told"),
    [([1, 2], "all 2 articles that were asked for are gone"), ([1], "the article that was asked for is gone")],
)
def test_all_known_stories_gone(site, night, stories, told):
    section(site, stories)
    night(1)
    for number in stories:
        site.routes.pop(path_of(number))
    run = night(2)
    assert run.status == 1
    assert told in run.last_line


def test_a_listing_without_cards_is_told_though_an_older_story_came(site, night):
    section(site, [1, 2])
    site.routes[path_of(2)] = (500, {}, b"")
    night(1, pages=1)
    section(site, stories=[2])
    site.html("/world-news", "<html><h1>We value your privacy</h1></html>")
    run = night(2, pages=1)
    assert run.status == 1
    assert "no articles on the section's pages" in run.last_line
    assert numbers(run) in ([], [2])


def test_one_of_two_sections_refused(site, crawl):
    section(site, [1])
    site.routes["/markets"] = (403, {}, b"")
    run = crawl("-a", f"start={site.origin}/world-news,{site.origin}/markets", "-a", "pages=1")
    assert run.status == 2
    assert "/markets gave no article" in run.last_line


def test_most_known_stories_change_at_once(site, night):
    section(site, range(1, 13))
    night(1)
    section(site, range(1, 13), more="")
    for number in range(1, 13):
        site.html(path_of(number), article_html(f"Story {number} - now with a slogan", body=f"{SENTENCE} {number}"))
    run = night(2)
    assert run.status == 2
    assert "have changed at once" in run.last_line


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_other_encodings(crawl, encoding):
    for name in ("1.jsonl", "2.jsonl"):
        run = crawl("-a", "start=demo", "-a", "pages=1", "-s", f"FEED_EXPORT_ENCODING={encoding}", output=name)
    assert "nothing new" in run.last_line


def test_recovery_keeps_whole_articles_only(site, tmp_path, night):
    killed(site, tmp_path, "-o", str(tmp_path / "a.jsonl"))
    part = tmp_path / "a.jsonl.part"
    first, *rest = part.read_bytes().splitlines(keepends=True)
    part.write_bytes(first + b"\0" * 5000 + b"\n" + b"".join(rest))
    run = night(2, pages=1)
    assert (tmp_path / "a.jsonl").read_bytes() == first
    assert sorted([int(json.loads(first)["id"][-5:]), *numbers(run)]) == [1, 2, 3]


def test_appending_to_a_file_without_a_last_newline(site, crawl, tmp_path):
    section(site, [1])
    (tmp_path / "a.jsonl").write_text('{"kept": true}')
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", "-o", str(tmp_path / "a.jsonl"), output=None)
    assert run.status == 0
    kept, added = (tmp_path / "a.jsonl").read_text().splitlines()
    assert json.loads(kept) == {"kept": True}
    assert json.loads(added)["id"] == "125090300001"


def test_settings_that_are_no_numbers(crawl):
    run = crawl("-a", "start=demo", "-s", "STALE_DAYS=x")
    assert run.status == 1
    assert "STALE_DAYS is 'x', expected a number" in run.last_line


# One file and files that grow ----------------------------------------------------------


@pytest.fixture
def feeds(site, crawl, tmp_path):
    """Crawl with ``-O`` and ``-o`` files; which stories each holds, by its name."""

    def run(*names, pages=1):
        written = {str(tmp_path / name): {"format": "jsonl", "overwrite": option == "-O"} for option, name in names}
        start = ("-a", f"start={site.origin}/world-news", "-a", f"pages={pages}")
        done = crawl(*start, "-s", f"FEEDS={json.dumps(written)}", output=None)
        assert done.status == 0, done.stderr
        return done, *(ids(tmp_path / name) for _, name in names)

    return run


def ids(path):
    lines = path.read_text("utf8").splitlines() if path.exists() else []
    return sorted(int(json.loads(line)["id"][-5:]) for line in lines)


def test_a_whole_file_that_is_not_there_gets_all(site, feeds):
    section(site, [1, 2])
    assert feeds(("-o", "all.jsonl"))[1] == [1, 2]
    section(site, [1, 2, 3])
    done, one, grown = feeds(("-O", "one.jsonl"), ("-o", "all.jsonl"))
    assert one == [1, 2, 3]
    assert grown == [1, 2, 3]  # each once
    assert "3 articles written, 2 of these unchanged since an earlier run and written again" in done.last_line
    assert "known ones, too" in done.stderr
    # It is there now: it gets what stood only in it.
    assert feeds(("-O", "one.jsonl"))[1] == [1, 2]
    assert feeds(("-o", "all.jsonl"))[1] == [1, 2, 3]


def test_a_story_that_left_a_whole_file_is_not_repeated_in_the_one_that_has_it(site, feeds):
    section(site, [1, 2])
    feeds(("-o", "all.jsonl"))
    assert feeds(("-O", "one.jsonl"))[1] == [1, 2]
    section(site, [2])
    assert feeds(("-O", "one.jsonl"))[1] == [2]
    section(site, [1, 2])
    assert feeds(("-o", "all.jsonl"))[1] == [1, 2]


def test_a_story_that_was_in_whole_files_alone_comes_again(site, feeds):
    section(site, [1, 2])
    feeds(("-O", "a.jsonl"))
    assert feeds(("-O", "b.jsonl"))[1] == [1, 2]
    section(site, [2])
    feeds(("-O", "a.jsonl"))
    feeds(("-O", "b.jsonl"))
    section(site, [1, 2])
    assert 1 in feeds(("-o", "all.jsonl"))[1]


def test_a_new_file_each_night_gets_what_is_new(site, feeds, tmp_path):
    section(site, [1])
    feeds(("-o", "all.jsonl"))
    section(site, [1, 2])
    feeds(("-O", "night-%(started)s.jsonl"))
    (night,) = tmp_path.glob("night-*.jsonl")
    assert ids(night) == [2]


def test_a_dry_run_knows_what_a_whole_file_would_get(site, feeds, crawl, tmp_path):
    section(site, [1, 2])
    feeds(("-o", "all.jsonl"))
    start = ("-a", f"start={site.origin}/world-news", "-a", "pages=1", "-a", "dry_run=1")
    grown = crawl(*start, "-o", str(tmp_path / "all.jsonl"), output=None)
    assert [line.split("\t")[0] for line in grown.stdout.splitlines()] == ["known, looked at again"] * 2
    whole = crawl(*start, "-O", str(tmp_path / "one.jsonl"), output=None)
    assert [line.split("\t")[0] for line in whole.stdout.splitlines()] == ["new"] * 2
