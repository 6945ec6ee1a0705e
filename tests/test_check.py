"""``newscrawl check``, as who meets a site for the first time runs it, against a local server."""

from __future__ import annotations

import json
import re
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.checking.test_checks import feed, listing, story
from tests.conftest import FAST, LocalSite
from tests.forks import scrapy

PATHS = [f"/world/the-bell-of-orrin-rings-again-{number}.html" for number in range(101, 113)]
HEAD = '<link rel="alternate" type="application/rss+xml" href="/world/feed.xml">'


def section(site: LocalSite, *, page: str = "", date: str = "") -> str:
    """A good section, and its address."""
    date = date or (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n")
    site.html("/world", page or listing(PATHS))
    for number, path in enumerate(PATHS):
        site.html(path, story(number, date=date))
    return f"{site.origin}/world"


def check(*words: object, status: int = 0):
    done = scrapy("check", *words, *FAST, "-s", "RETRY_TIMES=1")
    assert "Traceback" not in done.stderr
    assert done.returncode == status, done.stdout + done.stderr
    assert done.stderr.splitlines()[-1].startswith(f"exit status {status} ")
    return done


def found(done) -> set[str]:
    return {one["check"] for one in json.loads(done.stdout)["findings"]}


def test_a_good_section_is_looked_at_politely(site):
    done = check(section(site))
    assert site.requests == ["/robots.txt", "/world", PATHS[0], PATHS[6], PATHS[11]]
    assert "all 3 that were looked at are complete" in done.stderr
    assert re.search(r"^  the page +12 articles of the section$", done.stdout, re.MULTILINE)
    assert re.search(r"^  headline +h1 +The bell rings 0 times$", done.stdout, re.MULTILINE)
    assert "allows the section" in done.stdout
    assert "\x1b" not in done.stdout
    assert len(done.stdout.splitlines()) <= 80


def test_a_saved_folder_is_read_again_without_a_network(site, tmp_path):
    folder = tmp_path / "case"
    site.html("/world", "")
    address = section(site)
    for path, (status, headers, body) in list(site.routes.items()):
        site.routes[path] = (status, headers | {"Set-Cookie": "reader=s3cret", "Server": "ferry"}, body)
    first = check(address.replace("http://", "http://anna:s3cret@"), "--save", folder, "--json")
    assert {name.split("-")[0].split(".")[0] for name in (path.name for path in folder.iterdir())} == {
        "README", "article", "check", "listing", "manifest", "robots",
    }  # fmt: skip
    asked = len(site.requests)
    again = check(folder, "--json")
    assert len(site.requests) == asked
    assert json.loads(again.stdout) == json.loads(first.stdout) == json.loads((folder / "check.json").read_text())
    assert again.stderr.splitlines()[-1] == first.stderr.splitlines()[-1]
    everything = b"".join(path.read_bytes() for path in folder.iterdir()).decode()
    assert "s3cret" not in everything + first.stdout + first.stderr
    assert "ferry" in everything
    assert site.authorizations.count(None) == 0  # it was sent
    # Its pages are read by the other commands.
    shown = scrapy("article", folder / "article-1.html")
    assert f"{site.origin}{PATHS[0]}" in shown.stdout
    refused = scrapy("check", address, "--save", folder)
    assert refused.returncode == 1
    assert "not an empty folder" in refused.stderr
    assert len(site.requests) == asked


def test_robots_txt_that_forbids_is_obeyed(site):
    address = section(site)
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /\n")
    done = check(address, status=1)
    assert site.requests == ["/robots.txt"]
    assert "forbids the section" in done.stdout
    assert "ask for permission" in done.stderr


def test_a_site_that_refuses(site):
    address = section(site)
    site.html("/world", "No.", 403)
    done = check(address, status=1)
    assert "HTTP 403" in done.stderr
    assert "USER_AGENT" in done.stderr


def test_no_network(site):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/world"
    done = check(address, status=1)
    assert len(done.stderr.splitlines()) == 1
    assert "127.0.0.1 refuses the connection; is that the right port" in done.stderr
    assert "Error" not in done.stderr


def test_a_page_without_links(site):
    done = check(section(site, page="<html><body><p>Please log in to read on.</p></body></html>"), status=1)
    assert "no link on the page is one of the section's articles" in done.stderr


def test_articles_without_dates(site):
    address = section(site)
    for number, path in enumerate(PATHS):
        site.html(path, story(number, date=""))
    assert found(check(address, "--json", status=2)) == {"no_date"}


def test_what_pages_say_is_text(site):
    address = section(site)
    site.html(
        PATHS[0], story(0, headline="The [bold]bell[/nope] of :smile: \x1b[31mOrrin", date="2999-01-01T09:00:00Z")
    )
    done = check(address, status=2)
    assert "The [bold]bell[/nope] of :smile: " in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_a_setting_that_is_wrong_is_one_sentence(site):
    done = scrapy("check", section(site), "-s", "BROWSER=nonsense")
    assert done.returncode == 1
    assert "BROWSER='nonsense': expected off, listings, all" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_paywall(site):
    address = section(site)
    for number, path in enumerate(PATHS):
        date = datetime.now(UTC).isoformat(timespec="seconds")
        site.html(path, story(number, date=date, told={"isAccessibleForFree": False}))
    assert found(check(address, "--json", status=2)) == {"paywall_only"}


def test_a_feed_with_more_than_the_page(site):
    late = [f"/world/the-ferry-of-maro-is-late-{number}.html" for number in (901, 902)]
    address = section(site, page=listing(PATHS, head=HEAD))
    feed_of = feed([*late, *PATHS], [4, 1, *[2] * 12]).replace("https://news.example", site.origin)
    site.html("/world/feed.xml", feed_of, Content_Type="application/rss+xml")
    done = check(address)
    assert re.search(r"feed: names 14 pages, 14 of the section, 2 of them not on\s+the page, 1 as new", done.stdout)
    assert "/world/feed.xml" in site.requests


def test_a_redirect_is_told_and_one_to_another_host_is_not_followed(site):
    section(site)
    site.html("/old", "", 301, Location="/world")
    assert "redirected to" in check(f"{site.origin}/old").stdout
    site.html("/away", "", 301, Location="https://elsewhere.example/world")
    assert "leads to another host, https://elsewhere.example/world" in check(f"{site.origin}/away", status=1).stderr


def test_the_sample_edition():
    done = check("worldnews", "--start", "demo")
    assert "read by the description of business-standard.com" in done.stdout
    assert found(check("demo", "--json")) == set()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "expected: "),
        (("nothing-like-it",), "no spider, no address and no saved folder"),
        (("section",), "start is missing"),
        (("http://",), "expected an http(s) address"),
        (("https://news.example/world", "--start", "demo"), "expected one of them"),
        (("https://news.example/world,https://news.example/sport",), "expected one address"),
        (("worldnews", "--pages", "3"), "no option --pages"),
    ],
)
def test_what_is_refused(words, sentence):
    done = scrapy("check", *words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_damaged_folder(tmp_path: Path):
    (tmp_path / "manifest.json").write_text('{"format": 1, "answers": [{"file": "../../etc/passwd"}]}')
    done = scrapy("check", tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "damaged" in done.stderr
