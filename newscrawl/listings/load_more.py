"""What loads more of a listing into its page: where its address is, and the signs of it where there is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import cached_property
from itertools import islice
from typing import Protocol
from urllib.parse import urlencode, urlsplit, urlunsplit

from newscrawl.addresses import forms
from newscrawl.addresses.site import host_of
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.page import Page
from newscrawl.extract.wording import MORE, NEXT
from newscrawl.listings.cards import links_of
from newscrawl.listings.ways import Trust, Way, words_of

_EDGES = "→›»>❯▶⟩➔➜⇒⏵←‹«<❮↓⌄▼▾ +:…."
_BUTTONS = ("a", "button", "input")
_WHOLE = ("html", "body", "main", None)
#: Attributes that have an address, and those of them whose name says that more is behind it.
_ADDRESS = re.compile(
    r"(?:data-)?hx-get|ic-get-from|up-href|data-[\w-]{0,60}?(?:url|href|uri|src|path|link|endpoint|next|more|ajax|api|route)[\w-]*+"
)
#: Elements that load what is at their own address into the page, when they are seen.
_FRAMES = ("turbo-frame", "include-fragment", "amp-list")
#: Attributes that tell how far a list was read, beside the address of what loads more.
_PLACE = re.compile(
    r"data-(?:(?P<next>next)-?)?(?:current-?)?(?P<name>page|paged|offset|start|skip|cursor|after|page-?token|limit|per-?page)"
    r"(?:-?(?:no|number|num|index|value))?"
)
_SIZES = ("limit", "perpage")
#: Scripts in attributes, and addresses in them.
_SCRIPT = re.compile(r"(?:on|@|x-on:|v-on:)click[\w.]*|x-data")
_IN_SCRIPT = re.compile(r"""["']((?:https?://[^"'\s/]+)?/[^"'\s]{1,500})["']""")
_NAMES_MORE = re.compile(r"data-[\w-]{0,60}?(?:next|more|infinite|older)[\w-]*+")
#: An address as an attribute has it: no word, number or object.
_IS_ADDRESS = re.compile(r"(?:https?:/)?/\S*|[?.][\w./?=&%-]\S*|[\w.-]+[/?]\S*")
#: Words of class, id and controllers of what loads more.
_LOADS = re.compile(
    r"load[-_]?(?:more|next)|(?:show|view|see)[-_]?more|more[-_]?(?:stor|post|article|news|item|btn|button|link)|infinite|endless"
    r"|next[-_]?page|pagination|pager|sentinel|autoload|lazy[-_]?(?:load|list)[-_]?(?:trigger|more)",
    re.IGNORECASE,
)
#: Words of what is no part of the listing, or expands a text.
_OTHERS = re.compile(
    r"comment|kommentar|disqus|side-?bar|aside|related|recommend|trending|popular|most-?read|cookie|consent|onetrust|gdpr|cmp"
    r"|modal|popup|pop-up|dialog|overlay|menu|navbar|dropdown|video|gallery|carousel|slide|swiper|newsletter|subscri|share"
    r"|social|search|filter|tag-?cloud|expand|collaps|truncat|read-?more|toggle|accordion|tooltip|player|podcast|advert|promo"
    r"|author|topics|faq|weather|poll",
    re.IGNORECASE,
)
_OTHER_ADDRESS = re.compile(
    r"comment|kommentar|video|related|recommend|newsletter|cookie|share|widget|\\bads?\\b", re.IGNORECASE
)
_OTHER_TAGS = {"aside", "dialog", "details", "noscript", "template"}
_MOST_SIGNS = 200  # elements of a page that are looked at
_LONGEST_SCRIPT = 5000  # characters
_SECOND = 2  # the second page
_NEAR = 4  # elements around what loads more that tell whether it is the listing's
_LONGEST_HOST = 253  # characters of a name
_LONGEST_LINE = 80  # characters of what stands beside such a button: "10 of 25"
_SHOWN = (
    "showing|displaying|viewing|you.ve (?:seen|viewed)|results?|stories|articles|page|zeige|angezeigt|es werden|seite"
    "|affichage(?: de)?|mostrando|exibindo|página|visualizzati|pagina|toont|viser|visar"
)
_STORIES = (
    "results?|stories|articles?|posts|items|entries|news|artikeln?|meldungen|beiträgen?|ergebnissen?|noticias|artículos"
    "|resultados|notícias|artigos|articoli|notizie|risultati|berichten|artikelen|saker|nyheter"
)
_OF = r"\s*(?:of|out of|/|von|sur|de|di|van|av|af|z|из|od)\s*(?:about |over |etwa )?"
_COUNT = r"(?:\d{1,3}(?:[.,\u00a0 ]\d{3})+|\d{1,6})"
#: "Showing 10 of 25", "1-10 of 25 stories", "Seite 1 von 3".
_SHOWING = re.compile(
    rf"(?:(?P<shown>{_SHOWN})\W*)?(?P<first>\d{{1,6}}\s*(?:[-–—]|to|bis|à|a)\s*)?(?P<last>{_COUNT}){_OF}(?P<total>{_COUNT})"
    rf"(?P<what>\s*(?:total\s*)?(?:{_STORIES})?(?:\s*(?:shown|displayed|loaded|angezeigt|affichés))?)\W*",
    re.IGNORECASE,
)
_LINES = ("p", "div", "span", "small", "strong", "b", "li", "output", "button")
_HAS_MORE = re.compile(r"data-[\w-]{0,60}?has-?more[\w-]*+")
_CURSOR = re.compile(r"data-[\w-]{0,60}?cursor[\w-]*+")
_TOTAL = re.compile(r"data-[\w-]{0,60}?total(?:-?(?:count|items|results|posts|articles|stories|hits))?(?:-value)?")
_TRUE = {"true", "1", "yes"}


class _Site(Protocol):
    def url(self, link: str, base: str = "") -> str | None: ...


# Where its address is --------------------------------------------------------------


def ways(page: Page, around: Around) -> Iterator[Way]:
    """What loads more into the page, and has an address: an element, a form, a frame."""
    found = ((element, way) for element in page.root.iter("*") if (way := _way(element)) is not None)
    for element, way in islice(found, _MOST_SIGNS):
        if not around.is_of_others(element):
            yield way


def _way(element: Element) -> Way | None:
    if element.tag == "form":
        return _form(element)
    if element.tag in _FRAMES:
        return _frame(element)
    addresses = [
        (name, value)
        for name, text in element.attrib.items()
        if _ADDRESS.fullmatch(name)
        and _IS_ADDRESS.fullmatch(value := text.strip())
        and not _OTHER_ADDRESS.search(value)
    ]
    if not addresses:
        return _script(element)
    if _says_more(element) or _loads_when_seen(element) or _LOADS.search(_names(element)):
        return Way(tuple(address for _, value in addresses for address in (*_placed(element, value), value)), Trust.ANY)
    telling = [value for name, value in addresses if _NAMES_MORE.fullmatch(name)]
    telling += [address for _, value in addresses for address in _placed(element, value, only_next=True)]
    return Way(tuple(telling), Trust.ANY) if telling else None


def _frame(element: Element) -> Way | None:
    """What a frame loads when it is seen."""
    address = element.get("src")
    if not address or not (element.get("loading") == "lazy" or element.get("load-more")):
        return None
    loads_more = element.get("load-more") or _LOADS.search(_names(element))
    return Way((address,), Trust.ANY if loads_more else Trust.SURE)


def _script(element: Element) -> Way | None:
    """The addresses in the script of a button that loads more, or of the box around it."""
    scripts = [value[:_LONGEST_SCRIPT] for name, value in element.attrib.items() if _SCRIPT.fullmatch(name)]
    named = (address for script in scripts for address in _IN_SCRIPT.findall(script))
    found = tuple(address for address in named if not _OTHER_ADDRESS.search(address))
    inner = islice(element.iter("*"), _MOST_SIGNS)
    if not found or not any(one.tag in _BUTTONS and _says_more(one) for one in (element, *inner)):
        return None
    return Way(found, Trust.ANY)


def _placed(element: Element, address: str, *, only_next: bool = False) -> list[str]:
    """An address with the place in the list that an element's other attributes tell, the likeliest first.

    A page's number may be the next one's, or that of the page itself. ``only_next``: of what is called the next.
    """
    matches = ((_PLACE.fullmatch(name), value.strip()) for name, value in element.attrib.items())
    places = {match["name"].replace("-", ""): (match["next"], value) for match, value in matches if match and value}
    sizes = [(name, value) for name, (_, value) in places.items() if name in _SIZES]
    found = []
    for name, (is_next, value) in places.items():
        if name in _SIZES or _asks_for(address, name) or (only_next and not is_next):
            continue
        values = [value]
        if name in ("page", "paged") and value.isdecimal() and len(value) <= len("9999") and not is_next:
            values = [str(int(value) + 1)] if int(value) < _SECOND else [value, str(int(value) + 1)]
        found += [_with_added(address, [(name, one), *sizes]) for one in values]
    return [url for url in found if url]


def _asks_for(address: str, name: str) -> bool:
    return re.search(rf"[?&]{re.escape(name)}=", address) is not None


def _with_added(address: str, fields: list[tuple[str, str]]) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(fields))))))


def _says_more(element: Element) -> bool:
    """Whether a button, or an element as simple as one, is called so that it loads more."""
    if element.tag not in _BUTTONS and len(element) > _NEAR:
        return False
    return any(word.strip(_EDGES).casefold() in NEXT for word in words_of(element))


def _loads_when_seen(element: Element) -> bool:
    triggers = map(element.get, ("hx-trigger", "data-hx-trigger", "ic-trigger-on", "up-defer"))
    return re.search("reveal|intersect|scrolled-into-view", " ".join(filter(None, triggers))) is not None


def _names(element: Element) -> str:
    return " ".join(filter(None, map(element.get, ("class", "id", "data-controller", "data-action", "data-role"))))


def _form(form: Element) -> Way | None:
    """Where a form leads whose button loads more, if it asks with its fields in the address."""
    button = _more_button(form)
    if button is None or _is_post(form):
        return None
    fields = [(one.get("name"), one.get("value") or "") for one in form.iter("input") if one.get("type") == "hidden"]
    fields = [(name, value) for name, value in [*fields, (button.get("name"), button.get("value") or "")] if name]
    address = _with_query(button.get("formaction") or form.get("action") or "", fields)
    return Way((address,), Trust.LOOSE) if address else None


def _is_post(form: Element) -> bool:
    return (form.get("method") or "get").strip().lower() == "post"


def _more_button(form: Element) -> Element | None:
    return next((one for one in form.iter("button", "input") if one.get("type") != "hidden" and _says_more(one)), None)


def _with_query(action: str, fields: list[tuple[str, str]]) -> str:
    """A form's address: its fields in place of the query (https://html.spec.whatwg.org/#form-submission-algorithm)."""
    try:
        return urlunsplit(urlsplit(action.strip())._replace(query=urlencode(fields), fragment=""))
    except ValueError:
        return ""


# Signs of it -----------------------------------------------------------------------


def says_more(page: Page, number: int, shown: Container[str], site: _Site) -> str:
    """How a page says that its listing has more than the articles ``shown``, as a clause; ``""`` if it does not.

    Of the listing's first page alone: one that a pager led to has a pager.
    """
    if number > 1:
        return ""
    links = [a for a in links_of(page) if (url := site.url(a.get("href"), page.base)) and _is_in(url, shown)]
    around = Around(page, links)
    count = len({a.get("href") for a in links})
    if not links:
        return ""
    return _says_count(around, count) or _says_attribute(around, count) or _says_button(around, site)


def is_told(more: str) -> bool:
    """Whether a page says in so many words or numbers that it has ``more``: a button may stand there to the end.

    >>> is_told('says "Showing 10 of 25"'), is_told("loads more by script")
    (True, False)
    """
    return more.startswith("says ")


def _is_in(url: str, shown: Container[str]) -> bool:
    return url in shown or forms.plain(url) in shown


class Around:
    """Where elements stand beside some links of a page, the listing's."""

    def __init__(self, page: Page, links: list[Element]):
        self.page = page
        self._links = links
        self._inside = Counter(around for a in links for around in a.iterancestors())

    def holds_most(self, element: Element) -> bool:
        """Whether an element has most of the links in it."""
        return self._inside[element] * 2 > len(self._links)

    def is_of_others(self, element: Element) -> bool:
        """Whether what an element belongs to, short of the listing, is called something else, or is not seen."""
        for box in (element, *element.iterancestors()):
            if box.tag in _WHOLE or self.holds_most(box):
                return False
            names = f"{_names(box)} {box.get('role') or ''} {box.get('aria-label') or ''}"
            if box.tag in _OTHER_TAGS or is_hidden(box) or _OTHERS.search(names):
                return True
        return False

    def follows(self, element: Element) -> bool:
        """Whether an element stands behind the listing with nothing else than a line of text."""
        box = element
        for outer in element.iterancestors():
            if self._inside[outer]:
                return self.holds_most(outer) and self._order(box) > self._last
            if any(link is not element for link in outer.iter("a")):
                return False  # another list's
            if not line_of(outer, _LONGEST_LINE) and any(map(str.strip, outer.itertext())):
                return False
            box = outer
        return False

    def _order(self, element: Element) -> int:
        return self.page.tree.order[element]

    @cached_property
    def _last(self) -> int:
        """Where the listing is over but for its last links, which a box of its own may show below."""
        places = sorted(map(self._order, self._links))
        return places[len(places) // 2]


def _says_button(around: Around, site: _Site) -> str:
    """A button that loads more, or an empty element that does so when it is seen."""
    for element in islice(filter(_is_sign, around.page.root.iter("*")), _MOST_SIGNS):
        if not around.is_of_others(element) and around.follows(element):
            if element.tag == "form":
                return "loads more by a form"
            host = _other_host(element, site)
            return f"loads more by script, from another host ({host})" if host else "loads more by script"
    return ""


def _other_host(element: Element, site: _Site) -> str:
    """The host at which what loads more has its address, where that is not the site's."""
    way = _way(element)
    others = (host_of(url) for url in (way.addresses if way else ()) if not site.url(url))
    return next((host for host in others if 0 < len(host) <= _LONGEST_HOST), "")


def _is_sign(element: Element) -> bool:
    if element.tag == "form":
        return _is_post(element) and _more_button(element) is not None
    return _is_button(element) or _is_sentinel(element)


def _is_button(element: Element) -> bool:
    is_one = element.tag in ("button", "input") or element.get("role") == "button" or _LOADS.search(_names(element))
    if element.tag == "a":
        is_one = (element.get("href") or "#").strip().lower().startswith(("#", "javascript:"))
    if not is_one or len(element) > _NEAR or element.get("disabled") is not None or element.get("aria-expanded"):
        return False
    return any(word.strip(_EDGES).casefold() in MORE for word in words_of(element))


def _is_sentinel(element: Element) -> bool:
    """Whether an element is empty, and is called so that more is loaded when it is seen."""
    if (
        len(element)
        or (element.text or "").strip()
        or element.tag in ("script", "style", "link", "meta", "img", "input")
    ):
        return False
    is_seen = any(name.startswith(("x-intersect", "v-intersect")) for name in element.attrib)
    return is_seen or (
        re.search(r"sentinel|infinite|endless|load[-_]?more|scroll[-_]?(?:trigger|end|anchor)", _names(element), re.I)
        is not None
    )


def _says_count(around: Around, count: int) -> str:
    """A line like "Showing 10 of 25" that stands in no card."""
    lines = ((e, line_of(e, _LONGEST_LINE)) for e in around.page.root.iter(*_LINES))
    for element, line in islice(((e, line) for e, line in lines if _is_count(line, count)), _MOST_SIGNS):
        if not around.is_of_others(element) and _stands_apart(element, around):
            return f'says "{line}"'
    return ""


def _is_count(line: str, count: int) -> bool:
    """Whether a line says that the ``count`` stories, or pages, that are shown are not all."""
    match = _SHOWING.fullmatch(line) if line else None
    if match is None or not (match["shown"] or match["first"] or match["what"].strip()):
        return False
    shown, total = (int(re.sub(r"\D", "", match[name])) for name in ("last", "total"))
    is_page = (match["shown"] or "").lower().startswith(("page", "seite", "página", "pagina"))
    return shown < total and (is_page or shown <= 2 * count)


def _stands_apart(element: Element, around: Around) -> bool:
    """Whether an element stands beside the listing, and not in one of its cards or in another list."""
    return any(around.holds_most(outer) for outer in islice(element.iterancestors(), _NEAR))


def _says_attribute(around: Around, count: int) -> str:
    """An attribute of the list, or of what stands behind it, that says that there is more."""
    elements = (
        e for e in around.page.root.iter("*") if any(_says_so(name, value, count) for name, value in e.attrib.items())
    )
    for element in islice(elements, _MOST_SIGNS):
        if not around.is_of_others(element) and (around.holds_most(element) or around.follows(element)):
            return "says that it has more"
    return ""


def _says_so(name: str, value: str, count: int) -> bool:
    value = value.strip().lower()
    if _HAS_MORE.fullmatch(name):
        return value in _TRUE
    if _CURSOR.fullmatch(name):
        return value not in ("", "null", "false", "undefined", "0")
    return bool(_TOTAL.fullmatch(name)) and value.isdecimal() and len(value) <= len("999999") and int(value) > count
