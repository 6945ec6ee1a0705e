"""What one answer may cost: feeds and sitemaps are read as a stream, as far as a bound, and sitemaps asked for once."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from newscrawl.addresses import forms
from newscrawl.addresses import site as addresses
from newscrawl.addresses.site import LONGEST_ADDRESS, Site
from newscrawl.bounded import Remembered
from newscrawl.extract import Page, entries, json_ld
from newscrawl.listings.links import cards
from newscrawl.listings.links import entries as listed
from newscrawl.publishers import GENERIC
from tests.conftest import article_html, listing_html, path_of

HOME = "https://news.example"


def read(text: str | bytes) -> tuple[list[str], str]:
    links, cut = listed(text.encode() if isinstance(text, str) else text, Site(GENERIC, HOME))
    return [link.url.removeprefix(HOME) for link in links], cut


BROKEN = {
    "text that is markup": "<rss><channel><item><title>A <3 B</title><link>/a</link></item><item><link>/b</link></item>",
    "an element without end": "<rss><item><link>/a</link><b></item><item><link>/b</link></item></rss>",
    "quotation marks in a value": '<rss><item><enclosure url="a"b"/><link>/a</link></item><item><link>/b</link></item></rss>',
    "no end": "<feed><entry><link href='/a'/></entry><entry><link href='/b'/><title>The fer",
    "an element within a link": "<rss><item><link>/a<i>x</i></link></item><item><link>/b</link></item></rss>",
    "an image's address, cut off": (
        "<urlset><url><loc>/a</loc></url><url><loc>/b</loc><image:image><image:loc>/i.jpg</image:loc>"
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_feeds_are_read_all_the_same(what):
    assert read(BROKEN[what]) == (["/a", "/b"], "")


def test_only_what_stands_right_in_an_entry_tells_of_it():
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/feed"/><entry><source><link href="/other"/></source>'
        '<link rel="self" href="/self"/><link href="/a"/><published>2025-09-03</published></entry></feed>'
    )
    links, cut = listed(text.encode(), Site(GENERIC, HOME))
    assert [(link.url, link.date) for link in links] == [(f"{HOME}/a", "2025-09-03")]
    assert not cut


@pytest.mark.parametrize(
    ("bound", "text"),
    [
        ("MOST_ENTRIES", "<rss><channel>" + "<item><link>/a</link></item>" * 20),
        ("MOST_ELEMENTS", "<rss><channel><item><link>/a</link></item>" + "<a/>" * 20),
        ("_MOST_DEPTH", "<rss><channel><item><link>/a</link></item>" + "<a>" * 20),
        ("_MOST_NAMES", "<rss><channel><item><link>/a</link></item>" + "".join(f"<a{n}/>" for n in range(20))),
        ("_MOST_CHARACTERS", "<rss><channel>" + "<item><link>/a</link></item>" * 20),
        ("MOST_BYTES", "<rss><channel><item><link>/a</link></item>" + " " * 100_000),
    ],
)
def test_a_bound_ends_the_reading_and_is_told(bound, text, monkeypatch):
    assert read(text)[1] == ""
    monkeypatch.setattr(entries, bound, 50_000 if bound == "MOST_BYTES" else 5)
    links, cut = read(text)
    assert set(links) == {"/a"}
    assert cut.startswith("more than")
    assert read(gzip.compress(text.encode())) == (links, cut)


def test_a_json_feed_is_not_read_beyond_what_memory_allows(monkeypatch):
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a"}] * 20}
    assert read(json.dumps(feed))[0] == ["/a"] * 20
    monkeypatch.setattr(entries, "MOST_ENTRIES", 5)
    assert read(json.dumps(feed)) == (["/a"] * 5, "more than 5 entries")
    monkeypatch.setattr(entries, "MOST_JSON", 100)
    assert read(json.dumps(feed)) == ([], "a JSON Feed of more than 0 MB")
    assert read(json.dumps(feed).replace('{"url"', "[" * 100_000)[:200_000]) == ([], "a JSON Feed of more than 0 MB")


def test_a_zipped_sitemap_that_was_cut_off_is_told():
    text = "<urlset>" + "".join(f"<url><loc>/{n}</loc></url>" for n in range(20_000))
    zipped = gzip.compress(text.encode(), 1)
    links, cut = read(zipped[: len(zipped) // 2])
    assert 0 < len(links) < 20_000
    assert cut == "damaged, it cannot be unzipped"
    assert read(zipped + b"from a server that adds this") == read(zipped) == ([f"/{n}" for n in range(20_000)], "")


def test_a_json_feed_that_was_cut_off_fails():
    with pytest.raises(ValueError, match="no JSON Feed that can be read"):
        read('{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a"}')


# What is kept by the texts of pages ------------------------------------------------


def test_results_are_kept_and_forgotten():
    asked = []
    lengths = Remembered(lambda text: asked.append(text) or len(text))
    assert [lengths["ab"], lengths["ab"], len(asked)] == [2, 2, 1]
    for number in range(3000):
        assert lengths[f"{number:10000}"] == 10_000
    assert sum(map(len, lengths)) <= 2_000_000
    assert lengths["x" * 1_000_000] == 1_000_000
    assert max(map(len, lengths)) == 10_000


def test_hosts_and_addresses_of_pages_are_not_kept_without_bound():
    site = Site(GENERIC, "https://www.news.example.com/")
    assert site.is_sibling("blog.news.example.com")
    for number in range(1500):
        site.is_sibling(f"h{number}.example.com")
        site.move(f"h{number}.example.com")
    assert addresses._domain.cache_info().currsize <= 1000
    assert len(site._others) <= 2
    assert not site.is_sibling("a" * 1000 + ".example.com")
    before = forms._weigh.cache_info().currsize
    assert forms.weigh(f"{HOME}/{'x' * 600}-1234567.html") == forms.MUCH
    assert forms._weigh.cache_info().currsize == before


def test_an_address_that_no_server_reads_is_none():
    site = Site(GENERIC, HOME)
    assert site.url("/" + "a" * (LONGEST_ADDRESS - 100))
    assert site.url("/" + "a" * LONGEST_ADDRESS) is None
    assert site.url("/a", f"{HOME}/{'a' * LONGEST_ADDRESS}") is None
    assert json_ld.bare_address(f"{HOME}/{'a' * LONGEST_ADDRESS}") == ""


def test_json_ld_is_kept_as_far_as_a_bound(caplog):
    script = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s"}</script>'
    page = Page("".join(script % number for number in range(11_000)), HOME)
    assert len(page.json_ld) == 10_000
    assert HOME in caplog.text
    assert len(Page(script % "one" + script % ("x" * 2_000_000), HOME).json_ld) == 1


def test_links_of_a_page_are_taken_as_far_as_a_bound():
    links = "".join(f"<h2><a href='/news/the-bell-of-orrin-{n}'>The bell of Orrin rings</a></h2>" for n in range(5200))
    assert len(cards(Page(links, f"{HOME}/news"), Site(GENERIC, f"{HOME}/news"), "news")) == 5000


# Sitemaps -------------------------------------------------------------------------


def index(*paths: str, date: str = "") -> str:
    dated = f"<lastmod>{date}</lastmod>" if date else ""
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{p}</loc>{dated}</sitemap>' for p in paths)}</sitemapindex>"


def urlset(*numbers: int) -> str:
    return f"<urlset>{''.join(f'<url><loc>{path_of(n)}</loc></url>' for n in numbers)}</urlset>"


def serve(site, *numbers: int) -> None:
    for number in numbers:
        site.html(path_of(number), article_html(f"Story {number}"))


def test_an_index_that_names_itself_is_asked_for_once(site, crawl):
    site.html("/sitemap.xml", index("/sitemap.xml", "/other.xml", "/other.xml"))
    site.html("/other.xml", index("/sitemap.xml", "/stories.xml"))
    site.html("/stories.xml", urlset(1))
    serve(site, 1)
    run = crawl("-a", f"start={site.origin}/sitemap.xml")
    assert run.status == 0, run.stderr
    assert site.paths() == ["/sitemap.xml", "/other.xml", "/stories.xml", path_of(1)]


def test_indexes_are_followed_to_a_depth(site, crawl):
    site.html("/1.xml", index("/2.xml", "/stories.xml"))
    site.html("/2.xml", index("/3.xml"))
    site.html("/3.xml", index(*(f"/4-{n}.xml" for n in range(50))))
    site.html("/stories.xml", urlset(1))
    serve(site, 1)
    run = crawl("-a", f"start={site.origin}/1.xml")
    assert run.status == 2, run.stderr
    assert site.paths().count("/3.xml") == 1
    assert not [path for path in site.paths() if path.startswith("/4")]
    assert "/3.xml was not read to the end (it names 50 sitemaps, and is nested more than twice)" in run.stderr
    assert [article["headline"] for article in run.articles] == ["Story 1"]


@pytest.mark.parametrize(
    ("date", "since", "status"), [("", "", 2), ("2025-09-01", "", 0), ("2025-09-01", "2025-08-01", 2)]
)
def test_sitemaps_beyond_the_limit_of_an_index(site, crawl, date, since, status):
    site.html("/i.xml", index(*(f"/{n}.xml" for n in range(9)), date=date))
    site.html("/0.xml", urlset(1))
    for number in range(1, 9):
        site.html(f"/{number}.xml", urlset())
    serve(site, 1)
    asked = ["-a", f"since={since}"] if since else []
    run = crawl("-a", f"start={site.origin}/i.xml", "-s", "SITEMAP_INDEX_LIMIT=3", *asked)
    assert run.status == status, run.stderr
    assert "/i.xml" in run.stderr
    assert "3 of its 9 sitemaps are read (SITEMAP_INDEX_LIMIT)" in run.stderr
    assert sum(path.endswith(".xml") for path in site.paths()) == 4


def test_robots_txt_may_name_any_number_of_sitemaps(site, crawl):
    site.routes["/robots.txt"] = (200, {}, "".join(f"Sitemap: /{n}.xml\n" for n in range(60)).encode())
    for number in range(60):
        site.html(f"/{number}.xml", urlset(*((1,) if number == 0 else ())))
    site.html("/world-news", "", 403)
    serve(site, 1)
    run = crawl("-a", f"start={site.origin}/robots.txt", "-s", "SITEMAP_LIMIT=5")
    assert run.status == 2, run.stderr
    assert "5 of its 60 sitemaps are read (SITEMAP_LIMIT)" in run.stderr
    assert sum(bool(re.fullmatch(r"/\d+\.xml", path)) for path in site.paths()) == 5


def test_a_very_long_robots_txt_is_read_as_far_as_search_engines_do(site, crawl):
    rules = (
        "User-agent: *\nDisallow: /secret\n" + "".join(f"# {n:98}\n" for n in range(6000)) + "Disallow: /world-news\n"
    )
    site.routes["/robots.txt"] = (200, {}, rules.encode())
    site.html("/world-news", listing_html(path_of(1)))
    serve(site, 1)
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1")
    assert run.status == 0, run.stderr
    assert "robots.txt is read as far as its first 500 KB" in run.stderr


def test_a_listing_with_very_many_links_is_told(site, crawl):
    links = "".join(f"<a href='/about/{n}'>x</a>" for n in range(5200))
    site.html("/world-news", listing_html(path_of(1)).replace("</body>", links))
    serve(site, 1)
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1")
    assert run.status == 2, run.stderr
    assert "/world-news was not read to the end (it has more than 5000 links" in run.stderr
    assert len(run.articles) == 1
