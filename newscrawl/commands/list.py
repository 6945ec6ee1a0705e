"""``scrapy list``: the names of all spiders."""

from __future__ import annotations

import argparse

from scrapy.spiderloader import get_spider_loader

from newscrawl.command import ProjectCommand
from newscrawl.program import program


class Command(ProjectCommand):
    """Prints what Scrapy's own ``list`` prints, and tells what for."""

    requires_crawler_process = False
    examples = ("list",)

    def long_desc(self) -> str:
        return (
            f"Prints the names of the spiders, a line each, for '{program()} crawl'. 'section' reads any publisher's"
            " sections; the others begin at a section of their own."
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if words:
            raise ValueError(self.expected())
        print("\n".join(sorted(get_spider_loader(self.settings).list())))
