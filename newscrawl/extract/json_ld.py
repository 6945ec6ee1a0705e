"""JSON-LD: a page's objects, and the one that is its article (https://schema.org/NewsArticle)."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.extract import loose_json

logger = logging.getLogger(__name__)
Node = dict[str, Any]

MOST_NODES = 10_000  # objects and lists that are looked at; a page has some 30, and each costs a microsecond
#: Characters of all JSON-LD of a page, which takes up to 25 times its size in memory; a page has some 10,000.
MOST_CHARACTERS = 2_000_000
#: Characters of a page's scripts that are no JSON, as far as they are mended; a character takes up to a microsecond.
MOST_MENDED = 300_000
#: What an object nests the page's own objects under.
NESTING_KEYS = ("mainEntity", "mainEntityOfPage", "@graph")
MORE_ARTICLE_TYPES = {"LiveBlogPosting", "BlogPosting", "Report"}
#: The kind of an article, and what is told of it, in a text that cannot be read whole.
TOLD_KIND = re.compile(r"\"@type\"\s*+:[\s\[]*+\"(?:https?://schema\.org/)?+(\w{0,40}?Article|BlogPosting)\"")
TOLD = {
    "headline": re.compile(r"\"headline\"\s*+:\s*+\"([^\"\\\n]{1,300}+)\""),
    "datePublished": re.compile(r"\"datePublished\"\s*+:\s*+\"([^\"\\\n]{1,60}+)\""),
    "dateModified": re.compile(r"\"dateModified\"\s*+:\s*+\"([^\"\\\n]{1,60}+)\""),
    "author": re.compile(
        r"\"author\"\s*+:[\s\[]*+(?:\{\s*+(?:\"@\w{1,20}\"\s*+:\s*+\"[^\"]{0,200}+\"[\s,]*+){0,3}+\"name\"\s*+:\s*+)?+"
        r"\"([^\"\\\n]{1,100}+)\""
    ),
}


def of_page(texts: Iterable[str], url: str) -> list[Node]:
    """The objects of all scripts of a page, as many as are kept; what cannot be read is passed over."""
    nodes: list[Node] = []
    left, to_mend = MOST_CHARACTERS, MOST_MENDED
    for text in texts:
        left -= len(text)
        if left < 0 or len(nodes) >= MOST_NODES:
            logger.warning("%s has more JSON-LD than is read (%d objects)", url, len(nodes))
            break
        try:
            nodes.extend(objects(loose_json.loads(text)))
        except ValueError:
            to_mend -= len(text)
            nodes.extend(_mended(text) if to_mend >= 0 else _with_told([], text))
    return nodes


def _mended(text: str) -> list[Node]:
    """The objects of a script that is no JSON."""
    nodes: list[Node] = []
    with suppress(ValueError):
        nodes.extend(objects(loose_json.mended(text)))
    return _with_told(nodes, text)


def _with_told(nodes: list[Node], text: str) -> list[Node]:
    """Objects of a damaged text; its one article is given what it lacks and the text says exactly once."""
    kinds = TOLD_KIND.findall(text)
    articles = [node for node in nodes if is_article(node)]
    if len(kinds) != 1 or len(articles) > 1:
        return nodes
    told = {key: found[0] for key, pattern in TOLD.items() if len(found := pattern.findall(text)) == 1}
    if not articles:
        return [*nodes, {"@type": kinds[0], **told}]
    for key, value in told.items():
        articles[0][key] = articles[0].get(key) or value
    return nodes


def objects(data: Any) -> Iterator[Node]:
    """The objects of one script, whether alone, in lists, under ``@graph`` or ``mainEntity``."""
    stack, count = [data], 0
    while stack and count < MOST_NODES:
        node = stack.pop()
        count += 1
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            stack.extend(node[key] for key in NESTING_KEYS if isinstance(node.get(key), list | dict))


def types_of(node: Node) -> set[str]:
    """The ``@type`` of an object, without its vocabulary's address."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rsplit("/", 1)[-1] for kind in kinds if isinstance(kind, str)}


def is_article(node: Node) -> bool:
    return any(kind.endswith("Article") or kind in MORE_ARTICLE_TYPES for kind in types_of(node))


def article(nodes: Sequence[Node], addresses: Callable[[], Sequence[str]], says: Callable[[str], bool]) -> Node:
    """The object that describes the page's article, else an empty one.

    Of several, that of the page's own ``addresses`` (its own and its canonical one), then one whose headline the page
    ``says`` in its title, then one with a headline or text, then the first. Others of the same address add what it
    lacks. Where every object names another address, the first counts: staging hosts and copies do that.
    """
    candidates = [node for node in nodes if is_article(node)]
    if len(candidates) <= 1:
        return next(iter(candidates), {})
    own = {bare_address(address) for address in addresses()} - {""}

    def fitness(node: Node) -> tuple[bool, bool, bool]:
        headline = node.get("headline")
        told = bool(headline or node.get("articleBody"))
        return addresses_of(node) & own != set(), told and isinstance(headline, str) and says(headline), told

    best = max(candidates, key=fitness)  # the first of those that fit alike
    same = own & addresses_of(best)
    return _merged([best, *(node for node in candidates if not same.isdisjoint(addresses_of(node)))])


def _merged(nodes: Sequence[Node]) -> Node:
    """What the first of some objects says, and what the others say where those before them have nothing."""
    found: Node = {}
    for node in nodes:
        for key, value in node.items():
            if key not in found or (value and not found[key]):
                found[key] = value
    return found


def addresses_of(node: Node) -> set[str]:
    """The addresses that an object says are its own."""
    page = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id")]
    values += [page.get("@id"), page.get("url")] if isinstance(page, dict) else [page]
    return {bare_address(value) for value in values if isinstance(value, str)} - {""}


def bare_address(url: str) -> str:
    """Host and path of an address, for comparing: scheme, ``www.``, query and fragment say little."""
    if len(url) > LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return parts.netloc.casefold().removeprefix("www.") + parts.path.rstrip("/") if parts.netloc else ""
