"""Addresses that stories link to: one form, and nothing that tells where a reader came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from newscrawl.addresses.outgoing import _escaped, is_plain, outgoing
from newscrawl.addresses.site import Site
from newscrawl.article.types import FIELDS
from newscrawl.publishers import Publisher


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://port.example/a", "https://port.example/a"),
        ("https://port.example/a?b=1&utm_medium=x&c=2", "https://port.example/a?b=1&c=2"),
        ("https://port.example/a?utm_whatever=x", "https://port.example/a"),
        ("https://port.example/a?srsltid=x&b=1&hsLang=en", "https://port.example/a?b=1"),
        ("https://port.example/a?gclid=x#b", "https://port.example/a#b"),
        ("https://port.example/a?b=&c", "https://port.example/a?b=&c"),
        ("https://port.example/a#", "https://port.example/a"),
        ("HTTPS://Port.Example/A", "https://port.example/A"),
        ("https://port.example?b=1", "https://port.example/?b=1"),
        ("https://port.example/a b|c[d]%", "https://port.example/a%20b%7Cc%5Bd%5D%25"),
        ("https://port.example/ä", "https://port.example/%C3%A4"),
        ("https://port.example:99999/a", None),
        ("https://port.example/" + "ä" * 4000, None),
    ],
)
def test_an_address_has_one_form(url, expected):
    assert outgoing(url) == expected


@given(st.text(max_size=20), st.text(max_size=8), st.text(max_size=8))
def test_what_comes_of_it_is_an_address(path, query, fragment):
    url = outgoing(f"https://port.example/{path}?{query}#{fragment}")
    assert url is None or not FIELDS["image"].lacks(url), url


@given(st.text("aZ0/:._~?=&+,@!$*()'-; ", max_size=12), st.sampled_from(("", "%2C", "%c3%A9", "%zz")))
def test_what_is_plain_is_what_escaping_leaves(begin, end):
    url = f"https://port.example/a,{begin}{end}"
    assert not is_plain(url) or _escaped(safe_url_string(url)) == url


def test_what_is_internal():
    site = Site(Publisher(name="post.example", hosts=("www.post.example", "post.example")), "https://www.post.example/")
    assert site.is_internal("https://post.example/a")
    assert site.is_internal("https://sport.post.example/a")
    assert not site.is_internal("https://other.example/a")
    assert not site.is_internal("mailto:desk@post.example")
    other = Site(Publisher(name="generic"), "https://www.post.co.uk/")
    assert other.is_internal("https://sport.post.co.uk/a")
    assert not other.is_internal("https://other.co.uk/a")
