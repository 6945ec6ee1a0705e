"""``scrapy history``, as a person runs it in the folder of the nightly crawl."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from scrapy.cmdline import execute

from newscrawl.extensions.history import locked
from newscrawl.history import History, durable
from newscrawl.history.database import days_ago
from tests import forks

DATABASE = "output/demo/worldnews-demo.history.sqlite"
BEYOND = "125090201193"  # a story of the first night that no listing or chain of the third shows


def scrapy(folder, *arguments, **environment):
    return forks.scrapy(*arguments, cwd=folder, **environment)


def history(folder, *arguments, status=0):
    done = scrapy(folder, "history", *arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout) if "--json" in arguments else done.stderr if status else done.stdout


@pytest.fixture
def quick(monkeypatch, capsys):
    """The same in this process, where only options say where the history is."""

    def run(folder, *arguments):
        monkeypatch.chdir(folder)
        monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
        with pytest.raises(SystemExit) as end:
            execute(["scrapy", "history", *map(str, arguments)])
        return end.value.code, capsys.readouterr().out

    return run


def crawl(folder, night, output):
    """The articles that a night's crawl wrote, by id."""
    done = scrapy(folder, "crawl", "worldnews", "-a", f"start={night}", "-o", f"output/demo/{output}.jsonl")
    assert done.returncode == 0, done.stderr
    path = Path(folder, "output", "demo", f"{output}.jsonl")
    lines = path.read_text(encoding="utf8").splitlines() if path.exists() else []
    return {article["id"]: article for article in map(json.loads, lines)}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nights")
    return folder, [crawl(folder, night, f"night{night[5:] or 1}") for night in ("demo", "demo:2", "demo:3")]


@pytest.fixture
def folder(kept, tmp_path):
    """A folder in which three nights were crawled."""
    shutil.copytree(kept[0] / "output", tmp_path / "output")
    return tmp_path


def line(number=1, crawled="2025-09-03T10:00:00Z", digest="aaaa", **more):
    article = {
        "url": f"https://www.business-standard.com/world-news/story-1250903{number:05d}_1.html",
        "id": f"1250903{number:05d}",
        "publisher": "business-standard.com",
        "headline": "Harbour reopens",
        "content_hash": digest,
        "crawled_at": crawled,
    }
    return json.dumps(article | more) + "\n"


# The runs ----------------------------------------------------------------------


def test_the_last_runs_newest_last(folder, kept):
    first, second, third = kept[1]
    changed = [article for article in second.values() if article["status"] == "changed"]
    assert first and changed and not third
    runs = history(folder, "--demo", "--json")["runs"]
    assert [run["new"] for run in runs] == [len(first), len(second) - len(changed), 0]
    assert [run["changed"] for run in runs] == [0, len(changed), 0]
    assert {(run["status"], run["failed"], run["ending"]) for run in runs} == {(0, 0, "ended")}
    assert runs[0]["started"] <= runs[1]["started"] <= runs[2]["started"]
    assert runs[0]["unchanged"] == 0 < runs[2]["unchanged"]
    head, *lines = history(folder, "--demo").splitlines()
    assert head.split()[-5:] == ["new", "changed", "unchanged", "failed", "pages"]
    for run, text in zip(runs, lines, strict=True):
        assert text.startswith(run["started"].replace("T", " ")[:19])
        assert text.split()[3:] == [str(run[k]) for k in ("status", "new", "changed", "unchanged", "failed", "pages")]
    assert history(folder, "--demo", "-n", "1").splitlines() == [head, lines[2]]


def test_articles_written_again_are_not_new(folder):
    again = ("crawl", "worldnews", "-a", "start=demo:3", "-a", "again=1", "-a", "pages=1", "-a", "hops=0")
    assert scrapy(folder, *again, "-O", "output/demo/again.jsonl").returncode == 0
    run = history(folder, "--demo", "--json")["runs"][-1]
    assert (run["new"], run["changed"], run["again"]) == (0, 0, 12)
    assert run["unchanged"] >= 12


def test_a_killed_run_shows_as_such(folder):
    part = folder / "output" / "demo" / "killed.jsonl.part"
    with History(folder / DATABASE) as killed:
        run = durable.begin(killed, "world-news", 1)
        durable.opening(killed, run, str(part.with_suffix("")), True, False)
    part.write_text(line() + line(2)[:20])
    run = history(folder, "--demo", "--json")["runs"][-1]
    assert (run["ending"], run["status"], run["new"]) == ("unfinished", None, None)
    assert "it has not ended" in history(folder, "--demo").splitlines()[-1]
    done = scrapy(folder, "history", "--demo", "vacuum")
    assert "recovered: 1 article (" in done.stderr
    assert part.with_suffix("").read_text() == line()
    run = history(folder, "--demo", "--json")["runs"][-1]
    assert (run["ending"], run["status"], run["new"], run["pages"]) == ("recovered", 2, 1, None)
    assert history(folder, "--demo").splitlines()[-1].endswith("it was cut off; saved: 1 article")


def test_reading_works_while_a_crawl_runs_and_leaves_nothing(folder):
    names = sorted(path.name for path in (folder / "output" / "demo").iterdir())
    history(folder, "--demo")
    history(folder, "--demo", "show", BEYOND)
    assert sorted(path.name for path in (folder / "output" / "demo").iterdir()) == names
    lock = locked(folder / DATABASE)
    with History(folder / DATABASE) as crawling:
        durable.begin(crawling, "world-news", 1)
        crawling.found(
            "business-standard.com/125090300001", "/world-news/x", "world-news", listed=True
        )  # not committed
        assert len(history(folder, "--demo", "--json")["runs"]) == 4
        assert history(folder, "--demo", "show", BEYOND)
        for change in (("forget", BEYOND), ("vacuum",), ("import", "output/demo/night1.jsonl")):
            assert "a run is writing to" in history(folder, "--demo", *change, status=1)
    lock.release()


# One article ---------------------------------------------------------------------


def test_show(folder, kept, quick):
    first, second, _ = kept[1]
    key = next(key for key, article in second.items() if article["status"] == "changed")
    path = second[key]["url"].partition("/world-news/")[2]
    for text in (
        key,
        f"business-standard.com/{key}",
        f"/world-news/{path}",
        second[key]["url"],
        f"https://www.business-standard.com/amp/world-news/{path}?utm_source=mail#top",
        f"www.business-standard.com/world-news/earlier-wording-{key}_1.html",
    ):
        status, told = quick(folder, "--demo", "--file", DATABASE, "show", text, "--json")
        story = json.loads(told)
        assert status == 0
        assert story["key"] == f"business-standard.com/{key}"
    old, new = story["versions"]
    for version, article, status in ((old, first[key], "new"), (new, second[key], "changed")):
        assert version["status"] == status == article["status"]
        assert version["emitted"] == article["crawled_at"]
        assert all(version[name] == article[name] for name in ("headline", "content_hash"))
    assert Path(new["file"]).read_text(encoding="utf8").count("\n") == len(second)
    text = history(folder, "--demo", "show", key)
    assert text.index(old["content_hash"][:12]) < text.index(new["content_hash"][:12])
    assert new["content_hash"] not in text
    assert new["headline"] in text and new["file"] in text


@pytest.mark.parametrize("word", ["show", "forget"])
@pytest.mark.parametrize("text", ["125090399999", "%", "https://example.org/", "_", "http://[", ""])
def test_an_unknown_article(folder, quick, word, text):
    error, _ = quick(folder, "--demo", "--file", DATABASE, word, text)
    assert error.startswith("newscrawl history: expected an article's address")
    assert error.endswith("no run has found it")


def test_an_unknown_article_in_a_shell(folder):
    assert "no run has found it" in history(folder, "--demo", "forget", "125090399999", status=1)


def test_what_was_forgotten_is_new_once_more(folder, kept):
    listed = next(iter(kept[1][1]))
    headline = kept[1][0][BEYOND]["headline"]
    assert headline in history(folder, "--demo", "forget", BEYOND)
    assert history(folder, "--demo", "forget", listed, "--json")["forgotten"]["versions"]
    assert "not emitted" in history(folder, "--demo", "show", BEYOND)
    written = crawl(folder, "demo:3", "after")
    assert set(written) == {BEYOND, listed}
    assert {article["status"] for article in written.values()} == {"new"}
    assert [one["status"] for one in history(folder, "--demo", "show", BEYOND, "--json")["versions"]] == ["new"]


def test_what_pages_said_cannot_move_the_cursor(tmp_path):
    (tmp_path / "a.jsonl").write_text(line(headline="Red \x1b[31m\u202e and \u0939"))
    history(tmp_path, "import", "a.jsonl", "--file", "h.sqlite")
    text = history(tmp_path, "show", "125090300001", "--file", "h.sqlite")
    assert r"Red \x1b[31m\u202e and" in text
    assert "\u0939" in text
    done = scrapy(tmp_path, "history", "show", "125090300001", "--file", "h.sqlite", PYTHONIOENCODING="ascii")
    assert r"\u0939" in done.stdout, done.stderr


# The database --------------------------------------------------------------------


def test_import_into_an_empty_history(folder, kept):
    (folder / DATABASE).unlink()
    (folder / "output" / "demo" / "night2.jsonl").unlink()  # or the next run takes it up
    told = history(folder, "--demo", "import", "output/demo/night1.jsonl", "--json")
    assert told == {"versions": len(kept[1][0]), "files": {"output/demo/night1.jsonl": len(kept[1][0])}}
    assert crawl(folder, "demo", "after") == {}
    assert "imported" in history(folder, "--demo").splitlines()[1]
    second = crawl(folder, "demo:2", "after2")
    assert {key: article["status"] for key, article in second.items()} == {
        key: article["status"] for key, article in kept[1][1].items()
    }


def test_import_counts_each_version_once(tmp_path, quick):
    def told(*words):
        return json.loads(quick(tmp_path, *words, "--file", "h.sqlite", "--json")[1])

    def imported(*names):
        return list(told("import", *names)["files"].values())

    def versions(number):
        return [(one["content_hash"], one["status"]) for one in told("show", f"1250903{number:05d}")["versions"]]

    (tmp_path / "new.jsonl").write_text(line(1, "2025-09-04T10:00:00Z", "bbbb") + "no article\n" + line(2))
    (tmp_path / "old.jsonl").write_text(line(1) + line(3))
    (tmp_path / "newest.jsonl").write_text(line(1, "2025-09-05T10:00:00Z", "aaaa"))
    (tmp_path / "empty.jsonl").write_text("")
    assert imported("new.jsonl", "old.jsonl", "empty.jsonl") == [2, 1, 0]
    assert imported("new.jsonl", "old.jsonl") == [0, 0]
    assert versions(1) == [("bbbb", "new")]
    assert imported("newest.jsonl", "newest.jsonl") == [1]
    assert imported("old.jsonl", "new.jsonl", "newest.jsonl") == [0, 0, 0]
    assert versions(1) == [("bbbb", "new"), ("aaaa", "changed")]
    assert [run["new"] for run in told()["runs"]] == [2, 1, 0]
    with sqlite3.connect(tmp_path / "h.sqlite") as db:
        assert db.execute("select distinct section from articles").fetchall() == [("world-news",)]


def test_vacuum(folder):
    with History(folder / DATABASE) as cluttered, cluttered.db as db:
        columns = "key, url, section, listed, first_seen, last_seen, version"
        found = f"insert into articles({columns}) values (?, '/x', 'world-news', 1, ?, ?, null)"
        db.execute(found, ("business-standard.com/old", days_ago(4), days_ago(4)))
        db.execute(found, ("business-standard.com/young", days_ago(1), days_ago(1)))
        clutter = (
            "insert into versions(key, run, content_hash, headline, url, crawled_at) values (?, 99, 'a', ?, '', '')"
        )
        db.executemany(clutter, [(f"business-standard.com/{number}", "x" * 200) for number in range(1000)])
        before = db.execute("select count(*) from versions where run < 99").fetchone()[0]
    told = history(folder, "--demo", "vacuum", "--json")
    assert (told["versions"], told["articles"]) == (1000, 1)
    assert told["before"] > told["after"] == (folder / DATABASE).stat().st_size
    assert f"{told['after']:,} before, {told['after']:,} after" in history(folder, "--demo", "vacuum")
    with sqlite3.connect(folder / DATABASE) as db:
        assert db.execute("select count(*) from versions").fetchone()[0] == before
        assert db.execute("select key from articles where version is null").fetchall() == [
            ("business-standard.com/young",)
        ]
    assert len(history(folder, "--demo", "--json")["runs"]) == 3
    assert crawl(folder, "demo:3", "after") == {}


# Errors --------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("forget", "1")])
def test_no_history_yet(tmp_path, words):
    told = history(tmp_path, *words, status=1)
    assert str(tmp_path / "output" / "worldnews.history.sqlite") in told
    assert "the first crawl makes it" in told
    assert not list(tmp_path.iterdir())


def test_only_the_sample_edition_has_a_history(folder):
    assert history(folder, status=1).endswith("there is one of the sample edition: add --demo\n")
    assert history(folder, "--file", DATABASE, status=1).endswith("a history of the sample edition: add --demo\n")
    assert history(folder, "--demo", "--file", DATABASE) == history(folder, "--demo")


def test_the_sample_edition_is_imported_only_where_it_is_asked_for(folder, kept):
    told = history(folder, "import", "output/demo/night1.jsonl", "output/demo/night2.jsonl")
    count = sum(map(len, kept[1][:2]))
    assert f"{count} articles of the sample edition were left out (--demo imports them)" in told
    assert "0 now count as emitted" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("shwo", "1"), "show ARTICLE"),
        (("show",), "show ARTICLE"),
        (("show", "1", "2"), "show ARTICLE"),
        (("import",), "import FILE"),
        (("vacuum", "now"), "vacuum"),
        (("--jsn",), "no option --jsn"),
        (("-n",), "-n"),
        (("-n", "0"), "1 or more"),
        (("-n", "ten"), "ten"),
        (("--spider", "../other"), "worldnews"),
        (("-s", "nothing"), "-s"),
        (("-s", 'FEEDS={"s3://bucket/a.jsonl": {}}'), "output/worldnews.history.sqlite"),
        (("-s", 'FEEDS={"s3://bucket/a.jsonl": {}}', "-s", 'DEFAULT_FEEDS={"stdout:": {}}'), "--file"),
        (("import", "absent.jsonl"), "absent.jsonl"),
        (("import", "text.txt", "--file", "h.sqlite"), "text.txt"),
        (("import", "text.txt", "--file", "text.txt"), "text.txt"),
        (("--file", "text.txt"), "not a database"),
        (("--file", "empty"), "cannot be used"),
    ],
)
def test_bad_usage(tmp_path, quick, words, told):
    (tmp_path / "text.txt").write_text("no database and no article\n" * 100)
    (tmp_path / "empty").write_text("")
    error, out = quick(tmp_path, *words)
    assert error.startswith("newscrawl history: ")
    assert told in error
    assert len(error.splitlines()) == 1
    assert not out


def test_bad_usage_in_a_shell(tmp_path):
    assert history(tmp_path, "-n", "ten", status=1) == (
        "scrapy history: argument -n: expected a whole number, 1 or more, not 'ten'\n"
    )


@pytest.mark.parametrize("words", [(), ("show", "1"), ("forget", "1"), ("vacuum",), ("import", "a.jsonl")])
def test_a_database_of_something_else_is_left_alone(tmp_path, quick, words):
    (tmp_path / "a.jsonl").write_text("{}\n")
    with sqlite3.connect(tmp_path / "other.sqlite") as db:
        db.execute("create table things(x)")
    before = (tmp_path / "other.sqlite").read_bytes()
    told, _ = quick(tmp_path, "--file", "other.sqlite", *words)
    assert "other.sqlite is a database of something else; expected the history of a crawl" in str(told)
    assert (tmp_path / "other.sqlite").read_bytes() == before


def test_a_small_file_of_something_else_is_not_imported(tmp_path, quick):
    (tmp_path / "a.jsonl").write_text("a,b\n1,2\n")
    assert "holds no article" in str(quick(tmp_path, "--file", "new.history.sqlite", "import", "a.jsonl")[0])
