"""Whose a date is: the story's, or that of a comment, a teaser, a list or the site."""

from __future__ import annotations

import re
from typing import Any

from newscrawl.dates.plain import plain
from newscrawl.dates.written import days_in
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of, spaced_text_of
from newscrawl.extract.headline import heading
from newscrawl.extract.page import Page
from newscrawl.extract.story import CARD_CLASS
from newscrawl.text.words import key_of

#: Parts of a page that tell of other stories, or what readers say, by their class or id.
OTHERS_NAMED = re.compile(
    r"comment|komment|coment[aá]ri|kommentti|discussion|disqus|reacties|reaktionen|(?:^|[\s_-])(?:forum|repl(?:y|ies)|answers?)"
    r"|related|recommend|recomend|most-?(?:read|popular|viewed)|popular|trending|similar|teasers"
    r"|(?:^|[\s_-])(?:latest|recent|other|more|next|prev|previous|adjacent)[_-]?(?:post|stor|article|news|entr|item|nav)",
    re.IGNORECASE,
)
_WHOLE_PAGE = ("html", "body", "main")  # their classes say what the page has besides
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LOWER_HEADINGS = _HEADINGS[1:]
SHORTEST_HEADING = 8  # letters and figures of a lower heading that is told to be the headline by the title
LONGEST_BOX = 400  # characters of the box of a date and of the title of another story
MOST_BOXES = 4  # boxes around a date, of which the innermost may hold such a title, too
WORDS_OF_TITLE = 4  # at least, of a link that is a title and no name or section
LONGEST_DATE_LINK = 60  # characters of a link that is a date
#: An aside, a list's item or a navigation bar that tells of its story.
_ABOUT_STORY = re.compile(r"meta|byline|author|date|time|publish|info|dateline", re.IGNORECASE)
_COMMENTS = re.compile(r"Comment|Review|Answer|Rating", re.IGNORECASE)


def story_heading(page: Page) -> Element | None:
    """The headline as readers see it: the top heading, or, without one that the title tells, a lower one that it tells."""
    top = heading(page)
    told = key_of(f"{page.title} {page.meta.get('og:title', '')}")
    if top is not None and (key_of(spaced_text_of(top)) in told or not told):
        return top
    for tag in _LOWER_HEADINGS:
        for lower in page.tree.tagged(tag):
            key = key_of(line_of(lower, LONGEST_BOX))
            if len(key) >= SHORTEST_HEADING and key in told and not is_hidden(lower):
                return lower
    return top


class Owner:
    """Tells of elements of one page that hold a date whether it is the story's."""

    def __init__(self, page: Page):
        self._page = page
        self.top = story_heading(page)
        self.around: set[Element] = set() if self.top is None else set(self.top.iterancestors())
        self._article = next((outer for outer in self.around if outer.tag == "article"), None)
        self._beside_title = page.tree.once(self._holds_title)
        self._tells_day = page.tree.once(self._is_day)

    def owns(self, element: Element, *, near: bool = False) -> bool:
        """Whether a date that readers see is the story's; ``near`` says that it stands beside the headline."""
        within = self._page.tree.within
        if is_hidden(element) or within(element, self._is_others):
            return False
        return not within(element, self._is_closed_near if near else self._is_closed) and self._is_alone(element)

    def owns_markup(self, element: Element) -> bool:
        """The same of one that may be for machines only, with what it is said of (``itemscope``)."""
        if self._page.tree.within(element, self._is_others):
            return False
        scope = next((outer for outer in element.iterancestors() if outer.get("itemscope") is not None), None)
        if scope is None or scope in self.around:
            return self._is_alone(element)
        if _COMMENTS.search(scope.get("itemtype") or "") or scope.get("itemprop") in ("comment", "review"):
            return False
        return not self._beside_title(scope)

    def _is_others(self, outer: Element) -> bool:
        """Whether an element is of comments, or of other stories."""
        if outer in self.around or outer.tag in _WHOLE_PAGE:
            return False
        if outer.tag == "article" and self._article is not None:
            return True
        classes = outer.get("class")
        if classes is not None and CARD_CLASS.search(classes):
            return True
        return OTHERS_NAMED.search(f"{classes} {outer.get('id')}") is not None

    def _is_closed_near(self, outer: Element) -> bool:
        about = outer.tag in ("aside", "nav") and _ABOUT_STORY.search(f"{outer.get('class')} {outer.get('id')}")
        return not about and self._is_closed(outer)

    def _is_closed(self, outer: Element) -> bool:
        """Whether what stands in an element is of the site or another story, by what the element is."""
        if outer in self.around:
            return False
        if outer.tag == "a":
            return not self._tells_day(outer)
        if outer.tag == "li":
            return self._beside_title(outer)
        if outer.tag in ("header", "footer"):
            return not any(around in self.around for around in outer.iterancestors("article", "main"))
        return outer.tag in ("nav", "aside")

    def _is_day(self, link: Element) -> bool:
        """Whether a link says nothing but when: such lead to the story itself, or to those of the same day."""
        line = plain(line_of(link, LONGEST_DATE_LINK))
        days = days_in(line, "", "")
        return bool(days) and days[0].start <= LONGEST_DATE_LINK // 2

    def _is_alone(self, element: Element) -> bool:
        """Whether no title of another story stands in the same small box as a date."""
        outer = element.getparent()
        for _ in range(MOST_BOXES):
            if outer is None or outer in self.around or outer.tag in _WHOLE_PAGE:
                return True
            if self._beside_title(outer):
                return False
            outer = outer.getparent()
        return True

    def _holds_title(self, box: Element) -> bool:
        """Whether a small box holds a link that is another story's title."""
        if not line_of(box, LONGEST_BOX):
            return False
        links: list[Any] = list(box.iter("a"))
        return any(self._is_title(link) for link in links)

    def _is_title(self, link: Element) -> bool:
        if not link.get("href") or self._page.absolute(link.get("href")) == self._page.url:
            return False
        if next(link.iter(*_HEADINGS), None) is not None:
            return True
        if link.getparent() is not None and link.getparent().tag in _HEADINGS:
            return True
        text = line_of(link, LONGEST_BOX)
        return len(text.split()) >= WORDS_OF_TITLE and not days_in(plain(text), "", "")
