"""``scrapy explain``: what a run's last line means, and what to do."""

from __future__ import annotations

import argparse
from importlib.resources import files
from typing import Any, ClassVar

from newscrawl.command import ProjectCommand
from newscrawl.program import did_you_mean
from newscrawl.streams import printable


class Command(ProjectCommand):
    """Prints a section of ``sentences.md``, or lists them all."""

    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}
    requires_crawler_process = False
    statuses = ("it was printed", "no sentence has this word; standard error suggests similar ones")
    examples = ("explain", "explain holes")

    def syntax(self) -> str:
        return "[WORD]"

    def long_desc(self) -> str:
        return (
            "The last line of a run that failed or is incomplete ends with a WORD, such as 'holes'. This command prints"
            " what it means and what to do. Without a WORD, it lists them all."
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        told = sections((files("newscrawl") / "sentences.md").read_text(encoding="utf-8"))
        if len(words) > 1:
            raise ValueError(f"expected one word, not {len(words)}")
        if not words:
            width = max(map(len, told))
            for word, text in told.items():
                print(printable(f"{word:<{width}}  {text.splitlines()[0]}"))
            return
        if words[0] not in told:
            hint = did_you_mean(words[0], told) or "; without a word, all of them are listed"
            raise ValueError(f"there is no word {words[0]!r}{hint}")
        for line in told[words[0]].splitlines():
            print(printable(line))


def sections(page: str) -> dict[str, str]:
    """The texts of a page's second-level headings, by these, without their Markdown.

    >>> sections("# Title\\n\\n## holes\\n\\n`x` is *so*.\\n")
    {'holes': 'x is so.'}
    """
    parts = page.split("\n## ")[1:]
    return {
        heading: text.strip().replace("`", "").replace("*", "")
        for heading, _, text in (part.partition("\n") for part in parts)
    }
