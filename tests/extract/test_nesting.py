"""Elements nested as browsers nest them."""

from __future__ import annotations

import html5lib
import pytest
from lxml import etree

from newscrawl.extract.markup import root_of
from newscrawl.extract.nesting import well_nested
from tests.extract.stories import HEADLINE, PARAGRAPHS, STORY, body_of

TOP = f"<h1>{HEADLINE}</h1>"
MAIN = f"<main>{TOP}<div class=text>{STORY}</div></main>"

#: Pages on which an element is left open that browsers close before the story.
LEFT_OPEN = {
    "a div in a nav": f"<nav><ul><li><a href=/a>A</a></ul><div></nav>{MAIN}",
    "a nav and its div in a header": f"<header><div><nav><div><a href=/a>A</a></nav></header>{MAIN}",
    "a div in an aside": f"<aside class=menu><div><p>Soon.</aside>{MAIN}",
    "a div in a footer": f"<footer><div></footer>{MAIN}",
    "a div in a button": f"<div><button class=menu-button><div><div></button></div>{MAIN}",
    "a span and a div in a button": f"<button><span><div>Menu</span></button>{MAIN}",
    "a button in a button": f"<div><button class=menu>Menu<button>Close</button>{MAIN}</div>",
    "a div in a select": f"<select><option>A<div>B</select>{MAIN}",
    "a div in a dialog": f"<dialog><div><p>Hello.</dialog>{MAIN}",
    "a div in a figcaption": f"<article>{TOP}<figure><img src=x><figcaption><div>A quay.</figcaption></figure>{STORY}",
    "a div in a caption": f"<table><caption><div>Boats</caption><tr><td>1<td>2</table>{MAIN}",
    "a div in the header of an article": f"<article><header class=menu><div>{TOP}</header>{STORY}</article>",
    "a link around a box": f"<div><a href=/><div>Logo</div>{TOP}{STORY.replace('council', '<a href=/c>council</a>')}</div>",
    "a drawing": f"<svg><symbol><path d=M1>{TOP}{STORY}",
    "a drawing in a button": f"<button><svg><path d=M1></button><svg><g>{MAIN}",
    "a head": f"</head><section>{TOP}{STORY}</section>",
}


@pytest.mark.parametrize("name", LEFT_OPEN)
def test_story_behind_what_was_left_open(name: str) -> None:
    assert body_of(LEFT_OPEN[name]) == PARAGRAPHS


def test_section_in_a_head_without_an_end() -> None:
    assert body_of(f"<section>{TOP}{STORY}</section>", head_ends=False) == PARAGRAPHS


MARKUP = [
    "<nav><div>a</nav>b",
    "<nav><div><span>a</nav>b</span>c",
    "<div><nav><p>a</div>b</nav>c",
    "<button>a<button>b</button>c</button>d",
    "<p>a<section>b</p>c</section>d",
    "<p>a<p>b</p></p>c<div>d</p>e</div>f",
    "<span><section>a</span>b</section>c",
    "<h1>a<h2>b</h1>c",
    "<h1>a</h3>b",
    "<ul><li>a<li>b<ul><li>c</ul>d<div><li>e</div>f</ul>g",
    "<ul><li><div>a</ul>b</li></div>c",
    "<dl><dt>a<dd>b<dt>c</dl>d",
    "<select><option>a<option>b<optgroup><option>c</select>d",
    "<table><tr><td>a<td>b<tr><th>c<table><tr><td>d</table>e</table>f",
    "<table><thead><tr><td><div>a<tbody><tr><td>b</table>c",
    "<table><caption><div>a</caption><tr><td>b</td></tr></table>c",
    "<form><div>a</form>b<form>c</div>d",
    "<div><svg><path><g><p>a</p></svg>b</div>c",
    "<div><svg><title>a</title><path></div>b",
    "<form><p>a</form>b",
    "<nav><p>a</form>b<main>c",
    "<a>a<b>b<a>c</a>d</b>e",
    "<object><div>a</object>b",
    "<script>if (a < b) '</nav><div>'</script><nav><div>c</nav>d",
    "<textarea><nav><div></textarea><nav><div>a</nav>b",
    "<!-- <nav><div> --><nav><div>a</nav><!-->b",
    "<nav title='a > b' data-x=\"</nav>\"><div>a</nav>b",
    "<NAV><Div>a</nAV >b",
    "<x-y><div>a</x-y>b</div>c",
    "a</nav>b</div>c",
    "<nav><br/><img src=x><hr></hr><div/>a</nav>b",
]


def texts(root: etree._Element) -> list[tuple[list[str], str]]:
    """The texts of a page's body, each behind the elements around it."""
    found: list[tuple[list[str], str]] = []
    for text in root.xpath("/html/body//text()[normalize-space()]"):
        element = text.getparent()
        around = [*element.iterancestors()] if text.is_tail else [element, *element.iterancestors()]
        names = [etree.QName(one).localname.lower() for one in reversed(around)]
        within = [name for name in names if name not in ("tbody", "b")]
        before = found.pop()[1] if found and found[-1][0] == within else ""
        found.append((within, before + text.strip()))
    return found


@pytest.mark.parametrize("markup", MARKUP)
def test_same_as_a_parser_for_html(markup: str) -> None:
    """Every text stands in the same elements; but parts of fonts, and the bodies of tables that are implied."""
    page = f"<!doctype html><html><head><title>x</title></head><body>{markup}"
    ours = root_of(well_nested(page.encode()), "https://news.example/")
    if "<div/>" in markup:
        page = page.replace("<div/>", "<div></div>")  # as the author means it
    theirs = html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False).getroot()
    assert texts(ours) == texts(theirs)


def test_link_begins_again_in_the_box_that_another_ends() -> None:
    assert (
        well_nested(b"<body><a href=1><div>a<a href=2>b</a>c</div>d")
        == b"<body><a href=1></a><div><a href=1>a</a><a href=2>b</a>c</div>d"
    )


@pytest.mark.parametrize(
    "markup", [b"", b"a < b", b"<", b"<p", b"</", b"<!--", b"<p a='", b"</", b"<script>", b"<a<b>"]
)
def test_what_is_no_markup_stays(markup: bytes) -> None:
    assert well_nested(b"<body>" + markup) == b"<body>" + markup
