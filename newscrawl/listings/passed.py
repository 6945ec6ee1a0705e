"""Which links of a listing may lead to stories and are not asked for, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urljoin, urlsplit

from newscrawl.addresses import forms
from newscrawl.addresses.site import DEFAULT_PORTS, LONGEST_ADDRESS, Site
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.page import Page
from newscrawl.listings.cards import links_of, menus_of, read_once, reads_like_headline
from newscrawl.listings.listing import Link, Passed, Why

#: Tells why an address is none of the section's articles.
Reason = Callable[[str], Passed | None]


def why_no_article(url: str, section: str = "") -> Passed:
    """What an address says that is not taken for an article's.

    >>> passed = why_no_article("https://news.example/videos/the-ferry")
    >>> passed.why.value, passed.rule
    ('a video, gallery or the like', '/videos/')
    """
    step = forms.step_of_none(url, section)
    if step in forms.OTHER_MATTER:
        return Passed(url, Why.OTHER_MATTER, f"/{step}/")
    return Passed(url, Why.NO_ARTICLE, f"/{step}/" if step else "its address says too little")


def passed_over(page: Page, site: Site, section: str, taken: Iterable[Link], why: Reason) -> tuple[Passed, ...]:
    """The links of a listing page that may lead to stories and are not among those that were ``taken``, each once.

    Such a link reads like a headline and stands outside of menus, or its address is like an article's, wherever it
    stands. ``why`` tells what keeps an address that is like an article's from being one of the section's, ``None``
    where nothing does but the link's place.
    """
    is_in_menu = menus_of(page, read_once(page, site), section)
    met = {_name(site, link.url) for link in taken} | {_name(site, page.url)}
    found: dict[str, Passed] = {}
    for a in links_of(page):
        href = a.get("href")
        url = site.url(href, page.base)
        name = _name(site, url) if url else href
        if name in met or name in found or (url and forms.section_path(url) == section):
            continue
        in_menu = is_in_menu(a.getparent())
        passed = None
        if url and (forms.weigh(url, section) == forms.MUCH or Site.is_article(site, url)):
            place = "in a menu or side bar" if in_menu else "not shown like the others"
            passed = why(url) or Passed(url, Why.BESIDE, place)
        elif not in_menu and _reads(a):
            passed = why_no_article(url, section) if url else _on_other_host(href, page)
        if passed is not None:
            found[name] = passed
    return tuple(found.values())


def _name(site: Site, url: str) -> str:
    return site.key(forms.plain(url).rstrip("/"))


def _reads(a: Element) -> bool:
    """Whether readers see a link that reads like a headline."""
    return reads_like_headline(text_of(a)) and not is_hidden(a)


def _on_other_host(href: str, page: Page) -> Passed | None:
    """Another host's page, if an address is one."""
    if len(href) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(urljoin(page.base, href))
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.netloc:
        return None
    return Passed(parts.geturl(), Why.OTHER_HOST, parts.netloc)
