"""The job, on Apache Spark: a task for each archive, then one partitioned data set of all articles.

``scrapy extract`` runs it on this machine's cores; :func:`main` is for ``spark-submit`` (deploy/extract_archives.py).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any, NoReturn

from newscrawl.feeds import needs
from newscrawl.plural import counted
from newscrawl.scale.places import PART, Folder, archives, is_remote, listed
from newscrawl.scale.staging import Totals, extract_archive

with needs("pyspark", "scale"):
    from pyspark.accumulators import AccumulatorParam
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, Observation, SparkSession, Window
    from pyspark.sql import functions as F

VERSIONS = ("newest", "all")
OK, FAILED, INCOMPLETE = 0, 1, 2  # as a crawl's
_MEANING = {OK: "ok", FAILED: "failed", INCOMPLETE: "incomplete"}
_TASK_BYTES = 16 * 1024 * 1024  # of staged Parquet that one task of the shuffle takes, about
_SETTINGS = {
    "spark.app.name": "newscrawl extract",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "256m",  # in the shuffle; in a Parquet file about half
    "spark.ui.showConsoleProgress": "false",
}
#: On one machine nothing listens but to that machine, and a task of the JVM needs no more than its half of the heap.
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.debug.maxToStringFields": "100",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command and the submitted job have in common."""
    parser.add_argument("--into", metavar="DIR", help="the folder for results; an earlier run's is gone on with")
    parser.add_argument("--list", metavar="FILE", action="append", help="a list of archives, one a line; .gz, too")
    parser.add_argument("--base", metavar="ADDRESS", default="", help="what stands before each line of a list")
    parser.add_argument(
        "--versions", choices=VERSIONS, default=VERSIONS[0],
        help="of a story that was captured several times: the newest text, or each (default: newest)",
    )  # fmt: skip


def run(names: Sequence[str], opts: argparse.Namespace, cores: int | None, tell: Callable[[str], None]) -> int:
    """Read the archives that ``names`` and ``opts`` give into ``opts.into``, and ``tell`` lines; the exit status.

    ``cores`` of this machine, or ``None`` where ``spark-submit`` has said where to run. Raises ``ValueError`` and ``OSError``.
    """
    if not opts.into:
        raise ValueError("--into is missing: name the folder for results")
    paths = [*archives(names), *(path for file in opts.list or () for path in listed(file, opts.base))]
    if not paths:
        raise ValueError("no archive is named: give WARC files, folders of them, or --list")
    into = opts.into if is_remote(opts.into) else str(Path(opts.into).resolve())
    staging = Folder(f"{into}/staging")
    staging.make()
    staging.remove(*(name for name in staging.names() if name.endswith(PART)))
    try:
        with _session(cores) as session:
            totals = _extract(session, list(dict.fromkeys(paths)), staging.place, tell)
            _tell(totals, tell)
            kept = _partition(session, staging, f"{into}/articles", opts.versions)
    except PySparkException as error:
        raise OSError(f"Spark could not do it: {str(error).strip().splitlines()[0][:300]}") from error
    return _conclude(totals, kept, into, opts.versions, tell)


@contextmanager
def _session(cores: int | None) -> Iterator[SparkSession]:
    if cores is not None and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise ValueError("Spark needs Java, 17 or newer, and there is none: install it, or set JAVA_HOME")
    builder = SparkSession.builder
    for name, value in _SETTINGS.items() if cores is None else (_SETTINGS | _LOCAL).items():
        builder = builder.config(name, value)
    if cores is not None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(f"local[{cores}]")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


class _Adding(AccumulatorParam[Totals]):
    def zero(self, value: Totals) -> Totals:
        return Totals()

    def addInPlace(self, value1: Totals, value2: Totals) -> Totals:
        return value1 + value2


def _extract(session: SparkSession, paths: list[str], staging: str, tell: Callable[[str], None]) -> Totals:
    """Read each archive, in a task of its own."""
    totals = session.sparkContext.accumulator(Totals(), _Adding())

    def one(path: str) -> None:
        totals.add(Totals.of(extract_archive(path, staging)))

    with _progress(lambda: totals.value, len(paths), tell):
        session.sparkContext.parallelize(paths, len(paths)).foreach(one)
    return totals.value


@contextmanager
def _progress(totals: Callable[[], Totals], archives: int, tell: Callable[[str], None]) -> Iterator[None]:
    """A line on a terminal, or one a minute in a log."""
    ended, began, terminal = Event(), time.monotonic(), sys.stderr.isatty()

    def show() -> None:
        while not ended.wait(1 if terminal else 60):
            line = progress_line(totals(), archives, time.monotonic() - began)
            if terminal:
                print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
            else:
                tell(line)

    thread = Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        if terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def progress_line(totals: Totals, archives: int, seconds: float) -> str:
    """How far it is: ``progress  12/840 archives, 310 records/s, 3:05:10 left``."""
    done, fresh = totals.archives, totals.archives - totals.known
    left = (archives - done) * seconds / fresh if fresh else 0
    minutes, rest = divmod(round(left), 60)
    eta = f"{minutes // 60}:{minutes % 60:02}:{rest:02} left" if fresh else "none ended yet"
    return f"progress  {done}/{archives} archives, {totals.fresh / max(seconds, 0.001):.0f} records/s, {eta}"


def _partition(session: SparkSession, staging: Folder, into: str, versions: str) -> int:
    """All that was staged as ``publisher=…/month=…``; how many articles that are."""
    names = staging.names()
    whole = {name.removesuffix(".json") for name in names if name.endswith(".json")}
    files = [name for name in names if name.removesuffix(".parquet") in whole and name.endswith(".parquet")]
    if not files:
        return 0
    size = sum(size or 0 for size in staging.sizes(*files))
    parts = min(20_000, max(session.sparkContext.defaultParallelism, size // _TASK_BYTES))
    session.conf.set("spark.sql.shuffle.partitions", str(parts))
    staged = session.read.option("mergeSchema", "true").parquet(*(f"{staging.place}/{name}" for name in files))
    kept = Observation()
    (
        chosen(staged, versions)
        .withColumn("month", F.coalesce(F.date_format("date_published", "yyyy-MM"), F.lit("unknown")))
        .observe(kept, F.count(F.lit(1)).alias("articles"))
        .hint("rebalance", "publisher", "month")  # a file for each, several for a large one
        .write.partitionBy("publisher", "month")
        .mode("overwrite")
        .parquet(into)
    )
    return int(kept.get["articles"])


def chosen(staged: DataFrame, versions: str) -> DataFrame:
    """Each story once, with its newest text; or each of its texts once, as first captured, all but the first ``changed``."""
    place = ("crawled_at", "archive", "offset")  # which of two captures of a second is the later one is settled, too
    if versions == "newest":
        newest = Window.partitionBy("publisher", "id").orderBy(*(F.col(name).desc() for name in place))
        return staged.withColumn("_n", F.row_number().over(newest)).where("_n = 1").drop("_n")
    first = Window.partitionBy("publisher", "id", "content_hash").orderBy(*place)
    story = Window.partitionBy("publisher", "id").orderBy(*place)
    texts = staged.withColumn("_n", F.row_number().over(first)).where("_n = 1")
    number = F.row_number().over(story)
    return texts.withColumn("status", F.when(number > 1, "changed").otherwise("new")).drop("_n")


def _tell(totals: Totals, tell: Callable[[str], None]) -> None:
    read = totals.archives - totals.known - len(totals.unread)
    tell(f"archives  {read} read, {totals.known} read before, {len(totals.unread)} not to be read")
    none, bad = totals.skipped.total(), totals.set_aside.total()
    tell(f"records   {totals.records}: {totals.articles} articles, {none} no articles, {bad} set aside")
    for name, counts in (("none", totals.skipped), ("set aside", totals.set_aside)):
        for kind, number in counts.most_common(20):
            tell(f"{name:<9} {number} {kind}")
    for archive, reason in list(totals.unread.items())[:20]:
        tell(f"unread    {archive}: {reason}")


def _conclude(totals: Totals, kept: int, into: str, versions: str, tell: Callable[[str], None]) -> int:
    """The last line."""
    bad, unread = totals.set_aside.total(), len(totals.unread)
    what = "articles" if versions == "newest" else "texts of articles"
    sentence = f"{kept} {what} of {counted(totals.archives - unread, 'archive')} and those read before, in {into}/articles"
    if unread == totals.archives or not kept:
        status, sentence = FAILED, "no archive could be read" if unread == totals.archives else "there is no article in them"
    elif bad or unread:
        status = INCOMPLETE
        sentence += f"; {counted(bad, 'record')} set aside, {counted(unread, 'archive')} not to be read"
    else:
        status = OK
    tell(f"exit status {status} ({_MEANING[status]}): {sentence}")
    return status


def main() -> NoReturn:
    """The job where ``spark-submit`` lets it run."""
    parser = argparse.ArgumentParser(description="Extract the articles of WARC files; see docs/at-scale.md")
    parser.add_argument("archive", nargs="*", help="a WARC file or a folder of them, that all machines see")
    add_options(parser)
    opts = parser.parse_args()

    def tell(line: str) -> None:
        print(line.encode("ascii", "backslashreplace").decode(), file=sys.stderr, flush=True)

    try:
        status = run(opts.archive, opts, None, tell)
    except (ValueError, OSError) as error:
        tell(f"exit status {FAILED} ({_MEANING[FAILED]}): {error}")
        status = FAILED
    sys.exit(status)
