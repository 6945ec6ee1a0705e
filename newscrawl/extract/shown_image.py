"""The lead image that a page shows, wherever its markup has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import dropwhile, islice, takewhile
from weakref import proxy

from newscrawl.extract.class_words import words_of
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden
from newscrawl.extract.json_ld import bare_address
from newscrawl.extract.page import Page
from newscrawl.extract.pictures import addresses_of, is_doubtful, names_picture, near
from newscrawl.extract.story import story_elements
from newscrawl.extract.value import Value

IMAGE_TAGS = ("img", "amp-img")
FIGURE_TAGS = frozenset({"figure", "picture"})
PAGE_TAGS = frozenset("html body main".split())
MAIN_TAGS = frozenset("article main".split())
#: What holds pictures of something other than the story.
BESIDE_TAGS = frozenset("aside nav footer form button".split())
BESIDE_CLASS = re.compile(
    r"(?<![a-z])(?:related\w{0,9}|recommend\w{0,9}|sidebar|authors?|avatars?|byline|bio|shar(?:e|ing)|social\w{0,9}|promo\w{0,9}"
    r"|ad|ads|advert\w{0,9}|sponsor\w{0,9}|newsletters?|teasers?|cards?|widgets?|comments?|disqus|logos?|icons?|emoji"
    r"|popular|trending|most-?read|read-?(?:more|next|also)|more-?(?:from|on|stories)|footer|nav|navbar|menu|banner)(?![a-z])"
)
#: Classes of the picture over a story, where no figure is around it.
LEAD_CLASS = re.compile(
    r"(?<![a-z])(?:lead|hero|featured|main|top|story|article|post|entry|cover|header)[-_]?(?:image|img|photo|picture|media|figure|thumb\w{0,9})"
    r"|wp-post-image|(?<![a-z])hero(?![a-z])"
)
#: What gives such a picture, as a field's rule.
SHOWN_RULES = ("figure", "img")
SMALLEST_SIDE = 100  # pixels; smaller pictures are icons and portraits
MOST_IMAGES = 200  # of a page that are looked at
LEAD_DEPTH = 3  # elements around an image whose classes tell of it


def shown_image(page: Page) -> Value[str | None]:
    """The story's first picture that is large enough, one in a figure before any other; absolute.

    Where nothing is marked as the story, only a figure behind the headline counts.
    """
    stories = story_elements(page)
    found = list(_pictures(stories[0].iter(*IMAGE_TAGS), page)) if stories else []
    if not any(is_lead for _, is_lead in found):
        around = stories[-1].iter("*") if stories else _behind_headline(page)
        above = takewhile(lambda element: element not in stories[:1], around)
        found += [picture for picture in _pictures(above, page) if picture[1]]
    lead = next((url for url, is_lead in found if is_lead), None)
    if lead:
        return Value(lead, SHOWN_RULES[0])
    return Value(found[0][0], SHOWN_RULES[1]) if found else Value(None)


def _behind_headline(page: Page) -> Iterator[Element]:
    tops = page.tree.tagged("h1")[:1]
    return dropwhile(lambda element: element not in tops, page.root.iter("*"))


def _pictures(elements: Iterable[Element], page: Page) -> Iterator[tuple[str, bool]]:
    """The addresses of those that may be of the story, and whether each is in a figure or called its lead."""
    is_beside = _asks_beside(page)
    images = (element for element in elements if element.tag in IMAGE_TAGS)
    for image in islice(images, MOST_IMAGES):
        if _is_small(image) or page.tree.within(image, is_beside) or _leads_away(image, page):
            continue
        if url := _address(image, page):
            yield url, _is_lead(image)


def _asks_beside(page: Page) -> Callable[[Element], bool]:
    """Tells whether an element that is not around the headline holds something other than the story."""
    tops = page.tree.around("h1")
    articles = page.tree.tagged("article")
    has_article = not tops.isdisjoint(articles)
    stories = set(story_elements(page))
    here: Page = proxy(page)  # the page's tree keeps what asks below: without a cycle they are freed at once

    def is_beside(element: Element) -> bool:
        if element in tops or element in stories or element.tag in PAGE_TAGS:
            return False
        if element.tag in BESIDE_TAGS or is_hidden(element) or (has_article and element.tag == "article"):
            return True
        if element.tag == "header":
            return not here.tree.within(element, _is_main)
        return _says(BESIDE_CLASS, element)

    return is_beside


def _is_main(element: Element) -> bool:
    return element.tag in MAIN_TAGS


def _says(pattern: re.Pattern[str], element: Element) -> bool:
    classes = f"{element.get('class') or ''} {element.get('id') or ''}"
    return classes != " " and pattern.search(words_of(classes)) is not None


def _is_lead(image: Element) -> bool:
    """Whether an image stands in a figure, or it or what is right around it is called the story's picture."""
    if near(image, *FIGURE_TAGS) is not None:
        return True
    return any(_says(LEAD_CLASS, element) for element in (image, *islice(image.iterancestors(), LEAD_DEPTH)))


def _is_small(image: Element) -> bool:
    sides = (re.match(r"\d{1,5}", image.get(name) or "") for name in ("width", "height"))
    return any(side is not None and int(side[0]) < SMALLEST_SIDE for side in sides)


def _leads_away(image: Element, page: Page) -> bool:
    """Whether an image is a link to another page."""
    link = next(image.iterancestors("a"), None)
    url = page.absolute(link.get("href") or "") if link is not None else None
    return url is not None and not names_picture(url) and bare_address(url) != bare_address(page.url)


def _address(image: Element, page: Page) -> str | None:
    urls = filter(None, map(page.picture, addresses_of(image)))
    return next((url for url in urls if not is_doubtful(url)), None)
