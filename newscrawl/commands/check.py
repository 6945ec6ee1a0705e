"""``newscrawl check``: first contact with a section, before the first crawl. It takes the place of Scrapy's own."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.spiderloader import get_spider_loader

from newscrawl.checking.checks import findings_of
from newscrawl.checking.document import document
from newscrawl.checking.plan import Wanted
from newscrawl.checking.reading import facts_of
from newscrawl.checking.verdict import Checked
from newscrawl.command import ProjectCommand, tell_ending
from newscrawl.crawling import with_demo
from newscrawl.describe.pages import is_address
from newscrawl.describe.saved import Case, Role, check_folder, is_saved, load, save
from newscrawl.program import program
from newscrawl.spiders.arguments import read_arguments
from newscrawl.streams import printable

#: What is asked for, as progress tells it.
_ASKED = {
    Role.ROBOTS: "robots.txt",
    Role.LISTING: "the section",
    Role.SOURCE: "a feed or sitemap",
    Role.ARTICLE: "an article",
}
_ANY, _FIRST = "section", "worldnews"


class Command(ProjectCommand):
    """Looks at a few pages of a section. Exit status 0: good; 2: it can be read, with warnings; 1: it cannot."""

    statuses = (
        "the section can be read, and nothing looks wrong",
        "it cannot be read; the last line says why",
        "it can be read, with warnings",
    )
    examples = (
        "check worldnews",
        "check https://news.example/world --save case",
        "check case",
        "check worldnews --start demo",
    )

    completes = "spiders"

    def syntax(self) -> str:
        return "[options] SPIDER | ADDRESS | FOLDER"

    def long_desc(self) -> str:
        return (
            "Requests robots.txt, the section's page, a few of the feeds and sitemaps that these name, and three"
            " articles, as politely as a crawl. Shows the answers, the listing, each article's fields and the rule that"
            " gave each, and what looks wrong. Writes no file without --save. A FOLDER that --save wrote is read again"
            " without a network."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--start", metavar="ADDRESS", help="where to begin; demo for the sample edition")
        parser.add_argument("--save", metavar="FOLDER", help="keep the pages in this new folder")
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        if len(words) != 1:
            raise ValueError(self.expected())
        word = words[0]
        folder = Path(word)
        if not is_address(word) and is_saved(folder):
            if opts.start or opts.save:
                raise ValueError("a saved folder is read as it is: leave --start and --save out")
            case = load(folder)
        else:
            case = self._ask(word, opts)
        facts = facts_of(case)
        checked = Checked(facts, findings_of(facts))
        told = document(checked)
        if opts.save:
            save(case, Path(opts.save), told)
        self._tell(checked, told, as_json=opts.json)
        if opts.save:
            print(
                f"saved in {printable(opts.save)}: {program()} check {printable(opts.save)} reads it again",
                file=sys.stderr,
            )
        ended = checked.ending
        tell_ending(ended)
        self.exitcode = int(ended.status)

    def _ask(self, word: str, opts: argparse.Namespace) -> Case:
        """Ask for what a check of a spider's section, or of an address, needs."""
        assert self.crawler_process is not None
        settings = self.crawler_process.settings
        name, start = self._place(word, opts.start)
        spider: Any = get_spider_loader(settings).load(name)
        given = {"start": with_demo(start, settings)} if start else {}
        arguments = read_arguments(given, spider.publisher, spider.section)
        if arguments.archive or len(arguments.walks.starts) != 1:
            raise ValueError(f"start={arguments.given['start']!r}: expected one address")
        if opts.save:
            check_folder(Path(opts.save))
        case = Case(
            start=arguments.walks.starts[0][1],
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            publisher=spider.publisher,
            section=spider.section,
            agent=settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"],
            crawl=_crawl(name, arguments.given["start"] if start else "", start),
        )
        from newscrawl.checking.spider import ask  # which loads what only a live check needs

        ask(self.crawler_process, case, arguments, _show_wanted)
        return case

    def _place(self, word: str, start: str | None) -> tuple[str, str]:
        """The spider that is meant, and where to begin; ``""`` where it knows. Raises ``ValueError`` for another."""
        if word.partition(":")[0] == "demo":
            word, start = _FIRST, start or word
        if is_address(word):
            if start:
                raise ValueError("an address and --start are given, expected one of them")
            return _ANY, word
        assert self.crawler_process is not None
        known = sorted(get_spider_loader(self.crawler_process.settings).list())
        if word not in known:
            raise ValueError(
                f"{word!r} is no spider, no address and no saved folder; the spiders are {', '.join(known)}, and an"
                " address begins with https:// or http://"
            )
        return word, start or ""

    @staticmethod
    def _tell(checked: Checked, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            print(json.dumps(told, indent=2, ensure_ascii=False), flush=True)
        else:
            from newscrawl.checking.report import show  # loads rich

            show(checked)


def _crawl(spider: str, start: str, given: str) -> str:
    """The command of the crawl that may follow."""
    if given.partition(":")[0] == "demo":
        return f"{program()} crawl {spider} --start {given}"
    if spider == _ANY:
        return f"{program()} crawl {start}"
    return f"{program()} crawl {spider}{f' --start {start}' if start else ''}"


def _show_wanted(wanted: Wanted) -> None:
    """Say what is asked for, where a person is looking."""
    if sys.stderr.isatty():
        print(f"asking for {_ASKED[wanted.role]}: {printable(wanted.url)}", file=sys.stderr)
