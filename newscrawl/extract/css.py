"""Rules as data: CSS selectors on one tree, which is gone through once.

A page is asked some fifty selectors, most of which match nothing. XPath predicates are slow (a fifth of a
millisecond each on a page of two thousand elements), so classes, attributes and words are looked up in
indexes of what selectors have ever named; only what is left is run as XPath, compiled once.

libxml2 joins the results of an XPath's second step with a comparison of each to all others: time grows with the square
of what matches. So every XPath here has one step, and what must stand around or before an element is a predicate.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache, cached_property
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from cssselect import HTMLTranslator
from cssselect.parser import Class, parse
from cssselect.xpath import XPathExpr
from lxml import etree

from newscrawl.bounded import Remembered
from newscrawl.text.spaces import clean

Element = Any  # lxml's elements; its stubs know no better name for what XPath gives
Value = TypeVar("Value")

OPTIONAL_TAG = r"([a-z][a-z0-9]*)?"
TAG_SELECTOR = re.compile(r"[a-z][a-z0-9]*", re.ASCII)
CLASS_SELECTOR = re.compile(OPTIONAL_TAG + r"\.([\w-]+)", re.ASCII)
ATTRIBUTE_SELECTOR = re.compile(
    OPTIONAL_TAG + r"\[([a-z-]+)(?:([*~]?)=(?:\"([^\"]*)\"|'([^']*)'|([\w-]+)))?\]", re.ASCII
)
#: Selectors of which each may match; and one that matches below, or with ``>`` right below, another's element.
SELECTOR_LIST = re.compile(r"[^,:\[(]+(?:,[^,:\[(]+)+")
DESCENDANT_SELECTOR = re.compile(r"([^,:+~\[]*[^\s,:>+~\[])\s+(>\s+)?([^\s,:>+~\[]+)")


class _Translator(HTMLTranslator):
    """CSS to XPath of one step, where ``.name`` also matches the CSS-modules class ``Prefix_name__hash``."""

    def css_to_xpath(self, css: str, prefix: str = "descendant-or-self::") -> str:
        selectors = [self.xpath(selector.parsed_tree) for selector in parse(css)]
        if len(selectors) == 1:
            return f"{prefix}{selectors[0]}"
        return f"{prefix}*[{' or '.join(map(_condition, selectors))}]"

    def xpath_descendant_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"ancestor::*[{_condition(left)}]")

    def xpath_child_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"parent::*[{_condition(left)}]")

    def xpath_direct_adjacent_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"preceding-sibling::*[1][{_condition(left)}]")

    def xpath_first_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return xpath.add_condition("not(preceding-sibling::*[1])")  # not count() = 0, which goes to all of them

    def xpath_last_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return xpath.add_condition("not(following-sibling::*[1])")

    def xpath_class(self, class_selector: Class) -> XPathExpr:
        name = class_selector.class_name
        return self.xpath(class_selector.selector).add_condition(
            f"@class and (contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
            f" or contains(@class, '_{name}__'))"
        )


def _condition(selector: XPathExpr) -> str:
    """A selector of one step as a condition for an element."""
    named = [] if selector.element == "*" else [f"self::{selector.element}"]
    return " and ".join([*named, f"({selector.condition or 'true()'})"])


class _Plan(NamedTuple):
    """How a selector is run, by its simplest part: a tag, a class (its name, and whether all of it), an attribute,
    a selector below another or (``child``) right below it, ``either`` of several; else as XPath."""

    tag: str | None = None
    class_name: tuple[str, bool] | None = None
    attribute: str | None = None
    contains: bool = False
    word: bool = False
    value: str | None = None
    outer: str | None = None
    inner: str = ""
    child: bool = False
    either: tuple[str, ...] = ()
    xpath: Callable[[Element], Any] | None = None

    def accepts(self, value: str) -> bool:
        """Whether the attribute of an element that has it is the one that is sought."""
        sought = self.value
        if sought is None:
            return True
        if self.contains:
            return sought in value
        return sought in value.split() if self.word else sought == value


def _attribute_plan(match: re.Match[str]) -> _Plan:
    tag, name, sign, *values = match.groups()
    value = next((text for text in values if text is not None), None)
    if name == "class" and sign == "*" and value:
        return _class_plan(tag, value, whole=False)
    return _Plan(tag, attribute=name, contains=sign == "*", word=sign == "~", value=value)


def _class_plan(tag: str | None, name: str, *, whole: bool) -> _Plan:
    KNOWN_CLASSES.add((name, whole))
    KNOWN_NAMES.add(name)
    class_matches.clear()
    return _Plan(tag, class_name=(name, whole))


@cache
def _plan(css: str) -> _Plan:
    if TAG_SELECTOR.fullmatch(css):
        return _Plan(css)
    if match := CLASS_SELECTOR.fullmatch(css):
        return _class_plan(match[1], match[2], whole=True)
    if match := ATTRIBUTE_SELECTOR.fullmatch(css):
        return _attribute_plan(match)
    if SELECTOR_LIST.fullmatch(css):
        return _Plan(either=tuple(part.strip() for part in css.split(",")))
    if match := DESCENDANT_SELECTOR.fullmatch(css):
        return _Plan(outer=match[1], child=match[2] is not None, inner=match[3])
    return _Plan(xpath=etree.XPath(_Translator().css_to_xpath(css)))


#: Classes that selectors name, whole or in part, and their names alone; and tags that were asked for.
KNOWN_CLASSES: set[tuple[str, bool]] = set()
KNOWN_NAMES: set[str] = set()
KNOWN_TAGS: set[str] = set()
TEXTS_OF_BODY = etree.XPath("/html/body/descendant::text()", smart_strings=False)
TEXTS_WITH_ELEMENTS = etree.XPath("/html/body/descendant::text()")  # that know their element, at three times the cost
NTH_HOLDER = "/html[1]/body[1]/descendant::text()[%d]/.."  # libxml2 stops at a number that is written there
MOST_SINGLE_HOLDERS = 8  # texts whose elements are asked for one by one, at a tenth of the cost of all of a page's
TEXT_END = b"\0"  # no text has it: libxml2 is given none
LONGEST_LABEL = 50  # characters of a label, with what is around it
LONGEST_SAYING = 2000  # characters of a text in which words are looked for; longer ones are scripts
FIRST_OF_LABEL = 4  # characters by which the beginnings of labels are told from most texts
FIRST_OF_UNSPACED = 2  # the same in scripts without spaces
BEHIND_LABEL = ("", ":", " :", "\xa0:", "：", "…", "...", " »", " ›", " >", " →", " |", " –", " -", "»")
LONGEST_INDENT = 80  # characters of a text in which its first letters are looked for
LONGEST_BEGINNING = 250  # characters of a text's beginning
BEFORE_LABEL = " \t\r\n\xa0([{*•·-–—_|>\"'“”„«※■▲◆【［（"
TAGS_NOT_SAID = {"script", "style", "title"}


def _matched_classes(classes: str) -> tuple[tuple[str, bool], ...]:
    """Which of these classes a class attribute has."""
    if not [name for name in KNOWN_NAMES if name in classes]:  # most have none of them
        return ()
    tokens = classes.split()
    found = (one for one in KNOWN_CLASSES if one[0] in classes)
    return tuple(one for one in found if not one[1] or one[0] in tokens or f"_{one[0]}__" in classes)


#: The same attributes come on page after page.
class_matches: Remembered[str, tuple[tuple[str, bool], ...]] = Remembered(_matched_classes)


def with_ends(labels: str) -> frozenset[str]:
    """Labels, parted by ``|``, with each sign that may stand behind one, for ``Tree.labelled``."""
    return frozenset(f"{label}{sign}" for label in labels.split("|") for sign in BEHIND_LABEL)


@cache
def _attribute_values(attribute: str) -> Callable[[Element], Any]:
    return etree.XPath(f"/descendant::*/@{attribute}")


@cache
def split_rule(rule: str) -> tuple[str, str | None]:
    """A rule's selector, and the attribute that a trailing ``::attr(x)`` names."""
    css, _, attribute = rule.partition("::attr(")
    return css, attribute.rstrip(")") or None


class Once(dict[Any, Any]):
    """What a function gives, for each argument that it was called with; for as long as this lives."""

    def __init__(self, function: Callable[[Any], Any]):
        super().__init__()
        self._function = function

    def __missing__(self, argument: Any) -> Any:
        found = self[argument] = self._function(argument)
        return found


def inherited(pass_on: Callable[[Element, Value], Value], *, outside: Value) -> Callable[[Element | None], Value]:
    """Tells what an element has from those around it: ``pass_on`` says it of one and of what the one around it has.

    Each element is asked once, however much stands in it; ``outside`` is what stands around the root.
    """
    known: dict[Element | None, Value] = {None: outside}

    def of(element: Element) -> Value:
        unknown = []
        while element not in known:
            unknown.append(element)
            element = element.getparent()
        value = known[element]
        for one in reversed(unknown):
            value = known[one] = pass_on(one, value)
        return value

    return of


def elements_around(inner: Iterable[Element]) -> set[Element]:
    """The elements that any of some elements stands in."""
    found: set[Element] = set()
    for element in inner:
        while (element := element.getparent()) is not None and element not in found:
            found.add(element)
    return found


class Tree:
    """An HTML tree that CSS selectors are run on."""

    def __init__(self, root: Element):
        self.root = root
        self._by_class: dict[tuple[str, bool], list[Element]] = {}
        self._indexed = 0
        self._by_tag: dict[str, list[Element]] = {}
        self._by_attribute: dict[str, list[Element]] = {}
        self._numbers: list[int] = []  # of ``texts`` among all texts of the body
        self._said: dict[str, list[int]] = {}
        self._around: dict[str, set[Element]] = {}
        self._within: dict[Callable[[Element], bool], Callable[[Element | None], bool]] = {}
        self._once: dict[Callable[[Element], bool], Callable[[Element], bool]] = {}

    def select(self, css: str) -> list[Element]:
        """Elements that a CSS selector matches, in document order."""
        plan = _plan(css)
        if plan.xpath is not None:
            return list(plan.xpath(self.root))
        if plan.either:
            return self._either(plan.either)
        if plan.outer is not None:
            return self._below(plan.outer, plan.inner, child=plan.child)
        if plan.class_name:
            found = self._with_class(plan.class_name)
            return [element for element in found if element.tag == plan.tag] if plan.tag else found
        return self._with_attribute(plan) if plan.attribute else self.tagged(plan.tag or "")

    def _either(self, selectors: Iterable[str]) -> list[Element]:
        found = [elements for css in selectors if (elements := self.select(css))]
        if len(found) <= 1:
            return found[0] if found else []
        return sorted({element for elements in found for element in elements}, key=self.order.__getitem__)

    def _below(self, outer: str, inner: str, *, child: bool) -> list[Element]:
        around = set(self.select(outer))
        if not around:
            return []
        if child:
            return [element for element in self.select(inner) if element.getparent() in around]
        return [e for e in self.select(inner) if any(outer in around for outer in e.iterancestors())]

    @cached_property
    def order(self) -> dict[Element, int]:
        """The number of each element in document order, of those behind the root, too: a page may have two."""
        tops = (self.root, *self.root.itersiblings())
        return {element: number for number, element in enumerate(e for top in tops for e in top.iter("*"))}

    def end(self, element: Element) -> int:
        """The number, in document order, behind the last element within one."""
        around: Element | None = element
        while around is not None:
            if (behind := around.getnext()) is not None:
                return self.order[behind]
            around = around.getparent()
        return len(self.order)

    def behind(self, element: Element, among: Sequence[Element]) -> int:
        """Which of some elements, in document order, is the first to begin where one has ended."""
        return bisect_left(among, self.end(element), key=self.order.__getitem__)

    def around(self, tag: str) -> set[Element]:
        """Elements that one of that tag stands in. A search below each element would take the square of the time."""
        if tag not in self._around:
            self._around[tag] = elements_around(self.tagged(tag))
        return self._around[tag]

    def once(self, ask: Callable[[Element], bool]) -> Callable[[Element], bool]:
        """A question about an element alone, asked of each once, however many elements stand in it."""
        if ask not in self._once:
            self._once[ask] = Once(ask).__getitem__
        return self._once[ask]

    def within(self, element: Element | None, has: Callable[[Element], bool]) -> bool:
        """Whether an element, or one around it, is what ``has`` asks; each is asked once, however much stands in it."""
        if has not in self._within:
            self._within[has] = inherited(lambda one, around: around or has(one), outside=False)
        return self._within[has](element)

    def tagged(self, tag: str) -> list[Element]:
        """Elements of a tag, in document order."""
        if tag not in self._by_tag:
            KNOWN_TAGS.add(tag)
            self._by_tag = {name: [] for name in KNOWN_TAGS}
            for element in self.root.iter(*KNOWN_TAGS):
                self._by_tag[element.tag].append(element)
        return self._by_tag[tag]

    def select_all(self, rules: Iterable[str]) -> Iterator[Element]:
        """Elements that any of the selectors matches, those of earlier ones first, each once."""
        seen = set()
        for css in rules:
            for element in self.select(css):
                if element not in seen:
                    seen.add(element)
                    yield element

    def matching(self, rules: Iterable[str]) -> set[Element]:
        """The elements that any of the selectors matches."""
        return {element for css in rules for element in self.select(css)}

    @cached_property
    def texts(self) -> list[str]:
        """The texts of the page's body that are not white space alone, in document order."""
        texts: Any = TEXTS_OF_BODY(self.root)
        self._numbers = [number for number, text in enumerate(texts) if not text.isspace()]
        return [texts[number] for number in self._numbers]

    def saying(self, words: Iterable[str], accept: Callable[[str], bool] = bool) -> list[Element]:
        """Elements, scripts aside, that say one of the words in a text of their own, in any case, in document order.

        Only texts that are accepted count, and of those up to ``LONGEST_SAYING``; asking for the element is the dear
        part.
        """
        return self._holding([place for place in sorted(self._saying(words)) if accept(self.texts[place])])

    def beginning(self, firsts: Set[str], accept: Callable[[str], object], most: int) -> list[tuple[Element, str]]:
        """The first elements, scripts aside, with a text that begins with one of some letters and is accepted.

        ``firsts`` are the first ``FIRST_OF_LABEL`` characters in lower case, or ``FIRST_OF_UNSPACED`` of a label
        in a script without spaces. A text's beginning, from its first letter on, is what is accepted, and given.
        """
        said: list[tuple[int, str]] = []
        for place, text in enumerate(self.texts):
            begin = text[:LONGEST_INDENT].lstrip(BEFORE_LABEL) if text[0] in BEFORE_LABEL else text
            first = begin[:FIRST_OF_LABEL].lower()
            if first in firsts or (not first.isascii() and first[:FIRST_OF_UNSPACED] in firsts):
                said.append((place, text))
        begins = ((place, clean(text[:LONGEST_BEGINNING]).lstrip(BEFORE_LABEL)) for place, text in said)
        found = list(islice(((place, begin) for place, begin in begins if accept(begin)), most))
        elements = zip(self._holders([place for place, _ in found]), found, strict=True)
        return [(element, begin) for element, (_, begin) in elements if element.tag not in TAGS_NOT_SAID]

    def says(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether the texts of the page's body, joined, have what a pattern matches: in lower case, in ASCII.

        Long texts do not count.
        """
        return pattern.search(self._joined_texts) is not None

    def labelled(self, most: int, labels: Set[str], beginnings: tuple[str, ...] = ()) -> list[Element]:
        """The first elements, scripts aside, that say a label in a text of their own, or begin so in a short one.

        Labels are in lower case, with what may stand behind them (``with_ends``).
        """
        said = labels & set(self._short_texts)
        if beginnings:
            first = {begin[:FIRST_OF_LABEL] for begin in beginnings}
            said |= {t for t in self._short_texts if t[:FIRST_OF_LABEL] in first and t.startswith(beginnings)}
        if not said:
            return []
        return self._holding([place for place, text in enumerate(self._short_texts) if text in said][:most])

    @cached_property
    def _short_texts(self) -> list[str]:
        """The page's texts in lower case, without white space around; ``""`` for one too long for a label."""
        return [text.lower() if len(text) < LONGEST_LABEL else "" for text in map(str.strip, self.texts)]

    def _holding(self, places: Sequence[int]) -> list[Element]:
        """The elements of some texts, each once."""
        return [element for element in dict.fromkeys(self._holders(places)) if element.tag not in TAGS_NOT_SAID]

    def _saying(self, words: Iterable[str]) -> set[int]:
        """The places of the texts that say one of the words; each word is looked for once."""
        found: set[int] = set()
        for word in words:
            if word not in self._said:
                self._said[word] = list(self._said_in(word))
            found.update(self._said[word])
        return found

    def _said_in(self, word: str) -> Iterator[int]:
        texts, joined = self.texts, self._joined_texts
        sought = word.encode("utf-8", "replace").lower()
        place, counted = 0, 0
        position = joined.find(sought)
        while position >= 0:
            place += joined.count(TEXT_END, counted, position)
            if word.isascii() or word in texts[place]:
                yield place
            counted = joined.find(TEXT_END, position)
            position = joined.find(sought, counted)

    @cached_property
    def _joined_texts(self) -> bytes:
        """The page's texts in UTF-8, an end behind each, with ASCII in lower case.

        Bytes are searched several times as fast as the text. Half of a page's are in scripts: long texts are left out.
        """
        said = [text if len(text) <= LONGEST_SAYING else "" for text in self.texts]
        return "\0".join([*said, ""]).encode("utf-8", "replace").lower()

    def _holders(self, places: Sequence[int]) -> list[Element]:
        """The elements that some texts stand in."""
        numbers = [self._numbers[place] for place in places]
        if len(numbers) <= MOST_SINGLE_HOLDERS:
            found: list[Any] = [etree.XPath(NTH_HOLDER % (number + 1))(self.root) for number in numbers]
            if all(found):  # none is in a second body
                return [holder for (holder,) in found]
        texts: Any = TEXTS_WITH_ELEMENTS(self.root)
        return [texts[n].getparent().getparent() if texts[n].is_tail else texts[n].getparent() for n in numbers]

    def _with_class(self, name: tuple[str, bool]) -> list[Element]:
        if self._indexed != len(KNOWN_CLASSES):  # a selector is new
            self._indexed = len(KNOWN_CLASSES)
            self._by_class = {}
            for element in self.root.iter("*"):
                if names := element.get("class"):
                    for one in class_matches[names]:
                        self._by_class.setdefault(one, []).append(element)
        return self._by_class.get(name, [])

    def _with_attribute(self, plan: _Plan) -> list[Element]:
        name = plan.attribute or ""
        having = self._having(name, plan.tag)
        return having if plan.value is None else [element for element in having if plan.accepts(element.get(name))]

    def _having(self, name: str, tag: str | None) -> list[Element]:
        """Elements, of a tag or any, that have an attribute."""
        if tag:
            return [element for element in self.tagged(tag) if element.get(name) is not None]
        if name not in self._by_attribute:
            self._by_attribute[name] = [value.getparent() for value in _attribute_values(name)(self.root)]
        return self._by_attribute[name]
