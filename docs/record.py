"""Draws docs/first-crawl.svg: the README's first crawl, as a terminal shows it. Run it as python docs/record.py."""

from __future__ import annotations

import io
import os
import pty
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

COMMANDS = ("newscrawl crawl worldnews --start demo", "newscrawl find --demo volcano OR cyclone -n 2")
COLUMNS = 112


def main() -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    os.environ |= {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "NEWSCRAWL_CONFIG": ""}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for command in COMMANDS:
            console.print(Text.assemble(("$ ", "green"), (command, "bold")))
            words = [sys.executable, "-m", *command.split()]
            if "crawl" in words[3:4]:
                words += ["-s", "PROGRESS_ENABLED=0"]
            console.print(Text.from_ansi(said(words).rstrip()), no_wrap=True, crop=True, overflow="ellipsis")
            console.print()
            if command == COMMANDS[0]:
                said([sys.executable, "-m", "newscrawl", "load", "--demo"])
    picture = console.export_svg(title="newscrawl", unique_id="first-crawl")
    Path(__file__).with_name("first-crawl.svg").write_text(picture, "utf8")


def said(words: list[str]) -> str:
    """What a program writes on a terminal."""
    output = bytearray()
    process, terminal = pty.fork()
    if not process:
        os.execv(words[0], words)
    try:
        while True:
            output += os.read(terminal, 4096)
    except OSError:  # it has ended
        os.waitpid(process, 0)
    return output.decode().replace("\r\n", "\n")


main()
