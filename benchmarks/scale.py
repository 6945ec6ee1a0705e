"""Archives at scale: records a second on one core and two, what a record costs, and whether memory stays flat.

    python -m benchmarks.scale                              # 16 archives of 1000 pages of 150 KB, then of 8 KB
    python -m benchmarks.scale --archives 4 --pages 250     # two minutes
    python -m benchmarks.scale --only steps                 # one archive, step by step, without Spark
    python -m benchmarks.scale --archive CC-NEWS.warc.gz    # the same of an archive of your own

The archives are made of invented pages (benchmarks.site; benchmarks.bigpage), compressed by record, by another library
than reads them. Each run is ``scrapy extract`` as a user would call it. Needs: pip install 'newscrawl[scale]' warcio.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.measure import PROJECT, header, heading, row
from benchmarks.site import Site, path
from newscrawl import garbage
from newscrawl.archive.reading import Record, read
from newscrawl.scale.articles import articles
from newscrawl.scale.staging import extract_archive

HOME = "https://www.business-standard.com"
_PAGE = os.sysconf("SC_PAGE_SIZE")


def make(folder: Path, archives: int, pages: int, *, real: bool) -> int:
    """WARC files of invented pages, each its own; bytes of all pages."""
    site = Site(articles=archives * pages, real=real)
    size, http = 0, [("Content-Type", "text/html; charset=utf-8")]
    for number in range(archives):
        with (folder / f"{number:04}.warc.gz").open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            for story in range(site.oldest + number * pages, site.oldest + (number + 1) * pages):
                body = site.page(story)
                size += len(body)
                answer = StatusAndHeaders("200 OK", http, protocol="HTTP/1.1")
                record = writer.create_warc_record(
                    HOME + path(story), "response", payload=io.BytesIO(body), http_headers=answer,
                    warc_headers_dict={"WARC-Date": "2025-09-03T14:19:30Z"},
                )  # fmt: skip
                writer.write_record(record)
    return size


@dataclass(frozen=True)
class Done:
    """A run: seconds of a clock, of the extraction and of what follows; CPU seconds of the extraction; MB."""

    records: int
    articles: int
    extraction: float
    partition: float
    whole: float
    cpu: float
    quarter: float
    end: float
    all_processes: float
    staged: int
    written: int


def extract(source: Path, into: Path, cores: int) -> Done:
    """One ``scrapy extract``."""
    command = [sys.executable, "-m", "scrapy", "extract", str(source), "--into", str(into), "--cores", str(cores)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
    began = time.time()
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True)
    with peak(process.pid) as most:
        assert process.stderr is not None
        lines = [(time.time(), line) for line in process.stderr]
        process.wait()
    if process.returncode:
        raise SystemExit("".join(line for _, line in lines))
    staged = next(moment for moment, line in lines if line.startswith("archives "))
    files = sorted(into.glob("staging/*.json"), key=lambda file: file.stat().st_mtime)
    counts = [json.loads(file.read_bytes()) for file in files]
    first = min(file.stat().st_mtime - count["seconds"] for file, count in zip(files, counts, strict=True))
    megabytes = [count["megabytes"] for count in counts]
    quarter = max(1, len(files) // 4)
    return Done(
        sum(count["records"] for count in counts), sum(count["articles"] for count in counts),
        files[-1].stat().st_mtime - first, time.time() - staged, time.time() - began,
        sum(count["cpu"] for count in counts), max(megabytes[:quarter]), max(megabytes[-quarter:]), max(most),
        sum(file.stat().st_size for file in into.glob("staging/*.parquet")),
        sum(file.stat().st_size for file in into.glob("articles/*/*/*.parquet")),
    )  # fmt: skip


class peak:
    """The most memory that a process and its children hold together, in MB, looked at twice a second."""

    def __init__(self, pid: int):
        self._pid, self._ended, self._found = pid, Event(), [0.0]
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> list[float]:
        self._thread.start()
        return self._found

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.5):
            self._found.append(sum(map(_resident, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _resident(pid: int) -> float:
    """Memory of a process; what it shares with others is shared out."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0.0


def steps(archive: Path, rounds: int) -> None:
    """What a record costs, in ms of CPU: each step alone, by taking the one before it off."""

    def reading() -> int:
        return sum(len(record.payload()) for record in read(archive) if isinstance(record, Record))

    def extracting() -> int:
        return sum(outcome.article is not None for outcome in articles(archive))

    def staging() -> int:
        with tempfile.TemporaryDirectory() as folder:
            return extract_archive(str(archive), folder).records

    number = staging()
    garbage.loaded()  # as the job does
    rounds_of_steps = [[_cpu(step) for step in (reading, extracting, staging)] for _ in range(rounds)]
    times = [min(found) / number * 1000 for found in zip(*rounds_of_steps, strict=True)]
    header("step", "CPU ms a record", "share")
    names = ("WARC: inflate, headers, digests", "parse and extract", "Parquet, zstd")
    for name, cost in zip(names, (times[0], times[1] - times[0], times[2] - times[1]), strict=True):
        row(name, f"{cost:.2f}", f"{cost / times[2]:.0%}")
    row("all", f"{times[2]:.2f}", f"{1000 / times[2]:.0f} records a CPU second")


def _cpu(step: Callable[[], int]) -> float:
    """CPU seconds of a step."""
    began = time.process_time()
    step()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--archives", type=int, default=16, help="how many (default: 16)")
    parser.add_argument("--pages", type=int, default=1000, help="in each (default: 1000)")
    parser.add_argument("--rounds", type=int, default=3, help="of each step (default: 3)")
    parser.add_argument("--archive", type=Path, help="a WARC file in place of invented pages: its steps")
    parser.add_argument("--only", choices=("steps", "job"), help="one part")
    options = parser.parse_args()
    heading()
    if options.archive:
        steps(options.archive, options.rounds)
        return
    for real in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "archives"
            source.mkdir()
            size = make(source, options.archives, options.pages, real=real)
            number = options.archives * options.pages
            packed = sum(file.stat().st_size for file in source.iterdir())
            print(
                f"\n{number} pages of {size / number / 1000:.0f} KB, {packed / number / 1000:.1f} KB in the archive\n"
            )
            if options.only != "job":
                steps(source / "0000.warc.gz", options.rounds)
                print()
            if options.only != "steps":
                header(
                    "cores", "records/s", "records a CPU s", "extraction s", "partitions s", "whole s",
                    "a worker's MB at 1/4", "at the end", "all processes' MB", "staged KB", "written KB an article",
                )  # fmt: skip
            for cores in () if options.only == "steps" else (1, 2):
                done = extract(source, Path(folder) / f"corpus{cores}", cores)
                row(
                    cores, f"{done.records / done.extraction:.0f}", f"{done.records / done.cpu:.0f}",
                    f"{done.extraction:.1f}", f"{done.partition:.1f}", f"{done.whole:.1f}", f"{done.quarter:.0f}",
                    f"{done.end:.0f}", f"{done.all_processes:.0f}", f"{done.staged / done.articles / 1000:.2f}",
                    f"{done.written / done.articles / 1000:.2f}",
                )  # fmt: skip


if __name__ == "__main__":
    main()
