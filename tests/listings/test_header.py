"""Where the header says that a listing goes on."""

from __future__ import annotations

import pytest

from newscrawl import listings
from newscrawl.listings.listing import Answer
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"


def following(link: str, body: str = "<urlset></urlset>", asked: tuple[str, ...] = ()) -> str | None:
    answer = Answer(body.encode(), f"{HOME}/world/all", {"Link": link}, asked=asked)
    return listings.read(answer, LearnedSite(GENERIC, HOME)).next


@pytest.mark.parametrize(
    "link",
    [
        "</all?page=2>; rel=next",
        '<https://news.example/all?page=2>; title="x"; rel="prefetch next"',
        '<https://news.example/>; rel="first", </all?page=2>; rel="next"',
        "<../all?page=2>;REL=next",
    ],
)
@pytest.mark.parametrize("body", ["<urlset></urlset>", "<html><p>Soon</p></html>", "<rss></rss>"])
def test_the_next_page(link, body):
    assert following(link, body) == f"{HOME}/all?page=2"


@pytest.mark.parametrize(
    "link",
    [
        "",
        "</all?page=2>; rel=prev",
        "</all>; rel=nextish",
        "<https://other.example/>; rel=next",
        "<>; rel=next",
        "</world/all>; rel=next",
    ],
)
def test_what_leads_nowhere(link):
    assert following(link) is None


def test_no_page_twice():
    assert following("</all?page=2>; rel=next", asked=(f"{HOME}/all?page=2",)) is None


def test_what_the_document_says_comes_first():
    feed = "<feed><link rel='next' href='/all?page=3'/></feed>"
    assert following("</all?page=2>; rel=next", feed) == f"{HOME}/all?page=3"
