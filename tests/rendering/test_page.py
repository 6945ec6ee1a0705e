"""A story as a page of its own."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import html5lib

from newscrawl.article.item import Article
from newscrawl.rendering.page import story_page

OWNED = "</style><script>document.title='owned'</script>\" onload=\"x"
STORY = Article(
    "https://www.herald.example/harbour-1.html", "1", "herald.example", section="World", headline="Harbour of Maro reopens",
    description="Ships had waited.", authors=["Ana Brel", "Tomas Weir"], place="Maro", topics=["Shipping"], language="en",
    date_published="2025-09-03T19:49:00+05:30", date_modified="2025-09-04T08:00:00+05:30", reading_minutes=3,
    body="The farmers waited.\n\nA note.", body_markdown="The *farmers* waited.\n\nA note.",
    image="https://img.herald.example/1.jpg", image_caption="The quay.", corrections=["A note.", "Correction: Twelve ships came."],
    contributors=["Bo Quist"], publisher_name="The Herald", crawled_at="2025-09-03T16:30:00Z",
)  # fmt: skip


def page(**changed):
    return story_page(STORY.to_dict() | changed)


def text_of(made):
    body = html5lib.parse(made, namespaceHTMLElements=False).find("body")
    return " ".join(" ".join(body.itertext()).split()).replace(" ,", ",")


def test_a_reader_sees_who_wrote_what_and_when():
    assert text_of(page()) == (
        "The Herald World Harbour of Maro reopens Ships had waited. By Ana Brel and Tomas Weir, Maro"
        " 3 September 2025, 19:49 +05:30 updated 4 September 2025, 08:00 +05:30 3 min read The quay."
        " The farmers waited. A note. Correction: Twelve ships came. With Bo Quist Topics: Shipping Read it at herald.example"
    )


def test_what_is_unknown_is_left_out():
    bare = Article("https://x.example/a", "1", "x.example", headline="A", body="One.").to_dict()
    assert text_of(story_page(bare)) == "x.example A One. Read it at x.example"


def test_nothing_that_a_page_says_is_markup():
    texts = {name: OWNED for name, value in STORY.to_dict().items() if isinstance(value, str)}
    lists = {"authors": [OWNED], "topics": [OWNED], "corrections": [OWNED], "contributors": [OWNED]}
    image = {"url": "javascript:alert(1)", "caption": OWNED, "credit": OWNED, "alt": OWNED}
    for more in (
        {},
        {"body_markdown": ""},
        {"body_markdown": "", "images": [image | {"url": f"https://x.example/{OWNED}"}]},
    ):
        made = page(**{**texts, **lists, "images": [image], **more})
        tree = html5lib.parse(made, namespaceHTMLElements=False)
        assert not list(tree.iter("script"))
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
        assert "javascript:" not in "".join(re.findall(r'(?:href|src)="[^"]*', made))


def test_the_page_asks_for_pictures_alone():
    made = page()
    style = re.search("<style>(.*?)</style>", made, re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src https: http:;" in made
    assert "url(" not in style and "@import" not in style
    without = story_page(STORY.to_dict(), pictures=False)
    assert "img-src" not in without and "<img" not in without
    assert '<a href="https://img.herald.example/1.jpg">Picture</a>' in without


def test_the_main_picture_is_seen_once():
    assert page().count("<img") == 1
    markdown = "![](https://img.herald.example/1.jpg)\n*The quay.*\n\nThe farmers waited."
    assert page(body_markdown=markdown).count("<img") == 1
    image = {"url": "https://img.herald.example/1.jpg", "caption": "C", "credit": "D", "alt": "E"}
    below = "The farmers waited.\n\n![](https://img.herald.example/1.jpg)"
    assert page(images=[image], body_markdown=below).count("<img") == 1
    lead = page(images=[image], body_markdown="The farmers waited.")
    assert 'alt="E"' in lead and text_of(lead).count("C D") == 1


def test_a_page_can_hold_any_text():
    made = page(headline="A\x00\ud800\u202eB")
    assert '<h1 dir="auto">AB</h1>' in made
    made.encode()


def test_the_language_is_told_if_it_is_one():
    assert page(language="pt-BR").startswith('<!DOCTYPE html>\n<html lang="pt-BR">')
    assert page(language='x" onload="y').startswith('<!DOCTYPE html>\n<html lang="">')
    assert page(language=None).startswith('<!DOCTYPE html>\n<html lang="">')
