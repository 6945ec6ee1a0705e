"""The data set of Parquet files that ``scrapy load --parquet`` keeps beside the database, in its readers' own words."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'newscrawl[parquet]'")

from newscrawl.dataset import folder as folders  # noqa: E402
from newscrawl.dataset.partitions import PARTITIONS  # noqa: E402
from newscrawl.load.database import Database  # noqa: E402
from newscrawl.load.parquet import DataSet  # noqa: E402
from tests.conftest import PROJECT  # noqa: E402
from tests.test_load import SECOND, article, load, scrapy, written  # noqa: E402, F401

ODD = "2001:db8::1"
#: Publisher, and day and time; the first is in August by UTC, and in September where the publisher is.
MADE = (
    ("a.example", "2025-09-01T01:00:00+05:30"),
    ("a.example", "2025-09-03T01:49:00+05:30"),
    ("b.example", "2025-09-30T23:30:00-04:00"),
    ("b.example", None),
    (ODD, "2025-09-03T00:00:00Z"),
)
MONTHS = {"2025-08", "2025-09", "2025-10", "unknown"}


def night(path: Path) -> Path:
    made = [article(n, publisher=publisher, date_published=date) for n, (publisher, date) in enumerate(MADE)]
    return written(path, *made)


def bring(folder: Path, partition: str = "publisher-month", **more: int):
    """Load what is in a folder, and bring the data set beside it up to date."""
    load(folder)
    with Database(folder / "articles.sqlite") as database, DataSet(folder / "corpus", partition, **more) as data_set:
        return data_set.write(database.db)


def stamps(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Each file and folder: its inode, time of change and content."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in (folder, *folder.rglob("*"))
    }


@pytest.fixture(params=PARTITIONS)
def corpus(request, tmp_path):
    """The articles of ``MADE`` as a data set: its folder, and how it is divided."""
    night(tmp_path / "a.jsonl")
    assert bring(tmp_path, request.param).articles == len(MADE)
    return tmp_path / "corpus/articles", PARTITIONS[request.param]


def check(rows: list[dict], by: tuple[str, ...], *, without: tuple[str, ...] = ()) -> None:
    """The rows that a reader gives are the articles."""
    expected = {("publisher", *by)[0]} - set(without)
    assert len(rows) == len(MADE)
    if expected:
        assert sorted(str(row["publisher"]) for row in rows) == sorted(publisher for publisher, _ in MADE)
    if "month" in by and "month" not in without:
        assert {str(row["month"]) for row in rows} == MONTHS
    for row in rows:
        assert row["headline"].startswith("Harbour") and list(row["topics"]) == ["Shipping", "Maro"]
        assert row["premium"] is False or row["premium"] == False  # noqa: E712 - NumPy has its own
        assert row["extraction"]["headline"] == "h1"


def moments(values) -> list[datetime]:
    return sorted(value.astimezone(UTC) for value in values if value is not None)


INSTANTS = sorted(datetime.fromisoformat(date).astimezone(UTC) for _, date in MADE if date)


def test_duckdb(corpus):
    duckdb = pytest.importorskip("duckdb")
    place, by = corpus
    found = duckdb.sql(
        f"set TimeZone = 'UTC'; select * from read_parquet('{place}/**/*.parquet', hive_partitioning = true)"
    )
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    check(rows, by)
    assert moments(row["date_published"] for row in rows) == INSTANTS


def test_polars(corpus):
    polars = pytest.importorskip("polars")
    place, by = corpus
    rows = polars.scan_parquet(place).collect().to_dicts()
    check(rows, by)
    assert moments(row["date_published"] for row in rows) == INSTANTS
    if "publisher" in by:
        assert polars.scan_parquet(place).filter(publisher=ODD).collect().height == 1


def test_pandas(corpus):
    pandas = pytest.importorskip("pandas")
    place, by = corpus
    rows = pandas.read_parquet(place).to_dict("records")
    check(rows, by)
    assert moments(row["date_published"] for row in rows if row["date_published"] is not pandas.NaT) == INSTANTS


def test_pyarrow(corpus):
    import pyarrow.dataset

    place, by = corpus
    read = pyarrow.dataset.dataset(place, partitioning="hive")
    rows = read.to_table().to_pylist()
    check(rows, by)
    assert moments(row["date_published"] for row in rows) == INSTANTS
    files = sorted(place.rglob("*.parquet"))
    assert len(files) == {"none": 1, "month": 4, "publisher": 3}.get("-".join(by) or "none", 5)
    first = parquet.read_schema(files[0])
    assert all(parquet.read_schema(file).equals(first, check_metadata=True) for file in files)
    assert not set(by) & set(first.names)


def test_hugging_face_datasets(corpus, tmp_path, monkeypatch):
    """It reads what is in the files, and not the names of folders."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets", reason="datasets is not installed: pip install '.[test]'")
    place, by = corpus
    rows = list(datasets.load_dataset("parquet", data_dir=str(place), split="train", cache_dir=str(tmp_path / "cache")))
    check(rows, by, without=by)
    assert "month" not in rows[0] and ("publisher" in rows[0]) == ("publisher" not in by)


def test_spark(corpus):
    """Spark infers a type for each column of the folders' names."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: pip install 'newscrawl[scale]'")
    place, by = corpus
    session = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    rows = [row.asDict(recursive=True) for row in session.read.parquet(str(place)).collect()]
    check(rows, by)


# What is written, and what is left alone -------------------------------------------------


def test_nothing_new_writes_nothing(corpus, tmp_path):
    before = stamps(tmp_path / "corpus")
    partition = next(name for name, by in PARTITIONS.items() if by == corpus[1])
    assert bring(tmp_path, partition).changed == 0
    assert stamps(tmp_path / "corpus") == before


def test_hidden_files_of_the_system_are_passed_over(tmp_path):
    night(tmp_path / "a.jsonl")
    bring(tmp_path)
    (tmp_path / "corpus/articles/.DS_Store").write_bytes(b"\0")
    (tmp_path / "corpus/articles/.hidden").mkdir()
    (tmp_path / "corpus/articles/.hidden/x").write_bytes(b"\0")
    assert bring(tmp_path).changed == 0
    (tmp_path / "corpus/articles/x").write_bytes(b"\0")
    with pytest.raises(ValueError, match="does not belong to a data set"):
        bring(tmp_path)


def test_only_what_changed_is_written(tmp_path):
    night(tmp_path / "a.jsonl")
    bring(tmp_path)
    place = tmp_path / "corpus/articles"
    before = stamps(place)
    changed = article(
        4, SECOND, publisher=ODD, date_published=MADE[4][1], headline="Harbour number 4 closes", status="changed"
    )
    new = article(9, SECOND, publisher="c.example", date_published="2026-01-01T00:00:00Z")
    written(tmp_path / "b.jsonl", changed, new)
    done = bring(tmp_path)
    assert (done.articles, done.files, done.changed) == (6, 6, 2)
    after = stamps(place)
    same = {name for name in before.keys() & after.keys() if name.endswith(".parquet")}
    assert len(same) == 4 and all(after[name] == before[name] for name in same)
    (odd,) = place.glob("publisher=2001%3Adb8%3A%3A1/month=2025-09/*.parquet")
    assert parquet.ParquetFile(odd).read()["headline"].to_pylist() == ["Harbour number 4 closes"]


def test_another_division_replaces_the_one_before(tmp_path):
    night(tmp_path / "a.jsonl")
    bring(tmp_path)
    assert bring(tmp_path, "month").files == 4
    assert {path.name for path in (tmp_path / "corpus/articles").iterdir()} == {f"month={month}" for month in MONTHS}


def test_a_large_partition_has_several_files_and_each_article_once(tmp_path):
    written(tmp_path / "a.jsonl", *(article(n, body=os.urandom(2000).hex()) for n in range(40)))
    load(tmp_path)
    with Database(tmp_path / "articles.sqlite") as database, DataSet(tmp_path / "corpus", "none", 20_000) as data_set:
        data_set._columns.rows = 5
        done = data_set.write(database.db)
    files = sorted((tmp_path / "corpus/articles").glob("part-*.parquet"))
    assert done.files == len(files) > 2
    found = [value for file in files for value in parquet.read_table(file)["id"].to_pylist()]
    assert sorted(found) == sorted(article(n)["id"] for n in range(40))


# What goes wrong ---------------------------------------------------------------------------


@pytest.mark.parametrize("foreign", ["thesis.txt", "publisher=a.example/mine.parquet"])
def test_what_is_of_others_is_kept(scrapy, tmp_path, foreign):  # noqa: F811
    night(tmp_path / "a.jsonl")
    file = tmp_path / "corpus/articles" / foreign
    file.parent.mkdir(parents=True)
    file.write_text("precious")
    status, _, error = scrapy(
        "load", tmp_path, "--database", tmp_path / "articles.sqlite", "--parquet", tmp_path / "corpus"
    )
    assert status == 1 and foreign in error and "name another folder" in error
    assert file.read_text() == "precious" and not (tmp_path / "articles.sqlite").exists()


def test_a_write_that_fails_leaves_the_old_one(tmp_path, monkeypatch):
    night(tmp_path / "a.jsonl")
    bring(tmp_path)
    before = stamps(tmp_path / "corpus/articles")
    written(tmp_path / "b.jsonl", article(9, SECOND), article(10, SECOND, publisher="z.example"))
    module = importlib.import_module("newscrawl.load.parquet")

    def full(folder, *more):
        real(folder, *more)
        raise OSError(28, "No space left on device")

    real = module.write
    monkeypatch.setattr(module, "write", full)
    with pytest.raises(OSError, match="No space left"):
        bring(tmp_path)
    assert stamps(tmp_path / "corpus/articles") == before
    monkeypatch.undo()
    assert bring(tmp_path).articles == len(MADE) + 2


KILLED = """
import os, signal, sys
from pathlib import Path
from newscrawl.dataset import folder
from newscrawl.load.database import Database
from newscrawl.load.parquet import DataSet
base, kill_at, can = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "exchange"
if not can:
    folder._exchanged = lambda one, other: False
steps = 0
def step(event, arguments):
    global steps
    if event in ("open", "os.mkdir", "os.rename", "os.link", "shutil.rmtree", "os.remove", "os.rmdir") and "corpus" in str(arguments[0]):
        steps += 1
        if steps == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
with Database(base / "articles.sqlite") as database, DataSet(base / "corpus", "publisher-month") as data_set:
    sys.addaudithook(step)
    data_set.write(database.db)
"""


@pytest.mark.slow
@pytest.mark.parametrize("way", ["exchange", "two steps"])
def test_killed_at_any_step_it_is_the_old_or_the_new_one(tmp_path, way):
    """Only where folders cannot be exchanged in one step, it may be absent until the next run."""
    night(tmp_path / "a.jsonl")
    bring(tmp_path)
    written(tmp_path / "b.jsonl", article(9, SECOND, publisher="z.example"))
    load(tmp_path)
    place, seen, kill_at = tmp_path / "corpus/articles", set(), 1
    while True:
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(tmp_path), str(kill_at), way], cwd=PROJECT, check=False
        )
        ids = sorted(
            value for file in place.rglob("*.parquet") for value in parquet.ParquetFile(file).read()["id"].to_pylist()
        )
        seen.add(len(ids))
        assert len(ids) == len(set(ids)) and len(ids) in ({5, 6} if way == "exchange" else {0, 5, 6})
        if done.returncode == 0 or len(ids) == 6:
            break
        assert done.returncode == -signal.SIGKILL
        kill_at += 2
    assert {5, 6} <= seen and kill_at > 10
    assert bring(tmp_path).articles == 6
    assert {path.name for path in place.parent.iterdir()} == {"articles", ".articles.parquet.lock"}


def test_a_system_that_cannot_exchange_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_exchanged", lambda one, other: False)
    night(tmp_path / "a.jsonl")
    bring(tmp_path)
    written(tmp_path / "b.jsonl", article(9, SECOND, publisher="z.example"))
    assert bring(tmp_path).articles == 6
    place = tmp_path / "corpus/articles"
    place.rename(place.with_name(".articles.old"))  # as a kill between the two steps leaves it
    assert folders.recover(place) is None and len(list(place.rglob("*.parquet"))) == 6


def test_two_at_once(tmp_path):
    with (
        DataSet(tmp_path / "corpus", "none"),
        pytest.raises(BlockingIOError, match="another load is writing to"),
        DataSet(tmp_path / "corpus", "none"),
    ):
        pass


# The command ---------------------------------------------------------------------------------


def test_the_command(scrapy, tmp_path):  # noqa: F811
    (tmp_path / "output").mkdir()
    night(tmp_path / "output/a.jsonl")
    status, _, error = scrapy("load", "--parquet", "corpus")
    place = (tmp_path / "corpus/articles").resolve()
    assert status == 0
    assert error.splitlines()[-1].endswith(f"; 5 articles in 5 files in {place}, 5 partitions written")
    before = stamps(tmp_path / "corpus")
    status, _, error = scrapy("load", "--parquet", "corpus")
    assert status == 0 and error.splitlines()[-1].endswith(f"; 5 articles in 5 files in {place}, as it was")
    assert stamps(tmp_path / "corpus") == before
    status, _, error = scrapy("load", "--parquet", "corpus", "--partition", "none")
    last = error.splitlines()[-1]
    assert status == 0 and last.endswith(f"; 5 articles in 1 file in {place}, 1 partition written, 5 removed")


def test_a_data_set_may_be_beside_the_database(scrapy, tmp_path):  # noqa: F811
    (tmp_path / "output").mkdir()
    night(tmp_path / "output/a.jsonl")
    status, _, error = scrapy("load", "--parquet", "output")
    assert status == 0, error
    assert (tmp_path / "output/articles").is_dir() and (tmp_path / "output/articles.sqlite").is_file()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--parquet", "s3://key:hunter2@bucket/corpus"], "expected a folder on this machine"),
        (
            ["--parquet", "corpus", "--database", "postgresql://news:hunter2@127.0.0.1/news"],
            "--parquet needs an SQLite database",
        ),
        (["--parquet", "corpus", "--partition", "months"], "did you mean 'month'?"),
        (["--partition", "month"], "--partition divides the data set of --parquet"),
    ],
)
def test_what_cannot_be_is_told_before_a_file_is_read(scrapy, tmp_path, options, reason):  # noqa: F811
    night(tmp_path / "a.jsonl")
    status, output, error = scrapy("load", tmp_path / "a.jsonl", *options)
    assert status == 1 and reason in error and "hunter2" not in output + error
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl"]
