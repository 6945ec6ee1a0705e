"""Which links of a listing page are its articles, on an unsupported site.

Three things tell, none of them the site's name: what the address is like, where the link stands (a card, a heading;
not a menu), and what other links of the page are like it. What convinces in several links teaches the pattern of
addresses and the place of cards, which then hold for the links that say less.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newscrawl.addresses import forms
from newscrawl.addresses.site import LONGEST_ADDRESS, Site, joined, plain_host
from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element, Once, inherited
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.extract.wording import CHROME, ELSEWHERE
from newscrawl.listings.listing import Link
from newscrawl.text.scripts import unspaced
from newscrawl.text.spaces import clean

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENUS = {"nav", "footer"}
_CHROME_TAGS = _MENUS | {"aside", "form", "dialog"}
_NO_CHROME = ("html", "body", "main", "article")
_CHROME_ROLES = {"navigation", "contentinfo", "banner", "complementary", "search", "dialog", "menu", "menubar"}
_TITLE_LENGTH = 15  # characters of a link that reads like a headline; a third of it where words stand without spaces
_BOX_DEPTH = 5  # elements between a link and its card
_LIST_DEPTH = 12  # and its list
_HEADING_PARTS = 3  # elements in a heading that is one alone, not a card
_ENOUGH = 3  # links that teach a pattern or a place
#: Of so many links below the section's path, it tells something: the others among them are the section's too; of
#: so many, what is not below it is another section's.
_SOME, _MOST = 0.2, 0.75
#: Links of a listing page that count; one has some hundreds.
MOST_LINKS = 5000
_LIST_KEYS = ("itemListElement", "hasPart", "blogPost", "mainEntity")
_WORD = re.compile("[a-z]+")
_NO_LISTS = {"BreadcrumbList", "SiteNavigationElement"}
#: Reads the address of an article, ``None`` for one that leads elsewhere.
Address = Callable[[str], str | None]


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


class Cards(NamedTuple):
    """The articles that a listing page shows, each once, in the page's order, and what that teaches.

    ``forms`` are the patterns of their addresses. ``prefix`` is the path that all are below, ``""`` where only some are
    below the section's, ``None`` where the page does not tell.
    """

    links: list[Link]
    forms: list[str]
    prefix: str | None


def discover(page: Page, site: Site, section: str, known: Set[str] = frozenset()) -> Cards:
    """The cards of a listing page whose own path is ``section``; ``known`` are patterns of its articles' addresses."""
    found = _articles(page, site, section, known)
    shapes = list(dict.fromkeys(candidate.form for candidate in found))
    share = sum(forms.is_within(candidate.url, section) for candidate in found)
    prefix = None
    if share >= _ENOUGH and share > _SOME * len(found):
        prefix = section if share > _MOST * len(found) else ""
        found = _of_section(found, prefix, section)
    dates = _dates(found)
    return Cards([Link(one.url, dates.get(one.url, "")) for one in found], shapes, prefix)


def most_cards(page: Page) -> int:
    """As many as a listing page may show at most: it links to each, or its JSON-LD lists it."""
    return len({a.get("href") for a in links_of(page)}) + sum(1 for _ in islice(_listed(page), MOST_LINKS))


def other_host(page: Page, site: Site, section: str) -> str | None:
    """The one other host of the site's domain that a listing page shows articles of."""
    return next((host for host in _other_hosts(page, site) if _shows_several(page, site.at(host), section)), None)


def _shows_several(page: Page, site: Site, section: str) -> bool:
    return len(_articles(page, site, section)) >= _ENOUGH


def _articles(page: Page, site: Site, section: str, known: Set[str] = frozenset()) -> list[_Candidate]:
    """The candidates that convince, that share a pattern or a place with several of them, or many that look alike."""
    candidates = _candidates(page, site, section)
    alike = _Alike(candidates, known)
    places = _frequent(place for one in candidates if alike.has(one) for place in one.places)
    return [one for one in candidates if alike.has(one) or (one.reads() and not places.isdisjoint(one.places))]


class _Alike:
    """Which candidates are articles for themselves, or by the pattern of their address."""

    def __init__(self, candidates: list[_Candidate], known: Set[str]):
        self._known = known | _frequent(one.form for one in candidates if one.convinces())
        all_of = Counter(one.form for one in candidates)
        likely = Counter(one.form for one in candidates if one.is_likely())
        self._many = {form for form, count in likely.items() if count >= _ENOUGH and count * 2 > all_of[form]}

    def has(self, one: _Candidate) -> bool:
        return (
            one.convinces()
            or one.named
            or (one.reads() and one.form in self._known)
            or (one.is_likely() and one.form in self._many)
        )


def _frequent(names: Iterable[str]) -> set[str]:
    """Names that come often enough to teach something."""
    return {name for name, count in Counter(names).items() if count >= _ENOUGH}


def _candidates(page: Page, site: Site, section: str) -> list[_Candidate]:
    """Links outside menus whose address may be an article's, and what JSON-LD lists."""
    address = read_once(page, site)
    found = _Found(address, site.url(page.url), section)
    for a in _links_outside(page, menus_of(page, address, section)):
        if (one := found.candidate(a.get("href"))) is not None:
            one.links.append(a)
    for url in islice(_listed(page), MOST_LINKS):
        if (one := found.candidate(url)) is not None:
            one.named = True
    candidates = [one for one in found.by_url.values() if one.links or one.named]
    _look(candidates)
    return candidates


def _links_outside(page: Page, in_menu: Callable[[Element | None], bool]) -> Iterator[Element]:
    """The links to other pages that readers see, outside of menus."""
    for a in links_of(page):
        if a.get("href").startswith("#") or "sponsored" in (a.get("rel") or ""):
            continue
        if not is_hidden(a) and not in_menu(a.getparent()):
            yield a


class _Found:
    """The addresses of a page that may be articles', each as one candidate."""

    def __init__(self, address: Address, own: str | None, section: str):
        self.by_url: dict[str, _Candidate] = {}
        self._address, self._own, self._section = address, own, section

    def candidate(self, href: str) -> _Candidate | None:
        """What an address may be, ``None`` if it is not an article's."""
        url = self._address(href)
        url = url and forms.plain(url)
        if not url or url == self._own or forms.section_path(url) == self._section:
            return None
        one = self.by_url.get(url.rstrip("/"))
        if one is None:
            one = _Candidate(url, forms.form(url), forms.weigh(url, self._section))
            self.by_url[url.rstrip("/")] = one
        return one if one.weight != forms.NONE else None


def _look(candidates: list[_Candidate]) -> None:
    """Note how the page shows each candidate: in a heading, like a headline, and where."""
    boxes = _boxes(candidates)
    reads = Once(lambda element: reads_like_headline(text_of(element))).__getitem__
    headed = Once(lambda box: any(map(reads, box.iter(*_HEADINGS)))).__getitem__
    step = Once(_step).__getitem__
    for one in candidates:
        for a in one.links:
            box = boxes[a]
            one.heading |= headed(box) or any(map(reads, a.iterancestors(*_HEADINGS)))
            texts = (text_of(a), clean(a.get("title") or ""), *(clean(i.get("alt") or "") for i in a.iter("img")))
            one.title |= one.heading or any(map(reads_like_headline, texts))
            one.places.add(_place(box, step))


def links_of(page: Page) -> Iterator[Element]:
    """A page's links, as many as count."""
    return islice(_all_links(page), MOST_LINKS)


def has_more_links(page: Page) -> bool:
    """Whether a page has more links than count."""
    return next(islice(_all_links(page), MOST_LINKS, None), None) is not None


def _all_links(page: Page) -> Iterator[Element]:
    return (a for a in page.root.iter("a") if a.get("href"))


def reads_like_headline(text: str) -> bool:
    """Whether a text reads like a headline: not "Politik", "Jane Doe" or "Read more"."""
    return (len(text) >= _TITLE_LENGTH and text.count(" ") >= 2) or unspaced(text) >= _TITLE_LENGTH / 2


def _boxes(candidates: Iterable[_Candidate]) -> dict[Element, Element]:
    """Of each link its card: the largest element around it, within reach, that holds no other article's link."""
    inside: defaultdict[Element, set[str]] = defaultdict(set)
    links = [(a, one) for one in candidates for a in one.links]
    for a, one in links:
        if one.weight != forms.NOTHING or reads_like_headline(text_of(a)):
            for around in islice(a.iterancestors(), _BOX_DEPTH):
                inside[around].add(one.url)
    return {a: _box(a, one.url, inside) for a, one in links}


def _box(a: Element, url: str, inside: Mapping[Element, set[str]]) -> Element:
    box = a
    for around in islice(a.iterancestors(), _BOX_DEPTH):
        if around.tag in ("body", "main") or len(inside[around]) > (url in inside[around]):
            break  # with another one's
        box = around
    return box


def _place(box: Element, step: Callable[[Element], str]) -> str:
    """A card's place: what it and the two elements around it are."""
    return "/".join(map(step, (box, *islice(box.iterancestors(), 2))))


def _step(element: Element) -> str:
    """An element's tag and first class, without its numbers."""
    name = next(iter((element.get("class") or "").split()), "")
    return f"{element.tag}.{re.sub('[0-9]+', '', name)}"


def read_once(page: Page, site: Site) -> Address:
    """Reads a page's links, each once: a card has several to its article, and they are asked for twice."""
    return Once(lambda href: site.url(href, page.base)).__getitem__


def menus_of(page: Page, address: Address, section: str) -> Callable[[Element | None], bool]:
    """Tells whether an element is, or stands in, one of those around the cards: menus, side bars, "most read".

    But for true menus, none of these holds most articles.
    """
    likely = _likely_links(page, address, section)
    inside = Counter(around for a in likely for around in a.iterancestors())

    def holds_most(element: Element) -> bool:
        return inside[element] >= _ENOUGH and inside[element] * 2 > len(likely)

    lists = {box for box in _lists_of_others(page, inside) if not holds_most(box)}

    def is_menu(element: Element) -> bool:
        return element in lists or (_is_chrome(element) and (element.tag in _MENUS or not holds_most(element)))

    return inherited(lambda element, around: around or is_menu(element), outside=False)


def _likely_links(page: Page, address: Address, section: str) -> list[Element]:
    """Links that are likely to be articles', by their addresses or, where these say too little, by their texts."""
    links = [(a, url) for a in links_of(page) if (url := address(a.get("href")))]
    likely = [a for a, url in links if forms.weigh(url, section) == forms.MUCH]
    return likely if len(likely) >= _ENOUGH else [a for a, _ in links if reads_like_headline(text_of(a))]


def _lists_of_others(page: Page, inside: Mapping[Element, int]) -> Iterator[Element]:
    """What stands below a heading like "Most read"; ``inside`` is how many likely links an element holds."""
    for heading in page.root.iter(*_HEADINGS):
        box = heading.getparent()
        if box is None or len(heading) > _HEADING_PARTS or not ELSEWHERE.fullmatch(text_of(heading)):
            continue
        around = box.getparent()
        yield around if inside[box] == 0 and around is not None else box  # the heading may have a box of its own


def _is_chrome(element: Element) -> bool:
    """Whether an element says that it is a menu or a side bar."""
    tag = element.tag
    if tag in _NO_CHROME:
        return False
    if tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES:
        return True
    if tag == "header":
        return not any(around.tag in ("article", "li", "main", "section") for around in element.iterancestors())
    names, name = element.get("class"), element.get("id")
    return (names is not None and _says_chrome[names]) or (name is not None and _says_chrome[name])


_says_chrome: Remembered[str, bool] = Remembered(lambda names: not CHROME.isdisjoint(_WORD.findall(names.lower())))


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
            netloc = plain_host(href) or urlsplit(joined(page.base, href)).netloc
        except ValueError:
            continue
        hosts[netloc] += 1
    return [host for host, _ in hosts.most_common(20) if site.is_sibling(host)][:3]


def _of_section(found: list[_Candidate], prefix: str, section: str) -> list[_Candidate]:
    """Those below the section's path and, unless nearly all are (``prefix``), those shown like them, among them."""
    within = {one.url for one in found if forms.is_within(one.url, section)}
    if prefix:
        return [one for one in found if one.url in within]
    among = _Among(found, within)
    return [one for one in found if one.url in within or among.has(one)]


class _Among:
    """Which articles stand among those ``within`` the section, and are shown like them."""

    def __init__(self, found: list[_Candidate], within: set[str]):
        self._places = {place for one in found if one.url in within for place in one.places}
        self._inside: defaultdict[Element, set[str]] = defaultdict(set)
        for one in found:
            for a in one.links:
                for around in islice(a.iterancestors(), _LIST_DEPTH):
                    self._inside[around].add(one.url)
        self._is_section_s = Once(lambda box: len(self._inside[box] & within) > _SOME * len(self._inside[box]))

    def has(self, one: _Candidate) -> bool:
        return not one.places.isdisjoint(self._places) and any(map(self._is_listed, one.links))

    def _is_listed(self, a: Element) -> bool:
        around = (box for box in islice(a.iterancestors(), _LIST_DEPTH) if len(self._inside[box]) >= _ENOUGH)
        box = next(around, None)
        return box is not None and self._is_section_s[box]


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
