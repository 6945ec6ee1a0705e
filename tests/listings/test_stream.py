"""XML is read as a stream: what a broken document still says, and bounds."""

from __future__ import annotations

import gzip

import pytest

from newscrawl import listings
from newscrawl.listings import stream
from newscrawl.listings.listing import Answer
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"


def read(text: str | bytes) -> tuple[list[str], str]:
    listing = listings.read(Answer(text.encode() if isinstance(text, str) else text, HOME), LearnedSite(GENERIC, HOME))
    return [link.url.removeprefix(HOME) for link in listing.links], listing.cut


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


@pytest.mark.parametrize(
    ("bound", "text"),
    [
        ("MOST_ENTRIES", "<rss><channel>" + "<item><link>/a</link></item>" * 20),
        ("MOST_ELEMENTS", "<rss><channel><item><link>/a</link></item>" + "<a/>" * 20),
        ("MOST_DEPTH", "<rss><channel><item><link>/a</link></item>" + "<a>" * 20),
        ("MOST_NAMES", "<rss><channel><item><link>/a</link></item>" + "".join(f"<a{n}/>" for n in range(20))),
        ("MOST_CHARACTERS", "<rss><channel>" + "<item><link>/a</link></item>" * 20),
        ("MOST_BYTES", "<rss><channel><item><link>/a</link></item>" + " " * 100_000),
    ],
)
def test_a_bound_ends_the_reading_and_is_told(bound, text, monkeypatch):
    assert read(text)[1] == ""
    monkeypatch.setattr(stream, bound, 50_000 if bound == "MOST_BYTES" else 5)
    links, cut = read(text)
    assert set(links) == {"/a"}
    assert cut.startswith("more than")
    assert read(gzip.compress(text.encode())) == (links, cut)


def test_a_zipped_sitemap_that_was_cut_off_is_told():
    text = "<urlset>" + "".join(f"<url><loc>/{n}</loc></url>" for n in range(20_000))
    zipped = gzip.compress(text.encode(), 1)
    links, cut = read(zipped[: len(zipped) // 2])
    assert 0 < len(links) < 20_000
    assert cut == "damaged: it cannot be decompressed"
    assert read(zipped + b"from a server that adds this") == read(zipped) == ([f"/{n}" for n in range(20_000)], "")
