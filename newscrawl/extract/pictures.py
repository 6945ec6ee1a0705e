"""Where an element says that its picture is, whichever attributes the page's scripts read it from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.extract.css import Element

#: Attributes with the address of the picture itself, of those that show another, or none, until it is scrolled to.
LAZY_ATTRIBUTES = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-full-src", "data-large-file",
    "data-orig-file", "data-hi-res-src", "data-image", "data-image-src", "data-img-src", "data-img", "data-actualsrc",
    "data-echo", "data-delayed-url", "data-url",
)  # fmt: skip
PLAIN_ATTRIBUTES = ("src", "content", "href", "data")
#: Attributes with several addresses, and a size behind each.
SET_ATTRIBUTES = ("data-srcset", "data-lazy-srcset", "data-sizes-srcset", "srcset")
#: The size behind an address; the next address may follow its comma at once.
SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)([wxh])(?:,+(\S*))?")
PICTURE_DEPTH = 10  # elements between an image and its picture: older parsers put each behind a source into that
PICTURE_SIZE = 30  # elements of a picture that are looked at
#: The end of an address of a picture's file.
PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)\Z", re.IGNORECASE)
#: What a file is called that is more likely an icon or a placeholder.
DOUBTFUL_NAME = re.compile(
    r"(?=[a-gil-pst])(?<![a-z])(?:logos?|fav-?icons?|icons?|avatars?|gravatar|sprites?|placeholders?|spacer|blank|pixel|dummy|lazy\w{0,9}"
    r"|loading|loader|(?:og|social|share|sharing|facebook|fb|twitter)[-_]?(?:image|img|card|default|share|preview|banner)"
    r"|(?:no|default|fallback|missing)[-_]?(?:image|img|photo|picture|thumb\w{0,9}|share|social|og))"
    r"(?![a-z])|\.svg\Z"
)
WORD_OF_NAME = re.compile(r"[a-z]{3,}+")
WORDS_OF_ICON = 6  # at most, in an icon's name, its ending among them; longer ones tell what a picture shows


def addresses_of(element: Element) -> Iterator[str]:
    """Addresses of an element's picture as they are written, the likeliest first; some may be placeholders."""
    yield from _own(element)
    if (picture := near(element, "picture")) is not None:
        for source in islice(picture.iter(), PICTURE_SIZE):
            if source.tag == "source":
                yield from _own(source)


def near(image: Element, *tags: str) -> Element | None:
    """The innermost element of these tags around an image, if it is near."""
    around = next(image.iterancestors(*tags), None)  # most have none, and need no look at how far it is
    return around if around is not None and around in islice(image.iterancestors(), PICTURE_DEPTH) else None


def _own(element: Element) -> Iterator[str]:
    for name in (*LAZY_ATTRIBUTES, *PLAIN_ATTRIBUTES):
        if address := (element.get(name) or "").strip():
            yield address
    for name in SET_ATTRIBUTES:
        if largest := largest_of(element.get(name) or ""):
            yield largest


def largest_of(addresses: str) -> str:
    """The address of the largest picture of a set; the first of those without a size.

    >>> largest_of("/a.jpg 400w, /b.jpg 800w")
    '/b.jpg'
    """
    return max(sized_in(addresses), key=lambda one: one[1], default=("", 0, ""))[0]


def sized_in(addresses: str) -> Iterator[tuple[str, float, str]]:
    """The addresses of a set, the size of each (-1 where none stands there), and the size's unit.

    >>> list(sized_in("/a.jpg 400w, /b.jpg 1.5x, /c.jpg"))
    [('/a.jpg', 400.0, 'w'), ('/b.jpg', 1.5, 'x'), ('/c.jpg', -1.0, '')]
    """
    last = ""
    for word in addresses.split():
        size = SIZE.fullmatch(word) if word[0].isdecimal() else None
        if last:
            yield last, float(size[1]) if size else -1.0, size[2] if size else ""
        last = (size[3] or "" if size else word).rstrip(",")
    if last:
        yield last, -1.0, ""


def names_picture(url: str) -> bool:
    """Whether an address is that of a picture's file."""
    return PICTURE_NAME.search(url[:LONGEST_ADDRESS].partition("?")[0]) is not None


def is_doubtful(url: str) -> bool:
    """Whether an address is more likely that of an icon or a placeholder than of a story's picture."""
    name = url[:LONGEST_ADDRESS].partition("?")[0].casefold().rpartition("/")[2]
    return DOUBTFUL_NAME.search(name) is not None and len(WORD_OF_NAME.findall(name)) <= WORDS_OF_ICON
