"""Where a listing goes on: what its page calls the next one, in whatever language; its feeds."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice
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
    for element, attributes, certain in _ways(page, forms.page_number(own) or number):
        for attribute in attributes:
            url = site.url(element.get(attribute) or "", page.base) if element.get(attribute) else None
            if url and url != own and url not in read and (certain or _goes_on(url, own)):
                return url
    return None


def _ways(page: Page, number: int) -> Iterator[tuple[Element, tuple[str, ...], bool]]:
    """Elements that may lead on, where their address is, and whether nothing else can be meant; the best first."""
    for css in ("link[rel~=next]", "a[rel~=next]"):
        yield from ((element, ("href",), True) for element in page.tree.select(css))
    all_links = (element for element in page.root.iter("a", "button") if any(map(element.get, _ADDRESSES)))
    links = list(islice(all_links, MOST_LINKS))
    words = {element: _words(element) for element in links}
    for element in links:
        if any(word.strip(_ARROWS).casefold() in NEXT for word in words[element]):
            yield element, _ADDRESSES, False
    for element in links:  # 1 2 3 …; in any digits
        if any((match := _NUMBERED.fullmatch(word)) and int(match[1]) == number + 1 for word in words[element]):
            yield element, _ADDRESSES, False
    for element in links:
        if any(_ARROW.fullmatch(word) for word in words[element]):
            yield element, _ADDRESSES, False


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
    return [word for text in texts if text and len(word := clean(text)) <= 40]


def feeds(page: Page, site: Site, section: str) -> list[str]:
    """The feeds that a page names as its own: the section's, if one is below its path, else all but comments'."""
    found = []
    for link in page.tree.select("link[rel~=alternate]"):
        kind, url = link.get("type") or "", site.url(link.get("href") or "", page.base)
        if url and _FEED.fullmatch(kind.strip()) and not _NO_FEED.search(f"{link.get('title') or ''} {url}"):
            found.append(url)
    own = [url for url in found if section and forms.is_within(url, section)]
    return list(dict.fromkeys(own or found))[:5]
