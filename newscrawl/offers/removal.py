"""Which paragraphs of a body are subscription prompts: the runs of lines that something speaks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from newscrawl.article.item import Article
from newscrawl.offers.weighing import Weight, has_wording, languages_of, weight_of
from newscrawl.publishers import Publisher
from newscrawl.text.sentences import ends_sentence

LIKELY_LINES = 4  # of a run without certain wording, so that a story's list of three plans is none
LIKELY_LINES_AT_END = 3  # where the run ends the body, as prompts mostly do
LONGEST_HEADING = 60  # characters of a prompt's own heading ("The Morning Letter")
LEADS_ON = (":", "…", ",", ";", "-", "–", "—")  # at the end of a line that the story goes on behind
LONGEST_BRIDGE = 100  # characters of a line between two lines of a prompt that belongs to it ("Smart Quarterly")


def remove_offers(article: Article, publisher: Publisher) -> None:
    """Take subscription prompts (to subscribe, log in, follow, support, …) out of ``article.body``.

    A body of nothing else has no rule: none found the story.
    """
    paragraphs = article.paragraphs
    prompts = prompts_among(paragraphs, article.language, publisher)
    if prompts:
        article.keep(set(range(len(paragraphs))) - prompts)
    if not article.body and "body" in article.extraction:
        article.extraction["body"] = None


def without_prompts(paragraphs: list[str], language: str | None, publisher: Publisher) -> list[str]:
    """The paragraphs that are no prompt."""
    prompts = prompts_among(paragraphs, language, publisher)
    return [text for n, text in enumerate(paragraphs) if n not in prompts]


def prompts_among(paragraphs: Sequence[str], language: str | None, publisher: Publisher) -> set[int]:
    """The numbers of the paragraphs that are prompts.

    A paragraph of certain wording is one: the publisher's own, or the general one of the
    page's language, of its script and of English. Labels ("Newsletter", "Log in") are one only in a run with certain
    wording; a publisher's likely wording also in a run of at least four, or at the end of the body
    in a run of three. A short line without a full stop above certain wording, or between two lines of a prompt,
    belongs to it. Whole paragraphs only: a sentence that mentions a subscription stays.
    """
    languages = languages_of(language) if publisher.offers.general else ()
    if not has_wording(paragraphs, publisher, languages):
        return set()  # labels and names alone are none, and are not looked for
    weights = [weight_of(text, publisher, languages) for text in paragraphs]
    if publisher.offers.likely:  # whose prompts are known line by line
        _bridge(paragraphs, weights)
    runs = [run for run in _runs(weights) if _is_prompt(run, weights)]
    prompts = {n for run in runs for n in run}
    if publisher.offers.general:
        prompts.update(run[0] - 1 for run in runs if _is_headed(run, paragraphs, weights))
    return prompts


def _is_headed(run: Sequence[int], paragraphs: Sequence[str], weights: Sequence[Weight]) -> bool:
    """Whether the line above a prompt is its heading: a short one behind a sentence, as no line of a list is."""
    head = run[0] - 1
    if head < 1 or Weight.CERTAIN not in (weights[n] for n in run):
        return False
    text = paragraphs[head]
    is_line = len(text) <= LONGEST_HEADING and not text.endswith(LEADS_ON) and not ends_sentence(text)
    return is_line and ends_sentence(paragraphs[head - 1])


def _bridge(paragraphs: Sequence[str], weights: list[Weight]) -> None:
    """Weigh short lines between likely ones like these; one may have another short line behind it."""

    def is_short(n: int) -> bool:
        return len(paragraphs[n]) <= LONGEST_BRIDGE and not ends_sentence(paragraphs[n])

    for n in range(1, len(weights) - 1):
        if weights[n] >= Weight.LIKELY or weights[n - 1] < Weight.LIKELY or not is_short(n):
            continue
        after = weights[n + 1 : n + 3] if is_short(n + 1) else weights[n + 1 : n + 2]
        if max(after) >= Weight.LIKELY:
            weights[n] = Weight.LIKELY


def _runs(weights: Sequence[Weight]) -> Iterator[list[int]]:
    """Neighbouring paragraphs for which something speaks, each run without the names before its first other line."""
    for speaks, numbers in groupby(range(len(weights)), lambda n: weights[n] > Weight.STORY):
        run = list(numbers)
        while run and weights[run[0]] == Weight.NAME:
            run.pop(0)
        if speaks and run:
            yield run


def _is_prompt(run: Sequence[int], weights: Sequence[Weight]) -> bool:
    needed = LIKELY_LINES_AT_END if run[-1] == len(weights) - 1 else LIKELY_LINES
    held = [weights[n] for n in run]
    return Weight.CERTAIN in held or sum(weight >= Weight.LIKELY for weight in held) >= needed
