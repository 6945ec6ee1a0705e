"""``newscrawl deliver``: delivers finished files that could not be delivered when they were written."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

from newscrawl.article.lines import output_files
from newscrawl.command import ProjectCommand
from newscrawl.commands.history import changing, check_there, path_of
from newscrawl.crawl.ending import ExitStatus
from newscrawl.history import History, deliveries
from newscrawl.plural import counted
from newscrawl.program import program
from newscrawl.streams import printable
from newscrawl.targets import Target
from newscrawl.targets.places import Places
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
        "deliver --give-up ftp://files.example/old/",
        "deliver -s DELIVER=ftp://anna:PASSWORD@files.example/news/",
        "deliver output/ --to s3://bucket/news/",
    )
    completes = "files"

    def syntax(self) -> str:
        return "[options] [FILE or FOLDER ... --to ADDRESS]"

    def long_desc(self) -> str:
        return (
            "Delivers the finished files that a run could not deliver to their places (DELIVER, or an address after -o"
            " or -O), oldest first, and those that failed more often after the others. The next run does the same."
            " 'history' lists them. Passwords are not kept: name the address in newscrawl.toml, or with -s"
            " DELIVER=ADDRESS. With --to,"
            " delivers each FILE, and the JSON Lines files in each FOLDER, whoever wrote them, such as workers: those"
            f" that {_KEPT}, beside each file, does not know as delivered and unchanged since. With --give-up, what is"
            " due at ADDRESS is not delivered any more; the files stay."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="ADDRESS", action="append", help="the place for the files that are named")
        parser.add_argument("--give-up", metavar="ADDRESS", help="forget what is due at this place")
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
        parser.add_argument(
            "--spider", metavar="NAME", help="the spider whose files to deliver (default: the only one, or worldnews)"
        )
        parser.add_argument("--demo", action="store_true", help="deliver files of the sample edition")
        parser.add_argument("--file", metavar="PATH", help="use this history database")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if bool(words) is not bool(opts.to) or (words and opts.give_up):
            raise ValueError(f"files and --to ADDRESS belong together; {self.expected()}")
        if words and (opts.demo or opts.spider):
            raise ValueError("--demo and --spider name a history; leave them out, or --to and the files")
        if words:
            self._deliver_named(self._files(words), opts)
            return
        path = path_of(self.settings, opts)
        check_there(path, self.settings, opts)
        if opts.give_up:
            _give_up(path, opts.give_up, as_json=opts.json)
            return
        sent, places = Sent(), Places.of(self.settings)
        with changing(path) as history, suppress(KeyboardInterrupt):
            send(history, places, _say, sent)
        self._tell(path, sent, "the next run, or the same command, tries again", opts)

    def _deliver_named(self, files: list[Path], opts: argparse.Namespace) -> None:
        """Deliver files to the places after --to. What was delivered is noted beside each file, or in --file."""
        sent, places, others = Sent(), self._places(opts.to, files), Counter[str]()
        waiting = defaultdict(list)
        for file in files:
            waiting[Path(opts.file or file.parent / _KEPT).absolute()].append(file)
        first = next(iter(waiting))
        with suppress(KeyboardInterrupt):
            for path in list(waiting):
                with changing(path) as history:
                    due = _due(history, waiting[path], places)
                    deliveries.enter_whole(history, due)
                    del waiting[path]  # what follows counts them
                    only = {target for _, target, _ in due}
                    send(history, places, _say, sent, only)
                    others.update(one.target for one in deliveries.pending(history) if one.target not in only)
        for target in places.known:  # it was interrupted before these
            sent.left[target] += sum(map(len, waiting.values()))
        for target, number in others.items():
            _say(f"{counted(number, 'file')} to be delivered to {target} as well: the same with --to {target}")
        self._tell(first, sent, "the same command tries again", opts)

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

    def _tell(self, path: Path, sent: Sent, later: str, opts: argparse.Namespace) -> None:
        file = f" --file {path}" if opts.to or opts.file else " --demo" if opts.demo else ""
        faults = sent.faults(later, f"'{program()} deliver{file} --give-up ADDRESS'")
        self.exitcode = ExitStatus.INCOMPLETE if faults else ExitStatus.OK
        document: dict[str, Any] = {
            "history": str(path),
            "delivered": dict(sent.done),
            "pending": {shown: {"files": n, "reason": sent.reasons.get(shown)} for shown, n in (+sent.left).items()},
            "gone": dict(sent.gone),
        }
        if opts.json:
            print(json.dumps(document, indent=2))
            return
        lines = [f"delivered {line}" for line in sent.lines()] + [f"missing   {line}" for line in faults]
        for line in lines or ["nothing to deliver"]:
            print(printable(line))


def _due(history: History, files: list[Path], places: Places) -> list[tuple[str, str, str]]:
    """Each file, place and name there; places are spelt as they were the first time."""
    known = {shown: Target.of(shown) for shown in deliveries.targets(history)}
    spelt = {
        target.shown: next((shown for shown, one in known.items() if one.is_same_place(target)), target.shown)
        for target in places.known.values()
    }
    return [(str(path), spelt[target.shown], name) for path in files for target, name in places.of_file(str(path))]


def _give_up(path: Path, address: str, *, as_json: bool) -> None:
    """Forget what is due at a place. Raises ``ValueError`` where nothing is."""
    meant = Target.of(address)
    with changing(path) as history:
        due = deliveries.pending(history)
        number = deliveries.give_up(history, lambda shown: Target.of(shown).is_same_place(meant))
    if not number:
        others = ", ".join(dict.fromkeys(one.target for one in due))
        raise ValueError(f"nothing is due at {meant.shown}; {f'files are due at {others}' if due else 'nor elsewhere'}")
    if as_json:
        print(json.dumps({"history": str(path), "given_up": number}, indent=2))
    else:
        print(printable(f"given up  {counted(number, 'file')} to be delivered to {meant.shown}; the files stay"))


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr, flush=True)
