"""Kills real runs, at random moments and between any two steps, and checks that nothing is lost or repeated.

    python -m tests.crashes --kills 300 --articles 200     at random moments
    python -m tests.crashes --kills 100 --moving           the same while the section moves on after each kill
    python -m tests.crashes --steps                        at every line that writes, publishes or recovers
    python -m tests.crashes --kills 100 --form parquet     the same with Parquet, or sqlite, in place of JSON Lines
    python -m tests.crashes --kills 100 --replace          each run replaces one file (-O) with all there is (again=1)

A run is a forked child that executes the command line; the site is a process of its own. After each
run: every line (or row) of every finished file is whole, no article is in two, and as all articles have one
text, all name one group of copies, from whichever runs they come. Once a run has ended by
itself: every article that the site shows, or was asked for, is in one. A file that runs replace is the older or the newer
one, whole, and never gone.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from multiprocessing import get_context
from pathlib import Path
from types import CodeType
from typing import Any
from urllib.request import urlopen

from tests.conftest import FAST, SENTENCE, LocalServer, article_html, listing_html, path_of
from tests.forks import preload

_PER_PAGE = 20
#: Where a kill may come, of a run's own code.
_FILES = (
    "newscrawl/history/durable.py", "newscrawl/history/copies/sqlite.py", "newscrawl/feeds/file.py",
    "newscrawl/extensions/history.py", "newscrawl/feeds/article.py", "newscrawl/feeds/parquet.py",
    "newscrawl/feeds/sqlite.py", "newscrawl/database/articles.py",
)  # fmt: skip
_NOTES = ("item_scraped", "item_dropped", "version_of", "next_path", "path_of", "validators", "_key", "_forget_alias")


def lines_of(file: Path) -> list[tuple[str, str | None]]:
    """The ids and groups in a finished file of JSON Lines; each line is whole."""
    data = file.read_bytes()
    assert not data or data.endswith(b"\n"), f"{file} ends in a torn line"
    return [(article["id"], article["copy_group"]) for article in map(json.loads, data.splitlines())]


def parquet_of(file: Path) -> list[tuple[str, str | None]]:
    """The same of a finished Parquet file, every column of which can be read."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(file)
    return list(zip(table["id"].to_pylist(), table["copy_group"].to_pylist(), strict=True))


def sqlite_of(file: Path) -> list[tuple[str, str | None]]:
    """The same of a finished database that is whole."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        return db.execute("select id, copy_group from articles union all select id, copy_group from earlier").fetchall()


_READERS = {"jsonl": lines_of, "parquet": parquet_of, "sqlite": sqlite_of}


def serve(count: int, shown: int, port: Any) -> None:
    """A section of ``count`` articles that shows ``shown`` of them, on a free loopback port.

    ``/move`` shows others; ``/asked`` tells which articles were asked for since ``/forget``,
    or are shown.
    """
    pages = {f"/world-news/page-{n + 1}" if n else "/world-news": n for n in range(-(-shown // _PER_PAGE))}
    articles = {path_of(n): n for n in range(count)}
    asked: set[int] = set()
    first = 0

    class Handler(BaseHTTPRequestHandler):
        protocol_version, wbufsize = "HTTP/1.1", -1  # one packet an answer

        def do_GET(self) -> None:
            nonlocal first
            html = ""
            if self.path == "/move":
                first, html = (first + 7) % count, "moved"
            elif self.path == "/forget":
                asked.clear()
                html = "forgotten"
            elif self.path == "/asked":
                html = json.dumps([*asked, *((first + n) % count for n in range(shown))])
            elif self.path in pages:
                start = pages[self.path] * _PER_PAGE
                numbers = range(start, min(start + _PER_PAGE, shown))
                html = listing_html(*(path_of((first + n) % count) for n in numbers))
            elif self.path in articles:
                number = articles[self.path]
                asked.add(number)
                html = article_html(f"Story {number}", path_of((number + 1) % count), f"{SENTENCE} " * 20)
            data = html.encode()
            self.send_response(200 if html else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = LocalServer(("127.0.0.1", 0), Handler)
    port.send(server.server_address[1])
    server.serve_forever()


def forked(
    command: list[str],
    work: Path,
    counts: Callable[[CodeType], bool],
    *,
    kill_at: int | None,
    report: bool,
    settings: str = "newscrawl.settings",
) -> int:  # fmt: skip
    """A forked child that executes a command line in the folder ``work``, and logs into ``log`` there; its number.

    It is killed at the ``kill_at``-th line of code that ``counts``. With ``report``, that count of the whole run is in
    the file ``lines`` afterwards.
    """
    child = os.fork()
    if not child:
        try:
            status = _execute(command, work, counts, kill_at=kill_at, report=report, settings=settings)
        except BaseException as error:
            status = error.code if isinstance(error, SystemExit) else 99
        os._exit(status if isinstance(status, int) else 98)
    return child


def _execute(
    command: list[str],
    work: Path,
    counts: Callable[[CodeType], bool],
    *,
    kill_at: int | None,
    report: bool,
    settings: str,
) -> int:
    from scrapy.cmdline import execute

    log = os.open(work / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir(work)
    os.environ["SCRAPY_SETTINGS_MODULE"] = settings
    count = 0

    def step(frame: Any, event: str, _: Any) -> Any:
        nonlocal count
        if not counts(frame.f_code):
            return None
        if event == "line":
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return step

    if kill_at is not None or report:
        sys.settrace(step)
    try:
        execute(command)
    finally:
        if report:
            (work / "lines").write_text(str(count))
    return 97


class Crashes:
    """Runs over one site, in one output folder at a time, that write files of one form, or ``replace`` one file."""

    def __init__(self, articles: int, shown: int | None = None, form: str = "jsonl", *, replace: bool = False):
        self.form = form
        self.replace = replace
        self._before: bytes | None = None
        ours, theirs = get_context("fork").Pipe()
        self.server = get_context("fork").Process(target=serve, args=(articles, shown or articles, theirs), daemon=True)
        self.server.start()
        self.work = Path(tempfile.mkdtemp(prefix="crashes-"))
        self.folder = self.work / "output"
        self.folder.mkdir()
        self.origin = f"http://127.0.0.1:{ours.recv()}"
        self.command = [
            "scrapy", "crawl", "worldnews", *FAST, "-s", "LOG_LEVEL=ERROR", "-a", f"pages={articles}",
            "-a", f"start={self.origin}/world-news",
        ]  # fmt: skip

    def close(self) -> None:
        self.server.terminate()
        shutil.rmtree(self.work)

    def run(self, name: str, kill_after: float | None = None, kill_at: int | None = None, report: bool = False) -> int:
        """One run into file ``name``, without its form, where none is replaced; its exit status, or -9 if it was killed.

        ``kill_after`` is in seconds from the fork, ``kill_at`` a count of lines that were executed in
        ``_FILES``. With ``report``, that count of the whole run is in the file ``lines`` afterwards.
        """
        write = (
            ["-O", f"{self.replaced}", "-a", "again=1"] if self.replace else ["-o", f"{self.folder}/{name}.{self.form}"]
        )
        child = forked(
            [*self.command, *write], self.work, lambda code: code.co_filename.endswith(_FILES) and code.co_name not in _NOTES,
            kill_at=kill_at, report=report,
        )  # fmt: skip
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    @property
    def replaced(self) -> Path:
        """The file that each run replaces."""
        return self.folder / f"replaced.{self.form}"

    def check(self, complete: bool) -> set[str]:
        """What the finished files hold; ``complete``: all there is, and nothing left behind."""
        found: Counter[str] = Counter()
        groups: set[str | None] = set()
        for file in self.folder.glob(f"*.{self.form}"):
            if not file.name.endswith((".history.sqlite", "copies.sqlite")):
                articles = _READERS[self.form](file)
                found.update(key for key, _ in articles)
                groups.update(group for _, group in articles)
        if self.replace:
            now = self.replaced.read_bytes() if self.replaced.exists() else None
            assert now or not self._before, f"{self.replaced} is gone"
            self._before = now
        assert not (twice := [key for key, count in found.items() if count > 1]), f"repeated: {twice}"
        assert len(groups) <= 1, f"one text in several groups: {groups}"
        if complete:
            lost = {path_of(n).rsplit("-", 1)[1][:12] for n in json.loads(self.get("/asked"))} - set(found)
            assert not lost, f"{sorted(lost)} are lost\n{(self.work / 'log').read_text()[-3000:]}"
            assert not list(self.folder.glob("*.part*")), "unfinished files are left"
        return set(found)

    def get(self, path: str) -> bytes:
        with urlopen(self.origin + path) as answer:
            return bytes(answer.read())

    def clear(self) -> None:
        """Begin anew in an empty folder."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self._before = None
        self.get("/forget")


def random_moments(crashes: Crashes, kills: int, moving: bool, seed: int) -> None:
    """Kill runs one after the other at random moments; begin anew when all is emitted."""
    chance = random.Random(seed)
    fine = (0, 2) if moving else (0,)  # 2: nothing on the listing was known to the last run that was not killed
    try:
        began = time.monotonic()
        assert crashes.run("whole") == 0
        whole = time.monotonic() - began
        crashes.check(complete=True)
        crashes.clear()
        killed = rounds = ended = 0
        while killed < kills:
            status = crashes.run(f"{killed:04}-{ended}", kill_after=chance.uniform(0, whole * 1.1))
            crashes.check(complete=False)
            if status == -signal.SIGKILL:
                killed += 1
                if moving:
                    crashes.get("/move")
            else:
                assert status in fine, (crashes.work / "log").read_text()[-3000:]
                ended += 1
                crashes.check(complete=True)
                rounds += 1
                if not moving and (not crashes.replace or rounds % 2):  # else there is a file to replace
                    crashes.clear()
        assert crashes.run("last") in fine
        crashes.check(complete=True)
        print(
            f"{killed} kills, {rounds + 1} times all emitted; a run takes {whole:.2f} s;"
            f" nothing lost, nothing repeated, no torn line"
        )
    finally:
        crashes.close()


def steps(crashes: Crashes, every: int) -> None:
    """Kill a run at each line that opens, stores, publishes or recovers; then let the next one end."""

    def begin() -> None:
        crashes.clear()
        if crashes.replace:  # what is replaced
            assert crashes.run("older") == 0
            crashes.check(complete=True)

    try:
        begin()
        assert crashes.run("a", report=True) == 0
        lines = int((crashes.work / "lines").read_text())
        for line in range(1, lines + 1, every):
            begin()
            assert crashes.run("a", kill_at=line) == -signal.SIGKILL, line
            crashes.check(complete=False)
            assert crashes.run("b") == 0, (line, (crashes.work / "log").read_text()[-3000:])
            crashes.check(complete=True)
        recovering = 0
        for first in range(1, lines + 1, max(every, lines // 8)):  # kill the recovery of a few of these
            recover_at = 1
            while True:
                begin()
                crashes.run("a", kill_at=first)
                if crashes.run("b", kill_at=recover_at) != -signal.SIGKILL:
                    break
                assert crashes.run("c") == 0
                crashes.check(complete=True)
                recovering += 1
                recover_at += 7 * every
        print(
            f"{len(range(1, lines + 1, every))} steps and {recovering} steps after these: nothing lost, nothing repeated"
        )
    finally:
        crashes.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300, help="kills at random moments")
    parser.add_argument("--articles", type=int, default=200, help="articles of the site")
    parser.add_argument("--moving", action="store_true", help="the section shows others after each kill")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    parser.add_argument("--steps", action="store_true", help="kill at each step instead")
    parser.add_argument("--every", type=int, default=1, help="with --steps: at each n-th step only")
    parser.add_argument("--form", choices=_READERS, default="jsonl", help="what the runs write")
    parser.add_argument("--replace", action="store_true", help="each run replaces one file")
    options = parser.parse_args()
    if options.replace and options.moving:
        parser.error("--moving looks for what earlier files hold, and --replace replaces them")
    preload()
    count = 3 if options.steps else options.articles
    shown = count // 4 if options.moving else count
    crashes = Crashes(count, shown, options.form, replace=options.replace)
    if options.steps:
        steps(crashes, options.every)
    else:
        random_moments(crashes, options.kills, options.moving, options.seed)
