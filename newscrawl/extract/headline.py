"""The headline: what readers see over the story, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, spaced_text_of, text_of
from newscrawl.extract.page import LONGEST_TITLE, Page
from newscrawl.extract.rules import first_text, values
from newscrawl.extract.section import SECTION_RULES, section
from newscrawl.extract.shown_headline import TITLE, Heading, Titles, shown_headline
from newscrawl.extract.site_names import SiteNames, names_site
from newscrawl.extract.titles import bare_title, decoded, whole
from newscrawl.extract.value import Value
from newscrawl.publishers import GENERIC, Publisher
from newscrawl.text.words import key_of

JSON_LD, OG_TITLE = "json-ld:headline", "meta:og:title"
#: A step of an address that may name a section, of two words at most.
SECTION_STEP = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+)?")
LONGEST_SECTION = 40  # characters of a section's name
STRUCTURED_RULES = (JSON_LD, OG_TITLE, "meta:twitter:title")


def headline(page: Page, publisher: Publisher) -> Value[str]:
    """The headline without the name of the site; ``""`` where the page has none.

    A publisher's rule counts first. Without one: the heading that readers see over the story, then what metadata has,
    and the title itself. The name of the site is never the headline.
    """
    for rule in publisher.rules.get("headline", ()):
        text = first_text(page, (rule,)).value
        if text and not names_site(text, page.once(SiteNames), alone=True):
            return Value(text, rule)
    told = page.once(_told)
    shown = page.once(_shown)
    if shown is not None:
        return _as_shown(shown, told)
    bare = {rule: text for rule, text in told.bare.items() if key_of(text) not in told.sections}
    if not bare:
        return Value("", None)
    rule = _best_rule(bare)
    return Value(whole(bare[rule], bare.values()), rule)


def heading(page: Page) -> Element | None:
    """The heading that is the headline, else the top heading that shares most words with the title, else the first."""
    shown = page.once(_shown)
    if shown is not None:
        return shown.element
    words = set(re.findall(r"\w+", page.title.casefold()))

    def shared(top: Element) -> float:
        own = set(re.findall(r"\w+", spaced_text_of(top).casefold()))
        both = len(own & words)
        return both / (len(own) + len(words) - both or 1)

    names = page.once(_told).names
    tops = (top for top in page.tree.tagged("h1") if not is_hidden(top))
    named = (top for top in tops if (key := key_of(text_of(top))) and key not in names)
    return max(named, key=shared, default=None)


def _shown(page: Page) -> Heading | None:
    return shown_headline(page, page.once(_told))


def _told(page: Page) -> Titles:
    names, sections = page.once(SiteNames), _sections(page)
    found = {rule: first_text(page, (rule,)).value for rule in STRUCTURED_RULES} | {TITLE: page.title}
    titles = {rule: decoded(text[:LONGEST_TITLE]) for rule, text in found.items() if text}
    alone = {text: bare_title(text, names, (), sections) for text in set(titles.values())}
    bare = {text: _bare_beside(text, alone, names, sections) for text in alone}
    return Titles(titles, {rule: bare[text] for rule, text in titles.items() if bare[text]}, names, sections)


def _bare_beside(text: str, alone: Mapping[str, str], names: SiteNames, sections: set[str]) -> str:
    """A title less what is no headline, of which the other titles tell more."""
    others = [bare for other, bare in alone.items() if other != text and bare != alone[text]]
    return bare_title(text, names, others, sections) if others else alone[text]


def _sections(page: Page) -> set[str]:
    """Keys of what names the page's section, in metadata or in its address."""
    listed = section(page, GENERIC).value
    told = [text for text, _ in values(page, SECTION_RULES) if isinstance(text, str)]
    steps = [step for step in urlsplit(page.url).path.split("/") if step][:-1]
    names = [name for name in (*told, listed or "") if len(name) <= LONGEST_SECTION]
    return {key_of(name) for name in (*names, *filter(SECTION_STEP.fullmatch, steps))} - {""}


def _best_rule(found: Mapping[str, str]) -> str:
    """Which of the titles in metadata is the story's.

    JSON-LD's and ``og:title`` mostly agree. Where they do not, one of them repeats the page's ``title``, which is
    worded for search engines; the other is the story's.
    """
    structured, shared = (key_of(found.get(rule, "")) for rule in (JSON_LD, OG_TITLE))
    worded_for_search = structured == key_of(found.get(TITLE, ""))
    written_otherwise = structured == shared and found.get(JSON_LD) != found.get(OG_TITLE)
    return OG_TITLE if shared and (written_otherwise or worded_for_search) and structured else next(iter(found))


def _as_shown(shown: Heading, told: Titles) -> Value[str]:
    """The headline as the page shows it; as a title writes it where the page has it in parts or in capitals.

    What JSON-LD and ``og:title`` both have before it is a kicker that stands above the heading.
    """
    key = key_of(shown.text)
    structured, shared = (key_of(told.bare.get(rule, "")) for rule in (JSON_LD, OG_TITLE))
    if structured == shared != key and shared.endswith(key):
        rule = _best_rule(told.bare)
        return Value(told.bare[rule], rule)
    if shown.parted or shown.text.isupper():
        for titles in (told.written, told.bare):
            same = {rule: title for rule, title in titles.items() if key_of(title) == key and not title.isupper()}
            if same:
                rule = _best_rule(same)
                return Value(same[rule], rule)
    return Value(whole(shown.text, told.bare.values(), unmarked=False), shown.rule)
