"""The headline: what readers see over the story, without the site's name."""

from __future__ import annotations

import re
from itertools import accumulate

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, spaced_text_of, text_of
from newscrawl.extract.fields import site_keys
from newscrawl.extract.page import Page
from newscrawl.extract.rules import first_text
from newscrawl.publishers import Publisher
from newscrawl.text.words import key_of

_STRUCTURED = ("json-ld:headline", "meta:og:title", "meta:twitter:title")
#: What parts a title's pieces: a sign between spaces, or one that stands in no headline.
_BETWEEN = re.compile(r"( [|–—·•»«:-] | ?[|｜ㅣ] ?|：)")  # a title's spaces are single
_MOST_PIECES = 40  # of a title of which some may be the whole headline; all others are taken off its ends only
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d")
_CUT = ("...", "…")


def headline(page: Page, publisher: Publisher) -> tuple[str, str | None]:
    """The headline without the name of the site, and the rule that gave it.

    A publisher's rule counts first. Without one: JSON-LD's headline and ``og:title`` mostly agree. Where they do not,
    one of them repeats the page's ``title``, which is worded for search engines; the other is the story's. Then
    ``twitter:title``, the ``h1`` that agrees with the title, and the title itself.
    """
    text, rule = first_text(page, publisher.rules.get("headline", ()))
    if text:
        return text, rule
    found = {rule: text for rule in _STRUCTURED if (text := first_text(page, (rule,))[0])}
    tops = [spaced_text_of(element) for element in _tops(page)]
    others = [*found.values(), *tops]
    found = {rule: bare for rule, text in found.items() if (bare := _without_site(text, page, others))}
    title = _without_site(page.title, page, others)
    if found:
        structured, shared = found.get(_STRUCTURED[0]), found.get(_STRUCTURED[1])
        worded_for_search = (
            structured and shared and key_of(structured) != key_of(shared) and key_of(structured) == key_of(title)
        )
        rule = _STRUCTURED[1] if worded_for_search else next(iter(found))
        return _whole(found[rule], [*found.values(), *tops]), rule
    top = heading(page)
    if top is not None:
        return spaced_text_of(top), "h1"
    return (title, "title") if title else ("", None)


def heading(page: Page) -> Element | None:
    """The top heading that shares most words with the title, else the first."""
    words = set(re.findall(r"\w+", page.title.casefold()))

    def shared(top: Element) -> float:
        own = set(re.findall(r"\w+", spaced_text_of(top).casefold()))
        both = len(own & words)
        return both / (len(own) + len(words) - both or 1)

    return max(_tops(page), key=shared, default=None)


def _tops(page: Page) -> list[Element]:
    """The top headings that readers see, less those that name the site."""
    shown = [element for element in page.tree.tagged("h1") if not is_hidden(element)]
    keys = [key_of(text_of(element)) for element in shown]
    names = site_keys(page) if shown else set()
    return [element for element, key in zip(shown, keys, strict=True) if key and key not in names]


def _without_site(title: str, page: Page, others: list[str]) -> str:
    """A title less the pieces at its ends that are no headline.

    These are the site's name and a date, and whatever is left over where the rest is what another source has for the
    whole headline.
    """
    pieces = _BETWEEN.split(title)
    if len(pieces) < 3:
        return title
    if len(pieces) <= 2 * _MOST_PIECES and (rest := _told_elsewhere(title, pieces, others)):
        return rest
    names = site_keys(page)
    start, end = 0, len(pieces)
    while end - start > 2 and (_names_site(pieces[end - 1], names) or _DATE.fullmatch(pieces[end - 1].strip())):
        end -= 2
    while end - start > 2 and _names_site(pieces[start], names):
        start += 2
    return "".join(pieces[start:end]).strip()


def _told_elsewhere(title: str, pieces: list[str], others: list[str]) -> str:
    """The pieces that another source has for the whole headline; ``""`` where none has."""
    keys = [key_of(piece) for piece in pieces]
    whole = {key_of(other) for other in others} - {"".join(keys), ""}
    lengths = set(map(len, whole))
    upto = [0, *accumulate(map(len, keys))]
    for end in range(len(pieces), 0, -2):
        for start in range(0, end, 2):
            if upto[end] - upto[start] in lengths and "".join(keys[start:end]) in whole:
                rest = "".join(pieces[start:end]).strip()
                if len(rest) * 3 > len(title):
                    return rest
    return ""


def _names_site(piece: str, names: set[str]) -> bool:
    """Whether a piece is the site's name, or that with a word or two behind it: "Ledger News"."""
    words = piece.split()
    return any(key_of("".join(words[:number])) in names for number in range(max(len(words) - 2, 1), len(words) + 1))


def _whole(text: str, others: list[str]) -> str:
    """The text, or the whole one where it was cut short with an ellipsis."""
    end = next(filter(text.endswith, _CUT), "")
    if not end:
        return text
    stem = text.removesuffix(end).rstrip()
    return next((other for other in others if other.startswith(stem) and len(other) > len(text)), text)
