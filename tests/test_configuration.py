"""``newscrawl.toml`` as commands see it: ``init``, ``config``, ``crawlall`` without a file and with ``--check``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from newscrawl.configuration.file import NAME, user_agent
from tests import forks
from tests.conftest import FAST, PROJECT, SENTENCE, article_html, listing_html, path_of
from tests.test_describe import ADDRESS, PAGE

PAPER = """from newscrawl.publishers import Publisher
from newscrawl.spiders.section import SectionSpider

PUBLISHER = Publisher(
    name="paper.example",
    hosts=("paper.example",),
    home="http://paper.example",
    article=r"/(?P<section>[a-z]+)/[a-z-]+-(?P<id>[0-9]+)",
    listing=r"/(?P<section>[a-z]+)",
    rules={"headline": (".top",), "body": (".text",)},
)


class Paper(SectionSpider):
    name = "paper"
    publisher = "paper.example"
    section = "world"
"""


@pytest.fixture
def news(tmp_path, monkeypatch):
    """A folder where ``newscrawl.toml`` is looked for, and where nothing above or at home has one."""
    monkeypatch.delenv("NEWSCRAWL_CONFIG")
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    return folder


def run(folder, *words, status=0, **environment):
    """A command's standard output, or its standard error where it is to fail."""
    done = forks.scrapy(*words, cwd=folder, **environment)
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if status == 0 else done.stderr


def setting(folder, name, *words, **environment):
    document = json.loads(run(folder, "config", name, "--json", *words, **environment))
    return document["settings"][name]


def faults(told):
    return [line.removeprefix("fault     ") for line in told.splitlines() if line.startswith("fault ")]


# What counts ------------------------------------------------------------------


def test_every_command_sees_it_and_less_than_what_counts_more(news):
    text = '[politeness]\ndelay = 3\n[settings]\nREDIS_URL = "redis://x:s3cret@file.example/0"\n'
    (news / NAME).write_text(f'contact = "desk@paper.example"\n{text}')
    path, sub = str(news / NAME), news / "sub"
    assert run(sub, "settings", "--get", "DOWNLOAD_DELAY").strip() == "3"
    assert setting(sub, "DOWNLOAD_DELAY") == {"value": 3, "source": path, "scrapy": 0}
    assert setting(sub, "DOWNLOAD_DELAY", "-s", "DOWNLOAD_DELAY=4")["source"] == "-s"
    assert setting(sub, "USER_AGENT")["value"] == user_agent("desk@paper.example")
    assert setting(sub, "RETRY_TIMES")["source"] == "newscrawl"
    assert setting(sub, "DNS_TIMEOUT")["source"] == "Scrapy"
    fast = {"SCRAPY_SETTINGS_MODULE": "newscrawl.fast"}
    assert setting(sub, "DOWNLOAD_DELAY", **fast) == {"value": 0, "source": "newscrawl.fast", "scrapy": 0}
    assert setting(sub, "USER_AGENT", **fast)["source"] == path
    assert setting(sub, "REDIS_URL") == {"value": "redis://…@file.example/0", "source": path, "scrapy": None}
    by_environment = setting(sub, "REDIS_URL", NEWSCRAWL_REDIS_URL="redis://here.example/0")
    assert by_environment == {"value": "redis://here.example/0", "source": "environment", "scrapy": None}
    assert setting(sub, "DOWNLOAD_DELAY", NEWSCRAWL_CONFIG="")["value"] == 0.5


def test_where_runs_write(news):
    assert list(setting(news, "DEFAULT_FEEDS")["value"]) == ["output/%(output_name)s-%(started)s.jsonl"]
    (news / NAME).write_text("")
    beside = f"{news}/output/%(output_name)s-%(started)s"
    assert list(setting(news / "sub", "DEFAULT_FEEDS")["value"]) == [f"{beside}.jsonl"]
    (news / NAME).write_text('output = "100%"\nformats = ["csv", "jsonl.gz"]\n')
    there = f"{news}/100%/%(output_name)s-%(started)s"
    assert list(setting(news / "sub", "DEFAULT_FEEDS")["value"]) == [f"{there}.jsonl.gz", f"{there}.csv"]
    assert next(iter(setting(news / "sub", "SHARED_FEEDS")["value"])) == f"{there}-%(worker)d-%(batch_id)04d.jsonl.gz"
    (news / NAME).write_text("")
    named = setting(news / "sub", "DEFAULT_FEEDS", NEWSCRAWL_CONFIG=str(news / NAME))
    assert list(named["value"]) == ["output/%(output_name)s-%(started)s.jsonl"]


@pytest.mark.slow
def test_a_folder_may_have_a_percent_sign_in_its_name(news):
    (news / NAME).write_text(
        'output = "100%"\n[sections.sample]\nspider = "worldnews"\nstart = "demo"\npages = 1\nhops = 0\n'
        '[sections.named]\nspider = "worldnews"\nstart = "demo:2"\npages = 1\nhops = 0\noutput = "5% more/x.jsonl"\n'
    )
    run(news, "crawlall")
    assert len(list((news / "100%" / "demo").glob("worldnews-demo-*.jsonl"))) == 1
    assert (news / "5% more" / "x.jsonl").is_file()


def test_a_scrapy_project_that_is_nearer_keeps_its_output(news):
    (news / NAME).write_text("")
    (news / "sub" / "scrapy.cfg").write_text("[settings]\ndefault = newscrawl.settings\n")
    (name,) = setting(news / "sub", "DEFAULT_FEEDS")["value"]
    assert name.startswith(f"{news}/sub/output/")


@pytest.mark.parametrize("command", ["crawl", "list", "settings", "history", "config", "init", "find", "version"])
def test_one_with_faults_ends_any_command_in_words(news, command):
    (news / NAME).write_text("contct = 1\n[politeness]\ndelay = 'x'\n")
    told = run(news, command, status=1)
    assert faults(told) == [
        "there is no key 'contct'; did you mean 'contact'?", "politeness: delay is 'x', expected a number, 0 or more",
    ]  # fmt: skip
    assert told.splitlines()[-1].startswith(f"exit status 1 (failed): {news / NAME} has 2 faults, the first: there is")


# init -------------------------------------------------------------------------


def test_init_writes_one_that_counts_and_never_over_another(news):
    told = run(news, "init", "--contact", "desk@paper.example")
    assert told.startswith(f"wrote     {news / NAME}\nnext      scrapy config")
    assert [path.name for path in news.iterdir() if path.name != "sub"] == [NAME]
    assert setting(news / "sub", "USER_AGENT")["source"] == str(news / NAME)
    before = (news / NAME).read_text()
    assert "is there already; --force writes over it" in run(news, "init", status=1)
    assert (news / NAME).read_text() == before
    assert "put your address into it" in run(news, "init", "--force")
    assert "paper.example" not in (news / NAME).read_text()
    assert f"{news / NAME} does not count here any more" in run(news / "sub", "init")
    assert "expected an e-mail address" in run(news, "init", "--force", "--contact", "me", status=1)


def test_init_for_the_user(news):
    told = run(news, "init", "--user")
    path = Path(told.splitlines()[0].removeprefix("wrote     "))
    assert path.is_relative_to(news.parent / "home")
    path.write_text('contact = "desk@paper.example"\n')
    assert setting(news, "USER_AGENT")["source"] == str(path)
    assert list(setting(news, "DEFAULT_FEEDS")["value"]) == ["output/%(output_name)s-%(started)s.jsonl"]


# config -----------------------------------------------------------------------


def test_config_without_a_file_says_where_one_is_looked_for(news):
    told = run(news, "config")
    assert f"file        none: no newscrawl.toml in {news} or above it, and no {news.parent / 'home'}" in told
    assert 'contact = "you@example.org"' in told
    assert "file        none is read, since NEWSCRAWL_CONFIG is empty" in run(news, "config", NEWSCRAWL_CONFIG="")
    assert "DNS_TIMEOUT" not in told
    assert "\nDNS_TIMEOUT" in run(news, "config", "--all")


def test_config_tells_what_was_found(news):
    (news / "mine").mkdir()
    (news / "mine" / "paper.py").write_text(PAPER)
    (news / NAME).write_text(
        'contact = "desk@paper.example"\npublishers = "mine"\n[settings]\nMAIL_PASS = "s3cret"\n'
        '[sections.world]\nspider = "paper"\n[sections.b]\nstart = "https://anna:s3cret@news.example/b"\n'
    )
    document = json.loads(run(news, "config", "--json"))
    assert document["publishers"] == {
        "folder": str(news / "mine"), "there": True,
        "found": [{"file": "paper.py", "publisher": "paper.example", "spiders": ["paper"]}],
    }  # fmt: skip
    assert document["sections"][1] == {"name": "b", "spider": "section", "start": "https://…@news.example/b"}
    assert document["settings"]["MAIL_PASS"]["value"] == "…"
    told = run(news, "config")
    assert "paper.py  paper.example, spider paper" in told
    assert "s3cret" not in told + json.dumps(document)
    first = told[told.index("setting ") :].splitlines()[1:]
    own = [line.split()[0] for line in first if line.endswith(str(news / NAME))]
    assert own == sorted(own)
    assert {"DEFAULT_FEEDS", "MAIL_PASS", "SPIDER_MODULES", "USER_AGENT"} <= set(own)
    assert "did you mean 'DOWNLOAD_DELAY'?" in run(news, "config", "DOWNLOAD_DELY", status=1)


# A folder of descriptions of one's own ------------------------------------------


def test_a_publisher_of_ones_own_is_crawled_by_its_spider(news, site):
    (news / "publishers").mkdir()
    (news / "publishers" / "paper.py").write_text(PAPER)
    (news / NAME).write_text('publishers = "publishers"\n')
    story = '<html><body><div class="top">Harbour opens</div><h1>No</h1><div class="text"><p>' + SENTENCE
    site.html("http://paper.example/world", '<a href="/world/harbour-opens-1">Harbour opens</a>')
    site.html("http://paper.example/world/harbour-opens-1", story)
    done = forks.scrapy("crawl", "paper", *FAST, "-O", "out.jsonl", cwd=news, http_proxy=site.origin, no_proxy="")
    assert done.returncode == 0, done.stderr
    (line,) = (news / "out.jsonl").read_text("utf8").splitlines()
    article = json.loads(line)
    assert (article["headline"], article["id"], article["extraction"]["headline"]) == ("Harbour opens", "1", ".top")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("name=", "nmae="), "line 4: a publisher has no 'nmae'; did you mean 'name'?"),
        (('name = "paper"', 'name = "worldnews"'), "line 14: newscrawl has a spider 'worldnews' already; give this one another name"),
        (('    name = "paper"\n', ""), "line 14: newscrawl has a spider 'section' already; give this one another name"),
        (('publisher = "paper', 'publisher = "pepper'), "line 14: its publisher 'pepper.example' is not described; there are paper.example, abendblatt.de"),
    ],
)  # fmt: skip
def test_a_broken_description_ends_any_command_in_words(news, change, words):
    (news / "publishers").mkdir()
    (news / "publishers" / "paper.py").write_text(PAPER.replace(*change))
    (news / NAME).write_text('publishers = "publishers"\n')
    told = run(news, "list", status=1)
    assert f"exit status 1 (failed): {news / NAME}: {news / 'publishers' / 'paper.py'}, {words}" in told


def test_newpublisher_writes_there(news, tmp_path):
    (news / NAME).write_text('publishers = "mine"\n')
    (news / "page.html").write_text(PAGE)
    assert "(not there yet; 'scrapy newpublisher ADDRESS' makes it)" in run(news, "config")
    told = run(news, "newpublisher", ADDRESS, "page.html")
    assert told.startswith(f"wrote {news / 'mine' / 'example.py'}\nnext: scrapy article {ADDRESS}, and scrapy crawl")
    assert sorted(path.name for path in news.iterdir()) == sorted([NAME, "mine", "page.html", "sub"])
    assert run(news, "list").split() == ["example", "section", "worldnews"]
    shown = run(news, "article", "page.html", "--url", ADDRESS)
    assert "described by news.example.it" in shown
    assert "is supported already" in run(news, "newpublisher", ADDRESS, "page.html", status=1)


# crawlall ---------------------------------------------------------------------


def test_crawlall_reads_it_where_no_file_is_named(news, site):
    site.html("/world-news", listing_html(path_of(1)))
    site.html(path_of(1), article_html())
    (news / NAME).write_text(
        f'[defaults]\nstart = "{site.origin}/world-news"\n[sections.world]\nspider = "worldnews"\noutput = "a.jsonl"\n'
    )
    done = forks.scrapy("crawlall", *FAST, cwd=news / "sub")
    assert done.stderr.rstrip().endswith("exit status 0 (ok): 1 section, 1 article written")
    assert len((news / "a.jsonl").read_text("utf8").splitlines()) == 1  # beside the file


def test_crawlall_without_sections(news):
    assert run(news, "crawlall", status=1).rstrip().endswith("there is no newscrawl.toml: 'scrapy init' writes one")
    (news / NAME).write_text("")
    told = run(news, "crawlall", status=1)
    assert told.rstrip().endswith("there is no section in it, as in [sections.world]")


def test_check_tells_every_fault_and_asks_nobody(news, site):
    (news / "file").write_text("")
    (news / "sections.toml").write_text(
        f"""
        [defaults]
        start = "{site.origin}/world-news"
        [sections.good]
        [sections.date]
        since = "ninth of never"
        [sections.future]
        since = 9999-01-01
        [sections.address]
        start = "htp://news.example"
        [sections.key]
        paegs = 2
        [sections.number]
        pages = -2
        [sections.spider]
        spider = "nobody"
        [sections.format]
        output = "a.docx"
        [sections.place]
        overwrite_output = "file/a.jsonl"
        [sections.settings]
        settings = {{ DOWNLOAD_DELAY = "fast", DOWNLOAD_DELY = 1, ITEM_PIPELINES = {{ "no.such.Pipeline" = 900 }} }}
        """
    )
    told = run(news, "crawlall", "sections.toml", "--check", "-s", "RETRY_TIMES=many", status=1)
    found = faults(told)
    for section, words in {
        "date": "since='ninth of never' is not a date", "future": "since='9999-01-01' is in the future", "address": "start='htp://news.example': expected an http(s) address",
        "key": "there is no key 'paegs'; did you mean 'pages'?", "number": "pages='-2': expected a whole number",
        "spider": "nobody", "format": "docx", "place": f"{news / 'file'} is not a folder",
    }.items():  # fmt: skip
        assert any(fault.startswith(f"section {section!r}: ") and words in fault for fault in found), section
    assert any("DOWNLOAD_DELY; did you mean DOWNLOAD_DELAY?" in fault for fault in found)
    assert any("'good': RETRY_TIMES is 'many', expected a whole number" in fault for fault in found)
    assert site.requests == []
    assert not (news / "output").exists()


def test_check_tells_the_values_of_settings_and_what_is_not_installed(news):
    text = '[settings]\nDOWNLOAD_DELAY = "fast"\nBROWSER = "all"\nBROWSER_PATH = "/none"\n[settings.ITEM_PIPELINES]\n"no.such.Pipeline" = 9\n'
    (news / "sections.toml").write_text(
        "[sections.a]\nstart = 'https://a.example/x'\n" + text.replace("[settings", "[sections.a.settings")
    )
    found = faults(run(news, "crawlall", "sections.toml", "--check", status=1))
    assert found[:2] == [
        "section 'a': DOWNLOAD_DELAY is 'fast', expected a number, 0 or more",
        "section 'a': ITEM_PIPELINES: no.such.Pipeline cannot be imported: No module named 'no'",
    ]
    assert found[-1] == "section 'a': BROWSER_PATH=/none: expected the path of Chromium or Chrome"


def test_check_of_what_is_right(news):
    done = forks.scrapy("crawlall", str(PROJECT / "deploy" / "sections.toml"), "--check", cwd=news)
    assert done.returncode == 0, done.stderr
    last = done.stderr.rstrip().rsplit("\n", 1)[-1]
    assert (
        last == f"exit status 0 (ok): no fault in 2 sections of {PROJECT / 'deploy' / 'sections.toml'}: world, sample"
    )
    assert not any(news.rglob("*.jsonl"))


# A word to who says nothing ------------------------------------------------------


def test_a_live_crawl_without_a_contact_is_reminded(news, site):
    site.html("http://news.example.org/world-news", "<p>nothing</p>")
    start = ["crawl", "section", "-a", "start=http://news.example.org/world-news", *FAST, "-O", "out.jsonl"]
    proxy = {"http_proxy": site.origin, "no_proxy": ""}
    line = "WARNING: The user agent has no contact"
    assert forks.scrapy(*start, cwd=news, **proxy).stderr.count(line) == 1
    (news / NAME).write_text('contact = "desk@paper.example"\n')
    assert line not in forks.scrapy(*start, cwd=news, **proxy).stderr
    (news / NAME).unlink()
    local = [word.replace("http://news.example.org", site.origin) for word in start]
    assert line not in forks.scrapy(*local, cwd=news).stderr
    assert os.environ.get("NEWSCRAWL_CONFIG") is None
