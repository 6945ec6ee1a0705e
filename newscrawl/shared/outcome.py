"""How a worker's part ended, and, by the one that closed it, the whole crawl."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

from newscrawl.extensions.outcome import FAILED, INCOMPLETE, OK, Outcome
from newscrawl.plural import counted

#: Counts of the crawl that the statistics of one process have under another name.
_NAMES = {"written": "item_scraped_count"}


class SharedOutcome(Outcome):
    """Judges this worker's part; a worker for which nothing was left has done nothing wrong."""

    def judge(self) -> tuple[int, str]:
        stats = self.crawler.stats
        written = stats.get_value("item_scraped_count", 0)
        worker = getattr(self.crawler.spider, "worker", 0)
        own = f"worker {worker} wrote {counted(written, 'article')}"
        reason, ended = stats.get_value("finish_reason"), stats.get_value("newscrawl/shared_ended")
        if ended:
            return FAILED, f"{own} or fewer: {ended}"
        if reason != "finished" or stats.get_value("newscrawl/output_error") or self._storage_error():
            return super().judge()
        if whole := stats.get_value("newscrawl/crawl"):
            return whole[0], f"{whole[1]}; worker {worker} wrote {written} of them"
        if failed := self._count("failed"):
            return INCOMPLETE, f"{own}, but {failed} failed ({self._failures()}){self._failure_hint()}"
        return OK, f"{own}; another worker tells of the whole crawl"

    def summary(self) -> list[str]:
        written = self.crawler.stats.get_value("item_scraped_count", 0)
        return [f"articles  {written}", *super().summary()[1:]]  # how many were found is the crawl's to tell


def of_crawl(info: Mapping[str, str], counts: Mapping[str, int], walks: list[str]) -> tuple[int, str]:
    """The exit status and sentence of a whole crawl, by what its workers counted together."""
    told: dict[str, Any] = {_NAMES.get(name, f"newscrawl/{name}"): value for name, value in counts.items()}
    told["finish_reason"] = "finished"
    told["newscrawl/listing_failed"] = sum(int(info.get(f"unread {walk}", 0)) for walk in walks)
    for walk in walks:
        if f"refused {walk}" in info:
            told["newscrawl/section_refused/reason"] = info[f"refused {walk}"]
        if f"robots {walk}" in info:
            told |= {"robotstxt/unreachable": 1, "robotstxt/unreachable/reason": info[f"robots {walk}"]}
    stats = SimpleNamespace(get_value=told.get, get_stats=lambda: told)
    met = {walk: SimpleNamespace(id=walk, met=f"met {walk}" in counts) for walk in walks}
    crawl = SimpleNamespace(stats=stats, spider=SimpleNamespace(walks=met, history=True))
    return Outcome(cast("Any", crawl)).judge()
