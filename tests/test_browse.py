"""Datasette as a desk reads it: pages of a real Datasette over a loaded database, and the command that starts it."""

from __future__ import annotations

import asyncio
import html
import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from urllib.request import urlopen

import pytest

from newscrawl.article.item import Article, Image, Update
from newscrawl.browse.asked import Asked
from newscrawl.browse.wording import address, blocks, day, moment
from newscrawl.database.articles import Articles
from newscrawl.load import datasette as described
from newscrawl.load.database import Database
from newscrawl.load.files import load_file

pytest.importorskip("datasette", reason="Datasette is not installed: pip install 'newscrawl[datasette]'")

from datasette.app import Datasette
from datasette.plugins import pm

from newscrawl.browse import plugin, server
from newscrawl.browse.desk import Desk

FIRST, SECOND = "2025-09-03T16:30:00Z", "2025-09-04T16:30:00Z"
OWNED = "<b id=bold>Bold</b><script>document.title='owned'</script>"

HARBOUR = Article(
    "https://www.herald.example/world/harbour-1.html", "1", "herald.example", section="World",
    headline="Harbour of Maro reopens", description="Ships had waited for three days.",
    authors=["Ana Brel", "Tomas Weir"], place="Maro", date_published="2025-09-03T19:49:00+05:30",
    body="The farmers of Maro waited.\n\nPort | Ships\n\nMaro | 12\n\nThen a ship came.",
    image="https://img.herald.example/1.jpg", image_caption="The quay. Photo: Edition.", topics=["Shipping", "Maro"],
    language="en", copy_group="herald.example/1", next_url="https://www.herald.example/world/owned-2.html", crawled_at=FIRST,
)  # fmt: skip
OTHERS = [
    Article("javascript:alert(1)", "2", "herald.example", section="World", headline=OWNED, body=OWNED,
            image="javascript:alert(2)", image_caption=OWNED, authors=[OWNED], topics=[OWNED],
            date_published="2025-09-03T18:00:00+05:30", premium=True, live=True, crawled_at=FIRST),
    Article("https://sahifa.example/1", "1", "sahifa.example", section="العالم", headline="إعادة فتح ميناء مارو",
            body="قال مجلس مارو إن الميناء سيفتح.", language="ar", date_published="2025-09-02T10:00:00+03:00",
            copy_group="herald.example/1", crawled_at=FIRST),
    Article("https://shimbun.example/1", "1", "shimbun.example", headline="北の島で火山が静かになる",
            body="村の人々は家へ帰った。", language="ja", crawled_at=FIRST),
    Article("https://herald.example/far", "3", "herald.example", section="Business", headline="A date that cannot be",
            body="Text.", date_published="2031-01-01T10:00:00+00:00", crawled_at=FIRST),
]  # fmt: skip


def sealed(article, **more):
    made = replace(article, found=None, **more)
    made.seal()
    return made.to_dict()


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """Five articles, of which the first has an earlier version."""
    folder = tmp_path_factory.mktemp("desk")
    changed = {"headline": "Harbour of Maro opens again", "status": "changed", "crawled_at": SECOND}
    nights = [[sealed(one) for one in (HARBOUR, *OTHERS)], [sealed(HARBOUR, **changed)]]
    with Database(folder / "articles.sqlite") as loading:
        for number, night in enumerate(nights):
            path = folder / f"{number}.jsonl"
            path.write_text("".join(json.dumps(one) + "\n" for one in night), encoding="utf8")
            load_file(loading, path)
    return folder / "articles.sqlite"


@contextmanager
def registered(wanted):
    """Datasette with the plugin, or without it, whether or not the environment's entry point has registered it."""
    before = pm.is_registered(plugin)
    if before != wanted:
        pm.register(plugin, "newscrawl") if wanted else pm.unregister(plugin)
    yield
    if pm.is_registered(plugin) != before:
        pm.register(plugin, "newscrawl") if before else pm.unregister(plugin)


@pytest.fixture(autouse=True)
def with_plugin():
    with registered(True):
        yield


def pages(files, *paths, **options):
    async def fetch():
        datasette = Datasette([str(file) for file in files], **options)
        await datasette.invoke_startup()  # as "datasette serve" does, before it lists all templates
        return [await datasette.client.get(path) for path in paths]

    answers = asyncio.run(fetch())
    for answer, path in zip(answers, paths, strict=True):
        assert answer.status_code == 200, (path, answer.text)
    return [answer.text for answer in answers]


def page(database, path, **options):
    return pages([database], path, **options)[0]


def number_of(database, headline):
    with sqlite3.connect(database) as db:
        return db.execute("select article from articles where headline like ?", (f"{headline}%",)).fetchone()[0]


def story(database, headline, query=""):
    return page(database, f"/articles/articles/{number_of(database, headline)}{query}")


def headlines(text):
    found = re.findall(r'class="headline".*?<a href="[^"]*">(.*?)</a>', text, re.DOTALL)
    return [html.unescape(re.sub(r"</?mark>", "", one)) for one in found]


# The front page ------------------------------------------------------------------


def test_the_front_page_has_the_newest_stories_by_day(database):
    front = page(database, "/")
    assert headlines(front) == [
        "Harbour of Maro opens again", OWNED, "إعادة فتح ميناء مارو", "A date that cannot be", "北の島で火山が静かになる",
    ]  # fmt: skip
    days = [re.sub(r"<[^>]+>", "", one).split() for one in re.findall(r'<h2 class="day">(.*?)</h2>', front)]
    assert [" ".join(words[:4]) for words in days] == [
        "Wednesday 3 September 2025", "Tuesday 2 September 2025", "Without a possible date",
    ]  # fmt: skip
    assert '<time datetime="2025-09-03T19:49:00+05:30">19:49</time>' in front
    assert "Ships had waited for three days." in front
    assert "Ana Brel" in front
    assert "<del>Harbour of Maro reopens</del>" in front
    assert "<img" not in front


def test_where_the_front_page_leads(database):
    front = page(database, "/")
    links = {html.unescape(link) for link in re.findall(r'href="(/[^"#]*)', front)}
    assert {"/articles/articles?section=Business", "/articles/articles?day=2025-09-03", "/articles/changed_stories",
            "/articles/topics", "/articles/authors", "/articles/articles?_topic=Shipping", "/articles"} <= links  # fmt: skip
    pages([database], *links)


def test_a_database_without_stories(tmp_path):
    with Database(tmp_path / "articles.sqlite"):
        pass
    assert "No stories yet" in page(tmp_path / "articles.sqlite", "/")
    assert "0 stories" in page(tmp_path / "articles.sqlite", "/articles/articles")


# An article ----------------------------------------------------------------------


def test_an_article_is_an_article(database):
    text = story(database, "Harbour of Maro")
    assert re.search(r"<h1 [^>]*>Harbour of Maro opens again</h1>", text)
    assert re.search(
        r"By <a [^>]*><bdi>Ana Brel</bdi></a> and <a [^>]*><bdi>Tomas Weir</bdi></a>, <bdi>Maro</bdi>", text
    )
    assert '<time datetime="2025-09-03T19:49:00+05:30">3 September 2025, 19:49 +05:30</time>' in text
    assert '<p dir="auto">The farmers of Maro waited.</p>' in text
    assert '<tr><td dir="auto">Maro</td><td dir="auto">12</td></tr>' in text
    assert '<a href="https://www.herald.example/world/harbour-1.html" rel="noreferrer noopener">' in text
    assert "The quay. Photo: Edition." in text
    (picture,) = re.findall("<img [^>]*>", text)
    assert 'src="https://img.herald.example/1.jpg"' in picture
    assert 'loading="lazy"' in picture and 'referrerpolicy="no-referrer"' in picture


def test_an_article_tells_what_changed(database):
    changes = story(database, "Harbour of Maro").partition('id="versions"')[2]
    assert "4 September 2025, 16:30 UTC" in changes
    assert re.search(r"Harbour of Maro .*<del>reopens</del><ins>opens again</ins>", changes)
    assert 'id="versions"' not in story(database, "إعادة")


def test_an_article_leads_to_its_copies(database):
    assert re.search(r'<h2>The same text elsewhere</h2>.*?lang="ar" dir="auto">إعادة فتح ميناء مارو</a>.*?'
                     r'href="https://sahifa.example/1"', story(database, "Harbour"), re.DOTALL)  # fmt: skip
    assert "The same text elsewhere" not in story(database, "北の島")


def test_an_article_has_its_language_and_direction(database):
    text = story(database, "إعادة")
    assert '<html lang="en">' in text
    assert '<header lang="ar" dir="auto">' in text
    assert '<div class="body" lang="ar" dir="auto">' in text


@pytest.mark.parametrize("query", ["", "?_words=bold"])
def test_what_a_page_says_is_text(database, query):
    text = story(database, "<b id=bold>", query)
    assert "&lt;script&gt;" in text
    assert "<script" not in text and "<b id" not in text
    assert "javascript:" not in "".join(re.findall(r'(?:href|src)="[^"]*', text))
    for path in ("/", "/articles/articles", "/articles/topics", "/articles/authors", "/articles/articles?_words=owned"):
        assert "<b id" not in page(database, path)


def test_the_page_may_load_pictures_and_nothing_else(database):
    text = story(database, "Harbour")
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1])
    assert "default-src 'none'" in policy and "img-src 'self' http: https:" in policy and "script" not in policy
    assert "style=" not in text
    without = page(database, f"/articles/articles/{number_of(database, 'Harbour')}",
                   metadata={"plugins": {"newscrawl": {"pictures": False}}})  # fmt: skip
    assert "<img" not in without and "img-src &#39;self&#39;;" in without
    assert 'href="https://img.herald.example/1.jpg"' in without


UPDATES = [asdict(Update("2025-09-03T19:49:00+05:30", OWNED, "Text.", "Text.")), asdict(Update())]
WRITTEN = Article(
    "https://www.herald.example/world/ferry-9.html", "9", "herald.example", headline="The ferry is back", language="en",
    body="The ferry came.\n\nWhat now\n\nOne <b>boat</b>\n\nThe end.", crawled_at=FIRST,
    body_markdown="The *ferry* [came](https://x.example/a).\n\n![A quay](http://x.example/q.jpg)\n*At noon.*\n\n## What now\n\n"
                  "- One <b>boat</b>\n\nThe end. [x](javascript:alert(1))",
    image="https://x.example/lead.jpg", images=[Image("https://x.example/lead.jpg", OWNED, "Bo Quist", OWNED)],
    corrections=["The end.", f"Correction: {OWNED}"], contributors=["Cy <b id=x>"],
)  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("written") / "articles.sqlite"
    with Database(path) as loading, loading.transaction():
        loading.put(sealed(WRITTEN) | {"updates": UPDATES})
    return path


def test_an_article_is_shown_as_it_was_written(written):
    text = page(written, "/articles/articles/1")
    assert '<p>The <em>ferry</em> <a href="https://x.example/a">came</a>.</p>' in text
    assert (
        '<figure><img src="https://x.example/q.jpg" alt="A quay" /><figcaption>At noon.</figcaption></figure>' in text
    )
    assert "<h2>What now</h2>" in text and "<li>One &lt;b&gt;boat&lt;/b&gt;</li>" in text
    assert text.count('src="https://x.example/lead.jpg"') == 1 and "<span>Bo Quist</span>" in text
    assert '<small><time datetime="2025-09-03T19:49:00+05:30">3 September 2025, 19:49 +05:30</time></small>' in text
    assert "Correction: &lt;b id=bold" in text and text.partition("All fields")[0].count("The end.") == 1
    assert "With <bdi>Cy &lt;b id=x&gt;</bdi>" in text


def test_what_a_story_says_is_text(written):
    text = page(written, "/articles/articles/1")
    assert "<script" not in text and "<b " not in text and "<b>" not in text
    assert "javascript:" not in "".join(re.findall(r'(?:href|src)="[^"]*', text))


def test_what_was_found_in_a_story_is_marked(written):
    text = page(written, "/articles/articles/1?_words=ferries")
    assert "<p>The <em><mark>ferry</mark></em>" in text
    assert "<mark>" not in page(written, "/articles/articles/1")


def test_pictures_in_a_story_are_links_where_none_are_wanted(written):
    text = page(written, "/articles/articles/1", metadata={"plugins": {"newscrawl": {"pictures": False}}})
    assert "<img" not in text
    assert '<a href="http://x.example/q.jpg">A quay</a>' in text


def test_an_article_of_some_columns(tmp_path):
    """As ``-O x.sqlite`` writes it with FEED_EXPORT_FIELDS."""
    path = tmp_path / "articles.sqlite"
    with Database(path) as database, database.transaction():
        row = sealed(OTHERS[3])
        kept = {"publisher", "id", "crawled_at", "content_hash"}
        Articles.put(
            database,
            {name: value if name in kept else None for name, value in row.items()} | {"authors": [], "topics": []},
        )
    text, front = pages([path], "/articles/articles/1", "/")
    assert '<h1 dir="auto">3</h1>' in text
    assert headlines(front) == ["3"]


def test_a_page_says_that_something_took_too_long(database, monkeypatch):
    async def interrupted(desk):
        return await desk.rows("with recursive n(x) as (select 1 union all select x from n) select max(x) from n")

    assert "took too long" not in page(database, "/")
    monkeypatch.setattr(Desk, "topics", interrupted)
    text = page(database, "/", settings={"sql_time_limit_ms": 200})
    assert "Some of this page took too long to look up and is left out." in text


# The list and the search ---------------------------------------------------------


def test_the_list_begins_with_headlines_and_its_facets_are_folded(database):
    text = page(database, "/articles/articles")
    assert headlines(text)[1] == "Harbour of Maro opens again"
    assert "<h1>5 stories</h1>" in text
    folded = re.findall(r'<details name="facet">\s*<summary>(\w+)', text)
    assert folded == ["Publisher", "Section", "Day", "Status", "Premium", "Dates", "Order"]
    assert re.search(r'<a href="[^"]*day=2025-09-03"[^>]*><bdi>3 Sep 2025</bdi></a> <span>2</span>', text)
    assert re.search(r'<a href="[^"]*premium=1"[^>]*><bdi>yes</bdi></a> <span>1</span>', text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?section=Business", ["A date that cannot be"]),
        ("?_topic=Shipping", ["Harbour of Maro opens again"]),
        ("?_author=Tomas+Weir", ["Harbour of Maro opens again"]),
        ("?_since=2025-09-02&_until=2025-09-02", ["إعادة فتح ميناء مارو"]),
        ("?_since=&_until=&_words=", 5),
        ("?_since=yesterday", 5),
        ("?_words=ship", ["Harbour of Maro opens again"]),
        ("?_words=farmer+harb*", ["Harbour of Maro opens again"]),
        ("?_words=volcano+OR+ship", ["Harbour of Maro opens again"]),
        ("?_words=ship+NOT+farmers", []),
        ("?_words=ship+OR", []),
        ("?_words=火山", ["北の島で火山が静かになる"]),
        ("?_words=山火", []),
        ("?_words=%22", []),
        ("?_words=ship&section=Business", []),
    ],
)
def test_the_list_is_narrowed(database, query, found):
    text = page(database, f"/articles/articles{query}")
    assert len(headlines(text)) == found if isinstance(found, int) else headlines(text) == found


def test_what_the_list_is_narrowed_to_can_be_taken_back(database):
    text = page(database, "/articles/articles?_words=ship&section=World&_topic=Maro")
    chips = {
        html.unescape(re.sub(r"</?bdi>", "", words)): html.unescape(link)
        for link, words in re.findall(r'<li><a href="([^"]*)">(<bdi>.*?</bdi>) <span aria-hidden', text)
    }
    assert chips == {
        "with ship": "/articles/articles?section=World&_topic=Maro",
        "about Maro": "/articles/articles?_words=ship&section=World",
        "Section: World": "/articles/articles?_words=ship&_topic=Maro",
    }
    form = text.partition('<form class="panel"')[2].partition("</form>")[0]
    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form) == [
        ("_words", "ship"), ("section", "World"), ("_topic", "Maro"),
    ]  # fmt: skip


def test_what_was_found_is_marked(database):
    text = page(database, "/articles/articles?_words=harbour+ship")
    assert "<mark>Harbour</mark> of Maro opens again" in text
    assert "<mark>Ships</mark> had waited" in text
    (link,) = re.findall(r'class="headline"[^>]*><a href="([^"]*)"', text)
    assert "Then a <mark>ship</mark> came." in page(database, html.unescape(link))
    assert "北の島で<mark>火山</mark>が静かになる" in page(database, "/articles/articles?_words=火山")
    elsewhere = page(database, "/articles/articles?_words=farmers")
    assert re.search('<p class="summary"[^>]*>The <mark>farmers</mark> of Maro', elsewhere)
    paragraphs = story(database, "Harbour", '?_words="12+then"')
    assert "<mark>12</mark></td>" in paragraphs and "<mark>Then</mark> a ship" in paragraphs


def test_the_search_by_rank(database):
    text = page(database, "/articles/search?words=maro")
    assert headlines(text) == ["Harbour of Maro opens again"]
    assert "of <mark>Maro</mark> opens" in text
    assert "Type words above" in page(database, "/articles/search")
    assert "No story matches" in page(database, "/articles/search?words=volcano")


def test_a_search_that_is_not_understood_says_why(database):
    for path in ("/articles/articles?_words=ship+OR", "/articles/search?words=ship+OR"):
        assert "The search expected a word after OR" in page(database, path)


def test_the_other_lists(database):
    changed, topics, data = pages(
        [database], "/articles/changed_stories", "/articles/topics", "/articles/article_topics"
    )
    assert headlines(changed) == ["Harbour of Maro opens again"]
    assert "<del>Harbour of Maro reopens</del>" in changed
    assert 'href="/articles/articles?_topic=Shipping"' in topics
    assert '<a href="/articles/articles?_topic=Shipping">Shipping</a>' in data


def test_programs_get_what_they_got(database):
    rows = json.loads(page(database, "/articles/articles.json?_shape=array&_words=farmers"))
    assert [row["headline"] for row in rows] == ["Harbour of Maro opens again"]
    (row,) = json.loads(page(database, "/articles/search.json?_shape=array&words=farmers"))
    assert list(row) == ["day", "headline", "found", "url"]
    assert row["found"].startswith("The [farmers] of Maro waited.")


# Other databases, and Datasette as it is -------------------------------------------


def test_another_database_is_left_alone(database, tmp_path):
    """It has a table of the same name, and topics."""
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("create table articles(article integer primary key, headline text, topic text, day text)")
        db.execute("insert into articles values (1, 'Headline', 'Topic', '2025-09-03')")
    paths = ["/", "/other", "/other/articles", "/other/articles/1", "/other/articles?_words=none"]
    shown = [re.sub(r"Queries took [\d.]+ms", "", text) for text in pages([other], *paths)]
    with registered(False):
        assert shown == [re.sub(r"Queries took [\d.]+ms", "", text) for text in pages([other], *paths)]
    front, ours, its = pages([other, database], "/", "/articles/articles", "/other/articles")
    assert "app.css" in front and "app.css" in its
    assert len(headlines(ours)) == 5


def test_two_databases_of_this_project(database, tmp_path):
    second = tmp_path / "archive.sqlite"
    with sqlite3.connect(database) as db, sqlite3.connect(second) as copied:
        db.backup(copied)
    front, archive = pages([database, second], "/", "/archive/articles?_words=harbour")
    assert 'href="/articles/articles?day=2025-09-03"' in front and 'href="/archive/articles?day=2025-09-03"' in front
    assert headlines(archive) == ["Harbour of Maro opens again"]


def test_a_template_of_the_users_own_goes_first(database, tmp_path):
    (tmp_path / "row-articles-articles.html").write_text("mine: {{ primary_key_values[0] }}")
    (tmp_path / "index.html").write_text("{% extends 'newscrawl/front.html' %}{% block foot %}my foot{% endblock %}")
    text, front = pages([database], "/articles/articles/1", "/", template_dir=str(tmp_path))
    assert text == "mine: 1"
    assert "my foot" in front and len(headlines(front)) == 5


def test_the_metadata_beside_the_database_serve_without_the_plugin(database):
    from datasette.utils import parse_metadata

    with registered(False):
        front, table = pages(
            [database], "/", "/articles/articles", metadata=parse_metadata(described.metadata("articles"))
        )
    links = [html.unescape(link) for link in re.findall(r'<a href="(articles/[^"]+)"', front)]
    assert len(links) == 11
    assert set(re.findall(r'id="facet-(\w+)"', table)) == {"publisher", "section", "day", "status", "premium"}
    assert "&lt;b id=bold&gt;" in table and "<b id" not in table


def test_without_the_plugin_a_search_shows_nothing_between_letters(database):
    from datasette.utils import parse_metadata

    sql = parse_metadata(described.metadata("articles"))["databases"]["articles"]["queries"]["search"]["sql"]
    with closing(sqlite3.connect(database)) as db:
        rows = db.execute(sql, {"words": "火山"}).fetchall()
    assert [row[2].replace("[", "").replace("]", "") for row in rows] == ["北の島で火山が静かになる"]


def test_a_datasette_that_is_too_new_is_left_alone(database, monkeypatch):
    monkeypatch.setattr(plugin, "is_known", lambda datasette: False)
    front, table = pages([database], "/", "/articles/articles")
    assert "app.css" in front and "app.css" in table
    with pytest.raises(ValueError, match="newer"):
        server.instance([database])


def test_a_reader_who_may_not_see_the_articles(database):
    locked = {"databases": {"articles": {"tables": {"articles": {"allow": False}}}}}

    async def fetch():
        datasette = Datasette([str(database)], metadata=locked)
        return [await datasette.client.get(path) for path in ("/", "/articles/articles", "/articles/articles/1")]

    front, table, row = asyncio.run(fetch())
    assert (front.status_code, table.status_code, row.status_code) == (200, 403, 403)
    assert "Harbour" not in front.text


# The command ---------------------------------------------------------------------


def browse(*arguments, **options):
    command = [sys.executable, "-m", "scrapy", "browse", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


@pytest.mark.slow
def test_browse_serves_until_it_is_interrupted(database):
    command = [sys.executable, "-m", "scrapy", "browse", str(database), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        line = process.stderr.readline()
        assert line.startswith(f"{database} at http://127.0.0.1:")
        with urlopen(re.search(r"http://\S+", line)[0], timeout=30) as answer:
            assert "Harbour of Maro opens again" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr.read() == ""
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


@pytest.mark.slow
def test_browse_says_what_to_do(tmp_path):
    there = browse(tmp_path / "none.sqlite")
    assert (there.returncode, there.stdout) == (1, "")
    assert "there is no database" in there.stderr and "load" in there.stderr
    (tmp_path / "text.sqlite").write_text("no database, but a text that is long enough to be read as one" * 10)
    assert "is not a database" in browse(tmp_path / "text.sqlite").stderr


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="name another with --port"):
            server.bound("127.0.0.1", taken.getsockname()[1])


def test_metadata_that_are_no_yaml(database, tmp_path):
    path = tmp_path / "articles.sqlite"
    path.write_bytes(database.read_bytes())
    path.with_suffix(".yaml").write_text("title: [")
    with pytest.raises(ValueError, match="is no YAML"):
        server.instance([path])
    path.with_suffix(".yaml").write_text("title: The desk")

    async def fetch():
        return await server.instance([path], pictures=False).client.get("/")

    front = asyncio.run(fetch()).text
    assert "<title>The desk</title>" in front and "Pictures are turned off" in front


# Single values -------------------------------------------------------------------


def test_dates_are_worded_by_the_clock_that_they_are_told_in():
    assert day("2025-09-03") == "Wednesday 3 September 2025"
    assert day(None) == "Without a date"
    assert moment("2025-09-03T19:49:00-03:30") == "3 September 2025, 19:49 -03:30"
    assert moment("2025-09-03T14:19:00Z") == "3 September 2025, 14:19 UTC"


def test_links_lead_to_the_web_alone():
    assert address("https://news.example/a") == "https://news.example/a"
    for other in ("javascript:alert(1)", "data:text/html,x", "//news.example", "https://", "http://[", None, "", 7):
        assert address(other) is None


def test_one_line_with_a_bar_is_no_table():
    assert list(blocks("A | B\n\nText\n\nA | B | C\n\nD | E")) == [
        ("text", ["A | B"]), ("text", ["Text"]), ("text", ["A | B | C"]), ("text", ["D | E"]),
    ]  # fmt: skip


def test_what_an_address_asks_for():
    assert Asked.of({"_words": " ", "_since": "2025-9-3"}) == Asked()
    assert Asked.of({}).conditions() == ([], {}, [])
    assert Asked(words="!").query is None
