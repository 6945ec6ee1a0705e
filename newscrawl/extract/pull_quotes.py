"""Pull quotes: what a page shows large beside the paragraph that says it, and is said twice in a body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from newscrawl.bounded import Remembered
from newscrawl.extract.blocks import Block
from newscrawl.extract.css import Element, Once
from newscrawl.text.words import WORD, key_of

#: Characters, letters and digits, from which a text that is said twice is said twice on purpose of the layout.
SAID_TWICE = 24
#: Share of a quote's runs of three words that other paragraphs have: quotes are shortened when they are pulled.
SHARED_RUNS, RUN = 0.75, 3
#: Runs of words from which that share tells something.
FEWEST_RUNS = 4
#: Pull quotes that are looked for on a page, elements around a paragraph that may name it, and characters of one, and
#: of who said it.
MOST_QUOTES, AROUND, LONGEST_QUOTE, LONGEST_NAME = 40, 3, 500, 100

_NAMED = re.compile(
    r"(?<![a-z])(?:pull|pulled|pull-?_?quotes?|block-?_?quotes?|big-?_?quotes?|quotes?|quotation|zitat|citat\w*|cita(?:zione|tion)?|citaat|uitgelicht)(?![a-z])",
    re.IGNORECASE,
)
_OPENING = tuple("\"“”„«»‘’'「『")
_QUOTED = re.compile(r"[\"“”„«»‘「『]([^\"“”„«»」』]{20,})[\"“”«»’」』](?:\W{0,3}$|\W{0,3}[–—-][^\"“”„«»]*)")
_NEITHER = frozenset("tr li h1 h2 h3 h4 h5 h6".split())


class _Read(NamedTuple):
    """What is read of a story's texts, of each once: letters and digits, and runs of words."""

    keys: Once
    runs: Once


def without_pull_quotes(story: Sequence[Block]) -> list[Block]:
    """A story's paragraphs less the pull quotes that repeat another one, with the name of who is quoted."""
    around = Once(_box_around)  # paragraphs mostly have one parent
    marked = {id(block): box for block in story if (box := _box_of(block, around)) is not None}
    candidates = [block for block in story if id(block) in marked or _is_quoted(block)]
    if not candidates:
        return list(story)
    read = _Read(Once(key_of), Once(_runs))
    gone: set[int] = set()
    boxes: set[Element] = set()
    for block in islice(candidates, MOST_QUOTES):
        box = marked.get(id(block))
        if _repeats(block, box, story, marked, read):
            gone.add(id(block))
            if box is not None:
                boxes.add(box)
    return [block for block in story if id(block) not in gone and not _names_who_is_quoted(block, marked, boxes)]


def _names_who_is_quoted(block: Block, marked: dict[int, Element], boxes: set[Element]) -> bool:
    return len(block.text) <= LONGEST_NAME and marked.get(id(block)) in boxes


def _box_of(block: Block, around: Once) -> Element | None:
    """The element that makes a quotation of a paragraph."""
    element = block.element
    if element is None or (block.tag in _NEITHER and not _is_named[element.get("class") or ""]):
        return None
    found: Element | None = element if _is_quotation(element) else around[element.getparent()]
    return found


def _box_around(element: Element | None) -> Element | None:
    near = () if element is None else (element, *islice(element.iterancestors(), AROUND - 1))
    return next(filter(_is_quotation, near), None)


def _is_quotation(element: Element) -> bool:
    names = element.get("class")
    return element.tag == "blockquote" or (names is not None and _is_named[names])


#: What a class says; the same come on page after page.
_is_named: Remembered[str, bool] = Remembered(lambda names: _NAMED.search(names) is not None)


def _is_quoted(block: Block) -> bool:
    """Whether a whole paragraph is in quotation marks, with a dash and a name at most behind them."""
    if not block.text.startswith(_OPENING) or block.linked or block.tag in _NEITHER:
        return False
    return len(block.text) <= LONGEST_QUOTE and _QUOTED.fullmatch(block.text) is not None


def _repeats(
    block: Block, box: Element | None, story: Sequence[Block], marked: dict[int, Element], read: _Read
) -> bool:
    """Whether longer paragraphs outside of its box say what a quote says."""
    quoted = _QUOTED.match(block.text)
    said = (quoted[1] if quoted else block.text).strip(" .,…!?;:–—-")
    if len(said) < SAID_TWICE:
        return False
    size = len(block.text)
    longer = [one.text for one in story if len(one.text) > size and (box is None or marked.get(id(one)) is not box)]
    if said in "\0".join(longer):  # which no text has in it
        return True
    key = key_of(said)
    if box is None or len(key) < SAID_TWICE:
        return False
    everything = "\0".join([read.keys[text] for text in longer])
    return key in everything or _is_shortened(said, longer, everything, read)


def _is_shortened(said: str, others: Sequence[str], everything: str, read: _Read) -> bool:
    """Whether one other paragraph has most runs of words of what is said; ``everything`` is the keys of all."""
    runs = _runs(said)
    least = SHARED_RUNS * len(runs)
    if len(runs) < FEWEST_RUNS or not _has_most(everything, map(_key_of_run, runs), len(runs), least):
        return False
    keys = list(map(_key_of_run, runs))  # looked for first: a text's runs take longer to read
    texts = (text for text in others if _has_most(read.keys[text], keys, len(keys), least))
    return any(len(runs & read.runs[text]) >= least for text in texts)


def _has_most(text: str, keys: Iterable[str], count: int, least: float) -> bool:
    """Whether a text has so many of some keys; where it cannot have them any more, the others are not looked for."""
    for key in keys:
        if key not in text:
            count -= 1
            if count < least:
                return False
    return True


def _key_of_run(run: tuple[str, ...]) -> str:
    return key_of("".join(run))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return set(zip(*(words[n:] for n in range(RUN)), strict=False))
