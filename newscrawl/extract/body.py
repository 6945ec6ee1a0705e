"""The body: the story's paragraphs as a reader reads them, or nothing."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import cache

from newscrawl.extract.css import Element
from newscrawl.extract.markup import root_of
from newscrawl.extract.page import Page
from newscrawl.extract.prose import find_story
from newscrawl.extract.text import Block, blocks, clean_markup, spaced_text_of
from newscrawl.offers import marks
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
    *marks.SELECTORS,
    "[class*=advert]",
    "[aria-hidden=true]",
)
#: Characters of sentences that make a story of a text in metadata.
_ENOUGH = 200
_SENTENCE_END = re.compile(r"[.!?…।。]['\"”’»)\]]*$")


def extract_body(
    page: Page,
    publisher: Publisher,
    headline: str,
    authors: Sequence[str] = (),
    *,
    premium: bool,
    live: bool,
    dated: bool,
) -> tuple[list[str], str | None]:
    """The paragraphs of the story on a page, and the rule that gave them; ``[]`` without one.

    The elements that the publisher names come first. What else is found must be prose, and where the
    page does not say of itself that it is an article, by its metadata or by a date (``dated``), there
    must be much of it: a menu, a wall or an error page is no body.
    """
    drop = page.tree.matching((*publisher.drop, *_DROP))
    for rule in publisher.rules.get("body", ()):
        paragraphs = _story(_elements(page, rule), drop, publisher)
        if paragraphs:
            return paragraphs, rule
    told = dated or _says_article(page)
    says_article = told or bool(page.tree.tagged("article"))
    story = find_story(page, headline, authors, page.tree.matching(publisher.drop) if publisher.drop else ())
    shown = _without_asides(story.blocks, publisher) if says_article or story.certain else []
    if live and (updates := _live_updates(page)) and sum(map(len, updates)) > 2 * sum(map(len, shown)):
        return updates, "json-ld:liveBlogUpdate"
    if says_article and not premium and (whole := _structured(page, publisher, sum(map(len, shown)))):
        return whole, "json-ld:articleBody"
    if told and not shown and (brief := _brief(page, headline)):
        return _without_asides(brief, publisher), "article p"
    return shown, "prose" if shown else None


def _elements(page: Page, rule: str) -> list[Element]:
    """Outermost elements that a rule matches."""
    found = page.tree.select(rule)
    inner = set(found)
    return [e for e in found if not any(ancestor in inner for ancestor in e.iterancestors())]


def _story(elements: Iterable[Element], drop: Container[Element], publisher: Publisher) -> list[str]:
    """Paragraphs of the elements, each element's text once, without what is not the story."""
    parts: dict[tuple[str, ...], list[Block]] = {}
    for element in elements:
        if part := blocks(element, drop):
            parts.setdefault(tuple(block.text for block in part), part)
    story = [block for part in parts.values() for block in part]
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
        re.compile(rf"\W*(?:{asides}) ?[:|–—-] ?(.*)", re.IGNORECASE | re.DOTALL),
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
    """Whether a page's metadata call it an article."""
    meta = page.meta
    return bool(
        page.article_node or meta.get("og:type", "").casefold() == "article" or meta.get("article:published_time")
    )


def _is_prose(paragraphs: Sequence[Block]) -> bool:
    """Whether text reads like a story: enough of it in sentences."""
    total = sum(len(block.text) for block in paragraphs)
    sentences = sum(len(b.text) for b in paragraphs if len(b.text) > 60 and _SENTENCE_END.search(b.text))
    return sentences >= _ENOUGH and sentences >= 0.5 * total


def _structured(page: Page, publisher: Publisher, shown: int) -> list[str]:
    """JSON-LD's ``articleBody`` where it has more than twice the characters that the page shows.

    Else what is shown is better: it has subheadings, lists and quotations, and its paragraphs.
    """
    text = page.article_node.get("articleBody")
    if not isinstance(text, str) or len(text) <= 2 * shown:
        return []
    if re.search(r"<(?:p|div|br)\b", text, re.IGNORECASE):
        root = root_of(text.encode("utf-8", "ignore"))
        story = blocks(root) if root is not None else []
    else:
        lines = (clean_markup(line) for line in text.split("\n"))
        story = [Block(line, "p") for line in lines if line]
    enough = sum(len(block.text) for block in story) > 2 * shown
    return _without_asides(story, publisher) if enough and _is_prose(story) else []


def _brief(page: Page, headline: str) -> list[Block]:
    """The sentences of a flash of a line or two: paragraphs of the ``article`` that the headline stands in."""
    heads = [h1 for h1 in page.tree.tagged("h1") if headline and spaced_text_of(h1).casefold() == headline.casefold()]
    around = next((article for h1 in heads for article in h1.iterancestors("article")), None)
    found = blocks(around, page.tree.matching((*_DROP, "header", "footer"))) if around is not None else []
    return [b for b in found if b.tag == "p" and not b.linked and len(b.text) > 25 and _SENTENCE_END.search(b.text)]


def _live_updates(page: Page) -> list[str]:
    """A live blog's updates from its JSON-LD, each with its time, for a page that does not show them."""
    lists = [node["liveBlogUpdate"] for node in page.json_ld if isinstance(node.get("liveBlogUpdate"), list)]
    updates = [update for one in lists for update in one if isinstance(update, dict) and update.get("articleBody")]
    texts = [update.get(key) for update in updates for key in ("datePublished", "headline", "articleBody")]
    return [paragraph for text in texts if isinstance(text, str) and (paragraph := clean_markup(text))]
