"""How a worker's part ended, and, by the one that closed it, the whole crawl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import (
    Ending,
    ExitStatus,
    Rule,
    failed,
    failure_advice,
    failures,
    first,
    incomplete,
    judge,
    ok,
    output_failed,
    stopped_early,
)
from newscrawl.extensions.outcome import Outcome
from newscrawl.plural import counted
from newscrawl.store.redis.session import EndedError


class SharedOutcome(Outcome):
    """Judges this worker's part; a worker for which nothing was left has done nothing wrong."""

    def decide(self, counts: Counts) -> Ending:
        counts.worker = getattr(self.crawler.spider, "worker", 0)
        return first(RULES, counts)

    def spider_error(self, failure: Any, response: Any) -> None:
        if not failure.check(EndedError):  # which the last line tells
            super().spider_error(failure, response)

    def fails(self, response: Any, reason: str) -> bool:
        try:
            return super().fails(response, reason)
        except EndedError:  # others take this article over
            return True

    def ending(self) -> Ending:
        """As of any crawl; of the whole crawl, the worker that closed it tells."""
        ended = super().ending()
        return replace(ended, headlines=[]) if self.counts.crawl else replace(ended, headlines=[], before=None)

    def articles(self) -> str:
        return str(self.counts.written)  # how many were found is the crawl's to tell


def expelled(counts: Counts) -> Ending | None:
    """This worker lost its part in the crawl."""
    if not counts.shared_ended:
        return None
    most = "at most " if counts.written else ""  # some may be in a file that has not got its name
    return failed(f"worker {counts.worker} wrote {most}{counted(counts.written, 'article')}: {counts.shared_ended}")


def not_finished(counts: Counts) -> Ending | None:
    return judge(counts) if stopped_early(counts) or output_failed(counts) else None


def closed_crawl(counts: Counts) -> Ending | None:
    """This worker closed the crawl, and judged the whole."""
    if counts.crawl is None:
        return None
    status, sentence = counts.crawl
    return Ending(ExitStatus(status), f"{sentence}; worker {counts.worker} wrote {counts.written} of them")


def own_failures(counts: Counts) -> Ending | None:
    if not counts.failed:
        return None
    return incomplete(f"{_own(counts)}, but {counts.failed} failed ({failures(counts)}){failure_advice(counts)}")


def own_part(counts: Counts) -> Ending:
    return ok(f"{_own(counts)}; another worker tells of the whole crawl")


#: For one worker's part.
RULES: Sequence[Rule[Counts]] = (expelled, not_finished, closed_crawl, own_failures, own_part)


def _own(counts: Counts) -> str:
    return f"worker {counts.worker} wrote {counted(counts.written, 'article')}"
