"""Live blogs: their updates in JSON-LD, and what readers see above each update: its time and its heading.

Schema.org's ``LiveBlogPosting`` holds updates under ``liveBlogUpdate`` (https://schema.org/liveBlogUpdate). Their times
are machine dates, which no reader sees: they are given as hours and minutes, and left out where the clock is not known
(:mod:`newscrawl.dates.clock`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from newscrawl.dates.clock import time_of_day
from newscrawl.extract.blocks import Block, blocks
from newscrawl.extract.css import Element, Once
from newscrawl.extract.elements import line_of
from newscrawl.extract.json_ld import Node, addresses_of, bare_address, is_article, types_of
from newscrawl.extract.language import language
from newscrawl.extract.metadata_text import paragraphs_in
from newscrawl.extract.page import Page
from newscrawl.extract.weights import HEADINGS
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean_markup
from newscrawl.text.words import key_of

UPDATES = "liveBlogUpdate"
#: The rule of a body that is made of these.
IN_JSON_LD = f"json-ld:{UPDATES}"
#: Where lists in JSON-LD have their items.
_LIST_KEYS = (UPDATES, "itemListElement", "item", "@list", "@graph")
_TEXT_KEYS = ("articleBody", "text", "description")
#: What the heading of an update in JSON-LD is: the story's own is above it.
UPDATE_HEADING = "h2"
#: Characters of the line with an update's time: a name or a place may stand beside it.
TIME_LINE = 60
#: Letters that may stand beside the time in a line that is given whole: "Uhr", "p.m. IST", "18 November".
BESIDE_TIME = 16
#: A time of day as pages write it: 9:05, 21.05, 9h05, 9時5分, 오후 9시 5분; "9 pm", "9 Uhr".
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-4])(?:[:.h時点시]\s?[0-5]\d(?!\d)|\s?(?:[ap]\.?m\b|uhr\b))", re.IGNORECASE)


def own_blog(page: Page) -> Node | None:
    """The JSON-LD object of the live blog that a page is; not that of one it only links to."""
    blogs = [node for node in page.json_ld if "LiveBlogPosting" in types_of(node) or node.get(UPDATES)]
    if not blogs:
        return None
    own = {bare_address(address) for address in (page.url, *page.canonical)} - {""}
    if mine := [blog for blog in blogs if not own.isdisjoint(addresses_of(blog))]:
        return max(mine, key=lambda blog: bool(blog.get(UPDATES)))  # the first with updates
    if nameless := next((blog for blog in blogs if not addresses_of(blog)), None):
        return nameless
    is_other = any(is_article(node) and not own.isdisjoint(addresses_of(node)) for node in page.json_ld)
    return None if is_other else blogs[0]  # copies and staging hosts name another address


class Reported(NamedTuple):
    """An update in JSON-LD: its date as written, its heading, and its paragraphs, of which the heading is one."""

    at: str
    headline: str
    blocks: list[Block]


def reported(page: Page) -> list[Reported]:
    """The updates of the live blog that a page is, in its JSON-LD, each once."""
    blog = own_blog(page)
    found: list[Reported] = []
    seen: set[str] = set()
    for update in _updates(blog.get(UPDATES), page) if blog else ():
        told = _told(update, page.url)
        key = key_of(" ".join(block.text for block in told))
        if told and key not in seen:
            seen.add(key)
            at = update.get("datePublished") or update.get("dateModified")
            found.append(Reported(at if isinstance(at, str) else "", _headline(update), told))
    return found


def updates_in_json_ld(page: Page, publisher: Publisher) -> list[list[Block]]:
    """A live blog's updates from its JSON-LD, as the paragraphs of each: its time, its heading, its text."""
    found = reported(page)
    said = language(page, publisher).value if found else None
    times = [time_of_day(update.at, publisher, page.url, said) if update.at else "" for update in found]
    return [
        [*([Block(time, "time")] if time else []), *update.blocks] for time, update in zip(times, found, strict=True)
    ]


def _updates(value: Any, page: Page) -> Iterator[Node]:
    """The updates in a value of ``liveBlogUpdate``: one object, a list, or lists in lists."""
    stack, met = [value], set()
    while stack:
        one = page.resolve(stack.pop())
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict) and id(one) not in met:
            met.add(id(one))
            if any(one.get(key) for key in _TEXT_KEYS):
                yield one
            stack.extend(one[key] for key in reversed(_LIST_KEYS) if isinstance(one.get(key), list | dict))


def _told(update: Node, url: str) -> list[Block]:
    """The heading and the paragraphs of one update; nothing of one without a text."""
    texts = next((found for key in _TEXT_KEYS if (found := _texts(update.get(key)))), [])
    paragraphs = [block for text in texts for block in paragraphs_in(text, url)]
    heading = _headline(update)
    if heading and paragraphs and key_of(paragraphs[0].text) != key_of(heading):
        return [Block(heading, UPDATE_HEADING), *paragraphs]
    return paragraphs


def _headline(update: Node) -> str:
    heading = update.get("headline") or update.get("name")
    return clean_markup(heading) if isinstance(heading, str) else ""


def _texts(value: Any) -> list[str]:
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text.strip()]


def with_summary(updates: Sequence[Block], shown: Sequence[Block]) -> list[Block]:
    """Updates from JSON-LD behind the summary that the page shows: its paragraphs above the first shown update."""
    told = {key_of(block.text) for block in updates}
    summary: list[Block] = []
    for block in shown:
        if key_of(block.text) in told:
            break
        summary.append(block)
    while summary and is_time(summary[-1].text):  # the first update's
        summary.pop()
    return [*summary, *updates]


def is_time(text: str) -> bool:
    """Whether a line is little more than a time of day.

    >>> is_time("12.05 Uhr"), is_time("18 Nov, 9:05 p.m. IST"), is_time("The council meets for the vote at 12:05")
    (True, True, False)
    """
    if len(text) > TIME_LINE or not _CLOCK.search(text):
        return False
    return sum(map(str.isalpha, _CLOCK.sub("", text))) <= BESIDE_TIME


def with_times(page: Page, story: Sequence[Block]) -> list[Block]:
    """A live blog's paragraphs with the time and the heading above each, which elsewhere are labels and go.

    A time is the line as the page shows it, of a line with more than that the ``time`` element's text.
    """
    first = next((block.element for block in story if block.element is not None), None)
    last = next((block.element for block in reversed(story) if block.element is not None), None)
    if first is None or last is None:
        return list(story)
    around = wider(innermost_around(first, last))
    left = {(block.element, block.text): block for block in story}
    found: list[Block] = []
    above: list[Block] = []
    time_in = Once(_time_in)  # what stands between elements has the same one around it
    for block in blocks(around):
        if own := left.pop((block.element, block.text), None):
            found += above if found else _in_box(own, above, page, around)
            found.append(own)
            above = []
        elif head := _above_update(block, time_in):
            above.append(head)
        else:
            above = []
    return found if not left else list(story)


def _in_box(first: Block, above: Sequence[Block], page: Page, around: Element) -> list[Block]:
    """Of what stands above the first paragraph, what is in a box with it: a dek and the page's date are not."""
    box = first.element.getparent()
    if box is None or box is around or box in page.tree.around("h1"):
        return []
    return [head for head in above if head.element is box or box in head.element.iterancestors()]


def innermost_around(first: Element, last: Element) -> Element:
    """The innermost element around two."""
    around_first = [first, *first.iterancestors()]
    known = set(around_first)
    return next((element for element in (last, *last.iterancestors()) if element in known), around_first[-1])


def wider(element: Element) -> Element:
    """The element around one, since times may stand right above the first update; never the whole page."""
    parent = element.getparent()
    return element if parent is None or parent.tag in ("html", "body") else parent


def _above_update(block: Block, time_in: Once) -> Block | None:
    """A time or a heading, as it is given; ``None`` for what is neither."""
    if block.tag in HEADINGS and block.tag != "h1":
        return block
    if is_time(block.text):
        return block
    text = time_in[block.element] if len(block.text) <= TIME_LINE and block.element is not None else ""
    return Block(text, "time", 0, block.element, block.marks) if text else None


def _time_in(element: Element) -> str:
    """The text of the first ``time`` element within one."""
    return next((text for time in element.iter("time") if (text := line_of(time, TIME_LINE))), "")
