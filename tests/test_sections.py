"""``scrapy crawl section``: sections of publishers that nobody described."""

from __future__ import annotations

from collections import Counter

import pytest

from tests import sections


@pytest.fixture
def read(site, crawl):
    def run(start, *arguments, **options):
        site.requests.clear()
        return crawl("-a", f"start={site.origin}{start}", *arguments, spider="section", **options)

    return run


def paths(run, site):
    return {article["url"].removeprefix(site.origin) for article in run.articles}


@pytest.mark.parametrize("style", sections.STYLES)
def test_any_section_and_its_next_night(site, read, style):
    section = style(site)
    run = read(section.start, output="1.jsonl")
    assert run.status == 0, run.stderr
    assert paths(run, site) == section.articles
    assert max(Counter(site.paths()).values()) == 1
    assert run.last_line.startswith(f"exit status 0 (ok): all {len(section.articles)} articles written")
    skipped = [line for line in run.stderr.splitlines() if line.startswith("skipped")]
    assert skipped == ([f"skipped   {section.skipped} (pages that are no articles)"] if section.skipped else [])
    assert all(article["headline"] and article["body"] for article in run.articles)
    again = read(section.start, "-s", "RECHECK_DAYS=0", output="2.jsonl")
    assert (again.status, again.articles) == (0, []), again.stderr
    assert "nothing new" in again.last_line
    assert not set(site.paths()) & section.articles
