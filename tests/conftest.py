"""A local server to crawl, and the command line as a subprocess."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import hypothesis
import pytest

from newscrawl.processes import usable_cores
from tests.forks import PROJECT, scrapy
from tests.postgresql import PASSWORD, Keeper, PostgresServer, programs

# A deadline would measure the machine.
hypothesis.settings.register_profile("newscrawl", deadline=None)
hypothesis.settings.load_profile("newscrawl")

# No test reads a developer's own things.
os.environ["NEWSCRAWL_CONFIG"] = ""
os.environ.pop("NEWSCRAWL_PUBLISHERS", None)

#: Files whose tests run crawls and commands, start servers, or read very large pages: ``-m "not slow"`` leaves them out.
SLOW = frozenset(
    f"test_{name}.py"
    for name in """
    archive at_scale bounds browser check cli command_line configuration connections copies_of_sites credentials demo deploy
    describe discovery failures feeds fuzz growth heads history history_command holes hostile load
    loading_docs lost_history many markup memory package patterns postgresql publishers readme report scaling sections
    shared sources terminal timelimit validate added_field
    """.split()
)


def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as there are cores: a third of the time of crawls is waiting."""
    return usable_cores() * 3 // 2 or 1


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of this process; the tests that want one are skipped where none can be had."""
    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("PostgreSQL's server is not installed")
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def keeper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    """What keeps the tables: a test of it holds both databases to one contract."""
    if request.param == "sqlite":
        return Keeper()
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return Keeper(request.getfixturevalue("postgres"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their file."""
    for item in items:
        if item.path.name in SLOW:
            item.add_marker(pytest.mark.slow)


@dataclass
class LocalSite:
    """A server on a free loopback port. ``routes``: path to (status, headers, body), or a list of them in turn."""

    routes: dict[str, Any] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    #: Of each request, in the same order.
    authorizations: list[str | None] = field(default_factory=list)
    origin: str = ""
    #: Validators by path; a request that has its path's gets 304.
    etags: dict[str, str] = field(default_factory=dict)

    def html(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.routes[path] = (status, {"Content-Type": "text/html; charset=utf-8", **named}, data)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        self.requests.append(path)
        route = self.routes.get(path, (404, {}, b"gone"))
        if isinstance(route, list):
            route = route.pop(0) if len(route) > 1 else route[0]
        return route

    def paths(self) -> list[str]:
        return [path for path in self.requests if path != "/robots.txt"]


class LocalServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # with the default of 5, connections wait a second to be tried again

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed resets its connections."""


@contextmanager
def serve(address: str = "127.0.0.1", port: int = 0) -> Iterator[LocalSite]:
    """A site at an address of the loopback network, while the context lasts."""
    local = LocalSite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version, wbufsize = "HTTP/1.1", -1  # one packet an answer

        def do_GET(self) -> None:
            local.authorizations.append(self.headers["Authorization"])
            status, headers, body = local.answer(self.path)
            if etag := local.etags.get(self.path):
                headers = {**headers, "ETag": etag}
                if self.headers.get("If-None-Match") == etag:
                    status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = LocalServer((address, port), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    local.origin = f"http://{address}:{server.server_address[1]}"
    try:
        yield local
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with serve() as local:
        yield local


def last_line(stderr: str) -> str:
    """A run's last line, without the word that says where it is explained."""
    return re.sub(r" \(newscrawl explain [a-z-]+\)$", "", stderr.rstrip("\n").rsplit("\n", 1)[-1])


@dataclass
class Run:
    """A finished ``scrapy crawl``."""

    status: int
    stderr: str
    stdout: str
    output: Path

    @property
    def last_line(self) -> str:
        return last_line(self.stderr)

    @property
    def articles(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.output.read_text(encoding="utf8").splitlines()]

    @property
    def by_id(self) -> dict[str, dict[str, Any]]:
        return {article["id"]: article for article in self.articles}


#: A local server needs no politeness, and a test no waiting.
FAST = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "RETRY_BACKOFF=0"]


#: Runs scrapy, then tells how much memory it took. Not by getrusage(), which counts what the parent had at the fork.
_MEASURED = """
import atexit, sys
from pathlib import Path
from scrapy.cmdline import execute
status = Path("/proc/self/status")
atexit.register(lambda: status.exists() and path.write_text(status.read_text()))
path = Path(sys.argv[-1])
execute(["scrapy", *sys.argv[1:-1]])
"""


def measured_crawl(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """A ``scrapy crawl``, and the most memory that it took, in MB; 0 where there is no /proc."""
    measured = folder / "status"
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, "crawl", *arguments, *FAST, str(measured)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
    )
    peak = re.search(r"VmHWM:\s*(\d+) kB", measured.read_text()) if measured.exists() else None
    return done, int(peak[1]) / 1024 if peak else 0.0


def apart(crawl: Callable[..., Run]) -> Callable[..., Run]:
    """Crawls of one test, a second apart."""

    def run(*arguments: Any, **options: Any) -> Run:
        next_second()
        return crawl(*arguments, **options)

    return run


def next_second() -> None:
    """Wait until the clock shows another second: what runs of one second did has no order in a history."""
    now = int(time.time())
    while int(time.time()) == now:
        Event().wait(0.02)


@pytest.fixture
def crawl(tmp_path: Path) -> Callable[..., Run]:
    def run(
        *arguments: str,
        spider: str = "worldnews",
        output: str | None = "out.jsonl",
        cwd: Path = PROJECT,
        **environment: str,
    ) -> Run:
        path = tmp_path / (output or "none")
        # One file a run, which gets what is news: -O onto a file that is not there would write all.
        write = ["-O" if path.exists() else "-o", str(path)] if output else []
        done = scrapy("crawl", spider, *FAST, *write, *arguments, cwd=cwd, **environment)
        return Run(done.returncode, done.stderr, done.stdout, path)

    return run


SENTENCE = "The harbour of Maro reopened on Wednesday after a fortnight in which no ship had left it."


def article_html(
    headline: str = "Harbour reopens", next_url: str | None = None, body: str = SENTENCE, more: str = ""
) -> str:
    """An article's page in the publisher's layout."""
    onward = f'<a href="{next_url}">Next Story</a>' if next_url else ""
    return (
        f'<!DOCTYPE html><html lang="en"><body><h1 class="stryhdtp">{headline}</h1>'
        f'<div class="meta-info">First Published: Sep 03 2025 | 7:49 PM IST</div>'
        f'<div class="storycontent"><p>{body}</p></div>{more}{onward}</body></html>'
    )


def listing_html(*links: str, dates: tuple[str, ...] = ()) -> str:
    """A listing page with a card for each link, in the publisher's layout."""
    cards = []
    for number, link in enumerate(links):
        date = f'<div class="metapoststyle">Last Updated : {dates[number]}</div>' if number < len(dates) else ""
        cards.append(f'<div class="cardlist"><h2><a class="smallcard-title" href="{link}">Story</a></h2>{date}</div>')
    return f"<!DOCTYPE html><html><body>{''.join(cards)}</body></html>"


def path_of(number: int, section: str = "world-news") -> str:
    return f"/{section}/story-{number}-1250903{number:05d}_1.html"


# Servers that some tests start: what they are made of needs extras.


@pytest.fixture(scope="module")
def one_redis():
    """A Redis for the tests of a file, which empty it."""
    from tests.shared import RedisServer

    server = RedisServer()
    yield server
    server.close()


@pytest.fixture
def web():
    """A server that takes files by PUT."""
    from tests import places

    with places.web() as place:
        yield place


@pytest.fixture
def ftp(tmp_path: Path):
    """The address of an FTP server over the folder ``ftp``."""
    from tests import places

    (tmp_path / "ftp").mkdir()
    with places.ftp(tmp_path / "ftp") as address:
        yield address
