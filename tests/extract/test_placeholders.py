"""Placeholders of blocked embeds, and boxes of like names that hold the story."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawl.extract.blocks import blocks
from newscrawl.extract.placeholders import LONGEST, without_placeholders

STORY = "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate."
ASKED = "This chart is kept back until you give your consent to its provider."


def left(markup: str) -> list[str]:
    return [block.text for block in without_placeholders(blocks(html.fromstring(f"<div><p>{STORY}</p>{markup}</div>")))]


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class=embed><p>Chart</p><p>{ASKED}</p></div>",
        f"<div class='o-embedPlaceholder'><h4>Chart</h4><div><p>{ASKED}</p></div></div>",
        f"<figure class=media-consent>{ASKED}</figure>",
        "<div class=two-click><p>Karte</p><p>Zum Anzeigen ist Ihre Zustimmung nötig.</p></div>",
        "<div class=iframe-wrapper><p>Nastavení soukromí neumožňuje zobrazit mapu.</p></div>",
        "<div class=embed-blocked><p>このコンテンツの表示には同意が必要です。</p></div>",
    ],
)
def test_a_placeholder_goes_whole(markup):
    assert left(markup) == [STORY]


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=embed><p>The lock has a song of its own, and children know it.</p></div>",
        f"<div class=text><p>{ASKED}</p></div>",
        f"<div class=embed><p>{ASKED}</p><p>{'The lock has a song. ' * 50}</p></div>",
        f"<article class=embed><p>{ASKED}</p></article>",
    ],
    ids=["another-matter", "another-name", "long", "article"],
)
def test_other_boxes_stay(markup):
    assert len(left(markup)) > 1


def test_the_longest():
    assert len(STORY) < LONGEST
