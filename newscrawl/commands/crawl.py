"""``scrapy crawl`` with a sample edition, a default output file, and an exit status that says how it went."""

from __future__ import annotations

import argparse
import json
import math
import re
import signal
import sys
from typing import Any, NoReturn

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from newscrawl import garbage, logs, stopping, summary
from newscrawl.command import CommandLine, tell_ending
from newscrawl.configuration.notify import Notify
from newscrawl.configuration.values import fault_of_value
from newscrawl.crawl.ending import NOT_STARTED, Ending, failed
from newscrawl.crawling import ending, of_error, of_settings, prepare, with_demo, with_formats
from newscrawl.describe.pages import is_address
from newscrawl.notify import alerts
from newscrawl.program import did_you_mean, program
from newscrawl.streams import lead_nowhere

_UNKNOWN_FORMAT = re.compile(r"Unrecognized output format '(.*?)'")
#: The spider of any section.
_ANY = "section"
#: The spider's arguments as options: what each takes, and what ``--help`` tells.
_READ = {
    "start": ("ADDRESS", "where to begin: a section, an article, a feed or a sitemap; demo for the sample edition"),
    "pages": ("N", "listing pages to read (default: 3 on a first run, later as far as the last run)"),
    "hops": ("N", 'how many links of a "Next Story" chain to follow beyond the listings (default: 20)'),
    "since": ("DATE", "leave out older articles: 2025-09-03, '2 days ago', or short 2d, 12h, 1w"),
    "until": ("DATE", "leave out later articles; a day counts to its end; otherwise as --since"),
    "limit": ("N", "write at most N articles; the next run reads the rest"),
}
_SWITCHES = {
    "again": "write every article found, even if an earlier run wrote it",
    "dry_run": "read only listings, show what would happen to each link and why, write nothing",
}


class Command(CommandLine, CrawlCommand):
    """Scrapy's own ``crawl``; ``-o``, ``-O``, ``-s`` and ``-a`` mean what they mean there."""

    statuses = (
        "every article found was written, or is unchanged since an earlier run",
        "the crawl could not do its work; the last line says why",
        "something is missing or looks wrong; what was written is good",
    )
    examples = (
        "crawl worldnews --start demo",
        "crawl worldnews --since 2d -O stories.jsonl",
        "crawl https://news.example/world --pages 5 --limit 20",
        "crawl worldnews --dry-run",
        "crawl worldnews --wait 600 --json > last-run.json",
    )
    completes = "spiders"
    #: The spider, and whether a document goes to standard output, once that is known.
    _name, _as_json = "", False
    #: What a message calls it, and whether nobody is to get one: of a dry run, or after Ctrl-C.
    _title, _is_silent = "", False

    def syntax(self) -> str:
        return "[options] SPIDER | ADDRESS ..."

    def long_desc(self) -> str:
        return (
            "Reads a section and writes the articles that are new or changed since earlier runs."
            f" '{program()} list' shows the spiders. The spider '{_ANY}' reads an ADDRESS of any publisher. Without -o"
            " or -O, the crawl writes a new file in the folder output/."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        read, write, how = map(parser.add_argument_group, ("What to read", "What to write", "How to run"))
        super().add_options(parser)
        for name, (metavar, text) in _READ.items():
            read.add_argument(f"--{name}", metavar=metavar, help=text)
        read.add_argument(
            "-a", dest="spargs", action="append", default=[], metavar="NAME=VALUE",
            help="an argument of the spider in Scrapy's form: -a since=2d is --since 2d",
        )  # fmt: skip
        for option, text in (
            (
                ("-o", "--output"),
                "add the articles to FILE, in the format of its ending; -:jsonl is standard output",
            ),
            (("-O", "--overwrite-output"), "write the articles to FILE, and replace it if it exists"),
        ):
            write.add_argument(*option, metavar="FILE", action="append", help=text)
        for name, text in _SWITCHES.items():
            where = write if name == "again" else how
            where.add_argument(f"--{name.replace('_', '-')}", action="store_const", const="1", help=text)
        logs.add_options(how)
        write.add_argument("--json", action="store_true", help="print how the run ended as one JSON document")
        how.add_argument(
            "--wait", metavar="SECONDS", nargs="?", const=math.inf, type=_seconds,
            help="wait for another run that writes to the same folder, at most SECONDS if given",
        )  # fmt: skip

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        self._as_json, defaults = opts.json, self.settings.copy()
        formats = self.settings.getwithbase("FEED_EXPORTERS")
        try:
            for name in ("output", "overwrite_output"):
                setattr(opts, name, with_formats(getattr(opts, name) or [], formats))
            super().process_options(args, opts)
        except UsageError as error:  # so does Scrapy
            self.fail(self._of_format(str(error)))
        except ValueError as error:
            self.fail(str(error))
        logs.choose(self.settings, opts)
        try:
            for name, value in self.given.items():
                if fault := fault_of_value(name, value, defaults[name]):
                    raise ValueError(fault)  # noqa: TRY301
            _add_arguments(opts)
            self._name = self._spider(self.operands(args), opts.spargs)
            prepare(self.settings, opts.spargs, "cmdline")
        except ValueError as error:
            self.fail(str(error))
        self._title = opts.spargs.get("start", self._name) if self._name == _ANY else self._name
        self._is_silent = opts.spargs.get("dry_run", "0").strip() not in ("", "0")
        if opts.wait:
            self.settings.set("HISTORY_WAIT", opts.wait, priority="cmdline")
        if opts.json:
            self._leave_standard_output()

    def _of_format(self, message: str) -> str:
        """What Scrapy says of a format that it does not know, in a sentence."""
        unknown = _UNKNOWN_FORMAT.match(message)
        if unknown is None:
            return message
        assert self.settings is not None
        known = self.settings.getwithbase("FEED_EXPORTERS")
        name = unknown[1] if re.fullmatch(r"[\w-]+", unknown[1]) else ""  # else it may be a part of an address
        hint = did_you_mean(name, known) if name else ""
        what = f"there is no output format {name!r}" if name else "the output needs a format"
        others = f"; there are {', '.join(known)}: give one as FILE.jsonl or FILE:jsonl"
        return f"{what}{hint or others}"

    def _leave_standard_output(self) -> None:
        """Standard output is for the document alone."""
        assert self.settings is not None
        if any(str(uri).startswith("stdout:") for uri in self.settings.getdict("FEEDS")):
            self.fail("--json and -o - are given, expected one of them: both write to standard output")
        self.settings.set("DRY_RUN_OUTPUT", "summary", priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        try:
            logs.begin(self.crawler_process.settings, verbose=opts.verbose)
            alerts.checked(self._notify())
            ended = self._crawl(self._name, opts.spargs)
        except (KeyError, ValueError, OSError) as error:
            ended = of_error(of_settings(error, self.given))
        except KeyboardInterrupt:
            self._is_silent = True
            ended = failed("it was interrupted before it began", NOT_STARTED)
        self._tell(self._with_summary(ended, self._name), quiet=opts.quiet)

    def _spider(self, words: list[str], spargs: dict[str, str]) -> str:
        """The spider that words name, or the one for any section; addresses among them are where it begins.

        Raises ``ValueError`` where they name no spider, or several.
        """
        addresses = [word for word in words if is_address(word)]
        names = [word for word in words if word not in addresses] or ([_ANY] if addresses else [])
        if len(names) != 1:
            raise ValueError(f"expected the name of one spider, or an address; '{program()} list' lists the spiders")
        if addresses:
            _add(spargs, "start", ",".join(addresses), "an address")
        assert self.settings is not None
        known = get_spider_loader(self.settings).list()
        if names[0] not in known:
            raise ValueError(f"there is no spider {names[0]!r}{_hint(names[0], known)}")
        return names[0]

    def _tell(self, ended: Ending, *, quiet: bool = False) -> None:
        try:
            for line in () if quiet else ended.summary:
                print(line, file=sys.stderr)
            if self._as_json:
                print(json.dumps(summary.document(ended), indent=2, ensure_ascii=False), flush=True)
            tell_ending(ended)
        except OSError:  # nobody reads it any more, or the disk is full, and the run went as it went
            lead_nowhere()  # else Python's end would fail
        self.exitcode = ended.status

    def fail(self, message: str) -> NoReturn:
        self._tell(self._with_summary(failed(message), self._name))
        sys.exit(self.exitcode)

    def _with_summary(self, ended: Ending, name: str) -> Ending:
        file = self.settings["SUMMARY_FILE"] if self.settings is not None else None
        return summary.concluded(ended, file, summary.document, name, self._tell_people)

    def _tell_people(self, ended: Ending) -> Ending:
        self._is_silent |= signal.SIGINT in stopping.came
        return alerts.told(ended, {self._title or "newscrawl": ended}, self._notify())

    def _notify(self) -> Notify:
        return Notify() if self._is_silent or self.settings is None else alerts.configured(self.settings)

    def _crawl(self, name: str, spargs: dict[str, str]) -> Ending:
        assert self.crawler_process is not None
        if "start" in spargs:
            spargs["start"] = with_demo(spargs["start"], self.crawler_process.settings)
        crawler: Crawler = self._create_crawler(name)
        started: Any = self.crawler_process.crawl(crawler, **spargs)
        garbage.loaded()
        stopping.start(self.crawler_process)
        error = _error_of(started)
        self._is_silent |= isinstance(error, InterruptedError)  # while it waited for another run
        return ending(crawler, error and of_settings(error, self.given))


def _add_arguments(opts: argparse.Namespace) -> None:
    """Add the spider's arguments that are given as options. Raises ``ValueError`` where ``-a`` says something else."""
    for name in (*_READ, *_SWITCHES):
        value = getattr(opts, name)
        if value is not None:
            _add(opts.spargs, name, value, f"--{name.replace('_', '-')}")


def _add(spargs: dict[str, str], name: str, value: str, by: str) -> None:
    if spargs.setdefault(name, value) != value:
        raise ValueError(f"{by} and another {name} are given, and they differ: leave one out")


def _hint(name: str, known: list[str]) -> str:
    """What may be meant by a name that no spider has."""
    if name.partition(":")[0] == "demo":
        return f"; the sample edition is read by '{program()} crawl worldnews --start {name}'"
    if "." in name:
        return "; an address begins with https:// or http://"
    return did_you_mean(name, known) or f"; '{program()} list' lists them"


def _seconds(text: str) -> float:
    """What ``--wait`` takes."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"expected seconds, or nothing, not {text!r}: give what to crawl before it")
    return float(text)


def _error_of(started: Any) -> BaseException | None:
    """What the crawl's task or Deferred ended with."""
    if hasattr(started, "exception"):
        return started.exception() if started.done() and not started.cancelled() else None
    result = getattr(started, "result", None)
    return getattr(result, "value", None)
