"""Keywords: the words by which the publisher wants the story to be found."""

from __future__ import annotations

import re
from typing import Any

from newscrawl.extract.elements import seen_text_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.extract.shown_topics import MOST_TOPICS_IN_BOX
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.scripts import unspaced
from newscrawl.text.spaces import clean_markup
from newscrawl.text.words import each_once

#: Where metadata have keywords for search engines.
SEARCH_RULES = ("meta:keywords", "meta:news_keywords", "json-ld:keywords", "microdata:keywords")
MOST_KEYWORDS = 200  # of one page
#: What parts keywords.
SEPARATOR = re.compile(r"[,;|，；、،؛•]|\s#")
#: "Brel, Ana; Tern, Joss": then a comma parts none.
NAMES_TURNED_ROUND = re.compile(r"[^\s,;]{1,40}, [^,;]{1,40}(?:; ?[^\s,;]{1,40}, [^,;]{1,40}){1,40}")
#: Words that are keywords of their own where nothing else is between them: of scripts that write no spaces, and of
#: others, where the page says them nowhere one after the other.
FEWEST_UNSPACED, FEWEST_BLANK_PARTED = 2, 4
#: Rules for one text with several keywords.
TEXT_RULES = frozenset({"meta:news_keywords", "meta:keywords", "meta:parsely-tags", "meta:sailthru.tags", "meta:tags"})


def keywords(page: Page, publisher: Publisher) -> Value[list[str]]:
    """The publisher's keywords, those of all places that have some, each once, as they are.

    Unlike topics they are not chosen for readers: what is for machines, the site's own name and its authors are kept.
    The rule names the places.
    """
    told = {rule: words for rule in SEARCH_RULES if (words := [*filter(None, told_keywords(page, rule))])}
    found = each_once(word for words in told.values() for word in words)
    return Value(found[:MOST_KEYWORDS], ", ".join(told) or None)


def told_keywords(page: Page, rule: str) -> list[str]:
    """The keywords in metadata: a list of names, or of texts with separators."""
    found = _told(page, rule)
    names = [name for node in (found if isinstance(found, list) else [found]) if (name := name_of(node))]
    is_text = len(names) == 1 and (rule in TEXT_RULES or isinstance(found, str))
    parts = _parted(names[0], page) if is_text else [part for name in names for part in SEPARATOR.split(name)]
    return [clean_markup(part).strip(" ,;|#") for part in parts]


def _told(page: Page, rule: str) -> Any:
    """What metadata have for a rule; of microdata, no more than what one story may be filed under."""
    kind, _, key = rule.partition(":")
    if kind == "meta":
        return page.metas.get(key)
    if kind == "json-ld":
        return page.article_node.get(key)
    found = page.microdata.get(key, ())
    return found if len(found) <= MOST_TOPICS_IN_BOX else None


def _parted(names: str, page: Page) -> list[str]:
    """The keywords in the only text that metadata have of them, whatever is between them."""
    if NAMES_TURNED_ROUND.fullmatch(names):
        return names.split(";")
    parts = SEPARATOR.split(names)
    words = names.split()
    if len(parts) > 1 or len(words) < FEWEST_UNSPACED:
        return parts
    if all(unspaced(word) for word in words):
        return words
    fewest = FEWEST_BLANK_PARTED + (names != names.lower())
    is_list = len(words) >= fewest and names.casefold() not in seen_text_of(page.root).casefold()
    return words if is_list else parts
