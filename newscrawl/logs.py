"""A run's log: short on a terminal, with times elsewhere, tracebacks where they are asked for.

Scrapy's settings (``LOG_FILE``, ``LOG_LEVEL``, ``LOG_FORMAT`` …) mean what they mean there; those of the command line
win over ``-v`` and ``-q``.
"""

from __future__ import annotations

import argparse
import copy
import logging
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TextIO, cast

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, Settings
from scrapy.utils.log import TopLevelFormatter, log_scrapy_info

from newscrawl.streams import printable

logger = logging.getLogger(__name__)
_STANDARD_ERROR = 2  # its number
_COMMAND_LINE = SETTINGS_PRIORITIES["cmdline"]

#: Loggers whose INFO is of no use in a run's log.
_CHATTY = (
    "scrapy.middleware",
    "scrapy.crawler",
    "scrapy.utils.log",
    "scrapy.addons",
    "scrapy.core.engine",
    "scrapy.extensions.feedexport",  # the summary names the files
    "py.warnings",
)
#: A setting of a secret name, and its value, in the text of a dictionary.
_SECRET = re.compile(r"('\w*(?:KEY|SECRET|TOKEN|PASS)\w*':\s+)(?:'[^'\n]*'|\"[^\"\n]*\")")
_WORDS = {logging.WARNING: ("warning: ", "33"), logging.ERROR: ("error: ", "31"), logging.CRITICAL: ("error: ", "31")}


def add_options(parser: argparse._ActionsContainer) -> None:
    """``-v`` and ``-q``, of which one may be given."""
    both = parser.add_mutually_exclusive_group()
    both.add_argument(
        "-v", "--verbose", action="store_true", help="versions, settings, each decision, and where an error came from"
    )
    both.add_argument("-q", "--quiet", action="store_true", help="warnings and the last line only")


def choose(settings: BaseSettings, opts: argparse.Namespace) -> None:
    """Set what ``-v`` and ``-q`` mean, but for what the command line sets itself."""
    chosen: dict[str, Any] = {"LOG_INSTALL_ROOT_HANDLER": False}  # :func:`begin` installs it
    if opts.verbose:
        chosen["LOG_LEVEL"] = "DEBUG"
    elif opts.quiet:
        chosen |= {"LOG_LEVEL": "WARNING", "PROGRESS_ENABLED": False}
    for name, value in chosen.items():
        if (settings.getpriority(name) or 0) < _COMMAND_LINE:
            settings.set(name, value, priority="cmdline")


def begin(settings: Settings, *, verbose: bool) -> None:
    """Begin to log, once Scrapy has set up the loggers.

    Raises ``ValueError`` for a level that is not known, ``OSError`` where ``LOG_FILE`` cannot be written.
    """
    handler = _handler(settings)
    handler.setLevel(settings["LOG_LEVEL"])
    handler.setFormatter(_lines(settings, handler))
    if settings.getbool("LOG_SHORT_NAMES"):
        handler.addFilter(TopLevelFormatter(["scrapy"]))
    handler.addFilter(_without_secrets)
    logging.root.setLevel(logging.NOTSET)
    logging.root.addHandler(handler)
    if verbose:
        handler.addFilter(_is_of_interest)
        log_scrapy_info(settings)
    else:
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)


def _without_secrets(record: logging.LogRecord) -> bool:
    """Hide keys and passwords among the settings that Scrapy logs."""
    if isinstance(record.args, Mapping) and "settings" in record.args:
        record.args = {**record.args, "settings": _SECRET.sub(r"\1'…'", str(record.args["settings"]))}
    return True


def _handler(settings: Settings) -> logging.Handler:
    """What writes the log."""
    if settings["LOG_FILE"]:
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        return logging.FileHandler(settings["LOG_FILE"], mode, settings["LOG_ENCODING"])
    return StandardError() if settings.getbool("LOG_ENABLED") else logging.NullHandler()


def _lines(settings: Settings, handler: logging.Handler) -> Lines:
    """How the lines look: in a file whole; for a person at a terminal short, unless asked for more."""
    lines = Lines(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"])
    if isinstance(handler, StandardError):
        lines.tells_where = handler.level <= logging.DEBUG
        is_given = (settings.getpriority("LOG_FORMAT") or 0) >= _COMMAND_LINE
        lines.is_short = is_terminal() and not lines.tells_where and not is_given
        lines.has_colours = lines.is_short and has_controls() and not os.environ.get("NO_COLOR")
    return lines


def is_terminal() -> bool:
    """Whether a person is looking at standard error."""
    return sys.stderr.isatty()


def has_controls() -> bool:
    """Whether standard error is a terminal that knows control sequences."""
    return is_terminal() and os.environ.get("TERM", "dumb") not in ("dumb", "unknown", "")


def _is_of_interest(record: logging.LogRecord) -> bool:
    """Of ``-v``: this project's words, but of Scrapy's and others' not each step."""
    spider = getattr(record, "spider", None)
    own = record.name.startswith("newscrawl") or record.name == getattr(spider, "name", None)
    return own or record.levelno >= logging.INFO


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at that moment: while progress is shown, that writes above it."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, stream: TextIO) -> None:
        """Which it is, it asks each time."""


class Lines(logging.Formatter):
    """Formats records. ``is_short``: without time and logger. ``tells_where``: an error's traceback, too."""

    def __init__(self, form: str, dates: str):
        super().__init__(form, dates, defaults={"section": "-"})

    is_short = False
    tells_where = True
    has_colours = False

    def format(self, record: logging.LogRecord) -> str:
        if record.exc_info and not self.tells_where:
            error = record.exc_info[1]
            record = copy.copy(record)
            record.msg = f"{record.getMessage().partition(chr(10))[0]}: {error}; -v shows where"
            record.args, record.exc_info, record.exc_text = (), None, None
        text = super().format(record)
        text = "\n".join(map(printable, text.split("\n"))) if self.is_short else text
        return _coloured(text, record.levelno) if self.has_colours else text

    def formatMessage(self, record: logging.LogRecord) -> str:
        if not self.is_short:
            return super().formatMessage(record)
        section = cast("str", getattr(record, "section", "-"))
        word = _WORDS.get(record.levelno, ("", ""))[0]
        return f"{word}{'' if section == '-' else f'{section}: '}{record.message}"


def _coloured(text: str, level: int) -> str:
    """A line with the word of its level in colour (ECMA-48)."""
    word, colour = _WORDS.get(level, ("", ""))
    return f"\x1b[{colour}m{word}\x1b[0m{text.removeprefix(word)}" if word else text


def say_at_once(text: str) -> bool:
    """Write a line to standard error from a signal's handler, whatever was being written; whether that is its place.

    Logging may be what was interrupted, which cannot be entered again.
    """
    handler = next((one for one in logging.root.handlers if isinstance(one, StandardError)), None)
    if is_terminal():
        line = f"\r\x1b[K{text}\n" if has_controls() else f"\n{text}\n"
    elif handler is not None and handler.level <= logging.INFO:
        record = logging.makeLogRecord({"name": logger.name, "levelno": logging.INFO, "levelname": "INFO", "msg": text})
        line = f"{handler.format(record)}\n"
    else:
        return False
    with suppress(OSError):
        os.write(_STANDARD_ERROR, line.encode(errors="replace"))
    return handler is not None
