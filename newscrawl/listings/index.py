"""In which order the sitemaps of an index are wanted, where it names more than are read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from newscrawl.addresses.spans import spans
from newscrawl.listings.listing import Link

Thing = TypeVar("Thing")

_NUMBER = re.compile(r"[-_]?(\d{1,18})")
_DAY_LENGTH = len("2025-09-03")  # a date without a time


class Child(NamedTuple):
    """A sitemap that an index or robots.txt names, and the last instant of which it can tell, if that is known."""

    link: Link
    last: datetime | None = None


def children_of(links: list[Link], read_date: Callable[[Link], datetime | None]) -> list[Child]:
    """Sitemaps with what their addresses say of their days, else with the date of their last change.

    Dates that are all the same are those of the index's making, and are not believed.
    """
    own = spans(link.url for link in links)
    is_believed = len({link.date for link in links if link.date}) > 1
    return [
        Child(link, own[link.url].last if link.url in own else _changed(link, read_date, is_believed)) for link in links
    ]


def _changed(link: Link, read_date: Callable[[Link], datetime | None], is_believed: bool) -> datetime | None:
    date = read_date(link) if is_believed and link.date else None
    return date + timedelta(days=1) if date and len(link.date) <= _DAY_LENGTH else date


def older(children: list[Child], since: datetime | None) -> set[str]:
    """The addresses of those that are older than what is wanted; none, where nothing would be left."""
    found = {child.link.url for child in children if since and child.last and child.last < since}
    return found if len(found) < len(children) or all(spans(found).get(url) for url in found) else set()


def later(links: Iterable[Link], until: datetime | None) -> set[str]:
    """The addresses of sitemaps that speak of later days than are wanted; dates of their last change do not tell."""
    if until is None:
        return set()
    return {url for url, span in spans(link.url for link in links).items() if span.first > until}


def most_wanted(children: Iterable[Child]) -> list[Child]:
    """Sitemaps in the order in which they are wanted: the newest, and in turn with them those that have no date.

    Those for news come first. Of what is numbered, or has nothing but its place, either end may be the newest: both
    are taken in turn.
    """
    dated: list[Child] = []
    kinds: defaultdict[str, list[Child]] = defaultdict(list)
    for child in children:
        if child.last:
            dated.append(child)
        else:
            kinds[_NUMBER.sub("", child.link.url)].append(child)
    dated.sort(key=lambda child: child.last or datetime.min.replace(tzinfo=UTC), reverse=True)
    found = _in_turn(_from_both_ends(sorted(kind, key=_numbers)) for kind in _from_both_ends(list(kinds.values())))
    undated = sorted(found, key=lambda child: "news" not in child.link.url.rpartition("/")[2])
    return _in_turn([undated, dated])


def _numbers(child: Child) -> list[int]:
    return [int(number) for number in _NUMBER.findall(child.link.url)]


def _from_both_ends(things: list[Thing]) -> list[Thing]:
    """The last, the first, the last but one …"""
    return [things[turn // 2 if turn % 2 else -1 - turn // 2] for turn in range(len(things))]


def _in_turn(lists: Iterable[Iterable[Thing]]) -> list[Thing]:
    """One of each, then the next of each."""
    none = object()
    return [thing for row in zip_longest(*lists, fillvalue=none) for thing in row if thing is not none]  # type: ignore[misc]
