"""What speaks for a paragraph being a line of a subscription prompt."""

from __future__ import annotations

import pytest

from newscrawl.offers.weighing import LONGEST_LINE, Weight, languages_of, weight_of
from newscrawl.publishers import GENERIC
from newscrawl.publishers.description import Offers, Publisher

OWN = Publisher(name="own.example", offers=Offers(certain=("enough",), likely=(r"plan \w",)))


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Already a subscriber? Log in", Weight.CERTAIN),
        ("👉 Follow us on X", Weight.CERTAIN),
        ("Enough", Weight.CERTAIN),
        ("Plan A", Weight.LIKELY),
        ("Newsletter", Weight.LABEL),
        ("$9.99 / month", Weight.LABEL),
        ("•", Weight.LABEL),
        ("WhatsApp", Weight.NAME),
        ("The port opens on Monday.", Weight.STORY),
        # A row weighs what the most telling of its cells does, if each says something.
        ("Newsletter | Plan A", Weight.LIKELY),
        ("Newsletter | Monday", Weight.STORY),
        # Who is quoted, or reports, is no publisher.
        ("“Follow us on X”, the sign read.", Weight.STORY),
        ("Follow us on X, the fake account told its victims.", Weight.STORY),
        # The sentences beside it speak to the reader, ask, or are short.
        ("Follow us on X. Stay informed.", Weight.CERTAIN),
        ("Follow us on X. We tell you what moves the port before others do.", Weight.CERTAIN),
        ("Follow us on X. The ferry turned back at noon and nobody came ashore.", Weight.STORY),
    ],
)
def test_weights(text, weight):
    assert weight_of(text, OWN, ("en",)) is weight


def test_without_languages_only_the_publisher_s_own_wording_weighs():
    assert weight_of("Follow us on X", OWN, ()) is Weight.STORY
    assert weight_of("Newsletter", OWN, ()) is Weight.STORY
    assert weight_of("Enough", OWN, ()) is Weight.CERTAIN


def test_letters_add_their_languages():
    assert weight_of("Подписывайтесь на наш канал", GENERIC, ("en",)) is Weight.CERTAIN


def test_a_longer_text_is_no_line_of_a_prompt():
    text = "Follow us on X. " + "We tell you more. " * 20
    assert weight_of(text[:LONGEST_LINE].strip(), GENERIC, ("en",)) is Weight.CERTAIN
    assert weight_of(text[: LONGEST_LINE + 1], GENERIC, ("en",)) is Weight.STORY


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de-AT", ("de", "en")),
        ("nb-NO", ("no", "en")),
        ("en", ("en",)),
        ("xx", ("en",)),
        ("", ("en",)),
        (None, ("en",)),
    ],
)
def test_languages(language, expected):
    assert languages_of(language) == expected
