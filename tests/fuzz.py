"""Pages that nobody would write: does anything that reads them raise, or give what is no article?

    python -m tests.fuzz --pages 100000 --seed 7    # prints what raised, and the page's number
    python -m tests.fuzz --pages 1 --seed 7 --first 1234    # that page alone

A page is made of its seed and number alone: the demo's pages, mutated; random bytes; odd JSON-LD, dates, character
sets, addresses, and headers.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import logging
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from newscrawl import extract_article, listings
from newscrawl.article.check import Checker
from newscrawl.demo.edition import stories
from newscrawl.demo.pages import article, listing
from newscrawl.extract import Page
from newscrawl.listings import robots
from newscrawl.listings.listing import Answer
from newscrawl.listings.stream import unzip
from newscrawl.publishers import GENERIC, by_url
from newscrawl.sites import site_at
from newscrawl.sites.base import Asked
from newscrawl.sites.evidence import claims_article, is_html

NOW = datetime(2025, 9, 4, 12, tzinfo=UTC)
ADDRESSES = (
    "https://news.example/world/2025/09/03/a-story-of-the-valley-12345.html",
    "https://www.business-standard.com/world-news/a-story-of-the-valley-125090301218_1.html",
    "https://news.example/",
)
CHARSETS = (
    "utf-8", "undefined", "idna", "punycode", "utf-7", "utf-16", "utf-32", "unicode_escape", "raw_unicode_escape", "hex",
    "base64", "rot13", "zip", "mbcs", "iso-2022-jp", "gb18030", "cp037", "big5", "x-user-defined", "none", "", "\u20ac",
    "latin-1", "a" * 300,
)  # fmt: skip
DATES = (
    "2025-09-03", "2025-09-03T10:00:00+05:30", "2025-09-03T10:00:00+99:99", "2025-13-45", "0000-00-00", "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00", "1" * 5000, "-1", "1756891234", "99999999999999", "1e400", "²", "٣ ٩ ٢٠٢٥", "yesterday", "99999999 years ago",
    "Last Updated : Sep 03 2025 | 7:49 PM IST", "3 September 2025 24:61", "2025-W99", "+2025", "20250903T256199Z", "PT999999999999999M", "12345 min read",
)  # fmt: skip
LINKS = (
    "http://[", "http://[::1", "http://a]b/", "//", "///", "http://", "http://news.example:99999/", "http://news.example:x/",
    "http://\ud800/", "http://xn--/", "http://xn--a\u0301.example/", "http://" + "a" * 70 + ".example/", "javascript:x", "data:,x", "mailto:x",
    "?page=" + "9" * 5000, "/page/" + "9" * 5000, "/world/2025/09/03/x-y-z-1.html", "\x00", "http://news.example/\u2100", "http://\u2100.example/", "%zz%", "http://user:pw@[fe80::1%25eth0]/",
)  # fmt: skip
MARKUP = (
    b"<", b">", b"</", b"<!--", b"-->", b"<script>", b"</script>", b"<base href='http://['>", b"<h1>", b"</h1>", b"<p>", b"<td>", b"<title>",
    b"&#0;", b"&amp;#" + b"1" * 5000 + b";", b"&#x110000;", b"&#xd800;", b"\0", b"\xff\xfe", b"\xef\xbf\xbe", b"\xef\xbb\xbf", b"<?xml version='1.0' encoding='x'?>",
    b"<svg>", b"<template>", b"<select>", b"<time datetime='x'>", b"<html lang='x-'>", b"<frameset>", b"<plaintext>", b"<a:b c:d='e'>", b"<article>", b"<table>", b"<!doctype x [<!ENTITY a 'b'>]>",
)  # fmt: skip
KEYS = (
    "@type", "@id", "@graph", "headline", "author", "name", "url", "datePublished", "dateModified", "articleBody", "image", "keywords", "inLanguage",
    "mainEntityOfPage", "mainEntity", "isAccessibleForFree", "hasPart", "timeRequired", "liveBlogUpdate", "itemListElement", "item", "publisher", "description", "articleSection", "about", "contentLocation",
)  # fmt: skip
TYPES = ("NewsArticle", "LiveBlogPosting", "BreadcrumbList", "Person", "Organization", "ItemList", "WebPageElement", "")
WORDS = ("Story of the valley", "<p>The council met.</p>", '<?xml version="1.0" encoding="utf-8"?><p>x</p>', "&lt;b&gt;", "\ud800", "\x00", "en-", "PT5M", "By Anna Berg", " | ", "")  # fmt: skip
METAS = ("og:title", "og:image", "og:url", "author", "date", "article:published_time", "keywords", "description", "twitter:data1", "twitter:label1", "article:modified_time", "robots")  # fmt: skip
LABELS = ("Next Story", "First Published:", "Last Updated :", "More From This Section", "5 min read", "9" * 4000 + " min read", "By", "Also Read")  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A page, its address, and the headers that it came with."""

    body: bytes
    url: str
    headers: dict[str, str]


def case(seed: int, number: int) -> Case:
    """The page of that number."""
    rnd = random.Random(f"{seed} {number}")
    body = rnd.choice((_demo, _demo, _described, _described, _listing, _noise))(rnd)
    for _ in range(rnd.choice((0, 1, 3, 10))):
        body = _mutated(rnd, body)
    headers = {"Content-Type": f"text/html; charset={rnd.choice(CHARSETS)}"} if rnd.random() < 0.5 else {}
    return Case(body, rnd.choice(ADDRESSES), headers)


@cache
def _demo_pages() -> tuple[bytes, ...]:
    edition = stories()[:10]
    made = [article(one, following, edition[:3]) for one, following in itertools.pairwise(edition)]
    return tuple(page.encode() for page in (*made, listing(1, edition, 2)))


def _demo(rnd: random.Random) -> bytes:
    return rnd.choice(_demo_pages())


def _noise(rnd: random.Random) -> bytes:
    return rnd.choice((b"", b"<html>", b"\x1f\x8b", b"\xef\xbb\xbf<?xml?>")) + rnd.randbytes(rnd.randrange(400))


def _described(rnd: random.Random) -> bytes:
    """A page with metadata of odd shapes."""
    metas = "".join(f'<meta name="{rnd.choice(METAS)}" content="{_text(rnd)}">' for _ in range(rnd.randrange(6)))
    scripts = "".join(f'<script type="application/ld+json">{_json(rnd)}</script>' for _ in range(rnd.randrange(3)))
    links = "".join(f'<a href="{rnd.choice(LINKS)}" rel="next tag">{rnd.choice(LABELS)}</a>' for _ in range(4))
    page = (
        f'<html lang="{_text(rnd)}"><head><meta charset="{rnd.choice(CHARSETS)}"><title>{_text(rnd)}</title>{metas}'
        f'{scripts}<link rel="canonical" href="{rnd.choice(LINKS)}"></head><body><article><h1>{_text(rnd)}</h1>'
        f'<div class="byline">{_text(rnd)}</div><time datetime="{rnd.choice(DATES)}">{rnd.choice(DATES)}</time>'
        f"<p>The council of the valley met and spoke at length.</p>{links}<p>{_text(rnd)}</p></article>{links}</body>"
    )
    return page.encode("utf-8", "surrogatepass")


def _text(rnd: random.Random) -> str:
    odd = "".join(chr(rnd.randrange(1, 0x3100)) for _ in range(rnd.randrange(12)))
    return rnd.choice((*DATES, *LINKS, *WORDS, *LABELS, odd, "&amp;#" + "1" * 5000 + ";"))


def _json(rnd: random.Random) -> str:
    if rnd.random() < 0.1:
        return rnd.choice(('{"@graph":', "[", '{"a":')) * rnd.choice((50, 900, 3000))
    return json.dumps(_value(rnd, 0)).replace("</", "<\\/")


def _value(rnd: random.Random, depth: int) -> Any:
    pick = rnd.random()
    if depth == 0 or (pick < 0.35 and depth < 4):
        found = {rnd.choice(KEYS): _value(rnd, depth + 1) for _ in range(rnd.randrange(8))}
        return {"@type": rnd.choice(TYPES), **found} if depth == 0 or pick < 0.2 else found
    if pick < 0.5 and depth < 4:
        return [_value(rnd, depth + 1) for _ in range(rnd.randrange(4))]
    return rnd.choice(
        (None, True, False, 0, -1, 10**400, 1e308, float("nan"), float("inf"), _text(rnd), _text(rnd), _text(rnd))
    )


def _listing(rnd: random.Random) -> bytes:
    """A feed, a sitemap, a robots.txt or a page of links."""
    links = [rnd.choice(LINKS) for _ in range(rnd.randrange(1, 6))]
    dates = [rnd.choice(DATES) for _ in links]
    pairs = list(zip(links, dates, strict=True))
    text = rnd.choice((
        "<rss><channel>" + "".join(f"<item><link>{a}</link><pubDate>{d}</pubDate></item>" for a, d in pairs) + "</channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>" + "".join(f"<entry><link href='{a}'/><updated>{d}</updated></entry>" for a, d in pairs),
        "<urlset>" + "".join(f"<url><loc>{a}</loc><lastmod>{d}</lastmod></url>" for a, d in pairs) + "</urlset>",
        "<sitemapindex>" + "".join(f"<sitemap><loc>{a}</loc></sitemap>" for a in links),
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": a, "date_published": d} for a, d in pairs]}),
        json.dumps([{"version": "https://jsonfeed.org/version/1.1"}])[1:-1] + "[" * 3000,
        "\n".join(f"Sitemap: {a}" for a in links),
        "".join(f"<div class=card><h2><a href='{a}'>The council met again in the valley</a></h2><time>{d}</time></div>" for a, d in pairs),
    ))  # fmt: skip
    return text.encode("utf-8", "surrogatepass")


def _mutated(rnd: random.Random, body: bytes) -> bytes:
    at, to = sorted((rnd.randrange(len(body) + 1), rnd.randrange(len(body) + 1)))
    to = min(to, at + 200)
    return rnd.choice((
        lambda: body[:at] + rnd.choice(MARKUP) + body[at:],
        lambda: body[:at] + rnd.choice(MARKUP) * 50 + body[at:],
        lambda: body[:at] + body[to:],
        lambda: body[:to] + body[at:],
        lambda: body[:at] + rnd.randbytes(4) + body[at:],
        lambda: body[:at] + rnd.choice(LINKS + DATES).encode("utf-8", "surrogatepass") + body[to:],
    ))()  # fmt: skip


def check(one: Case) -> list[str]:
    """What is wrong with what reads a page: nothing."""
    wrong: list[str] = []
    for name, read in _readers(one):
        try:
            read()
        except Exception as error:
            if name in LISTINGS and isinstance(error, ValueError):
                continue  # the spider reports it, and the listing is a failed one
            wrong.append(f"{name}: {traceback.format_exc(limit=-3)}")
    return wrong


#: Readers of listings, which say by ``ValueError`` that one cannot be read.
LISTINGS = ("listing", "unzip", "robots.txt")


def _readers(one: Case) -> Iterator[tuple[str, Callable[[], object]]]:
    publisher = by_url(one.url)
    yield "extract_article", lambda: _article(one)
    if publisher is not GENERIC:
        yield "extract_article generic", lambda: extract_article(one.body, one.url, one.headers, "generic", NOW)
    page = Page(one.body, one.url, one.headers)
    site, asked = site_at(publisher, one.url), Asked(one.url, listed=False)
    yield "links", lambda: site.links(page, "world")
    yield "next_pages", lambda: list(site.next_pages(page, "world", 1))
    yield "feeds", lambda: site.feeds(page, "world")
    yield "verdict", lambda: site.read(one.body, one.url, one.headers or {}, asked, NOW)
    yield "claims_article", lambda: claims_article(page)
    yield "is_html", lambda: is_html(one.body)
    yield "unzip", lambda: unzip(one.body, 1_000_000)
    yield "listing", lambda: listings.read(Answer(one.body, one.url, one.headers), site).next
    yield "robots.txt", lambda: robots.read(Answer(one.body, one.url), site)


def _article(one: Case) -> None:
    made = extract_article(one.body, one.url, one.headers, None, NOW)
    line = json.dumps(made.to_dict(), ensure_ascii=False).encode("utf-8")
    report = _check(line)
    assert not report, report


@cache
def _checker() -> Checker:
    return Checker()


def _check(line: bytes) -> list[str]:
    """What is wrong with an article's line: nothing but that it has no headline or body, or an address that is none.

    A crawl writes none without them; addresses are given as pages write them.
    """
    report = _checker().check(io.BytesIO(line + b"\n"), "page")
    faults = [one for one in report.first if not one.warning and one.field not in ("headline", "body")]
    return [str(one) for one in faults if not one.message.endswith('is not a "iri"')]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--pages", 2000), ("--seed", 1), ("--first", 0)):
        parser.add_argument(name, type=int, default=default)
    opts = parser.parse_args()
    logging.disable(logging.CRITICAL)
    seen: Counter[str] = Counter()
    for number in range(opts.first, opts.first + opts.pages):
        for wrong in check(case(opts.seed, number)):
            seen[wrong] += 1
            if seen[wrong] == 1:
                print(f"page {number}: {wrong}", flush=True)
    print(f"{opts.pages} pages, {seen.total()} faults of {len(seen)} sorts")
    sys.exit(bool(seen))


if __name__ == "__main__":
    main()
