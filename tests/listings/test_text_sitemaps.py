"""Sitemaps of plain text."""

from __future__ import annotations

import gzip

import pytest

from newscrawl import listings
from newscrawl.listings import text_sitemaps
from newscrawl.listings.listing import Answer, Holds, Listing, Passed, Why
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"
LINES = f"{HOME}/a\n{HOME}/b\n"


def read(body: bytes) -> Listing:
    return listings.read(Answer(body, f"{HOME}/sitemap.txt"), LearnedSite(GENERIC, HOME))


def paths(body: bytes) -> list[str]:
    return [link.url.removeprefix(HOME) for link in read(body).links]


@pytest.mark.parametrize("text", [LINES, f"\ufeff{LINES}", LINES.replace("\n", "\r\n"), f"\n{LINES.strip()}  "])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_address_a_line(text, pack):
    assert paths(pack(text.encode())) == ["/a", "/b"]
    assert read(pack(text.encode())).holds is Holds.PAGES


def test_lines_that_are_no_addresses_are_passed_over():
    listing = read(f"{LINES}{'x' * 9000}\nhttp://[bad\nhttps://other.example/c\n".encode())
    assert [passed.why for passed in listing.passed] == [Why.NO_ADDRESS, Why.NO_ADDRESS, Why.OTHER_HOST]
    assert listing.passed[1] == Passed("http://[bad", Why.NO_ADDRESS)


@pytest.mark.parametrize("body", [b"See https://news.example/a\n", b"https://news.example/a is new\n", b"<p>x", b""])
def test_other_texts_are_none(body):
    assert listings.source_of(Answer(body, HOME)).__name__.endswith(".html")


def test_bounds_and_damage(monkeypatch):
    zipped = gzip.compress(LINES.encode() + b"".join(b"https://news.example/%d\n" % n for n in range(40_000)), 1)
    assert read(zipped[: len(zipped) // 2]).cut == "damaged: it cannot be decompressed"
    monkeypatch.setattr(text_sitemaps, "MOST_ENTRIES", 1)
    assert (paths(LINES.encode()), read(LINES.encode()).cut) == (["/a"], "more than 1 entries")
    monkeypatch.undo()
    monkeypatch.setattr(text_sitemaps, "MOST_BYTES", 5)
    assert read(LINES.encode()).cut == "more than 0 MB decompressed"
