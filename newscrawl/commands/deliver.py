"""``newscrawl deliver``: delivers finished files that could not be delivered when they were written."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from newscrawl.command import ProjectCommand
from newscrawl.commands.history import changing, check_there, path_of
from newscrawl.crawl.ending import ExitStatus
from newscrawl.streams import printable
from newscrawl.targets.feeds import Places
from newscrawl.targets.sending import Sent, send


class Command(ProjectCommand):
    """Delivers what the history says is due."""

    requires_crawler_process = False
    statuses = (
        "all files are delivered",
        "it failed; standard error says why",
        "some files could not be delivered; they stay due",
    )
    examples = ("deliver", "deliver --json", "deliver -s DELIVER=ftp://anna:PASSWORD@files.example/news/")

    def syntax(self) -> str:
        return "[options]"

    def long_desc(self) -> str:
        return (
            "Delivers the finished files that a run could not deliver to their places (DELIVER, or an address after -o"
            " or -O), oldest first. The next run does the same. 'history' lists them. Passwords are not kept: name the"
            " address in newscrawl.toml, or with -s DELIVER=ADDRESS."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
        parser.add_argument(
            "--spider", metavar="NAME", help="the spider whose files to deliver (default: the only one, or worldnews)"
        )
        parser.add_argument("--demo", action="store_true", help="deliver files of the sample edition")
        parser.add_argument("--file", metavar="PATH", help="use this history database")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if words:
            raise ValueError(self.expected())
        path, places, sent = path_of(self.settings, opts), Places.of(self.settings), Sent()
        check_there(path, self.settings, opts)
        with changing(path) as history, suppress(KeyboardInterrupt):
            send(history, places, _say, sent)
        self._tell(path, sent, as_json=opts.json)
        self.exitcode = ExitStatus.INCOMPLETE if sent.faults() else ExitStatus.OK

    def _tell(self, path: Path, sent: Sent, *, as_json: bool) -> None:
        document: dict[str, Any] = {
            "history": str(path),
            "delivered": dict(sent.done),
            "pending": {shown: {"files": n, "reason": sent.reasons.get(shown)} for shown, n in sent.left.items()},
            "gone": dict(sent.gone),
        }
        if as_json:
            print(json.dumps(document, indent=2))
            return
        lines = [f"delivered {line}" for line in sent.lines()] + [f"missing   {line}" for line in sent.faults()]
        for line in lines or ["nothing is to be delivered"]:
            print(printable(line))


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr, flush=True)
