"""Pull quotes that repeat a paragraph, and quotations that do not."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawl.extract.blocks import blocks
from newscrawl.extract.pull_quotes import without_pull_quotes

SAID = "We have asked for a crane from the next port up the coast"
STORY = [
    "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate.",
    f"“{SAID},” said Ann Diver, who has kept the lock for nine years, and gave no date for the repair.",
]


def left(markup: str, *, first: bool = False) -> list[str]:
    paragraphs = [f"<p>{text}</p>" for text in STORY]
    paragraphs.insert(0 if first else 2, markup)
    return [block.text for block in without_pull_quotes(blocks(html.fromstring(f"<div>{''.join(paragraphs)}</div>")))]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    "markup",
    [
        f"<blockquote>{SAID}</blockquote>",
        f"<blockquote><p>“{SAID}.”</p><p>Ann Diver, lock keeper</p></blockquote>",
        f"<blockquote>“{SAID}” – Ann Diver</blockquote>",
        f"<div class=pull-quote><p>{SAID}</p><span>Ann Diver</span></div>",
        f"<figure class=article__pullquote><div>{SAID.upper()}</div></figure>",
        f"<p>“{SAID}”</p>",
        f"<p>»{SAID}«</p>",
        "<blockquote>“We have asked for a crane from the next port”</blockquote>",
        "<blockquote>We have asked for a crane … from the next port up the coast</blockquote>",
    ],
)
def test_a_pull_quote_goes_with_its_name(markup, first):
    assert left(markup, first=first) == STORY


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<blockquote>It is a good lock, and it was a good lock then.</blockquote>", "It is a good lock, and it was a good lock then."),
        ("<blockquote>We have asked</blockquote>", "We have asked"),
        ("<p>“It is a good lock, and it was a good lock then.”</p>", "“It is a good lock, and it was a good lock then.”"),
        ("<h2>“We have asked for a crane from the next port”</h2>", "“We have asked for a crane from the next port”"),
        ("<ul><li>“We have asked for a crane from the next port”</ul>", "“We have asked for a crane from the next port”"),
        ("<p>A crane from the next port up the coast is to lift the gate.</p>", "A crane from the next port up the coast is to lift the gate."),
    ],
    ids=["another", "short", "plain", "heading", "item", "no-quote"],
)  # fmt: skip
def test_other_quotations_stay(markup, text):
    assert left(markup) == [*STORY, text]


def test_two_quotes_that_are_the_same_do_not_remove_each_other():
    quote = f"<blockquote>{SAID}</blockquote>"
    found = blocks(html.fromstring(f"<div><p>{STORY[0]}</p>{quote}{quote}</div>"))
    assert len(without_pull_quotes(found)) == 3
