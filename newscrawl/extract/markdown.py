"""A story in Markdown, paragraph for paragraph: what its body's paragraphs are on the page, and what is in them.

Markdown that is rendered to text gives the body again. Where the pieces of a paragraph do not make its text, the text
stands there alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from newscrawl.addresses.outgoing import is_plain, outgoing
from newscrawl.article.item import Image
from newscrawl.article.markdown import Item, Link, Paragraph, Quote, Row, are_one_table
from newscrawl.bounded import Remembered
from newscrawl.extract.blocks import LINE_BREAK, Block
from newscrawl.extract.css import Element, Once
from newscrawl.extract.embeds import is_post, source_of
from newscrawl.extract.images import Placed
from newscrawl.extract.inline import Inline, destination, escaped
from newscrawl.extract.structure import Structure, heading, is_head
from newscrawl.extract.weights import HEADINGS
from newscrawl.text.spaces import clean, printable

_MAILTO = "mailto:"
_MAIL = re.compile(r"(?:[\w.!$&'*+/=?~:;,-]|%[0-9A-Fa-f]{2})+@(?:[\w.!$&'*+/=?~@:;,-]|%[0-9A-Fa-f]{2})+")
_VERSE = re.compile(r"(?<![a-z])(?:verse|poem|poetry|lyrics?|stanza)(?![a-z])", re.IGNORECASE)
_is_verse: Remembered[str, bool] = Remembered(lambda names: _VERSE.search(names) is not None)
_LANGUAGE = re.compile(r"(?:^|\s)lang(?:uage)?-([\w+#.-]+)")
_BACKTICKS = re.compile("`{3,}")


def markdown_of(
    story: Sequence[Block],
    absolute: Callable[[str], str | None],
    is_internal: Callable[[str], bool],
    headline: str = "",
    *,
    markdown: bool = True,
) -> list[Paragraph]:
    """The paragraphs of a story in Markdown, as many as it has, each with its links; else, with its links alone.

    ``absolute`` tells where a link of its page leads, ``is_internal`` whether an address is one of the publisher's. The
    ``headline`` is above the story: where it stands in it again, it is a heading below that one.
    """
    inline = Inline(Once(lambda link: address_of(link, absolute)).__getitem__)
    writer = _Writer(story, inline)
    write = writer.paragraph if markdown else _noting_links(inline)
    found: list[Paragraph] = []
    for block in story:
        paragraph = write(block)
        if block.text == headline and paragraph.text.startswith("# "):
            paragraph.text = f"#{paragraph.text}"
        if inline.links:
            paragraph.links = tuple(Link(url, text, is_internal(url)) for url, text in inline.links)
            inline.links.clear()
        found.append(paragraph)
    if markdown:
        _add_sources(found, story, writer, absolute)
    return found


def _add_sources(
    made: Sequence[Paragraph], story: Sequence[Block], writer: _Writer, absolute: Callable[[str], str | None]
) -> None:
    """Note the sources of posts that have no paragraph of their own in the story."""
    posts: dict[Element, list[int]] = {}
    for n, block in enumerate(story):
        if made[n].around and (post := writer.post(block)) is not None:
            posts.setdefault(post, []).append(n)
    for post, numbers in posts.items():
        source = source_of(post, [story[n].text for n in numbers])
        url = outgoing(absolute(source.address) or "") if source else None
        if source and url and not any(_place(link.url) == _place(url) for n in numbers for link in made[n].links):
            label = escaped(source.author or url)
            made[numbers[-1]].source = f"[{label}]: {destination(url)}"


def with_pictures(story: Sequence[Paragraph], pictures: Iterable[Placed]) -> list[Paragraph]:
    """A story's paragraphs with the pictures that the page shows between them, each with its caption."""
    at: dict[int, list[Image]] = defaultdict(list)
    for picture in pictures:
        if picture.element is not None:
            at[_behind_table(story, picture.after)].append(picture.image)
    found: list[Paragraph] = []
    for n in range(len(story) + 1):
        found += (Paragraph(_picture(image), _around_both(story, n), is_picture=True) for image in at[n])
        found += story[n : n + 1]
    return found


def _behind_table(story: Sequence[Paragraph], number: int) -> int:
    """Where a picture stands that would part a table's rows: behind them."""
    while 0 < number < len(story) and are_one_table(story[number - 1], story[number]):
        number += 1
    return number


def _around_both(story: Sequence[Paragraph], number: int) -> tuple[Quote | Item, ...]:
    """What a picture between two paragraphs stands in: what is around both, an item of a list that goes on, too."""
    if not 0 < number < len(story):
        return ()
    before, behind = story[number - 1].around, story[number].around
    same = 0
    for one, other in zip(before, behind, strict=False):
        if one != other:
            goes_on = isinstance(one, Item) and isinstance(other, Item) and one.list == other.list
            return before[: same + goes_on]
        same += 1
    return before[:same]


def _picture(image: Image) -> str:
    shown = f"![{escaped(image.alt or '')}]({destination(image.url)})"
    return f"{shown}\n*{escaped(image.caption)}*" if image.caption else shown


def _place(url: str) -> str:
    return url.partition("?")[0]


def _noting_links(inline: Inline) -> Callable[[Block], Paragraph]:
    def paragraph(block: Block) -> Paragraph:
        for one in (block, *(part for _, parts in block.cells for part in parts)):
            if any(one.styles):
                inline.runs(one)
        return Paragraph()

    return paragraph


class _Writer:
    """Writes the paragraphs of one story."""

    def __init__(self, story: Sequence[Block], inline: Inline):
        self._structure = Structure(story)
        self._inline = inline

    def post(self, block: Block) -> Element | None:
        """The post of social media that a paragraph stands in."""
        if block.element is None:
            return None
        parts = self._structure.parts(block)
        return next((part for part in parts if part.tag == "blockquote" and is_post(part)), None)

    def paragraph(self, block: Block) -> Paragraph:
        parts = self._structure.parts(block)
        if not parts and block.tag not in _OTHER_TAGS:  # as most
            return Paragraph(self._inline.lines(block))
        around = self._structure.around(parts)
        if block.tag == "tr" and block.cells and block.element is not None:  # else it is one of metadata
            return Paragraph("", around, self._row(block))
        if level := heading(block, parts):
            return Paragraph(_heading(self._inline.line(block), level), around)
        before = next((part for part in parts if part.tag == "pre"), None)
        if before is None:
            return Paragraph(self._inline.lines(block), around)
        if _is_verse[before.get("class") or ""]:
            return Paragraph(self._inline.lines(block, verse=True), around)
        code = _code(block, before)
        return Paragraph(code or self._inline.lines(block), around, is_code=bool(code))

    def _row(self, block: Block) -> Row:
        table, columns = self._structure.table(block.element)
        cells: list[str] = []
        for cell, parts in block.cells:
            cells += [""] * (columns.get(cell, 0) - len(cells))
            cells.append(" ".join(self._inline.line(part, in_cell=True) for part in parts))
        return Row(table, tuple(cells), is_head(block.element))


#: Tags of paragraphs that are more than text, wherever they stand.
_OTHER_TAGS = HEADINGS | {"tr"}


def address_of(link: Element, absolute: Callable[[str], str | None]) -> str | None:
    """Where an ``a`` of a story leads, without tracking; ``None`` for a script, or the page's own beginning."""
    href = link.get("href") or ""
    if not is_plain(href):
        href = clean(href)
    if href[: len(_MAILTO)].lower() == _MAILTO:
        return href if _MAIL.fullmatch(href, len(_MAILTO)) else None
    if not href or href == "#":
        return None
    url = href if is_plain(href) else absolute(href)
    return outgoing(url) if url else None


def _heading(text: str, level: int) -> str:
    """A heading: signs at its end are no part of it, unless they are escaped."""
    if text.endswith("#"):
        text = f"{text[:-1]}\\#"
    return f"{'#' * level} {text}"


def _code(block: Block, before: Element) -> str:
    """Preformatted text between fences; ``""`` where its pieces do not make the paragraph's text."""
    text = "".join("\n" if piece == LINE_BREAK else piece for piece in block.pieces)
    if clean(text) != block.text:
        return ""
    lines = [printable(line).rstrip() for line in text.expandtabs(4).splitlines()]
    while lines and not lines[0]:
        del lines[0]
    fence = max(("`" * (len(run) + 1) for run in _BACKTICKS.findall(text)), default="```", key=len)
    return "\n".join([fence + _language(before), *lines, fence])


def _language(before: Element) -> str:
    """The language that its class, or that of the code in it, names."""
    for element in (before, *before.iter("code")):
        if found := _LANGUAGE.search(element.get("class") or ""):
            return found[1]
    return ""
