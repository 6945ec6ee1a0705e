"""``scrapy article``: one page's fields and the rule that gave each, for describing a publisher."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from newscrawl.article.item import Article
from newscrawl.command import ProjectCommand
from newscrawl.describe.fields import fields_of
from newscrawl.describe.pages import fetch, is_address, read
from newscrawl.describe.unmatched import unmatched
from newscrawl.extract import Page
from newscrawl.extract.story_pages import onward
from newscrawl.library import article_on
from newscrawl.publishers import GENERIC, Publisher, by_name, by_url
from newscrawl.rendering.document import story_markdown, story_text
from newscrawl.rendering.page import story_page
from newscrawl.streams import printable
from newscrawl.terminal import show

_WIDTH = 100  # characters of a value that are shown
_PARAGRAPHS = ("body", "body_markdown")
_FORMATS = ("markdown", "text", "json", "html")


class Command(ProjectCommand):
    """Shows an article as a crawl would write it. Exit status 1, with a sentence, if a crawl would not write it."""

    statuses = ("the article was shown", "there is no article, or a crawl would not write it; standard error says why")
    examples = (
        "article https://news.example/world/harbour-reopens",
        "article page.html --url https://news.example/world/harbour-reopens --json",
        "article page.html --format html > story.html",
    )
    completes = "files"

    def syntax(self) -> str:
        return "[options] ADDRESS | SAVED_PAGE.html"

    def long_desc(self) -> str:
        return (
            "Shows the fields of one article as a crawl would write them, and the rule that gave each. Below are the"
            " publisher's rules that match nothing on the page. With --format, it shows the story for a person to read."
            " The command requests an ADDRESS as a crawl would, and reads a saved page without a network."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", metavar="ADDRESS", help="a saved page's address (default: its canonical link)")
        parser.add_argument(
            "--publisher", metavar="NAME", help="the publisher whose rules to use, or 'generic' (default: by address)"
        )
        parser.add_argument(
            "--format",
            choices=_FORMATS,
            help=(
                "print the story for a person to read, as Markdown, as text, or as a whole HTML page; json has all"
                " fields and their rules (default: a line for each field)"
            ),
        )
        parser.add_argument(
            "--json", action="store_const", const="json", dest="format", help="the same as --format json"
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        if len(words) != 1:
            raise ValueError(self.expected())
        publisher = _publisher(opts.publisher)
        got = fetch(self.crawler_process, words[0]) if is_address(words[0]) else read(words[0], opts.url)
        publisher = publisher or (by_name(got.publisher) if got.publisher else by_url(got.url))
        page = Page(got.body, got.url, got.headers)
        article = article_on(page, publisher, got.at or datetime.now(UTC))
        self._say_of_more(page)
        without_match = unmatched(page, publisher)
        missing = [name for name in ("headline", "body") if not getattr(article, name)]
        if opts.format == "json":
            print(json.dumps(_document(article, publisher, without_match), indent=2, ensure_ascii=False))
        elif opts.format and not missing:
            _show_story(article.to_dict(), opts.format)
        elif not opts.format:
            print("\n".join(map(printable, _lines(article, publisher, without_match))))
        if missing:
            raise ValueError(f"{got.url} has no {' and no '.join(missing)}: a crawl would not write it")

    def _say_of_more(self, page: Page) -> None:
        """Say on standard error where a crawl would read more of a story that is told on several pages."""
        assert self.crawler_process is not None
        more = onward(page, page.url)
        if more.next and self.crawler_process.settings.getint("STORY_PAGES") > 1:
            print(f"page 1 of several: a crawl would read {more.whole or more.next} too", file=sys.stderr)


def _publisher(name: str | None) -> Publisher | None:
    if name and by_name(name) is GENERIC and name != GENERIC.name:
        raise ValueError(f"publisher {name!r} is not supported; see newscrawl/publishers/")
    return by_name(name) if name else None


def _show_story(article: dict[str, Any], form: str) -> None:
    """Print a story for a person to read."""
    if form == "html":
        sys.stdout.buffer.write(story_page(article).encode())
    elif form == "text":
        show(story_text(article))
    else:
        print("\n".join(map(printable, story_markdown(article).split("\n"))))


def _document(article: Article, publisher: Publisher, without_match: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "described_by": publisher.name,
        "fields": fields_of(article),
        "unmatched": {name: list(selectors) for name, selectors in without_match.items()},
    }


def _lines(article: Article, publisher: Publisher, without_match: Mapping[str, tuple[str, ...]]) -> list[str]:
    lines = []
    for name, found in fields_of(article).items():
        value = found["value"]
        shown = _shown(value.split("\n\n") if name in _PARAGRAPHS and value else value)
        lines.append(f"{name:<16} {found['rule'] or '-':<32} {shown}".rstrip())
    lines += [
        "",
        f"described by {publisher.name}" if publisher.hosts else "not a supported publisher: read by the generic rules",
    ]
    lines += [f"no match  {name}: {rule}" for name, selectors in without_match.items() for rule in selectors]
    return lines


def _shown(value: Any) -> str:
    if isinstance(value, list):
        text = " | ".join(map(_one, value))
        return f"({len(value)}) {_short(text)}" if value else "-"
    return "-" if value in (None, "") else _short(str(value))


def _one(value: Any) -> str:
    """A text of a list, or what an object of a list holds."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part not in (None, "", False))
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
