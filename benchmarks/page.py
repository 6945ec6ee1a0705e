"""One page in, one Article out: how long each step takes.

    python -m benchmarks.page                        # 200 pages as large as the publisher's, 5 rounds
    python -m benchmarks.page --file page.html --url https://www.business-standard.com/world-news/…_1.html
    python -m benchmarks.page --folder PAGES --peers /tmp/peers   # saved pages of any sites, beside other extractors

Runs ``extract_article`` itself, its functions wrapped by a clock; a step's time is its own, without that of
the steps it calls. What is computed once and used by several steps counts where it is first needed. The last
row is the whole without any clock inside. Of each page the median of its rounds, then the median of the pages.

With ``--folder``, pages have invented addresses of a site that nobody described. Two more tables follow: the whole
beside lxml's parse of the same pages (and beside other extractors, each in a process of its own; all take turns), and
the slowest pages for their size, each with the steps that took longest. A page is slow above 10 ms and 1 ms a KB.
"""

from __future__ import annotations

import argparse
import io
import logging
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property, wraps
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from lxml.html import HTMLParser, document_fromstring
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

import newscrawl.extract as package
from benchmarks import saved
from benchmarks.bigpage import HOME, page
from benchmarks.crawl import environment
from benchmarks.measure import fast, header, heading, row
from benchmarks.site import path
from newscrawl import garbage, library
from newscrawl.article.item import Article
from newscrawl.extract import byline, neighbours, topics
from newscrawl.extract import page as pages

#: Step, and the functions that it is: where they are looked up when a page is read, and their names.
STEPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("decode", pages.Page, ("__init__",)),
    ("parse", pages.Page, ("root",)),
    ("metadata", pages.Page, ("meta", "json_ld")),
    ("links", neighbours, ("next_url", "more_links")),
    ("fields", neighbours, ("canonical_url",)),
    ("fields", byline, ("byline",)),
    ("fields", topics, ("topics",)),
    ("fields", package.FIELDS, tuple(package.FIELDS)),
    ("dates found", package, ("find_dates",)),
    ("body", package, ("extract_body",)),
    ("offers", library, ("remove_offers",)),
    ("dates read", library, ("read_dates",)),
    ("hash", Article, ("seal",)),
)  # fmt: skip
ORDER = ("decode", "parse", "metadata", "fields", "dates found", "body", "links", "offers", "dates read", "hash")
_SERIALISE = "serialise (as the feed does)"
PAGES = 200
HEADERS = {"Content-Type": "text/html; charset=utf-8"}
#: A page takes no longer than so many milliseconds, and so many for each KB.
SLOW_FROM, SLOW_PER_KB = 10, 1
PARSE, OURS = "lxml's parse", "newscrawl"
#: Other extractors, and what is installed for each.
EXTRACTORS = {
    "trafilatura": ("trafilatura", "lxml_html_clean"),
    "resiliparse": ("resiliparse",),
    "newspaper4k": ("newspaper4k", "lxml_html_clean"),
}


class Clock:
    """Own time of each step, in seconds."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner = [0.0]  # of each step under way, what the steps it called have taken

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            self._inner.append(0.0)
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                took = time.perf_counter() - began
                self.spent[step] += took - self._inner.pop()
                self._inner[-1] += took

        return wrapper


@contextmanager
def clocked(clock: Clock) -> Iterator[None]:
    """``extract_article`` with every step's functions timed."""
    kept = [(owner, name, _holder(owner)[name]) for _, owner, names in STEPS for name in names]
    steps = {(id(owner), name): step for step, owner, names in STEPS for name in names}
    for owner, name, function in kept:
        step = steps[id(owner), name]
        if isinstance(function, cached_property):
            timed: Any = cached_property(clock.timed(step, function.func))
            timed.__set_name__(owner, name)
        else:
            timed = clock.timed(step, function)
        _put(owner, name, timed)
    try:
        yield
    finally:
        for owner, name, function in kept:
            _put(owner, name, function)


def _holder(owner: Any) -> Mapping[str, Any]:
    return owner if isinstance(owner, dict) else vars(owner)


def _put(owner: Any, name: str, function: Any) -> None:
    if isinstance(owner, dict):
        owner[name] = function
    else:
        setattr(owner, name, function)


def exporter(sink: io.BytesIO) -> Any:
    """The exporter of the JSON Lines feed, as the settings have it."""
    settings = Settings()
    settings.setmodule(fast())
    kind = load_object(settings.getwithbase("FEED_EXPORTERS")["jsonlines"])
    return kind(sink, encoding=settings["FEED_EXPORT_ENCODING"])


def measure(documents: Mapping[str, bytes], rounds: int) -> tuple[dict[str, list[float]], list[float]]:
    """Milliseconds: of each step page by page, and of the whole without a clock inside."""
    samples: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    whole: dict[str, list[float]] = defaultdict(list)
    sink = io.BytesIO()
    feed = exporter(sink)
    for number in range(rounds + 1):  # the first one warms up
        for url, body in documents.items():
            began = time.perf_counter()
            library.extract_article(body, url, HEADERS)
            if number:
                whole[url].append((time.perf_counter() - began) * 1e3)
        for url, body in documents.items():  # a pass of its own: what is remembered of a page is forgotten by then
            clock = Clock()
            with clocked(clock):
                began = time.perf_counter()
                article = library.extract_article(body, url, HEADERS)
                inside = time.perf_counter() - began
            clock.spent["the rest"] = inside - sum(clock.spent.values())
            began = time.perf_counter()
            feed.export_item(article)
            clock.spent[_SERIALISE] = time.perf_counter() - began
            sink.seek(0)
            if number:
                for step, seconds in clock.spent.items():
                    samples[step][url].append(seconds * 1e3)
    steps = {step: [median(times) for times in by_page.values()] for step, by_page in samples.items()}
    return steps, [median(times) for times in whole.values()]


def percentile(times: Sequence[float], percent: int) -> float:
    return quantiles(times, n=100)[percent - 1] if len(times) > 1 else times[0]


def report(steps: Mapping[str, list[float]], whole: list[float]) -> None:
    """One row a step, and one for the whole."""
    total = median(whole)
    header("step", "ms, median", "ms, 95th percentile", "ms, 99th percentile", "share")
    for step in (*ORDER, "the rest", _SERIALISE):
        if times := steps.get(step):
            high = (f"{percentile(times, percent):.3f}" for percent in (95, 99))
            row(step, f"{median(times):.3f}", *high, f"{median(times) / total:.0%}")
    high = (f"**{percentile(whole, percent):.2f}**" for percent in (95, 99))
    row("**`extract_article`**", f"**{total:.2f}**", *high, f"{1000 / total:.0f} pages/s")


def beside(times: Mapping[str, list[float]]) -> None:
    """The whole of each tool beside the first one, which is lxml's parse."""
    base = median(next(iter(times.values())))
    print()
    header("tool", "ms, median", "multiple of the parse", "ms, 95th percentile", "ms, 99th percentile", "99th / median")
    for name, found in times.items():
        p99 = percentile(found, 99)
        row(name, f"{median(found):.2f}", f"{median(found) / base:.1f}", f"{percentile(found, 95):.2f}", f"{p99:.2f}",
            f"{p99 / median(found):.1f}")  # fmt: skip


def slowest(documents: Mapping[str, bytes], steps: Mapping[str, list[float]], whole: list[float], most: int) -> None:
    """The pages that took longest for their size, and how many are slow."""
    sizes = [len(body) / 1000 for body in documents.values()]
    allowed = [SLOW_FROM + SLOW_PER_KB * size for size in sizes]
    slow = sum(took > least for took, least in zip(whole, allowed, strict=True))
    print(f"\n{slow} of {len(whole)} pages took more than {SLOW_FROM} ms and {SLOW_PER_KB} ms for each KB.\n")
    header("page", "KB", "ms", "ms allowed", "steps that took longest")
    numbers = sorted(range(len(whole)), key=lambda n: whole[n] / allowed[n], reverse=True)
    for n in numbers[:most]:
        longest = sorted(((times[n], step) for step, times in steps.items()), reverse=True)[:3]
        told = ", ".join(f"{step} {took:.1f}" for took, step in longest)
        row(list(documents)[n].rpartition("/")[2], f"{sizes[n]:.0f}", f"{whole[n]:.1f}", f"{allowed[n]:.0f}", told)


def compared(documents: Mapping[str, bytes], rounds: int, peers: Path | None) -> dict[str, list[float]]:
    """Milliseconds of each page by tool: lxml's parse, this project, other extractors; all take turns, page by page."""
    tools: dict[str, Callable[[str, bytes], float]] = {PARSE: timed_parse, OURS: timed_extract}
    with ExitStack() as processes:
        for name, packages in EXTRACTORS.items() if peers else ():
            assert peers is not None
            python = environment(peers / name, packages)
            tools[name] = processes.enter_context(peer(python, name))
        samples: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in tools}
        for number in range(rounds + 1):  # the first one warms up
            for url, body in documents.items():
                for name, timed in tools.items():
                    took = timed(url, body)
                    if number:
                        samples[name][url].append(took)
    return {name: [median(found) for found in by_page.values()] for name, by_page in samples.items()}


def timed_parse(url: str, body: bytes) -> float:
    """Milliseconds of lxml's parse of a page, with freeing its tree."""
    began = time.perf_counter()
    document_fromstring(body, parser=HTMLParser(encoding="utf-8"))
    return (time.perf_counter() - began) * 1e3


def timed_extract(url: str, body: bytes) -> float:
    began = time.perf_counter()
    library.extract_article(body, url, HEADERS)
    return (time.perf_counter() - began) * 1e3


@contextmanager
def peer(python: str, name: str) -> Iterator[Callable[[str, bytes], float]]:
    """Another extractor in a process of its own, which reads one page after the other and answers with its time."""
    command = [python, str(Path(__file__).parent / "peers" / "one_page.py"), name]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    sent, told = process.stdin, process.stdout
    assert sent and told

    def timed(url: str, body: bytes) -> float:
        sent.write(f"{url} {len(body)}\n".encode() + body)
        sent.flush()
        return float(told.readline())

    try:
        yield timed
    finally:
        sent.close()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, help=f"how many (default: {PAGES}, of a folder all)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--file", type=Path, help="a saved page in place of the invented ones")
    parser.add_argument("--url", help="its address")
    parser.add_argument("--folder", type=Path, help="saved pages in place of the invented ones: *.html, *.html.gz")
    parser.add_argument("--peers", type=Path, help="a folder for the virtual environments of other extractors")
    parser.add_argument("--slowest", type=int, default=10, help="how many of the slowest pages of a folder are shown")
    options = parser.parse_args()
    if bool(options.file) != bool(options.url):
        parser.error("--file and --url go together")
    logging.disable(logging.WARNING)
    garbage.loaded()  # as a crawl does
    if options.file:
        documents = {options.url: options.file.read_bytes()}
    elif options.folder:
        saved_pages = saved.bodies(options.folder, options.pages or 0)
        documents = {saved.SITE + place: body for place, body in saved_pages.items()}
    else:
        documents = {HOME + path(number): page(number) for number in range(1000, 1000 + (options.pages or PAGES))}
    heading()
    sizes = [len(body) for body in documents.values()]
    print(f"{len(documents)} pages, {median(sizes) / 1000:.0f} KB each (median), {options.rounds} rounds\n")
    steps, whole = measure(documents, options.rounds)
    report(steps, whole)
    if options.folder:
        beside(compared(documents, options.rounds, options.peers))
        slowest(documents, steps, whole, options.slowest)


if __name__ == "__main__":
    main()
