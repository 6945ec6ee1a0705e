"""Kills runs that deliver to two places, at random moments, while these fail, and checks what the places have in the end.

    python -m tests.deliveries --kills 100

Each run adds to a file here, to an object in an S3 and to a file on an HTTP server (``-o`` of all three); the section moves on
after each kill, and ``newscrawl deliver`` is run (and killed) in between. Both servers refuse uploads, hang up half-way,
keep a file and say that they have not, or say nothing until the client gives up; the S3 is away now and then. Whenever a
place has a file, its lines are whole and no article is in it twice. In the end all three have each article that was asked
for or is shown exactly once.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator

from newscrawl.targets import sending, target
from tests import places
from tests.conftest import path_of
from tests.crashes import Crashes, forked
from tests.forks import preload

_SHOWN = 20  # articles that the section shows at a time
_RUNS = 0.7  # of all that is killed; the rest are deliveries without a run
_AWAY_OFTEN = 0.2
_AWAY = "http://127.0.0.1:1"  # where no S3 answers


class Deliveries(Crashes):
    """Runs over one site that write here, and to an S3 and an HTTP server."""

    def __init__(self, articles: int, shown: int, s3: places.S3, web: places.Web):
        super().__init__(articles, shown)
        self.s3, self.web = s3, web
        self.remote = {"S3": s3, "HTTP": web}
        for place in s3, web:
            place.ways = (*place.ways, "late")

    def crawl(self, *, kill_after: float | None = None, is_away: bool = False) -> int:
        """One run; its exit status, or -9 if it was killed so many seconds after the fork."""
        feeds = [f"{self.folder}/world.jsonl", "s3://news/world.jsonl", f"{self.web.url}/world.jsonl"]
        words = [word for feed in feeds for word in ("-o", feed)]
        return self._execute([*self.command, "-a", "hops=0", *words], kill_after, is_away=is_away)

    def deliver(self, *, kill_after: float | None = None, is_away: bool = False) -> int:
        """What is due, without a run; its exit status."""
        file = self.folder / "worldnews.history.sqlite"
        return self._execute(["scrapy", "deliver", "--file", str(file)], kill_after, is_away=is_away)

    def _execute(self, command: list[str], kill_after: float | None, *, is_away: bool) -> int:
        settings = self.s3.settings
        if is_away:
            settings = [word.replace(self.s3.url, _AWAY) for word in settings]
        child = forked([*command, *settings], self.work, lambda _: False, kill_at=None, report=False)
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def held(self) -> dict[str, list[str]]:
        """The ids in each place's file, in its order; all lines are whole, and no article is in one twice."""
        here = self.folder / "world.jsonl"
        files = {"here": here.read_bytes() if here.exists() else b"", "web": self.web.files.get("/world.jsonl", b"")}
        files["s3"] = self.s3.read("world.jsonl") if self.s3.names() else b""
        found = {}
        for name, data in files.items():
            assert not data or data.endswith(b"\n"), f"{name} ends in a torn line"
            found[name] = [json.loads(line)["id"] for line in data.splitlines()]
            assert len(found[name]) == len(set(found[name])), f"repeated at {name}"
        return found

    def check_all(self) -> int:
        """All places have all articles; how many."""
        wanted = {path_of(n).rsplit("-", 1)[1][:12] for n in json.loads(self.get("/asked"))}
        for name, ids in self.held().items():
            lost = wanted - set(ids)
            assert not lost, f"{sorted(lost)} are not at {name}\n{self.log}"
        return len(wanted)

    @property
    def log(self) -> str:
        """The end of what the runs logged."""
        return (self.work / "log").read_text()[-3000:]


@contextlib.contextmanager
def deliveries(articles: int, shown: int) -> Iterator[Deliveries]:
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    target._TIMEOUT, sending._WAIT = 1, 0.1  # seconds: a forked run does not wait for what is not going to come
    with places.s3() as s3, places.web() as web:
        made = Deliveries(articles, shown, s3, web)
        try:
            yield made
        finally:
            made.close()


def random_moments(made: Deliveries, kills: int, seed: int) -> str:
    """Kill so many runs and deliveries; then let runs end until nothing is due."""
    chance = random.Random(seed)
    began = time.monotonic()
    assert made.crawl() in (0, 2), made.log
    whole = time.monotonic() - began
    ended: Counter[int] = Counter()
    while ended[-signal.SIGKILL] < kills:
        for place in made.web, made.s3:
            place.fails = chance.choice((0.0, 0.5, 1.0))
        execute = made.crawl if chance.random() < _RUNS else made.deliver
        status = execute(kill_after=chance.uniform(whole * 0.3, whole * 3), is_away=chance.random() < _AWAY_OFTEN)
        ended[status] += 1
        assert status in (-signal.SIGKILL, 0, 2), made.log
        made.held()
        made.get("/move")
    made.web.fails = made.s3.fails = 0.0
    assert made.crawl() in (0, 2), made.log
    made.held()
    assert made.deliver() == 0, made.log
    count = made.check_all()
    assert "asyncio" not in (made.work / "log").read_text(), made.log
    failed = {name: {way: n for way, n in place.uploads.items() if way} for name, place in made.remote.items()}
    return (
        f"{ended[-signal.SIGKILL]} kills, {ended[0]} runs or deliveries that ended with 0, {ended[2]} with 2; a run takes"
        f" {whole:.2f} s; uploads that failed: {failed}; {count} articles, each once here, in S3 and on the HTTP server"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="kills at random moments")
    parser.add_argument("--articles", type=int, default=600, help="articles of the site")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    options = parser.parse_args()
    preload()
    with deliveries(options.articles, _SHOWN) as made:
        print(random_moments(made, options.kills, options.seed))
