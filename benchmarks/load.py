"""A whole large site: is memory flat, and how fast is it read? Then the night after, with nothing new.

Run in the project's folder:

    python -m benchmarks.load                        # 100000 articles, from the sitemaps; some ten minutes
    python -m benchmarks.load --by listing           # the same by listing pages, without Next Story links
    python -m benchmarks.load --articles 2000        # a quick try
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Crawl, Server, crawl, header, heading, row, serving
from benchmarks.site import PER_PAGE

SHARES = (0.02, 0.1, 0.25, 0.5, 0.75, 1.0)


class Watch:
    """Notes memory, time and articles served; gives the memory at shares of the articles."""

    def __init__(self, server: Server):
        self.server = server
        self.before = server.counts()
        self.began = time.monotonic()
        self.samples: list[tuple[float, int, float]] = []

    def __call__(self, memory: float) -> None:
        if memory:
            served = self.server.counts()["articles"] - self.before["articles"]
            self.samples.append((time.monotonic() - self.began, served, memory))

    def at(self, articles: float) -> tuple[float, float]:
        """Time and memory when so many articles had been served."""
        reached = [(when, memory) for when, served, memory in self.samples if served >= articles]
        return reached[0] if reached else (math.nan, math.nan)

    @property
    def served(self) -> int:
        return self.samples[-1][1] if self.samples else 0


def _whole(number: float) -> str:
    return "-" if math.isnan(number) else f"{number:.0f}"


def report(name: str, articles: int, run: Crawl, watch: Watch) -> str:
    """One row: memory along the way, speed while pages came, and the time after the last page; gives the ending."""
    memory = [_whole(watch.at(articles * share)[1]) for share in SHARES]
    last = watch.at(watch.served)[0]
    speed = f"{watch.served / last:.0f}" if watch.served else "-"
    requests = watch.server.counts()["requests"] - watch.before["requests"]
    row(
        name, *memory, f"{run.peak:.0f}", run.written, requests, speed, f"{run.wall:.0f}", f"{run.cpu:.0f}",
        f"{run.wall - last:.0f}", run.status,
    )  # fmt: skip
    return run.sentence


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--by", choices=("sitemap", "listing"), default="sitemap")
    parser.add_argument("--size", type=int, default=4000, help="bytes of an article's page, about")
    parser.add_argument("--limit", type=float, default=900.0, help="seconds after which a run is stopped")
    parser.add_argument("-s", action="append", default=[], dest="settings", help="a setting, as for scrapy crawl")
    options = parser.parse_args()
    pages, sentences = math.ceil(options.articles / PER_PAGE), []
    heading()
    header(
        "night", *(f"MB at {share:.0%}" for share in SHARES), "peak MB", "written", "requests", "articles/s", "s",
        "CPU s", "s after the last page", "exit status",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, serving(options.articles, size=options.size, etags=True) as server:
        start = "sitemap.xml" if options.by == "sitemap" else "world-news"
        arguments = ["-a", f"start={server.origin}/{start}", "-a", "hops=0", "-a", f"pages={pages}"]
        # A chain of listing pages is as deep as it is long.
        settings = [f"DEPTH_LIMIT={pages + 10}", *options.settings]
        for night in ("first", "next"):
            watch = Watch(server)
            run = crawl(Path(folder) / f"{night}.jsonl", arguments, settings, watch, options.limit)
            sentences.append(f"{night}: {report(night, options.articles, run, watch)}")
    print("\n" + "\n".join(sentences))


if __name__ == "__main__":
    main()
