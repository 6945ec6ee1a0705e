"""A Redis of its own, workers of one crawl on it, and a harness that kills them.

    python -m tests.shared --kills 50                      one of four workers at random moments, again and again
    python -m tests.shared --kills 50 --moving             the same while the section moves on after each kill
    python -m tests.shared --steps                         at every line that claims, writes, commits or joins
    python -m tests.shared --redis 10                      kill Redis itself, with appendonly, and start it again
    python -m tests.shared --stopped 90                    stop Redis for so many seconds, with the settings of a real crawl

A worker is a forked child that executes the command line; Redis and the site are processes of their own. After
each kill another worker takes the killed one's place. After each crawl: every line of every finished file is whole,
every article that the site shows is in exactly one line of them all, and no unfinished file is left.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests import forks
from tests.conftest import FAST, path_of
from tests.crashes import forked, lines_of, serve

#: Where a kill may come, of a worker's own code.
_FILES = (
    "newscrawl/shared/keeper.py", "newscrawl/shared/feed.py", "newscrawl/feeds/file.py", "newscrawl/extensions/keeper.py",
    "newscrawl/store/redis/store.py", "newscrawl/store/redis/session.py", "newscrawl/store/redis/changes.py",
    "newscrawl/store/redis/earlier.py", "newscrawl/store/redis/cells.py",
)  # fmt: skip


class RedisServer:
    """Debian's redis-server on a free loopback port, in a folder of its own; with ``durable``, it keeps what it is told."""

    def __init__(self, *, durable: bool = False):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.folder = Path(tempfile.mkdtemp(prefix="redis-"))
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._durable = ["--appendonly", "yes", "--appendfsync", "always"] if durable else ["--appendonly", "no"]
        self.start()

    def start(self) -> None:
        binary = shutil.which("redis-server")
        assert binary
        self.process = subprocess.Popen(
            [
                binary,
                "--port",
                f"{self.port}",
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                str(self.folder),
                *self._durable,
            ],
            stdout=subprocess.DEVNULL,
        )
        self.client.ping()

    @property
    def client(self) -> Any:
        """A client that waits until it is there."""
        import redis
        from redis.backoff import ConstantBackoff
        from redis.retry import Retry

        return redis.Redis(
            port=self.port, decode_responses=True, retry=Retry(ConstantBackoff(0.02), 500),
            retry_on_error=[redis.ConnectionError, redis.BusyLoadingError],
        )  # fmt: skip

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float) -> None:
        """Let it do nothing for so long: it is there, and does not answer."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            self.process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)


class Workers:
    """Workers of one crawl over one site, into one folder."""

    def __init__(
        self,
        articles: int,
        shown: int | None = None,
        *options: str,
        durable: bool = False,
        settings: str = "newscrawl.settings",
    ):
        self.redis = RedisServer(durable=durable)
        self.settings = settings
        ours, theirs = get_context("fork").Pipe()
        self.server = get_context("fork").Process(target=serve, args=(articles, shown or articles, theirs), daemon=True)
        self.server.start()
        self.work = Path(tempfile.mkdtemp(prefix="shared-"))
        self.folder = self.work / "output"
        self.folder.mkdir()
        self.origin = f"http://127.0.0.1:{ours.recv()}"
        self.alive: list[int] = []
        self.statuses: Counter[int] = Counter()
        self.command = [
            "scrapy", "crawl", "worldnews", *FAST, "-s", "LOG_LEVEL=WARNING", "-s", f"REDIS_URL={self.redis.url}",
            "-s", "LEASE_SECONDS=2", "-s", "BATCH_ARTICLES=5", "-a", f"pages={articles}",
            "-a", f"start={self.origin}/world-news", "-o", f"{self.folder}/%(worker)d-%(batch_id)d.jsonl", *options,
        ]  # fmt: skip

    def close(self) -> None:
        for child in self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.server.terminate()
        self.redis.close()
        shutil.rmtree(self.work)

    def start(self, kill_at: int | None = None, report: bool = False) -> int:
        """Start a worker; ``kill_at`` is a count of lines that it executes in ``_FILES``."""
        child = forked(
            self.command,
            self.work,
            lambda code: code.co_filename.endswith(_FILES),
            kill_at=kill_at,
            report=report,
            settings=self.settings,
        )
        self.alive.append(child)
        return child

    def kill(self, child: int) -> None:
        os.kill(child, signal.SIGKILL)

    def ended(self) -> list[int]:
        """The statuses of workers that have ended since, by themselves or not."""
        found = []
        for child in list(self.alive):
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                self.alive.remove(child)
                found.append(os.waitstatus_to_exitcode(status))
        self.statuses.update(found)
        return found

    def replace_late(self) -> int:
        """Start others for workers that were late with their sign of life, on a busy machine; how many."""
        late = 0
        for status in self.ended():
            assert status in (0, 1), (status, self.log())
            if status == 1:
                assert "no sign of life" in self.log(), self.log()
                late += 1
                self.start()
        return late

    def wait(self, seconds: float = 120) -> list[int]:
        """Wait until all have ended; their statuses."""
        found, until = [], time.monotonic() + seconds
        while self.alive:
            found += self.ended()
            assert time.monotonic() < until, f"they do not end\n{self.log()}"
            time.sleep(0.02)
        return found

    def is_open(self) -> bool:
        """Whether the first crawl has not been closed yet."""
        return int(self.redis.client.get("newscrawl:worldnews:crawls") or 0) == 0 or bool(
            self.redis.client.get("newscrawl:worldnews:crawl") == "1"
        )

    def written(self) -> int:
        """How many articles of the first crawl are in whole files."""
        return int(self.redis.client.hget("newscrawl:worldnews:1:counts", "written") or 0)

    def log(self) -> str:
        return (self.work / "log").read_text()[-5000:]

    def check(self, complete: bool) -> set[str]:
        """What the finished files hold; ``complete``: all there is, and nothing left behind."""
        found = Counter(key for file in self.folder.glob("*.jsonl") for key, _ in lines_of(file))
        assert not (twice := [key for key, count in found.items() if count > 1]), f"repeated: {twice}\n{self.log()}"
        if complete:
            lost = {path_of(n).rsplit("-", 1)[1][:12] for n in json.loads(self.get("/asked"))} - set(found)
            assert not lost, f"{sorted(lost)} are lost\n{self.log()}"
            assert not (left := list(self.folder.glob("*.part*"))), f"unfinished files are left: {left}\n{self.log()}"
        return set(found)

    def get(self, path: str) -> bytes:
        with urlopen(self.origin + path) as answer:
            return bytes(answer.read())

    def clear(self) -> None:
        """Begin anew: an empty folder, a Redis that knows nothing."""
        self.redis.client.flushall()
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.get("/forget")


def random_moments(workers: Workers, kills: int, moving: bool, seed: int, many: int = 4) -> str:
    """Kill one of ``many`` workers at random moments, and put another in its place; begin anew when all is emitted."""
    chance = random.Random(seed)
    killed = crawls = late = 0
    while killed < kills:
        for _ in range(many):
            workers.start()
        until = time.monotonic() + chance.uniform(0.05, 1.5)
        while workers.alive:
            late += workers.replace_late()
            if killed < kills and time.monotonic() >= until and workers.alive and (moving or workers.is_open()):
                child = chance.choice(workers.alive)
                workers.kill(child)
                os.waitpid(child, 0)
                workers.alive.remove(child)
                killed += 1
                workers.check(complete=False)
                if moving:
                    workers.get("/move")
                workers.start()
                until = time.monotonic() + chance.uniform(0.05, 1.5)
            time.sleep(0.01)
        if moving:  # what the section showed when the listing had been read already, a later crawl reads
            workers.start()
            assert workers.wait() == [0], workers.log()
        workers.check(complete=True)
        crawls += 1
        if not moving:
            workers.clear()
    return (
        f"{killed} kills, {crawls} times all emitted, {late} late workers; nothing lost, nothing repeated, no torn line"
    )


def steps(workers: Workers, every: int) -> str:
    """Kill a worker at each line of its own code; then another does what is left."""
    workers.command += ["-s", "LEASE_SECONDS=0.5"]
    workers.start(report=True)
    assert workers.wait() == [0], workers.log()
    workers.check(complete=True)
    lines, killed = int((workers.work / "lines").read_text()), 0
    for line in range(1, lines + 1, every):
        workers.clear()
        workers.start(kill_at=line)
        killed += workers.wait() == [-signal.SIGKILL]  # the last lines come or not, as signs of life do
        workers.check(complete=False)
        workers.start()
        assert workers.wait() == [0], (line, workers.log())
        workers.check(complete=True)
    return f"{killed} of {lines} steps: nothing lost, nothing repeated"


def redis_down(workers: Workers, kills: int, seed: int) -> str:
    """Kill Redis itself while four workers crawl, and start it again."""
    chance = random.Random(seed)
    killed = crawls = 0
    while killed < kills:
        for _ in range(4):
            workers.start()
        until = time.monotonic() + chance.uniform(0.5, 2.0)
        while workers.alive:
            workers.ended()
            if killed < kills and time.monotonic() >= until and workers.is_open():
                workers.redis.kill()
                time.sleep(chance.uniform(0, 1.0))
                workers.redis.start()
                killed += 1
                until = time.monotonic() + chance.uniform(0.5, 2.0)
            time.sleep(0.01)
        workers.check(complete=True)
        crawls += 1
        workers.clear()
    assert set(workers.statuses) == {0}, (workers.statuses, workers.log())
    return f"Redis killed {killed} times, {crawls} times all emitted: nothing lost, nothing repeated"


def redis_stopped(workers: Workers, articles: int, seconds: float, lease: float) -> str:
    """Stop Redis for a while, in the middle of a crawl by four workers."""
    workers.command += ["-s", f"LEASE_SECONDS={lease}"]
    for _ in range(4):
        workers.start()
    until = time.monotonic() + 120
    while workers.written() < articles / 4:
        workers.replace_late()
        assert time.monotonic() < until, workers.log()
        time.sleep(0.01)
    before = workers.written()
    workers.statuses.clear()
    assert before < articles, "the crawl was over"
    workers.redis.stop(seconds)
    began = time.monotonic()
    workers.wait()
    found = workers.check(complete=True)
    assert set(workers.statuses) == {0}, (workers.statuses, workers.log())
    return (
        f"Redis stopped for {seconds:g} s after {before} of {len(found)} articles, leases of {lease:g} s: all ended with"
        f" 0, {time.monotonic() - began:.1f} s after it went on; nothing lost, nothing repeated"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="kills at random moments")
    parser.add_argument("--articles", type=int, default=200, help="articles of the site")
    parser.add_argument("--moving", action="store_true", help="the section shows others after each kill")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    parser.add_argument("--steps", action="store_true", help="kill at each step instead")
    parser.add_argument("--every", type=int, default=1, help="with --steps: at each n-th step only")
    parser.add_argument("--redis", type=int, help="kill Redis so many times instead")
    parser.add_argument("--stopped", type=float, metavar="SECONDS", help="stop Redis for so long instead")
    parser.add_argument("--lease", type=float, default=60, help="with --stopped: LEASE_SECONDS")
    options = parser.parse_args()
    preload()
    count = 4 if options.steps else options.articles
    workers = Workers(count, count // 4 if options.moving else count, durable=options.redis is not None)
    try:
        if options.steps:
            print(steps(workers, options.every))
        elif options.redis is not None:
            print(redis_down(workers, options.redis, options.seed))
        elif options.stopped is not None:
            print(redis_stopped(workers, count, options.stopped, options.lease))
        else:
            print(random_moments(workers, options.kills, options.moving, options.seed))
    finally:
        workers.close()


def preload() -> None:
    """Import once, before the forks, so that each worker begins where a fresh process has its imports behind it."""
    import newscrawl.shared.keeper
    import newscrawl.shared.politeness  # noqa: F401

    forks.preload()


if __name__ == "__main__":
    main()
