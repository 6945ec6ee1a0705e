"""``scrapy report``: the last nights as one HTML file, for a person to look at."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from scrapy.commands import ScrapyCommand

from newscrawl.commands.history import path_of, printable

_BEGINNING = 100  # bytes that tell a page from another file
_NAME = "report.html"


class Command(ScrapyCommand):
    """Writes the report beside the history."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Write the last nights as one HTML file to look at"

    def long_desc(self) -> str:
        return (
            "Writes an HTML file that needs no network: how the nights ended, what they brought, which fields and rules"
            " fell, slow and failed pages, and what changed in stories, word by word. It is made from the history and"
            " the nightly files beside it."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--into", metavar="PATH", help=f"the file to write (default: {_NAME} beside the history)")
        parser.add_argument(
            "-n", type=int, default=90, metavar="N", help="nights, back from the last one (default: 90)"
        )
        parser.add_argument("--spider", metavar="NAME", help="whose history (default: the only one, else worldnews)")
        parser.add_argument("--demo", action="store_true", help="the history of the sample edition")
        parser.add_argument("--file", metavar="PATH", action="append", help="a history elsewhere; may be given again")
        parser.error = _fail  # type: ignore[method-assign] # argparse exits with 2

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            if args or opts.n < 1:
                raise ValueError(f"expected: scrapy report {self.syntax()}; N is 1 or more")  # noqa: TRY301
            print(printable(self._write(opts)))
        except ImportError as error:
            _fail(f"{error.name} is missing: pip install 'newscrawl[report]'")
        except sqlite3.Error as error:
            _fail(f"the history cannot be read: {error}")
        except (ValueError, OSError) as error:
            _fail(str(error))

    def _write(self, opts: argparse.Namespace) -> str:
        assert self.settings is not None
        paths = [Path(name).absolute() for name in opts.file or ()] or [path_of(self.settings, opts)]
        for path in paths:
            if not path.is_file():
                demo = path.with_name(self.settings["HISTORY_FILE_DEMO"] % {"name": path.name.partition(".")[0]})
                hint = "; there is one of the sample edition: add --demo" if demo.is_file() else ""
                raise ValueError(f"there is no history at {path} yet, the first crawl makes it{hint}")
        into = Path(opts.into or paths[0].with_name(_NAME))
        if into.exists() and not _is_report(into):
            raise ValueError(f"{into} is there and is no report; name another file with --into")
        from newscrawl.report.data import collect
        from newscrawl.report.page import render

        report = collect(paths, opts.n)
        page = render(report).encode()
        into.parent.mkdir(parents=True, exist_ok=True)
        part = into.with_name(f"{into.name}.part")
        part.write_bytes(page)
        part.replace(into)
        return f"file      {into} ({len(page):,} bytes; {len(report.runs)} runs, {report.articles} articles)"


def _is_report(path: Path) -> bool:
    """Whether a file is an HTML page, which a report may replace."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(_BEGINNING).lstrip().lower().startswith(b"<!doctype")


def _fail(message: str) -> NoReturn:
    sys.exit(f"scrapy report: {printable(message)}")  # with 1
