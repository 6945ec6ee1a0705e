"""``scrapy crawl``, with a bundled edition, a file to write to, and an exit status that tells."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from typing import Any, NoReturn

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from newscrawl import logs, stopping, streams, summary
from newscrawl.command import operands, tell_ending
from newscrawl.crawl.ending import COULD_NOT_BEGIN, NOT_STARTED, Ending, failed
from newscrawl.crawling import ending, of_error, prepare, with_demo, with_formats


class Command(CrawlCommand):
    """Scrapy's own ``crawl``; ``-o``, ``-O``, ``-s`` and ``-a`` mean what they mean there."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        streams.open_closed()
        super().add_options(parser)
        logs.add_options(parser)
        parser.error = self._fail  # type: ignore[method-assign] # argparse exits with 2, which means "incomplete" here

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        for name in ("output", "overwrite_output"):
            setattr(opts, name, with_formats(getattr(opts, name) or []))
        try:
            super().process_options(args, opts)
        except UsageError as error:  # so does Scrapy
            self._fail(str(error))
        assert self.settings is not None
        logs.choose(self.settings, opts)
        prepare(self.settings, opts.spargs, "cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        try:
            logs.begin(self.crawler_process.settings, verbose=opts.verbose)
            args = operands(args)
            if len(args) != 1:
                raise ValueError("expected the name of one spider; 'scrapy list' lists them")  # noqa: TRY301
            ended = self._crawl(args[0], opts.spargs)
        except (KeyError, ValueError, OSError) as error:
            ended = of_error(error)
        except KeyboardInterrupt:
            ended = failed("it was interrupted before it began", NOT_STARTED)
        ended = self._with_summary(ended, args[0] if args else "")
        try:
            for line in () if opts.quiet else ended.summary:
                print(line, file=sys.stderr)
            tell_ending(ended)
        except OSError:  # nobody reads it any more, or the disk is full, and the run went as it went
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # else Python's end would fail
        self.exitcode = ended.status

    def _fail(self, message: str) -> NoReturn:
        ended = self._with_summary(failed(message, COULD_NOT_BEGIN), "")
        tell_ending(ended)
        sys.exit(ended.status)

    def _with_summary(self, ended: Ending, name: str) -> Ending:
        file = self.settings["SUMMARY_FILE"] if self.settings is not None else None
        return summary.written(ended, file, summary.document(ended), name)

    def _crawl(self, name: str, spargs: dict[str, str]) -> Ending:
        assert self.crawler_process is not None
        if "start" in spargs:
            spargs["start"] = with_demo(spargs["start"], self.crawler_process.settings)
        crawler: Crawler = self._create_crawler(name)
        started: Any = self.crawler_process.crawl(crawler, **spargs)
        # What is loaded by now stays: no later collection need go through it again.
        gc.collect()
        gc.freeze()
        stopping.start(self.crawler_process)
        return ending(crawler, _error_of(started))


def _error_of(started: Any) -> BaseException | None:
    """What the crawl's task or Deferred ended with."""
    if hasattr(started, "exception"):
        return started.exception() if started.done() and not started.cancelled() else None
    result = getattr(started, "result", None)
    return getattr(result, "value", None)
