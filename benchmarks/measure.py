"""What the benchmarks share: the site in a process of its own, and a crawl that is measured."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.request import urlopen

PROJECT = Path(__file__).parent.parent
#: A local server needs no politeness.
FAST = [
    "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "CONCURRENT_REQUESTS_PER_DOMAIN=8", "RETRY_BACKOFF=0.05",
]  # fmt: skip


@dataclass(frozen=True)
class Server:
    """A running site."""

    origin: str

    def counts(self) -> dict[str, int]:
        """What it was asked for so far."""
        with urlopen(f"{self.origin}/-/counts", timeout=30) as answer:
            return {"requests": 0, "articles": 0, **json.load(answer)}

    def first(self) -> float:
        """When it was first asked for something since this was last called, by ``time.monotonic()``; else 0."""
        with urlopen(f"{self.origin}/-/first", timeout=30) as answer:
            return float(json.load(answer))


@contextmanager
def serving(articles: int, **options: object) -> Iterator[Server]:
    """``benchmarks.site`` in a process of its own; options are those of its command line."""
    named = [f"--{name}" if value is True else f"--{name}={value}" for name, value in options.items() if value]
    command = [sys.executable, "-m", "benchmarks.site", f"--articles={articles}", *named]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Server(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True)
class Crawl:
    """A finished ``scrapy crawl``, or another program's run; sizes in MB (10^6 bytes), times in seconds."""

    status: int
    sentence: str
    wall: float
    cpu: float
    peak: float
    written: int
    ended: float  # by time.monotonic()


def crawl(
    output: Path,
    arguments: Sequence[str],
    settings: Sequence[str] = (),
    watch: Callable[[float], None] | None = None,
    limit: float = 900.0,
    *,
    profile: str = "newscrawl.settings",
    core: int | None = None,
) -> Crawl:
    """Crawl into ``output`` by the settings module ``profile``; for ``watch``, ``limit``, ``core`` see ``measured``."""
    wanted = flags(settings, profile)
    command = [sys.executable, "-m", "scrapy", "crawl", "worldnews", *wanted, "-O", str(output), *arguments]
    return measured(command, output, profile, watch=watch, limit=limit, core=core)


def fast() -> str:
    """The settings module for speed, where the project has one; else its only one."""
    return "newscrawl.fast" if (PROJECT / "newscrawl" / "fast.py").exists() else "newscrawl.settings"


def flags(settings: Sequence[str] = (), profile: str = "newscrawl.settings") -> list[str]:
    """Settings for the command line of ``scrapy``, with those that make the polite profile fast."""
    impolite = FAST if profile == "newscrawl.settings" else []
    return [part for setting in (*impolite, *settings) for part in ("-s", setting)]


def measured(
    command: Sequence[str],
    output: Path,
    profile: str = "",
    *,
    watch: Callable[[float], None] | None = None,
    limit: float = 900.0,
    core: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Crawl:
    """Run a program that writes ``output``, on one ``core`` if that is given, for ``limit`` seconds at most.

    ``watch`` is called with the resident memory several times a second. Scrapy reads the settings module
    ``profile``, or without one has its own defaults.
    """
    log = output.with_suffix(".log")
    variables = {**os.environ, "PYTHONPATH": str(PROJECT), "NEWSCRAWL_CONFIG": "", **(environment or {})}
    variables |= {"SCRAPY_SETTINGS_MODULE": profile} if profile else {}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, not in each run
    folder = PROJECT if profile else output.parent  # scrapy.cfg names the project's settings
    began = time.monotonic()
    with log.open("w", encoding="utf8") as stderr:
        process = subprocess.Popen(command, cwd=folder, stdout=stderr, stderr=stderr, env=variables)
        if core is not None:
            os.sched_setaffinity(process.pid, {core})
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - began > limit:
                process.kill()
            if watch is not None:
                watch(resident(process.pid))
            time.sleep(0.2 if watch is not None else 0.02)
    ended = time.monotonic()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Crawl(
        status=process.returncode,
        sentence=log.read_text(encoding="utf8").rstrip("\n").rsplit("\n", 1)[-1],
        wall=ended - began,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss * 1024 / 1e6,
        written=lines(output),
        ended=ended,
    )


def resident(pid: int) -> float:
    """A process's resident memory in MB, 0 once it has ended."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass
    return 0.0


def lines(path: Path) -> int:
    """How many lines a file has; 0 without one."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(1 for _ in file)


def heading() -> None:
    """Say what is measured on."""
    versions = ", ".join(f"{name} {version(name.lower())}" for name in ("Scrapy", "lxml"))
    cores, date = f"{os.cpu_count()} virtual cores", time.strftime("%Y-%m-%d")
    print(f"Python {platform.python_version()}, {versions}; {cores}; {date}\n")


def row(*cells: object) -> None:
    """Print a line of a Markdown table."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def header(*names: str) -> None:
    """Print the head of a Markdown table, numbers to the right."""
    row(*names)
    row("---", *("--:" for _ in names[1:]))
