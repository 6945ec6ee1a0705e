"""Topics: what the page files the story under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from newscrawl.extract.css import Element
from newscrawl.extract.elements import text_of
from newscrawl.extract.names import publication_names
from newscrawl.extract.page import Page
from newscrawl.extract.rules import leaves_of, name_of
from newscrawl.extract.shown_topics import MOST_TOPICS_IN_BOX, shown_topics
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.scripts import unspaced
from newscrawl.text.spaces import clean_markup
from newscrawl.text.words import key_of

#: Where metadata have keywords, best first.
KEYWORD_RULES = (
    "meta:news_keywords", "meta:keywords", "json-ld:keywords", "meta:article:tag", "meta:og:article:tag",
    "meta:parsely-tags", "meta:sailthru.tags", "meta:dc.subject", "meta:dcterms.subject", "meta:classification-tags",
    "meta:cxenseparse:tags", "meta:cxenseparse:keywords", "meta:cxenseparse:tag", "meta:tags", "microdata:keywords",
)  # fmt: skip
#: What parts keywords.
SEPARATOR = re.compile(r"[,;|，；、،؛•]|\s#")
#: "Brel, Ana; Tern, Joss": then a comma parts none.
NAMES_TURNED_ROUND = re.compile(r"[^\s,;]{1,40}, [^,;]{1,40}(?:; ?[^\s,;]{1,40}, [^,;]{1,40}){1,40}")
#: Words that are keywords of their own where nothing else is between them: of scripts that write no spaces, and of
#: others, where the page says them nowhere one after the other.
FEWEST_UNSPACED, FEWEST_BLANK_PARTED = 2, 4
MOST_TOPICS = 60  # of one page; a longer list is the site's
CODE_SHARE = 0.7  # of keywords, from which these are for machines, and the few words among them, too
FEWEST_CODES = 4  # keywords of which the share is looked at: three capitals may be "EU", "NATO", "USA"
#: What only machines file a story under: identifiers, key-value pairs, addresses.
FOR_MACHINES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{20,}|[^\s_=]*[_=]\S*|\S+\.(?:com|net|org|de|co\.uk)|https?:\S+|@\S+|\d+|[\w ]*: ?\S.*",
    re.IGNORECASE,
)
TOPICS_LABEL = re.compile(r"(?:category|tags?|topics?|keywords?|subject): ?", re.IGNORECASE)
#: A code of a news agency: "ECO", "POL:INT-2".
AGENCY_CODE = re.compile(r"[A-Z0-9]+(?:[:-][A-Z0-9-]+)?")
TOPICS_HEADING = re.compile(r"topics?\s*:?", re.IGNORECASE)


def topics(page: Page, publisher: Publisher, authors: Iterable[str]) -> Value[list[str]]:
    """What the page files the story under.

    A publisher's rule counts first. Else the keywords of the page's metadata, less the publication's own name, the
    ``authors`` and what only machines read; else the tags that the page shows.
    """
    rules = publisher.rules.get("topics", ())
    for rule in rules:
        for element in page.tree.select(rule):
            if names := _listed(element):
                return Value(names, rule)
    no_topics = {key_of(name) for name in (*publication_names(page), *authors)}
    for rule in KEYWORD_RULES:
        if found := _for_readers(list(_keywords(page, rule)), no_topics):
            return Value(found, rule)
    shown = Value[list[str]]([]) if rules else shown_topics(page)
    found = _for_readers(shown.value, no_topics)
    return Value(found, shown.rule if found else None)


def _listed(element: Element) -> list[str]:
    """The names in what a publisher's rule found, each once, less its heading."""
    names = (text_of(e).strip(" ,|") for e in leaves_of(element, "a", "span", "li"))
    return list(dict.fromkeys(name for name in names if name and not TOPICS_HEADING.fullmatch(name)))


def _keywords(page: Page, rule: str) -> Iterator[str]:
    """The keywords in metadata: a list of names, or of texts with separators."""
    kind, _, key = rule.partition(":")
    found: Any = {"meta": page.metas, "json-ld": page.article_node, "microdata": page.microdata}[kind].get(key)
    if kind == "microdata" and len(found or ()) > MOST_TOPICS_IN_BOX:
        return
    names = [name for node in (found if isinstance(found, list) else [found]) if (name := name_of(node))]
    for name in names:
        for part in _parted(name, page) if len(names) == 1 else SEPARATOR.split(name):
            yield clean_markup(part).strip(" ,;|#")


def _parted(names: str, page: Page) -> list[str]:
    """The keywords in the only text that metadata have of them, whatever is between them."""
    if NAMES_TURNED_ROUND.fullmatch(names):
        return names.split(";")
    parts = SEPARATOR.split(names)
    words = names.split()
    if len(parts) > 1 or len(words) < FEWEST_UNSPACED:
        return parts
    if all(unspaced(word) for word in words):
        return words
    fewest = FEWEST_BLANK_PARTED + (names != names.lower())
    return words if len(words) >= fewest and not _says(page, names) else parts


def _says(page: Page, phrase: str) -> bool:
    """Whether a page says these words in this order, but for where it has keywords."""
    said = " ".join(page.text.casefold().split())
    return said.count(phrase.casefold()) > len(page.metas.get("keywords", ())) + len(
        page.metas.get("news_keywords", ())
    )


def _for_readers(names: list[str], no_topics: set[str]) -> list[str]:
    """Names that tell a reader something, each once."""
    codes = sum(AGENCY_CODE.fullmatch(name) is not None for name in names)
    if len(names) >= FEWEST_CODES and codes > CODE_SHARE * len(names):
        return []
    found: dict[str, str] = {}
    for name in (TOPICS_LABEL.sub("", name, count=1) for name in names):
        if key_of(name) and key_of(name) not in no_topics and not FOR_MACHINES.fullmatch(name):
            found.setdefault(name.casefold(), name)
    return list(found.values())[:MOST_TOPICS]
