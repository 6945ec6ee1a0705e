"""All nights in one database: files in any order, each once, whole or not at all."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from dataclasses import fields
from pathlib import Path
from threading import Thread

import pytest
from scrapy.cmdline import execute

from newscrawl.article import lines as lines_module
from newscrawl.article.item import Article
from newscrawl.article.lines import output_files
from newscrawl.article.parsing import article_of
from newscrawl.article.types import COLUMNS
from newscrawl.database.articles import MANY
from newscrawl.database.opening import reading
from newscrawl.history import History, durable
from newscrawl.load.database import Database
from newscrawl.load.files import load_file, load_runs
from newscrawl.load.search import find
from tests.conftest import path_of
from tests.postgresql import Keeper

IN_SQLITE = Keeper()
FIRST, SECOND, THIRD = (f"2025-09-0{day}T02:30:00Z" for day in (3, 4, 5))


def article(number=1, crawled=FIRST, **more):
    made = Article(
        f"https://www.business-standard.com{path_of(number)}",
        f"1250903{number:05d}",
        "business-standard.com",
        section="World News",
        headline=f"Harbour number {number} reopens",
        authors=["Ana Brel", "Tomas Weir"],
        topics=["Shipping", "Maro"],
        date_published="2025-09-03T01:49:00+05:30",
        body="The farmers of Maro waited.\n\nThen a ship came.",
        crawled_at=crawled,
        extraction={"headline": "h1"},
    )
    made.seal()
    for name, value in more.items():
        setattr(made, name, value)
    if "content_hash" not in more:
        made.seal()
    return made.to_dict()


def written(path, *articles, ending="\n"):
    text = "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in articles) + ending
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def load(folder, *paths, keeper=IN_SQLITE):
    """Load files, or all of a folder; what each brought that was read."""
    with keeper.opened(folder) as database:
        done = [(path.name, load_file(database, path)) for path in output_files(paths or [folder])]
        for path in {path.parent for path in output_files(paths or [folder])}:
            load_runs(database, path)
    return {name: (one.new, one.changed, one.known, one.left_out) for name, one in done if one}


def rows(folder, sql, *values):
    with sqlite3.connect(folder / "articles.sqlite") as db:
        return db.execute(sql, values).fetchall()


def content(folder, keeper=IN_SQLITE):
    """What the database holds, whatever its numbers of articles are."""
    names = ", ".join(COLUMNS)
    queries = [f"select {names} from articles", f"select {names} from earlier", f"select {names} from versions"]
    queries += [f"select id, {one} from article_{many} join articles using (article)" for many, one in MANY.items()]
    if keeper.server is not None:
        queries += ["select id, day, search from articles"]
        return [sorted(keeper.rows(folder, query), key=repr) for query in queries]
    with sqlite3.connect(folder / "articles.sqlite") as db:
        db.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")  # raises
        assert not db.execute("pragma foreign_key_check").fetchall()
        return [sorted(db.execute(query), key=repr) for query in queries]


@pytest.fixture
def scrapy(monkeypatch, capsys, tmp_path):
    """``scrapy …`` in this process and a folder of its own: exit status, standard output and error."""

    def run(*arguments):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
        monkeypatch.delitem(sys.modules, "newscrawl.settings", raising=False)  # it looks around when it is imported
        with pytest.raises(SystemExit) as end:
            execute(["scrapy", *map(str, arguments)])
        return end.value.code, *capsys.readouterr()

    return run


# Articles ------------------------------------------------------------------------


def test_an_article_comes_in_with_every_field(tmp_path):
    one = article(place="Beijing", reading_minutes=3, premium=True, links=["https://a.example/1"], description="Dek\0")
    written(tmp_path / "a.jsonl", one)
    assert load(tmp_path) == {"a.jsonl": (1, 0, 0, 0)}
    (row,) = rows(tmp_path, f"select {', '.join(COLUMNS)} from articles")
    found = dict(zip(COLUMNS, row, strict=True))
    assert found == {
        name: json.dumps(value) if isinstance(value, list | dict) else value for name, value in one.items()
    }
    assert list(COLUMNS) == [one.name for one in fields(Article)]
    assert rows(tmp_path, "select day from articles") == [("2025-09-03",)]
    assert rows(tmp_path, "select topic, articles, first_day from topics order by 1") == [
        ("Maro", 1, "2025-09-03"),
        ("Shipping", 1, "2025-09-03"),
    ]


def test_a_database_gets_the_columns_that_it_lacks(tmp_path):
    """It was made when an article had fewer fields."""
    load(tmp_path, written(tmp_path / "a.jsonl", article(1), article(2)))
    with sqlite3.connect(tmp_path / "articles.sqlite") as db:
        for view in ("article_links", "changed_stories", "versions", "earlier_versions"):
            db.execute(f"drop view {view}")
        for table in ("articles", "earlier"):
            db.execute(f"alter table {table} drop column links")
            db.execute(f"alter table {table} drop column premium")
        for view in ("changed_stories", "versions", "earlier_versions"):
            db.execute(f"create view {view} as select 1")
        db.execute("drop trigger articles_changed")
    later = article(1, SECOND, body="A ship came.", premium=True, links=["x:y"])
    assert load(tmp_path, written(tmp_path / "b.jsonl", later, article(3))) == {"b.jsonl": (1, 1, 0, 0)}
    assert rows(tmp_path, "select premium, links from articles order by id") == [
        (1, '["x:y"]'),
        (None, None),
        (0, "[]"),
    ]
    assert rows(tmp_path, "select premium from versions where id like '%1' order by crawled_at") == [(None,), (1,)]


def test_files_may_come_in_any_order(keeper, tmp_path):
    """A, then B, then A again; a second that has two texts; and a text that is written twice."""
    nights = [
        [article(1), article(2), article(3)],
        [article(1, SECOND, body="Ship B.", topics=["Storms"]), article(2, FIRST, body="Meanwhile.")],
        [article(1, THIRD), article(3, THIRD, date_modified=THIRD), article(4, THIRD, authors=[])],
        [article(1, SECOND, body="Ship B.", topics=["Storms"]), article(3, SECOND)],
    ]
    contents = []
    for number, order in enumerate(
        itertools.islice(itertools.permutations(nights), 0, None, 1 if keeper.server is None else 5)
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        for position, night in enumerate(order):
            written(folder / f"{position}.jsonl", *night)
        load(folder, keeper=keeper)
        contents.append(content(folder, keeper))
    assert all(one == contents[0] for one in contents)
    texts = keeper.rows(folder, "select crawled_at, word_count from versions where id like '%1' order by crawled_at")
    assert texts == [(FIRST, 9), (SECOND, 2), (THIRD, 9)]
    assert keeper.rows(folder, "select crawled_at from versions where id like '%3'") == [(THIRD,)]
    changed = keeper.rows(folder, "select id, versions, changed from changed_stories order by id")
    assert [(one[0][-1], *one[1:]) for one in changed] == [("1", 3, THIRD), ("2", 2, FIRST)]
    assert not keeper.rows(folder, "select 1 from article_topics where topic = 'Storms'")


def test_views(keeper, tmp_path):
    other = {"publisher": "example.org", "date_published": "2025-08-30T12:00:00Z", "authors": ["Ana Brel"]}
    one, two = article(1), article(2, **other)
    one["next_url"], one["links"] = two["url"], [two["url"], "https://elsewhere.example/"]
    written(tmp_path / "a.jsonl", one, two, article(3, date_published=None))
    load(tmp_path, keeper=keeper)
    assert [(day and str(day), *rest) for day, *rest in keeper.rows(tmp_path, "select * from articles_per_day")] == [
        ("2025-09-03", "business-standard.com", 1), ("2025-08-30", "example.org", 1), (None, "business-standard.com", 1),
    ]  # fmt: skip
    assert keeper.rows(tmp_path, "select kind from article_links") == [("next",), ("more",)]
    assert keeper.rows(tmp_path, "select author, articles from authors") == [("Ana Brel", 3), ("Tomas Weir", 2)]
    assert ("2025-08", "Shipping", 1) in keeper.rows(tmp_path, "select * from topics_per_month")


# Files ---------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz"])
def test_a_second_load_changes_no_byte(tmp_path, ending):
    written(tmp_path / f"a.{ending}", article(1), article(2), "torn")
    written(tmp_path / f"b.{ending}", article(1, SECOND, body="Other."))
    assert load(tmp_path) == {f"a.{ending}": (2, 0, 0, 1), f"b.{ending}": (0, 1, 0, 0)}
    before = (tmp_path / "articles.sqlite").read_bytes()
    assert load(tmp_path) == {}
    assert (tmp_path / "articles.sqlite").read_bytes() == before
    (tmp_path / f"b.{ending}").touch()
    assert load(tmp_path) == {f"b.{ending}": (0, 0, 0, 0)}


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz"])
def test_of_an_appended_file_only_the_new_lines_are_read(keeper, tmp_path, ending, monkeypatch):
    file = written(tmp_path / f"a.{ending}", article(1), article(2), ending="")
    load(tmp_path, keeper=keeper)
    read = []
    monkeypatch.setattr("newscrawl.load.files.article_of", lambda line: read.append(line) or article_of(line))
    written(file, article(1), article(2), article(3), article(2, SECOND, body="Other."))
    assert load(tmp_path, keeper=keeper) == {file.name: (1, 1, 0, 0)}
    assert len(read) == 2
    assert keeper.rows(tmp_path, "select lines, new, began, ended from files") == [(4, 4, FIRST, SECOND)]


def test_a_file_that_was_written_anew_or_cut_is_read_whole(keeper, tmp_path):
    file = written(tmp_path / "a.jsonl", "torn", article(1), article(2))
    load(tmp_path, keeper=keeper)
    size = file.stat().st_size
    written(file, article(3), article(4), ending=" " * 4 + "\n")
    assert load(tmp_path, keeper=keeper) == {"a.jsonl": (2, 0, 0, 0)}
    written(file, article(4))
    assert size > file.stat().st_size
    assert load(tmp_path, keeper=keeper) == {"a.jsonl": (0, 0, 1, 0)}
    assert keeper.rows(tmp_path, "select lines, new from files") == [(1, 1)]
    assert keeper.rows(tmp_path, "select count(*) from articles") == [(4,)]
    assert not keeper.rows(tmp_path, "select * from left_out")


def test_the_same_size_and_time_in_another_file_are_noticed(keeper, tmp_path):
    file = written(tmp_path / "a.jsonl", article(1))
    load(tmp_path, keeper=keeper)
    other = written(tmp_path / "new", article(2))
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    assert other.stat().st_size == file.stat().st_size
    other.replace(file)
    assert load(tmp_path, keeper=keeper) == {"a.jsonl": (1, 0, 0, 0)}


def test_compressed_by_logrotate_or_moved_with_the_database_it_is_the_same_file(tmp_path):
    (tmp_path / "here").mkdir()
    file = written(tmp_path / "here" / "a.jsonl", article(1))
    load(tmp_path / "here")
    written(tmp_path / "here" / "a.jsonl.gz", article(1))
    assert load(tmp_path / "here") == {}  # gzip is not finished
    file.unlink()
    (tmp_path / "here").rename(tmp_path / "there")
    assert load(tmp_path / "there") == {"a.jsonl.gz": (0, 0, 0, 0)}
    assert rows(tmp_path / "there", "select file from files") == [("a.jsonl",)]


def test_what_is_no_article_is_left_out_with_its_line_and_the_rest_is_loaded(keeper, tmp_path):
    bad = {
        "a number": "1", "no JSON": '{"url": ', "no id": json.dumps({**article(9), "id": ""}),
        "no url": json.dumps({key: value for key, value in article(9).items() if key != "url"}),
        "a list": json.dumps({**article(9), "headline": ["x"]}), "deep": "[" * 100_000,
        "a mixed list": json.dumps({**article(9), "authors": ["x", 1]}), "truth": json.dumps({**article(9), "word_count": True}),
        "large": json.dumps({**article(9), "word_count": 2**63}), "half": json.dumps({**article(9), "body": "\ud83d"}),
        "no date": json.dumps({**article(9), "crawled_at": "yesterday"}), "digits": '{"id": ' + "1" * 5000 + "}",
    }  # fmt: skip
    file = written(tmp_path / "a.jsonl", article(1), *bad.values(), "", article(2))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes() + b'{"id": "\xff"}\r\n' + json.dumps(article(3)).encode()[:-9])
    assert load(tmp_path, keeper=keeper) == {"a.jsonl": (2, 0, 0, len(bad) + 2)}
    told = keeper.rows(tmp_path, "select line, reason from left_out order by line")
    assert [line for line, _ in told] == [*range(2, 2 + len(bad)), len(bad) + 4, len(bad) + 5]
    reasons = dict(zip(bad, (reason for _, reason in told), strict=False))
    assert reasons["no id"] == "no id" and reasons["no url"] == "no url"
    assert reasons["truth"] == "word_count: expected a whole number of 64 bits, not true"
    assert "surrogate" in reasons["half"] and "crawled_at" in reasons["no date"]


def test_a_torn_last_line_and_a_torn_gz_are_completed_later(keeper, tmp_path):
    whole = [article(number) for number in range(200)]
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    for file in (plain, packed):
        data = written(file, *whole).read_bytes()
        file.write_bytes(data[: len(data) * 2 // 3])
    before = load(tmp_path, keeper=keeper)
    assert [one[3] for one in before.values()] == [1, 1]
    assert 0 < before["a.jsonl"][0] < 200
    assert "torn" in keeper.rows(tmp_path, "select reason from left_out where file like '%b.jsonl'")[0][0]
    for file in (plain, packed):
        written(file, *whole)
    after = load(tmp_path, keeper=keeper)
    assert keeper.rows(tmp_path, "select count(*) from articles") == [(200,)]
    assert [one[3] for one in after.values()] == [0, 0]
    assert not keeper.rows(tmp_path, "select * from left_out")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("date_published", "yesterday", 'date_published: expected an ISO 8601 date and time with an offset, not "yesterday"'),
        ("date_published", "2025-09-31T08:00:00+05:30", "date_published: expected an ISO 8601"),
        ("date_modified", "2025-09-03T08:00:00", "date_modified: expected an ISO 8601"),
        ("date_modified", "20250903T080000+0530", "date_modified: expected an ISO 8601"),
        ("crawled_at", "2025-99-99T08:00:00Z", "crawled_at: expected an ISO 8601"),
        ("crawled_at", "2025-09-03T08:00:00+05:30", "crawled_at: expected a time in UTC, with a Z"),
        ("word_count", 10**30, f"word_count: expected a whole number of 64 bits, not {10**30}"),
        ("reading_minutes", 2.5, "reading_minutes: expected a whole number of 64 bits or null, not 2.5"),
        ("topics", ["x", None], 'topics: expected a list of text, not ["x", null]'),
        ("extraction", {"body": 1}, 'extraction: expected an object of text or null, not {"body": 1}'),
        ("premium", "no", 'premium: expected true or false, not "no"'),
        ("images", [{"url": "x.jpg"}], 'images[0].url: expected an address, not "x.jpg"'),
    ],
)  # fmt: skip
def test_a_value_that_the_schema_does_not_know_is_told_by_its_field(tmp_path, field, value, reason):
    written(tmp_path / "a.jsonl", article(1), article(2) | {field: value})
    assert load(tmp_path) == {"a.jsonl": (1, 0, 0, 1)}
    ((line, told),) = rows(tmp_path, "select line, reason from left_out")
    assert line == 2 and told.startswith(reason)
    assert rows(tmp_path, "select first_day from topics") == [("2025-09-03",)] * 2


def test_a_file_of_another_format_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"PAR1\x15\x04\nPAR1")
    with pytest.raises(OSError, match="it is a Parquet file, not JSON Lines"):
        load(tmp_path)


def test_what_is_compressed_is_told_by_the_content_and_not_by_the_name(tmp_path):
    plain, packed = written(tmp_path / "a", article(1)), written(tmp_path / "b.gz", article(2))
    plain.rename(tmp_path / "plain.jsonl.gz")
    packed.rename(tmp_path / "packed.jsonl")
    assert load(tmp_path) == {"packed.jsonl": (1, 0, 0, 0), "plain.jsonl.gz": (1, 0, 0, 0)}


def test_a_name_that_is_no_text_is_a_name_like_others(scrapy, tmp_path):
    (tmp_path / "output").mkdir()
    names = [b"a\xff.jsonl", rb"a\xff.jsonl", b"b\xfe.jsonl", "ü.jsonl".encode()]
    for number, name in enumerate(names):
        written(tmp_path / "output" / os.fsdecode(name), article(number))
    with History(tmp_path / "output" / os.fsdecode(b"\xff.history.sqlite")) as history:
        durable.begin(history, "world-news", 1)
    status, _, told = scrapy("load")
    assert status == 0 and "4 new articles" in told
    found = {name for (name,) in rows(tmp_path / "output", "select file from files")}
    assert found == {r"a\xff.jsonl", r"a\\xff.jsonl", r"b\xfe.jsonl", "ü.jsonl"}
    assert rows(tmp_path / "output", "select source from runs") == [(r"\xff",)]
    assert scrapy("load")[0] == 0


def test_a_line_without_end_takes_no_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(lines_module, "LINE_LIMIT", 3000)
    written(tmp_path / "a.jsonl", article(1), article(2, body="x" * 100_000), article(3))
    assert max(map(len, lines_module.lines_in(tmp_path / "a.jsonl"))) == 3001
    assert load(tmp_path) == {"a.jsonl": (2, 0, 0, 1)}


def test_which_files(tmp_path):
    inside = tmp_path / "nights"
    inside.mkdir()
    for name in ("b.jsonl", "a.jsonl.gz", "c.jl", "d.jsonl.part", ".e.jsonl", "f.json", "g.history.sqlite", "a.jsonl"):
        (inside / name).write_bytes(b"")
    assert [path.name for path in output_files([inside])] == ["a.jsonl", "b.jsonl", "c.jl"]
    assert output_files([inside / "d.jsonl.part"]) == []
    assert output_files([inside / "b.jsonl", inside]) == [inside / name for name in ("b.jsonl", "a.jsonl", "c.jl")]
    for name in ("f.json", "missing.jsonl"):
        with pytest.raises(ValueError, match=name):
            output_files([inside / name])


# Nothing half ---------------------------------------------------------------------


def test_killed_at_any_step_nothing_is_half_loaded(keeper, tmp_path):
    """A forked child loads, and is killed at each n-th line of the loader that it executes."""
    (tmp_path / "nights").mkdir()
    nights = {
        "a.jsonl": [article(number) for number in range(4)],
        "b.jsonl": [article(1, SECOND, body="B."), article(2, FIRST, body="C."), *map(article, range(4, 7))],
        "c.jsonl": [article(1, THIRD, topics=["Storms"]), article(7), "torn"],
    }
    for name, night in nights.items():
        written(tmp_path / "nights" / name, *night)
    load(tmp_path / "before", tmp_path / "nights", keeper=keeper)  # what a process makes once is in all children
    steps = Steps(tmp_path / "nights", keeper)
    total = steps.run(tmp_path / "whole", None)
    expected, states = content(tmp_path / "whole", keeper), set()
    assert total > 500
    for step in range(1, total, 37 if keeper.server is None else 67):
        folder = tmp_path / str(step)
        assert steps.run(folder, step) == -signal.SIGKILL
        if keeper.has_tables(folder):
            loaded = {name for (name,) in keeper.rows(folder, "select file from files")}
            names = {Path(name).name for name in loaded}
            want = {one["id"] for name in names for one in nights[name] if isinstance(one, dict)}
            assert {key for (key,) in keeper.rows(folder, "select id from articles")} == want
            states.add(len(loaded))
        assert steps.run(folder, None)
        assert content(folder, keeper) == expected
        shutil.rmtree(folder, ignore_errors=True)
    assert states == {0, 1, 2, 3}


class Steps:
    """Loads of a folder, each in a process of its own that may be killed."""

    TRACED = ("database/articles.py", "load/database.py", "load/files.py", "load/postgresql.py")

    def __init__(self, nights, keeper):
        self.nights, self.keeper = nights, keeper

    def run(self, folder, kill_at):
        """The count of lines that were executed, or minus the number of the signal."""
        return self.end(*self.start(folder, kill_at))

    def start(self, folder, kill_at):
        self.keeper.place(folder)  # which is one for all children
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.write(theirs, str(self._load(folder, kill_at)).encode())
            finally:
                os._exit(0)
        os.close(theirs)
        return child, ours

    def end(self, child, ours):
        with open(ours) as told:
            count = told.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return int(count) if count else status

    def _load(self, folder, kill_at):
        count = 0

        def step(frame, event, _):
            nonlocal count
            if not frame.f_code.co_filename.endswith(self.TRACED):
                return None
            if event == "line":
                count += 1
                if count == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)
            return step

        sys.settrace(step)
        load(folder, self.nights, keeper=self.keeper)
        return count


def test_loads_at_once_wait_for_each_other(keeper, tmp_path):
    (tmp_path / "nights").mkdir()
    for number in range(6):
        written(
            tmp_path / "nights" / f"{number}.jsonl", *(article(n, body=f"{number}.") for n in range(number, number + 9))
        )
    steps = Steps(tmp_path / "nights", keeper)
    assert steps.run(tmp_path / "alone", None) > 0
    children = [steps.start(tmp_path / "together", None) for _ in range(4)]
    assert all(steps.end(*child) > 0 for child in children)
    assert content(tmp_path / "together", keeper) == content(tmp_path / "alone", keeper)


def test_an_error_undoes_the_file_it_came_with(tmp_path, monkeypatch):
    written(tmp_path / "a.jsonl", article(1))
    load(tmp_path)
    before = content(tmp_path)
    written(tmp_path / "b.jsonl", article(1, SECOND, body="B."), article(2), article(3))
    put = Database.put

    def failing(self, one):
        if one["id"].endswith("3"):
            raise sqlite3.OperationalError("database or disk is full")
        return put(self, one)

    monkeypatch.setattr(Database, "put", failing)
    with pytest.raises(sqlite3.OperationalError):
        load(tmp_path)
    monkeypatch.undo()
    assert content(tmp_path) == before
    assert load(tmp_path) == {"b.jsonl": (2, 1, 0, 0)}


# The commands --------------------------------------------------------------------


def test_load_tells_what_it_did_and_what_it_left_out(scrapy, tmp_path):
    (tmp_path / "output").mkdir()
    status, _, told = scrapy("load")
    assert status == 1 and told.startswith("exit status 1 (failed): no finished files in ")
    written(tmp_path / "output" / "a.jsonl", article(1), article(2))
    (tmp_path / "output" / "b.jsonl.part").write_text('{"torn')
    status, _, told = scrapy("load")
    assert (status, told.splitlines()[-1].partition(", in ")[0]) == (
        0, "exit status 0 (ok): 2 new articles, 0 other versions, from 1 file",
    )  # fmt: skip
    assert scrapy("load")[0::2] == (0, f"exit status 0 (ok): nothing new for {tmp_path}/output/articles.sqlite\n")
    written(tmp_path / "output" / "c.jsonl", *["torn\x1b[31m"] * 30, article(2, SECOND, body="B."))
    status, _, told = scrapy("load")
    assert status == 2
    assert "c.jsonl, line 20: not JSON" in told and "line 21" not in told and "10 more" in told
    assert told.splitlines()[-1].startswith("exit status 2 (incomplete): 0 new articles, 1 other version, from 1 file")
    assert scrapy("load")[0] == 0  # what was left out is told once, and is in a table
    assert (tmp_path / "output" / "b.jsonl.part").read_text() == '{"torn'


SAMPLE = {"url": f"http://sample.example{path_of(9)}", "id": "125090300009", "headline": "The harbour of the sample"}


def test_the_sample_edition_is_left_out_unless_it_is_asked_for(scrapy, tmp_path):
    (tmp_path / "output" / "demo").mkdir(parents=True)
    status, _, told = scrapy("load", "--demo")
    assert status == 1 and f"no finished files in {tmp_path}/output/demo; a crawl writes them\n" in told
    written(tmp_path / "output" / "demo" / "worldnews-demo-20250903T023000Z.jsonl", article(9, **SAMPLE))
    status, _, told = scrapy("load")
    assert status == 1 and told.endswith("; there are some of the sample edition: add --demo\n")
    assert "there is one of the sample edition: add --demo" not in scrapy("find", "harbour")[2]
    written(tmp_path / "output" / "mixed.jsonl", article(1), article(9, **SAMPLE))
    status, _, told = scrapy("load")
    assert status == 0
    assert told.endswith("; 1 article of the sample edition was left out (--demo loads it)\n")
    assert scrapy("load")[2] == f"exit status 0 (ok): nothing new for {tmp_path}/output/articles.sqlite\n"
    assert "1 new article" in scrapy("load", "--demo")[2].splitlines()[-1]
    found = {options: json.loads(scrapy("find", *options, "--json", "harbour")[1]) for options in ((), ("--demo",))}
    assert {options: [one["url"] for one in matches] for options, matches in found.items()} == {
        (): [article(1)["url"]], ("--demo",): [SAMPLE["url"]],
    }  # fmt: skip


@pytest.mark.parametrize("command", [("find", "harbour"), ("browse",)])
def test_where_only_the_sample_edition_was_loaded_that_is_told(scrapy, tmp_path, command):
    (tmp_path / "output" / "demo").mkdir(parents=True)
    (tmp_path / "output" / "demo" / "articles.sqlite").touch()
    assert scrapy(*command)[0].endswith(" load' makes it; there is one of the sample edition: add --demo")


def test_a_file_that_was_read_without_the_sample_edition_is_read_for_it(scrapy, tmp_path):
    written(tmp_path / "x.jsonl", article(1), article(9, **SAMPLE))
    named = ("x.jsonl", "--database", "x.sqlite")
    assert scrapy("load", *named)[0] == 0
    assert "1 new, 0 changed, 1 known" in scrapy("load", "--demo", *named)[2]
    assert "nothing new" in scrapy("load", "--demo", *named)[2]
    status, found, told = scrapy("find", "sample", "--database", "x.sqlite")
    assert (status, found) == (0, "")
    assert told == "no article has sample\n1 article of the sample edition was left out (--demo finds it)\n"
    assert SAMPLE["url"] in scrapy("find", "sample", "--demo", "--database", "x.sqlite")[1]


def test_runs_of_the_sample_edition_are_no_real_ones(tmp_path):
    written(tmp_path / "a.jsonl", article(1))
    for name in ("worldnews", "worldnews-demo"):
        with History(tmp_path / f"{name}.history.sqlite") as history:
            durable.begin(history, name, 1)
    for demo in (False, True):
        with Database(tmp_path / f"{demo}.sqlite") as database:
            load_runs(database, tmp_path, demo=demo)
        with sqlite3.connect(tmp_path / f"{demo}.sqlite") as db:
            sources = [source for (source,) in db.execute("select source from runs")]
        assert sources == ["worldnews-demo" if demo else "worldnews"]


def test_load_named_files_into_a_named_database(scrapy, tmp_path):
    written(tmp_path / "a.jsonl.gz", article(1))
    assert scrapy("load", "a.jsonl.gz", "--database", "new/all.db")[0] == 0
    with sqlite3.connect(tmp_path / "new" / "all.db") as db:
        assert db.execute("select file from files").fetchall() == [("../a.jsonl",)]
    assert '"all":' in (tmp_path / "new" / "all.yaml").read_text()


@pytest.mark.parametrize(
    "arguments", [("missing.jsonl",), ("--wrong",), ("--database",), ("a.jsonl", "--database", "a.jsonl")]
)
def test_load_says_why_it_cannot(scrapy, tmp_path, arguments):
    written(tmp_path / "a.jsonl", article(1))
    before = (tmp_path / "a.jsonl").read_bytes()
    status, _, told = scrapy("load", *arguments)
    assert status == 1
    assert told.splitlines()[-1].startswith("exit status 1 (failed): ")
    assert (tmp_path / "a.jsonl").read_bytes() == before


def test_another_database_is_left_alone(scrapy, tmp_path):
    (tmp_path / "output").mkdir()
    written(tmp_path / "output" / "a.jsonl", article(1))
    with History(tmp_path / "output" / "worldnews.history.sqlite"):
        pass
    status, _, told = scrapy("load", "--database", "output/worldnews.history.sqlite")
    assert status == 1 and "a database of something else" in told
    with sqlite3.connect(tmp_path / "articles.sqlite") as db:
        db.execute("pragma application_id = 1852143475")
        db.execute("pragma user_version = 99")
        db.execute("create table articles(x)")
    status, _, told = scrapy("load", "--database", "articles.sqlite")
    assert status == 1 and "of another version (schema version 99, not 3)" in told


def test_an_unreadable_file_does_not_stop_the_others(scrapy, tmp_path, monkeypatch):
    (tmp_path / "output").mkdir()
    for name in "abc":
        written(tmp_path / "output" / f"{name}.jsonl", article(ord(name)))
    opened = Path.open

    def failing(path, *arguments, **named):
        if path.name == "b.jsonl":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", failing)
    status, _, told = scrapy("load")
    assert status == 2 and "b.jsonl: left out: [Errno 13]" in told
    assert rows(tmp_path / "output", "select count(*) from articles") == [(2,)]


def test_runs_come_from_the_history_beside_the_files_or_from_the_files(tmp_path):
    written(tmp_path / "a.jsonl", article(1), article(2, status="changed"))
    load(tmp_path)
    runs = "select source, id, started, new, changed, status from runs"
    assert rows(tmp_path, runs) == [("a.jsonl", 0, FIRST, 1, 1, None)]
    other = tmp_path / "other"
    other.mkdir()
    with History(other / "worldnews.history.sqlite") as history:
        durable.begin(history, "world-news", 1)
        durable.import_file(history, str(tmp_path / "a.jsonl"))
    written(other / "a.jsonl", article(1))
    load(other)
    told = rows(other, "select source, id, ending, new from runs order by id")
    assert told == [("worldnews", 1, "unfinished", None), ("worldnews", 2, "imported", 2)]
    before = (other / "articles.sqlite").read_bytes()
    load(other)
    assert (other / "articles.sqlite").read_bytes() == before


def history_of(folder, *starts, section="world-news"):
    """A history whose runs began then."""
    folder.mkdir(exist_ok=True)
    with History(folder / "worldnews.history.sqlite") as history:
        for start in starts:
            run = durable.begin(history, section, 1)
            history.db.execute("update runs set started = ? where id = ?", (start, run))
            history.db.commit()


def test_runs_of_several_histories_are_told_apart(keeper, tmp_path):
    """One that was begun anew, and one of another folder, whose crawl began in the same second."""
    nights, others = tmp_path / "nights", tmp_path / "others"
    history_of(nights, FIRST, SECOND)
    history_of(others, FIRST, section="business")
    for folder in (nights, others):
        written(folder / "a.jsonl", article(1))
    load(tmp_path, nights, others, keeper=keeper)
    (nights / "worldnews.history.sqlite").unlink()
    history_of(nights, THIRD)
    load(tmp_path, nights, others, keeper=keeper)
    found = keeper.rows(tmp_path, "select folder, section, id, started from runs order by folder, started")
    assert [(Path(folder).name, *rest) for folder, *rest in found] == [
        ("nights", "world-news", 1, FIRST), ("nights", "world-news", 2, SECOND), ("nights", "world-news", 1, THIRD),
        ("others", "business", 1, FIRST),
    ]  # fmt: skip


def test_a_history_that_was_moved_or_loaded_again_has_each_run_once(keeper, tmp_path):
    history_of(tmp_path / "here", FIRST, SECOND)
    written(tmp_path / "here" / "a.jsonl", article(1))
    load(tmp_path, tmp_path / "here", keeper=keeper)
    (tmp_path / "here").rename(tmp_path / "there")
    load(tmp_path, tmp_path / "there", keeper=keeper)
    with History(tmp_path / "there" / "worldnews.history.sqlite") as history, history.db as db:
        db.execute("update runs set status = 0 where id = 1")
    load(tmp_path, tmp_path / "there", keeper=keeper)
    assert keeper.rows(tmp_path, "select id, ending from runs order by id") == [(1, "recovered"), (2, "unfinished")]


def test_a_copy_of_a_file_is_no_other_run(keeper, tmp_path):
    for name in ("empty", "nothing"):  # two quiet nights
        written(tmp_path / f"{name}.jsonl", ending="")
    file = written(tmp_path / "latest.jsonl", article(1), article(2))
    load(tmp_path, keeper=keeper)
    runs = "select source, started, new from runs where new > 0 order by started"
    written(tmp_path / "night-1.jsonl", article(1), article(2))
    file.rename(tmp_path / "zz.jsonl.gz")
    assert load(tmp_path, keeper=keeper) == {"night-1.jsonl": (0, 0, 2, 0), "zz.jsonl.gz": (0, 0, 2, 0)}
    latest = "latest.jsonl" if keeper.server is None else str(file)
    assert keeper.rows(tmp_path, runs) == [(latest, FIRST, 2)]
    written(file, article(3, SECOND))  # the next night, under the name that the first one had
    load(tmp_path, keeper=keeper)
    written(file, article(3, SECOND), article(4, SECOND))
    load(tmp_path, keeper=keeper)
    assert keeper.rows(tmp_path, runs) == [(latest, FIRST, 2), (latest, SECOND, 2)]
    assert keeper.rows(tmp_path, "select count(*) from runs") == [(4,)]


def test_a_history_that_cannot_be_read_is_named_and_the_articles_are_loaded(scrapy, tmp_path):
    (tmp_path / "output").mkdir()
    written(tmp_path / "output" / "a.jsonl", article(1))
    (tmp_path / "output" / "worldnews.history.sqlite").write_text("no history " * 100)
    status, _, told = scrapy("load")
    assert status == 2 and "worldnews.history.sqlite is not a history, or is damaged (" in told
    assert told.splitlines()[-1].startswith("exit status 2 (incomplete): 1 new article,")


# Another file in its place -------------------------------------------------------


@pytest.fixture
def strange(tmp_path):
    """Files that are no database of a load, by what the sentence on them says."""
    written(tmp_path / "a.jsonl", *map(article, range(40)))
    load(tmp_path)
    whole = (tmp_path / "articles.sqlite").read_bytes()
    files = {
        "is not a database": b"Some text.\n" * 200, "not a database": b"Text.\n", "damaged": whole[:4096] + b"\x55" * (len(whole) - 4096),
        "is a database of another version (schema version 1, not 3); move it away": whole[:60] + bytes([0, 0, 0, 1]) + whole[64:],
    }  # fmt: skip
    paths = {}
    for number, (said, data) in enumerate(files.items()):
        paths[said] = tmp_path / f"strange{number}"
        paths[said].write_bytes(data)
    paths["is a folder"] = tmp_path / "folder"
    paths["is a folder"].mkdir()
    paths["is a database of something else"] = tmp_path / "other.sqlite"
    with sqlite3.connect(tmp_path / "other.sqlite") as db:
        db.execute("create table things(x)")
    return paths


def test_a_strange_file_ends_in_a_sentence_and_stays_as_it_is(strange, scrapy, tmp_path):
    for said, path in strange.items():
        before = None if path.is_dir() else path.read_bytes()
        for command in (("load", "a.jsonl", "--database", path.name), ("find", "farmers", "--database", path.name)):
            status, _, told = scrapy(*command)
            (told,) = [line for line in (told or str(status)).splitlines() if not line.startswith("file ")]
            assert f"{path.name} " in told and said in told and "Errno" not in told, (command, said, told)
            assert told.startswith(("exit status 1 (failed): ", "newscrawl find: "))
        assert before is None or path.read_bytes() == before
    assert [path.name for path in tmp_path.glob(".*.lock")] == [".articles.lock"]  # a load's into a database of its own


def test_lines_of_another_encoding_are_no_articles(scrapy, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(f"{json.dumps(article(1))}\n".encode("utf-16"))
    status, _, told = scrapy("load", "a.jsonl")
    assert status == 2 and "0 new articles" in told and "not UTF-8" in told


def test_a_word_that_is_no_text_finds_nothing(searched):
    assert find(searched, ["fishers", "vol\udcff"], 10) == []


def test_find_in_an_empty_file(scrapy, tmp_path):
    (tmp_path / "empty.sqlite").touch()
    assert "empty.sqlite holds nothing" in scrapy("find", "dog", "--database", "empty.sqlite")[0]


def test_a_database_that_cannot_be_made_is_told(scrapy, tmp_path):
    written(tmp_path / "a.jsonl", article(1))
    status, _, told = scrapy("load", "a.jsonl", "--database", "a.jsonl/articles.sqlite")
    assert status == 1 and "articles.sqlite cannot be made or written to (" in told and "Errno" not in told


# Search --------------------------------------------------------------------------


@pytest.fixture
def searched(tmp_path):
    written(
        tmp_path / "a.jsonl",
        article(1, headline="Farmers go home", body="It rained."),
        article(2, headline="A quiet day", body="One farmer's dog \x1b[31m slept beside a Café."),
        article(3, headline="Ships", body="Home waters. A home for farmers was shut."),
    )
    load(tmp_path)
    return tmp_path / "articles.sqlite"


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["farmers"], [1, 2, 3]), (["FARMER", "home"], [1, 3]), (['"farmers go"'], [1]), (['"go farmers"'], []),
        (["caf*"], [2]), (["cafe"], [2]), (["farmer's"], [2]), (["headline:Ships"], []), (["a", "AND", "home"], [3]),
        (["rain)", "("], [1]), (["-", "ships"], [3]), (["'"], None), (["*"], None), (["NEAR(home"], []),
    ],
)  # fmt: skip
def test_find(searched, words, ids):
    if ids is None:
        with pytest.raises(ValueError, match="expected a word"):
            find(searched, words, 10)
        return
    found = [int(match.url.rsplit("-", 1)[1][7:12]) for match in find(searched, words, 10)]
    assert sorted(found) == ids
    assert found[:1] == ids[:1]  # in the headline it counts most


UNSPACED = {
    1: ("北海道で小さな祭り", "村の人々は夜まで踊った。Appleの新店も開く。"),
    2: ("京都的早晨", "老师说，今天上海下雨。𠮷先生没有来。"),
    3: ("ตลาดเช้า", "ชาวบ้านซื้อผลไม้ที่ตลาดริมแม่น้ำ"),
    4: ("ផ្សារពេលព្រឹក", "ប្រជាជនទិញផ្លែឈើ"),
    5: ("작은 마을의 축제", "사람들은 밤까지 춤을 추었다."),
    6: ("A quiet market", "Two 市場 and the café were open on the शनिवार."),
}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["北海道"], [1]), (["海道"], [1]), (["道"], [1]), (["京都"], [2]), (["都京"], []), (["海"], [1, 2]), (["祭り", "踊"], [1]),
        (["apple"], [1]), (["Appleの新店"], [1]), (["上海*"], [2]), (['"今天 上海"'], [2]), (["𠮷"], [2]),
        (["ตลาด"], [3]), (["แม่น้ำ"], [3]), (["ตลาด", "ผลไม้"], [3]), (["ที"], [3]), (["ผลไม่"], []),
        (["ព្រឹក"], [4]), (["마을"], [5]), (["춤"], [5]), (["市場", "cafe"], [6]), (["market"], [6]), (["शनिवार"], [6]), (["शनवर"], []),
    ],
)  # fmt: skip
def test_words_of_scripts_without_spaces(tmp_path, words, ids):
    written(
        tmp_path / "a.jsonl",
        *(article(number, headline=headline, body=body) for number, (headline, body) in UNSPACED.items()),
    )
    load(tmp_path)
    found = find(tmp_path / "articles.sqlite", words, 10)
    assert sorted(int(match.url.rsplit("-", 1)[1][7:12]) for match in found) == ids
    assert not any("\u200b" in match.snippet for match in found)
    content(tmp_path)


def test_a_text_without_spaces_that_changed_is_found_by_its_present_words_only(tmp_path):
    def found(word):
        return [match.snippet for match in find(tmp_path / "articles.sqlite", [word], 10)]

    written(tmp_path / "a.jsonl", article(1, body="今天上海下雨。"), article(2))
    load(tmp_path)
    assert found("上海") == ["今天[上海]下雨。"]
    written(tmp_path / "b.jsonl", article(1, SECOND, body="明天北京下雪。"), article(2, SECOND, body="大阪は晴れ。"))
    load(tmp_path)
    assert [*map(found, ("上海", "北京", "大阪", "farmers"))] == [[], ["明天[北京]下雪。"], ["[大阪]は晴れ。"], []]
    written(tmp_path / "c.jsonl", article(1, THIRD, body="A ship came."))
    load(tmp_path)
    assert found("北京") == [] and found("ships") == ["A [ship] came."]
    content(tmp_path)
    with sqlite3.connect(tmp_path / "articles.sqlite") as db:  # another program takes something out
        db.execute("delete from articles where id like '%2'")
    assert found("大阪") == [] and rows(tmp_path, "select count(*) from searched_texts") == [(0,)]
    rows(tmp_path, "insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")  # raises


def test_what_changed_is_found_by_its_present_words_only(searched, tmp_path):
    written(tmp_path / "b.jsonl", article(1, SECOND, headline="Fishers stay", body="It snowed."))
    load(tmp_path)
    assert find(searched, ["rained"], 10) == []
    assert [match.headline for match in find(searched, ["snowed"], 10)] == ["Fishers stay"]
    content(tmp_path)


def test_find_for_a_person_and_for_a_program(searched, scrapy):
    status, text, _ = scrapy("find", "dog", "--database", "articles.sqlite")
    assert (status, text.splitlines()[0]) == (0, "2025-09-03  A quiet day")
    assert r"One farmer's [dog] \x1b[31m slept" in text.splitlines()[2]
    _, text, _ = scrapy("find", "farmers", "-n", "1", "--json", "--database", "articles.sqlite")
    (match,) = json.loads(text)
    assert list(match) == ["date", "headline", "url", "snippet", "publisher", "section", "language"]
    assert match["headline"] == "Farmers go home"
    assert scrapy("find", "zebra", "--database", "articles.sqlite")[1:] == ("", "no article has zebra\n")


def test_find_says_why_it_cannot(scrapy):
    for arguments in (("dog",), ("dog", "--database", "none.sqlite"), ("--wrong",)):
        assert str(scrapy("find", *arguments)[0]).startswith("newscrawl find: ")


@pytest.fixture
def locked(tmp_path):
    """A folder that holds a database, and that nobody but root can write to."""
    with tempfile.TemporaryDirectory() as temporary:  # the folders of tmp_path are not to be entered by others
        folder = Path(temporary)
        written(folder / "a.jsonl", article(1))
        load(folder)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def as_nobody(function, *arguments):
    """What a function gives, as text, in a process that is not root's; or its error."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            told = str(function(*arguments))
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
        os.write(theirs, told.encode())
        os._exit(0)
    os.close(theirs)
    with open(ours) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return told


def count_of(path, word):
    return len(find(path, [word], 10))


def test_find_in_a_folder_that_cannot_be_written_to(locked):
    before = sorted(locked.iterdir())
    assert as_nobody(count_of, locked / "articles.sqlite", "farmers") == "1"
    assert sorted(locked.iterdir()) == before


def test_find_in_such_a_folder_beside_a_load(locked):
    locked.chmod(0o755)
    with Database(locked / "articles.sqlite") as database:
        with database.transaction():
            database.put(article(2))
        locked.chmod(0o555)
        assert as_nobody(count_of, locked / "articles.sqlite", "farmers") == "2"
        locked.chmod(0o755)


def test_a_load_that_begins_while_such_a_folder_is_searched_is_told(locked):
    opened, opens = os.pipe()
    ended, ends = os.pipe()

    def search():
        with reading(locked / "articles.sqlite"):
            os.write(opens, b"x")
            os.read(ended, 1)

    def begin():
        os.read(opened, 1)
        (locked / "articles.sqlite-wal").touch()
        os.write(ends, b"x")

    loader = Thread(target=begin)
    loader.start()
    told = as_nobody(search)
    loader.join()
    assert "a load has begun to write to" in told


def test_load_into_a_folder_that_cannot_be_written_to(locked):
    told = as_nobody(Database, locked / "articles.sqlite")
    assert told.startswith("OSError: ")
    assert "articles.sqlite cannot be made or written to (Permission denied)" in told


def test_a_program_reads_it_as_immutable_where_nothing_can_be_written(locked):
    """As ``datasette -i`` does."""

    def count():
        with sqlite3.connect(f"file:{locked}/articles.sqlite?immutable=1", uri=True) as db:
            return db.execute("select count(*) from articles").fetchone()[0]

    assert as_nobody(count) == "1"


# A clock that was wrong ------------------------------------------------------------


def test_a_version_of_the_future_is_not_the_last(tmp_path):
    written(tmp_path / "1.jsonl", article(headline="As it was first", crawled="2999-01-01T02:30:00Z"))
    written(tmp_path / "2.jsonl", article(headline="Corrected", crawled=SECOND))
    written(tmp_path / "3.jsonl", article(headline="As it was first", crawled="2999-01-02T02:30:00Z"))
    load(tmp_path)
    assert rows(tmp_path, "select headline from articles") == [("Corrected",)]
    assert rows(tmp_path, "select count(*) from earlier") == [(2,)]


def test_the_history_tells_which_version_came_last(tmp_path):
    """The clock went back to its beginning for one night, in which a story was corrected."""
    nights = [article(headline="As it was first", crawled=SECOND), article(headline="Corrected", crawled=FIRST)]
    with History(tmp_path / "worldnews.history.sqlite") as history:
        for number, one in enumerate(nights, 1):
            run = durable.begin(history, "world-news", 1)
            history.write(durable.version_of(one, run, str(written(tmp_path / f"{number}.jsonl", one))))
            durable.publish(history, run)
    load(tmp_path)
    assert rows(tmp_path, "select headline, crawled_at from articles") == [("Corrected", FIRST)]
    assert rows(tmp_path, "select headline from earlier") == [("As it was first",)]
    assert rows(tmp_path, "select count(*) from articles_fts where articles_fts match 'corrected'") == [(1,)]
    before = content(tmp_path)
    load(tmp_path)
    assert content(tmp_path) == before


def test_a_version_that_was_put_behind_another_is_known(tmp_path):
    """A copy of a file has it again: it does not come before what the history says was last."""
    first, second = article(1, topics=["Storms"], body="Wind."), article(1, THIRD)
    load(tmp_path, written(tmp_path / "a.jsonl", first, second))
    with IN_SQLITE.opened(tmp_path) as tables:
        for _ in "twice":
            with tables.transaction():
                tables.prefer(f"{first['publisher']}/{first['id']}", FIRST, first["content_hash"])
            with tables.transaction():
                assert tables.enter([second, first]) == (0, 0, 2)
    assert rows(tmp_path, "select a.crawled_at, e.crawled_at, topic from articles a, earlier e, topics") == [
        (FIRST, THIRD, "Storms")
    ]
