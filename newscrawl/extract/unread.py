"""Stories that stand where no text is read, as in ``noscript``: they are put where it is.

Some publishing systems send the story in ``noscript`` and again in a script's template, or hide the page until its
scripts have run: that is read where the page shows no story. Some pages leave a ``nav`` or a ``button`` open around all
of the story: that is opened where it holds twice as much as the page shows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain, islice
from typing import Any

from lxml import etree

from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element, inherited
from newscrawl.extract.elements import is_hidden

#: Bytes from which a text is a sentence and no label; and bytes and number of such texts that make a story.
SENTENCE, STORY, SENTENCES = 60, 400, 2
#: How many times as much as the page shows must stand where no text is read.
MUCH_MORE = 2
#: Elements that hold no story, unless they were left open around it; and what a story is recognised by there.
HOLDERS = frozenset("nav button label figcaption svg video audio object canvas select".split())
MAIN_TAGS = ("main", "article")
#: What says of an element that it is such a holder.
HOLDER_ATTRIBUTES = ("class", "id", "role", "aria-hidden")
#: Elements whose text scripts read; the types of scripts that are templates; and how many such elements are looked at.
SOURCES = ("noscript", "template", "script", "textarea")
TEMPLATE_TYPE = re.compile(r"template|tmpl|html|handlebars|mustache|underscore|jsrender", re.IGNORECASE)
is_template_type: Remembered[str, bool] = Remembered(lambda kind: TEMPLATE_TYPE.search(kind) is not None)
MOST_SOURCES = 50
TAG_OF_TEXT = re.compile(r"<(?:p|div|br|article|section|h[1-6])\b", re.IGNORECASE)
#: Places of values that scripts fill in.
PLACEHOLDER = re.compile(r"\{\{|<%|\$\{|\[\[|\{%")
#: What asks for scripts; all languages write the name so, or with a space.
JAVASCRIPT = re.compile(r"java\s?script|자바스크립트|ジャバスクリプト", re.IGNORECASE)
#: Parts of a page that hold no story, in which none is looked for.
BESIDE = frozenset("head nav footer aside".split())
UNREAD = frozenset((*HOLDERS, *SOURCES, *BESIDE, "style", "iframe"))
TEXTS = etree.XPath(f"/html/body//text()[string-length() >= {SENTENCE // 3}]")  # UTF-8 has up to three bytes for each


def show_story(root: Element, parse: Callable[[str], Element | None]) -> str:
    """Put a story that a page does not show where text is read; ``parse`` reads HTML in a text.

    Returns where it was, as ``in noscript`` or ``hidden``; ``""`` where nothing was moved.
    """
    held = _may_be_held(root)
    sources = [source for source in root.iter(*SOURCES) if _may_hold_story(source)]
    hidden = set(_hidden_around_story(root))
    if not held and (not (sources or hidden) or _shows_story(root)):
        return ""
    unread = _sentences_unread(root)
    shown = sum(unread.pop(None, []))
    if held and (holder := _holder_of_story(unread, shown)) is not None:
        was_in = f"in {holder.tag}"
        _open(holder)
        return was_in
    if shown >= STORY:
        return ""
    if sum(sum(unread.get(element, [])) for element in hidden) >= max(STORY, MUCH_MORE * shown):
        for element in hidden:
            _unhide(element)
        return "hidden"
    return _show_sources(sources, shown, parse)


def _may_be_held(root: Element) -> bool:
    """Whether a main part, or half of the paragraphs, stand in an element that holds no story."""
    holders = (one for one in root.iter(*HOLDERS) if next(one.iter("p", *MAIN_TAGS), None) is not None)
    outermost = [holder for holder in holders if next(holder.iterancestors(*HOLDERS), None) is None]
    if any(next(holder.iter(*MAIN_TAGS), None) is not None for holder in outermost):
        return True
    most = max((sum(1 for _ in holder.iter("p")) for holder in outermost), default=0)
    return most >= SENTENCES and most * 2 >= sum(1 for _ in root.iter("p"))


def _may_hold_story(source: Element) -> bool:
    if source.tag == "script" and not ((kind := source.get("type")) and is_template_type[kind]):
        return False
    if not len(source):
        return len((source.text or "").encode()) >= STORY
    return sum(1 for text in source.itertext() if len(text.encode()) >= SENTENCE and not text.isspace()) >= SENTENCES


def _hidden_around_story(root: Element) -> Iterator[Element]:
    """Hidden elements around the headline or the main part: scripts show them."""
    for top in root.iter("h1", "main"):
        around = top.iterancestors() if top.tag == "h1" else (top, *top.iterancestors())
        yield from filter(is_hidden, around)


def _shows_story(root: Element) -> bool:
    """Whether paragraphs whose text is read begin with enough sentences for a story: most pages with one say so."""
    cover_of = inherited(_cover, outside=None)
    sizes = ((paragraph, len((paragraph.text or "").strip().encode())) for paragraph in root.iterfind("body//p"))
    read = (size for paragraph, size in sizes if size >= SENTENCE and cover_of(paragraph) is None)
    return any(size >= STORY for size in accumulate(read))


def _sentences_unread(root: Element) -> dict[Element | None, list[int]]:
    """Bytes of the page's sentences, by the innermost element around each whose text is not read; ``None``: none."""
    cover_of = inherited(_cover, outside=None)
    found: dict[Element | None, list[int]] = defaultdict(list)
    texts: Any = TEXTS(root)
    for text in texts:
        size = len(text.strip().encode())
        if size < SENTENCE:
            continue
        element = text.getparent()
        found[cover_of(element.getparent() if text.is_tail else element)].append(size)
    return found


def _cover(element: Element, around: Element | None) -> Element | None:
    """The innermost element, of one and those around it, whose text is not read; ``around`` is that of the others."""
    return element if element.tag in UNREAD or is_hidden(element) else around


def _holder_of_story(unread: dict[Element | None, list[int]], shown: int) -> Element | None:
    """The element that holds more sentences than the page shows, where it may have been left open."""
    holder = max(unread, key=lambda element: sum(unread[element]), default=None)
    if holder is None or holder.tag not in HOLDERS or len(unread[holder]) <= SENTENCES:
        return None
    return holder if sum(unread[holder]) >= max(STORY, MUCH_MORE * shown) else None


def _open(holder: Element) -> None:
    """Make an element, and those around it, ones whose text is read."""
    for element in (holder, *holder.iterancestors(*HOLDERS)):
        element.tag = "div"
        for attribute in HOLDER_ATTRIBUTES:
            element.attrib.pop(attribute, None)


def _unhide(element: Element) -> None:
    for attribute in ("hidden", "style"):
        element.attrib.pop(attribute, None)


def _show_sources(sources: Iterable[Element], shown: int, parse: Callable[[str], Element | None]) -> str:
    """Put what elements hold for scripts where it is read, each text once, where together it makes a story.

    Returns where the first of it was.
    """
    said: set[str] = set()
    stories: list[tuple[Element, Element]] = []
    size = 0
    for source in islice(sources, MOST_SOURCES):
        content = _content(source, parse)
        sentences = set() if content is None else _sentences(content) - said
        if len(sentences) >= SENTENCES:
            said |= sentences
            stories.append((source, content))
            size += sum(len(sentence.encode()) for sentence in sentences)
    if size < max(STORY, MUCH_MORE * shown):
        return ""
    was_in = f"in {stories[0][0].tag}"
    for source, content in stories:
        _show(source, content)
    return was_in


def _content(source: Element, parse: Callable[[str], Element | None]) -> Element | None:
    """What an element holds for scripts, read as HTML; ``None`` where it is no story."""
    if any(around.tag in BESIDE for around in source.iterancestors()):
        return None
    if len(source):
        return source
    text = source.text or ""
    if not TAG_OF_TEXT.search(text) or PLACEHOLDER.search(text):
        return None
    root = parse(text)
    return None if root is None else root.find("body")


def _sentences(content: Element) -> set[str]:
    """The sentences of a content; none where scripts fill in values, and none that asks for scripts."""
    texts = [" ".join(text.split()) for text in content.itertext()]
    if any(map(PLACEHOLDER.search, texts)):
        return set()
    return {text for text in texts if len(text.encode()) >= SENTENCE and not JAVASCRIPT.search(text)}


def _show(source: Element, content: Element) -> None:
    if content is source:
        for element in chain([source], list(source.iter("noscript", "template"))):
            element.tag = "div"
    else:
        content.tag = "div"
        source.addprevious(content)
