"""How a worker's part ended, and, by the one that closed it, the whole crawl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


class SharedOutcome(Outcome):
    """Judges this worker's part; a worker for which nothing was left has done nothing wrong."""

    def decide(self, counts: Counts) -> Ending:
        counts.worker = getattr(self.crawler.spider, "worker", 0)
        return first(RULES, counts)

    def articles(self) -> str:
        return str(self.counts.written)  # how many were found is the crawl's to tell


def expelled(counts: Counts) -> Ending | None:
    """This worker lost its part in the crawl."""
    return failed(f"{_own(counts)} or fewer: {counts.shared_ended}") if counts.shared_ended else None


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


def of_crawl(info: Mapping[str, str], counted_together: Mapping[str, int], walks: Sequence[str]) -> Ending:
    """The ending of a whole crawl, by what its workers counted together."""
    counts = Counts.of(counted_together)
    counts.finish_reason, counts.has_history = "finished", True
    counts.listing_failed = sum(int(info.get(f"unread {walk}", 0)) for walk in walks)
    counts.holes = [hole for walk in walks if (hole := info.get(f"hole {walk}"))]
    for walk in walks:
        counts.refused = info.get(f"refused {walk}", counts.refused)
        counts.cut = info.get(f"cut {walk}", counts.cut)
        counts.robots_unreachable = info.get(f"robots {walk}", counts.robots_unreachable)
        counts.start_refused = info.get(f"start_refused {walk}", counts.start_refused)
        counts.scripted = info.get(f"scripted {walk}", counts.scripted)
    counts.empty = [walk for walk in walks if f"met {walk}" not in counted_together]
    return judge(counts)
