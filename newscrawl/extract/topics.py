"""Topics: what the page files the story under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.names import publication_names
from newscrawl.extract.page import Page
from newscrawl.extract.rules import leaves_of, name_of
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean_markup
from newscrawl.text.words import key_of

#: Where metadata have keywords, best first.
KEYWORD_RULES = (
    "meta:news_keywords", "meta:keywords", "json-ld:keywords", "meta:article:tag", "meta:og:article:tag",
    "meta:parsely-tags", "meta:sailthru.tags", "meta:dc.subject", "meta:dcterms.subject", "meta:classification-tags",
    "meta:cxenseparse:tags", "meta:cxenseparse:keywords", "meta:cxenseparse:tag", "meta:tags", "microdata:keywords",
)  # fmt: skip
#: Classes of what shows tags.
TAGS_CLASS = re.compile(r"tags\b|tags[-_]|tag-?list", re.IGNORECASE)
MOST_TOPICS = 60  # of one page; a longer list is the site's
MOST_TOPICS_IN_BOX = 20  # that a page shows in one place; more are a menu
FEWEST_TOPICS_IN_BOX = 2  # where nothing else says that a box holds tags: one link may be any
LONGEST_TOPIC = 60  # characters; longer links are headlines
LONGEST_BESIDE_LINKS = 30  # characters beside the links in a box of tags: "Filed under:", separators
LINKED_SHARE = 0.7  # of a box's characters, at least, are links to topics; the rest is a label
CODE_SHARE = 0.7  # of keywords, from which these are for machines, and the few words among them, too
FEWEST_CODES = 4  # keywords of which the share is looked at: three capitals may be "EU", "NATO", "USA"
BOX_DEPTH = 4  # elements between a link and the box of its list
#: The path of an address that leads to all stories on something.
TOPIC_PATH = re.compile(
    r"/(?:tags?|topics?|topico|themas?|themen|themes?|sujets?|temas?|temat|emner?|etiquetas?|keywords?|dossiers?|argomenti"
    r"|schlagworte?|stichwort|etiket|subjects?|amne|onderwerp(?:en)?)/[^/?#]+/?(?:[?#]|$)"
)
AROUND_STORY_TAGS = {"nav", "header", "footer", "aside", "form"}
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
    shown = Value[list[str]]([]) if rules else _shown(page)
    found = _for_readers(shown.value, no_topics)
    return Value(found, shown.rule if found else None)


def _listed(element: Element) -> list[str]:
    """The names in what a publisher's rule found, each once, less its heading."""
    names = (text_of(e).strip(" ,|") for e in leaves_of(element, "a", "span", "li"))
    return list(dict.fromkeys(name for name in names if name and not TOPICS_HEADING.fullmatch(name)))


def _keywords(page: Page, rule: str) -> Iterator[str]:
    """The keywords in metadata: a list of names, or of texts with separators."""
    kind, _, key = rule.partition(":")
    value: Any = (
        page.metas.get(key)
        if kind == "meta"
        else page.microdata.get(key)
        if kind == "microdata"
        else page.article_node.get(key)
    )
    for node in value if isinstance(value, list) else [value]:
        name = name_of(node) or ""
        for part in name.split(";" if ";" in name and "," not in name else ","):
            yield clean_markup(part).strip(" ,;|#")


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


def _shown(page: Page) -> Value[list[str]]:
    """The tags of an element that says it holds some, else of the last box with nothing but links to topics."""
    tags: list[str] = []
    boxes: dict[Element, list[str]] = {}
    is_list = page.tree.once(_is_list)
    for a, name, is_tag in _tags(page):
        if is_tag:
            tags.append(name)
        around = list(islice(a.iterancestors(), BOX_DEPTH))
        box = next((e for e in around if is_list(e)), around[0])
        boxes.setdefault(box, []).append(name)
    if 0 < len(tags) <= MOST_TOPICS_IN_BOX:
        return Value(tags, "tags shown")
    lists = [names for box, names in boxes.items() if _is_box_of(box, names)]
    return Value(lists[-1], "links to topics") if lists else Value([])


def _tags(page: Page) -> Iterator[tuple[Element, str, bool]]:
    """Links that may be topics, what each is called, and whether it, or what it stands in, says that it is a tag."""
    holds_tags, holds_links = page.tree.once(_holds_tags), page.tree.once(_holds_links)
    for a in page.tree.tagged("a"):
        tagged = next(filter(holds_tags, islice(a.iterancestors(), BOX_DEPTH)), None)
        name = _topic(a) or (_called(a) if tagged is not None and holds_links(tagged) else "")
        if name and not page.tree.within(a.getparent(), _is_around):
            yield a, name, tagged is not None or "tag" in (a.get("rel") or "").split()


def _is_box_of(box: Element, names: list[str]) -> bool:
    """Whether an element holds a few of these links, and little else."""
    if not FEWEST_TOPICS_IN_BOX <= len(names) <= MOST_TOPICS_IN_BOX:
        return False
    return len("".join(names)) > LINKED_SHARE * len(text_of(box).replace(" ", ""))


def _holds_tags(element: Element) -> bool:
    return element.get("itemprop") == "keywords" or bool(TAGS_CLASS.search(element.get("class") or ""))


def _is_list(box: Element) -> bool:
    return box.tag in ("ul", "ol") or len(box) > 1


def _holds_links(box: Element) -> bool:
    """Whether an element for tags holds a few links and nearly nothing else."""
    links = [text_of(a) for a in box.iter("a")]
    beside = len(text_of(box).replace(" ", "")) - len("".join(links).replace(" ", ""))
    return len(links) <= MOST_TOPICS_IN_BOX and beside <= LONGEST_BESIDE_LINKS


def _is_around(element: Element) -> bool:
    return element.tag in AROUND_STORY_TAGS or is_hidden(element)


def _called(link: Element) -> str:
    """What a link is called, wherever it leads; ``""`` for one that leads to no page."""
    name = text_of(link).strip(" ,|#")
    is_link = not (link.get("href") or "#").startswith(("#", "mailto:", "javascript:"))
    return name if is_link and len(name) <= LONGEST_TOPIC else ""


def _topic(link: Element) -> str:
    """What a link to a topic is called; ``""`` for another link."""
    if not TOPIC_PATH.search((link.get("href") or "").casefold()):
        return ""
    name = text_of(link).strip(" ,|#")
    return name if len(name) <= LONGEST_TOPIC else ""
