"""The command line: arguments, files, exit statuses."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
from argparse import ArgumentTypeError
from pathlib import Path

import pytest
from scrapy.exporters import JsonLinesItemExporter

from newscrawl.article.item import Article
from newscrawl.command import number_from, operands
from newscrawl.feeds.lines import ArticleLinesExporter
from newscrawl.plural import counted
from tests.conftest import FAST, PROJECT, article_html, listing_html, path_of
from tests.forks import scrapy
from tests.test_describe import ADDRESS, PAGE

QUICK = ("-a", "start=demo", "-a", "pages=1", "-a", "hops=0")


@pytest.mark.parametrize(
    ("argument", "word"),
    [
        ("pages=0", "pages"),
        ("pages=many", "pages"),
        ("hops=-1", "hops"),
        ("since=soonish", "since"),
        ("since=2025-09-31", "since"),
        ("start=ftp://x/y", "start"),
        ("start=nonsense", "start"),
        ("start=http://", "start"),
        ("page=3", "page"),
    ],
)
def test_bad_arguments(crawl, argument, word):
    run = crawl("-a", argument)
    assert run.status == 1
    assert run.last_line.startswith("exit status 1 (failed): ")
    assert word in run.last_line
    assert "Traceback" not in run.stderr


def test_append_and_overwrite(crawl, tmp_path):
    out = tmp_path / "all.jsonl"
    for again in ("0", "1"):
        assert crawl(*QUICK, "-o", str(out), "-a", f"again={again}", output=None).status == 0
    assert len(out.read_text().splitlines()) == 24
    assert crawl(*QUICK, "-O", str(out), output=None).status == 0
    assert len(out.read_text().splitlines()) == 12


def test_fast_profile(crawl):
    run = crawl(*QUICK, SCRAPY_SETTINGS_MODULE="newscrawl.fast")
    assert run.status == 0, run.stderr
    assert "WARNING" not in run.stderr
    assert len(run.articles) == 12


def test_lines_are_as_scrapy_writes_them():
    article = Article("https://x.example/1", "1", "x.example", headline="É", links=["a"], extraction={"body": None})
    lines = []
    for exporter in (JsonLinesItemExporter, ArticleLinesExporter):
        file = io.BytesIO()
        exporter(file, encoding="utf-8").export_item(article)
        exporter(file, encoding="utf-8", fields_to_export=["url"]).export_item(article)
        lines.append(file.getvalue())
    assert lines[0] == lines[1]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.json.gz", "a.csv.gz"])
def test_gzip_by_file_name(crawl, name):
    run = crawl(*QUICK, output=name)
    assert run.status == 0, run.stderr
    text = gzip.decompress(run.output.read_bytes()).decode()
    if name == "a.json.gz":
        assert len(json.loads(text)) == 12
    elif name == "a.jsonl.gz":
        assert len(text.splitlines()) == 12
    else:
        assert text.startswith("url,id,publisher,")


def test_append_to_gzip(crawl, tmp_path):
    out = tmp_path / "all.jsonl.gz"
    for again in ("0", "1"):
        assert crawl(*QUICK, "-o", str(out), "-a", f"again={again}", output=None).status == 0
    assert len(gzip.decompress(out.read_bytes()).splitlines()) == 24


def test_feeds_setting(crawl, tmp_path):
    feeds = {str(tmp_path / "a.jsonl.gz"): {}, str(tmp_path / "b.csv"): {"format": "csv"}}
    run = crawl(*QUICK, "-s", f"FEEDS={json.dumps(feeds)}", output=None)
    assert run.status == 0, run.stderr
    assert len(gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()).splitlines()) == 12
    assert (tmp_path / "b.csv").exists()


def test_to_standard_output(crawl):
    run = crawl(*QUICK, "-o", "-:jsonl", output=None)
    assert run.status == 0, run.stderr
    assert len([json.loads(line) for line in run.stdout.splitlines()]) == 12


def test_output_that_cannot_be_written(crawl, tmp_path):
    (tmp_path / "folder.jsonl").mkdir()
    run = crawl(*QUICK, output="folder.jsonl")
    assert run.status == 1
    assert "output" in run.last_line
    (tmp_path / "file").write_text("")
    run = crawl(*QUICK, output="file/out.jsonl")
    assert run.status == 1
    assert "output" in run.last_line


def test_unknown_format(crawl):
    run = crawl(*QUICK, output="a.parquetx")
    assert run.status == 1
    assert "parquetx" in run.last_line


def test_no_spider_and_no_value(crawl):
    assert crawl("twice").status == 1
    assert crawl("-a", "pages").status == 1


def test_unknown_spider():
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "worldnew"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "worldnew" in done.stderr.splitlines()[-1]


def test_the_part_file_has_another_name_until_the_end(site, tmp_path):
    """While the crawl waits for a page, the file under its own name is absent; then one Ctrl-C."""
    out = tmp_path / "out.jsonl"
    site.html("/world-news", listing_html(path_of(1), path_of(2)))
    site.html(path_of(1), article_html())
    seen = []

    class Waiting(dict):
        def get(self, path, default=None):
            if path == path_of(2):
                # Page 1 has been answered; its line is in the part file or still on its way there.
                seen.append(out.exists())
                process.send_signal(signal.SIGINT)
                return (200, {"Content-Type": "text/html"}, article_html().encode())
            return super().get(path, default)

    site.routes = Waiting(site.routes)
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, "-s", "CONCURRENT_REQUESTS=1", "-O", str(out),
         "-a", f"start={site.origin}/world-news", "-a", "pages=1"],
        cwd=PROJECT, stderr=subprocess.PIPE, text=True, env={**os.environ},
    )  # fmt: skip
    _, stderr = process.communicate(timeout=120)
    assert seen[0] is False
    assert process.returncode == 2, stderr
    assert "interrupted" in stderr.splitlines()[-1]
    assert out.exists()
    assert not out.with_name("out.jsonl.part").exists()
    assert all(json.loads(line) for line in out.read_text().splitlines())


def test_terminal_progress_is_silent_without_a_terminal(crawl):
    run = crawl(*QUICK)
    assert "\r" not in run.stderr


def test_one_article_is_no_plural(site, crawl):
    site.html("/world-news", listing_html(path_of(1)))
    site.html(path_of(1), article_html())
    arguments = ("-a", f"start={site.origin}/world-news", "-a", "pages=1", "-s", "HISTORY_ENABLED=0")
    assert crawl(*arguments).last_line == "exit status 0 (ok): 1 article written"
    site.html(path_of(1), article_html(body=""))
    assert "none of 1 article could be read" in crawl(*arguments).last_line
    assert [counted(number, "line") for number in (0, 1, 2)] == ["0 lines", "1 line", "2 lines"]


# The other commands -------------------------------------------------------------------------


def start(folder, *arguments, **pipes):
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        cwd=folder,
        text=True,
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **pipes},
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
    )


def ended(folder, *arguments):
    """The exit status, and what was said on standard output and error."""
    done = scrapy(*arguments, cwd=folder)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """A folder with a short night of the sample edition, loaded, and a saved page."""
    folder = tmp_path_factory.mktemp("night")
    assert ended(folder, "crawl", "worldnews", *QUICK)[0] == 0
    assert ended(folder, "load", "--demo")[0] == 0
    (folder / "page.html").write_text(article_html())
    (folder / "new.html").write_text(PAGE)
    return folder


COMMANDS = (
    "article",
    "browse",
    "completion",
    "find",
    "history",
    "list",
    "load",
    "newpublisher",
    "report",
    "schema",
    "validate",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--foo", "-x"])
def test_an_unknown_option_is_refused(night, command, option):
    status, out, told = ended(night, command, "volcano", f"{option}=1" if option == "--foo" else option)
    assert (status, out) == (1, "")
    assert f"there is no option {option};" in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("command", [*COMMANDS, "crawlall"])
def test_each_option_exit_status_and_an_example_is_told(night, command):
    status, out, _ = ended(night, command, "--help")
    assert status == 0
    assert "Exit status:" in out and "  0 " in out and "  1 " in out
    assert f"  scrapy {command}" in out.partition("Examples")[2]


def test_words_and_files_that_begin_with_a_dash(night):
    found = ended(night, "find", "--demo", "-n", "1", "--", "-harbour")
    assert found == ended(night, "find", "--demo", "-n", "1", "harbour")
    assert found[1]
    (night / "-x.jsonl").write_text("{}\n")
    status, _, told = ended(night, "load", "--database", "x.sqlite", "--", "-x.jsonl")
    assert status == 2 and "/-x.jsonl, line 1: " in told and "; left out: 1 line, 0 files\n" in told


def test_operands():
    assert operands(["a", "-", "--", "-b", "--"]) == ["a", "-", "-b", "--"]
    assert operands([]) == operands(["--"]) == []
    for args in (["-5"], ["a", "--b=c", "--", "d"]):
        with pytest.raises(ValueError, match=r"no option (-5|--b);"):
            operands(args)


@pytest.mark.parametrize("command", ["find", "history", "report"])
@pytest.mark.parametrize("number", ["0", "-1"])
def test_none_at_all_is_no_number_to_show(night, command, number):
    status, out, told = ended(night, command, "-n", number)
    assert (status, out) == (1, "")
    assert told == f"scrapy {command}: argument -n: expected a whole number, 1 or more, not '{number}'\n"


def test_numbers_of_options():
    assert [number_from(0)(text) for text in ("0", "007")] == [0, 7]
    for text in ("-1", "1.0", "", "--1", "²"):
        with pytest.raises(ArgumentTypeError):
            number_from(0)(text)


def test_the_options_of_all_scrapy_commands_are_obeyed(night):
    options = ("-s", "X=1", "-L", "INFO", "--logfile", "log", "--profile", "profile", "--pidfile", "pid", "--pdb")
    article = ("article", "new.html", "--url", ADDRESS, "--json")
    status, out, _ = ended(night, *article, *options)
    assert status == 0
    assert json.loads(out)["fields"]
    assert "started (bot: newscrawl)" in (night / "log").read_text()
    assert (night / "profile").stat().st_size and int((night / "pid").read_text())
    assert ended(night, *article, "-L", "INFO", "--nolog")[2] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "--demo", "the"),
        ("find", "--demo", "the", "--json"),
        ("history", "--demo"),
        ("schema",),
        ("article", "page.html", "--url", "https://news.example/world/a.html"),
        ("newpublisher", ADDRESS, "new.html", "--print"),
        ("report", "--demo"),
        ("validate", "page.html"),
        ("load", "page.html", "--database", "y.sqlite"),
    ],
    ids=" ".join,
)
def test_a_reader_that_has_gone_is_no_error(night, arguments):
    """As with ``| head -1``; ``load`` speaks on standard error alone, as does ``2>&1``."""
    if arguments[0] == "validate":
        pytest.importorskip("jsonschema_rs")
    reading, writing = os.pipe()
    os.close(reading)
    quiet = "stdout" if arguments[0] == "load" else "stderr"
    process = start(night, *arguments, **{"stdout": writing, "stderr": writing, quiet: subprocess.PIPE})
    os.close(writing)
    said = "".join(text or "" for text in process.communicate(timeout=120))
    assert said == ""
    assert process.returncode == 128 + signal.SIGPIPE


@pytest.mark.parametrize("closed", [(1,), (0, 1, 2)], ids=["output", "all"])
def test_closed_streams_are_no_failure_of_a_crawl(night, tmp_path, closed):
    """As by ``>&-``. Where standard error is closed, the log has the last line."""
    out, log = tmp_path / "out.jsonl", tmp_path / "log"
    told = {} if 2 in closed else {"stderr": subprocess.PIPE}
    process = start(night, "crawl", "worldnews", *QUICK, "-O", out, "-s", f"LOG_FILE={log}",
                    **({"stdout": None, "stderr": None, "preexec_fn": lambda: list(map(os.close, closed))} | told))  # fmt: skip
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
    written = len(out.read_text(encoding="utf8").splitlines())
    assert written
    last = f"exit status 0 (ok): all {written} articles written"
    if 2 in closed:
        assert log.read_text(encoding="utf8").rstrip().endswith(f"INFO: {last}")
    else:
        assert told.splitlines()[-1] == last


def test_articles_for_a_closed_standard_output_have_no_place(night):
    process = start(night, "crawl", "worldnews", *QUICK, "-O", "-:jsonl", stdout=None, preexec_fn=lambda: os.close(1))
    _, told = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "the output could not be written: standard output: it is closed" in told.splitlines()[-1]
    assert "Traceback" not in told


@pytest.mark.parametrize("arguments", [("history", "--demo"), ("schema",), ("find", "--demo", "the")], ids=" ".join)
def test_closed_streams_are_no_failure_of_other_commands(night, arguments):
    process = start(night, *arguments, stdout=None, preexec_fn=lambda: os.close(1))
    assert process.communicate(timeout=120)[1] == ""
    assert process.returncode == 0
    assert start(night, *arguments, stdout=None, stderr=None, preexec_fn=lambda: os.closerange(0, 3)).wait(120) == 0


def test_a_log_on_a_full_disk_is_no_failure_of_a_crawl(night, tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = start(night, "crawl", "worldnews", *QUICK, "-O", tmp_path / "out.jsonl", stderr=full)
        assert done.wait(120) == 0
