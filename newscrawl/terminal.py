"""Text for people on standard output: in colours on a terminal, plain elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType

from newscrawl.streams import printable

_WIDTH = 110  # characters of a line where it is no terminal's


def show(parts: Iterable[RenderableType]) -> None:
    """Print each part below the one before."""
    console = Console(highlight=False, markup=False, emoji=False)  # what pages say is text
    if console.is_terminal and console.encoding.startswith("utf"):
        for part in parts:
            console.print(part)
        return
    console.width = _WIDTH
    with console.capture() as plain:
        for part in parts:
            console.print(part)
    for line in plain.get().splitlines():
        print(printable(line.rstrip()))
