"""Where a listing goes on: what its page calls the next one, in whatever language; its feeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.addresses import forms
from newscrawl.addresses.dated import dated, is_earlier
from newscrawl.addresses.site import Site
from newscrawl.extract.css import Element
from newscrawl.extract.page import Page
from newscrawl.extract.wording import NEXT
from newscrawl.listings import load_more
from newscrawl.listings.cards import MOST_LINKS, links_of
from newscrawl.listings.ways import Trust, Way, words_of

_ARROWS = "→›»>❯▶⟩➔➜⇒⏵←‹«<❮ +:…."
#: An arrow alone; "«" and "‹" lead back.
_ARROW = re.compile(r"(?:→|›|»|>|>>|❯|▶|⟩|➔|➜|⇒|⏵)")
_ADDRESSES = ("href", "data-href", "data-url", "data-next", "data-next-url", "data-load-url")
_MOST_FEEDS = 5  # of a page, of which one or two are the section's
_NUMBER = re.compile(r"\d+")
_NUMBERED = re.compile(
    r"[\[(]?(?:(?:go to )?(?:page|seite|pagina|página|strona|strana|stránka|sida|side|sayfa|страница|trang|halaman"
    r"|第|पृष्ठ|पेज)?\s*)"
    r"(\d{1,4})\s*(?:페이지|ページ|ページ目|页|頁)?[\])]?",
    re.IGNORECASE,
)
#: The numbers of the stories that a page shows: "6-10".
_RANGE = re.compile(r"(\d{1,5})\s*(?:[-–—~]|\.\.\.?|to|bis)\s*(\d{1,5})")
_LEAST_RANGE = 3  # stories on a page; "2024-2025" are years
_NAMES_OF_NEXT = {"next", "older"}  # in class or id
_PAGE_OF_LIST = re.compile(
    r"(?:(?:page|seite|pagina|p|more|load|ajax|list|index|archive?)[-_/.,]?)?\d{0,4}/?", re.IGNORECASE
)
_NUMBER_AT_END = re.compile(r"[-_/.,:]\d{1,3}")
#: Names of a query's parts that tell how far a listing was read, or when, not which one it is.
_PLACES = re.compile(
    r"(?:.*page.*|pag|pg|p|seite|strana|side|sida|sayfa|offset|start|from|skip|limit|count|size|cursor|after|before|until|since"
    r"|max_?id|last|t|ts|time|_|v|rnd|cb|s?id|session|ajax|format)",
    re.IGNORECASE,
)
_FEED = re.compile(r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|json)", re.IGNORECASE)
#: What is called an alternate and is no feed of articles.
_NO_FEED = re.compile(r"comment|kommentar|oembed|wp-json", re.IGNORECASE)
#: One link of an HTTP header (https://www.rfc-editor.org/rfc/rfc8288), and what says that it is the next page's.


def next_pages(
    page: Page, site: Site, section: str, number: int = 1, read: Container[str] = (), *, named: Iterable[str] = ()
) -> Iterator[str]:
    """Addresses that may be of the page after listing page ``number``, the likeliest first; none that was ``read``.

    By what the headers ``named``, by ``rel=next``, by what a link is called, by the following number or an arrow, by an
    earlier date, by what loads more. An address that is the same listing's for sure comes before the others.
    """
    own = site.url(page.url) or page.url
    found: dict[str, Trust] = {}
    for way in _ways(page, site, own, number, named):
        for address in way.addresses:
            url = site.url(address, page.base)
            if not url or url == own or url in read or url in found:
                continue
            if is_earlier(url, own) and not way.says_older:
                continue
            trusted = trust(url, own, section)
            if trusted < way.least:
                continue
            found[url] = trusted
            if trusted is Trust.SURE:
                yield url
    yield from sorted((url for url in found if found[url] is not Trust.SURE), key=lambda url: -found[url])


def _ways(page: Page, site: Site, own: str, number: int, named: Iterable[str]) -> Iterator[Way]:
    """What may lead to the page after page ``number``, the best first."""
    yield Way(tuple(named), Trust.LIKELY)
    for css in ("link[rel~=next]", "a[rel~=next]"):
        yield from (Way((element.get("href") or "",), Trust.LIKELY) for element in page.tree.select(css))
    all_links = (element for element in page.root.iter("a", "button") if any(map(element.get, _ADDRESSES)))
    around = load_more.Around(page, list(links_of(page)))
    links = (
        element for element in islice(all_links, MOST_LINKS) if element.tag == "a" or not around.is_of_others(element)
    )
    words = {element: words_of(element) for element in links}
    numbered = partial(_is_number, _label(words, own, number) + 1)
    for leads_on, says_older in ((_is_next, True), (numbered, False), (_ARROW.fullmatch, False)):
        for element, texts in words.items():
            if any(map(leads_on, texts)):
                yield Way(_addresses(element), Trust.LOOSE, says_older)
    yield from _ranges(words, number)
    yield from (Way(_addresses(element), Trust.LIKELY) for element in words if _is_named_next(element))
    yield from _earlier(words, site, page, own)
    yield from load_more.ways(page, around)


def _addresses(element: Element) -> tuple[str, ...]:
    return tuple(filter(None, map(element.get, _ADDRESSES)))


def _is_next(word: str) -> bool:
    return word.strip(_ARROWS).casefold() in NEXT


def _is_number(number: int, word: str) -> bool:
    """Whether a text is a page's number: 1 2 3 …, in any digits."""
    match = _NUMBERED.fullmatch(word)
    return match is not None and int(match[1]) == number


def _is_named_next(element: Element) -> bool:
    """Whether a link, or what stands around it alone, is called the next one in the markup."""
    around = element.getparent()
    is_alone = around is not None and element.getprevious() is None and element.getnext() is None
    boxes = (element, around) if is_alone else (element,)
    names = " ".join(f"{box.get('class') or ''} {box.get('id') or ''}" for box in boxes).lower()
    return "next" in names and not _NAMES_OF_NEXT.isdisjoint(re.split(r"[^a-z]+", names))


def _label(words: Mapping[Element, list[str]], own: str, number: int) -> int:
    """What the page calls itself: its address may count from zero, as the links to others show."""
    said = forms.page_number(own)
    if said is None:
        return number
    behind: Counter[int] = Counter()
    for element, texts in words.items():
        counted = forms.page_number(element.get("href") or "")
        labels = [int(match[1]) for word in texts if (match := _NUMBERED.fullmatch(word))]
        if counted is not None and labels:
            behind[labels[0] - counted] += 1
    return said + (1 if behind[1] > behind[0] else 0)


def _ranges(words: Mapping[Element, list[str]], number: int) -> Iterator[Way]:
    """The link to the stories behind those of page ``number``, where links are called "1-5", "6-10", …"""
    found = []
    for element, texts in words.items():
        for match in filter(None, map(_RANGE.fullmatch, texts[:1])):
            first, last = int(match[1]), int(match[2])
            if 1 <= first <= last - _LEAST_RANGE + 1:
                found.append((first, last - first + 1, element))
    widest = max((width for _, width, _ in found), default=0)
    behind = [one for one in found if one[0] > (number - 1) * widest + 1]
    if behind:
        yield Way(_addresses(min(behind, key=lambda one: one[0])[2]), Trust.LIKELY)


def _earlier(words: Iterable[Element], site: Site, page: Page, own: str) -> Iterator[Way]:
    """The links to earlier days or months of a listing by date, the nearest first."""
    if dated(own) is None:
        return
    urls = {
        url for element in words if (url := site.url(element.get("href") or "", page.base)) and is_earlier(url, own)
    }
    yield Way(tuple(sorted(urls, key=_date_of, reverse=True)), Trust.SURE, says_older=True)


def _date_of(url: str) -> tuple[int, int, int]:
    found = dated(url)
    return found.date if found else (0, 0, 0)


# Whether an address is of the same listing ---------------------------------------


def trust(url: str, own: str, section: str) -> Trust:
    """How likely an address is that of a following page of the listing of ``section``, of which ``own`` is a page.

    >>> trust("https://news.example/world/page/3", "https://news.example/world/page/2", "world")
    <Trust.SURE: 4>
    >>> trust("https://news.example/page/2/", "https://news.example/world", "world")
    <Trust.OTHER: 0>
    """
    if is_earlier(url, own):
        return Trust.SURE
    if is_earlier(own, url):
        return Trust.OTHER
    path = _listing_path(url)
    bases = {_listing_path(own), section.partition("?")[0]}
    if path in bases:
        return Trust.SURE if _has_query_of(url, section) else Trust.OTHER
    if any(_is_numbered(path, base) for base in bases):
        return Trust.SURE
    if forms.weigh(urlsplit(url)._replace(query="").geturl(), _listing_path(own)) == forms.MUCH:
        return Trust.OTHER
    is_numbered = _NUMBER.search(url.partition("://")[2].partition("/")[2]) is not None
    if is_numbered and _names_section(url, section):
        return Trust.LIKELY
    if any(base.startswith(f"{path}/" if path else "") for base in bases if base):
        return Trust.OTHER  # of the front page, or of a section around this one
    if is_numbered or any(base and path.startswith(f"{base}/") for base in bases):
        return Trust.LOOSE
    return Trust.ANY


def _listing_path(url: str) -> str:
    return forms.section_path(url).partition("?")[0]


def _is_numbered(path: str, base: str) -> bool:
    """Whether a path is that of a page of the listing at ``base``: that, and a number."""
    if not base:
        return bool(path) and _PAGE_OF_LIST.fullmatch(path) is not None
    if not path.startswith(base):
        return False
    rest = path[len(base) :]
    below = rest.startswith("/") and _PAGE_OF_LIST.fullmatch(rest[1:])
    return bool(below or _NUMBER_AT_END.fullmatch(rest))


def _has_query_of(url: str, section: str) -> bool:
    """Whether an address has what names the section in the query of the section's own."""
    named = {(name, value) for name, value in parse_qsl(section.partition("?")[2]) if not _PLACES.fullmatch(name)}
    return named <= set(parse_qsl(urlsplit(url).query))


def _names_section(url: str, section: str) -> bool:
    """Whether the section's own name is a word of an address."""
    path, _, query = section.partition("?")
    names = [path.rpartition("/")[2], *(value for name, value in parse_qsl(query) if not _PLACES.fullmatch(name))]
    text = unquote(url.partition("://")[2].partition("/")[2])
    return any(name and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for name in names)


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
