"""A flaky site: what is emitted on a night of faults, and on the night after it.

    python -m benchmarks.faults                      # 300 articles, about two minutes
    python -m benchmarks.faults --articles 60

Each fault befalls a share of all answers but robots.txt, whatever was asked for. The crawler retries as its
settings say, but waits 0.05 s, 0.1 s and 0.2 s for it. The night after, the site is well.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from pathlib import Path

from benchmarks.measure import Crawl, crawl, header, heading, row, serving
from benchmarks.site import FAULTS, PER_PAGE

NIGHTS: dict[str, dict[str, float]] = {
    "no faults": {},
    "10 % answers 503": {"error": 0.1},
    "10 % connections reset": {"reset": 0.1},
    "10 % bodies cut off": {"truncated": 0.1},
    "10 % slow": {"slow": 0.1},
    "all four, 10 % each": dict.fromkeys(FAULTS, 0.1),
    "all four, 15 % each": dict.fromkeys(FAULTS, 0.15),
    "50 % answers 503": {"error": 0.5},
}


def ids(*files: Path) -> list[str]:
    """The ids of the articles in files of JSON Lines."""
    return [
        json.loads(line)["id"]
        for file in files
        if file.exists()
        for line in file.read_text(encoding="utf8").splitlines()
    ]


def night(folder: Path, name: str, articles: int, faults: dict[str, float]) -> tuple[Crawl, dict[str, int]]:
    """One night, and the site's counts."""
    with serving(articles, size=8000, etags=True, **faults) as server:
        pages = math.ceil(articles / PER_PAGE)
        run = crawl(folder / f"{name}.jsonl", ["-a", f"start={server.origin}/world-news", "-a", f"pages={pages}"])
        return run, server.counts()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=300)
    options = parser.parse_args()
    heading()
    header(
        "the first night", "faults", "emitted", "exit status", "requests", "s", "emitted the night after",
        "exit status", "requests", "both nights, once each",
    )  # fmt: skip
    sentences = []
    for name, faults in NIGHTS.items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            first, counts = night(folder, "first", options.articles, faults)
            second, after = night(folder, "second", options.articles, {})
            emitted = ids(folder / "first.jsonl", folder / "second.jsonl")
        once = f"{len(set(emitted))} of {options.articles}"
        if len(set(emitted)) != len(emitted):
            once += f", {len(emitted) - len(set(emitted))} twice"
        row(
            name, sum(counts.get(fault, 0) for fault in FAULTS), first.written, first.status, counts["requests"],
            f"{first.wall:.1f}", second.written, second.status, after["requests"], once,
        )  # fmt: skip
        sentences += [f"{name}: {first.sentence}", f"  the night after: {second.sentence}"]
    print("\n" + "\n".join(sentences))


if __name__ == "__main__":
    main()
