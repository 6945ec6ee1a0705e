"""The sitemaps that a robots.txt names (RFC 9309, 2.2.4)."""

from __future__ import annotations

from scrapy.utils.sitemap import sitemap_urls_from_robots

from newscrawl.bounded import ROBOTS_BYTES
from newscrawl.listings.listing import Answer, Head, Holds, Link, Listing, ListingSite
from newscrawl.listings.stream import unzip


def is_mine(head: Head) -> bool:
    """Whether an answer is a robots.txt, which its place tells."""
    return head.path == "/robots.txt"


def read(answer: Answer, site: ListingSite) -> Listing:
    """The sitemaps, news sitemaps first; other hosts' left out. Raises ``ValueError`` if it cannot be unzipped."""
    lines = (line.split() for line in sitemap_urls_from_robots(unzip(answer.body, ROBOTS_BYTES)))
    urls = list(dict.fromkeys(url for line in lines if line and (url := site.url(line[0]))))
    return Listing([Link(url) for url in sorted(urls, key=lambda url: "news" not in url)], holds=Holds.SITEMAPS)
