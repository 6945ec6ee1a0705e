"""Microdata and RDFa: what the markup itself says of the page's article (https://schema.org/NewsArticle)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newscrawl.extract.css import Element, Tree, inherited
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.pictures import addresses_of
from newscrawl.text.spaces import clean

Node = dict[str, Any]

#: Properties that are read, and those of them whose values are addresses.
PROPERTIES = frozenset("headline image articleSection keywords inLanguage thumbnailUrl primaryImageOfPage".split())
ADDRESSES = frozenset("image thumbnailUrl primaryImageOfPage url contentUrl".split())
#: Properties of a picture or a thing that is a value of one of these.
PARTS = frozenset("url contentUrl name".split())
ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "CreativeWork")
PAGE_TYPES = ("WebPage", "ItemPage")
#: What holds other things than the page's article, where no item is said to be one.
ASIDE_TAGS = frozenset("aside nav footer form li".split())
MOST_VALUES = 1000  # of a page; real ones have some ten, pages of long lists some hundred
LONGEST_VALUE = 1000  # characters


def article(tree: Tree) -> Node:
    """The properties of the page's article, as an object of JSON-LD would have them; an empty one without any.

    Those of the page itself, and those that no item has, are added.
    """
    marked = [*tree.select("[itemprop]"), *(tree.select("[property]") if tree.select("[typeof]") else ())]
    values = [(element, names) for element in marked if (names := _names(element))]
    if not values:
        return {}
    items = _Items(tree)
    for element, names in values[:MOST_VALUES]:
        items.add(element, names)
    return items.article()


def _names(element: Element) -> list[str]:
    """The properties that an element has a value of."""
    names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
    bare = (name.removeprefix("schema:").rpartition("schema.org/")[2] for name in names)
    return [name for name in dict.fromkeys(bare) if name in PROPERTIES or name in PARTS]


def is_item(element: Element) -> bool:
    """Whether what is said in an element is said of an item of its own."""
    return element.get("itemscope") is not None or element.get("typeof") is not None


def _type_of(element: Element) -> str:
    return (element.get("itemtype") or element.get("typeof") or "").strip().rpartition("/")[2].rpartition(":")[2]


class _Items:
    """The items of a page by their elements, with their properties; ``None`` stands for none."""

    def __init__(self, tree: Tree):
        self._tree = tree
        self._nodes: dict[Element | None, Node] = {}
        #: The innermost item that an element is or stands in.
        self._item_of: Callable[[Element | None], Element | None] = inherited(
            lambda one, around: one if is_item(one) else around, outside=None
        )

    def add(self, element: Element, names: list[str]) -> None:
        """Adds an element's value to the item that it stands in."""
        item = self._item_of(element.getparent())
        if _is_of_page(item) and self._tree.within(element, _is_aside):
            return
        node = self._nodes.setdefault(item, {})
        for name in names:
            value = self._value(element, name)
            if value or isinstance(value, dict):
                node.setdefault(name, []).append(value)

    def article(self) -> Node:
        """The article's properties, then the page's."""
        articles = [item for item in self._nodes if item is not None and _type_of(item).endswith(ARTICLE_TYPES)]
        tops = self._tree.around("h1")
        own = [item for item in articles if item in tops] or (articles if len(articles) == 1 else [])
        found: Node = {}
        for item in (*own[-1:], *filter(_is_of_page, self._nodes)):
            for name, values in self._nodes[item].items():
                if name in PROPERTIES:
                    found.setdefault(name, values)
        return found

    def _value(self, element: Element, name: str) -> Any:
        if is_item(element):
            return self._nodes.setdefault(element, {})
        if (content := element.get("content")) is not None:
            return clean(content[:LONGEST_VALUE])
        if name in ADDRESSES:
            return list(addresses_of(element))
        return line_of(element, LONGEST_VALUE)


def _is_of_page(item: Element | None) -> bool:
    return item is None or _type_of(item).endswith(PAGE_TYPES)


def _is_aside(element: Element) -> bool:
    return element.tag in ASIDE_TAGS or is_hidden(element)
