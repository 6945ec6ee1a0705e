"""Text for people on standard output: in colours on a terminal, plain elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.text import Text

from newscrawl.streams import printable

_WIDTH = 110  # characters of a line where it is no terminal's


def show(parts: Iterable[RenderableType]) -> None:
    """Print each part below the one before; a text that ignores the width, such as an address, is never cut."""
    console = Console(highlight=False, markup=False, emoji=False)  # what pages say is text
    if console.is_terminal and console.encoding.startswith("utf"):
        for part in parts:
            _print(console, part)
        return
    console.width = _WIDTH
    with console.capture() as plain:
        for part in parts:
            _print(console, part)
    for line in plain.get().splitlines():
        print(printable(line.rstrip()))


def _print(console: Console, part: RenderableType) -> None:
    console.print(part, soft_wrap=isinstance(part, Text) and part.overflow == "ignore")
