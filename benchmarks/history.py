"""Does a night become slower or larger with what the history remembers?

    python -m benchmarks.history                     # 0 to 10^6 remembered articles, 5 nights each
    python -m benchmarks.history --remembered 0 1000 --runs 1

A night over an edition of 200 articles, of which 20 are new and, where anything is remembered, 180 are known:
20 of each of the nine nights before. Every night starts from a copy of the same history.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median

from benchmarks.measure import Crawl, crawl, header, heading, row, serving
from benchmarks.site import headline, path, published
from newscrawl.history import History
from newscrawl.history.drift import FIELDS

NEW, EDITION, NEAR = 20, 200, 9  # NEAR: nights before tonight that brought NEW articles each
NEWEST = 1_000_000 + NEW
_PAGES = 10  # of the listing, which show the whole edition
_NIGHTS = 3650  # a history of ten years at most
_SHARES = {
    "read": NEW,
    "filled": dict.fromkeys(FIELDS, NEW),
    "rules": {
        "headline: h1.stryhdtp": NEW,
        "body: .storycontent": NEW,
        "date_published: json-ld:datePublished": NEW,
    },
}
_COUNTS = {
    "written": NEW, "changed": 0, "unchanged": 180, "found": EDITION, "failed": 0, "older": 0, "gone": 0,
    "listing_failed": 0, "pages": 90, "failures": "", "shares": _SHARES,
}  # fmt: skip


def nights(remembered: int) -> Iterator[tuple[int, range]]:
    """How many nights ago, and the numbers of the articles that were new then; oldest night first."""
    newest = NEWEST - NEW
    near = min(NEAR, remembered // NEW)
    far = range(newest - remembered, newest - near * NEW)
    each = max(NEW, -(-len(far) // (_NIGHTS - NEAR)))
    starts = range(far.start, far.stop, each)
    for position, start in enumerate(starts):
        yield near + len(starts) - position, range(start, min(start + each, far.stop))
    for ago in range(near, 0, -1):
        yield ago, range(newest - ago * NEW, newest - (ago - 1) * NEW)


def fill(file: Path, remembered: int) -> None:
    """Write the history that these nights leave: published runs, their files, articles and versions."""
    today = datetime.now(UTC)
    with History(file) as history, history.db as db:
        for run, (ago, numbers) in enumerate(nights(remembered), 1):
            moment = f"{today - timedelta(days=ago):%Y-%m-%dT%H:%M:%SZ}"
            name = f"/srv/news/output/worldnews-{moment}.jsonl"
            db.execute(
                "insert into runs(id, started, section, feeds, state, finished, seconds, status, sentence, pages,"
                " listing, counts) values (?, ?, 'world-news', 1, 'published', ?, 60, 0, 'all well', ?, ?, ?)",
                (run, moment, moment, _PAGES, sha256(name.encode()).hexdigest(), json.dumps(_COUNTS)),
            )
            db.execute("insert into files values (?, ?, 1, 0, null, 0, null)", (run, name))
            first = numbers.start - (NEWEST - NEW - remembered) + 1  # versions are counted from 1
            db.executemany(
                "insert into versions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?)",
                (_version(first + n - numbers.start, n, run, name, moment) for n in numbers),
            )
            db.executemany(
                "insert into articles values (?, ?, 'world-news', 1, ?, ?, ?)",
                ((_key(n), path(n), moment, moment, first + n - numbers.start) for n in numbers),
            )


def _key(number: int) -> str:
    return f"business-standard.com/{path(number).rsplit('-', 1)[1].removesuffix('_1.html')}"


def _version(version: int, number: int, run: int, file: str, moment: str) -> tuple[object, ...]:
    date = published(number).isoformat()
    text = sha256(str(number).encode()).hexdigest()
    etag, following = f'"{number:x}"', path(number - 1)
    return version, _key(number), run, file, text, headline(number), path(number), date, date, moment, etag, following


def night(history: Path, folder: Path, origin: str) -> Crawl:
    """One night that starts from a copy of ``history``."""
    folder.mkdir()
    shutil.copyfile(history, folder / "worldnews.history.sqlite")
    try:
        return crawl(folder / "out.jsonl", ["-a", f"start={origin}/world-news", "-a", f"pages={_PAGES}"])
    finally:
        shutil.rmtree(folder)


def measure(remembered: int, runs: int) -> None:
    """One row of the table: medians over ``runs`` nights."""
    with (
        tempfile.TemporaryDirectory() as temporary,
        serving(EDITION, newest=NEWEST, size=8000, etags=True) as server,
    ):
        file = Path(temporary) / "filled.sqlite"
        fill(file, remembered)
        done, requests = [], []
        for number in range(runs):
            before = server.counts()["requests"]
            done.append(night(file, Path(temporary) / str(number), server.origin))
            requests.append(server.counts()["requests"] - before)
        walls = [run.wall for run in done]
        row(
            f"{remembered:,}", f"{file.stat().st_size / 1e6:.0f}", f"{median(walls):.2f}",
            f"{min(walls):.2f} to {max(walls):.2f}", f"{median(run.cpu for run in done):.2f}",
            f"{median(run.peak for run in done):.1f}", f"{median(requests):.0f}",
            f"{median(run.written for run in done):.0f}", max(run.status for run in done),
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--remembered", type=int, nargs="*", default=[0, 1000, 100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    heading()
    header(
        "remembered", "history MB", "wall s", "least to most", "CPU s", "peak RSS MB", "requests", "written",
        "exit status",
    )  # fmt: skip
    for remembered in options.remembered:
        measure(remembered, options.runs)


if __name__ == "__main__":
    main()
