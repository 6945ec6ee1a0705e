"""What an address says for an article, where the publisher is not supported."""

from __future__ import annotations

import pytest

from newscrawl.addresses import forms

MUCH = """
/2025/09/03/harbour/ /world/2025/sep/03/harbour-opens /politik/ausland/bruecke-a-123.html /articles/ASU413Q.html
/news/articles/c0kx1m7ydzpo /article.php?id=7 /?p=1234 /story.aspx?sid=20 /the-long-way-home-again /news/harbour-12345678
/international/article/2025/09/03/le-port_6621345_3210.html /harbour-1019241/artikel /Ein-Gesetz/!5928990/
/a/123e4567-e89b-12d3-a456-426614174000 /node/34501 /20250903-harbour
/%E6%94%BF%E6%B2%BB/%E6%B8%AF%E3%81%AE%E7%81%AF%E5%8F%B0%E3%81%8C%E5%86%8D%E3%81%B3%E7%82%B9%E7%81%AF%E3%81%97%E3%81%9F
""".split()
VAGUE = "/politik /politik/ausland/ /news/harbour /2025/09 /election2024 /index.php?cat=5 /taxonomy/term/12 /local-news".split()
NONE = """
/ /tag/the-long-way-home-again /thema/bruecken-im-ganzen-tal/ /autor/anna-berg-a-4711.html /video/2025/09/03/harbour-opens
/fotostrecke/zehn-bruecken-a-999.html /2025/09/03/harbour.pdf /images/harbour-12345678.jpg /the-long-way-home-again/page/2
/podcast/the-long-way-home-again /newsletter/the-long-way-home-again /abo/jetzt-vier-wochen-testen.html /feed/2025.xml
""".split()


@pytest.mark.parametrize("path", MUCH)
def test_articles(path):
    assert forms.weigh(f"https://news.example{path}") == forms.MUCH


@pytest.mark.parametrize("path", VAGUE)
def test_what_may_be_anything(path):
    assert forms.weigh(f"https://news.example{path}") in (forms.NOTHING, forms.LITTLE)


@pytest.mark.parametrize("path", NONE)
def test_others(path):
    assert forms.weigh(f"https://news.example{path}") == forms.NONE


def test_the_words_of_the_section_s_own_path_do_not_count():
    assert forms.weigh("https://news.example/topics/climate/the-long-way-home-again", "topics/climate") == forms.MUCH


def test_forms():
    alike = ["/world/harbour-opens-again-12345", "/sport/bell-found-67890"]
    assert len({forms.form(f"https://news.example{path}") for path in alike}) == 1
    assert forms.form("https://news.example/world") != forms.form("https://news.example/world/harbour-opens-again")


@pytest.mark.parametrize(
    ("url", "section"),
    [
        ("https://news.example/politik/ausland/index.html", "politik/ausland"),
        ("https://news.example/politik.html", "politik"),
        ("https://news.example/world/page/3/", "world"),
        ("https://news.example/list.php?cat=3", "list?cat=3"),
        ("https://news.example/", ""),
    ],
)
def test_sections(url, section):
    assert forms.section_path(url) == section


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/caf%c3%a9", "/caf%C3%A9"),
        ("/%7Eana/%6Edes", "/~ana/ndes"),
        ("/a/./b/../c", "/a/c"),
        ("/a//b", "/a/b"),
        ("/a/b/", "/a/b"),
        ("/a?y=2&x=1", "/a?x=1&y=2"),
    ],
)
def test_spellings_of_one_address(one, other):
    spelled = [set(forms.spellings(f"https://news.example{path}")) for path in (one, other)]
    assert not spelled[0].isdisjoint(spelled[1])


@pytest.mark.parametrize(
    ("one", "other"), [("/a%2Fb", "/a/b"), ("/a?x=1", "/a?x=2"), ("/a?x=%26", "/a?x=&"), ("/A", "/a"), ("/a", "/a?x=1")]
)
def test_other_addresses(one, other):
    spelled = [set(forms.spellings(f"https://news.example{path}")) for path in (one, other)]
    assert spelled[0].isdisjoint(spelled[1])
