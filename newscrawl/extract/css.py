"""Rules as data: CSS selectors on one tree, which is gone through once.

A page is asked some fifty selectors, most of which match nothing. XPath predicates are slow (a fifth of a
millisecond each on a page of two thousand elements), so classes, attributes and words are looked up in
indexes of what selectors have ever named; only what is left is run as XPath, compiled once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from cssselect import HTMLTranslator
from cssselect.parser import Class
from cssselect.xpath import XPathExpr
from lxml import etree

Element = Any  # lxml's elements; its stubs know no better name for what XPath gives

_TAG = r"([a-z][a-z0-9]*)?"
_ONE_CLASS = re.compile(_TAG + r"\.([\w-]+)", re.ASCII)
_ONE_ATTRIBUTE = re.compile(_TAG + r"\[([a-z-]+)(?:([*]?)=(?:\"([^\"]*)\"|'([^']*)'|([\w-]+)))?\]", re.ASCII)
_DESCENDANT = re.compile(r"([^\s,:>+~\[]+) ([^\s,:>+~\[]+)")


class _Translator(HTMLTranslator):
    """CSS to XPath, where ``.name`` also matches the CSS-modules class ``Prefix_name__hash``."""

    def xpath_class(self, class_selector: Class) -> XPathExpr:
        name = class_selector.class_name
        return self.xpath(class_selector.selector).add_condition(
            f"@class and (contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
            f" or contains(@class, '_{name}__'))"
        )


class _Plan(NamedTuple):
    """How a selector is run, by its simplest part: a class (its name, and whether all of it), an attribute, a
    selector below another; else as XPath."""

    tag: str | None = None
    class_name: tuple[str, bool] | None = None
    attribute: str | None = None
    contains: bool = False
    value: str | None = None
    outer: str | None = None
    xpath: Callable[[Element], Any] | None = None


def _class_plan(tag: str | None, name: str, *, whole: bool) -> _Plan:
    _CLASSES.add((name, whole))
    _matches.clear()
    return _Plan(tag, class_name=(name, whole))


@cache
def _plan(css: str) -> _Plan:
    if match := _ONE_CLASS.fullmatch(css):
        return _class_plan(match[1], match[2], whole=True)
    if match := _ONE_ATTRIBUTE.fullmatch(css):
        value = next((text for text in match.groups()[3:] if text is not None), None)
        if match[2] == "class" and match[3] and value:
            return _class_plan(match[1], value, whole=False)
        return _Plan(match[1], attribute=match[2], contains=bool(match[3]), value=value)
    if match := _DESCENDANT.fullmatch(css):
        below = etree.XPath(_Translator().css_to_xpath(match[2], prefix="descendant::"))
        return _Plan(outer=match[1], xpath=below)
    return _Plan(xpath=etree.XPath(_Translator().css_to_xpath(css, prefix="descendant-or-self::")))


#: Classes that selectors name, whole or in part.
_CLASSES: set[tuple[str, bool]] = set()
#: Which of these a class attribute has; the same attributes come on page after page.
_matches: dict[str, list[tuple[str, bool]]] = {}
_MOST_MATCHES = 20_000
_TEXTS = etree.XPath("//body//text()")
_NOT_SAID = {"script", "style", "title"}


def _matching(classes: str) -> list[tuple[str, bool]]:
    if len(_matches) > _MOST_MATCHES:
        _matches.clear()
    tokens = classes.split()
    found = [
        (part, whole)
        for part, whole in _CLASSES
        if part in classes and (not whole or part in tokens or f"_{part}__" in classes)
    ]
    _matches[classes] = found
    return found


@cache
def _having(attribute: str) -> Callable[[Element], Any]:
    return etree.XPath(f"//@{attribute}/..")


@cache
def split_rule(rule: str) -> tuple[str, str | None]:
    """A rule's selector, and the attribute that a trailing ``::attr(x)`` names."""
    css, _, attribute = rule.partition("::attr(")
    return css, attribute.rstrip(")") or None


class Tree:
    """An HTML tree that CSS selectors are run on."""

    def __init__(self, root: Element):
        self.root = root
        self._by_class: dict[tuple[str, bool], list[Element]] = {}
        self._indexed = 0
        self._by_attribute: dict[str, list[Element]] = {}

    def select(self, css: str) -> list[Element]:
        """Elements that a CSS selector matches, in document order."""
        plan = _plan(css)
        if plan.xpath is not None:
            if plan.outer is None:
                return list(plan.xpath(self.root))
            below = [element for outer in self.select(plan.outer) for element in plan.xpath(outer)]
            return list(dict.fromkeys(below))
        found = self._with_class(plan.class_name) if plan.class_name else self._with_attribute(plan)
        return [element for element in found if element.tag == plan.tag] if plan.tag else found

    def select_all(self, rules: Iterable[str]) -> Iterator[Element]:
        """Elements that any of the selectors matches, those of earlier ones first, each once."""
        seen = set()
        for css in rules:
            for element in self.select(css):
                if element not in seen:
                    seen.add(element)
                    yield element

    def saying(self, words: Iterable[str]) -> list[Element]:
        """Elements, scripts aside, that say one of the words in a text of their own, in document order."""
        texts, ends, joined = self._texts
        found = set()
        for word in words:
            position = joined.find(word)
            while position >= 0:
                number = bisect_right(ends, position)
                if word in texts[number]:  # and not across two texts
                    found.add(number)
                position = joined.find(word, ends[number])
        elements = (_holder(texts[number]) for number in sorted(found))
        return [element for element in dict.fromkeys(elements) if element.tag not in _NOT_SAID]

    @cached_property
    def _texts(self) -> tuple[list[Any], list[int], str]:
        """The page's texts, where each ends when they are joined, and these joined."""
        texts: Any = _TEXTS(self.root)
        return texts, list(accumulate(map(len, texts))), "".join(texts)

    def _with_class(self, name: tuple[str, bool]) -> list[Element]:
        if self._indexed != len(_CLASSES):  # a selector is new
            self._indexed = len(_CLASSES)
            self._by_class = {}
            for element in self.root.iter("*"):
                classes = element.get("class")
                if classes:
                    matching = _matches.get(classes)
                    for one in _matching(classes) if matching is None else matching:
                        self._by_class.setdefault(one, []).append(element)
        return self._by_class.get(name, [])

    def _with_attribute(self, plan: _Plan) -> list[Element]:
        name, value = plan.attribute or "", plan.value
        if name not in self._by_attribute:
            self._by_attribute[name] = _having(name)(self.root)
        having = self._by_attribute[name]
        if value is None:
            return having
        if plan.contains:
            return [element for element in having if value in element.get(name)]
        return [element for element in having if element.get(name) == value]


def _holder(text: Any) -> Element:
    """The element that a text node stands in."""
    element = text.getparent()
    return element.getparent() if text.is_tail else element
