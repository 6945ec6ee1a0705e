"""How a job over archives ended, by rules as those of a crawl. No engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.crawl.ending import Ending, Rule, failed, first, incomplete, ok
from newscrawl.plural import counted
from newscrawl.scale.staging import Totals


@dataclass(frozen=True)
class Result:
    """What a job did: what it read now and before, and how many articles all jobs' together are, in ``into``."""

    totals: Totals
    kept: int
    into: str
    versions: str = "newest"


def judge(result: Result) -> Ending:
    """How a job ended."""
    return first(RULES, result)


def nothing_read(result: Result) -> Ending | None:
    read = result.totals.archives - len(result.totals.unread)
    return None if read else failed("no archive could be read")


def nothing_found(result: Result) -> Ending | None:
    return None if result.kept else failed("there is no article in them")


def some_set_aside(result: Result) -> Ending | None:
    """Records or archives could not be read."""
    bad, unread = result.totals.set_aside.total(), len(result.totals.unread)
    if not bad and not unread:
        return None
    return incomplete(
        f"{_found(result)}; {counted(bad, 'record')} set aside, {counted(unread, 'archive')} not to be read"
    )


def all_read(result: Result) -> Ending:
    return ok(_found(result))


RULES: Sequence[Rule[Result]] = (nothing_read, nothing_found, some_set_aside, all_read)


def _found(result: Result) -> str:
    totals, once = result.totals, "each once" if result.versions == "newest" else "each text once"
    return (
        f"{counted(totals.articles, 'article')} in {counted(totals.archives - len(totals.unread), 'archive')};"
        f" all runs' together, {once}: {result.kept}, in {result.into}/articles"
    )
