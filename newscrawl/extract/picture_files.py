"""Which addresses are one picture in several sizes, and which of them is the largest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.addresses.outgoing import is_plain
from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element, Once
from newscrawl.extract.page import Page
from newscrawl.extract.pictures import (
    LAZY_ATTRIBUTES,
    PICTURE_SIZE,
    SET_ATTRIBUTES,
    is_doubtful,
    names_picture,
    near,
    sized_in,
)

#: Attributes of the file that was uploaded, of which the others are smaller copies.
ORIGINAL_ATTRIBUTES = ("data-orig-file", "data-full-src", "data-large-file", "data-hi-res-src", "data-original-src")
_ORDER = {name: number for number, name in enumerate((*LAZY_ATTRIBUTES, "src"))}
_FILE_ATTRIBUTES = frozenset(_ORDER)
MOST_FILES = 60  # addresses of one picture that are compared; the longest sets have some 30
LARGEST_SIDE = 30_000  # pixels; a number above is no width
#: A name of so many characters is that of one picture, wherever it stands: resizing services change the folders.
TELLING_NAME = 10
SHORTEST_ORIGIN = 8  # characters before an address in another one
MOST_WRAPPED = 3  # addresses in one another: services that resize what another one has
MOST_ENDINGS = 4  # of a name: "quay-scaled-1024x683.jpg.webp"
MOST_CACHED = 1024

_DIGITS = re.compile(r"\d{1,5}(?:\.0{1,4})?")
#: What stands at the end of a file's name and tells its size or crop.
_SIZE_SUFFIX = re.compile(
    r"[-_.@](?:\d{2,4}x\d{2,4}|\d{2,4}[wp]|w\d{2,4}|[1-4]x|scaled|e\d{10,14}|rotated|small|medium|large|xlarge"
    r"|thumb(?:nail)?|full|original|\w{0,12}jumbo|article(?:large|inline)|(?:three|sixteen)by\w{1,20}|master\d{2,4}"
    r"|square\d{2,4}|1x1|4x3|3x2|16x9)\Z"
)
#: A name of a file that only tells a size or a crop: the folders tell the picture.
_SIZE_NAME = re.compile(
    r"\d{3,5}|\d{0,5}x\d{0,5}|\d+(?:[_:,x]\d+){2,}|[wh][-_]?\d{2,5}"
    r"|small|medium|large|original|default|full|master|thumb(?:nail)?|image|rawimage"
)
#: One setting of a service that resizes, as "w_600".
_SETTING = r"(?:w|h|c|q|f|g|x|y|e|ar|al|lg|dpr|fl|usm|enc|blur)_[\w.:-]++"
#: Words of names that many pictures of one site have, in folders of their own; a longer number tells them apart.
_GENERIC_WORDS = frozenset(
    "screen shot screenshot image images img photo picture featured feature main hero header cover lead banner preview"
    " thumb thumbnail default untitled unnamed design copy final new social share og opengraph open graph article"
    " story post blog figure fig chart infographic maxresdefault hqdefault sddefault mqdefault download file desktop"
    " mobile small medium large original full the of and for a".split()
)
_WORD, _LONG_NUMBER = re.compile(r"[^\W\d_]+"), re.compile(r"\d{5}")
#: What has letters in a name and is no word of it.
_HASH_IN_NAME = re.compile(r"[0-9a-f]{16,128}")
_HASH = re.compile(r"[0-9a-f]{32,128}")
_MONTH = re.compile(r"/(?:19|20)\d\d/\d\d(?=/|\Z)")
#: A folder that only tells a size, a crop or a format.
_SIZE_FOLDER = re.compile(
    rf"{_SIZE_NAME.pattern}|{_SETTING}(?:,{_SETTING})*+,?"
    r"|\d{1,5}|fit-in|smart|resizer?|crop|scale|standard|images?|img|public|styles|v\d|thumb(?:nail)?s"
    r"|filters:.*|[\w-]{20,}=|(?:width|height|w|h|q|quality|fit|format|f|auto|dpr|crop)=[^/]*"
    r"|[swh]\d{2,4}(?:-[a-z]{1,4}\d{0,4}){0,8}"
    r"|(?:[\w-]{1,40},){0,5}(?:width|height|imgsize|resizemode)-\d+(?:,[\w-]{1,40}){0,5}"
)
#: Parameters that tell a size, a crop or a format, or sign those.
_SIZE_PARAMETER = re.compile(
    r"w|h|wid|hei|width|height|imwidth|size|sz|fit|crop|resize|quality|q|qlt|format|fm|fmt|auto|dpr|rect|ssl|strip|s"
    r"|sig|auth|v|cb|t|ts|ixlib|ixid|smart|focal|focalpoint|x|y|itok|precrop|crop\w+|upscale|disable|enable|dt|im"
    r"|impolicy|im\w+|ratio|optimize|op_\w+|tr|func"
)
_WIDTH_PARAMETER = frozenset({"w", "wid", "width", "imwidth"})
_SIZE_IN_NAME = re.compile(r"[-_/](\d{2,4})x(\d{2,4})(?=[-_.][^/]{1,12}\Z|\.\w{3,4}\Z|/)")
_WIDTH_IN_PATH = re.compile(r"/(?:[^/]*,)?(?:w_|width=|w=)(\d{2,5})(?=[,/])")
_WRAPPED = re.compile(r"(?<=[/=,])(?:https?:/{1,2}|https?%3a%2f%2f|i\d\.wp\.com/)", re.IGNORECASE)
#: Path and query of an address in visible ASCII, split ten times as fast as by ``urlsplit``.
_PLACE = re.compile(r"https?://[a-z0-9.-]+(/[!\"$->@-~]*+)?(?:\?([!\"$-~]*+))?(?:#[!-~]*+)?")
#: Files of a site's design and of what it runs on, and the site's own picture.
_NO_PICTURES_FOLDER = re.compile(r"/(?:plugins|themes|wp-includes|spacers?)/")
_DEFAULT_PICTURE = re.compile(r"/(?:og|social|default-social[\w-]{0,20})/default|open-?graph[-_]default")
#: Names of pictures that show that another is being loaded.
_NO_PICTURES_NAME = re.compile(
    r"(?:[\w-]{0,20}[-_])?(?:spinner|ajax|transparent|1x1|clear|grey|empty|emblem)[-_.][^/]{0,40}\Z"
)
_EXTENSION = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|jfif|tiff?)\Z")


class File(NamedTuple):
    """An address of a picture and its size in pixels, ``None`` where nothing tells it."""

    url: str
    width: int | None = None
    height: int | None = None
    #: Whether it is the picture as uploaded, of which others are smaller copies.
    original: bool = False


def side(text: object) -> int | None:
    """A width or height in pixels, as attributes and JSON-LD write it.

    >>> side("1200px"), side("100%"), side({"value": 900})
    (1200, None, 900)
    """
    if text is None:
        return None
    if isinstance(text, str):
        return _sides[text]
    if isinstance(text, dict):
        text = text.get("value") or text.get("@value")
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return None
    return _sides[str(text)]


def _read_side(written: str) -> int | None:
    written = written.strip()
    match = _DIGITS.match(written)
    if not match or written[match.end() :].strip().lower() not in ("", "px"):
        return None
    pixels = int(float(match[0]))
    return pixels if 0 < pixels <= LARGEST_SIDE else None


_sides: Remembered[str, int | None] = Remembered(_read_side)


@lru_cache(MOST_CACHED)
def key_of_picture(url: str) -> str:
    """What is the same of the addresses of one picture, whatever its size, crop, format and the service that gives it.

    >>> key_of_picture("https://a.example/2024/harbour-1024x683.jpg?w=600") == key_of_picture("/harbour.webp")
    True
    """
    address = _unwrapped(url[:LONGEST_ADDRESS])
    try:
        path, query = _path_and_query(address)
    except ValueError:
        return address
    path = unquote(path).lower()
    folders, _, name = path.rpartition("/")
    stem = _without(_SIZE_SUFFIX, _without(_EXTENSION, name)) or name
    is_size = _SIZE_NAME.fullmatch(stem) is not None
    if _HASH.fullmatch(stem) or (
        len(stem) >= TELLING_NAME and not is_size and names_picture(path) and not _is_generic(stem)
    ):
        return stem
    told = [part for part in folders.split("/") if part and not _is_size_folder[part]]
    if (month := _MONTH.search(folders)) and _is_generic(stem):
        told.append(month[0])
    told += [] if is_size else [stem]
    if not told and not query:
        return path
    query = "" if names_picture(path) and told else "&".join(_telling(query))
    return "/".join(told) + (f"?{query}" if query else "")


_is_size_folder: Remembered[str, bool] = Remembered(lambda folder: _SIZE_FOLDER.fullmatch(folder) is not None)


def _path_and_query(url: str) -> Sequence[str]:
    if plain := _PLACE.fullmatch(url):
        return plain.groups("")
    parts = urlsplit(url)
    return parts.path, parts.query


def _is_generic(stem: str) -> bool:
    """Whether a name may be that of many pictures: "screenshot-2", "featured-image"."""
    words = _WORD.findall(stem)
    return words != [] and _GENERIC_WORDS.issuperset(words) and _LONG_NUMBER.search(stem) is None


def _without(ending: re.Pattern[str], name: str) -> str:
    """A name without some endings, as many as it has of them."""
    for _ in range(MOST_ENDINGS):
        match = ending.search(name)
        if match is None:
            break
        name = name[: match.start()]
    return name


def _telling(query: str) -> Iterator[str]:
    for name, value in parse_qsl(query, max_num_fields=None)[:MOST_FILES]:
        if not _SIZE_PARAMETER.fullmatch(name.lower()):
            yield f"{name}={value}"


def _unwrapped(url: str) -> str:
    """The address of the file that a service resizes, where the service's own names it."""
    for _ in range(MOST_WRAPPED):
        lower = url.lower()
        if lower.find("http", SHORTEST_ORIGIN) < 0 and "wp.com/" not in lower:
            break  # as most have none, and a pattern takes long to say so
        inner = _WRAPPED.search(url, SHORTEST_ORIGIN)
        if inner is None:
            break
        begun = f"https://{url[inner.end() :]}" if inner[0].startswith("i") else url[inner.start() :]
        is_value = url[inner.start() - 1] == "="
        url = begun.split("&")[0] if is_value else begun
        url = unquote(url) if "%" in url[:12] else url
    return url


def size_in(url: str) -> tuple[int | None, int | None]:
    """The size that an address tells of its picture.

    >>> size_in("https://a.example/x-1024x683.jpg"), size_in("https://a.example/x.jpg?w=640")
    ((1024, 683), (640, None))
    """
    bare, _, query = url[:LONGEST_ADDRESS].partition("?")
    if query:
        for pair in query.split("&", MOST_FILES):
            name, _, value = pair.partition("=")
            if name.lower() in _WIDTH_PARAMETER and (width := side(value)):
                return width, None
    if match := _SIZE_IN_NAME.search(bare):
        return side(match[1]), side(match[2])
    match = _WIDTH_IN_PATH.search(bare)
    return (side(match[1]), None) if match else (None, None)


def files_of(image: Element, page: Page) -> list[File]:
    """The largest file of an element's picture, and the first of the others; placeholders are none of them."""
    width, height = side(image.get("width")), side(image.get("height"))
    written = list(_written(image, width, height))
    if (picture := near(image, "picture")) is not None:
        for source in islice(picture.iter("source"), PICTURE_SIZE):
            written += _of_sets(source, side(source.get("width")) or width, side(source.get("height")) or height)
    del written[MOST_FILES:]
    addresses = Once(lambda one: _address(one, page))
    if linked := _linked(image):
        key = key_of_picture(linked.url)
        if all(addresses[one.url] is None or key_of_picture(one.url) == key for one in written):
            written.append(linked)
    found: list[File] = []
    for file in (*sorted(written, key=_rank, reverse=True), *written):
        if (url := addresses[file.url]) and (not found or url != found[0].url):
            found.append(File(url, *file[1:]))
            if len(found) > 1:
                break
    return found


def _linked(image: Element) -> File | None:
    """The file that a picture is a link to."""
    link = next(image.iterancestors("a"), None)
    href = "" if link is None else (link.get("href") or "").strip()
    if not href or not names_picture(href) or ":" in href.rpartition("/")[2]:
        return None
    told = size_in(href)
    return File(href, *told, original=not any(told))


def _written(element: Element, width: int | None, height: int | None) -> Iterator[File]:
    """Addresses of an element's picture, as written: the largest of each set, and each other one."""
    yield from _of_sets(element, width, height)
    names = _FILE_ATTRIBUTES.intersection(element.keys())
    for name in sorted(names, key=_ORDER.__getitem__) if len(names) > 1 else names:
        address = (element.get(name) or "").strip()
        if name == "data-url" and not names_picture(address):
            continue  # of a page, as that of the picture in a gallery
        if address and not address.startswith("data:"):
            told = size_in(address)
            is_original = name in ORIGINAL_ATTRIBUTES and not any(told)
            yield File(address, *(told if any(told) or is_original else (width, height)), original=is_original)


def _of_sets(element: Element, width: int | None, height: int | None) -> Iterator[File]:
    """The largest of each set of addresses."""
    attributes = element.keys()
    for name in SET_ATTRIBUTES:
        if name in attributes:  # most elements have few, and asking for each of them takes longer
            sized = islice(sized_in(element.get(name) or ""), MOST_FILES)
            address, size, unit = max(sized, key=itemgetter(1), default=("", 0.0, ""))
            if address:
                yield _sized(address, size, unit, width, height)


def _address(written: str, page: Page) -> str | None:
    """An address, absolute, if it is no placeholder's."""
    url = written if is_plain(written) else page.picture(written)
    return None if url is None or is_no_picture(url) else url


def is_no_picture(url: str) -> bool:
    """Whether an address is that of an icon, a placeholder, or a part of the site's design."""
    bare = url[:LONGEST_ADDRESS].partition("?")[0].lower()
    name = bare.rpartition("/")[2]
    return (
        _NO_PICTURES_FOLDER.search(bare) is not None
        or _NO_PICTURES_NAME.match(name) is not None
        or ("default" in bare and _DEFAULT_PICTURE.search(bare) is not None)
        or is_doubtful(_HASH_IN_NAME.sub("", name))
    )


def _sized(url: str, size: float, unit: str, width: int | None, height: int | None) -> File:
    """An address of a set, with the size that its descriptor tells; the height by the proportions of the element."""
    if unit == "w":
        wide = side(int(size))
    elif unit == "x" and width and not any(size_in(url)):
        wide = side(int(size * width))
    else:
        return File(url, *size_in(url))
    told = size_in(url)
    high = told[1] if told[0] == wide else None
    if high is None and wide and width and height:
        high = side(round(wide * height / width))
    return File(url, wide, high)


def largest(files: list[File]) -> File:
    """The largest of some addresses of one picture; of equal ones, the first."""
    return max(files, key=_rank)


def _rank(file: File) -> tuple[bool, int]:
    return file.original, file.width or 0
