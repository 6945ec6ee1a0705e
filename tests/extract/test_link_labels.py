"""Labels of links to other stories: in every language before links that go, and in many by their wording."""

from __future__ import annotations

import pytest

from newscrawl import extract_article
from newscrawl.extract.link_labels import WORDING, is_label

STORY = [
    "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate.",
    "Forty barges were waiting by the evening, some of them with fruit that will not keep until the weekend.",
    "“We have asked for a crane from the next port up the coast,” she said, and gave no date for the repair.",
    "The lock was built when the river still carried coal, and has been repaired eleven times since then.",
]
LINKS = "<ul><li><a href=/a>The ferry that never came to the town</a><li><a href=/b>A crane on its way up the coast</a></ul>"


def body(between: str) -> list[str]:
    text = "".join(f"<p>{t}</p>" for t in STORY[:2]) + between + "".join(f"<p>{t}</p>" for t in STORY[2:])
    html = f"<html><head><meta property='og:type' content='article'></head><body><main><h1>Lock closed</h1><div>{text}</div></main>"
    return extract_article(html, "https://paper.example/lock", publisher="generic").body.split("\n\n")


@pytest.mark.parametrize(
    "label", ["Læsefrugter", "Zum Weiterklicken", "Lisez donc", "本周精选", "Κι άλλα", "A Gazette válogatása:"]
)
@pytest.mark.parametrize(
    "markup",
    [
        "<p>{0}</p>" + LINKS,
        "<p><strong>{0}</strong></p>" + LINKS,
        "<div>{0}</div>" + LINKS,
        "<div><p>{0}</p></div>" + LINKS,
        "<p>{0}</p><hr>" + LINKS,
        "<p>{0}</p><nav>" + LINKS + "</nav>",
        "<p>{0}</p><div class=related-list>" + LINKS + "</div>",
        "<p>{0}</p><aside>" + LINKS + "</aside>",
        "<p>{0}</p><p><a href=/a>The ferry that never came to the town</a></p><p><a href=/b>A crane on its way up the coast</a></p>",
        "<div>{0}" + LINKS + "</div>",
    ],
    ids=["p", "strong", "div", "boxed", "rule", "nav", "named", "aside", "paragraphs", "in-one-box"],
)
def test_a_short_line_goes_with_the_links_behind_it(label, markup):
    assert body(markup.format(label)) == STORY


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<p>Nobody saw it happen.</p>" + LINKS, "Nobody saw it happen."),
        ("<p>Ann Diver</p><p>She has the keys.</p>", "Ann Diver"),
        ("<p>Step one</p><figure><img src=x.jpg><figcaption><a href=/c>A picture of the lock from the north</a></figcaption></figure>", "Step one"),
        ("<p>Buy it at</p><p><a href=/s>Shop</a></p>", "Buy it at"),
        ("<p>Forty barges</p><table><tr><td><a href=/x>The first of the two barges</a></td><td><a href=/x>The second of the two</a></td></tr></table>", "Forty barges"),
    ],
    ids=["sentence", "name", "picture", "shop", "table"],
)  # fmt: skip
def test_other_short_lines_stay(markup, kept):
    assert kept in body(markup)


@pytest.mark.parametrize(
    "label",
    ["Read also", "RELATED STORIES", "You may also like", "Mehr zum Thema:", "Lesen Sie auch", "Lire aussi :", "À lire également", "Te puede interesar",
     "Lea también", "Leia também", "Leggi anche", "Lees ook", "Läs också", "Les også", "Læs også", "Lue myös", "Czytaj też", "Čtěte také", "Olvassa el ezt is",
     "Citește și", "Pročitajte i", "Прочетете още", "Διαβάστε επίσης", "İlgili haberler", "Читайте также", "Читайте також", "Baca juga", "Xem thêm",
     "関連記事", "관련 기사", "延伸阅读", "यह भी पढ़ें", "اقرأ أيضا", "קראו גם"],
)  # fmt: skip
def test_known_labels_go_wherever_they_stand(label):
    assert is_label(label)
    assert body(f"<p>{label}</p>") == STORY


@pytest.mark.parametrize(
    "line",
    [
        "Lesen Sie auch <a href=/a>Die Fähre, die nie kam, und die Stadt</a>",
        "Lire aussi <a href=/a>Le bac qui ne vint jamais en ville</a>",
    ],
)
def test_a_known_label_and_a_link_go(line):
    assert body(f"<p>{line}</p>") == STORY


@pytest.mark.parametrize(
    "text", ["Read the notice", "More", "Background", "Hintergrund", "Related", "The lock is shut", "Most barges", ""]
)
def test_what_a_story_may_say_is_no_label(text):
    assert not is_label(text)


def test_wording_is_for_text_on_one_line():
    assert "\n" not in WORDING
