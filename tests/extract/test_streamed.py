"""Parts of a page that are sent behind their places."""

from __future__ import annotations

import pytest

from newscrawl.extract.page import Page
from tests.extract.stories import HEADLINE, PARAGRAPHS, STORY, body_of

ARTICLE = f"<article><h1>{HEADLINE}</h1>{STORY}</article>"
WAIT = "<p>The story is on its way to you, and takes no more than a moment or two to come.</p>"
FOOTER = "<footer><p>All that is printed here was written by people who live on the islands.</p></footer>"

PAGES = {
    "with its script": (
        "<main><template id='B:0'></template><div class=grey></div></main>"
        f"{FOOTER}<div hidden id='S:0'>{ARTICLE}</div><script>$RC('B:0','S:0')</script>"
    ),
    "with what is shown before": (
        f"<main><!--$?--><template id='B:0'></template>{WAIT}<!--/$--></main>{FOOTER}<div hidden id='S:0'>{ARTICLE}</div>"
    ),
    "with pairs of comments in what is shown before": (
        f"<main><!--$?--><template id='B:0'></template>{WAIT}<!--$--><p>Wait.</p><!--/$-->{WAIT}<!--/$--></main>"
        f"<div hidden id='S:0'>{ARTICLE}</div>"
    ),
    "with a number in letters and a name before": (
        f"<main><!--$?--><template id='x-B:1f'></template>{WAIT}<!--/$--></main><div hidden id='x-S:1f'>{ARTICLE}</div>"
    ),
    "hidden by its style": (
        f"<main><!--$?--><template id=B:0></template><!--/$--></main><div style='display:none' id=S:0>{ARTICLE}</div>"
    ),
    "in two parts, the outer one first": (
        f"<main><!--$?--><template id='B:0'></template>{WAIT}<!--/$--></main>"
        f"<div hidden id='S:0'><article><h1>{HEADLINE}</h1><template id='P:1'></template></article></div>"
        f"<div hidden id='S:1'>{STORY}</div>"
    ),
    "in two parts, the inner one first": (
        f"<main><!--$?--><template id='B:0'></template>{WAIT}<!--/$--></main><div hidden id='S:1'>{STORY}</div>"
        f"<div hidden id='S:0'><article><h1>{HEADLINE}</h1><!--$?--><template id='B:1'></template><!--/$--></article></div>"
    ),
    "by Solid": (
        f"<main><template id='pl-0'></template>{WAIT}<!--pl-0--></main><template id='0'>{ARTICLE}</template>"
        "<script>$df('0')</script>"
    ),
    "by Marko": f"<main><noscript id=afph0></noscript></main><div id=af0 style='display:none'>{ARTICLE}</div>",
    "in slots": (
        f"<main><h1>{HEADLINE}</h1><x-story><template shadowrootmode=open><style>p {{}}</style><div><slot></slot></div>"
        f"</template>{STORY}</x-story></main>"
    ),
    "in a shadow tree": (
        f"<main><h1>{HEADLINE}</h1><x-story><template shadowrootmode=open>{STORY}</template></x-story></main>"
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_story_that_is_sent_behind_its_place(name: str) -> None:
    assert body_of(PAGES[name]) == PARAGRAPHS


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden id='S:0'>{}</div>",  # without a place
        "<div hidden id='S:0'>{}</div><template id='B:1'></template>",
        "<div hidden id='S:0'>{}<template id='B:0'></template></div>",  # its place is in it
        "<div hidden id='S:0'>{}<template id='B:1'></template></div><div hidden id='S:1'><template id='B:0'></template></div>",
        "<div style='display: none' class=rest>{}</div><template id='B:0'></template>",
        "<template id=rest>{}</template>",
    ],
)
def test_what_no_place_is_kept_for_stays_hidden(hidden: str) -> None:
    rest = "The rest of the story is for those who pay for it, and says what the boat is to cost in the next year."
    markup = f"<main><h1>{HEADLINE}</h1>{STORY}{hidden.format(f'<p>{rest}</p>')}</main>"
    assert body_of(markup) == PARAGRAPHS


def test_part_within_a_line() -> None:
    page = Page(
        "<body><p>A <template id='B:0'></template>bad<!--/$--> day<!-- x -->s</p><div hidden id='S:0'>good <b>old</b></div>c",
        "https://islands.example/",
    )
    assert "".join(page.root.find("body").itertext()) == "A good old daysc"


def test_slots_with_names() -> None:
    page = Page(
        "<body><x-y><template shadowrootmode=open><i><slot name=b></slot></i><u><slot>none</slot></u></template>"
        "<em slot=b>b</em><em>a</em></x-y>",
        "https://islands.example/",
    )
    assert [element.getparent().getparent().tag for element in page.root.iter("em")] == ["i", "u"]


@pytest.mark.parametrize(
    "markup",
    [
        "<html id='B:0'><body hidden id='S:0'><p>a",
        "<body><template id='B:0'><div hidden id='S:0'>a</div></template>b",
        "<body id='S:0' hidden><template id='B:0'></template>",
        "<template id='pl-pl-x'></template><template id='pl-x'>a</template><template id='x'>b</template>",
        "<template id='B:0' shadowrootmode=open></template><!-- --><div hidden id='S:0'></div>",
    ],
)
def test_any_places_are_read(markup: str) -> None:
    assert Page(markup, "https://islands.example/").root is not None
