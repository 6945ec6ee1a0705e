"""``scrapy find``: words in all that was loaded."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from newscrawl.command import ProjectCommand, number_from
from newscrawl.commands.load import database_path
from newscrawl.load.search import find
from newscrawl.program import program
from newscrawl.streams import printable


class Command(ProjectCommand):
    """Prints date, headline, address and a piece of the text of the articles in which words are."""

    requires_crawler_process = False
    statuses = ("the search was made, whether or not it found anything", "it failed; standard error says why")
    examples = ("find volcano farmers", "find 'harb*' -n 3", "find '\"central bank\"' --json", "find -n 3 -- -40")

    def syntax(self) -> str:
        return "[options] WORD ..."

    def long_desc(self) -> str:
        return (
            "Articles that have all the words, the best first. 'harb*' is the beginning of a word,"
            " '\"central bank\"' (with its quotation marks) words next to each other. A word"
            " that begins with - goes after --, as in the last example."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-n", type=number_from(1), default=10, metavar="N", help="most articles to print (default: 10)"
        )
        parser.add_argument("--json", action="store_true", help="one JSON document instead of text")
        parser.add_argument(
            "--database", metavar="PATH", help="the database to search (default: articles.sqlite where crawls write to)"
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        path = database_path(self.settings, opts.database)
        if not path.exists():
            raise ValueError(f"there is no database {path} yet; '{program()} load' makes it")
        found = find(path, words, opts.n)
        if opts.json:
            print(json.dumps([asdict(match) for match in found], indent=2))
            return
        for match in found:
            print(printable(f"{(match.date or 'no date')[:10]:10}  {match.headline}"))
            print(printable(f"{'':12}{match.url}"))
            print(printable(f"{'':12}{' '.join(match.snippet.split())}"), end="\n\n")
        if not found:
            print(f"no article has {printable(' '.join(words))}", file=sys.stderr)
