"""A story as a Markdown document, and on a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from newscrawl.article.item import Article
from newscrawl.extract.inline import destination
from newscrawl.rendering.document import story_markdown, story_text
from newscrawl.terminal import show
from tests.rendered import headings_of, paragraphs_of

STORY = Article(
    "https://www.herald.example/harbour-1.html", "1", "herald.example", headline="Harbour *of* Maro", description="2 < 3 [ships]",
    authors=["Ana Brel"], place="Maro", date_published="2025-09-03T19:49:00+05:30",
    body="1. The farmers waited.\n\nA note.\n\nOne\n\nHello.",
    body_markdown="1\\. The *farmers* [waited](https://x.example/a).\n\n![A quay](https://x.example/q.jpg)\n*At noon.*\n\n## A note.\n\n- One\n\n> Hello.\n>\n> [Ann]: https://x.example/1",
    corrections=["# Correction: Twelve ships came."], contributors=["Bo Quist"],
)  # fmt: skip
HEAD = [
    "Harbour *of* Maro",
    "2 < 3 [ships]",
    "By Ana Brel, Maro 3 September 2025, 19:49 +05:30 https://www.herald.example/harbour-1.html",
]
FOOT = ["# Correction: Twelve ships came.", "With Bo Quist"]


def told(**changed):
    return STORY.to_dict() | changed


def shown(article, capsys):
    show(story_text(article))
    return capsys.readouterr().out


def test_a_markdown_document_has_the_story_between_head_and_foot():
    made = story_markdown(told())
    assert headings_of(made) == [(1, "Harbour *of* Maro"), (2, "A note.")]
    assert paragraphs_of(made) == [*HEAD, "1. The farmers waited.", "A note.", "One", "Hello.", *FOOT]
    assert story_markdown(told(body_markdown="")).count("1\\. The farmers waited.\n\nA note.") == 1


def test_a_markdown_document_has_the_main_picture_once():
    picture = {"url": "https://x.example/a b.jpg", "caption": "The *quay*.", "credit": None, "alt": "A [quay]"}
    made = story_markdown(told(images=[picture]))
    assert "![A \\[quay\\]](<https://x.example/a b.jpg>)\n*The \\*quay\\*.*" in made
    assert made.count("![") == 2
    assert story_markdown(told(images=[picture | {"url": "https://x.example/q.jpg"}])).count("![") == 1


def test_the_main_picture_is_above_a_story_that_begins_with_another_one():
    picture = {"url": "https://x.example/a.jpg", "caption": "The quay.", "credit": None, "alt": None}
    made = story_markdown(told(images=[picture], body_markdown="![](https://x.example/b.jpg)\n\nHello."))
    assert made.index("a.jpg") < made.index("b.jpg")


@pytest.mark.parametrize(
    "url", ["https://x.example/a(1.jpg", "https://x.example/a|b.jpg", "https://x.example/?a&amp;b"]
)
def test_the_main_picture_is_not_shown_twice_whatever_its_address_needs(url):
    picture = {"url": url, "caption": None, "credit": None, "alt": None}
    assert story_markdown(told(images=[picture], body_markdown=f"Hello.\n\n![]({destination(url)})")).count("![") == 1


def test_a_correction_is_shown_once_where_only_white_space_differs():
    note = "Correction: It was “Web of Ships”. It was not shown."
    made = story_markdown(
        told(body=f"Hello.\n\n{note}", body_markdown=f"Hello.\n\n{note}", corrections=[note.replace("”.", "” .")])
    )
    assert made.count("Web of Ships") == 1


@pytest.mark.parametrize(
    "body", ["- One", "# One", "> One", "+ One", "1. One", "1) One", "=", "*One*", "--- ---", "One | Two"]
)
def test_a_body_without_markdown_is_text(body):
    made = story_markdown(told(body=f"Before.\n\n{body}", body_markdown="", corrections=[], contributors=[]))
    assert paragraphs_of(made)[-1] == body.strip()


def test_a_story_is_text_in_short_lines(capsys):
    text = shown(told(), capsys)
    assert text == (
        "Harbour *of* Maro\n\n2 < 3 [ships]\n\nBy Ana Brel, Maro\n3 September 2025, 19:49 +05:30\n"
        "https://www.herald.example/harbour-1.html\n\n1. The farmers waited.\n\nPicture: A quay\nAt noon.\n\nA note.\n\n"
        " • One\n\n▌ Hello.\n▌ — Ann\n\n# Correction: Twelve ships came.\n\nWith Bo Quist\n"
    )
    assert max(map(len, shown(told(body_markdown="Word " * 200), capsys).splitlines())) <= 80


def test_an_address_is_one_line_however_long(capsys, monkeypatch):
    address = f"https://www.herald.example/{'a-long-day-at-the-harbour-' * 8}1.html"
    lines = shown(told(url=address), capsys).split("\n")
    assert lines[lines.index(address) - 1] == "3 September 2025, 19:49 +05:30"
    lines = shown(told(url=address, authors=[], place=None, date_published=None), capsys).split("\n")
    assert lines[lines.index(address) - 1] == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    assert address in shown(told(url=address), capsys)


def test_a_story_is_coloured_on_a_terminal():
    screen = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=60)
    for part in story_text(told()):
        screen.print(part)
    assert "\x1b[1mHarbour *of* Maro" in screen.file.getvalue()
    assert "\x1b]8;" in screen.file.getvalue()


def test_nothing_that_a_page_says_steers_the_terminal(capsys):
    owned = "A\x1b[2J\x1b]0;owned\x07\u202eB\x9b1m"
    texts = {name: owned for name, value in told().items() if isinstance(value, str)}
    made = told(**texts, authors=[owned], corrections=[owned], contributors=[owned])
    screen = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=60)
    for part in story_text(made):
        screen.print(part)
    assert not {"\x07", "\u202e", "\x9b"} & set(screen.file.getvalue())
    assert "\x1b[2J" not in screen.file.getvalue() and "\x1b]0" not in screen.file.getvalue()


def test_a_picture_and_its_caption_stand_in_lines_of_their_own(capsys):
    alt, caption = "A crane lies across the channel that leads to the harbour of Maro at", "Ships wait at noon."
    body = f"![{alt}](https://x.example/a.jpg)\n*{caption * 5}*\n\n![](https://x.example/b.jpg)\n\nHello."
    lines = [line.rstrip() for line in shown(told(images=[], body_markdown=body), capsys).split("\n")]
    assert max(map(len, lines)) <= 80
    at = lines.index(f"Picture: {alt}")
    assert lines[at + 1].startswith(caption)
    assert lines[lines.index("Picture") :][:3] == ["Picture", "", "Hello."]
