"""Whose a date is: the story's, or that of a comment, a teaser, a list or the site."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import takewhile
from weakref import proxy

from newscrawl.dates.plain import plain
from newscrawl.dates.written import days_in
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of, spaced_text_of
from newscrawl.extract.headline import heading
from newscrawl.extract.microdata import is_item
from newscrawl.extract.page import Page
from newscrawl.extract.story import is_card
from newscrawl.extract.texts_near_headline import AUTHOR_PATH
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.spaces import clean
from newscrawl.text.words import in_small_letters, key_of

#: Parts of a page that tell of other stories, or what readers say, by their class or id, in small letters.
OTHERS_NAMED = re.compile(
    r"comment|komment|coment[aá]ri|kommentti|discussion|disqus|reacties|reaktionen|(?:^|[\s_-])(?:forum|repl(?:y|ies)|respond|responses|answers?)"
    r"|related|recommend|recomend|most-?(?:read|popular|viewed)|popular|trending|similar|teasers"
    r"|(?:^|[\s_-])(?:latest|recent|other|more|next|prev|previous|adjacent)[_-]?(?:post|stor|article|news|entr|item|nav)"
)
_WHOLE_PAGE = ("html", "body", "main")  # their classes say what the page has besides
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LOWER_HEADINGS = _HEADINGS[1:]
LEAST_SHARE = 0.4  # of a title, of a heading that is the headline; a shorter one is the site's or the section's
SOUGHT = 20  # characters of a title by which it is looked for
_WORDS = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
LONGEST_BOX = 400  # characters of the box of a date and of the title of another story
MOST_BOXES = 4  # boxes around a date, of which the innermost may hold such a title, too
#: Words, at least, of a link that is a title and no name or section, and of one in a heading.
WORDS_OF_TITLE, WORDS_OF_HEADING = 4, 2
WORDS_BEFORE_DATE, LONGEST_DATE_LINK = 2, 60  # words and characters of a link that is a date
#: An aside, a list's item or a navigation bar that tells of its story, in small letters.
_ABOUT_STORY = re.compile(r"meta|byline|author|date|time|publish|info|dateline")
_COMMENTS = re.compile(r"Comment|Review|Answer|Rating", re.IGNORECASE)


def story_heading(page: Page) -> Element | None:
    """The headline as readers see it: the top heading, or a lower one that the title tells instead of that."""
    top = heading(page)
    titles = [key for title in (page.title, page.meta.get("og:title", "")) if (key := key_of(title))]
    if top is not None and not _is_aside(top, page, titles):
        return top
    for tag in _LOWER_HEADINGS:
        for lower in page.tree.tagged(tag):
            if _share(line_of(lower, LONGEST_BOX), titles) >= LEAST_SHARE and not is_hidden(lower):
                return lower
    return _plain_title(page, titles) if top is None else top


def _plain_title(page: Page, titles: list[str]) -> Element | None:
    """The element, no heading, that says most of the title."""
    sought = {title[:SOUGHT] for title in (page.title, page.meta.get("og:title", "")) if title}
    said = page.tree.saying(sorted(sought), lambda text: _share(clean(text), titles) >= LEAST_SHARE)
    return next((element for element in said if element.tag not in ("a", "option", "li")), None)


def _share(text: str, titles: list[str]) -> float:
    """How much of a title a text is."""
    key = key_of(text)
    return max((len(key) / len(title) for title in titles if key in title), default=0) if key else 0


def _is_aside(top: Element, page: Page, titles: list[str]) -> bool:
    """Whether a top heading may be the site's or the section's: a small part of the title, or none of its words."""
    text = spaced_text_of(top)
    if share := _share(text, titles):
        return share < LEAST_SHARE
    words = set(_WORDS.findall(text.casefold()))
    return bool(titles) and words.isdisjoint(_WORDS.findall(page.title.casefold()))


class Owner:
    """Tells whether the date that an element of the page holds is the story's."""

    def __init__(self, page: Page):
        self._page: Page = proxy(page)  # which keeps this: without a cycle it is freed at once
        own: Owner = proxy(self)  # this keeps elements, which keep the tree
        self._beside_title = page.tree.once(lambda box: own._holds_title(box))  # noqa: PLW0108 - a method keeps this
        self._tells_day = page.tree.once(_is_day)

    @cached_property
    def top(self) -> Element | None:
        """The headline as readers see it."""
        return story_heading(self._page)

    @cached_property
    def around(self) -> set[Element]:
        """What the headline stands in."""
        return set() if self.top is None else set(self.top.iterancestors())

    @cached_property
    def _article(self) -> Element | None:
        return None if self.top is None else next(self.top.iterancestors("article"), None)

    def owns(self, element: Element, *, near: bool = False) -> bool:
        """Whether a date that readers see is the story's; ``near`` says that it stands beside the headline."""
        if is_hidden(element) or self._page.tree.within(element, self._is_closed_near if near else self._is_closed):
            return False
        return self.owns_only(element, near=near)

    def owns_only(self, element: Element, *, near: bool = False) -> bool:
        """The same of the only one of its kind, which may stand in a bar or a list of the story's."""
        is_others = self._is_others if near else self._is_others_far
        return not self._page.tree.within(element, is_others) and self._is_alone(element, near=near)

    def owns_markup(self, element: Element) -> bool:
        """The same of one that may be for machines only, with what it is said of (``itemscope``)."""
        if self._page.tree.within(element, self._is_others):
            return False
        scope = next((outer for outer in element.iterancestors() if is_item(outer)), None)
        if scope is None or scope in self.around:
            return self._is_alone(element)
        kind = f"{scope.get('itemtype')} {scope.get('typeof')}"
        if scope.get("itemprop") in ("comment", "review") or _COMMENTS.search(kind):
            return False
        return not self._beside_title(scope)

    def _is_others(self, outer: Element) -> bool:
        """Whether an element is of comments, or of other stories."""
        if outer in self.around or outer.tag in _WHOLE_PAGE:
            return False
        if outer.tag == "article" and self._article is not None:
            return True
        names = (outer.get("class") or "", outer.get("id") or "", outer.get("aria-label") or "")
        if not any(names):
            return False
        return is_card(names[0]) or OTHERS_NAMED.search(in_small_letters(" ".join(names))) is not None

    def _is_others_far(self, outer: Element) -> bool:
        """The same of what is not beside the headline: there an item of a list with a link leads to another story."""
        if outer.tag == "li" and outer not in self.around and outer in self._page.tree.around("a"):
            return True
        return self._is_others(outer)

    def _is_closed_near(self, outer: Element) -> bool:
        if outer in self.around:
            return False
        if outer.tag == "li":
            return self._beside_title(outer)
        if outer.tag in ("aside", "nav"):
            return _ABOUT_STORY.search(in_small_letters(f"{outer.get('class')} {outer.get('id')}")) is None
        return self._is_closed(outer)

    def _is_closed(self, outer: Element) -> bool:
        """Whether what stands in an element is of the site or another story, by what the element is."""
        if outer in self.around:
            return False
        if outer.tag == "a":
            return not self._tells_day(outer)
        if outer.tag in ("header", "footer"):
            stories = outer.iterancestors("article", "main")
            return not any(self.top is None or story in self.around for story in stories)
        return outer.tag in ("nav", "aside")

    def _is_alone(self, element: Element, *, near: bool = False) -> bool:
        """Whether no title of another story stands in a small box around a date.

        Beside the headline, links of many words may be topics; there it is one before the date, or in a list of such.
        """
        outer = element.getparent()
        for _ in range(MOST_BOXES):
            if outer is None or outer in self.around or outer.tag in _WHOLE_PAGE:
                return True
            if self._beside_title(outer) and not (near and self._is_only_near(outer, element)):
                return False
            outer = outer.getparent()
        return True

    def _is_only_near(self, box: Element, element: Element) -> bool:
        if _is_one_of_several(box):
            return False
        around = set(element.iterancestors())
        before = set(takewhile(lambda one: one is not element, box.iter()))
        return not any(
            (link in before or _is_in_heading(link)) and self._is_title(link) and not _is_in_list(link, around)
            for link in box.iter("a")
        )

    def _holds_title(self, box: Element) -> bool:
        """Whether a small box holds a link that is another story's title."""
        return line_of(box, LONGEST_BOX) != "" and any(map(self._is_title, box.iter("a")))

    def _is_title(self, link: Element) -> bool:
        address = link.get("href") or ""
        if not address or link.get("rel") == "author" or AUTHOR_PATH.search(address):
            return False
        text = line_of(link, LONGEST_BOX)
        words = len(text.split())
        if words < (WORDS_OF_HEADING if _is_in_heading(link) else WORDS_OF_TITLE) or ends_sentence(text):
            return False
        return self._page.absolute(address) != self._page.url and not self._tells_day(link)


def _is_day(link: Element) -> bool:
    """Whether a link says nothing but when: such lead to the story itself, or to those of the same day."""
    line = plain(line_of(link, LONGEST_DATE_LINK))
    if next(link.iter("time"), None) is not None:
        return bool(line) and len(_LETTERS.findall(line)) <= WORDS_OF_TITLE
    days = days_in(line, "", "")
    return bool(days) and len(_WORDS.findall(line[: days[0].start])) <= WORDS_BEFORE_DATE


def _is_one_of_several(box: Element) -> bool:
    """Whether a box stands beside another of its kind, as those of a list do."""
    kind = (box.tag, box.get("class"))
    return any(one is not None and (one.tag, one.get("class")) == kind for one in (box.getprevious(), box.getnext()))


def _is_in_heading(link: Element) -> bool:
    return next(link.iter(*_HEADINGS), None) is not None or next(link.iterancestors(*_HEADINGS), None) is not None


def _is_in_list(link: Element, around: set[Element]) -> bool:
    """Whether a link is in a list that is not around a date."""
    return any(outer not in around for outer in link.iterancestors("ul", "ol"))
