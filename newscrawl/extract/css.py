"""Rules as data: CSS selectors, compiled once to XPath."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from cssselect import HTMLTranslator
from cssselect.parser import Class
from cssselect.xpath import XPathExpr
from lxml import etree

Element = Any  # lxml's elements; its stubs know no better name for what XPath gives


class _Translator(HTMLTranslator):
    """CSS to XPath, where ``.name`` also matches the CSS-modules class ``Prefix_name__hash``."""

    def xpath_class(self, class_selector: Class) -> XPathExpr:
        name = class_selector.class_name
        return self.xpath(class_selector.selector).add_condition(
            f"@class and (contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
            f" or contains(@class, '_{name}__'))"
        )


@cache
def _compiled(css: str) -> etree.XPath:
    return etree.XPath(_Translator().css_to_xpath(css, prefix="descendant-or-self::"))


@cache
def split_rule(rule: str) -> tuple[str, str | None]:
    """A rule's selector, and the attribute that a trailing ``::attr(x)`` names."""
    css, _, attribute = rule.partition("::attr(")
    return css, attribute.rstrip(")") or None


def select(root: Element, css: str) -> list[Element]:
    """Elements of ``root``'s subtree that a CSS selector matches, in document order."""
    found: Any = _compiled(css)(root)
    return found  # type: ignore[no-any-return]


def select_all(root: Element, rules: Iterable[str]) -> Iterator[Element]:
    """Elements that any of the selectors matches, those of earlier ones first, each once."""
    seen = set()
    for css in rules:
        for element in select(root, css):
            if element not in seen:
                seen.add(element)
                yield element
