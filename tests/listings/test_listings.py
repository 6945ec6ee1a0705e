"""Which source reads an answer, and what a new source has to have."""

from __future__ import annotations

import gzip

import pytest

from newscrawl import listings
from newscrawl.listings.listing import Answer

HOME = "https://news.example"


@pytest.mark.parametrize(
    ("start", "source"),
    [
        ("<rss version='2.0'>", "feeds"),
        ("\ufeff<?xml version='1.0'?><!-- by hand --><feed xmlns='http://www.w3.org/2005/Atom'>", "feeds"),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "feeds"),
        ("<urlset>", "sitemaps"),
        ("<sitemapindex>", "sitemaps"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', "json_feed"),
        ('{"version": "1"}', "json_list"),
        ("<!doctype html><html>", "html"),
        ("", "html"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_sources(start, source, pack):
    answer = Answer(pack(start.encode()), f"{HOME}/world")
    assert listings.source_of(answer).__name__ == f"newscrawl.listings.{source}"


def test_a_robots_txt_is_known_by_its_place():
    assert listings.source_of(Answer(b"User-agent: *", f"{HOME}/robots.txt")).__name__.endswith(".robots")


def test_what_cannot_be_unzipped_is_told():
    with pytest.raises(ValueError, match="damaged"):
        listings.source_of(Answer(b"\x1f\x8b nothing", HOME))


def test_every_source_reads():
    assert {source.__name__.rpartition(".")[2] for source in listings.sources()} >= {"feeds", "sitemaps", "json_feed"}
    assert all(callable(source.read) for source in listings.sources())
