"""Whatever lists articles: HTML pages, feeds, sitemaps. Each source of links is one module of this package.

Such a module has ``is_mine(head)``, whether an answer is of its kind, and ``read(answer, site)``, what it lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import Protocol, cast

from newscrawl.listings import html
from newscrawl.listings.header import next_of_header
from newscrawl.listings.listing import Answer, Head, Listing, ListingSite
from newscrawl.listings.stream import head_of, joined


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
    """What reads an answer: HTML's reader, where no other takes it.

    Raises ``ValueError`` if it cannot be unzipped, or is XML that nothing here reads.
    """
    head = head_of(answer)
    source = next((source for source in sources() if source.is_mine(head)), None)
    if source is None and head.is_xml and head.root.lower() != "html":
        raise ValueError("a feed or sitemap that cannot be read")
    return source or cast("Source", html)


def read(answer: Answer, site: ListingSite) -> Listing:
    """What an answer lists, of whichever kind it is. Raises ``ValueError`` for one that cannot be read.

    Where it does not say itself where it goes on, the header may.
    """
    listing = source_of(answer).read(answer, site)
    return replace(listing, find_next=lambda: chain(listing.candidates(), _of_header(answer, site)))


def _of_header(answer: Answer, site: ListingSite) -> Iterator[str]:
    own = site.url(answer.url)
    targets = (joined(answer.url, address) for address in next_of_header(answer.headers))
    urls = (site.url(target) for target in targets if target)
    return (url for url in urls if url and url != own and url not in answer.asked)
