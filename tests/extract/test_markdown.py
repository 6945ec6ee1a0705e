"""A story in Markdown: rendered to text it is the body again, whatever the text and the page's elements are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article.markdown import document_of
from newscrawl.extract.blocks import Block, blocks
from newscrawl.extract.markdown import markdown_of
from newscrawl.extract.markup import root_of
from newscrawl.text.spaces import clean
from tests.rendered import paragraphs_of, without_empty_cells

#: What is markup somewhere, and what stands beside it.
_SIGNS = (
    "* ** *** _ __ ` `` ``` ~ ~~~ # ## > < </p> <b> <!-- --> [ ] ( ) ![ ](x) [x]: | - -- --- + = === : :-- --: 1. 1)"
    " 12. \\ \\\\ & &amp; &#42; ! !! . , “ ” \" ' … a b Z9 ä 水 ñ {#a} $x$ ^[a] https://quay.example"
    " <https://quay.example> x@quay.example"
)
_SPACED = ("\u00a0", "\u2028", "\u200b", "\t", "\n", " ", "    ", "\n    ", "- a", "* a", "1. a", "a\n---", "| - | - |")
SIGNS = st.sampled_from([*_SIGNS.split(), *_SPACED])
TEXTS = st.one_of(st.text(max_size=12), st.lists(SIGNS, max_size=6).map("".join))


def markdown(html: str) -> tuple[str, list[str]]:
    """The Markdown of all that a page's body has, and its paragraphs."""
    root = root_of(html.encode("utf-8", "ignore"), "https://quay.example/")
    found = blocks(root) if root is not None else []
    made = markdown_of(found, lambda link: f"https://quay.example/{link.lstrip('/')}", lambda url: True)
    assert len(made) == len(found)
    return document_of(made), [block.text for block in found]


def assert_same(html: str) -> None:
    made, paragraphs = markdown(html)
    rendered = paragraphs_of(made)
    assert rendered == [text for text in map(without_empty_cells, paragraphs) if text], made


def escaped_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@settings(deadline=None)
@given(st.lists(TEXTS.map(clean), max_size=4))
def test_a_text_is_no_markup(texts):
    story = [Block(text, "p") for text in texts if text]
    rendered = paragraphs_of(document_of(markdown_of(story, lambda link: None, lambda url: False)))
    assert rendered == [text for text in map(without_empty_cells, (block.text for block in story)) if text]


INLINE = st.recursive(
    st.one_of(TEXTS.map(escaped_html), st.just("<br>"), st.just(" ")),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(
            ["b", "strong", "em", "i", "code", "a href=/x(y", "a", "span", "a href='/p|q`r'", "kbd", "sup"]
        ),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=12,
)
TAGS = "p div ul li ol blockquote h2 h4 pre table tr td th thead section b a"
TREES = st.recursive(
    INLINE,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from([*TAGS.split(), "ol start=7", "li value=3", "td colspan=2", "td rowspan=2", "ol reversed"]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(st.lists(INLINE, max_size=6))
def test_what_is_within_a_line(parts):
    assert_same(f"<p>Oak {''.join(parts)}<p>Elm")


@settings(deadline=None)
@given(st.lists(TREES, max_size=5))
def test_any_elements(parts):
    assert_same(f"<p>Oak</p>{''.join(parts)}<p>Elm</p>")


@settings(deadline=None)
@given(st.lists(st.lists(st.lists(INLINE, max_size=3).map("".join), min_size=2, max_size=3), min_size=1, max_size=4))
def test_any_table(rows):
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    assert_same(f"<p>Oak</p><table>{cells}</table><p>Elm</p>")


def test_the_headline_within_a_story_is_no_top_heading():
    root = root_of(b"<h1>The quay</h1><p>Ships wait.</p><h1>The crane</h1><p># The quay</p>", "https://quay.example/")
    made = markdown_of(blocks(root), lambda link: None, lambda url: False, "The quay")
    assert document_of(made) == "## The quay\n\nShips wait.\n\n# The crane\n\n\\# The quay"


def test_an_accent_alone_is_no_sign_that_parts_emphasis():
    assert_same("<p><em><b>0</b>0<b>\u03000</b></em></p>")
