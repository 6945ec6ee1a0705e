"""The dateline."""

import pytest

from newscrawl.extract.dateline import OPENING_PARAGRAPHS, dateline
from tests.extract.invented import SENTENCE, page


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("MARO (AP) — ", "Maro"),
        ("RIO DE MARO, Sept 3 (Reuters) - ", "Rio de Maro"),
        ("Maro, 3. Sept. (dpa) – ", "Maro"),
        ("MARO — ", None),
        ("MARO (the port) — ", None),
    ],
)
def test_the_place_that_a_story_begins_with(opening: str, place: str | None) -> None:
    assert dateline(page(f"<p>{opening}{SENTENCE}</p>")) == (place, "dateline" if place else None)


def test_the_first_paragraphs_of_the_story_alone_have_it() -> None:
    one, with_place = f"<p>{SENTENCE}</p>", f"<p>MARO (AP) — {SENTENCE}</p>"
    assert dateline(page("<p>Photo</p>" * 9 + one * (OPENING_PARAGRAPHS - 1) + with_place)).value == "Maro"
    assert dateline(page(one * OPENING_PARAGRAPHS + with_place)).value is None
    assert dateline(page(f"<aside>{with_place}</aside>")).value is None
