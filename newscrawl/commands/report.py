"""``scrapy report``: the last runs as one HTML page, for a person to read."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.settings import Settings

from newscrawl.command import ProjectCommand, number_from
from newscrawl.commands.history import add_redis, check_there, folder_of_workers, names_in_redis, paths_of, use_redis
from newscrawl.plural import counted
from newscrawl.streams import printable

if TYPE_CHECKING:
    from newscrawl.report.data import Kept

_BEGINNING = 100  # bytes that tell a page from another file
_NAME = "report.html"


class Command(ProjectCommand):
    """Writes the report beside the history."""

    requires_crawler_process = False
    examples = ("report", "report -n 365 --into www/year.html", "report --no-pictures", "report --demo")

    def syntax(self) -> str:
        return "[options]"

    def long_desc(self) -> str:
        return (
            "Writes one HTML file for a browser, from the histories in the output folder, or in Redis, and the output"
            " files. It shows new stories, changes word by word, removed stories and copies of one text. A folded part"
            " shows how the runs ended, what failed, and which fields and rules are found less often."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--into", metavar="PATH", help=f"the file to write (default: {_NAME} beside the history)")
        parser.add_argument(
            "-n",
            type=number_from(1),
            default=90,
            metavar="N",
            help="how many days before the last run to show (default: 90)",
        )
        parser.add_argument(
            "--spider", metavar="NAME", help="the spider whose history to use (default: all histories in the folder)"
        )
        parser.add_argument(
            "--no-pictures", action="store_true", help="leave out pictures: the page then makes no request"
        )
        parser.add_argument("--demo", action="store_true", help="use the history of the sample edition")
        parser.add_argument(
            "--file", metavar="PATH", action="append", help="use this history database; may be repeated"
        )
        add_redis(parser, "use the histories that workers share in this Redis")
        parser.add_argument(
            "--folder", metavar="DIR", help="with --redis: where the workers' files are (default: the output folder)"
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        if words:
            raise ValueError(self.expected())
        try:
            print(printable(self._write(opts)))
        except sqlite3.Error as error:
            raise ValueError(f"the history cannot be read: {error}") from error

    def _write(self, opts: argparse.Namespace) -> str:
        assert self.settings is not None
        if opts.redis is None:
            paths = [Path(name).absolute() for name in opts.file or ()] or paths_of(self.settings, opts)
            for path in paths:
                check_there(path, self.settings, opts)
            return _write(paths, paths[0].parent, opts)
        settings = use_redis(self.settings, opts)
        folder = Path(opts.folder) if opts.folder else folder_of_workers(settings, demo=opts.demo)
        with ExitStack() as copies:
            return _write(list(_in_redis(settings, opts, folder, copies)), folder, opts)


def _in_redis(settings: Settings, opts: argparse.Namespace, folder: Path, copies: ExitStack) -> Iterator[Kept]:
    """A copy of each history in Redis. Raises ``ValueError`` where there is none."""
    from newscrawl.report.data import Kept
    from newscrawl.store.redis.past import copied, is_there
    from newscrawl.store.redis.status import history_place

    names = [name for name in names_in_redis(settings, opts) if is_there(settings, name)]
    if not names:
        raise ValueError(f"no shared crawl has ended yet at {history_place(settings, opts.spider or '*')}")
    for name in names:
        yield Kept(copies.enter_context(copied(settings, name)), folder, history_place(settings, name))


def _write(histories: Sequence[Path | Kept], folder: Path, opts: argparse.Namespace) -> str:
    """Write the report, and tell of it."""
    from newscrawl.report.data import collect
    from newscrawl.report.page import render

    into = Path(opts.into or folder / _NAME)
    if into.exists() and not _is_report(into):
        raise ValueError(f"{into} exists and is not a report; name another file with --into")
    report = collect(histories, opts.n)
    page = render(report, pictures=not opts.no_pictures).encode()
    into.parent.mkdir(parents=True, exist_ok=True)
    part = into.with_name(f"{into.name}.part")
    part.write_bytes(page)
    part.replace(into)
    made_of = f"{counted(len(report.runs), 'run')}, {counted(report.articles, 'article')}"
    return f"file      {into} ({len(page):,} bytes; {made_of})"


def _is_report(path: Path) -> bool:
    """Whether a file is an HTML page, which a report may replace."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(_BEGINNING).lstrip().lower().startswith(b"<!doctype")
