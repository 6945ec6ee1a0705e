"""What many workers over one Redis bring and cost.

    python -m benchmarks.shared speed      what 1, 2 and 4 workers do in a second, and take of CPU time and of Redis
    python -m benchmarks.shared memory     bytes that the history of an article takes in Redis

The site is local, a process of its own, as is Redis: on two cores, four workers, Redis and the site share them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from functools import partial
from hashlib import sha256
from types import SimpleNamespace

from scrapy.settings import Settings

from newscrawl.crawl.counts import Counts
from newscrawl.store import Article, Met, Visit
from newscrawl.store.redis.store import Emitted, RedisStore
from tests.shared import RedisServer, Workers, preload

_ARTICLES = 2000


def speed() -> None:
    site = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.site", "--real", "--articles", str(_ARTICLES)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert site.stdout is not None
    start = f"start={site.stdout.readline().strip()}/sitemap.xml"
    options = ["-s", "BATCH_ARTICLES=100", "-s", "LEASE_SECONDS=60", "-a", start, "-a", "hops=0"]
    print("workers  articles  seconds  articles/s  CPU ms an article  steps in Redis an article")
    try:
        for count in (0, 1, 2, 4):
            workers = Workers(1, None, *options, settings="newscrawl.fast")
            if not count:  # without Redis, for comparison
                workers.command = [word.replace("%(worker)d-%(batch_id)d", "alone") for word in workers.command]
                workers.command += ["-s", "REDIS_URL="]
            began, used = time.monotonic(), _cpu()
            for _ in range(max(1, count)):
                workers.start()
            assert set(workers.wait(300)) == {0}, workers.log()
            took, used = time.monotonic() - began, (_cpu() - used) / _ARTICLES * 1000
            found = len(workers.check(complete=False))
            assert found == _ARTICLES, (found, workers.log())
            steps = workers.redis.client.info("commandstats").get("cmdstat_evalsha", {"calls": 0})["calls"]
            print(
                f"{count or 'alone':>7}  {found:8}  {took:7.1f}  {found / took:10.0f}  {used:17.1f}",
                f" {steps / found:.1f}",
                flush=True,
            )
            workers.close()
    finally:
        site.terminate()


def _cpu() -> float:
    """CPU seconds of the workers that have ended: Redis and the site have not."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def memory(many: int = 100_000) -> None:
    server = RedisServer()
    try:
        store = _store(server)
        before = server.client.info("memory")["used_memory"]
        for start in range(0, many, 500):
            names = [
                f"ministers-agree-on-a-new-crossing-of-the-strait-after-talks-1250903{n:06d}"
                for n in range(start, start + 500)
            ]
            store.do(partial(_meet, store, names))
            file = f"worldnews-20250903T210000Z-3-{start // 100:04}.jsonl"
            store.opening(file)
            store.take(500)
            articles = [
                Emitted(_visit(name), _name(name), _article(name), "world-news", _WALK, 1, False) for name in names
            ]
            store.publish(file, articles)
            store.named([file])
        crawling = server.client.info("memory")["used_memory"] - before
        for name in ("met", "queue", "claims", f"leased:{store.worker}", f"claims:{store.worker}"):
            server.client.unlink(f"newscrawl:worldnews:{store.run}:{name}")
        time.sleep(1)
        kept = server.client.info("memory")["used_memory"] - before
        while_open = f"{(crawling - kept) / many:.0f} more while their crawl is open"
        print(f"{many} articles: {kept / many:.0f} bytes each in the history, {while_open}")
    finally:
        server.close()


_WALK = "https://www.news.example/world-news"


def _store(server: RedisServer) -> RedisStore:
    values = {"REDIS_URL": server.url, "REDIS_PREFIX": "newscrawl:", "REDIS_RETRY_SECONDS": 1, "LEASE_SECONDS": 60}
    walk = SimpleNamespace(
        site=SimpleNamespace(name="news.example"), met=False, taken=0, skipped=0, learn=lambda learned: None
    )
    store = RedisStore(Settings(values), "worldnews", Counts(), {_WALK: walk}, index=False)
    store.join({}, "world-news", None)
    return store


def _meet(store: RedisStore, names: list[str]) -> None:
    for name in names:
        visit = _visit(name)
        store.found(_name(name), f"/world-news/{name}_1.html", "world-news", listed=True)
        store.meet(_WALK, visit.key, Met(0, listed=True, settled=False, next_url=None))
        store.wait(visit)


def _visit(name: str) -> Visit:
    return Visit(_WALK, name[-13:], f"{_WALK}/{name}_1.html", 1, known=False)


def _name(name: str) -> str:
    return f"news.example/{name[-13:]}"


def _article(name: str) -> Article:
    return Article(
        name=_name(name), path=f"/world-news/{name}_1.html", content_hash=sha256(name.encode()).hexdigest(),
        headline=name, paragraph_hash=sha256(name.encode()).hexdigest()[:16],
        next_path=f"/world-news/{name[::-1]}_1.html", etag='"5f3c-61a2b3c4d5e6f"',
        last_modified="Wed, 03 Sep 2025 14:19:30 GMT", date_modified=None, date_published="2025-09-03T19:49:00+05:30",
        crawled_at="2025-09-03T21:00:00Z",
    )  # fmt: skip


if __name__ == "__main__":
    preload()
    {"speed": speed, "memory": memory}[sys.argv[1]]()
