"""``scrapy extract``: the articles of whole archives, on all cores."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import NoReturn

from newscrawl.command import ProjectCommand, number_from
from newscrawl.crawl.ending import failed
from newscrawl.feeds import needs
from newscrawl.processes import usable_cores
from newscrawl.scale.options import add_options
from newscrawl.streams import printable


class Command(ProjectCommand):
    """Runs the job of :mod:`newscrawl.scale.job` on this machine."""

    requires_crawler_process = False
    statuses = (
        "all archives were read",
        "it failed, or found no article; standard error says why",
        "some records or archives were set aside",
    )
    examples = (
        "extract archive/ --into corpus",
        "extract CC-NEWS-20250903141930-00012.warc.gz --into corpus --versions all",
        "extract --list warc.paths.gz --base https://data.commoncrawl.org/ --into corpus",
    )
    completes = "files"

    def syntax(self) -> str:
        return "[options] WARC or FOLDER ... --into DIR"

    def long_desc(self) -> str:
        return (
            "Reads WARC, ARC and WACZ files of any origin, such as Common Crawl's CC-NEWS, and writes their articles by"
            " publisher and month: DIR/articles/publisher=…/month=…. Run the same command again to continue after a"
            " stop. Damaged records are counted and listed in DIR/staging. docs/how-to/at-scale.md runs the same job on"
            " a cluster. Needs Java 17 and: pip install 'newscrawl[scale]'"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_options(parser)
        parser.add_argument(
            "--cores",
            type=number_from(1),
            metavar="N",
            default=usable_cores(),
            help="how many cores to use (default: all)",
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        with needs("PySpark", "scale"):
            import_module("pyspark")
        from newscrawl.scale.job import run

        try:
            self.exitcode = run(words, opts, opts.cores, _say)
        except KeyboardInterrupt:
            raise ValueError("it was interrupted; the same command goes on from there") from None

    def fail(self, message: str) -> NoReturn:
        """In the words of the last line of a crawl, for the same log."""
        ended = failed(message)
        _say(str(ended))
        sys.exit(ended.status)


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr, flush=True)
