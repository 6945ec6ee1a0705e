"""Which rule gave each field of an article.

Extraction keeps no books, for its speed: here every field is asked for again, on a page that notes what is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from newscrawl.addresses.site import Site
from newscrawl.article.item import Article, Found
from newscrawl.extract import byline, fields, neighbours, topics
from newscrawl.extract.css import Element, Tree, split_rule
from newscrawl.extract.elements import spaced_text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.pipelines.dates import read_dates
from newscrawl.publishers import Publisher
from newscrawl.text.words import key_of

#: Elements of a match whose text is kept.
_MOST = 40
_LISTED = {"BreadcrumbList", "LiveBlogPosting"}


@dataclass(frozen=True)
class Trace:
    """The rule that gave each field of an article (``None``: not known); a publisher's rules that match nothing."""

    rules: Mapping[str, str | None]
    unmatched: Mapping[str, tuple[str, ...]]


class _Notes:
    """What was looked at and found, in order: each rule with the text that it led to."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._busy = False

    def looking(self, rule: str, look: Callable[[], list[Element]]) -> list[Element]:
        """Note what a selector finds; not what its parts do."""
        if self._busy:
            return look()
        self._busy = True
        try:
            elements = look()
        finally:
            self._busy = False
        if elements:
            texts = [" ".join((spaced_text_of(e), *map(str, e.attrib.values()))) for e in elements[:_MOST]]
            self.found.append((rule, " ".join(texts)))
        return elements


class _Noting(dict[str, Any]):
    def __init__(self, values: Mapping[str, Any], prefix: str, notes: _Notes):
        super().__init__(values)
        self._prefix, self._notes = prefix, notes

    def get(self, key: str, default: Any = None) -> Any:
        value = super().get(key, default)
        if value not in (None, "", [], {}):
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
            self._notes.found.append((f"{self._prefix}:{key}", text))
        return value


class _NotingTree(Tree):
    def __init__(self, root: Element, notes: _Notes):
        super().__init__(root)
        self._notes = notes

    def select(self, css: str) -> list[Element]:
        return self._notes.looking(css, lambda: super(_NotingTree, self).select(css))

    def tagged(self, tag: str) -> list[Element]:
        return self._notes.looking(tag, lambda: super(_NotingTree, self).tagged(tag))


class TracedPage(Page):
    """A page that notes which of its rules found something."""

    def __init__(self, body: bytes | str, url: str, headers: Mapping[str, str] | None = None):
        super().__init__(body, url, headers)
        self.notes = _Notes()

    @cached_property
    def tree(self) -> Tree:
        return _NotingTree(self.root, self.notes)

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        return _Noting(super().metas, "meta", self.notes)

    @cached_property
    def meta(self) -> dict[str, str]:
        return _Noting({name: contents[0] for name, contents in self.metas.items()}, "meta", self.notes)

    @cached_property
    def article_node(self) -> dict[str, Any]:
        return _Noting(super().article_node, "json-ld", self.notes)

    @property
    def json_ld(self) -> list[dict[str, Any]]:
        for node in self._nodes:
            for name in sorted(_LISTED & types_of(node)):
                self.notes.found.append((f"json-ld:{name}", json.dumps(node, ensure_ascii=False, default=str)))
        return self._nodes

    @cached_property
    def _nodes(self) -> list[dict[str, Any]]:
        return super().json_ld

    def rule_of(self, field: Callable[[], Any]) -> str | None:
        """The first rule that a field's function looked at and that holds what it gives; of ``True``, the last."""
        self.notes.found.clear()
        value = field()
        found = list(self.notes.found)
        value = next(iter(value), None) if isinstance(value, list | tuple) else value
        if value is None or value is False:
            return None
        if value is True:
            return found[-1][0] if found else None
        told = str(value)
        if told.startswith("http"):  # made absolute
            told = urlsplit(told).path or told
        return next((rule for rule, text in found if key_of(told) in key_of(text)), None)


def trace(page: TracedPage, article: Article, publisher: Publisher) -> Trace:
    """The rules of an article that was made of this page by a publisher's description (or the generic one)."""
    site = Site(publisher, page.url)
    _ = page.metas, page.meta, page.title, page.canonical, page.article_node  # read now, or each field would note them
    asked: dict[str, Callable[[], Any]] = {
        "section": lambda: fields.section(page, publisher),
        "description": lambda: fields.description(page, publisher),
        "authors": lambda: byline.byline(page, publisher)[0],
        "place": lambda: byline.byline(page, publisher)[1],
        "reading_minutes": lambda: fields.reading_minutes(page, publisher),
        "image": lambda: fields.image(page, publisher),
        "image_caption": lambda: fields.image_caption(page, publisher),
        "topics": lambda: topics.topics(page, publisher, article.authors),
        "premium": lambda: fields.is_premium(page, publisher),
        "live": lambda: fields.is_live(page, publisher),
        "language": lambda: fields.language(page),
        "next_url": lambda: neighbours.next_url(page, site),
    }
    rules: dict[str, str | None] = {name: page.rule_of(field) for name, field in asked.items()}
    own = site.url(page.url) or page.url
    rules |= article.extraction
    rules["url"] = "link rel=canonical" if article.url != own else "the address asked for"
    rules["id"] = "form of the address" if site.article_id(article.url) else "hash of the address"
    rules["date_modified"] = _modified(article, publisher)
    return Trace(rules, _unmatched(page, publisher))


def _modified(article: Article, publisher: Publisher) -> str | None:
    """The rule of the modification date: that of the first found one that is read as it."""
    if article.raw is None or article.date_modified is None:
        return None
    fetched_at = article.raw.fetched_at
    for date in article.raw.modified:
        alone = Found(fetched_at, (), (date,))
        other = Article(article.url, article.id, article.publisher, language=article.language, found=alone)
        read_dates(other, publisher)
        if other.date_modified == article.date_modified:
            return date.rule
    return None


def _unmatched(page: Page, publisher: Publisher) -> dict[str, tuple[str, ...]]:
    rules = {**publisher.rules, "drop": publisher.drop}
    missing = {name: tuple(r for r in of if not page.tree.select(split_rule(r)[0])) for name, of in rules.items()}
    return {name: left for name, left in missing.items() if left}
