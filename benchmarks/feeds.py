"""What do the forms of output cost, and does their memory stay where it is?

    python -m benchmarks.feeds                      # 10^5 articles in each form
    python -m benchmarks.feeds --articles 10000 --formats parquet sqlite

Each form is written by a process of its own, through the storage and the exporter that a crawl uses, fsync and rename
included. Making the articles is not counted; ``jsonlines`` is the measure. The last line reads the JSON Lines
back, as ``scrapy validate`` does.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from benchmarks.measure import PROJECT, header, heading, row
from newscrawl.article.item import Article
from newscrawl.feeds.file import AtomicFileFeedStorage

_WORDS = [f"{start}{end}" for start in "ba ke li mo nu ra se ti vo zu".split() for end in "lan rek sto vim dor".split()]
_FORMATS = ("jsonlines", "parquet", "sqlite", "excel", "csv", "json", "xml", "atom", "jsonfeed")
_START = datetime(2025, 9, 3, tzinfo=UTC)


def articles(count: int) -> Iterator[Article]:
    """Articles of some 450 words, each another."""
    chance = random.Random(1)
    for number in range(count):
        moment = (_START - timedelta(minutes=number)).isoformat(timespec="seconds")
        words = chance.choices(_WORDS, k=450)
        article = Article(
            url=f"https://www.example.org/world-news/story-{number}.html",
            id=f"{125_000_000_000 + number}",
            publisher="example.org",
            section="World News",
            headline=" ".join(words[:9]).capitalize(),
            description=" ".join(words[9:30]).capitalize(),
            authors=["A. Reporter"],
            place=words[0].capitalize(),
            date_published=moment,
            date_modified=moment,
            body="\n\n".join(" ".join(words[start : start + 50]) for start in range(0, 450, 50)),
            topics=words[:4],
            language="en",
            links=[f"https://www.example.org/world-news/story-{number + n}.html" for n in range(5)],
            crawled_at="2025-09-03T14:19:30Z",
            extraction={"headline": "h1", "body": ".story", "date_published": "time"},
        )
        article.seal()
        yield article


def export(name: str, path: Path, count: int) -> float:
    """Write the articles in one form; gives the seconds that the exporter and the storage took."""
    settings = Settings()
    settings.setmodule("newscrawl.settings")
    exporter_class = load_object(settings.getwithbase("FEED_EXPORTERS")[name])
    storage = AtomicFileFeedStorage(str(path), feed_options={"format": name, "overwrite": True})
    file = storage.open(None)  # type: ignore[arg-type]
    exporter = exporter_class(file, encoding="utf-8")
    seconds = 0.0
    for step, *what in _steps(exporter, storage, file, count):
        began = time.perf_counter()
        step(*what)
        seconds += time.perf_counter() - began
    assert storage.error is None, storage.error
    return seconds


def _steps(exporter: Any, storage: AtomicFileFeedStorage, file: Any, count: int) -> Iterator[tuple[Any, ...]]:
    yield (exporter.start_exporting,)
    for article in articles(count):
        yield exporter.export_item, article
    yield (exporter.finish_exporting,)
    yield storage.store, file


def validate(path: Path) -> float:
    """Check a file; gives the seconds."""
    from newscrawl.article.check import Checker

    began = time.perf_counter()
    with path.open("rb") as file:
        assert not Checker().check(file, path.name).faults
    return time.perf_counter() - began


def measured(name: str, folder: Path, count: int) -> dict[str, Any]:
    """One form in a process of its own: seconds, peak memory in MB (10^6 bytes), the file's MB."""
    command = [sys.executable, "-m", "benchmarks.feeds", "--one", name, "--folder", str(folder), f"--articles={count}"]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def one(name: str, folder: Path, count: int) -> None:
    """What the process does."""
    path = folder / f"articles.{'jsonlines' if name == 'validate' else name}"
    seconds = validate(path) if name == "validate" else export(name, path, count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"seconds": seconds, "peak": peak, "size": path.stat().st_size / 1e6}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", default=[*_FORMATS, "validate"])
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one, options.folder, options.articles)
        return
    heading()
    header("form", "articles/s", "ms an article", "peak MB", "peak MB at a tenth", "file MB")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.formats:
            tenth = measured(name, Path(folder), options.articles // 10) if name != "validate" else {"peak": 0}
            whole = measured(name, Path(folder), options.articles)
            rate = options.articles / whole["seconds"]
            small = f"{tenth['peak']:.0f}" if tenth["peak"] else ""
            row(name, f"{rate:,.0f}", f"{1000 / rate:.3f}", f"{whole['peak']:.0f}", small, f"{whole['size']:.0f}")


if __name__ == "__main__":
    main()
