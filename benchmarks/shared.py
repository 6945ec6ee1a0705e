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
    from scrapy.settings import Settings

    from newscrawl.shared.session import Session

    server = RedisServer()
    try:
        values = {"REDIS_URL": server.url, "REDIS_PREFIX": "newscrawl:", "REDIS_RETRY_SECONDS": 1, "LEASE_SECONDS": 60}
        session = Session(Settings(values), "worldnews")
        walk = "https://www.news.example/world-news"
        session.crawl = session.step("join", arguments="{}", walks=[walk], section="world-news", recheck_days=3)[
            "crawl"
        ]
        before = server.client.info("memory")["used_memory"]
        for start in range(0, many, 500):
            names = [
                f"ministers-agree-on-a-new-crossing-of-the-strait-after-talks-1250903{n:06d}"
                for n in range(start, start + 500)
            ]
            links = [{"kind": "list", "key": name[-13:], "url": f"{walk}/{name}_1.html", "page": 1} for name in names]
            session.step(
                "reach", links=links, walk=walk, name="news.example", section="world-news", recheck_since=0, rechecks=0,
                hops=20, origin="https://www.news.example",
            )  # fmt: skip
            session.step("take", most=500, turn=start + 1, names={walk: "news.example"})
            articles = [
                {
                    "visit": f"{walk} {name[-13:]}", "own": f"news.example/{name[-13:]}",
                    "key": f"news.example/{name[-13:]}",
                    "path": f"/world-news/{name}_1.html", "section": "world-news", "walk": walk, "page": 1,
                    "version": {
                        "h": f"{hash(name) & 2**64 - 1:064x}", "n": f"/world-news/{name[::-1]}_1.html", "k": name[-13:],
                        "e": '"5f3c-61a2b3c4d5e6f"', "m": "Wed, 03 Sep 2025 14:19:30 GMT",
                        "d": "2025-09-03T19:49:00+05:30",
                        "f": f"worldnews-20250903T210000Z-3-{start // 100:04}.jsonl",
                    },
                }
                for name in names
            ]  # fmt: skip
            session.step("publish", file=f"{start}", articles=articles)
            session.step("named", files=[f"{start}"])
        crawling = server.client.info("memory")["used_memory"] - before
        for name in ("met", "queue", "claims", f"took:{session.worker}"):
            server.client.unlink(f"newscrawl:worldnews:{session.crawl}:{name}")
        time.sleep(1)
        kept = server.client.info("memory")["used_memory"] - before
        while_open = f"{(crawling - kept) / many:.0f} more while their crawl is open"
        print(f"{many} articles: {kept / many:.0f} bytes each in the history, {while_open}")
    finally:
        server.close()


if __name__ == "__main__":
    preload()
    {"speed": speed, "memory": memory}[sys.argv[1]]()
