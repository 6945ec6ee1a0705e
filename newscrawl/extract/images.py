"""The pictures of a story, and where each stands in it.

1. The story's box is the innermost element around nearly all of its paragraphs, the very blocks that ``body`` has.
2. A picture within it is the story's. So is one outside of it, below the headline or above it, that is marked as a
   figure or as the story's lead.
3. What stands in something foreign is not: cards of other stories, portraits of authors, advertising, share buttons.
   An element around any of the story's paragraphs is never foreign.
4. Addresses of one picture in several sizes are one picture, of which the largest is given.
5. Metadata adds what the page does not show: sizes, captions, and the lead picture where no other is shown as such.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from typing import Any, NamedTuple

from lxml import etree

from newscrawl.article.item import Image
from newscrawl.bounded import Remembered
from newscrawl.extract.blocks import NEVER, Block
from newscrawl.extract.captions import (
    LONGEST_CAPTION,
    Caption,
    credit_of,
    is_sites,
    joined,
    shown_caption,
    split_credit,
)
from newscrawl.extract.class_words import words_about_itself
from newscrawl.extract.css import Element, elements_around, inherited
from newscrawl.extract.density import NEARLY_ALL, innermost, inside
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.hints import hint_of
from newscrawl.extract.page import Page
from newscrawl.extract.picture_files import File, files_of, is_no_picture, key_of_picture, largest, side, size_in
from newscrawl.extract.rules import name_of
from newscrawl.extract.shown_image import (
    BESIDE_CLASS,
    IMAGE_TAGS,
    LEAD_CLASS,
    LEAD_DEPTH,
    MAIN_TAGS,
    SHOWN_RULES,
    SMALLEST_SIDE,
    figcaption,
    is_figure,
    is_gallery,
    is_in_gallery,
    is_small,
    leads_away,
    names_of,
)
from newscrawl.extract.story import story_elements
from newscrawl.extract.value import Value
from newscrawl.extract.weights import Weighed
from newscrawl.text.spaces import clean, clean_markup
from newscrawl.text.words import key_of

#: What holds pictures of something other than the story. Buttons make pictures larger.
BESIDE_TAGS = frozenset("aside nav footer dialog template".split())
#: Classes of page builders and systems that name no purpose.
BUILDERS_CLASS = re.compile(
    r"galler(?:y|ies)-icons?|(?<!\S)(?:elementor|et_pb|vc|wp-block|fl|tve|brxe|jeg|td|tdb)[-_]\S*"
)
#: Classes of an aside that is a picture in the story.
ASIDE_CLASS = re.compile(r"(?<![a-z])(?:images?|photos?|pictures?|figure|illustration)(?![a-z])")
#: Classes of what plays a video: its picture is a part of that.
VIDEO_CLASS = re.compile(r"(?<![a-z])(?:videos?|video-?player|players?|jwplayer|brightcove|vjs)(?![a-z])")
_PLAIN_TAG = re.compile(r"[a-z][a-z0-9-]*+")
_NUMBERED_TAGS = frozenset(("h1", *IMAGE_TAGS))
_CARD = re.compile(r"card", re.IGNORECASE)  # systems call a figure so
#: What an article has that is another story, and what systems mark up as one that only holds a picture has not.
TITLE_TAGS = ("a", "h1", "h2", "h3", "h4")
BOX_DEPTH = 6  # elements around a picture that may hold no more than it and its caption
LONGEST_ALT = 1000  # characters
NO_ALTS = frozenset(("null", "undefined", "none"))  # that systems write where there is none
MOST_IMAGES = 1000  # of a page that are looked at
MOST_PICTURES = 200  # of a story; the longest slideshows have some 100
MOST_OBJECTS = 100  # of JSON-LD that describe pictures
WIDE = 600  # pixels from which a picture between the headline and the text is no card's
SHORTEST_BIOGRAPHY = 60  # characters
PAGE_WIDTH = 300  # pixels from which a picture below the headline is no portrait
TEXT_END = 40  # characters at a paragraph's end by which it is found above a picture


class Placed(NamedTuple):
    """A picture of a story, and where it stands."""

    image: Image
    #: The ``img``; ``None`` for what only metadata has.
    element: Element | None
    #: How many of the story's paragraphs stand before it.
    after: int
    is_lead: bool = False


@dataclass(slots=True)
class _Shown:
    """A picture as the page shows it: its files, and all elements that show it, the first of them first."""

    keys: set[str]
    elements: list[Element]
    files: list[File]
    after: int
    caption: Caption = field(default_factory=Caption)
    alts: list[str] = field(default_factory=list)


class _Object(NamedTuple):
    """What JSON-LD says of a picture."""

    file: File
    caption: Caption


def images_of(placed: Sequence[Placed]) -> list[Image]:
    """The pictures in the order of the field: the lead one, then as they stand in the story."""
    return [one.image for one in sorted(placed, key=lambda one: not one.is_lead)]


def story_pictures(
    page: Page, kept: Sequence[Block], headline: str, authors: Sequence[str], main: Value[str | None]
) -> list[Placed]:
    """The pictures of the story whose paragraphs are ``kept``, in document order.

    ``main`` is the field ``image``. Where it is among the pictures shown, that one is the lead; otherwise the first
    figure above the text is, and without one what metadata call the image, which has no element.
    """
    lead = main.value
    is_told = main.rule not in SHOWN_RULES
    region = _Region(page, kept, headline, authors, lead if is_told else None)
    found = _distinct(region)
    objects = _objects(page)
    first = _lead_of(found, lead, objects)
    placed = [_placed(one, objects, page, lead, is_lead=one is first) for one in found]
    if first is None and lead and is_told and _may_be_lead(lead, region):
        placed.insert(0, Placed(_told_lead(lead, page, objects), None, 0, is_lead=True))
    keys = {key for one in found for key in one.keys} | {key_of_picture(one.image.url) for one in placed}
    return [*placed, *_only_told(objects, keys, len(kept))]


def _box_of(blocks: Sequence[Block]) -> Element | None:
    """The innermost element around nearly all of some paragraphs, which mostly have one parent."""
    if len(blocks) == 1:
        return blocks[0].element
    held: dict[Element, int] = defaultdict(int)
    for block in blocks:
        held[block.element.getparent()] += len(block.text)
    parent, most = max(held.items(), key=lambda item: item[1])
    if most >= NEARLY_ALL * sum(held.values()):
        return parent
    return innermost((Weighed(block, len(block.text)) for block in blocks), NEARLY_ALL)


class _Region:
    """Where on a page its story's pictures stand."""

    def __init__(self, page: Page, kept: Sequence[Block], headline: str, authors: Sequence[str], lead: str | None):
        self.page, self.kept = page, kept
        self.lead = key_of_picture(lead) if lead else ""
        self._lead_name = self.lead.partition("?")[0].rpartition("/")[2]
        self._headline = headline
        self._authors = {author.casefold() for author in authors}
        self._above: dict[Element, dict[Element, int]] = {}
        #: The pictures up to the story's end, and those behind it that are in its box.
        self.images: list[Element] = []
        self._numbers: dict[Element, int] = {}
        paragraphs = self._number({block.element for block in kept} - {None})
        if paragraphs:
            self.box = _box_of([block for block in kept if block.element in self._numbers])
        else:
            paragraphs = story_elements(page)[:1]
            self.box = paragraphs[0] if paragraphs else None
            self._numbers |= dict.fromkeys(paragraphs, -1)
        parents = {element.getparent() for element in paragraphs} - {None}
        self.frame = frame = {*paragraphs, *parents, *elements_around(parents)}
        #: Whether a picture or anything around it, within what is around the story, is of something else.
        self._is_foreign = inherited(
            lambda one, foreign: one not in frame and (foreign or _is_beside(one, page)), outside=False
        )
        self._in_box = inside(*([] if self.box is None else [self.box]))
        self._first, self._last = (self._numbers[paragraphs[at]] if paragraphs else 0 for at in (0, -1))
        self._in_last = inside(*paragraphs[-1:])
        self._leave_far()

    def _number(self, elements: set[Element]) -> list[Element]:
        """Number pictures, top headings and some elements up to the last of these, which are given, in their order."""
        numbers, found = self._numbers, []
        #: Those of the paragraphs. lxml looks for no tag with signs that XML has not.
        self._tags = {element.tag for element in elements}
        if not all(map(_PLAIN_TAG.fullmatch, self._tags)):
            self._tags = {"*"}
        for number, one in enumerate(self.page.root.iter("h1", *IMAGE_TAGS, *self._tags)):
            if one in elements:
                numbers[one] = number
                found.append(one)
                if len(found) == len(elements):
                    break
            elif (tag := one.tag) in _NUMBERED_TAGS:
                numbers[one] = number
                if tag != "h1":
                    self.images.append(one)
        return found

    def _leave_far(self) -> None:
        """Leave out the pictures behind the story and outside of its box, as most of a page's are."""
        numbers, behind = self._numbers, self._last + 1
        self.images = [image for image in self.images if numbers[image] < behind]
        for image in () if self.box is None else self.box.iter(*IMAGE_TAGS):
            if numbers.setdefault(image, behind) >= behind:
                self.images.append(image)
        del self.images[MOST_IMAGES:]

    @cached_property
    def _begins(self) -> list[int]:
        """Where each paragraph begins; one without an element where the one before it does."""
        return list(accumulate((self._numbers.get(block.element, 0) for block in self.kept), max))

    @cached_property
    def _within(self) -> dict[Element, list[int]]:
        """The numbers of the paragraphs in each of their elements."""
        within: dict[Element, list[int]] = defaultdict(list)
        for number, block in enumerate(self.kept):
            within[block.element].append(number)
        return within

    @cached_property
    def head(self) -> int:
        """The number of the headline's element; -1 without one."""
        key = key_of(self._headline)
        tops = self.page.tree.tagged("h1")
        own = next((top for top in tops if key and key_of(text_of(top)) == key), None)
        top = own if own is not None else next(iter(tops), None)
        return -1 if top is None else self._numbers.get(top, self._last + 1)

    @cached_property
    def story(self) -> Callable[[Element | None], bool]:
        """Tells what is in the element that the page marks as the story."""
        return inside(*story_elements(self.page)[:1])

    def pictures(self) -> Iterator[tuple[Element, list[File]]]:
        """The elements of the story's pictures, and their files."""
        for image in self.images:
            is_in_place = self._is_in_place(image)
            if not (is_in_place or self._has_leads_name(image)) or is_small(image) or leads_away(image, self.page):
                continue
            is_storys = is_in_place and not self._is_foreign(image) and not self._is_portrait(image)
            if not is_storys and not self._may_be_lead(image):
                continue  # before its files are read, which takes longest
            files = files_of(image, self.page)
            if (is_storys and files and not _is_icon(files)) or self._is_lead(image, files):
                yield image, files

    def _has_leads_name(self, image: Element) -> bool:
        """Whether a picture has the main one's name in an attribute."""
        return self._lead_name != "" and any(self._lead_name in value.lower() for value in image.values())

    def _may_be_lead(self, image: Element) -> bool:
        """Whether a picture stands above the story's end, where what metadata call the image may be."""
        if not self.lead or self._numbers[image] > self._last:
            return False
        return not any(outer.tag in BESIDE_TAGS for outer in image.iterancestors())

    def _is_lead(self, image: Element, files: list[File]) -> bool:
        """Whether a picture is that image."""
        return any(key_of_picture(file.url) == self.lead for file in files) and self._may_be_lead(image)

    def _is_in_place(self, image: Element) -> bool:
        """Whether a picture stands where pictures of the story do."""
        at = self._numbers[image]
        if at > self._last and not self._in_last(image):
            return is_figure(image) or is_in_gallery(image)
        if at > self._first:
            return self._in_box(image) or is_figure(image)
        if at <= self.head:
            return self.story(image) and is_figure(image)
        return (side(image.get("width")) or 0) >= (PAGE_WIDTH if self._in_box(image) else WIDE) or is_figure(image)

    def _is_portrait(self, image: Element) -> bool:
        """Whether a picture is called as one of the authors is."""
        return clean(image.get("alt") or "").casefold() in self._authors

    def is_biography(self, shown: _Shown) -> bool:
        """Whether a small picture's caption begins with an author's name, and says more of them."""
        text = (shown.caption.text or "").casefold()
        if len(text) < SHORTEST_BIOGRAPHY or (largest(shown.files).width or WIDE) > PAGE_WIDTH:
            return False
        return text.startswith(tuple(self._authors))

    def paragraphs_before(self, image: Element) -> int:
        """How many of the story's paragraphs stand above a picture."""
        before = bisect_right(self._begins, self._numbers[image])
        around = next((outer for outer in image.iterancestors(*self._tags) if outer in self._within), None)
        if around is None:
            return before
        if around not in self._above:
            self._above[around] = _counted_above(around, [self.kept[n].text[-TEXT_END:] for n in self._within[around]])
        left = len(self._within[around]) - self._above[around][image]
        return min(before, self._within[around][-1] + 1 - left) if left else before


def _counted_above(root: Element, ends: Sequence[str]) -> dict[Element, int]:
    """Of the pictures in an element, how many of its paragraphs end above each, by the ends of their texts."""
    texts: list[str] = []
    images: list[Element] = []
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and element.tag in IMAGE_TAGS:
            images.append(element)
            texts.append(clean("".join(pieces)))
            pieces = []
        pieces.append((element.text if event == "start" else element.tail) or "")
    counts: dict[Element, int] = {}
    count = 0
    for image, text in zip(images, texts, strict=True):
        while count < len(ends) and ends[count] in text:
            count += 1
        counts[image] = count
    return counts


def _is_icon(files: list[File]) -> bool:
    return (largest(files).width or SMALLEST_SIDE) < SMALLEST_SIDE


def _read_beside(names: str) -> bool:
    words = words_about_itself(BUILDERS_CLASS.sub("", names))
    if LEAD_CLASS.search(words) is not None:
        return False
    return BESIDE_CLASS.search(words) is not None or VIDEO_CLASS.search(words) is not None


_is_beside_named: Remembered[str, bool] = Remembered(_read_beside)


def _is_beside(element: Element, page: Page) -> bool:
    """Whether an element holds something other than the story."""
    tag = element.tag
    is_picture = tag == "aside" and ASIDE_CLASS.search(words_about_itself(names_of(element))) is not None
    if (tag in BESIDE_TAGS and not is_picture) or (
        tag == "article" and next(element.iter(*TITLE_TAGS), None) is not None
    ):
        return True
    if is_hidden(element):
        return not (is_gallery[names_of(element)] or is_in_gallery(element))
    if tag == "header":
        return next(element.iterancestors(*MAIN_TAGS), None) is None
    names = names_of(element)
    if tag == "figure":
        names = _CARD.sub("", names)
    return _is_beside_named[names] or hint_of(element, page) is NEVER


def _distinct(region: _Region) -> list[_Shown]:
    """The pictures of a story, each once, with their captions."""
    found: list[_Shown] = []
    by_key: dict[str, _Shown] = {}
    for image, files in region.pictures():
        keys = dict.fromkeys(key_of_picture(file.url) for file in files)
        shown = next((by_key[key] for key in keys if key in by_key), None)
        if shown is not None and _is_another(image, files, shown):
            shown = None
        if shown is None and len(found) == MOST_PICTURES:
            break
        if shown is None:
            shown = _Shown(set(), [], [], region.paragraphs_before(image))
            found.append(shown)
        shown.keys.update(keys)
        by_key.update(dict.fromkeys(keys, shown))
        shown.elements.append(image)
        shown.files += files
        alt = clean(image.get("alt") or "")[:LONGEST_ALT]
        if alt and alt.casefold() not in NO_ALTS:
            shown.alts.append(alt)
    _caption(found, region)
    return [shown for shown in found if not region.is_biography(shown)]


def _is_another(image: Element, files: Sequence[File], shown: _Shown) -> bool:
    """Whether two pictures with one name are two: in other folders, and with another caption each."""
    if {_folder(file.url) for file in files} & {_folder(file.url) for file in shown.files}:
        return False
    first, second = _figcaption(shown.elements[0]), _figcaption(image)
    return first != "" and second != "" and first not in second and second not in first


def _folder(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[0]


def _figcaption(image: Element) -> str:
    caption = figcaption(image)
    return "" if caption is None else text_of(caption)


def _caption(found: Sequence[_Shown], region: _Region) -> None:
    """Give each picture the caption in the largest box that holds no other picture and no paragraph."""
    boxes = {image: list(_boxes(image, region)) for shown in found for image in shown.elements}
    holds: dict[Element, set[int]] = defaultdict(set)
    texts = {block.text for block in region.kept}
    for number, shown in enumerate(found):
        for image in shown.elements:
            for outer in boxes[image]:
                holds[outer].add(number)
    for shown in found:
        for image in shown.elements:
            box = image
            for outer in boxes[image]:
                if len(holds[outer]) > 1:
                    if outer.tag == "figure":
                        shown.caption = joined(shown.caption, _shared_caption(outer))
                    break
                box = outer
            shown.caption = joined(shown_caption(box, region.frame, anywhere=shown.after > 0), shown.caption)
        if shown.caption.text and (shown.caption.text in texts or is_sites(shown.caption.text)):
            shown.caption = shown.caption._replace(text=None)


def _boxes(image: Element, region: _Region) -> Iterator[Element]:
    """The elements around a picture that are within those around the story, innermost first."""
    for outer in islice(image.iterancestors(), BOX_DEPTH):
        if outer in region.frame:
            break
        yield outer
        if outer.tag == "figure" and not any(
            more.tag == "figure" for more in islice(outer.iterancestors(), LEAD_DEPTH)
        ):
            break


def _shared_caption(figure: Element) -> Caption:
    """The caption of a figure of several pictures."""
    own = next(figure.iterchildren("figcaption"), None)
    return Caption() if own is None else shown_caption(own, ())


def _lead_of(found: Sequence[_Shown], lead: str | None, objects: dict[str, _Object]) -> _Shown | None:
    """The lead picture among those shown: what metadata name, else a figure above the text or its first paragraph."""
    crops = [key_of_picture(lead)] if lead else []
    crops += objects
    for key in crops:
        if (shown := next((one for one in found if key in one.keys), None)) is not None:
            return shown
    first = next(iter(found), None)
    if first is not None and (not lead or (first.after <= 1 and is_figure(first.elements[0]))):
        return first
    return None


def _placed(shown: _Shown, objects: dict[str, _Object], page: Page, lead: str | None, *, is_lead: bool) -> Placed:
    told = next((objects[key] for key in shown.keys if key in objects), None)
    files, caption = shown.files, shown.caption
    if told is not None:
        files = [*files, told.file]
        caption = joined(caption, told.caption)
    if is_lead and lead and key_of_picture(lead) in shown.keys:
        files = [*files, _meta_file(lead, page)]
    file = largest(files)
    width, height = file.width, file.height
    if width is None or height is None:
        same = (one for one in files if one.url == file.url and one.width and one.height)
        width, height = next(((one.width, one.height) for one in same), (width, height))
    image = Image(file.url, caption.text, caption.credit, next(iter(shown.alts), None), width, height)
    return Placed(image, shown.elements[0], shown.after, is_lead)


def _may_be_lead(lead: str, region: _Region) -> bool:
    """Whether what metadata alone call the lead picture may be one: no icon, and nothing that the page shows small."""
    page, key = region.page, key_of_picture(lead)
    if is_no_picture(lead) or _is_icon([_meta_file(lead, page)]):
        return False
    name = key.rpartition("/")[2]
    images = islice(page.root.iter(*IMAGE_TAGS), MOST_IMAGES)
    small = (one for one in images if name in (one.get("src") or "").lower() and is_small(one))
    return not any(key == key_of_picture(file.url) for one in small for file in files_of(one, page)[:1])


def _meta_file(url: str, page: Page) -> File:
    """The file of the lead picture, with the size that metadata tell of it."""
    if page.picture(page.meta.get("og:image", "")) == url:
        width, height = side(page.meta.get("og:image:width")), side(page.meta.get("og:image:height"))
        if width:
            return File(url, width, height)
    return File(url, *size_in(url))


def _told_lead(lead: str, page: Page, objects: dict[str, _Object]) -> Image:
    """The lead picture where metadata alone have it."""
    file = _meta_file(lead, page)
    told = objects.get(key_of_picture(lead), _Object(file, Caption()))
    alt = clean_markup(page.meta.get("og:image:alt") or page.meta.get("twitter:image:alt") or "")[:LONGEST_ALT]
    best = largest([file, told.file])
    return Image(best.url, *told.caption, alt or None, best.width, best.height)


def _only_told(objects: dict[str, _Object], shown: set[str], after: int) -> list[Placed]:
    """The pictures that only JSON-LD has, where each has a caption of its own: others are crops of one picture."""
    captions = [one.caption.text for one in objects.values()]
    if len(captions) <= 1 or None in captions or len(set(captions)) < len(captions):
        return []
    rest = (one for key, one in objects.items() if key not in shown)
    return [
        Placed(Image(file.url, caption.text, caption.credit, None, file.width, file.height), None, after)
        for file, caption in rest
    ]


def _objects(page: Page) -> dict[str, _Object]:
    """What JSON-LD says of the article's pictures, by key, in its order."""
    found: dict[str, _Object] = {}
    for node in islice(_image_nodes(page), MOST_OBJECTS):
        if (told := _object(node, page)) is not None:
            key = key_of_picture(told.file.url)
            before = found.get(key)
            if before is not None:
                file = largest([before.file, told.file])
                told = _Object(file, joined(before.caption, told.caption))
            found[key] = told
    return found


def _image_nodes(page: Page) -> Iterator[dict[str, Any]]:
    for name in ("image", "associatedMedia", "primaryImageOfPage"):
        value = page.article_node.get(name)
        for part in value if isinstance(value, list) else [value]:
            node = page.resolve(part)
            if isinstance(node, dict):
                yield node
            elif isinstance(node, str) and name == "image":
                yield {"url": node}


def _object(node: dict[str, Any], page: Page) -> _Object | None:
    address = next((one for key in ("contentUrl", "url", "@id") if isinstance(one := node.get(key), str)), "")
    url = page.picture(address)
    if url is None or is_no_picture(url):
        return None
    text = next((t for key in ("caption", "description") if isinstance(t := node.get(key), str)), "")
    said = split_credit(clean_markup(text)) if text and len(text) <= LONGEST_CAPTION else Caption()
    owners = (node.get(key) for key in ("creditText", "copyrightHolder", "creator", "author", "copyrightNotice"))
    credit = next(filter(None, map(name_of, owners)), None)
    width, height = side(node.get("width")), side(node.get("height"))
    return _Object(
        File(url, width or size_in(url)[0], height), Caption(said.text, (credit and credit_of(credit)) or said.credit)
    )
