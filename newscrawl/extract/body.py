"""The body: the story's paragraphs as a reader reads them, or nothing."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import cache

from lxml import etree

from newscrawl.extract.css import Element
from newscrawl.extract.page import Page
from newscrawl.extract.text import Block, blocks, clean, clean_markup
from newscrawl.publishers import Publisher

#: What stands in or beside a story on any page and is not the story.
_DROP = (
    "[role=navigation]",
    "[role=complementary]",
    "aside",
    "[class*=share-bar]",
    "[class*=sharebar]",
    "[class*=social-share]",
    "[class*=author-bio]",
    "[class*=authorbio]",
    "[class*=newsletter-signup]",
    "[class*=advert]",
    "[aria-hidden=true]",
)
#: And what stands in an element that holds more than the story's body: byline, tags, share bar.
_FURNITURE = ("header", "footer", "h1", "time")
#: Where a story stands by the meaning of HTML, best first.
_SEMANTIC = ("[itemprop=articleBody]", "article", "main", "[role=main]")
#: Characters of prose that make a body found without a publisher's rule believable.
_ENOUGH = 200
_SENTENCE_END = re.compile(r"[.!?…।。]['\"”’»)\]]*$")


def extract_body(
    page: Page, publisher: Publisher, headline: str, *, premium: bool, live: bool, dated: bool
) -> tuple[list[str], str | None]:
    """The paragraphs of the story on a page, and the rule that gave them; ``[]`` without one.

    The page's own elements come first. What other rules find must look like prose, and the page
    must say of itself that it is an article, by its metadata or by a date (``dated``): a menu, a
    wall or an error page is no body.
    """
    drop = page.tree.matching((*publisher.drop, *_DROP))
    for rule in publisher.rules.get("body", ()):
        paragraphs = _story(_elements(page, rule), drop, publisher)
        if paragraphs:
            return paragraphs, rule
    if live and (paragraphs := _live_updates(page)):
        return paragraphs, "json-ld:liveBlogUpdate"
    if not (dated or _says_article(page)):
        return [], None
    semantic = _semantic(page, publisher, headline)
    structured = [] if premium else _structured(page, publisher)
    if structured and len("".join(structured)) >= 0.8 * len("".join(semantic[0])):
        return structured, "json-ld:articleBody"
    if semantic[0]:
        return semantic
    return _by_library(page, publisher, headline)


def _elements(page: Page, rule: str) -> list[Element]:
    """Outermost elements that a rule matches."""
    found = page.tree.select(rule)
    inner = set(found)
    return [e for e in found if not any(ancestor in inner for ancestor in e.iterancestors())]


def _story(elements: Iterable[Element], drop: Container[Element], publisher: Publisher) -> list[str]:
    """Paragraphs of the elements, each element's text once, without what is not the story."""
    parts: list[list[Block]] = []
    for element in elements:
        part = blocks(element, drop)
        if part and not any([b.text for b in part] == [b.text for b in other] for other in parts):
            parts.append(part)
    story = [block for part in parts for block in part]
    if all(block.is_links for block in story):
        return []  # a menu in the story's place
    return _without_asides(story, publisher)


@cache
def _patterns(publisher: Publisher) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    ends = "|".join(publisher.ends) or r"(?!)"
    asides = "|".join(publisher.asides) or r"(?!)"
    return (
        re.compile(ends, re.IGNORECASE),
        re.compile(rf"\W*(?:{asides})\W*", re.IGNORECASE),
        re.compile(rf"\W*(?:{asides})\s*[:|–—-]\s*(.*)", re.IGNORECASE | re.DOTALL),
    )


def _without_asides(story: Sequence[Block], publisher: Publisher) -> list[str]:
    """Cut at the story's end; leave out "Also Read" lines and the links that they introduce."""
    end, label, line = _patterns(publisher)
    kept: list[str] = []
    in_aside = False
    for block in story:
        if end.fullmatch(block.text):
            break
        if label.fullmatch(block.text):
            in_aside = True
        elif in_aside and block.is_links:
            continue
        elif (match := line.fullmatch(block.text)) and block.linked >= 0.8 * len(match[1]):
            in_aside = True
        else:
            in_aside = False
            kept.append(block.text)
    return kept


def _says_article(page: Page) -> bool:
    """Whether a page's metadata calls it an article."""
    meta = page.meta
    return bool(
        page.article_node
        or meta.get("og:type", "").casefold() == "article"
        or meta.get("article:published_time")
        or page.tree.tagged("article")
    )


def _is_prose(paragraphs: Sequence[Block]) -> bool:
    """Whether text reads like a story: enough of it in sentences, and few of it links."""
    total = sum(len(block.text) for block in paragraphs)
    sentences = sum(len(b.text) for b in paragraphs if len(b.text) > 60 and _SENTENCE_END.search(b.text))
    return sentences >= _ENOUGH and sentences >= 0.5 * total and sum(b.linked for b in paragraphs) < 0.4 * total


def _semantic(page: Page, publisher: Publisher, headline: str) -> tuple[list[str], str | None]:
    drop = page.tree.matching((*publisher.drop, *_DROP, *_FURNITURE))
    for rule in _SEMANTIC:
        for element in _elements(page, rule):
            story = _after_head(blocks(element, drop), headline)
            if _is_prose(story):
                return _without_asides(story, publisher), rule
    return [], None


def _after_head(story: list[Block], headline: str) -> list[Block]:
    """The blocks from the first paragraph of prose on; what stands before is headline and byline."""
    for number, block in enumerate(story):
        if len(block.text) > 60 and block.text != headline and not block.is_links and _SENTENCE_END.search(block.text):
            return story[number:]
    return []


def _structured(page: Page, publisher: Publisher) -> list[str]:
    text = page.article_node.get("articleBody")
    if not isinstance(text, str):
        return []
    if re.search(r"<(?:p|div|br)\b", text, re.IGNORECASE):
        root = etree.HTML(text)
        story = blocks(root) if root is not None else []
    else:
        lines = (clean_markup(line) for line in re.split(r"\s*\n\s*", text))
        story = [Block(line, "p") for line in lines if line]
    return _without_asides(story, publisher) if _is_prose(story) else []


def _live_updates(page: Page) -> list[str]:
    """A live blog's updates from its JSON-LD, each with its time, for a page that shows none."""
    lists = [node["liveBlogUpdate"] for node in page.json_ld if isinstance(node.get("liveBlogUpdate"), list)]
    updates = [update for one in lists for update in one if isinstance(update, dict)]
    texts = [update.get(key) for update in updates for key in ("datePublished", "headline", "articleBody")]
    return [paragraph for text in texts if isinstance(text, str) and (paragraph := clean_markup(text))]


def _by_library(page: Page, publisher: Publisher, headline: str) -> tuple[list[str], str | None]:
    """What trafilatura (https://trafilatura.readthedocs.io) takes for the story.

    Of the libraries measured (docs/architecture.md) it has the best text; it costs some 20 ms a
    page, which only pages pay that no rule reads.
    """
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(page.text, include_comments=False)
    except Exception:
        return [], None
    text = getattr(document, "text", None) or ""
    story = _after_head([Block(clean(line), "p") for line in text.split("\n") if clean(line)], headline)
    return (_without_asides(story, publisher), "trafilatura") if _is_prose(story) else ([], None)
