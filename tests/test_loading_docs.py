"""What docs/how-to/loading.md shows is what happens: its commands in an empty folder, and its snippets after them."""

from __future__ import annotations

import ast
import html
import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from newscrawl.demo.edition import stories
from tests.conftest import PROJECT

DOCUMENT = (PROJECT / "docs" / "how-to" / "loading.md").read_text(encoding="utf8")
TABLES = (PROJECT / "docs" / "reference" / "database.md").read_text(encoding="utf8")
(COMMANDS,) = re.findall(r"<!-- command: load -->\n```sh\n(.*?)```", DOCUMENT, re.DOTALL)
*RUN, DATASETTE = COMMANDS.splitlines()
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "PYTHONPATH": str(PROJECT),
    "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
}


def snippets(language, *containing):
    """Those of the document, over the sample edition's files in the place of real ones."""
    found = re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)
    return [text.replace("output/", "output/demo/") for text in found if all(word in text for word in containing)]


def shell(command, folder, **environment):
    installed = f'newscrawl() {{ {sys.executable} -m newscrawl "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", installed + command], cwd=folder, capture_output=True, text=True, check=False, timeout=300,
        env={**ENVIRONMENT, **environment},
    )  # fmt: skip


def python(code, folder):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, timeout=300,
        env=ENVIRONMENT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An empty folder in which all commands but the last were run, as they stand."""
    empty = tmp_path_factory.mktemp("empty")
    for command in RUN:
        done = shell(command, empty)
        assert done.returncode == 0, done.stderr
        (empty / f"{command.split()[1]}.txt").write_text(done.stdout, encoding="utf8")
    return empty


@pytest.fixture(scope="module")
def nights(folder):
    """All articles in the files, by whether they are new."""
    read = [
        json.loads(line) for file in sorted(folder.glob("output/demo/*.jsonl")) for line in file.open(encoding="utf8")
    ]
    return [one for one in read if one["status"] == "new"], [one for one in read if one["status"] == "changed"]


def test_the_commands_in_an_empty_folder(folder, nights):
    new, changed = nights
    with sqlite3.connect(folder / "output" / "demo" / "articles.sqlite") as db:
        assert db.execute("select count(*) from articles").fetchone() == (len(new),)
        assert db.execute("select count(*) from versions").fetchone() == (len(new) + len(changed),)
        assert db.execute("select new, changed from runs order by id").fetchall() == [
            (len(stories()), 0),
            (len(new) - len(stories()), len(changed)),
        ]
    assert "Volcano on Pelu falls quiet" in (folder / "find.txt").read_text(encoding="utf8")


def test_what_the_document_says_is_in_the_database(folder):
    with sqlite3.connect(folder / "output" / "demo" / "articles.sqlite") as db:
        there = db.execute("select name from sqlite_schema where type in ('table', 'view') and name not glob '*_fts_*'")
        names = {name for (name,) in there}
    told = re.findall(r"^\| (`[^|]+`) \|", TABLES, re.MULTILINE)
    assert {name for cell in told for name in re.findall(r"`(\w+)`", cell)} | {"articles_fts"} == names


# Snippets ------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
def test_jq(folder, nights):
    days, words = (shell(text, folder) for text in snippets("sh", "jq "))
    assert days.returncode == words.returncode == 0, days.stderr + words.stderr
    assert sum(int(line.split()[0]) for line in days.stdout.splitlines()) == len(nights[0])
    assert {len(line.split()[1]) for line in days.stdout.splitlines()} == {10}
    assert "harbour" in words.stdout.lower()


def test_sqlite(folder, nights):
    (code,) = snippets("python", "articles_fts")
    shown = python(code, folder)
    assert "harbour" in shown.lower()
    assert all(one["headline"] in shown for one in nights[1])


def per_day(nights):
    days = [one["date_published"][:10] for one in nights[0]]
    return {day: days.count(day) for day in days}


def test_pandas(folder, nights):
    pytest.importorskip("pandas")
    files, database = snippets("python", "import pandas")
    shown = python(files, folder)
    assert {line.split()[0]: int(line.split()[1]) for line in shown.splitlines()[1:-1]} == per_day(nights)
    assert re.search(r"^Ordan +5", python(database, folder), re.MULTILINE)


def test_polars(folder, nights):
    pytest.importorskip("polars")
    shown = python(snippets("python", "import polars")[0], folder)
    topics = [topic for one in nights[0] for topic in one["topics"]]
    assert re.search(rf"Ordan +┆ {topics.count('Ordan')} ", shown)


def test_duckdb(folder, nights):
    pytest.importorskip("duckdb")
    shown = python(snippets("python", "import duckdb")[0], folder)
    assert all(one["id"] in shown for one in nights[1])


def test_spark(folder, nights):
    pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java")
    shown = python(snippets("python", "pyspark")[0], folder)
    for day, count in per_day(nights).items():
        assert re.search(rf"\|{day}\| +{count}\|", shown)


def test_cron(tmp_path):
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (tmp_path / "output" / "demo").mkdir(parents=True)
    (line,) = re.findall(r"^[\d*].*$", snippets("cron")[0], re.MULTILINE)
    command = line.split(maxsplit=5)[5].replace("/srv/newscrawl", str(tmp_path))
    quick = command.replace("crawl worldnews", "crawl worldnews -a start=demo -a pages=1 -a hops=0")
    quick = quick.replace(" load;", " 'load --demo';")
    (tmp_path / "output" / "demo" / "old.jsonl").write_text("torn\n")
    for said in ("exit status 2 (incomplete): 12 new articles, ", ""):
        done = subprocess.run(
            ["/bin/sh", "-c", quick], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
            env=ENVIRONMENT | {"PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert done.stdout.startswith(said) and done.stdout.count("\n") == bool(said), done.stdout
    failing = quick.replace("-a pages=1", "-a pages=none")
    done = shell(failing, tmp_path)
    assert done.stdout.startswith("exit status 1 (failed): pages=") and done.stdout.count("\n") == 1


def test_airflow(tmp_path):
    (code,) = snippets("python", "airflow")
    tree = ast.parse(code)
    (command,) = [
        node.value.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "bash_command"
    ]
    for crawl, load, status in (
        ("true", "true", 0),
        ("exit 2", "true", 2),
        ("exit 2", "exit 1", 1),
        ("true", "exit 2", 2),
    ):
        tried = command.replace(".venv/bin/scrapy crawl worldnews", f"({crawl})").replace(
            ".venv/bin/scrapy load", f"({load})"
        )
        assert "scrapy" not in tried
        assert shell(tried, tmp_path).returncode == status
    if importlib.util.find_spec("airflow") is None:
        pytest.skip("the command was run; Airflow, which would import the DAG, is not installed")
    assert "crawl_and_load" in python(f"{code}\nprint(dag.task_ids)", tmp_path)


# Datasette -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(folder, tmp_path_factory):
    """The address at which the document's last command serves the database, with one more article in it."""
    pytest.importorskip("datasette")
    night = folder / "output" / "demo" / "markup.jsonl"
    first = sorted(folder.glob("output/demo/worldnews-*.jsonl"))[0].read_text(encoding="utf8").splitlines()[0]
    markup = {
        "id": "999",
        "headline": "<b id=bold>Bold</b><script>document.title='owned'</script>",
        "topics": ["<i>It</i>"],
    }
    late = {"date_published": "2025-09-04T00:00:00+05:30"}
    unspaced = {"id": "998", "headline": "北の島で火山が静かになる", "body": "村の人々は家へ帰った。"}
    night.write_text(
        "".join(json.dumps(json.loads(first) | more) + "\n" for more in (markup | late, unspaced)), encoding="utf8"
    )
    assert shell("scrapy load --demo", folder).returncode == 0
    words = [sys.executable, "-m", *DATASETTE.split(), "-h", "127.0.0.1", "-p", "0"]
    installed = tmp_path_factory.mktemp("datasette")
    with_plugin(installed)
    environment = ENVIRONMENT | {"PYTHONPATH": f"{PROJECT}{os.pathsep}{installed}"}
    with (installed / "log").open("w") as out:
        process = subprocess.Popen(words, cwd=folder, stdout=out, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        for line in process.stderr:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield found[0]
                break
        else:
            pytest.fail("Datasette did not start")
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()
        night.unlink()


def with_plugin(folder):
    """What an installation of the project tells Datasette; the environment's may be older than the entry point."""
    (point,) = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf8"))["project"]["entry-points"][
        "datasette"
    ].items()
    told = folder / "newscrawl_of_this_checkout-0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: newscrawl-of-this-checkout\nVersion: 0\n")
    (told / "entry_points.txt").write_text(f"[datasette]\n{' = '.join(point)}\n")


def fetched(address):
    with urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def test_datasette_front_page_and_where_it_leads(served):
    front = fetched(served)
    assert 'class="headline"' in front
    links = {html.unescape(link) for link in re.findall(r'href="(/[^"#]*)"', front)}
    assert "/articles/articles?_topic=Shipping" in links
    for link in sorted(links)[:12]:
        assert fetched(f"{served}{link}"), link
    told = fetched(f"{served}/articles/article_topics?topic=Volcanoes")
    assert re.search(r'<a href="/articles/articles/\d+">Volcano on Pelu falls quiet', told)


def test_datasette_searches(served):
    (found, *_) = json.loads(fetched(f"{served}/articles/search.json?words=volcano&_shape=array"))
    assert found["headline"].startswith("Volcano on Pelu")
    assert "[Volcano]" in found["found"]
    rows = json.loads(fetched(f"{served}/articles/articles.json?_search=volcano&_shape=array"))
    assert any(row["headline"].startswith("Volcano on Pelu") for row in rows)


@pytest.mark.parametrize("words", ["", " ", '"', 'none "such', "volcano OR"])
def test_datasette_searches_for_what_is_no_word_yet(served, words):
    assert json.loads(fetched(f"{served}/articles/search.json?_shape=array&words={quote(words)}")) == []


def test_datasette_finds_words_of_scripts_without_spaces(served):
    def found(words):
        address = f"{served}/articles/search.json?_shape=array&words={quote(words)}"
        return [row["headline"] for row in json.loads(fetched(address))]

    assert found("火山") == found('"火山"') == found("火山 家") == ["北の島で火山が静かになる"]
    assert found("山火") == []
    box = quote('"火 山"')
    assert len(json.loads(fetched(f"{served}/articles/articles.json?_shape=array&_search={box}"))) == 1


def test_datasette_of_what_cannot_be_written(folder):
    pytest.importorskip("datasette")
    (command,) = snippets("sh", "datasette -i")
    done = shell(f"{command.strip()} --get '/articles/search.json?words=volcano&_shape=array'", folder)
    assert json.loads(done.stdout)[0]["headline"].startswith("Volcano on Pelu"), done.stderr


def test_a_browser_shows_newest_stories_and_facets(served, nights, tmp_path):
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("no Chromium is installed")
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    done = subprocess.run(
        [browser, *flags.split(), f"--user-data-dir={tmp_path}", "--dump-dom", f"{served}/articles/articles?_facet_size=50"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    page = done.stdout
    assert page, done.stderr
    newest = max((one for one in nights[0]), key=lambda one: one["date_published"])
    assert html.escape(newest["headline"], quote=False) in page
    assert re.findall(r'<details name="facet">\s*<summary>(\w+)', page) == [
        "Day",
        "Status",
        "Premium",
        "Dates",
        "Order",
    ]
    assert re.search(r"<bdi>4 Sep 2025</bdi></a> <span>\d+", page)
    assert "&lt;b id=bold&gt;Bold&lt;/b&gt;" in page
    assert "<b id=" not in page and "<i>It</i>" not in page
    assert "<title>owned" not in page
