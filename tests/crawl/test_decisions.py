"""What a run decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.addresses.spans import span
from newscrawl.crawl import decisions
from newscrawl.crawl.decisions import Later
from newscrawl.history import Failing, Known
from newscrawl.store import Met

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


@pytest.mark.parametrize(
    ("certain", "much", "old", "later"),
    [
        (True, True, True, Later.NEVER_ASK),
        (True, False, True, Later.NEVER_ASK),
        (True, True, False, Later.ASK),
        (True, False, False, Later.IF_LISTED),
        (False, True, True, Later.ASK),
        (False, False, True, Later.IF_LISTED),
    ],
)
def test_one_answer_is_not_enough_to_skip_a_page_for_ever(certain, much, old, later):
    assert decisions.after_skipping(certain=certain, much=much, old=old) is later


@pytest.mark.parametrize(
    ("reason", "failing", "dead"),
    [
        ("HTTP 404", None, False),
        ("HTTP 404", Failing("2025-09-04", 7), False),  # met in this run
        ("HTTP 404", Failing("2025-09-04", 6), True),
        ("Forbidden by robots.txt", Failing("2025-09-04", 6), True),
        ("HTTP 503", Failing("2025-09-04", 6), False),
        ("HTTP 503", Failing("2025-09-01", 6), True),
    ],
)
def test_a_link_is_dead_that_was_so_in_an_earlier_run(reason, failing, dead):
    assert decisions.is_dead(reason, failing, 7, "2025-09-03") is dead


def test_one_page_at_several_addresses_is_not_their_own():
    assert [decisions.is_same_page(number, much=True) for number in (1, 2)] == [False, True]
    assert [decisions.is_same_page(number, much=False) for number in (2, 3)] == [False, True]


def test_a_run_with_hardly_an_article_believes_nothing():
    assert decisions.are_believed(9, 1)
    assert not decisions.are_believed(10, 1)
    assert not decisions.are_believed(1, 0)


def test_stories_are_taken_away_unless_hardly_any_is_left():
    assert decisions.are_taken_away(2, 0)
    assert decisions.are_taken_away(3, 3)
    assert not decisions.are_taken_away(3, 2)


JULY = span("https://news.example/2024-07.xml")
IN_JULY = [datetime(2024, 7, number, tzinfo=UTC) for number in range(1, 31)]


@pytest.mark.parametrize(
    ("changes", "own", "now", "days"),
    [
        (IN_JULY, JULY, datetime(2024, 9, 1, tzinfo=UTC), (3, 1)),
        (IN_JULY[::-1], JULY, datetime(2024, 9, 1, tzinfo=UTC), (3, 1)),
        (IN_JULY[::2] + IN_JULY[1::2][::-1], JULY, datetime(2024, 9, 1, tzinfo=UTC), (None, 1)),
        # The month is hardly over, so that no change could be later
        (IN_JULY, JULY, datetime(2024, 8, 2, tzinfo=UTC), (None, None)),
        (IN_JULY[:20], JULY, datetime(2024, 7, 21, tzinfo=UTC), (None, None)),
        # Changed ten days after publication
        ([day + timedelta(days=10) for day in IN_JULY], JULY, datetime(2024, 9, 1, tzinfo=UTC), (None, None)),
        # All are made anew each night
        ([datetime(2024, 8, 31, tzinfo=UTC)] * 30, JULY, datetime(2024, 9, 1, tzinfo=UTC), (None, None)),
        (IN_JULY[:3], JULY, datetime(2024, 9, 1, tzinfo=UTC), (None, None)),
        (IN_JULY, span("https://news.example/2024.xml"), datetime(2025, 9, 1, tzinfo=UTC), (None, None)),
        (IN_JULY, None, datetime(2024, 9, 1, tzinfo=UTC), (None, None)),
    ],
)
def test_dates_of_change_tell_of_publication_where_a_month_s_are_in_that_month(changes, own, now, days):
    found = [decisions.slack_of_changes(changes, own, now, beside=beside) for beside in (False, True)]
    assert tuple(slack and slack.days for slack in found) == days
