"""What a paragraph weighs. Each threshold: what is just below, and what is just above."""

from __future__ import annotations

import pytest

from newscrawl.extract.blocks import Block
from newscrawl.extract.weights import LABEL, LONG, MOST_AGAINST, PROSE, prose_of, weight_of


def sentence(size: int) -> str:
    return "A" * (size - 1) + "."


@pytest.mark.parametrize(
    ("text", "tag", "weight"),
    [
        (sentence(PROSE + 1), "div", PROSE + 1),
        (sentence(PROSE), "div", 0),
        ("A" * (LONG + 1), "div", LONG + 1),
        ("A" * LONG, "div", 0),
        ("A" * LONG + ":", "div", LONG + 1),
        ("A" * PROSE + ":", "div", PROSE + 1),
        ("門" * 20 + "。", "div", 63),
        ("A" * LABEL, "div", 0),
        ("A" * (LABEL - 1), "div", 1 - LABEL),
        ("It is shut for now.", "div", 1),
        ("It is shut.", "div", -11),
        ("it is shut for now.", "div", -19),
        ("It is shut.", "p", 1),
        ("Lock closed", "p", 0),
        ("It is shut.", "li", 0),
        (sentence(PROSE + 1), "h2", 0),
        ("https://paper.example/" + sentence(PROSE), "p", 0),
    ],
)
def test_sentences_weigh_for_a_story_and_labels_against_it(text, tag, weight):
    assert weight_of(Block(text, tag)) == weight


@pytest.mark.parametrize(
    ("size", "linked", "weight"),
    [
        (100, 59, 100),
        (100, 60, 0),  # a sentence with a long link in it
        (100, 92, 0),
        (99, 92, -MOST_AGAINST),
        (100, 100, 0),  # a sentence that is one link
        (99, 99, -MOST_AGAINST),
        (20, 20, -20),
        (MOST_AGAINST + 1, MOST_AGAINST + 1, -MOST_AGAINST),
    ],
)
def test_links_weigh_against_a_story(size, linked, weight):
    assert weight_of(Block(sentence(size), "p", linked)) == weight


@pytest.mark.parametrize(("size", "linked", "weight"), [(80, 60, 20), (79, 60, 0), (80, 80, -MOST_AGAINST)])
def test_an_item_of_a_list_of_links_is_prose_by_what_it_says_beside_the_link(size, linked, weight):
    assert weight_of(Block(sentence(size), "li", linked)) == weight


def test_a_short_line_with_a_link_is_a_label():
    assert weight_of(Block("It is shut for now.", "div", 2)) == -19


def test_prose_is_what_weighs_for_a_story():
    assert prose_of([100, -30, 0, 1]) == 101
