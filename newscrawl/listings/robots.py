"""The sitemaps that a robots.txt names (RFC 9309, 2.2.4)."""

from __future__ import annotations

from scrapy.utils.sitemap import sitemap_urls_from_robots

from newscrawl.bounded import ROBOTS_BYTES
from newscrawl.listings.listing import Answer, Head, Holds, Link, Listing, ListingSite, Passed, Why
from newscrawl.listings.stream import unzip


def is_mine(head: Head) -> bool:
    """Whether an answer is a robots.txt, which its place tells."""
    return head.path == "/robots.txt"


def read(answer: Answer, site: ListingSite) -> Listing:
    """The sitemaps, news sitemaps first; those of other hosts are passed over.

    Raises ``ValueError`` if it cannot be unzipped.
    """
    lines = (line.split() for line in sitemap_urls_from_robots(unzip(answer.body, ROBOTS_BYTES)))
    named = {address: site.url(address) for address in (line[0] for line in lines if line)}
    urls = sorted(dict.fromkeys(filter(None, named.values())), key=lambda url: "news" not in url)
    passed = tuple(Passed(address, Why.OTHER_HOST) for address, url in named.items() if url is None)
    return Listing([Link(url) for url in urls], passed=passed, holds=Holds.SITEMAPS)
