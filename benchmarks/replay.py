"""A replay on one core and on several: the same archive in turns.

    python -m benchmarks.replay                             # 1000 invented pages, 1 and 2 processes, 3 rounds
    python -m benchmarks.replay --folder PAGES --processes 1 2 4

The archive holds each page as one WARC record. With one process, the run itself reads the pages. Pages a second are
counted over the whole run, with its start.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
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
    heading()
    print(f"{len(documents)} pages, {options.rounds} rounds; settings {fast()}\n")
    runs: dict[int, list[Crawl]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        archive, output = Path(folder, "pages.warc.gz"), Path(folder, "out.jsonl")
        write(archive, documents)
        for _ in range(options.rounds):
            for count in options.processes:
                arguments = ["-a", f"start={archive}", "-s", f"REPLAY_PROCESSES={count}", "-O", str(output)]
                command = [sys.executable, "-m", "scrapy", "crawl", "section", *arguments]
                runs[count].append(measured(command, output, fast()))
    header(
        "processes", "pages/s", "least to most", "times as many", "articles", "s", "CPU ms a page", "peak RSS MB of one"
    )
    first = median(run.wall for run in runs[options.processes[0]])
    for count, found in runs.items():
        wall, rates = median(run.wall for run in found), [len(documents) / run.wall for run in found]
        row(
            count, f"{len(documents) / wall:.0f}", f"{min(rates):.0f} to {max(rates):.0f}", f"{first / wall:.2f}",
            found[0].written, f"{wall:.1f}", f"{median(run.cpu for run in found) * 1000 / len(documents):.1f}",
            f"{max(run.peak for run in found):.0f}",
        )  # fmt: skip


if __name__ == "__main__":
    main()
