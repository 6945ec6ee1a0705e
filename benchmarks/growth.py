"""Does the fast profile slow down, or take more memory, as the history or the run grows?

    python -m benchmarks.growth                                  # 10^3 to 10^6 known, runs of 10^2 to 10^5 pages
    python -m benchmarks.growth --known 10000 --run 1000         # not larger than that; a minute
    python -m benchmarks.growth --real                           # pages of 150 KB in place of 8 KB

First a night of 2000 new articles over a history that knows more and more, 180 of them young enough to be looked
at again; then runs without a history before them. All from the sitemap, on one core, the site on another.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.crawl import pin
from benchmarks.history import NEAR, NEW, NEWEST, fill
from benchmarks.load import Watch
from benchmarks.measure import Crawl, Server, crawl, fast, header, heading, row, serving

_NIGHT = 2000  # new articles
_KNOWN, _RUN = (1000, 10_000, 100_000, 1_000_000), (100, 1000, 10_000, 100_000)


def run(server: Server, output: Path, core: int | None, limit: float) -> tuple[Crawl, Watch, float]:
    """One crawl from the sitemap, and the articles a second from the first request to the end."""
    server.first()
    watch = Watch(server)
    arguments = ["-a", f"start={server.origin}/sitemap.xml", "-a", "hops=0"]
    done = crawl(output, arguments, (), watch, limit, profile=fast(), core=core)
    return done, watch, done.written / (done.ended - server.first())


def report(name: int, done: Crawl, watch: Watch, rate: float, *more: object) -> None:
    half = watch.at(watch.served / 2)[1]
    row(
        f"{name:,}", *more, f"{rate:.0f}", f"{done.cpu * 1000 / max(1, done.written):.1f}", f"{half:.0f}",
        f"{done.peak:.0f}", done.written, f"{done.wall:.1f}", done.status,
    )  # fmt: skip


def known(sizes: Sequence[int], core: int | None, limit: float, *, real: bool) -> None:
    """Nights of ``_NIGHT`` new articles with ever more articles known."""
    header(
        "known", "history MB", "articles/s", "CPU ms an article", "MB at half", "peak MB", "written", "s", "exit status"
    )
    young, first = NEAR * NEW, NEWEST - NEW  # the number after the newest known article's
    with serving(_NIGHT + young, newest=first + _NIGHT, etags=True, real=real) as server:
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                history = Path(folder) / "worldnews.history.sqlite"
                fill(history, size)
                megabytes = history.stat().st_size / 1e6
                report(size, *run(server, Path(folder) / "out.jsonl", core, limit), f"{megabytes:.0f}")


def growing(sizes: Sequence[int], core: int | None, limit: float, *, real: bool) -> None:
    """Runs of ever more pages."""
    header("pages", "articles/s", "CPU ms an article", "MB at half", "peak MB", "written", "s", "exit status")
    for size in sizes:
        folder = Path(tempfile.mkdtemp())
        try:
            with serving(size, etags=True, real=real) as server:
                report(size, *run(server, folder / "out.jsonl", core, limit))
        finally:
            shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--known", type=int, default=_KNOWN[-1], help="articles that the history knows, at most")
    parser.add_argument("--run", type=int, default=_RUN[-1], help="pages of a run, at most")
    parser.add_argument("--real", action="store_true", help="pages of 150 KB")
    parser.add_argument("--limit", type=float, default=3600.0, help="seconds after which a run is stopped")
    options = parser.parse_args()
    core = pin()
    heading()
    print(f"settings {fast()}, pages of {'150' if options.real else '8'} KB\n")
    known([size for size in _KNOWN if size <= options.known], core, options.limit, real=options.real)
    print()
    growing([size for size in _RUN if size <= options.run], core, options.limit, real=options.real)


if __name__ == "__main__":
    main()
