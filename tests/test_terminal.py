"""What a person at a terminal sees: the first line, progress, Ctrl-C, and how a missing network is told."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from threading import Event

import pytest

from tests.conftest import FAST, PROJECT, article_html, last_line, listing_html, path_of
from tests.forks import ENVIRONMENT, scrapy
from tests.test_timelimit import endless, endless_path  # noqa: F401 - a fixture

CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A crawl whose standard error is a terminal; its standard output is not."""

    def __init__(self, *words, columns=100, term="xterm-256color", **environment):
        main, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._main, self.text, self.status = main, "", None
        given = {**os.environ, **ENVIRONMENT, "TERM": term, **environment}
        given.pop("COLUMNS", None)
        self._pid = os.fork()
        if not self._pid:
            os.login_tty(end)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.chdir(PROJECT)
            os.execve(sys.executable, [sys.executable, "-m", "scrapy", *map(str, words)], given)
        os.close(end)

    def wait_for(self, words, seconds=60):
        """Read until the words have come; without words, to the end."""
        end = time.monotonic() + seconds
        while words is None or words not in self.text:
            assert time.monotonic() < end, self.text[-500:]
            if not self._read(0.2):
                assert words is None, self.text[-500:]
                return

    def _read(self, seconds):
        if not select.select([self._main], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._main, 65536)
        except OSError:  # the terminal has nobody any more
            return False
        self.text += data.decode()
        return bool(data)

    def press_ctrl_c(self):
        os.write(self._main, b"\x03")

    def ended(self):
        """The exit status, and the lines that are left on the screen."""
        self.wait_for(None, 120)
        self.status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        os.close(self._main)
        return self.status, self.lines()

    def lines(self):
        """What stands on the terminal: what was erased does not."""
        shown = []
        for line in self.text.replace("\r\n", "\n").split("\n"):
            if "\x1b[1A\x1b[2K" in line and shown:
                shown.pop()
            kept = re.split(r"\x1b\[2K|\r\x1b\[K", line)[-1]
            shown.append(CONTROLS.sub("", kept).replace("\r", ""))
        return [line for line in shown if line]


@pytest.fixture
def held(site):
    """A section of five stories, of which the second is not answered before ``let_go``."""
    site.html("/world-news", listing_html(*map(path_of, range(1, 6))))
    for number in range(1, 6):
        site.html(path_of(number), article_html(f"Harbour reopens {number}"))
    site.asked, site.let_go, answer = Event(), Event(), site.answer

    def hold(path):
        if path == path_of(2):
            site.asked.set()
            site.let_go.wait(60)
        return answer(path)

    site.answer = hold
    yield site
    site.let_go.set()


def words(site, folder, *more):
    start = ("-a", f"start={site.origin}/world-news", "-a", "pages=1", "-a", "hops=0")
    return ("crawl", "worldnews", *FAST, *start, "-o", folder / "out.jsonl", *more)


def test_progress_says_what_is_read_and_leaves_nothing_behind(held, tmp_path):
    terminal = Terminal(*words(held, tmp_path, "-s", "CONCURRENT_REQUESTS=1"))
    terminal.wait_for("1 article · 3 pages")
    terminal.wait_for(f"reading {path_of(2)}")
    held.let_go.set()
    status, lines = terminal.ended()
    assert status == 0
    assert lines[0].startswith(f"worldnews: reading {held.origin}/world-news; 1 listing page; into ")
    assert lines[1] == "articles  5 new of 5 found"
    assert lines[-1] == "exit status 0 (ok): all 5 articles written"
    assert "reading" not in "".join(lines[1:])
    assert "\x1b[?25h" in terminal.text  # the cursor is back
    counts = [int(number) for number in re.findall(r"(\d+) articles? ·", terminal.text)]
    assert counts == sorted(counts)
    assert "%" not in terminal.text


def test_a_line_of_the_log_stands_above_the_progress(held, tmp_path):
    held.routes[path_of(1)] = (404, {}, b"")
    terminal = Terminal(*words(held, tmp_path, "-s", "CONCURRENT_REQUESTS=1"), columns=200)
    terminal.wait_for(f"reading {path_of(2)}")
    held.let_go.set()
    status, lines = terminal.ended()
    assert status == 2
    assert f"warning: Failed: {held.origin}{path_of(1)} (HTTP 404)" in lines
    assert "\x1b[33mwarning: " in terminal.text


@pytest.mark.parametrize(
    ("term", "environment"), [("dumb", {}), ("xterm", {"NO_COLOR": "1"}), ("xterm", {"PYTHONIOENCODING": "latin-1"})]
)
def test_terminals_that_can_do_less(held, tmp_path, term, environment):
    held.routes[path_of(1)] = (404, {}, b"")
    held.let_go.set()
    terminal = Terminal(*words(held, tmp_path), term=term, **environment)
    status, lines = terminal.ended()
    assert status == 2
    assert f"warning: Failed: {held.origin}{path_of(1)} (HTTP 404)" in lines
    assert last_line("\n".join(lines)).startswith("exit status 2 (incomplete): 4 articles written, but 1 failed")
    assert ("\x1b" in terminal.text) == (term != "dumb")
    assert not re.search(r"\x1b\[[0-9;]*3\dm", terminal.text) or not environment.get("NO_COLOR")
    assert terminal.text.isascii() or "PYTHONIOENCODING" not in environment


def test_a_narrow_terminal(held, tmp_path):
    terminal = Terminal(*words(held, tmp_path, "-s", "CONCURRENT_REQUESTS=1"), columns=20)
    assert held.asked.wait(60)
    terminal.wait_for("1 article ")
    held.let_go.set()
    assert terminal.ended()[0] == 0
    frames = re.findall(r"\x1b\[2K([^\x1b\r\n]*)", terminal.text)
    assert frames and all(len(frame) < 20 for frame in frames if " · " in frame)


def test_quiet(held, tmp_path):
    held.let_go.set()
    status, lines = Terminal(*words(held, tmp_path, "-q")).ended()
    assert (status, lines) == (0, ["exit status 0 (ok): all 5 articles written"])


# -v and -q without a terminal -----------------------------------------------------------


def test_verbose_says_what_scrapy_says(held, tmp_path):
    held.let_go.set()
    done = scrapy(*words(held, tmp_path, "-v"))
    assert "Scrapy 2." in done.stderr and "Versions:" in done.stderr and "Overridden settings" in done.stderr
    assert "Crawled (200)" not in done.stderr  # each page is Scrapy's DEBUG


def test_the_log_has_its_own_first_line_and_times(held, tmp_path):
    held.let_go.set()
    first, *rest = scrapy(*words(held, tmp_path)).stderr.splitlines()
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[newscrawl\] INFO: worldnews: reading http", first)
    assert rest[0].startswith("articles ")
    assert "0 pages" not in first
    both = scrapy(*words(held, tmp_path, "-v", "-q"))
    assert both.returncode == 1 and "not allowed with" in both.stderr


def test_the_level_of_the_command_line_wins(held, tmp_path):
    held.let_go.set()
    assert "INFO" not in scrapy(*words(held, tmp_path, "-v", "-L", "WARNING")).stderr
    assert " DEBUG: " in scrapy(*words(held, tmp_path, "-q", "-s", "LOG_LEVEL=DEBUG")).stderr


BROKEN = """
from newscrawl.settings import *
ITEM_PIPELINES["broken.Pipeline"] = 150

class Pipeline:
    def process_item(self, item):
        raise TypeError("no such thing")
"""


@pytest.mark.parametrize("verbose", [False, True])
def test_a_fault_is_one_line_and_with_v_a_traceback(held, tmp_path, verbose):
    held.let_go.set()
    (tmp_path / "broken.py").write_text(BROKEN)
    paths = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{PROJECT}", "SCRAPY_SETTINGS_MODULE": "broken"}
    done = scrapy(*words(held, tmp_path, *(["-v"] if verbose else [])), **paths)
    assert done.returncode == 1
    assert ("Traceback" in done.stderr) == ("TypeError" in done.stderr) == verbose
    assert "no such thing" in done.stderr
    assert "5 an error in a pipeline; the log has it" in last_line(done.stderr)


# Ctrl-C -------------------------------------------------------------------------------


def test_ctrl_c_is_answered_at_once_and_sends_nothing_more(held, tmp_path):
    terminal = Terminal(*words(held, tmp_path, "-s", "CONCURRENT_REQUESTS=1"))
    terminal.wait_for("1 article · 3 pages")
    assert held.asked.wait(60)
    terminal.press_ctrl_c()
    terminal.wait_for("stopping: 1 page under way, press again to cut off")
    held.let_go.set()
    status, lines = terminal.ended()
    assert status == 2
    assert path_of(2) in held.requests and path_of(3) not in held.requests
    assert "it was interrupted; 2 articles written, the next run goes on from there" in lines[-1]
    assert not any("Failed" in line for line in lines)
    again = scrapy(*words(held, tmp_path))
    assert again.returncode == 0 and "3 articles written, 2 unchanged" in again.stderr


def test_what_waits_for_its_turn_is_not_waited_for(held, tmp_path):
    """With a delay of a minute between requests."""
    terminal = Terminal(*words(held, tmp_path, "-s", "DOWNLOAD_DELAY=60"))
    terminal.wait_for("1 page ")  # robots.txt
    terminal.press_ctrl_c()
    terminal.wait_for("stopping: nothing under way", 10)
    terminal.wait_for("exit status 1 (failed): it was interrupted", 10)
    assert terminal.ended()[0] == 1


def test_a_second_ctrl_c_cuts_off(held, tmp_path):
    terminal = Terminal(*words(held, tmp_path, "-s", "CONCURRENT_REQUESTS=1"))
    assert held.asked.wait(60)
    terminal.press_ctrl_c()
    terminal.wait_for("under way, press again to cut off")
    terminal.press_ctrl_c()
    terminal.wait_for("it was cut off before its file was written")
    assert not held.let_go.is_set()
    assert terminal.ended()[0] == 1


def test_ctrl_c_while_a_page_takes_long_to_read(site, tmp_path, endless):  # noqa: F811
    site.html("/world-news", listing_html(endless_path()))
    site.html(endless_path(), article_html())
    terminal = Terminal(*words(site, tmp_path, "-s", "PAGE_TIME_LIMIT=600"), **endless)
    terminal.wait_for("it begins")
    terminal.press_ctrl_c()
    terminal.wait_for("under way, press again to cut off")
    terminal.press_ctrl_c()
    terminal.wait_for("exit status 1 (failed): it was cut off")
    assert terminal.ended()[0] == 1


# Without a network ----------------------------------------------------------------------

ONCE = ("-s", "RETRY_BACKOFF=0", "-s", "DOWNLOAD_DELAY=0")


@pytest.mark.parametrize("robots", [1, 0], ids=["robots.txt", "none"])
@pytest.mark.parametrize(
    ("start", "options", "said"),
    [
        (
            "https://news.invalid/world",
            ("-s", "TWISTED_DNS_RESOLVER=tests.offline.Resolver"),
            "no network, or no such host: news.invalid cannot be resolved",
        ),
        ("http://127.0.0.1:1/world", (), "127.0.0.1:1 refuses the connection; is that the right port, and"),
    ],
    ids=["no name", "no server"],
)
def test_without_a_network_the_true_reason_is_told(tmp_path, start, options, said, robots):
    done = scrapy(
        "crawl", "section", "-a", f"start={start}", "-o", tmp_path / "a.jsonl", *ONCE, *options,
        "-s", f"ROBOTSTXT_OBEY={robots}",
    )  # fmt: skip
    assert done.returncode == 1
    assert last_line(done.stderr).startswith(f"exit status 1 (failed): {said}")
    assert len(done.stderr.splitlines()) <= 5, done.stderr
    assert "robots.txt" not in done.stderr and "sitemap" not in done.stderr
    assert "Traceback" not in done.stderr and not re.search(r"\w+(Error|Exception)\b", done.stderr)


def test_a_host_that_does_not_answer(site, tmp_path):
    """It takes a connection, and then says nothing."""
    let_go, answer = Event(), site.answer
    site.answer = lambda path: (let_go.wait(60), answer(path))[1]
    done = scrapy(
        "crawl", "section", "-a", f"start={site.origin}/world", "-o", tmp_path / "a.jsonl", *ONCE,
        "-s", "DOWNLOAD_TIMEOUT=0.5", "-s", "RETRY_TIMES=0",
    )  # fmt: skip
    let_go.set()
    assert done.returncode == 1
    assert "does not answer; try again later" in last_line(done.stderr)
    assert len(done.stderr.splitlines()) <= 5, done.stderr


def test_sigterm_is_told_in_the_log(held, tmp_path):
    """As by systemd: what is under way ends, and the log says so with its time."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", *map(str, words(held, tmp_path, "-s", "CONCURRENT_REQUESTS=1"))],
        cwd=PROJECT, stderr=subprocess.PIPE, text=True, env={**os.environ, **ENVIRONMENT},
    )  # fmt: skip
    assert held.asked.wait(60)
    process.send_signal(signal.SIGTERM)
    assert process.stderr
    said = next(line for line in process.stderr if "stopping" in line)
    assert re.match(r"\d{4}-.* INFO: stopping: [12] pages? under way, a second signal cuts off$", said.rstrip())
    held.let_go.set()
    assert "it was interrupted" in process.stderr.read()
    assert process.wait(60) == 2
