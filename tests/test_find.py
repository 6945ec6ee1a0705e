"""What ``scrapy find`` finds: words in any inflection, alternatives, days, publishers."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from scrapy.cmdline import execute

from newscrawl.article.item import Article
from newscrawl.database import forms
from newscrawl.database.address import Address
from newscrawl.database.articles import Articles
from newscrawl.load.query import read_query
from newscrawl.load.search import Filter, find
from tests.postgresql import PASSWORD, Keeper

ALL = Filter()
STORIES = {
    "fire": ("en", "Volcano wakes", "Farmers leave their fields.", "harbour.example", "2025-09-01T23:30:00+05:30"),
    "quake": (
        "en-GB",
        "Quake in the north",
        "The farmer stays. No volcano is near.",
        "tide.example",
        "2025-09-02T08:00:00Z",
    ),
    "calm": ("en", "A calm week", "Nothing shook.", "tide.example", "2025-09-03T08:00:00Z"),
    "haus": ("de-AT", "Alte Häuser", "Am Fluss stehen drei alte Häuser an einer breiten Straße.", "flut.example", None),
    "ship": ("fr", "Le port", "Les navires reviendront quand les travaux seront finis.", "flot.example", None),
    "trees": ("ru", "Ёлки", "Жители ещё ждут выборов.", "priliv.example", None),
    "town": ("tr", "Şehir", "Kitaplar Diyarbakır'a gitti.", "gelgit.example", None),
    "road": ("en", "A road", "It leads from Đồng Hới to Łask.", "tide.example", None),
    "taiwan": ("zh-Hant", "總統選舉", "今天臺灣的總統選舉開始。", "chao.example", None),
    "beijing": ("zh-CN", "早晨", "老师说，总统没有来。", "xi.example", None),
    "tokyo": ("ja", "東京の朝", "大統領は来なかった。", "shio.example", None),
}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | Address]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", PASSWORD)
        keeper = Keeper(request.getfixturevalue("postgres") if request.param == "postgresql" else None)
        folder = tmp_path_factory.mktemp("database")
        _enter(keeper, folder, *map(_article, STORIES))
        yield keeper.place(folder)


@pytest.fixture(scope="module")
def in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("database")
    _enter(Keeper(), folder, *map(_article, STORIES))
    return folder / "articles.sqlite"


def _enter(keeper: Keeper, folder: Path, *articles: dict[str, object]) -> None:
    with keeper.opened(folder) as tables, tables.transaction():
        tables.enter(articles)


def _article(name: str) -> dict[str, object]:
    language, headline, body, publisher, published = STORIES[name]
    return Article(
        url=f"https://{publisher}/{name}", id=name, publisher=publisher, section="World", headline=headline, body=body,
        language=language, date_published=published, crawled_at="2025-09-04T00:00:00Z", content_hash=name,
    ).to_dict()  # fmt: skip


def names(database: Path | Address, *words: str, among: Filter = ALL) -> list[str]:
    return sorted(match.url.rpartition("/")[2] for match in find(database, words, 20, among))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("farmer", ["fire", "quake"]), ("FARMERS", ["fire", "quake"]),
        ("Haus", ["haus"]), ("häusern", ["haus"]), ("hauser", ["haus"]), ("strasse", ["haus"]), ("STRASSEN", ["haus"]),
        ("navire", ["ship"]), ("revenir navires", []), ("travail", []), ("fini", ["ship"]),
        ("елка", ["trees"]), ("ёлка", ["trees"]), ("еще", ["trees"]), ("выборы", ["trees"]), ('"ждут выборы"', ["trees"]),
        ("kitap", ["town"]), ("diyarbakir", ["town"]), ("Diyarbakır", ["town"]), ("dong hoi", ["road"]), ("lask", ["road"]),
        ("Łask", ["road"]), ("strass*", ["haus"]), ("diyarb*", ["town"]),
    ],
)  # fmt: skip
def test_a_word_is_found_in_any_inflection_and_without_its_signs(
    database: Path | Address, words: str, found: list[str]
) -> None:
    assert names(database, words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("總統", ["beijing", "taiwan"]),
        ("总统", ["beijing", "taiwan"]),
        ("台湾", ["taiwan"]),
        ("大統領", ["tokyo"]),
        ("東京", ["tokyo"]),
    ],
)
def test_traditional_and_simplified_chinese_are_one(database: Path | Address, words: str, found: list[str]) -> None:
    pytest.importorskip("opencc", reason="OpenCC, of the extra 'search', is not installed")
    assert names(database, words) == found


def test_without_opencc_a_word_is_found_as_it_is_written(
    database: Path | Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    forms._converter.cache_clear()
    try:
        assert names(database, "總統") == ["taiwan"]
    finally:
        forms._converter.cache_clear()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["volcano", "OR", "calm"], ["calm", "fire", "quake"]), (["calm OR quake"], ["calm", "quake"]),
        (["volcano", "NOT", "quake"], ["fire"]), (["volcano NOT quake NOT farmers"], []),
        (["calm", "OR", "volcano", "NOT", "quake"], ["calm", "fire"]), (["farmer", "AND", "volcano"], ["fire", "quake"]),
        (['volcano NOT "no volcano"'], ["fire"]), (["calm or quake"], []), (["Haus NOT Straße"], []), (["(volcano"], ["fire", "quake"]),
    ],
)  # fmt: skip
def test_alternatives_and_what_is_left_out(database: Path | Address, words: list[str], found: list[str]) -> None:
    assert names(database, *words) == found


@pytest.mark.parametrize(
    "words", ["OR", "NOT fire", "fire OR", "OR fire", "fire NOT", "fire OR NOT quake", "fire OR OR quake"]
)
def test_an_operator_without_a_word_is_named(words: str) -> None:
    with pytest.raises(ValueError, match=r"expected a word (before|after) (OR|NOT)"):
        read_query([words])


@pytest.mark.parametrize(
    ("among", "found"),
    [
        (Filter(since=date(2025, 9, 2)), ["calm", "quake"]), (Filter(until=date(2025, 9, 1)), ["fire"]),
        (Filter(since=date(2025, 9, 1), until=date(2025, 9, 1)), ["fire"]),
        (Filter(since=datetime(2025, 9, 1, 18, tzinfo=UTC)), ["calm", "fire", "quake"]),
        (Filter(since=datetime(2025, 9, 1, 18, 1, tzinfo=UTC)), ["calm", "quake"]),
        (Filter(until=datetime(2025, 9, 2, 7, 59, tzinfo=UTC)), ["fire"]),
        (Filter(publishers=["xi.example", "shio.example"]), ["beijing", "tokyo"]),
    ],
)  # fmt: skip
def test_days_are_the_publishers_own_and_no_word_is_needed(
    database: Path | Address, among: Filter, found: list[str]
) -> None:
    assert names(database, among=among) == found


def test_words_and_days_together(database: Path | Address) -> None:
    assert names(database, "volcano", among=Filter(until=date(2025, 9, 1))) == ["fire"]
    assert [match.url[-5:] for match in find(database, [], 2, Filter(publishers=["tide.example"]))] == [
        "/calm",
        "quake",
    ]


@pytest.mark.parametrize(
    ("words", "snippet"),
    [
        ("Haus", "Am Fluss stehen drei alte [Häuser] an einer breiten Straße."), ("kitap", "[Kitaplar] Diyarbakır'a gitti."),
        ("strass*", "…Fluss stehen drei alte Häuser an einer breiten [Straße]."), ("navire", "Les [navires] reviendront quand les travaux seront finis."),
        ("大統領", "[大統領]は来なかった。"), ("week", "Nothing shook."), ('"three houses" OR fields', "Farmers leave their [fields]."),
    ],
)  # fmt: skip
def test_a_snippet_marks_what_was_found(database: Path | Address, words: str, snippet: str) -> None:
    assert [match.snippet for match in find(database, [words], 20)] == [snippet]


def test_a_long_text_is_cut_around_the_word(keeper: Keeper, tmp_path: Path) -> None:
    body = " ".join(f"word{number}" for number in range(100))
    _enter(keeper, tmp_path, _article("calm") | {"body": body})
    (match,) = find(keeper.place(tmp_path), ["word50"], 10)
    assert (
        match.snippet
        == f"…{body[body.index('word42') : body.index('word50')]}[word50]{body[body.index('word50') + 6 : body.index('word66') - 1]}…"
    )


def test_the_best_is_first(keeper: Keeper, tmp_path: Path) -> None:
    """A word of the headline counts more than one of the description, and that more than one of the body."""
    texts = {"body": "A ferry sank.", "description": "A ferry sank.", "headline": "A ferry sank"}
    stories = [_article("calm") | {name: text, "id": name, "url": name} for name, text in texts.items()]
    _enter(keeper, tmp_path, *stories)
    assert [match.url for match in find(keeper.place(tmp_path), ["ferries"], 10)] == list(reversed(texts))


def test_what_a_text_may_hold_is_searched(keeper: Keeper, tmp_path: Path) -> None:
    """Signs, words of any length, and a text of any length."""
    body = "It\u2019s The Who, well-known: www.a.example/b, 3.5 % (naïve) क्षेत्र " + "x" * 5000 + " word" * 500_000
    _enter(keeper, tmp_path, _article("calm") | {"headline": "\0", "body": body})
    place = keeper.place(tmp_path)
    for words in (
        '"the who"',
        '"well known"',
        "well-known",
        "a.example",
        "3.5",
        "naive",
        "क्षेत्र",
        "it’s",
        "it's",
        "word*",
        '"known www"',
    ):
        assert len(find(place, [words], 10)) == 1, words
    assert not find(place, ["क्ष"], 10)
    assert not find(place, ["x" * 4000], 10)


def test_a_database_of_the_version_before_is_brought_up_to_date(in_sqlite: Path, tmp_path: Path) -> None:
    before = tmp_path / "articles.sqlite"
    before.write_bytes(in_sqlite.read_bytes())
    with sqlite3.connect(before) as db:
        for what in ("trigger articles_deleted", "trigger articles_updated", "trigger articles_changed"):
            db.execute(f"drop {what}")
        db.executescript("""
            drop table articles_fts; drop view searched; drop table searched_texts;
            create table article_letters(article integer primary key, headline text, description text, body text);
            create view searched as select article, headline, description, body from articles;
            create virtual table articles_fts using fts5(
                headline, description, body, content = 'searched', content_rowid = 'article');
            create trigger articles_deleted before delete on articles begin select 1; end;
            create trigger articles_updated before update on articles begin select 1; end;
            pragma user_version = 2;
        """)
    with pytest.raises(OSError, match="of an earlier version; run 'newscrawl load'"):
        find(before, ["Haus"], 10)
    with sqlite3.connect(before) as db:
        Articles(db).make()
        db.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")  # raises
    assert names(before, "Haus") == ["haus"]


def test_the_command(
    database: Path | Address, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    named = database.text if isinstance(database, Address) else str(database)

    def scrapy(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
        with pytest.raises(SystemExit) as end:
            execute(["scrapy", "find", *arguments, "--database", named])
        return end.value.code, *capsys.readouterr()

    status, text, _ = scrapy("volcano", "--since", "2025-09-02", "--json")
    (match,) = json.loads(text)
    assert (status, match["url"], match["publisher"]) == (0, "https://tide.example/quake", "tide.example")
    assert "Volcano wakes" in scrapy("--until", "2025-09-01", "--publisher", "harbour.example")[1]
    newest = [
        json.loads(scrapy(*arguments, "--json")[1]) for arguments in (("-n", "2"), ("--until", "2035-01-01", "-n", "2"))
    ]
    assert newest[0] == newest[1]
    assert [match["date"] for match in newest[0]] == sorted((match["date"] for match in newest[0]), reverse=True)
    assert len(newest[0]) == 2
    assert scrapy("--publisher", "none.example")[2] == "no article is of that time and publisher\n"
    for arguments, sentence in (
        (("--since", "soon"), "--since 'soon' is not a date"),
        (("--since", "2025-09-02", "--until", "2025-09-01"), "no article can be between them"),
        ((), "expected a word to look for"),
    ):
        assert sentence in str(scrapy(*arguments)[0])
