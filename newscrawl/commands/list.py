"""``scrapy list``: the names of all spiders."""

from __future__ import annotations

import argparse

from scrapy.spiderloader import get_spider_loader

from newscrawl.command import ProjectCommand
from newscrawl.program import program


class Command(ProjectCommand):
    """Prints the same as Scrapy's own ``list``; its help says what the names are for."""

    requires_crawler_process = False
    examples = ("list",)

    def long_desc(self) -> str:
        return (
            f"Prints the names of the spiders for '{program()} crawl', one a line. 'section' reads any section of any"
            " publisher; each of the others has a section of its own."
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if words:
            raise ValueError(self.expected())
        print("\n".join(sorted(get_spider_loader(self.settings).list())))
