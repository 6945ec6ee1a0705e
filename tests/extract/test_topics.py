"""Topics."""

import pytest

from newscrawl.extract.shown_topics import MOST_TOPICS_IN_BOX
from newscrawl.extract.topics import MOST_TOPICS, topics
from tests.extract.invented import GENERIC, json_ld, meta, page, publisher

OWN = publisher(topics=(".filed",))


def told(body: str = "", head: str = "") -> tuple[list[str], str | None]:
    return topics(page(body, head), GENERIC, ["Ann Lee"])


def tags(number: int, path: str = "/tag") -> str:
    return " ".join(f"<a href={path}/t{n}>Topic {'abcdefghijklmnopqrstuvwxyz'[n]}</a>" for n in range(number))


def test_a_publishers_list_less_its_heading() -> None:
    body = "<ul class=filed><li>Topics :</li><li><a href=/x>Ports</a></li><li>Ports</li><li>Cranes |</li></ul>"
    assert topics(page(body, meta("keywords", "Other")), OWN, []) == (["Ports", "Cranes"], ".filed")
    assert topics(page(tags(3), meta("keywords", "Other")), OWN, []) == (["Other"], "meta:keywords")
    assert topics(page(tags(3)), OWN, []) == ([], None)


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        (meta("keywords", "Other") + meta("news_keywords", "Ports, Cranes"), "meta:news_keywords"),
        (meta("keywords", "Ports; Cranes; ports"), "meta:keywords"),
        (json_ld(keywords=["Ports", {"name": "Cranes"}]), "json-ld:keywords"),
        (meta("article:tag", "Ports") + meta("article:tag", "tag: Cranes"), "meta:article:tag"),
        (meta("keywords", "Ann Lee, Maro Ledger") + meta("og:site_name", "Maro Ledger")
         + meta("tags", "Ports,Cranes"), "meta:tags"),
        (meta("keywords", "Ports,type=story,12345,https://x.example,@maro,Cranes"), "meta:keywords"),
    ],
)  # fmt: skip
def test_keywords(head: str, rule: str) -> None:
    assert told(head=head) == (["Ports", "Cranes"], rule)


def test_an_agencys_codes_are_no_topics() -> None:
    assert told(head=meta("keywords", "ECO,POL:INT,A1B,MAR,Ports")) == ([], None)
    assert told(head=meta("keywords", "EU,UN,AU"))[0] == ["EU", "UN", "AU"]


def test_a_page_files_under_so_many() -> None:
    words = ",".join(f"port {'abcdefghijklmnopqrstuvwxyz'[n // 26]}{n % 26} x" for n in range(99))
    assert len(told(head=meta("keywords", words))[0]) == MOST_TOPICS


@pytest.mark.parametrize(
    ("body", "number", "rule"),
    [
        (f"<div class=tags>{tags(2, '/any')}</div>", 2, "tags shown"),
        ("<p>More on <a rel=tag href=/tag/a>Topic a</a></p>", 1, "tags shown"),
        (f"<div class=tags>{tags(MOST_TOPICS_IN_BOX + 1)}</div>", 0, None),
        (f"<ul>{tags(3, '/topics')}</ul>", 3, "links to topics"),
        (f"<ul>{tags(3, '/topics')} and a text that is much longer than what the links have</ul>", 0, None),
        (f"<p>{tags(1)}</p>", 0, None),
        (f"<nav class=tags>{tags(3)}</nav>", 0, None),
        (f"<div class=tags>{tags(2, '/any')} and what else may be told of all of these</div>", 0, None),
    ],
)
def test_tags_that_a_page_shows(body: str, number: int, rule: str | None) -> None:
    found = told(body)
    assert (len(found[0]), found[1]) == (number, rule)


@pytest.mark.parametrize(
    ("keywords", "names"),
    [
        ("Ports; Cranes", ["Ports", "Cranes"]),
        ("Ports, Cranes; Barges", ["Ports", "Cranes", "Barges"]),
        ("Ports | Cranes", ["Ports", "Cranes"]),
        ("#ports #old cranes", ["ports", "old cranes"]),
        ("Brel, Ana; Tern, Joss", ["Brel, Ana", "Tern, Joss"]),
        ("港口，起重机、驳船", ["港口", "起重机", "驳船"]),
        ("港口 起重机", ["港口", "起重机"]),
        ("الميناء، الرافعات", ["الميناء", "الرافعات"]),
        ("ports cranes barges mills", ["ports", "cranes", "barges", "mills"]),
        ("Maro Ports Cranes Barges Mills", ["Maro", "Ports", "Cranes", "Barges", "Mills"]),
        ("the old grain quay", ["the old grain quay"]),  # the page says so
        ("harbour of Maro", ["harbour of Maro"]),
        ("Harbour Board Maro Norr", ["Harbour Board Maro Norr"]),
    ],
)
def test_keywords_in_one_text(keywords: str, names: list[str]) -> None:
    assert told("<p>Ships are back at the old grain quay.</p>", meta("keywords", keywords))[0] == names
    assert told(head=json_ld(keywords=["ports cranes barges mills"]))[0] == ["ports cranes barges mills"]


def test_the_sites_own_keywords() -> None:
    site = meta("og:site_name", "Maro Ledger")
    assert told(head=site + meta("keywords", "Maro Ledger, The Maro Ledger News, breaking news, Ports"))[0] == ["Ports"]
    menu = "<nav>" + "".join(f"<a href=/{name}>{name}</a>" for name in ("News", "Sport", "Port", "Weather")) + "</nav>"
    words = meta("keywords", "Sport, Weather, Port, Maro")
    assert told(menu + "<h1>Ships</h1>", words)[0] == []
    assert told(menu, words + "<title>The port reopens</title>")[0] == ["Sport", "Weather", "Port", "Maro"]
    assert told(menu + "<h1>Ships</h1>", words + meta("article:tag", "Barges"))[0] == ["Barges"]


@pytest.mark.parametrize(
    "box",
    [
        "<p>Tags: <a href=/ports>Ports</a>, <a href=/cranes>Cranes</a></p>",
        "<div><span>Topics</span><a href=/ports>Ports</a><a href=/cranes>Cranes</a></div>",
        "<h4>Schlagwörter:</h4><ul><li><a href=/ports>Ports</a></li><li><a href=/cranes>Cranes</a></li></ul>",
        "<ul><li>Mots-clés</li><li><a href=/ports>Ports</a></li><li><a href=/cranes>Cranes</a></li></ul>",
        "<div><h5>Filed under</h5></div><div><a href=/ports>Ports</a> <a href=/cranes>Cranes</a></div>",
        "<dl><dt>关键词：</dt><dd><a href=/ports>Ports</a><a href=/cranes>Cranes</a></dd></dl>",
        "<footer class=tags><a href=/ports>Ports</a><a href=/cranes>Cranes</a></footer>",
        "<nav><ul><li><a href=/topic/ports>Ports</a></li><li><a href=/topic/cranes>Cranes</a></li></ul></nav>",
        "<p><a rel='category tag' href=/n>News</a> <a rel=tag href=/ports>Ports</a> <a rel=tag href=/cranes>Cranes</a></p>",
        "<ul class=article__topics><li><a href=/ports>Ports</a></li><li><a href=/cranes>Cranes</a></li></ul>",
        "<div class=StoryKeywords><a href=/ports>Ports</a><a href=/cranes>Cranes</a></div>",
        "<div class=related-tags><a href=/ports>Ports</a><a href=/cranes>Cranes</a><a href=/tags>All topics</a></div>",
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "<article><h1>Ships</h1><p>Ships are back.</p>{}</article>",
        "<header class=tags><a href=/o>Other</a></header><main><h1>Ships</h1>{}<aside class=tags><a href=/p>P</a></aside></main>",
        "<h1>Ships</h1><article><p>Ships are back.</p>{}</article><ul><li><a href=/tag/o>O</a></li><li><a href=/tag/p>P</a></li></ul>",
    ],
)
def test_tags_of_the_story(box: str, around: str) -> None:
    assert told(around.format(box))[0] == ["Ports", "Cranes"]


@pytest.mark.parametrize(
    "box",
    [
        "<p>Tags:</p><p>Ships are back at the quay, and nobody knows for how long. <a href=/ports>Ports</a></p>",
        f"<h4>Topics</h4><ul>{tags(11, '/any')}</ul>",
        "<div class=sidebar><h4>Topics</h4><ul><li><a href=/ports>Ports</a></li></ul></div>",
        "<article><p class=tags><a href=/ports>Ports</a></p></article><article></article>",
        "<p>Tags: <a href=/a>How the ships of Maro came back to the quay</a></p>",
        "<p>Tags: <a href=#>Ports</a></p>",
    ],
)
def test_what_is_no_tag_of_the_story(box: str) -> None:
    assert told(f"<article><h1>Ships</h1>{box}</article>") == ([], None)
