"""The first draft of a publisher's description, from one article's page: what can be told, and what is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

from newscrawl.addresses.forms import pattern
from newscrawl.addresses.site import Site
from newscrawl.article.item import Article
from newscrawl.dates.zones import country, zone_of
from newscrawl.describe.pages import Fetched
from newscrawl.extract import Page
from newscrawl.extract.blocks import blocks
from newscrawl.extract.css import Element
from newscrawl.extract.elements import spaced_text_of
from newscrawl.library import article_on
from newscrawl.publishers import GENERIC, Publisher, by_url
from newscrawl.text.words import key_of

#: Attributes that name an element for what it is, best first, after its class.
_NAMING = ("itemprop", "data-testid", "data-test", "data-qa", "data-component", "data-dot", "rel", "id")
#: Words that a fitting class, or other name, of a field's element has.
_WORDS = {
    "headline": re.compile(r"head|titl|hed\b", re.IGNORECASE),
    "description": re.compile(r"lead|dek|intro|summary|desc|perex|sub|stand|teaser|spot", re.IGNORECASE),
    "byline": re.compile(r"author|byline|writer|autor|contributor", re.IGNORECASE),
    "body": re.compile(r"body|content|text|story|article|entry|corpus|detail", re.IGNORECASE),
    "topics": re.compile(r"tag|topic|keyword|theme|thema", re.IGNORECASE),
}
#: Names that a build or a style sheet made: with digits, signs, or too short to say anything.
_MADE = re.compile(r"\d|[^A-Za-z_-]|^.{1,3}$|^(?:css|sc|jsx|svelte)-|[a-z][A-Z]{2,}[a-z]")
_MODULE = re.compile(r"^[A-Za-z-]+_([A-Za-z-]+)__[\w-]{4,}$")  # a CSS-modules class: Prefix_name__hash
_FEW = 60  # elements that are looked at for a field
_MOST = 3  # elements that a body's selector may find
_TRIED = 6  # selectors that are tried for a field
_MUCH = 0.8  # share of the body that its element must hold
_PARAGRAPHS = {"p", "h2", "h3", "li", "div", "blockquote", "span"}
_LONGEST_TEXT = 500  # characters of an element that may hold a field other than the body
_LONGEST_BYLINE = 150  # characters
_SAME = 0.9  # share of the body that a rule must give


@dataclass(frozen=True)
class Draft:
    """A description, the article that it gives, and in a sentence for each field why it is what it is."""

    publisher: Publisher
    article: Article
    why: dict[str, str] = field(default_factory=dict)


def draft(got: Fetched, now: datetime | None = None) -> Draft:
    """A description of the publisher of a page; ``now`` is what relative dates are relative to (aware).

    A rule is given only where the page's article comes out with it as without it. Raises ``ValueError`` for a page that
    is no article, and for one of a publisher that is supported already.
    """
    now = now or datetime.now(UTC)
    if (known := by_url(got.url)).hosts:
        raise ValueError(f"{known.name} is supported already")
    page = Page(got.body, got.url, got.headers)
    found = article_on(page, GENERIC, now)
    if not (found.headline and found.body):
        raise ValueError(f"{got.url}: no headline and body were found; give the address of an article")
    why: dict[str, str] = {}
    publisher = _publisher(got.url, found, why)
    for name, selectors in _selectors(page, found):
        tried = (replace(publisher, rules={**publisher.rules, name: (rule,)}) for rule in selectors[:_TRIED])
        if same := _first_same(tried, page, found, name, now):
            publisher = same
        elif selectors:
            why[name] = f"{selectors[0]} was tried and gives another {name} than the generic rules"
    return Draft(publisher, article_on(page, publisher, now), why)


def _first_same(tried: Iterable[Publisher], page: Page, found: Article, name: str, now: datetime) -> Publisher | None:
    """The first description by which the page's article comes out as it did, as far as a rule is about it."""
    return next((one for one in tried if _is_same(article_on(page, one, now), found, name)), None)


def _publisher(url: str, found: Article, why: dict[str, str]) -> Publisher:
    """A description without rules: what the address and the generic rules' article tell."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    bare = host.removeprefix("www.")
    return Publisher(
        name=bare,
        hosts=tuple(dict.fromkeys((host, f"www.{bare}" if bare == host and bare.count(".") == 1 else bare))),
        home=f"{parts.scheme}://{parts.netloc}",
        timezone=_zone(found, why),
        article=_address_format(found.url, why),
    )


def _zone(article: Article, why: dict[str, str]) -> str:
    place = country(article.url, article.language)
    zone, date = zone_of(place), article.date_published
    offset = datetime.fromisoformat(date).utcoffset() if date else None
    if zone is None:
        why["timezone"] = "guess: neither the address nor the language tells the country"
        return "UTC"
    if date and offset and offset == datetime.fromisoformat(date).astimezone(zone).utcoffset():
        why["timezone"] = f"the country's one zone; {date} has its offset"
    else:
        why["timezone"] = f"guess: the one zone of the country ({place})"
    return zone.key


def _address_format(url: str, why: dict[str, str]) -> str:
    expression = pattern(url)
    match = re.fullmatch(expression, urlsplit(url).path) if expression else None
    if match is None:
        why["article"] = "nothing in the address tells an article from a section"
        return ""
    told = [f"{name} {value!r}" for name, value in match.groupdict().items()]
    why["article"] = f"guess from one address: {' and '.join(told) or 'no section and no id'}"
    return expression


def _selectors(page: Page, article: Article) -> Iterator[tuple[str, list[str]]]:
    """Selectors for each field that an element of the page holds, best first."""
    elements = [
        e for e in page.root.iter() if isinstance(e.tag, str) and e.tag not in ("script", "style", "title", "meta")
    ]
    texts = [(element, text) for element in elements if 0 < len(text := spaced_text_of(element)) <= _LONGEST_TEXT]
    for name, fits in _wanted(article):
        fitting = [element for element, text in texts if fits(text)]
        yield name, _named(page, name, fitting[:_FEW])
    yield "body", _named(page, "body", list(_holders(elements, article.paragraphs)))


def _wanted(article: Article) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """For each field of an article that an element may hold: whether an element's text is it."""
    yield "headline", partial(_is_text, article.headline)
    if article.description:
        yield "description", partial(_is_text, article.description)
    if article.authors:
        yield "byline", partial(_has_all, article.authors, _LONGEST_BYLINE)
    if len(article.topics) > 1:
        yield "topics", partial(_has_all, article.topics, _LONGEST_TEXT)


def _is_text(wanted: str, text: str) -> bool:
    return key_of(text) == key_of(wanted)


def _has_all(names: list[str], longest: int, text: str) -> bool:
    return len(text) <= longest and all(name in text for name in names)


def _holders(elements: Iterable[Element], paragraphs: list[str]) -> Iterator[Element]:
    """The innermost element with most of a body's paragraphs, then those around it while they hold little more."""
    lengths = _lengths(elements, paragraphs)
    most = max(lengths.values(), default=0)
    holding = [element for element, length in lengths.items() if length >= _MUCH * most]
    inner = max(holding, key=lambda element: len(list(element.iterancestors())), default=None)
    for element in [] if inner is None else [inner, *inner.iterancestors()]:
        if element.tag in ("body", "html") or sum(len(block.text) for block in blocks(element)) > 2 * most + 1000:
            return
        yield element


def _lengths(elements: Iterable[Element], paragraphs: list[str]) -> dict[Element, int]:
    """How much of these paragraphs is in each element around one."""
    keys = {key_of(paragraph) for paragraph in paragraphs}
    lengths: dict[Element, int] = {}
    for element in elements:
        if element.tag in _PARAGRAPHS and (own := key_of(spaced_text_of(element))) in keys:
            keys.discard(own)
            for around in element.iterancestors():
                lengths[around] = lengths.get(around, 0) + len(own)
    return lengths


def _named(page: Page, name: str, elements: list[Element]) -> list[str]:
    """Selectors of these elements: those with a word that fits the field, then other names of their own."""
    most = _MOST if name == "body" else 1
    named = [
        selector
        for element in elements
        for selector in _names(element)
        if element in (found := page.tree.select(selector)) and len(found) <= most
    ]
    if name == "headline" and any(element.tag == "h1" for element in elements) and len(page.tree.select("h1")) == 1:
        named.append("h1")
    return sorted(dict.fromkeys(named), key=lambda selector: _WORDS[name].search(selector) is None)


def _names(element: Element) -> Iterator[str]:
    for token in (element.get("class") or "").split():
        if match := _MODULE.match(token):
            yield f".{match[1]}"
        elif not _MADE.search(token):
            yield f".{token}"
    for attribute in _NAMING:
        value = element.get(attribute) or ""
        if re.fullmatch(r"[A-Za-z][A-Za-z_-]{2,}", value):
            yield f"#{value}" if attribute == "id" else f"[{attribute}={value}]"


def _is_same(article: Article, other: Article, name: str) -> bool:
    """Whether two readings of a page agree in what a rule is about: of bodies, in nearly all paragraphs."""
    if name == "body":
        mine, theirs = set(article.paragraphs), set(other.paragraphs)
        return bool(mine) and len(mine & theirs) >= _SAME * len(mine | theirs)
    fields = {"byline": ("authors", "place")}.get(name, (name,))
    return all(getattr(article, field) == getattr(other, field) for field in fields)


def site_name(publisher: Publisher) -> str:
    """A name for the publisher's module: its domain without the ending, as a Python identifier."""
    from tldextract import TLDExtract  # 13 MB, and mostly not needed

    told = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)(publisher.name)
    name = re.sub(r"\W+", "_", told.domain if told.suffix else publisher.name).strip("_").lower()
    return name if name.isidentifier() else f"site_{name}"


def key(publisher: Publisher, url: str) -> str:
    """The id of the article at an address."""
    return Site(publisher, url).key(url)
