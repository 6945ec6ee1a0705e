"""The body: the story's paragraphs as a reader reads them, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newscrawl.extract.blocks import Block, blocks
from newscrawl.extract.elements import spaced_text_of
from newscrawl.extract.live import IN_JSON_LD, updates_in_json_ld, with_summary, with_times
from newscrawl.extract.metadata_text import paragraphs_in
from newscrawl.extract.page import Page
from newscrawl.extract.prose import Story, Told, find_story
from newscrawl.extract.ruled import ruled_story
from newscrawl.offers.marks import SELECTORS
from newscrawl.publishers import Publisher
from newscrawl.text.sentences import ends_sentence

#: What stands in or beside a story on any page and is not the story.
BESIDE_STORY = (
    "[role=navigation]",
    "[role=complementary]",
    "aside",
    "[class*=share-bar]",
    "[class*=sharebar]",
    "[class*=social-share]",
    "[class*=author-bio]",
    "[class*=authorbio]",
    *SELECTORS,
    "[class*=advert]",
    "[aria-hidden=true]",
)
#: Characters of sentences that make a story of a text in metadata, and their share of it: teasers are shorter, and
#: lists of keywords are no sentences. A sentence has more characters than a title.
ENOUGH_SENTENCES, SENTENCE_SHARE, SENTENCE = 200, 0.5, 60
#: How many times as much text as the page shows its metadata must have to be the better body: what is shown has
#: subheadings, lists and quotations, and its paragraphs.
MUCH_MORE = 2
#: Characters from which a sentence of a flash may be its own; shorter ones are labels ("Read more.").
FLASH = 25
#: Share of a line behind "Also read" that is link text.
ASIDE_LINKED = 0.8


def extract_body(
    page: Page, publisher: Publisher, told: Told, *, premium: bool, live: bool, dated: bool
) -> tuple[list[Block], str | None]:
    """The paragraphs of the story on a page, and the rule that gave them; ``[]`` without one.

    The elements that the publisher names come first. What else is found must be prose, and where the
    page does not say of itself that it is an article, by its metadata or by a date (``dated``), there
    must be much of it: a menu, a subscription prompt or an error page is no body.
    """
    if found := _ruled(page, publisher):
        return found[0], _with_place(found[1], page)
    told = told._replace(is_article=dated or _says_article(page))
    says_article = told.is_article or bool(page.tree.tagged("article"))
    story = find_story(page, told, page.tree.matching(publisher.drop) if publisher.drop else ())
    shown = _shown_story(page, publisher, story, live=live) if says_article or story.certain else []
    if found := _structured(page, publisher, told.headline, shown, live=live, whole=says_article and not premium):
        return found
    if shown:
        return shown, _with_place(story.rule, page)
    flash = _without_asides(_flash(page, told.headline), publisher) if told.is_article else []
    return flash, "article p" if flash else None


def _with_place(rule: str, page: Page) -> str:
    """A rule, with where its text was if no reader sees it there: ``prose, in noscript``."""
    return f"{rule}, {page.unread}" if page.unread else rule


def _ruled(page: Page, publisher: Publisher) -> tuple[list[Block], str] | None:
    """The story in the elements that the publisher names."""
    found = ruled_story(page, publisher, BESIDE_STORY) if publisher.rules.get("body") else None
    story = _without_asides(found[0], publisher) if found else []
    return (story, found[1]) if found and story else None


def _shown_story(page: Page, publisher: Publisher, story: Story, *, live: bool) -> list[Block]:
    """The page's prose, of a live blog with the times that it shows."""
    return _without_asides(with_times(page, story.blocks) if live else story.blocks, publisher)


def _structured(
    page: Page, publisher: Publisher, headline: str, shown: Sequence[Block], *, live: bool, whole: bool
) -> tuple[list[Block], str] | None:
    """The story in JSON-LD where it has much more than what the page shows."""
    size = _size(shown)
    updates = [block for update in updates_in_json_ld(page, publisher) for block in update] if live else []
    if _size(updates) > MUCH_MORE * size:
        summary = shown or _flash(page, headline, ("article", "main"))
        return with_summary(updates, summary), IN_JSON_LD
    if whole and (text := _article_body(page, publisher, size)):
        return text, "json-ld:articleBody"
    return None


@cache
def aside_patterns(publisher: Publisher) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What ends a story, what introduces links to others, and what does so with a link in the same line."""
    ends = "|".join(publisher.ends) or r"(?!)"
    asides = "|".join(publisher.asides) or r"(?!)"
    return (
        re.compile(ends, re.IGNORECASE),
        re.compile(rf"\W*(?:{asides})\W*", re.IGNORECASE),
        re.compile(rf"\W*(?:{asides}) ?[:|–—-] ?(.*)", re.IGNORECASE | re.DOTALL),
    )


def _size(story: Sequence[Block]) -> int:
    return sum(len(block.text) for block in story)


def _without_asides(story: Sequence[Block], publisher: Publisher) -> list[Block]:
    """Cut at the story's end; leave out "Also Read" lines and the links that they introduce."""
    end, label, line = aside_patterns(publisher)
    kept: list[Block] = []
    in_aside = False
    for block in story:
        if end.fullmatch(block.text):
            break
        if label.fullmatch(block.text):
            in_aside = True
        elif in_aside and block.is_links:
            continue
        elif (match := line.fullmatch(block.text)) and block.linked >= ASIDE_LINKED * len(match[1]):
            in_aside = True
        else:
            in_aside = False
            kept.append(block)
    return kept


def _says_article(page: Page) -> bool:
    """Whether a page's metadata call it an article."""
    meta = page.meta
    return bool(
        page.article_node or meta.get("og:type", "").casefold() == "article" or meta.get("article:published_time")
    )


def _is_prose(paragraphs: Sequence[Block]) -> bool:
    """Whether text reads like a story: enough of it in sentences."""
    total = _size(paragraphs)
    sentences = sum(len(b.text) for b in paragraphs if len(b.text) > SENTENCE and ends_sentence(b.text))
    return sentences >= ENOUGH_SENTENCES and sentences >= SENTENCE_SHARE * total


def _article_body(page: Page, publisher: Publisher, shown: int) -> list[Block]:
    """JSON-LD's ``articleBody`` where it has much more than the characters that the page shows."""
    text = page.article_node.get("articleBody")
    if not isinstance(text, str) or len(text) <= MUCH_MORE * shown:
        return []
    story = paragraphs_in(text, page.url)
    enough = _size(story) > MUCH_MORE * shown
    return _without_asides(story, publisher) if enough and _is_prose(story) else []


def _flash(page: Page, headline: str, tags: tuple[str, ...] = ("article",)) -> list[Block]:
    """The sentences of a flash of a line or two: paragraphs of the ``article`` that the headline stands in."""
    said = headline.casefold()
    heads = (h1 for h1 in page.tree.tagged("h1") if said and spaced_text_of(h1).casefold() == said)
    around = next((outer for h1 in heads for outer in h1.iterancestors(*tags)), None)
    if around is None:
        return []
    return [
        block
        for block in blocks(around, page.tree.matching((*BESIDE_STORY, "header", "footer")))
        if _is_flash_sentence(block)
    ]


def _is_flash_sentence(block: Block) -> bool:
    return block.tag == "p" and not block.linked and len(block.text) > FLASH and ends_sentence(block.text)
