"""The further pages of a story that is told on several, and its version on a single one, where its page links to them.

An address is one of the story's own if it is its first page's with a page's number: "?page=2", "/2", "/page/2",
"-2.html". So what leads to the next story, a picture of a gallery or a page of comments is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice, takewhile
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from newscrawl.article.joining import PAGE
from newscrawl.extract.css import Element
from newscrawl.extract.elements import line_of
from newscrawl.extract.page import Page
from newscrawl.extract.wording import NEXT
from newscrawl.text.spaces import clean

#: Characters of what a link to a page is called.
LONGEST_LABEL = 80
#: Links that may be to pages, of one page.
MOST_LINKS = 200
MOST_BOXES = 6  # around a link that may say what it is of
LONGEST_QUERY = 2000  # characters of an address's query that are read
_WORDS = "page|paged|pg|p|seite|s|pagina|página|pag|strona|strana|sida|side|sayfa|sivu|oldal|halaman"
_NAMES = frozenset(_WORDS.split("|")) - {"s"}
_BELOW = re.compile(rf"/(?:({_WORDS})[-_/=.]?)?(\d{{1,3}})/?", re.IGNORECASE)
_AT_END = re.compile(rf"[-_,./~](?:({_WORDS})[-_,=]?)?(\d{{1,3}})/?", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z]{2,6}\d?$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"[\[(]?(?:(?:go to|zu|weiter auf|weiter zu) )?"
    rf"(?:(?:{PAGE})\s?)?"
    r"(\d{1,3})(?:\s?(?:페이지|ページ目?|页|頁))?(?:[\])]|\s?(?:of|von|de|di|/)\s?\d{1,3}|\s?[:–—-]\s.*)?",
    re.IGNORECASE,
)
_ARROWS = "→›»>❯▶⟩➔➜⇒⏵«‹<:….| "
#: What the link to the next page is called, beside :data:`newscrawl.extract.wording.NEXT`; more words may follow.
_ON = re.compile(
    r"(?:(?:go to |to )?(?:the )?next page|continue reading|continue on page \d|continued|read on"
    r"|weiterlesen|auf seite \d|zur nächsten seite|lire la suite|page suivante|sigue leyendo"
    r"|continua a leggere|lees verder|läs vidare"
    r"|les videre|læs videre|czytaj dalej|devamı)\b.*",
    re.IGNORECASE,
)
#: What the link to all of a story on one page is called.
_WHOLE = re.compile(
    r"(?:(?:view|read|show|see|open) )?(?:(?:as|on|in) )?(?:(?:a|one|the) )?(?:single|one)[ -]page(?: version| view)?"
    r"|(?:view|show|read|see) (?:all|all pages|(?:the )?(?:full|whole|entire) (?:article|story|text))"
    r"|all pages|(?:full|whole|entire) (?:text|article|story)|all on one page"
    r"|(?:(?:artikel|alles|komplett) )?auf einer seite(?: lesen| anzeigen)?|komplettansicht"
    r"|gesamten artikel (?:lesen|anzeigen)"
    r"|tout (?:afficher|lire)|(?:(?:lire|afficher) )?(?:l.article )?sur une (?:seule )?page"
    r"|ver todo|(?:(?:ver|leer) )?en una (?:sola )?página|tutto in una pagina|op één pagina"
    r"|全文(?:表示|を読む)?|全文阅读|全文閱讀|阅读全文",
    re.IGNORECASE,
)
#: What a link stands in that leads to pages of something else.
_OF_OTHERS = re.compile(
    r"comment|kommentar|related|gallery|galerie|slideshow|carousel|listing|load-?more|archive", re.IGNORECASE
)
#: A relative address of a number alone: "page-2/".
_SHORT = re.compile(rf"(?:\./)?(?:(?:{_WORDS})[-_/]?)?\d{{1,3}}/?", re.IGNORECASE)
_NEXT_NAMED = re.compile(r"(?<![a-z])next(?:-?page)?(?![a-z])", re.IGNORECASE)


class Onward(NamedTuple):
    """Where a story goes on, and where all of it is on one page; ``None``: nowhere."""

    next: str | None = None
    whole: str | None = None


class _Number(NamedTuple):
    """Which page of a story an address is of; ``says_page``: in a word, not only by a number."""

    number: int
    says_page: bool


def onward(page: Page, first: str, number: int = 1, place: Callable[[str], str] = str) -> Onward:
    """What page ``number`` of a story leads to; ``first`` is the address of its first page.

    ``place`` tells where an address is read, as on a copy of a site.
    """
    found, from_zero = None, False
    others: list[tuple[str, Element]] = []
    for url, link in _links(page, first, place):
        if told := number_of(url, first):
            labels = _labels(link) if link.tag == "a" else []
            said = next((int(match[1]) for label in labels if (match := _NUMBERED.fullmatch(label))), None)
            is_next = said == number + 1 if said else _leads_on(link, labels)
            from_zero |= said is not None and said == told.number + 1
            is_behind = told.number in (number, number + 1) and url != _bare(page.url)
            if found is None and is_next and is_behind and not _is_of_others(link):
                found = url if told.number == number + 1 or said or from_zero else None
        elif link.tag == "a":
            others.append((url, link))
    if found is None:
        return Onward()
    return Onward(found, next((url for url, link in others if any(map(_WHOLE.fullmatch, _labels(link)))), None))


def number_of(url: str, first: str) -> _Number | None:
    """Which page of the story at ``first`` an address is of.

    >>> number_of("https://a.example/lock?page=2", "https://a.example/lock")
    _Number(number=2, says_page=True)
    >>> number_of("https://a.example/lock-3.html", "https://a.example/lock.html").number
    3
    >>> number_of("https://a.example/gate/2", "https://a.example/lock") is None
    True
    """
    here, there = urlsplit(first), urlsplit(url)
    if there.netloc.lower().removeprefix("www.") != here.netloc.lower().removeprefix("www."):
        return None
    path, other = here.path.rstrip("/"), there.path.rstrip("/")
    if path == other:
        return _in_query(here.query, there.query)
    if not path or here.query != there.query:
        return None
    ending = _ENDING.search(path)
    stem, end = (path[: ending.start()], ending[0]) if ending else (path, "")
    if other.startswith(path) and (match := _BELOW.fullmatch(other, len(path))):
        return _Number(int(match[2]), match[1] is not None)
    if not other.startswith(stem) or not other.endswith(end):
        return None
    match = _AT_END.fullmatch(other, len(stem), len(other) - len(end))
    # without an ending or a word, "lock-2" is another story of the same headline
    return _Number(int(match[2]), match[1] is not None) if match and (end or match[1]) else None


def _in_query(here: str, there: str) -> _Number | None:
    """The same of two queries: the other one has a page's number, and nothing else more."""
    own, other = (
        parse_qsl(query[:LONGEST_QUERY], keep_blank_values=True, max_num_fields=None) for query in (here, there)
    )
    numbers = [value for name, value in other if name.lower() in _NAMES and value.isascii() and value.isdigit()]
    rest = [pair for pair in other if pair[0].lower() not in _NAMES]
    if len(numbers) != 1 or len(numbers[0]) > len("999") or rest != [p for p in own if p[0].lower() not in _NAMES]:
        return None
    return _Number(int(numbers[0]), says_page=True)


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _links(page: Page, first: str, place: Callable[[str], str]) -> Iterator[tuple[str, Element]]:
    """The links that may be to pages of a story: with the last step of its address, or of a query or a number alone."""
    step = _ENDING.sub("", urlsplit(first).path.rstrip("/").rpartition("/")[2])
    count = 0
    for link in chain(page.tree.tagged("link"), page.tree.tagged("a")):
        href = link.get("href")
        if not href or not ((step and step in href) or href[0] == "?" or _SHORT.fullmatch(href)):
            continue
        if link.tag == "link" and "next" not in (link.get("rel") or "").lower().split():
            continue
        count += 1
        if count > MOST_LINKS:
            return
        url = page.absolute(href)
        if url and not _OF_OTHERS.match(url.partition("#")[2]):
            yield place(_bare(url)), link


def _is_of_others(link: Element) -> bool:
    """Whether a link stands in what is not the story: comments, a gallery, a list of others."""
    boxes = takewhile(lambda outer: outer.find(".//h1") is None, islice(link.iterancestors(), MOST_BOXES))
    return any(_OF_OTHERS.search(f"{one.get('class') or ''} {one.get('id') or ''}") for one in (link, *boxes))


def _labels(link: Element) -> list[str]:
    """What a link is called."""
    texts = (line_of(link, LONGEST_LABEL), link.get("aria-label"), link.get("title"))
    return [label for text in texts if text and (label := clean(text).strip(_ARROWS)) and len(label) <= LONGEST_LABEL]


def _leads_on(link: Element, labels: list[str]) -> bool:
    """Whether a link says that it leads to the next page."""
    if "next" in (link.get("rel") or "").lower().split():
        return True
    if any(label.casefold() in NEXT or _ON.fullmatch(label) for label in labels):
        return True
    return _NEXT_NAMED.search(f"{link.get('class') or ''} {link.get('id') or ''}") is not None
