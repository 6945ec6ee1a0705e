"""``scrapy crawl``, with a bundled edition, a file to write to, and an exit status that tells."""

from __future__ import annotations

import argparse
import gc
import logging
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from newscrawl.command import operands
from newscrawl.extensions.outcome import FAILED, Outcome

#: Loggers whose INFO is of no use in a nightly log.
_CHATTY = (
    "scrapy.middleware",
    "scrapy.crawler",
    "scrapy.utils.log",
    "scrapy.addons",
    "scrapy.core.engine",
    "py.warnings",
)

#: ``demo``, or ``demo:2`` and ``demo:3`` for its later nights, alone or among addresses.
_DEMO = re.compile(r"(^|,)\s*demo(?::([123]))?\s*(?=,|$)")


class Command(CrawlCommand):
    """Scrapy's own ``crawl``; ``-o``, ``-O``, ``-s`` and ``-a`` mean what they mean there."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.error = self._fail  # type: ignore[method-assign] # argparse exits with 2, which means "incomplete" here

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        for name in ("output", "overwrite_output"):
            setattr(opts, name, [_with_format(uri) for uri in getattr(opts, name) or []])
        try:
            super().process_options(args, opts)
        except UsageError as error:  # so does Scrapy
            self._fail(str(error))
        assert self.settings is not None
        feeds: dict[Any, dict[str, Any]] = self.settings.getdict("FEEDS")
        if feeds:
            feeds = {uri: {**_gz_format(str(uri)), **options} for uri, options in feeds.items()}
        else:
            feeds = self.settings.getdict("SHARED_FEEDS" if self.settings["REDIS_URL"] else "DEFAULT_FEEDS")
        self.settings.set("FEEDS", feeds, priority="cmdline")
        if self.settings["REDIS_URL"]:
            addons = {**self.settings.getdict("ADDONS"), "newscrawl.shared.addon.SharedCrawl": 0}
            self.settings.set("ADDONS", addons, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None and self.crawler_process is not None
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)
        try:
            args = operands(args)
            if len(args) != 1:
                raise ValueError("expected the name of one spider; 'scrapy list' tells their names")  # noqa: TRY301
            status, lines, sentence = self._crawl(args[0], opts.spargs)
        except (KeyError, ValueError, OSError) as error:
            status, lines, sentence = FAILED, [], str(error.args[0] if isinstance(error, KeyError) else error)
        for line in lines:
            print(line, file=sys.stderr)
        self._say(status, sentence)
        self.exitcode = status

    def _fail(self, message: str) -> NoReturn:
        self._say(FAILED, message)
        sys.exit(FAILED)

    @staticmethod
    def _say(status: int, sentence: str) -> None:
        meaning = {0: "ok", 1: "failed", 2: "incomplete"}[status]
        print(f"exit status {status} ({meaning}): {sentence}", file=sys.stderr)

    def _crawl(self, name: str, spargs: dict[str, str]) -> tuple[int, list[str], str]:
        assert self.settings is not None and self.crawler_process is not None
        start = spargs.get("start", "")
        if _DEMO.search(start):
            from newscrawl.demo.server import serve

            spargs["start"] = _DEMO.sub(lambda match: match[1] + serve(int(match[2] or 1)), start)
            if _DEMO.fullmatch(start):  # our own server needs no politeness, and its stories are not the publisher's
                # Above the project's settings and below the command line's.
                self.crawler_process.settings.setdict(
                    {
                        "AUTOTHROTTLE_ENABLED": False,
                        "DOWNLOAD_DELAY": 0,
                        "HISTORY_FILE": self.settings["HISTORY_FILE_DEMO"],
                    },
                    priority="spider",
                )
        crawler: Crawler = self._create_crawler(name)
        started: Any = self.crawler_process.crawl(crawler, **spargs)
        # What is loaded by now stays: no later collection need go through it again.
        gc.collect()
        gc.freeze()
        self.crawler_process.start()
        error = _error_of(started)
        if error is not None:
            raise error if isinstance(error, ValueError | OSError) else ValueError(f"{type(error).__name__}: {error}")
        outcome = crawler.get_extension(Outcome)
        if outcome is None:
            return int(self.crawler_process.bootstrap_failed), [], "the Outcome extension is off; see the log"
        return *outcome.judge()[:1], outcome.summary(), outcome.judge()[1]


def _error_of(started: Any) -> BaseException | None:
    """What the crawl's task or Deferred ended with."""
    if hasattr(started, "exception"):
        return started.exception() if started.done() and not started.cancelled() else None
    result = getattr(started, "result", None)
    return getattr(result, "value", None)


def _with_format(uri: str) -> str:
    """``x.jsonl.gz`` with the format that Scrapy cannot see behind ``.gz``."""
    options = _gz_format(uri)
    return f"{uri}:{options['format']}" if options else uri


def _gz_format(uri: str) -> dict[str, str]:
    path = Path(uri)
    return {"format": Path(path.stem).suffix.removeprefix(".")} if path.suffix == ".gz" else {}
