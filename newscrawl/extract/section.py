"""The section that the page says it belongs to."""

from __future__ import annotations

import re

from newscrawl.extract.css import Element
from newscrawl.extract.elements import text_of
from newscrawl.extract.json_ld import Node, types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import first_text, name_of
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean

SECTION_RULES = ("json-ld:articleSection", "meta:article:section", "microdata:articleSection")
#: What parts the steps of a breadcrumb that is one text.
STEP_SIGN = re.compile(r"[/›»>]")
#: What the first step of a breadcrumb is called.
HOME_NAMES = {
    "home", "homepage", "home page", "front page", "startseite", "start", "accueil", "inicio", "portada", "início",
    "página inicial", "forside", "forsiden", "hjem", "hem", "etusivu", "strona główna", "domů", "kezdőlap", "ana sayfa",
    "anasayfa", "главная", "головна", "ホーム", "トップ", "首页", "首頁", "홈", "beranda", "trang chủ",
}  # fmt: skip


def section(page: Page, publisher: Publisher) -> Value[str | None]:
    """The step behind a breadcrumb's first one: of the page's markup where the publisher says, else of JSON-LD."""
    for rule in publisher.rules.get("breadcrumb", ()):
        for home, *rest in filter(None, map(_steps, page.tree.select(rule))):
            if rest and home.casefold() == "home":
                return Value(rest[0], rule)
    for home, *rest in filter(None, map(_listed_names, page.json_ld)):
        if rest and (home.casefold() in HOME_NAMES or home.casefold() == publisher.name.casefold()):
            return Value(rest[0], "json-ld:BreadcrumbList")
    return first_text(page, (*publisher.rules.get("section", ()), *SECTION_RULES))


def _steps(breadcrumb: Element) -> list[str]:
    links = [text for a in breadcrumb.iter("a") if (text := text_of(a))]
    if len(links) > 1:
        return links
    return [step for part in STEP_SIGN.split(text_of(breadcrumb)) if (step := clean(part))]


def _listed_names(node: Node) -> list[str]:
    """The names in a ``BreadcrumbList``; ``[]`` for another object."""
    listed = node.get("itemListElement")
    if "BreadcrumbList" not in types_of(node) or not isinstance(listed, list):
        return []
    entries = [entry for entry in listed if isinstance(entry, dict)]
    return [name for entry in entries if (name := name_of(entry.get("item")) or name_of(entry))]
