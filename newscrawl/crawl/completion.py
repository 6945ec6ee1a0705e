"""How other sources complete a listing: from when on their stories are wanted, and which sources are the section's."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from newscrawl.crawl.sources import Source
from newscrawl.history import Complete

#: Of the entries of a source, from the first that the listing shows to the last, so many are on the listing where it is
#: of the same section; and so many at least.
_MOST, _SOME = 0.8, 3
_FEW_STAND_LONG = 10  # of so many stories one may stand on the listing for long
#: Stories that are taken of a sitemap, where a listing says that it has more, at least.
_LEAST_WANTED = 100


class Waiting(NamedTuple):
    """A source that may be asked for: its address, how deep below an index it is, and the index that named it."""

    url: str
    depth: int
    source: Source | None = None


@dataclass(slots=True)
class Completion:
    """How far other sources have completed the listing of a walk.

    ``waiting`` are sources that may be asked for, the best first; of ``requests`` some were. ``is_covered``: one went
    back as far as is wanted. ``is_whole``: one gave stories besides the listing's, or named all that the listing
    shows. ``added`` are the keys of the stories that came so, ``own`` sources that are the section's own.
    """

    waiting: deque[Waiting] = field(default_factory=deque)
    requests: int = 0
    has_begun: bool = False
    is_covered: bool = False
    is_whole: bool = False
    added: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)

    def begin(self, urls: Iterable[str]) -> None:
        """Let these sources wait."""
        self.has_begun = True
        self.waiting.extend(Waiting(url, 1) for url in urls)


def wanted_since(
    listed: Sequence[datetime], known: Sequence[datetime], before: Complete | None, since: datetime | None
) -> datetime | None:
    """From when on stories are wanted that the listing does not show; ``None`` where nothing tells.

    Since the last complete run began, or since the newest story that it had ``known``, whichever is earlier: what is
    newer came since. On a first run, since the oldest story that is ``listed``, but for few that stand there for long.
    Never before ``since``.

    >>> day = [datetime(2026, 3, number, tzinfo=UTC) for number in range(1, 8)]
    >>> wanted_since(day[2:5], [], None, None).day, wanted_since(day[2:5], [], None, day[3]).day
    (3, 4)
    >>> last = Complete(1, "2026-03-04T04:00:00+00:00", "2026-03-04T04:10:00+00:00", 3)
    >>> wanted_since([], [], last, None).day, wanted_since([], day[:2], last, None).day
    (4, 2)
    """
    if before is None:
        first = next(iter(oldest(listed)), None)
    else:
        first = min(datetime.fromisoformat(before.started), max(known, default=datetime.max.replace(tzinfo=UTC)))
    return max(filter(None, (first, since)), default=None)


def oldest(dates: Iterable[datetime]) -> list[datetime]:
    """The oldest of some dates, if there are any, without those few that are far older than all others."""
    ordered = sorted(dates)
    few = len(ordered) // _FEW_STAND_LONG
    for number in range(few):
        if ordered[number + 1] - ordered[number] <= ordered[-1] - ordered[number + 1]:
            return [ordered[number]]
    return ordered[few : few + 1]


def is_of_section(listed: Sequence[bool]) -> bool:
    """Whether a source is of the section whose listing shows those of its entries that are ``listed``, newest first.

    >>> is_of_section([False, True, True, True, False, False, False]), is_of_section([True, False, False, True])
    (True, False)
    """
    places = [place for place, is_listed in enumerate(listed) if is_listed]
    return len(places) >= _SOME and len(places) >= _MOST * (places[-1] - places[0] + 1)


def wanted_at_least(pages: int, page_size: int) -> int:
    """How many stories of a sitemap are taken on a first run, where the listing says that it has more."""
    return max(_LEAST_WANTED, pages * page_size)
