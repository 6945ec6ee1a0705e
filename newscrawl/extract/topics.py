"""Topics: what the page files the story under."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from newscrawl.extract.css import Element
from newscrawl.extract.elements import line_of, text_of
from newscrawl.extract.keywords import TEXT_RULES, told_keywords
from newscrawl.extract.page import Page
from newscrawl.extract.rules import leaves_of
from newscrawl.extract.shown_topics import shown_topics
from newscrawl.extract.site_names import site_keys
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.words import each_once, key_of

#: Where metadata have keywords, best first.
KEYWORD_RULES = (
    "meta:news_keywords", "meta:keywords", "json-ld:keywords", "meta:article:tag", "meta:og:article:tag",
    "meta:parsely-tags", "meta:sailthru.tags", "meta:dc.subject", "meta:dcterms.subject", "meta:classification-tags",
    "meta:cxenseparse:tags", "meta:cxenseparse:keywords", "meta:cxenseparse:tag", "meta:tags", "microdata:keywords",
)  # fmt: skip
#: From how many keywords, and which share of them in its menus, they are the site's; and what is read of menus.
FEWEST_OF_SITE, SITE_SHARE = 4, 0.5
MENU_TAGS = ("nav", "header", "footer")
MOST_MENU_LINKS, LONGEST_MENU_ENTRY = 200, 40
MOST_TOPICS = 60  # of one page; a longer list is the site's
CODE_SHARE = 0.7  # of keywords, from which these are for machines, and the few words among them, too
FEWEST_CODES = 4  # keywords of which the share is looked at: three capitals may be "EU", "NATO", "USA"
#: What only machines file a story under: identifiers, key-value pairs, addresses.
FOR_MACHINES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{20,}|[^\s_=]*[_=]\S*|\S+\.(?:com|net|org|de|co\.uk)|https?:\S+|@\S+|\d+|[\w ]*: ?\S.*",
    re.IGNORECASE,
)
#: Words that papers put beside their own name, and that tell nothing without another.
GENERAL_WORDS = re.compile(
    r"\b(?:the|news|newspaper|latest|breaking|today|live|online|headlines|top|stories|updates?|nachrichten|aktuelle?|zeitung"
    r"|noticias|notícias|diario|periódico|jornal|actualités?|journal|notizie|giornale|nieuws|krant|nyheter|avis|tidning)\b",
    re.IGNORECASE,
)
TOPICS_LABEL = re.compile(r"(?:category|tags?|topics?|keywords?|subject): ?", re.IGNORECASE)
#: A code of a news agency: "ECO", "POL:INT-2".
AGENCY_CODE = re.compile(r"[A-Z0-9]+(?:[:-][A-Z0-9-]+)?")
TOPICS_HEADING = re.compile(r"topics?\s*:?", re.IGNORECASE)


def topics(page: Page, publisher: Publisher, authors: Iterable[str]) -> Value[list[str]]:
    """What the page files the story under.

    A publisher's rule counts first. Else the keywords of the page's metadata, less the publication's own name, the
    ``authors`` and what only machines read; else the tags that the page shows.
    """
    rules = publisher.rules.get("topics", ())
    for rule in rules:
        for element in page.tree.select(rule):
            if names := _listed(element):
                return Value(names, rule)
    no_topics = {key_of(name) for name in authors} | page.once(site_keys)
    for rule in KEYWORD_RULES:
        found = _for_readers(told_keywords(page, rule), no_topics)
        if found and not (rule in TEXT_RULES and _is_of_site(found, page)):
            return Value(found, rule)
    shown = Value[list[str]]([]) if rules else shown_topics(page)
    found = _for_readers(shown.value, no_topics)
    return Value(found, shown.rule if found else None)


def _listed(element: Element) -> list[str]:
    """The names in what a publisher's rule found, each once, less its heading."""
    names = (text_of(e).strip(" ,|") for e in leaves_of(element, "a", "span", "li"))
    return list(dict.fromkeys(name for name in names if name and not TOPICS_HEADING.fullmatch(name)))


def _is_of_site(names: list[str], page: Page) -> bool:
    """Whether keywords are those of the whole site: the page's title says none of them, and its menus have most."""
    if len(names) < FEWEST_OF_SITE:
        return False
    said = " ".join((page.title, page.meta.get("og:title", ""), page.meta.get("description", ""))).casefold()
    if any(name.casefold() in said for name in names):
        return False
    links = (a for tag in MENU_TAGS for menu in page.tree.tagged(tag) for a in islice(menu.iter("a"), MOST_MENU_LINKS))
    menu = {key_of(line_of(a, LONGEST_MENU_ENTRY)) for a in islice(links, MOST_MENU_LINKS)}
    return sum(key_of(name) in menu for name in names) >= SITE_SHARE * len(names)


def _for_readers(names: list[str], no_topics: set[str]) -> list[str]:
    """Names that tell a reader something, each once."""
    codes = sum(AGENCY_CODE.fullmatch(name) is not None for name in names)
    if len(names) >= FEWEST_CODES and codes > CODE_SHARE * len(names):
        return []
    unlabelled = (TOPICS_LABEL.sub("", name, count=1) for name in names)
    return each_once(name for name in unlabelled if _is_topic(name, no_topics))[:MOST_TOPICS]


def _is_topic(name: str, no_topics: set[str]) -> bool:
    """Whether a keyword is more than a name that is no topic, even with words such as "news" and "today" beside it."""
    if not key_of(name) or FOR_MACHINES.fullmatch(name):
        return False
    bare = GENERAL_WORDS.sub("", name)
    return key_of(name) not in no_topics and (key_of(bare) not in no_topics and (bool(key_of(bare)) or name.isalpha()))
