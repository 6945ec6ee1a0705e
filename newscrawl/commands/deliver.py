"""``newscrawl deliver``: delivers finished files that could not be delivered when they were written."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from newscrawl.article.lines import output_files
from newscrawl.command import ProjectCommand
from newscrawl.commands.history import changing, check_there, path_of
from newscrawl.crawl.ending import ExitStatus
from newscrawl.history import deliveries
from newscrawl.streams import printable
from newscrawl.targets import Target
from newscrawl.targets.feeds import Places
from newscrawl.targets.schemes import options_of
from newscrawl.targets.sending import Sent, send

#: What knows which files were delivered that are named.
_KEPT = "deliveries.sqlite"


class Command(ProjectCommand):
    """Delivers what the history says is due."""

    requires_crawler_process = False
    statuses = (
        "all files are delivered",
        "it failed; standard error says why",
        "some files could not be delivered; they stay due",
    )
    examples = (
        "deliver",
        "deliver -s DELIVER=ftp://anna:PASSWORD@files.example/news/",
        "deliver output/ --to s3://bucket/news/",
    )
    completes = "files"

    def syntax(self) -> str:
        return "[options] [FILE or FOLDER ... --to ADDRESS]"

    def long_desc(self) -> str:
        return (
            "Delivers the finished files that a run could not deliver to their places (DELIVER, or an address after -o"
            " or -O), oldest first. The next run does the same. 'history' lists them. Passwords are not kept: name the"
            " address in newscrawl.toml, or with -s DELIVER=ADDRESS. With --to, delivers each FILE, and the JSON Lines"
            f" files in each FOLDER, whoever wrote them, such as workers: those that {_KEPT}, beside the first file,"
            " does not know as delivered and unchanged since."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="ADDRESS", action="append", help="the place for the files that are named")
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
        parser.add_argument(
            "--spider", metavar="NAME", help="the spider whose files to deliver (default: the only one, or worldnews)"
        )
        parser.add_argument("--demo", action="store_true", help="deliver files of the sample edition")
        parser.add_argument("--file", metavar="PATH", help="use this history database")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if bool(words) is not bool(opts.to):
            raise ValueError(f"files and --to ADDRESS belong together; {self.expected()}")
        sent, files = Sent(), self._files(words)
        if files:
            path = Path(opts.file or files[0].parent / _KEPT).absolute()
            places = self._places(opts.to, files)
        else:
            path, places = path_of(self.settings, opts), Places.of(self.settings)
            check_there(path, self.settings, opts)
        with changing(path) as history, suppress(KeyboardInterrupt):
            deliveries.enter_whole(history, _due(files, places))
            send(history, places, _say, sent)
        faults = sent.faults("the same command tries again" if files else "")
        self._tell(path, sent, faults, as_json=opts.json)
        self.exitcode = ExitStatus.INCOMPLETE if faults else ExitStatus.OK

    def _files(self, words: list[str]) -> list[Path]:
        """The files that are named, and those in folders. Raises ``ValueError`` where there are none."""
        named = [Path(word) for word in words]
        if missing := [str(path) for path in named if not path.exists()]:
            raise ValueError(f"there is no file {', '.join(missing)}; nothing was delivered")
        found = [file for path in named for file in ([path.resolve()] if path.is_file() else output_files([path]))]
        files = [path for path in dict.fromkeys(found) if path.suffix != ".part"]
        if words and not files:
            raise ValueError(f"there are no finished files in {', '.join(words)}")
        return files

    def _places(self, addresses: list[str], files: list[Path]) -> Places:
        """The places at addresses. Raises ``ValueError`` where they, or names of files, are wrong."""
        options = options_of(self.settings)
        places = Places([Target.of(address, options) for address in addresses], options=options)
        places.check_apart((str(path), "") for path in files)
        for line in places.check():
            _say(line)
        return places

    def _tell(self, path: Path, sent: Sent, faults: list[str], *, as_json: bool) -> None:
        document: dict[str, Any] = {
            "history": str(path),
            "delivered": dict(sent.done),
            "pending": {shown: {"files": n, "reason": sent.reasons.get(shown)} for shown, n in (+sent.left).items()},
            "gone": dict(sent.gone),
        }
        if as_json:
            print(json.dumps(document, indent=2))
            return
        lines = [f"delivered {line}" for line in sent.lines()] + [f"missing   {line}" for line in faults]
        for line in lines or ["nothing is to be delivered"]:
            print(printable(line))


def _due(files: list[Path], places: Places) -> list[tuple[str, str, str]]:
    return [(str(path), target.shown, name) for path in files for target, name in places.of_file(str(path))]


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr, flush=True)
