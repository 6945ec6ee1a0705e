"""A run that failed, or read nothing, replaces no file, here or elsewhere: in all formats, with a history, without, replayed."""

from __future__ import annotations

import importlib.util
import json
from contextlib import ExitStack

import pytest

from tests import places
from tests.conftest import PROJECT
from tests.test_feeds import FORMS
from tests.test_history import section

FORMATS = FORMS | {"b.jsonl.gz": "jsonlines"}
NAMES = [name for name, form in FORMATS.items() if form != "parquet" or importlib.util.find_spec("pyarrow")]
WITHOUT = ("-s", "HISTORY_ENABLED=0")


def feeds(folder, *, overwrite=True, names=NAMES):
    options = {f"{folder}/{name}": {"format": FORMATS[name], "overwrite": overwrite} for name in names}
    return ("-s", f"FEEDS={json.dumps(options)}")


def state(folder, names=NAMES):
    """Of each file its bytes and when it was changed; and what is there of it beside it."""
    found = [path for name in names for path in folder.glob(f"{name}*")]
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


@pytest.fixture
def start(site):
    section(site, [1, 2, 3])
    return ("-a", f"start={site.origin}/world-news", "-a", "pages=1")


@pytest.mark.parametrize("history", [(), WITHOUT], ids=["history", "alone"])
def test_a_run_that_failed_replaces_nothing(site, crawl, tmp_path, start, history):
    write = (*feeds(tmp_path), *history)
    assert crawl(*start, *write, output=None).status == 0
    good = state(tmp_path)
    assert sorted(good) == sorted(NAMES)
    site.html("/world-news", "", status=403)
    run = crawl(*start, *write, output=None)
    assert run.status == 1
    assert run.last_line.endswith(f"; {len(NAMES)} files are left as they were")
    assert not [line for line in run.stderr.splitlines() if line.startswith("file ")]
    assert state(tmp_path) == good
    dry = crawl(*start, *write, "-a", "dry_run=1", output=None)
    assert dry.status == 1
    assert state(tmp_path) == good


@pytest.mark.parametrize("history", [(), WITHOUT], ids=["history", "alone"])
def test_what_nothing_is_added_to_stays_as_it_is(site, crawl, tmp_path, start, history):
    names = ["a.jsonl", "a.sqlite"]
    write = (*feeds(tmp_path, overwrite=False, names=names), *history)
    assert crawl(*start, *write, output=None).status == 0
    good = state(tmp_path, names)
    site.html("/world-news", "", status=403)
    run = crawl(*start, *write, output=None)
    assert run.status == 1
    files = f"{tmp_path}/a.jsonl and {tmp_path}/a.sqlite"
    assert run.last_line.endswith(f"; {files} are left as they were")
    assert state(tmp_path, names) == good


def test_a_replay_of_nothing_replaces_nothing(crawl, tmp_path, start):
    write = feeds(tmp_path)
    archive = ("-s", f"ARCHIVE={tmp_path / 'archive'}")
    assert crawl(*start, *write, *archive, output=None).status == 0
    good = state(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "none.warc").touch()
    run = crawl("-a", f"start={tmp_path / 'empty'}", *write, output=None)
    assert run.status == 1
    assert run.last_line.endswith("files are left as they were")
    assert state(tmp_path) == good


# Elsewhere -------------------------------------------------------------------------


@pytest.fixture(params=["s3", "ftp", "web"])
def place(request, tmp_path):
    """Options of a run, an address, and what gives the bytes of each file that is there."""
    with ExitStack() as stack:
        if request.param == "s3":
            s3 = stack.enter_context(places.s3())
            yield s3.settings, "s3://news/up", lambda: {name.removeprefix("up/"): s3.read(name) for name in s3.names()}
        elif request.param == "ftp":
            folder = tmp_path / "ftp"
            folder.mkdir()
            address = stack.enter_context(places.ftp(folder))
            yield [], f"{address}/up", lambda: {path.name: path.read_bytes() for path in (folder / "up").iterdir()}
        else:
            web = stack.enter_context(places.web())
            yield [], f"{web.url}/up", lambda: {name.removeprefix("/up/"): data for name, data in web.files.items()}


@pytest.fixture(params=[[], [*WITHOUT]], ids=["history", "alone"])
def elsewhere(request, tmp_path, place):
    """A folder for machines, options of a run, an address, and what gives the bytes of each file that is there."""
    options, address, there = place
    return tmp_path, [*options, *request.param], address, there


@pytest.mark.slow
def test_no_run_that_failed_replaces_anything_elsewhere(site, crawl, start, elsewhere):
    tmp_path, options, address, there = elsewhere
    here = tmp_path / "here"
    write = (*feeds(address), *options)
    first = crawl(*start, *write, output=None, cwd=here_of(here))
    assert first.status == 0, first.stderr
    good = there()
    assert sorted(good) == sorted(NAMES)
    assert all(good.values())
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "none.warc").touch()
    nothing = ("-a", f"start={tmp_path / 'empty'}")
    section(site, [])
    for folder, begin in ((here, start), (here, nothing), (tmp_path / "another machine", start)):
        run = crawl(*begin, *write, output=None, cwd=here_of(folder))
        assert run.status == 1, run.stderr
        assert there() == good
    site.html("/world-news", "", status=403)
    run = crawl(*start, *write, output=None, cwd=here_of(here))
    assert run.status == 1
    assert run.last_line.endswith("files are left as they were")
    assert there() == good


def here_of(folder):
    """The folder of a machine's runs."""
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.slow
def test_a_run_that_failed_midway_replaces_nothing_that_another_machine_wrote(site, crawl, tmp_path, start, ftp):
    write = ("-O", f"{ftp}/a.jsonl", "-s", f"DELIVER={ftp}/all", "-O", "b.jsonl")
    assert crawl(*start, *write, output=None, cwd=here_of(tmp_path / "one")).status == 0
    there = tmp_path / "ftp"
    good = {path: path.read_bytes() for path in there.rglob("*.jsonl")}
    assert len(good) == 3
    (tmp_path / "sitecustomize.py").write_text(FULL)
    archive = ("-s", f"ARCHIVE={tmp_path / 'archive'}")
    fails = {"PYTHONPATH": f"{tmp_path}:{PROJECT}"}
    another = here_of(tmp_path / "another")
    run = crawl(*start, *write, *archive, output=None, cwd=another, **fails)
    assert run.status == 1
    assert {path: path.read_bytes() for path in there.rglob("*.jsonl")} == good
    new = ("-O", f"{ftp}/new-%(time)s.jsonl")
    run = crawl(*start, *new, *archive, output=None, cwd=here_of(tmp_path / "third"), **fails)
    assert run.status == 1
    assert len(list(there.glob("new-*.jsonl"))) == 1  # a name of its own replaces nothing
    run = crawl(*start, *write, output=None, cwd=another)
    assert run.status == 0, run.stderr
    for name in ("a.jsonl", "all/b.jsonl"):
        ids = [json.loads(line)["id"] for line in (there / name).read_text().splitlines()]
        assert len(ids) == len(set(ids)) == 3


#: The archive's disk is full after some pages.
FULL = """
from newscrawl.archive.writing import ArchiveWriter
write = ArchiveWriter.write

def fails(self, exchange):
    self.written = getattr(self, "written", 0) + 1
    if self.written > 4:
        raise OSError(28, "No space left on device")
    write(self, exchange)

ArchiveWriter.write = fails
"""


@pytest.mark.parametrize("history", [(), WITHOUT], ids=["history", "alone"])
def test_a_run_that_failed_midway_replaces_nothing_and_loses_nothing(site, crawl, tmp_path, start, history):
    write = (*feeds(tmp_path, names=["a.jsonl"]), *history)
    assert crawl(*start, *write, output=None).status == 0
    good = state(tmp_path)
    section(site, [1, 2, 3, 4, 5])
    (tmp_path / "sitecustomize.py").write_text(FULL)
    archive = ("-s", f"ARCHIVE={tmp_path / 'archive'}")
    run = crawl(*start, *write, *archive, output=None, PYTHONPATH=f"{tmp_path}:{PROJECT}")
    assert run.status == 1
    assert run.last_line.endswith(f"fix that and run again; {tmp_path / 'a.jsonl'} is left as it was"), run.stderr
    assert state(tmp_path) == good
    run = crawl(*start, *write, output=None)
    assert run.status == 0, run.stderr
    ids = [json.loads(line)["id"] for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert len(ids) == len(set(ids)) == 5


def test_a_new_name_may_be_empty(site, crawl, tmp_path, start):
    site.html("/world-news", "", status=403)
    for history in ((), WITHOUT):
        run = crawl(*start, *feeds(tmp_path, names=["a.jsonl"]), *history, output=None)
        assert run.status == 1
        assert "left" not in run.last_line
        assert (tmp_path / "a.jsonl").read_bytes() == b""
        (tmp_path / "a.jsonl").unlink()
