"""Stories on several pages, crawled from a local server: joined, or not there at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from threading import Event

import pytest

from tests.conftest import FAST, article_html, listing_html, path_of
from tests.forks import ENVIRONMENT, PROJECT, scrapy

TEXTS = [
    "The harbour of Maro reopened on Wednesday after a fortnight in which no ship had left it.",
    "Forty barges had waited outside, some of them with fruit that would not keep for another week.",
    "The harbour master said that the gate had been lifted, welded and hung again within nine days.",
    "By the evening the last of the barges had passed, and the lock keeper went home for his supper.",
]
PATH = path_of(1)
AUTHOR = "The author has written of harbours for twenty years and lives on a boat in one of them himself."


def pages(site, *addresses, again="", texts=TEXTS):
    """A story with a page at each of some addresses, each with numbered links to all."""
    links = "".join(f'<a href="{address}">{n}</a>' for n, address in enumerate(addresses, 1))
    for n, address in enumerate(addresses):
        body = f"{texts[n]}</p>{again}<p>"
        site.html(address, article_html("Harbour reopens", body=body, more=f"<div class=pages>{links}</div>"))
    site.html("/world-news", listing_html(PATH))


@pytest.fixture
def night(site, crawl):
    def run(number=1, *arguments):
        site.requests.clear()
        return crawl(
            "-a", f"start={site.origin}/world-news", "-a", "pages=1", *arguments, output=f"night-{number}.jsonl"
        )

    return run


def test_pages_are_joined(site, night, tmp_path):
    pages(site, PATH, f"{PATH}?page=2", f"{PATH}?page=3")
    run = night(1, "-s", f"SUMMARY_FILE={tmp_path / 'summary.json'}")
    assert (run.status, len(run.articles)) == (0, 1), run.stderr
    article = run.articles[0]
    assert article["url"] == f"{site.origin}{PATH}"
    assert article["body"] == article["body_markdown"] == "\n\n".join(TEXTS[:3])
    assert article["word_count"] == len(" ".join(TEXTS[:3]).split())
    assert site.paths() == ["/world-news", PATH, f"{PATH}?page=2", f"{PATH}?page=3"]
    counts = json.loads((tmp_path / "summary.json").read_text())["counts"]
    assert (counts["joined"], counts["story_pages"]) == (1, 2)
    assert "joined    1 story from 3 pages" in run.stderr


def test_a_copy_s_links_lead_to_the_publisher(site, night):
    own = "https://www.business-standard.com"
    pages(site, PATH, f"{PATH}?page=2")
    site.html(PATH, site.routes[PATH][2].decode().replace('href="', f'href="{own}'))
    assert night().articles[0]["body"] == "\n\n".join(TEXTS[:2])


def test_a_site_that_nobody_described(site, crawl):
    def page(n):
        head = f'<link rel="next" href="/2025/harbour-reopens-after-a-fortnight/{n + 1}">' if n < 3 else ""
        return (
            f'<html lang="en"><head><meta property="og:type" content="article">{head}</head><body><article><h1>Harbour reopens after'
            f' a fortnight</h1><time datetime="2025-09-03T10:00+02:00">3 September</time><p>{TEXTS[n - 1]}</p><p>{n}: {TEXTS[n]}</p>'
            "</article></body></html>"
        )

    story = "/2025/harbour-reopens-after-a-fortnight"
    for n in (1, 2, 3):
        site.html(story + (f"/{n}" if n > 1 else ""), page(n))
    run = crawl("-a", f"start={site.origin}{story}", spider="section")
    expected = [text for n in (1, 2, 3) for text in (TEXTS[n - 1], f"{n}: {TEXTS[n]}")]
    assert [one["body"].split("\n\n") for one in run.articles] == [expected], run.stderr


def test_what_each_page_has_again_is_there_once(site, night):
    pages(site, PATH, f"{PATH}?page=2", again=f"<p>{AUTHOR}</p>")
    assert night().articles[0]["body"] == "\n\n".join((*TEXTS[:2], AUTHOR))


def test_lists_and_links_of_all_pages(site, night):
    texts = [f"{text}</p><ul><li><a href='/a{n}'>Point {n} of it</a> is that the gate was lifted.</li></ul><p>{text.replace('the', 'a')}"
             for n, text in enumerate(TEXTS)]  # fmt: skip
    pages(site, PATH, f"{PATH}?page=2", texts=texts)
    article = night().articles[0]
    assert [link["url"] for link in article["links_in_text"]] == [f"{site.origin}/a{n}" for n in range(2)]
    assert article["body_markdown"].count("\n- [Point") == 2


def test_one_page_with_all_of_it_is_preferred(site, night):
    pages(site, PATH, f"{PATH}?page=2")
    first = site.routes[PATH][2].decode().replace("</body>", f'<a href="{PATH}?view=all">View as one page</a></body>')
    site.html(PATH, first)
    site.html(f"{PATH}?view=all", article_html("Harbour reopens", body="</p><p>".join(TEXTS)))
    assert night().articles[0]["body"] == "\n\n".join(TEXTS)
    assert site.paths() == ["/world-news", PATH, f"{PATH}?view=all"]


@pytest.mark.parametrize("answer", ["forbidden", "missing", "shorter"])
def test_without_it_the_pages_are_read(site, night, answer):
    pages(site, PATH, f"{PATH}?page=2")
    site.html(PATH, site.routes[PATH][2].decode().replace("</body>", f'<a href="{PATH}?view=all">View all</a></body>'))
    if answer == "forbidden":
        site.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /*view=all\n")
    elif answer == "shorter":
        site.html(f"{PATH}?view=all", article_html("Harbour reopens", body="Log in to read all of it."))
    run = night()
    assert (run.status, run.articles[0]["body"]) == (0, "\n\n".join(TEXTS[:2])), run.stderr
    assert (f"{PATH}?view=all" in site.paths()) is (answer != "forbidden")


@pytest.mark.parametrize("fault", [404, 500, "forbidden", "no-text"])
def test_a_page_that_fails_makes_the_story_fail(site, night, fault):
    pages(site, PATH, f"{PATH}?page=2", f"{PATH}?page=3")
    good = site.routes[f"{PATH}?page=2"]
    if fault == "forbidden":
        site.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /*page=2\n")
    elif fault == "no-text":
        site.html(f"{PATH}?page=2", article_html("Harbour reopens", body=""))
    else:
        site.html(f"{PATH}?page=2", "gone", fault)
    run = night(1, "-s", "RETRY_TIMES=0")
    assert run.status != 0
    assert not run.output.exists() or run.articles == []
    assert "a further page of it: " in run.stderr
    site.routes["/robots.txt"] = (404, {}, b"")
    site.routes[f"{PATH}?page=2"] = good
    again = night(2)
    assert (again.status, [one["body"] for one in again.articles]) == (0, ["\n\n".join(TEXTS[:3])]), again.stderr


def test_a_changed_second_page_is_a_changed_story(site, night):
    pages(site, PATH, f"{PATH}?page=2")
    site.etags = {PATH: '"one"', f"{PATH}?page=2": '"two"'}
    night(1)
    assert "1 unchanged" in night(2).last_line
    second = site.routes[f"{PATH}?page=2"][2].decode()
    site.html(f"{PATH}?page=2", second.replace(TEXTS[1], TEXTS[3]))
    run = night(3)
    assert [(one["status"], one["body"]) for one in run.articles] == [("changed", f"{TEXTS[0]}\n\n{TEXTS[3]}")]


def test_the_next_story_is_no_page_of_this_one(site, night):
    other = path_of(2)
    html = article_html("Harbour reopens", next_url=other).replace("<head>", "")
    site.html(PATH, html.replace("<body>", f'<head><link rel="next" href="{other}"></head><body>'))
    site.html(other, article_html("Lighthouse dark", body=TEXTS[1]))
    site.html("/world-news", listing_html(PATH))
    assert sorted(one["headline"] for one in night().articles) == ["Harbour reopens", "Lighthouse dark"]


# Hostile ------------------------------------------------------------------------------


def test_endless_pages_end(site, night):
    addresses = [PATH, *(f"{PATH}?page={n}" for n in range(2, 30))]
    texts = [f"{TEXTS[0][:-1]} for the {n}th time since the spring floods came down the river." for n in range(30)]
    pages(site, *addresses, texts=texts)
    run = night(1, "-s", "STORY_PAGES=4")
    assert run.status != 0
    assert "more than STORY_PAGES=4 pages" in run.stderr
    assert len(site.paths()) == 1 + 4


@pytest.mark.parametrize("kind", ["same-text", "redirect-to-first", "leads-back"])
def test_loops_end(site, night, kind):
    pages(site, PATH, f"{PATH}?page=2", f"{PATH}?page=3")
    if kind == "same-text":
        site.routes[f"{PATH}?page=2"] = site.routes[PATH]
    elif kind == "redirect-to-first":
        site.routes[f"{PATH}?page=2"] = (302, {"Location": PATH}, b"")
    else:
        back = site.routes[f"{PATH}?page=2"][2].decode().replace("?page=3", "?page=2")
        site.html(f"{PATH}?page=2", back)
    run = night()
    assert run.status == 0, run.stderr
    assert run.articles[0]["body"] == "\n\n".join(TEXTS[: 2 if kind == "leads-back" else 1])
    assert len(site.paths()) <= 4


def test_a_page_on_another_host_is_none(site, night):
    pages(site, PATH, f"http://other.example{PATH}?page=2")
    run = night()
    assert (run.status, run.articles[0]["body"]) == (0, TEXTS[0])


def test_one_page_only(site, night):
    pages(site, PATH, f"{PATH}?page=2")
    assert night(1, "-s", "STORY_PAGES=1").articles[0]["body"] == TEXTS[0]
    assert site.paths() == ["/world-news", PATH]


def test_a_run_that_is_killed_between_pages_loses_nothing(site, night, tmp_path):
    pages(site, PATH, f"{PATH}?page=2", f"{PATH}?page=3")
    answer, killed = site.answer, Event()

    def kill_at_the_second(path):
        if path.endswith("page=2") and not killed.is_set():
            killed.set()
            run.kill()
            run.wait()
        return answer(path)

    site.answer = kill_at_the_second
    words = [
        "crawl",
        "worldnews",
        *FAST,
        "-a",
        f"start={site.origin}/world-news",
        "-o",
        str(tmp_path / "night-0.jsonl"),
    ]
    run = subprocess.Popen(
        [sys.executable, "-m", "scrapy", *words],
        cwd=PROJECT,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **ENVIRONMENT},
    )
    run.wait()
    assert killed.is_set()
    after = night(1)
    assert (after.status, [one["body"] for one in after.articles]) == (0, ["\n\n".join(TEXTS[:3])]), after.stderr
    assert "1 unchanged" in night(2).last_line


# Archives -----------------------------------------------------------------------------


def test_a_replay_joins_them_too(site, night, tmp_path):
    pytest.importorskip("fastwarc")
    pages(site, PATH, f"{PATH}?page=2", f"{PATH}?page=3")
    archive = tmp_path / "archive"
    run = night(1, "-s", f"ARCHIVE={archive}")
    output = tmp_path / "replayed.jsonl"
    done = scrapy("crawl", "worldnews", *FAST, "-a", f"start={archive}", "-o", str(output))
    assert done.returncode == 0, done.stderr
    replayed = [json.loads(line) for line in output.read_text().splitlines()]
    assert replayed == run.articles


def test_a_replay_says_which_story_lacks_a_page(site, night, tmp_path):
    pytest.importorskip("fastwarc")
    pages(site, PATH, f"{PATH}?page=2")
    archive = tmp_path / "archive"
    night(1, "-s", f"ARCHIVE={archive}", "-s", "STORY_PAGES=1")  # of which page 2 is not requested
    output = tmp_path / "replayed.jsonl"
    done = scrapy("crawl", "worldnews", *FAST, "-a", f"start={archive}", "-o", str(output))
    assert [json.loads(line)["body"] for line in output.read_text().splitlines()] == [TEXTS[0]]
    assert f"Not in these archives: {site.origin}{PATH}?page=2, a further page of {site.origin}{PATH}" in done.stderr
    assert "1 story lacking a page" in done.stderr
