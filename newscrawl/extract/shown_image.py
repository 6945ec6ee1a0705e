"""The lead image that a page shows, wherever its markup has it; which pictures are small, figures, or links away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import dropwhile, islice, takewhile

from newscrawl.bounded import Remembered
from newscrawl.extract.class_words import words_about_itself, words_of
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.json_ld import bare_address
from newscrawl.extract.page import Page
from newscrawl.extract.picture_files import side
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
#: Classes of what shows several pictures of a story, one at a time: all but one are hidden then.
GALLERY_CLASS = re.compile(
    r"(?<![a-z])(?:galler\w{1,4}|slide(?:s|show|r)?|carousel\w*|swiper\w*|slick\w*|lightbox\w*|photos)(?![a-z])"
)
#: Classes of what is a figure without the element.
FIGURE_CLASS = re.compile(
    r"(?<![a-z])(?:wp-caption|wp-block-image|(?:inline|content|body|field|type)-?(?:image|photo|picture)"
    r"|(?:image|photo|picture|img)-?captions?|figure)(?![a-z])"
)
#: Classes of a link that makes its picture larger.
ZOOM_CLASS = re.compile(r"zoom|lightbox|fancybox|galler|enlarge|magnific|thickbox|popup-?image|image-?popup")
#: A size in an element's style of which pixels for tracking and icons are.
_SMALL_STYLE = re.compile(r"(?<![-\w])(?:width|height)\s*:\s*\d{1,2}px", re.IGNORECASE)
#: What gives such a picture, as a field's rule.
SHOWN_RULES = ("figure", "img")
SMALLEST_SIDE = 100  # pixels; smaller pictures are icons and portraits
LONG_SIDE = 250  # pixels of height from which a narrow picture is no icon
MOST_IMAGES = 200  # of a page that are looked at
LEAD_DEPTH = 3  # elements around an image whose classes tell of it
GALLERY_DEPTH = 5  # elements around a picture among which its gallery is


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
        if is_small(image) or page.tree.within(image, is_beside) or leads_away(image, page):
            continue
        if url := _address(image, page):
            yield url, is_figure(image)


def _asks_beside(page: Page) -> Callable[[Element], bool]:
    """Tells whether an element that is not around the headline holds something other than the story."""
    tops = page.tree.around("h1")
    articles = page.tree.tagged("article")
    has_article = not tops.isdisjoint(articles)
    stories = set(story_elements(page))

    def is_beside(element: Element) -> bool:
        if element in tops or element in stories or element.tag in PAGE_TAGS:
            return False
        if element.tag in BESIDE_TAGS or is_hidden(element) or (has_article and element.tag == "article"):
            return True
        if element.tag == "header":
            return next(element.iterancestors(*MAIN_TAGS), None) is None
        return BESIDE_CLASS.search(words_of(names_of(element))) is not None

    return is_beside


def is_small(image: Element) -> bool:
    """Whether the markup of a picture says that it is an icon, or no more than a pixel for tracking."""
    wide, high, style = image.get("width"), image.get("height"), image.get("style") or ""
    if _SMALL_STYLE.search(style) or (wide == high == "0" and "width" not in style):
        return True
    width, height = side(wide), side(high)
    if (height or SMALLEST_SIDE) < SMALLEST_SIDE:
        return True
    return (width or SMALLEST_SIDE) < SMALLEST_SIDE and (height or 0) < LONG_SIDE


def is_figure(image: Element) -> bool:
    """Whether a picture stands in a figure, or it or what is right around it is called the story's picture."""
    if near(image, *FIGURE_TAGS) is not None:
        return True
    around = (image, *islice(image.iterancestors(), LEAD_DEPTH))
    return any(map(_is_figure_named.__getitem__, map(names_of, around)))


def is_in_gallery(image: Element, word: str = "") -> bool:
    """Whether something near around a picture is named as a gallery, with a word if one is given."""
    around = map(names_of, islice(image.iterancestors(), GALLERY_DEPTH))
    return any(is_gallery[names] and word in names.lower() for names in around)


def names_of(element: Element) -> str:
    """An element's class and id."""
    attributes = element.keys()
    names = element.get("class") if "class" in attributes else ""
    return f"{names} {element.get('id')}" if "id" in attributes else names


def _read_figure(names: str) -> bool:
    words = words_about_itself(names)
    return LEAD_CLASS.search(words) is not None or FIGURE_CLASS.search(words) is not None


_is_figure_named: Remembered[str, bool] = Remembered(_read_figure)
is_gallery: Remembered[str, bool] = Remembered(
    lambda names: names != "" and GALLERY_CLASS.search(words_about_itself(names)) is not None
)
_is_zoom: Remembered[str, bool] = Remembered(lambda names: names != "" and ZOOM_CLASS.search(names.lower()) is not None)


def leads_away(image: Element, page: Page) -> bool:
    """Whether a picture is a link to another page, and none to itself, to its own page or to its gallery."""
    link = next(image.iterancestors("a"), None)
    if link is None or "attachment" in (link.get("rel") or "") or _is_zoom[names_of(link)]:
        return False
    url = page.absolute(link.get("href") or "")
    if url is None or names_picture(url):
        return False
    there, here = bare_address(url), bare_address(page.url)
    if there == here or there.startswith(f"{here}/") or _has_own_caption(link):
        return False
    return not (there.partition("/")[0] == here.partition("/")[0] and is_in_gallery(image, "galler"))


def figcaption(picture: Element) -> Element | None:
    """The caption in the figure around a picture."""
    figure = next(picture.iterancestors("figure"), None)
    return None if figure is None else figure.find(".//figcaption")


def _has_own_caption(link: Element) -> bool:
    """Whether a linked picture has a caption that is no link: cards of other stories have linked titles."""
    caption = figcaption(link)
    if caption is None or link in caption.iterancestors("a"):
        return False
    return bool(text_of(caption)) and caption.find(".//a") is None


def _address(image: Element, page: Page) -> str | None:
    urls = filter(None, map(page.picture, addresses_of(image)))
    return next((url for url in urls if not is_doubtful(url)), None)
