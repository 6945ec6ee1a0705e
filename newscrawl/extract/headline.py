"""The headline: what readers see over the story, without the site's name."""

from __future__ import annotations

import re

from newscrawl.extract.css import Element
from newscrawl.extract.fields import key_of, site_keys
from newscrawl.extract.page import Page
from newscrawl.extract.rules import first_text
from newscrawl.extract.text import is_hidden, spaced_text_of, text_of
from newscrawl.publishers import Publisher

_STRUCTURED = ("json-ld:headline", "meta:og:title", "meta:twitter:title")
#: What parts a title's pieces: a sign between spaces, or one that stands in no headline.
_BETWEEN = re.compile(r"(\s+[|–—·•»«:-]\s+|\s*[|｜ㅣ]\s*|：)")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d")
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")


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
        return len(own & words) / (len(own | words) or 1)

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
    whole = {key_of(other) for other in others} - {key_of(title), ""}
    for end in range(len(pieces), 0, -2):
        for start in range(0, end, 2):
            rest = "".join(pieces[start:end]).strip()
            if end - start < len(pieces) and key_of(rest) in whole and len(rest) * 3 > len(title):
                return rest
    names = site_keys(page)
    while len(pieces) > 2 and (_names_site(pieces[-1], names) or _DATE.fullmatch(pieces[-1].strip())):
        pieces = pieces[:-2]
    while len(pieces) > 2 and _names_site(pieces[0], names):
        pieces = pieces[2:]
    return "".join(pieces).strip()


def _names_site(piece: str, names: set[str]) -> bool:
    """Whether a piece is the site's name, or that with a word or two behind it: "Ledger News"."""
    words = piece.split()
    return any(key_of("".join(words[:number])) in names for number in range(max(len(words) - 2, 1), len(words) + 1))


def _whole(text: str, others: list[str]) -> str:
    """The text, or the whole one where it was cut short with an ellipsis."""
    stem = _CUT.sub("", text)
    if stem == text:
        return text
    return next((other for other in others if other.startswith(stem) and len(other) > len(text)), text)
