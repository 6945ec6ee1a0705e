"""``scrapy validate``: whether files hold what the contract promises."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from scrapy.commands import ScrapyCommand

from newscrawl.commands.history import printable
from newscrawl.feeds import needs
from newscrawl.schema import article_schema
from newscrawl.schema.check import Checker, Report

VALID, FAULTY, UNCHECKED = 0, 1, 2


class Command(ScrapyCommand):
    """Checks files of JSON Lines; ends with 0 (all valid), 1 (a fault) or 2 (not checked: wrong arguments)."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE ..."

    def short_desc(self) -> str:
        return "Check output files against the JSON Schema of an article"

    def long_desc(self) -> str:
        return (
            "Checks files of JSON Lines, plain or compressed by gzip; - is standard input."
            " Exit status 0: all valid. 1: a fault. 2: not checked. Warnings do not count as faults."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON document instead of text")
        parser.add_argument(
            "--max", type=int, default=20, metavar="N", help="faults and warnings to show of each file (default: 20)"
        )
        parser.error = _fail  # type: ignore[method-assign] # one line, not the usage

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args or opts.max < 0 or any(name.startswith("-") and name != "-" for name in args):
            _fail(f"expected: scrapy validate {self.syntax()}; N is 0 or more")
        try:
            with needs("jsonschema-rs", "validate"):
                checker = Checker()
            reports = []
            for name in args:
                reports.append(_check(checker, name, opts.max))
                if not opts.json:
                    _print(reports[-1])
        except (OSError, ValueError) as error:
            _fail(str(error))
        valid = not any(report.faults for report in reports)
        if opts.json:
            document = {"schema": article_schema()["$id"], "valid": valid, "files": [asdict(r) for r in reports]}
            print(json.dumps(document, indent=2))
        self.exitcode = VALID if valid else FAULTY


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
        print(f"{_printable(report.file)}: {more} more are not shown; --max tells how many are")
    lines = f"{report.lines} line{'' if report.lines == 1 else 's'}"
    faults = f"{report.faults} fault{'' if report.faults == 1 else 's'}"
    print(
        f"{_printable(report.file)}: {lines}, {faults}, {report.warnings} warning{'' if report.warnings == 1 else 's'}"
    )


def _printable(text: str) -> str:
    """Text of any file as one line that any terminal can show."""
    text = text if len(text) < 300 else f"{text[:300]}…"
    return printable(text)


def _fail(message: str) -> NoReturn:
    print(f"scrapy validate: {_printable(message)}", file=sys.stderr)
    sys.exit(UNCHECKED)
