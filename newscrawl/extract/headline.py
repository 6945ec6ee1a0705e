"""The headline: what readers see over the story, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, spaced_text_of, text_of
from newscrawl.extract.headings import Heading, Titles, shown_headline
from newscrawl.extract.names import all_site_keys
from newscrawl.extract.page import Page
from newscrawl.extract.rules import first_text, values
from newscrawl.extract.section import SECTION_RULES
from newscrawl.extract.titles import bare_title, decoded, names_site, whole
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.words import key_of

JSON_LD, OG_TITLE, TITLE = "json-ld:headline", "meta:og:title", "title"
STRUCTURED_RULES = (JSON_LD, OG_TITLE, "meta:twitter:title")


def headline(page: Page, publisher: Publisher) -> Value[str]:
    """The headline without the name of the site; ``""`` where the page has none.

    A publisher's rule counts first. Without one: the heading that readers see over the story, then what metadata has,
    and the title itself. The name of the site is never the headline.
    """
    titles = _titles(page)
    names = all_site_keys(page)
    for text, rule in values(page, publisher.rules.get("headline", ())):
        if isinstance(text, str) and text and not names_site(text, names, alone=True):
            return Value(text, rule)
    bare = _bare(page, titles, names)
    shown = shown_headline(page, _told(page, bare, names))
    if shown is not None:
        return _as_shown(shown, bare, titles)
    if not bare:
        return Value("", None)
    rule = _best_rule(bare)
    return Value(whole(bare[rule], bare.values()), rule)


def heading(page: Page) -> Element | None:
    """The heading that is the headline, else the top heading that shares most words with the title, else the first."""
    names = all_site_keys(page)
    shown = shown_headline(page, _told(page, _bare(page, _titles(page), names), names))
    if shown is not None:
        return shown.element
    words = set(re.findall(r"\w+", page.title.casefold()))

    def shared(top: Element) -> float:
        own = set(re.findall(r"\w+", spaced_text_of(top).casefold()))
        both = len(own & words)
        return both / (len(own) + len(words) - both or 1)

    tops = (top for top in page.tree.tagged("h1") if not is_hidden(top))
    named = (top for top in tops if (key := key_of(text_of(top))) and key not in names)
    return max(named, key=shared, default=None)


def _titles(page: Page) -> dict[str, str]:
    """What metadata has for the headline, by rule."""
    found = {rule: text for rule in STRUCTURED_RULES if (text := first_text(page, (rule,)).value)}
    if page.title:
        found[TITLE] = page.title
    return {rule: decoded(text) for rule, text in found.items()}


def _bare(page: Page, titles: Mapping[str, str], names: set[str]) -> dict[str, str]:
    """The same without the site's name and what else is no headline, less those that are nothing else."""
    sections = _sections(page)
    others = {rule: bare_title(text, names, (), sections) for rule, text in titles.items()}
    return {
        rule: bare
        for rule, text in titles.items()
        if (bare := bare_title(text, names, [other for of, other in others.items() if of != rule], sections))
    }


def _sections(page: Page) -> set[str]:
    return {key_of(text) for text, _ in values(page, SECTION_RULES) if isinstance(text, str)} - {""}


def _told(page: Page, bare: Mapping[str, str], names: set[str]) -> Titles:
    return Titles(list(bare.values()), bool(bare.keys() - {TITLE}), names, _sections(page))


def _best_rule(found: Mapping[str, str]) -> str:
    """Which of the titles in metadata is the story's.

    JSON-LD's and ``og:title`` mostly agree. Where they do not, one of them repeats the page's ``title``, which is
    worded for search engines; the other is the story's.
    """
    structured, shared = (key_of(found.get(rule, "")) for rule in (JSON_LD, OG_TITLE))
    worded_for_search = structured == key_of(found.get(TITLE, ""))
    return OG_TITLE if shared and (structured == shared or worded_for_search) else next(iter(found))


def _agreed(titles: Mapping[str, str]) -> str | None:
    """The key of what JSON-LD and ``og:title`` both have."""
    structured, shared = (key_of(titles.get(rule, "")) for rule in (JSON_LD, OG_TITLE))
    return structured if structured and structured == shared else None


def _as_shown(shown: Heading, bare: Mapping[str, str], titles: Mapping[str, str]) -> Value[str]:
    """The headline as the page shows it; as a title writes it where the page has it in parts or in capitals.

    What JSON-LD and ``og:title`` both have before it is a kicker that stands above the heading.
    """
    key = key_of(shown.text)
    kicked = _agreed(bare)
    if kicked is not None and kicked != key and kicked.endswith(key):
        return Value(bare[OG_TITLE], OG_TITLE)
    if shown.parted or shown.text.isupper():
        written = (
            (rule, told.get(rule, "")) for told in (titles, bare) for rule in (OG_TITLE, *STRUCTURED_RULES, TITLE)
        )
        for rule, title in written:
            if key_of(title) == key and not title.isupper():
                return Value(title, rule)
    return Value(whole(shown.text, bare.values(), at_word=False), shown.rule)
