"""``scrapy find``: words in all that was loaded."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from dataclasses import asdict
from typing import Any, ClassVar, NoReturn

from scrapy.commands import ScrapyCommand

from newscrawl.commands.history import printable
from newscrawl.commands.load import database_path
from newscrawl.load.search import find


class Command(ScrapyCommand):
    """Prints date, headline, address and a piece of the text of the articles in which words are."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] WORD ..."

    def short_desc(self) -> str:
        return "Find words in the articles that 'scrapy load' has loaded"

    def long_desc(self) -> str:
        return (
            "Articles that have all the words, the best first. 'harb*' is the beginning of a word,"
            " '\"central bank\"' (with its quotation marks) words next to each other."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-n", type=int, default=10, metavar="N", help="articles to print (default: 10)")
        parser.add_argument("--json", action="store_true", help="one JSON document instead of text")
        parser.add_argument(
            "--in", dest="database", metavar="PATH", help="the database (default: as for 'scrapy load')"
        )
        parser.error = _fail  # type: ignore[method-assign] # argparse exits with 2

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            path = database_path(self.settings, opts.database)
            if not path.exists():
                raise ValueError(f"there is no database {path} yet; 'scrapy load' makes it")  # noqa: TRY301
            found = find(path, args, max(1, opts.n))
        except (ValueError, OSError, sqlite3.Error) as error:
            _fail(str(error))
        if opts.json:
            print(json.dumps([asdict(match) for match in found], indent=2))
            return
        for match in found:
            print(printable(f"{(match.date or 'no date')[:10]:10}  {match.headline}"))
            print(printable(f"{'':12}{match.url}"))
            print(printable(f"{'':12}{' '.join(match.snippet.split())}"), end="\n\n")
        if not found:
            print(f"no article has {printable(' '.join(args))}", file=sys.stderr)


def _fail(message: str) -> NoReturn:
    sys.exit(f"scrapy find: {printable(message)}")  # with 1
