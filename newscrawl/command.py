"""What the commands of ``newscrawl/commands/`` share: how they are called, what their ``--help`` tells, how they end.

It is not in that folder because Scrapy takes every command class there for a command.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sqlite3
import sys
from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NoReturn

from scrapy.commands import ScrapyCommand, ScrapyHelpFormatter

from newscrawl import streams
from newscrawl.crawl.ending import Ending
from newscrawl.streams import printable

logger = logging.getLogger(__name__)

#: What a shell says of a program that the signal ended, as it ends other programs whose reader has gone.
READER_GONE = 128 + signal.SIGPIPE


class ProjectCommand(ScrapyCommand):
    """A command that does its work in :meth:`execute` and ends as its :attr:`statuses` tell."""

    requires_project = True
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    #: When the command ends with exit status 0, 1 and so on, for ``--help``. They mean what a crawl's mean.
    statuses: ClassVar[Sequence[str]] = ("it is done", "it failed; standard error says why")
    #: Command lines to try, for ``--help``, after ``scrapy``.
    examples: ClassVar[Sequence[str]] = ()

    @abstractmethod
    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        """Do the work. ``words`` are what is no option.

        May set ``exitcode``. Any ``ValueError``, ``OSError`` and ``sqlite3.Error`` ends the command with its text.
        """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        streams.open_closed()
        super().add_options(parser)
        parser.error = self.fail  # type: ignore[method-assign] # argparse prints the usage and exits with 2
        parser.formatter_class = _Help
        parser.add_argument_group(
            "Exit status", "\n".join(f"{number}  {when}" for number, when in enumerate(self.statuses))
        )
        parser.add_argument_group("Examples", "\n".join(f"scrapy {example}" for example in self.examples))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            self._execute_or_fail(args, opts)
        except BrokenPipeError:
            # Python would try once more to write it: https://docs.python.org/3/library/signal.html#note-on-sigpipe
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for stream in (sys.stdout, sys.stderr):
                os.dup2(nowhere, stream.fileno())
            self.exitcode = READER_GONE

    def _execute_or_fail(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            try:
                self.execute(operands(args), opts)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            raise
        except KeyboardInterrupt:
            self.fail("it was interrupted")
        except OSError as error:  # ours say what to do, the system's only what it was
            self.fail(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))
        except (ValueError, sqlite3.Error) as error:
            self.fail(str(error))

    def fail(self, message: str) -> NoReturn:
        """End with exit status 1 and a sentence on standard error."""
        sys.exit(f"scrapy {self.__module__.rpartition('.')[2]}: {printable(message)}")


def operands(args: Sequence[str]) -> list[str]:
    """The words and file names among what Scrapy has parsed no option from, in which it leaves unknown options.

    As in POSIX (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap12.html), ``-`` is an operand, and
    so is all that follows ``--``. Raises ``ValueError`` for an unknown option.
    """
    end = args.index("--") if "--" in args else len(args)
    for text in args[:end]:
        if text.startswith("-") and text != "-":
            name = text.partition("=")[0]
            raise ValueError(
                f"there is no option {name}; --help lists the options; other words that begin with - go after --"
            )
    return [*args[:end], *args[end + 1 :]]


def number_from(least: int) -> Callable[[str], int]:
    """An option's ``type``: a whole number, ``least`` or more."""

    def number(text: str) -> int:
        if not text.strip().removeprefix("-").isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"expected a whole number, {least} or more, not {text!r}")
        return int(text)

    return number


def tell_ending(ended: Ending) -> None:
    """The last line on standard error, or in the log if that is closed: the exit status, and why."""
    line = printable(str(ended))
    if "stderr" in streams.closed:  # LOG_FILE may have it
        logger.info("%s", line)
    print(line, file=sys.stderr)


class _Help(ScrapyHelpFormatter):
    """Scrapy's, with several lines in one text."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        fill = super()._fill_text
        return "\n".join(fill(line, width, indent) for line in text.splitlines())
