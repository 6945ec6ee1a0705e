"""Nothing that a page holds makes its readers raise."""

from __future__ import annotations

import time

import pytest

from newscrawl import extract_article
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


@pytest.mark.parametrize("part", range(8))
def test_pages_that_nobody_would_write(part: int) -> None:
    wrong = {number: faults for number in range(250 * part, 250 * part + 250) if (faults := check(case(1, number)))}
    assert not wrong
