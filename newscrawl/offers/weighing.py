"""What speaks for one paragraph being a line of a subscription prompt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from newscrawl.offers.more_wording import MORE, More
from newscrawl.offers.wording import LABELS, NAMES, SAME, SCRIPTS, WORDING
from newscrawl.publishers import Publisher
from newscrawl.text.sentences import SENTENCE_BREAK

LONGEST_LINE = 300  # characters; the lines of prompts are shorter, and patterns take longer on longer text
SHORT_SENTENCE = 30  # characters of one that, in a prompt, needs no sign of its own ("Stay informed.")
#: Who begins so is quoted.
_SPEECH = frozenset("\"“”„«»‘’'「『—–")
# Bullets, arrows and emoji; then a name in quotation marks that the sentence is about.
_LEAD = re.compile(r"[^\w\"“”„«»‘’'「『—–¿¡(]*(?:[\"“„«][^\"“”»]{1,40}[\"”“»]: )?")
_NAMES = re.compile(NAMES)
_UNSPACED = ("ja", "zh")  # languages whose words no spaces part


class Weight(IntEnum):
    """How much speaks for a paragraph being a prompt's."""

    STORY = 0
    NAME = 1  # a network's name: a prompt's only behind one of its other lines
    LABEL = 2  # a prompt's only beside certain wording
    LIKELY = 3  # the publisher's likely wording: in a run of such lines
    CERTAIN = 4


@dataclass(frozen=True)
class Patterns:
    """A language's wording, compiled; for text in lower case."""

    offer: re.Pattern[str]
    offer_by_word: tuple[tuple[str, re.Pattern[str]], ...]
    label: re.Pattern[str]
    reader: re.Pattern[str]
    report: re.Pattern[str]

    def offers_for(self, text: str) -> list[re.Pattern[str]]:
        """The wording of prompts that a text may have."""
        found = [pattern for word, pattern in self.offer_by_word if word in text]
        return [self.offer, *found]


def languages_of(language: str | None) -> tuple[str, ...]:
    """A page's own language and English, as far as their wording is known.

    >>> languages_of("de-AT"), languages_of("xx")
    (('de', 'en'), ('en',))
    """
    code = (language or "").split("-", 1)[0].lower()
    return tuple(found for found in dict.fromkeys((SAME.get(code, code), "en")) if found in WORDING)


def weight_of(text: str, publisher: Publisher, languages: tuple[str, ...]) -> Weight:
    """What speaks for a paragraph: the most of its parts, cells of a row, if something does for each."""
    if len(text) > LONGEST_LINE:
        return Weight.STORY
    weights = [_worded(part, publisher, languages) or _labelled(part.lower(), languages) for part in _parts_of(text)]
    return max(weights, default=Weight.LABEL) if all(weights) else Weight.STORY


def has_wording(paragraphs: Iterable[str], publisher: Publisher, languages: tuple[str, ...]) -> bool:
    """Whether more than a label or a name speaks for any part of any paragraph."""
    lines = [text for text in paragraphs if len(text) <= LONGEST_LINE]
    return any(_worded(part, publisher, languages) for text in lines for part in _parts_of(text))


def _parts_of(text: str) -> list[str]:
    parts = [part.strip(" •·*✓→-") for part in text.split(" | ")]
    return [part for part in parts if part]


@lru_cache(1000)  # the lines of a prompt come on page after page
def _worded(text: str, publisher: Publisher, languages: tuple[str, ...]) -> Weight:
    """What the wording of prompts says of a part, labels and names aside."""
    offers = publisher.offers
    if offers.certain and own_patterns(publisher)[0].fullmatch(text):
        return Weight.CERTAIN
    lower = text.lower()
    general = _patterns_of_all(_with_script(lower, languages))
    if general and _is_prompt(lower, general):
        return Weight.CERTAIN
    return Weight.LIKELY if offers.likely and own_patterns(publisher)[1].fullmatch(text) else Weight.STORY


def _labelled(text: str, languages: tuple[str, ...]) -> Weight:
    """The weight of a part, in lower case, as a label or a name."""
    general = _patterns_of_all(_with_script(text, languages))
    if any(patterns.label.fullmatch(text) for patterns in general):
        return Weight.LABEL
    return Weight.NAME if general and _NAMES.fullmatch(text) else Weight.STORY


def _with_script(text: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages and those of a text's letters, which tell more than what a page says of itself."""
    if not languages or text.isascii() or not _WRITTEN.search(text):
        return languages
    written = [code for letters, codes in _SCRIPTS if letters.search(text) for code in codes]
    return tuple(dict.fromkeys((*languages, *written)))


def _is_prompt(text: str, general: tuple[Patterns, ...]) -> bool:
    begins = _sentences(text)
    return bool(begins) and any(_is_prompt_in(text, begins, patterns) for patterns in general)


def _is_prompt_in(text: str, begins: list[int], patterns: Patterns) -> bool:
    """The same in one language."""
    for offer in patterns.offers_for(text):
        for at in begins:
            if offer.match(text, at):
                return not patterns.report.search(text) and _others_speak_to_the_reader(text, begins[0], patterns)
    return False


def _sentences(text: str) -> list[int]:
    """Where sentences begin; none where somebody is quoted."""
    lead = None if text[:1].isalpha() else _LEAD.match(text)  # which no letter is part of
    begin = lead.end() if lead else 0
    if text[begin : begin + 1] in _SPEECH:
        return []
    return [begin, *(stop.end() for stop in SENTENCE_BREAK.finditer(text))]


def _others_speak_to_the_reader(text: str, begin: int, patterns: Patterns) -> bool:
    """Whether there is a prompt, and the other sentences speak to the reader, too, or are as short as a prompt's."""
    sentences = list(_parted(text, begin, patterns))
    return any(is_prompt for _, _, is_prompt in sentences) and all(
        is_prompt or end - at <= SHORT_SENTENCE or "?" in text[end - 2 : end] or patterns.reader.search(text, at, end)
        for at, end, is_prompt in sentences
    )


def _parted(text: str, at: int, patterns: Patterns) -> Iterator[tuple[int, int, bool]]:
    """The sentences, from where to where, and whether each is a prompt, which may run over the ends of sentences."""
    offers = patterns.offers_for(text)
    while at < len(text):
        offer = next(filter(None, (pattern.match(text, at) for pattern in offers)), None)
        stop = SENTENCE_BREAK.search(text, max(at, offer.end() - 1) if offer else at)
        end = stop.end() if stop else len(text)
        yield at, end, offer is not None
        at = end


_WRITTEN = re.compile(f"[{''.join(SCRIPTS)}]")
_SCRIPTS = tuple((re.compile(f"[{letters}]"), codes) for letters, codes in SCRIPTS.items())


@cache
def own_patterns(publisher: Publisher) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A publisher's certain and likely wording, compiled; for whole paragraphs."""
    offers = publisher.offers
    return re.compile(_joined(offers.certain), re.IGNORECASE), re.compile(_joined(offers.likely), re.IGNORECASE)


@cache
def _patterns_of_all(languages: tuple[str, ...]) -> tuple[Patterns, ...]:
    return tuple(map(patterns_of, languages))


@cache
def patterns_of(language: str) -> Patterns:
    """The wording of a language, compiled."""
    wording, more = WORDING[language], MORE.get(language, More())

    def words(pattern: str) -> re.Pattern[str]:
        # Not \b: a vowel sign of Devanagari is no \w. Where words are not parted by spaces, anywhere.
        return re.compile(pattern if language in _UNSPACED else rf"(?<![^\s\W])(?:{pattern})(?![^\s\W])")

    return Patterns(
        re.compile(_joined((*wording.offer, *more.offer))),
        tuple((word, re.compile(pattern)) for word, pattern in more.by_word.items()),
        re.compile(rf"\W*(?:{_joined((*wording.label, *more.label, *LABELS))})\W*"),
        words("|".join(filter(None, (wording.reader, more.reader)))),
        words(wording.report),
    )


def _joined(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"
