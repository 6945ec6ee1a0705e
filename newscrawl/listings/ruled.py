"""Which links of a listing page are its articles, by a publisher's description."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from newscrawl.addresses.site import Site
from newscrawl.extract.css import Element
from newscrawl.extract.dates import unlabelled
from newscrawl.extract.elements import spaced_text_of
from newscrawl.extract.page import Page
from newscrawl.listings.cards import links_of
from newscrawl.listings.listing import Link

_CARD_DEPTH = 6  # elements between a card and its link or date
_LONGEST_DATE = 200  # characters of an element that shows a date
_AROUND = ("nav", "footer", "aside", "header")
_HEADINGS = ("h1", "h2", "h3", "h4")


def ruled_cards(page: Page, site: Site, section: str) -> list[Link]:
    """The section's articles on a listing page, each once, in the page's order.

    Links on cards and headings count; on a page that has none of these, all links do.
    """
    boxes = set(page.tree.select_all((*site.publisher.rules.get("card", ()), *_HEADINGS)))
    on_cards: dict[str, str] = {}
    anywhere: dict[str, str] = {}
    keys: dict[Element, str] = {}
    for a, url in _article_links(page, site, section):
        key = site.key(url)
        if key not in anywhere:
            anywhere[key], keys[a] = url, key
        if key not in on_cards and _is_on_card(a, boxes):
            on_cards[key] = url
    dates = _card_dates(page, site, keys) if keys else {}
    return [Link(url, dates.get(key, "")) for key, url in (on_cards or anywhere).items()]


def _article_links(page: Page, site: Site, section: str) -> Iterator[tuple[Element, str]]:
    """The links to the section's articles that stand outside of menus."""
    for a in links_of(page):
        url = site.url(a.get("href"), page.base)
        if url and site.is_article(url, section) and not any(e.tag in _AROUND for e in (a, *a.iterancestors())):
            yield a, url


def _is_on_card(a: Element, boxes: set[Element]) -> bool:
    return any(e in boxes for e in (a, *a.iterancestors())) or any(e.tag in _HEADINGS for e in a.iterdescendants())


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
        if len(nearest) == 1 and (date := unlabelled(spaced_text_of(element)[:_LONGEST_DATE], site.publisher)):
            found.setdefault(next(iter(nearest)), date)
    return found
