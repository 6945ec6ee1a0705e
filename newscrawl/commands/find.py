"""``scrapy find``: a search of all loaded articles."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from newscrawl.command import ProjectCommand, number_from
from newscrawl.commands.load import existing_database, named_database
from newscrawl.database.address import Address
from newscrawl.dates.limits import limit
from newscrawl.demo.place import of_sample_left_out
from newscrawl.load.search import Filter, find, of_sample
from newscrawl.streams import printable

_MOST = 10  # articles that are printed where -n does not say how many


class Command(ProjectCommand):
    """Prints date, headline, address and an excerpt of the articles that have the words."""

    requires_crawler_process = False
    statuses = ("the search was made, whether or not it found anything", "it failed; standard error says why")
    examples = (
        "find volcano farmers",
        "find 'harb*' -n 3",
        "find '\"central bank\" NOT rates' --since 2025-09-01 --until 2025-09-07",
        "find volcano OR quake --publisher business-standard.com --json",
        "find --since '2 days ago'",
        "find -n 3 -- -40",
    )

    def syntax(self) -> str:
        return "[options] [WORD ...]"

    def long_desc(self) -> str:
        return (
            "Lists the articles that have all the words, in any inflection, the best first. 'harb*' is the beginning of"
            " a word; '\"central bank\"', with its quotation marks, is two adjacent words. OR accepts either side; NOT"
            " excludes the next word. Without a word, it lists the newest articles, where -n, --since, --until or"
            " --publisher is given. Put a word that begins with - after --, as in the last example."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-n", type=number_from(1), metavar="N", help="print at most N articles (default: 10)")
        parser.add_argument(
            "--since",
            metavar="DATE",
            help="only articles dated that day or later: 2025-09-03 or '2 days ago'",
        )
        parser.add_argument("--until", metavar="DATE", help="only articles dated that day or earlier")
        parser.add_argument(
            "--publisher",
            action="append",
            default=[],
            metavar="DOMAIN",
            help="only articles of this publisher; may be repeated",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
        parser.add_argument(
            "--database",
            metavar="PLACE",
            help="the database to search: a file (default: articles.sqlite in the output folder), or"
            " postgresql://USER@HOST/DATABASE",
        )
        parser.add_argument("--demo", action="store_true", help="search the sample edition instead")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        place = named_database(self.settings, opts.database, demo=opts.demo)
        if not isinstance(place, Address):
            place = existing_database(self.settings, opts.database, demo=opts.demo)
        among = Filter(opts.publisher, limit("since", opts.since), limit("until", opts.until), opts.demo)
        if among.is_empty:
            raise ValueError(f"--since {opts.since} is later than --until {opts.until}: no article can be between them")
        if not words and not among and opts.n is None:
            raise ValueError("expected a word to look for; -n 10 lists the newest articles")
        found = find(place, words, opts.n or _MOST, among)
        if opts.json:
            print(json.dumps([asdict(match) for match in found], indent=2))
            return
        for match in found:
            print(printable(f"{(match.date or 'no date')[:10]:10}  {match.headline}"))
            print(printable(f"{'':12}{match.url}"))
            print(printable(f"{'':12}{' '.join(match.snippet.split())}"), end="\n\n")
        if not found:
            asked = [f"has {' '.join(words)}"] if words else []
            asked += ["is of that time and publisher"] if among else []
            what = " and ".join(asked) or "is in the database"
            print(f"no article {printable(what)}", file=sys.stderr)
        if not opts.demo and (left_out := of_sample(place, words, among)):
            print(of_sample_left_out(left_out, "finds"), file=sys.stderr)
