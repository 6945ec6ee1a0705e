"""What JSON of any shape lists: objects with an address and a title, HTML in texts, and where it goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.listings.stream import LONGEST_DATE, joined

#: Bytes of a document, which is read at once and takes up to 25 times its size.
MOST_JSON = 4 * 1024 * 1024
#: Values of a document that are looked at, and values around one another.
_MOST_VALUES, _MOST_DEPTH = 200_000, 30
_LONGEST_TITLE = 500  # characters
_MUCH_TEXT = 200  # characters of a text that holds something that is not read

_ADDRESSES = (
    *("url", "link", "href", "permalink", "canonicalurl", "weburl", "articleurl", "storyurl", "shareurl", "fullurl"),
    *("absoluteurl", "pageurl", "htmlurl", "path", "uri"),
)
#: What has a story's address in its place: Drupal's path, the links and attributes of HAL and JSON:API, Wagtail's meta.
_ADDRESS_PARTS = ("alias", "href", "url", "current")
_BOXES = {"attributes": _ADDRESSES, "links": ("html", "self"), "meta": ("htmlurl",)}
_API = re.compile(r"/(?:json)?api/|/wp-json/|\.json\b", re.IGNORECASE)
#: Lists of stories: an object that has one is no story, but a section or an answer.
_LISTS = re.compile(r"(?:articles|stories|items|posts|results|data|entries|hits|news|nodes|edges|list|children)")
_TITLES = ("title", "headline", "name", "heading", "label", "teasertitle", "shorttitle", "displaytitle")
_TITLE_PARTS = ("rendered", "main", "basic", "text", "default", "value")
_DATE = re.compile(r"(?:.*(?:publi|pubdate|date)|created|updated|modified|timestamp|time).*")
#: Names of what is beside a list: no part of the section's.
_BESIDE = re.compile(
    r"related.*|trend.*|.*popular.*|most(?:read|viewed).*|recommend.*|side.*|.*menu.*|nav.*|footer.*|ads?|advert.*|sponsor.*"
    r"|videos?|galler.*|tags?|topics?|keywords?|categor.*|authors?|bylines?|breadcrumbs?|images?|photos?|media|sections?|social.*"
    r"|seo.*|comments?|promo.*|i18n|messages|translations"
)
_NEXT = re.compile(r"(?:load|show)?(?:next|more)(?:page)?(?:url|link|href|path|uri)?|(?:odata)?nextlink|nextpagenumber")
_HAS_MORE = re.compile(
    r"(?:has|is|can)(?:load)?(?:more|next)(?:pages?|items|results|stories|articles|posts)?|more|morepages"
)
_CURSOR = re.compile(
    r"(?:next|end)?(?:page)?(?:cursor|token)|after|continuation(?:token)?|scrollid|next(?:offset|start|from|after|id)?"
)
_AHEAD = ("next", "end")  # a cursor of this name is the list's; another may be that of one of its stories
_PAGES = re.compile(r"(?:total|num|max)pages|pages?(?:count|total)|lastpage|pages")
_PAGE = re.compile(r"(?:current)?page(?:number|index|num|no)?|current")
#: The part of an address that tells how far a list was read.
_IN_PATH = re.compile(r"([/_-](?:page|seite|pagina|p)[-/_]?)(\d{1,4})(?=[/.]|$)", re.IGNORECASE)
_PAGE_NAMES = re.compile(
    r"(?:.*page|paged|pg|p|seite|pagina|pag|strana|side|sida|sayfa|pagenum\w*|page_?no)", re.IGNORECASE
)
_OFFSET_NAMES = re.compile(r".*(?:offset|start|from|skip)", re.IGNORECASE)
_CURSOR_NAMES = re.compile(
    r".*(?:cursor|after|token|continuation|before|max_?id|last_?id|scroll_?id|from|next)", re.IGNORECASE
)
_NAMES_OF_CURSORS = {"endcursor": "after", "after": "after", "nextpagetoken": "page_token", "nexttoken": "token"}


@dataclass(frozen=True, slots=True)
class Story:
    """An object that stands for an article, and which of the document's lists it is in."""

    address: str
    title: str
    date: str
    place: int


@dataclass(slots=True)
class Found:
    """What a document lists: ``stories``, pieces of ``html``; ``is_unread``: it holds something else."""

    stories: list[Story] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    is_unread: bool = False


def parse(text: bytes | str) -> Any:
    """A JSON document. Raises ``ValueError`` for what is none, or is too large."""
    if len(text) > MOST_JSON:
        raise ValueError(f"JSON of more than {MOST_JSON >> 20} MB")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("no JSON that can be read") from None


def _name(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower()) if len(key) <= _MUCH_TEXT else ""


def _values(data: Any) -> Iterator[tuple[str, Any, int]]:
    """A document's values but for what is in a story: each with its name, and the list that it is in."""
    stack: list[tuple[str, Any, int, int]] = [("", data, 0, 0)]
    lists = left = 0
    while stack and left < _MOST_VALUES:
        name, value, depth, place = stack.pop()
        left += 1
        yield name, value, place
        if depth > _MOST_DEPTH:
            continue
        if isinstance(value, dict) and not is_story(value):
            stack += [(_name(key), inner, depth + 1, place) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            lists += 1
            stack += [(name, inner, depth + 1, lists) for inner in reversed(value)]


def collect(data: Any) -> Found:
    """The stories of a document, in its order, and the HTML in it; less what is called related, a menu and so on.

    >>> collect({"items": [{"url": "/world/1", "title": "A bell", "author": {"url": "/ada", "name": "Ada"}}]}).stories
    [Story(address='/world/1', title='A bell', date='', place=1)]
    """
    found = Found()
    for name, value, place in _values(data):
        if isinstance(value, dict) and is_story(value):
            if not _BESIDE.fullmatch(name):
                found.stories.append(Story(_address(value), _title(value), _date(value), place))
        elif isinstance(value, str) and not _BESIDE.fullmatch(name):
            if "<a" in value and "href" in value:
                found.html.append(value)
            found.is_unread |= len(value) > _MUCH_TEXT
        elif isinstance(value, list):
            found.is_unread |= bool(value)
    return found


def is_story(value: dict[str, Any]) -> bool:
    """Whether an object has an address and a title, and no stories."""
    return bool(_address(value) and _title(value)) and not any(
        _LISTS.fullmatch(_name(key)) and isinstance(inner, list) and _begins_with_story(inner)
        for key, inner in value.items()
    )


def _begins_with_story(values: list[Any]) -> bool:
    first = next(iter(values), None)
    return isinstance(first, dict) and bool(_address(first) and _title(first))


def _address(value: dict[str, Any]) -> str:
    named = {_name(key): inner for key, inner in value.items() if isinstance(inner, (str, dict))}
    if address := _first_address(named, _ADDRESSES):
        return address
    if "embedded" in named or _is_list(named.get("links")):
        return ""
    found = (
        _first_address({_name(key): inner for key, inner in box.items()}, names)
        for name, names in _BOXES.items()
        if isinstance(box := named.get(name), dict)
    )
    return next((address for address in found if address and not _API.search(address)), "")


def _is_list(links: Any) -> bool:
    """Whether links lead from one part of a list to another, as no story's do."""
    return isinstance(links, dict) and not {"next", "prev", "first", "last"}.isdisjoint(links)


def _first_address(named: Mapping[str, Any], names: Iterable[str]) -> str:
    texts = (_part(named.get(name), _ADDRESS_PARTS).strip() for name in names)
    return next((text for text in texts if text and _is_address(text)), "")


def _part(value: Any, parts: tuple[str, ...]) -> str:
    """A text, or that which an object has in its place."""
    if isinstance(value, dict):
        value = next((value[part] for part in parts if isinstance(value.get(part), str)), "")
    return value if isinstance(value, str) else ""


def _is_address(text: str) -> bool:
    return "/" in text and len(text) <= LONGEST_ADDRESS and not re.search(r"\s|^#|^(?:data|javascript|mailto):", text)


def _title(value: dict[str, Any]) -> str:
    inside = value.get("attributes")
    for box in (value, inside if isinstance(inside, dict) else {}):
        named = {_name(key): text for key, text in box.items() if isinstance(text, (str, dict))}
        for name in _TITLES:
            if text := _part(named.get(name), _TITLE_PARTS).strip():
                return text[:_LONGEST_TITLE]
    return ""


def _date(value: dict[str, Any]) -> str:
    inside = value.get("attributes")
    named = [*value.items(), *(inside.items() if isinstance(inside, dict) else ())]
    dates = ((_name(key), date) for key, date in named if isinstance(date, (str, int)) and not isinstance(date, bool))
    return next((str(date)[:LONGEST_DATE] for name, date in dates if date and _DATE.fullmatch(name)), "")


def as_page(found: Found) -> str:
    """What a document lists as the cards that a page would show of it; what is dated is an article for sure."""
    cards = "".join(
        f'<article><h2><a href="{escape(one.address)}">{escape(one.title)}</a></h2>'
        f'<time datetime="{escape(one.date)}"></time></article>'
        for one in found.stories
    )
    items = [{"@type": "ListItem", "url": one.address} for one in found.stories if one.date]
    named = json.dumps({"@type": "ItemList", "itemListElement": items}).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{named}</script><main>{cards}{"".join(found.html)}</main>'


# Where it goes on --------------------------------------------------------------------


@dataclass(slots=True)
class _Hints:
    """What a document says of its next page. ``has_more`` is ``None`` where it does not say whether there is one."""

    addresses: list[str] = field(default_factory=list)
    number: int | None = None
    cursor: tuple[str, str] | None = None
    has_more: bool | None = None
    page: int | None = None
    pages: int | None = None


def next_pages(data: Any, url: str, number: int, *, count: int, guess: bool = True) -> Iterator[str]:
    """Addresses that may be of the page after page ``number`` of a list, which was answered at ``url``.

    It has ``count`` stories. ``guess``: where nothing is said, a page that has a number has one behind it.

    >>> list(next_pages({"items": [], "nextPage": 3}, "https://news.example/api?page=2", 2, count=5))
    ['https://news.example/api?page=3']
    """
    hints = _hints(data)
    yield from _joined(hints, url)
    if hints.addresses or hints.has_more is False:
        return
    if hints.number is not None:
        yield _with_number(url, hints.number)
    elif hints.cursor is not None:
        yield _with_cursor(url, *hints.cursor)
    elif hints.has_more or _is_before_last(hints, url, number):
        yield stepped(url, count) or _with_number(url, number + 1)
    elif guess and hints.has_more is None and hints.pages is None and count and (following := stepped(url, count)):
        yield following


def named_next(data: Any, url: str) -> list[str]:
    """The addresses that a document, found at ``url``, names as its next page's."""
    return _joined(_hints(data), url)


def _joined(hints: _Hints, url: str) -> list[str]:
    return [whole for address in hints.addresses if (whole := joined(url, address))]


def _hints(data: Any) -> _Hints:
    hints = _Hints()
    for name, value, _ in _values(data):
        _take(hints, name, value)
    return hints


def _take(hints: _Hints, name: str, value: Any) -> None:
    """Take a hint from a named value, if it is one."""
    if isinstance(value, bool) or value is None:
        if _HAS_MORE.fullmatch(name) or _NEXT.fullmatch(name):
            hints.has_more = hints.has_more or bool(value)
    elif _NEXT.fullmatch(name) and isinstance(value, dict):
        inner = value.get("href") or value.get("url")
        hints.addresses += [inner] if isinstance(inner, str) and _leads(inner) else []
    elif isinstance(value, (int, str)):
        _take_text(hints, name, str(value).strip())


def _take_text(hints: _Hints, name: str, text: str) -> None:
    is_number = text.isdecimal() and len(text) <= len("9999")
    if _NEXT.fullmatch(name) and _leads(text):
        hints.addresses.append(text)
    elif _NEXT.fullmatch(name) and is_number:
        hints.number = int(text)
    elif _CURSOR.fullmatch(name) and text and len(text) <= LONGEST_ADDRESS:
        if hints.cursor is None or (name.startswith(_AHEAD) and not hints.cursor[0].startswith(_AHEAD)):
            hints.cursor = (name, text)
    elif _NEXT.fullmatch(name) and not text:
        hints.has_more = hints.has_more or False
    elif is_number and _PAGES.fullmatch(name):
        hints.pages = int(text)
    elif is_number and _PAGE.fullmatch(name):
        hints.page = int(text)


def _leads(text: str) -> bool:
    return text.startswith("?") or _is_address(text)


def _is_before_last(hints: _Hints, url: str, number: int) -> bool:
    return hints.pages is not None and (hints.page or number) < hints.pages


def _query(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _with_query(url: str, query: list[tuple[str, str]]) -> str:
    return urlunsplit(urlsplit(url)._replace(query=urlencode(query)))


def _with_number(url: str, number: int) -> str:
    """An address with another page's number in it, which is added where it has none."""
    query = _query(url)
    if any(_PAGE_NAMES.fullmatch(name) for name, _ in query):
        return _with_query(url, [(n, str(number) if _PAGE_NAMES.fullmatch(n) else value) for n, value in query])
    parts = urlsplit(url)
    path, found = _IN_PATH.subn(lambda match: f"{match[1]}{number}", parts.path, count=1)
    return urlunsplit(parts._replace(path=path)) if found else _with_query(url, [*query, ("page", str(number))])


def _with_cursor(url: str, name: str, cursor: str) -> str:
    query = _query(url)
    if any(_CURSOR_NAMES.fullmatch(n) or _OFFSET_NAMES.fullmatch(n) for n, _ in query):
        return _with_query(
            url, [(n, cursor if _CURSOR_NAMES.fullmatch(n) or _OFFSET_NAMES.fullmatch(n) else v) for n, v in query]
        )
    return _with_query(url, [*query, (_NAMES_OF_CURSORS.get(name, "cursor"), cursor)])


def stepped(url: str, count: int) -> str:
    """The address of the page after one by the number in its own, ``""`` where it has none; of ``count`` stories.

    >>> stepped("https://news.example/more?offset=10&limit=10", 7)
    'https://news.example/more?offset=20&limit=10'
    """
    query = _query(url)
    numbers = {name: int(value) for name, value in query if value.isdecimal() and len(value) <= len("99999")}
    if page := next((name for name in numbers if _PAGE_NAMES.fullmatch(name)), None):
        return _with_number(url, numbers[page] + 1)
    if offset := next((name for name in numbers if _OFFSET_NAMES.fullmatch(name)), None):
        step = next((n for name, n in numbers.items() if re.fullmatch("limit|size|count|rows|n|num", name)), count)
        return _with_query(url, [(n, str(numbers[offset] + step) if n == offset else value) for n, value in query])
    match = _IN_PATH.search(urlsplit(url).path)
    return _with_number(url, int(match[2]) + 1) if match else ""
