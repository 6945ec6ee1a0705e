"""``newscrawl completion``: a script that completes the program's commands, options and spiders in a shell."""

from __future__ import annotations

import argparse
from importlib import import_module

import shtab
from scrapy.cmdline import ScrapyArgumentParser
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from newscrawl.catalogue import COMMANDS
from newscrawl.command import CommandLine, ProjectCommand
from newscrawl.program import did_you_mean

_SHELLS = ("bash", "zsh", "fish", "tcsh")
_FILES = ("FILE", "PATH", "SAVED_PAGE.html")
_FOLDERS = ("DIR", "FOLDER")


class Command(ProjectCommand):
    """Prints a script that a shell reads at its start; it starts no program while you type."""

    requires_crawler_process = False
    examples = (
        "completion bash > ~/.local/share/bash-completion/completions/newscrawl",
        "completion zsh > ~/.zfunc/_newscrawl",
        "completion fish > ~/.config/fish/completions/newscrawl.fish",
    )
    completes = "shells"

    def syntax(self) -> str:
        return f"[options] {' | '.join(_SHELLS)}"

    def long_desc(self) -> str:
        return (
            "Prints a script that completes newscrawl's commands, options, spiders and files with the Tab key. Write it"
            " where your shell looks, as below, and open a new shell. Repeat this after an update. For zsh, ~/.zshrc"
            " needs 'fpath+=~/.zfunc' before 'autoload -Uz compinit; compinit'."
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        if len(words) != 1:
            raise ValueError(self.expected())
        if words[0] not in _SHELLS:
            raise ValueError(f"expected {', '.join(_SHELLS)}, not {words[0]!r}{did_you_mean(words[0], _SHELLS)}")
        assert self.settings is not None
        print(shtab.complete(_parser(self.settings), words[0]))


def _parser(settings: Settings) -> argparse.ArgumentParser:
    """The whole command line as one parser."""
    parser = argparse.ArgumentParser("newscrawl", description="")
    parser.add_argument("--version", action="store_true", help="show the versions")
    commands = parser.add_subparsers(dest="command", parser_class=ScrapyArgumentParser)
    spiders = get_spider_loader(settings).list()
    for name, line in COMMANDS.items():
        command: CommandLine = import_module(f"newscrawl.commands.{name}").Command()
        command.settings = settings
        one = commands.add_parser(name, help=line, description=line, conflict_handler="resolve")
        command.add_options(one)
        for action in one._actions:
            _complete(action)
        if command.completes == "files":
            one.add_argument("files", nargs="*").complete = shtab.FILE  # type: ignore[attr-defined]
        elif command.completes:
            known = spiders if command.completes == "spiders" else _SHELLS
            one.add_argument(command.completes, nargs="?", choices=known)
    return parser


def _complete(action: argparse.Action) -> None:
    """Complete an option's value by what its help calls it."""
    if action.metavar in _FILES:
        action.complete = shtab.FILE  # type: ignore[attr-defined]
    elif action.metavar in _FOLDERS:
        action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
