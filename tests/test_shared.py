"""One crawl by many workers, over a real Redis."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from urllib.parse import unquote

import pytest
from scrapy.settings import Settings

from tests import sections
from tests.conftest import FAST, PROJECT, article_html, listing_html, path_of
from tests.forks import scrapy
from tests.test_sections import cards_html, story_html

pytest.importorskip("redis", reason="newscrawl[redis] is not installed")
pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")


@pytest.fixture
def redis(one_redis):
    one_redis.client.flushall()
    return one_redis


def answer_once_joined(answer, client, count):
    """Answers that come at once, but for the section's first page: so many workers have to have joined the crawl."""
    joined = threading.Event()

    def have_joined():
        numbers = [client.get(key) for key in client.scan_iter("*:crawl")]
        workers = [key for number in numbers for key in client.scan_iter(f"*:{number}:workers")]
        return sum(map(client.hlen, workers)) >= count

    def answer_then(path):
        while path == "/world-news" and not joined.is_set():
            if have_joined():
                joined.set()
            joined.wait(0.02)
        return answer(path)

    return answer_then


@pytest.fixture
def worker(crawl, redis, tmp_path, site):
    """Runs a worker of the section, and knows what all of them wrote."""

    class Worker:
        folder = tmp_path / "output"
        url = redis.url

        def arguments(self, *more):
            return [
                "-s", f"REDIS_URL={self.url}", "-a", f"start={site.origin}/world-news",
                "-o", f"{self.folder}/%(worker)d-%(batch_id)d.jsonl", *more,
            ]  # fmt: skip

        def run(self, *more, **environment):
            return crawl(*self.arguments(*more), output=None, **environment)

        def start(self, *more, spider="worldnews"):
            command = [sys.executable, "-m", "scrapy", "crawl", spider, *FAST, *self.arguments(*more)]
            environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
            return subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True)

        def together(self, count, *more):
            """Workers of one crawl: its first page is answered once all of them have joined."""
            site.answer = answer_once_joined(site.answer, redis.client, count)
            with ThreadPoolExecutor(count) as pool:
                return list(pool.map(lambda _: self.run(*more), range(count)))

        def articles(self):
            lines = [line for file in sorted(self.folder.glob("*.jsonl")) for line in file.read_text().splitlines()]
            return [json.loads(line) for line in lines]

        def counts(self):
            return Counter(article["id"] for article in self.articles())

    return Worker()


def section(site, stories=40, shown=20, per_page=10):
    """A section that lists ``shown`` of a ring of stories; each leads to the next but two."""
    for start in range(0, shown, per_page):
        page = f"/page-{start // per_page + 1}" if start else ""
        site.html(f"/world-news{page}", listing_html(*map(path_of, range(start, min(start + per_page, shown)))))
    for n in range(stories):
        site.html(path_of(n), article_html(f"Story {n}", path_of((n + 2) % stories)))


def held_back(site, slow):
    """Let a page wait; when it is asked for, and when it goes on."""
    asked, go_on, answer = threading.Event(), threading.Event(), site.answer

    def held(path):
        if path == slow and not go_on.is_set():
            asked.set()
            go_on.wait(60)
        return answer(path)

    site.answer = held
    return asked, go_on


# Several workers -----------------------------------------------------------------------


def test_workers_find_what_one_run_finds(site, crawl, worker):
    section(site)
    alone = crawl("-a", f"start={site.origin}/world-news", "-a", "hops=4", "-a", "pages=2")
    site.requests.clear()
    runs = worker.together(3, "-a", "hops=4", "-a", "pages=2", "-s", "BATCH_ARTICLES=4")
    assert [run.status for run in runs] == [0, 0, 0], [run.stderr for run in runs]
    assert worker.counts() == Counter(list(alone.by_id)), "every story once, and the same ones"
    assert set(Counter(site.paths()).values()) == {1}, "no page fetched twice"
    groups = {article["copy_group"] is None for article in worker.articles()}
    assert groups == {article["copy_group"] is None for article in alone.articles}
    assert sum("28 articles written" in run.last_line for run in runs) == 1, "one tells of the whole"
    assert not list(worker.folder.glob("*.part"))


def test_the_second_night(site, worker):
    section(site, 12, 6)
    for n in range(12):
        site.etags[path_of(n)] = f'"{n}"'
    assert worker.run().status == 0
    site.requests.clear()
    site.html(path_of(3), article_html("Story 3, corrected", path_of(5)))
    site.etags[path_of(3)] = '"new"'
    runs = worker.together(2)
    assert [run.status for run in runs] == [0, 0], [run.stderr for run in runs]
    assert any("1 article written, 11 unchanged" in run.last_line for run in runs), [run.last_line for run in runs]
    assert Counter(article["status"] for article in worker.articles()) == {"new": 12, "changed": 1}
    assert max(Counter(site.paths()).values()) == 1
    listed = scrapy("history", "--redis", worker.url, "--json")
    told = [
        {name: run[name] for name in ("status", "new", "changed", "unchanged", "dead")}
        for run in json.loads(listed.stdout)["runs"]
    ]
    assert told == [
        {"status": 0, "new": 12, "changed": 0, "unchanged": 0, "dead": 0},
        {"status": 0, "new": 0, "changed": 1, "unchanged": 11, "dead": 0},
    ]


def test_what_failed_is_asked_for_again(site, worker):
    section(site, 4, 4)
    page = site.routes.pop(path_of(2))
    first = worker.run()
    assert (first.status, "1 failed (1 HTTP 404)" in first.last_line) == (2, True)
    site.routes[path_of(2)] = page
    site.html("/world-news", listing_html(path_of(0)))
    assert worker.run("-a", "hops=0").status == 0
    assert worker.counts() == Counter({f"1250903{n:05d}": 1 for n in range(4)})


def test_two_sections_and_a_worker_that_comes_late(site, worker):
    section(site, 12, 6)
    for n in range(8):
        site.html(path_of(n + 20, "markets"), article_html(f"Market {n}"))
    site.html("/markets", listing_html(*(path_of(n + 20, "markets") for n in range(8))))
    asked, answer = threading.Event(), site.answer

    def told(path):
        if path.startswith("/markets/"):
            asked.set()
        return answer(path)

    site.answer = told
    both = ("-a", f"start={site.origin}/world-news,{site.origin}/markets", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
    first = worker.start(*both)
    assert asked.wait(60)
    assert worker.run(*both).status == 0
    first.communicate(timeout=60)
    assert (first.returncode, len(worker.articles()), set(worker.counts().values())) == (0, 20, {1})


@pytest.mark.parametrize("build", [sections.only_a_feed, sections.only_sitemaps, sections.weblog])
def test_sections_that_nobody_described(site, worker, build):
    expected = build(site)
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: _section(worker, "-a", f"start={site.origin}{expected.start}"), range(2)))
    assert {run.returncode for run in runs} == {0}, [run.stderr for run in runs]
    found = [article["url"].removeprefix(site.origin) for article in worker.articles()]
    assert sorted(map(unquote, found)) == sorted(map(unquote, expected.articles))
    again = _section(worker, "-a", f"start={site.origin}{expected.start}")
    assert again.returncode == 0 and "nothing new" in again.stderr.splitlines()[-1], again.stderr
    assert len(worker.articles()) == len(found)


def test_one_story_under_two_addresses(site, worker):
    plain = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(4)]
    twins = [f"{path}/amp" for path in plain[:2]] + [f"{plain[2]}?view=full", f"{plain[3]}/"]
    site.html("/valley", cards_html(*plain[:2], *twins))
    for path in (*plain, *twins):
        n = int(path.split("-the-valley-")[1][0])
        site.html(path, story_html(n, head=f'<link rel="canonical" href="{plain[n]}">'))
    arguments = ["-a", f"start={site.origin}/valley", "-s", "RECHECK_DAYS=0"]
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: _section(worker, *arguments), range(2)))
    assert {run.returncode for run in runs} == {0}, [run.stderr for run in runs]
    assert sorted(article["url"] for article in worker.articles()) == sorted(site.origin + path for path in plain)
    site.requests.clear()
    again = _section(worker, *arguments)
    assert again.returncode == 0 and "nothing new" in again.stderr.splitlines()[-1], again.stderr
    assert len(worker.articles()) == 4 and site.paths() == ["/valley"], "each address is known as its article's"


def _section(worker, *more):
    return scrapy("crawl", "section", *FAST, *worker.arguments(*more))


def test_other_arguments_than_the_open_crawl_s(site, worker):
    section(site, 3, 3)
    asked, go_on = held_back(site, path_of(1))
    first = worker.start()
    assert asked.wait(60)
    late = worker.run("-a", "hops=3")
    go_on.set()
    assert "was started with other arguments" in late.last_line and late.status == 1
    first.communicate(timeout=60)
    assert first.returncode == 0 and len(worker.articles()) == 3


def test_other_arguments_than_those_of_a_crawl_that_nobody_works_on(site, worker, redis):
    section(site, 3, 3)
    asked, go_on = held_back(site, path_of(1))
    first = worker.start("-a", "since=2000 weeks ago")
    assert asked.wait(60)
    first.kill()
    first.communicate()
    go_on.set()
    redis.client.zadd("newscrawl:worldnews:1:beats", {1: 1})  # its last sign of life is long ago
    other = ("-a", "hops=3", "-s", "LEASE_SECONDS=1")
    late = worker.run(*other)
    assert late.status == 1 and "no worker is left; run a worker with -a " in late.last_line
    same = late.last_line.partition("run a worker with ")[2].partition(", which finishes it")[0]
    assert worker.run(*shlex.split(same), "-s", "LEASE_SECONDS=1").status == 0
    assert worker.run(*other).status == 0
    assert worker.counts() == Counter({f"1250903{n:05d}": 1 for n in range(3)})


@pytest.mark.parametrize("name", ["1-1.jsonl", "1-1.jsonl.part"])
def test_a_file_of_another_history_s_worker_of_the_same_number(site, worker, name):
    section(site, 3, 3)
    worker.folder.mkdir()
    file = worker.folder / name
    file.write_text('{"id": "theirs"}\n')
    refused = worker.run()
    assert refused.status == 1 and "1-1.jsonl.part already exists, from another crawl" in refused.last_line
    assert file.read_text() == '{"id": "theirs"}\n' and list(worker.folder.glob("1-*")) == [file]
    assert worker.run().status == 0, "its visits went back, and the names of the next one are free"
    assert worker.counts() - Counter(["theirs"]) == Counter({f"1250903{n:05d}": 1 for n in range(3)})
    assert file.exists()


def test_a_worker_that_was_given_up_for_dead(site, worker):
    section(site, 8, 8)
    asked, processes = threading.Event(), []
    answer = site.answer

    def stopping(path):
        if path == path_of(3) and not asked.is_set():
            os.kill(processes[0].pid, signal.SIGSTOP)
            asked.set()
        return answer(path)

    site.answer = stopping
    processes.append(worker.start("-s", "LEASE_SECONDS=3"))
    assert asked.wait(60)
    other = worker.run("-s", "LEASE_SECONDS=3")
    assert (other.status, len(worker.articles())) == (0, 8), other.stderr
    os.kill(processes[0].pid, signal.SIGCONT)
    error = processes[0].communicate(timeout=60)[1]
    assert processes[0].returncode == 1 and "gave no sign of life" in error.splitlines()[-1]
    assert set(worker.counts().values()) == {1} and not list(worker.folder.glob("*.part"))


def test_an_interrupted_worker_leaves_its_work_to_the_others(site, worker):
    section(site, 8, 8)
    asked, go_on = held_back(site, path_of(4))
    first = worker.start()
    assert asked.wait(60)
    first.send_signal(signal.SIGTERM)
    go_on.set()
    first.communicate(timeout=60)
    assert worker.run().status == 0, "no lease had to run out"
    assert worker.counts() == Counter({f"1250903{n:05d}": 1 for n in range(8)})


def in_two_pages(site, stories):
    """A section of stories of two pages each."""
    site.html("/world-news", listing_html(*map(path_of, range(stories))))
    for n in range(stories):
        first, second = path_of(n), f"{path_of(n)}?page=2"
        onward = f'<a href="{second}">Next page</a>'
        site.html(
            first, article_html(f"Story {n}", body=f"The ship of pier {n} left at six in the morning.", more=onward)
        )
        site.html(second, article_html(f"Story {n}", body=f"The ship of pier {n} came back with the evening tide."))


def test_stories_on_several_pages(site, worker):
    in_two_pages(site, 6)
    runs = worker.together(2, "-s", "BATCH_ARTICLES=2")
    assert [run.status for run in runs] == [0, 0], [run.stderr for run in runs]
    assert worker.counts() == Counter({f"1250903{n:05d}": 1 for n in range(6)})
    assert all(len(article["body"].split("\n\n")) == 2 for article in worker.articles())
    assert set(Counter(site.paths()).values()) == {1}, "no page fetched twice"


def test_a_worker_that_is_interrupted_between_two_pages_of_a_story(site, worker):
    in_two_pages(site, 4)
    asked, go_on = held_back(site, f"{path_of(2)}?page=2")
    first = worker.start()
    assert asked.wait(60)
    first.send_signal(signal.SIGTERM)
    go_on.set()
    first.communicate(timeout=60)
    assert worker.run().status == 0
    assert worker.counts() == Counter({f"1250903{n:05d}": 1 for n in range(4)})
    assert all(len(article["body"].split("\n\n")) == 2 for article in worker.articles())


# What one process notices, workers notice together -------------------------------------------


def summaries(site, shown, summary=""):
    site.html("/world-news", listing_html(*map(path_of, shown)))
    for n in shown:
        html = article_html(f"Story {n}", body=f"The bell of pier {n} was heard across the bay, and again at noon.")
        site.html(path_of(n), html.replace("</h1>", f"</h1><h2 class='strydsc'>{summary}</h2>") if summary else html)


def whole(runs):
    """The last line that tells of the whole crawl."""
    lines = [run.last_line for run in runs]
    return next(line for line in lines if "another worker tells of the whole crawl" not in line)


def last_record(redis, which=0):
    return json.loads(redis.client.lindex("newscrawl:worldnews:runs", which))


def test_a_field_that_articles_of_all_workers_lost(site, worker, redis):
    summaries(site, range(1, 31), "A summary.")
    assert [run.status for run in worker.together(2, "-a", "pages=1", "-a", "hops=0")] == [0, 0]
    summaries(site, range(31, 43))
    runs = worker.together(2, "-a", "pages=1", "-a", "hops=0")
    assert "articles with description fell from 100% to 0%" in whole(runs), [run.stderr for run in runs]
    assert sorted(run.status for run in runs) == [0, 2]
    assert "fell from" in last_record(redis)["drift"]


def test_a_section_that_stands_still_for_all_workers(site, worker, redis):
    section(site, 2, 2)
    assert worker.run().status == 0
    record = last_record(redis) | {"started": "2025-01-01T00:00:00Z"}
    redis.client.lset("newscrawl:worldnews:runs", 0, json.dumps(record))
    run = worker.run()
    assert (run.status, "the same stories since 2025-01-01" in run.last_line) == (2, True), run.stderr


def test_slow_and_failed_pages_of_all_workers(site, worker, redis):
    section(site, 12, 12)
    site.routes[path_of(3)] = (404, {}, b"")
    runs = worker.together(2, "-a", "hops=0")
    assert "1 failed (1 HTTP 404)" in whole(runs)
    counts = json.loads(last_record(redis)["counts"])
    assert [url.removeprefix(site.origin) for url, _ in counts["failed_pages"]] == [path_of(3)]
    assert 12 <= len(counts["slowest"]) <= 20 and sum(counts["answers"].values()) == counts["pages"]


def test_a_hole_between_two_shared_crawls(site, worker, redis):
    summaries(site, range(1, 8))
    assert worker.run("-a", "hops=0").status == 0
    # What is first seen in the second in which a crawl ends, that one has known.
    earlier = {"started": "2025-01-01T00:00:00Z", "finished": "2025-01-01T00:10:00Z"}
    redis.client.lset("newscrawl:worldnews:runs", 0, json.dumps(last_record(redis) | earlier))
    summaries(site, range(20, 28))
    run = worker.run("-a", "hops=0")
    assert (run.status, "does not reach back to the last complete run" in run.last_line) == (2, True), run.stderr


def test_one_page_at_the_addresses_that_two_workers_ask_for(site, worker):
    section(site, 12, 12)
    front = (200, {"Content-Type": "text/html"}, b"<html><body><p>Before you go on, say who you are.</p></body></html>")
    for n in range(8):
        site.routes[path_of(n)] = front
    runs = worker.together(2, "-a", "hops=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
    assert "failed" in whole(runs) or "answered with a page that others also show" in whole(runs)
    assert sorted(run.status for run in runs)[-1] == 2
    section(site, 12, 12)
    assert worker.run("-a", "hops=0").status == 0
    assert worker.counts() == Counter({f"1250903{n:05d}": 1 for n in range(12)}), "none of them was given up"


def test_one_canonical_address_on_stories_that_two_workers_read(site, worker):
    paths = [f"/valley/what-was-counted-in-orrin-{n}" for n in range(10001, 10009)]
    site.html("/valley", cards_html(*paths))
    for n, path in enumerate(paths):
        site.html(path, story_html(n, head=f'<link rel="canonical" href="{paths[0]}">'))
    arguments = ["-a", f"start={site.origin}/valley", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"]
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: _section(worker, *arguments), range(2)))
    assert {run.returncode for run in runs} == {0}, [run.stderr for run in runs]
    assert sorted(article["url"] for article in worker.articles()) == sorted(site.origin + path for path in paths)


# Kills ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [
        ("--kills", "6", "--articles", "50"),
        ("--kills", "3", "--articles", "40", "--moving"),
        ("--steps", "--every", "700"),
        ("--redis", "2", "--articles", "80"),
        ("--stopped", "6", "--lease", "4", "--articles", "80"),
    ],
    ids=["random-moments", "moving", "steps", "redis", "stopped"],
)
def test_kills(how):
    done = subprocess.run([sys.executable, "-m", "tests.shared", *how], cwd=PROJECT, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing lost, nothing repeated" in done.stdout


def killed_at(site, worker, slow, *more, written=0, **options):
    """Run a worker that is killed while it waits for a listing, once it has asked for an article of another.

    There are ``written`` articles in finished files by then.
    """
    asked, killed, answer = threading.Event(), threading.Event(), site.answer

    def held(path):
        if path == slow and not killed.is_set():
            assert asked.wait(60)
            while len(worker.articles()) < written:
                time.sleep(0.01)
            first.kill()
            killed.set()
        elif "a-long-day" in path or "/story-" in path:
            asked.set()
        return answer(path)

    site.answer = held
    first = worker.start("-s", "LEASE_SECONDS=2", *more, **options)
    first.communicate(timeout=60)
    assert killed.is_set() and first.returncode == -signal.SIGKILL


def test_a_reader_that_dies_while_a_further_page_is_under_way(site, worker):
    stories = [f"/valley/a-long-day-in-the-valley-number-{n}" for n in range(12)]
    for page in range(3):
        more = f'<a rel="next" href="/valley?page={page + 2}">Next</a></body>' if page < 2 else "</body>"
        html = cards_html(*stories[4 * page : 4 * page + 4]).replace("</body>", more)
        site.html(f"/valley?page={page + 1}" if page else "/valley", html)
    for n, path in enumerate(stories):
        site.html(path, story_html(n))
    arguments = ["-a", f"start={site.origin}/valley", "-s", "LEASE_SECONDS=2"]
    killed_at(site, worker, "/valley?page=2", *arguments, spider="section")
    other = _section(worker, *arguments)
    assert other.returncode == 0, other.stderr
    assert sorted(article["url"] for article in worker.articles()) == sorted(site.origin + path for path in stories)


def test_a_reader_that_dies_after_its_first_page_s_news_was_emitted(site, worker):
    section(site, 4, 4, 2)
    arguments = ("-a", "pages=2", "-a", "hops=0", "-s", "BATCH_ARTICLES=1", "-s", "RECHECK_DAYS=0")
    assert worker.run(*arguments).status == 0
    for page, numbers in (("", (4, 5)), ("/page-2", (6, 7))):
        site.html(f"/world-news{page}", listing_html(*map(path_of, numbers)))
    for n in range(4, 8):
        site.html(path_of(n), article_html(f"Story {n}"))
    killed_at(site, worker, "/world-news/page-2", *arguments, written=6)
    other = worker.run("-s", "LEASE_SECONDS=2", *arguments)
    assert other.status == 0, other.stderr
    assert worker.counts() == Counter({f"1250903{n:05d}": 1 for n in range(8)})


def test_a_reader_that_dies_between_two_sitemaps(site, worker):
    names = ("/sitemap/google-news-sitemap.xml", "/sitemap/latest-news-sitemap.xml")
    site.html("/world-news", "<html><body></body></html>")
    for name, numbers in zip(names, (range(4), range(4, 12)), strict=True):
        urls = "".join(f"<url><loc>{site.origin}{path_of(n)}</loc></url>" for n in numbers)
        site.html(name, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')
    for n in range(12):
        site.html(path_of(n), article_html(f"Story {n}"))
    killed_at(site, worker, names[1])
    other = worker.run("-s", "LEASE_SECONDS=2")
    assert other.status == 0, other.stderr
    assert worker.counts() == Counter({f"1250903{n:05d}": 1 for n in range(12)})
    assert "/sitemap.xml" not in site.paths(), "no further stage, since this one gave articles"


# Politeness ----------------------------------------------------------------------------


def session(redis):
    from newscrawl.store.redis.session import Session

    values = {"REDIS_URL": redis.url, "REDIS_PREFIX": "t:", "REDIS_RETRY_SECONDS": 1, "LEASE_SECONDS": 60}
    return Session(Settings(values), "news")


def joined(redis):
    one = session(redis)
    info = one.step("join", arguments="{}", section="s", walks=["w"], lease=60_000, longest=60)
    one.crawl, one.began = info["crawl"], info["started"]
    return one


def test_politeness_is_held_by_all_workers_together(site, worker):
    section(site, 20, 20, 20)
    moments, at_once, most, lock = [], 0, 0, threading.Lock()
    answer = site.answer

    def slow(path):
        nonlocal at_once, most
        with lock:
            moments.append(time.monotonic())
            at_once += 1
            most = max(most, at_once)
        threading.Event().wait(0.4)  # as long as three requests are apart
        with lock:
            at_once -= 1
        return answer(path)

    site.answer = slow
    options = ["DOWNLOAD_DELAY=0.15", "DOWNLOAD_DELAY_JITTER=0", "CONCURRENT_REQUESTS_PER_DOMAIN=2"]
    runs = worker.together(4, *(word for option in options for word in ("-s", option)))
    assert [run.status for run in runs] == [0] * 4, [run.stderr for run in runs]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert most == 2
    # What a busy machine adds between a turn and the server's clock varies: of one gap, and hardly of all together.
    assert min(gaps) > 0.05 and sum(gaps) > 0.15 * len(gaps) - 0.1, (sum(gaps), sorted(gaps)[:5])


def test_a_host_that_asks_to_be_left_alone_is_by_all(redis):
    one, other = session(redis), session(redis)
    assert one.turn("h", "take", one.token(), 0, 2, 60_000) == 0
    one.turn("h", "quiet", 90_000)
    assert 89_000 < other.turn("h", "take", other.token(), 0, 2, 60_000) <= 90_000
    assert other.turn("elsewhere", "take", other.token(), 0, 2, 60_000) == 0


def test_a_dead_worker_s_request_does_not_count_for_ever(redis):
    one, other = session(redis), session(redis)
    token = one.token()
    assert one.turn("h", "take", token, 0, 1, 60_000) == one.turn("h", "take", token, 0, 1, 60_000) == 0
    assert other.turn("h", "take", other.token(), 0, 1, 60_000) == -1
    one.turn("h", "renew", token, 0)
    assert other.turn("h", "take", other.token(), 0, 1, 60_000) == 0


def test_a_request_of_a_worker_that_was_given_up_does_not_count(redis):
    one, other, third = joined(redis), joined(redis), joined(redis)
    for worker in (one, other):
        assert worker.turn("h", "take", worker.token(), 0, 2, 60_000) == 0
    assert third.turn("h", "take", third.token(), 0, 2, 60_000) == -1
    one.client.zadd(f"t:news:{one.crawl}:beats", {one.worker: 1})
    assert third.step("beat", lease=60_000)["dead"] == [str(one.worker)]
    assert third.turn("h", "take", third.token(), 0, 2, 60_000) == 0, "or all would wait for what nobody does"
    assert third.turn("h", "take", third.token(), 0, 2, 60_000) == -1, "the other lives"


# What goes wrong -----------------------------------------------------------------------


def test_a_redis_that_does_not_answer(site, worker):
    worker.url = "redis://someone:s3cret@127.0.0.1:1/0"
    run = worker.run("-s", "REDIS_RETRY_SECONDS=0.1")
    assert run.status == 1 and "Redis at 127.0.0.1:1/0 cannot be used (it did not answer)" in run.last_line
    assert "s3cret" not in run.stderr and not site.requests


@pytest.mark.parametrize(
    "url", ["localhost:6379", "redis://:s3cret@host:s3cret/0", "http://s3cret@x", "redis://:s3cret@host/news"]
)
def test_an_address_that_is_none(worker, url):
    worker.url = url
    run = worker.run()
    assert run.status == 1 and "REDIS_URL cannot be understood" in run.last_line and "s3cret" not in run.stderr


def test_a_password_is_not_told(redis, worker):
    redis.client.config_set("requirepass", "s3cret")
    try:
        run = worker.run()
        assert run.status == 1 and "it refused the name or password" in run.last_line
        worker.url = f"redis://:wr0ng@127.0.0.1:{redis.port}/0"
        wrong = worker.run("-s", "LOG_LEVEL=DEBUG")
        assert wrong.status == 1 and "wr0ng" not in wrong.stderr
        begun = time.monotonic()
        listed = history("--redis", NEWSCRAWL_REDIS_URL=worker.url)
        assert listed.returncode == 1 and "it refused the name or password" in listed.stderr
        assert "wr0ng" not in listed.stderr and time.monotonic() - begun < 30, "which no waiting mends"
    finally:
        import redis as library

        library.Redis(port=redis.port, password="s3cret").config_set("requirepass", "")


def history(*arguments, **environment):
    return scrapy("history", *arguments, **environment)


def test_the_address_of_a_list_of_crawls(redis):
    assert history("--redis", NEWSCRAWL_REDIS_URL=redis.url).stdout == "no run yet\n"
    assert "--redis has no address" in history("--redis", NEWSCRAWL_REDIS_URL="").stderr
    wrong = history("--redis", "redis://:s3cret@127.0.0.1/news")
    assert wrong.returncode == 1 and "REDIS_URL cannot be understood" in wrong.stderr and "s3cret" not in wrong.stderr


def test_a_redis_that_is_emptied_while_a_worker_is_at_work(site, worker, redis):
    section(site, 8, 8)
    asked, go_on = held_back(site, path_of(4))
    first = worker.start("-s", "BATCH_ARTICLES=1")
    assert asked.wait(60)
    redis.client.flushall()
    go_on.set()
    error = first.communicate(timeout=60)[1]
    last = error.splitlines()[-1]
    assert first.returncode == 1 and "has lost the crawl's data (it was emptied, as by FLUSHALL)" in last, error
    assert "run again" in last


def test_names_that_workers_would_share(worker, crawl, tmp_path):
    run = crawl("-s", f"REDIS_URL={worker.url}", "-a", "start=http://127.0.0.1:1/world-news", output="all.jsonl")
    assert run.status == 1 and "%(worker)d has to be in the name" in run.last_line


def test_sections_of_a_file_and_a_replay_which_stands_alone(redis, tmp_path):
    pytest.importorskip("fastwarc")

    def run(*arguments, shared=True):
        return scrapy(*arguments, cwd=tmp_path, NEWSCRAWL_REDIS_URL=redis.url if shared else "")

    crawled = ["crawl", "worldnews", "-a", "start=demo", "-s", "ARCHIVE=archive", "-O", "a.jsonl"]
    assert run(*crawled, shared=False).returncode == 0
    (tmp_path / "sections.toml").write_text(
        "[sections.shared]\nspider = 'worldnews'\nstart = 'demo'\n"
        "[sections.replay]\nspider = 'worldnews'\nstart = 'archive'\noutput = 'b.jsonl'\n"
    )
    done = run("crawlall", "sections.toml")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()
    (shared,) = (tmp_path / "output" / "demo").glob("worldnews-demo-*-1-0001.jsonl")
    assert len(shared.read_text().splitlines()) == len((tmp_path / "a.jsonl").read_text().splitlines())
    kept = run("history", "--redis", redis.url, "--demo", "--json", shared=False)
    assert [run["status"] for run in json.loads(kept.stdout)["runs"]] == [0]


def test_without_the_library(site, worker, crawl, tmp_path):
    (tmp_path / "redis.py").write_text("raise ImportError")
    path = os.pathsep.join((str(tmp_path), str(PROJECT)))
    run = worker.run(PYTHONPATH=path)
    assert run.status == 1 and "pip install 'newscrawl[redis]'" in run.last_line
    section(site, 2, 2)
    assert crawl("-a", f"start={site.origin}/world-news", PYTHONPATH=path).status == 0, "one machine needs none"


def test_one_machine_loads_nothing_of_this(tmp_path):
    code = (
        "import sys; from scrapy.cmdline import execute\n"
        f"try: execute(['scrapy', 'crawl', 'worldnews', '-a', 'start=demo', '-O', {str(tmp_path / 'a.jsonl')!r}])\n"
        "finally: print(sorted(name for name in sys.modules if name.split('.')[0] == 'redis'"
        " or name.startswith(('newscrawl.shared', 'newscrawl.store.redis'))))"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "[]"), done.stderr
