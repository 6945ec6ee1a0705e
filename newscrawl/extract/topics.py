"""Topics: what the page files the story under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from newscrawl.extract.byline import leaves_of
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.fields import publication_names
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean_markup
from newscrawl.text.words import key_of

#: ``meta`` elements that hold keywords, best first.
_KEYWORDS = ("news_keywords", "keywords")
_TAGS = (
    "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "dc.subject", "dcterms.subject",
    "classification-tags", "cxenseparse:tags", "cxenseparse:keywords", "cxenseparse:tag", "tags",
)  # fmt: skip
#: Classes of what shows them.
_TAGS_CLASS = re.compile(r"tags\b|tags[-_]|tag-?list", re.IGNORECASE)
_MOST = 60  # topics of one page; a longer list is the site's
_MOST_IN_A_BOX = 20
_LONGEST = 60  # characters of a topic
_LABELS = 30  # characters beside the links in a box of tags: "Filed under:", separators
_BOX_DEPTH = 4  # elements between a link and the box of its list
#: The path of an address that leads to all stories on something.
_TOPIC_PATH = re.compile(
    r"/(?:tags?|topics?|topico|themas?|themen|themes?|sujets?|temas?|temat|emner?|etiquetas?|keywords?|dossiers?|argomenti"
    r"|schlagworte?|stichwort|etiket|subjects?|amne|onderwerp(?:en)?)/[^/?#]+/?(?:[?#]|$)"
)
_AROUND = {"nav", "header", "footer", "aside", "form"}
#: What only machines file a story under: identifiers, key-value pairs, addresses.
_MACHINE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{20,}|[^\s_=]*[_=]\S*|\S+\.(?:com|net|org|de|co\.uk)|https?:\S+|@\S+|\d+|[\w ]*: ?\S.*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:category|tags?|topics?|keywords?|subject): ?", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]+(?:[:-][A-Z0-9-]+)?")


def topics(page: Page, publisher: Publisher, authors: Iterable[str]) -> list[str]:
    """What the page files the story under.

    A publisher's rule counts first. Else the keywords of the page's metadata, less the publication's own name, the
    ``authors`` and what only machines read; else the tags that the page shows.
    """
    rules = publisher.rules.get("topics", ())
    for element in page.tree.select_all(rules):
        names = [text_of(e).strip(" ,|") for e in leaves_of(element, "a", "span", "li")]
        names = [name for name in names if name and not re.fullmatch(r"topics?\s*:?", name, re.IGNORECASE)]
        if names:
            return list(dict.fromkeys(names))
    no_topics = {key_of(name) for name in (*publication_names(page), *authors)}
    for names in _structured(page):
        if found := _told(names, no_topics):
            return found
    return [] if rules else _told(_shown(page), no_topics)


def _structured(page: Page) -> Iterator[list[str]]:
    """The keywords of each source in the metadata, best first."""
    for name in _KEYWORDS:
        yield list(_split(page.metas.get(name)))
    yield list(_split(page.article_node.get("keywords")))
    for name in _TAGS:
        yield list(_split(page.metas.get(name)))


def _split(value: Any) -> Iterator[str]:
    """The keywords of a value: a list of names, or of texts with separators."""
    for node in value if isinstance(value, list) else [value]:
        name = name_of(node) or ""
        for part in name.split(";" if ";" in name and "," not in name else ","):
            yield clean_markup(part).strip(" ,;|#")


def _told(names: list[str], no_topics: set[str]) -> list[str]:
    """Names that tell a reader something, each once."""
    if len(names) > 3 and sum(bool(_CODE.fullmatch(name)) for name in names) > 0.7 * len(names):
        return []  # an agency's codes
    found: dict[str, str] = {}
    for name in (_LABEL.sub("", name, count=1) for name in names):
        if key_of(name) and key_of(name) not in no_topics and not _MACHINE.fullmatch(name):
            found.setdefault(name.casefold(), name)
    return list(found.values())[:_MOST]


def _shown(page: Page) -> list[str]:
    """The tags of an element that says it holds some, else of the last box with nothing but links to topics."""
    told: list[str] = []
    boxes: dict[Element, list[str]] = {}
    is_list = page.tree.once(_is_list)
    holds_tags, holds_links = page.tree.once(_holds_tags), page.tree.once(_holds_links)
    for a in page.tree.tagged("a"):
        around = list(islice(a.iterancestors(), _BOX_DEPTH))
        tagged = next(filter(holds_tags, around), None)
        if not (name := _topic(a)) and not (tagged is not None and holds_links(tagged) and (name := _called(a))):
            continue
        if page.tree.within(a.getparent(), _is_around):
            continue
        if "tag" in (a.get("rel") or "").split() or tagged is not None:
            told.append(name)
        box = next((e for e in around if is_list(e)), around[0])
        boxes.setdefault(box, []).append(name)
    if 0 < len(told) <= _MOST_IN_A_BOX:
        return told
    lists = [
        names
        for box, names in boxes.items()
        if 1 < len(names) <= _MOST_IN_A_BOX and len("".join(names)) > 0.7 * len(text_of(box).replace(" ", ""))
    ]
    return lists[-1] if lists else []


def _holds_tags(element: Element) -> bool:
    return element.get("itemprop") == "keywords" or bool(_TAGS_CLASS.search(element.get("class") or ""))


def _is_list(box: Element) -> bool:
    return box.tag in ("ul", "ol") or len(box) > 1


def _holds_links(box: Element) -> bool:
    """Whether an element for tags holds a few links and nearly nothing else."""
    links = [text_of(a) for a in box.iter("a")]
    beside = len(text_of(box).replace(" ", "")) - len("".join(links).replace(" ", ""))
    return len(links) <= _MOST_IN_A_BOX and beside <= _LABELS


def _is_around(element: Element) -> bool:
    return element.tag in _AROUND or is_hidden(element)


def _called(link: Element) -> str:
    """What a link is called, wherever it leads; ``""`` for one that leads to no page."""
    name = text_of(link).strip(" ,|#")
    is_link = not (link.get("href") or "#").startswith(("#", "mailto:", "javascript:"))
    return name if is_link and len(name) <= _LONGEST else ""


def _topic(link: Element) -> str:
    """What a link to a topic is called; ``""`` for another link."""
    if not _TOPIC_PATH.search((link.get("href") or "").casefold()):
        return ""
    name = text_of(link).strip(" ,|#")
    return name if len(name) <= _LONGEST else ""
