"""A host has one form, whichever way it is written."""

from __future__ import annotations

import pytest

from newscrawl.addresses.hosts import ascii_netloc, with_ascii_host
from newscrawl.addresses.site import Site
from newscrawl.crawl.walks import Walks
from newscrawl.publishers import GENERIC

ASCII = "xn--bcher-kva.example"


@pytest.mark.parametrize(
    "host", ["bücher.example", "BÜCHER.example", "bu\u0308cher.example", "b%C3%BCcher.example", "bücher。example"]
)
def test_one_form(host):
    assert ascii_netloc(host) == ASCII
    assert ascii_netloc(f"{host}:8000") == f"{ASCII}:8000"


def test_letters_that_older_rules_replaced_are_kept():
    assert ascii_netloc("straße.example") == "xn--strae-oqa.example"


@pytest.mark.parametrize("host", ["news.example", "NEWS.example:80", "[::1]:8000", "under_score.example", ""])
def test_ascii_stays_as_it_is(host):
    assert ascii_netloc(host) == host


@pytest.mark.parametrize(
    "host", ["b%FF.example", "ü" * 70 + ".example", "a%2Fb.example", "\u200b.example", "%25.example"]
)
def test_what_is_no_host(host):
    with pytest.raises(ValueError):
        ascii_netloc(host)


def test_name_and_password_stay():
    assert with_ascii_host("http://a:ü@bücher.example/ü") == f"http://a:ü@{ASCII}/ü"


def test_links_in_any_form_are_the_sites():
    site = Site(GENERIC, "http://bücher.example/news")
    assert site.origin == f"http://{ASCII}"
    for host in ("bücher.example", "b%C3%BCcher.example", ASCII, f"www.{ASCII}", "WWW.BÜCHER.example"):
        assert site.url(f"http://{host}/news/ä") == f"http://{ASCII}/news/%C3%A4"
    assert site.url("http://bucher.example/news") is None
    assert site.url("http://b%FFcher.example/news") is None
    assert not site.is_sibling("b%FFcher.example")


def test_a_sibling_in_any_form():
    site = Site(GENERIC, "http://www.bücher.de/news")
    assert site.is_sibling("blog.bücher.de")
    assert site.is_sibling("blog.xn--bcher-kva.de")


def test_what_the_user_wrote_is_shown():
    walks = Walks(lambda _: GENERIC, "")
    walks.begin("http://Bücher.example:8000/news")
    ((_, url),) = walks.starts
    assert url == f"http://{ASCII}:8000/news"
    assert walks.as_given(url) == "http://Bücher.example:8000/news"
    assert walks.as_given("http://other.example/") == "http://other.example/"
