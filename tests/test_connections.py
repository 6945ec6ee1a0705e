"""Where a crawl connects, by whichever way it is led there, and what it takes of a server that sends no end."""

from __future__ import annotations

import json
import socket
from contextlib import closing, contextmanager

import pytest

from newscrawl.connections.destinations import Destinations, is_public
from tests.conftest import article_html, listing_html, path_of, serve
from tests.sections import prose
from tests.test_many import many  # noqa: F401 - a fixture

NAMES = ["-s", "TWISTED_DNS_RESOLVER=tests.names.InventedNames", "-s", "DOWNLOAD_TIMEOUT=5", "-s", "RETRY_TIMES=0"]
PATHS = [f"/2025/09/{n:02d}/the-lamp-of-pier-{n}/" for n in range(1, 7)]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1",
        "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:7f00:1::1", "2002:c0a8:101::1",
        "2001:0:7f00:1::1", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"],
)
def test_public_addresses(address):
    assert is_public(address)


def test_what_start_resolves_to_first_is_allowed_at_its_port_alone():
    destinations = Destinations(lambda: ["http://news.example:8000/world", "https://other.example/"])
    destinations.resolved("elsewhere.example", 8000, ["10.0.0.9"])
    destinations.resolved("news.example", 80, ["10.0.0.8"])
    destinations.resolved("news.example", 8000, ["10.0.0.1", "10.0.0.2"])
    destinations.resolved("other.example", 443, ["8.8.8.8"])
    destinations.resolved("other.example", 443, ["10.0.0.3"])  # another answer, later
    allowed = [destinations.allow(f"10.0.0.{n}", 8000) for n in (1, 2, 3, 8, 9)]
    assert allowed == [True, True, False, False, False]
    assert not destinations.allow("10.0.0.1", 22)
    assert not destinations.allow("10.0.0.3", 443)
    assert destinations.allow("8.8.8.8", 443)


@contextmanager
def nobody(port: int, address: str = "127.0.0.2"):
    """A port at which nobody may knock: fails if anybody has."""
    with closing(socket.create_server((address, port))) as door:
        door.setblocking(False)
        yield
        with pytest.raises(BlockingIOError):
            door.accept()


def named(site, host: str) -> str:
    return site.origin.replace("127.0.0.1", host)


def listing_at(origin: str) -> str:
    cards = "".join(
        f'<article class="post"><h2><a href="{origin}{path}">The lamp of pier {n} burns again tonight</a></h2>'
        f"<p>{prose(n, 1)[0]}</p></article>"
        for n, path in enumerate(PATHS)
    )
    return f"<html><body><main><h1>Harbour</h1>{cards}</main></body></html>"


def feed_at(origin: str) -> str:
    items = "".join(f"<item><title>The lamp burns again</title><link>{origin}{path}</link></item>" for path in PATHS)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'


def story(number: int) -> str:
    body = "".join(f"<p>{text}</p>" for text in prose(number))
    return (
        '<html><head><meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2025-09-03T09:00:00Z"></head>'
        f"<body><main><article><h1>The lamp of pier {number} burns again tonight</h1>{body}</article></main></body></html>"
    )


def port_of(site) -> int:
    return int(site.origin.rpartition(":")[2])


@pytest.mark.parametrize("made", [listing_at, feed_at])
def test_a_sibling_host_at_a_private_address(site, crawl, made):
    intern = named(site, "intern.maro-harbour.com")
    site.html("/harbour/", made(intern))
    names = {"news.maro-harbour.com": ["127.0.0.1"], "intern.maro-harbour.com": ["127.0.0.2"]}
    with nobody(port_of(site)):
        start = named(site, "news.maro-harbour.com")
        run = crawl("-a", f"start={start}/harbour/", *NAMES, spider="section", NAMES=json.dumps(names))
    assert run.status == 1, run.stderr
    assert "6 at a private address" in run.last_line
    assert site.paths() == ["/harbour/"]
    assert "Traceback" not in run.stderr


def test_a_redirect_to_a_private_address(site, crawl):
    site.html("/harbour/", listing_at(""))
    for number, path in enumerate(PATHS):
        site.html(path, story(number))
    # Without its "www.", by name the same site.
    site.html(PATHS[2], "", status=302, Location=f"{named(site, 'maro-harbour.com')}{PATHS[2]}")
    names = {"www.maro-harbour.com": ["127.0.0.1"], "maro-harbour.com": ["127.0.0.2"]}
    with nobody(port_of(site)):
        start = named(site, "www.maro-harbour.com")
        run = crawl("-a", f"start={start}/harbour/", *NAMES, spider="section", NAMES=json.dumps(names))
    assert run.status == 2, run.stderr
    assert len(run.articles) == 5
    assert "1 failed (1 at a private address)" in run.last_line
    assert "Traceback" not in run.stderr


def test_a_name_that_leads_elsewhere_later(site, crawl):
    site.html("/world-news", listing_html(path_of(1), path_of(2)), Connection="close")
    site.html("/robots.txt", "", Connection="close")
    names = {"news.maro-harbour.com": ["127.0.0.1", "127.0.0.1", "127.0.0.2"]}
    with nobody(port_of(site)):
        start = named(site, "news.maro-harbour.com")
        run = crawl("-a", f"start={start}/world-news", "-a", "pages=1", *NAMES, NAMES=json.dumps(names))
    assert run.status == 1, run.stderr
    assert "2 at a private address" in run.last_line
    assert site.requests == ["/robots.txt", "/world-news"]


def test_what_one_section_may_reach_another_may_not(site, many):  # noqa: F811
    names = {"news.maro-harbour.com": ["127.0.0.1"], "intern.maro-harbour.com": ["127.0.0.2"]}
    with serve("127.0.0.2", port_of(site)) as intern:
        intern.html("/world-news", listing_html(path_of(1)))
        intern.html(path_of(1), article_html())
        for number, path in enumerate(PATHS):
            intern.html(path, story(number))
        site.html("/harbour/", listing_at(named(site, "intern.maro-harbour.com")))
        start = f"{named(site, 'news.maro-harbour.com')}/harbour/"
        sections = {"intern": f"{intern.origin}/world-news", "news": f'spider = "section"\nstart = "{start}"\n'}
        run = many.run(sections, *NAMES, environment={"NAMES": json.dumps(names)})
    assert many.ids("intern") == {"125090300001"}, run.stderr
    assert not many.ids("news")
    assert "at a private address" in run.last_line
    assert set(intern.paths()) == {"/world-news", "/world-news/page-2", path_of(1)}


def test_behind_a_proxy_it_is_the_proxy_that_is_connected_to(site, crawl):
    origin = "http://news.maro-harbour.com"
    site.html(f"{origin}/world-news", listing_html(path_of(1)))
    site.html(f"{origin}{path_of(1)}", article_html())
    run = crawl("-a", f"start={origin}/world-news", "-a", "pages=1", http_proxy=site.origin, no_proxy="")
    assert run.status == 0, run.stderr
    assert [article["id"] for article in run.articles] == ["125090300001"]
