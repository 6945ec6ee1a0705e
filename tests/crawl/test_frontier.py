"""What a run has met, and what waits."""

from __future__ import annotations

from newscrawl.crawl.frontier import Frontier, Met, Visit

MET = Met(2, listed=True, settled=False, next_url="https://news.example/b")


def test_what_was_met_is_told_by_walk_and_key():
    frontier = Frontier()
    frontier.put("world", "a", MET)
    assert frontier.get("world", "a") == MET
    assert frontier.get("sport", "a") is frontier.get("world", "b") is None
    frontier.put("world", "a", MET._replace(hop=None, next_url=None))
    assert frontier.get("world", "a") == MET._replace(hop=None, next_url=None)


def test_visits_come_out_once_in_the_order_they_went_in():
    frontier = Frontier()
    visits = [
        Visit(walk, key, f"https://news.example/{key}", page, known=key == "a")
        for page, (walk, key) in enumerate([("world", "b"), ("sport", "a"), ("world", "c")])
    ]
    for visit in visits:
        frontier.wait(visit)
    assert [frontier.pop() for _ in range(4)] == [*visits, None]
