"""What a run decides."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.crawl import decisions
from newscrawl.crawl.decisions import Later
from newscrawl.crawl.frontier import Met
from newscrawl.history import Known

UNMET = Met(None, listed=False, settled=False, next_url=None)
LISTED_ONLY = UNMET._replace(listed=True)
ASKED = Met(0, listed=True, settled=False, next_url=None)
SETTLED = Met(2, listed=False, settled=True, next_url=None)


def known(first_seen="2025-09-03", *, listed=True):
    return Known("hash", first_seen, listed, None, None, None, None)


def test_known():
    assert decisions.is_known(known(), due=False)
    assert not decisions.is_known(known(), due=True)
    assert not decisions.is_known(None, due=False)


def test_unchanged():
    assert decisions.is_unchanged(known(), changed=False)
    assert not decisions.is_unchanged(known(), changed=True)
    assert not decisions.is_unchanged(known(listed=False), changed=False)
    assert not decisions.is_unchanged(None, changed=False)


@pytest.mark.parametrize(
    ("since", "hop", "listed", "young"),
    [
        ("2025-09-03", 0, True, True),
        ("2025-09-04", 0, True, False),
        ("2025-09-03", 2, True, False),
        ("2025-09-03", 2, False, True),
    ],
)
def test_young_stories_are_looked_at_again(since, hop, listed, young):
    assert decisions.is_young(known(listed=listed), hop, since) is young


def test_settled():
    assert decisions.is_settled(known(), looked_at_again=False)
    assert not decisions.is_settled(known(), looked_at_again=True)
    assert not decisions.is_settled(None, looked_at_again=False)


def test_what_was_met_before():
    assert [decisions.is_first_met(met) for met in (UNMET, LISTED_ONLY, ASKED)] == [True, False, False]
    assert [decisions.is_under_way(met) for met in (UNMET, ASKED, SETTLED)] == [False, True, False]
    assert [decisions.is_shorter(1, met) for met in (UNMET, ASKED, SETTLED)] == [True, False, True]


def test_a_settled_story_is_looked_at_only_where_a_listing_shows_it():
    assert decisions.is_looked_at(SETTLED._replace(hop=0), under_way=False)
    assert not decisions.is_looked_at(SETTLED, under_way=False)
    assert not decisions.is_looked_at(ASKED, under_way=True)


def test_revisits():
    assert decisions.is_revisited(emitted=False, is_young_news=False)
    assert decisions.is_revisited(emitted=True, is_young_news=True)
    assert not decisions.is_revisited(emitted=True, is_young_news=False)


def test_when_paging_stops():
    assert decisions.goes_on(1, 3, shown=10, fresh=1, older=9)
    assert not decisions.goes_on(3, 3, shown=10, fresh=10, older=0)
    assert not decisions.goes_on(1, 3, shown=10, fresh=0, older=0)
    assert not decisions.goes_on(1, 3, shown=10, fresh=10, older=10)


def test_depth():
    assert [decisions.is_too_deep(3, limit) for limit in (0, 2, 3)] == [False, True, False]


def test_older():
    day, next_day = (datetime(2025, 9, day, tzinfo=UTC) for day in (3, 4))
    assert decisions.is_older(day, next_day)
    assert not decisions.is_older(day, day)
    assert not decisions.is_older(None, day)
    assert not decisions.is_older(day, None)


def test_skipped_pages():
    assert decisions.after_skipping(certain=True) is Later.NEVER_ASK
    assert decisions.after_skipping(certain=False) is Later.FORGET
