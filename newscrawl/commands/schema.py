"""``scrapy schema``: the published JSON Schema of an article."""

from __future__ import annotations

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.schema import schema_text


class Command(ScrapyCommand):
    """Prints the schema, as UTF-8 whatever the terminal's encoding is."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return "Print the JSON Schema of an article"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("expected no argument")
        sys.stdout.buffer.write(schema_text().encode())
