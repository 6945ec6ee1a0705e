"""What belongs to a page's story, and what to others that the page shows beside it."""

from __future__ import annotations

import re

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden
from newscrawl.extract.page import Page

#: What stands in one of these is about other stories, or about the site.
ELSEWHERE_TAGS = {"a", "nav", "li", "aside", "footer"}
CARD_CLASS = re.compile(r"(?:^|[\s_])card(?:list)?(?:$|\s|__)")


def is_own(mark: Element, page: Page) -> bool:
    """Whether a label or date is about this page's story: seen, and not part of a link to another one."""
    if is_hidden(mark):
        return False
    if page.tree.within(mark.getparent(), _is_elsewhere):
        return False
    return all(header in page.tree.around("h1") for header in mark.iterancestors("header"))


def _is_elsewhere(element: Element) -> bool:
    classes = element.get("class")
    return element.tag in ELSEWHERE_TAGS or (classes is not None and CARD_CLASS.search(classes) is not None)
