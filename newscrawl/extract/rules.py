"""What a rule finds on a page.

A rule is ``json-ld:key.key`` (of the page's article object), ``microdata:name`` (a property of the page's article),
``meta:name``, or a CSS selector, of which a trailing ``::attr(x)`` takes an attribute instead of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newscrawl.extract.css import Element, split_rule
from newscrawl.extract.elements import is_hidden, seen_text_of, text_of
from newscrawl.extract.page import Page
from newscrawl.extract.value import Value
from newscrawl.text.spaces import clean, clean_markup

DEEPEST_NAME = 5  # things and lists that a name is looked for in


def values(page: Page, rules: Iterable[str]) -> Iterator[tuple[Any, str]]:
    """What each rule finds on a page, with the rule: text, for ``json-ld:`` and ``microdata:`` any JSON value."""
    for rule in rules:
        kind, _, name = rule.partition(":")
        if kind == "json-ld":
            if value := _in_json_ld(page, name):
                yield value, rule
        elif kind == "microdata":
            if found := page.microdata.get(name):
                yield found, rule
        elif kind == "meta":
            for content in page.metas.get(name, ()):
                yield content, rule
        else:
            for text in _shown(page, rule):
                yield text, rule


def _in_json_ld(page: Page, path: str) -> Any:
    """The value at the end of some keys; of a list on the way, the first counts."""
    value: Any = page.article_node
    for key in path.split("."):
        value = value[0] if isinstance(value, list) and value else value
        value = page.resolve(value)
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _shown(page: Page, rule: str) -> Iterator[str]:
    """The texts, or attributes, of what a selector matches and is not hidden."""
    css, attribute = split_rule(rule)
    for element in page.tree.select(css):
        if not is_hidden(element):
            text = clean(element.get(attribute) or "") if attribute else seen_text_of(element)
            if text:
                yield text


def first_text(page: Page, rules: Iterable[str]) -> Value[str | None]:
    """The first text that rules give, and the rule."""
    for value, rule in values(page, rules):
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and (text := clean_markup(value)):
            return Value(text, rule)
    return Value(None)


def name_of(node: Any) -> str | None:
    """The name of a JSON-LD thing: a text itself, its ``name``, or a person's given and family name.

    A name may be a thing in its turn, and a list, of which the first counts.
    """
    name = node
    for _ in range(DEEPEST_NAME):
        if isinstance(name, list):
            name = next(iter(name), None)
        if not isinstance(name, dict):
            break
        name = name.get("name") or name.get("@value") or _given_and_family_name(name)
    return clean_markup(name) or None if isinstance(name, str) else None


def _given_and_family_name(node: dict[str, Any]) -> str:
    names = [node.get("givenName"), node.get("familyName")]
    return " ".join(part for part in names if isinstance(part, str))


def leaves_of(element: Element, *tags: str) -> list[Element]:
    """The innermost of what a rule found: elements of these tags that hold text, in order."""
    found = [e for e in element.iterdescendants(*tags) if text_of(e)]
    outer = {ancestor for e in found for ancestor in e.iterancestors(*tags)}
    return [e for e in found if e not in outer]
