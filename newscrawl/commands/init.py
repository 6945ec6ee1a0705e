"""``newscrawl init``: writes the user's configuration file, with all possible keys."""

from __future__ import annotations

import argparse
from pathlib import Path

from newscrawl.command import ProjectCommand
from newscrawl.configuration import template
from newscrawl.configuration.file import NAME, find, is_contact, of_user
from newscrawl.program import program
from newscrawl.streams import printable


class Command(ProjectCommand):
    """Writes newscrawl.toml and nothing more; replaces an existing one only with ``--force``."""

    requires_crawler_process = False
    statuses = ("the file was written", "it was not; standard error says why")
    examples = ("init --contact you@example.org", "init --user")

    def syntax(self) -> str:
        return "[options]"

    def long_desc(self) -> str:
        return (
            f"Writes {NAME} into the current folder, with all possible keys as comments and an explanation of each. It"
            " applies to this folder and all folders below it."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--contact", metavar="ADDRESS", help="your e-mail or web address, which publishers see")
        parser.add_argument(
            "--user", action="store_true", help="write it into your configuration folder, where it applies everywhere"
        )
        parser.add_argument("--force", action="store_true", help="overwrite an existing file")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        if words:
            raise ValueError(self.expected())
        if opts.contact is not None and not is_contact(opts.contact):
            raise ValueError(
                f"--contact is {opts.contact!r}, expected an e-mail address, or an address that begins with https://"
            )
        path = of_user() if opts.user else Path(NAME).absolute()
        above = find()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("w" if opts.force else "x", encoding="utf-8") as file:
                file.write(template.filled(opts.contact))
        except FileExistsError:
            raise ValueError(f"{path} is there already; --force writes over it") from None
        print("\n".join(map(printable, _told(path, above, opts.contact))))


def _told(path: Path, above: Path | None, contact: str | None) -> list[str]:
    """What was done, and what to do next."""
    lines = [f"wrote     {path}"]
    if above is not None and above != path:
        counts = "counts in its folder and below it" if path == of_user() else "does not count here any more"
        lines.append(f"note      {above} {counts}")
    if not contact:
        lines.append("next      put your address into it: contact = …, so that publishers can write to you")
    return [
        *lines,
        f"next      {program()} config               what counts now, and where it comes from",
        f"next      {program()} crawl worldnews      a first run; with --start demo, without a network",
    ]
