"""What a page that was asked for as an article turned out to be."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.article.item import Article


@dataclass(frozen=True, slots=True)
class Skipped:
    """No article, and none is missing, for ``reason``; ``detail``: in what word the page says so itself.

    ``certain``: it says so of its own address. ``page`` stands for it, where several addresses may have the same.
    """

    reason: str
    certain: bool = False
    detail: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """No article, though there should be one, for ``reason``; ``detail``: what differs from page to page."""

    reason: str
    detail: str = ""


Verdict = Article | Skipped | Failed

MISLED = Failed("redirected to a page that is not an article")
NOT_HTML = Failed("not HTML")
OTHER_ADDRESS = Skipped("the address is not an article's")
OTHER_FORMAT = Skipped("no HTML")
A_FILE = Skipped("a file", certain=True)
NO_TEXT = Skipped("no text")
NO_EVIDENCE = Skipped("neither the address nor the page says that it is an article")
OTHER_BY_ITSELF = "says that it is none"
