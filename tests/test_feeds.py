"""The forms of output beside JSON Lines: each is a feed like any other, read back here by another reader."""

from __future__ import annotations

import csv
import ctypes
import gzip
import io
import json
import marshal
import os
import pickle
import re
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from scrapy.exporters import BaseItemExporter
from scrapy.utils.misc import load_object

from newscrawl import settings
from newscrawl.article.item import Article, Image, TextLink, Update
from newscrawl.article.types import FIELDS
from newscrawl.demo.edition import PER_PAGE, stories
from newscrawl.feeds.digest import AtomExporter, JsonFeedExporter
from newscrawl.feeds.excel import CELL_LIMIT, ExcelExporter
from newscrawl.feeds.sqlite import SqliteExporter
from newscrawl.load.database import Database
from newscrawl.load.files import load_file
from newscrawl.load.search import Filter, find
from newscrawl.signals import file_whole
from tests.conftest import FAST, PROJECT, SENTENCE
from tests.test_command_line import QUICK
from tests.test_history import killed, section

FORMS = {
    "a.jsonl": "jsonlines",
    "a.parquet": "parquet",
    "a.sqlite": "sqlite",
    "b.sqlite.gz": "sqlite",
    "excel.csv": "excel",
    "a.atom": "atom",
    "feed.json": "jsonfeed",
    "a.json": "json",
    "a.csv": "csv",
    "a.xml": "xml",
    "a.pickle": "pickle",
}


def parquet():
    return pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'newscrawl[parquet]'")


def setting(folder, **forms):
    return ("-s", f"FEEDS={json.dumps({str(folder / name): options for name, options in forms.items()})}")


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """The bundled edition in every form, by one run."""
    folder = tmp_path_factory.mktemp("edition")
    try:
        parquet()
    except pytest.skip.Exception:
        forms = {name: form for name, form in FORMS.items() if form != "parquet"}
    else:
        forms = FORMS
    feeds = {name: {"format": form, "overwrite": True} for name, form in forms.items()}
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, "-a", "start=demo", *setting(folder, **feeds)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not list(folder.glob("*.part*"))
    assert {path.name for path in folder.iterdir() if path.name in FORMS} == set(forms)
    return folder


@pytest.fixture(scope="module")
def lines(edition):
    return [json.loads(line) for line in (edition / "a.jsonl").read_text(encoding="utf8").splitlines()]


def article(**values):
    """An article with every field filled in some way."""
    found = Article(
        "https://x.example/1", "1", "x.example", headline="Über alles: „ja“", body="One.\n\nTwo, “quoted”.",
        date_published="2025-09-03T19:49:00+05:30", crawled_at="2025-09-03T14:19:30Z",
        extraction={"headline": "h1", "body": None},
    )  # fmt: skip
    for name, value in values.items():
        setattr(found, name, value)
    found.seal()
    return found


IMAGE = Image("https://x.example/1.jpg", "The quay of Maro", width=1200)
UPDATES = [Update("2025-09-03T19:49:00+05:30", "A ship", "It came.\n\nIt went.", "*It* came."), Update()]
LINK = TextLink("https://x.example/2", "“the quay”", True)


def with_objects(**values):
    """An article whose lists of objects have some."""
    found = article(images=[IMAGE], keywords=["quay", "ships"], **values)
    found.updates, found.links_in_text = UPDATES, [LINK]  # which sealing makes of the story
    return found


def exported(exporter_class, *articles, **options):
    file = io.BytesIO()
    exporter = exporter_class(file, **options)
    exporter.start_exporting()
    for one in articles:
        exporter.export_item(one)
    exporter.finish_exporting()
    return file.getvalue()


# All forms ---------------------------------------------------------------------


def test_scrapys_own_forms_go_on_working(edition, lines):
    assert json.loads((edition / "a.json").read_text(encoding="utf8")) == lines
    with (edition / "a.csv").open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["headline"] for row in rows] == [line["headline"] for line in lines]
    for name in ("extraction", "images"):
        assert [json.loads(row[name] or "[]") for row in rows] == [line[name] for line in lines]
    assert [item.findtext("id") for item in ElementTree.parse(edition / "a.xml").getroot()] == [
        line["id"] for line in lines
    ]
    with (edition / "a.pickle").open("rb") as file:
        assert pickle.load(file)["id"] == lines[0]["id"]


OBJECTS = {
    "images": [
        {"url": "https://x.example/1.jpg", "caption": "The quay of Maro", "credit": None, "alt": None, "width": 1200,
         "height": None}
    ],
    "updates": [
        {"time": "2025-09-03T19:49:00+05:30", "headline": "A ship", "text": "It came.\n\nIt went.",
         "markdown": "*It* came."},
        {"time": None, "headline": None, "text": "", "markdown": ""},
    ],
    "links_in_text": [{"url": "https://x.example/2", "text": "“the quay”", "internal": True}],
}  # fmt: skip


def test_objects_in_lists_are_the_same_in_every_form():
    one, whole = with_objects(), with_objects().to_dict()
    assert {name: whole[name] for name in OBJECTS} == OBJECTS
    lines = exported(exporter("jsonl"), one, encoding="utf-8")
    assert json.loads(lines) == json.loads(exported(exporter("json"), one))[0] == whole
    (row,) = csv.DictReader(io.StringIO(exported(exporter("csv"), one).decode(), newline=""))
    assert {name: json.loads(row[name]) for name in OBJECTS} == OBJECTS
    assert row["keywords"] == "quay,ships"
    (row,) = table_of(exported(ExcelExporter, one))
    assert {name: json.loads(row[name]) for name in OBJECTS} == OBJECTS
    assert row["keywords"] == "quay; ships"
    assert pickle.loads(exported(exporter("pickle"), one)) == marshal.loads(exported(exporter("marshal"), one)) == whole


def test_objects_in_lists_are_elements_of_xml():
    (item,) = ElementTree.fromstring(exported(exporter("xml"), with_objects()))
    assert [part.tag for part in item.find("images/value")] == ["url", "caption", "width"]
    assert item.findtext("updates/value/text") == "It came.\n\nIt went."
    assert item.findtext("links_in_text/value/url") == "https://x.example/2"


def test_objects_in_lists_are_structures_of_parquet(tmp_path):
    parquet()
    path = tmp_path / "a.parquet"
    path.write_bytes(exported(exporter("parquet"), with_objects(), article(id="2")))
    first, second = rows(path)
    assert {name: first[name] for name in OBJECTS} == OBJECTS
    assert {name: second[name] for name in OBJECTS} == {name: [] for name in OBJECTS}
    types = {field.name: str(field.type) for field in parquet().ParquetFile(path).schema_arrow}
    assert types["links_in_text"] == (
        "list<element: struct<url: string not null, text: string not null, internal: bool not null> not null>"
    )
    assert "time: timestamp[us, tz=UTC], time_offset: int16" in types["updates"]
    assert "width: int64" in types["images"]


def test_objects_in_lists_are_json_of_sqlite(tmp_path):
    path = tmp_path / "a.sqlite"
    path.write_bytes(exported(SqliteExporter, with_objects()))
    with closing(sqlite3.connect(path)) as db:
        (found,) = db.execute(f"select {', '.join(OBJECTS)} from articles").fetchall()
        assert dict(zip(OBJECTS, map(json.loads, found), strict=True)) == OBJECTS
        query = "select i.value ->> 'width' from articles, json_each(images) i"
        assert db.execute(query).fetchall() == [(1200,)]


def test_an_object_with_a_key_that_has_no_column_ends_the_run():
    parquet()
    failing = exporter("parquet")(io.BytesIO())
    failing.start_exporting()
    failing.export_item(article(images=[{"url": "https://x.example/1.jpg", "mood": "glad"}]))
    assert "images: expected url, caption, credit, alt, width, height, not mood" in str(failing.error)


def exporter(form):
    """The exporter of a form, as the settings have it."""
    return load_object((settings.FEED_EXPORTERS | {"json": "scrapy.exporters.JsonItemExporter"})[form])


@pytest.mark.parametrize("name", ["a.parquet", "a.sqlite", "a.csv:excel", "a.atom", "a.json:jsonfeed"])
def test_a_form_by_its_name_on_the_command_line(crawl, tmp_path, name):
    if "parquet" in name:
        parquet()
    run = crawl(*QUICK, output=name)
    assert run.status == 0, run.stderr
    assert (tmp_path / name.partition(":")[0]).stat().st_size
    assert f"all {PER_PAGE} articles written" in run.last_line


def test_a_missing_library_is_named_before_anything_is_asked_for(crawl, tmp_path):
    (tmp_path / "pyarrow.py").write_text("raise ImportError('hidden')")
    run = crawl(*QUICK, output="a.parquet", PYTHONPATH=f"{tmp_path}:{PROJECT}")
    assert run.status == 1
    assert "pip install 'newscrawl[parquet]'" in run.last_line
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.glob("a.parquet*"))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"format": "sqlite", "fields": ["headlin"]}, "headlin"),
        ({"format": "excel", "item_export_kwargs": {"colour": 1}}, "colour"),
        ({"format": "atom", "item_export_kwargs": {"newest": 0}}, "newest"),
    ],
)
def test_a_wrong_option_ends_the_run_at_once(crawl, tmp_path, options, word):
    run = crawl(*QUICK, *setting(tmp_path, a=options), output=None)
    assert run.status == 1
    assert word in run.last_line
    assert "Traceback" not in run.stderr


def test_the_feed_of_an_unknown_format_is_named(crawl, tmp_path):
    """In FEEDS, a colon is part of the name: another format than the ending's is an option."""
    run = crawl(*QUICK, *setting(tmp_path, **{"a.jsonl": {}, "grow.csv:excel": {}}), output=None)
    assert run.status == 1
    assert "grow.csv:excel cannot be written: there is no format csv:excel" in run.last_line
    assert 'name one, as in {"format": "excel"}' in run.last_line
    assert "a.jsonl" not in run.last_line


class Failing(BaseItemExporter):
    """Somebody's exporter that cannot end."""

    def __init__(self, file, **kwargs):
        super().__init__(dont_fail=True, **kwargs)
        self.file = file

    def export_item(self, item):
        self.file.write(b"torn")

    def finish_exporting(self):
        raise RuntimeError("cannot end")


def test_a_file_that_was_not_completed_never_has_its_name(crawl, tmp_path):
    feeds = {"a.torn": {"format": "torn", "overwrite": True}, "a.jsonl": {"format": "jsonlines", "overwrite": True}}
    exporter = ("-s", f"FEED_EXPORTERS={json.dumps({'torn': 'tests.test_feeds.Failing'})}")
    run = crawl(*QUICK, *setting(tmp_path, **feeds), *exporter, output=None)
    assert run.status == 1
    assert "a.torn was not completed" in run.last_line
    assert not {path.name for path in tmp_path.iterdir()} & set(feeds)
    run = crawl(*QUICK, output="b.jsonl")
    assert len(run.articles) == PER_PAGE, run.last_line
    assert not list(tmp_path.glob("*.part"))


def forget():
    raise RuntimeError("it was not noted")


class Forgetful:
    """What is to note that a file is whole, and fails."""

    @classmethod
    def from_crawler(cls, crawler):
        crawler.signals.connect(forget, signal=file_whole)
        return cls()


@pytest.mark.parametrize("remembers", ["1", "0"])
def test_a_file_that_was_not_noted_does_not_get_its_name(crawl, tmp_path, remembers):
    addon = ("-s", f"ADDONS={json.dumps({'tests.test_feeds.Forgetful': 0})}")
    run = crawl(*QUICK, *addon, "-s", f"HISTORY_ENABLED={remembers}")
    assert run.status == 1 and "it was not noted" in run.last_line
    assert not (tmp_path / "out.jsonl").exists()


# Standard output and standard error ---------------------------------------------


def demo_crawl(output, **streams):
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, "-a", "start=demo", "-O", str(output)],
        cwd=PROJECT, **streams,
    )  # fmt: skip


def test_standard_output(crawl):
    run = crawl(*QUICK, "-O", "-:jsonl", output=None)
    assert run.status == 0, run.stderr
    assert len([json.loads(line) for line in run.stdout.splitlines()]) == PER_PAGE
    assert "WARNING" not in run.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv", "excel", "sqlite"])
@pytest.mark.parametrize("articles", [0, 1])
def test_a_reader_of_standard_output_that_goes(form, articles):
    """At once, or after the first line; the edition does not fit into a pipe."""
    with demo_crawl(f"-:{form}", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as crawling:
        for _ in range(articles):
            assert crawling.stdout.readline()
        crawling.stdout.close()
        said = crawling.stderr.read().decode()
    assert crawling.returncode == 1
    assert said.splitlines()[-1] == (
        "exit status 1 (failed): the output could not be written: standard output: its reader has gone;"
        " fix that and run again (newscrawl explain output-failed)"
    )
    assert not re.search("Traceback|ERROR|Exception|^file ", said, re.MULTILINE)


def test_standard_output_on_a_full_disk():
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as file, demo_crawl("-:jsonl", stdout=file, stderr=subprocess.PIPE) as crawling:
        said = crawling.stderr.read().decode()
    assert crawling.returncode == 1
    assert "standard output: No space left on device" in said.splitlines()[-1]
    assert "Traceback" not in said


def test_a_reader_of_standard_error_that_goes(tmp_path):
    """The status says how the run went, and it went well."""
    with demo_crawl(tmp_path / "a.jsonl", stderr=subprocess.PIPE) as crawling:
        crawling.stderr.close()
    assert crawling.returncode == 0
    assert len((tmp_path / "a.jsonl").read_text(encoding="utf8").splitlines()) == len(stories())


# Parquet -------------------------------------------------------------------------


def rows(path):
    """A Parquet file's rows in the form of the contract."""
    for row in parquet().read_table(path).to_pylist():
        for name in ("date_published", "date_modified"):
            minutes = row.pop(f"{name}_offset")
            if row[name] is not None:
                offset = timedelta(minutes=minutes)
                row[name] = f"{(row[name] + offset).replace(tzinfo=None).isoformat()}{as_text(minutes)}"
        row["crawled_at"] = row["crawled_at"].strftime("%Y-%m-%dT%H:%M:%SZ")
        for update in row["updates"]:
            minutes = update.pop("time_offset")
            if update["time"] is not None:
                local = (update["time"] + timedelta(minutes=minutes)).replace(tzinfo=None)
                update["time"] = f"{local.isoformat()}{as_text(minutes)}"
        yield row


def as_text(minutes):
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def test_parquet_holds_what_the_lines_hold(edition, lines):
    assert list(rows(edition / "a.parquet")) == lines


def test_parquet_has_types(edition):
    table = parquet().ParquetFile(edition / "a.parquet")
    types = {field.name: str(field.type) for field in table.schema_arrow}
    assert types["date_published"] == types["crawled_at"] == "timestamp[us, tz=UTC]"
    assert (types["premium"], types["word_count"]) == ("bool", "int64")
    assert types["topics"] == "list<element: string not null>"
    assert types["extraction"] == "struct<headline: string, body: string, date_published: string>"
    assert table.metadata.row_group(0).column(0).compression == "ZSTD"
    assert [name for name in types if not name.endswith("_offset")] == list(FIELDS)


def test_parquet_is_read_by_duckdb(edition, lines):
    duckdb = pytest.importorskip("duckdb")
    if not (edition / "a.parquet").exists():
        parquet()
    query = f"select id, epoch(date_published), topics from '{edition / 'a.parquet'}'"
    for (key, seconds, topics), line in zip(duckdb.sql(query).fetchall(), lines, strict=True):
        assert (key, topics) == (line["id"], line["topics"])
        assert seconds == (line["date_published"] and datetime.fromisoformat(line["date_published"]).timestamp())


def test_parquet_is_loaded_by_hugging_face(edition, lines, tmp_path, monkeypatch):
    """It knows no map type."""
    parquet()
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    found = datasets.load_dataset(
        "parquet", data_files=str(edition / "a.parquet"), split="train", cache_dir=str(tmp_path)
    )
    assert found["extraction"] == [line["extraction"] for line in lines]


def test_a_rule_that_has_no_column_ends_the_run():
    parquet()
    from newscrawl.feeds.parquet import ParquetExporter

    exporter = ParquetExporter(io.BytesIO())
    exporter.start_exporting()
    exporter.export_item(article(extraction={"headline": "h1", "mood": "glad"}))
    assert "extraction: expected headline, body, date_published, not mood" in str(exporter.error)


@pytest.mark.parametrize("limit", [{"rows": 4}, {"characters": 400}])
def test_a_row_group_is_written_when_it_is_full(limit):
    parquet()
    from newscrawl.feeds.parquet import ParquetExporter

    file = io.BytesIO()
    exporter = ParquetExporter(file, **limit)
    exporter.start_exporting()
    for number in range(10):
        exporter.export_item(article(id=str(number), body="x" * 100))
        assert exporter.group.held < 4  # what is in memory
    exporter.finish_exporting()
    assert not file.closed
    table = parquet().ParquetFile(io.BytesIO(file.getvalue()))
    assert [table.metadata.row_group(n).num_rows for n in range(table.num_row_groups)] == [4, 4, 2]
    assert table.read(["id"])["id"].to_pylist() == [str(number) for number in range(10)]


def test_parquet_of_some_fields_and_of_none():
    parquet()
    from newscrawl.feeds.parquet import ParquetExporter

    data = exported(ParquetExporter, article(), fields_to_export={"date_published": "at", "id": "key"})
    table = parquet().read_table(io.BytesIO(data))
    assert table.column_names == ["at", "at_offset", "key"]
    assert table["at_offset"].to_pylist() == [330]
    assert parquet().read_table(io.BytesIO(exported(ParquetExporter))).num_rows == 0


def test_what_cannot_be_a_column_ends_the_run(site, crawl, tmp_path):
    """A pipeline of the user's that writes a date in a form of its own."""
    parquet()
    pipelines = ("-s", f"ITEM_PIPELINES={json.dumps({'tests.test_feeds.BadDate': 900})}")
    run = crawl(*QUICK, *pipelines, output="a.parquet")
    assert run.status == 1
    assert "could not be written" in run.last_line
    assert "yesterday" in run.last_line
    assert not (tmp_path / "a.parquet").exists()


class BadDate:
    def process_item(self, item):
        item.date_published = "yesterday"
        return item


@pytest.mark.parametrize("name", ["a.parquet", "a.sqlite"])
def test_a_killed_run_leaves_nothing_and_loses_nothing(site, tmp_path, crawl, name):
    if name == "a.parquet":
        parquet()
    killed(site, tmp_path, "-o", str(tmp_path / name))
    assert [path.name for path in tmp_path.glob("a.*")] == [f"{name}.part"]
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", output="b.jsonl")
    assert run.status == 0, run.stderr
    assert sorted(one["id"][-1] for one in run.articles) == ["1", "2", "3"]
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize("form", ["parquet", "sqlite"])
@pytest.mark.parametrize("how", [(), ("--replace",)], ids=["-o", "-O"])
def test_kills_at_random_moments(form, how):
    """``-o`` into new files and ``-O`` onto one: complete, or absent, or as it was; nothing lost or repeated."""
    if form == "parquet":
        parquet()
    done = subprocess.run(
        [sys.executable, "-m", "tests.crashes", "--kills", "6", "--articles", "40", "--form", form, *how],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("limit", [60_000, 150_000])
def test_a_full_disk_while_a_database_is_written(site, tmp_path, crawl, limit):
    section(site, range(1, 61), body=f"{SENTENCE} " * 50)
    start = ("-a", f"start={site.origin}/world-news", "-a", "pages=1")
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, *start, "-O", str(tmp_path / "a.sqlite")],
        cwd=PROJECT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "a.sqlite").exists()
    run = crawl(*start, output="b.jsonl")
    assert len(run.articles) == 60


# -o -------------------------------------------------------------------------------


def twice(crawl, tmp_path, name):
    """The listing's first page, and then the second and the first again, into one file."""
    for pages in ("1", "2"):
        run = crawl("-a", "start=demo", "-a", f"pages={pages}", "-a", "hops=0", "-o", str(tmp_path / name), output=None)
    return run


@pytest.fixture
def refused(site, crawl, tmp_path):
    """Runs a crawl that must be refused at once: one sentence, nothing asked for, nothing touched."""

    def run(*arguments):
        def state():
            return {p: (p.is_file() and p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(tmp_path.rglob("*"))}

        section(site, [1, 2])
        before = state()
        run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", *arguments, output=None)
        assert run.status == 1, run.stderr
        assert state() == before
        assert site.requests == []
        assert not re.search("Traceback|WARNING|ERROR|^file ", run.stderr, re.MULTILINE)
        return run.last_line

    return run


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("a.parquet", b"PAR1"),
        ("a.json", b"[]"),
        ("a.json.gz", b"[]"),
        ("a.xml", b"<items/>"),
        ("a.sqlite.gz", b"zipped"),
        ("%(name)s.parquet", b"PAR1"),
        ("worldnews.parquet.d/../a.parquet", b"PAR1"),
    ],
)
def test_what_cannot_be_added_to_is_refused_at_the_start(refused, tmp_path, name, held):
    if "parquet" in name:
        parquet()
    (tmp_path / "worldnews.parquet.d").mkdir()
    (tmp_path / (name % {"name": "worldnews"})).write_bytes(held)
    last_line = refused("-o", str(tmp_path / name))
    assert f"{name} cannot be written: it exists" in last_line
    assert "-O " in last_line and "another name" in last_line and "%(time)s" in last_line


@pytest.mark.parametrize("name", ["a.sqlite", "a.atom", "a.jsonfeed"])
def test_what_is_something_else_is_refused_at_the_start(refused, tmp_path, name):
    (tmp_path / name).write_text('{"my": "notes"}' * 100)
    last_line = refused("-o", str(tmp_path / name))
    assert f"{name} cannot be written: it exists" in last_line
    assert "-O replaces it" in last_line


def test_an_entry_without_a_date_is_no_digest_of_ours(refused, tmp_path):
    (tmp_path / "a.atom").write_text(f'<feed xmlns="{ATOM[1:-1]}"><entry><id>1</id></entry></feed>')
    assert "not an Atom feed that newscrawl wrote" in refused("-o", str(tmp_path / "a.atom"))


@pytest.mark.parametrize("name", ["feed.atom.gz", "feed.jsonfeed.gz", "a.parquet.gz"])
@pytest.mark.parametrize("option", ["-o", "-O"])
def test_compression_without_sense_is_refused_at_the_start(refused, tmp_path, name, option):
    if "parquet" in name:
        parquet()
    assert "leave .gz out" in refused(option, str(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("other://x/a.jsonl", "newscrawl cannot deliver to other://"),
        ("%(nonsense)s.jsonl", "%(nonsense)s.jsonl cannot be written"),
    ],
)
def test_a_feed_that_scrapy_would_crawl_on_without(site, crawl, tmp_path, name, told):
    section(site, [1, 2])
    run = crawl("-a", f"start={site.origin}/world-news", "-O", name, output=None, cwd=PROJECT)
    assert run.status == 1
    assert told in run.last_line
    assert site.requests == []


def test_one_refused_feed_of_several_refuses_all(refused, tmp_path):
    parquet()
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    (tmp_path / "c.jsonl").write_bytes(b'{"older": 1}\n')
    feeds = {"a.jsonl": {"overwrite": True}, "b.parquet": {}, "c.jsonl": {}, "d.sqlite": {}}
    last_line = refused(*setting(tmp_path, **feeds))
    assert "b.parquet cannot be written" in last_line
    assert not re.search(r"a\.jsonl|c\.jsonl|d\.sqlite", last_line)


@pytest.mark.parametrize("name", ["a.jsonl", "a.atom", "a.sqlite"])
@pytest.mark.parametrize("option", ["-o", "-O"])
def test_a_folder_of_that_name_is_found_at_the_start(refused, tmp_path, name, option):
    (tmp_path / name).mkdir()
    assert f"{name} cannot be written: it is a folder" in refused(option, str(tmp_path / name))


def test_what_is_no_file_is_not_replaced(refused, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "pipe cannot be written: it is not a regular file" in refused("-O", f"{tmp_path / 'pipe'}:jsonl")


@pytest.mark.parametrize("name", ["feed.atom", "a.jsonl", "deeper/a.jsonl"])
def test_a_folder_without_the_right_to_write_is_found_at_the_start(site, tmp_path, name):
    folder = tmp_path / "ro"
    folder.mkdir(mode=0o555)
    section(site, [1, 2])
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, "-a", f"start={site.origin}/world-news",
         "-O", str(folder / name)],
        cwd=PROJECT, capture_output=True, text=True, check=False, preexec_fn=without_privileges,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{name} cannot be written: the folder {folder} is not writable" in done.stderr
    assert "Errno" not in done.stderr and "Traceback" not in done.stderr
    assert site.requests == []


def without_privileges():
    """Let a superuser's next program heed the rights of files (capabilities(7)); any other user has none to drop."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    for capability in (1, 2) if prctl else ():  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("a.jsonl", b"hello\n"),
        ("a.jsonl", b'["one"]\n'),
        ("a.jsonl", b'[{"id": "1"},\n{"id": "2"}]\n'),
        ("a.jsonl", b"\x80\x81\n"),
        ("a.jsonl.gz", gzip.compress(b"hello\n", mtime=0)),
        ("a.jsonl.gz", gzip.compress(b'{"id": "1"}\n', mtime=0)[:-12]),
        ("a.jsonl.gz", b'{"id": "1"}\n'),
        ("a.jsonl.gz", gzip.compress(b'{"id": "1"}', mtime=0)),
        ("a.jsonl.gz", gzip.compress(b'{"id": "1"}\n' * 99, mtime=0)[:-4]),
        ("a.csv.gz", gzip.compress(b"id\r\n1\r\n", mtime=0)[:-4]),
        ("a.csv:excel", b"a,b\r\n1,2\r\n"),
        ("a.csv:excel", b"url\r\nhttps://x.example/1\r\n"),
        ("a.csv.gz:excel", gzip.compress(b"a,b\r\n1,2\r\n", mtime=0)),
        ("a.csv:excel", b"\r\n"),
    ],
)
def test_lines_and_tables_of_something_else_are_refused_at_the_start(refused, tmp_path, name, held):
    (tmp_path / name.partition(":")[0]).write_bytes(held)
    last_line = refused("-o", str(tmp_path / name))
    assert "cannot be written: it exists" in last_line
    assert "-O replaces it" in last_line


def test_a_table_with_other_columns_is_refused_with_their_names(refused, crawl, tmp_path):
    name = f"{tmp_path / 'a.csv'}:excel"
    assert crawl(*QUICK, "-s", "FEED_EXPORT_FIELDS=id,headline", "-o", name, output=None).status == 0
    last_line = refused("-o", name)
    assert "its columns are 'id, headline', not 'url, id, publisher" in last_line


@pytest.mark.parametrize(
    ("encoding", "held"),
    [("utf-8", '{"older": 1}'), ("utf-8", f'{{"older": "{"x" * 100_000}"}}'), ("latin-1", '{"älter": 1}')],
)
def test_lines_are_added_to_any_objects(crawl, tmp_path, encoding, held):
    (tmp_path / "a.jsonl").write_text(f"{held}\n", encoding=encoding)
    run = crawl(
        *QUICK, "-s", f"FEED_EXPORT_ENCODING={encoding}", "-s", "FEED_EXPORT_FIELDS=id", "-o", str(tmp_path / "a.jsonl"),
        output=None,
    )  # fmt: skip
    assert run.status == 0, run.stderr
    lines = (tmp_path / "a.jsonl").read_text(encoding=encoding).splitlines()
    assert (lines[0], len(lines)) == (held, 1 + PER_PAGE)


def test_an_empty_file_and_other_names_are_not_refused(crawl, tmp_path):
    parquet()
    (tmp_path / "other").mkdir()
    packed = tmp_path / "other" / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(b"", mtime=0))  # of a run that had nothing to write
    assert crawl(*QUICK, "-o", str(packed), output=None).status == 0
    (tmp_path / "a.parquet").touch()
    assert crawl(*QUICK, "-o", str(tmp_path / "a.parquet"), output=None).status == 0
    assert len(list(rows(tmp_path / "a.parquet"))) == PER_PAGE
    for number in range(2):  # two runs may begin in one second
        name = tmp_path / f"%(time)s-{number}" / "a.parquet"
        run = crawl(*QUICK, "-o", str(name), "-s", "HISTORY_ENABLED=0", output=None)
        assert run.status == 0, run.stderr


def test_a_file_that_comes_while_the_crawl_runs_is_left_alone(site, crawl, tmp_path):
    parquet()
    section(site, [1, 2])
    pages = site.routes

    class Meanwhile(dict):
        def get(self, path, default=None):
            (tmp_path / "a.parquet").write_bytes(b"another's")
            return super().get(path, default)

    site.routes = Meanwhile(pages)
    feeds = setting(tmp_path, **{"a.parquet": {}, "b.jsonl": {}})
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", *feeds, output=None)
    assert run.status == 1
    assert "cannot be added to" in run.last_line and "nothing is lost" in run.last_line
    assert (tmp_path / "a.parquet").read_bytes() == b"another's"
    assert not [line for line in run.stderr.splitlines() if line.startswith("file ")]
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", output="c.jsonl")
    assert len(run.articles) == 2
    assert not list(tmp_path.glob("*.part"))


def test_without_a_history_nobody_says_that_nothing_is_lost(crawl, tmp_path):
    (tmp_path / "taken.part").mkdir()
    feeds = setting(tmp_path, **{"taken": {"format": "jsonlines"}, "b.jsonl": {}})
    for enabled in (False, True):
        run = crawl(*QUICK, *feeds, "-s", f"HISTORY_ENABLED={int(enabled)}", output=None)
        assert run.status == 1
        assert "Is a directory" in run.last_line
        assert ("nothing is lost" in run.last_line) is enabled
        named = [line.split()[1] for line in run.stderr.splitlines() if line.startswith("file ")]
        assert all(name.endswith("b.jsonl") and (tmp_path / "b.jsonl").exists() for name in named)


def test_a_database_is_added_to(crawl, tmp_path):
    run = twice(crawl, tmp_path, "a.sqlite")
    assert run.status == 0, run.stderr
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as db:
        assert db.execute("select count(*), count(distinct id) from articles").fetchone() == (24, 24)
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        db.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")


def test_columns_that_are_not_wanted_are_null(crawl, tmp_path):
    assert crawl(*QUICK, "-s", "FEED_EXPORT_FIELDS=id,headline", output="a.sqlite").status == 0
    assert twice(crawl, tmp_path, "a.sqlite").status == 0
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as db:
        counts = "count(*), count(headline), count(content_hash), count(url), count(topics)"
        assert db.execute(f"select {counts} from articles").fetchone() == (24, 24, 24, 12, 12)
    among = Filter(demo=True)
    assert len(find(tmp_path / "a.sqlite", ["the"], 100, among)) > 12  # those without an address, too


def test_a_column_of_a_database_has_the_name_of_its_field():
    with pytest.raises(ValueError, match="key for id"):
        SqliteExporter(io.BytesIO(), fields_to_export={"id": "key", "url": "url"})


@contextmanager
def changed_by_another(path, statement, *, then):
    """Another program puts a database in WAL mode, changes it, and is killed (else the log would go with it)."""
    program = (
        "import sqlite3, sys, time\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('pragma journal_mode = wal')\n"
        f"db.execute({statement!r})\n"
        "print('done', flush=True)\n"
        "time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout.readline() == b"done\n"
            assert path.with_name(f"{path.name}-wal").stat().st_size
            if then == "killed":
                other.kill()
                other.wait()
            yield
        finally:
            other.kill()


@pytest.mark.parametrize("then", ["killed", "open"])
@pytest.mark.parametrize(("option", "kept"), [("-o", 12), ("-O", 0)])
def test_a_database_with_a_write_ahead_log(crawl, tmp_path, then, option, kept):
    path = tmp_path / "a.sqlite"
    run = ("-a", "start=demo", "-a", "hops=0", option, str(path))
    assert crawl(*run, "-a", "pages=1", output=None).status == 0
    with changed_by_another(path, "update articles set headline = 'Changed'", then=then):
        done = crawl(*run, "-a", "pages=2", output=None)
        assert done.status == 0, done.stderr
        assert {file.name for file in tmp_path.glob("a.*")} == {"a.sqlite"}
        with closing(sqlite3.connect(path)) as db:
            changed, count = db.execute("select sum(headline = 'Changed'), count(*) from articles").fetchone()
            assert (changed, count) == (kept, 24)
            assert db.execute("pragma integrity_check").fetchone() == ("ok",)
            assert db.execute("pragma journal_mode").fetchone() == ("delete",)
            db.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")


@pytest.mark.parametrize(
    "statements",
    [
        "create table articles(version integer primary key, title)",
        "create table articles(id integer primary key, url); pragma user_version = 1",
        "create table notes(text); pragma user_version = 1",
        "create table articles(version integer primary key); pragma user_version = 1; pragma application_id = 7",
    ],
)
def test_a_database_of_another_program_is_refused_at_the_start(refused, tmp_path, statements):
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as db:
        db.executescript(statements)
    last_line = refused("-o", str(tmp_path / "a.sqlite"))
    assert "a.sqlite cannot be written: it exists and cannot be added to" in last_line
    assert "is a database of something else" in last_line and "-O replaces it" in last_line


def content(path):
    """What a database of articles holds, whoever has made it."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")
        made = sorted(db.execute("select type, name, sql from sqlite_schema"))
        tables = ("articles", "earlier", "article_authors", "article_topics", "searched_texts")
        return made, [sorted(db.execute(f"select * from {table}"), key=repr) for table in tables]


def test_it_is_the_database_that_load_makes(crawl, tmp_path):
    """``-o`` of two nights, and the load of their lines: one form, and one content; each goes on with the other's."""
    for start in ("demo", "demo:2"):
        feeds = {f"{start[-1]}.jsonl": {}, "feed.sqlite": {}}
        assert crawl("-a", f"start={start}", *setting(tmp_path, **feeds), output=None).status == 0
    files = [tmp_path / "o.jsonl", tmp_path / "2.jsonl"]
    with Database(tmp_path / "load.sqlite") as database:
        for path in files:
            load_file(database, path, demo=True)
    assert content(tmp_path / "feed.sqlite") == content(tmp_path / "load.sqlite")
    assert content(tmp_path / "feed.sqlite")[1][1], "no earlier versions"
    words = ["volcano"]
    feed, load = (find(tmp_path / f"{name}.sqlite", words, 9, Filter(demo=True)) for name in ("feed", "load"))
    assert feed == load != []
    with Database(tmp_path / "feed.sqlite") as database:
        assert all(load_file(database, path, demo=True).new == 0 for path in files)
    arguments = ("-a", "start=demo:3", "-o", str(tmp_path / "load.sqlite"), "-s", "HISTORY_ENABLED=0")
    assert crawl(*arguments, output=None).status == 0
    with closing(sqlite3.connect(tmp_path / "load.sqlite")) as db:
        assert db.execute("select count(*) from files").fetchone() == (2,)  # what load knows stays
    assert len(content(tmp_path / "load.sqlite")[1][1]) > len(content(tmp_path / "feed.sqlite")[1][1])


def test_a_database_in_which_nothing_is_made_yet_is_added_to(crawl, tmp_path):
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as db:
        db.execute("vacuum")
        db.executescript("create table t(x); drop table t;")
    assert crawl(*QUICK, "-o", str(tmp_path / "a.sqlite"), output=None).status == 0


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_a_table_is_added_to_without_a_second_head(crawl, tmp_path, name):
    feeds = {name: {"format": "excel"}}
    for pages in ("1", "2"):
        run = crawl(
            "-a", "start=demo", "-a", f"pages={pages}", "-a", "hops=0", *setting(tmp_path, **feeds), output=None
        )
        assert run.status == 0, run.stderr
    data = (tmp_path / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline="")))
    assert "\ufeff" not in text
    assert len(table) == 25
    assert [row[0] for row in table].count("url") == 1


@pytest.mark.parametrize("name", ["a.atom", "a.jsonfeed"])
def test_a_digest_keeps_the_newest_of_all_nights(crawl, tmp_path, name):
    digest = {"a-%(started)s.jsonl": {"format": "jsonlines"}, name: {"item_export_kwargs": {"newest": 45}}}
    for start in ("demo", "demo:2"):
        run = crawl("-a", f"start={start}", *setting(tmp_path, **digest), output=None)
        assert run.status == 0, run.stderr
    assert "9 articles written" in run.last_line
    titles = titles_of(tmp_path / name)
    both = {story.id: story for night in (1, 2) for story in stories(night)}
    assert len(titles) == len(set(titles)) == 45 < len(both)
    changed = [
        s.text["headline"] for s in stories(2) if s.text["headline"] not in {o.text["headline"] for o in stories()}
    ]
    assert len(set(changed) & set(titles)) >= 6


def titles_of(path):
    if path.suffix == ".atom":
        return [entry.findtext(f"{ATOM}title") for entry in ElementTree.parse(path).getroot().iter(f"{ATOM}entry")]
    return [item["title"] for item in json.loads(path.read_text(encoding="utf8"))["items"]]


def test_a_digest_alone_has_no_history(crawl, tmp_path):
    """What stands among the newest only for a while was not emitted for good."""
    for _ in range(2):
        run = crawl(*QUICK, output="a.atom")
        assert f"all {PER_PAGE} articles written" in run.last_line
    assert [path.name for path in tmp_path.iterdir()] == ["a.atom"]


def test_the_history_does_not_count_a_digest(crawl, tmp_path):
    feeds = {"a.atom": {"overwrite": True}, "a-%(started)s.jsonl": {}}
    assert crawl(*QUICK, *setting(tmp_path, **feeds), output=None).status == 0
    with closing(sqlite3.connect(tmp_path / "worldnews-demo.history.sqlite")) as db:
        files = {name for (name,) in db.execute("select distinct file from versions")}
    assert len(files) == 1
    assert files.pop().endswith(".jsonl")


# SQLite ---------------------------------------------------------------------------


def stored(line):
    return {k: json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else v for k, v in line.items()}


def test_sqlite_holds_what_the_lines_hold(edition, lines, tmp_path):
    packed = tmp_path / "b.sqlite"
    packed.write_bytes(gzip.decompress((edition / "b.sqlite.gz").read_bytes()))
    for path in (edition / "a.sqlite", packed):
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            found = [dict(row) for row in db.execute("select * from articles order by article")]
            assert [row.pop("article") for row in found] == list(range(1, len(lines) + 1))
            assert found == [stored(line) | {"day": (line["date_published"] or "")[:10] or None} for line in lines]


def test_sqlite_is_searched_and_compared(edition, lines):
    with closing(sqlite3.connect(edition / "a.sqlite")) as db:
        found = db.execute(
            "select articles.headline from articles join articles_fts on article = articles_fts.rowid"
            " where articles_fts match 'coffee AND mountain' order by rank"
        ).fetchall()
        assert [headline for (headline,) in found] == [
            "Volcano on Pelu falls quiet, and farmers go home for the harvest"
        ]
        query = "select id from articles where datetime(date_published) < '2025-09-03 12:00:00'"
        assert "articles_by_instant" in db.execute(f"explain query plan {query}").fetchone()[-1]
        noon = datetime(2025, 9, 3, 12, tzinfo=UTC)
        dates = {line["id"]: line["date_published"] for line in lines}
        early = {key for key, date in dates.items() if date and datetime.fromisoformat(date) < noon}
        assert 0 < len(early) < len(lines)
        assert {key for (key,) in db.execute(query)} == early


def test_the_index_follows_later_changes(tmp_path):
    (tmp_path / "a.sqlite").write_bytes(exported(SqliteExporter, article()))
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as db:
        assert db.execute("select count(*) from articles_fts where articles_fts match 'uber'").fetchone() == (1,)
        db.execute("update articles set headline = 'Nothing'")
        assert db.execute("select count(*) from articles_fts where articles_fts match 'uber'").fetchone() == (0,)
        assert db.execute("select count(*) from articles_fts where articles_fts match 'nothing'").fetchone() == (1,)
        db.execute("delete from articles")
        assert db.execute("select count(*) from articles_fts where articles_fts match 'nothing'").fetchone() == (0,)


# Excel ----------------------------------------------------------------------------


def table_of(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_excel_reads_what_the_lines_hold(edition, lines):
    data = (edition / "excel.csv").read_bytes()
    table = table_of(data)
    assert list(table[0]) == list(FIELDS)
    for row, line in zip(table, lines, strict=True):
        for name in ("headline", "body", "description"):
            assert row[name] == (line[name] or "")
        assert row["topics"] == "; ".join(line["topics"])
        assert row["premium"] == str(line["premium"]).upper()
    assert data.count(b"\r\n") == len(lines) + 1


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
        ("+1 more", "'+1 more"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("007", "'007"),
        ("12345678901234567", "'12345678901234567"),
        ("12e5", "'12e5"),
        ("1-2", "'1-2"),
        ("9/11", "'9/11"),
        ("24.12.", "24.12."),
        ("24.12.2025", "'24.12.2025"),
        ("Sept 11", "'Sept 11"),
        ("7 October 2023", "'7 October 2023"),
        ("MARCH1", "'MARCH1"),
        ("10:30 pm", "'10:30 pm"),
        ("Market 1", "Market 1"),
        ("1-2-Go", "1-2-Go"),
        ("125090301234", "125090301234"),
        ("A = b", "A = b"),
        ("a\tb", "a\tb"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula_or_a_damaged_number(text, cell):
    (row,) = table_of(exported(ExcelExporter, article(id=text, authors=[text, "B"], body=f"{text}\n\nEnd.")))
    assert row["id"] == cell
    assert row["authors"] == f"{cell}; B" if cell[0] == "'" and text.lstrip()[:1] in "=+-@＝" else f"{text}; B"
    assert row["date_published"] == "2025-09-03T19:49:00+05:30"
    assert row["body"].endswith("\n\nEnd.")


def test_a_text_that_no_cell_can_hold_is_cut():
    long, row = "𝄞" * 20_000, table_of(exported(ExcelExporter, article(body="𝄞" * 20_000)))[0]
    assert row["body"].endswith("𝄞…")
    assert long.startswith(row["body"][:-1])
    assert CELL_LIMIT - 1 <= len(row["body"].encode("utf-16-le")) // 2 <= CELL_LIMIT


# Digests --------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"


def test_atom_is_read_by_another_reader(edition, lines):
    feedparser = pytest.importorskip("feedparser")
    feed = feedparser.parse((edition / "a.atom").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    by_link = {line["url"]: line for line in lines}
    assert len(feed.entries) == len({entry.id for entry in feed.entries}) == len(lines)
    for entry in feed.entries:
        line = by_link[entry.link]
        assert entry.title == line["headline"]
        shown = html5lib.parseFragment(entry.content[0].value, namespaceHTMLElements=False)
        assert set(line["body"].split()) - {"|"} <= set("".join(shown.itertext()).split())
        assert [tag.term for tag in entry.get("tags", [])] == line["topics"]


def test_atom_has_what_its_standard_asks_for(edition):
    feed = ElementTree.parse(edition / "a.atom").getroot()
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        assert [link.get("href") for link in entry.iter(f"{ATOM}link") if link.get("rel") == "alternate"]
    moments = [datetime.fromisoformat(text) for text in published(feed)]
    assert moments == sorted(moments, reverse=True)


def test_a_digest_tells_its_own_address_and_the_page_that_it_is_of(site, crawl, tmp_path):
    section(site, [1, 2])
    feeds, start = setting(tmp_path, **{"my a.atom": {}, "a.json": {"format": "jsonfeed"}}), f"{site.origin}/world-news"
    run = crawl("-a", f"start={start}", "-s", "DIGEST_URL=https://news.example/feeds", *feeds, output=None)
    assert run.status == 0, run.stderr
    links = ElementTree.parse(tmp_path / "my a.atom").getroot().findall(f"{ATOM}link")
    assert {link.get("rel"): link.get("href") for link in links} == {
        "self": "https://news.example/feeds/my%20a.atom", "alternate": start,
    }  # fmt: skip
    feed = json.loads((tmp_path / "a.json").read_text(encoding="utf8"))
    assert (feed["home_page_url"], feed["feed_url"]) == (start, "https://news.example/feeds/a.json")
    run = crawl("-a", f"start={start}", "-s", "DIGEST_URL=feeds", *feeds, output=None)
    assert run.status == 1
    assert "DIGEST_URL='feeds': expected an address" in run.last_line


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        ("https://x.example/a.jpg?w=1", "image/jpeg"),
        ("https://x.example/a.webp", "image/webp"),
        ("https://x.example/a", None),
    ],
)
def test_an_enclosure_has_its_type_where_the_address_tells_it(image, kind):
    feed = ElementTree.fromstring(exported(AtomExporter, article(image=image)))
    (link,) = [link for link in feed.iter(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert (link.get("href"), link.get("type")) == (image, kind)


def published(feed):
    return [e.findtext(f"{ATOM}published") or e.findtext(f"{ATOM}updated") for e in feed.iter(f"{ATOM}entry")]


def test_json_feed_has_what_its_standard_asks_for(edition, lines):
    feed = json.loads((edition / "feed.json").read_text(encoding="utf8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert {item["url"]: item["title"] for item in feed["items"]} == {line["url"]: line["headline"] for line in lines}
    for item in feed["items"]:
        assert item["id"] and item["content_html"].startswith(("<p>", "<figure>"))
        assert "<script" not in item["content_html"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo


@pytest.mark.parametrize("exporter", [AtomExporter, JsonFeedExporter])
def test_the_newest_are_kept_whatever_the_order(exporter, tmp_path):
    days = [5, 1, 9, 3, 7, 2, 8]
    articles = [
        article(
            id=str(day), url=f"https://x.example/{day}", headline=f"Day {day}",
            date_published=f"2025-09-0{day}T10:00:00Z", crawled_at="2025-09-10T00:00:00Z",
        )
        for day in days
    ]  # fmt: skip
    path = tmp_path / ("a.atom" if exporter is AtomExporter else "a.json")
    path.write_bytes(exported(exporter, *articles, newest=3))
    assert titles_of(path) == ["Day 9", "Day 8", "Day 7"]
    path.write_bytes(exported(exporter, newest=3))
    assert titles_of(path) == []


def test_a_digest_invents_no_date():
    undated = article(date_published=None)
    (item,) = json.loads(exported(JsonFeedExporter, undated))["items"]
    assert not item.keys() & {"date_published", "date_modified"}
    entry = ElementTree.fromstring(exported(AtomExporter, undated)).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}published") is None
    changed = article(date_published=None, date_modified="2025-09-03T10:00:00Z")
    (item,) = json.loads(exported(JsonFeedExporter, changed))["items"]
    assert (item.get("date_published"), item["date_modified"]) == (None, "2025-09-03T10:00:00Z")


@pytest.mark.parametrize("exporter", [AtomExporter, JsonFeedExporter])
def test_a_date_to_come_does_not_lead_a_digest(exporter, tmp_path):
    """Nor does one that a story lacks; both count as of when they were read, in the run after, too."""
    days = {
        "to come": "2035-09-03T10:00:00Z",
        "unknown": None,
        "now": "2025-09-03T14:19:30Z",
        "early": "2025-09-01T00:00:00Z",
    }
    read = {"to come": "2025-09-02T10:00:00Z", "unknown": "2025-09-02T09:00:00Z"}
    articles = [
        article(id=day, headline=day, date_published=date, crawled_at=read.get(day, "2025-09-03T14:19:30Z"))
        for day, date in days.items()
    ]
    path = tmp_path / ("a.atom" if exporter is AtomExporter else "a.json")
    path.write_bytes(exported(exporter, *articles))
    assert titles_of(path) == ["now", "to come", "unknown", "early"]
    assert b"2035-09-03T10:00:00" in path.read_bytes()
    if exporter is AtomExporter:
        feed = ElementTree.parse(path).getroot()
        assert feed.findtext(f"{ATOM}updated") == "2025-09-03T14:19:30+00:00"
        assert "2035" not in "".join(one.text for one in feed.iter(f"{ATOM}updated"))
    _, entries = exporter(io.BytesIO()).read(path.read_bytes())
    moments = [entry.moment for entry in entries]
    assert moments == sorted(moments)
    assert moments[-1] == datetime(2025, 9, 3, 14, 19, 30, tzinfo=UTC)


def test_atom_takes_any_text():
    data = exported(AtomExporter, article(headline="<b>&\x00\x0b", body="a < b & c\n\n]]>", topics=["\x01x\ud800"]))
    entry = ElementTree.fromstring(data).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "<b>&"
    assert entry.find(f"{ATOM}category").get("term") == "x"
    assert entry.findtext(f"{ATOM}content") == "<p>a &lt; b &amp; c</p>\n<p>]]&gt;</p>\n"


def test_digests_have_the_story_as_it_was_written():
    told = article(
        body="Go: now.",
        body_markdown='![A quay](http://x.example/a.jpg)\n\n*Go*: [now](https://x.example/b "onload=x").',
    )
    shown = '<figure><img src="https://x.example/a.jpg" alt="A quay" /></figure>\n<p><em>Go</em>: <a href="https://x.example/b">now</a>.</p>\n'
    entry = ElementTree.fromstring(exported(AtomExporter, told)).find(f"{ATOM}entry/{ATOM}content")
    assert (entry.get("type"), entry.text) == ("html", shown)
    assert json.loads(exported(JsonFeedExporter, told))["items"][0]["content_html"] == shown


def test_a_listing_without_news_leaves_the_digest(site, crawl, tmp_path):
    section(site, [1, 2])
    feeds = setting(tmp_path, **{"a-%(started)s.jsonl": {"store_empty": False}, "a.atom": {}})
    for _ in range(2):
        run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", *feeds, output=None)
        assert run.status == 0, run.stderr
        assert sorted(titles_of(tmp_path / "a.atom")) == ["Story 1", "Story 2"]
    assert "nothing new" in run.last_line


# docs/reference/formats.md ------------------------------------------------------------------


@pytest.mark.parametrize(("library", "shown"), [("pyarrow", "timestamp[us, tz=UTC] 42"), ("sqlite3", "harbour pilots")])
def test_what_the_documentation_shows(edition, tmp_path, library, shown):
    if library == "pyarrow":
        parquet()
    text = (PROJECT / "docs" / "reference" / "formats.md").read_text(encoding="utf8")
    (code,) = [code for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if f"import {library}" in code]
    for path in edition.glob("a.*"):
        (tmp_path / f"articles{path.suffix}").symlink_to(path)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert shown in done.stdout, done.stderr
