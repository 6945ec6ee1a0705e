"""A replay on one core and on several: the same archive in turns.

    python -m benchmarks.replay                             # 1000 invented pages, 1 and 2 processes, 3 rounds
    python -m benchmarks.replay --folder PAGES --processes 1 2 4

The archive holds each page as one WARC record. With one process, the run itself reads the pages. Pages a second are
counted over the whole run, with its start. On a machine with other work, compare "by CPU": how many times as many pages
that many cores can read, since CPU time that is spread over them is the least that a run takes (Linux).
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks import bigpage, saved
from benchmarks.measure import Crawl, fast, header, heading, measured, row
from benchmarks.site import path

FETCHED = datetime(2025, 9, 5, 10, tzinfo=UTC)
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER: what a child leaves behind is this process's to wait for


@dataclass(frozen=True)
class Run:
    """A replay, and the CPU seconds of the processes that read pages for it."""

    crawl: Crawl
    workers: float

    @property
    def cpu(self) -> float:
        return self.crawl.cpu + self.workers


def replay(archive: Path, output: Path, processes: int) -> Run:
    """Read an archive with so many processes."""
    arguments = ["-a", f"start={archive}", "-s", f"REPLAY_PROCESSES={processes}", "-O", str(output)]
    crawl = measured([sys.executable, "-m", "newscrawl", "crawl", "section", *arguments], output, fast())
    return Run(crawl, _of_orphans())


def _of_orphans() -> float:
    """CPU seconds of all that ended children have left behind, once it has ended, too."""
    found = 0.0
    while True:
        try:
            usage = os.wait4(-1, 0)[2]
        except ChildProcessError:
            return found
        found += usage.ru_utime + usage.ru_stime


def least_time(runs: Sequence[Run], cores: int) -> float:
    """The seconds that the cheapest of some runs takes on so many cores that do nothing else."""
    return min(max(run.crawl.cpu, run.cpu / cores) for run in runs)


def pages(count: int, folder: Path | None) -> dict[str, bytes]:
    """The pages by address."""
    if folder:
        return {saved.SITE + place: body for place, body in saved.bodies(folder).items()}
    return {bigpage.HOME + path(number): bigpage.page(number) for number in range(1000, 1000 + count)}


def write(archive: Path, documents: dict[str, bytes]) -> None:
    """Keep pages as another library does."""
    with archive.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, body in documents.items():
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            date = {"WARC-Date": FETCHED.strftime("%Y-%m-%dT%H:%M:%SZ")}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=date
                )
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="a folder of saved pages in place of the invented ones")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    documents = pages(options.pages, options.folder)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    heading()
    print(f"{len(documents)} pages, {options.rounds} rounds; settings {fast()}\n")
    runs: dict[int, list[Run]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        archive, output = Path(folder, "pages.warc.gz"), Path(folder, "out.jsonl")
        write(archive, documents)
        for _ in range(options.rounds):
            for count in options.processes:
                runs[count].append(replay(archive, output, count))
    header(
        "processes", "pages/s", "least to most", "times as many", "by CPU", "articles", "s", "CPU ms a page",
        "of it, the run's own", "peak RSS MB of one",
    )  # fmt: skip
    one = options.processes[0]
    first, least = median(run.crawl.wall for run in runs[one]), least_time(runs[one], one)
    for count, found in runs.items():
        crawls = [run.crawl for run in found]
        wall, rates = median(crawl.wall for crawl in crawls), [len(documents) / crawl.wall for crawl in crawls]
        row(
            count, f"{len(documents) / wall:.0f}", f"{min(rates):.0f} to {max(rates):.0f}", f"{first / wall:.2f}",
            f"{least / least_time(found, count):.2f}", crawls[0].written, f"{wall:.1f}",
            f"{median(run.cpu for run in found) * 1000 / len(documents):.1f}",
            f"{median(crawl.cpu for crawl in crawls) * 1000 / len(documents):.1f}",
            f"{max(crawl.peak for crawl in crawls):.0f}",
        )  # fmt: skip


if __name__ == "__main__":
    main()
