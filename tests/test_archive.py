"""Archives: what a crawl keeps as WARC, read by another library, and what comes of it when rules run over it again."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive import is_archive
from newscrawl.archive.reading import Damage, Record, files, read
from newscrawl.archive.writing import ArchiveWriter, Exchange, recover
from newscrawl.spiders.section import SectionSpider
from tests import sections
from tests.conftest import FAST, PROJECT, article_html, listing_html, path_of

PAGES = Path(__file__).parent / "pages"


def lines(*paths):
    return [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf8").splitlines()]


def by_version(articles):
    named = {(article["publisher"], article["id"], article["content_hash"]): article for article in articles}
    assert len(named) == len(articles)
    return named


def warcs(folder):
    return sorted(Path(folder).glob("*.warc.gz"))


def records_by_warcio(path):
    """Type, address, HTTP status and payload of each record, and its headers."""
    found = []
    with Path(path).open("rb") as file:
        for record in ArchiveIterator(file):
            status = record.http_headers.get_statuscode() if record.http_headers else ""
            body = record.content_stream().read()
            found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), status, body, record))
    return found


@pytest.fixture
def archived(crawl, tmp_path):
    """A crawl that keeps its pages, and one over what it kept."""

    def both(*arguments, spider="worldnews", folder="archive", **options):
        live = crawl(
            *arguments, "-s", f"ARCHIVE={tmp_path / folder}", spider=spider, **{"output": "live.jsonl"} | options
        )
        again = crawl("-a", f"start={tmp_path / folder}", spider=spider, output="again.jsonl")
        return live, again

    return both


@pytest.fixture
def local(site):
    """A section with a redirect, compressed bodies, a page that is gone, a live blog, and AMP links."""
    packed = gzip.compress(article_html("Told in gzip").encode(), mtime=0)
    live = (PAGES / "live-blog" / "page.html").read_text(encoding="utf8")
    links = [path_of(1), path_of(2), path_of(3), "/amp" + path_of(4), path_of(5), path_of(6)]
    site.html("/world-news", listing_html(*links))
    site.html(
        path_of(1),
        article_html("Two hours later", next_url=path_of(7)).replace("Sep 03 2025 | 7:49 PM IST", "2 hours ago"),
    )
    site.routes[path_of(2)] = (301, {"Location": f"/world-news/moved-1250903{2:05d}_1.html"}, b"")
    site.html(f"/world-news/moved-1250903{2:05d}_1.html", article_html("Moved"))
    site.html(path_of(3), packed, Content_Encoding="gzip")
    site.html(path_of(4), article_html("Also as AMP"))
    site.html(path_of(6), live)
    site.routes[path_of(7)] = [
        (503, {}, b"busy"),
        (200, {"Content-Type": "text/html"}, article_html("At last").encode()),
    ]
    return site


def test_another_library_reads_what_was_kept_and_replaying_gives_the_same(local, archived, tmp_path):
    local.etags["/world-news"] = '"1"'
    live, again = archived("-a", f"start={local.origin}/world-news", "-s", "USER_AGENT=tester (t@example.org)")
    assert live.status == again.status + 2 == 2, (live.stderr, again.stderr)  # the page that is gone is live news
    assert len(live.articles) == 6
    assert again.articles == live.articles
    (path,) = warcs(tmp_path / "archive")
    found = records_by_warcio(path)
    assert found[0][0] == "warcinfo" and b"http-header-user-agent: tester (t@example.org)" in found[0][3]
    assert b"robots: obey" in found[0][3] and b"isPartOf: worldnews-" in found[0][3]
    asked = Counter(path for path in local.requests)
    answers = [row for row in found if row[0] == "response"]
    assert Counter(url.removeprefix(local.origin) for _, url, *_ in answers) == asked
    assert Counter(row[0] for row in found) == {
        "warcinfo": 1,
        **dict.fromkeys(("request", "metadata", "response"), len(answers)),
    }
    statuses = Counter(status for _, _, status, _, _ in answers)
    assert statuses == {"200": 7, "301": 1, "404": 3, "503": 1}  # robots.txt, a story, page 2
    bodies = {
        url.removeprefix(local.origin): (body, record) for _, url, status, body, record in answers if status == "200"
    }
    told, record = bodies[path_of(3)]
    assert told == article_html("Told in gzip").encode()  # as warcio unpacks it
    assert record.http_headers.get_header("Content-Encoding") == "gzip"
    sent = local.routes[path_of(3)][2]
    digest = base64.b32encode(hashlib.sha1(sent).digest()).decode()
    assert record.rec_headers.get_header("WARC-Payload-Digest") == f"sha1:{digest}"
    assert record.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"
    checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0


def test_each_answer_says_when_it_came_and_what_asked_for_it(local, archived, tmp_path):
    live, _ = archived("-a", f"start={local.origin}/world-news")
    found = records_by_warcio(warcs(tmp_path / "archive")[0])
    answers = {row[4].rec_headers.get_header("WARC-Record-ID"): row for row in found if row[0] == "response"}
    for kind in ("request", "metadata"):
        others = [row for row in found if row[0] == kind]
        assert {row[4].rec_headers.get_header("WARC-Concurrent-To") for row in others} == answers.keys()
        assert all(answers[row[4].rec_headers.get_header("WARC-Concurrent-To")][1] == row[1] for row in others)
    dates = {
        row[1]: row[4].rec_headers.get_header("WARC-Date")[:19] + "Z" for row in answers.values() if row[2] == "200"
    }
    crawled = {article["url"]: article["crawled_at"] for article in live.articles}
    moved = f"{local.origin}/world-news/moved-1250903{2:05d}_1.html"
    assert crawled[moved] == dates[moved]
    assert all(dates[url] == moment for url, moment in crawled.items())


@pytest.mark.parametrize("style", sections.STYLES)
def test_a_section_that_nobody_described_comes_back_field_by_field(site, archived, style):
    section = style(site)
    live, again = archived("-a", f"start={site.origin}{section.start}", spider="section")
    assert live.status == again.status == 0, again.stderr
    assert again.articles == live.articles
    assert len(again.articles) == len(section.articles)
    assert again.last_line == f"exit status 0 (ok): all {len(section.articles)} articles written"


def test_three_nights_come_back_as_their_files_have_them(crawl, tmp_path):
    nights = []
    for night in (1, 2, 3):
        name = f"night{night}.jsonl"
        run = crawl("-a", f"start=demo:{night}", "-s", f"ARCHIVE={tmp_path / 'archive'}", output=name)
        assert run.status == 0, run.stderr
        nights.append(run.output)
    assert len(warcs(tmp_path / "archive")) == 3
    again = crawl("-a", f"start={tmp_path / 'archive'}", output="again.jsonl")
    union = lines(*nights)
    assert again.status == 0, again.stderr
    assert {article["status"] for article in union} == {"new", "changed"}
    assert by_version(again.articles) == by_version(union)
    assert not list(tmp_path.glob("again*.sqlite"))
    assert " the same as before in the archive" in again.last_line and "not in these archives" not in again.stderr


def test_a_replay_asks_nobody(local, archived):
    live, again = archived("-a", f"start={local.origin}/world-news")
    asked = len(local.requests)
    assert again.articles == live.articles and len(local.requests) == asked
    assert "archive   " in again.stderr and " 6 pages, " in again.stderr and "0 damaged" in again.stderr


def test_a_replay_holds_a_few_pages_only(tmp_path):
    pages = [(HOST + path_of(n), HTML, article_html(f"Story {n}").encode()) for n in range(60)]
    foreign(tmp_path / "x.warc.gz", *pages)
    script = (
        "import sys\n"
        "from newscrawl.archive.handler import ArchiveDownloadHandler as Handler\n"
        "from newscrawl.archive.replay import Replay\n"
        "request, serve, held = Replay._request, Handler.download_request, [0, 0]\n"
        "def made(self, *args):\n"
        "    held[0] += 1; held[1] = max(held); return request(self, *args)\n"
        "async def served(self, *args):\n"
        "    held[0] -= 1; return await serve(self, *args)\n"
        "Replay._request, Handler.download_request = made, served\n"
        "from scrapy.cmdline import execute\n"
        "try: execute(['scrapy', 'crawl', 'worldnews', *sys.argv[1:]])\n"
        "finally: print('held', *held)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "-a", f"start={tmp_path / 'x.warc.gz'}", "-O", str(tmp_path / "out.jsonl"),
         "-s", "REPLAY_PROCESSES=2"],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
    )  # fmt: skip
    assert len(lines(tmp_path / "out.jsonl")) == 60, done.stderr
    assert done.stdout.startswith("held 0 ") and int(done.stdout.split()[2]) < 12


def test_processes_that_read_ahead_change_nothing(crawl, tmp_path):
    pages = [(f"{HOST}{path_of(n)}", HTML, article_html(f"Story {n}").encode()) for n in range(55)]
    pages += [(f"{HOST}/world-news/none-125090300{n:03}_1.html", HTML, b"<html>") for n in range(3)]
    foreign(tmp_path / "x.warc.gz", *pages)
    runs = [
        crawl("-a", f"start={tmp_path / 'x.warc.gz'}", "-s", f"REPLAY_PROCESSES={count}", output=f"{count}.jsonl")
        for count in (1, 3)
    ]
    assert [run.last_line for run in runs] == [runs[0].last_line] * 2
    assert runs[0].articles == runs[1].articles
    assert len(runs[0].articles) == 55


def test_what_others_tell_of_a_page_may_be_anything(crawl, tmp_path):
    path = tmp_path / "x.warc.gz"
    bad = b"newscrawl-visit: article\r\nnewscrawl-start: file:///etc/passwd\r\n"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for n, fields in ((1, bad), (2, b""), (3, b"fetchTimeMs: 5\r\n")):
            identity = f"<urn:uuid:00000000-0000-0000-0000-00000000000{n}>"
            told = {"WARC-Concurrent-To": identity}
            if fields:
                writer.write_record(
                    writer.create_warc_record(
                        HOST, "metadata", payload=io.BytesIO(fields), length=len(fields), warc_headers_dict=told,
                        warc_content_type="application/warc-fields",
                    )
                )  # fmt: skip
            body = article_html(f"Story {n}").encode()
            http = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    HOST + path_of(n), "response", payload=io.BytesIO(body), length=len(body), http_headers=http,
                    warc_headers_dict={"WARC-Record-ID": identity},
                )
            )  # fmt: skip
    run = crawl("-a", f"start={path}")
    assert run.status == 2 and "1 damaged" in run.stderr
    assert [article["headline"] for article in run.articles] == ["Story 2", "Story 3"], run.stderr


def test_pages_are_on_the_disk_before_articles_have_their_file(site, crawl, tmp_path):
    site.html("/world-news", listing_html(path_of(1)))
    site.html(path_of(1), article_html())
    script = (
        "import os, pathlib, sys\n"
        "from newscrawl.archive.writing import ArchiveWriter as Writer\n"
        "sync, close, replace = Writer.sync, Writer.close, pathlib.Path.replace\n"
        "def synced(self): print('pages') if self._file else None; sync(self)\n"
        "def closed(self): print('pages') if self._file else None; close(self)\n"
        "def named(self, target):\n"
        "    print('file', pathlib.Path(target).name); return replace(self, target)\n"
        "Writer.sync, Writer.close, pathlib.Path.replace = synced, closed, named\n"
        "from scrapy.cmdline import execute\n"
        "execute(['scrapy', 'crawl', 'worldnews', *sys.argv[1:]])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *FAST, "-a", f"start={site.origin}/world-news", "-O", str(tmp_path / "o.jsonl"),
         "-s", f"ARCHIVE={tmp_path / 'archive'}"],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
    )  # fmt: skip
    told = done.stdout.splitlines()
    assert told.index("pages") < told.index("file o.jsonl"), done.stderr


def test_a_replay_leaves_the_history_alone_and_since_holds(crawl, tmp_path):
    arguments = ["-a", "start=demo", "-s", f"ARCHIVE={tmp_path / 'archive'}"]
    assert crawl(*arguments).status == 0
    history = (tmp_path / "worldnews-demo.history.sqlite").read_bytes()
    again = crawl("-a", f"start={tmp_path / 'archive'}", "-a", "since=2025-09-03", output="again.jsonl")
    assert 0 < len(again.articles) < 42 and "older than asked for" in again.last_line
    assert (tmp_path / "worldnews-demo.history.sqlite").read_bytes() == history
    assert not (tmp_path / "worldnews.history.sqlite").exists()


def test_files_are_begun_anew_when_they_are_large(local, crawl, tmp_path):
    arguments = ["-s", f"ARCHIVE={tmp_path / 'archive'}", "-s", "ARCHIVE_SIZE=4000"]
    live = crawl("-a", f"start={local.origin}/world-news", *arguments, output="live.jsonl")
    paths = warcs(tmp_path / "archive")
    assert len(paths) > 2 and [path.name.rsplit("-", 1)[1] for path in paths] == [
        f"{n:05d}.warc.gz" for n in range(len(paths))
    ]
    for path in paths:
        first = records_by_warcio(path)[0]
        assert first[0] == "warcinfo" and first[4].rec_headers.get_header("WARC-Filename") == path.name
    several = ",".join(map(str, paths))
    for start in (several, f"{tmp_path / 'archive'}/*.warc.gz", str(tmp_path / "archive")):
        again = crawl("-a", f"start={start}", output="again.jsonl")
        assert again.articles == live.articles, again.stderr


def test_without_an_archive_nothing_is_kept(local, crawl, tmp_path):
    crawl("-a", f"start={local.origin}/world-news")
    assert not list(tmp_path.rglob("*.warc*"))


# Unchanged pages -----------------------------------------------------------------

MOVED = f"/world-news/moved-1250903{2:05d}_1.html"


@pytest.fixture
def tagged(site):
    """A section of two stories whose pages have an ETag, the second behind a redirect."""
    site.html("/world-news", listing_html(path_of(1), path_of(2)))
    site.html(path_of(1), article_html("One"))
    site.routes[path_of(2)] = (301, {"Location": MOVED}, b"")
    site.html(MOVED, article_html("Two"))
    site.etags |= {path_of(1): '"1"', MOVED: '"3"'}
    return site


def night(crawl, site, tmp_path, number, *arguments, archive=True):
    keep = ("-s", f"ARCHIVE={tmp_path / 'archive'}") if archive else ()
    before = len(site.requests)
    run = crawl("-a", f"start={site.origin}/world-news", *keep, *arguments, output=f"night{number}.jsonl")
    return run, Counter(site.requests[before:])


def test_an_unchanged_page_is_kept_as_a_reference_to_the_stored_one(crawl, tagged, tmp_path):
    first, _ = night(crawl, tagged, tmp_path, 1)
    second, asked = night(crawl, tagged, tmp_path, 2)
    assert first.status == second.status == 0 and not second.articles, second.stderr
    assert asked[path_of(1)] == asked[MOVED] == 1
    one, two = warcs(tmp_path / "archive")
    stored = {row[1]: row[4].rec_headers for row in records_by_warcio(one) if row[2] == "200"}
    found = [row for row in records_by_warcio(two) if row[0] == "revisit"]
    assert {row[1] for row in found} == {tagged.origin + path_of(1), tagged.origin + MOVED}
    for _, url, status, body, record in found:
        told, of = record.rec_headers.get_header, stored[url].get_header
        assert (status, body) == ("304", b"")
        assert told("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
        assert told("WARC-Refers-To") == of("WARC-Record-ID")
        assert told("WARC-Refers-To-Target-URI") == url
        assert told("WARC-Refers-To-Date") == of("WARC-Date")
        assert told("WARC-Payload-Digest") == of("WARC-Payload-Digest")
    checker = Checker(type("Options", (), {"inputs": [str(two)], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0
    again = crawl("-a", f"start={tmp_path / 'archive'}", output="again.jsonl")
    assert again.articles == first.articles and again.status == 0, again.stderr


def test_a_night_alone_says_which_pages_are_in_earlier_archives(crawl, tagged, tmp_path):
    night(crawl, tagged, tmp_path, 1)
    night(crawl, tagged, tmp_path, 2)
    (_, second) = warcs(tmp_path / "archive")
    alone = crawl("-a", f"start={second}", output="alone.jsonl")
    assert alone.status != 0 and not alone.articles
    assert "2 not in these archives" in alone.stderr
    assert f"byte {next(r.offset for r in read(second, ('revisit',)))}, refers to: {tagged.origin}" in alone.stderr


def test_a_page_that_no_archive_has_is_asked_for_once_without_a_condition(crawl, tagged, tmp_path):
    first, _ = night(crawl, tagged, tmp_path, 1, archive=False)
    second, asked = night(crawl, tagged, tmp_path, 2)
    assert second.status == 0 and not second.articles
    assert asked[path_of(1)] == asked[MOVED] == 1
    (path,) = warcs(tmp_path / "archive")
    assert not list(read(path, ("revisit",)))
    night(crawl, tagged, tmp_path, 3)
    third = warcs(tmp_path / "archive")[1]
    assert len(list(read(third, ("revisit",)))) == 2
    again = crawl("-a", f"start={path}", output="again.jsonl")
    assert [a["content_hash"] for a in again.articles] == [a["content_hash"] for a in first.articles]


def test_a_page_that_changed_while_nothing_was_kept_is_stored_anew(crawl, tagged, tmp_path):
    night(crawl, tagged, tmp_path, 1)
    tagged.html(path_of(1), article_html("One, rewritten"))
    tagged.etags[path_of(1)] = '"other"'
    night(crawl, tagged, tmp_path, 2, archive=False)
    night(crawl, tagged, tmp_path, 3)
    third = warcs(tmp_path / "archive")[1]
    kept = {record.url: record.type for record in read(third) if record.status in (200, 304)}
    assert kept[tagged.origin + path_of(1)] == "response" and kept[tagged.origin + MOVED] == "revisit"
    again = crawl("-a", f"start={tmp_path / 'archive'}", output="again.jsonl")
    assert [a["headline"] for a in again.articles if a["headline"].startswith("One")] == ["One", "One, rewritten"]


def test_the_index_of_stored_pages_is_made_again_from_the_files(crawl, tagged, tmp_path):
    night(crawl, tagged, tmp_path, 1)
    index = tmp_path / "archive" / "index.sqlite"
    index.write_bytes(b"not a database" * 400)
    run, _ = night(crawl, tagged, tmp_path, 2)
    assert "index.sqlite is damaged and is made again" in run.stderr
    index.unlink()
    night(crawl, tagged, tmp_path, 3)
    assert [len(list(read(path, ("revisit",)))) for path in warcs(tmp_path / "archive")] == [0, 2, 2]


def test_a_file_that_was_moved_away_still_has_its_pages(crawl, tagged, tmp_path):
    night(crawl, tagged, tmp_path, 1)
    (first,) = warcs(tmp_path / "archive")
    moved = first.rename(tmp_path / first.name)
    night(crawl, tagged, tmp_path, 2)
    (second,) = warcs(tmp_path / "archive")
    assert len(list(read(second, ("revisit",)))) == 2
    both = crawl("-a", f"start={second},{moved}", output="both.jsonl")  # in the wrong order
    assert both.status == 0 and {a["headline"] for a in both.articles} == {"One", "Two"}, both.stderr


# A run that ends in the midst -------------------------------------------------


def test_what_a_killed_run_kept_is_cut_to_its_last_record_and_read(local, crawl, tmp_path):
    folder = tmp_path / "archive"
    start = ["-a", f"start={local.origin}/world-news", "-s", f"ARCHIVE={folder}"]
    # Killed by itself when the fifth answer has been written.
    script = (
        "import os, signal, sys\n"
        "from newscrawl.archive.writing import ArchiveWriter\n"
        "write = ArchiveWriter.write\n"
        "def dying(self, exchange):\n"
        "    write(self, exchange)\n"
        "    if self.exchanges == 5: os.kill(os.getpid(), signal.SIGKILL)\n"
        "ArchiveWriter.write = dying\n"
        "from scrapy.cmdline import execute\n"
        "execute(['scrapy', 'crawl', 'worldnews', *sys.argv[1:]])\n"
    )
    dead = subprocess.run(
        [sys.executable, "-c", script, *FAST, *start, "-O", str(tmp_path / "dead.jsonl")],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
        capture_output=True,
        check=False,
    )
    assert dead.returncode == -signal.SIGKILL
    (part,) = folder.glob("*.part")
    assert not warcs(folder)
    with part.open("ab") as file:  # and the last record torn
        file.write(gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n" + os.urandom(500))[:300])
    run = crawl(*start, output="next.jsonl")
    assert "The run before was cut off; its archive is saved" in run.stderr
    first, _ = warcs(folder)
    assert first.name == part.name.removesuffix(".part")
    found = records_by_warcio(first)
    assert len([row for row in found if row[0] == "response"]) == 5
    assert all(isinstance(record, Record) for record in read(first))


def exchange(number, body=b"<html>"):
    return Exchange(
        "GET", f"http://a.example/{number}", [(b"Accept", b"*/*")], b"", 200, [(b"Content-Type", b"text/html")],
        body, datetime(2025, 9, 3, 1, 2, 3, 456789, tzinfo=UTC), fields={"a": "b"},
    )  # fmt: skip


def test_cut_at_any_byte_a_file_gives_its_whole_records(tmp_path):
    writer = ArchiveWriter(tmp_path, "x", {"software": "test"}, 10**9)
    for number in range(3):
        writer.write(exchange(number, os.urandom(50)))
    writer.close()
    (path,) = warcs(tmp_path)
    whole = path.read_bytes()
    path.unlink()
    ends = [match.start() for match in re.finditer(rb"\x1f\x8b\x08", whole)] + [len(whole)]
    near = {
        max(0, min(end + by, len(whole))) for end in ends for by in range(-9, 12)
    }  # a gzip member's trailer, and header
    for cut in sorted(near | set(range(0, len(whole), 11))):
        part = tmp_path / f"{path.name}.part"
        part.write_bytes(whole[:cut])
        recover(tmp_path)
        assert not part.exists()
        found = [row for saved in warcs(tmp_path) for row in records_by_warcio(saved)]
        assert whole.startswith(b"".join(saved.read_bytes() for saved in warcs(tmp_path)))
        # A response never is without its metadata.
        kinds = [row[0] for row in found]
        assert kinds == (["warcinfo"] + ["request", "metadata", "response"] * 3)[: len(kinds)]
        for saved in warcs(tmp_path):
            saved.unlink()


def unfinished(folder, count):
    """What a killed run leaves: its file without its last byte, and where each of its records begins."""
    writer = ArchiveWriter(folder, "x", {"software": "test"}, 10**9)
    for number in range(count):
        writer.write(exchange(number, os.urandom(500)))
    writer.close()
    (path,) = warcs(folder)
    begins = [record.offset for record in read(path)]
    part = path.rename(f"{path}.part")
    part.write_bytes(part.read_bytes()[:-1])
    return part, begins


def test_a_replay_says_which_files_it_leaves_out(crawl, tmp_path):
    part, _ = unfinished(tmp_path, 1)
    (tmp_path / "download.warc.gz.part").touch()
    told = "1 unfinished file was left out; the next run with this ARCHIVE completes it"
    run = crawl("-a", f"start={tmp_path}")
    assert run.status == 1 and run.last_line.endswith(told)
    story = foreign(tmp_path / "x.warc.gz", (HOST + "/about-us", HTML, b"<html></html>"))
    run = crawl("-a", f"start={tmp_path}")
    assert run.status == 1 and "the archive has no article's page" in run.last_line and run.last_line.endswith(told)
    foreign(story, (HOST + path_of(1), HTML, article_html().encode()))
    run = crawl("-a", f"start={tmp_path}")
    assert run.status == 2 and run.last_line.endswith(f"1 article written, but {told}")
    assert f"Left out: {part}" in run.stderr
    run = crawl("-a", f"start={story}")
    assert run.status == 0, run.stderr
    assert next(read(next(files(str(part))))).url == "http://a.example/0"


def test_files_of_others_are_left_alone(tmp_path):
    part, _ = unfinished(tmp_path, 2)
    others = {
        "download.warc.gz.part": gzip.compress(b"half of it")[:-3],
        "newscrawl-notes.warc.gz.part": b"notes",
        "newscrawl-x-20250903010203456-00000.warc.gz.part": gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n"),
        "newscrawl-x-20250903010203456-00001.warc.gz.part": b"no archive",
    }
    for name, data in others.items():
        (tmp_path / name).write_bytes(data)
    (line,) = recover(tmp_path)
    assert part.name.removesuffix(".part") in line and not part.exists()
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.part")} == others


def test_only_the_torn_end_is_cut_whatever_is_damaged_before(tmp_path):
    part, begins = unfinished(tmp_path, 6)
    data = bytearray(part.read_bytes())
    for place in (3, begins[2] + 200):  # the warcinfo, and an answer
        data[place + 10 : place + 20] = bytes(10)
    part.write_bytes(data)
    (line,) = recover(tmp_path)
    (path,) = warcs(tmp_path)
    whole = path.read_bytes()
    assert data.startswith(whole) and begins[4] < len(whole) == begins[5]
    assert f"without its last {len(data) - len(whole)} bytes" in line
    found = list(read(path))
    assert [record.url[-1] for record in found if isinstance(record, Record)] == ["0", "1", "3", "4"]
    assert sum(isinstance(record, Damage) for record in found) == 2


def test_a_living_runs_file_is_left_alone(tmp_path):
    writer = ArchiveWriter(tmp_path, "x", {"software": "test"}, 10**9)
    writer.write(exchange(1))
    assert recover(tmp_path) == [] and list(tmp_path.glob("*.part"))
    writer.close()
    assert [record.url for record in read(warcs(tmp_path)[0])] == ["http://a.example/1"]


def test_an_archive_that_cannot_be_written_ends_the_run(local, crawl, tmp_path):
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", *FAST, "-a", f"start={local.origin}/world-news",
         "-O", str(tmp_path / "out.jsonl"), "-s", f"ARCHIVE={tmp_path / 'archive'}", "-s", "HISTORY_ENABLED=0"],
        cwd=PROJECT, preexec_fn=limited, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
    )  # fmt: skip
    last = done.stderr.rstrip().rsplit("\n", 1)[-1]
    assert done.returncode == 1, done.stderr
    assert last.startswith("exit status 1 (failed): the archive could not be written: [Errno 27]"), done.stderr
    # What was emitted is in the archive.
    recover(tmp_path / "archive")
    kept = {record.url for path in warcs(tmp_path / "archive") for record in read(path) if isinstance(record, Record)}
    assert {article["url"] for article in lines(tmp_path / "out.jsonl")} <= kept


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_asked(local, crawl, tmp_path):
    (tmp_path / "taken").write_text("a file")
    run = crawl("-a", f"start={local.origin}/world-news", "-s", f"ARCHIVE={tmp_path / 'taken'}")
    assert run.status == 1 and "taken" in run.last_line and not local.requests


# Archives that others wrote ------------------------------------------------------


def foreign(path, *pages, version="1.0", packed=True, revisits=()):
    """A WARC by another library: pages are address, headers, body as sent."""
    with Path(path).open("wb") as file:
        writer = WARCWriter(file, gzip=packed, warc_version=version)
        writer.write_record(writer.create_warcinfo_record("x", {"software": "another", "isPartOf": "one crawl"}))
        for url, headers, body in pages:
            http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            day = len(headers) and "2025-09-05T10:00:00Z"
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http,
                warc_headers_dict={"WARC-Date": day or "2025-09-05T10:00:00Z"},
            )  # fmt: skip
            writer.write_record(record)
        for url in revisits:
            http = StatusAndHeaders("200 OK", [], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_revisit_record(url, "sha1:AAAA", url, "2025-09-05T10:00:00Z", http_headers=http)
            )
    return path


HTML = [("Content-Type", "text/html; charset=utf-8")]
HOST = "https://www.business-standard.com"


def chunked(body):
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in (body[:40], body[40:])) + b"0\r\n\r\n"


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("form", ["by record", "one stream", "plain"])
def test_others_archives_are_read_by_the_publishers_rules_alone(crawl, tmp_path, version, form):
    plain = article_html("Plain").encode()
    packed = gzip.compress(article_html("Packed").encode())
    pages = [
        (HOST + path_of(1), HTML, plain),
        ("http://www.business-standard.com" + path_of(2), [*HTML, ("Content-Encoding", "gzip")], packed),
        (HOST + path_of(3), [*HTML, ("Transfer-Encoding", "chunked")], chunked(article_html("Chunked").encode())),
        (HOST + path_of(4), [*HTML, ("Transfer-Encoding", "chunked")], article_html("Said to be chunked").encode()),
        (HOST + path_of(5), [*HTML, ("Content-Encoding", "gzip")], article_html("Said to be packed").encode()),
        (HOST + "/world-news", HTML, listing_html(path_of(1)).encode()),
        (HOST + path_of(6, "sports"), HTML, article_html("Of another section").encode()),
        ("https://other.example/news/a-story-of-four-words-and-more", HTML, plain),
        (HOST + "/image.png", [("Content-Type", "image/png")], b"\x89PNG"),
        ("dns:www.business-standard.com", [], b""),
    ]
    path = foreign(
        tmp_path / "x.warc.gz", *pages, version=version, packed=form == "by record", revisits=[HOST + path_of(1)]
    )
    if form == "one stream":
        path.write_bytes(gzip.compress(path.read_bytes()))
    run = crawl("-a", f"start={path}")
    assert run.status == 0, run.stderr
    titles = {article["headline"] for article in run.articles}
    assert titles == {"Plain", "Packed", "Chunked", "Said to be chunked", "Said to be packed"}
    assert {article["crawled_at"] for article in run.articles} == {"2025-09-05T10:00:00Z"}
    assert all(article["url"].startswith(HOST) for article in run.articles)
    assert "archive   12 records read, 6 pages, 5 skipped, 0 damaged" in run.stderr  # the revisit is of a page


def test_a_second_capture_counts_when_its_text_is_another(crawl, tmp_path):
    one, other = article_html("First").encode(), article_html("Second").encode()
    path = foreign(tmp_path / "x.warc.gz", *((HOST + path_of(1), HTML, body) for body in (one, one, other, other)))
    run = crawl("-a", f"start={path}")
    assert [(a["headline"], a["status"]) for a in run.articles] == [("First", "new"), ("Second", "changed")]


def test_an_undescribed_publishers_pages_are_told_by_what_they_are(site, crawl, tmp_path):
    section = sections.weblog(site)
    pages = [
        (f"https://post.example{path}", HTML, route[2].replace(site.origin.encode(), b"https://post.example"))
        for path, route in site.routes.items()
    ]
    run = crawl("-a", f"start={foreign(tmp_path / 'x.warc.gz', *pages)}", spider="section")
    assert run.status == 0, run.stderr
    assert {article["url"].removeprefix("https://post.example") for article in run.articles} == section.articles
    assert {article["publisher"] for article in run.articles} == {"post.example"}


@pytest.fixture
def five(tmp_path):
    """A foreign archive of five stories, and where each response's record begins."""
    pages = [
        (HOST + path_of(n), HTML, article_html(f"Story {n}", body=os.urandom(200).hex()).encode()) for n in range(5)
    ]
    path = foreign(tmp_path / "five.warc.gz", *pages)
    return path, [record.offset for record in read(path)]


def test_a_damaged_record_is_set_aside_and_told(crawl, five):
    path, begins = five
    data = bytearray(path.read_bytes())
    data[begins[2] + 150 : begins[2] + 180] = bytes(30)
    path.write_bytes(data)
    run = crawl("-a", f"start={path}")
    assert run.status == 2, run.stderr
    assert {article["headline"] for article in run.articles} == {f"Story {n}" for n in (0, 1, 3, 4)}
    assert run.last_line.endswith("4 articles written, but 1 damaged record of the archive skipped")
    assert "4 pages, 0 skipped, 1 damaged" in run.stderr


def test_a_file_that_is_cut_off_gives_what_it_has_at_any_byte(five):
    path, begins = five
    data = path.read_bytes()
    for cut in range(begins[3] + 1, len(data)):
        found = list(read(io.BytesIO(data[:cut])))
        whole = [record.url for record in found if isinstance(record, Record)]
        assert whole == [HOST + path_of(n) for n in range(len(whole))]
        assert len(whole) in ((3, 4) if cut < begins[4] else (4, 5))
        assert cut == begins[4] or isinstance(found[-1], Damage), cut


def test_any_changed_byte_costs_one_record_at_most(five):
    path, begins = five
    data = path.read_bytes()
    for place in range(begins[2], begins[3], 3):
        found = list(read(io.BytesIO(data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :])))
        urls = [record.url for record in found if isinstance(record, Record)]
        assert [url for url in urls if url != HOST + path_of(2)] == [HOST + path_of(n) for n in (0, 1, 3, 4)]
        assert sum(isinstance(record, Damage) for record in found) <= 1


ODD = {
    "no colon": (b"HTTP/1.1 200 OK\r\nodd line\r\nContent-Type: text/html\r\n\r\nbody", "text/html"),
    "folded": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\nbody",
        "text/html; charset=utf-8",
    ),
    "line feeds": (b"HTTP/1.1 200 OK\nContent-Type: text/html\n\nbody", "text/html"),
    "a space": (b"HTTP/1.0 200\r\nContent-Type : text/html\r\n\r\nbody", "text/html"),
    "no letters": (b"HTTP/2 200\r\n: x\r\nX: \xe9\xff\r\nContent-Type: text/html\r\n\r\nbody", "text/html"),
    "long": (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\nContent-Type: text/html\r\n\r\nbody", "text/html"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_headers_do_not_matter(name):
    block, media_type = ODD[name]
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.example/>\r\nWARC-Date: 2025-09-03T01:02:03Z\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    (record,) = read(io.BytesIO(head.encode() + block + b"\r\n\r\n"))
    assert (record.url, record.status, record.header("content-type"), record.payload()) == (
        "http://a.example/", 200, media_type, b"body",
    )  # fmt: skip
    assert record.date == datetime(2025, 9, 3, 1, 2, 3, tzinfo=UTC)


def test_a_page_does_not_unpack_to_more_than_is_asked_for():
    bomb = gzip.compress(bytes(50_000_000))
    record = Record("response", "http://a.example/", None, "", 0, {}, 200, (("Content-Encoding", "gzip"),), bomb)
    assert len(record.payload(1000)) == 1000


def test_a_resource_is_a_page_too():
    block = b"<html>body"
    head = f"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: text/html\r\nContent-Length: {len(block)}\r\n\r\n"
    (record,) = read(io.BytesIO(head.encode() + block + b"\r\n\r\n"))
    assert record.is_page and record.content_headers == {"Content-Type": "text/html"} and record.payload() == block
    assert record.date is None


def test_a_stream_that_cannot_be_sought_in(five):
    path, _ = five
    with subprocess.Popen(["cat", path], stdout=subprocess.PIPE) as process:
        assert [record.url for record in read(process.stdout)] == [HOST + path_of(n) for n in range(5)]


# What may be asked for -------------------------------------------------------------


def test_nothing_in_it_and_nothing_there(crawl, tmp_path):
    empty = foreign(tmp_path / "x.warc.gz", (HOST + "/about-us", HTML, b"<html></html>"))
    run = crawl("-a", f"start={empty}")
    assert run.status == 1 and "the archive has no article's page" in run.last_line
    run = crawl("-a", f"start={tmp_path / 'none.warc.gz'}")
    assert run.status == 1 and "none.warc.gz: no archive was found; expected a WARC file" in run.last_line
    (tmp_path / "torn.warc.gz").write_bytes(b"no archive at all")
    run = crawl("-a", f"start={tmp_path / 'torn.warc.gz'}")
    assert run.status == 1 and "1 damaged" in run.last_line


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("nope/", "no archive was found at nope/"),
        ("nope.warc.gz", "nope.warc.gz: no archive was found"),
        ("there,https://a.example/x", "an archive and addresses cannot be read in one crawl"),
        ("a,b/", "no archive was found at a or b/ (commas separate)"),
    ],
)
def test_a_mistyped_archive_is_told(tmp_path, monkeypatch, start, told):
    monkeypatch.chdir(tmp_path)
    for name in ("there", "a,b"):
        (tmp_path / name).mkdir()
    with pytest.raises((ValueError, OSError), match=re.escape(told)):
        SectionSpider(start=start)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("ARCHIVE_SIZE=abc", "ARCHIVE_SIZE is 'abc', expected a whole number"),
        ("ARCHIVE_SIZE=-5", "ARCHIVE_SIZE is '-5', expected a whole number"),
        ("ARCHIVE={}/taken", "/taken: expected a folder"),
    ],
)
def test_a_wrong_setting_is_named_before_the_crawl(local, crawl, tmp_path, setting, told):
    (tmp_path / "taken").write_text("a file")
    arguments = ["-s", f"ARCHIVE={tmp_path / 'a'}", "-s", setting.format(tmp_path)]
    run = crawl("-a", f"start={local.origin}/world-news", *arguments)
    assert run.status == 1 and told in run.last_line and not local.requests


def test_an_archive_at_an_address_is_refused_without_its_secrets(local, crawl, tmp_path):
    address = "s3://anna:s3cret@bucket/archive?token=t0ken"
    start = f"start={local.origin}/world-news"
    run = crawl("-a", start, "-s", f"ARCHIVE={address}", "-s", "HISTORY_ENABLED=0")
    assert run.status == 1 and "ARCHIVE is an s3:// address, expected a folder" in run.last_line
    assert not local.requests and not (PROJECT / "s3:").exists()
    path = foreign(tmp_path / "x.warc.gz", (HOST + path_of(1), HTML, article_html().encode()))
    again = crawl("-a", f"start={path}", "-s", f"ARCHIVE={address}", output="again.jsonl")
    assert again.status == 0 and "ARCHIVE is ignored" in again.stderr
    assert not any(secret in one.stderr + one.stdout for one in (run, again) for secret in ("s3cret", "t0ken"))


def test_a_replay_says_that_it_keeps_no_archive(crawl, tmp_path):
    path = foreign(tmp_path / "x.warc.gz", (HOST + path_of(1), HTML, article_html().encode()))
    run = crawl("-a", f"start={path}", "-s", f"ARCHIVE={tmp_path / 'b'}")
    assert run.status == 0 and "b is ignored: a replay writes no archive" in run.stderr


def test_what_is_an_archive(tmp_path):
    assert is_archive("x.warc.gz") and is_archive("a/*.warc") and is_archive(str(tmp_path))
    assert not is_archive("https://news.example/x.warc.gz") and not is_archive("demo") and not is_archive("nowhere")


def test_nights_come_in_the_order_of_the_times_in_their_names(tmp_path):
    names = ["b-20250903010203456-00000.warc.gz", "a-20250904010203456-00000.warc.gz", "a-20250904010203456-00001.warc"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "a-20250901010203456-00000.warc.gz.part").touch()
    assert [path.name for path in files(str(tmp_path))] == names


def test_a_missing_library_is_named(crawl, tmp_path):
    blocked = tmp_path / "blocked"
    (blocked / "fastwarc").mkdir(parents=True)
    (blocked / "fastwarc" / "__init__.py").write_text("raise ImportError('not here')")
    environment = {"PYTHONPATH": f"{blocked}{os.pathsep}{PROJECT}"}
    assert crawl("-a", "start=demo", **environment).status == 0
    for arguments in (["-a", "start=demo", "-s", f"ARCHIVE={tmp_path / 'a'}"], ["-a", f"start={tmp_path}"]):
        run = crawl(*arguments, **environment)
        assert run.status == 1 and "pip install 'newscrawl[warc]'" in run.last_line, run.stderr
