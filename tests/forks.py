"""Command lines of Scrapy as forks of a process that has imported what they need: half of a small crawl is its imports.

A fork ends as ``python -m scrapy`` does, by the interpreter's own end. There are two such processes, which take turns:
two runs of one test order their sets differently, as any two processes do. What depends on the environment, on its
imports or on its standard input is to be started as a process.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

PROJECT = Path(__file__).parent.parent
ENVIRONMENT = {"PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
_turns = count()


def scrapy(
    *words: object, cwd: Path = PROJECT, timeout: float = 300, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``scrapy`` with these arguments in a folder, as :func:`run` does."""
    return run("scrapy", *words, cwd=cwd, timeout=timeout, **environment)


def newscrawl(
    *words: object, cwd: Path = PROJECT, timeout: float = 300, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``newscrawl`` with these arguments in a folder, as :func:`run` does."""
    return run("newscrawl", *words, cwd=cwd, timeout=timeout, **environment)


def run(
    program: str, *words: object, cwd: Path, timeout: float, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a program's module with these arguments in a folder.

    It is a process of its own where its ``environment`` is more than what the settings read, which each fork loads.
    Raises ``TimeoutError`` or ``subprocess.TimeoutExpired`` once it took too many seconds.
    """
    command = [program, *map(str, words)]
    if any(not name.startswith("NEWSCRAWL_") for name in environment):
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, timeout=timeout, check=False,
            env={**os.environ, **ENVIRONMENT, **environment},
        )  # fmt: skip
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as error,
        socket.socket(socket.AF_UNIX) as connection,
    ):
        connection.settimeout(timeout)
        connection.connect(_server(next(_turns) % 2))
        asked = {"words": command, "cwd": str(cwd), "environment": {**os.environ, **ENVIRONMENT, **environment}}
        socket.send_fds(connection, [b"?"], [out.fileno(), error.fileno()])
        connection.sendall(json.dumps(asked).encode() + b"\n")
        answers = connection.makefile()
        child = int(answers.readline())
        try:
            status = int(answers.readline())
        except TimeoutError:
            os.kill(child, signal.SIGKILL)
            raise
        out.seek(0)
        error.seek(0)
        return subprocess.CompletedProcess(command, status, _text(out.read()), _text(error.read()))


def _text(data: bytes) -> str:
    """As a pipe in text mode gives it."""
    return data.decode().replace("\r\n", "\n").replace("\r", "\n")


@cache
def _server(number: int) -> str:
    """The address of a process that forks; it ends when its standard input does, so with the tests."""
    address = f"{tempfile.mkdtemp(prefix='forks-')}/{number}"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.forks", address],
        cwd=PROJECT, env={**os.environ, **ENVIRONMENT}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == b"ready\n"
    atexit.register(process.communicate)
    return address


# In the process that forks ---------------------------------------------------------------


def preload() -> None:
    """Import what a crawl needs, but what each process must load for itself: the settings and the reactor."""
    from scrapy.utils.misc import walk_modules_iter

    for room in (
        "newscrawl.commands", "newscrawl.connections", "newscrawl.demo", "newscrawl.extensions",
        "newscrawl.feeds", "newscrawl.listings", "newscrawl.middlewares", "newscrawl.pipelines",
        "newscrawl.publishers", "newscrawl.spiders", "scrapy.cmdline", "scrapy.commands",
        "scrapy.core.downloader.handlers.http11", "scrapy.downloadermiddlewares",
        "scrapy.extensions.remote_control", "scrapy.extensions.telnet", "scrapy.extensions.throttle",
        "scrapy.spidermiddlewares",
    ):  # fmt: skip
        for _ in walk_modules_iter(room):
            pass
    warm_up()
    assert not {"newscrawl.settings", "twisted.internet.reactor"} & set(sys.modules)
    gc.collect()
    gc.freeze()  # a fork's collections would copy all that was imported


def warm_up() -> None:
    """Read a page and clean it, since patterns are compiled and tables are loaded where they are first needed."""
    from newscrawl import extract_article

    page = (
        "<html><title>A bridge opens</title><article><h1>A bridge opens</h1><p>By Asha Rao</p><p>Sep 03 2025 | 7:49 PM"
        " IST</p><p>The bridge across the river was opened on Monday. Subscribe to read more.</p></article></html>"
    )
    for publisher in (None, "generic"):
        extract_article(
            page, "https://www.business-standard.com/world-news/a-bridge-125090300001_1.html", None, publisher
        )


def serve(address: str) -> str:
    """Fork for each command that is asked for; returns in the forks alone, which are to execute the program it gives."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        print("ready", flush=True)
        waiters: set[int] = set()  # each waits for one fork
        while True:
            if sys.stdin in select.select([listener, sys.stdin], [], [])[0]:
                for pid in waiters:
                    os.waitpid(pid, 0)
                os.unlink(address)
                os.rmdir(Path(address).parent)
                os._exit(0)
            connection = listener.accept()[0]
            waiting = os.fork()
            if not waiting:
                break
            waiters.add(waiting)
            waiters -= {pid for pid in waiters if os.waitpid(pid, os.WNOHANG)[0]}
            connection.close()
    _, files, _, _ = socket.recv_fds(connection, 1, 2)
    asked = json.loads(connection.makefile().readline())
    child = os.fork()
    if child:
        connection.sendall(f"{child}\n".encode())
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        connection.sendall(f"{status}\n".encode())
        os._exit(0)
    connection.close()
    for number, file in enumerate([os.open(os.devnull, os.O_RDONLY), *files]):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["cwd"])
    sys.path[0] = asked["cwd"]
    sys.argv = asked["words"]
    return sys.argv[0]


if __name__ == "__main__":
    preload()
    program = serve(sys.argv[1])
    runpy.run_module(program, run_name="__main__", alter_sys=True)
