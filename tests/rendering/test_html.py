"""Markdown as HTML: what a feed reader and a page show, and that nothing a page wrote is markup there."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscrawl.rendering.html import html_of, story_html, with_sources
from tests.conftest import PROJECT

ELEMENTS = set(
    "a p em strong br code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 hr table thead tbody tr th td img figure figcaption".split()
)
ATTRIBUTES = {"href", "src", "alt", "start", "class"}
#: What Markdown, HTML and scripts are made of.
PIECES = [
    "[", "]", "(", ")", "<", ">", "!", "*", "_", "`", "```", "|", "#", "&", ";", ":", "\\", '"', "'", "\n", "\n\n", "> ", "- ",
    "1. ", "    ", "\t", "]: ", "](", "![", "javascript:alert(1)", "JaVaScript:", "vbscript:x", "data:text/html,<script>",
    "data:image/svg+xml,<svg onload=x>", "java\tscript:x", "&#106;avascript:x", "https://x.example/a", "http://x.example/b.jpg",
    "//x.example", "mailto:a@x.example", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", " onclick=x ", '" onload="x',
    "</figcaption>", "<!--", "]]>", "&lt;script&gt;", "\0", "\x02", "a", "Z", "é", "港", "\u202e", "| - | - |", "{}", "%6a",
]  # fmt: skip
MARKDOWN = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)


def elements(made):
    tree = html5lib.parseFragment(made, namespaceHTMLElements=False)
    return [element for element in tree.iter() if element is not tree and isinstance(element.tag, str)]


def check_harmless(made):
    for element in elements(made):
        assert element.tag in ELEMENTS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        if "class" in element.attrib:
            assert element.tag == "code"
        if element.tag == "a":
            assert re.match(r"(?:https?|mailto):", element.attrib["href"], re.IGNORECASE), element.attrib
        if element.tag == "img":
            assert re.match(r"https?:", element.attrib["src"], re.IGNORECASE), element.attrib


@given(MARKDOWN, st.booleans())
@example("[]() [a](<>) ![b]()", False)
@example(
    "[a](javascript:alert(1)) <javascript:alert(1)> ![b](javascript:alert(2)) [c]\n\n[c]: javascript:alert(3)", True
)
@example('![" onerror="x](https://x.example/" onerror="x)', True)
@example('```" onclick="x\n<script>\n```', True)
@example("| a |\n| :-: |\n| <script> |", True)
@settings(max_examples=300, deadline=None)
def test_whatever_the_markdown_is_nothing_in_it_runs(markdown, pictures):
    check_harmless(html_of(markdown, pictures=pictures))


@given(st.text(st.sampled_from("<>&\"'\n/scriptonload= ") | st.characters(), max_size=60))
@settings(max_examples=100, deadline=None)
def test_nothing_runs_in_a_story_without_markdown(body):
    check_harmless(story_html({"body": body, "body_markdown": ""}))


@pytest.mark.parametrize(
    "markdown", ["[" * 1000, "> " * 500 + "x", "- " * 500 + "x", "*a " * 1000, "**" * 500 + "a" + "[" * 500]
)
def test_what_is_nested_deeply_is_made_too(markdown):
    check_harmless(html_of(markdown))


def test_the_html_of_every_saved_page_is_harmless_and_has_its_text():
    pages = sorted((PROJECT / "tests" / "markdown").glob("*.md"))
    assert len(pages) > 30
    for path in pages:
        made = html_of(path.read_text("utf8"))
        check_harmless(made)
        assert elements(made), path.name


def test_a_picture_is_a_figure_with_its_caption():
    assert html_of("![A quay](http://x.example/a.jpg)\n*The quay.*") == (
        '<figure><img src="https://x.example/a.jpg" alt="A quay" /><figcaption>The quay.</figcaption></figure>\n'
    )


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://x.example/a.jpg", "https://x.example/a.jpg"),
        ("HTTP://x.example/a.jpg", "https://x.example/a.jpg"),
        ("https://x.example/a.jpg", "https://x.example/a.jpg"),
        ("http://x.example:8000/a.jpg", "http://x.example:8000/a.jpg"),
    ],
)
def test_pictures_are_asked_for_by_https(address, shown):
    assert f'src="{shown}"' in html_of(f"![]({address})")


def test_emphasis_that_is_only_a_part_of_what_follows_a_picture_is_no_caption():
    assert "figcaption" not in html_of("![](https://x.example/a.jpg)\n*One* and *two*")


def test_a_picture_in_an_item_is_a_figure():
    made = html_of("- ![](https://x.example/a.jpg)\n  *The quay.*\n- Two.")
    assert "<figure><img" in made
    assert "<figcaption>The quay.</figcaption></figure>" in made


def test_pictures_are_links_where_none_are_wanted():
    made = html_of(
        "![A quay](https://x.example/a.jpg)\n\n[![](https://x.example/b.jpg)](https://x.example/)", pictures=False
    )
    assert made == (
        '<p><a href="https://x.example/a.jpg">A quay</a></p>\n<p><a href="https://x.example/">Picture</a></p>\n'
    )


def test_the_source_of_a_post_is_seen():
    assert html_of("> Hello.\n>\n> [Ann \\[x\\]]: <https://x.example/1>") == (
        '<blockquote>\n<p>Hello.</p>\n<p>— <a href="https://x.example/1">Ann [x]</a></p>\n</blockquote>\n'
    )


def test_two_posts_of_one_author_have_their_own_addresses():
    made = html_of("> One.\n>\n> [Ann]: https://x.example/1\n\n> Two.\n>\n> [Ann]: https://x.example/2")
    assert 'href="https://x.example/1"' in made
    assert 'href="https://x.example/2"' in made


def test_code_that_looks_like_a_source_stays():
    code = "```\n[a]: https://x.example/\n```"
    assert with_sources(code) == code


def test_a_table_without_head_has_none():
    made = html_of("|  |  |\n| --- | --- |\n| Oslo | 5 |")
    assert "<thead>" not in made
    assert "<td>Oslo</td>" in made
    assert "<th>Boat</th>" in html_of("| Boat |  |\n| --- | --- |\n| Oslo | 5 |")


def test_the_first_level_of_headings_is_the_headlines():
    assert html_of("# One\n\n## Two") == "<h2>One</h2>\n<h2>Two</h2>\n"


def test_what_is_marked_is_marked_before_it_is_escaped():
    made = html_of(
        "A *<b>tide</b>* and `tide` ![tide](https://x.example/tide)", marked=lambda text: text.replace("tide", "[tide]")
    )
    assert made == (
        '<p>A <em>&lt;b&gt;[tide]&lt;/b&gt;</em> and <code>[tide]</code> <img src="https://x.example/tide" alt="tide" /></p>\n'
    )


def test_a_story_without_markdown_is_its_paragraphs():
    assert story_html({"body": "1. One *two*\n\n<b>", "body_markdown": ""}) == "<p>1. One *two*</p>\n<p>&lt;b&gt;</p>\n"
    assert story_html({"body": "One.", "body_markdown": "*One.*"}) == "<p><em>One.</em></p>\n"
    assert story_html({"body": "One."}) == "<p>One.</p>\n"
