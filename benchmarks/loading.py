"""How fast do nightly files come into the database, and in how much memory?

    python -m benchmarks.loading                       # 10^5 and 10^6 articles, 1000 in a file
    python -m benchmarks.loading --articles 100000
    python -m benchmarks.loading --articles 10000 --database postgresql://news@localhost/empty

Then a night of 100 more articles, a load with nothing new, and searches for a rare and a common word.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.measure import header, heading, measured, row
from benchmarks.site import SENTENCES, headline, path, published
from newscrawl.article.item import Article
from newscrawl.database.address import Address, place_of
from newscrawl.load.search import find

_WORDS = "Ordan Maro Serin Pelu Astmark Veldin Torrin Halsey Brenn Ostrava Quell Narva Ilmen Dorne Kesh Lorn".split()


def article(number: int) -> Article:
    """An article of some 25 sentences, its own."""
    rng = Random(number)
    url, date = f"https://www.business-standard.com{path(number)}", published(number)
    made = Article(
        url=url,
        id=url.rsplit("-", 1)[1].removesuffix("_1.html"),
        publisher="business-standard.com",
        section="World News",
        headline=headline(number),
        description=rng.choice(SENTENCES),
        authors=[f"Author {rng.randrange(500)}"],
        date_published=date.isoformat(),
        date_modified=date.isoformat(),
        body="\n\n".join(rng.choices(SENTENCES, k=rng.randrange(10, 40))) + f" Lot {number:x}q.",
        image=f"https://images.example/{number}.jpg",
        topics=[*rng.sample(_WORDS, k=3), f"Topic {rng.randrange(5000)}"],
        language="en",
        next_url=f"https://www.business-standard.com{path(number - 1)}",
        links=[f"https://www.business-standard.com{path(number - n)}" for n in range(1, 6)],
        crawled_at=f"{date:%Y-%m-%dT%H:%M:%SZ}",
        extraction={
            "headline": "h1.stryhdtp",
            "body": ".storycontent",
            "date_published": "meta:article:published_time",
        },
    )
    made.seal()
    return made


def write(folder: Path, numbers: range, per_file: int) -> float:
    """Nightly files with these articles; their size in MB."""
    size = 0
    for start in range(numbers.start, numbers.stop, per_file):
        file = folder / f"worldnews-{start:09}.jsonl"
        with file.open("w", encoding="utf8") as out:
            for number in range(start, min(start + per_file, numbers.stop)):
                out.write(json.dumps(article(number).to_dict(), ensure_ascii=False) + "\n")
        size += file.stat().st_size
    return size / 1e6


def load(folder: Path, database: Path | Address, limit: float) -> Iterator[object]:
    """Cells of a row: seconds, CPU seconds, peak MB and how it ended."""
    named = database.text if isinstance(database, Address) else str(database)
    command = [sys.executable, "-m", "scrapy", "load", str(folder), "--database", named]
    done = measured(command, folder / "load.jsonl.txt", "newscrawl.settings", limit=limit)
    yield from (f"{done.wall:.1f}", f"{done.cpu:.1f}", f"{done.peak:.0f}", done.status)


def seconds(database: Path | Address, word: str) -> str:
    """How long a search takes, in ms: the second one, the first has warmed the file."""
    find(database, [word], 10)
    began = time.perf_counter()
    assert find(database, [word], 10)
    return f"{1000 * (time.perf_counter() - began):.0f} ms"


def megabytes_of(database: Path | Address) -> float:
    """How much of a disk a database takes."""
    if isinstance(database, Path):
        return sum(one.stat().st_size for one in database.parent.glob("articles.sqlite*")) / 1e6
    from newscrawl.load.postgresql import reading

    with reading(database) as db:
        ((size,),) = db.execute("select pg_database_size(current_database())").fetchall()
    return float(size) / 1e6


def measure(count: int, per_file: int, limit: float, address: Address | None) -> None:
    """The rows of one size."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = address or folder / "articles.sqlite"
        size, rows = 0.0, count
        for what, numbers in (
            ("all", range(count)),
            ("nothing new", range(0)),
            ("100 more", range(count, count + 100)),
        ):
            size += write(folder, numbers, per_file)
            os.sync()  # or their writing would be measured
            wall, *cells = load(folder, database, limit)
            rows = len(numbers)
            rate = f"{rows / float(str(wall)):.0f}" if rows else "-"
            row(f"{count:,}", what, wall, rate, *cells, f"{size:.0f}", f"{megabytes_of(database):.0f}")
        print(f"\nsearch: a rare word {seconds(database, f'{count // 2:x}q')}", end=", ")
        print(f"a word in most articles {seconds(database, 'harbour')}\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--per-file", type=int, default=1000)
    parser.add_argument("--limit", type=float, default=900.0, help="seconds for one load")
    parser.add_argument("--database", metavar="ADDRESS", help="an empty PostgreSQL database, instead of SQLite")
    options = parser.parse_args()
    place = place_of(options.database) if options.database else None
    heading()
    header("articles", "loaded", "s", "articles/s", "CPU s", "peak MB", "exit status", "files MB", "database MB")
    for count in options.articles:
        measure(count, options.per_file, options.limit, place if isinstance(place, Address) else None)


if __name__ == "__main__":
    main()
