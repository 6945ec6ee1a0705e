"""How long a host is left alone, as its robots.txt asks."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
from scrapy import Request, signals
from scrapy.core.downloader import Downloader
from scrapy.exceptions import NotConfigured
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.test import get_crawler

from newscrawl.extensions.crawldelay import CrawlDelay

PAGE = "http://news.example/world"


class Slots(Downloader):
    """A downloader whose slots are not thrown away, which would need a reactor."""

    def _start_slot_gc(self) -> None:
        pass


def polite(**settings):
    """A crawler with a downloader and the extension, behind AutoThrottle."""
    crawler = get_crawler(
        settings_dict={
            "DOWNLOAD_DELAY": 0.5,
            "AUTOTHROTTLE_ENABLED": True,
            "AUTOTHROTTLE_START_DELAY": 0.5,
            "USER_AGENT": "newscrawl/1",
            "CRAWL_DELAY_MAX": 60,
            "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https", "ftp", "s3", "data", "file")),
            **settings,
        }
    )
    crawler.engine = SimpleNamespace(downloader=Slots(crawler))
    throttle, delay = AutoThrottle(crawler), CrawlDelay.from_crawler(crawler)
    throttle._spider_opened(None)
    return crawler, delay, throttle


def read(delay, text: str, url: str = PAGE):
    """The slot of a host whose robots.txt was read."""
    request = Request(url)
    delay.robots_parsed(ProtegoRobotParser(text.encode(), None), request)
    return delay.crawler.engine.downloader._get_slot(request)[1]


def answered(crawler, latency: float):
    """Tell of an answer, as the signal does."""
    request = Request(PAGE, meta={"download_slot": "news.example", "download_latency": latency})
    crawler.signals.send_catch_log(
        signal=signals.response_downloaded,
        response=Response(PAGE),
        request=request,
        spider=None,
    )


def test_it_is_the_least_delay_and_not_varied(caplog):
    caplog.set_level(logging.INFO)
    slot = read(polite()[1], "User-agent: *\nCrawl-delay: 3\n")
    assert {slot.download_delay() for _ in range(20)} == {3.0}
    assert caplog.text.count("3 s between requests to news.example") == 1


def test_the_group_that_applies_is_read():
    rules = "User-agent: *\nCrawl-delay: 9\n\nUser-agent: newscrawl\nCrawl-delay: 4\n"
    assert read(polite()[1], rules).delay == 4
    assert read(polite(ROBOTSTXT_USER_AGENT="other")[1], rules).delay == 9


def test_a_longer_delay_of_the_settings_is_kept_as_it_is():
    slot = read(polite(DOWNLOAD_DELAY=10)[1], "User-agent: *\nCrawl-delay: 3\n")
    assert (slot.delay, slot.jitter) == (10, 0.5)
    slot = read(polite(DOWNLOAD_DELAY=4)[1], "User-agent: *\nCrawl-delay: 3\n")  # 2 s at times
    assert (slot.delay, slot.jitter) == (4, 0)


def test_autothrottle_goes_above_it_and_not_below():
    crawler, delay, _ = polite()
    slot = read(delay, "User-agent: *\nCrawl-delay: 3\n")
    answered(crawler, 8)
    assert slot.delay == 8
    for _ in range(20):
        answered(crawler, 0.01)
    assert slot.delay == 3


def test_a_slot_that_was_forgotten_has_it_again():
    crawler, delay, _ = polite()
    slot = read(delay, "User-agent: *\nCrawl-delay: 3\n")
    crawler.engine.downloader.slots.clear()
    again = crawler.engine.downloader._get_slot(Request(PAGE))[1]
    assert again is not slot
    assert again.download_delay() == 3


def test_an_absurd_one_is_kept_up_to_a_bound(caplog):
    assert read(polite()[1], "User-agent: *\nCrawl-delay: 86400\n").delay == 60
    assert "CRAWL_DELAY_MAX" in caplog.text


@pytest.mark.parametrize("value", ["", "soon", "-3", "inf", "nan", "0"])
def test_what_is_no_delay(value):
    slot = read(polite()[1], f"User-agent: *\nCrawl-delay: {value}\n")
    assert (slot.delay, slot.jitter) == (0.5, 0.5)


def test_other_hosts_are_asked_as_before():
    _, delay, _ = polite()
    read(delay, "User-agent: *\nCrawl-delay: 3\n")
    assert read(delay, "", "http://other.example/").delay == 0.5


def test_it_can_be_switched_off():
    with pytest.raises(NotConfigured):
        polite(CRAWL_DELAY_MAX=0)
