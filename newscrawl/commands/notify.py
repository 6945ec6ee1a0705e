"""``newscrawl notify``: who gets a message when a run ends, and whether that works."""

from __future__ import annotations

import argparse
from socket import gethostname

from newscrawl.command import ProjectCommand
from newscrawl.configuration.file import NAME, Configuration, load
from newscrawl.crawl.ending import ExitStatus
from newscrawl.notify.sending import Message, check, send
from newscrawl.program import program
from newscrawl.streams import printable

_TEST = "This is a test. Alerts about runs of newscrawl arrive here."


class Command(ProjectCommand):
    """Shows and checks ``[notify]``; with ``--test``, sends a message to each address."""

    requires_crawler_process = False
    statuses = (
        "every address can be used; with --test, each has the message",
        f"{NAME} has no [notify], or no address can be used",
        "some addresses cannot be used, or do not have the message",
    )
    examples = ("notify", "notify --test")

    def syntax(self) -> str:
        return "[options]"

    def long_desc(self) -> str:
        return (
            f"Shows who gets a message when a run fails, is incomplete or works again, as [notify] in {NAME} says, and"
            " checks the addresses. Only the beginning of an address is shown. docs/how-to/alerts.md has examples."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--test", action="store_true", help="send a test message to each address")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        if words:
            raise ValueError(self.expected())
        configured = load()
        notify = configured.notify
        told = notify.shown()
        if told is None:
            raise ValueError(f"{_file(configured)}; docs/how-to/alerts.md has an example")
        for number, address in enumerate(told["addresses"], start=1):
            print(printable(f"address {number}     {address}"))
        print(f"on            {', '.join(notify.on) or 'nothing'}")
        print(f"digest        {notify.digest or 'no'} headlines")
        print(printable(f"healthchecks  {told['healthchecks'] or 'no'}"))
        if opts.test:
            line = f"{_TEST} ({gethostname()})"
            failed = send(notify, Message("newscrawl: test", line, "info"), line, is_bad=False).failed
        else:
            failed = tuple(check(notify))
        for why in failed:
            print(printable(f"failed        {why}"))
        number = len(notify.addresses) + bool(notify.healthchecks)
        if failed:
            self.exitcode = ExitStatus.FAILED if len(failed) == number else ExitStatus.INCOMPLETE
        elif opts.test:
            print("sent          to all of them")
        else:
            print(f"'{program()} notify --test' sends them a message")


def _file(configured: Configuration) -> str:
    return f"{configured.path} has no [notify]" if configured.path else f"there is no {NAME}, so no [notify]"
