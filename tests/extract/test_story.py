"""What belongs to the story."""

import pytest

from newscrawl.extract.story import is_own
from tests.extract.invented import page


@pytest.mark.parametrize(
    ("markup", "own"),
    [
        ("<p><b>mark</b></p>", True),
        ("<p><b hidden>mark</b></p>", False),
        ("<p><b style='display: none'>mark</b></p>", False),
        ("<a href=/other><b>mark</b></a>", False),
        ("<ul><li><b>mark</b></ul>", False),
        ("<aside><div><b>mark</b></div></aside>", False),
        ("<div class='teaser card'><b>mark</b></div>", False),
        ("<div class='card__text'><b>mark</b></div>", False),
        ("<div class='discard'><b>mark</b></div>", True),
        ("<header><h1>Harbour reopens</h1><b>mark</b></header>", True),
        ("<header><b>mark</b></header><h1>Harbour reopens</h1>", False),
    ],
)
def test_a_mark_is_the_storys_own(markup: str, own: bool) -> None:
    shown = page(markup)
    assert is_own(shown.tree.tagged("b")[0], shown) is own
