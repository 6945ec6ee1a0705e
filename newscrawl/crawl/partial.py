"""A story that is told on several pages, while these are read one after the other. Nothing here knows of Scrapy."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.article.item import Article
from newscrawl.article.joining import has_news, joined_story, replace_text
from newscrawl.extract.story_pages import Onward, number_of
from newscrawl.text.words import key_of

#: Before the reason for which a further page could not be read.
FURTHER = "a further page of it"
NO_TEXT = "no text"


@dataclass(slots=True)
class Partial:
    """A story of which more is to be read: its ``pages`` so far, and the address of the one to ask for.

    ``own`` and ``redirects`` are those of its first page, as of :class:`newscrawl.crawl.stories.Told`. ``is_whole``:
    what is asked for is all of it on one page, and ``instead`` its second page, should that come to nothing.
    """

    pages: list[Article]
    own: str
    redirects: tuple[int, ...]
    #: The first page's address, as it answered.
    first: str
    url: str
    is_whole: bool = False
    instead: str = ""
    asked: set[str] = field(default_factory=set)
    #: How many further pages have told of it.
    further: int = 0

    @property
    def number(self) -> int:
        """Which page is asked for."""
        return len(self.pages) + 1

    def without_whole(self) -> Partial:
        """Ask for its second page, since all of it on one page came to nothing."""
        self.url, self.is_whole = self.instead, False
        return self

    def take(self, page: Article, url: str) -> str | None:
        """Take the page that answered at an address; where to ask for the next one, ``None`` at the story's end.

        The end is a page that was read before, says nothing new, or tells another story.
        """
        was_read = url == self.first or url in self.asked
        self.asked |= {self.url, url}
        if self.is_whole:
            if self._is_of_story(page, self.first) and len(page.body) > len(self.pages[0].body):
                replace_text(self.pages[0], page)
                self.further += 1
                return None
            return self.without_whole().url
        if was_read or not self._is_of_story(page, url) or not has_news(self.pages, page):
            return None
        self.pages.append(page)
        self.further += 1
        onward: Onward = page.onward
        if onward.next is None or onward.next in self.asked:
            return None
        self.url = onward.next
        return self.url

    def _is_of_story(self, page: Article, url: str) -> bool:
        """Whether a page tells the same story: by a page's number in its address, or by its headline."""
        told = number_of(url, self.first)
        one, other = key_of(self.pages[0].headline), key_of(page.headline)
        return (told is not None and told.says_page) or not other or one in other or other in one

    def story(self) -> Article:
        """The story of all pages that were read."""
        return joined_story(self.pages)


def begin(article: Article, own: str, redirects: tuple[int, ...], first: str) -> Partial | None:
    """A story that goes on on other pages; ``None`` for one that does not."""
    onward: Onward | None = article.onward
    if onward is None or onward.next is None or not (article.headline and article.body):
        return None
    return Partial([article], own, redirects, first, onward.next)
