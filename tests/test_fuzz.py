"""Nothing that a page holds makes its readers raise."""

from __future__ import annotations

import codecs
import random
import time

import pytest

from newscrawl import extract_article
from newscrawl.extract.page import decode
from tests.fuzz import case, check


@pytest.mark.parametrize(
    "body",
    [
        b"<meta charset=undefined><title>A</title><h1>A</h1>\xe9",
        b'<title>A</title><meta name=description content="&amp;#' + b"1" * 4400 + b';"><h1>A</h1>',
        b'<title>A</title><h1>A</h1><script type="application/ld+json">{"@type":"NewsArticle","headline":"A","articleBody":'
        b'"<?xml version=\'1.0\' encoding=\'utf-8\'?><p>' + b"The council met on the third day and spoke. " * 40 + b'</p>"}</script>',
    ],
)  # fmt: skip
def test_it_does_not_raise(body: bytes) -> None:
    assert extract_article(body, "https://news.example/a").headline == "A"


def test_a_header_with_a_set_that_decodes_nothing() -> None:
    made = extract_article(
        b"<h1>A</h1>\xe9", "https://news.example/a", {"Content-Type": "text/html; charset=undefined"}
    )
    assert made.headline == "A"


def test_a_set_that_decodes_in_quadratic_time_is_none_of_a_page() -> None:
    body, began = b"<h1>A</h1>\xe9-" + b"z" * 1_000_000, time.process_time()
    made = extract_article(body, "https://news.example/a", {"Content-Type": "text/html; charset=punycode"})
    assert made.headline == "A"
    assert time.process_time() - began < 10


def test_stray_bytes_are_windows_1252_each_of_them() -> None:
    letters = [bytes([number]) for number in range(256)] + [
        "é漢".encode(),
        b"\xe6\xbc",
        b"\xf0\x9f\x98",
        b"\xed\xa0\x80",
    ]
    body = b"".join(random.Random(1).choices(letters, k=5000))
    expected = "".join(
        bytes([ord(letter) - 0xDC00]).decode("cp1252", "replace") if "\udc80" <= letter <= "\udcff" else letter
        for letter in body.decode("utf-8", "surrogateescape")
    )
    assert decode(body, "text/html; charset=utf-8") == expected


def test_stray_bytes_in_a_row_are_decoded_at_once() -> None:
    body = bytes(range(128, 256)) * 10
    error = UnicodeDecodeError("utf-8", body, 0, 1, "invalid start byte")
    assert codecs.lookup_error("newscrawl.cp1252")(error) == (body.decode("cp1252", "replace"), len(body))


@pytest.mark.parametrize("part", range(8))
def test_pages_that_nobody_would_write(part: int) -> None:
    wrong = {number: faults for number in range(250 * part, 250 * part + 250) if (faults := check(case(1, number)))}
    assert not wrong
