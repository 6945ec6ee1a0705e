"""How long ``scrapy report`` takes, and how large its file is, for a year of nights.

python -m benchmarks.report --nights 365 --articles 100000
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from newscrawl.article.item import Article
from newscrawl.history import History, durable, runs
from newscrawl.history.drift import FIELDS
from newscrawl.report.data import collect
from newscrawl.report.page import render

_WORDS = "harbour ship lorry council river bridge vote grain storm island market doctor school train mountain".split()


def article(number: int, night: date, chance: random.Random) -> Article:
    """An article of 500 words."""
    body = "\n\n".join(" ".join(chance.choices(_WORDS, k=50)) for _ in range(10))
    one = Article(
        f"https://news.example/world/story-{number}", str(number), "news.example", headline=body[:60], body=body,
        date_published=f"{night}T{chance.randrange(24):02}:15:00+05:30", crawled_at=f"{night}T21:00:00Z",
        topics=[f"Topic {int(chance.paretovariate(0.6)) % 500}" for _ in range(4)],
    )  # fmt: skip
    one.seal()
    return one


def fill(folder: Path, nights: int, articles: int) -> Path:
    """A history of that many nights and new articles; one in 20 more is a change of a story of the night before."""
    chance, path = random.Random(1), folder / "news.history.sqlite"
    each, before = articles // nights, list[int]()
    with History(path) as history:
        history.db.execute("pragma synchronous = off")
        for night in range(nights):
            day = date(2025, 1, 1) + timedelta(days=night)
            new = list(range(night * each, night * each + each))
            file = folder / f"news-{day}.jsonl"
            run = durable.begin(history, "world", 1)
            durable.opening(history, run, str(file), True, False)
            lines = [json.dumps(article(n, day, chance).to_dict()) + "\n" for n in [*new, *before[: each // 20]]]
            file.with_name(f"{file.name}.part").write_text("".join(lines), encoding="utf8")
            durable.prepare(history, run, [(str(file), 0, True)])
            durable.publish(history, run)
            shares = {"read": each, "filled": dict.fromkeys(FIELDS, each), "rules": {"body: .text": each}}
            urls = [f"https://news.example/world/story-{n}-with-a-name-of-usual-length" for n in new[:50]]
            told = {"written": len(lines), "changed": each // 20, "unchanged": 9, "failed": 50, "pages": each}
            kept = {"slowest": [[url, 900] for url in urls[:20]], "failed_pages": [[url, "HTTP 500"] for url in urls]}
            counts = json.dumps(told | kept | {"shares": shares, "answers": {"200": each, "500": 50}})
            runs.finish(history, run, runs.Ending(0 if night % 7 else 2, "50 failed", counts, None, None, 3, 600.0))
            with history.db:
                history.db.execute("update runs set started = ? where id = ?", (f"{day}T21:00:00Z", run))
            before = new
    return path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--nights", type=int, default=365)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = fill(Path(folder), options.nights, options.articles)
        held = sum(file.stat().st_size for file in Path(folder).glob("*.jsonl"))
        print(f"{options.nights} nights, {options.articles} articles, {held / 1e6:.0f} MB in their files")
        for nights in (90, options.nights):
            start = time.perf_counter()
            report = collect([path], nights)
            read = time.perf_counter()
            page = render(report).encode()
            drawn = time.perf_counter()
            print(
                f"-n {nights}: read in {read - start:.1f} s, drawn in {drawn - read:.1f} s, {len(page) / 1e6:.2f} MB,"
                f" {report.articles} articles, {sum(edition.changed for edition in report.editions)} changes"
            )


if __name__ == "__main__":
    main()
