"""What a process does that has nothing under way."""

from __future__ import annotations

from types import SimpleNamespace

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.limit import Limit
from newscrawl.crawl.stories import Stories
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Walk
from newscrawl.publishers import GENERIC
from newscrawl.sites import site_at
from newscrawl.spiders.schedule import Schedule, Step

HOME = "https://paper.example"


def test_what_earlier_crawls_left_is_taken_up_of_sections_that_another_worker_has_read():
    visits = Visits(20, 1000, Counts())
    walks = {walk.id: walk for walk in (Walk(site_at(GENERIC, HOME), section) for section in ("world", "markets"))}
    for walk, listings in zip(walks.values(), (2, 0), strict=True):
        visits.store.read(walk.id)
        visits.store.listed(walk.id, {"listings": listings})  # though no walk of this process has any
    taken_up = []
    listings = SimpleNamespace(revisit=lambda walks: taken_up.extend(walk.section for walk in walks))
    spider = SimpleNamespace(walks=walks, visits=visits, counts=Counts())
    schedule = Schedule(spider, Stories(visits), SimpleNamespace(listings=listings), Limit(None), 8)
    assert schedule._wind_up(visits.store.state()) is Step.AGAIN
    assert taken_up == ["world"]
    assert schedule._wind_up(visits.store.state()) is Step.DONE, "once"
