"""A paragraph's text in Markdown: emphasis, links, code and line breaks, and no sign of the text taken for markup.

https://spec.commonmark.org/0.31.2/#inlines
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from newscrawl.extract.blocks import LINE_BREAK, Block
from newscrawl.extract.css import Element
from newscrawl.text.spaces import clean, printable

_LINK, _CODE, _STRONG, _EMPHASIS = "link", "code", "**", "*"
_KINDS = {"a": _LINK, "b": _STRONG, "strong": _STRONG, "em": _EMPHASIS, "i": _EMPHASIS}
_KINDS |= dict.fromkeys(("code", "kbd", "samp", "tt"), _CODE)
#: Characters that are markup: ``_`` not within a word, ``&`` only before what may be an entity.
_SIGNS = re.compile(r"[\\`*\[\]<~|_&]")
_ENTITY = re.compile(r"&#?[A-Za-z0-9]{0,40}+(?:;|$)")
#: What is markup at the beginning of a line: headings, quotations, items of lists; lines below headings and tables.
_AT_LINE_START = re.compile(r"#{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?::?-+:?|-[-\s]*|=+)\s*$")
_NUMBER_AT_LINE_START = re.compile(r"\A(\d{1,9})([.)])(?=\s|$)", re.ASCII)
_IN_DESTINATION = re.compile(r"[\\()]|&(?=#?\w{1,40};)")
_IN_PLAIN_DESTINATION = re.compile(r"[^\\()&]*(?:\([^\\()&]*\)[^\\()&]*|&(?!#?\w{1,40};)[^\\()&]*)*")
#: Characters of an address that would end a link's, or begin code, an element or a cell.
_ENCODED = {ord(sign): f"%{ord(sign):02X}" for sign in '<>`| "{}^'}
_BACKTICKS = re.compile("`+")


class Style(NamedTuple):
    """What is around a piece of text: ``kind``; of links and code, the element and the address."""

    kind: str
    element: Element = None
    address: str = ""


class Run(NamedTuple):
    """A piece of text, white space single, line breaks ``\\n``, and the styles around it, outermost first."""

    text: str
    styles: tuple[Style, ...] = ()


class Inline:
    """Writes texts of paragraphs in Markdown. ``address_of`` tells the address of an ``a``, or ``None``."""

    def __init__(self, address_of: Callable[[Element], str | None]):
        self._address_of = address_of
        #: Address and text of each link of what was written, in its order.
        self.links: list[tuple[str, str]] = []

    def lines(self, block: Block, *, verse: bool = False) -> str:
        """A paragraph; a line break in it is one of Markdown's. ``verse``: line ends in the source are line breaks."""
        if _is_plain(block) and not verse:
            return paragraph(block.text)
        text = _written(self.runs(block, verse=verse))
        if "\n" not in text:
            return _at_line_start(text)
        return "\\\n".join(_at_line_start(line.strip()) for line in text.split("\n"))

    def line(self, block: Block, *, in_cell: bool = False) -> str:
        """The same on one line, which stands behind other text: of a heading or, ``in_cell``, of a table."""
        if _is_plain(block):
            return escaped(block.text)
        return _written(self.runs(block), in_cell=in_cell).replace("\n", " ")

    def runs(self, block: Block, *, verse: bool = False) -> list[Run]:
        """The pieces of a paragraph; the text alone where they do not make it."""
        pieces = _by_lines(block) if verse else zip(block.pieces, block.styles, strict=True)
        runs = _runs(pieces, self._styles_of)
        if "".join([run.text for run in runs]).replace("\n", " ") != block.text:
            return [Run(block.text)]
        self.links += _links_in(runs)
        return runs

    def _styles_of(self, elements: tuple[Element, ...]) -> tuple[Style, ...]:
        styles: list[Style] = []
        kinds: set[str] = set()
        for element in elements:
            kind = _KINDS[element.tag]
            if kind in kinds:
                continue
            address = self._address_of(element) if kind == _LINK else ""
            if address is None:
                continue
            kinds.add(kind)
            styles.append(Style(kind, element if kind in (_LINK, _CODE) else None, address))
            if kind == _CODE:  # in which nothing is markup
                break
        return tuple(styles)


def _is_plain(block: Block) -> bool:
    """Whether a paragraph is no more than its text."""
    return not any(block.styles) and LINE_BREAK not in block.pieces


def _by_lines(block: Block) -> Iterator[tuple[str, tuple[Element, ...]]]:
    for piece, styles in zip(block.pieces, block.styles, strict=True):
        for n, line in enumerate(piece.split("\n")):
            if n:
                yield LINE_BREAK, styles
            yield line, styles


def _runs(
    pieces: Iterable[tuple[str, tuple[Element, ...]]], styles_of: Callable[[tuple[Element, ...]], tuple[Style, ...]]
) -> list[Run]:
    """Pieces without double white space, neighbours of the same styles as one."""
    runs: list[Run] = []
    texts: list[str] = []  # of the run that is being read
    before: tuple[Style, ...] = ()
    space = ""
    for piece, elements in pieces:
        text = piece.strip()
        if "  " in text or not text.isprintable():  # as in few
            piece = printable(piece)
            text = " ".join(piece.split())
        if not text:
            space = "\n" if piece == LINE_BREAK else space or " " * bool(piece)
            continue
        styles = styles_of(elements) if elements else ()
        space = space or " " * piece[0].isspace()
        if not space and before and styles and before[-1].kind == styles[-1].kind == _CODE:
            styles = before  # two right beside each other
        if not texts:
            texts.append(text)
        elif styles == before:
            texts.append(space + text)
        else:
            texts = _begun(runs, Run("".join(texts), before), space, Run(text, styles))
        before, space = styles, " " * piece[-1].isspace()
    if texts:
        runs.append(Run("".join(texts), before))
    return runs


def _begun(runs: list[Run], ended: Run, space: str, run: Run) -> list[str]:
    """Note a run that has ended; the text of the next one. A space between them has the styles that both have."""
    if not space:
        runs.append(ended)
        return [run.text]
    common = _common(ended.styles, run.styles)
    if common == ended.styles:
        runs.append(Run(ended.text + space, common))
    elif common == run.styles:
        runs.append(ended)
        return [space + run.text]
    else:
        runs += (ended, Run(space, common))
    return [run.text]


def _links_in(runs: Iterable[Run]) -> list[tuple[str, str]]:
    linked = [(link, run.text) for run in runs for link in run.styles if link.kind == _LINK]
    of_each = groupby(linked, itemgetter(0)) if linked else ()
    return [(link.address, clean("".join([text for _, text in same]))) for link, same in of_each]


def _common(one: tuple[Style, ...], other: tuple[Style, ...]) -> tuple[Style, ...]:
    same = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        same += 1
    return one[:same]


def escaped(text: str) -> str:
    r"""A text that is no markup within a line.

    >>> escaped("2 * 3 < 7 & snake_case")
    '2 \\* 3 \\< 7 & snake_case'
    """
    return _SIGNS.sub(_escaped_sign, text)


def _escaped_sign(sign: re.Match[str]) -> str:
    text, at = sign.string, sign.start()
    if sign[0] == "_" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum():
        return "_"
    if sign[0] == "&" and not _ENTITY.match(text, at):
        return "&"
    return "\\" + sign[0]


def paragraph(text: str) -> str:
    """A text that is a paragraph, and no markup."""
    return _at_line_start(escaped(text))


def _at_line_start(line: str) -> str:
    if _AT_LINE_START.match(line):
        return "\\" + line
    return _NUMBER_AT_LINE_START.sub(r"\1\\\2", line, count=1) if line[:1].isdigit() else line


class _Around(NamedTuple):
    """What stands before and behind a text that is written: a character, ``""`` at a line's end."""

    before: str
    behind: str


_NOTHING_AROUND, _IN_LINK = _Around("", ""), _Around("[", "]")


def _written(
    runs: Sequence[Run],
    depth: int = 0,
    around: _Around = _NOTHING_AROUND,
    *,
    in_cell: bool = False,
    beside: bool = False,
) -> str:
    """Runs that have their first ``depth`` styles in common, with the signs of the others.

    ``beside``: right behind a sign that ends emphasis, with which one that begins some would be one.
    """
    if len(runs) == 1 and len(runs[0].styles) == depth and around.behind != "[":
        return escaped(runs[0].text)
    written: list[str] = []
    at = 0
    while at < len(runs):
        if len(runs[at].styles) == depth:
            written.append(escaped(runs[at].text))
            at, beside = at + 1, False
            if written[-1].endswith("!") and _around(runs, at - 1, at, depth, around).behind == "[":
                written[-1] = written[-1][:-1] + "\\!"
            continue
        style, end = _group(runs, at, depth)
        same = runs[at:end]
        if style.kind == _CODE:
            written.append(_code("".join(run.text for run in same), in_cell=in_cell))
        elif style.kind == _LINK:
            inner = _written(same, depth + 1, _IN_LINK, in_cell=in_cell)
            written.append(f"[{inner}]({destination(style.address)})")
        else:
            here = _around(runs, at, end, depth, around)
            written.append(_emphasised(list(same), depth, here, in_cell=in_cell, beside=beside))
        at, beside = end, style.element is None
    return "".join(written)


def _group(runs: Sequence[Run], at: int, depth: int) -> tuple[Style, int]:
    """The style of a run at a depth, and the end of the runs that have the same."""
    style, end = runs[at].styles[depth], at + 1
    while end < len(runs) and len(runs[end].styles) > depth and runs[end].styles[depth] == style:
        end += 1
    return style, end


def _around(runs: Sequence[Run], at: int, end: int, depth: int, around: _Around) -> _Around:
    """What stands before and behind some of the runs."""
    before = _last_of(runs[at - 1], depth) if at else around.before
    return _Around(before, _first_of(runs[end], depth) if end < len(runs) else around.behind)


def _style_at(run: Run, depth: int) -> Style | None:
    return run.styles[depth] if len(run.styles) > depth else None


def _first_of(run: Run, depth: int) -> str:
    """The character that a run's Markdown begins with, behind signs of emphasis."""
    return _sign_of(run, depth, "[") or run.text[0]


def _last_of(run: Run, depth: int) -> str:
    """The one that it ends with, before signs of emphasis."""
    return _sign_of(run, depth, ")") or run.text[-1]


def _sign_of(run: Run, depth: int, of_link: str) -> str:
    """The sign of the outermost link or code around a run; ``""`` for none."""
    signs = (of_link if style.kind == _LINK else "`" for style in run.styles[depth:] if style.element is not None)
    return next(signs, "")


def _emphasised(runs: list[Run], depth: int, around: _Around, *, in_cell: bool, beside: bool) -> str:
    """Text with signs of emphasis around it, where CommonMark takes them for such.

    Within a word they are none beside a full stop or a quotation mark: these are left outside then.
    """
    sign = runs[0].styles[depth].kind
    may_open = _opens_only if _is_within_emphasis(runs[0], depth) else _may_open
    lead = tail = ""
    if not may_open(around.before, _first_of(runs[0], depth + 1)):
        lead, runs = _peeled(runs, depth + 1, at_end=False)
    if runs and not _may_open(around.behind, _last_of(runs[-1], depth + 1)):
        tail, runs = _peeled(runs, depth + 1, at_end=True)
    if not runs:
        return escaped(lead + tail)
    around = _Around(lead[-1:] or around.before, tail[:1] or around.behind)
    opens = may_open(around.before, _first_of(runs[0], depth + 1))
    closes = _may_open(around.behind, _last_of(runs[-1], depth + 1))
    if opens and closes and (lead or not beside):
        inner = _written(runs, depth + 1, around, in_cell=in_cell)
        inner = f"{sign}{inner}{sign}"
    else:
        beside = beside and not lead
        inner = _written(_less_style(runs, depth), depth, around, in_cell=in_cell, beside=beside)
    return f"{escaped(lead)}{inner}{escaped(tail)}"


def _less_style(runs: Sequence[Run], depth: int) -> list[Run]:
    """Runs without a style that they share; where one link is all that they are, it is put into that."""
    link = _style_at(runs[0], depth + 1)
    if link is not None and link.kind == _LINK and all(_style_at(run, depth + 1) == link for run in runs):
        return [Run(text, (*styles[:depth], link, styles[depth], *styles[depth + 2 :])) for text, styles in runs]
    return [Run(text, (*styles[:depth], *styles[depth + 1 :])) for text, styles in runs]


def _may_open(outside: str, inside: str) -> bool:
    """Whether a sign of emphasis between two characters is one for what it is beside on the inside."""
    if inside.isspace():
        return False
    if unicodedata.category(inside)[0] not in "PS":
        return True
    return not outside.strip() or _is_sign(outside)


def _is_sign(character: str) -> bool:
    return character in _ASCII_SIGNS or unicodedata.category(character)[0] == "P"


def _opens_only(outside: str, inside: str) -> bool:
    """Whether it is none that ends emphasis, too: within another one it would end that."""
    return _may_open(outside, inside) and (
        not outside.strip() or (_is_sign(outside) and unicodedata.category(inside)[0] not in "PS")
    )


def _is_within_emphasis(run: Run, depth: int) -> bool:
    return any(style.kind in (_STRONG, _EMPHASIS) for style in run.styles[:depth])


_ASCII_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _peeled(runs: list[Run], depth: int, *, at_end: bool) -> tuple[str, list[Run]]:
    """The signs and spaces that plain text begins or ends with, and the rest."""
    edge = runs[-1] if at_end else runs[0]
    if len(edge.styles) > depth:
        return "", runs
    text = edge.text
    size = next((n for n, char in enumerate(reversed(text) if at_end else text) if char.isalnum()), len(text))
    signs, rest = (text[len(text) - size :], text[: len(text) - size]) if at_end else (text[:size], text[size:])
    left = [Run(rest, edge.styles)] if rest else []
    return signs, [*runs[:-1], *left] if at_end else [*left, *runs[1:]]


def _code(text: str, *, in_cell: bool) -> str:
    """A code span: its fence is longer than any within."""
    text = text.replace("\n", " ")
    fence = "`" * (max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    text = text.replace("|", "\\|") if in_cell else text
    return f"{fence}{pad}{text}{pad}{fence}"


def destination(address: str) -> str:
    """An address as Markdown's links have it."""
    address = address.translate(_ENCODED)
    return address if _IN_PLAIN_DESTINATION.fullmatch(address) else _IN_DESTINATION.sub(r"\\\g<0>", address)
