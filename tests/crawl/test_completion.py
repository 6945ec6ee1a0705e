"""From when on other sources complete a listing, and which are the section's."""

from datetime import UTC, datetime

import pytest

from newscrawl.crawl.completion import is_of_section, wanted_at_least, wanted_since
from newscrawl.history import Complete

DAY = [datetime(2026, 3, number, tzinfo=UTC) for number in range(1, 29)]
LAST = Complete(1, "2026-03-10T00:00:00+00:00", "2026-03-10T00:10:00+00:00", 3)


def test_since_when_stories_are_wanted():
    assert wanted_since(DAY[3:6], [], None, None) == DAY[3]
    assert wanted_since([DAY[0], *DAY[18:]], [], None, None) == DAY[18]  # one stands there for long
    assert wanted_since(DAY[3:6], [], LAST, None) == DAY[9]
    assert wanted_since([], DAY[:5], LAST, None) == DAY[4]  # the site's clock is behind
    assert wanted_since([], DAY[:5], LAST, DAY[20]) == DAY[20]
    assert wanted_since([], [], None, None) is None


@pytest.mark.parametrize(
    ("listed", "is_own"),
    [
        ([0, 0, 0, 1, 1, 1, 1, 0, 0, 0], True),  # newer ones, and those that the page has left out
        ([1, 1, 1, 0, 1, 1, 1, 0], True),
        ([1, 0, 1, 0, 1, 0, 1], False),  # of a site's whole feed
        ([0, 0, 1, 1], False),
        ([], False),
    ],
)
def test_which_source_is_the_section_s(listed, is_own):
    assert is_of_section([bool(one) for one in listed]) is is_own


def test_how_many_stories_of_a_sitemap_are_wanted():
    assert (wanted_at_least(3, 10), wanted_at_least(30, 10)) == (100, 300)
