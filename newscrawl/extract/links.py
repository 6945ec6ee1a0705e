"""Where a section leads: the cards of its listing pages, and the entries of feeds and sitemaps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from newscrawl.extract.cards import Link, discover
from newscrawl.extract.css import Element
from newscrawl.extract.dates import unlabelled
from newscrawl.extract.page import Page
from newscrawl.extract.text import spaced_text_of
from newscrawl.publishers.addresses import Site

_PROLOGUE = re.compile(rb"\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL)
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)\b")
_CARD_DEPTH = 6  # elements between a card and its link or date
_AROUND = ("nav", "footer", "aside", "header")


def cards(page: Page, site: Site, section: str) -> list[Link]:
    """The section's articles on a listing page, each once, in the page's order.

    Links on cards and headings count; on a page that has none of these, all links do. Where nobody has described
    the addresses of articles, the page itself tells (:func:`newscrawl.extract.cards.discover`).
    """
    if site.learns:
        return discover(page, site, section)
    rules = (*site.publisher.rules.get("card", ()), "h1", "h2", "h3", "h4")
    boxes = set(page.tree.select_all(rules))
    on_cards: dict[str, tuple[str, Element]] = {}
    anywhere: dict[str, tuple[str, Element]] = {}
    for a in page.root.iter("a"):
        url = site.url(a.get("href") or "", page.base) if a.get("href") else None
        if url is None or not site.is_article(url, section):
            continue
        around = [a, *a.iterancestors()]
        if any(e.tag in _AROUND for e in around):
            continue
        key = site.key(url)
        anywhere.setdefault(key, (url, a))
        if any(e in boxes for e in around) or any(e.tag in ("h1", "h2", "h3", "h4") for e in a.iterdescendants()):
            on_cards.setdefault(key, (url, a))
    links = on_cards or anywhere
    dates = _card_dates(page, site, {a: key for key, (_, a) in anywhere.items()} if links else {})
    return [Link(url, dates.get(key, "")) for key, (url, _) in links.items()]


def _card_dates(page: Page, site: Site, keys: dict[Element, str]) -> dict[str, str]:
    """The date that each article's card shows: of a date and a link in one box, no other link there."""
    boxes: dict[Element, set[str]] = {}
    for link, key in keys.items():
        for box in islice(link.iterancestors(), _CARD_DEPTH):
            boxes.setdefault(box, set()).add(key)
    found: dict[str, str] = {}
    for element in page.tree.select_all(site.publisher.rules.get("card_date", ())):
        around = (boxes[box] for box in islice(element.iterancestors(), _CARD_DEPTH) if box in boxes)
        nearest = next(around, set())
        if len(nearest) == 1 and (date := unlabelled(spaced_text_of(element)[:200], site.publisher)):
            found.setdefault(next(iter(nearest)), date)
    return found


def unzip(body: bytes, limit: int) -> bytes:
    """A feed's or sitemap's text, unzipped if need be.

    Raises ``ValueError`` for one that is damaged or larger than ``limit`` bytes.
    """
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        return gunzip(body, max_size=limit)
    except Exception as error:
        raise ValueError(f"damaged, or more than {limit} bytes unzipped") from error


def kind(body: bytes) -> str:
    """What an answer is: ``rss``, ``feed`` (Atom), ``json`` (JSON Feed), ``urlset``, ``sitemapindex``, or ``html``."""
    head = body[:5000].removeprefix(b"\xef\xbb\xbf")
    if head.lstrip().startswith(b"{") and b"jsonfeed.org/version" in head:
        return "json"
    position = 0
    while prologue := _PROLOGUE.match(head, position):
        position = prologue.end()
    match = _ROOT.match(head, position)
    return {"RDF": "rss"}.get(name := match[1].decode(), name) if match else "html"


def entries(body: bytes, site: Site) -> list[Link]:
    """The addresses in a feed, a sitemap or a sitemap index, in its order; other hosts' left out.

    Raises ``ValueError`` for one that cannot be read.
    """
    try:
        found = _listed(body)
    except (etree.LxmlError, AttributeError) as error:  # the latter of a sitemap without a root
        raise ValueError("no XML that can be read") from error
    _move(site, [address for address, _ in found])
    links = ((site.url(address), date) for address, date in found if address)
    return [Link(url, date) for url, date in links if url]


def _listed(body: bytes) -> list[tuple[str, str]]:
    """Addresses and dates, as written."""
    answer = kind(body)
    if answer in ("urlset", "sitemapindex"):
        return [
            (entry.get("loc", ""), entry.get("publication_date") or entry.get("lastmod", "")) for entry in Sitemap(body)
        ]
    if answer == "json":
        return list(_items(body))
    root = etree.fromstring(body, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    return [] if root is None else [_entry(e) for e in root.iter("{*}item", "{*}entry")]


def _move(site: Site, addresses: list[str]) -> None:
    """Where all that is listed is on one other host of the site's domain, the articles are there."""
    hosts = {urlsplit(address).netloc for address in addresses} if site.learns else set()
    if len(hosts) == 1 and site.is_sibling(host := hosts.pop()) and site.url(addresses[0]) is None:
        site.move(host)


def _items(body: bytes) -> Iterator[tuple[str, str]]:
    """The items of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    try:
        items = json.loads(body)["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and isinstance(address := item.get("url"), str):
            yield address, str(item.get("date_modified") or item.get("date_published") or "")


def sitemaps(body: bytes, site: Site) -> list[str]:
    """The sitemaps that a robots.txt names (RFC 9309, 2.2.4), news sitemaps first; other hosts' left out."""
    lines = re.findall(r"^\s*sitemap:\s*(\S+)", body.decode("utf-8", "replace"), re.IGNORECASE | re.MULTILINE)
    urls = list(dict.fromkeys(url for line in lines if (url := site.url(line))))
    return sorted(urls, key=lambda url: "news" not in url)


def _entry(entry: Element) -> tuple[str, str]:
    address = date = ""
    for child in entry:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        text = (child.text or "").strip()
        if name == "link" and not address and child.get("rel", "alternate") == "alternate":
            address = text or child.get("href", "")
        elif name in ("pubDate", "published", "updated", "date"):
            date = date or text
    return address, date
