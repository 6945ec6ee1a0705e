"""Where a section leads: the cards of its listing pages, and the entries of feeds and sitemaps."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from scrapy.utils.sitemap import sitemap_urls_from_robots

from newscrawl.addresses.site import Site
from newscrawl.bounded import ROBOTS_BYTES
from newscrawl.extract.css import Element
from newscrawl.extract.dates import unlabelled
from newscrawl.extract.elements import spaced_text_of
from newscrawl.extract.page import Page
from newscrawl.listings.cards import Link, discover, links_of
from newscrawl.listings.entries import kind, read, unzip

_CARD_DEPTH = 6  # elements between a card and its link or date
_AROUND = ("nav", "footer", "aside", "header")


def cards(page: Page, site: Site, section: str) -> list[Link]:
    """The section's articles on a listing page, each once, in the page's order.

    Links on cards and headings count; on a page that has none of these, all links do. Where nobody has described
    the addresses of articles, the page itself tells (:func:`newscrawl.listings.cards.discover`).
    """
    if site.learns:
        return discover(page, site, section)
    rules = (*site.publisher.rules.get("card", ()), "h1", "h2", "h3", "h4")
    boxes = set(page.tree.select_all(rules))
    on_cards: dict[str, tuple[str, Element]] = {}
    anywhere: dict[str, tuple[str, Element]] = {}
    for a in links_of(page):
        url = site.url(a.get("href"), page.base)
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


class Listed(NamedTuple):
    """What a feed, sitemap or sitemap index lists; and why it was not read to its end, if it was not."""

    links: list[Link]
    cut: str = ""


def entries(body: bytes, site: Site) -> Listed:
    """The addresses in a feed, a sitemap or a sitemap index, in its order; other hosts' left out."""
    found, cut = read(body, kind(body))
    _move(site, [address for address, _ in found])
    links = ((site.url(address), date) for address, date in found if address)
    return Listed([Link(url, date) for url, date in links if url], cut)


def _move(site: Site, addresses: list[str]) -> None:
    """Where all that is listed is on one other host of the site's domain, the articles are there."""
    hosts = {urlsplit(address).netloc for address in addresses} if site.learns else set()
    if len(hosts) == 1 and site.is_sibling(host := hosts.pop()) and site.url(addresses[0]) is None:
        site.move(host)


def sitemaps(body: bytes, site: Site) -> list[str]:
    """The sitemaps that a robots.txt names (RFC 9309, 2.2.4), news sitemaps first; other hosts' left out.

    Raises ``ValueError`` for one that cannot be unzipped.
    """
    robots = unzip(body, ROBOTS_BYTES)
    lines = (line.split() for line in sitemap_urls_from_robots(robots))
    urls = list(dict.fromkeys(url for line in lines if line and (url := site.url(line[0]))))
    return sorted(urls, key=lambda url: "news" not in url)
