"""Counts live in the statistics, under names that one place knows."""

from newscrawl.crawl.counts import Counts, MemoryStats


def test_what_is_counted_is_in_the_statistics_at_once():
    stats = MemoryStats()
    Counts(stats).found += 3
    Counts(stats).found -= 1
    assert stats.get_stats() == {"newscrawl/found": 2}
    assert Counts(stats).found == 2


def test_what_scrapy_counts_is_read_under_its_own_name():
    stats = MemoryStats()
    stats.set_value("item_scraped_count", 4)
    stats.set_value("downloader/response_status_count/304", 2)
    counts = Counts(stats)
    assert counts.written == 4
    assert counts.answers == {"304": 2}


def test_nothing_counted_is_nothing_kept():
    counts = Counts()
    assert (counts.found, counts.failures, counts.refused, counts.has_read, counts.known) == (0, {}, None, False, 0)
    assert counts.stats.get_stats() == {}


def test_failures_are_counted_together_and_by_reason():
    counts = Counts()
    counts.fail("HTTP 404")
    counts.fail("no body", 2)
    counts.fail("HTTP 404")
    assert counts.failed == 4
    assert counts.failures == {"HTTP 404": 2, "no body": 2}


def test_counts_by_name_as_workers_of_a_crawl_add_them_up():
    counts = Counts.of({"found": 3, "failed": 1, "failed/HTTP 500": 1, "met https://news.example/world": 1, "new": 2})
    assert counts.found == 3
    assert counts.failures == {"HTTP 500": 1}
    assert set(counts.stats.get_stats()) == {"newscrawl/found", "newscrawl/failed", "newscrawl/failed/HTTP 500"}


def test_an_article_is_known_however_that_was_found_out():
    counts = Counts()
    counts.unchanged, counts.not_modified, counts.settled = 1, 2, 4
    assert counts.known == 7


def test_settled_articles_alone_are_nothing_read():
    counts = Counts()
    counts.settled = 4
    assert not counts.has_read
    counts.older = 1
    assert counts.has_read


def test_a_feed_that_scrapy_could_not_store_is_seen():
    counts = Counts()
    counts.stats.set_value("feedexport/success_count/FileFeedStorage", 1)
    assert not counts.feed_failed
    counts.stats.set_value("feedexport/failed_count/FileFeedStorage", 1)
    assert counts.feed_failed
