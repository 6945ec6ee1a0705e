"""Runs tell people how they ended: one message each, and never a secret."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from filelock import FileLock

from newscrawl.history.database import lock_of
from tests.conftest import FAST, PROJECT, Run, article_html, listing_html, path_of
from tests.forks import ENVIRONMENT, newscrawl
from tests.notify.conftest import SECRET, Inbox, inbox

pytest.importorskip("apprise", reason="alerts are sent with pip install '.[notify]'")
pytestmark = pytest.mark.slow
__all__ = ["inbox"]  # a fixture
HOOK = f"/{SECRET}/hook"


@pytest.fixture
def config(tmp_path: Path, inbox: Inbox) -> Callable[..., str]:
    """Writes a ``newscrawl.toml`` with one webhook, and more lines below ``[notify]``; its path."""

    def write(more: str = "", addresses: str = f'["json://me:{SECRET}@{inbox.host}{HOOK}"]') -> str:
        path = tmp_path / "newscrawl.toml"
        path.write_text(f"[notify]\naddresses = {addresses}\n{more}\n")
        return str(path)

    return write


@pytest.fixture
def night(site, crawl, tmp_path: Path, config) -> Callable[..., Run]:
    """A run over the local section, which is good by itself."""
    site.html("/world-news", listing_html(path_of(1)))
    site.html(path_of(1), article_html("Harbour reopens"))

    def run(*arguments: str, path: str = "", **options) -> Run:
        file = ["-s", f"SUMMARY_FILE={tmp_path / 'summary.json'}"]
        start = ["-a", f"start={site.origin}/world-news"]
        return crawl(*start, *file, *arguments, NEWSCRAWL_CONFIG=path or config(), **options)

    return run


def titles(inbox: Inbox) -> list[str]:
    return [json.loads(body)["title"] for body in inbox.bodies(HOOK)]


def test_a_failure_is_told_once_and_the_first_good_run_after_it(site, night, inbox, tmp_path):
    site.html("/world-news", "no", status=403)
    run = night()
    assert run.status == 1
    assert titles(inbox) == ["worldnews: failed"]
    body = json.loads(inbox.bodies(HOOK)[0])["message"]
    assert body.startswith("exit status 1 (failed): the section did not answer or refused: ")
    assert "\nWhat to do: newscrawl explain section-refused\n" in body
    assert json.loads((tmp_path / "summary.json").read_text())["alerts"] == {"sent": 1, "failed": []}
    site.html("/world-news", listing_html(path_of(1)))
    assert [night().status, night().status] == [0, 0]
    assert titles(inbox) == ["worldnews: failed", "worldnews: recovered"]
    assert "alerts" not in json.loads((tmp_path / "summary.json").read_text())


def test_an_incomplete_run_and_its_headlines_are_one_message(site, night, inbox, config):
    site.html("/world-news", listing_html(path_of(1), path_of(2)))
    run = night(path=config("digest = true"))
    assert run.status == 2
    assert titles(inbox) == ["worldnews: incomplete"]
    assert f"- Harbour reopens\n  {site.origin}{path_of(1)}" in json.loads(inbox.bodies(HOOK)[0])["message"]


def test_an_alert_that_cannot_be_sent_makes_a_good_run_incomplete(night, inbox, config, tmp_path):
    inbox.statuses = {HOOK: 500}
    run = night(path=config("digest = true"))
    assert run.status == 2
    assert len(run.articles) == 1
    assert run.last_line == (
        "exit status 2 (incomplete): 1 article written, but an alert could not be sent: address 1 (json://…): HTTP 500"
    )
    told = json.loads((tmp_path / "summary.json").read_text())
    assert (told["status"], told["anchor"]) == (2, "no-alert")
    assert told["alerts"] == {"sent": 0, "failed": ["address 1 (json://…): HTTP 500"]}


def test_no_secret_is_shown(site, night, inbox, config, tmp_path):
    """In no output of a run that logs all that it can, whether the message arrives or not, and in no file of it."""
    addresses = json.dumps(
        [
            f"json://me:{SECRET}@{inbox.host}{HOOK}",
            f"json://127.0.0.1:9/{SECRET}",
            f"slakc://{SECRET}",
            "${SECRET_URL}",
        ][:2]
    )
    path = config(f'healthchecks = "http://{inbox.host}/{SECRET}"', addresses)
    inbox.statuses = {f"/{SECRET}/fail": 500}
    site.html("/world-news", "no", status=403)
    run = night("-s", "LOG_LEVEL=DEBUG", path=path)
    assert "address 2 (json://…): no connection" in run.last_line
    assert "healthchecks (http://…): HTTP 500" in run.last_line
    assert len(titles(inbox)) == 1
    assert SECRET not in run.stderr + run.stdout
    for file in tmp_path.rglob("*"):
        assert file.name == "newscrawl.toml" or file.is_dir() or SECRET.encode() not in file.read_bytes(), file


def test_addresses_are_checked_before_the_first_request(site, night, config, monkeypatch):
    monkeypatch.delenv("NO_SUCH_URL", raising=False)
    run = night(path=config(addresses=f'["${{NO_SUCH_URL}}", "slakc://{SECRET}"]'))
    assert run.status == 1
    assert run.last_line.startswith(
        "exit status 1 (failed): notify: address 1 (${NO_SUCH_URL}): the environment has no NO_SUCH_URL; set it where the"
        " run is started; notify: address 2 (slakc://…): Apprise does not know such an address"
    )
    assert SECRET not in run.stderr
    assert site.requests == []


def test_who_asks_for_none_gets_none(site, night, inbox):
    site.html("/world-news", "no", status=403)
    assert night("-s", "NOTIFY_ENABLED=0").status == 1
    assert night("-a", "dry_run=1").status == 1
    assert inbox.got == []


def test_a_run_that_finds_another_one_writing_is_told(night, inbox, tmp_path):
    with FileLock(lock_of(tmp_path / "worldnews.history.sqlite")):
        run = night()
    assert "another run is writing" in run.last_line
    assert titles(inbox) == ["worldnews: failed"]


def test_a_monitor_hears_of_each_run(site, night, inbox, config):
    path = config(
        'on = ["failed"]\nhealthchecks = "http://' + inbox.host + '/ping"', addresses='["json://127.0.0.1:9/"]'
    )
    assert night(path=path).status == 0
    site.html("/world-news", listing_html(path_of(1), path_of(2)))
    assert night(path=path).status == 2
    site.html("/world-news", "no", status=403)
    assert night(path=path).status == 1
    assert [where for where, _ in inbox.got] == ["/ping", "/ping", "/ping/fail"]
    assert inbox.got[0][1] == "exit status 0 (ok): 1 article written"


# Mistakes and interruptions ------------------------------------------------------


def started(*words: str, path: str, **streams) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "newscrawl", "crawl", *words],
        cwd=PROJECT, env={**os.environ, **ENVIRONMENT, "NEWSCRAWL_CONFIG": path}, **streams,
    )  # fmt: skip


def test_a_mistake_is_told_where_nobody_sees_it(inbox, config):
    path = config()
    assert started("worldnews", "--pages", "none", path=path, stderr=subprocess.DEVNULL).wait(60) == 1
    assert titles(inbox) == ["worldnews: failed"]
    terminal, other = pty.openpty()
    with os.fdopen(terminal, "rb", 0) as seen:
        process = started("worldnews", "--pages", "none", path=path, stderr=other)
        os.close(other)
        assert b"pages" in seen.read(4096)
        assert process.wait(60) == 1
    assert len(inbox.got) == 1


@pytest.mark.parametrize(("number", "told"), [(signal.SIGINT, []), (signal.SIGTERM, ["worldnews: failed"])])
def test_ctrl_c_is_not_told(site, inbox, config, number, told):
    reached, go_on, path = Event(), Event(), config()
    site.html("/world-news", listing_html(path_of(1)))
    answer = site.answer

    def slow(path: str):
        reached.set()
        go_on.wait(60)
        return answer(path)

    site.answer = slow
    process = started(
        "worldnews", "--start", f"{site.origin}/world-news", "-o", str(Path(path).with_name("x.jsonl")), *FAST,
        path=path, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert reached.wait(60)
    process.send_signal(number)
    assert process.stderr is not None
    assert any(b"stopping" in line for line in process.stderr)  # it has heard
    go_on.set()
    process.communicate(timeout=60)
    assert titles(inbox) == told


# Many sections -------------------------------------------------------------------


def test_all_sections_are_one_message(site, inbox, config, tmp_path):
    for name in ("one", "two", "three"):
        site.html(f"/{name}", listing_html(path_of(1, name)))
        site.html(path_of(1, name), article_html(f"News of {name}"))
    site.html("/two", "no", status=403)
    site.html("/three", "no", status=403)
    sections = "\n".join(
        f'[sections.{name}]\nspider = "worldnews"\nstart = "{site.origin}/{name}"\noutput = "{name}/x.jsonl"'
        for name in ("one", "two", "three")
    )
    fast = "[settings]\nDOWNLOAD_DELAY = 0\nAUTOTHROTTLE_ENABLED = false\nRETRY_BACKOFF = 0"
    path = config(f"digest = 5\n{sections}\n{fast}")

    def crawlall(*words: str) -> subprocess.CompletedProcess[str]:
        return newscrawl("crawlall", *words, cwd=tmp_path, NEWSCRAWL_CONFIG=path)

    done = crawlall()
    assert done.returncode == 2, done.stderr
    assert titles(inbox) == ["newscrawl: 2 failed of 3 sections"], done.stderr
    body = json.loads(inbox.bodies(HOOK)[0])["message"]
    assert body.startswith("two: failed: the section did not answer or refused: ")
    assert "\nthree: failed: " in body
    assert "\none:\n- News of one\n" in body
    site.html("/two", listing_html(path_of(1, "two")))
    site.html("/three", listing_html(path_of(1, "three")))
    assert crawlall().returncode == 0
    assert titles(inbox)[1:] == ["newscrawl: 2 recovered of 3 sections"]
    assert crawlall().returncode == 0
    assert len(titles(inbox)) == 2
    assert crawlall("--check").returncode == 0
    assert crawlall("--only", "none").returncode == 1
    assert titles(inbox)[2:] == ["newscrawl: failed"]


def test_a_check_of_sections_names_an_address_that_cannot_be_used(inbox, config, tmp_path):
    path = config('[sections.one]\nstart = "https://news.example/x"', addresses=f'"slakc://{SECRET}"')
    done = newscrawl("crawlall", "--check", cwd=tmp_path, NEWSCRAWL_CONFIG=path)
    assert done.returncode == 1
    assert "notify: address 1 (slakc://…): Apprise does not know such an address" in done.stderr
    assert SECRET not in done.stderr + done.stdout


# Its command, and config ----------------------------------------------------------


def test_the_command_shows_checks_and_tests(inbox, config, tmp_path):
    path = config()
    done = newscrawl("notify", cwd=tmp_path, NEWSCRAWL_CONFIG=path)
    assert (done.returncode, inbox.got) == (0, [])
    assert done.stdout.splitlines()[0] == "address 1     json://…"
    assert newscrawl("notify", "--test", cwd=tmp_path, NEWSCRAWL_CONFIG=path).returncode == 0
    assert titles(inbox) == ["newscrawl: test"]
    inbox.statuses = {HOOK: 404}
    done = newscrawl("notify", "--test", cwd=tmp_path, NEWSCRAWL_CONFIG=path)
    assert done.returncode == 1
    assert "failed        address 1 (json://…): HTTP 404\n" in done.stdout
    assert SECRET not in done.stderr + done.stdout
    done = newscrawl("notify", cwd=tmp_path, NEWSCRAWL_CONFIG="")
    assert (done.returncode, done.stderr) == (
        1, "newscrawl notify: there is no newscrawl.toml, so no [notify]; docs/how-to/alerts.md has an example\n",
    )  # fmt: skip


def test_config_shows_no_secret(inbox, config, tmp_path):
    path = config(f'healthchecks = "https://hc.example/{SECRET}"')
    done = newscrawl("config", cwd=tmp_path, NEWSCRAWL_CONFIG=path)
    assert "\nnotify      json://…, https://… (on failed, incomplete, recovered)\n" in done.stdout
    told = newscrawl("config", "--json", "--all", cwd=tmp_path, NEWSCRAWL_CONFIG=path).stdout
    assert json.loads(told)["notify"]["addresses"] == ["json://…"]
    assert SECRET not in done.stdout + told
