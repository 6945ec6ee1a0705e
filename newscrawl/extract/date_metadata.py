"""Dates that a page's metadata and markup have, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newscrawl.dates.found import FoundDate
from newscrawl.extract.css import split_rule
from newscrawl.extract.date_owner import Owner
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.json_ld import addresses_of, bare_address, types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import values
from newscrawl.text.spaces import clean, clean_markup

LONGEST_TEXT = 200  # characters of a date that are kept
LARGEST_NUMBER = 10**14  # more than the milliseconds of any date
MOST_MARKED = 20  # elements of one rule that are looked at
FIELDS = ("date_published", "date_modified")

METADATA = {
    "date_published": (
        "json-ld:datePublished",
        "meta:article:published_time",
        "meta:datepublished",
        "meta:publish-date",
        "meta:pubdate",
        "time[itemprop=datePublished]::attr(datetime)",
        "json-ld:dateCreated",
    ),
    "date_modified": (
        "json-ld:dateModified",
        "meta:article:modified_time",
        "meta:og:updated_time",
        "meta:last-modified",
        "meta:datemodified",
        "time[itemprop=dateModified]::attr(datetime)",
    ),
}
#: More of them, for a page whose publisher does not say where its dates stand.
MORE_NAMES = {
    "date_published": (
        "article:published article:published:time article:publish_time article:publish_date article:date_published"
        " article.published article:post_date og:article:published_time og:published_time og:publish_date og:pubdate"
        " published_time published-time published_at published publishtime publish-time publish_time pubtime ptime"
        " parsely-pub-date cxenseparse:recs:publishtime cxenseparse:publishtime sailthru.date bt:pubdate"
        " shareaholic:article_published_time vr:published_time weibo:article:create_at analytics:date"
        " rnews:datepublished schema:datepublished publish_date publishdate published-date published_date pub_date"
        " publication_date publication-date publicationdate date_published dateofpublication releasedate release_date"
        " article_date_original originalpublicationdate dc.date.issued dc.date.published dc:date dc:issued"
        " dcterms.issued dcterms:issued dcterms.available dcterms.created dcterms:created dc.date.created dc.date"
        " dcterms.date dcterms:date dc.created dc:created article.created rnews:datecreated schema:datecreated"
        " citation_online_date citation_publication_date citation_date displaydate date created creation_date"
        " timestamp"
    ).split(),
    "date_modified": (
        "article:modified article:modified:time article:updated_time article:updated article.updated"
        " og:article:modified_time og:modified_time modified_time updated_time modified_at rnews:datemodified"
        " schema:datemodified shareaholic:article_modified_time weibo:article:update_at dcterms.modified"
        " dcterms:modified dc.date.modified dc.modified dc:modified lastmod last_modified lastmodified"
        " last-updated last_updated lastupdated lastupdate last-update date_modified modified revised updated"
        " article_updatetime"
    ).split(),
}
#: And where its markup may say them, best first.
MARKUP = {
    "date_published": (
        "[itemprop=datePublished]::attr(datetime)",
        "[itemprop=datePublished]::attr(content)",
        "[property*=datePublished]::attr(content)",
        "[property*=datePublished]::attr(datetime)",
        "time[pubdate]::attr(datetime)",
        "abbr.published::attr(title)",
        "[itemprop=datePublished]",
    ),
    "date_modified": (
        "[itemprop=dateModified]::attr(datetime)",
        "[itemprop=dateModified]::attr(content)",
        "[property*=dateModified]::attr(content)",
        "abbr.updated::attr(title)",
        "[itemprop=dateModified]",
    ),
}
#: What JSON-LD may call a page that is an article.
_PAGE_TYPES = {"WebPage", "ItemPage", "MedicalWebPage", "CreativeWork", "Recipe", "HowTo", "PodcastEpisode"}
_KEYS = {"date_published": ("datePublished", "dateCreated"), "date_modified": ("dateModified",)}
_ITEMPROPS = {"meta:datepublished": "datepublished", "meta:datemodified": "datemodified"}


def in_metadata(page: Page, owner: Owner, field: str) -> Iterator[FoundDate]:
    """A field's dates in the metadata that every page may have."""
    for rule in METADATA[field]:
        yield from _found(_values(page, owner, rule), rule)


def in_more_metadata(page: Page, field: str) -> Iterator[FoundDate]:
    """The same of the names that fewer pages use, and of what JSON-LD says of the page itself."""
    if not page.metas.keys().isdisjoint(MORE_NAMES[field]):
        for name in MORE_NAMES[field]:
            yield from _found(page.metas.get(name, ()), f"meta:{name}")
    for node in page.once(_page_nodes):
        for key in _KEYS[field]:
            yield from _found([node.get(key)], f"json-ld:{key}")


def in_markup(page: Page, owner: Owner, field: str) -> Iterator[FoundDate]:
    """The same of attributes and elements that say that they are such a date."""
    for rule in MARKUP[field]:
        yield from _found(_marked(page, owner, rule), rule)


def _values(page: Page, owner: Owner, rule: str) -> Iterable[Any]:
    if "[" in rule:
        return _marked(page, owner, rule)
    found = [value for value, _ in values(page, (rule,))]
    if found and (itemprop := _ITEMPROPS.get(rule)):
        others = _of_others(page, owner, itemprop)
        return [value for value in found if value not in others]
    return found


def _of_others(page: Page, owner: Owner, name: str) -> set[str]:
    """What ``meta`` elements within other stories and comments have for a property, and none of the story's has."""
    contents: dict[bool, set[str]] = {True: set(), False: set()}
    for element in page.tree.tagged("meta"):
        if any((element.get(one) or "").strip().lower() == name for one in ("itemprop", "property", "name")):
            contents[owner.owns_markup(element)].add(clean_markup(element.get("content") or ""))
    return contents[False] - contents[True]


def _marked(page: Page, owner: Owner, rule: str) -> Iterator[str]:
    """What those elements that a selector matches have that are the story's."""
    css, attribute = split_rule(rule)
    for element in page.tree.select(css)[:MOST_MARKED]:
        if not is_hidden(element) and owner.owns_markup(element):
            text = clean(element.get(attribute) or "") if attribute else text_of(element)
            if len(text) <= LONGEST_TEXT:
                yield text


def _page_nodes(page: Page) -> list[dict[str, Any]]:
    """The JSON-LD objects of the page itself: of its own address, or of none."""
    nodes = [node for node in page.json_ld if types_of(node) & _PAGE_TYPES]
    own = {bare_address(address) for address in (page.url, *page.canonical)} - {""} if nodes else set()
    return [node for node in nodes if not (told := addresses_of(node)) or told & own]


def _found(found: Iterable[Any], rule: str) -> Iterator[FoundDate]:
    for value in found:
        if text := _as_text(value):
            yield FoundDate(text[:LONGEST_TEXT], rule, visible=False)


def _as_text(value: Any) -> str:
    """A date of metadata as text: a text itself, a number, the first of a list, the value of an object."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LARGEST_NUMBER:
        value = str(int(value))
    return clean(value) if isinstance(value, str) else ""
