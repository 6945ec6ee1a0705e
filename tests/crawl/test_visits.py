"""Which articles a run asks for, with what it remembers of earlier ones."""

from __future__ import annotations

import pytest

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.sources import Fate
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Walk
from newscrawl.publishers import by_url
from newscrawl.sites import site_at

HOME = "https://news.example"
SOURCE = 0  # the number of the listing page among the sources


@pytest.fixture
def walk():
    return Walk(site_at(by_url(HOME), HOME), "world")


@pytest.fixture
def counts():
    return Counts()


@pytest.fixture
def visits(counts):
    return Visits(hops=2, rechecks=0, counts=counts)


def story(number):
    return f"{HOME}/world/a-bell-rings-in-maro-{number}"


def waiting(visits):
    return [visit.url for visit in visits.next(99)]


def follow(visits, walk, number):
    """What the page of a story does: it leads to the story of the next number."""
    visits.follow(walk, visits.key(walk, story(number)), story(number + 1))


def test_a_story_is_taken_up_once_however_often_it_is_listed(visits, counts, walk):
    assert [visits.list(walk, story(1), page, SOURCE, older=False) for page in (1, 2)] == [Fate.NEW, Fate.LISTED]
    assert waiting(visits) == [story(1)]
    assert (counts.shown, counts.found, walk.taken, walk.met) == (1, 1, 1, True)


def test_a_story_older_than_asked_for_is_counted_and_not_asked_for(visits, counts, walk):
    assert visits.list(walk, story(1), 1, SOURCE, older=True) is Fate.OLDER
    assert waiting(visits) == []
    assert (counts.found, counts.older) == (1, 1)


@pytest.mark.parametrize("is_listed_first", [True, False])
def test_a_story_older_than_asked_for_that_a_chain_leads_to_is_not_counted_before_it_is_read(
    visits, counts, walk, is_listed_first
):
    """Its page says how old it is, and is counted by that."""
    visits.list(walk, story(0), 1, SOURCE, older=False)
    for is_listing in (is_listed_first, not is_listed_first):
        if is_listing:
            assert visits.list(walk, story(1), 1, SOURCE, older=True) is Fate.OLDER
        else:
            follow(visits, walk, 0)
    assert waiting(visits) == [story(0), story(1)]
    assert (counts.found, counts.older) == (2, 0)


def test_a_chain_is_followed_as_far_as_hops(visits, walk):
    visits.list(walk, story(0), 1, SOURCE, older=False)
    for number in range(3):
        follow(visits, walk, number)
    assert waiting(visits) == [story(0), story(1), story(2)]


def test_a_listing_that_shows_a_story_of_a_chain_lets_the_chain_go_on(visits, walk):
    visits.list(walk, story(0), 1, SOURCE, older=False)
    for number in range(3):
        follow(visits, walk, number)
    visits.list(walk, story(2), 2, SOURCE, older=False)
    follow(visits, walk, 2)
    assert waiting(visits) == [story(0), story(1), story(2), story(3)]


def test_a_story_begun_with_is_the_first_of_its_chain(visits, walk):
    visits.start(walk, story(0))
    follow(visits, walk, 0)
    assert waiting(visits) == [story(0), story(1)]


def test_a_page_that_is_no_article_is_skipped_and_not_missing(visits, counts, walk):
    visits.list(walk, story(1), 1, SOURCE, older=False)
    (visit,) = visits.next(1)
    visits.skip(walk, visit, certain=True)
    assert (counts.found, counts.skipped, walk.is_barren) == (0, 1, True)


def test_without_a_history_everything_is_new(visits, walk):
    key = visits.key(walk, story(1))
    assert not visits.is_none(walk, story(1))
    assert visits.recall(walk, key) is None
    assert not visits.is_unchanged(walk, story(1))
    assert visits.condition(walk, key) == {}
