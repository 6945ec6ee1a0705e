"""Many sections in one process, against a process for each, one after the other.

    python -m benchmarks.sections                  # 50 sites, as fast as can be
    python -m benchmarks.sections --polite         # with the delays of a live crawl; a dozen minutes

All sites are one server, at 127.0.0.1, 127.0.0.2 and so on (Linux answers there); each section has a folder of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Crawl, fast, header, heading, lines, measured, row, serving


def file_of(work: Path, origins: list[str], pages: int) -> Path:
    """A file of sections, one for each origin, that write below ``work``."""
    path = work / "sections.toml"
    text = f'[defaults]\nspider = "worldnews"\nhops = 0\npages = {pages}\n'
    for number, origin in enumerate(origins):
        output = json.dumps(str(work / f"{number}" / "articles.jsonl"))
        text += f'[sections.site-{number}]\nstart = "{origin}/world-news"\noverwrite_output = {output}\n'
    path.write_text(text, encoding="utf8")
    return path


def in_one(work: Path, origins: list[str], pages: int, at_once: int, profile: str) -> Crawl:
    """All in one process."""
    work.mkdir()
    file = str(file_of(work, origins, pages))
    command = [sys.executable, "-m", "scrapy", "crawlall", file, "-n", str(at_once)]
    return measured(command, work / "all", profile, limit=1800)


def one_each(work: Path, origins: list[str], pages: int, profile: str) -> list[Crawl]:
    """A process for each, one after the other."""
    runs = []
    for number, origin in enumerate(origins):
        output = work / f"{number}" / "articles.jsonl"
        output.parent.mkdir(parents=True)
        command = [sys.executable, "-m", "scrapy", "crawl", "worldnews", "-a", f"start={origin}/world-news"]
        command += ["-a", "hops=0", "-a", f"pages={pages}", "-O", str(output)]
        runs.append(measured(command, output, profile))
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sections", type=int, default=50)
    parser.add_argument("--articles", type=int, default=40, help="of each section")
    parser.add_argument("--at-once", type=int, nargs="*", default=[1, 4, 16, 50])
    parser.add_argument("--polite", action="store_true", help="the project's own settings")
    options = parser.parse_args()
    profile = "newscrawl.settings" if options.polite else fast()
    heading()
    print(f"{options.sections} sections of {options.articles} articles, {profile}\n")
    header("how", "articles", "not ended with 0", "s", "CPU s", "peak RSS MB")
    pages = -(-options.articles // 20)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(options.articles, hosts=options.sections, real=True) as server,
    ):
        port = server.origin.rsplit(":", 1)[1]
        origins = [f"http://127.0.0.{number + 1}:{port}" for number in range(options.sections)]
        for at_once in options.at_once:
            work = Path(folder) / f"at-once-{at_once}"
            run = in_one(work, origins, pages, at_once, profile)
            written = sum(map(lines, work.glob("*/articles.jsonl")))
            row(
                f"one process, {at_once} at once",
                written,
                run.status,
                f"{run.wall:.1f}",
                f"{run.cpu:.1f}",
                round(run.peak),
            )
        runs = one_each(Path(folder) / "each", origins, pages, profile)
        written, ill = sum(run.written for run in runs), sum(run.status != 0 for run in runs)
        wall, cpu = sum(run.wall for run in runs), sum(run.cpu for run in runs)
        peak = round(max(run.peak for run in runs))
        row("a process each, one after the other", written, ill, f"{wall:.1f}", f"{cpu:.1f}", peak)


if __name__ == "__main__":
    main()
