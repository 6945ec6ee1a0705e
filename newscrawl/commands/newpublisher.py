"""``scrapy newpublisher``: the first draft of a publisher's description, from one article's page."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl.command import ProjectCommand
from newscrawl.configuration.file import load
from newscrawl.describe import files
from newscrawl.describe.draft import Draft, draft, site_name
from newscrawl.describe.pages import Fetched, fetch, is_address, read
from newscrawl.extract import Page
from newscrawl.program import program


class Command(ProjectCommand):
    """Writes a module into the user's own folder, or into ``newscrawl/publishers/`` with a test page.

    It replaces existing files only with ``--force``.
    """

    examples = (
        "newpublisher https://news.example/world/harbour-reopens-12345678",
        "newpublisher https://news.example/world/harbour-reopens-12345678 page.html --print",
    )

    def syntax(self) -> str:
        return "[options] ADDRESS [SAVED_PAGE.html]"

    def long_desc(self) -> str:
        return (
            "Drafts a description from the article at ADDRESS. Without a saved page, it requests the page as a crawl"
            " would. If newscrawl.toml names a folder by the key publishers, it writes the description there, with a"
            " spider for the article's section. Otherwise it must run in a checkout of newscrawl, and writes the"
            " description and a test page of invented prose. --print works anywhere."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--force", action="store_true", help="overwrite existing files")
        parser.add_argument("--print", action="store_true", dest="show", help="print the description and write nothing")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        if len(words) not in (1, 2) or not is_address(words[0]):
            raise ValueError(self.expected())
        own = load().publishers
        project = None if opts.show or own else _checkout()
        got = read(words[1], words[0]) if len(words) > 1 else fetch(self.crawler_process, words[0])
        made = draft(got)
        if opts.show:
            print(files.module(made), end="")
        elif project:
            _write(made, got, project, force=opts.force)
        elif own:
            _write_own(made, own, self.crawler_process.spider_loader.list(), force=opts.force)


def _write(made: Draft, got: Fetched, project: Path, *, force: bool) -> None:
    """Into a checkout."""
    for path in files.write(made, Page(got.body, got.url, got.headers).tree, project, force=force):
        print(f"wrote {path.relative_to(project)}")
    print(f"next: {program()} article {got.url}, and python -m pytest tests/test_pages.py")


def _write_own(made: Draft, folder: Path, taken: list[str], *, force: bool) -> None:
    """Into the user's own folder, with a spider of a name that no other has."""
    name = site_name(made.publisher)
    spider = name if name not in taken else f"{name}_own"
    for path in files.write_own(made, folder, spider, force=force):
        print(f"wrote {path}")
    print(f"next: {program()} article {made.article.url}, and {program()} crawl {spider} --pages 1 --limit 3")


def _checkout() -> Path:
    """The folder of the checkout that the command runs in."""
    project = Path(closest_scrapy_cfg() or "scrapy.cfg").absolute().parent
    if not (project / "newscrawl" / "publishers").is_dir() or not (project / "tests" / "pages").is_dir():
        raise ValueError(
            f"{project} is not a checkout of newscrawl, where descriptions are kept, and no newscrawl.toml names a"
            ' folder for them: publishers = "publishers"; --print works anywhere'
        )
    return project
