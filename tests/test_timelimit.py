"""The last line of defence: a page that would take for ever fails, and everything else goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.archive.reading import Record
from newscrawl.middlewares.robots import LimitedRobotParser
from newscrawl.scale.articles import outcome
from newscrawl.timelimit import TookTooLong, page_time_limit
from tests.conftest import FAST, PROJECT, LocalSite, article_html, listing_html, path_of

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")

#: A project whose pages take for ever: those with "endless" in their address when the spider looks at their headers.
ENDLESS = """
import sys
from scrapy.http import Headers
from newscrawl.settings import *

PAGE_TIME_LIMIT = 0.5
DOWNLOADER_MIDDLEWARES["endless.Middleware"] = 1
ITEM_PIPELINES["endless.Pipeline"] = 150

def forever():
    print("it begins", file=sys.stderr, flush=True)
    while True:
        try:
            while True:
                pass
        except Exception:  # as what reads a page may pass over its faults
            pass

class EndlessHeaders(Headers):
    def get(self, key, default=None):
        return forever() if key == "Content-Type" else super().get(key, default)

    def getlist(self, key, default=None):
        return forever() if key == "Content-Type" else super().getlist(key, default)

class Middleware:
    def process_response(self, request, response):
        if request.url.endswith(("endless-125090300009_1.html", "/page-2")):
            response.headers = EndlessHeaders(response.headers)
        return response

class Pipeline:
    def process_item(self, item):
        if "Endless" in item.headline:
            forever()
        return item
"""


@pytest.fixture
def endless(tmp_path: Path) -> dict[str, str]:
    """The environment of that project."""
    (tmp_path / "endless.py").write_text(ENDLESS)
    return {"PYTHONPATH": f"{tmp_path}{os.pathsep}{PROJECT}", "SCRAPY_SETTINGS_MODULE": "endless"}


def endless_path(section: str = "world-news") -> str:
    return f"/{section}/endless-125090300009_1.html"


def test_a_page_that_takes_for_ever_fails_and_the_crawl_goes_on(site: LocalSite, crawl, endless) -> None:
    site.html("/world-news", listing_html(endless_path(), path_of(1), path_of(2)))
    for path, headline in ((endless_path(), "A"), (path_of(1), "Harbour reopens"), (path_of(2), "Endless pipelines")):
        site.html(path, article_html(headline))
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", **endless)
    assert [article["headline"] for article in run.articles] == ["Harbour reopens"]
    assert run.status == 2
    assert "2 took too long to read" in run.last_line
    assert "Traceback" not in run.stderr


def test_a_first_page_whose_next_one_was_not_found_in_time_is_told(
    site: LocalSite, crawl, endless, tmp_path: Path
) -> None:
    slow = "from newscrawl.sites import NewsSite\nNewsSite.next_pages = lambda *arguments, **options: forever()\n"
    (tmp_path / "endless.py").write_text(f"{ENDLESS}\n{slow}")
    site.html("/world-news", listing_html(path_of(1)))
    site.html(path_of(1), article_html())
    run = crawl("-a", f"start={site.origin}/world-news", **endless)
    assert run.status == 2, run.stderr
    assert len(run.articles) == 1
    assert "1 listing page could not be read" in run.last_line


def test_a_listing_that_takes_for_ever_is_a_failed_one(site: LocalSite, crawl, endless) -> None:
    site.html("/world-news", listing_html(path_of(1)))
    site.html("/world-news/page-2", listing_html(path_of(2)))
    site.html(path_of(1), article_html())
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=2", **endless)
    assert run.status == 2
    assert "/world-news/page-2 was not read to the end (took too long to read)" in run.stderr
    assert len(run.articles) == 1


def test_a_stop_is_obeyed_once_the_page_has_failed(site: LocalSite, tmp_path: Path, endless) -> None:
    site.html("/world-news", listing_html(endless_path()))
    site.html(endless_path(), article_html())
    crawler = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", "-a", f"start={site.origin}/world-news", *FAST,
         "-O", str(tmp_path / "out.jsonl"), "-s", "PAGE_TIME_LIMIT=2"],
        cwd=PROJECT, stderr=subprocess.PIPE, text=True, env={**os.environ, **endless},
    )  # fmt: skip
    assert crawler.stderr
    assert any("it begins" in line for line in crawler.stderr)
    crawler.send_signal(signal.SIGTERM)
    try:
        _, log = crawler.communicate(timeout=60)
    finally:
        crawler.kill()
    assert "it was interrupted" in log
    assert "took too long to read" in log
    assert crawler.returncode > 0  # it ended by itself


def test_robots_txt_that_takes_too_long_forbids_all() -> None:
    text = "".join(f"Disallow: /a{number}*b\n" for number in range(100_000)).encode()
    crawler = get_crawler(settings_dict={"PAGE_TIME_LIMIT": 0.01})
    with pytest.raises(TookTooLong):
        LimitedRobotParser.from_crawler(crawler, b"User-agent: *\n" + text)
    assert LimitedRobotParser.from_crawler(crawler, b"User-agent: *\nAllow: /").allowed(
        "http://a.example/", "newscrawl"
    )


class SlowRecord(Record):
    """An archived page that takes for ever to read."""

    def header(self, name: str) -> str:
        while True:
            pass


def test_a_record_that_takes_too_long_is_set_aside() -> None:
    record = SlowRecord("response", "https://news.example/a", datetime(2025, 9, 3, tzinfo=UTC), "", 0, {}, 200, (), b"")
    made = outcome(record, 0.1)
    assert (made.failed, made.kind) == (True, "took too long to read")


def test_a_regular_expression_is_interrupted_and_nothing_swallows_it() -> None:
    def work() -> None:
        try:
            re.match(r"(a|aa)+$", "a" * 200 + "b")
        except Exception:
            pytest.fail("a fault of the page's")

    with pytest.raises(TookTooLong, match="took too long to read"), page_time_limit(0.1):
        work()
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_passes_over_an_interruption_is_interrupted_again() -> None:
    class Endless:
        def __del__(self) -> None:
            while True:
                pass

    with pytest.raises(TookTooLong), page_time_limit(0.1):
        sys.unraisablehook, kept = (lambda _: None), sys.unraisablehook
        try:
            made = Endless()
            del made  # whose exceptions Python only prints
            started = time.process_time()
            while time.process_time() - started < 0.5:  # a short limit is not tried again as late as a long one
                pass
        finally:
            sys.unraisablehook = kept


def test_what_ends_in_time_and_what_has_no_limit_are_let_be() -> None:
    with page_time_limit(30):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    with page_time_limit(0):
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    os.kill(os.getpid(), signal.SIGPROF)  # a late one


def test_a_fault_is_the_fault_and_ends_the_limit() -> None:
    with pytest.raises(KeyError), page_time_limit(30):
        raise KeyError
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_an_inner_limit_leaves_the_outer_one() -> None:
    with pytest.raises(TookTooLong), page_time_limit(0.1):
        with page_time_limit(1000):
            pass
        while True:
            pass


def test_other_threads_have_none() -> None:
    timers = []

    def work() -> None:
        with page_time_limit(30):
            timers.append(signal.getitimer(signal.ITIMER_PROF))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert timers == [(0.0, 0.0)]
