"""What belongs to a page's story, and what to others that the page shows beside it."""

from __future__ import annotations

import re

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden
from newscrawl.extract.page import Page

#: What stands in one of these is about other stories, or about the site.
ELSEWHERE_TAGS = {"a", "nav", "li", "aside", "footer"}
CARD_CLASS = re.compile(r"(?:^|[\s_])card(?:list)?(?:$|\s|__)")
#: What holds a page's story, best first.
STORY_RULES = ("article", "[itemprop=articleBody]", "main", "[role=main]", "[role=article]")
LAST_SURE_RULE = "main"  # after which the others are not needed


def story_elements(page: Page) -> list[Element]:
    """The elements of the story around the headline, the innermost first, else the only one of its kind.

    ``[]`` where a page marks nothing as its story.
    """
    tops = page.tree.around("h1")
    only: list[Element] = []
    around: dict[Element, None] = {}
    for rule in STORY_RULES:
        found = page.tree.select(rule)
        around |= dict.fromkeys(element for element in reversed(found) if element in tops)
        only = only or (found if len(found) == 1 else [])
        if rule == LAST_SURE_RULE and (around or only):
            break
    return list(around) or only


def is_own(mark: Element, page: Page) -> bool:
    """Whether a label or date is about this page's story: seen, and not part of a link to another one."""
    if is_hidden(mark) or page.tree.within(mark.getparent(), _is_elsewhere):
        return False
    return all(header in page.tree.around("h1") for header in mark.iterancestors("header"))


def is_card(classes: str | None) -> bool:
    """Whether the classes of an element say that it is the card of another story."""
    return classes is not None and "card" in classes and CARD_CLASS.search(classes) is not None


def _is_elsewhere(element: Element) -> bool:
    return element.tag in ELSEWHERE_TAGS or is_card(element.get("class"))
