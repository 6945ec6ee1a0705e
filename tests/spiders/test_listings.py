"""How listings are read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawl.crawl.sources import Kind
from newscrawl.crawl.walk import Further
from newscrawl.spiders.listed import Limits, ListedArticles
from newscrawl.spiders.listings import ListingReader
from tests.spiders.conftest import START

SITEMAP = "https://news.example/sitemap.xml"
STORIES = [f"{START}/a-bell-rings-in-maro-{number}" for number in range(3)]


@pytest.fixture
def read(visits, report, walk):
    """Reads an answer as a listing; what to read next."""

    def read(body, url, page=1, *, asked="", others=(), since=None, sitemaps=9, of_index=9, page_time=10.0):
        reader = ListingReader(ListedArticles(visits, report, Limits(0, sitemaps, of_index, page_time), 3, since))
        response = Response(url, body=body.encode(), request=Request(url))
        return reader.read(response, walk, Further(asked or url, page, others), is_start=url == START)

    return read


def sitemap(*stories, dates=None):
    lines = zip(stories, dates or [""] * len(stories), strict=True)
    urls = "".join(f"<url><loc>{url}</loc><lastmod>{date}</lastmod></url>" for url, date in lines)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def index(*sitemaps):
    urls = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in sitemaps)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</sitemapindex>'


def test_a_sitemap_s_articles_are_taken_up(read, visits):
    assert read(sitemap(*STORIES), SITEMAP) == []
    assert [visit.url for visit in visits.next(9)] == STORIES


def test_what_is_older_than_asked_for_is_counted(read, visits, report):
    read(sitemap(*STORIES[:2], dates=["2025-09-03", "2025-08-01"]), SITEMAP, since=datetime(2025, 9, 1, tzinfo=UTC))
    assert [visit.url for visit in visits.next(9)] == STORIES[:1]
    assert report.counts.older == 1


def test_an_index_leads_to_its_sitemaps_each_once(read, walk):
    named = [f"https://news.example/{name}.xml" for name in "ab"]
    assert read(index(*named), SITEMAP) == [Further(url, 2) for url in named]
    walk.asked.update(named)
    assert read(index(*named), SITEMAP) == []


def test_all_of_an_index_that_a_walk_begins_at_is_wanted(read, walk, visits):
    walk.section = "harbour"
    assert read(index(SITEMAP), START) == [Further(SITEMAP, 2)]
    read(sitemap(*STORIES), SITEMAP, 2)
    assert [visit.url for visit in visits.next(9)] == STORIES


def test_sitemaps_beyond_the_limit_are_told(read, report):
    assert len(read(index(*(f"https://news.example/{name}.xml" for name in "abc")), SITEMAP, sitemaps=2)) == 2
    assert (report.counts.sitemaps_left_out, report.counts.listing_failed) == (1, 1)
    assert report.failures == [(SITEMAP, "2 of its 3 sitemaps are read (SITEMAP_LIMIT)")]


def test_the_sitemaps_of_the_days_that_are_wanted(read, report):
    months = [f"https://news.example/map-{year}-{month:02}.xml" for year in (2023, 2024) for month in range(1, 13)]
    assert [
        further.url for further in read(index(*months), SITEMAP, since=datetime(2024, 11, 1, 15, tzinfo=UTC))
    ] == months[-2:]
    assert report.failures == []


def test_the_newest_sitemaps_by_their_addresses(read, report):
    months = [f"https://news.example/map-2024-{month:02}.xml" for month in range(1, 13)]
    assert [further.url for further in read(index(*months), SITEMAP, of_index=2)] == [months[11], months[10]]
    told = "2 of its 12 sitemaps are read (SITEMAP_INDEX_LIMIT)"
    assert (report.counts.sitemaps_left_out, report.counts.sitemaps_not_read, report.failures) == (
        10,
        10,
        [(SITEMAP, told)],
    )


@pytest.mark.parametrize("more", ["", "<sitemap><loc>https://news.example/now.xml</loc></sitemap>"])
def test_sitemaps_that_may_be_new_and_are_not_read_are_told(read, report, more):
    text = index(*(f"https://news.example/post-{number}.xml" for number in range(1, 70))).replace(
        "</sitemapindex>", more
    )
    assert "https://news.example/post-69.xml" in [further.url for further in read(text, SITEMAP, of_index=9)]
    assert report.counts.sitemaps_not_read == 60 + bool(more)


def test_a_feed_goes_on_like_a_listing(read, walk):
    page = "<feed><link rel='next' href='/feed?page={}'/><entry><link href='{}'/></entry></feed>"
    assert read(page.format(2, STORIES[0]), "https://news.example/feed") == [
        Further("https://news.example/feed?page=2", 2)
    ]
    assert walk.named == {"https://news.example/feed?page=2": Kind.FEED}
    assert read(page.format(3, STORIES[0]), "https://news.example/feed?page=2", 2) == []  # nothing new
    assert read(page.format(4, STORIES[1]), "https://news.example/feed?page=3", 3) == []  # as many as are wanted


def test_the_header_says_where_a_listing_goes_on(visits, report, walk):
    reader = ListingReader(ListedArticles(visits, report, Limits(0, 9, 9, 10.0), 3, None))
    response = Response(
        SITEMAP, body=sitemap(STORIES[0]).encode(), headers={"Link": "</more.xml>; rel=next"}, request=Request(SITEMAP)
    )
    assert reader.read(response, walk, Further(SITEMAP, 1), is_start=True) == [
        Further("https://news.example/more.xml", 2)
    ]


def test_a_named_sitemap_that_cannot_be_read_is_told(read, report):
    read(index("https://news.example/a.xml"), SITEMAP)
    read("<?xml version='1.0'?><Error/>", "https://news.example/a.xml", 1)
    assert report.counts.listing_failed == 1


def test_indexes_nested_too_deep_are_told(read, report):
    assert read(index("https://news.example/a.xml"), SITEMAP, page=3) == []
    ((url, reason),) = report.failures
    assert url == SITEMAP and "nested more than twice" in reason


def test_a_page_that_shows_no_article(read, report, visits):
    assert read("<html><body><p>Nothing today.</p></body></html>", START) == []
    assert list(visits.next(9)) == [] and report.counts.shown == 0


def cards(*stories, more=""):
    shown = "".join(f"<h2><a href='{url}'>A bell rings in Maro once more</a></h2>" for url in stories)
    return f"<html><body><main>{shown}</main>{more}</body></html>"


def test_a_next_page_comes_with_what_else_it_may_be(read):
    more = f"<link rel=next href='{START}?page=2'><a href='{START}/2'>Next</a>"
    assert read(cards(*STORIES, more=more), START) == [Further(f"{START}?page=2", 2, (f"{START}/2",))]


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (cards(), f"{START}?page=2"),  # nothing of the section
        (cards(*STORIES), f"{START}?page=2"),  # nothing new
        (cards(f"{START}/x-70001"), START),  # the first page
        (cards(f"{START}/x-70001"), "https://news.example/sport/page/2"),
        (cards(f"{START}/x-70001"), f"{START}/a-bell-rings-in-maro-70001"),
    ],
)
def test_a_next_page_that_is_none_gives_way(read, report, walk, body, url):
    read(cards(*STORIES), START)
    asked = f"{START}?page=2"
    assert read(body, url, 2, asked=asked, others=(f"{START}/2",)) == [Further(f"{START}/2", 2)]
    assert read(body, url, 2, asked=asked) == []
    assert (report.counts.listing_failed, walk.pages, report.counts.found) == (0, 1, 3)


def test_behind_the_last_page_the_front_page(read, report):
    read(cards(*STORIES), START)
    assert read(cards(), "https://news.example/", 2, asked=f"{START}?page=2") == []
    assert report.counts.listing_failed == 0
    assert report.failures == []


def test_a_robots_txt_that_a_walk_begins_at_is_read_whole(visits, report, walk):
    url, walk.section = "https://news.example/robots.txt", "robots.txt"
    reader = ListingReader(ListedArticles(visits, report, Limits(0, 9, 9, 10.0), 3, None))
    response = Response(url, body=f"Sitemap: {SITEMAP}".encode(), request=Request(url))
    assert reader.read(response, walk, Further(url, 1), is_start=True) == [Further(SITEMAP, 1)]
    assert walk.whole


def test_a_next_page_that_goes_on_elsewhere_takes_its_own_articles(read, visits, walk):
    read(cards(*STORIES), START)
    list(visits.next(9))
    further = [f"{START}/the-well-of-orrin-{number}" for number in range(3)]
    assert read(cards(*further), f"{START}/page/2", 2, asked=f"{START}?page=2") == []
    assert ([visit.url for visit in visits.next(9)], walk.pages) == (further, 2)


def test_a_listing_that_says_that_it_has_more(read, walk):
    read(cards(*STORIES, more="<button>Load more</button>"), START)
    assert (walk.more, walk.more_at) == ("loads more by script", START)


def test_what_loads_more_from_another_host_is_told_with_its_name(read, walk):
    more = "<button class=load-more data-url='https://api.other.example/more?page=2'>Load more</button>"
    assert read(cards(*STORIES, more=more), START) == []
    assert walk.more == "loads more by script, from another host (api.other.example)"


def test_what_loads_more_and_only_gives_the_same_is_told(read, walk):
    more = f"<button class=load-more data-url='{START}/more'>More</button>"
    assert read(cards(*STORIES, more=more), START) == [Further(f"{START}/more", 2)]
    assert read(cards(*STORIES), f"{START}/more", 2) == []
    assert (walk.more, walk.more_at) == ("loads more by script", START)


def test_what_loads_more_and_has_none_is_the_end(read, walk):
    read(cards(*STORIES, more=f"<button class=load-more data-url='{START}/more'>More</button>"), START)
    assert read("", f"{START}/more", 2) == []
    assert walk.more == ""


@pytest.mark.parametrize("answer", ["", cards(*STORIES)])
def test_what_loads_more_and_gives_nothing_new_is_told_where_the_page_says_how_many_there_are(read, walk, answer):
    more = f"<p>Showing 3 of 25 stories</p><button class=load-more data-url='{START}/more'>More</button>"
    assert read(cards(*STORIES, more=more), START) == [Further(f"{START}/more", 2)]
    assert read(answer, f"{START}/more", 2) == []
    assert (walk.more, walk.more_at) == ('says "Showing 3 of 25 stories"', START)


def test_an_answer_that_is_not_understood_is_told(read, walk):
    more = f"<button class=load-more data-url='{START}/more?page=2'>More</button>"
    assert read(cards(*STORIES, more=more), START) == [Further(f"{START}/more?page=2", 2)]
    assert read('{"items": [{"slug": "a-bell"}]}', f"{START}/more?page=2", 2) == []
    assert walk.more.startswith("answers with data that is not read")


def test_a_listing_by_day_goes_on_behind_days_without_stories(read, walk):
    days = [f"{START}/2025/09/0{day}/" for day in (4, 3, 2, 1)]
    more = "<a href='{}'>Previous day</a>"
    assert read(cards(*STORIES, more=more.format(days[1])), days[0]) == [Further(days[1], 2)]
    assert read(cards(more=more.format(days[2])), days[1], 2) == [Further(days[2], 3)]
    read(cards(f"{START}/a-well-in-maro-70001"), days[2], 3)
    assert walk.pages == 3
