"""A small server for the edition, on a free port of the loopback interface."""

from __future__ import annotations

import gzip
from datetime import UTC
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

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
    """Every answer of the server on a day: content type and body by path."""
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


class _Handler(BaseHTTPRequestHandler):
    protocol_version, wbufsize = "HTTP/1.1", -1  # one packet an answer
    day = 1

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        content_type, body = site(self.day).get(path, ("", b""))
        name, value = validators(self.day).get(path, ("", ""))
        asked = self.headers.get({"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}.get(name, ""), "")
        status = 404 if not content_type else 304 if value and asked == value else 200
        self.send_response(status)
        if name:
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", content_type or _HTML)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the crawl's own log tells."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # with the default of 5, connections wait a second to be tried again


def serve(day: int = 1) -> str:
    """Serve the edition of a day until the process ends; the address of its section."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"day": day}))
    Thread(target=server.serve_forever, name="demo", daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/world-news"
