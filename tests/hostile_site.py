"""A site with one page of each hostile kind among its good stories.

Another kind is one more line: in ``ARTICLES``, what stands in place of a story, and why it fails (nothing: it does
not); in ``LISTINGS``, what stands in place of a listing, and what the log says of it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.conftest import LocalSite
from tests.sections import prose

_GOOD = 4
_ELSEWHERE = "https://elsewhere.example/the-ferry-of-maro-is-late-again-"


@dataclass(frozen=True)
class Kind:
    """One hostile page: what it is, its body and header fields, and what is told of it."""

    name: str
    body: Callable[[LocalSite], bytes]
    told: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def story(number: int, head: str = "", more: str = "") -> bytes:
    """A story's page, with more in its head and behind its text."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose(number))
    return (
        '<html lang="en"><head><meta property="article:published_time" content="2025-09-03T09:00:00Z">'
        f"<title>The bell of Orrin rings {number}</title>{head}</head>"
        f"<body><main><h1>The bell of Orrin rings {number} times</h1>{text}</main>{more}</body></html>"
    ).encode()


def _script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def _deflated(body: bytes) -> bytes:
    return gzip.compress(body, 1)


_ZIPPED = {"Content-Type": "application/octet-stream"}
_ENCODED = {"Content-Type": "text/xml", "Content-Encoding": "gzip"}

ARTICLES = [
    Kind("tags", lambda _: story(20, more="<p>x" * 1_200_000), "more than 200000 tags and attributes"),
    Kind("json-ld-blocks", lambda _: story(21, head=_script({"@type": "NewsArticle"}) * 30_000)),
    Kind("json-ld-values", lambda _: story(22, head=_script([{}] * 1_000_000))),
    Kind("class-name", lambda _: story(23, more=f"<div class='{'a ' * 2_000_000}'></div>")),
    Kind("class-names", lambda _: story(24, more="".join(f"<i class='c{n}'></i>" for n in range(40_000)))),
    Kind("names-of-elements", lambda _: story(25, more="".join(f"<x{n}></x{n}>" for n in range(90_000)))),
]

LISTINGS = [
    Kind("items.xml", lambda _: _deflated(b"<rss><channel>" + b"<item/>" * 1_000_000), "more than 50000 entries", _ZIPPED),
    Kind("elements.xml", lambda _: _deflated(b"<urlset>" + b"<a/>" * 1_100_000), "more than 1000000 elements", _ENCODED),
    Kind("comments.xml", lambda _: _deflated(b"<feed>" + b"<!---->" * 1_100_000), "more than 1000000 elements", _ENCODED),
    Kind("depth.xml", lambda _: _deflated(b"<rss>" + b"<a>" * 1_000_000), "elements around one another", _ZIPPED),
    Kind("names.xml", lambda _: _deflated(b"<rss>" + b"".join(b"<i%d/>" % n for n in range(1_000_000))), "names of elements", _ZIPPED),
    Kind("attributes.xml", lambda _: _deflated(b"<rss><item " + b"".join(b"a%d='' " % n for n in range(1_000_000))), "without an element", _ZIPPED),
    Kind("urls.xml", lambda _: _deflated(b"<urlset>" + f"<url><loc>{_ELSEWHERE}</loc></url>".encode() * 600_000), "more than 50000 entries", _ENCODED),
    Kind("index.xml", lambda site: f"<sitemapindex>{f'<sitemap><loc>{site.origin}/index.xml</loc></sitemap>' * 50}</sitemapindex>".encode()),
    Kind("feed.xml", lambda _: _deflated(b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b"{}," * 15_000_000), "a JSON Feed of more than", _ZIPPED),
    Kind("links/", lambda _: "".join(f"<a href=/p{n}>x</a>" for n in range(200_000)).encode(), "more than 5000 links"),
]  # fmt: skip


@dataclass(frozen=True)
class HostileSite:
    """Where a crawl of it begins, the paths of what it must write, and by path what must be told of the others."""

    starts: list[str]
    stories: set[str]
    told: dict[str, str]


def build(site: LocalSite) -> HostileSite:
    """Put the pages on a local server."""
    good = [f"/news/the-bell-of-orrin-rings-125090310{number}.html" for number in range(_GOOD)]
    bad = {f"/news/the-tale-of-{kind.name}-12509032{n:02}.html": kind for n, kind in enumerate(ARTICLES)}
    listings = {f"/{kind.name}": kind for kind in LISTINGS}
    for number, path in enumerate(good):
        site.html(path, story(number))
    for path, kind in (bad | listings).items():
        headers = {"Content-Type": "text/html; charset=utf-8", **kind.headers}
        site.routes[path] = (200, headers, kind.body(site))
    paths = [path for pair in zip(good, [*bad][:_GOOD], strict=True) for path in pair] + [*bad][_GOOD:]
    cards = "".join(f"<h2><a href={path}>What the bell of Orrin tells us today</a></h2>" for path in paths)
    site.html("/news/", f"<html><body><main>{cards}</main></body></html>")
    return HostileSite(
        [site.origin + path for path in ("/news/", *listings)],
        {*good, *(path for path, kind in bad.items() if not kind.told)},
        {path: kind.told for path, kind in (bad | listings).items() if kind.told},
    )
