"""Who else worked on a story: "Additional reporting by …", "Reporting by …; editing by …", "With inputs from …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from newscrawl.extract import note_words as words
from newscrawl.extract.byline_words import ANDS
from newscrawl.extract.json_ld import Node
from newscrawl.extract.names_of_people import Kind, bare, is_agency, is_name, kind_of, name_at_start
from newscrawl.extract.notes import HELP, HELPED, notes
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.extract.site_names import site_keys
from newscrawl.extract.value import Value
from newscrawl.text.words import key_of

HELPER_KEYS = ("contributor", "editor", "translator")
MOST_CONTRIBUTORS = 50  # of one story
LONGEST_LIST = 300  # characters behind a label, in which names are looked for
LAST_PARAGRAPHS = 3  # of a story, at whose end "(With inputs from …)" stands
#: The last words of a sentence; an initial and "Jr." end none.
_ANOTHER_LABEL = re.compile(rf" (?:{HELP.pattern})", re.IGNORECASE)
_AND = "|".join(map(re.escape, ANDS))
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{4})[.!?](?= |$)|[。！？]|[)）;；|×]")
_BETWEEN = re.compile(rf" ?[,、，/] ?(?:(?:{_AND}) )?| (?:{_AND}|&) |和")
#: "Fox News’ Ann Lee", "Associated Press writer Ann Lee".
_EMPLOYER = re.compile(rf".{{2,40}}?(?:[’']s?|\b(?:{words.ROLES_BEFORE})) (?=[^\W\d_a-z])")
#: "Produced by Lee Berg, a venture capital firm": no person.
_IS_FIRM = re.compile(
    r", (?:an?|the) [^,.;]{0,60}?\b"
    r"(?:firm|company|agency|studio|fund|startup|brand|organi[sz]ation|provider|publisher)\b"
)
_IN_BRACKETS = re.compile(r"[(（]([^()（）]{5,300})[)）]\W*$")


def contributors(page: Page, paragraphs: Sequence[str], authors: Sequence[str]) -> Value[list[str]]:
    """Persons and agencies that metadata, the page or the story's ``paragraphs`` name, less its ``authors``."""
    no_others = {key_of(name) for name in authors} | page.once(site_keys)
    found: dict[str, str] = {}
    rules: dict[str, None] = {}
    for names, rule in _sources(page, paragraphs):
        for name in names:
            if (key := key_of(name)) not in no_others and len(found) < MOST_CONTRIBUTORS:
                found.setdefault(key, name)
                rules.setdefault(rule)
    return Value(list(found.values()), ", ".join(rules) or None)


def _sources(page: Page, paragraphs: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    node: Node = page.article_node
    for key in HELPER_KEYS:
        yield list(_told(page, node.get(key))), f"json-ld:{key}"
    for note in page.once(notes):
        if not note.correction:
            yield names_in(note.text), "label"
    for text in paragraphs[-LAST_PARAGRAPHS:]:
        if HELP.match(text):
            yield names_in(text), "label"
        elif (match := _IN_BRACKETS.search(text)) and HELP.match(match[1]):
            yield names_in(match[1]), "label"


def _told(page: Page, value: Any) -> Iterator[str]:
    for node in value if isinstance(value, list) else [value]:
        if (name := name_of(page.resolve(node))) and _is_one(name):
            yield name


def names_in(text: str) -> list[str]:
    """The persons and agencies that a line names as those who helped.

    >>> names_in("Reporting by Ann Lee in Maro and Bo Berg; Editing by Cy Dunn")
    ['Ann Lee', 'Bo Berg', 'Cy Dunn']
    >>> names_in("Ledger writer Ann Lee contributed to this report.")
    ['Ann Lee']
    """
    if match := HELPED.search(text):
        begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, match.start())), default=0)
        return _listed(text[begin : match.start()])
    found: list[str] = []
    for (_, start), (end, _) in pairwise([*_labels(text), (len(text), 0)]):
        names = _SENTENCE_END.split(text[start : min(end, start + LONGEST_LIST)], maxsplit=1)[0]
        names = _ANOTHER_LABEL.split(names, maxsplit=1)[0]
        found += [] if _IS_FIRM.search(names) else _listed(names)
    return list(dict.fromkeys(found))


def _labels(text: str) -> Iterator[tuple[int, int]]:
    """Where labels begin and end: at the beginning, and behind what parts such a line."""
    match = HELP.match(text)
    while match:
        yield match.span()
        begins = (HELP.match(text, parting.end()) for parting in _PARTING.finditer(text, match.end()))
        match = next(filter(None, begins), None)


#: What may stand before another label in one line.
_PARTING = re.compile(r"[;；,，.|/)）] ?(?:and )?")


def _listed(text: str) -> list[str]:
    return [name for part in _BETWEEN.split(text) if (name := _name(part))]


def _name(part: str) -> str:
    """The person or agency that a part of a list names; ``""`` for none."""
    text = bare(part)
    text = text[match.end() :] if (match := _EMPLOYER.match(text)) else text
    if is_agency(text):
        return text
    name, _ = name_at_start(text)
    if is_name(name) and not name[0].islower() and kind_of(name) == Kind.PERSON:
        return name
    return text if _is_one(text) else ""


def _is_one(text: str) -> bool:
    """Whether a text is a person's or an agency's name."""
    return is_agency(text) or (is_name(text) and kind_of(text) == Kind.PERSON)
