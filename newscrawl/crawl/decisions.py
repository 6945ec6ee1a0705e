"""What a run decides: which articles it asks for, how far it reads a listing, what a page means for later runs.

Each decision is a function of what is known, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise
from math import ceil

from newscrawl.addresses.spans import Span
from newscrawl.history import Failing, Known
from newscrawl.store.met import Met

# Which articles are asked for ------------------------------------------------------


def is_known(known: Known | None, *, due: bool) -> bool:
    """Whether a run need not emit an article: an earlier one did, and it is not ``due`` again."""
    return known is not None and not due


def is_unchanged(known: Known | None, *, changed: bool) -> bool:
    """Whether an article on a listing is no news: a listing showed it before, and it was not found ``changed``."""
    return known is not None and known.listed and not changed


def is_young(known: Known, hop: int, since: str) -> bool:
    """Whether a known story may have changed: one first seen ``since`` then, unless it was listed before and is met
    ``hop`` links beyond the listings now."""
    return known.first_seen >= since and not (hop and known.listed)


def is_settled(known: Known | None, *, looked_at_again: bool) -> bool:
    """Whether an article need not be asked for."""
    return known is not None and not looked_at_again


def is_first_met(met: Met) -> bool:
    """Whether neither a listing nor a chain of links led to an article before."""
    return met.hop is None and not met.listed


def is_passed_over(met: Met) -> bool:
    """Whether a listing showed an article as older than asked for, and nothing else led to it."""
    return met.hop is None and met.listed


def is_under_way(met: Met) -> bool:
    """Whether an article waits, or was asked for."""
    return met.hop is not None and not met.settled


def is_shorter(hop: int, met: Met) -> bool:
    """Whether a way of ``hop`` links is shorter than all by which an article was met before."""
    return met.hop is None or hop < met.hop


def is_looked_at(met: Met, *, under_way: bool) -> bool:
    """Whether to look at an article on the way that led to it: one that is settled only where a listing shows it."""
    return not under_way and (met.hop == 0 or not met.settled)


def is_revisited(*, emitted: bool, is_young_news: bool) -> bool:
    """Whether a run's end asks for what earlier ones found: all that was not emitted, and young stories with news."""
    return not emitted or is_young_news


# How far a listing is read -----------------------------------------------------------

_FULL_PAGE, _SHORT_PAGE = 5, 3  # stories of the shortest page that is full, and of each of several pages
_ALMOST_ALL = 0.75  # of the stories that a listing showed before: what stands beside it may come and go


def goes_on(page: int, pages: int, *, shown: int, fresh: int, older: int) -> bool:
    """Whether to read the page after a listing's page, of ``pages`` that are wanted.

    It ends with a page that shows nothing that those before do not, or nothing but what is older than asked for.
    """
    return page < pages and fresh > 0 and older < shown


def meets_known(known: Sequence[bool], *, in_order: bool) -> bool:
    """Whether a page reaches back to stories that the last complete run knew: one of its later half is ``known``.

    One of the first half does not tell: it may stand on top for days. Of a listing that is not ``in_order``, any tells.

    >>> meets_known([True, False, False, False], in_order=True), meets_known([False, False, False, True], in_order=True)
    (False, True)
    """
    return any(known[len(known) // 2 :] if in_order else known)


def is_behind(page: int, met_on: int, pages_before: int) -> bool:
    """Whether a page is older than what the last complete run read: ``pages_before`` pages, from page ``met_on`` on.

    ``met_on`` is the first page with a known story (0: there is none yet). Between it and there, a page without any
    says that what was known on ``met_on`` only stands there for long.
    """
    return 0 < met_on <= page - pages_before


def pages_needed(pages: int, oldest: datetime | None, before: datetime, now: datetime) -> int:
    """How many pages reach back to the moment ``before``, as ``pages`` reach to the ``oldest`` story.

    Twice as many where the dates do not tell.

    >>> from datetime import UTC
    >>> day = [datetime(2026, 3, number, tzinfo=UTC) for number in range(1, 8)]
    >>> pages_needed(3, day[4], day[0], day[6]), pages_needed(3, None, day[0], day[6])
    (10, 6)
    """
    if oldest is None or not before < oldest < now:
        return 2 * pages
    return max(pages + 1, ceil(pages * (now - before) / (now - oldest)) + 1)


def has_shrunk(listed: int, listed_before: int) -> bool:
    """Whether a listing that was read to its end shows so much less than before that none can have dropped off it."""
    return listed < _ALMOST_ALL * listed_before


def is_small(listed: int, pages: int) -> bool:
    """Whether so many ``pages`` list so few stories that they are not full: what they do not show was taken away."""
    return listed < max(_FULL_PAGE, _SHORT_PAGE * pages)


def is_too_deep(page: int, limit: int) -> bool:
    """Whether a listing page is beyond ``DEPTH_LIMIT`` (0: none is)."""
    return 0 < limit < page


def is_range_read(stage: int, pages: int) -> bool:
    """Whether the sources of a range that is past were read, in a ``stage`` (0: none) and without a listing's pages."""
    return stage > 0 and pages == 0


def is_older(date: datetime | None, since: datetime | None) -> bool:
    """Whether a card's date, the latest that its article can have, is before ``since``; without one, it is not."""
    return date is not None and since is not None and date < since


_IN_THEIR_DAYS = 0.9  # of a sitemap's stories that were changed last in its own days, where they soon change no more
_IN_ORDER = 0.9  # of its stories that stand in the order of these dates
_FEW_CHANGES = 5  # tell nothing
_LONGEST = timedelta(days=34)  # the span of a month, anywhere on Earth
_LONG_OVER = timedelta(days=7)  # since when a month is over, for changes after it to have been possible
_SOON, _SOON_BESIDE = timedelta(days=3), timedelta(days=1)


def slack_of_changes(changes: Sequence[datetime], own: Span | None, now: datetime, *, beside: bool) -> timedelta | None:
    """How long after its publication a story of a sitemap changes, ``None`` where nothing tells: it may be years.

    Of a sitemap of its ``own`` days, a month's at most and over, some days, if nearly all were changed last in these
    days, and stand in the order of the dates: had they changed much later, they would often have done so in the next
    month. Of one ``beside`` the range, what its address says counts, too: a day, and in any order.

    >>> from datetime import UTC
    >>> from newscrawl.addresses.spans import span
    >>> days = [datetime(2024, 7, number, tzinfo=UTC) for number in range(1, 31)]
    >>> own, now = span("https://news.example/2024-07.xml"), datetime(2024, 12, 1, tzinfo=UTC)
    >>> slack_of_changes(days, own, now, beside=False).days, slack_of_changes(days[::-1], own, now, beside=True).days
    (3, 1)
    >>> slack_of_changes([*days, *[now] * 10], own, now, beside=False)
    """
    if own is None or own.last - own.first > _LONGEST or own.last + _LONG_OVER > now or len(changes) < _FEW_CHANGES:
        return None
    if sum(own.first <= change <= own.last for change in changes) < _IN_THEIR_DAYS * len(changes):
        return None
    if beside:
        return _SOON_BESIDE
    return _SOON if _are_in_order(changes) else None


def _are_in_order(changes: Sequence[datetime]) -> bool:
    """Whether dates rise, or fall, but for a few."""
    rising = sum(one <= other for one, other in pairwise(changes))
    falling = sum(one >= other for one, other in pairwise(changes))
    return max(rising, falling) >= _IN_ORDER * (len(changes) - 1)


# What a page means for later runs ----------------------------------------------------

#: Reasons of failures that nobody can mend: a link that had one in an earlier run is dead.
_FINAL = ("HTTP 404", "HTTP 410", "Forbidden by robots.txt")
_SAME_SAYING_MUCH, _SAME = 2, 3  # addresses with one and the same page, by which it is not theirs
_FEW_ARTICLES = 9  # pages that are none for each article that a run reads: of more, the run's pages are not believed
_SEVERAL_TAKEN = 3  # stories that a publisher takes away by redirects in one night


class Later(Enum):
    """What later runs do with a page that is no article."""

    NEVER_ASK = "it is none, and will be none"
    IF_LISTED = "ask for it again where a listing shows it"
    ASK = "ask for it again"


def after_skipping(*, certain: bool, much: bool, old: bool) -> Later:
    """What a skipped page means for later runs.

    ``certain``: it said so of its own address; ``much``: that address is like an article's; ``old``: earlier runs
    have found so for RECHECK_DAYS. One answer is never enough: there are nights on which a site gives its front page,
    or a wall, at every address.
    """
    if certain and old:
        return Later.NEVER_ASK
    return Later.ASK if much else Later.IF_LISTED


def is_dead(reason: str, failing: Failing | None, run: int, believed_before: str) -> bool:
    """Whether a link that came to nothing did so in a run before this ``run``, too, so that it is known to.

    For reasons that may pass, only if it has ``failing`` since a moment before ``believed_before``.
    """
    if failing is None or failing.run >= run:
        return False
    return reason in _FINAL or failing.since < believed_before


def is_same_page(addresses: int, *, much: bool) -> bool:
    """Whether so many addresses with one and the same page, no article, are too many for it to be their own."""
    return addresses >= (_SAME_SAYING_MUCH if much else _SAME)


def are_believed(skipped: int, read: int) -> bool:
    """Whether a run that read some articles believes pages that say they are none."""
    return skipped <= _FEW_ARTICLES * read


def are_taken_away(taken: int, read: int) -> bool:
    """Whether known stories whose addresses lead to something else were taken away; else, all the site's do."""
    return taken < _SEVERAL_TAKEN or taken <= read
