"""Bodies that markup speaks against: all of it is a vote, and a text is lost only where something is left without it."""

from __future__ import annotations

import json

import pytest

from newscrawl import extract_article

URL = "https://paper.example/2025/harbour-lock"
STORY = [
    "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate, which is of oak.",
    "Forty barges were waiting by the evening, some of them with fruit that will not keep until the weekend, their owners said.",
    "“We have asked for a crane from the next port up the coast,” she told the council, and gave no date for the repair.",
    "The lock was built when the river still carried coal, and has been repaired eleven times since then, mostly in winter.",
    "Until it opens again, the ferry takes what it can carry, and the bakers of the upper town fetch their flour by cart.",
]
BRIEF = STORY[:2]
OTHER = [
    "Three mills on the upper river will share one weir from next year, after a quarrel that went on for two generations.",
    "A school in the old town has found forty slates with sums on them under a floor, the oldest of them from the first war.",
    "The choir of the lower church has lost its room to a laundry and now sings in the fire station on Thursday evenings.",
    "The paper was founded by a ferryman and a baker who could not agree on the price of a loaf, and has argued ever since.",
    "It is printed on Tuesdays and Fridays and is read by everybody who can reach the pier before the rain does, and by some more.",
]
ARTICLE = '<meta property="og:type" content="article"><meta property="og:title" content="Lock closed">'


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(markup: str, head: str = ARTICLE, body: str = "<body>") -> str:
    return (
        f"<html><head><title>Lock closed</title>{head}</head>{body}<nav><a href=/>Home</a></nav>{markup}</body></html>"
    )


def read(markup: str, head: str = ARTICLE, body: str = "<body>") -> tuple[list[str], str | None]:
    article = extract_article(page(markup, head, body), URL, publisher="generic")
    return (article.body.split("\n\n") if article.body else []), article.extraction["body"]


TOP = "<h1>Lock closed</h1>"
CARDS = "".join(f"<div><h3><a href=/{n}>What else happened, part {n}</a></h3><p>{OTHER[n]}</p></div>" for n in range(5))


@pytest.mark.parametrize(
    "box",
    [
        "<div class='text js-advertising-slots'>{}</div>",
        "<div class='nav-tabs-pane'>{}</div>",
        "<div class=menu-content>{}</div>",
        "<section class='sidebar-layout'>{}</section>",
        "<div class=newsletter-issue>{}</div>",
        "<div id=print>{}</div>",
        "<div class='entry tag-harbour'>{}</div>",
        "<button><div>{}</div></button>",
        "<div role=navigation>{}</div>",
        "<div class='ad-story'><div class='popup-reader'>{}</div></div>",
        "<header>{}</header>",
        "<figure>{}</figure>",
        "<aside>{}</aside>",
    ],
)
def test_what_the_box_of_the_story_is_called_does_not_lose_it(box):
    assert read(TOP + box.format(paragraphs(STORY)))[0] == STORY


@pytest.mark.parametrize(
    "body", ["<body class='single ad nav menu cookies'>", "<body id=comments>", "<body class='page comments-open'>"]
)
def test_a_short_story_in_a_box_that_is_called_so_is_read_where_nothing_else_is():
    assert read(f"{TOP}<div class=advert>{paragraphs(STORY[:3])}</div>")[0] == STORY[:3]
    assert read(f"{TOP}<div class=advert>{paragraphs(BRIEF)}</div>")[0] == []


def test_what_the_page_is_called_does_not_lose_it(body):
    assert read(paragraphs(STORY), body=body) == (STORY, "prose")


def test_the_rule_tells_which_votes_were_set_aside():
    assert read(TOP + f"<div>{paragraphs(STORY)}</div>")[1] == "prose"
    assert read(TOP + f"<div class=related>{paragraphs(STORY[:3])}</div>" + paragraphs(OTHER[:1]))[1] == "prose"
    assert read(f"<div><h3><a href=/x>The ferry is late again today</a></h3>{paragraphs(BRIEF)}</div>")[1] == (
        "prose, with teasers"
    )
    assert read(TOP + f"<div class=advert>{paragraphs(STORY)}</div>")[1] == "prose, whatever its element"


@pytest.mark.parametrize(
    "words",
    [
        ("w-text", "w-video", "w-text", "w-print", "w-meta"),
        ("widget a", "widget b", "widget c", "widget d", "widget e"),
        ("hidden md:block",) * 5,
        ("field field--label-hidden",) * 5,
    ],
)
def test_paragraphs_in_boxes_of_their_own_are_not_lost_one_by_one(words):
    boxes = "".join(f"<div class='{word} n-{n}'><p>{STORY[n]}</p></div>" for n, word in enumerate(words))
    assert read(f"{TOP}<div>{boxes}</div>")[0] == STORY


@pytest.mark.parametrize(
    "beside",
    [
        "<h3><a href=/1>The keeper of the lighthouse retires today</a></h3>",
        "<h3><a href=/1>The keeper of the lighthouse retires today</a></h3><h3><a href=/2>Ferry to be painted in red</a></h3>",
        CARDS,
        f"<aside>{paragraphs(OTHER)}</aside>",
        f"<div class=related-stories>{paragraphs(OTHER[:3])}</div>",
    ],
    ids=["title", "titles", "cards", "aside", "related"],
)
def test_a_short_story_beside_others(beside):
    assert read(f"<main><article>{TOP}{paragraphs(BRIEF)}</article>{beside}</main>")[0] == BRIEF
    assert read(f"<div>{TOP}<div>{paragraphs(BRIEF)}</div></div>{beside}")[0] == BRIEF


@pytest.mark.parametrize("home", ["<div itemprop=articleBody>{}</div>", "<article>{}</article>", "<main>{}</main>"])
def test_a_brief_stays_in_its_home(home):
    """What stands beside is longer, and nothing in its markup tells that it is not the story."""
    assert read(home.format(TOP + paragraphs(BRIEF)) + f"<div>{paragraphs(OTHER[:4])}</div>")[0] == BRIEF


def test_a_home_with_the_headline_alone_is_none():
    assert read(f"<article><header>{TOP}</header></article><div>{paragraphs(STORY)}</div>")[0] == STORY


def test_a_story_that_is_a_list_of_boxes_with_pictures():
    items = "".join(
        f"<div><h2>{n}. Part of the lock</h2><div><img src={n}.jpg><p>{text}</p></div></div>"
        for n, text in enumerate(OTHER)
    )
    found = read(f"<article>{TOP}<div>{paragraphs(BRIEF)}{items}</div></article>")[0]
    assert [text for text in found if len(text) > 50] == [*BRIEF, *OTHER]


def test_a_story_that_is_a_list_of_links():
    items = "".join(
        f"<li><b><a href=/{n}>Item {n}</a></b>, <a href=/{n}>{t[:70]}</a>{t[70:]}</li>" for n, t in enumerate(OTHER)
    )
    found = read(f"<article>{TOP}<div><p>{STORY[0]}</p><ol>{items}</ol><p>{STORY[1]}</p></div></article>")[0]
    assert len(found) == 7


def test_a_paragraph_that_is_one_link_is_the_storys():
    linked = f"<p><a href=/fined><strong>{STORY[1]}</strong></a></p>"
    assert read(f"{TOP}<div><p>{STORY[0]}</p>{linked}{paragraphs(STORY[2:])}</div>")[0] == STORY


@pytest.mark.parametrize(
    "above",
    [
        f"<ul class=key-points><li>{OTHER[0]}</li><li>{OTHER[1]}</li></ul>",
        f"<p>{OTHER[0]}</p><p>{OTHER[1]}</p>",
        f"<h2>{OTHER[0]}</h2><h2>{OTHER[1]}</h2>",
        f"<div>{OTHER[0]}</div><div>{OTHER[1]}</div>",
    ],
    ids=["key-points", "p", "h2", "div"],
)
def test_what_stands_between_headline_and_body_is_the_storys(above):
    assert read(f"<article>{TOP}{above}<div>{paragraphs(STORY)}</div></article>")[0] == [*OTHER[:2], *STORY]


@pytest.mark.parametrize("tag", ["p", "h2", "div", "p class=dek", "section"])
@pytest.mark.parametrize("kept", [STORY, BRIEF], ids=["story", "brief"])
def test_the_description_above_the_body_is_not_the_storys(tag, kept):
    head = ARTICLE + f'<meta property="og:description" content="{OTHER[0]}">'
    dek = f"<{tag}>{OTHER[0]}</{tag.split()[0]}>"
    assert read(f"<article>{TOP}{dek}<p>By Ines Halder</p><div>{paragraphs(kept)}</div></article>", head)[0] == kept


def test_the_description_that_begins_the_body_is_the_storys():
    head = ARTICLE + f'<meta property="og:description" content="{STORY[0]}">'
    assert read(f"<article>{TOP}<div>{paragraphs(STORY)}</div></article>", head)[0] == STORY


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class=comments-list>{paragraphs(STORY + OTHER)}</div>",
        f"<div id=disqus_thread>{paragraphs(STORY + OTHER)}</div>",
        f"<div class=cookie-notice>{paragraphs(STORY + OTHER)}</div>",
        f"<footer>{paragraphs(STORY[:4])}</footer>",
        f"<dialog open>{paragraphs(STORY[:4])}</dialog>",
        f"<div role=dialog>{paragraphs(STORY[:4])}</div>",
        CARDS,
    ],
    ids=["comments", "disqus", "cookies", "footer", "dialog", "role", "cards"],
)
def test_what_stands_below_a_picture_is_no_story_of_it(markup):
    """A page of a picture or a video may say that it is an article; others' prose is not its own."""
    assert read(f"<article>{TOP}<img src=lock.jpg></article>{markup}")[0] == []


def test_a_page_that_does_not_say_that_it_is_an_article_needs_more_prose():
    box = "<div class=advert>{}</div>"
    assert read(TOP + box.format(paragraphs(STORY)), head="")[0] == []
    assert read(TOP + box.format(paragraphs(STORY + OTHER)), head="")[0] == STORY + OTHER


def test_a_paywall_alone_is_no_story():
    node = {"@type": "NewsArticle", "headline": "Lock closed", "isAccessibleForFree": False}
    head = ARTICLE + f'<script type="application/ld+json">{json.dumps(node)}</script>'
    wall = "<div class='paywall subscribe'><p>Subscribe to read on. Already a subscriber? Log in.</p><p>Cancel any time.</p></div>"
    assert read(f"<article>{TOP}</article>{wall}", head)[0] == []


def test_a_table_behind_the_storys_box_is_the_storys():
    rows = "<table><tr><th>Lock</th><th>Built</th></tr><tr><td>North</td><td>1884</td></tr></table>"
    found = read(f"<main>{TOP}<div>{paragraphs(STORY)}</div><div>{rows}</div></main>")[0]
    assert found == [*STORY, "Lock | Built", "North | 1884"]
