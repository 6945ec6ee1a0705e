"""The headline: what readers see over the story, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, spaced_text_of, text_of
from newscrawl.extract.names import site_keys
from newscrawl.extract.page import Page
from newscrawl.extract.rules import first_text
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.words import key_of

JSON_LD, OG_TITLE = "json-ld:headline", "meta:og:title"
STRUCTURED_RULES = (JSON_LD, OG_TITLE, "meta:twitter:title")
#: What parts a title's pieces: a sign between spaces, or one that stands in no headline.
BETWEEN_PIECES = re.compile(r"( [|–—·•»«:-] | ?[|｜ㅣ] ?|：)")  # a title's spaces are single
MOST_PIECES = 40  # of a title of which some may be the whole headline; all others are taken off its ends only
FEWEST_PIECES = 3  # of a title that is parted: a piece, what parts it, and another
TITLE_TO_HEADLINE = (
    3  # times as long as the headline in it, a title is less than; a shorter piece is a label before one
)
WORDS_BEHIND_NAME = 2  # at most, behind the site's name in a title: "Ledger News Online"
NUMERIC_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d")
ELLIPSES = ("...", "…")


def headline(page: Page, publisher: Publisher) -> Value[str]:
    """The headline without the name of the site.

    A publisher's rule counts first. Without one: what metadata has, then the ``h1`` that agrees with the title, and the
    title itself.
    """
    text, rule = first_text(page, publisher.rules.get("headline", ()))
    if text:
        return Value(text, rule)
    found = {rule: text for rule in STRUCTURED_RULES if (text := first_text(page, (rule,)).value)}
    tops = [spaced_text_of(element) for element in _tops(page)]
    others = [*found.values(), *tops]
    found = {rule: bare for rule, text in found.items() if (bare := _without_site(text, page, others))}
    title = _without_site(page.title, page, others)
    if found:
        rule = _best_rule(found, title)
        return Value(_whole(found[rule], [*found.values(), *tops]), rule)
    top = heading(page)
    if top is not None:
        return Value(spaced_text_of(top), "h1")
    return Value(title, "title" if title else None)


def _best_rule(found: Mapping[str, str], title: str) -> str:
    """Which of the structured headlines is the story's.

    JSON-LD's and ``og:title`` mostly agree. Where they do not, one of them repeats the page's ``title``, which is
    worded for search engines; the other is the story's.
    """
    structured, shared = (key_of(found.get(rule, "")) for rule in (JSON_LD, OG_TITLE))
    worded_for_search = structured and shared and structured != shared and structured == key_of(title)
    return OG_TITLE if worded_for_search else next(iter(found))


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
    pieces = BETWEEN_PIECES.split(title)
    if len(pieces) < FEWEST_PIECES:
        return title
    if len(pieces) <= 2 * MOST_PIECES and (rest := _told_elsewhere(title, pieces, others)):
        return rest
    names = site_keys(page)
    start, end = 0, len(pieces)
    while end - start >= FEWEST_PIECES and _is_no_end(pieces[end - 1], names):
        end -= 2
    while end - start >= FEWEST_PIECES and _names_site(pieces[start], names):
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
                if len(title) < TITLE_TO_HEADLINE * len(rest):
                    return rest
    return ""


def _names_site(piece: str, names: set[str]) -> bool:
    """Whether a piece is the site's name, or that with a word or two behind it: "Ledger News"."""
    words = piece.split()
    numbers = range(max(len(words) - WORDS_BEHIND_NAME, 1), len(words) + 1)
    return any(key_of("".join(words[:number])) in names for number in numbers)


def _is_no_end(piece: str, names: set[str]) -> bool:
    return _names_site(piece, names) or NUMERIC_DATE.fullmatch(piece.strip()) is not None


def _whole(text: str, others: list[str]) -> str:
    """The text, or the whole one where it was cut short with an ellipsis."""
    end = next(filter(text.endswith, ELLIPSES), "")
    if not end:
        return text
    stem = text.removesuffix(end).rstrip()
    return next((other for other in others if other.startswith(stem) and len(other) > len(text)), text)
