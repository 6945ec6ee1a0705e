"""Which links of a listing page are its articles, on a site that nobody described.

Three things tell, none of them the site's name: what the address is like, where the link stands (a card, a heading;
not a menu), and what other links of the page are like it. What convinces in several links teaches the form of
addresses and the place of cards, which then hold for the links that say less.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from newscrawl.addresses import forms
from newscrawl.addresses.site import LONGEST_ADDRESS, Site
from newscrawl.extract.css import Element, Once
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.extract.wording import CHROME, ELSEWHERE
from newscrawl.text.scripts import unspaced
from newscrawl.text.spaces import clean

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENUS = {"nav", "footer"}
_CHROME_TAGS = _MENUS | {"aside", "form", "dialog"}
_CHROME_ROLES = {"navigation", "contentinfo", "banner", "complementary", "search", "dialog", "menu", "menubar"}
_TITLE_LENGTH = 15  # characters of a link that reads like a headline; a third of it where words stand without spaces
_BOX_DEPTH = 5  # elements between a link and its card
_LIST_DEPTH = 12  # and its list
_ENOUGH = 3  # links that teach a form or a place
#: Of so many links below the section's path, it tells something: the others among them are the section's too; of
#: so many, what is not below it is another section's.
_SOME, _MOST = 0.2, 0.75
#: Links of a listing page that count; one has some hundreds.
MOST_LINKS = 5000
_MOST_FORMS = 1000  # of a site's articles, which has a few
_LIST_KEYS = ("itemListElement", "hasPart", "blogPost", "mainEntity")
_NO_LISTS = {"BreadcrumbList", "SiteNavigationElement"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a listing, feed or sitemap gives, with the date it shows, unread."""

    url: str
    date: str = ""


@dataclass(slots=True, eq=False)
class _Candidate:
    """An address on the page, with all links to it."""

    url: str
    form: str
    weight: int
    links: list[Element] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    title: bool = False  # it reads like a headline
    heading: bool = False  # and stands in one
    named: bool = False  # the page's JSON-LD names it

    def reads(self) -> bool:
        """Whether the page shows it like an article."""
        return self.title or self.heading or self.named

    def convinces(self) -> bool:
        """Whether it is an article whatever the others are."""
        return self.weight == forms.MUCH and self.reads()

    def is_likely(self) -> bool:
        """Whether it may be one, if others are like it."""
        return self.heading or (self.title and self.weight >= forms.LITTLE)


def discover(page: Page, site: Site, section: str) -> list[Link]:
    """The articles that a listing page shows, each once, in the page's order.

    ``section`` is the listing's own path. The site learns the forms of its articles' addresses, and where it has them
    on one other host of its domain, that host.
    """
    found = _articles(page, site, section)
    if not found:
        for host in _other_hosts(page, site):
            there = site.at(host)
            if len(_articles(page, there, section)) >= _ENOUGH:
                site.move(host)
                found = _articles(page, site, section)
                break
    for form in dict.fromkeys(candidate.form for candidate in found):
        if len(site.forms) < _MOST_FORMS:
            site.forms.add(form)
    share = sum(forms.is_within(candidate.url, section) for candidate in found)
    if share >= _ENOUGH and share > _SOME * len(found):
        site.prefix = section if share > _MOST * len(found) else ""
        found = _of_section(found, site.prefix, section)
    dates = _dates(found)
    return [Link(one.url, dates.get(one.url, "")) for one in found]


def _articles(page: Page, site: Site, section: str) -> list[_Candidate]:
    """The candidates that convince, those of a form or a place that several of them share, or many that look alike."""
    candidates = _candidates(page, site, section)
    convincing = [one for one in candidates if one.convinces()]
    known = {form for form, count in Counter(one.form for one in convincing).items() if count >= _ENOUGH} | site.forms
    alike = Counter(one.form for one in candidates)
    likely = Counter(one.form for one in candidates if one.is_likely())
    many = {form for form, count in likely.items() if count >= _ENOUGH and count * 2 > alike[form]}

    def is_article(one: _Candidate) -> bool:
        return (
            one.convinces()
            or one.named
            or (one.reads() and one.form in known)
            or (one.is_likely() and one.form in many)
        )

    found = [one for one in candidates if is_article(one)]
    shared = Counter(place for one in found for place in one.places)
    places = {place for place, count in shared.items() if count >= _ENOUGH}
    return [one for one in candidates if is_article(one) or (one.reads() and not places.isdisjoint(one.places))]


def _candidates(page: Page, site: Site, section: str) -> list[_Candidate]:
    """Links outside menus whose address may be an article's, and what JSON-LD lists."""
    own = site.url(page.url)
    chrome = _chrome(page, site, section)
    found: dict[str, _Candidate] = {}

    def candidate(href: str) -> _Candidate | None:
        url = site.url(href, page.base)
        url = url and forms.plain(url)
        if not url or url == own or forms.section_path(url) == section:
            return None
        one = found.setdefault(url.rstrip("/"), _Candidate(url, forms.form(url), forms.weigh(url, section)))
        return one if one.weight != forms.NONE else None

    for a in links_of(page):
        href = a.get("href")
        if href.startswith("#") or "sponsored" in (a.get("rel") or ""):
            continue
        if is_hidden(a) or any(around in chrome for around in a.iterancestors()):
            continue
        one = candidate(href)
        if one is not None:
            one.links.append(a)
    for url in islice(_listed(page), MOST_LINKS):
        if (one := candidate(url)) is not None:
            one.named = True
    candidates = [one for one in found.values() if one.weight != forms.NONE and (one.links or one.named)]
    boxes = _boxes(candidates)
    reads = Once(lambda element: _reads(text_of(element))).__getitem__
    headed = Once(lambda box: any(map(reads, box.iter(*_HEADINGS)))).__getitem__
    step = Once(_step).__getitem__
    for one in candidates:
        for a in one.links:
            box = boxes[a]
            one.heading |= headed(box) or any(map(reads, a.iterancestors(*_HEADINGS)))
            texts = (text_of(a), clean(a.get("title") or ""), *(clean(i.get("alt") or "") for i in a.iter("img")))
            one.title |= one.heading or any(map(_reads, texts))
            one.places.add(_place(box, step))
    return candidates


def links_of(page: Page) -> Iterator[Element]:
    """A page's links, as many as count."""
    return islice(_all_links(page), MOST_LINKS)


def has_more_links(page: Page) -> bool:
    """Whether a page has more links than count."""
    return next(islice(_all_links(page), MOST_LINKS, None), None) is not None


def _all_links(page: Page) -> Iterator[Element]:
    return (a for a in page.root.iter("a") if a.get("href"))


def _reads(text: str) -> bool:
    """Whether a text reads like a headline: not "Politik", "Jane Doe" or "Read more"."""
    return (len(text) >= _TITLE_LENGTH and text.count(" ") >= 2) or unspaced(text) >= _TITLE_LENGTH / 2


def _boxes(candidates: Iterable[_Candidate]) -> dict[Element, Element]:
    """Of each link its card: the largest element around it, within reach, that holds no other article's link."""
    inside: defaultdict[Element, set[str]] = defaultdict(set)
    links = [(a, one) for one in candidates for a in one.links]
    for a, one in links:
        if one.weight != forms.NOTHING or _reads(text_of(a)):
            for around in islice(a.iterancestors(), _BOX_DEPTH):
                inside[around].add(one.url)
    boxes = {}
    for a, one in links:
        boxes[a] = a
        for around in islice(a.iterancestors(), _BOX_DEPTH):
            if around.tag in ("body", "main") or len(inside[around]) > (one.url in inside[around]):
                break  # with another one's
            boxes[a] = around
    return boxes


def _place(box: Element, step: Callable[[Element], str]) -> str:
    """A card's place: what it and the two elements around it are."""
    return "/".join(map(step, (box, *islice(box.iterancestors(), 2))))


def _step(element: Element) -> str:
    """An element's tag and first class, without its numbers."""
    name = next(iter((element.get("class") or "").split()), "")
    return f"{element.tag}.{re.sub('[0-9]+', '', name)}"


def _chrome(page: Page, site: Site, section: str) -> set[Element]:
    """Elements around the cards: menus, side bars, "most read". But for true menus, none that holds most articles."""
    links = [(a, url) for a in links_of(page) if (url := site.url(a.get("href"), page.base))]
    likely = [a for a, url in links if forms.weigh(url, section) == forms.MUCH]
    if len(likely) < _ENOUGH:  # the addresses say too little; so do links in headings
        likely = [a for a, _ in links if _reads(text_of(a))]
    inside = Counter(around for a in likely for around in a.iterancestors())
    found = set()

    def holds_most(element: Element) -> bool:
        return inside[element] >= _ENOUGH and inside[element] * 2 > len(likely)

    for element in page.root.iter("*"):
        if element.tag in ("html", "body", "main", "article") or not isinstance(element.tag, str):
            continue
        if _is_chrome(element) and (element.tag in _MENUS or not holds_most(element)):
            found.add(element)
    for heading in page.root.iter(*_HEADINGS):
        box = heading.getparent()
        if box is not None and len(heading) <= 3 and ELSEWHERE.fullmatch(text_of(heading)):
            if inside[box] == 0 and box.getparent() is not None:
                box = box.getparent()  # the heading has a box of its own
            if not holds_most(box):
                found.add(box)
    return found


def _is_chrome(element: Element) -> bool:
    if element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES:
        return True
    if element.tag == "header":
        return not any(around.tag in ("article", "li", "main", "section") for around in element.iterancestors())
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(names.strip()) and not CHROME.isdisjoint(re.split(r"[^a-z]+", names.lower()))


def _listed(page: Page) -> Iterator[str]:
    """Addresses that the page's JSON-LD lists (https://schema.org/ItemList), in their order."""
    for node in page.json_ld:
        if types_of(node) & _NO_LISTS:
            continue
        for items in (node.get(key) for key in _LIST_KEYS):
            for item in items if isinstance(items, list) else []:
                yield from islice(_addresses(item), 1)


def _addresses(item: Any) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict):
        inner = item.get("item")
        for value in (item.get("url"), inner, *(inner.get(k) for k in ("url", "@id") if isinstance(inner, dict))):
            if isinstance(value, str):
                yield value


def _other_hosts(page: Page, site: Site) -> list[str]:
    """The other hosts of the site's domain that the page leads to, most links first."""
    hosts: Counter[str] = Counter()
    for href in (*(a.get("href") for a in links_of(page)), *islice(_listed(page), MOST_LINKS)):
        if len(href) > LONGEST_ADDRESS:
            continue
        try:
            netloc = urlsplit(urljoin(page.base, href)).netloc
        except ValueError:
            continue
        hosts[netloc] += 1
    return [host for host, _ in hosts.most_common(20) if site.is_sibling(host)][:3]


def _of_section(found: list[_Candidate], prefix: str, section: str) -> list[_Candidate]:
    """Those below the section's path and, unless nearly all are (``prefix``), those shown like them, among them."""
    within = {one.url for one in found if forms.is_within(one.url, section)}
    inside: defaultdict[Element, set[str]] = defaultdict(set)
    for one in found:
        for a in one.links:
            for around in islice(a.iterancestors(), _LIST_DEPTH):
                inside[around].add(one.url)

    places = {place for one in found if one.url in within for place in one.places}

    @Once
    def is_section_s(element: Element | None) -> bool:
        return element is not None and len(inside[element] & within) > _SOME * len(inside[element])

    def belongs(one: _Candidate) -> bool:
        if one.places.isdisjoint(places):
            return False
        for a in one.links if not prefix else ():
            around = (e for e in islice(a.iterancestors(), _LIST_DEPTH) if len(inside[e]) >= _ENOUGH)
            if is_section_s[next(around, None)]:
                return True
        return False

    return [one for one in found if one.url in within or belongs(one)]


def _dates(found: list[_Candidate]) -> dict[str, str]:
    """The date in each article's card."""
    dates = {}
    boxes = _boxes(found)

    @Once
    def last(box: Element) -> str:
        texts = (clean(time.get("datetime") or "") or text_of(time) for time in box.iter("time"))
        return max(texts, default="")

    for one in found:
        dates[one.url] = max((last[boxes[a]] for a in one.links), default="")
    return dates
