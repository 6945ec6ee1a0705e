"""Stories between two runs: read on for, or told of."""

from __future__ import annotations

import pytest

from tests.conftest import article_html, listing_html, path_of

PER_PAGE = 5


@pytest.fixture
def night(site, crawl):
    """Crawl a section whose newest story has the number ``top``, five a page."""

    def run(top, *arguments):
        site.requests.clear()
        numbers = range(top, 0, -1)
        for page, first in enumerate(range(0, top, PER_PAGE), 1):
            shown = numbers[first : first + PER_PAGE]
            site.html("/world-news" if page == 1 else f"/world-news/page-{page}", listing_html(*map(path_of, shown)))
            for number in shown:
                site.html(path_of(number), article_html(f"Story {number}"))
        return crawl("-a", f"start={site.origin}/world-news", "-a", "hops=0", *arguments, output=f"night-{top}.jsonl")

    return run


def numbers(run):
    return sorted(int(article["id"][-5:]) for article in run.articles)


def test_a_hole_is_told_of_and_then_closed(night, site):
    assert numbers(night(40)) == list(range(26, 41))
    told = night(70, "-s", "MAX_PAGES=4")
    assert numbers(told) == list(range(51, 71))
    assert told.status == 2
    assert "nothing on the 4 pages that were read was known" in told.last_line
    assert "-a pages=" in told.last_line
    # What that run read does not count: the next one goes back as far as the last complete run.
    closed = night(72)
    assert closed.status == 0, closed.stderr
    assert numbers(closed) == [*range(41, 51), 71, 72]
    quiet = night(73)
    assert (quiet.status, numbers(quiet)) == (0, [73])
    assert "/world-news/page-4" not in site.paths()
