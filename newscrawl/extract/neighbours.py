"""The addresses on an article's page: its own, the next story's, and those of more stories."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.addresses.site import Site
from newscrawl.extract.css import Element
from newscrawl.extract.elements import text_of
from newscrawl.extract.fields import absolute, has_labels
from newscrawl.extract.json_ld import addresses_of, bare_address
from newscrawl.extract.page import Page
from newscrawl.text.spaces import clean

_LIST_DEPTH = 4  # elements between the heading of a list and what holds both
_LONGEST = 200  # characters of a label, with the white space around it


def canonical_url(page: Page, site: Site) -> str:
    """The article's one address: its canonical link if that leads to the same kind of page.

    Where no address form is described it is believed, unless it leads to the front page or to a section above the
    page, or the page's other metadata has the address that it was asked for at: templates write such links.
    """
    own = site.url(page.url) or page.url
    described = site.article_id(own)
    for link in page.canonical:
        url = site.url(link, page.base) if link.strip() else None
        if url is None:
            continue
        if described is None:
            return url if _is_believable(url, own, page) else own
        if site.article_id(url) == described:
            return url
    return own


def _is_believable(url: str, own: str, page: Page) -> bool:
    told = {*addresses_of(page.article_node), *map(bare_address, page.metas.get("og:url", ()))}
    if bare_address(url) == bare_address(own):
        return True
    if bare_address(own) in told:
        return False
    path, own_path = urlsplit(url).path.strip("/"), urlsplit(own).path.strip("/")
    is_above = own_path.startswith(path + "/") and own_path != path + "/amp"
    return bool(path) and not is_above


def next_url(page: Page, site: Site) -> str | None:
    """Where the "Next Story" link leads."""
    label = site.publisher.next_label
    if not has_labels(page, site.publisher):
        return None
    for a in _links_called(page, label):
        if a.get("href"):
            return _address(page, site, a.get("href"))
    links: list[Element] = []
    for heading in _labelled(page, site.publisher.next_label):
        # The words stand beside the link, not in it.
        links = links or [a for a in page.tree.tagged("a") if a.get("href") is not None]
        behind = page.tree.behind(heading, links)
        for a in [*heading.iterancestors("a"), *links[behind : behind + 2]]:
            url = _address(page, site, a.get("href") or "")
            if url and site.is_article(url):
                return url
    return None


def _links_called(page: Page, label: str) -> Iterator[Element]:
    """Links that are called so: by their text, or by their title."""
    around = (e if e.tag == "a" else next(e.iterancestors("a"), None) for e in _saying(page, label))
    for a in dict.fromkeys(around):
        if a is not None and _is_label(text_of(a), label):
            yield a
    for a in page.tree.select_all(("a[title]", "a[aria-label]")):
        if _is_label(a.get("title") or a.get("aria-label") or "", label):
            yield a


def more_links(page: Page, site: Site, own: str) -> list[str]:
    """The articles under "More From This Section", in their order, less the page's ``own`` key."""
    if not site.publisher.article:
        return []  # nothing tells a link to an article from another
    articles: list[tuple[int, str]] | None = None
    for heading in _labelled(page, site.publisher.more_label):
        if articles is None:
            articles = list(_articles(page, site, own))
        for box in islice((heading, *heading.iterancestors()), _LIST_DEPTH):
            # What stands in the box and behind it, up to the end of what is around it.
            parent = box.getparent()
            begin = bisect_left(articles, (page.tree.order[box], ""))
            end = bisect_left(articles, (page.tree.end(box if parent is None else parent), ""))
            if begin < end:
                return list(dict.fromkeys(url for _, url in articles[begin:end]))
    return []


def _articles(page: Page, site: Site, own: str) -> Iterator[tuple[int, str]]:
    """The page's links to articles, each with its place in the page, less those to its own and to the next one."""
    for a in page.tree.tagged("a"):
        url = _address(page, site, a.get("href")) if a.get("href") else None
        is_other = url and site.is_article(url) and site.key(url) != own
        if url and is_other and not _is_label(text_of(a), site.publisher.next_label):
            yield page.tree.order[a], url


def _is_label(text: str, label: str) -> bool:
    return _bare(text) == label.casefold()


def _bare(text: str) -> str:
    """A label's words, without colons and arrows, for comparing."""
    return clean(text).strip(" :→»›>").casefold() if len(text) < _LONGEST else text


def _labelled(page: Page, label: str) -> Iterator[Element]:
    """The innermost elements whose whole text is a label."""
    return (element for element in _saying(page, label) if _is_label(text_of(element), label))


def _saying(page: Page, label: str) -> Iterator[Element]:
    """Elements with a text of their own that is a label, then those with one that begins it."""
    folded = label.casefold()
    yield from page.tree.saying((label,), lambda text: _bare(text) == folded)
    yield from page.tree.saying(label.split()[:1], lambda text: folded.startswith(_bare(text)))


def _address(page: Page, site: Site, link: str) -> str | None:
    return site.url(link, page.base) or absolute(page, link)
