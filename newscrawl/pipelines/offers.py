"""Take offers (to subscribe, log in, follow, support, …) out of the body, by their wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from newscrawl.article.item import Article
from newscrawl.offers.wording import LABELS, NAMES, SAME, SCRIPTS, WORDING
from newscrawl.publishers import Publisher, by_name
from newscrawl.text.sentences import SENTENCE_BREAK, ends_sentence

# Bullets, arrows and emoji; then a name in quotation marks that the sentence is about.
_LEAD = re.compile(r"[^\w\"“”„«»‘’'「『—–¿¡(]*(?:[\"“„«][^\"“”»]{1,40}[\"”“»]: )?")
_LONGEST = 300  # characters; an offer's lines are shorter
_SHORT = 30  # characters of a sentence that, beside an offer, needs no sign of its own ("Stay informed.")


class _Weight(IntEnum):
    """How much speaks for a paragraph being an offer's."""

    STORY = 0
    NAME = 1  # a network's name: an offer's only behind one of its other lines
    LABEL = 2  # an offer's only beside certain wording
    LIKELY = 3  # the publisher's likely wording: in a run of such lines
    CERTAIN = 4


class OffersPipeline:
    """Drops offers, and no sentence of a story that is about offers."""

    def process_item(self, article: Article) -> Article:
        remove_offers(article, by_name(article.publisher))
        return article


def remove_offers(article: Article, publisher: Publisher) -> None:
    """Take out of ``article.body`` each run of paragraphs that is an offer.

    A paragraph of certain wording is an offer: the publisher's own, or the general one of the
    page's language, of its script and of English. Labels ("Newsletter", "Log in") are one only in a run with certain
    wording; a publisher's likely wording also in a run of at least four, or at the end of the body
    in a run of three. A short line without a full stop between two offer lines belongs to them.
    Whole paragraphs only: a sentence that mentions an offer stays.
    """
    paragraphs = article.paragraphs
    languages = _languages(article.language) if publisher.offers.general else ()
    weights = [_weight(text, publisher, languages) if len(text) <= _LONGEST else _Weight.STORY for text in paragraphs]
    if not any(weights):
        return
    if publisher.offers.likely:  # whose offers are known line by line
        _bridge(paragraphs, weights)
    kept: list[str] = []
    start = 0
    while start < len(paragraphs):
        if weights[start] <= _Weight.NAME:
            kept.append(paragraphs[start])
            start += 1
            continue
        end = start
        while end < len(paragraphs) and weights[end]:
            end += 1
        run = weights[start:end]
        needed = 3 if end == len(paragraphs) else 4
        if _Weight.CERTAIN not in run and sum(weight >= _Weight.LIKELY for weight in run) < needed:
            kept += paragraphs[start:end]
        start = end
    article.body = "\n\n".join(kept)


def _bridge(paragraphs: list[str], weights: list[_Weight]) -> None:
    def short(i: int) -> bool:
        return len(paragraphs[i]) <= 100 and not ends_sentence(paragraphs[i])

    for i in range(1, len(weights) - 1):
        if weights[i] >= _Weight.LIKELY or weights[i - 1] < _Weight.LIKELY or not short(i):
            continue
        after = weights[i + 1 : i + 3] if short(i + 1) else weights[i + 1 : i + 2]
        if max(after) >= _Weight.LIKELY:
            weights[i] = _Weight.LIKELY


def _languages(language: str | None) -> tuple[str, ...]:
    """The page's own language and English, as far as their wording is known."""
    code = (language or "").split("-", 1)[0].lower()
    return tuple(found for found in dict.fromkeys((SAME.get(code, code), "en")) if found in WORDING)


_WRITTEN = re.compile(f"[{''.join(SCRIPTS)}]")
_SCRIPTS = tuple((re.compile(f"[{letters}]"), codes) for letters, codes in SCRIPTS.items())


@lru_cache(1000)  # the lines of an offer come on page after page
def _weight(text: str, publisher: Publisher, languages: tuple[str, ...]) -> _Weight:
    parts = [part.strip(" •·*✓→-") for part in text.split(" | ")]
    weights = [_weigh(part, publisher, languages) for part in parts if part]
    return max(weights, default=_Weight.LABEL) if all(weights) else _Weight.STORY


def _weigh(text: str, publisher: Publisher, languages: tuple[str, ...]) -> _Weight:
    certain, likely = _own(publisher)
    if certain.fullmatch(text):
        return _Weight.CERTAIN
    lower = text.lower()
    if languages and not text.isascii() and _WRITTEN.search(lower):  # tells more than what a page says of itself
        written = [code for letters, codes in _SCRIPTS if letters.search(lower) for code in codes]
        languages = tuple(dict.fromkeys((*languages, *written)))
    begins = _sentences(lower) if languages else []
    if any(_is_offer(lower, begins, language) for language in languages):
        return _Weight.CERTAIN
    if likely.fullmatch(text):
        return _Weight.LIKELY
    if any(_general(language).label.fullmatch(lower) for language in languages):
        return _Weight.LABEL
    return _Weight.NAME if languages and _NAMES.fullmatch(lower) else _Weight.STORY


def _sentences(text: str) -> list[int]:
    """Where sentences begin; none where somebody is quoted."""
    lead = _LEAD.match(text)
    begin = lead.end() if lead else 0
    return (
        [] if text[begin : begin + 1] in _SPEECH else [begin, *(stop.end() for stop in SENTENCE_BREAK.finditer(text))]
    )


def _is_offer(text: str, begins: list[int], language: str) -> bool:
    """Whether a sentence is an offer, and the others speak to the reader, too, or are as short as an offer's are."""
    wording = _general(language)
    if not any(wording.offer.match(text, at) for at in begins):
        return False
    at = begins[0]
    others: list[tuple[int, int]] = []
    found = False
    while at < len(text):
        offer = wording.offer.match(text, at)
        stop = SENTENCE_BREAK.search(text, max(at, offer.end() - 1) if offer else at)
        end = stop.end() if stop else len(text)
        if offer:
            found = True
        else:
            others.append((at, end))
        at = end
    return (
        found
        and not wording.report.search(text)
        and all(
            end - at <= _SHORT or "?" in text[end - 2 : end] or wording.reader.search(text, at, end)
            for at, end in others
        )
    )


#: Who begins so is quoted.
_SPEECH = frozenset("\"“”„«»‘’'「『—–")


@dataclass(frozen=True)
class _Compiled:
    offer: re.Pattern[str]
    label: re.Pattern[str]
    reader: re.Pattern[str]
    report: re.Pattern[str]


def _joined(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"


_NAMES = re.compile(NAMES)


@cache
def _own(publisher: Publisher) -> tuple[re.Pattern[str], re.Pattern[str]]:
    offers = publisher.offers
    return re.compile(_joined(offers.certain), re.IGNORECASE), re.compile(_joined(offers.likely), re.IGNORECASE)


@cache
def _general(language: str) -> _Compiled:
    wording = WORDING[language]

    def words(pattern: str) -> re.Pattern[str]:
        # Not \b: a vowel sign of Devanagari is no \w. Where words are not parted by spaces, anywhere.
        return re.compile(pattern if language in ("ja", "zh") else rf"(?<![^\s\W])(?:{pattern})(?![^\s\W])")

    return _Compiled(
        re.compile(_joined(wording.offer)),
        re.compile(rf"\W*(?:{_joined((*wording.label, *LABELS))})\W*"),
        words(wording.reader),
        words(wording.report),
    )
