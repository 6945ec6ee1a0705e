"""What one answer may cost: links and JSON-LD are kept as far as a bound, and sitemaps asked for once."""

from __future__ import annotations

import re

import pytest

from newscrawl.addresses import forms
from newscrawl.addresses import site as addresses
from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.bounded import Remembered
from newscrawl.extract import Page, json_ld
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite
from tests.conftest import article_html, listing_html, path_of

HOME = "https://news.example"


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
    site = LearnedSite(GENERIC, "https://www.news.example.com/")
    assert site.is_sibling("blog.news.example.com")
    for number in range(1500):
        site.is_sibling(f"h{number}.example.com")
        site.move(f"h{number}.example.com")
    assert addresses._domain.cache_info().currsize <= 1000
    assert len(site.others) <= 2
    assert not site.is_sibling("a" * 1000 + ".example.com")
    before = forms._weigh.cache_info().currsize
    assert forms.weigh(f"{HOME}/{'x' * 600}-1234567.html") == forms.MUCH
    assert forms._weigh.cache_info().currsize == before


def test_an_address_that_no_server_reads_is_none():
    site = LearnedSite(GENERIC, HOME)
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
    assert len(LearnedSite(GENERIC, HOME).links(Page(links, f"{HOME}/news"), "news")) == 5000


# Sitemaps -------------------------------------------------------------------------


def index(*paths: str) -> str:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{p}</loc></sitemap>' for p in paths)}</sitemapindex>"


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


@pytest.mark.parametrize(("date", "since"), [("", ""), ("2025-09-01", ""), ("2025-09-0{}", "2025-08-01")])
def test_sitemaps_beyond_the_limit_of_an_index(site, crawl, date, since):
    children = (f"<sitemap><loc>/{n}.xml</loc><lastmod>{date.format(n + 1)}</lastmod></sitemap>" for n in range(9))
    site.html("/i.xml", f"<sitemapindex>{''.join(children)}</sitemapindex>")
    site.html("/8.xml", urlset(1))
    for number in range(8):
        site.html(f"/{number}.xml", urlset())
    serve(site, 1)
    asked = ["-a", f"since={since}"] if since else []
    run = crawl("-a", f"start={site.origin}/i.xml", "-s", "SITEMAP_INDEX_LIMIT=3", *asked)
    assert run.status == 2, run.stderr
    assert "/i.xml" in run.stderr
    assert "3 of its 9 sitemaps are read (SITEMAP_INDEX_LIMIT)" in run.stderr
    assert "6 sitemaps" in run.last_line
    assert len(run.articles) == 1
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
    assert "robots.txt is read only to its first 500 KB" in run.stderr


def test_a_listing_with_very_many_links_is_told(site, crawl):
    links = "".join(f"<a href='/about/{n}'>x</a>" for n in range(5200))
    site.html("/world-news", listing_html(path_of(1)).replace("</body>", links))
    serve(site, 1)
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1")
    assert run.status == 2, run.stderr
    assert "/world-news was not read to the end (it has more than 5000 links" in run.stderr
    assert len(run.articles) == 1
