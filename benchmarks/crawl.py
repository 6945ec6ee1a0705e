"""Articles a second on one core: this project, beside Scrapy that extracts nothing, ten selectors, and other tools.

    python -m benchmarks.crawl                     # 3000 pages of 150 KB, 3 rounds; some three minutes
    python -m benchmarks.crawl --quick             # 600 pages, 1 round; under a minute
    python -m benchmarks.crawl --peers /tmp/peers  # other tools too, each in a virtual environment made there
    python -m benchmarks.crawl --folder PAGES      # saved pages of any sites in place of the publisher's

Where the folder has fewer pages than are asked for, all come again under other addresses, as often as needed: then the
start of the process weighs little, and what is remembered of a site's pages helps, as on any site.

The crawler is pinned to one core, the site to another. Rounds take all in turn. Articles a second are counted
from the site's first request to the end of the process, files complete; s is the whole process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.bigpage import story
from benchmarks.measure import Crawl, Server, fast, flags, header, heading, measured, row, serving
from benchmarks.site import headline

_SCRIPTS = Path(__file__).parent / "peers"
CEILING, OURS, KEPT, TEN = (
    "Scrapy, same settings, extracts nothing",
    "newscrawl",
    "newscrawl, every page kept as WARC",
    "Scrapy, default settings, 10 CSS selectors",
)
#: Some tools ask for images and lists of domains elsewhere: all but the site leads to a port where nobody listens.
_NOWHERE = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
_TRAFILATURA = ("scrapy", "requests", "trafilatura", "lxml_html_clean")
#: Other tools: the script that runs one, its virtual environment, and what is installed there.
PEERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Scrapy + trafilatura": (
        "scrapy_trafilatura.py",
        "trafilatura",
        ("scrapy", "requests", "trafilatura", "lxml_html_clean"),
    ),
    "requests + trafilatura": (
        "requests_trafilatura.py",
        "trafilatura",
        ("scrapy", "requests", "trafilatura", "lxml_html_clean"),
    ),
    "requests + newspaper4k": ("newspaper_pages.py", "newspaper4k", ("newspaper4k", "lxml_html_clean")),
    "requests + news-please": ("news_please.py", "news-please", ("news-please",)),
}


@dataclass(frozen=True)
class Result:
    """One run, and what came of it."""

    run: Crawl
    rate: float
    whole: float  # share of the articles looked at whose body is the story, all of it and nothing else


def environment(folder: Path, packages: Sequence[str]) -> str:
    """The Python of a virtual environment, made when it is not there yet."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True)
    return str(python)


@dataclass(frozen=True)
class Setup:
    """What all crawlers of a run have in common."""

    articles: int
    rounds: int
    folder: Path | None  # of saved pages of any sites, in place of the publisher's
    core: int | None  # for the crawler
    peers: Path | None = None


def command(name: str, origin: str, output: Path, setup: Setup) -> tuple[list[str], str]:
    """How a crawler is run, and the settings module that it reads."""
    scrapy, start = [sys.executable, "-m", "scrapy"], ["-a", f"start={origin}/sitemap.xml", "-a", "hops=0"]
    profile = fast()
    if name == CEILING:
        off = ["EXTENSIONS={}", "ITEM_PIPELINES={}", "DEFAULT_FEEDS={}"]
        arguments = ["-a", f"origin={origin}", "-a", f"output={output}", *flags(off, profile)]
        return [*scrapy, "runspider", str(_SCRIPTS / "nothing.py"), *arguments], profile
    if name in (OURS, KEPT):
        kept = ["-s", f"ARCHIVE={output.parent / 'archive'}"] if name == KEPT else []
        spider = "section" if setup.folder else "worldnews"
        crawl = [sys.executable, "-m", "newscrawl", "crawl", spider, "-O", str(output)]
        return [*crawl, *start, *kept, *flags((), profile)], profile
    if name == TEN:
        site = "any" if setup.folder else "publisher"
        arguments = ["-a", f"origin={origin}", "-a", f"site={site}", "-s", "LOG_LEVEL=WARNING", "-O", str(output)]
        return [*scrapy, "runspider", str(_SCRIPTS / "ten_selectors.py"), *arguments], ""
    assert setup.peers is not None
    script, folder, packages = PEERS[name]
    return [environment(setup.peers / folder, packages), str(_SCRIPTS / script), origin, str(output)], ""


def whole(output: Path, looked_at: int = 100) -> float:
    """The share of stories written whole, of the first lines of a file; white space does not count."""
    good = total = 0
    if not output.exists():
        return 0.0
    for line in output.read_text(encoding="utf8").splitlines()[:looked_at]:
        article = json.loads(line) if line.strip() else {}
        title = article.get("headline") or article.get("title") or ""
        text = article.get("body") or article.get("text") or ""
        text = " ".join(text) if isinstance(text, list) else text
        number = title.rsplit(" ", 1)[-1]
        total += 1
        if number.isdigit() and title == headline(int(number)):
            good += "".join(text.split()) == "".join("".join(story(int(number)).paragraphs).split())
    return good / total if total else 0.0


def once(name: str, server: Server, setup: Setup) -> Result:
    """One run of one crawler, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "out.jsonl"
        line, profile = command(name, server.origin, output, setup)
        server.first()
        run = measured(line, output, profile, core=setup.core, environment=_NOWHERE if name in PEERS else {})
        first = server.first()
        if run.status not in (0, 2 if setup.folder else 0) or not run.written:
            log = output.with_suffix(".log").read_text(encoding="utf8")
            print(f"{name}: exit status {run.status}, {run.written} articles\n{log[-1500:]}", file=sys.stderr)
        return Result(run, run.written / (run.ended - first) if first else 0.0, whole(output))


def report(name: str, results: Sequence[Result], ceiling: float, *, invented: bool) -> None:
    rate = median(result.rate for result in results)
    runs = [result.run for result in results]
    cpu = median(run.cpu for run in runs)
    share = "-" if name == CEILING or not invented else f"{median(result.whole for result in results):.0%}"
    row(
        name, f"{rate:.0f}", f"{min(r.rate for r in results):.0f} to {max(r.rate for r in results):.0f}",
        f"{rate / ceiling:.0%}" if ceiling else "-", median(run.written for run in runs),
        f"{median(run.wall for run in runs):.1f}", f"{cpu:.1f}",
        f"{cpu * 1000 / max(1, median(run.written for run in runs)):.1f}", f"{max(run.peak for run in runs):.0f}",
        share,
    )  # fmt: skip


def measure(names: Sequence[str], setup: Setup) -> dict[str, list[Result]]:
    """Every crawler in turn, round after round, on the same pages."""
    results: dict[str, list[Result]] = {name: [] for name in names}
    with serving(setup.articles, real=not setup.folder, folder=setup.folder) as server:
        for _ in range(setup.rounds):
            for name in names:
                results[name].append(once(name, server, setup))
                print(f"  {name}: {results[name][-1].rate:.0f}", file=sys.stderr)
    return results


def pin() -> int | None:
    """Pin this process, and so the site that it starts, to one core; gives another for the crawler."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    if len(cores) < 2:
        return None
    os.sched_setaffinity(0, {cores[0]})
    return cores[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="a folder of saved pages in place of the invented ones")
    parser.add_argument("--quick", action="store_true", help="600 articles, one round")
    parser.add_argument("--only", help="names of crawlers that contain this; the ceiling comes along")
    parser.add_argument("--peers", type=Path, help="a folder for the virtual environments of other tools")
    parser.add_argument("--peer-articles", type=int, default=300)
    options = parser.parse_args()
    if options.quick:
        options.articles, options.rounds = 600, 1
    for peer in PEERS.values() if options.peers else ():
        environment(options.peers / peer[1], peer[2])
    core = pin()
    wanted = [
        name for name in (CEILING, OURS, KEPT, TEN) if not options.only or name == CEILING or options.only in name
    ]
    heading()
    pinned = "crawler and site pinned to a core each" if core is not None else "nothing pinned"
    kind = "saved pages" if options.folder else "invented pages"
    print(f"{options.articles} {kind}, {options.rounds} rounds, {pinned}; settings {fast()}\n")
    header(
        "crawler", "articles/s", "least to most", "of the ceiling", "articles", "s", "CPU s", "CPU ms an article",
        "peak RSS MB", "bodies whole",
    )  # fmt: skip
    setup = Setup(options.articles, options.rounds, options.folder, core, options.peers)
    results = measure(wanted, setup)
    ceiling = median(result.rate for result in results[CEILING])
    for name in wanted:
        report(name, results[name], ceiling, invented=not options.folder)
    if options.peers:
        for name, found in measure(list(PEERS), replace(setup, articles=options.peer_articles)).items():
            report(name, found, ceiling, invented=not options.folder)


if __name__ == "__main__":
    main()
