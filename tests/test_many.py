"""``scrapy crawlall``: many sections in one process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event

import pytest
from filelock import FileLock

from newscrawl.configuration.faults import Faults
from newscrawl.configuration.sections import Section, read
from tests.conftest import PROJECT, article_html, last_line, listing_html, path_of
from tests.forks import scrapy

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
#: A local server needs no politeness, and a test no waiting.
DEFAULTS = """
[defaults]
spider = "worldnews"
[defaults.settings]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = false
RETRY_BACKOFF = 0
RETRY_TIMES = 1
"""


@pytest.fixture
def many(tmp_path):
    """Starts ``scrapy crawlall`` over ``sections``, name to start or to more lines of TOML."""

    class Many:
        folder = tmp_path

        def written(self, sections: dict[str, str], defaults: str = DEFAULTS) -> Path:
            text = defaults
            for name, lines in sections.items():
                lines = lines if "\n" in lines else f'start = "{lines}"\n'
                if "output" not in lines:
                    lines = f'overwrite_output = "{self.file(name)}"\n{lines}'
                text += f"[sections.{name}]\n{lines}"
            file = tmp_path / "sections.toml"
            file.write_text(text, encoding="utf8")
            return file

        def begin(self, sections: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
            command = [sys.executable, "-m", "scrapy", "crawlall", str(self.written(sections)), *arguments]
            return subprocess.Popen(
                command, cwd=tmp_path, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )

        def run(self, sections, *arguments, environment=(), **options):
            done = scrapy("crawlall", self.written(sections, **options), *arguments, cwd=tmp_path, **dict(environment))
            self.status, self.stdout, self.stderr = done.returncode, done.stdout, done.stderr
            self.last_line = last_line(self.stderr)
            return self

        def file(self, name: str) -> Path:
            return tmp_path / name / "articles.jsonl"

        def ids(self, name: str) -> set[str]:
            file = self.file(name)
            return {json.loads(line)["id"] for line in file.read_text("utf8").splitlines()} if file.exists() else set()

    return Many()


def publish(site, section: str, *numbers: int) -> str:
    """A section of articles with these numbers; its path."""
    site.html(f"/{section}", listing_html(*(path_of(number, section) for number in numbers)))
    for number in numbers:
        site.html(path_of(number, section), article_html(f"Story {number}"))
    return f"/{section}"


def there(site) -> str:
    """The same server under another name."""
    return site.origin.replace("127.0.0.1", "localhost")


# What becomes of each --------------------------------------------------------------


def test_each_has_its_own_file_history_and_status(many, site):
    world, markets = publish(site, "world-news", 1, 2), publish(site, "markets", 3)
    sections = {"world": site.origin + world, "markets": there(site) + markets}
    run = many.run(sections)
    assert run.status == 0, run.stderr
    assert run.last_line == "exit status 0 (ok): 2 sections, 3 articles written"
    lines = run.stderr.splitlines()
    assert lines[-6].split() == ["section", "status", "written", "unchanged", "failed", "seconds", "sentence"]
    assert lines[-5].split()[:5] == ["world", "0", "2", "0", "0"]
    assert lines[-2] == f"file      {run.file('markets')} (markets)"
    assert (len(run.ids("world")), len(run.ids("markets"))) == (2, 1)
    assert all((run.folder / name / "worldnews.history.sqlite").is_file() for name in sections)
    for name in sections:
        run.file(name).unlink()  # a whole file that is not there gets all
    again = many.run(sections)
    assert again.last_line == "exit status 0 (ok): 2 sections, 3 articles written"
    grown = {name: f'output = "{run.file(name)}"\nstart = "{start}"\n' for name, start in sections.items()}
    assert many.run(grown).last_line == "exit status 0 (ok): 2 sections, 0 articles written"


def test_one_that_fails_does_not_hurt_the_others(many, site):
    world = publish(site, "world-news", 1, 2)
    publish(site, "markets", 3, 4)
    del site.routes[path_of(4, "markets")]
    site.html("/walled", "no", status=403)
    (many.folder / "taken").mkdir()
    with FileLock(many.folder / "taken" / ".worldnews.history.lock"):
        run = many.run(
            {
                "bad": "nonsense",
                "unknown": f'start = "{site.origin}/markets"\nsince = "soonish"\n',
                "taken": f"{site.origin}/markets",
                "walled": f"{site.origin}/walled",
                "away": "http://127.0.0.1:9/world-news",
                "broken": f'start = "{there(site)}/markets"\n[sections.broken.settings]\nRECHECK_DAYS = "some"\n',
                "some": f"{site.origin}/markets",
                "world": site.origin + world,
            }
        )
    assert run.status == 2, run.stderr
    table = {line.split()[0]: line for line in run.stderr.splitlines() if line.partition(" ")[0] in many_names(run)}
    statuses = {name: int(line.split()[1]) for name, line in table.items()}
    failed = dict.fromkeys(("bad", "unknown", "taken", "walled", "away", "broken"), 1)
    assert statuses == {**failed, "some": 2, "world": 0}
    assert "another run is writing to" in table["taken"]
    assert "HTTP 403" in table["walled"]
    assert "RECHECK_DAYS='some'" in table["broken"]
    assert len(run.ids("world")) == 2
    assert len(run.ids("some")) == 1
    assert run.last_line.startswith(
        "exit status 2 (incomplete): 3 articles written, but of 8 sections 6 failed and 1 inco"
    )
    assert "bad: start='nonsense'" in run.last_line
    assert run.last_line.endswith("and walled, away, broken, some)")


def many_names(run) -> set[str]:
    return {section.name for section in read(run.folder / "sections.toml")}


def test_all_failed_is_a_failure(many, site):
    run = many.run({"one": f"{site.origin}/none", "two": f"{there(site)}/none"})
    assert run.status == 1
    assert run.last_line.startswith(
        "exit status 1 (failed): all 2 sections failed: one: the section did not answer or refus"
    )


def test_an_error_in_one_is_logged_and_its_own(many, site):
    """What a crawl raises that nobody thought of, here a class that there is not, with the history's lock taken."""
    world = publish(site, "world-news", 1)
    broken = (
        f'start = "{site.origin}{world}"\n[sections.a.settings]\nITEM_PIPELINES = {{"newscrawl.none.Pipeline" = 1}}\n'
    )
    output = f'overwrite_output = "{many.folder}/one/%s.jsonl"\n'
    run = many.run({"a": output % "a" + broken, "b": output % "b" + f'start = "{site.origin}{world}"\n'})
    assert run.status == 2, run.stderr
    assert "a: newscrawl has a fault: No module named 'newscrawl.none'; run it again with -v" in run.last_line
    assert "Traceback" not in run.stderr and "ModuleNotFoundError" not in run.stderr
    assert len((many.folder / "one" / "b.jsonl").read_text().splitlines()) == 1


def test_the_log_says_of_which_section_a_line_is(many, site):
    site.html("/world-news", listing_html(path_of(1)))
    site.html(path_of(1), "busy", status=503)
    run = many.run({"one": f"{site.origin}/world-news", "two": f"{there(site)}/world-news"})
    for name, origin in (("one", site.origin), ("two", there(site))):
        (line,) = [line for line in run.stderr.splitlines() if f"Failed: {origin}" in line]
        assert line.split()[2] == name


def test_for_programs(many, site):
    world = publish(site, "world-news", 1)
    run = many.run({"world": site.origin + world, "bad": "nonsense"}, "--json")
    document = json.loads(run.stdout)
    assert document["status"] == run.status == 2
    assert run.last_line == f"exit status 2 (incomplete): {document['sentence']}"
    (good, bad) = document["sections"]
    assert good["section"] == "world"
    assert (good["status"], good["written"], good["failed"], good["files"]) == (0, 1, 0, [str(run.file("world"))])
    assert bad == {
        "section": "bad", "status": 1, "sentence": "start='nonsense': expected an http(s) address, or 'demo' (later days: 'demo:2', 'demo:3'); no archive was found at nonsense",
        "written": 0, "changed": 0, "unchanged": 0, "failed": 0, "found": 0, "seconds": 0.0, "files": [], "anchor": None,
    }  # fmt: skip


# When ------------------------------------------------------------------------------


def test_those_of_one_host_take_turns(many, site):
    one, two = publish(site, "world-news", 1, 2), publish(site, "markets", 3, 4)
    run = many.run({"one": site.origin + one, "two": site.origin + two})
    assert run.status == 0, run.stderr
    assert [section for section, _ in groupby(path.split("/")[1] for path in site.paths())] == ["world-news", "markets"]


def test_those_of_one_history_take_turns(many, site):
    """Two hosts, one of them a copy: the history of both is the spider's."""
    world = publish(site, "world-news", 1, 2)
    output = f'output = "{many.folder}/%s.jsonl"\nstart = "%s{world}"\n'
    run = many.run({"one": output % ("one", site.origin), "two": output % ("two", there(site))})
    assert run.status == 0, run.stderr
    assert "2 unchanged since an earlier run" in run.stderr
    assert run.last_line.endswith("2 articles written")


@pytest.mark.parametrize(("at_once", "status"), [("2", 0), ("1", 1)])
def test_those_of_different_hosts_run_at_a_time(many, site, at_once, status):
    """Each first page waits for the other's: with one at a time that comes too late."""
    one, two = publish(site, "world-news", 1), publish(site, "markets", 2)
    both, answer = Barrier(2), site.answer

    def wait(path):
        if path in (one, two):
            try:
                both.wait(timeout=60 if status == 0 else 0.2)
            except BrokenBarrierError:
                return 403, {}, b"alone"
        return answer(path)

    site.answer = wait
    run = many.run({"one": site.origin + one, "two": there(site) + two}, "-n", at_once)
    assert run.status == status, run.stderr


# Interrupted -------------------------------------------------------------------------


@pytest.fixture
def held(site):
    """A site of two sections, of which one page of each is not answered before ``let_go``."""
    site.section = {"one": publish(site, "world-news", 1, 2, 3), "two": publish(site, "markets", 4, 5, 6)}
    site.asked, site.let_go, answer = Event(), Event(), site.answer
    waiting = {path_of(3), path_of(6, "markets")}

    def hold(path):
        if path in waiting:
            waiting.discard(path)
            if not waiting:
                site.asked.set()
            site.let_go.wait(timeout=60)
        return answer(path)

    site.answer = hold
    yield site
    site.let_go.set()


def test_ctrl_c_ends_all_in_order(many, held):
    sections = {
        "one": held.origin + held.section["one"],
        "two": there(held) + held.section["two"],
        "later": held.origin + held.section["two"],
    }
    process = many.begin(sections)
    assert held.asked.wait(timeout=60)
    process.send_signal(signal.SIGINT)
    held.let_go.set()
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 2, stderr
    assert stderr.count("it was interrupted; ") >= 2
    assert "later: it was not started, because the run was interrupted" in stderr.rstrip().rsplit("\n", 1)[-1]
    assert not list(many.folder.rglob("*.part"))
    before = {name: len(many.ids(name)) for name in sections}
    run = many.run(sections)
    assert run.status == 0, run.stderr
    assert before["one"] and before["two"] and not before["later"]
    assert len(many.ids("later")) == 3


def test_ctrl_c_twice_ends_at_once(many, held):
    process = many.begin({"one": held.origin + held.section["one"], "two": there(held) + held.section["two"]})
    assert held.asked.wait(timeout=60)
    while process.poll() is None:  # two signals at one moment would be one
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)
    _, stderr = process.communicate()
    assert not held.let_go.is_set()  # the pages under way were not waited for
    assert process.returncode == 1, stderr
    assert "cut off before its file was written" in stderr.rstrip().rsplit("\n", 1)[-1]


def test_killed_it_loses_and_repeats_nothing(many, held):
    output = f'overwrite_output = "{many.folder}/%s/%%(started)s-%s.jsonl"\nstart = "%s"\n'

    def sections(night):
        one, two = held.origin + held.section["one"], there(held) + held.section["two"]
        return {"one": output % ("one", night, one), "two": output % ("two", night, two)}

    process = many.begin(sections("first"))
    assert held.asked.wait(timeout=60)
    process.kill()
    process.communicate(timeout=60)
    held.let_go.set()
    run = many.run(sections("second"))
    assert run.status == 0, run.stderr
    for name in ("one", "two"):
        files = list((many.folder / name).glob("*.jsonl"))
        ids = [json.loads(line)["id"] for file in files for line in file.read_text("utf8").splitlines()]
        assert len(ids) == len(set(ids)) == 3, run.stderr
        assert not list((many.folder / name).glob("*.part"))


# The file ----------------------------------------------------------------------------


def test_only_these(many, site):
    world = publish(site, "world-news", 1)
    sections = {"world": site.origin + world, "bad": "nonsense"}
    assert many.run(sections, "--only", "world").last_line == "exit status 0 (ok): 1 section, 1 article written"
    site.requests.clear()
    run = many.run(sections, "--only", "word")
    assert (run.status, site.requests) == (1, [])
    assert run.last_line == "exit status 1 (failed): there is no section 'word'; there are 'world', 'bad'"


def test_all_faults_are_told_and_nothing_is_crawled(many, site):
    start = f'start = "{site.origin}/world-news"\n'
    run = many.run(
        {
            "typing": f"{start}pages = true\nhops = '3'\npage = 2\n",
            "spider": f"{start}spider = 'nobody'\n",
            "twice": f"{start}output = 'a.jsonl'\nfeeds = {{'b.jsonl' = {{format = 'jsonl'}}}}\n",
            "settings": f"{start}[sections.settings.settings]\nFEEDS = 1\nlog_level = 'INFO'\nLOG_LEVEL = 'INFO'\n",
        },
        defaults="[default]\n",
    )
    assert run.status == 1
    faults = [line for line in run.stderr.splitlines() if line.startswith("fault ")]
    for words in (
        "'default'", "'typing': pages is True, expected a whole number", "'typing': hops is '3'", "no key 'page'",
        "'twice': output and feeds are given", "FEEDS is given by", "log_level is not a setting", "LOG_LEVEL applies to all",
    ):  # fmt: skip
        assert sum(words in fault for fault in faults) == 1, words
    assert len(faults) == 8
    assert run.last_line.startswith("exit status 1 (failed): nothing was crawled, ")
    assert not site.requests


def test_what_only_the_project_knows_is_refused_too(many, site):
    start = f'start = "{site.origin}/world-news"\n'
    run = many.run(
        {
            "nobody": f"{start}spider = 'nobody'\n",
            "form": f"{start}output = 'a.docx'\n",
            "one": f"{start}output = 'same.jsonl'\n",
            "two": f"{start}output = './same.jsonl'\n",
            "three": f"{start}output = 'out/../same.jsonl'\n",
            "four": f"{start}output = 'a/x.jsonl'\n[sections.four.settings]\nDELIVER = 'place'\n",
            "five": f"{start}output = 'b/x.jsonl'\n[sections.five.settings]\nDELIVER = './place/'\n",
        }
    )
    faults = [line for line in run.stderr.splitlines() if line.startswith("fault ")]
    assert (run.status, len(faults), site.requests) == (1, 5, []), run.stderr
    assert "Spider not found: nobody" in faults[0]
    assert "docx" in faults[1]
    assert "section 'two' and section 'one' write to one file" in faults[2]
    assert "section 'three' and section 'one' write to one file" in faults[3]
    assert "section 'five' and section 'four' write to one file" in faults[4]


def test_a_setting_that_cannot_be_read_is_named(many, site):
    run = many.run({"world": f'start = "{site.origin}/x"\n[sections.world.settings]\nDOWNLOAD_DELAY = "fast"\n'})
    assert (run.status, site.requests) == (1, [])
    assert "world: of its settings, DOWNLOAD_DELAY: could not convert string to float: 'fast'" in run.last_line


@pytest.mark.parametrize(
    "text", ["[sections.a]\n[sections.a]\n", "sections = 3\n", "", "[sections]\n", "\xff", "[sections"]
)
def test_files_that_are_none(tmp_path, text):
    file = tmp_path / "sections.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(Faults):
        read(file)


@pytest.mark.parametrize(
    "arguments", [["none.toml"], [], ["a.toml", "b.toml"], ["a.toml", "-n", "0"], ["a.toml", "--unknown"], ["-s", "x"]]
)
def test_bad_command_lines(tmp_path, arguments):
    done = scrapy("crawlall", *arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.rstrip().rsplit("\n", 1)[-1].startswith("exit status 1 (failed): ")


def test_defaults_and_kinds_of_values(tmp_path):
    file = tmp_path / "sections.toml"
    file.write_text(
        "[defaults]\npages = 2\noutput = 'all.jsonl'\n[defaults.settings]\nDOWNLOAD_DELAY = 1\nRETRY_TIMES = 2\n"
        "[sections.a]\nstart = ['https://a.example/x', 'https://a.example/y']\nsince = 2025-09-03\nagain = true\n"
        "[sections.b]\nspider = 'worldnews'\npages = 5\noverwrite_output = ['b.jsonl', 'b.csv']\n"
        "[sections.b.settings]\nRETRY_TIMES = 3\n"
    )
    settings = {"DOWNLOAD_DELAY": 1, "RETRY_TIMES": 2}
    arguments = {"start": "https://a.example/x,https://a.example/y", "pages": "2", "since": "2025-09-03", "again": "1"}
    first, second = read(file)
    assert first == Section("a", "section", arguments, settings, output=["all.jsonl"])
    assert second == Section(
        "b", "worldnews", {"pages": "5"}, {**settings, "RETRY_TIMES": 3}, overwrite_output=["b.jsonl", "b.csv"]
    )


def test_the_command_line_outranks_the_file_and_the_file_the_project(many, site):
    world = publish(site, "world-news", 1)
    lines = f'start = "{site.origin}{world}"\n[sections.world.settings]\nHISTORY_FILE = "%(name)s-own.sqlite"\n'
    assert many.run({"world": lines}).status == 0
    assert (many.folder / "world" / "worldnews-own.sqlite").is_file()
    assert many.run({"world": lines}, "-s", "HISTORY_FILE=line.sqlite").status == 0
    assert (many.folder / "world" / "line.sqlite").is_file()


def test_a_log_file_holds_all_sections(many, site):
    world, markets = publish(site, "world-news", 1), publish(site, "markets", 2)
    log = many.folder / "night.log"
    sections = {"one": site.origin + world, "two": site.origin + markets}
    many.run(sections, "--logfile", str(log), "-s", "LOG_FILE_APPEND=0")
    text = log.read_text("utf8")
    for name in sections:
        assert f" {name} [newscrawl.sections.run] INFO: Ended with exit status 0: 1 article written" in text
