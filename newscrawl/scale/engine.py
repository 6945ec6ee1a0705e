"""Apache Spark as the job needs it: a session, a task for each archive, and a shuffle into partitions."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from newscrawl import garbage
from newscrawl.dataset.partitions import UNKNOWN
from newscrawl.feeds import needs
from newscrawl.scale.options import Wanted
from newscrawl.scale.places import Folder
from newscrawl.scale.staging import Totals, extract_archive

with needs("pyspark", "scale"):
    from py4j.protocol import Py4JError
    from pyspark.accumulators import Accumulator
    from pyspark.errors import PySparkException
    from pyspark.sql import Column, DataFrame, Observation, SparkSession, Window
    from pyspark.sql import functions as F

#: What Spark raises.
ERRORS = (PySparkException, Py4JError)
_TASK_BYTES = 16 * 1024 * 1024  # of staged Parquet that one task of the shuffle takes, about
_SETTINGS = {
    "spark.app.name": "newscrawl extract",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "256m",  # in the shuffle; in a Parquet file about half
    "spark.ui.showConsoleProgress": "false",
}
_LOG = Path(__file__).with_name("log4j2.properties")
#: On one machine nothing listens but to that machine, and a task of the JVM needs no more than its half of the heap.
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.debug.maxToStringFields": "100",
    # Before there is a session to be told of a level, Spark warns of the machine.
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOG.as_uri()}",
}


@contextmanager
def session(cores: int | None) -> Iterator[SparkSession]:
    """Spark on ``cores`` of this machine, or where ``spark-submit`` has said. Raises ``ValueError`` without Java."""
    if cores is not None and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise ValueError("Spark needs Java, 17 or newer, and there is none: install it, or set JAVA_HOME")
    builder = SparkSession.builder
    for name, value in _SETTINGS.items() if cores is None else (_SETTINGS | _LOCAL).items():
        builder = builder.config(name, value)
    if cores is not None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(f"local[{cores}]")
    with warnings.catch_warnings(action="ignore", category=FutureWarning):  # of a pandas that is not used
        made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    try:
        yield made
    finally:
        made.stop()


class _Adding:
    """An ``AccumulatorParam``."""

    def zero(self, value: Totals) -> Totals:
        return Totals()

    def addInPlace(self, value1: Totals, value2: Totals) -> Totals:
        return value1 + value2


def totals(session: SparkSession) -> Accumulator[Totals]:
    """What tasks add to as they end."""
    adding: Any = _Adding()
    return session.sparkContext.accumulator(Totals(), adding)


def extract(
    session: SparkSession, archives: list[str], staging: str, totals: Accumulator[Totals], time_limit: float
) -> None:
    """Read each archive into the folder ``staging``, in a task of its own."""

    def task(archive: str) -> None:
        garbage.loaded()
        logging.getLogger("newscrawl").addHandler(logging.NullHandler())  # a page's odd dates are no news among 10^9
        totals.add(Totals.of(extract_archive(archive, staging, time_limit)))

    session.sparkContext.parallelize(archives, len(archives)).foreach(task)


def partition(session: SparkSession, staging: Folder, files: list[str], into: str, wanted: Wanted) -> int:
    """What is wanted of the staged ``files`` as a data set in the folder ``into``; how many articles that are.

    Where there are none, nothing is written.
    """
    if not files:
        return 0
    size = sum(size or 0 for size in staging.sizes(*files))
    parts = min(20_000, max(session.sparkContext.defaultParallelism, size // _TASK_BYTES))
    session.conf.set("spark.sql.shuffle.partitions", str(parts))
    staged = session.read.option("mergeSchema", "true").parquet(*(f"{staging.place}/{name}" for name in files))
    articles = between(chosen(staged, wanted.versions), wanted.since, wanted.until)
    if wanted.limited and articles.isEmpty():
        return 0
    if "month" in wanted.by:
        month = F.coalesce(F.date_format("date_published", "yyyy-MM"), F.lit(UNKNOWN))
        articles = articles.withColumn("month", month)
    kept = Observation()
    (
        articles.observe(kept, F.count(F.lit(1)).alias("articles"))
        .hint("rebalance", *wanted.by)  # a file for each partition, several for a large one
        .sortWithinPartitions(*wanted.by, "publisher", "date_published", "id")
        .write.partitionBy(*wanted.by)
        .mode("overwrite")
        .parquet(into)
    )
    return int(kept.get["articles"])


def between(articles: DataFrame, since: date | None, until: date | None) -> DataFrame:
    """Those of a time: an instant, or a day on the publisher's own clock."""
    day = F.to_date(F.col("date_published") + F.make_interval(mins=F.col("date_published_offset").cast("int")))
    for limit, is_within in ((since, Column.__ge__), (until, Column.__le__)):
        if limit is not None:
            of = F.col("date_published") if isinstance(limit, datetime) else day
            articles = articles.where(is_within(of, F.lit(limit)))
    return articles


def chosen(staged: DataFrame, versions: str) -> DataFrame:
    """Each story once, with its newest text; or each of its texts once, as first captured: the first one new, others
    ``changed``."""
    place = ("crawled_at", "archive", "offset")  # which of two captures of a second is the later one is settled, too
    if versions == "newest":
        newest = Window.partitionBy("publisher", "id").orderBy(*(F.col(name).desc() for name in place))
        return staged.withColumn("_n", F.row_number().over(newest)).where("_n = 1").drop("_n")
    first = Window.partitionBy("publisher", "id", "content_hash").orderBy(*place)
    story = Window.partitionBy("publisher", "id").orderBy(*place)
    texts = staged.withColumn("_n", F.row_number().over(first)).where("_n = 1")
    number = F.row_number().over(story)
    return texts.withColumn("status", F.when(number > 1, "changed").otherwise("new")).drop("_n")
