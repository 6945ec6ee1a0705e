"""``scrapy validate``: checks files against the schema of an article."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from newscrawl.article.check import Checker, Report
from newscrawl.article.schema import article_schema
from newscrawl.command import ProjectCommand, number_from
from newscrawl.crawl.ending import ExitStatus
from newscrawl.feeds import needs
from newscrawl.plural import counted
from newscrawl.streams import printable


class Command(ProjectCommand):
    """Checks JSON Lines files. Exit status 1: a file could not be checked; 2: a line is not valid."""

    requires_crawler_process = False
    statuses = (
        "every line of every file is valid; warnings do not count",
        "a file could not be checked; standard error says why",
        "all files were checked, and some lines are not valid",
    )
    examples = ("validate output/*.jsonl", "validate --json - < articles.jsonl")
    completes = "files"

    def syntax(self) -> str:
        return "[options] FILE ..."

    def long_desc(self) -> str:
        return (
            "Checks JSON Lines files, plain or compressed by gzip; - is standard input. Prints the line and the field"
            " of each fault and warning, and the total. Needs: pip install 'newscrawl[validate]'"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
        parser.add_argument(
            "--max", type=number_from(0), default=20, metavar="N",
            help="show at most N faults and N warnings of each file (default: 20)",
        )  # fmt: skip

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        if not words:
            raise ValueError(self.expected())
        with needs("jsonschema-rs", "validate"):
            checker = Checker()
        reports, unchecked = _check_all(checker, words, opts)
        valid = not unchecked and not any(report.faults for report in reports)
        if opts.json:
            document = {"schema": article_schema()["$id"], "valid": valid, "files": [asdict(r) for r in reports]}
            print(json.dumps(document, indent=2))
        if unchecked:
            raise ValueError(f"could not check {'; '.join(unchecked)}")
        self.exitcode = ExitStatus.OK if valid else ExitStatus.INCOMPLETE


def _check_all(checker: Checker, names: list[str], opts: argparse.Namespace) -> tuple[list[Report], list[str]]:
    """The files' reports, printed unless they are to be JSON; and of those that could not be read, why."""
    reports, unchecked = [], []
    for name in names:
        try:
            reports.append(_check(checker, name, opts.max))
        except OSError as error:
            unchecked.append(f"{name}: {error.strerror or error}")
            continue
        if not opts.json:
            _print(reports[-1])
    return reports, unchecked


def _check(checker: Checker, name: str, keep: int) -> Report:
    if name == "-":
        return checker.check(sys.stdin.buffer, "standard input", keep)
    with Path(name).open("rb") as file:
        return checker.check(file, name, keep)


def _print(report: Report) -> None:
    for finding in report.first:
        where = f"{report.file}:{finding.line}: {'warning: ' if finding.warning else ''}"
        print(_printable(f"{where}{finding.field}{': ' if finding.field else ''}{finding.message}"))
    if more := report.faults + report.warnings - len(report.first):
        print(f"{_printable(report.file)}: {more} more, not shown; see --max")
    faults = f"{counted(report.faults, 'fault')}, {counted(report.warnings, 'warning')}"
    print(f"{_printable(report.file)}: {counted(report.lines, 'line')}, {faults}")


def _printable(text: str) -> str:
    """Text of any file as one line that any terminal can show."""
    text = text if len(text) < 300 else f"{text[:300]}…"
    return printable(text)
