"""One page: its characters, its addresses, its metadata."""

from __future__ import annotations

import logging

import pytest

from newscrawl.extract import page as pages
from newscrawl.extract.page import Page, decode, read
from tests.extract.invented import HOME, json_ld, meta, page

LATIN = "text/html; charset=iso-8859-1"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Grüße".encode(), "", "Grüße"),
        ("Grüße".encode(), LATIN, "Grüße"),  # what is UTF-8 is UTF-8
        ("Grüße".encode("cp1252"), LATIN, "Grüße"),
        ("Grüße".encode("utf-16"), "", "Grüße"),
        (b"\xef\xbb\xbf" + "Grüße".encode(), "", "Grüße"),
        ("Привет".encode("cp1251"), "text/html; charset=windows-1251", "Привет"),
        ('<meta charset="windows-1251">Привет'.encode("cp1251"), LATIN, '<meta charset="windows-1251">Привет'),
        ('<meta charset="utf-8">Grüße'.encode("cp1252"), LATIN, '<meta charset="utf-8">Grüße'),
        ("港が再開".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "港が再開"),
        ("Grüße ".encode() * 30 + b"\x96 so", "", "Grüße " * 30 + "– so"),
        (b"a\xfcb", "text/html; charset=punycode", "aüb"),
    ],
)
def test_a_pages_characters(body: bytes, content_type: str, text: str) -> None:
    assert decode(body, content_type) == text
    assert read(body, content_type)[0] == text


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_a_page_that_is_encoded_twice_is_read_as_it_was_meant(codec: str) -> None:
    meant = "“The lock is shut” – since Tuesday. It’s the harbour’s café."
    told = b"".join(bytes((byte,)).decode(codec, "replace").encode() for byte in meant.replace("”", "’").encode())
    assert read(told)[0] == meant.replace("”", "’")


def test_a_page_that_only_names_such_signs_is_left_alone() -> None:
    told = "Where “â€™” stands, a page is encoded twice. CAFÉ™ and 20Â°C stay."
    assert read(told.encode())[0] == told


def test_utf8_is_kept_for_the_parser() -> None:
    body = "Grüße".encode()
    assert read(body) == ("Grüße", body)
    assert Page(body, HOME, {"CONTENT-type": LATIN}).text == "Grüße"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a", f"{HOME}/a"),
        ("b.html", f"{HOME}/world/b.html"),
        (" https://other.example/a\n", "https://other.example/a"),
        ("mailto:ann@maroledger.example", None),
        ("http://[y", None),
        ("  ", None),
        ("/" + "a" * 9000, None),
    ],
)
def test_an_absolute_address(link: str, address: str | None) -> None:
    assert page().absolute(link) == address


@pytest.mark.parametrize(
    ("base", "address"),
    [("/x/", f"{HOME}/x/a"), ("http://[y", f"{HOME}/world/a"), ("/" + "x" * 9000, f"{HOME}/world/a")],
)
def test_relative_to_the_base(base: str, address: str) -> None:
    assert page(head=f"<base href='{base}'>").absolute("a") == address


def test_metadata() -> None:
    head = (
        meta("OG:Title", "Ships &amp;amp; ports")
        + meta("og:title", "Other")
        + meta("http://ogp.me/ns/article#tag", "Ports")
    )
    shown = page(
        head=head + '<meta name="empty" content=""><title>Ships</title>', body="<svg><title>An image</title></svg>"
    )
    assert shown.metas == {"og:title": ["Ships & ports", "Other"], "article:tag": ["Ports"]}
    assert shown.meta["og:title"] == "Ships & ports"
    assert shown.title == "Ships"


def test_the_addresses_that_a_page_calls_its_own() -> None:
    head = meta("og:url", "/c") + "<link rel='x Canonical' href=/a><link rel=alternate href=/b>"
    assert page(head=head).canonical == ["/a", "/c"]


def test_the_article_is_that_of_the_title() -> None:
    head = json_ld(headline="Other") + json_ld(headline="Ships &amp; ports") + meta("og:title", "SHIPS & PORTS | Maro")
    assert page(head=head).article_node["headline"] == "Ships &amp; ports"
    assert page().article_node == {}


def test_references_are_resolved() -> None:
    head = '<script type="application/ld+json">[{"@id": "#ann"}, {"@id": "#ann", "@type": "Person", "name": "Ann"}]</script>'
    shown = page(head=head)
    assert shown.resolve({"@id": "#ann", "@type": "Person"})["name"] == "Ann"
    for node in ({"@id": "#bo"}, {"@id": "#ann", "name": "A"}, {"@id": 3}, "Ann", None):
        assert shown.resolve(node) == node


def test_a_page_of_nothing_is_read() -> None:
    assert Page(b"", HOME).root.tag == "html"
    assert Page("\0", HOME).title == ""


def test_a_page_is_read_as_far_as_its_bounds(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(pages, "MOST_MARKS", 20)
    caplog.set_level(logging.WARNING, pages.logger.name)
    shown = page("<p>x</p>" * 50)
    assert shown.is_cut
    assert 0 < len(shown.tree.tagged("p")) < 10
    assert "is read as far as" in caplog.text
    assert not page().is_cut
