"""The paragraphs below an element."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawl.extract.blocks import Hint, blocks


def texts(markup: str, **options) -> list[str]:
    return [block.text for block in blocks(html.fromstring(f"<div>{markup}</div>"), **options)]


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("One<br>still<br><br>Two", ["One still", "Two"]),
        ("One <b>b</b>old<div>Two</div>Three", ["One bold", "Two", "Three"]),
        ("<h2>One</h2><ul><li>Two<li>Three</ul><blockquote>Four</blockquote>", ["One", "Two", "Three", "Four"]),
        ("<p>One<script>no</script><style>no</style> more<p hidden>no</p>", ["One more"]),
        ("<nav>no</nav>One<form>no</form>Two", ["One", "Two"]),
        ("<p> \n <p>One", ["One"]),
        ("<p><span class=cap aria-hidden=true>O</span><span class=sr-only>O</span>ne", ["One"]),
        ("<p>One<span class='screen-reader-text'> (opens in a new tab)</span>", ["One"]),
    ],
)
def test_paragraphs_in_reading_order(markup, paragraphs):
    assert texts(markup) == paragraphs


@pytest.mark.parametrize(
    ("row", "paragraphs"),
    [
        ("<td>Barges<td><p>40<p>41", ["Barges | 40 41"]),
        ("<td>Barges<td>", ["Barges |"]),
        ("<td> Barges\n<td hidden>40<td>\u200b", ["Barges | |"]),
        ("<td><td>", []),
        ("<td><p>Alone<p>Two", ["Alone", "Two"]),
        ("<td>a<td><table><tr><td>b<td>c</table>", ["a", "b | c"]),
    ],
    ids=["cells", "an-empty-one", "hidden-cells", "all-empty", "one-cell", "layout"],
)
def test_a_table_row_is_a_paragraph(row, paragraphs):
    assert texts(f"<table><tr>{row}</table>") == paragraphs


def test_how_much_is_link_text():
    one, two, three = blocks(html.fromstring("<div><p>See <a>this</a><p><a>all of it</a>.<p>None</div>"))
    assert (one.linked, two.linked, three.linked) == (4, 9, 0)
    assert not one.is_links and two.is_links


def test_a_place_that_can_be_linked_to_is_no_link():
    found = blocks(html.fromstring("<div><a name=top>a<p>b <a href=/c>c</a></p></a><p id=x><a id=d>d</a> e</div>"))
    assert [block.linked for block in found] == [0, 1, 0]


def test_links_are_eight_tenths_of_a_paragraph_of_links():
    assert [block.is_links for block in blocks(html.fromstring("<div><p><a>aaaa</a>b<p><a>aaa</a>b</div>"))] == [
        True,
        False,
    ]


def test_where_a_paragraph_stands():
    root = html.fromstring("<div>a<section><p>b</p>c</section>d</div>")
    assert [(block.text, block.tag, block.element.tag) for block in blocks(root)] == [
        ("a", "div", "div"),
        ("b", "p", "p"),
        ("c", "div", "section"),
        ("d", "div", "div"),
    ]


def test_what_is_dropped_or_hinted_at():
    root = html.fromstring("<div><p class=x>a</p><p>b</p><section>c<p>d</p></section>e</div>")
    hints = {"x": Hint.NEVER}
    found = blocks(
        root,
        drop=[root[1]],
        hint=lambda element: Hint.RARELY if element.tag == "section" else hints.get(element.get("class"), Hint.NOTHING),
    )
    assert [(block.text, [mark.tag for mark in block.marks]) for block in found] == [
        ("c", ["section"]),
        ("d", ["section"]),
        ("e", []),
    ]
