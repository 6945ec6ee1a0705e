"""``scrapy article`` and ``scrapy newpublisher``, as who describes a publisher runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from urllib.parse import urlsplit

import pytest

from newscrawl.addresses.forms import pattern
from newscrawl.addresses.site import Site
from tests import forks
from tests.conftest import PROJECT, SENTENCE, article_html

ADDRESS = "https://news.example.it/mondo/il-porto-di-maro-riapre-12345678.html"
PARAGRAPHS = [
    f"{SENTENCE} {more}" for more in ("Twice.", "The cranes turned again at noon.", "Nobody had asked them to.")
]
PAGE = """<!DOCTYPE html><html lang="it"><head><title>Il porto riapre | Example</title>
<meta property="og:title" content="Il porto di Maro riapre"><meta property="og:type" content="article">
<meta name="author" content="Ada Venti"><meta property="article:published_time" content="2025-09-03T10:00:00+02:00">
</head><body><nav><a href="/mondo">Mondo</a></nav><main><h1 class="mt-4 story-title">Il porto di Maro riapre</h1>
<p class="story-byline"><a href="/autori/ada">Ada Venti</a></p>
<div class="css-1x2y story-content">{}</div></main></body></html>""".format("".join(f"<p>{p}</p>" for p in PARAGRAPHS))


def scrapy(*arguments, folder=PROJECT, status=0, **environment):
    done = forks.scrapy(*arguments, cwd=folder, **environment)
    assert "Traceback" not in done.stderr
    assert done.returncode == status, done.stderr
    return done.stderr if status else done.stdout


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


@pytest.fixture
def checkout(tmp_path):
    """A checkout of its own to write to."""
    folder = tmp_path / "checkout"
    shutil.copytree(PROJECT / "newscrawl", folder / "newscrawl", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests" / "pages").mkdir(parents=True)
    for name in ("__init__.py", "test_pages.py"):
        shutil.copy(PROJECT / "tests" / name, folder / "tests")
    shutil.copy(PROJECT / "scrapy.cfg", folder)
    return folder


# scrapy article


def test_each_field_has_its_rule(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        '<html lang="en"><head><link rel="canonical" href="https://www.business-standard.com/world-news/a-125090300001_1.html">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "image": {"url": "/a.jpg"}}</script>'
        '<meta name="news_keywords" content="Ports, Cranes"></head><body><h1 class="stryhdtp">Harbour reopens</h1>'
        '<div class="dtlauthinfo"><a href="#">Ann Lee</a><span>Maro</span></div>'
        '<div class="meta-info">First Published: Sep 03 2025 | 7:49 PM IST Last Updated: Sep 04 2025 | 7:49 PM IST</div>'
        f'<div class="storycontent"><p>{SENTENCE}</p></div></body></html>'
    )
    told = json.loads(scrapy("article", path, "--json"))
    rules = {name: field["rule"] for name, field in told["fields"].items()}
    assert told["described_by"] == "business-standard.com"
    assert rules | {
        "id": "pattern of the address", "headline": "h1.stryhdtp", "authors": ".dtlauthinfo", "place": ".dtlauthinfo",
        "date_published": ".meta-info", "date_modified": ".meta-info", "body": ".storycontent", "image": "json-ld:image",
        "topics": "meta:news_keywords", "description": None, "section": None, "next_url": None,
    } == rules  # fmt: skip
    assert told["fields"]["authors"]["value"] == ["Ann Lee"]
    assert "#parent_top_div" in told["unmatched"]["body"]
    assert ".storycontent" not in told["unmatched"]["body"]
    text = scrapy("article", path)
    assert re.search(r"^body +\.storycontent +\(1\) The harbour", text, re.MULTILINE)
    assert "no match  body: #parent_top_div" in text


def test_another_publisher_can_be_named(saved):
    told = json.loads(scrapy("article", saved, "--url", ADDRESS, "--publisher", "generic", "--json"))
    assert told["described_by"] == "generic"
    assert told["unmatched"] == {}
    assert told["fields"]["headline"] == {"value": "Il porto di Maro riapre", "rule": "h1"}
    assert "not supported" in scrapy("article", saved, "--url", ADDRESS, "--publisher", "nobody.example", status=1)


def test_name_and_password_are_sent_and_not_shown(site):
    site.html("/a.html", article_html())
    origin, fast = site.origin.replace("http://", "http://anna:s3cr%2Ft@"), ("-s", "DOWNLOAD_DELAY=0")
    assert "s3cr" not in scrapy("article", f"{origin}/a.html", "--publisher", "business-standard.com", *fast)
    assert "s3cr" not in scrapy("article", f"{origin}/gone.html", *fast, status=1)
    assert "s3cr" not in scrapy("article", origin.replace("@", "@["), status=1)
    assert set(site.authorizations) == {"Basic " + b64encode(b"anna:s3cr/t").decode()}


def test_a_page_is_fetched_as_a_crawl_would(site):
    site.html("/world-news/a.html", article_html())
    fast = ("-s", "DOWNLOAD_DELAY=0")
    told = json.loads(
        scrapy("article", f"{site.origin}/world-news/a.html", "--json", "--publisher", "business-standard.com", *fast)
    )
    assert told["fields"]["body"]["value"] == SENTENCE
    assert "/robots.txt" in site.requests
    site.requests.clear()
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /world-news/")
    assert "robots.txt" in scrapy("article", f"{site.origin}/world-news/a.html", *fast, status=1)
    assert site.paths() == []
    assert "HTTP 404" in scrapy("article", f"{site.origin}/gone.html", *fast, status=1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "expected: scrapy article"),
        (("absent.html",), "absent.html"),
        (("http://",), "not an http or https address"),
        (("--nonsense",), "nonsense"),
    ],
)
def test_article_refuses(arguments, sentence):
    assert sentence in scrapy("article", *arguments, status=1)


def test_a_story_is_shown_for_a_person_to_read(saved):
    read = {form: scrapy("article", saved, "--url", ADDRESS, "--format", form) for form in ("markdown", "text", "html")}
    assert read["markdown"].startswith(
        "# Il porto di Maro riapre\n\nBy Ada Venti\\\n3 September 2025, 10:00 +02:00\\\n<"
        + ADDRESS
        + ">\n\n"
        + PARAGRAPHS[0]
    )
    assert read["text"].startswith(
        f"Il porto di Maro riapre\n\nBy Ada Venti\n3 September 2025, 10:00 +02:00\n{ADDRESS}\n\n"
    )
    assert " ".join(PARAGRAPHS) in " ".join(read["text"].split())
    assert read["html"].startswith('<!DOCTYPE html>\n<html lang="it">')
    assert f"<p>{PARAGRAPHS[-1]}</p>" in read["html"]
    assert scrapy("article", saved, "--url", ADDRESS, "--format", "json") == scrapy(
        "article", saved, "--url", ADDRESS, "--json"
    )
    assert "markdwn" in scrapy("article", saved, "--format", "markdwn", status=1)


@pytest.mark.parametrize(("most", "says"), [(20, 1), (1, 0)])
def test_a_story_on_several_pages_says_where_it_goes_on(saved, tmp_path, most, says):
    several = tmp_path / "several.html"
    several.write_text(saved.read_text().replace("</main>", '<a rel="next" href="?page=2">2</a></main>'))
    done = forks.scrapy("article", several, "--url", ADDRESS, "-s", f"STORY_PAGES={most}")
    assert done.returncode == 0
    assert done.stderr.count(f"page 1 of several: a crawl would read {ADDRESS}?page=2 too") == says


def test_a_page_without_a_body_is_no_article(tmp_path):
    (tmp_path / "a.html").write_text("<h1>Nothing</h1>")
    assert "does not say its address" in scrapy("article", tmp_path / "a.html", status=1)
    assert "no body" in scrapy("article", tmp_path / "a.html", "--url", ADDRESS, status=1)
    assert "no body" in scrapy("article", tmp_path / "a.html", "--url", ADDRESS, "--format", "html", status=1)


# scrapy newpublisher


def test_a_draft_is_written_and_passes(saved, checkout):
    told = scrapy("newpublisher", ADDRESS, saved, folder=checkout, PYTHONPATH=str(checkout))
    assert "wrote newscrawl/publishers/example.py" in told
    text = (checkout / "newscrawl/publishers/example.py").read_text()
    namespace = {}
    exec(text, namespace)
    publisher = namespace["PUBLISHER"]
    assert publisher.name == "news.example.it"
    assert publisher.timezone == "Europe/Rome"
    assert re.fullmatch(publisher.article, urlsplit(ADDRESS).path).groupdict() == {"section": "mondo", "id": "12345678"}
    assert publisher.rules == {
        "headline": (".story-title",), "byline": (".story-byline",), "body": (".story-content",),
    }  # fmt: skip
    page = (checkout / "tests/pages/example-basic/page.html").read_text()
    assert not any(paragraph in page for paragraph in PARAGRAPHS)  # the page's text is its publisher's
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_pages.py", "-k", "example-basic"]
    done = subprocess.run(run, cwd=checkout, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout
    corrected = text.replace("Europe/Rome", "America/Lima")
    (checkout / "newscrawl/publishers/example.py").write_text(corrected)
    assert subprocess.run(run, cwd=checkout, capture_output=True, check=False, env=environment).returncode == 0
    (checkout / "newscrawl/publishers/example.py").write_text(text.replace(".story-content", ".story-byline"))
    assert subprocess.run(run, cwd=checkout, capture_output=True, check=False, env=environment).returncode == 1


def test_nothing_is_written_over(saved, checkout):
    target = checkout / "newscrawl/publishers/example.py"
    target.write_text("mine = 1\n")
    where = {"folder": checkout, "PYTHONPATH": str(checkout)}
    assert "--force" in scrapy("newpublisher", ADDRESS, saved, status=1, **where)
    assert target.read_text() == "mine = 1\n"
    assert not (checkout / "tests/pages/example-basic").exists()
    scrapy("newpublisher", ADDRESS, saved, "--force", **where)
    assert "PUBLISHER" in target.read_text()
    assert "is supported already" in scrapy("newpublisher", ADDRESS, saved, "--force", status=1, **where)


def test_away_from_a_checkout_it_is_shown(saved, tmp_path):
    assert "not a checkout" in scrapy("newpublisher", ADDRESS, saved, folder=tmp_path, status=1)
    shown = scrapy("newpublisher", ADDRESS, saved, "--print", folder=tmp_path)
    assert '"body": (".story-content",)' in shown
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_without_a_saved_page_the_address_is_fetched(site):
    site.html("/mondo/a-12345678.html", PAGE)
    shown = scrapy("newpublisher", f"{site.origin}/mondo/a-12345678.html", "--print", "-s", "DOWNLOAD_DELAY=0")
    assert '"body": (".story-content",)' in shown
    assert "/robots.txt" in site.requests


def test_a_page_that_is_no_article_gives_no_draft(tmp_path):
    (tmp_path / "a.html").write_text("<h1>Nothing</h1>")
    assert "give the address of an article" in scrapy("newpublisher", ADDRESS, tmp_path / "a.html", "--print", status=1)
    assert "expected: scrapy newpublisher" in scrapy("newpublisher", "page.html", status=1)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/world/europe/harbour-reopens-at-last-12345678.html", {"section": "world/europe", "id": "12345678"}),
        ("/mehr-sport/article242348272/Das-Rennen.html", {"section": "mehr-sport", "id": "242348272"}),
        ("/leben/das-licht-id238819313.html", {"section": "leben", "id": "238819313"}),
        ("/nyheter/et-hus-i-byen/84057530", {"section": "nyheter", "id": "84057530"}),
        ("/article/harbour-3cc842471fb9df42315d658d88c8403a", {"id": "3cc842471fb9df42315d658d88c8403a"}),
        (
            "/world/a-b-c-d-141e61e9-8a07-42e4-a527-2f03f45e7ef0",
            {"section": "world", "id": "141e61e9-8a07-42e4-a527-2f03f45e7ef0"},
        ),
        ("/article/2025-05-03-the-keepers-of-the-light/", {}),
        ("/weather/2024/04/26/storms-over-maro/", {"section": "weather"}),
        ("/politik/wahl-in-astmark-100.html", {"section": "politik"}),
        ("/News/Read/A2025051516330004328", {"section": "News/Read", "id": "A2025051516330004328"}),
    ],
)
def test_forms_of_addresses(path, told):
    assert re.fullmatch(pattern(f"https://x.example{path}"), path).groupdict() == told


@pytest.mark.parametrize("path", ["/", "", "/news/europe/a-harbour-reopens-at-last", "/news"])
def test_an_address_that_tells_nothing_has_no_form(path):
    assert pattern(f"https://x.example{path}") == ""


# docs/how-to/adding-a-publisher.md

GUIDE = (PROJECT / "docs" / "how-to" / "adding-a-publisher.md").read_text(encoding="utf8")


def shown(language, containing):
    blocks = re.findall(r"^   ```(\w*)\n(.*?)^   ```$", GUIDE, re.DOTALL | re.MULTILINE)
    (found,) = [text for name, text in blocks if name == language and containing in text]
    return re.sub(r"^   ", "", found, flags=re.MULTILINE)


def test_the_guide_walks(checkout):
    """Its commands, on a saved page in the form that it shows."""
    where = {"folder": checkout, "PYTHONPATH": str(checkout)}
    page = PAGE.replace('lang="it"', 'lang="pt"').replace("Il porto di Maro riapre", "Ponte reabre ao trânsito")
    (checkout / "saved.html").write_text(page.replace("Ada Venti", "Ada Ventos"), encoding="utf8")
    command = shown("sh", "newpublisher").split()[1:]
    written = [
        line.removeprefix("wrote ") for line in scrapy(*command, **where).splitlines() if line.startswith("wrote ")
    ]
    assert all(str(path).removesuffix("page.html").removesuffix("expected.json") in GUIDE for path in written)
    fields = scrapy(*shown("sh", "newscrawl article").split()[1:], **where)
    for line in shown("", "headline").splitlines():
        assert " ".join(line.split()[:2]) in " ".join(fields.split())


def test_the_guide_describes():
    namespace = {}
    exec(shown("python", "PUBLISHER"), namespace)
    site = Site(namespace["PUBLISHER"], "https://www.example-times.com/world")
    assert site.article_id("https://www.example-times.com/world/a-12.html") == "12"
    assert site.section("https://www.example-times.com/world/2") == "world"
    exec(shown("python", "SectionSpider"), namespace)
    assert namespace["ExampleTimesWorldSpider"].section == "world"
