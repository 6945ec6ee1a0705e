"""Whatever lists articles: HTML pages, feeds, sitemaps. Each source of links is one module of this package.

Such a module has ``is_mine(head)``, whether an answer is of its kind, and ``read(answer, site)``, what it lists.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from newscrawl.listings import html
from newscrawl.listings.listing import Answer, Head, Listing, ListingSite
from newscrawl.listings.stream import head_of


class Source(Protocol):
    """A module that reads one kind of listing."""

    __name__: str

    def is_mine(self, head: Head) -> bool:
        """Whether an answer is of this kind."""

    def read(self, answer: Answer, site: ListingSite) -> Listing:
        """What it lists. Raises ``ValueError`` for an answer that cannot be read."""


@cache
def sources() -> tuple[Source, ...]:
    """All sources of links."""
    modules = (import_module(module.name) for module in iter_modules(__path__, prefix=f"{__name__}."))
    return tuple(cast("Source", module) for module in modules if hasattr(module, "is_mine"))


def source_of(answer: Answer) -> Source:
    """What reads an answer: HTML's reader, where no other takes it. Raises ``ValueError`` if it cannot be unzipped."""
    head = head_of(answer)
    return next((source for source in sources() if source.is_mine(head)), cast("Source", html))


def read(answer: Answer, site: ListingSite) -> Listing:
    """What an answer lists, of whichever kind it is. Raises ``ValueError`` for one that cannot be read."""
    return source_of(answer).read(answer, site)
