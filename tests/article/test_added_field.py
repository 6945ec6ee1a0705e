"""A field that an article gains is in every output: its line in ``Article`` is all that is written for it."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.conftest import FAST, PROJECT

#: What is put before the first field that may be left out.
LINE = """\
    desk: str | None = field(default="World desk", metadata={"description": "Who edited it.", "added": "now"})
    section: str = field("""


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """A run over the sample edition, of a copy of the package with one line more."""
    folder = tmp_path_factory.mktemp("grown")
    shutil.copytree(PROJECT / "newscrawl", folder / "newscrawl", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "scrapy.cfg", folder)
    item = folder / "newscrawl" / "article" / "item.py"
    before = item.read_text(encoding="utf8")
    item.write_text(before.replace("    section: str = field(", LINE, 1), encoding="utf8")
    assert item.read_text(encoding="utf8") != before
    feeds = {"out/a.jsonl": {}, "out/a.sqlite": {}, "out/a.parquet": {}, "out/a.csv": {"format": "excel"}}
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        del feeds["out/a.parquet"]
    start = ("-a", "start=demo", "-a", "pages=1", "-a", "hops=0")
    for words in (
        ("crawl", "worldnews", *FAST, *start, "-s", f"FEEDS={json.dumps(feeds)}"),
        ("load", "--demo", "out/a.jsonl", "--database", "out/load.sqlite"),
        ("schema",),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *words], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    (folder / "out" / "schema.json").write_text(done.stdout, encoding="utf8")
    return folder / "out"


def test_the_schema_has_it(output):
    schema = json.loads((output / "schema.json").read_text(encoding="utf8"))
    assert schema["properties"]["desk"] == {"description": "Who edited it.", "type": ["string", "null"]}
    assert "desk" not in schema["required"]


def test_each_line_has_it_where_the_class_has_it(output):
    for text in (output / "a.jsonl").read_text(encoding="utf8").splitlines():
        names = list(line := json.loads(text))
        assert line["desk"] == "World desk"
        assert names.index("desk") + 1 == names.index("section")


@pytest.mark.parametrize("name", ["a.sqlite", "load.sqlite"])
def test_databases_have_it(output, name):
    with closing(sqlite3.connect(output / name)) as db:
        assert db.execute("select distinct desk from articles").fetchall() == [("World desk",)]
        assert db.execute("select distinct desk from versions").fetchall() == [("World desk",)]


def test_columns_have_it(output):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert set(parquet.read_table(output / "a.parquet")["desk"].to_pylist()) == {"World desk"}


def test_a_spreadsheet_has_it(output):
    with (output / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["desk"] for row in csv.DictReader(file)} == {"World desk"}


def test_its_loss_would_be_told(output):
    with closing(sqlite3.connect(output / "worldnews-demo.history.sqlite")) as db:
        assert '"desk": 12' in db.execute("select counts from runs").fetchone()[0]
