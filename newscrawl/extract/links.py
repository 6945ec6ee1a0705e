"""Where a section leads: the cards of its listing pages, and the entries of feeds and sitemaps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from newscrawl.extract.css import Element, select, select_all
from newscrawl.extract.dates import unlabelled
from newscrawl.extract.page import Page
from newscrawl.extract.text import text_of
from newscrawl.publishers.addresses import Site

_XML = re.compile(
    rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<\?[^>]*>|\s)*<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)\b", re.DOTALL
)
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
    boxes = set(select_all(page.root, rules))
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
    return [Link(url, _card_date(a, site)) for url, a in (on_cards or anywhere).values()]


def _card_date(link: Element, site: Site) -> str:
    """The date on the card that holds a link, ``""`` where the card shows none."""
    for box in link.iterancestors():
        dates = list(select_all(box, site.publisher.rules.get("card_date", ())))
        if not dates and box.tag not in ("body", "main", "html"):
            continue
        urls = (site.url(a.get("href") or "") for a in box.iter("a"))
        if len({site.key(url) for url in urls if url and site.is_article(url)}) != 1 or not dates:
            return ""
        return unlabelled(text_of(dates[0]), site.publisher)
    return ""


def next_page(page: Page, site: Site) -> str | None:
    """The address that a listing page itself calls its next one."""
    for css in ("link[rel~=next]", "a[rel~=next]"):
        for element in select(page.root, css):
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
    match = _XML.match(body[:5000].removeprefix(b"\xef\xbb\xbf"))
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
