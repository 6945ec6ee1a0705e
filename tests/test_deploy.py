"""The nightly files of deploy/, run by what runs them: cron's shell, systemd's checks, logrotate."""

from __future__ import annotations

import getpass
import grp
import json
import os
import re
import shutil
import signal
import socketserver
import subprocess
import sys
from email import message_from_string, policy
from pathlib import Path
from threading import Thread

import pytest

from tests.conftest import FAST, PROJECT, article_html, listing_html, path_of

DEPLOY = PROJECT / "deploy"
HOME = "/srv/newscrawl"
CRONTAB = (DEPLOY / "newscrawl.cron").read_text(encoding="utf8")
(LINE,) = re.findall(r"^[\d*].*$", CRONTAB, re.MULTILINE)
SERVICE = (DEPLOY / "newscrawl.service").read_text(encoding="utf8")
UNITS = ["newscrawl.service", "newscrawl.timer", "newscrawl-alert@.service"]
DEMO = ("-a", "start=demo", "-a", "pages=1", "-a", "hops=0")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What stands in /srv/newscrawl, as far as a run needs it."""
    folder = tmp_path / "clone"
    (folder / ".venv").mkdir(parents=True)
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (folder / "newscrawl").symlink_to(PROJECT / "newscrawl")
    shutil.copy(PROJECT / "scrapy.cfg", folder)
    (folder / "output").mkdir()
    (tmp_path / "home").mkdir()
    return folder


def by_cron(clone: Path, *arguments: str) -> str:
    """Everything that the crontab's line prints, under the environment that cron gives it."""
    command = LINE.split(maxsplit=5)[5].replace(HOME, str(clone))
    assert command.count("crawl worldnews ") == 1
    command = command.replace("crawl worldnews ", f"crawl worldnews {' '.join(arguments)} ")
    home, name = clone.parent / "home", getpass.getuser()
    done = subprocess.run(
        ["env", "-i", f"HOME={home}", f"LOGNAME={name}", "SHELL=/bin/sh", "PATH=/usr/bin:/bin", "/bin/sh", "-c", command],
        cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    return done.stdout


def log_of(clone: Path) -> list[str]:
    return (clone / "output" / "crawl.log").read_text(encoding="utf8").splitlines()


def fake_scrapy(clone: Path, script: str) -> None:
    (clone / ".venv" / "bin").unlink()
    (clone / ".venv" / "bin").mkdir()
    (clone / ".venv" / "bin" / "scrapy").write_text(f"#!/bin/sh\n{script}\n")
    (clone / ".venv" / "bin" / "scrapy").chmod(0o755)


# cron ----------------------------------------------------------------------------


def test_a_good_night_prints_nothing(clone):
    assert by_cron(clone, *DEMO) == ""
    assert by_cron(clone, *DEMO) == ""
    first, second = [line for line in log_of(clone) if line.startswith("exit status ")]
    assert first == "exit status 0 (ok): all 12 articles written"
    assert second.startswith("exit status 0 (ok): nothing new, ")
    (file,) = (clone / "output" / "demo").glob("worldnews-demo-*.jsonl")
    assert len(file.read_bytes().splitlines()) == 12


def test_a_night_writes_into_output_only(clone):
    def everything():
        return {str(path) for path in clone.parent.rglob("*") if clone / "output" not in path.parents}

    before = everything()
    assert by_cron(clone, *DEMO) == ""
    assert everything() == before


def test_a_refusal_prints_the_last_line(clone, site):
    site.html("/world-news", "no", status=403)
    printed = by_cron(clone, *FAST, "-a", f"start={site.origin}/world-news")
    assert printed == log_of(clone)[-1] + "\n"
    assert printed.startswith("exit status 1 (failed): the section did not answer or refused: ")


def test_an_incomplete_night_prints_the_last_line(clone, site):
    site.html("/world-news", listing_html(path_of(1), path_of(2)))
    site.html(path_of(1), article_html())
    printed = by_cron(clone, *FAST, "-a", f"start={site.origin}/world-news", "-a", "pages=1")
    assert printed == log_of(clone)[-1] + "\n"
    assert printed.startswith("exit status 2 (incomplete): 1 article written, but 1 failed")


def test_a_bad_argument_prints_the_last_line(clone):
    printed = by_cron(clone, "-a", "pages=none")
    assert printed == log_of(clone)[-1] + "\n"
    assert printed.startswith("exit status 1 (failed): pages=")


def test_a_missing_installation_is_told(clone):
    (clone / ".venv" / "bin").unlink()
    printed = by_cron(clone)
    assert printed.count("\n") == 1
    assert "not found" in printed


def test_a_missing_folder_is_told(clone):
    shutil.rmtree(clone)
    assert str(clone) in by_cron(clone)


@pytest.mark.parametrize("said", ["", "2025-09-03 21:00:09 [worldnews] INFO: Crawled 7 pages"])
def test_a_killed_run_is_told_though_the_night_before_was_good(clone, said):
    """Where it said nothing, an empty line; cron mails that too."""
    (clone / "output" / "crawl.log").write_text("exit status 0 (ok): all 12 articles written\n")
    fake_scrapy(clone, f"{f'echo {said!r} >&2; ' if said else ''}kill -9 $$")
    lines = by_cron(clone).splitlines()
    assert [line for line in lines if line != "Killed"] == [said]  # some shells say so, before or after


def test_a_full_disk_is_told(clone):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    (clone / "output" / "crawl.log").symlink_to("/dev/full")
    printed = by_cron(clone, "-a", "pages=none").splitlines()
    assert [line for line in printed if not line.startswith("tee: ")] == [
        line for line in printed if line.startswith("exit status 1 (failed): pages=")
    ]
    assert len(printed) == 2


def test_a_log_that_cannot_be_written_does_not_stop_the_crawl(clone):
    (clone / "output" / "crawl.log").mkdir()
    assert by_cron(clone, *DEMO).startswith("tee: ")
    assert list((clone / "output" / "demo").glob("worldnews-demo-*.jsonl"))


def test_the_crontab_is_one():
    assert "%" not in LINE  # cron ends the command there
    assert re.fullmatch(r"\d+ \d+ \* \* \*  cd /srv/newscrawl && .+", LINE)
    assert re.search(r"^MAILTO=\S+$", CRONTAB, re.MULTILINE)
    assert CRONTAB.endswith("\n")  # cron passes over a last line without


@pytest.mark.parametrize("name", ["README.md", "docs/how-to/nightly.md"])
def test_the_line_is_shown_as_it_is(name):
    text = (PROJECT / name).read_text(encoding="utf8")
    assert re.findall(r"^\d+ \d+ \* \* \*  .*$", text, re.MULTILINE) == [LINE]


# systemd --------------------------------------------------------------------------


@pytest.fixture
def units(clone: Path) -> list[str]:
    """The units, for this user and a clone elsewhere."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze (Debian: systemd) is not installed")
    group = grp.getgrgid(os.getgid()).gr_name
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf8").replace(HOME, str(clone))
        text = text.replace("User=newscrawl", f"User={getpass.getuser()}").replace("Group=newscrawl", f"Group={group}")
        (clone.parent / name.replace("@.", "@newscrawl.")).write_text(text)
    return [str(clone.parent / name.replace("@.", "@newscrawl.")) for name in UNITS]


def test_units_verify_without_a_warning(units):
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert not [line for line in done.stderr.splitlines() if "newscrawl" in line]
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("unit", "most"), [(0, 20), (2, 29)], ids=["service", "alert"])
def test_the_units_are_confined(units, unit, most):
    """The exposure in tenths: 1.4 and 1.3 by systemd 252, of 10."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={most}", "--no-pager", units[unit]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "unrecognized option" in done.stderr:
        pytest.skip("systemd-analyze security --offline needs systemd 250")
    assert done.returncode == 0, done.stdout


def test_the_service_writes_output_only():
    (written,) = re.findall(r"^ReadWritePaths=(.*)$", SERVICE, re.MULTILINE)
    assert written == f"{HOME}/output"
    # pyOpenSSL's callbacks need writable and executable memory: with this set, http works and https does not.
    assert not re.search(r"^MemoryDenyWriteExecute=", SERVICE, re.MULTILINE)


class MailServer(socketserver.StreamRequestHandler):
    """Takes mail (RFC 5321) and keeps the lines that it was sent."""

    lines: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 mail.example\r\n")
        content = False
        for line in self.rfile:
            text = line.decode().rstrip("\r\n")
            self.lines.append(text)
            if content and text != ".":
                continue
            content = text == "data"
            self.wfile.write(
                b"354 go on\r\n" if content else b"221 bye\r\n" if text.lower() == "quit" else b"250 yes\r\n"
            )


@pytest.mark.parametrize("invocation", ["0123abcd", ""], ids=["of an invocation", "by an older systemd"])
def test_the_alert_mails_the_last_line(tmp_path, invocation):
    """As an unprivileged process does it: the journal is read, the mail goes out by SMTP."""
    alert = (DEPLOY / "newscrawl-alert@.service").read_text(encoding="utf8")
    assert "\nDynamicUser=true\nSupplementaryGroups=systemd-journal\n" in alert
    (command,) = re.findall(r"^ExecStart=(.*)$", alert, re.MULTILINE)
    assert command == f"{HOME}/.venv/bin/python {HOME}/deploy/alert.py %i"
    journal = tmp_path / "journalctl"
    journal.write_text(f"#!/bin/sh\necho \"$@\" > {tmp_path}/asked\necho 'exit status 2 (incomplete): „Maro“'\n")
    journal.chmod(0o755)
    taken: list[str] = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), type("Server", (MailServer,), {"lines": taken})) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monitor = {
            "MONITOR_INVOCATION_ID": invocation,
            "MONITOR_SERVICE_RESULT": "exit-code",
            "MONITOR_EXIT_STATUS": "2",
        }
        done = subprocess.run(
            [sys.executable, DEPLOY / "alert.py", "newscrawl"], capture_output=True, text=True, timeout=60, check=False,
            env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "MAILTO": "root@localhost",
                 "MAIL_SERVER": f"127.0.0.1:{server.server_address[1]}"} | (monitor if invocation else {}),
        )  # fmt: skip
        server.shutdown()
    assert done.returncode == 0, done.stderr
    mail = message_from_string("\n".join(taken[taken.index("data") + 1 : taken.index(".")]), policy=policy.default)
    assert "rcpt TO:<root@localhost>" in taken
    assert mail["Subject"].startswith("newscrawl on ")
    assert mail["Subject"].endswith(": exit-code 2" if invocation else ": failed")
    assert mail.get_content().rstrip() == "exit status 2 (incomplete): „Maro“"
    asked = "--quiet --output=cat --lines=1 _SYSTEMD_UNIT=newscrawl.service"
    more = f" _SYSTEMD_INVOCATION_ID={invocation}" if invocation else ""
    assert (tmp_path / "asked").read_text() == f"{asked}{more}\n"


def test_both_failed_and_incomplete_reach_the_operator():
    assert "OnFailure=newscrawl-alert@%N.service\n" in SERVICE
    assert not re.search(r"^(SuccessExitStatus|ExecStart=-)", SERVICE, re.MULTILINE)


def test_the_timer_has_a_time_zone(units):
    timer = (DEPLOY / "newscrawl.timer").read_text(encoding="utf8")
    (when,) = re.findall(r"^OnCalendar=(.*)$", timer, re.MULTILINE)
    done = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert when.endswith(" Asia/Kolkata")
    assert "\nPersistent=true\n" in timer


def test_a_stop_by_systemd_ends_in_order(site, tmp_path):
    """SIGTERM while a page is on its way."""
    out = tmp_path / "out.jsonl"
    site.html("/world-news", listing_html(path_of(1), path_of(2), path_of(3)))
    for number in (1, 2, 3):
        site.html(path_of(number), article_html(f"Harbour reopens {number}"))

    class Waiting(dict):
        def get(self, path, default=None):
            if path == path_of(2):
                process.send_signal(signal.SIGTERM)
            return super().get(path, default)

    site.routes = Waiting(site.routes)
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, "-s", "CONCURRENT_REQUESTS=1", "-O", str(out),
         "-a", f"start={site.origin}/world-news", "-a", "pages=1"],
        cwd=PROJECT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 2, stderr
    assert stderr.splitlines()[-1].startswith("exit status 2 (incomplete): it was interrupted; ")
    assert [json.loads(line)["headline"] for line in out.read_text(encoding="utf8").splitlines()]


# logrotate ------------------------------------------------------------------------


@pytest.fixture
def rotation(clone: Path) -> list[str]:
    """logrotate with the rules, for this user and a clone elsewhere."""
    program = shutil.which("logrotate", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if not program:
        pytest.skip("logrotate is not installed")
    user, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    rules = (DEPLOY / "newscrawl.logrotate").read_text(encoding="utf8")
    rules = rules.replace(HOME, str(clone)).replace("newscrawl newscrawl", f"{user} {group}")
    (clone.parent / "rules").write_text(rules)
    (clone.parent / "rules").chmod(0o644)
    return [program, "--state", str(clone.parent / "state"), str(clone.parent / "rules")]


def test_logrotate_reads_the_rules(clone, rotation):
    (clone / "output" / "crawl.log").write_text("exit status 0 (ok): all 12 articles written\n")
    done = subprocess.run([*rotation, "--debug"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr


def test_rotation_deletes_no_output(clone, rotation):
    output = clone / "output"
    names = ["worldnews-20250701T210000Z.jsonl", "worldnews-20250903T210000Z.jsonl", "worldnews.history.sqlite"]
    for name in ["crawl.log", *names]:
        (output / name).write_text(f"{name}\n")
    for name in (names[0], names[2]):
        os.utime(output / name, (1_751_400_000, 1_751_400_000))
    done = subprocess.run([*rotation, "--force"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in output.iterdir()} == {"crawl.log", "crawl.log.1", f"{names[0]}.gz", *names[1:]}
    assert (output / "crawl.log.1").read_text() == "crawl.log\n"
