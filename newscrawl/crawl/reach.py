"""How far back a listing was read: whether it met what the last complete run knew, or stories between are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from urllib.parse import urlsplit

from newscrawl.crawl import decisions
from newscrawl.history import Complete
from newscrawl.listings.listing import Link
from newscrawl.plural import counted
from newscrawl.program import argument

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
    (True, 'the 1 page of the listing does not reach back to the last complete ')
    """

    met_on: int = 0
    is_open: bool = False
    ended: bool = False
    #: Pages' worth that a browser was asked to load into the first page; 0: none was, or ``pages`` was given.
    loaded: int = 0
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
        return not self.loaded and (self.ended or self.pages < most)

    def hole(
        self, before: Complete | None, most: int, dates: Iterable[datetime] = (), *, is_given: bool = False
    ) -> str:
        """A clause that tells of a hole, and what to do about it; ``""`` where there is none.

        ``dates`` are those that the listing shows. ``is_given``: ``pages`` was given, which bounds the run alone.
        """
        if not self.is_open or before is None:
            return ""
        told = f"back to the last complete run ({before.started[:10]}): stories between may be missing"
        if not self.is_whole(most):
            if self.loaded:
                return (
                    f"what a browser loaded of the listing does not reach {told}; if there is more to load,"
                    f" read on with {argument('pages', 2 * self.loaded)} or more"
                )
            wanted = self._wanted(before, dates)
            advice = (
                f"run without pages, or with {argument('pages', wanted)}"
                if is_given
                else f"read on with -s MAX_PAGES={wanted}"
            )
            does = "that was read does" if self.pages == 1 else "that were read do"
            return f"the {counted(self.pages, 'page')} {does} not reach {told}; {advice}"
        if decisions.has_shrunk(self.listed, before.listed):
            return ""
        does = "does" if self.pages == 1 else "do"
        return (
            f"the {counted(self.pages, 'page')} of the listing {does} not reach {told}, and it goes back no further;"
            " run more often"
        )

    def _wanted(self, before: Complete, dates: Iterable[datetime]) -> str:
        """How many pages reach back to the last complete run, by the dates of the stories."""
        all_dates = sorted([*self.dates, *dates])
        oldest = all_dates[len(all_dates) // 10] if all_dates else None  # but for a few that stand on top for long
        began = datetime.fromisoformat(before.started)
        wanted = decisions.pages_needed(self.pages, oldest, began, datetime.now(UTC))
        return str(wanted) if oldest is not None and began < oldest else f"{wanted} or more"
