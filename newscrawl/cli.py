"""The program ``newscrawl``: finds the command that was asked for, and hands over to Scrapy.

Scrapy takes half a second to be imported. So what needs no command imports nothing of it.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from importlib import metadata

from newscrawl import garbage, streams
from newscrawl.catalogue import COMMANDS
from newscrawl.program import did_you_mean
from newscrawl.streams import printable
from newscrawl.version import __version__

_OUR_COMMANDS = "newscrawl.commands"
#: Commands that download. Scrapy's TLS looks through the calls and modules of the process while it is imported: 0.2 s
#: where Scrapy does it, with all modules loaded; 0.04 at the beginning.
_DOWNLOADING = ("article", "check", "crawl", "crawlall")


def main() -> None:
    """Run the command line of this process, in any folder; ends it with the command's exit status."""
    streams.open_closed()
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
    try:
        with streams.reader_may_go():
            _run(_with_help(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("newscrawl: it was interrupted")


def _with_help(words: list[str]) -> list[str]:
    """``help crawl`` as ``crawl --help``, and nothing at all as ``--help``."""
    if words[:1] == ["help"]:
        return [words[1], "--help"] if len(words) > 1 else ["--help"]
    return words or ["--help"]


def _run(words: list[str]) -> None:
    first = words[0]
    if first in ("-h", "--help"):
        from newscrawl.help import overview

        print(overview(), end="")
    elif first in ("-V", "--version", "version"):
        print(f"newscrawl {__version__} (Scrapy {metadata.version('scrapy')}, Python {platform.python_version()})")
    elif first.startswith("-"):
        hint = did_you_mean(first, ("--help", "--version"))
        sys.exit(f"newscrawl: expected a command before {printable(first)}{hint or '; newscrawl --help lists them'}")
    else:
        _hand_over(words)


def _hand_over(words: Sequence[str]) -> None:
    """Let Scrapy execute a command, for which it imports all commands that it is told of: ours alone, if it is one."""
    garbage.loading()
    if words[0] in _DOWNLOADING:
        import scrapy.core.downloader.contextfactory  # noqa: F401
    from scrapy.cmdline import execute
    from scrapy.utils.project import get_project_settings

    try:
        settings = get_project_settings()
    except ImportError as error:
        named = os.environ["SCRAPY_SETTINGS_MODULE"]
        sys.exit(f"newscrawl: the settings {named} that SCRAPY_SETTINGS_MODULE names cannot be read: {error}")
    if settings["COMMANDS_MODULE"] == _OUR_COMMANDS:
        if words[0] in COMMANDS:
            settings.set("COMMANDS_MODULE", f"{_OUR_COMMANDS}.{words[0]}", priority="project")
        else:
            _check_command(words)
    if "EDITOR" in os.environ:
        settings.set("EDITOR", os.environ["EDITOR"])
    execute(["newscrawl", *words], settings)


def _check_command(words: Sequence[str]) -> None:
    """End the process if there is no such command, of Scrapy or of a package that adds one to Scrapy."""
    from pkgutil import iter_modules

    import scrapy.commands

    of_scrapy = {module.name for module in iter_modules(scrapy.commands.__path__)}
    known = of_scrapy | {point.name for point in metadata.entry_points(group="scrapy.commands")}
    if words[0] in known:
        return
    if "://" in words[0]:
        hint = f"; did you mean 'newscrawl crawl {words[0]}'?"
    else:
        hint = did_you_mean(words[0], [*COMMANDS, *sorted(known)])
    sys.exit(f"newscrawl: there is no command {printable(words[0])!r}{hint or '; newscrawl --help lists them'}")
