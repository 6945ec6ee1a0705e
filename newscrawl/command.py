"""What the commands of ``newscrawl/commands/`` share: how they are called, what their ``--help`` tells, how they end.

It is not in that folder because Scrapy takes every command class there for a command.
"""

from __future__ import annotations

import argparse
import logging
import re
import sqlite3
import sys
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.settings import BaseSettings

from newscrawl import streams
from newscrawl.catalogue import COMMANDS
from newscrawl.crawl.ending import Ending
from newscrawl.program import did_you_mean, program
from newscrawl.setting_names import check_feeds, check_settings, known_names
from newscrawl.streams import printable

logger = logging.getLogger(__name__)

#: How argparse refuses a value that is none of a few, in any version of Python: around the value.
_CHOICE, _CHOICES = ": invalid choice: ", " (choose from "


class CommandLine(ScrapyCommand):
    """How a command is called, what its ``--help`` tells, and what is refused before it begins."""

    requires_project = True

    #: When the command ends with exit status 0, 1 and so on, for ``--help``. They mean what a crawl's mean.
    statuses: ClassVar[Sequence[str]] = ("it is done", "it failed; standard error says why")
    #: Command lines to try, for ``--help``, after the program's name.
    examples: ClassVar[Sequence[str]] = ()
    #: What its words are, for completion in a shell: ``files``, ``spiders``, ``shells``, or ``""`` for anything.
    completes: ClassVar[str] = ""
    #: The settings that ``-s`` gives, as texts.
    given: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        """What the command is called by: its module's name."""
        return self.__module__.rpartition(".")[2]

    def short_desc(self) -> str:
        return COMMANDS[self.name]

    def expected(self) -> str:
        """A sentence that says how the command is called."""
        return f"expected: {program()} {self.name} {self.syntax()}".rstrip()

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        streams.open_closed()
        super().add_options(parser)
        parser.usage = f"{program()} {self.name} {self.syntax()}".rstrip().replace("%", "%%")
        parser.error = self._refuse  # type: ignore[method-assign] # argparse prints the usage and exits with 2
        parser.formatter_class = _help_formatter
        for group in parser._action_groups:
            if group.title == "Global Options":
                group.title = "Scrapy's own options"
        parser._optionals.title = "Options"
        statuses = "\n".join(f"{number} {when}" for number, when in enumerate(self.statuses))
        parser.add_argument_group("Exit status", statuses)
        parser.add_argument_group("Examples", "\n".join(f"{program()} {example}" for example in self.examples))
        self._parser = parser

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            self.given = dict(self._setting(text) for text in opts.set)
            warnings = check_settings(self.given, known_names(self.settings))
            super().process_options(args, opts)
            if "FEEDS" in self.given:
                warnings += check_feeds(self.settings.getdict("FEEDS"))
            _check_log(self.settings)
            _check_writable(opts.profile)
        except ValueError as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{error.filename} cannot be written: {error.strerror}")
        for line in warnings:
            print(f"warning: {printable(line)}", file=sys.stderr)

    def _setting(self, text: str) -> tuple[str, str]:
        name, is_setting, value = text.partition("=")
        if not is_setting:  # maybe of a longer option, behind one dash
            hint = did_you_mean(f"--s{text}", self.options()) if text.islower() else ""
            raise ValueError(f"-s {text}: expected -s NAME=VALUE{hint}")
        return name, value

    def _refuse(self, message: str) -> NoReturn:
        """End with argparse's message; of a value that is none of a few, say which may be meant."""
        option, is_choice, rest = message.partition(_CHOICE)
        if is_choice:
            value, _, few = rest.rpartition(_CHOICES)
            value, names = value.strip("'"), re.findall(r"[\w.-]+", few)
            message = f"{option}: expected {' or '.join(names)}, not {value!r}{did_you_mean(value, names)}"
        self.fail(message)

    def options(self) -> list[str]:
        """All options, as they are written."""
        return [text for action in self._parser._actions for text in action.option_strings]

    def operands(self, args: Sequence[str]) -> list[str]:
        """The words among what Scrapy has parsed no option from. Raises ``ValueError`` for an unknown option."""
        return operands(args, self.options())

    @abstractmethod
    def fail(self, message: str) -> NoReturn:
        """End with exit status 1 and a sentence on standard error."""


class ProjectCommand(CommandLine):
    """A command that does its work in :meth:`execute` and ends as its :attr:`statuses` tell."""

    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    @abstractmethod
    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        """Do the work. ``words`` are what is no option.

        May set ``exitcode``. Any ``ValueError``, ``OSError`` and ``sqlite3.Error`` ends the command with its text.
        """

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with streams.reader_may_go():
            self._execute_or_fail(args, opts)

    def _execute_or_fail(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            try:
                self.execute(self.operands(args), opts)
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
        sys.exit(f"{program()} {self.name}: {printable(message)}")


def operands(args: Sequence[str], options: Iterable[str] = ()) -> list[str]:
    """The words and file names among what Scrapy has parsed no option from, in which it leaves unknown options.

    As in POSIX (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap12.html), ``-`` is an operand, and
    so is all that follows ``--``. Raises ``ValueError`` for an unknown option, with the one of ``options`` that may be
    meant.
    """
    end = args.index("--") if "--" in args else len(args)
    for text in args[:end]:
        if text.startswith("-") and text != "-":
            name = text.partition("=")[0]
            others = "--help lists the options; other words that begin with - go after --"
            raise ValueError(f"there is no option {name}{_meant(name, options) or f'; {others}'}")
    return [*args[:end], *args[end + 1 :]]


def _meant(name: str, options: Iterable[str]) -> str:
    """Which long option may be meant by one, also by one with a single dash."""
    return did_you_mean(f"--{name.strip('-')}", [option for option in options if option.startswith("--")])


def _check_log(settings: BaseSettings) -> None:
    """Raise ``ValueError`` or ``OSError`` where Scrapy could not begin to log."""
    level, known = settings["LOG_LEVEL"], logging.getLevelNamesMapping()
    if isinstance(level, str) and level not in known:
        hint = did_you_mean(level, known) or f"; there are {', '.join(known)}"
        raise ValueError(f"there is no log level {level!r}{hint}")
    if settings.getbool("LOG_ENABLED"):
        _check_writable(settings["LOG_FILE"])


def _check_writable(path: str | None) -> None:
    """Raise ``OSError`` where a file cannot be added to."""
    if path:
        Path(path).open("ab").close()


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


def _help_formatter(prog: str) -> argparse.HelpFormatter:
    """Loaded when it is needed."""
    from newscrawl.help import HelpFormatter

    return HelpFormatter(prog)
