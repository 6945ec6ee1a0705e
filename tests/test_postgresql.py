"""What is PostgreSQL's own: its types, its sentences, and that no password is shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from scrapy.cmdline import execute

from newscrawl.article.parsing import article_of
from newscrawl.database import postgresql
from newscrawl.database.address import Address, place_of
from newscrawl.load.search import Filter, find
from tests.postgresql import PASSWORD, Keeper, PostgresServer
from tests.test_load import FIRST, SAMPLE, SECOND, THIRD, article, load, written

Run = Callable[..., tuple[object, str]]


@pytest.fixture
def address(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of an empty database, whose password the environment has."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return postgres.database()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """``scrapy …`` in this process: exit status, and everything that it printed. A password is never there."""

    def command(*arguments: str) -> tuple[object, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
        monkeypatch.delitem(sys.modules, "newscrawl.settings", raising=False)
        with pytest.raises(SystemExit) as end:
            execute(["scrapy", *arguments])
        printed = "".join(capfd.readouterr()) + str(end.value.code)
        assert PASSWORD not in printed and "s3cret" not in printed and "Passw0rd" not in printed
        return end.value.code, printed

    return command


def test_an_article_has_the_types_of_postgresql(
    address: str, postgres: PostgresServer, run: Run, tmp_path: Path
) -> None:
    late = {"date_published": "9999-12-31T23:59:00-23:00", "date_modified": "0001-01-01T00:00:00+20:00"}
    written(tmp_path / "a.jsonl", article(1, premium=True, description="Dek\0"), article(2, **late))
    status, printed = run("load", "a.jsonl", "--database", address)
    assert status == 0 and "a.jsonl: 2 new" in printed
    assert f"from 1 file, in {address}\n" in printed
    name = address.rpartition("/")[2]
    columns = (
        "authors, premium, word_count, extraction, description, date_published, date_published_written, day, crawled_at"
    )
    assert postgres.execute(f"select {columns} from articles where id like '%1'", name) == [
        (
            ["Ana Brel", "Tomas Weir"], True, 9, {"headline": "h1"}, "Dek\ufffd",
            datetime(2025, 9, 2, 20, 19, tzinfo=UTC), "2025-09-03T01:49:00+05:30", date(2025, 9, 3),
            datetime(2025, 9, 3, 2, 30, tzinfo=UTC),
        )
    ]  # fmt: skip
    written_as = postgres.execute(
        "select date_published_written, date_modified_written from articles where id like '%2'", name
    )
    assert written_as == [tuple(late.values())]
    described = postgres.execute(
        "select count(*) from pg_description where objoid = 'articles'::regclass and objsubid > 0", name
    )
    assert described == [(len(postgresql.COLUMNS),)]


def test_objects_in_lists_are_jsonb(address: str, postgres: PostgresServer, tmp_path: Path) -> None:
    keeper = Keeper(postgres)
    image = {"url": "https://news.example/1.jpg", "caption": "The quay\0", "credit": None, "width": 1200}
    first, second = article(1, images=[image], keywords=["quay"]), article(1, SECOND, body="Other.")
    load(tmp_path, written(tmp_path / "a.jsonl", first, second), keeper=keeper)
    query = "select keywords, images, (images -> 0 ->> 'width')::integer from "
    kept = [(["quay"], [image | {"caption": "The quay\ufffd"}], 1200)]
    assert keeper.rows(tmp_path, query + "earlier") == kept
    with keeper.opened(tmp_path) as tables, tables.transaction():
        tables.prefer(f"{first['publisher']}/{first['id']}", FIRST, first["content_hash"])
    assert keeper.rows(tmp_path, query + "articles") == kept
    assert keeper.rows(tmp_path, query + "earlier") == [([], [], None)]


def test_its_own_full_text_search_finds_what_was_loaded(address: str, postgres: PostgresServer, tmp_path: Path) -> None:
    keeper = Keeper(postgres)
    written(tmp_path / "a.jsonl", article(1, headline="Häuser am Hafen", language="de"))
    load(tmp_path, keeper=keeper)
    sql = "select id from articles where search @@ websearch_to_tsquery('newscrawl_german', 'haus hafens')"
    assert len(keeper.rows(tmp_path, sql)) == 1


def test_twice_is_once_and_writes_nothing(address: str, postgres: PostgresServer, run: Run, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", article(1), article(1, SECOND, body="Other."), "torn")
    assert run("load", "a.jsonl", "--database", address)[0] == 2
    name = address.rpartition("/")[2]
    rows = "select xmin::text, ctid::text, * from "
    before = [postgres.execute(rows + table, name) for table in ("articles", "earlier", "files", "runs", "left_out")]
    status, printed = run("load", "a.jsonl", "--database", address)
    assert (status, printed) == (0, f"exit status 0 (ok): nothing new for {address}\n0")
    written(tmp_path / "a.jsonl", article(1, SECOND, body="Other."), article(1), article(1))
    assert "0 new, 0 changed, 3 known" in run("load", "a.jsonl", "--database", address)[1]
    after = [postgres.execute(rows + table, name) for table in ("articles", "earlier")]
    assert after == before[:2]


def test_a_database_gets_the_columns_that_it_lacks(
    address: str, postgres: PostgresServer, run: Run, tmp_path: Path
) -> None:
    written(tmp_path / "a.jsonl", article(1))
    assert run("load", "a.jsonl", "--database", address)[0] == 0
    name = address.rpartition("/")[2]
    for table in ("articles", "earlier"):
        postgres.execute(f"alter table {table} drop column links cascade", name)
    postgres.execute(
        "".join(f"drop view if exists {view}; create view {view} as select 1;" for view in postgresql.VIEWS), name
    )
    postgres.execute("".join(f"alter view {view} owner to news;" for view in postgresql.VIEWS), name)
    written(tmp_path / "b.jsonl", article(1, SECOND, body="Other.", links=["https://news.example/x"]))
    assert run("load", "b.jsonl", "--database", address)[0] == 0
    assert postgres.execute("select links from versions order by crawled_at", name) == [
        (None,),
        (["https://news.example/x"],),
    ]


def test_the_version_that_a_history_says_was_last_is_the_articles(
    address: str, postgres: PostgresServer, tmp_path: Path
) -> None:
    keeper = Keeper(postgres)
    first, second = article(1, topics=["Storms"], body="Wind."), article(1, THIRD)
    load(tmp_path, written(tmp_path / "a.jsonl", first, second), keeper=keeper)
    with keeper.opened(tmp_path) as tables:
        for _ in "twice":
            with tables.transaction():
                tables.prefer(f"{first['publisher']}/{first['id']}", FIRST, first["content_hash"])
        with tables.transaction():
            assert tables.enter([second, first]) == (0, 0, 2)
    assert keeper.rows(tmp_path, "select a.crawled_at, e.crawled_at, topic from articles a, earlier e, topics") == [
        (FIRST, THIRD, "Storms")
    ]
    assert len(find(keeper.place(tmp_path), ["wind"], 10)) == 1
    assert not find(keeper.place(tmp_path), ["ship"], 10)


def test_find_answers_as_in_sqlite(address: str, run: Run, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", article(1), article(2, date_published=None), article(9, **SAMPLE))
    assert "; 1 article of the sample edition was left out" in run("load", "a.jsonl", "--database", address)[1]
    assert run("load", "--demo", "a.jsonl", "--database", address)[0] == 0
    (match,) = json.loads(
        run("find", "harbour", "--since", "2025-09-01", "--database", address, "--json")[1].rstrip("0")
    )
    assert (match["date"], match["snippet"]) == (
        "2025-09-03T01:49:00+05:30",
        "The farmers of Maro waited. Then a ship came.",
    )
    told = run("find", "harbour", "--since", "2025-09-01", "--database", address)[1]
    assert "1 article of the sample edition was left out (--demo finds it)" in told and SAMPLE["url"] not in told
    assert SAMPLE["url"] in run("find", "harbour", "--demo", "--database", address)[1]
    assert "no article has volcano" in run("find", "volcano", "--database", address)[1]


# Sentences -----------------------------------------------------------------------


def test_what_cannot_be_used_is_a_sentence_before_anything_is_read(
    address: str, postgres: PostgresServer, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jsonl").write_text("never read")
    monkeypatch.setattr("newscrawl.load.files._Reading", None)
    monkeypatch.delenv("PGPASSWORD")
    good = address.replace("news@", f"news:{PASSWORD}@")
    other = postgres.database().rpartition("/")[2]
    postgres.execute("create table articles(x int)", other)
    narrow = postgres.database().rpartition("/")[2]
    postgres.execute(f"drop database {narrow}")
    postgres.execute(f"create database {narrow} encoding latin1 template template0 owner news")
    foreign = postgres.database().rpartition("/")[2]
    postgres.execute("revoke create on schema public from public; alter schema public owner to postgres", foreign)
    name = address.rpartition("/")[2]
    for wrong, said in {
        address: "no password supplied",
        good.replace(PASSWORD, f"{PASSWORD}x"): 'password authentication failed for user "news"',
        good.replace(name, "nowhere"): 'database "nowhere" does not exist',
        good.replace(str(postgres.port), "1"): "Connection refused",
        good.replace(name, other): "has a table articles of something else",
        good.replace(name, narrow): "holds text as LATIN1",
        good.replace(name, foreign): "permission denied for schema public",
        good.replace(PASSWORD, f"{PASSWORD}@x"): "in a name or password, write @ as %40",
        good.replace(PASSWORD, f"{PASSWORD}/x"): "in a name or password, write @ as %40",
        good.replace(PASSWORD, f"{PASSWORD}?x"): "in a name or password, write @ as %40",
        good.replace(PASSWORD, f"{PASSWORD}%x"): "in a name or password, write @ as %40",
        f"{good}?sslpassword={PASSWORD}&wrong={PASSWORD}": "cannot be read",
        f"host=127.0.0.1 password={PASSWORD}": "is named as postgresql://USER@HOST",
        f"postgresql:u:{PASSWORD}@h/d": "is named as postgresql://USER@HOST",
        f"postgresql:/u:{PASSWORD}@h/d": "cannot be read",
        f"mysql://u:{PASSWORD}@h/d": "a database is a file or postgresql://",
    }.items():
        for command in (("load", "a.jsonl"), ("find", "x")):
            status, printed = run(*command, "--database", wrong)
            if said.startswith("permission denied") and command[0] == "find":
                said = "holds no articles; 'newscrawl load --database ADDRESS' loads some"
            assert said in printed, (wrong, printed)
            assert status == 1 or command[0] == "find"
            assert len(printed.splitlines()) <= 2


def test_without_its_library_a_sentence_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    written(tmp_path / "a.jsonl", article(1))
    for command in (("load", "a.jsonl"), ("find", "x")):
        printed = run(*command, "--database", f"postgresql://u:{PASSWORD}@127.0.0.1/x")[1]
        assert "psycopg is missing: pip install 'newscrawl[postgresql]'" in printed


def test_a_password_may_be_in_the_address_or_in_a_file(
    address: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "a.jsonl", article(1))
    monkeypatch.delenv("PGPASSWORD")
    assert run("load", "a.jsonl", "--database", address.replace("news@", f"news:{PASSWORD}@"))[0] == 0
    (tmp_path / "pgpass").write_text(f"127.0.0.1:*:*:news:{PASSWORD}\n")
    (tmp_path / "pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    assert "Harbour number 1" in run("find", "harbour", "--database", address)[1]


def test_the_other_commands_say_that_they_read_sqlite(run: Run) -> None:
    assert "is not a file: this command reads an SQLite database" in run("browse", f"postgresql://u:{PASSWORD}@h/d")[1]


def test_an_error_of_the_database_is_a_sentence_and_undoes_the_file(
    address: str, postgres: PostgresServer, run: Run, tmp_path: Path
) -> None:
    written(tmp_path / "a.jsonl", article(1))
    assert run("load", "a.jsonl", "--database", address)[0] == 0
    name = address.rpartition("/")[2]
    postgres.execute("alter table articles add constraint none check (id not like '%3')", name)
    written(tmp_path / "b.jsonl", article(1, SECOND, body="Other."), article(2), article(3))
    status, printed = run("load", "b.jsonl", "--database", address)
    assert (
        status == 1
        and f'exit status 1 (failed): {address} cannot be used (new row for relation "articles" violates' in printed
    )
    assert postgres.execute("select count(*) from versions", name) == [(1,)]


def test_an_address_is_shown_without_its_password() -> None:
    pytest.importorskip("psycopg")
    place = place_of(f"postgresql://u:{PASSWORD}@h:5433/d?sslpassword={PASSWORD}")
    assert isinstance(place, Address)
    assert (str(place), repr(place)) == ("postgresql://u@h:5433/d", "Address(shown='postgresql://u@h:5433/d')")


def test_a_search_needs_only_the_right_to_read(
    address: str, postgres: PostgresServer, run: Run, tmp_path: Path
) -> None:
    written(tmp_path / "a.jsonl", article(1))
    assert run("load", "a.jsonl", "--database", address)[0] == 0
    name = address.rpartition("/")[2]
    postgres.execute(f"create role reader_{name} login password '{PASSWORD}'")
    postgres.execute(f"grant select on all tables in schema public to reader_{name}", name)
    place = place_of(address.replace("news@", f"reader_{name}@"))
    assert len(find(place, ["harbour"], 10, Filter())) == 1


def test_a_schema_may_be_named_in_the_address(address: str, postgres: PostgresServer, run: Run, tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", article(1))
    name = address.rpartition("/")[2]
    postgres.execute("create table articles(x int); create schema mine authorization news", name)
    mine = f"{address}?options=-csearch_path%3Dmine"
    status, printed = run("load", "a.jsonl", "--database", mine)
    assert status == 0 and "search_path" not in printed
    assert "Harbour number 1" in run("find", "harbour", "--database", mine)[1]
    assert postgres.execute("select count(*) from mine.articles", name) == [(1,)]


def test_texts_that_an_index_could_not_hold_are_loaded(
    address: str, postgres: PostgresServer, run: Run, tmp_path: Path
) -> None:
    long = Random(1).randbytes(50_000).hex() + "".join(map(chr, range(0x4E00, 0x9FFF)))
    words = " ".join(f"{number:x}é" for number in range(200_000))
    texts = {
        "section": long,
        "topics": [long, long[::-1]],
        "authors": [long],
        "copy_group": long,
        "url": f"http://x.example/{long}",
    }
    odd = article(1, headline=words, description=words, body=words, **texts)
    letters = article(2, language="zh", body="".join(map(chr, range(0x3400, 0x9FFF))) * 3)
    written(tmp_path / "a.jsonl", odd, letters)
    status, printed = run("load", "a.jsonl", "--database", address)
    assert (status, "2 new articles" in printed) == (0, True)
    assert postgres.execute(
        "select section = topics[1] from articles where id like '%1'", address.rpartition("/")[2]
    ) == [(True,)]


def test_a_connection_that_is_lost_is_a_sentence_and_the_next_load_goes_on(
    address: str, postgres: PostgresServer, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "a.jsonl", article(1))
    written(tmp_path / "b.jsonl", *map(article, range(2, 5)))
    name = address.rpartition("/")[2]

    def losing(line: bytes) -> dict[str, Any]:
        if article(3)["id"].encode() in line:
            postgres.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")
        return article_of(line)

    monkeypatch.setattr("newscrawl.load.files.article_of", losing)
    status, printed = run("load", "a.jsonl", "b.jsonl", "--database", address)
    assert status == 1 and f"exit status 1 (failed): {address} cannot be used (" in printed
    assert "Traceback" not in printed
    monkeypatch.undo()
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)
    assert postgres.execute("select count(*) from articles", name) == [(1,)]
    status, printed = run("load", "a.jsonl", "b.jsonl", "--database", address)
    assert status == 0 and "3 new articles" in printed
