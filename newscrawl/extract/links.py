"""Where a section leads: the cards of its listing pages, and the entries of feeds and sitemaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from newscrawl.extract.css import Element
from newscrawl.extract.dates import unlabelled
from newscrawl.extract.page import Page
from newscrawl.extract.text import spaced_text_of
from newscrawl.publishers.addresses import Site

_PROLOGUE = re.compile(rb"\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL)
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)\b")
_CARD_DEPTH = 6  # elements between a card and its link or date
_AROUND = ("nav", "footer", "aside", "header")


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a listing, feed or sitemap gives, with the date it shows, unread."""

    url: str
    date: str = ""


def cards(page: Page, site: Site, section: str) -> list[Link]:
    """The section's articles on a listing page, each once, in the page's order.

    Links on cards and headings count; on a page that has none of these, all links do.
    """
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


def next_page(page: Page, site: Site) -> str | None:
    """The address that a listing page itself calls its next one."""
    for css in ("link[rel~=next]", "a[rel~=next]"):
        for element in page.tree.select(css):
            url = site.url(element.get("href") or "", page.base)
            if url:
                return url
    return None


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
    """What an answer is: ``rss``, ``feed`` (Atom), ``urlset``, ``sitemapindex``, or ``html``."""
    head = body[:5000].removeprefix(b"\xef\xbb\xbf")
    position = 0
    while prologue := _PROLOGUE.match(head, position):
        position = prologue.end()
    match = _ROOT.match(head, position)
    return {"RDF": "rss"}.get(name := match[1].decode(), name) if match else "html"


def entries(body: bytes, site: Site) -> list[Link]:
    """The addresses in a feed, a sitemap or a sitemap index, in its order; other hosts' left out."""
    if kind(body) in ("urlset", "sitemapindex"):
        found = [
            (entry.get("loc", ""), entry.get("publication_date") or entry.get("lastmod", "")) for entry in Sitemap(body)
        ]
    else:
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        root = etree.fromstring(body, parser)
        found = [] if root is None else [_entry(e) for e in root.iter("{*}item", "{*}entry")]
    links = ((site.url(address), date) for address, date in found if address)
    return [Link(url, date) for url, date in links if url]


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
