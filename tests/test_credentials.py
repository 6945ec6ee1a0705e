"""Name and password in ``start``: they are sent where they belong, and are written nowhere."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode

import pytest

from newscrawl.addresses.site import shown, without_credentials
from newscrawl.spiders.section import SectionSpider
from tests.conftest import article_html, listing_html, path_of, serve
from tests.test_many import many  # noqa: F401 - a fixture

USER, PASSWORD = "anna", "sécret/%:@"
USERINFO = "anna:s%C3%A9cret%2F%25%3A%40@"
BASIC = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
#: What of them may be found nowhere.
TELLTALES = ("cret%2F", "cret/%", BASIC.removeprefix("Basic "))


@pytest.fixture
def section(site):
    site.html("/world-news", listing_html(path_of(1), path_of(2)))
    site.html(path_of(1), article_html())
    site.html(path_of(2), article_html("Quay reopens"))
    return site


def start_of(site) -> str:
    return site.origin.replace("http://", f"http://{USERINFO}") + "/world-news"


def told(folder) -> str:
    """All that a run has written, unpacked."""
    texts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            texts.append((gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf8", "replace"))
    return "\n".join(texts)


def test_they_are_sent_and_written_nowhere(section, crawl, tmp_path):
    more = ("-s", f"ARCHIVE={tmp_path}/archive", "-s", "LOG_LEVEL=DEBUG", "-s", f"JOBDIR={tmp_path}/job")
    cache = ("-s", "HTTPCACHE_ENABLED=1", "-s", f"HTTPCACHE_DIR={tmp_path}/cache")
    run = crawl("-a", f"start={start_of(section)}", "-a", "pages=1", *more, *cache)
    assert run.status == 0, run.stderr
    assert len(run.articles) == 2
    assert section.requests[0] == "/robots.txt"
    assert set(section.authorizations) == {BASIC}
    written = told(tmp_path)
    assert "GET /world-news" in written  # the archive
    assert "-a start=http://127.0.0.1" in written  # its warcinfo
    for telltale in TELLTALES:
        assert telltale not in written + run.stderr + run.stdout
    again = crawl("-a", f"start={tmp_path}/archive", output="again.jsonl")
    assert again.status == 0, again.stderr
    assert len(again.articles) == 2


def test_no_other_server_gets_them(section, crawl):
    with serve("127.0.0.2") as other:
        other.html("/world-news", listing_html(path_of(3)))
        other.html(path_of(3), article_html())
        section.html(path_of(2), "", status=302, Location=f"{other.origin}{path_of(3)}")
        run = crawl("-a", f"start={start_of(section)}, {other.origin}/world-news", "-a", "pages=1")
    assert len(run.articles) == 2, run.stderr
    assert set(section.authorizations) == {BASIC}
    assert path_of(3) in other.requests
    assert set(other.authorizations) == {None}


def test_a_page_that_robots_txt_forbids_is_told_as_without_them(section, crawl):
    section.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /")
    run = crawl("-a", f"start={start_of(section)}", "-a", "pages=1")
    assert run.status == 1
    assert "Forbidden by robots.txt" in run.last_line
    assert "Traceback" not in run.stderr


def test_in_a_file_of_sections(section, many):  # noqa: F811
    run = many.run({"world": start_of(section), "bad": f'start = ["{start_of(section)}", 5]\n'})
    assert run.status == 1
    run = many.run({"world": start_of(section)}, "--json")
    assert run.status == 0, run.stderr
    assert set(section.authorizations) == {BASIC}
    (many.folder / "sections.toml").unlink()
    written = told(many.folder) + run.stderr + run.stdout
    assert json.loads(run.stdout)["status"] == 0
    assert not [telltale for telltale in TELLTALES if telltale in written]


@pytest.mark.parametrize(
    "start",
    [
        "http://anna:hush/hush@news.example/",
        "http://anna:hu#sh@news.example/",
        "ftp://anna:hush@news.example/",
        "http://anna:hush@/world",
        "https://anna:hush@news.example:port/",
        "anna:hush@news.example/",
    ],
)
def test_an_address_that_cannot_be_read_is_told_without_them(start):
    with pytest.raises(ValueError, match="start=") as raised:
        SectionSpider(start=start)
    assert "hu" not in str(raised.value)


def test_a_publisher_that_is_asked_elsewhere_does_not_get_them():
    with pytest.raises(ValueError, match=r"https://www\.business-standard\.com"):
        SectionSpider(start="http://anna:hush@business-standard.com/world-news")


def test_taking_them_off():
    assert without_credentials("https://a%40b:c%3Ad@news.example:8/x?y#z") == (
        "https://news.example:8/x?y#z",
        ("a@b", "c:d"),
    )
    assert without_credentials("https://anna@news.example/") == ("https://news.example/", ("anna", ""))
    assert without_credentials("https://news.example/@anna") == ("https://news.example/@anna", None)
    assert shown("http://a:b@news.example/, https://c:d@other.example/") == "…@news.example/, https://…@other.example/"
