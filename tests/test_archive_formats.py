"""What archives are read besides WARC, what is named as no archive, and when a page was captured."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive.reading import Damage, Record, files, read
from newscrawl.scale.articles import articles
from newscrawl.scale.places import opened
from tests.conftest import article_html, path_of
from tests.test_archive import HOST, HTML, foreign

HAR = b'{"log": {"version": "1.2", "entries": []}}'
STRANGE = {
    "a HAR file": HAR,
    "a CDX index": b" CDX N b a m s k r M S V g\n",
    "an empty file": b"",
    "an HTML page": b"<!DOCTYPE html><html>",
    "gzip, but no WARC": gzip.compress(b"notes"),
    "a text": b"no archive at all",
}


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "archive"
    path.mkdir()
    return path


@pytest.mark.parametrize("kind", STRANGE)
def test_what_is_no_archive_is_named_for_what_it_is(tmp_path, kind):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(STRANGE[kind])
    assert list(read(path)) == [Damage(0, f"it is {kind}")]


def test_a_file_that_is_given_and_is_no_archive_ends_the_run(crawl, tmp_path):
    (tmp_path / "page.har").write_bytes(HAR)
    run = crawl("-a", f"start={tmp_path / 'page.har'}")
    assert run.status == 1 and "page.har is a HAR file, expected an archive (.warc, " in run.last_line


def test_what_is_no_archive_in_a_folder_is_named_and_counted(crawl, folder):
    foreign(folder / "x.warc.gz", (HOST + path_of(1), HTML, article_html().encode()))
    (folder / "index.cdx").write_bytes(STRANGE["a CDX index"])
    (folder / "index.sqlite").touch()  # a crawl's own
    run = crawl("-a", f"start={folder}")
    assert run.status == 0 and "0 damaged, 1 file of another kind" in run.stderr, run.stderr
    (folder / "page.har").write_bytes(HAR)
    (folder / "download.warc.gz").touch()
    run = crawl("-a", f"start={folder}", output="again.jsonl")
    assert run.status == 2 and len(run.articles) == 1
    for told in (
        f"Not read: {folder / 'page.har'}, a HAR file",
        f"Not read: {folder / 'index.cdx'}, a CDX index",
        f"Damaged: {folder / 'download.warc.gz'}, byte 0 (it is an empty file)",
        "1 damaged, 2 files of another kind",
        "1 HAR file was not read; convert it to WARC",
    ):
        assert told in run.stderr


def test_of_many_files_of_another_kind_some_are_named(crawl, folder):
    foreign(folder / "x.warc.gz", (HOST + path_of(1), HTML, article_html().encode()))
    for number in range(22):
        (folder / f"{number:02}.txt").write_text("notes")
    run = crawl("-a", f"start={folder}")
    assert run.status == 0 and "22 files of another kind" in run.stderr
    assert f"Not read: {folder / '19.txt'}, a text" in run.stderr and "20.txt" not in run.stderr
    assert "Not read: 2 more files that are no archives" in run.stderr


# ARC ----------------------------------------------------------------------------


def arc(path, *pages, version=1, packed=True):
    """An ARC file, written by hand: pages are address and body."""
    members = [b"filedesc://x.arc 0.0.0.0 20040102030405 text/plain 14\n1 0 another\n\n\n"]
    for number, (url, body) in enumerate(pages):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        more = "" if version == 1 else "200 - - 0 x.arc "
        line = f"{url} 10.0.0.1 2004010203{number:02}05 text/html {more}{len(block)}\n"
        members.append(line.encode() + block + b"\n")
    path.write_bytes(b"".join(gzip.compress(member, mtime=0) if packed else member for member in members))
    return path


def stories(count):
    return [(HOST + path_of(n), article_html(f"Story {n}").encode()) for n in range(count)]


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("packed", [True, False])
def test_arc_files_are_read(tmp_path, version, packed):
    pages = stories(3)
    path = arc(tmp_path / "x.arc.gz", *pages, version=version, packed=packed)
    (description,) = read(path, ["warcinfo"])
    assert description.url == "filedesc://x.arc" and description.offset == 0
    found = list(read(path, ["response"]))
    assert [(record.url, record.payload()) for record in found] == pages
    assert all(record.is_page for record in found)
    assert [record.date for record in found] == [datetime(2004, 1, 2, 3, n, 5, tzinfo=UTC) for n in range(3)]
    with path.open("rb") as file:
        file.seek(found[1].offset)
        assert [record.url for record in read(file)] == [url for url, _ in pages[1:]]


def test_an_arc_file_in_one_stream(tmp_path):
    path = arc(tmp_path / "x.arc", *stories(3), packed=False)
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert [(record.url, record.payload()) for record in read(path)] == stories(3)


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_arc_file_costs_what_is_damaged(tmp_path, packed):
    path = arc(tmp_path / "x.arc.gz", *stories(4), packed=packed)
    begin = list(read(path))[1].offset
    data = path.read_bytes()
    path.write_bytes(data[:begin] + b"\0" * 12 + data[begin + 12 :])
    found = list(read(path))
    assert [record.url for record in found if isinstance(record, Record)] == [HOST + path_of(n) for n in (0, 2, 3)]
    assert sum(isinstance(record, Damage) for record in found) == 1
    path.write_bytes(data[:-30])
    found = list(read(path))
    assert [record.url for record in found[:-1]] == [HOST + path_of(n) for n in range(3)]
    assert isinstance(found[-1], Damage)


# WACZ ---------------------------------------------------------------------------


def wacz(path, *inner, packing=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", packing) as file:
        file.writestr("datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1"}))
        for one in inner:
            file.write(one, f"archive/{one.name}")
        file.writestr("indexes/index.cdx", STRANGE["a CDX index"])
    return path


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("packed", [True, False])
def test_a_wacz_has_the_records_of_its_warc_files(tmp_path, packing, packed):
    inner = [foreign(tmp_path / f"{n}.warc.gz", (HOST + path_of(n), HTML, b"page"), packed=packed) for n in (1, 2)]
    path = wacz(tmp_path / "x.wacz", *inner, packing=packing)
    found = list(read(path))
    assert [record.url for record in found] == [HOST + path_of(1), HOST + path_of(2)], found
    if packing == zipfile.ZIP_STORED:
        with path.open("rb") as file:
            file.seek(found[1].offset)
            assert next(read(file)).url == HOST + path_of(2)


def test_a_zip_file_that_is_no_wacz(tmp_path):
    path = wacz(tmp_path / "x.wacz")
    assert list(read(path)) == [Damage(0, "it is a ZIP file without a WARC file in it")]
    path.write_bytes(path.read_bytes()[:-30])
    (damage,) = read(path)
    assert damage.reason.startswith("a WACZ or ZIP file that cannot be read")


def test_a_replay_reads_arc_and_wacz_files_of_a_folder(crawl, folder, tmp_path):
    arc(folder / "x.arc.gz", (HOST + path_of(1), article_html("Of an ARC file").encode()))
    inner = foreign(tmp_path / "data.warc.gz", (HOST + path_of(2), HTML, article_html("Of a WACZ file").encode()))
    wacz(folder / "y.wacz", inner)
    run = crawl("-a", f"start={folder}")
    assert run.status == 0, run.stderr
    assert {article["headline"]: article["crawled_at"] for article in run.articles} == {
        "Of an ARC file": "2004-01-02T03:00:05Z",
        "Of a WACZ file": "2025-09-05T10:00:00Z",
    }


# When a page was captured, and what a revisit record is of -----------------------


def undated(path, block, date=None):
    told = f"WARC-Date: {date}\r\n" if date is not None else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {HOST + path_of(1)}\r\n{told}"
        f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    path.write_bytes(head.encode() + block + b"\r\n\r\n")
    return path


SENT = "Thu, 04 Sep 2025 05:06:07 GMT"


@pytest.mark.parametrize(
    ("told", "http", "name", "date"),
    [
        ("2025-09-03T01:02:03Z", SENT, "20250905080910", "2025-09-03T01:02:03Z"),
        ("yesterday", SENT, "20250905080910", "2025-09-04T05:06:07Z"),
        ("9999-09-03T01:02:03Z", SENT, "20250905080910", "2025-09-04T05:06:07Z"),
        ("", "soon", "CC-NEWS-20250905080910-00001", "2025-09-05T08:09:10Z"),
        ("1970-01-01T00:00:00Z", "", "x-20250905080910123-00000", "2025-09-05T08:09:10Z"),
        ("9999-09-03T01:02:03Z", "", "x", "9999-09-03T01:02:03Z"),
        (None, "", "20259905080910", None),
    ],
)
def test_a_page_without_a_date_has_that_of_its_answer_or_its_file(tmp_path, told, http, name, date):
    block = f"HTTP/1.1 200 OK\r\nDate: {http}\r\n\r\nbody".encode()
    (record,) = read(undated(tmp_path / f"{name}.warc", block, told))
    assert record.date == (datetime.fromisoformat(date) if date else None)


def test_a_page_without_any_date_is_set_aside(crawl, tmp_path):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + article_html().encode()
    run = crawl("-a", f"start={undated(tmp_path / 'x.warc', block)}")
    assert run.status == 1 and not run.articles and "byte 0 (no date of capture)" in run.stderr


def test_a_page_of_the_same_content_elsewhere_is_read_in_its_place(crawl, tmp_path):
    path, body = tmp_path / "x.warc.gz", article_html().encode()
    digest = "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()
    http = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, refers in ((2, "sha1:OTHER"), (1, digest)):
            record = writer.create_revisit_record(
                HOST + path_of(number), refers, "http://a.example/", "2025-01-01T00:00:00Z", http_headers=http
            )
            record.rec_headers.replace_header("WARC-Date", "2025-09-06T10:00:00Z")
            writer.write_record(record)
        record = writer.create_warc_record(
            f"{HOST}/about-us", "response", payload=io.BytesIO(body), length=len(body), http_headers=http,
            warc_headers_dict={"WARC-Date": "2025-09-05T10:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    run = crawl("-a", f"start={path}")
    assert run.status == 2 and "1 not in these archives" in run.stderr
    assert "1 unchanged page is only in archives of earlier runs" in run.last_line
    assert [(a["url"], a["crawled_at"]) for a in run.articles] == [(HOST + path_of(1), "2025-09-06T10:00:00Z")]


def test_a_folder_may_be_given_with_files(folder):
    arc(folder / "b-20250904010203.arc.gz")
    one = folder / "a-20250905010203.warc.gz"
    one.touch()
    assert [path.name for path in files(str(folder))] == ["b-20250904010203.arc.gz", one.name]


def test_extract_reads_arc_and_wacz_files(tmp_path):
    inner = foreign(tmp_path / "data.warc.gz", (HOST + path_of(2), HTML, article_html("Of a WACZ file").encode()))
    for path, headline in (
        (arc(tmp_path / "x.arc.gz", (HOST + path_of(1), article_html("Of an ARC file").encode())), "Of an ARC file"),
        (wacz(tmp_path / "y.wacz", inner), "Of a WACZ file"),
    ):
        with opened(str(path)) as file:  # as a task of the job opens it
            found = [outcome.article for outcome in articles(file) if outcome.article]
        assert [article.headline for article in found] == [headline]
