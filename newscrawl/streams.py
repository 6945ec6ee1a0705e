"""The standard streams of a process that was started without some of them, as by ``>&-``."""

from __future__ import annotations

import os
import sys

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
