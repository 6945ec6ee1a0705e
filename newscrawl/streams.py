"""The standard streams of a process that was started without some of them, as by ``>&-``."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: What a shell says of a program that the signal ended, as it ends other programs whose reader has gone.
READER_GONE = 128 + getattr(signal, "SIGPIPE", 13)  # Windows has no such signal

#: The names in ``sys`` of those that were closed and now lead nowhere.
closed: set[str] = set()


def open_closed() -> None:
    """Let closed standard streams lead nowhere.

    Else Python has ``None`` in their place, and the next file to be opened takes a stream's number, and with it
    whatever a library in C writes there.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            closed.add(name)
            # The lowest number that is free: the stream's own, unless something else has it by now.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def printable(text: str) -> str:
    """Text as a terminal can show it: what is not printable is escaped, as in Python."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"  # Scrapy's LOG_STDOUT puts a thing without one there
    return shown.encode(encoding, "backslashreplace").decode(encoding)


@contextmanager
def reader_may_go() -> Iterator[None]:
    """End the process as the signal would, without a word, once nobody reads what it writes, as with ``| head``."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        lead_nowhere()
        sys.exit(READER_GONE)


def lead_nowhere() -> None:
    """Let standard output and error lead nowhere.

    Python would try once more to write it: https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
