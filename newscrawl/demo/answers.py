"""What the edition's publisher would answer: pages, feeds, sitemaps and robots.txt, on each of its days."""

from __future__ import annotations

import gzip
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from newscrawl.demo import pages
from newscrawl.demo.edition import PAGES, listings, stories

_HTML = "text/html; charset=utf-8"
_ROBOTS = """User-agent: *
Disallow: /charts
Disallow: /include
Disallow: /content/

Sitemap: https://www.business-standard.com/sitemap.xml
"""


@cache
def site(day: int = 1) -> dict[str, tuple[str, bytes]]:
    """Every page of a day: content type and body by path."""
    edition = stories(day)
    found = {"/robots.txt": ("text/plain", _ROBOTS.encode())}
    for number, shown in listings(edition):
        path = "/world-news" if number == 1 else f"/world-news/page-{number}"
        found[path] = (_HTML, pages.listing(number, shown, PAGES).encode())
    for position, story in enumerate(edition):
        following = edition[(position + 1) % len(edition)]
        more = [edition[(position + step) % len(edition)] for step in (3, 5, 7, 11, 13)]
        html = pages.article(story, following, more)
        found[story.path] = _encoded(html, story.number)
        found["/amp" + story.path] = (_HTML, html.encode())
    sitemap = pages.sitemap(edition).encode()
    found["/rss/world-news-221.rss"] = ("application/rss+xml", pages.rss(edition[:20]).encode())
    found["/sitemap/latest-news-sitemap.xml"] = ("application/xml", sitemap)
    found["/sitemap-main/article-sitemap.xml.gz"] = ("application/gzip", gzip.compress(sitemap, mtime=0))
    index = pages.sitemap_index(["/sitemap-main/article-sitemap.xml.gz", "/sitemap/latest-news-sitemap.xml"])
    found["/sitemap.xml"] = ("application/xml", index.encode())
    return found


def _encoded(html: str, number: int) -> tuple[str, bytes]:
    """A page in one of the character sets, rightly or wrongly declared, that occur."""
    if number % 9 == 4:  # the header is wrong
        return "text/html; charset=iso-8859-1", html.encode()
    if number % 9 == 7:
        try:
            return "text/html; charset=windows-1252", html.encode("cp1252")  # the meta tag is wrong
        except UnicodeEncodeError:
            pass
    return _HTML, html.encode()


@cache
def validators(day: int) -> dict[str, tuple[str, str]]:
    """Of two stories in three, a header that tells their version, and its value, by path (RFC 9110, 8.8)."""
    found = {}
    for story in stories(day):
        if story.number % 3 == 0:
            text = f"{story.text['headline']}{story.text['dek']}{story.paragraphs}{story.updated}"
            found[story.path] = ("ETag", f'W/"{sha256(text.encode()).hexdigest()[:16]}"')
        elif story.number % 3 == 1:
            found[story.path] = ("Last-Modified", format_datetime(story.updated.astimezone(UTC), usegmt=True))
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of HTTP."""

    status: int
    headers: dict[str, str]
    body: bytes


def answer(url: str, known: Container[str] = (), day: int = 1) -> Answer:
    """What is answered on a day to a request for an address, unless it has one of the ``known`` validators.

    304 where what stands there has one of them (RFC 9110, 13.1), and 404 where nothing stands.
    """
    path = urlsplit(url).path
    content_type, body = site(day).get(path, ("", b""))
    if not content_type:
        return Answer(404, {"Content-Type": _HTML}, b"")
    name, value = validators(day).get(path, ("", ""))
    validator = {name: value} if name else {}
    if name and value in known:
        return Answer(304, validator, b"")
    return Answer(200, validator | {"Content-Type": content_type}, body)
