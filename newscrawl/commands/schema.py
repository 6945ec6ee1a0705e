"""``scrapy schema``: the published JSON Schema of an article."""

from __future__ import annotations

import argparse
import sys

from newscrawl.article.schema import schema_text
from newscrawl.command import ProjectCommand


class Command(ProjectCommand):
    """Prints the schema, as UTF-8 whatever the terminal's encoding is."""

    requires_crawler_process = False
    examples = ("schema > article-1.json",)

    def long_desc(self) -> str:
        return "Prints the JSON Schema (draft 2020-12) of one article. Each line of the output is valid against it."

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        if words:
            raise ValueError(self.expected())
        sys.stdout.buffer.write(schema_text().encode())
