"""The addresses on an article's page: its own, the next story's, and those of more stories."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from newscrawl.addresses import forms
from newscrawl.addresses.site import Site
from newscrawl.extract.css import Element
from newscrawl.extract.elements import line_of, text_of
from newscrawl.extract.json_ld import addresses_of, bare_address
from newscrawl.extract.language import has_labels
from newscrawl.extract.page import Page
from newscrawl.extract.related import related
from newscrawl.extract.value import Value
from newscrawl.text.spaces import clean

HEADING_DEPTH = 4  # elements between the heading of a list and what holds both
LONGEST_LABEL = 200  # characters of a label, with the white space around it
LINKS_BESIDE_LABEL = 2  # behind a label, of which one leads to the story: its picture's, then its headline's
SHORTEST_HEADLINE = 4  # words of a link whose address does not say that it leads to a story
MOST_BOXES = 20  # around headings, of which each is gone through; for more, the page's elements are numbered
OWN_ADDRESS = "the address asked for"


def addresses(page: Page, site: Site) -> dict[str, Value[Any]]:
    """The fields of this module, and the article's id, which follows from its address."""
    url = canonical_url(page, site)
    id_rule = "pattern of the address" if site.article_id(url.value) else "hash of the address"
    key = Value(site.key(url.value), id_rule)
    return {"url": url, "id": key, "next_url": next_url(page, site), "links": more_links(page, site, key.value)}


def canonical_url(page: Page, site: Site) -> Value[str]:
    """The article's one address: its canonical link if that leads to the same kind of page.

    Where no address pattern is known it is believed, unless it leads to the front page or to a section above the
    page, or the page's other metadata has the address that it was asked for at: templates write such links.
    """
    own = site.url(page.url) or page.url
    described = site.article_id(own)
    links = len(page.canonical) - len(page.metas.get("og:url", ()))
    for number, link in enumerate(page.canonical):
        rule = "link rel=canonical" if number < links else "meta:og:url"
        url = site.url(link, page.base) if link.strip() else None
        if url is None:
            continue
        if described is None:
            return Value(url, rule) if _is_believable(url, own, page) else Value(own, OWN_ADDRESS)
        if site.article_id(url) == described:
            return Value(url, rule)
    return Value(own, OWN_ADDRESS)


def _is_believable(url: str, own: str, page: Page) -> bool:
    told = {*addresses_of(page.article_node), *map(bare_address, page.metas.get("og:url", ()))}
    if bare_address(url) == bare_address(own):
        return True
    if bare_address(own) in told:
        return False
    path, own_path = urlsplit(url).path.strip("/"), urlsplit(own).path.strip("/")
    is_above = own_path.startswith(path + "/") and own_path != path + "/amp"
    return bool(path) and not is_above


def next_url(page: Page, site: Site) -> Value[str | None]:
    """Where the "Next Story" link leads."""
    if not has_labels(page, site.publisher):
        return Value(None)
    label = site.publisher.next_label
    said = list(_saying(page, label))
    called = next((href for a in _links_called(page, label, said) if (href := a.get("href"))), None)
    if called:
        return _by_label(_address(page, site, called))
    beside = (_address(page, site, a.get("href") or "") for a in _links_beside(page, label, said))
    return _by_label(next((url for url in beside if url and site.is_article(url)), None))


def _by_label(url: str | None) -> Value[str | None]:
    return Value(url, "label" if url else None)


def _links_beside(page: Page, label: str, said: Iterable[Element]) -> Iterator[Element]:
    """Links of which a label stands in or right before one, where the words are not the link's."""
    links: list[Element] | None = None
    for heading in _labelled(said, label):
        if links is None:
            links = [a for a in page.tree.tagged("a") if a.get("href") is not None]
        behind = page.tree.behind(heading, links)
        yield from heading.iterancestors("a")
        yield from links[behind : behind + LINKS_BESIDE_LABEL]


def _links_called(page: Page, label: str, said: Iterable[Element]) -> Iterator[Element]:
    """Links that are called so: by their text, or by their title."""
    around = (e if e.tag == "a" else next(e.iterancestors("a"), None) for e in said)
    for a in dict.fromkeys(around):
        if a is not None and _is_label(text_of(a), label):
            yield a
    for a in page.tree.select_all(("a[title]", "a[aria-label]")):
        if _is_label(a.get("title") or a.get("aria-label") or "", label):
            yield a


def more_links(page: Page, site: Site, own: str) -> Value[list[str]]:
    """The articles under "More From This Section", in their order, less the page's ``own`` key.

    Where the publisher has no such label of its own: those under what such lists are called anywhere.
    """
    label = site.publisher.more_label
    articles = _Articles(page, site, own)
    if not label:
        urls = list(dict.fromkeys(related(page, articles.near)))
        return Value(urls, "related" if urls else None)
    for heading in _labelled(_saying(page, label), label):
        for box in islice((heading, *heading.iterancestors()), HEADING_DEPTH):
            if urls := articles.from_box(box):
                return Value(list(dict.fromkeys(urls)), "label")
    return Value([])


class _Articles:
    """The page's links to articles, less those to its own and to the next one; each is read once."""

    def __init__(self, page: Page, site: Site, own: str):
        self._page, self._site, self._own = page, site, own
        self._addresses: dict[Element, str | None] = {}
        self._boxes = 0
        self._next: dict[int, int] = {}  # of a link's number, that of the first from there on that leads to an article

    @cached_property
    def _links(self) -> list[Element]:
        return [a for a in self._page.tree.tagged("a") if a.get("href")]

    def from_box(self, box: Element) -> list[str]:
        """Those that stand in a box and behind it, up to the end of what is around it."""
        self._boxes += 1
        parent = box.getparent()
        if self._boxes <= MOST_BOXES:
            parts = (box,) if parent is None else (box, *box.itersiblings())
            return [url for part in parts for a in part.iter("a") if (url := self._address(a))]
        order = self._page.tree.order
        first = bisect_left(self._links, order[box], key=order.__getitem__)
        last = self._page.tree.behind(box if parent is None else parent, self._links)
        if self._first_from(first) >= last:
            return []
        return [url for a in self._links[first:last] if (url := self._address(a))]

    def near(self, link: Element) -> str | None:
        """The address of another story of this site that a link beside a label leads to; it need not look like one."""
        url = self._site.url(link.get("href") or "", self._page.base)
        if not url or forms.weigh(url) == forms.NONE or self._site.key(url) == self._own:
            return None
        words = len(line_of(link, LONGEST_LABEL).split())
        return url if forms.weigh(url) == forms.MUCH or words >= SHORTEST_HEADLINE else None

    def _first_from(self, number: int) -> int:
        at = number
        while at < len(self._links) and at not in self._next and not self._address(self._links[at]):
            at += 1
        found = self._next.get(at, at)
        self._next.update(dict.fromkeys(range(number, at + 1), found))
        return found

    def _address(self, link: Element) -> str | None:
        if link not in self._addresses:
            href = link.get("href")
            url = _address(self._page, self._site, href) if href else None
            is_other = url and self._site.is_article(url) and self._site.key(url) != self._own
            is_next = is_other and _is_label(text_of(link), self._site.publisher.next_label)
            self._addresses[link] = url if is_other and not is_next else None
        return self._addresses[link]


def _is_label(text: str, label: str) -> bool:
    return _bare(text) == label.casefold()


def _bare(text: str) -> str:
    """A label's words, without colons and arrows, for comparing."""
    return clean(text).strip(" :→»›>").casefold() if len(text) < LONGEST_LABEL else text


def _labelled(said: Iterable[Element], label: str) -> Iterator[Element]:
    """Those of the elements that say a label whose whole text it is."""
    return (element for element in said if _is_label(text_of(element), label))


def _saying(page: Page, label: str) -> Iterator[Element]:
    """Elements with a text of their own that is a label, then those with one that begins it."""
    folded, first = label.casefold(), label.split()[:1]
    yield from page.tree.saying(first, lambda text: _bare(text) == folded)
    yield from page.tree.saying(first, lambda text: folded.startswith(_bare(text)))


def _address(page: Page, site: Site, link: str) -> str | None:
    return site.url(link, page.base) or page.absolute(link)
