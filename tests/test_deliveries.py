"""Finished files are delivered to other places: complete, in order, until it has succeeded, and without a secret told."""

from __future__ import annotations

import ftplib
import gzip
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.crawling import with_formats
from newscrawl.extensions import delivering
from newscrawl.history import History, deliveries, durable
from newscrawl.targets import Target, schemes, sending
from newscrawl.targets.feeds import home_of, kept_here
from newscrawl.targets.places import Places
from tests import places
from tests.conftest import FAST, article_html, listing_html, path_of
from tests.forks import PROJECT, newscrawl

pytest.importorskip("fsspec", reason="fsspec is not installed")


@pytest.fixture(autouse=True)
def with_memory(monkeypatch):
    monkeypatch.setitem(schemes.SCHEMES, "memory", places.MEMORY)


def lines(data: bytes) -> list[str]:
    return [json.loads(line)["id"] for line in data.splitlines()]


def run(folder: Path, *words: str, start: str = "demo"):
    """A crawl, whose output has no secret."""
    told = ["--start", start] if start else []
    done = newscrawl(
        "crawl", "worldnews", *told, *FAST, "-s", f"SUMMARY_FILE={folder}/summary.json", *words, cwd=folder
    )
    kept = "".join(path.read_text() for path in folder.glob("*.json"))
    for secret in (places.KEY, places.SECRET, places.PASSWORD):
        assert secret not in done.stdout + done.stderr + kept
    return done


# One place ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("s3://news/a/", "s3://news/a/"),
        ("s3://AKIA:s3cret@news/a", "s3://***:***@news/a"),
        ("ftp://anna:hush@files.example:2121/a", "ftp://anna:***@files.example:2121/a"),
        ("sftp://anna@files.example/a", "sftp://anna@files.example/a"),
        ("https://files.example/a/?sig=abc", "https://files.example/a/?***"),
        ("abfs://box@account.dfs.core.windows.net/a", "abfs://box@account.dfs.core.windows.net/a"),
    ],
)
def test_an_address_is_shown_without_secrets(address, shown):
    target = Target.of(address)
    assert target.shown == shown
    assert "hush" not in repr(target)
    assert "s3cret" not in repr(target)
    assert target.has_hidden == (shown != address and "***" in address)


def test_a_reason_has_no_secret():
    target = Target.of("https://anna:hu%2Fsh@files.example/?sig=a%2Fbc&x=1")
    told = target.reason(OSError("GET https://anna:hu%2Fsh@files.example/?sig=a%2Fbc&x=1\nhu/sh a/bc"))
    assert "sh" not in told.replace("https", "")
    assert "bc" not in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("hdfs2://x/y", "cannot deliver to hdfs2://; expected one of s3://"),
        ("ftp:///x", "has no host"),
        ("memory://x/../y", "without .."),
        ("http://[x/y", "is not valid"),
        ("s3://news/desk#2/", "write # as %23"),
        ("file:///srv/what?/news/", "as %3F"),
        ("https://files.example/a/?sig=ab#cd", "write # as %23"),
    ],
)
def test_a_wrong_address_is_refused(address, told):
    with pytest.raises(ValueError, match=told):
        Target.of(address).check()


def test_a_missing_library_names_its_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "gcsfs", None)
    with pytest.raises(ValueError, match=r"newscrawl\[gcs\]"):
        Target.of("gs://news/").check()


def test_a_folder_gets_a_whole_file(tmp_path):
    local = tmp_path / "a.jsonl"
    local.write_bytes(b"1\n")
    target = Target.of(str(tmp_path / "other place"))
    assert target.check() == ""
    target.put(local, "x/a.jsonl")
    local.write_bytes(b"1\n2\n")
    target.put(local, "x/a.jsonl")
    assert [path.name for path in (tmp_path / "other place" / "x").iterdir()] == ["a.jsonl"]
    assert (tmp_path / "other place" / "x" / "a.jsonl").read_bytes() == b"1\n2\n"


def test_a_folder_that_is_made_is_on_the_disk_with_its_file(tmp_path, monkeypatch):
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.readlink(f"/proc/self/fd/{file}")) or fsync(file))
    (tmp_path / "a.jsonl").write_bytes(b"1\n")
    Target.of(str(tmp_path / "place")).put(tmp_path / "a.jsonl", "x/y/a.jsonl")
    folders = [str(tmp_path), f"{tmp_path}/place", f"{tmp_path}/place/x", f"{tmp_path}/place/x/y"]
    assert sorted(one for one in synced if not one.endswith(".part")) == folders


def test_ftp_puts_and_gets(tmp_path, ftp):
    local = tmp_path / "a.jsonl"
    local.write_bytes(b"line\n" * 100_000)
    target = Target.of(f"{ftp}/some where")
    assert target.check() == ""
    assert not target.get("b/a.jsonl", tmp_path / "back")
    target.put(local, "b/a.jsonl")
    assert (tmp_path / "ftp/some where/b/a.jsonl").read_bytes() == local.read_bytes()
    assert [path.name for path in (tmp_path / "ftp/some where/b").iterdir()] == ["a.jsonl"]
    assert target.get("b/a.jsonl", tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == local.read_bytes()


@pytest.mark.parametrize("may", ["elafmw", "eafmw"])
def test_ftp_that_takes_files_and_gives_none_does_not_say_that_there_is_none(tmp_path, may):
    (tmp_path / "ftp").mkdir()
    (tmp_path / "ftp/a.jsonl").write_bytes(b"1\n")
    with places.ftp(tmp_path / "ftp", may) as address, pytest.raises(OSError, match="550 Not enough privileges"):
        Target.of(address).get("a.jsonl", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_ftp_that_does_not_say_why_it_gives_no_file_is_asked_for_a_list(tmp_path, ftp, monkeypatch):
    from pyftpdlib.filesystems import AbstractedFS

    def fails(*_):
        raise OSError(5, "it cannot be opened")

    (tmp_path / "ftp/a.jsonl").write_bytes(b"1\n")
    monkeypatch.setattr(AbstractedFS, "open", fails)
    with pytest.raises(OSError, match="550 Input/output error"):
        Target.of(ftp).get("a.jsonl", tmp_path / "back")
    assert not Target.of(ftp).get("b.jsonl", tmp_path / "back")
    assert not Target.of(f"{ftp}/none").get("b.jsonl", tmp_path / "back")


def test_what_is_fetched_is_on_the_disk_before_it_has_its_name(tmp_path, ftp, monkeypatch):
    steps = []
    (tmp_path / "ftp/a.jsonl").write_bytes(b"1\n")
    fsync, rename = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda file: steps.append("fsync") or fsync(file))
    monkeypatch.setattr(Path, "replace", lambda path, to: steps.append("replace") or rename(path, to))
    assert Target.of(ftp).get("a.jsonl", tmp_path / "back")
    assert steps == ["fsync", "replace", "fsync"]


def test_ftp_with_a_wrong_password(ftp):
    with pytest.raises(ValueError, match="refuses the credentials"):
        Target.of(ftp.replace(places.PASSWORD, "other")).check()


@pytest.mark.parametrize(
    "error",
    [
        ftplib.error_perm("530 Sorry, the maximum number of clients (50) are already connected."),
        type("AuthenticationException", (Exception,), {})("Authentication timeout."),
        type("AuthenticationException", (Exception,), {})("Authentication failed: transport shut down or saw EOF"),
    ],
)
def test_a_server_that_has_too_much_to_do_is_no_fault(monkeypatch, error):
    def refuses(*_):
        raise error

    monkeypatch.setitem(schemes.SCHEMES, "memory", replace(places.MEMORY, opened=refuses))
    assert Target.of("memory://news/").check() == str(error)


def test_sftp_puts_and_gets(tmp_path, monkeypatch):
    pytest.importorskip("paramiko", reason="paramiko is not installed")
    local = tmp_path / "a.jsonl"
    local.write_bytes(b"line\n" * 100_000)
    (tmp_path / "sshd").mkdir()
    with places.sftp(tmp_path / "sshd") as (address, home):
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
        target = Target.of(f"{address}{tmp_path}/some where")
        assert target.check() == ""
        with target._opened() as (system, _):
            assert system.ftp.get_channel().gettimeout()  # an answer that was lost is not waited for
        assert not target.get("b/a.jsonl", tmp_path / "back")
        target.put(local, "b/a.jsonl")
        target.put(local, "b/a.jsonl")  # it replaces what is there
        there = tmp_path / "some where/b"
        assert [path.name for path in there.iterdir()] == ["a.jsonl"]
        assert (there / "a.jsonl").read_bytes() == local.read_bytes()
        assert target.get("b/a.jsonl", tmp_path / "back")
        assert (tmp_path / "back").read_bytes() == local.read_bytes()
        done = run(tmp_path, "-o", f"{address}{tmp_path}/new/x.jsonl")
        assert done.returncode == 0, done.stderr
        assert len(lines((tmp_path / "new/x.jsonl").read_bytes())) == 42
        # A host that nobody knows, and a key that the server does not take.
        known = home / ".ssh" / "known_hosts"
        known.rename(home / "known_hosts")
        with pytest.raises(ValueError, match=r"with 'ssh 127\.0\.0\.1' first"):
            target.check()
        (home / "known_hosts").rename(known)
        key = home / ".ssh" / "id_ed25519"
        key.unlink()
        with pytest.raises(ValueError, match="it has no credentials"):
            target.check()
        key.write_bytes((tmp_path / "sshd/host_key").read_bytes())
        with pytest.raises(ValueError, match="refuses the credentials"):
            target.check()
    assert target.check()  # it is away


def test_http_with_a_token(tmp_path):
    local = tmp_path / "a b.jsonl"
    local.write_bytes(b"1\n")
    with places.web(token="hush") as web:
        target = Target.of(f"{web.url}/up/?token=hush")
        assert target.check() == ""
        target.put(local, local.name)
        assert web.files == {"/up/a%20b.jsonl": b"1\n"}
        with pytest.raises(OSError, match="other credentials") as refused:
            Target.of(f"{web.url}/up/?token=hash").put(local, local.name)
        assert "hash" not in str(refused.value)


def test_a_server_that_is_away_is_no_fault():
    assert Target.of("http://127.0.0.1:1/").check() == "connection refused"


@pytest.mark.parametrize(
    ("status", "location", "told"),
    [
        (303, "/other/a.jsonl?sig=hush", "the server redirects to {url}/other/; name that address"),
        (307, "https://anna:hush@files.example/in/a.jsonl", "redirects to https://files.example/in/; name that"),
        (304, "", "HTTP 304"),
        (503, "", "HTTP 503"),
    ],
)
def test_an_upload_that_is_not_taken_is_no_delivery(tmp_path, web, status, location, told):
    (tmp_path / "a.jsonl").write_bytes(b"1\n")
    web.status, web.location = status, location
    with pytest.raises(OSError, match=re.escape(told.format(url=web.url))) as refused:
        Target.of(f"{web.url}/up").put(tmp_path / "a.jsonl", "a.jsonl")
    assert "hush" not in str(refused.value)
    assert len(str(refused.value)) < 80


def test_an_http_server_that_reads_no_more_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(schemes, "_STALLED", 1)
    (tmp_path / "a.jsonl").write_bytes(b"line\n" * 5_000_000)  # more than the system holds for a connection
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(OSError, match="it does not go on"):
        Target.of(f"http://127.0.0.1:{server.getsockname()[1]}/").put(tmp_path / "a.jsonl", "a.jsonl")


def test_a_folder_that_is_not_mounted_is_not_made(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"1\n")
    target = Target.of(f"{tmp_path}/disk/news")
    with pytest.raises(ValueError, match=r"there is no folder .*/disk; mount its disk"):
        target.check()
    with pytest.raises(OSError, match=r"there is no folder .*/disk; mount its disk"):
        target.put(tmp_path / "a.jsonl", "a.jsonl")
    assert not (tmp_path / "disk").exists()


def test_a_key_that_may_only_write_is_no_reason_for_doubt(monkeypatch):
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    from botocore.exceptions import ClientError
    from s3fs import S3FileSystem
    from s3fs.errors import translate_boto_error

    def refuses(code):
        def call(system, *words, **options):
            raise translate_boto_error(ClientError({"Error": {"Code": code, "Message": code}}, "ListObjectsV2"))

        monkeypatch.setattr(S3FileSystem, "call_s3", call)

    target = Target.of("s3://key:s3cret@news/")
    refuses("AccessDenied")
    assert target.check() == ""
    refuses("InvalidAccessKeyId")
    with pytest.raises(ValueError, match="refuses the credentials"):
        target.check()


@pytest.mark.slow
def test_a_big_file_is_not_held_in_memory_for_s3(tmp_path):
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    with (tmp_path / "a.warc.gz").open("wb") as file:
        file.truncate(150_000_000)  # bytes
    with places.s3() as s3:
        options = {"s3": {"key": places.KEY, "secret": places.SECRET, "endpoint_url": s3.url}}
        code = (
            "import resource, sys; from pathlib import Path; from newscrawl.targets import Target;"
            f"target = Target.of('s3://news/', {options!r}); target.put(Path('small'), 'small');"
            "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; target.put(Path('a.warc.gz'), 'a.warc.gz');"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
        )
        (tmp_path / "small").write_bytes(b"1")
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert int(done.stdout) < 120_000  # KiB
        assert s3.client().head_object(Bucket="news", Key="a.warc.gz")["ContentLength"] == 150_000_000


# Feeds ----------------------------------------------------------------------------


def test_a_feed_of_another_place_is_kept_here(tmp_path):
    feeds = {"s3://news/a/%(time)s.jsonl": {"format": "jsonl"}, "own://x/y": {}, "b.jsonl": {}}
    found = kept_here(feeds, tmp_path, own=["own"])
    first, *others = found
    assert others == ["own://x/y", "b.jsonl"]
    assert first.startswith(f"{tmp_path}/deliveries/s3-news-")
    assert first.endswith("/a/%(time)s.jsonl")
    assert home_of(first) == tmp_path
    assert home_of(f"{tmp_path}/deliveries/mine.jsonl") is None
    (place,) = Places().of_file(first % {"time": "now"}, found[first]["target"])
    assert (place[0].shown, place[1]) == ("s3://news", "a/now.jsonl")


@pytest.mark.parametrize(
    "uri", ["s3://news", "s3://news/../x", "s3://%(name)s/x.jsonl", "s3://news/a#1.jsonl", "nowhere://a/b.jsonl"]
)
def test_a_feed_of_no_place_is_refused(tmp_path, uri):
    with pytest.raises(ValueError, match=r"news|%|nowhere"):
        kept_here({uri: {}}, tmp_path)


@pytest.mark.parametrize(
    ("everywhere", "feeds", "told"),
    [
        (["s3://news/a/"], {"a/out.jsonl": {}, "b/out.jsonl": {}}, "both be written to s3://news/a/out.jsonl"),
        (["s3a://k:s3cret@news/a"], {"s3://news/a/x.jsonl": {}, "x.jsonl": {}}, "to s3://news/a/x.jsonl"),
        (["b"], {"a/out.jsonl": {}, "b/out.jsonl": {}}, "/b/out.jsonl"),
        ([], {"s3://news/x.jsonl": {}, "s3a://news//x.jsonl": {}}, "to s3://news/x.jsonl"),
        (["s3://news/"], {"s3://news/x.jsonl": {}, "y.jsonl": {}}, ""),
        (["b"], {"b/out.jsonl": {}, "a/other.jsonl": {}}, ""),
        (["ftp://anna@host/", "ftp://ben@host/"], {"a/out.jsonl": {}}, ""),
    ],
)
def test_two_files_do_not_meet_at_a_place(tmp_path, monkeypatch, everywhere, feeds, told):
    monkeypatch.chdir(tmp_path)
    places = Places([Target.of(address) for address in everywhere])
    files = [(str(path), options.get("target", "")) for path, options in kept_here(feeds, tmp_path).items()]
    if not told:
        places.check_apart(files)
        return
    with pytest.raises(ValueError, match=told) as refused:
        places.check_apart(files)
    assert "s3cret" not in str(refused.value)


def test_a_file_is_not_delivered_to_where_it_is_nor_twice(tmp_path):
    places = Places([Target.of(str(tmp_path)), Target.of("memory://news/"), Target.of("memory://news")])
    assert [target.shown for target, _ in places.of_file(f"{tmp_path}/a.jsonl")] == ["memory://news/"]


@pytest.mark.parametrize(
    ("everywhere", "feed"),
    [("memory://news", "memory://news/a/x.jsonl"), ("https://host?sig=hush", "https://host/a/x.jsonl?sig=hush")],
)
def test_a_server_for_all_files_and_a_feed_there_are_two_deliveries(tmp_path, everywhere, feed):
    feeds = kept_here({feed: {"format": "jsonl"}}, tmp_path)
    found = Places.of(Settings({"DELIVER": [everywhere], "FEEDS": feeds}))
    ((path, options),) = feeds.items()
    targets = [(target.shown, name) for target, name in found.of_file(path, options["target"])]
    with History(tmp_path / "h.sqlite") as history:
        durable.opening(history, durable.begin(history, "world", 1), path, False, True, targets=targets)
        durable.publish(history, 1)
        assert sorted(one.name for one in deliveries.pending(history)) == ["a/x.jsonl", "x.jsonl"]
        assert {found.named(one.target).same_file("") for one in deliveries.pending(history)} == {
            Target.of(everywhere).same_file("")
        }


def test_a_run_whose_files_would_meet_asks_for_nothing(tmp_path, site):
    words = ("-s", "DELIVER=place", "-O", "a/%(time)s.jsonl", "-O", "b/%(time)s.jsonl")
    done = run(tmp_path, *words, start=f"{site.origin}/world-news")
    assert done.returncode == 1
    assert "would both be written to" in done.stderr
    assert site.requests == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://h/c/x.jsn?sig=s3cretpw", "there is no output format 'jsn'"),
        ("https://h/c/x?sig=s3cretpw", "the output needs a format"),
        ("own://h/c/x.jsonl?sv=1&sig=s3cretpw", "the output needs a format"),
        ("ftp://anna:s3cretpw@host:18121", "ftp://anna:***@host:18121: expected the name of a file"),
        ("ftp://anna:s3cret]pw[@host/x.jsonl", "is not valid"),
    ],
)
def test_an_address_without_a_known_format_is_refused_without_its_secrets(tmp_path, address, told):
    done = run(tmp_path, "-O", address)
    assert done.returncode != 0
    assert told in done.stderr
    assert "s3cret" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://h/c/x.jsonl?sv=1&sig=a.b/c", ":jsonl"),
        ("https://h/c/x.csv.gz?sig=a.b/c", ":csv"),
        ("https://h/c/x.txt?sig=a.b/c:csv", ""),
        ("own://h/c/x.jsonl", ""),
    ],
)
def test_the_format_of_an_address_is_in_its_path(address, found):
    assert with_formats([address], ("csv", "jsonl")) == [f"{address}{found}"]


def test_o_goes_on_with_what_an_http_server_has_or_refuses(tmp_path, web):
    words = ("-o", f"{web.url}/world.jsonl")
    assert run(tmp_path, *words).returncode == 0
    before = lines(web.files["/world.jsonl"])
    (tmp_path / "other").mkdir()
    assert run(tmp_path / "other", *words, start="demo:2").returncode == 0
    after = lines(web.files["/world.jsonl"])
    assert after[: len(before)] == before
    assert len(after) > len(before) == 42
    for name, status, data, told in (
        ("third", 405, b"", "to be added to and cannot be read (HTTP 405); -O replaces it"),
        ("fourth", 0, b"<html>", "cannot be added to: it exists and is not JSON Lines"),
    ):
        (tmp_path / name).mkdir()
        web.status = status
        web.files["/world.jsonl"] = data or web.files["/world.jsonl"]
        done = run(tmp_path / name, *words, start="demo:2")
        assert done.returncode == 1
        assert told in done.stderr
        assert [path for path in (tmp_path / name).rglob("*") if path.is_file() and path.suffix != ".json"] == []


def test_a_feed_that_cannot_be_written_is_told_by_its_address(tmp_path):
    done = run(tmp_path, "-O", "ftp://anna:hash-hash@127.0.0.1:1/%(nope)s.jsonl")
    assert done.returncode == 1
    assert "ftp://anna:***@127.0.0.1:1/%(nope)s.jsonl cannot be written: %(nope)s in its name" in done.stderr
    assert "hash-hash" not in done.stderr


# What is due ----------------------------------------------------------------------


def published(history: History, path: Path, data: bytes, *, append: bool = True) -> int:
    """A run that writes a file and delivers it to ``memory://news``."""
    number = durable.begin(history, "world", 1)
    durable.opening(history, number, str(path), False, append, targets=[("memory://news", path.name)])
    Path(f"{path}.part").write_bytes(data)
    durable.prepare(history, number, [(str(path), 0, False)])
    durable.publish(history, number)
    return number


@pytest.fixture
def memory() -> Iterator[dict]:
    from fsspec.implementations.memory import MemoryFileSystem

    MemoryFileSystem.store.clear()
    yield MemoryFileSystem.store
    MemoryFileSystem.store.clear()


def test_what_is_published_is_due_once(tmp_path, memory):
    with History(tmp_path / "h.sqlite") as history:
        published(history, tmp_path / "a.jsonl", b"1\n")
        published(history, tmp_path / "a.jsonl", b"1\n2\n")
        assert [one.name for one in deliveries.pending(history)] == ["a.jsonl"]
        sent = sending.Sent()
        sending.send(history, Places(), lambda _: None, sent)
        assert sent.done == {"memory://news": 1}
        assert memory["/news/a.jsonl"].getvalue() == b"1\n2\n"
        assert deliveries.pending(history) == []
        published(history, tmp_path / "a.jsonl", b"1\n2\n")  # nothing was added
        assert deliveries.pending(history) == []
        published(history, tmp_path / "a.jsonl", b"1\n2\n3\n")
        assert len(deliveries.pending(history)) == 1


def test_a_run_that_was_cut_off_makes_nothing_due_but_what_is_saved(tmp_path):
    with History(tmp_path / "h.sqlite") as history:
        number = durable.begin(history, "world", 2)  # two feeds: neither can be saved
        for name in ("a.jsonl", "b.jsonl"):
            path = tmp_path / name
            durable.opening(history, number, str(path), True, True, targets=[("memory://news", name)])
            Path(f"{path}.part").write_bytes(b"torn")
        durable.recover(history)
        assert deliveries.pending(history) == []


def test_what_a_killed_run_left_is_delivered_without_another_run(tmp_path):
    path, place = tmp_path / "a.jsonl", tmp_path / "place"
    article = {"publisher": "a.example", "id": "1", "url": "https://a.example/1", "headline": "A", "content_hash": "x"}
    line = json.dumps(article | {"crawled_at": "2025-09-03T14:19:30Z"})
    with History(tmp_path / "h.sqlite") as history:  # which was killed while it wrote its second line
        number = durable.begin(history, "world", 1)
        targets = [(Target.of(str(place)).shown, path.name)]
        durable.opening(history, number, str(path), True, True, targets=targets)
        Path(f"{path}.part").write_text(f'{line}\n{{"publisher"')
    done = newscrawl("deliver", "--file", "h.sqlite", cwd=tmp_path)
    assert done.returncode == 0
    assert "The run before was cut off; recovered: 1 article" in done.stderr
    assert (place / "a.jsonl").read_text() == path.read_text() == f"{line}\n"
    assert "nothing to deliver" in newscrawl("deliver", "--file", "h.sqlite", cwd=tmp_path).stdout


def test_what_a_killed_run_wrote_replaces_nothing_at_a_place(tmp_path):
    path = tmp_path / "a.jsonl"
    with History(tmp_path / "h.sqlite") as history:
        number = durable.begin(history, "world", 1)
        durable.opening(history, number, str(path), True, False, targets=[("memory://news", path.name)])
        Path(f"{path}.part").write_text('{"publisher": "a.example", "id": "1", "url": "https://a.example/1"}\n')
        durable.recover(history)
        assert deliveries.pending(history) == []
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("a.")] == []


def test_a_file_that_is_not_there_is_looked_for_again(tmp_path, memory):
    path = tmp_path / "a.jsonl"
    with History(tmp_path / "h.sqlite") as history:
        published(history, path, b"1\n")
        path.rename(tmp_path / "away")
        for _ in range(2):
            sent = sending.Sent()
            sending.send(history, Places(), lambda _: None, sent)
            told = "1 file to be delivered to memory://news is not on this machine any more; later, until you give that up:"
            assert sent.faults("later", "so") == [f"{told} so"]
        (tmp_path / "away").rename(path)
        sending.send(history, Places(), lambda _: None, sent := sending.Sent())
        assert sent.faults("later") == []
        assert memory["/news/a.jsonl"].getvalue() == b"1\n"


def test_what_an_earlier_version_gave_up_is_due(tmp_path, memory):
    with History(tmp_path / "h.sqlite") as history:
        published(history, tmp_path / "a.jsonl", b"1\n")
        history.db.execute("update deliveries set state = 'gone', path = ?", (f"{tmp_path}/a.jsonl",))
    with History(tmp_path / "h.sqlite") as history:
        sending.send(history, Places(), lambda _: None, sending.Sent())
        assert memory["/news/a.jsonl"].getvalue() == b"1\n"
        assert deliveries.pending(history) == []


def test_a_moved_folder_delivers_what_is_due(tmp_path, memory):
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    with History(before / "h.sqlite") as history:
        published(history, before / "a.jsonl", b"1\n")
    before.rename(after)
    with History(after / "h.sqlite") as history:
        sending.send(history, Places(), lambda _: None, sent := sending.Sent())
        assert sent.done == {"memory://news": 1}
        assert deliveries.pending(history) == []
        published(history, after / "a.jsonl", b"1\n")  # nothing was added
        assert deliveries.pending(history) == []


def test_a_file_that_is_compressed_meanwhile_arrives_as_it_was(tmp_path, memory):
    with History(tmp_path / "h.sqlite") as history:
        published(history, tmp_path / "a.jsonl", b"1\n")
        compress(tmp_path / "a.jsonl")
        sending.send(history, Places(), lambda _: None, sending.Sent())
        assert memory["/news/a.jsonl"].getvalue() == b"1\n"
        published(history, tmp_path / "b.jsonl", b"1\n")
        (tmp_path / "b.jsonl").rename(tmp_path / "b.jsonl.gz")  # which is no gzip
        sending.send(history, Places(), lambda _: None, sent := sending.Sent())
        assert sent.left == {"memory://news": 1}
        assert "Not a gzipped file" in sent.faults("later")[0]


def compress(path: Path) -> None:
    """As gzip and logrotate do: the time stays."""
    times = path.stat()
    packed = path.with_name(f"{path.name}.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    os.utime(packed, ns=(times.st_atime_ns, times.st_mtime_ns))
    path.unlink()


def test_what_is_due_at_a_place_can_be_given_up(tmp_path):
    with History(tmp_path / "h.sqlite") as history:
        for name in ("a.jsonl", "b.jsonl"):
            targets = [("ftp://anna:***@127.0.0.1:1/x/", name)]
            number = durable.begin(history, "world", 1)
            durable.opening(history, number, f"{tmp_path}/{name}", False, True, targets=targets)
            Path(f"{tmp_path}/{name}.part").write_bytes(b"1\n")
            durable.prepare(history, number, [(f"{tmp_path}/{name}", 0, False)])
            durable.publish(history, number)
    command = ("deliver", "--file", "h.sqlite")
    places = ("-s", "DELIVER=ftp://anna:hush@127.0.0.1:1/x/")
    assert "until you give" not in newscrawl(*command, *places, cwd=tmp_path).stdout
    again = newscrawl(*command, *places, cwd=tmp_path)
    assert again.returncode == 2
    assert "until you give that up: 'newscrawl deliver --file" in again.stdout
    wrong = newscrawl(*command, "--give-up", "ftp://127.0.0.1/", cwd=tmp_path)
    assert wrong.returncode == 1
    assert "nothing is due at ftp://127.0.0.1/; files are due at ftp://anna:***@127.0.0.1:1/x/" in wrong.stderr
    done = newscrawl(*command, "--give-up", "ftp://anna@127.0.0.1:1/x", cwd=tmp_path)
    assert done.returncode == 0
    assert "2 files to be delivered to ftp://anna@127.0.0.1:1/x; the files stay" in done.stdout
    assert "nothing to deliver" in newscrawl(*command, cwd=tmp_path).stdout
    with History(tmp_path / "h.sqlite") as history:
        published(history, tmp_path / "a.jsonl", b"1\n2\n")  # what is written anew is due again
        assert {one.name for one in deliveries.pending(history)} == {"a.jsonl"}


def test_a_place_that_refuses_is_left_alone_after_a_few_files(tmp_path, monkeypatch):
    tried = []
    monkeypatch.setattr(sending, "put", lambda target, path, name: tried.append(name) or "no")
    with History(tmp_path / "h.sqlite") as history:
        for name in "abcde":
            published(history, tmp_path / name, b"1\n")
        sent = sending.Sent()
        sending.send(history, Places(), lambda _: None, sent)
        assert tried == ["a", "b"]
        assert sent.left == {"memory://news": 5}
        assert sent.faults("later") == ["5 files could not be delivered to memory://news (no); later"]


def test_files_that_a_place_never_takes_do_not_keep_others_from_it(tmp_path, monkeypatch):
    taken = []
    monkeypatch.setattr(sending, "put", lambda target, path, name: "no" if name in "ab" else taken.append(name) or "")
    with History(tmp_path / "h.sqlite") as history:
        for name in "abcd":
            published(history, tmp_path / name, b"1\n")
        for _ in range(2):
            sending.send(history, Places(), lambda _: None, sent := sending.Sent())
        assert taken == ["c", "d"]
        assert sent.left == {"memory://news": 2}


@pytest.mark.parametrize("refused", ["/old/", "/new/", "nothing"])
def test_an_older_file_does_not_replace_a_newer_one_at_its_address(tmp_path, memory, monkeypatch, refused):
    put = sending.put

    def fails(target, path, name):
        return "no" if refused in str(path) else put(target, path, name)

    monkeypatch.setattr(sending, "put", fails)
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    with History(tmp_path / "h.sqlite") as history:
        published(history, tmp_path / "old/x.jsonl", b"old")
        sending.send(history, Places(), lambda _: None, sending.Sent(), only=())
        history.db.execute("update deliveries set target = 'memory://news/', due = '2025-09-03T00:00:00Z'")
        published(history, tmp_path / "new/x.jsonl", b"new")
        sending.send(history, Places(), lambda _: None, sending.Sent())
        refused = "nothing"
        sending.send(history, Places(), lambda _: None, sent := sending.Sent())
        assert memory["/news/x.jsonl"].getvalue() == b"new"
        assert deliveries.pending(history) == []
        assert sent.faults("later") == []


def test_after_ctrl_c_the_rest_stays_due(tmp_path, monkeypatch):
    monkeypatch.setattr(sending, "put", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    with History(tmp_path / "h.sqlite") as history:
        for name in "ab":
            published(history, tmp_path / name, b"1\n")
        sent = delivering.deliver(history, Places())
        assert sent.left == {"memory://news": 2}
        assert "(it was interrupted)" in sent.faults("later")[0]
        assert len(deliveries.pending(history)) == 2
    assert signal.getsignal(signal.SIGINT) is before


def test_a_password_that_is_not_known_is_asked_for():
    with pytest.raises(ValueError, match=r"its password is .*: add -s DELIVER=ftp://anna:PASSWORD@files.example/"):
        Places().named("ftp://anna:***@files.example/")
    with pytest.raises(ValueError, match=r"its query is .*: add -s DELIVER=https://files.example/a\?QUERY"):
        Places().named("https://files.example/a?***")


@pytest.mark.parametrize(
    ("shown", "given", "found"),
    [
        ("ftp://anna:***@files.example/", "ftp://anna:hush@files.example/", "ftp://anna:hush@files.example/"),
        ("ftp://anna:***@files.example/a", "ftp://anna:hush@files.example/a/", "ftp://anna:hush@files.example/a/"),
        ("ftp://anna:***@files.example/a", "ftp://anna:hush@files.example/b/", "ftp://anna:hush@files.example/a"),
        ("https://files.example/a?***", "https://files.example/a/?sig=hush", "https://files.example/a/?sig=hush"),
        ("ftp://anna:***@files.example/", "ftp://ben:hush@files.example/", ""),
        ("ftps://anna:***@files.example/", "ftp://anna:hush@files.example/", ""),
        ("ftp://anna:***@files.example/", "ftp://anna:hush@files.example:2121/", ""),
        ("https://files.example/a?***", "https://files.example/b?sig=hush", ""),
    ],
)
def test_a_secret_is_found_by_its_server(shown, given, found):
    known = Places([Target.of("ftp://anna@files.example/other"), Target.of(given)])  # the first has none
    if found:
        assert known.named(shown).address == found
        return
    with pytest.raises(ValueError, match="is not known here"):
        known.named(shown)


# Runs -----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_feed_in_s3_is_added_to_and_compressed(tmp_path):
    with places.s3() as s3:
        feed = ["-o", "s3://news/a/world.jsonl.gz", *s3.settings]
        assert run(tmp_path, *feed).returncode == 0
        first = lines(gzip.decompress(s3.read("a/world.jsonl.gz")))
        second = run(tmp_path, *feed, "-v", start="demo:2")
        assert second.returncode == 0
        assert "delivered 1 file to s3://news" in second.stderr
        both = lines(gzip.decompress(s3.read("a/world.jsonl.gz")))
        assert both[: len(first)] == first
        assert len(both) > len(first) == 42
        assert s3.names() == ["a/world.jsonl.gz"]
        # On another machine, it goes on with what is there.
        (tmp_path / "other").mkdir()
        assert run(tmp_path / "other", *feed, start="demo:2").returncode == 0
        assert lines(gzip.decompress(s3.read("a/world.jsonl.gz"))) == both


@pytest.mark.slow
def test_what_could_not_be_delivered_is_tried_again(tmp_path, ftp, web):
    web.fails = 1.0
    everywhere = f"DELIVER={web.url}/up/,{ftp}/all"
    first = run(tmp_path, "-s", everywhere, "-O", f"{ftp}/own/x.jsonl")
    assert first.returncode == 0 or "could not be delivered" in first.stderr
    assert first.returncode == 2
    assert "(newscrawl explain undelivered-files)" in first.stderr
    assert len(lines((tmp_path / "ftp/own/x.jsonl").read_bytes())) == 42
    assert len(lines((tmp_path / "ftp/all/x.jsonl").read_bytes())) == 42
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["anchor"] == "undelivered-files"
    listed = json.loads(newscrawl("history", "--demo", "--json", cwd=tmp_path).stdout)["deliveries"]
    assert [(one["name"], one["target"], one["tries"]) for one in listed] == [("x.jsonl", f"{web.url}/up/", 1)]
    assert "the next run, or 'newscrawl deliver --demo', tries again (newscrawl" in first.stderr
    assert "; 'newscrawl deliver --demo' tries again" in newscrawl("history", "--demo", cwd=tmp_path).stdout
    assert newscrawl("deliver", "--demo", cwd=tmp_path).returncode == 2
    again = run(tmp_path, "-s", everywhere)
    assert "until you give that up: 'newscrawl deliver --demo --give-up ADDRESS'" in again.stderr
    web.fails = 0.0
    # A run that finds nothing new delivers it.
    again = run(tmp_path, "-s", everywhere)
    assert again.returncode == 0
    assert len(lines(web.files["/up/x.jsonl"])) == 42
    assert "nothing to deliver" in newscrawl("deliver", "--demo", cwd=tmp_path).stdout
    with sqlite3.connect(tmp_path / "output/demo/worldnews-demo.history.sqlite") as db:
        assert places.PASSWORD not in "\n".join(db.iterdump())


@pytest.mark.slow
def test_what_is_due_in_a_folder_of_its_own_is_told_with_its_history(tmp_path, web):
    web.fails = 1.0
    done = run(tmp_path, "-O", "own/x.jsonl", "-s", f"DELIVER={web.url}/up/")
    command = re.search(r"or 'newscrawl (deliver [^']*)', tries again", done.stderr)
    assert command
    web.fails = 0.0
    assert newscrawl(*command[1].split(), "-s", f"DELIVER={web.url}/up/", cwd=tmp_path).returncode == 0
    assert len(lines(web.files["/up/x.jsonl"])) == 42


@pytest.mark.slow
def test_wrong_places_end_the_run_before_its_first_request(tmp_path, ftp, site):
    site.html("/world-news", listing_html(path_of(1)))
    wrong = ftp.replace(places.PASSWORD, "hash-hash")
    for address, told in (
        (f"{wrong}/x.jsonl", "refuses the credentials"),
        ("nowhere://x/y.jsonl", "cannot deliver to nowhere"),
    ):
        done = run(tmp_path, "-o", address, start=f"{site.origin}/world-news")
        assert done.returncode == 1
        assert told in done.stderr
        assert "hash-hash" not in done.stderr
    assert site.requests == []


@pytest.mark.slow
def test_a_run_that_reads_nothing_leaves_the_place_as_it_is(tmp_path, web, site):
    for history in ("1", "0"):
        site.routes.clear()
        words = ("-O", f"{web.url}/world.jsonl", "-s", f"HISTORY_ENABLED={history}")
        site.html("/world-news", listing_html(path_of(1)))
        site.html(path_of(1), article_html())
        start = f"{site.origin}/world-news"
        assert run(tmp_path, *words, start=start).returncode == 0
        good = web.files["/world.jsonl"]
        assert len(lines(good)) == 1
        for folder in (tmp_path, tmp_path / f"other{history}"):
            folder.mkdir(exist_ok=True)
            site.html("/world-news", "gone", status=503)
            assert run(folder, *words, "-s", "RETRY_TIMES=0", start=start).returncode == 1
            assert web.files["/world.jsonl"] == good


@pytest.mark.slow
def test_without_a_history_a_file_is_delivered_once(tmp_path, web):
    words = ("-s", "HISTORY_ENABLED=0", "-s", f"DELIVER={web.url}/up/", "-o", "x.jsonl")
    done = run(tmp_path, *words)
    assert done.returncode == 0
    assert len(lines(web.files["/up/x.jsonl"])) == 42
    web.fails = 1.0
    done = run(tmp_path, *words)
    assert done.returncode == 2
    assert f"deliver {tmp_path}/x.jsonl --to ADDRESS' does" in done.stderr
    assert "nothing is lost" not in done.stderr
    again = newscrawl("deliver", "x.jsonl", "--to", f"{web.url}/up/", cwd=tmp_path)
    assert again.returncode == 2
    assert "the same command tries again" in again.stdout
    web.fails = 0.0
    again = newscrawl("deliver", "x.jsonl", "--to", f"{web.url}/up/", cwd=tmp_path)
    assert again.returncode == 0
    assert len(lines(web.files["/up/x.jsonl"])) == 84


def test_files_that_are_named_are_delivered_once_and_when_they_change(tmp_path):
    (tmp_path / "a").mkdir()
    old = (1_700_000_000, 1_700_000_000)
    for name in ("1.jsonl", "2.jsonl.gz", "3.jsonl.part", "4.csv"):
        (tmp_path / "a" / name).write_text("1\n")
        os.utime(tmp_path / "a" / name, old)
    command = ("deliver", "a", "a/4.csv", "--to", "there", "--json")
    first = newscrawl(*command, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    (shown,) = json.loads(first.stdout)["delivered"]
    assert json.loads(first.stdout)["delivered"] == {shown: 3}
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == ["1.jsonl", "2.jsonl.gz", "4.csv"]
    assert json.loads(newscrawl(*command, cwd=tmp_path).stdout)["delivered"] == {}
    (tmp_path / "a" / "4.csv").write_text("1\n2\n")
    assert json.loads(newscrawl(*command, cwd=tmp_path).stdout)["delivered"] == {shown: 1}
    assert (tmp_path / "there" / "4.csv").read_text() == "1\n2\n"


def test_a_file_that_gets_an_older_time_has_changed(tmp_path):
    (tmp_path / "a.jsonl").write_text("1\n")
    command = ("deliver", "a.jsonl", "--to", "there")
    assert newscrawl(*command, cwd=tmp_path).returncode == 0
    (tmp_path / "new.jsonl").write_text("1\n2\n")
    os.utime(tmp_path / "new.jsonl", (1_700_000_000, 1_700_000_000))
    (tmp_path / "new.jsonl").replace(tmp_path / "a.jsonl")
    assert newscrawl(*command, cwd=tmp_path).returncode == 0
    assert (tmp_path / "there/a.jsonl").read_text() == "1\n2\n"


def test_a_file_that_was_delivered_and_compressed_is_not_delivered_as_another(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/1.jsonl").write_text("1\n")
    command = ("deliver", "a", "--to", "there", "--json")
    assert newscrawl(*command, cwd=tmp_path).returncode == 0
    compress(tmp_path / "a/1.jsonl")
    assert json.loads(newscrawl(*command, cwd=tmp_path).stdout)["delivered"] == {}
    (tmp_path / "a/1.jsonl.gz").write_bytes(gzip.compress(b"1\n2\n"))  # changed before it was compressed
    os.utime(tmp_path / "a/1.jsonl.gz", (1_900_000_000, 1_900_000_000))
    assert newscrawl(*command, cwd=tmp_path).returncode == 0
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["1.jsonl"]
    assert (tmp_path / "there/1.jsonl").read_text() == "1\n2\n"
    assert json.loads(newscrawl(*command, cwd=tmp_path).stdout)["delivered"] == {}


def test_a_file_and_a_compressed_one_of_its_name_are_two(tmp_path):
    (tmp_path / "1.jsonl").write_text("1\n")
    command = ("deliver", "1.jsonl", "1.jsonl.gz", "--to", "there", "--json")
    for lines in (b"1\n", b"1\n2\n"):
        (tmp_path / "1.jsonl.gz").write_bytes(gzip.compress(lines))
        os.utime(tmp_path / "1.jsonl.gz", (1_800_000_000 + len(lines), 1_800_000_000 + len(lines)))
        assert newscrawl(*command, cwd=tmp_path).returncode == 0
        assert json.loads(newscrawl(*command, cwd=tmp_path).stdout)["delivered"] == {}
        assert (tmp_path / "there/1.jsonl").read_bytes() == b"1\n"
        assert gzip.decompress((tmp_path / "there/1.jsonl.gz").read_bytes()) == lines


def test_named_files_are_delivered_to_the_places_that_are_named_alone(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for name in ("a/1.jsonl", "b/2.jsonl"):
        (tmp_path / name).write_text("1\n")
    away = "http://127.0.0.1:1/"
    assert newscrawl("deliver", "a", "--to", away, cwd=tmp_path).returncode == 2
    both = newscrawl("deliver", "a", "b", "--to", "there", cwd=tmp_path)
    assert both.returncode == 0
    assert f"1 file to be delivered to {away} as well: the same with --to {away}" in both.stderr
    again = newscrawl("deliver", "b", "--to", "there/", "--json", cwd=tmp_path)  # another spelling, other arguments
    assert json.loads(again.stdout)["delivered"] == {}
    assert newscrawl("deliver", "--file", "a/deliveries.sqlite", "--give-up", away, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("a.jsonl",), "belong together"),
        (("--to", "there"), "belong together"),
        (("x/1.jsonl", "--to", "there", "--demo"), "leave them out"),
        (("x/1.jsonl", "--to", "there", "--give-up", "there"), "belong together"),
        (("a.jsonl", "--to", "there"), "there is no file a.jsonl"),
        ((".", "--to", "there"), "there are no finished files in ."),
        (("x/1.jsonl", "y/1.jsonl", "--to", "there"), "would both be written to"),
        (("x/1.jsonl", "--to", "nowhere://x"), "cannot deliver to nowhere"),
    ],
)
def test_files_that_cannot_be_delivered(tmp_path, words, told):
    for name in "xy":
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.jsonl").write_text("1\n")
    done = newscrawl("deliver", *words, cwd=tmp_path)
    assert done.returncode == 1
    assert told in done.stderr
    assert not (tmp_path / "there").exists()


def test_workers_are_told_that_their_files_are_not_delivered(tmp_path):
    done = run(tmp_path, "-s", "REDIS_URL=redis://127.0.0.1:1/0", "-s", "DELIVER=s3://news/")
    assert done.returncode == 1
    assert "leave DELIVER" in done.stderr


def test_the_sample_edition_is_not_delivered_by_a_file_of_settings(tmp_path):
    (tmp_path / "newscrawl.toml").write_text('[outputs]\ndeliver = ["place"]\n')
    found = newscrawl("config", "DELIVER", "--json", cwd=tmp_path, NEWSCRAWL_CONFIG=f"{tmp_path}/newscrawl.toml")
    assert json.loads(found.stdout)["settings"]["DELIVER"]["value"] == [str(tmp_path / "place")]
    done = newscrawl(
        "crawl", "worldnews", "--start", "demo", *FAST, cwd=tmp_path, NEWSCRAWL_CONFIG=f"{tmp_path}/newscrawl.toml"
    )
    assert done.returncode == 0
    assert not (tmp_path / "place").exists()


@pytest.mark.slow
def test_killed_runs_and_places_that_fail():
    pytest.importorskip("moto.server", reason="moto[server] is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "tests.deliveries", "--kills", "3", "--articles", "40"],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "each once here, in S3 and on the HTTP server" in done.stdout
