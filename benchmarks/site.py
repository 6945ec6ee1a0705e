"""A fast local site in the publisher's layout, made up as it is asked for.

    python -m benchmarks.site --articles 1000        # serves until it is stopped; prints its address
    python -m benchmarks.site --real                 # pages of 170 KB, as large as the publisher's (benchmarks.bigpage)
    python -m benchmarks.site --folder PAGES         # saved pages (benchmarks.saved), compressed as sites send them

Articles are numbered; one more is published each minute, so that number, date, id and address tell
each other. The site shows the newest ``articles`` of them, ``PER_PAGE`` on a listing page, all in its
sitemaps. Text is invented, and the same for a number at any time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import re
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import blake2b
from pathlib import Path
from random import Random

PER_PAGE = 20
PER_SITEMAP = 50_000  # https://www.sitemaps.org/protocol.html#index
IST = timezone(timedelta(hours=5, minutes=30))
EPOCH = datetime(2024, 12, 30, tzinfo=IST)  # when article 0 was published
MINUTE = timedelta(minutes=1)
FAULTS = ("error", "reset", "truncated", "slow")
_SLOW = 0.4  # seconds that a slow answer takes
_REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found", 503: "Service Unavailable"}
_ARTICLE = re.compile(r"/world-news/[a-z-]+1(\d{6})0(\d{4})_1\.html")
_LISTING = re.compile(r"/world-news(?:/page-(\d+))?")
_SITEMAP = re.compile(r"/sitemap-(\d+)\.xml")

_WHO = "minister engineer farmer captain teacher surveyor baker judge doctor pilot weaver keeper editor miner".split()
_DID = "opened closed measured repaired counted lost sold promised painted moved delayed found praised doubted".split()
_WHAT = "harbour bridge market railway library mill reservoir bakery lighthouse archive ferry orchard tunnel".split()
_HOW = "quietly,early,again,twice,at noon,without notice,in the rain,for a year,by hand,with great care".split(",")
_WHERE = "Ordan Maro Serin Pelu Astmark Veldin Torrin Halsey Brenn Ostrava Quell Narva Ilmen Dorne Kesh Lorn".split()


def _sentences() -> list[str]:
    rng = Random(1)
    return [
        f"The {rng.choice(_WHO)} of {rng.choice(_WHERE)} {rng.choice(_DID)} the {rng.choice(_WHAT)} {rng.choice(_HOW)}"
        f" and the {rng.choice(_WHO)} {rng.choice(_DID)} {rng.randrange(2, 900)} more {rng.choice(_HOW)}."
        for _ in range(2000)
    ]


SENTENCES = _sentences()
_NAV = '<nav><a href="/">Home</a><a href="/markets">Markets</a><a href="/world-news">World News</a></nav>'
_AD = '<div class="storyadsprg"><div id="between_article_content_1">Advertisement</div></div>'
_OFFER = (
    '<div class="subscribe-page"><div>Already subscribed? Log in</div><div>Smart Quarterly</div><div>₹900</div>'
    "<div>SAVE 25%</div><div>Renews automatically, cancel anytime</div></div>"
)


def published(number: int) -> datetime:
    """When an article was published."""
    return EPOCH + number * MINUTE


def path(number: int) -> str:
    """An article's path. Its id is 1YYMMDDNNNNN, here with the minute of the day."""
    date = published(number)
    slug = f"{_WHAT[number % len(_WHAT)]}-of-{_WHERE[number % len(_WHERE)].lower()}-{_DID[number % len(_DID)]}"
    return f"/world-news/{slug}-1{date:%y%m%d}{date.hour * 60 + date.minute:05d}_1.html"


def headline(number: int) -> str:
    """An article's headline, its own."""
    where, what, did = _WHERE[number % len(_WHERE)], _WHAT[number % len(_WHAT)], _DID[number % len(_DID)]
    return f"{where}: the {what} was {did}, no. {number}"


def _moment(number: int) -> str:
    return f"{published(number):%b %d %Y | %-I:%M %p} IST"


@dataclass
class Site:
    """The site: articles ``newest - articles`` to ``newest - 1``, each page of about ``size`` bytes, or ``real``.

    ``faults`` gives the share of the answers that have each of ``FAULTS``; an answer's fate follows from
    these, its path and how often that was asked for. robots.txt is always well.
    """

    articles: int
    newest: int = 0
    size: int = 8000
    etags: bool = False
    faults: dict[str, float] = field(default_factory=dict)
    real: bool = False
    saved: dict[str, bytes] = field(default_factory=dict)  # path to page, compressed; in place of the invented ones
    origin: str = ""  # where it is served
    first: float = 0.0  # when the first request came, by time.monotonic()
    counts: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.newest = self.newest or self.articles
        self.oldest = self.newest - self.articles

    def answer(self, target: str, validator: str = "") -> tuple[int, str, bytes, str]:
        """Status, content type, body and ETag."""
        if target in self.saved:
            self.counts["articles"] += 1
            return 200, "text/html; charset=utf-8", self.saved[target], ""
        if match := _ARTICLE.fullmatch(target):
            day = datetime.strptime(match[1], "%y%m%d").replace(tzinfo=IST)
            number = (day - EPOCH) // MINUTE + int(match[2])
            if self.oldest <= number < self.newest and path(number) == target:
                self.counts["articles"] += 1
                etag = f'"{number:x}"' if self.etags else ""
                if etag and validator == etag:
                    return 304, "", b"", etag
                return 200, "text/html; charset=utf-8", self.page(number), etag
        elif match := _LISTING.fullmatch(target):
            page = int(match[1] or 1)
            if 1 <= page <= math.ceil(self.articles / PER_PAGE):
                return 200, "text/html; charset=utf-8", self.listing(page).encode(), ""
        elif target == "/sitemap.xml" and self.saved:
            return 200, "application/xml", _urlset(self.origin + place for place in self.saved).encode(), ""
        elif target == "/sitemap.xml" and self.real and self.articles <= PER_SITEMAP:
            return 200, "application/xml", self.sitemap(1).encode(), ""
        elif target == "/sitemap.xml":
            return 200, "application/xml", self.sitemaps().encode(), ""
        elif match := _SITEMAP.fullmatch(target):
            return 200, "application/xml", self.sitemap(int(match[1])).encode(), ""
        elif target == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /charts\n", ""
        elif target == "/-/counts":
            return 200, "application/json", json.dumps(self.counts).encode(), ""
        elif target == "/-/first":  # and forget it: the next request is the next run's first
            first, self.first = self.first, 0.0
            return 200, "application/json", json.dumps(first).encode(), ""
        return 404, "text/plain", b"not found", ""

    def page(self, number: int) -> bytes:
        """An article's page, encoded."""
        if not self.real:
            return self.article(number).encode()
        from benchmarks import bigpage  # which takes its stories from here

        following = number - 1 if number > self.oldest else self.newest - 1
        return bigpage.page(number, following, range(max(self.oldest, number - 7), number - 2))

    def article(self, number: int) -> str:
        """An article's page."""
        rng = Random(number)
        title, iso, where = headline(number), published(number).isoformat(), _WHERE[number % len(_WHERE)]
        dek = rng.choice(SENTENCES)
        count = max(3, (self.size - 3100) // 101)  # sentences, each with its share of the paragraphs' tags
        text = rng.choices(SENTENCES, k=count)
        parts = [" ".join(text[i : i + 3]) for i in range(0, count, 3)]
        parts[0] = f"{where} noted case {number} on {published(number):%B %d}. {parts[0]}"
        body = "</div>\n<div>".join(parts)
        following = path(number - 1 if number > self.oldest else self.newest - 1)
        more = "".join(
            f'<li><a href="{path(other)}">{headline(other)}</a></li>'
            for other in range(max(self.oldest, number - 7), number - 2)
        )
        node = (
            f'{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{title}",'
            f' "datePublished": "{iso}", "dateModified": "{iso}", "isAccessibleForFree": true}}'
        )
        return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | World News</title>
<meta property="og:image" content="https://bsmedia.business-standard.com/{number}.jpg">
<meta property="article:published_time" content="{iso}">
<script type="application/ld+json">{node}</script></head><body>{_NAV}
<div class="breadcrum"><a href="/">Home</a> / <a href="/world-news">World News</a> / <span>{title}</span></div>
<h1 class="MainStory_stryhdtp__Pe3ys stryhdtp">{title}</h1><h2 class="MainStory_strydsc__dfq57 strydsc">{dek}</h2>
<div class="story-image"><img src="https://bsmedia.business-standard.com/{number}.jpg" alt="">
<div class="MainStory_captiontext__z9">The {_WHAT[number % len(_WHAT)]} on the day. Photo: Edition.</div></div>
<span class="MainStory_dtlauthinfo__k9"><a href="/author/x">Edition Wire</a>
<span style="color:#888">{where}</span></span>
<div class="meta-info"><span>3 min read</span> Last Updated : {_moment(number)}</div>
<div class="MainStory_storycontent__x0Lm2 storycontent"><div id="parent_top_div">
<div>{body}</div>{_AD}{_OFFER}</div></div>
<div><h3>More From This Section</h3><ul>{more}</ul></div>
<div class="MainStory_topiclisting__m3">Topics :<span>{where}</span><span>Harbours</span></div>
<div>First Published: <!-- -->{_moment(number)}</div><div>Explore News</div>
<a href="{following}"><span>Next Story</span></a>
</body></html>"""

    def listing(self, page: int) -> str:
        """Page ``page`` (1, 2, …) of the section, newest first."""
        first = self.newest - 1 - (page - 1) * PER_PAGE
        cards = "".join(
            '<div class="listingstyle_cardlistlist__dfq57 cardlist"><div class="image-card"><div class="image-title">'
            f'<h2><a class="smallcard-title" href="{path(n)}">{headline(n)}</a></h2></div></div>'
            '<div class="MetaPost_metapost__dt07I metapoststyle"><div class="MetaPost_metainfo__MmNP0">3 min read'
            f" <!-- --> Last Updated : <!-- -->{_moment(n)[:-4]}<!-- --> IST</div></div></div>"
            for n in range(first, max(self.oldest - 1, first - PER_PAGE), -1)
        )
        return f"<!DOCTYPE html><html lang=en><head><title>World News</title></head><body>{_NAV}{cards}</body></html>"

    def sitemaps(self) -> str:
        """The index of the sitemaps."""
        maps = "".join(
            f"<sitemap><loc>https://www.business-standard.com/sitemap-{n + 1}.xml</loc></sitemap>"
            for n in range(math.ceil(self.articles / PER_SITEMAP))
        )
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'

    def sitemap(self, page: int) -> str:
        """One sitemap, newest first."""
        first = self.newest - 1 - (page - 1) * PER_SITEMAP
        numbers = range(first, max(self.oldest - 1, first - PER_SITEMAP), -1)
        return _urlset(f"https://www.business-standard.com{path(n)}" for n in numbers)

    def fault(self, target: str) -> str:
        """What befalls this answer: one of ``FAULTS``, or nothing."""
        if not self.faults or target == "/robots.txt" or target.startswith("/-/"):
            return ""
        self.asked[target] += 1
        names = " ".join(self.faults)
        fate = blake2b(f"{names} {target} {self.asked[target]}".encode(), digest_size=8).digest()
        left = int.from_bytes(fate) / 2**64
        for name, share in self.faults.items():
            left -= share
            if left < 0:
                self.counts[name] += 1
                return name
        return ""


def _urlset(addresses: Iterable[str]) -> str:
    urls = "".join(f"<url><loc>{url}</loc></url>" for url in addresses)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


class _Connection(asyncio.Protocol):
    def __init__(self, site: Site):
        self.site = site
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self._answer(head.decode("latin-1").split("\r\n"))

    def _answer(self, lines: list[str]) -> None:
        target = lines[0].split(" ")[1]
        named = dict(line.lower().split(": ", 1) for line in lines[1:])
        if not target.startswith("/-/"):
            self.site.counts["requests"] += 1
            self.site.first = self.site.first or time.monotonic()
        fault = self.site.fault(target)
        if fault == "reset":
            self.transport.abort()
            return
        status, kind, body, etag = self.site.answer(target, named.get("if-none-match", ""))
        if fault == "error":
            status, kind, body, etag = 503, "text/plain", b"busy", ""
        head = f"HTTP/1.1 {status} {_REASONS[status]}\r\n" + (f"ETag: {etag}\r\n" if etag else "")
        if status != 304:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        if target in self.site.saved:
            head += "Content-Encoding: gzip\r\n"
        whole = head.encode() + b"\r\n" + body
        if fault == "truncated":
            self.transport.write(whole[: len(whole) - len(body) // 2])
            self.transport.close()
        elif fault == "slow":
            self._trickle(whole, 0)
        else:
            self.transport.write(whole)

    def _trickle(self, whole: bytes, step: int, steps: int = 8) -> None:
        if step < steps and not self.transport.is_closing():
            part = math.ceil(len(whole) / steps)
            self.transport.write(whole[step * part : (step + 1) * part])
            asyncio.get_running_loop().call_later(_SLOW / steps, self._trickle, whole, step + 1)


async def serve(site: Site, port: int = 0, hosts: int = 1) -> None:
    """Serve a site on the loopback interface until cancelled, and print its origin.

    More ``hosts`` than one are 127.0.0.2 and so on, on the same port (on Linux).
    """
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(site), "127.0.0.1", port)
    port = server.sockets[0].getsockname()[1]
    for number in range(2, hosts + 1):
        await loop.create_server(lambda: _Connection(site), f"127.0.0.{number}", port)
    site.origin = f"http://127.0.0.1:{port}"
    print(site.origin, flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--newest", type=int, default=0, help="number after the newest article's; default: articles")
    parser.add_argument("--size", type=int, default=8000, help="bytes of an article's page, about")
    parser.add_argument("--real", action="store_true", help="pages of 170 KB as cluttered as the publisher's")
    parser.add_argument("--etags", action="store_true", help="send ETag, and answer 304")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--hosts", type=int, default=1, help="addresses to answer at, from 127.0.0.1")
    parser.add_argument("--folder", type=Path, help="a folder of saved pages in place of the invented ones")
    for name in FAULTS:
        parser.add_argument(f"--{name}", type=float, default=0.0, help="share of the answers, 0 to 1")
    options = parser.parse_args()
    faults = {name: getattr(options, name) for name in FAULTS if getattr(options, name)}
    site = Site(options.articles, options.newest, options.size, options.etags, faults, options.real)
    if options.folder:
        from benchmarks import saved

        site.saved = saved.compressed(options.folder, options.articles)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(site, options.port, options.hosts))


if __name__ == "__main__":
    main()
