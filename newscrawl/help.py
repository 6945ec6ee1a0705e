"""What ``--help`` shows: of one command (``HelpFormatter``, for argparse), and of all of them (``overview``).

In colours on a terminal, plain elsewhere; NO_COLOR and FORCE_COLOR decide before that (https://no-color.org).
"""

from __future__ import annotations

from typing import Any, ClassVar

from rich.console import Console
from rich.text import Text
from rich_argparse import RichHelpFormatter

from newscrawl.catalogue import COMMANDS, EXAMPLES, GROUPS
from newscrawl.version import __version__

_HEADING, _NAME = "bold", "cyan"
_NAMES = 2 + max(map(len, COMMANDS))  # characters


class HelpFormatter(RichHelpFormatter):
    """A command's help; texts keep their lines, each wrapped on its own."""

    group_name_formatter: ClassVar = str
    text_markup: ClassVar[bool] = False  # brackets are brackets
    help_markup: ClassVar[bool] = False
    styles: ClassVar = RichHelpFormatter.styles | {
        "argparse.groups": _HEADING,
        "argparse.args": _NAME,
        "argparse.metavar": "green",
        "argparse.prog": _HEADING,
    }

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "Usage: ")

    def _rich_fill_text(self, text: Text, width: int, indent: Text) -> Text:
        fill = super()._rich_fill_text
        lines = [fill(line, width, indent) for line in text.split("\n")]
        for line in lines:
            line.rstrip()
        return Text("\n").join(lines).append("\n\n")


def overview() -> str:
    """All commands in their groups."""
    console = Console(highlight=False, soft_wrap=True)
    with console.capture() as text:
        _print_overview(console)
    return text.get()


def _print_overview(console: Console) -> None:
    console.print(f"newscrawl {__version__}: every story of a news section, as clean records.\n")
    console.print(Text.assemble(("Usage: ", _HEADING), "newscrawl COMMAND [options]"))
    for title, commands in GROUPS.items():
        _print_rows(console, title, commands)
    _print_rows(console, "Options", {"--version": "Show the versions of newscrawl, Scrapy and Python"})
    console.print(Text("\nExamples", _HEADING))
    for command, line in EXAMPLES.items():
        console.print(Text.assemble("  ", (command, _NAME)))
        console.print(f"      {line}")
    console.print("\n'newscrawl COMMAND --help' has the options of a command, its exit statuses and more examples.")
    console.print("Scrapy's own commands, such as shell and settings, work here, too.")


def _print_rows(console: Console, title: str, rows: dict[str, str]) -> None:
    console.print(Text(f"\n{title}", _HEADING))
    for name, line in rows.items():
        console.print(Text.assemble("  ", (f"{name:<{_NAMES}}", _NAME), line))
