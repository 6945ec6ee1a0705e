"""``scrapy crawlall``: all sections of a file, in one process."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError

from newscrawl import logs, stopping, summary
from newscrawl.command import ProjectCommand, number_from, tell_ending
from newscrawl.configuration.faults import Faults
from newscrawl.configuration.file import NAME, load
from newscrawl.configuration.notify import Notify
from newscrawl.configuration.sections import NOTHING, Section, judged
from newscrawl.crawl.ending import Ending, failed, judge_all, ok
from newscrawl.notify import alerts
from newscrawl.plural import counted
from newscrawl.program import program
from newscrawl.sections import check, plan
from newscrawl.sections.run import log_sections, run
from newscrawl.streams import printable

_AT_ONCE = 16
_COUNTS = ("written", "changed", "unchanged", "failed", "found")


class Command(ProjectCommand):
    """Crawls each section as ``scrapy crawl`` does, with output, history and exit status of its own."""

    default_settings: ClassVar[dict[str, Any]] = {
        "LOG_FORMAT": "%(asctime)s %(section)s [%(name)s] %(levelname)s: %(message)s",
    }
    statuses = (
        "all sections ended with 0",
        "all ended with 1, or the file has faults and none was started",
        "some sections failed or are incomplete; the output of the others is good",
    )
    examples = (
        "crawlall",
        "crawlall --check",
        "crawlall sections.toml",
        "crawlall sections.toml --only world --only science",
        "crawlall sections.toml --json > endings.json",
    )
    completes = "files"
    #: Whether nobody is to get a message.
    _is_silent = False

    def syntax(self) -> str:
        return "[options] [SECTIONS.toml]"

    def long_desc(self) -> str:
        return (
            "Crawls the sections that a TOML file lists (default: newscrawl.toml), each with its own arguments,"
            " settings, output, history and exit status. Sections of one host take turns; others run at the same time."
            " A section that fails does not affect the others. deploy/sections.toml is an example;"
            " docs/how-to/many-sections.md explains all keys."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        logs.add_options(parser)
        parser.add_argument(
            "-n", "--at-once", type=number_from(1), default=_AT_ONCE, metavar="N",
            help=f"how many sections to run at once, of different hosts (default: {_AT_ONCE})",
        )  # fmt: skip
        parser.add_argument(
            "--check",
            action="store_true",
            help="list all faults in the sections' arguments, settings and outputs, and crawl nothing",
        )
        parser.add_argument("--only", metavar="NAME", action="append", help="crawl only this section; may be repeated")
        parser.add_argument("--json", action="store_true", help="print how each section ended as one JSON document")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        log_sections()  # before the first line is logged
        try:
            super().process_options(args, opts)
        except UsageError as error:  # for which Scrapy would end with 2
            self.fail(str(error))
        assert self.settings is not None
        self._is_silent = opts.check
        logs.choose(self.settings, opts)

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        try:
            self._execute(words, opts)
        except Faults as error:
            for fault in error.faults:
                print(printable(f"fault     {fault}"), file=sys.stderr)
            raise

    def _execute(self, words: list[str], opts: argparse.Namespace) -> None:
        process = self.crawler_process
        if not isinstance(process, AsyncCrawlerProcess):
            raise ValueError("FORCE_CRAWLER_PROCESS and other reactors than asyncio's are not supported")  # noqa: TRY004
        if len(words) > 1:
            raise ValueError(self.expected())
        logs.begin(process.settings, verbose=opts.verbose)
        process.settings.set("HISTORY_WAIT", 0.0, priority="cmdline")  # the other sections would wait, too
        path, sections, faults = _read(words[0] if words else None, opts.only)
        if opts.check:
            self._check(path, sections, faults, process)
            return
        if faults:
            raise Faults(path, faults, NOTHING)
        alerts.checked(self._notify())
        plans = plan.plan(path, sections, process.settings, process.spider_loader)
        if opts.json and any(made.arguments.get("dry_run", "0") != "0" for made in plans):
            raise ValueError(
                "--json and a section's dry_run are given, expected one of them: both write to standard output"
            )
        endings = run(process, plans, opts.at_once)
        ended = {made.section.name: ending for made, ending in zip(plans, endings, strict=True)}
        whole = judge_all(ended)
        whole = self._concluded(whole, ended, path.stem)
        self.exitcode = whole.status
        if opts.json:
            print(json.dumps(_document(ended, whole), indent=2, ensure_ascii=False))
        elif not opts.quiet:
            for line in _table(ended):
                print(printable(line), file=sys.stderr)
        tell_ending(whole)

    def _check(self, path: Path, sections: list[Section], faults: list[str], process: AsyncCrawlerProcess) -> None:
        plans, unplanned = plan.judged(sections, process.settings, process.spider_loader)
        unsent = alerts.faults(alerts.configured(process.settings))
        if faults := [*faults, *unplanned, *check.check(plans), *unsent]:
            raise Faults(path, faults)
        names = ", ".join(section.name for section in sections)
        tell_ending(ok(f"no fault in {counted(len(sections), 'section')} of {path}: {names}"))

    def fail(self, message: str) -> NoReturn:
        """In the words of the last line of a crawl."""
        self._is_silent |= isinstance(sys.exception(), KeyboardInterrupt)
        ended = self._concluded(failed(message), {}, "")
        tell_ending(ended)
        sys.exit(ended.status)

    def _concluded(self, whole: Ending, ended: dict[str, Ending], name: str) -> Ending:
        """The ending, once its file is written and people are told."""
        file = self.settings["SUMMARY_FILE"] if self.settings is not None else None
        return summary.concluded(
            whole, file, lambda told: summary.document_of_all(ended, told), name,
            lambda told: alerts.told(told, ended, self._notify()),
        )  # fmt: skip

    def _notify(self) -> Notify:
        if self._is_silent or signal.SIGINT in stopping.came or self.settings is None:
            return Notify()
        return alerts.configured(self.settings)


def _read(name: str | None, only: Sequence[str] | None) -> tuple[Path, list[Section], list[str]]:
    """A file of sections, or the user's own file: its path, its sections, and its faults."""
    configured = load()
    if name is not None and configured.path != Path(name).absolute():
        path = Path(name)
        sections, faults = judged(path, check.known_settings())
    elif configured.path is None:
        raise ValueError(f"no file of sections is named, and there is no {NAME}: '{program()} init' writes one")
    else:
        path, sections = configured.path, configured.sections
        faults = [] if sections else ["there is no section in it, as in [sections.world]"]
    return path, sections if faults else _only(sections, only), faults


def _only(sections: list[Section], names: Sequence[str] | None) -> list[Section]:
    if not names:
        return sections
    known = [section.name for section in sections]
    if missing := [repr(name) for name in names if name not in known]:
        raise ValueError(f"there is no section {', '.join(missing)}; there are {', '.join(map(repr, known))}")
    return [section for section in sections if section.name in names]


def _table(ended: dict[str, Ending]) -> list[str]:
    width = max(len("section"), *map(len, ended))
    lines = [f"{'section':<{width}}  status  written  unchanged  failed  seconds  sentence"]
    for name, ending in ended.items():
        count = ending.counts.get
        lines.append(
            f"{name:<{width}}  {ending.status:>6}  {count('written', 0):>7}  {count('unchanged', 0):>9}"
            f"  {count('failed', 0):>6}  {ending.seconds:>7.1f}  {ending.sentence}"
        )
    return lines + [f"file      {file} ({name})" for name, ending in ended.items() for file in ending.files]


def _document(ended: dict[str, Ending], whole: Ending) -> dict[str, Any]:
    sections = [
        {"section": name, "status": ending.status, "sentence": ending.sentence, "anchor": ending.anchor or None}
        | {key: ending.counts.get(key, 0) for key in _COUNTS}
        | {"seconds": round(ending.seconds, 3), "files": ending.files}
        for name, ending in ended.items()
    ]
    told = {"status": whole.status, "sentence": whole.sentence, "anchor": whole.anchor or None, "sections": sections}
    return told | ({"alerts": whole.alerts} if whole.alerts else {})
