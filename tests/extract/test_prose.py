"""Which of a page's prose is the story. Each threshold: what is just below, and what is just above."""

from __future__ import annotations

import pytest

from newscrawl.extract.page import Page
from newscrawl.extract.prose import Story, Told, find_story


def told(number: int, size: int = 100) -> str:
    """A sentence of so many bytes."""
    return f"The lock was shut for the {number}th time".ljust(size - 1, "x") + "."


def paragraphs(count: int, size: int = 100, first: int = 0) -> str:
    return "".join(f"<p>{told(first + number, size)}</p>" for number in range(count))


def story(markup: str, headline: str = "Lock closed") -> Story:
    page = Page(f"<html><body>{markup}</body></html>", "https://paper.example/lock")
    return find_story(page, Told(headline))


def texts(markup: str, headline: str = "Lock closed") -> list[str]:
    return [block.text for block in story(markup, headline).blocks]


@pytest.mark.parametrize(("size", "found"), [(99, False), (100, True)])
def test_two_sentences_make_a_story(size, found):
    assert bool(texts(paragraphs(2, size))) is found


def test_a_page_without_a_body_has_no_story():
    assert find_story(Page("", "https://paper.example/"), Told("Lock closed")) == Story([], certain=False)


@pytest.mark.parametrize(
    ("count", "size", "certain"),
    [(10, 100, True), (10, 99, False), (3, 334, True), (2, 500, False), (20, 60, False)],
    ids=["enough", "too-little", "three", "two", "short-sentences"],
)
def test_many_sentences_are_certainly_a_story(count, size, certain):
    assert story(paragraphs(count, size)).certain is certain


@pytest.mark.parametrize(
    ("above", "certain"),
    [
        ("<div>03/05/2025 - Ann</div>", True),
        ("<div>2025-05-03</div><div>By Ann</div><div>Harbour</div>", True),
        ("<div>2025-05-03</div><div>By Ann</div><div>Harbour</div><div>Sea</div>", False),
        (f"<div>2025-05-03 {'x' * 108}</div>", True),
        (f"<div>2025-05-03 {'x' * 109}</div>", False),
        ("<div>3 May</div>", False),
    ],
    ids=["above", "third-above", "fourth-above", "line", "longer", "no-date"],
)
def test_a_date_close_above_makes_a_story_certain(above, certain):
    assert story(f"{above}<div>{paragraphs(2)}</div>").certain is certain


@pytest.mark.parametrize(("count", "kept"), [(4, False), (5, True)], ids=["40-percent", "more"])
def test_a_hinted_element_with_much_of_the_prose_is_the_storys(count, kept):
    markup = f"<div><div class=related>{paragraphs(count)}</div>{paragraphs(6, first=10)}</div>"
    assert (told(0) in texts(markup)) is kept


def test_elements_of_the_same_class_count_together():
    boxes = "".join(f"<div class=teaser-widget>{paragraphs(1, first=n)}</div>" for n in range(5))
    assert len(texts(f"<div>{boxes}{paragraphs(6, first=10)}</div>")) == 11


@pytest.mark.parametrize(("size", "kept"), [(100, False), (101, True)], ids=["a-fifth", "more"])
def test_the_story_is_where_nearly_all_of_the_prose_stands(size, kept):
    """What stands beside the element that holds four fifths of it goes."""
    markup = f"<div><div>{paragraphs(4)}</div><div><p>{told(9, size)}</p></div></div>"
    assert (told(9, size) in texts(markup)) is kept


def test_a_lead_above_the_storys_element_is_the_storys():
    assert texts(f"<div><p>{told(9, 61)}</p><div>{paragraphs(8)}</div></div>")[0] == told(9, 61)
    assert texts(f"<div><p>{told(9, 60)}</p><div>{paragraphs(8)}</div></div>")[0] == told(0)
    assert texts(f"<div><div>{told(9, 61)}</div><div>{paragraphs(8)}</div></div>")[0] == told(0)


@pytest.mark.parametrize(("labels", "most"), [(2, 9), (40, 9)], ids=["few", "many"])
def test_labels_between_paragraphs_do_not_outweigh_them(labels, most):
    told_apart = "".join(f"<div><div>{told(n)}</div></div>" for n in range(9))
    found = texts(f"<div>{told_apart}{'<div>Plan of all the locks on this river now</div>' * labels}</div>")
    assert [text for text in found if text.startswith("The lock")] == [told(n) for n in range(most)]


def test_of_a_short_story_labels_do_not_leave_one_paragraph_alone():
    """As of a premium story's free opening, which has the prompts to subscribe right behind it."""
    labels = "".join(
        f"<div>{label}</div>" for label in ("Advertisement", "Listen to this", "Log in", "Plans and prices")
    )
    opening = "".join(f"<div>{told(n, size)}</div>" for n, size in enumerate((150, 100)))
    assert texts(f"<h2>Lock</h2><div>{opening}{labels}</div>")[:2] == [told(0, 150), told(1, 100)]


def card(title: str, teaser: str, tag: str = "h3") -> str:
    return f"<div><{tag}>{title}</{tag}>{teaser}</div>"


TITLE = "<a>The ferry that never came</a>"  # 25 characters


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        (card(TITLE, f"<p>{told(9)}</p>"), False),
        (card("<a>The ferry that never</a>", f"<p>{told(9)}</p>"), True),  # 20 characters
        (card("<a>The ferry that never</a>!", f"<p>{told(9)}</p>"), False),
        (card(TITLE + " " + "x" * 36, f"<p>{told(9)}</p>"), False),  # 62 of 25 linked
        (card(TITLE + " " + "x" * 37, f"<p>{told(9)}</p>"), True),
        (card("<a>Lock closed: what is known now</a>", f"<p>{told(9)}</p>"), False),
        (card(TITLE, f"<p>{told(9)}</p>", "div"), False),
        (card(TITLE + " xx", f"<p>{told(9)}</p>", "div"), True),  # 25 of 28
        (card(TITLE, f"<p>{told(9)}</p>" + paragraphs(2, first=7)), True),
    ],
    ids=["card", "rubric", "title", "with-rubric", "sentence", "other-title", "unmarked", "partly-linked", "three-paragraphs"],
)  # fmt: skip
def test_the_teaser_below_a_linked_title_is_another_storys(box, kept):
    assert (told(9) in texts(f"<div>{paragraphs(7)}{box}</div>")) is kept


@pytest.mark.parametrize(("headline", "kept"), [("The ferry that never came", True), ("Lock closed", False)])
def test_the_pages_own_headline_may_be_a_link(headline, kept):
    assert bool(texts(card(TITLE, paragraphs(2)), headline)) is kept
