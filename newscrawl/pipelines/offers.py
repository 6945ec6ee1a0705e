"""Take subscription offers out of the body, by the publisher's wording of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newscrawl.items import Article
from newscrawl.publishers import Publisher, by_name

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")
_LONGEST = 300  # characters; an offer's lines are shorter


class OffersPipeline:
    """Drops offers, and no sentence of a story that is about offers."""

    def process_item(self, article: Article) -> Article:
        remove_offers(article, by_name(article.publisher))
        return article


def remove_offers(article: Article, publisher: Publisher) -> None:
    """Take out of ``article.body`` each run of paragraphs that is an offer.

    A paragraph of certain wording is an offer. Likely wording is one only in a run with certain
    wording, or in a run of at least four, or at the end of the body in a run of three; a short line
    without a full stop between two offer lines belongs to them. Whole paragraphs only: a
    sentence that mentions an offer stays.
    """
    paragraphs = article.paragraphs
    weights = [_weight(text, publisher) for text in paragraphs]
    _bridge(paragraphs, weights)
    kept: list[str] = []
    start = 0
    while start < len(paragraphs):
        if not weights[start]:
            kept.append(paragraphs[start])
            start += 1
            continue
        end = start
        while end < len(paragraphs) and weights[end]:
            end += 1
        run = weights[start:end]
        needed = 3 if end == len(paragraphs) else 4
        if 2 not in run and len(run) < needed:
            kept += paragraphs[start:end]
        start = end
    article.body = "\n\n".join(kept)


def _bridge(paragraphs: list[str], weights: list[int]) -> None:
    for i in range(1, len(weights) - 1):
        if not weights[i] and weights[i - 1] and (weights[i + 1] or (i + 2 < len(weights) and weights[i + 2])):
            text = paragraphs[i]
            if len(text) <= 100 and not _SENTENCE_END.search(text):
                weights[i] = 1


@cache
def _wording(publisher: Publisher) -> tuple[re.Pattern[str], re.Pattern[str]]:
    def joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.IGNORECASE)

    return joined(publisher.offers.certain), joined(publisher.offers.likely)


@lru_cache(1000)  # the lines of an offer come on page after page
def _weight(text: str, publisher: Publisher) -> int:
    """2 for certain wording of an offer, 1 for likely wording, 0 for the story."""
    if len(text) > _LONGEST:
        return 0
    certain, likely = _wording(publisher)
    parts = [part.strip(" •·*✓→-") for part in text.split(" | ")]
    if any(certain.fullmatch(part) for part in parts) and all(
        certain.fullmatch(p) or likely.fullmatch(p) for p in parts
    ):
        return 2
    return 1 if all(likely.fullmatch(part) for part in parts if part) else 0
