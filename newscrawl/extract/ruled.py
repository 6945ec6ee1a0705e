"""The story in the elements that a publisher's rule names, less what stands in them as on any site's page.

A rule says where the story is: its paragraphs stay where prose on another page would be doubted. What goes are boxes
whose class or id says that they are something else, unless they hold much of the text, links to other stories with
their labels, captions, and wording that is on any page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence

from newscrawl.bounded import Remembered
from newscrawl.extract import boilerplate
from newscrawl.extract.blocks import Block, Hint, blocks
from newscrawl.extract.class_words import naming, words_about_itself
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden
from newscrawl.extract.hints import MUCH
from newscrawl.extract.link_labels import without_labels
from newscrawl.extract.page import Page
from newscrawl.extract.placeholders import without_placeholders
from newscrawl.extract.pull_quotes import without_pull_quotes
from newscrawl.extract.trimming import without_captions, without_furniture
from newscrawl.extract.weights import Weighed, weight_of
from newscrawl.publishers import Publisher
from newscrawl.text.sentences import ends_sentence

#: Share of a story's text up to which a box beside it may hold that is never the story's by its name; others: ``MUCH``.
MOST = 0.8
#: Share of a story's text that is links to others; one with more is a list of links.
LIST_OF_LINKS = 0.4

_SHOWING = frozenset({"figure", "div"})
_NEVER_NAMED = naming(boilerplate.NEVER)
_BOX_NAMED = naming(boilerplate.BOXES)


def ruled_story(page: Page, publisher: Publisher, beside: Iterable[str]) -> tuple[list[Block], str] | None:
    """The paragraphs in the first elements that a rule of the publisher names, and the rule; ``None`` without any.

    What matches the selectors ``beside`` is left out, and what the publisher drops.
    """
    prompts = publisher.rules.get("prompt", ())
    drop = page.tree.matching((*publisher.drop, *prompts, *beside))
    for rule in publisher.rules.get("body", ()):
        found = _paragraphs(_elements(page, publisher, rule), drop, page.tree.around("blockquote"))
        if any(not block.is_links for block in found):  # else it is a menu in the story's place
            return _cleaned(found), rule
    return None


def _elements(page: Page, publisher: Publisher, rule: str) -> list[Element]:
    """The outermost elements that a rule matches, and those that hold the story's rest, where readers see it."""
    found = page.tree.select(rule)
    rests = {rest for selector in publisher.rules.get("rest", ()) for rest in page.tree.select(selector)}
    if found and rests:
        found = sorted({*found, *rests}, key=page.tree.order.__getitem__)
    inner = set(found)
    return [
        element
        for element in found
        if inner.isdisjoint(element.iterancestors()) and not (element in rests and page.tree.within(element, is_hidden))
    ]


def _paragraphs(elements: Iterable[Element], drop: Container[Element], quoting: Container[Element]) -> list[Block]:
    """Paragraphs of the elements, each element's text once, without boxes beside the story."""
    parts: dict[tuple[str, ...], list[Block]] = {}
    for element in elements:
        if part := blocks(element, drop, hint=_hints_within(element, quoting)):
            parts.setdefault(tuple(block.text for block in part), part)
    return [block for part in parts.values() for block in part]


def _hints_within(root: Element, quoting: Container[Element]) -> Callable[[Element], Hint]:
    def hint(element: Element) -> Hint:
        if is_hidden(element):
            return Hint.NEVER
        if element is root:
            return Hint.NOTHING
        if element.tag in _SHOWING and element in quoting:
            return Hint.NOTHING  # another's words that the story shows
        return min(_hint_of(element), Hint.RARELY)  # with a mark, for how much it holds to be told

    return hint


def _read_names(names: str | None) -> Hint:
    words = words_about_itself(names or "")
    if _NEVER_NAMED.search(words):
        return Hint.NEVER
    return Hint.RARELY if _BOX_NAMED.search(words) else Hint.NOTHING


#: What a class or an id hints at; the same come on page after page.
_hint_of_names: Remembered[str | None, Hint] = Remembered(_read_names)


def _hint_of(element: Element) -> Hint:
    return max(_hint_of_names[element.get("class")], _hint_of_names[element.get("id")])


def _cleaned(found: Sequence[Block]) -> list[Block]:
    foreign = _boxes(found)
    story = [Weighed(block, weight_of(block)) for block in found if foreign.isdisjoint(block.marks)]
    kept = without_furniture([block for block, _ in without_captions(found, story)])
    links = {id(block) for block in kept if block.is_links and not _is_linked_sentence(block)}
    size = sum(len(block.text) for block in kept)
    if sum(len(block.text) for block in kept if id(block) in links) <= LIST_OF_LINKS * size:
        kept = [block for block in kept if id(block) not in links]
    return without_pull_quotes(without_placeholders(without_labels(kept)))


def _is_linked_sentence(block: Block) -> bool:
    return block.tag in ("p", "blockquote") and ends_sentence(block.text)


def _boxes(found: Sequence[Block]) -> set[Element]:
    """The marked elements that are not the story: those that hold little of the text, with all of the same class."""
    held: dict[tuple[str, str | None], int] = defaultdict(int)
    marks: dict[Element, tuple[str, str | None]] = {}
    for block in found:
        for mark in block.marks:
            name = marks.setdefault(mark, (mark.tag, mark.get("class")))
            held[name] += len(block.text)
    size = sum(len(block.text) for block in found)
    most = {Hint.NEVER: MOST * size, Hint.RARELY: MUCH * size}
    return {mark for mark, name in marks.items() if held[name] <= most[_hint_of(mark)]}
