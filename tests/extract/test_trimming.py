"""What stands among a story's paragraphs and goes. Each threshold: what is just below, and what is just above."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawl.extract.blocks import Block, blocks
from newscrawl.extract.trimming import below_headline, headline_among, trimmed, without_captions
from newscrawl.extract.weights import Weighed, weight_of

LONG = "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate."
OTHER = "Forty barges were waiting by the evening, some of them with fruit that will not keep until the weekend."


def weighed(markup: str) -> tuple[list[Block], list[Weighed]]:
    found = blocks(html.fromstring(f"<div>{markup}</div>"))
    return found, [Weighed(block, weight_of(block)) for block in found]


def trim(markup: str, authors: tuple[str, ...] = ()) -> list[str]:
    return [block.text for block in trimmed(weighed(f"<p>{LONG}</p>{markup}<p>{OTHER}</p>")[1], authors)][1:-1]


def end(markup: str, authors: tuple[str, ...] = ()) -> list[str]:
    return [block.text for block in trimmed(weighed(f"<p>{LONG}</p><p>{OTHER}</p>{markup}")[1], authors)][2:]


@pytest.mark.parametrize(
    ("above", "kept"),
    [("<p>" + "A" * 60 + ".</p>", False), ("<p>" + "A" * 200 + ".</p>", True)],
    ids=["15-percent-at-most", "more"],
)
def test_what_stands_above_the_headline_goes(above, kept):
    found, story = weighed(f"{above}<h1>Lock closed</h1>" + f"<p>{LONG}</p>" * 6)
    first = below_headline(found, story, headline_among(found, "Lock closed"))[0].block.text
    assert first.startswith("A" if kept else "The harbour")


@pytest.mark.parametrize(("headline", "found_in_text"), [("Lock closed", True), ("Ferry late", False)])
def test_the_headline_may_be_any_paragraph(headline, found_in_text):
    found, story = weighed("<p>By Ann Diver</p><p>LOCK, closed!</p>" + f"<p>{LONG}</p>")
    assert (below_headline(found, story, headline_among(found, headline))[0].block.text == LONG) is found_in_text


def captions(box: str) -> list[str]:
    found, story = weighed(f"<section>{box}</section>")
    return [block.text for block, _ in without_captions(found, story)]


CAPTION = "The lower gate on Tuesday."  # 26 characters: its box has fewer than 1.5 * 26 + 40 = 79


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        (f"<div><img><p>{CAPTION}</p></div>", False),
        (f"<div><p>{CAPTION}</p></div>", True),
        (f"<div><img><p>{CAPTION}</p><b>{'b' * 52}</b></div>", False),
        (f"<div><img><p>{CAPTION}</p><b>{'b' * 53}</b></div>", True),
        (f"<div><img><p>{CAPTION}</p><script>{'b' * 99}</script></div>", False),
        (f"<div><img><style>{'b' * 99}</style><p>{CAPTION}</p></div>", False),
        (f"<div><img><template>{'b' * 99}</template><p>{CAPTION}</p></div>", False),
        (f"<div><img><div><div><p>{CAPTION}</p></div></div></div>", False),
        (f"<div><img><div><div><div><p>{CAPTION}</p></div></div></div></div>", True),
        (f"<div><img><ul><li>{CAPTION}</ul></div>", True),
        (f"<div><img><p>{'A' * 300}</p></div>", False),
        (f"<div><img><p>{'A' * 301}</p></div>", True),
    ],
    ids="beside alone much more script style template deep deeper item long longer".split(),
)
def test_a_text_in_a_box_with_a_picture_is_its_caption(box, kept):
    assert bool(captions(box)) is kept


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<p><a>The ferry that never came to the town</a></p>", False),
        ("<div>Plan of all</div>", False),
        ("<h2>Eleven repairs</h2>", True),
        ("<h3>More</h3><ul><li><a>The ferry that never came</a></ul>", False),
        (f"<p>{LONG}</p>", False),  # said before
        ("<p>Read more: <a>The ferry that never came</a></p>", False),
        ("<p>Read it: the <a>ferry that never came to</a> the town</p>", True),
        ("<p>More: <a>Ferry that never come</a></p>", False),
        ("<p>More: <a>Ferry that never com</a>, it is said.</p>", True),
        ("<p>© 2025 The Paper</p>", False),
        ("<p>© " + "2025 The Paper " * 30 + "</p>", True),
        ("<p>The boat, all rights reserved by its maker, was not hurt.</p>", False),
    ],
)
def test_links_labels_and_boilerplate_go(markup, kept):
    assert bool(trim(markup)) is kept


def test_a_short_line_may_be_said_twice():
    assert trim("<p>“Yes.”</p><p>“Yes.”</p>") == ["“Yes.”", "“Yes.”"]
    assert trim(f"<p>{'A' * 40}.</p>" * 2) == ["A" * 40 + "."]


def test_labels_stay_where_paragraphs_are_not_marked_up():
    def kept(label: str) -> bool:
        story = weighed(f"<div>{LONG}</div><div>{label}</div><div>{OTHER}</div>")[1]
        return label in [block.text for block in trimmed(story, ())]

    assert kept("Plan of all")


@pytest.mark.parametrize(("size", "kept"), [(99, False), (100, True)])
def test_a_story_may_begin_with_a_long_line_without_a_full_stop(size, kept):
    story = weighed(f"<p>{'A' * size}</p><p>{LONG}</p>")[1]
    assert (len(trimmed(story, ())) == 2) is kept


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<h2>More stories</h2>", False),
        ("<ul><li>A crane <a>of</a></ul>", True),
        ("<ul><li>A crane <a>of the port</a></ul>", False),
        ("<p>Ann Diver lives on a barge with two cats.</p>", False),
        ("<p>By Ann Diver, who lives on a barge.</p>", False),
        ("<p>Here Ann Diver lives on a barge.</p>", True),
        ("<p>Ann Diver lives on a barge.</p>" + "".join(f"<p>It is number {n}.</p>" for n in range(4)), True),
    ],
)
def test_how_a_story_ends(markup, kept):
    assert bool(end(markup, ("Ann Diver",))) is kept


@pytest.mark.parametrize("author", ["i", "Ann", "Lock & Quay", "Maro Press Group"])
def test_only_a_persons_whole_name_tells_of_the_author(author: str) -> None:
    text = f"{author} reopened the lock on Wednesday."
    assert end(f"<p>{text}</p>", (author,)) == [text]


def test_a_top_heading_within_the_story_is_a_subhead():
    found, story = weighed(f"<h1>Lock closed</h1><p>{OTHER}</p><h1>Barges wait</h1>" + f"<p>{LONG}</p>" * 9)
    assert below_headline(found, story, headline_among(found, "Lock closed"))[0].block.text == OTHER


def test_the_first_top_heading_is_the_headline_where_none_says_it():
    found, story = weighed(f"<h1>Shut</h1><p>{OTHER}</p><h1>Barges wait</h1>" + f"<p>{LONG}</p>" * 9)
    assert below_headline(found, story, headline_among(found, "Lock closed"))[0].block.text == OTHER


def test_a_paragraph_right_below_a_heading_is_no_caption():
    found, story = weighed(
        "<div><h2>1. The lock</h2><div><img><p>It is shut.</p></div></div><div><img><p>A lock.</p></div>"
    )
    assert [one.block.text for one in without_captions(found, story)] == ["1. The lock", "It is shut."]


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("<h2>What is known</h2>", True),
        ("<h2><a>What is known</a></h2>", False),
        ("<h1>Lock closed</h1>", False),
        ("<div><h2>Lock news</h2></div>", False),
        ("<b>Velmont/Norr:</b>", True),
        ("<b>VELMONT —</b>", True),
        ("<b>Velmont, Norr –</b>", True),
        ("<b>Listen:</b>", False),
        ("<div>VELMONT:</div>", False),
    ],
)
def test_a_story_begins_with_its_heading_or_dateline(before, kept):
    _, story = weighed(f"{before}<p>{LONG}</p><p>{OTHER}</p>")
    assert (len(trimmed(story, ())) == 3) is kept


@pytest.mark.parametrize(("count", "kept"), [(2, False), (3, True)])
def test_headings_that_are_links_are_items_of_a_story_that_is_a_list(count, kept):
    items = "".join(f"<h3><a>Lock {n}</a></h3><p>{LONG} {n}.</p>" for n in range(count))
    assert ("Lock 0" in end(items)) is kept


def test_a_name_of_one_letter_tells_nothing_of_an_author():
    assert end(f"<p>A {OTHER}</p>", ("A",)) == [f"A {OTHER}"]


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        ("<h3>Tell us what you think</h3><p>3 comments</p>", 0),
        ("<h3>What is next</h3><p>A crane.</p>", 2),
        ("<h3>What is next</h3><p>The crane from the next port</p>", 2),
    ],
)
def test_a_heading_with_a_label_alone_ends_no_story(tail, kept):
    assert len(end(tail)) == kept


@pytest.mark.parametrize(("count", "kept"), [(2, 0), (3, 3)])
def test_captions_that_hold_much_of_the_story_are_the_items_of_a_list(count, kept):
    boxes = "".join(f"<div><img><p>{OTHER}</p></div>" for _ in range(count))
    found, story = weighed(f"<p>{LONG}</p><p>{LONG}</p><p>{LONG}</p>{boxes}")
    assert len(without_captions(found, story)) == 3 + kept


@pytest.mark.parametrize("line", ["By Ines Halder", "Von Ines Halder", "Text: Ines Halder"])
def test_a_byline_in_the_story_goes(line):
    assert trim(f"<p>{line}</p>", ("Ines Halder",)) == []
    assert trim(f"<p>{line}</p>", ("Ada Lorenz",)) == [line]
