"""Forms that stories take: lists with pictures, key points, large first letters, tables that lay out a page."""

from __future__ import annotations

import pytest

from tests.extract.stories import HEADLINE, PARAGRAPHS, STORY, body_of

ITEMS = ["The cart went over the pass in the snow.", "The sound was heard as far as the gate.", "The drawings lay dry."]
TOP = f"<h1>{HEADLINE}</h1>"


@pytest.mark.parametrize(
    "item",
    [
        "<section><h3>Number {}</h3><div><img src=a.jpg><div>{}</div></div></section>",
        "<p><b>Number {}</b></p><div class=shot><img src=a.jpg><p>{}</p></div>",
        "<div class=pair><img src=a.jpg><div class=side><p><strong>Number {}</strong></p><p>{}</p></div></div>",
    ],
)
def test_paragraphs_below_their_headings_are_no_captions(item):
    markup = "".join(item.format(number, text) for number, text in enumerate(ITEMS))
    body = body_of(f"<article>{TOP}{STORY}{markup}</article>")
    assert [text for text in body if text in ITEMS] == ITEMS


def test_captions_without_headings_go():
    markup = "".join(f"<div class=shot><img src=a.jpg><p>{text}</p></div>" for text in ITEMS)
    assert body_of(f"<article>{TOP}{STORY}{markup}</article>") == PARAGRAPHS


def test_a_story_may_end_with_the_list_that_it_is_about():
    items = "".join(f"<li><a href=/n>A title of some length here</a>, and {text.lower()}</li>" for text in PARAGRAPHS)
    body = body_of(f"<article>{TOP}<p>{PARAGRAPHS[0]}</p><ul>{items}</ul></article>")
    assert len(body) == 1 + len(PARAGRAPHS)


def test_all_of_the_key_points_are_read():
    points = ["The ferry runs for two more winters, as the islands had asked.", "It needs eleven sailors."]
    listed = "".join(f"<li>{point}</li>" for point in points)
    body = body_of(f"<article>{TOP}<div class=points><ul>{listed}</ul></div><div class=text>{STORY}</div></article>")
    assert body == [*points, *PARAGRAPHS]


@pytest.mark.parametrize("place", ["THE ISLANDS —", "Little Skerry –"])
def test_a_dateline_may_be_a_paragraph(place):
    body = body_of(f"<article>{TOP}<div><p class=place>{place}</p>{STORY}</div></article>")
    assert body == [place, *PARAGRAPHS]


@pytest.mark.parametrize(
    "beginning",
    [
        "<span aria-hidden=true>T</span><span class=sr-only>The</span> ",
        "<svg><title>T</title></svg><span class=sr-only>T</span>he ",
        "<span class=dropcap>\nT\n</span>he ",
        "<span aria-hidden=true>T</span><span class=sr-only>T</span>he ",
        "<span aria-hidden=true>T</span><span class=sr-only>The</span>he ",
    ],
)
def test_a_large_first_letter_is_read_once(beginning):
    story = STORY.replace("The ", beginning, 1)
    assert body_of(f"<article>{TOP}{story}</article>") == PARAGRAPHS


def test_a_row_of_a_table_may_lay_out_the_page():
    menu = "<td><h3><a href=/n/1>Another story of the coast</a></h3></td>"
    assert body_of(f"<table><tr><td>{TOP}{STORY}</td>{menu}</tr></table>") == PARAGRAPHS


@pytest.mark.parametrize("name", ["content-with-share", "article-gallery-body", "video-lead"])
def test_a_part_named_for_what_goes_with_it_is_read(name):
    first, rest = f"<p>{PARAGRAPHS[0]}</p>", "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])
    assert body_of(f"<article>{TOP}<div class={name}>{first}</div><div>{rest}</div></article>") == PARAGRAPHS
