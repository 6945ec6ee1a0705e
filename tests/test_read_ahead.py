"""Pages read ahead: what was read counts while the site is as it was."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from datetime import UTC, datetime

import pytest

from newscrawl.archive.ahead import FIRST_PAGES, LARGE, READER_DIED, Readers, Task, read
from newscrawl.article.item import Article
from newscrawl.processes import Pending, Processes, WorkerDiedError
from newscrawl.publishers import GENERIC, Publisher
from newscrawl.sites import LearnedSite, site_at
from newscrawl.sites.base import Asked
from newscrawl.sites.verdict import MISLED, Failed
from newscrawl.timelimit import TookTooLong
from tests.conftest import article_html

URL = "https://paper.example/world/harbour-reopens-125090300001"


class HereAndNow(Processes[Task, object]):
    """Works in this process."""

    def begin(self, task: Task) -> Pending[Task, object]:
        future: Future[object] = Future()
        future.set_result(read(task))
        return Pending(task, future)


@pytest.fixture
def begun():
    def begin(asked: Asked, publisher: Publisher = GENERIC):
        readers = Readers(2, 20)
        readers._processes = HereAndNow(read, 2)
        site = site_at(publisher, "https://paper.example")
        body = article_html("Harbour reopens").encode()
        ahead = readers.begin(site, asked, datetime(2025, 9, 3, tzinfo=UTC), body=body, url=URL, headers={})
        return site, ahead

    return begin


ASKED = Asked(URL, "world", "World", (), listed=True)


def test_what_was_read_is_the_articles(begun) -> None:
    site, ahead = begun(ASKED)
    asyncio.run(ahead.done())
    found = ahead.verdict(site, ASKED)
    assert isinstance(found, Article)
    assert found.headline == "Harbour reopens"


def test_a_page_is_read_again_once_a_listing_has_taught_more(begun) -> None:
    site, ahead = begun(ASKED)
    site.forms.add("another")
    assert ahead.verdict(site, ASKED) is None


@pytest.mark.parametrize("asked", [
    Asked(URL, "world", "World news", (), listed=True), Asked(URL, "world", "World", (URL,), listed=True),
])  # fmt: skip
def test_a_page_is_read_again_where_it_is_asked_for_otherwise_since(begun, asked: Asked) -> None:
    site, ahead = begun(ASKED)
    assert ahead.verdict(site, asked) is None


def test_a_publisher_that_other_processes_do_not_know_is_read_here(begun) -> None:
    _, ahead = begun(ASKED, Publisher(name="paper.example", labels_language="en", more_label=""))
    assert ahead is None


def test_a_page_that_takes_too_long_fails(begun, monkeypatch) -> None:
    def endless(*_: object) -> None:
        raise TookTooLong

    monkeypatch.setattr(LearnedSite, "read", endless)
    site, ahead = begun(ASKED)
    assert ahead.verdict(site, ASKED) == Failed("took too long to read")


def test_a_page_that_ends_its_process_fails(begun) -> None:
    site, ahead = begun(ASKED)

    def died(pending: object) -> None:
        raise WorkerDiedError

    ahead._processes.result = died
    assert ahead.verdict(site, ASKED) == Failed(READER_DIED)


def test_what_misled_another_process_is_the_same_here() -> None:
    assert Failed(MISLED.reason) == MISLED


def test_the_first_pages_and_a_single_process_read_nothing_ahead() -> None:
    several, one = Readers(2, 20), Readers(1, 20)
    assert [several.count_page() for _ in range(FIRST_PAGES + 1)] == [False] * FIRST_PAGES + [True]
    assert not any(one.count_page() for _ in range(FIRST_PAGES + 1))
    assert (several.at_once, one.at_once) == (6, 0)


def test_processes_for_a_large_archive_are_started_at_once() -> None:
    readers = Readers(2, 20, LARGE)
    try:
        assert readers._processes._executor is not None
        assert readers.count_page()
    finally:
        readers.close()
    assert Readers(1, 20, LARGE)._processes._executor is None
