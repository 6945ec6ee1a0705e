"""A site as a crawl reads it: which pages are listings, which are articles, and what a page turned out to be.

Whoever reads pages asks a :class:`newscrawl.sites.base.NewsSite`, and not which kind of site it is.
"""

from __future__ import annotations

from newscrawl.addresses.site import tells_sections
from newscrawl.publishers import Publisher
from newscrawl.sites.base import NewsSite
from newscrawl.sites.described import DescribedSite
from newscrawl.sites.learned import LearnedSite

__all__ = ["DescribedSite", "LearnedSite", "NewsSite", "site_at"]


def site_at(publisher: Publisher, url: str) -> NewsSite:
    """A publisher's site at the origin of an address. Raises ``ValueError`` for what is no http(s) address."""
    kind = DescribedSite if tells_sections(publisher) else LearnedSite
    return kind(publisher, url)
