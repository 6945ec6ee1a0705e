"""Whether a listing was read back to what the last complete run knew."""

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.crawl import decisions
from newscrawl.crawl.reach import Reach
from newscrawl.history import Complete

NEW, KNOWN = False, True


def before(pages=3, listed=15):
    return Complete(7, "2026-03-01T04:00:00Z", "2026-03-01T04:10:00Z", pages, listed)


def reach(*pages, complete=None, in_order=True):
    read = Reach()
    for number, known in enumerate(pages, 1):
        read.read(number, known, complete or before(), in_order=in_order)
    return read


@pytest.mark.parametrize(
    ("pages", "is_open"),
    [
        ([[NEW] * 5] * 3, True),
        ([[NEW] * 5, [NEW] * 4 + [KNOWN]], False),
        ([[KNOWN] + [NEW] * 4], True),  # one on top, which stands there for days
        ([[KNOWN, KNOWN] + [NEW] * 8] + [[NEW] * 8] * 2, True),
        ([[NEW] * 3 + [KNOWN] * 2, [KNOWN] * 5], False),
        ([[NEW, KNOWN], [NEW] * 5], True),  # what was known on page 1 cannot be where the last run's three pages begin
        ([[NEW] * 4], False),  # no full page
    ],
)
def test_where_a_hole_is(pages, is_open):
    assert reach(*pages).is_open is is_open


def test_pages_behind_those_of_the_last_run_are_none():
    assert not reach([NEW, NEW, KNOWN], [NEW] * 5, [NEW] * 5, complete=before(pages=1)).is_open


def test_a_feed_may_be_in_any_order():
    assert not reach([KNOWN] + [NEW] * 9, in_order=False).is_open
    assert reach([NEW] * 10, in_order=False).is_open


def test_a_first_run_has_no_hole():
    read = Reach()
    read.read(1, [NEW] * 5, None)
    assert not read.is_open
    assert read.hole(None, 3) == ""


def test_what_is_said_of_it():
    read = reach(*[[NEW] * 5] * 3)
    between = "not reach back to the last complete run (2026-03-01): stories between may be missing"
    told = f"the 3 pages that were read do {between}"
    assert read.hole(before(), 3) == f"{told}; read on with -s MAX_PAGES=6 or more"  # no dates tell
    assert read.hole(before(), 3, is_given=True) == f"{told}; run without pages, or with --pages 6 or more"
    whole = f"the 3 pages of the listing do {between}"
    assert read.hole(before(), 50) == f"{whole}, and it goes back no further; run more often"
    assert read.hole(before(listed=40), 50) == ""  # far fewer than before: nothing can have dropped off it
    read.close()
    assert read.hole(before(), 3) == ""


def test_what_a_browser_loaded_may_go_on():
    read = reach([NEW] * 15)
    read.loaded = 3
    assert not read.is_whole(50)
    assert read.hole(before(), 50).endswith("if there is more to load, read on with --pages 6 or more")


def test_the_dates_of_the_stories_tell_how_many_pages():
    read = reach(*[[NEW] * 5] * 3)
    now = datetime.now(UTC)
    complete = Complete(7, (now - timedelta(days=10)).isoformat(), now.isoformat(), 3, 15)
    dates = [now - timedelta(days=1 + 2 * number) for number in range(3)]
    assert read.hole(complete, 3, dates).endswith("-s MAX_PAGES=7")  # three pages go back five of ten days


def test_pages_that_are_needed():
    day = [datetime(2026, 3, number, tzinfo=UTC) for number in range(1, 11)]
    assert decisions.pages_needed(3, day[8], day[0], day[9]) == 28
    assert decisions.pages_needed(3, day[0], day[1], day[9]) == 6  # dates that do not tell
    assert decisions.pages_needed(3, None, day[0], day[9]) == 6
