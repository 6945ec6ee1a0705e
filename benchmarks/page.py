"""One page in, one Article out: how long each step takes.

    python -m benchmarks.page                        # 200 pages as large as the publisher's, 5 rounds
    python -m benchmarks.page --file page.html --url https://www.business-standard.com/world-news/…_1.html

Runs ``extract_article`` itself, its functions wrapped by a clock; a step's time is its own, without that of
the steps it calls. What is computed once and used by several steps counts where it is first needed. The last
row is the whole without any clock inside. Of each page the median of its rounds, then the median of the pages.
"""

from __future__ import annotations

import argparse
import io
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, wraps
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from scrapy.settings import Settings
from scrapy.utils.misc import load_object

import newscrawl.extract as package
from benchmarks.bigpage import HOME, page
from benchmarks.measure import fast, header, heading, row
from benchmarks.site import path
from newscrawl import library
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
    headers = {"Content-Type": "text/html; charset=utf-8"}
    sink = io.BytesIO()
    feed = exporter(sink)
    for number in range(rounds + 1):  # the first one warms up
        for url, body in documents.items():
            began = time.perf_counter()
            library.extract_article(body, url, headers)
            if number:
                whole[url].append((time.perf_counter() - began) * 1e3)
        for url, body in documents.items():  # a pass of its own: what is remembered of a page is forgotten by then
            clock = Clock()
            with clocked(clock):
                began = time.perf_counter()
                article = library.extract_article(body, url, headers)
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


def report(steps: Mapping[str, list[float]], whole: list[float]) -> None:
    def p95(times: list[float]) -> float:
        return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]

    total = median(whole)
    header("step", "ms, median", "ms, 95th percentile", "share")
    for step in (*ORDER, "the rest", _SERIALISE):
        if times := steps.get(step):
            row(step, f"{median(times):.3f}", f"{p95(times):.3f}", f"{median(times) / total:.0%}")
    row("**`extract_article`**", f"**{total:.2f}**", f"**{p95(whole):.2f}**", f"{1000 / total:.0f} pages/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--file", type=Path, help="a saved page in place of the invented ones")
    parser.add_argument("--url", help="its address")
    options = parser.parse_args()
    if bool(options.file) != bool(options.url):
        parser.error("--file and --url go together")
    logging.disable(logging.WARNING)
    if options.file:
        documents = {options.url: options.file.read_bytes()}
    else:
        documents = {HOME + path(number): page(number) for number in range(1000, 1000 + options.pages)}
    heading()
    sizes = [len(body) for body in documents.values()]
    print(f"{len(documents)} pages, {median(sizes) / 1000:.0f} KB each (median), {options.rounds} rounds\n")
    report(*measure(documents, options.rounds))


if __name__ == "__main__":
    main()
