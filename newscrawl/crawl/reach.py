"""How far back a listing was read: whether it met what the last complete run knew, or stories between are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from urllib.parse import urlsplit

from newscrawl.crawl import decisions
from newscrawl.history import Complete
from newscrawl.listings.listing import Link
from newscrawl.plural import counted

#: Dates of stories that tell how many pages a hole has.
_MOST_DATES = 1000


@dataclass(slots=True)
class Reach:
    """How far back the listing of a walk was read, page by page.

    ``is_open``: the last page that was read shows nothing of what the last complete run knew, so that stories between
    may be missing. ``ended``: that page leads to no further one. ``met_on`` is the first page that shows something of
    it (0: none did). ``listed`` counts the stories of all pages.

    >>> reach, before = Reach(), Complete(7, "2026-03-01T04:00:00Z", "2026-03-01T04:10:00Z", pages=3)
    >>> reach.read(1, [False] * 5, before)
    >>> reach.is_open, reach.hole(before, most=3)[:67]
    (True, 'nothing on the 1 page of the listing was known from the last comple')
    """

    met_on: int = 0
    is_open: bool = False
    ended: bool = False
    pages: int = 0
    listed: int = 0
    dates: list[datetime] = field(default_factory=list)
    #: Stories with the date that the listing shows; and the path that all of its stories are below.
    links: list[Link] = field(default_factory=list)
    folders: list[str] | None = None

    def read(self, page: int, known: Sequence[bool], before: Complete | None, *, in_order: bool = True) -> None:
        """Page ``page`` was read: of its stories that no page before showed, which were ``known``, as it lists them."""
        self.pages = max(self.pages, page)
        self.listed += len(known)
        if before is None or not known:
            return
        meets = decisions.meets_known(known, in_order=in_order)
        if meets and not self.met_on:
            self.met_on = page
        is_behind = decisions.is_behind(page, self.met_on, before.pages)
        self.is_open = not meets and not is_behind and not decisions.is_small(self.listed, self.pages)

    def shows(self, link: Link) -> None:
        """The listing shows a story."""
        if link.date and len(self.links) < _MOST_DATES:
            self.links.append(link)
        own = urlsplit(link.url).path.strip("/").split("/")[:-1]
        both = zip(own, own if self.folders is None else self.folders, strict=False)
        self.folders = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], both)]

    @property
    def folder(self) -> str:
        """The path that all stories of the listing are below; ``""`` where there is none."""
        return "/".join(self.folders or [])

    def close(self) -> None:
        """Nothing is missing: another source has it, or it is older than asked for."""
        self.is_open = False

    def date(self, text: str | None) -> None:
        """A new story of the listing has this date (ISO 8601 with offset)."""
        if text and len(self.dates) < _MOST_DATES:
            self.dates.append(datetime.fromisoformat(text))

    def is_whole(self, most: int) -> bool:
        """Whether the listing was read as far as it goes, ``most`` pages being allowed."""
        return self.ended or self.pages < most

    def hole(self, before: Complete | None, most: int) -> str:
        """A clause that tells of a hole, and what to do about it; ``""`` where there is none."""
        if not self.is_open or before is None:
            return ""
        told = "known from the last complete run: stories between may be missing"
        if not self.is_whole(most):
            wanted = decisions.pages_needed(
                self.pages, self._oldest, datetime.fromisoformat(before.started), datetime.now(UTC)
            )
            read = counted(self.pages, "page")
            return f"nothing on the {read} that {_was(self.pages)} read was {told}; read on with -a pages={wanted}"
        if decisions.has_shrunk(self.listed, before.listed):
            return ""
        return (
            f"nothing on the {counted(self.pages, 'page')} of the listing was {told}, and it goes back no further;"
            " run more often"
        )

    @property
    def _oldest(self) -> datetime | None:
        """The date of the oldest stories, but for a few that stand on top for long."""
        return sorted(self.dates)[len(self.dates) // 10] if self.dates else None


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
