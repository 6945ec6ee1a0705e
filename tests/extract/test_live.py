"""Live blogs: updates of JSON-LD in each form, of the page's own blog alone, and what the page shows above each."""

from __future__ import annotations

import json
import re

import pytest

from newscrawl import extract_article
from newscrawl.article.item import Article
from newscrawl.extract.live import is_time

URL = "https://paper.example/2025/harbour-lock"
TEXTS = [
    "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate.",
    "Forty barges were waiting by the evening, some of them with fruit that will not keep until the weekend.",
    "A crane from the next port up the coast has arrived, and it is to lift the gate before nightfall.",
]
SUMMARY = "The northern lock is shut: here is what happened today, and what the harbour master says of it."


def update(number: int, **other: object) -> dict[str, object]:
    date = f"2025-09-02T1{number}:05:00+02:00"
    return {
        "@type": "BlogPosting",
        "headline": f"Hour {number}",
        "datePublished": date,
        "articleBody": TEXTS[number],
    } | other


def read(updates: object, inside: str = "", *, more: tuple[object, ...] = (), **blog: object) -> Article:
    node = {"@type": "LiveBlogPosting", "headline": "Lock closed", "liveBlogUpdate": updates} | blog
    data = json.dumps([node, *more])
    html = (
        f'<html lang="en"><head><title>Lock closed</title><script type="application/ld+json">{data}</script></head>'
        f"<body><main><h1>Lock closed</h1><div class=content>{inside}</div></main></body></html>"
    )
    return extract_article(html, URL, publisher="generic")


def told(*numbers: int) -> list[str]:
    return [line for n in numbers for line in (f"1{n}:05", f"Hour {n}", TEXTS[n])]


@pytest.mark.parametrize(
    "updates",
    [
        [update(0), update(1)],
        [[update(0)], [update(1)]],
        {"@type": "ItemList", "itemListElement": [update(0), {"@type": "ListItem", "position": 2, "item": update(1)}]},
        {"@list": [update(0), update(1)]},
        [update(0), update(0), update(1)],
        [{"@type": "LiveBlogPosting", "liveBlogUpdate": [update(0), update(1)]}],
        [update(0), {"@type": "BlogPosting", "headline": "Without a text"}, "text", None, 7, update(1)],
    ],
    ids=["list", "lists", "item-list", "json-ld-list", "twice", "nested", "empty-ones"],
)
def test_updates_in_each_form(updates):
    assert read(updates).paragraphs == told(0, 1)


def test_one_update_as_an_object():
    assert read(update(0)).paragraphs == told(0)


def test_updates_that_are_referred_to():
    held = update(1) | {"@id": "#u1"}
    assert read([update(0), {"@id": "#u1"}, {"@id": "#u1"}], more=(held,)).paragraphs == told(0, 1)


def test_an_update_that_refers_to_itself():
    held = update(0) | {"@id": "#u", "liveBlogUpdate": {"@id": "#u"}}
    assert read({"@id": "#u"}, more=(held,)).paragraphs == told(0)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("articleBody", f"<p>{TEXTS[0]}</p><p>{TEXTS[1]}</p>"),
        ("articleBody", f"{TEXTS[0]}\n\n{TEXTS[1]}"),
        ("articleBody", [TEXTS[0], TEXTS[1]]),
        ("text", f"{TEXTS[0]}\n{TEXTS[1]}"),
    ],
    ids=["html", "lines", "list", "text"],
)
def test_texts_of_an_update(key, text):
    body = read([update(0, articleBody=None) | {key: text}]).paragraphs
    assert body == ["10:05", "Hour 0", TEXTS[0], TEXTS[1]]


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2025-09-02T12:05:07.123+02:00", ["12:05"]),
        ("2025-09-02 12:05", ["12:05"]),
        ("2025-09-02T10:05:00Z", []),  # by which clock, nobody says
        ("2025-09-02", []),
        ("soon", []),
        (20250902, []),
    ],
)
def test_times_are_given_as_readers_see_them_or_not_at_all(date, shown):
    assert read([update(0, datePublished=date)]).paragraphs == [*shown, "Hour 0", TEXTS[0]]


def test_another_page_s_blog_is_not_this_page_s():
    article = {"@type": "NewsArticle", "headline": "Lock closed", "url": URL}
    shown = f"<p>{TEXTS[0]}</p><p>{TEXTS[1]}</p>"
    other = read([update(2)] * 9, shown, more=(article,), url="https://paper.example/live/another")
    assert (other.live, other.paragraphs) == (False, TEXTS[:2])
    own = read(
        [update(0)],
        more=({"@type": "LiveBlogPosting", "url": "https://x.example/", "liveBlogUpdate": update(2)},),
        url=URL,
    )
    assert (own.live, own.paragraphs) == (True, told(0))


@pytest.mark.parametrize("more", ["", f" {TEXTS[2].replace('crane', 'tug')}"], ids=["a-sentence", "several"])
def test_what_the_page_shows_stands_above_the_updates(more):
    updates = [update(n, articleBody=f"{TEXTS[n]} {TEXTS[n - 1]} {TEXTS[n - 2]}") for n in range(3)]
    body = read(updates, f"<p>{SUMMARY}{more}</p><div>Updates load here</div>").paragraphs
    assert body[:3] == [f"{SUMMARY}{more}", "10:05", "Hour 0"]
    assert not re.search(r"\d{4}-\d\d-\d\d", " ".join(body))


@pytest.mark.parametrize(
    "head",
    ["<time datetime='2025-09-02T12:05'>12:05</time><h3>A crack</h3>", "<span class=timestamp>12:05</span><h3>A crack</h3>",
     "<div class=meta><time>12:05</time> <b>By Ann Diver of the harbour desk in Lund</b></div><h3>A crack</h3>",
     "<header><time>12:05</time><h3><a href=#u1>A crack</a></h3></header>", "<p class=date>12:05</p><h2>A crack</h2>"],
)  # fmt: skip
def test_shown_updates_keep_time_and_heading(head):
    shown = f"<p>{SUMMARY}</p>" + "".join(
        f"<article id=u{n}>{head.replace('12:05', f'1{n}:05')}<p>{TEXTS[n]}</p></article>" for n in range(3)
    )
    body = read([], shown).paragraphs
    assert body == [SUMMARY, *(line for n in range(3) for line in (f"1{n}:05", "A crack", TEXTS[n]))]


@pytest.mark.parametrize("tag", ["article", "div", "section"])
def test_the_first_update_keeps_its_time_where_nothing_stands_above_it(tag):
    shown = "".join(f"<{tag}><time>1{n}:05</time><h3>A crack</h3><p>{TEXTS[n]}</p></{tag}>" for n in range(3))
    body = read([], shown).paragraphs
    assert body == [line for n in range(3) for line in (f"1{n}:05", "A crack", TEXTS[n])]


def test_links_between_updates_stay_out():
    shown = f"<p>{SUMMARY}</p><p>{TEXTS[0]}</p><h3>More</h3><ul><li><a href=/x>The ferry that never came to the town</a></ul>"
    assert read([], f"{shown}<p>{TEXTS[1]}</p>").paragraphs == [SUMMARY, *TEXTS[:2]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("12:05", True), ("9.05 Uhr", True), ("14h30", True), ("14時30分", True), ("9:05 p.m. ET", True), ("18 Nov 12:05", True),
     ("The score was 3:05 at the end of it", False), ("Page 12", False), ("2025", False), ("", False)],
)  # fmt: skip
def test_lines_that_are_times(line, expected):
    assert is_time(line) is expected
