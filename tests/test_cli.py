"""The program ``newscrawl``: its commands, its help, what it says to misspelt words, and completion in a shell."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from newscrawl import commands
from newscrawl.catalogue import COMMANDS
from newscrawl.crawl.sources import Fate
from newscrawl.history.database import lock_of
from newscrawl.spiders.arguments import _DEFAULTS
from newscrawl.version import __version__
from tests.conftest import PROJECT, last_line
from tests.forks import ENVIRONMENT, newscrawl, scrapy

SHORT = ("--start", "demo", "--pages", "1", "--hops", "0")
#: Ways to call the program, and Scrapy's own; they take the same options.
BOTH = pytest.mark.parametrize("called", [newscrawl, scrapy], ids=["newscrawl", "scrapy"])


def process(folder, *words, **pipes):
    """The program as a process of its own."""
    environment = pipes.pop("environment", {})
    return subprocess.Popen(
        [sys.executable, "-m", "newscrawl", *map(str, words)],
        cwd=folder, text=True, env={**os.environ, **ENVIRONMENT, **environment},
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **pipes},
    )  # fmt: skip


# The program and its help -------------------------------------------------------------------


def test_the_version_is_one_line(tmp_path):
    for word in ("--version", "version"):
        done = newscrawl(word, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert re.fullmatch(rf"newscrawl {re.escape(__version__)} \(Scrapy [\d.]+, Python [\d.]+\w*\)\n", done.stdout)


def test_the_overview_shows_each_command_in_lines_that_any_terminal_has_room_for(tmp_path):
    done = newscrawl("--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for name, line in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(line)}$", done.stdout, re.MULTILINE)
    assert max(map(len, done.stdout.splitlines()[:-2])) <= 80
    assert "\x1b" not in done.stdout
    for words in ((), ("-h",), ("help",)):
        assert newscrawl(*words, cwd=tmp_path).stdout == done.stdout


def test_the_catalogue_has_all_commands():
    assert set(COMMANDS) == {module.name for module in pkgutil.iter_modules(commands.__path__)}


def loaded(cwd: Path, of: set[str], *words: str) -> set[str]:
    """Which modules of those the program loads when it is called with some words."""
    code = (
        "import atexit, sys; sys.argv = ['newscrawl', *sys.argv[2:]]; of = set(sys.orig_argv[3].split());"
        "atexit.register(lambda: print('loaded', *of & set(sys.modules), file=sys.stderr));"
        "from newscrawl.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, " ".join(of), *words], capture_output=True, text=True, check=True, cwd=cwd,
        env={**os.environ, **ENVIRONMENT},
    )  # fmt: skip
    first, *names = done.stderr.splitlines()[-1].split()
    assert first == "loaded"
    return set(names)


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_what_needs_no_command_does_not_wait_for_scrapy(tmp_path, word):
    """Importing Scrapy, and Twisted with it, takes half a second."""
    assert loaded(tmp_path, {"newscrawl", "scrapy", "twisted", "lxml"}, word) == {"newscrawl"}


@pytest.mark.parametrize("control", ["0", "1"])
def test_a_crawl_loads_what_few_crawls_need_only_where_one_does(tmp_path, control):
    """Servers and clients of HTTP for the remote control, stemmers of thirty languages, a parser of Markdown: 15 MB."""
    crawl = ("crawl", "worldnews", "--start", "demo", "-a", "pages=1", "-a", "hops=0")
    of = {"scrapy", "aiohttp", "dateparser", "snowballstemmer", "markdown_it"}
    wanted = {"scrapy"} if control == "0" else {"scrapy", "aiohttp"}
    assert loaded(tmp_path, of, *crawl, "-s", f"REMOTE_CONTROL_ENABLED={control}") == wanted


def test_colours_follow_the_environment(tmp_path):
    for words in (("--help",), ("load", "--help")):
        shown = {
            name: newscrawl(*words, cwd=tmp_path, FORCE_COLOR=forced, NO_COLOR=without, TERM="xterm").stdout
            for name, forced, without in (("piped", "", ""), ("forced", "1", ""), ("without", "1", "1"))
        }
        assert "\x1b" not in shown["piped"]
        assert "\x1b[36m" in shown["forced"]
        assert "\x1b[36m" not in shown["without"]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_of_a_command_names_the_program_that_was_called(tmp_path, name):
    done = newscrawl(name, "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: newscrawl {name}")
    assert f"\n  newscrawl {name}" in done.stdout.partition("Examples:")[2]
    groups = re.findall(r"^(\w.*):$", done.stdout, re.MULTILINE)
    assert groups[-3:] == ["Scrapy's own options", "Exit status", "Examples"]
    assert "scrapy " not in done.stdout
    assert newscrawl("help", name, cwd=tmp_path).stdout == done.stdout


@BOTH
def test_the_help_of_crawl_has_each_argument_of_a_spider(called, tmp_path):
    told = called("crawl", "--help", cwd=tmp_path if called is newscrawl else PROJECT).stdout
    groups = re.findall(r"^(\w.*):$", told, re.MULTILINE)
    assert groups[1:4] == ["What to read", "What to write", "How to run"]
    for name in _DEFAULTS:
        assert told.count(f"\n  --{name.replace('_', '-')}") == 1
    for option in ("-o, --output", "-O, --overwrite-output", "-a NAME=VALUE", "--json", "--wait"):
        assert told.count(f"\n  {option}") == 1


def test_a_reader_that_has_gone_is_no_error(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    for words in (["--help"], ["--version"], ["list"]):
        running = process(tmp_path, *words, stdout=writing)
        assert running.communicate(timeout=60)[1] == ""
        assert running.returncode == 128 + signal.SIGPIPE
    os.close(writing)


# Misspelt words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lod"], "newscrawl: there is no command 'lod'; did you mean 'load'?"),
        (["qqq"], "newscrawl: there is no command 'qqq'; newscrawl --help lists them"),
        (["worldnews"], "newscrawl: there is no command 'worldnews'; newscrawl --help lists them"),
        (
            ["https://news.example/world", "--since", "2d"],
            "newscrawl: there is no command 'https://news.example/world';"
            " did you mean 'newscrawl crawl https://news.example/world'?",
        ),
        (["--versoin"], "newscrawl: expected a command before --versoin; did you mean '--version'?"),
        (["-q", "load"], "newscrawl: expected a command before -q; newscrawl --help lists them"),
        (["find", "--jsn", "x"], "newscrawl find: there is no option --jsn; did you mean '--json'?"),
        (["find", "-json", "x"], "newscrawl find: there is no option -json; did you mean '--json'?"),
        (["find", "-s", "LOG_LEVL=INFO"], "newscrawl find: there is no setting LOG_LEVL; did you mean LOG_LEVEL?"),
        (["find", "-s", "LOG_LEVEL"], "newscrawl find: -s LOG_LEVEL: expected -s NAME=VALUE"),
        (["completion", "bahs"], "newscrawl completion: expected bash, zsh, fish, tcsh, not 'bahs'; did you mean 'bash'?"),
        (["list", "x"], "newscrawl list: expected: newscrawl list"),
        (
            ["extract", "--versions", "newst"],
            "exit status 1 (failed): argument --versions: expected newest or all, not 'newst'; did you mean 'newest'?",
        ),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_answered_with_a_sentence(tmp_path, words, sentence):
    done = newscrawl(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{sentence}\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["worldnew"], "there is no spider 'worldnew'; did you mean 'worldnews'?"),
        (["zzz"], "there is no spider 'zzz'; 'newscrawl list' lists them"),
        (["demo:2"], "there is no spider 'demo:2'; the sample edition is read by 'newscrawl crawl worldnews --start demo:2'"),
        (["news.example/world"], "there is no spider 'news.example/world'; an address begins with https:// or http://"),
        ([], "expected the name of one spider, or an address; 'newscrawl list' lists the spiders"),
        (["worldnews", "section"], "expected the name of one spider, or an address; 'newscrawl list' lists the spiders"),
        (["worldnews", "--sinse", "2d"], "there is no option --sinse; did you mean '--since'?"),
        (["worldnews", "-since", "2d"], "-s ince: expected -s NAME=VALUE; did you mean '--since'?"),
        (["--wait", "worldnews"], "argument --wait: expected seconds, or nothing, not 'worldnews': give what to crawl before it"),
        (["worldnews", "-s", "DOWNLOAD_DELY=3"], "there is no setting DOWNLOAD_DELY; did you mean DOWNLOAD_DELAY?"),
        (
            ["worldnews", "-s", 'FEEDS={"a.jsonl": {"overwrit": true}}'],
            "there is no option of a feed overwrit; did you mean overwrite?",
        ),
        (["worldnews", "--pages", "3", "-a", "pages=4"], "--pages and another pages are given, and they differ: leave one out"),
        (["worldnews", "--again", "-a", "again=0"], "--again and another again are given, and they differ: leave one out"),
        (
            ["https://news.example/a", "--start", "https://news.example/b"],
            "an address and another start are given, and they differ: leave one out",
        ),
        (["worldnews", "-o", "a.jsnl"], "there is no output format 'jsnl'; did you mean 'jsonl'?"),
        (["worldnews", "-L", "DEBG"], "there is no log level 'DEBG'; did you mean 'DEBUG'?"),
        (["worldnews", "--logfile", "no/log"], "no/log cannot be written: No such file or directory"),
        (["worldnews", "--pidfile", "no/pid"], "no/pid cannot be written: No such file or directory"),
        (["worldnews", "--profile", "no/profile"], "no/profile cannot be written: No such file or directory"),
        (["worldnews", "--json", "-o", "-:jsonl"], "--json and -o - are given, expected one of them: both write to standard output"),
    ],
)  # fmt: skip
def test_a_crawl_that_cannot_be_meant_ends_with_one_line(tmp_path, words, sentence):
    done = newscrawl("crawl", *words, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"exit status 1 (failed): {sentence}\n")
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_misspelt_argument_of_a_spider_is_told(tmp_path):
    done = newscrawl("crawl", "worldnews", "-a", "sinse=2d", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.endswith("exit status 1 (failed): unknown argument 'sinse'; did you mean 'since'?\n")


def test_a_value_that_keeps_a_crawl_from_beginning_is_told_with_its_setting(tmp_path):
    done = newscrawl("crawl", "worldnews", *SHORT, "-s", "DOWNLOAD_DELAY=fast", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "exit status 1 (failed): DOWNLOAD_DELAY is 'fast', expected a number, 0 or more\n"


def test_an_output_without_a_format(tmp_path):
    done = newscrawl("crawl", "worldnews", "-o", "stories", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("exit status 1 (failed): the output needs a format; there are json, jsonlines, ")


def test_the_settings_of_sections_are_checked(tmp_path):
    (tmp_path / "sections.toml").write_text(
        '[sections.world]\nstart = "https://news.example/world"\n[sections.world.settings]\nDOWNLOAD_DELY = 3\n'
    )
    done = newscrawl("crawlall", "sections.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert "section 'world': settings: there is no setting DOWNLOAD_DELY; did you mean DOWNLOAD_DELAY?" in done.stderr


def test_settings_that_cannot_be_read(tmp_path):
    running = process(tmp_path, "load", environment={"SCRAPY_SETTINGS_MODULE": "no.such"})
    told = running.communicate(timeout=60)[1]
    assert running.returncode == 1
    assert told.startswith("newscrawl: the settings no.such that SCRAPY_SETTINGS_MODULE names cannot be read: ")
    assert len(told.splitlines()) == 1


# crawl --------------------------------------------------------------------------------------


@BOTH
def test_options_are_the_arguments_of_a_spider(called, tmp_path):
    done = called("crawl", "worldnews", *SHORT, "-a", "pages=1", "--limit", "5", "-O", "a.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "a.jsonl").read_text("utf8").splitlines()) == 5
    assert done.stderr.rstrip().splitlines()[-1].startswith("exit status 0 (ok): 5 articles written, limit reached")
    again = called("crawl", "worldnews", *SHORT, "--again", "-O", "b.jsonl", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert len((tmp_path / "b.jsonl").read_text("utf8").splitlines()) == 12


def test_an_address_is_a_section(site, tmp_path):
    from tests.sections import weblog

    section = weblog(site)
    arguments = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "--json", "-O", "a.jsonl")
    done = newscrawl("crawl", f"{site.origin}{section.start}", *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["written"] == len(section.articles)
    assert len((tmp_path / "a.jsonl").read_text("utf8").splitlines()) == len(section.articles)


@BOTH
def test_standard_output_has_the_document_alone(called, tmp_path):
    done = called("crawl", "worldnews", *SHORT, "--json", "-s", "SUMMARY_FILE=last.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document == json.loads((tmp_path / "last.json").read_text("utf8"))
    assert (document["status"], document["counts"]["written"]) == (0, 12)
    failed = called("crawl", "worldnews", "--json", "--pages", "none", cwd=tmp_path)
    assert failed.returncode == json.loads(failed.stdout)["status"] == 1


def test_a_dry_run_for_people_and_for_programs(tmp_path):
    shown = newscrawl("crawl", "worldnews", *SHORT, "--dry-run", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    lines = [line.split("\t") for line in shown.stdout.splitlines()]
    told = newscrawl("crawl", "worldnews", *SHORT, "--dry-run", "--json", cwd=tmp_path)
    links = json.loads(told.stdout)["links"]
    assert len(lines) == len(links) == 15
    assert [line[0] for line in lines] == [Fate[link["fate"].upper()].value for link in links]
    assert links[0].keys() == {"fate", "url", "rule", "source"}
    assert [path.name for path in tmp_path.iterdir()] == []


# --wait -------------------------------------------------------------------------------------


@contextmanager
def waiting(folder, *words):
    """A crawl that waits, once it has said so, for a run that is going on as long as the context lasts."""
    (folder / "output").mkdir()
    lock = FileLock(lock_of(folder / "output" / "x.sqlite"))
    with lock:
        running = process(
            folder, "crawl", "worldnews", *SHORT, "--wait", *words, "--nolog",
            "-s", "HISTORY_FILE=x.sqlite", "-s", "HISTORY_FILE_DEMO=x.sqlite", "-O", "output/a.jsonl",
        )  # fmt: skip
        try:
            yield running, lock, running.stderr.readline()
        finally:
            running.kill()
            running.communicate()


def test_a_run_waits_for_the_one_before_it(tmp_path):
    with waiting(tmp_path) as (running, lock, line):
        assert line == f"waiting until the run that writes to {tmp_path}/output has ended; Ctrl-C ends the wait\n"
        lock.release()
        told = running.communicate(timeout=120)[1]
    assert running.returncode == 0, told
    assert "waiting" not in told
    assert (tmp_path / "output" / "a.jsonl").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_wait_can_be_ended(tmp_path, number):
    with waiting(tmp_path) as (running, _, _):
        running.send_signal(number)
        told = running.communicate(timeout=120)[1]
    assert running.returncode == 1
    assert (
        last_line(told)
        == "exit status 1 (failed): it was interrupted while it waited for another run; nothing was read"
    )


def test_a_wait_has_an_end(tmp_path):
    with waiting(tmp_path, "1") as (running, _, line):
        assert ", 1 seconds at most; " in line
        told = running.communicate(timeout=120)[1]
    assert running.returncode == 1
    assert "another run is writing to" in told.splitlines()[-1]
    assert "'crawl --wait'" in told.splitlines()[-1]


# Completion ---------------------------------------------------------------------------------

_COMPLETE = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
_shtab_newscrawl newscrawl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """A folder with the script for bash, and a file."""
    folder = tmp_path_factory.mktemp("completion")
    done = newscrawl("completion", "bash", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "script").write_text(done.stdout)
    (folder / "stories.jsonl").touch()
    return folder


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ([""], set(COMMANDS)),
        (["cr"], {"crawl", "crawlall"}),
        (["crawl", ""], {"section", "worldnews"}),
        (["crawl", "wor"], {"worldnews"}),
        (["crawl", "worldnews", "--dr"], {"--dry-run"}),
        (["crawl", "worldnews", "-o", "st"], {"stories.jsonl"}),
        (["load", "st"], {"stories.jsonl"}),
        (["completion", ""], {"bash", "zsh", "fish", "tcsh"}),
        (["extract", "--versions", ""], {"newest", "all"}),
    ],
)
def test_bash_completes(script, words, completed):
    done = subprocess.run(
        ["bash", "-c", _COMPLETE, "bash", "./script", "newscrawl", *words], cwd=script, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (set(done.stdout.split()), done.stderr) == (completed, "")


@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh"])
def test_other_shells_have_a_script(tmp_path, shell):
    done = newscrawl("completion", shell, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in (*COMMANDS, "worldnews", "dry-run"))
    if shell != "tcsh" and (program := shutil.which(shell)):
        checked = subprocess.run([program, "-n"], input=done.stdout, capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")
