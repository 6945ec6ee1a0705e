"""A crawl that workers share, as a person looks at it: its list, its report, a dry run; and the end of one."""

from __future__ import annotations

import json
import shutil

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings

pytest.importorskip("redis", reason="newscrawl[redis] is not installed")

from newscrawl.crawl.counts import Counts
from newscrawl.store.redis import status
from newscrawl.store.redis.past import names, snapshot
from newscrawl.store.redis.store import RedisStore
from tests import forks
from tests.shared import RedisServer
from tests.store.test_redis import ARGUMENTS, WALK, Walk, emitted, visit

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")

LEASE = 600  # seconds


@pytest.fixture
def redis(one_redis, monkeypatch):
    """An empty Redis that has been up for longer than a lease."""
    one_redis.client.flushall()
    monkeypatch.setattr(status, "lease_at", lambda client, seconds: int(seconds * 1000))
    return one_redis


@pytest.fixture
def settings(redis):
    return settings_for(redis)


def settings_for(redis):
    values = {"REDIS_URL": redis.url, "REDIS_PREFIX": "newscrawl:", "REDIS_RETRY_SECONDS": 0.1}
    return Settings({**values, "LEASE_SECONDS": LEASE, "RECHECK_DAYS": 3})


@pytest.fixture
def worker(settings):
    """Gives a new worker of a crawl."""
    opened = []

    def begin(name="worldnews", **arguments):
        store = RedisStore(settings, name, Counts(), {WALK: Walk()})
        opened.append(store)
        store.join(ARGUMENTS | arguments, "World", None)
        return store

    yield begin
    for store in opened:
        store.session.client.close()


@pytest.fixture
def history(redis, monkeypatch, capsys):
    """``newscrawl history`` (or another command) of this Redis; what it prints, or why it refuses."""
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")

    def run(*words, command="history", options=("--redis", redis.url), fails=False):
        with pytest.raises(SystemExit) as end:
            execute(["newscrawl", command, *words, *options, "-s", f"LEASE_SECONDS={LEASE}"])
        assert isinstance(end.value.code, str) is fails, end.value.code
        printed = capsys.readouterr().out
        return end.value.code if fails else json.loads(printed) if "--json" in words else printed

    return run


def reach(store, *keys):
    """Meet articles, and let them wait."""

    def change():
        for key in keys:
            store.found(f"news.example/{key}", f"/{key}", "World", listed=True)
            store._walks[WALK].taken += 1
            store.wait(visit(key))

    store.do(change)


def publish(store, *keys, file="1-1.jsonl", **values):
    store.opening(file)
    assert [one.key for one in store.take(len(keys))] == list(keys)
    store.publish(file, [emitted(key, **values) for key in keys])
    store.named([file])


def be_silent(store, redis, seconds):
    """Let a worker's last sign of life be so long ago."""
    client = redis.client
    client.zadd(f"{store._present}beats", {str(store.worker): (client.time()[0] - seconds) * 1000})


def began(store, redis, seconds):
    """Let the crawl have begun so long ago."""
    redis.client.hincrby(f"{store._present}info", "started", -seconds)


def crawl_of_three(worker, redis):
    """One worker gave a sign of life 2 minutes ago, one 2 hours ago, and one has left."""
    one, other, third = worker(), worker(), worker()
    reach(one, *"abcdefgh")
    publish(one, "a", "b")
    one.read(WALK)
    for taken in one.take(2):
        one.claim(f"news.example/{taken.key}", "")
    other.hold(*other.take(1), is_held=True)
    third.leave()
    began(one, redis, 3 * 3600 + 60)
    be_silent(one, redis, 125)
    be_silent(other, redis, 2 * 3600 + 60)
    return one, other


# An open crawl ---------------------------------------------------------------------------


def test_an_open_crawl_is_laid_out(worker, redis, history):
    crawl_of_three(worker, redis)
    head, since, *lines = [line.rstrip() for line in history().splitlines()]
    assert head == "Crawl 1 of worldnews is going on"
    assert since.startswith("  since      20") and since.endswith(" UTC (3 h ago)")
    assert lines == [
        "  arguments  --start https://news.example/world --pages 3 --hops 20",
        "  articles   2 done (2 written, 0 failed), 2 in hand, 1 held, 3 waiting",
        "  listings   0 of 1 read to the end",
        "  ended      1 worker left, 0 given up for dead",
        "",
        "  worker  state   last sign of life  in hand  held  in its file",
        "       1  alive   2 min ago                2     0            2",
        "       2  silent  2 h ago                  0     1            0",
        "",
        f"  {'listing':{len(WALK)}}  read by",
        f"  {WALK}  worker 1",
    ]


def test_an_open_crawl_is_told_to_programs(worker, redis, history):
    crawl_of_three(worker, redis)
    document = history("--json")
    crawl = document["crawl"]
    assert document["runs"] == []
    assert crawl["arguments"] == {"start": "https://news.example/world", "pages": 3, "hops": 20}
    counts = ("crawl", "done", "written", "failed", "in_hand", "held", "waiting", "abandoned")
    assert [crawl[name] for name in counts] == [1, 2, 2, 0, 2, 1, 3, False]
    assert [(one["worker"], one["state"], one["claims"]) for one in crawl["workers"]] == [
        (1, "alive", 2),
        (2, "silent", 0),
        (3, "left", 0),
    ]
    assert [crawl["workers"][0]["silent"] // 60, crawl["workers"][2]["silent"]] == [2, None]
    assert crawl["walks"] == {WALK: "1"}


def test_a_listing_that_nobody_reads_and_one_that_was_read(worker, redis, history):
    store = worker()
    assert "nobody yet" in history()
    store.read(WALK)
    store.listed(WALK, {})
    assert "1 of 1 read to the end" in (shown := history())
    assert "read by" not in shown


def test_an_abandoned_crawl_says_so_and_how_to_end_it(worker, redis, history):
    for store in crawl_of_three(worker, redis):
        be_silent(store, redis, LEASE + 60)
    shown = history().splitlines()
    assert shown[0] == "Crawl 1 of worldnews is abandoned: no worker is left"
    assert shown[-1] == f"  newscrawl history end --redis {redis.url}"
    assert history("--json")["crawl"]["abandoned"] is True


def test_nobody_is_silent_while_redis_has_just_come_back(worker, redis, history, monkeypatch):
    crawl_of_three(worker, redis)
    monkeypatch.setattr(status, "lease_at", lambda client, seconds: None)
    assert [one["state"] for one in history("--json")["crawl"]["workers"]] == ["alive", "alive", "left"]


def test_a_password_is_not_in_the_command_that_ends_a_crawl(worker, redis, history):
    import redis as library

    worker().leave()
    redis.client.config_set("requirepass", "s3cret")
    try:
        url = redis.url.replace("//", "//:s3cret@")
        shown = history("--spider", "worldnews", options=("--redis", url))
        assert shown.endswith("newscrawl history end --redis URL --spider worldnews\n") and "s3cret" not in shown
    finally:
        library.Redis(port=redis.port, password="s3cret").config_set("requirepass", "")


# Its end ---------------------------------------------------------------------------------


def test_an_abandoned_crawl_is_ended(worker, redis, history):
    one, _ = crawl_of_three(worker, redis)
    refused = history("end", fails=True)
    assert refused.startswith("newscrawl history: crawl 1 is going on: 1 of its workers may be alive")
    be_silent(one, redis, LEASE + 60)
    assert history("end").splitlines() == [
        "ended     crawl 1 of worldnews, which had no workers left",
        "written   2 articles, which count as written",
        "left      6 articles in hand or waiting; the next crawl asks for those that are not written",
        "files     the next worker in a folder names those that are whole, and removes the others",
    ]
    assert not list(redis.client.scan_iter("newscrawl:worldnews:1:*"))
    (run,) = history("--json")["runs"]
    assert (run["status"], run["new"], run["workers"], run["dead"]) == (1, 2, 3, 2)
    assert run["sentence"] == "it was ended before it was done; written: 2"
    assert history().splitlines()[-1].endswith(run["sentence"])
    later = worker()
    assert later.run == 2
    left = [(name, is_emitted) for name, _, is_emitted in later.revisits("World")]
    assert sorted(left)[:3] == [("news.example/a", True), ("news.example/b", True), ("news.example/c", False)]
    assert len([name for name, is_emitted in left if not is_emitted]) == 6


def test_the_end_of_none(history):
    assert history("end") == "no crawl of worldnews is open, so there is none to end\n"
    assert history("end", "--json")["ended"] is None


def test_the_sample_s_crawl_is_ended(worker, redis, history):
    worker("worldnews-demo").leave()
    assert history().startswith("no run of worldnews yet; --spider and --demo lead to others: worldnews-demo")
    assert history("--demo").endswith(f"newscrawl history end --redis {redis.url} --demo\n")
    assert history("end", "--demo").startswith("ended     crawl 1 of worldnews-demo")
    assert history("--demo", "--json")["crawl"] is None


# Its history -----------------------------------------------------------------------------


def test_one_article_and_dead_links(worker, history):
    store = worker()
    reach(store, "a", "b")
    publish(store, "a", headline="Talks begin")
    reach(store, "a")
    store.fail("news.example/b", "HTTP 500")
    assert store.take(1)[0].key == "b"
    publish(store, "a", file="1-2.jsonl", headline="Talks end")
    shown = history("show", "a").splitlines()
    assert [line.split()[2:] for line in shown if " new " in line or " changed " in line] == [
        ["new", "hash", "of", "Talk", "Talks", "begin"],
        ["changed", "hash", "of", "Talk", "Talks", "end"],
    ]
    assert [line.split()[-1] for line in shown if " in 1-" in line] == ["1-1.jsonl", "1-2.jsonl"]
    assert history("dead").split()[2:] == ["HTTP", "500", "/b"]
    document = history("dead", "--json")
    assert document["history"].endswith("newscrawl:worldnews:") and document["dead"][0]["key"] == "news.example/b"
    assert "no run has found it" in history("show", "z", fails=True)


def test_of_many_versions_the_first_and_the_last_are_kept(worker, settings, tmp_path):
    store = worker()
    for number in range(25):
        reach(store, "a")
        publish(store, "a", file=f"1-{number}.jsonl", headline=f"Talks, day {number}")
    reach(store, "a")
    publish(store, "a", file="1-99.jsonl", headline="Talks, day 24")
    with snapshot(settings, "worldnews", tmp_path / "copy.sqlite") as copy:
        files = [row["file"] for row in copy.db.execute("select file from versions order by id")]
        (last,) = copy.db.execute("select file from versions where id = (select version from articles)").fetchone()
    assert (files[:2], files[-2:], len(files)) == (["1-0.jsonl", "1-5.jsonl"], ["1-23.jsonl", "1-99.jsonl"], 21)
    assert last == "1-99.jsonl"


@pytest.mark.parametrize("words", [("forget", "a"), ("vacuum",), ("import", "x.jsonl")])
def test_what_changes_a_history_is_not_for_one_in_redis(history, words):
    assert history(*words, fails=True).endswith(
        f"{words[0]} changes a history on this machine, not one in Redis: leave --redis out"
    )


def test_end_is_for_a_shared_crawl(history):
    assert history("end", options=(), fails=True) == (
        "newscrawl history: end is for a crawl that workers share: add --redis"
    )


def test_a_file_and_a_redis(history):
    assert "leave one of them out" in history("--file", "x.sqlite", fails=True)


def test_the_only_history_is_meant_and_of_several_one_is_named(worker, redis, settings, history):
    worker("section-news.example").leave()
    assert history().startswith("Crawl 1 of section-news.example ")
    worker("section-other.example").leave()
    assert "--spider: section-news.example, section-other.example" in history(fails=True)
    assert history("--spider", "section-other.example").startswith("Crawl 1 of section-other.example ")
    worker("worldnews").leave()
    assert history().startswith("Crawl 1 of worldnews ")
    redis.client.set("newscrawl:worldnews:article:news.example/x:crawls", "{}")
    assert names(settings) == ["section-news.example", "section-other.example", "worldnews"]


# Its report, and a dry run ---------------------------------------------------------------


def crawled(folder, url):
    """A folder in which two nights of the sample edition were crawled, with a Redis's address or without."""
    for night in ("demo", "demo:2"):
        done = forks.newscrawl("crawl", "worldnews", "--start", night, cwd=folder, NEWSCRAWL_REDIS_URL=url)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """A folder in which a worker crawled two nights, and its Redis."""
    server = RedisServer()
    yield crawled(tmp_path_factory.mktemp("shared"), server.url), server
    server.close()


@pytest.fixture(scope="module")
def local_nights(tmp_path_factory):
    return crawled(tmp_path_factory.mktemp("local"), "")


def everything(redis):
    return {key: redis.client.dump(key) for key in redis.client.scan_iter()}


@pytest.mark.slow
def test_the_report_of_a_shared_history(nights, local_nights):
    folder, redis = nights
    kept = everything(redis)
    done = forks.newscrawl("report", "--demo", "--redis", cwd=folder, NEWSCRAWL_REDIS_URL=redis.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 runs, 48 articles" in done.stdout
    page = (folder / "output" / "demo" / "report.html").read_text()
    assert f"from 127.0.0.1:{redis.port}/0, newscrawl:worldnews-demo:." in page
    assert forks.newscrawl("report", "--demo", cwd=local_nights).returncode == 0
    local = (local_nights / "output" / "demo" / "report.html").read_text()
    for mark in ("<ins>", "<del>", 'class="tag new"', 'class="tag"'):
        assert page.count(mark) == local.count(mark) > 0, mark
    assert "Not all texts could be read" not in page
    assert everything(redis) == kept


@pytest.mark.slow
def test_the_report_of_files_elsewhere(nights, tmp_path):
    folder, redis = nights
    moved = tmp_path / "moved"
    shutil.copytree(folder / "output" / "demo", moved)
    words = ["report", "--demo", "--redis", redis.url, "--folder", "moved"]
    assert forks.newscrawl(*words, cwd=tmp_path).returncode == 0
    assert "Not all texts could be read" not in (moved / "report.html").read_text()
    assert forks.newscrawl(*words[:-1], "nowhere", "--into", "x.html", cwd=tmp_path).returncode == 0
    assert "Not all texts could be read: 2 files" in (tmp_path / "x.html").read_text()


def test_a_report_of_nothing(history):
    assert "no shared crawl has ended yet at 127.0.0.1" in history(command="report", fails=True)
    assert "leave one of them out" in history("--file", "x", command="report", fails=True)


@pytest.mark.slow
def test_a_dry_run_says_what_one_of_a_single_machine_says_and_changes_nothing(nights, local_nights):
    folder, redis = nights
    store = RedisStore(settings_for(redis), "worldnews-demo", Counts(), {WALK: Walk()})
    store.join(ARGUMENTS, "World", None)  # a crawl with other arguments is going on
    kept, files = everything(redis), sorted(folder.rglob("*"))
    words = ["crawl", "worldnews", "--start", "demo:3", "--pages", "2", "--dry-run"]
    dry = forks.newscrawl(*words, cwd=folder, NEWSCRAWL_REDIS_URL=redis.url)
    local = forks.newscrawl(*words, cwd=local_nights, NEWSCRAWL_REDIS_URL="")
    assert (dry.returncode, dry.stdout) == (0, local.stdout), dry.stderr
    assert "known" in dry.stdout
    assert everything(redis) == kept and sorted(folder.rglob("*")) == files
    store.session.client.close()


@pytest.mark.slow
def test_a_dry_run_where_redis_has_nothing(redis, tmp_path):
    words = ["crawl", "worldnews", "--start", "demo", "--dry-run"]
    dry = forks.newscrawl(*words, cwd=tmp_path, NEWSCRAWL_REDIS_URL=redis.url)
    local = forks.newscrawl(*words, cwd=tmp_path, NEWSCRAWL_REDIS_URL="")
    assert (dry.returncode, dry.stdout) == (0, local.stdout), dry.stderr
    assert everything(redis) == {} and not list(tmp_path.rglob("*"))


@pytest.mark.slow
def test_a_dry_run_without_its_redis(tmp_path):
    words = ["crawl", "worldnews", "--start", "demo", "--dry-run"]
    dry = forks.newscrawl(*words, cwd=tmp_path, NEWSCRAWL_REDIS_URL="redis://127.0.0.1:1/0")
    assert dry.returncode == 1
    assert "Redis at 127.0.0.1:1/0 cannot be used (it did not answer)" in dry.stderr.splitlines()[-1]
