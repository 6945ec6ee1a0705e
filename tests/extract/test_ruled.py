"""Bodies by a publisher's rule: the same goes from them as from any body, and what a rule is sure of stays."""

from __future__ import annotations

import pytest

from newscrawl.extract.body import extract_body
from newscrawl.extract.page import Page
from newscrawl.extract.prose import Told
from newscrawl.publishers import Publisher

STORY = [
    "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate.",
    "Forty barges were waiting by the evening, some of them with fruit that will not keep until the weekend.",
    "“We have asked for a crane from the next port up the coast,” she said, and gave no date for the repair.",
    "The lock was built when the river still carried coal, and has been repaired eleven times since then.",
]
LINKS = "<ul><li><a href=/a>The ferry that never came to the town</a><li><a href=/b>A crane on its way up the coast</a></ul>"
LEDGER = Publisher(name="ledger.example", hosts=("ledger.example",), rules={"body": (".text",), "rest": (".rest",)})


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def body(inside: str, around: str = "{}") -> list[str]:
    html = f"<html><body><h1>Lock closed</h1>{around.format(f'<div class=text>{inside}</div>')}</body></html>"
    found, _ = extract_body(
        Page(html, "https://ledger.example/lock"), LEDGER, Told("Lock closed"), premium=False, live=False, dated=False
    )
    return [block.text for block in found]


@pytest.mark.parametrize(
    "box",
    [
        "<div class=newsletter-box><p>Our letter comes every morning, and it tells you of all that happened at night.</p></div>",
        "<div class=related><h3>Related</h3><p>The ferry that never came, and what the town made of it then.</p></div>",
        "<div class=share-tools><p>Tell the people whom you know about this story.</p></div>",
        "<div id=cookie-consent><p>We would like to keep small files on your telephone, and to count you.</p></div>",
        "<section class=comments><p>My grandfather worked at that lock for thirty years, and he says the gate is thin.</p></section>",
        "<div class=whatsapp-teaser><p>The harbour writes to your telephone, each evening at six.</p></div>",
        "<div class=newsticker><p>12:30 A storm is on its way to the coast.</p></div>",
        "<div class=embed><p>The map waits for your consent to its provider.</p></div>",
        "<div role=complementary><p>The river has four locks, and each was built by another engineer.</p></div>",
        "<p>Zum Weiterklicken</p>" + LINKS,
        LINKS,
        "<p>Read more: <a href=/x>The ferry that never came to the town</a></p>",
        "<p>Mehr zum Thema</p>",
        "<div><img src=x.jpg><p>The lower gate on Tuesday.</p></div>",
        "<p class=wp-caption-text>The lower gate, seen from the bridge that leads to the port on a clear day.</p>",
        f"<blockquote>{STORY[2][1:30]} from the next port up the coast</blockquote>",
        "<p>© 2025 The Ledger</p>",
        f"<p>{STORY[0]}</p>",
    ],
)
def test_what_goes_from_any_body_goes(box):
    assert body(paragraphs(STORY[:2]) + box + paragraphs(STORY[2:])) == STORY


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<h2>Eleven repairs</h2>", "Eleven repairs"),
        ("<div>₹300</div>", "₹300"),
        ("<ul><li>Forty barges wait</ul>", "Forty barges wait"),
        ("<table><tr><td>Barges</td><td>40</td></tr></table>", "Barges | 40"),
        ("<figure class=table><table><tr><td>Barges</td><td>40</td></tr></table></figure>", "Barges | 40"),
        ("<div class=embed><blockquote><p>It is a good lock, and it was a good lock then.</p></blockquote></div>", "It is a good lock, and it was a good lock then."),
        ("<p><a href=/l>The law on locks of the year of the flood says that they are hers.</a></p>", "The law on locks of the year of the flood says that they are hers."),
        ("<header><p>It has no name yet.</p></header>", "It has no name yet."),
    ],
)  # fmt: skip
def test_what_is_the_story_stays(markup, kept):
    assert body(paragraphs(STORY[:2]) + markup + paragraphs(STORY[2:])) == [*STORY[:2], kept, *STORY[2:]]


def test_a_name_on_much_of_the_story_says_nothing():
    assert body(f"<div class=promo-text>{paragraphs(STORY[:3])}</div>{paragraphs(STORY[3:])}") == STORY
    assert body("".join(f"<section class=related><p>{text}</p></section>" for text in STORY)) == STORY


@pytest.mark.parametrize("name", ["widget-58ad1d2", "block-3nav7c", "x-1related2a"])
def test_the_hash_of_a_class_names_nothing(name):
    assert body(paragraphs(STORY[:3]) + f"<div class={name}><p>{STORY[3]}</p></div>") == STORY


def test_the_element_that_the_rule_names_may_have_any_name():
    html = f"<html><body><h1>Lock closed</h1><div class='text comments related'>{paragraphs(STORY)}</div></body></html>"
    page = Page(html, "https://ledger.example/lock")
    found, _ = extract_body(page, LEDGER, Told("Lock closed"), premium=False, live=False, dated=False)
    assert [block.text for block in found] == STORY


def test_a_story_that_is_a_list_of_links_stays():
    assert (
        len(body(f"<p>{STORY[0]}</p>{LINKS}" + LINKS.replace("The", "Another").replace("A crane", "Two cranes"))) == 5
    )


def test_a_menu_in_the_story_s_place_is_none():
    assert body(LINKS) == []


def test_the_rest_of_the_story_where_it_is_shown():
    rest = f"<div class=rest><p>{STORY[2]}</p></div><div class=rest><p>{STORY[3]}</p></div>"
    assert body(paragraphs(STORY[:2]), "{}" + rest) == STORY
    assert body(paragraphs(STORY[:2]) + rest) == STORY
    assert body(paragraphs(STORY[:2]), "{}<div hidden>" + rest + "</div>") == STORY[:2]
