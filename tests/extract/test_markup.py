"""What libxml2 is given: no element with more attributes than any page has, and else the page itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from lxml import etree

from newscrawl import listings
from newscrawl.extract import Page
from newscrawl.extract.markup import MOST_ATTRIBUTES, bounded_html, root_of
from newscrawl.listings.listing import Answer
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

MANY = b" ".join(b"a%d=1" % number for number in range(3000))
SIZE = 5 * 1024 * 1024  # bytes, as DOWNLOAD_MAXSIZE
SECONDS = 20.0  # PAGE_TIME_LIMIT: what is quadratic takes many minutes, and what is linear one or two


@pytest.mark.parametrize(
    "attack",
    [
        b"<p %b>" % MANY,
        b"<P\n%b>" % MANY.replace(b" ", b"\n"),
        b"<p %b>" % MANY.replace(b" ", b"/"),
        b"<p %b>" % MANY.replace(b"=1 ", b'=">"'),
        b"<p %b>" % MANY.replace(b"=1 ", b"='<'"),
        b"<p %b>" % MANY.replace(b"=1", b""),
        b"<p <%b>" % MANY.replace(b" ", b" <"),
        b'<p a=="x %b>' % MANY,
        b'<p ="x %b>' % MANY,
        b'<p a=b"c %b>' % MANY,
        b'<p a="b"%b>' % MANY,
        b'<a="x %b>' % MANY,
        b'<!-- <q a=" --><p %b>' % MANY,
        b"<!--><p %b> -->" % MANY,
        b"<!-- --!><p %b> -->" % MANY,
        b"<? <p ?><p %b>" % MANY,
        b"<![CDATA[><p %b>]]>" % MANY,
        b"<script>'<q a=\"'</script><p %b>" % MANY,
        b"<script><!--<script></script><p %b>" % MANY,
        b"<svg><script><p %b>" % MANY,
        b"<title><p a='</title><p %b>" % MANY,
        b"<textarea><p a='</textarea><p %b>" % MANY,
        b"<style><p a='</style ><p %b>" % MANY,
        b"<p " + b"x" * 3000 + b" %b>" % MANY,
        b"<" + b"x" * 3000 + b" %b>" % MANY,
        b"<p a='" + b"x" * 3000 + b"' %b>" % MANY,
        b'<p a="<b>" b=" <i> " %b>' % MANY,
        b"<p %b>" % MANY.replace(b"=1 ", b'= ">" '),
        b"<p %b>" % MANY.replace(b"=1 ", b"=%b'>' " % (b" " * 60)),
        b"<p %b>" % MANY.replace(b"=1 ", b'="%b>" ' % (b"y" * 50)),
    ],
)
def test_no_element_has_more_attributes(attack: bytes) -> None:
    root = Page(b"<html><body><p>Before.</p>" + attack + b"<p>Behind.</p>", "https://news.example/a").root
    assert max(len(element.attrib) for element in root.iter(etree.Element)) <= MOST_ATTRIBUTES


@pytest.mark.parametrize(("many", "warnings"), [(MANY, 1), (b"a=1 b", 0)])
def test_the_log_names_the_page_whose_attributes_are_not_all_read(
    many: bytes, warnings: int, caplog: pytest.LogCaptureFixture
) -> None:
    page = Page(b"<p>Before.</p><p %b>x</p><p title='%b'>Behind.</p>" % (many, MANY), "https://news.example/a")
    assert page.root is not None
    expected = "https://news.example/a is read as far as the first 256 attributes of each element"
    assert [record.getMessage() for record in caplog.records] == [expected] * warnings


@pytest.mark.parametrize(
    "markup",
    [
        b"<p title='%b'>x</p>" % MANY,
        b"<p>%b</p>" % MANY,
        b"<!-- %b -->x" % MANY,
        b"<p %b>x</p>" % b" ".join(b"a%d=1" % number for number in range(MOST_ATTRIBUTES)),
    ],
)
def test_other_markup_is_as_it_was(markup: bytes) -> None:
    assert bounded_html(markup) is markup


def test_a_script_is_read_as_before() -> None:
    script = b'{"headline": "a <b %b", "x": "</p>"}' % MANY
    page = Page(b'<script type="application/ld+json">%b</script><p>x</p>' % script, "https://news.example/a")
    assert page.json_ld == [{"headline": "a <b " + MANY.decode(), "x": "</p>"}]


def test_what_is_around_an_element_with_too_many_is_kept() -> None:
    before = b"<title>A &lt; B</title><p id=a class='b c' hidden>3 < 4 &amp; 5</p><!-- no --><use href=x/ /><br/>"
    behind = b"<p>Behind <b>it</b>.</p><script>if (a < b) c('<p>')</script>"
    whole = root_of(b"<html><body>" + before + b"<q>" + behind, "https://news.example/")
    cut = root_of(b"<html><body>" + before + b"<q %b>" % MANY + behind, "https://news.example/")
    for element in cut.iter("q"):
        element.attrib.clear()
    for script in (*whole.iter("script"), *cut.iter("script")):
        script.text = ""
    assert etree.tostring(cut) == etree.tostring(whole)


def _numbered(form: str, start: str = "") -> bytes:
    made, size, number = [start], 0, 0
    while size < SIZE:
        made.append(form.replace("{}", str(number)))
        size += len(made[-1])
        number += 1
    return "".join(made).encode()


def _repeated(unit: bytes, start: bytes = b"") -> bytes:
    return start + unit * (SIZE // len(unit))


HTML: dict[str, Callable[[], bytes]] = {
    "attributes": lambda: _numbered("a{} ", "<p "),
    "namespaces": lambda: _numbered("xmlns:a{}=x ", "<p "),
    "attributes, not as many": lambda: _repeated(b"<p %b>" % b" ".join(b"%x" % number for number in range(1000))),
    "attributes of some length": lambda: _numbered("a{}='" + 100 * "x" + "' ", "<p "),
    "attributes that merge": lambda: _numbered("<body a{}>", "<html><body>"),
    "names of elements": lambda: _numbered("<t{}>"),
    "ids": lambda: _numbered("<p id=a{}>"),
    "tags in tags": lambda: _repeated(b"<a " * 255 + b">"),
    "names in names": lambda: _repeated(b"<a"),
    "open scripts": lambda: _repeated(b"<script ") + MANY,
    "nested": lambda: _repeated(b"<div>"),
    "nested formatting": lambda: _repeated(b"<p><b>"),
    "ends of nothing": lambda: _repeated(b"</q>", b"<b>" * 1900),
    "tables": lambda: _repeated(b"<table><td>"),
    "entities": lambda: _repeated(b"&amp"),
    "comments": lambda: _repeated(b"<!--"),
}
XML: dict[str, Callable[[], bytes]] = {
    "attributes": lambda: _numbered("a{}='' ", "<rss><item "),
    "namespaces": lambda: _numbered("xmlns:a{}='u{}' ", "<rss "),
    "nested namespaces": lambda: _numbered("<a xmlns:a{}='u{}'>", "<rss>"),
    "declared entities": lambda: _numbered("<!ENTITY e{} 'x'>", "<!DOCTYPE rss [") + b"]><rss/>",
    "declared attributes": lambda: (
        _numbered("<!ATTLIST item a{} CDATA 'x'>", "<!DOCTYPE rss [") + b"]><rss><item/></rss>"
    ),
    "nested": lambda: _repeated(b"<a>", b"<rss>"),
}


@pytest.mark.parametrize("kind", HTML)
def test_libxml2_is_done_with_any_page_in_time(kind: str) -> None:
    page, began = Page(HTML[kind](), "https://news.example/a"), time.process_time()
    _ = page.root
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("kind", XML)
def test_libxml2_is_done_with_any_feed_in_time(kind: str) -> None:
    feed, began = XML[kind](), time.process_time()
    with suppress(ValueError):  # it cannot be read
        listings.read(Answer(feed, "https://news.example/feed"), LearnedSite(GENERIC, "https://news.example/"))
    assert time.process_time() - began < SECONDS
