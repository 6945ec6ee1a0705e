"""Where a listing goes on: what its page calls the next one, in whatever language; its feeds."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from newscrawl.addresses import forms
from newscrawl.addresses.site import Site
from newscrawl.extract.css import Element
from newscrawl.extract.elements import text_of
from newscrawl.extract.page import Page
from newscrawl.extract.wording import NEXT
from newscrawl.listings.cards import MOST_LINKS
from newscrawl.text.spaces import clean

_ARROWS = "→›»>❯▶⟩➔➜⇒⏵←‹«<❮ +:…."
#: An arrow alone; "«" and "‹" lead back.
_ARROW = re.compile(r"(?:→|›|»|>|>>|❯|▶|⟩|➔|➜|⇒|⏵)")
_ADDRESSES = ("href", "data-href", "data-url", "data-next", "data-next-url", "data-load-url")
_MOST_FEEDS = 5  # of a page, of which one or two are the section's
_LONGEST_WORDS = 40  # characters of what a link to the next page is called
_NUMBER = re.compile(r"\d+")
_NUMBERED = re.compile(
    r"(?:(?:go to )?(?:page|seite|pagina|página|strona|strana|stránka|sida|side|sayfa|страница|trang|halaman"
    r"|第|पृष्ठ|पेज)?\s*)"
    r"(\d{1,4})\s*(?:페이지|ページ|ページ目|页|頁)?",
    re.IGNORECASE,
)
_FEED = re.compile(r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|json)", re.IGNORECASE)
#: What is called an alternate and is no feed of articles.
_NO_FEED = re.compile(r"comment|kommentar|oembed|wp-json", re.IGNORECASE)


def next_page(page: Page, site: Site, number: int = 1, read: Container[str] = ()) -> str | None:
    """The address of the page after listing page ``number``, as the page itself has it; never one that was ``read``.

    By ``rel=next``, by what a link is called, by the following number or an arrow.
    """
    own = site.url(page.url) or page.url
    for way in _ways(page, forms.page_number(own) or number):
        for address in filter(None, map(way.element.get, way.attributes)):
            url = site.url(address, page.base)
            if url and url != own and url not in read and (way.is_certain or _goes_on(url, own)):
                return url
    return None


class _Way(NamedTuple):
    """An element that may lead on, where its address is, and whether nothing else can be meant."""

    element: Element
    attributes: tuple[str, ...]
    is_certain: bool


def _ways(page: Page, number: int) -> Iterator[_Way]:
    """What may lead to the page after page ``number``, the best first."""
    for css in ("link[rel~=next]", "a[rel~=next]"):
        yield from (_Way(element, ("href",), True) for element in page.tree.select(css))
    all_links = (element for element in page.root.iter("a", "button") if any(map(element.get, _ADDRESSES)))
    words = {element: _words(element) for element in islice(all_links, MOST_LINKS)}
    for leads_on in (_is_next, partial(_is_number, number + 1), _ARROW.fullmatch):
        for element, texts in words.items():
            if any(map(leads_on, texts)):
                yield _Way(element, _ADDRESSES, False)


def _is_next(word: str) -> bool:
    return word.strip(_ARROWS).casefold() in NEXT


def _is_number(number: int, word: str) -> bool:
    """Whether a text is a page's number: 1 2 3 …, in any digits."""
    match = _NUMBERED.fullmatch(word)
    return match is not None and int(match[1]) == number


def _goes_on(url: str, own: str) -> bool:
    """Whether an address may be that of the following page: of the same listing, or numbered; no article's."""
    path, own_path = (forms.section_path(address).partition("?")[0] for address in (url, own))
    if path == own_path:
        return True
    if forms.weigh(url, own_path) == forms.MUCH:
        return False
    numbered = bool(_NUMBER.search(urlsplit(url).path + urlsplit(url).query))
    return numbered or (bool(own_path) and forms.is_within(url, own_path))


def _words(element: Element) -> list[str]:
    texts = (text_of(element), element.get("aria-label"), element.get("title"))
    return [word for text in texts if text and len(word := clean(text)) <= _LONGEST_WORDS]


def feeds(page: Page, site: Site, section: str) -> list[str]:
    """The feeds that a page names as its own: the section's, if one is below its path, else all but comments'."""
    links = page.tree.select("link[rel~=alternate]")
    found = [url for link in links if (url := _feed(link, page, site))]
    own = [url for url in found if section and forms.is_within(url, section)]
    return list(dict.fromkeys(own or found))[:_MOST_FEEDS]


def _feed(link: Element, page: Page, site: Site) -> str | None:
    """The address of the feed that an alternate is, if it is one."""
    url = site.url(link.get("href") or "", page.base)
    if not url or not _FEED.fullmatch((link.get("type") or "").strip()):
        return None
    return None if _NO_FEED.search(f"{link.get('title') or ''} {url}") else url
