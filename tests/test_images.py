"""Pictures of articles, downloaded into a folder."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from newscrawl.article.picture_file import picture_file
from newscrawl.pipelines.images import write
from tests.conftest import SENTENCE, LocalSite, Run, article_html, listing_html, path_of, serve

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
Crawl = Callable[..., Run]


def picture(site: LocalSite, path: str, body: bytes = JPEG, status: int = 200, **headers: str) -> None:
    site.routes[path] = (status, {"Content-Type": "image/jpeg", **headers}, body)


def story(site: LocalSite, number: int, *pictures: str) -> None:
    shown = "".join(f"<figure><img src='{url}'><figcaption>The quay.</figcaption></figure>" for url in pictures)
    site.html(path_of(number), article_html(f"Story {number}", body=f"{SENTENCE} {number}.</p>{shown}<p>{SENTENCE}"))


def listing(site: LocalSite, *numbers: int) -> None:
    site.html("/world-news", listing_html(*map(path_of, numbers)))


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def asked(site: LocalSite, path: str) -> int:
    return site.requests.count(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "pictures"


def start(site: LocalSite, folder: Path, *more: str) -> list[str]:
    return ["-a", f"start={site.origin}/world-news", "-s", f"IMAGES={folder}", "-s", "COMPLETION_REQUESTS=0", *more]


def test_each_picture_is_kept_once_under_the_hash_of_its_address(site: LocalSite, crawl: Crawl, folder: Path) -> None:
    listing(site, 1, 2)
    story(site, 1, "/quay.jpg", "/crane.png?w=900")
    story(site, 2, "/quay.jpg")
    picture(site, "/quay.jpg")
    picture(site, "/crane.png?w=900", PNG)
    run = crawl(*start(site, folder))
    assert run.status == 0, run.stderr
    assert run.last_line == "exit status 0 (ok): all 2 articles written"
    assert "pictures  2 downloaded" in run.stderr
    assert "pages     5\n" in run.stderr  # robots.txt, two pages of the listing and two stories
    digests = {name: sha256(f"{site.origin}{name}".encode()).hexdigest() for name in ("/quay.jpg", "/crane.png?w=900")}
    quay, crane = digests["/quay.jpg"], digests["/crane.png?w=900"]
    assert names(folder) == {f"{quay[:2]}/{quay}.jpg", f"{crane[:2]}/{crane}.png"}
    assert (folder / f"{quay[:2]}/{quay}.jpg").read_bytes() == JPEG
    urls = [image["url"] for article in run.articles for image in article["images"]]
    assert {picture_file(url) for url in urls} == names(folder)
    assert asked(site, "/quay.jpg") == 1


def test_a_picture_that_is_there_is_not_asked_for(site: LocalSite, crawl: Crawl, folder: Path) -> None:
    listing(site, 1)
    story(site, 1, "/quay.jpg")
    picture(site, "/quay.jpg")
    crawl(*start(site, folder))
    listing(site, 1, 2)
    story(site, 2, "/quay.jpg", "/crane.jpg")
    picture(site, "/crane.jpg")
    run = crawl(*start(site, folder))
    assert "pictures  1 downloaded, 1 there before" in run.stderr
    assert asked(site, "/quay.jpg") == 1


def test_a_picture_that_fails_keeps_no_article_from_being_written(site: LocalSite, crawl: Crawl, folder: Path) -> None:
    listing(site, 1)
    story(site, 1, "/gone.jpg", "/page.jpg", "/large.jpg", "/quay.jpg")
    picture(site, "/page.jpg", b"<!DOCTYPE html><p>Not found")
    picture(site, "/large.jpg", JPEG + bytes(5000))
    picture(site, "/quay.jpg")
    run = crawl(*start(site, folder, "-s", "IMAGES_MAXSIZE=4000"))
    assert run.status == 0, run.stderr
    assert run.last_line == "exit status 0 (ok): 1 article written; 3 of 4 pictures could not be downloaded"
    assert "pictures  1 downloaded, 3 failed" in run.stderr
    assert [len(article["images"]) for article in run.articles] == [4]
    assert names(folder) == {picture_file(f"{site.origin}/quay.jpg")}
    for why in ("/gone.jpg (HTTP 404)", "/page.jpg (not a JPEG, PNG, GIF, WebP, AVIF or HEIF file)", "/large.jpg"):
        assert why in run.stderr
    assert "Traceback" not in run.stderr


def test_robots_txt_holds_for_pictures(site: LocalSite, crawl: Crawl, folder: Path) -> None:
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n")
    listing(site, 1)
    story(site, 1, "/private/quay.jpg")
    picture(site, "/private/quay.jpg")
    run = crawl(*start(site, folder))
    assert run.last_line == "exit status 0 (ok): 1 article written; 1 of 1 picture could not be downloaded"
    assert "forbidden by robots.txt" in run.stderr
    assert not asked(site, "/private/quay.jpg")
    assert "refused" not in run.stderr  # of the section's pages


def test_other_hosts_are_asked_unless_they_are_private(site: LocalSite, crawl: Crawl, folder: Path) -> None:
    with serve() as other:
        picture(other, "/quay.jpg")
        listing(site, 1)
        story(site, 1, f"{other.origin}/quay.jpg")
        run = crawl(*start(site, folder))
        assert run.status == 0, run.stderr
        assert "at a private address" in run.stderr
        assert not other.requests


def test_redirects_are_followed(site: LocalSite, crawl: Crawl, folder: Path) -> None:
    listing(site, 1)
    story(site, 1, "/old.jpg")
    site.routes["/old.jpg"] = (301, {"Location": "/new.jpg"}, b"")
    picture(site, "/new.jpg")
    run = crawl(*start(site, folder))
    assert "pictures  1 downloaded" in run.stderr
    assert names(folder) == {picture_file(f"{site.origin}/old.jpg")}


def test_a_refused_picture_is_tried_again_as_pages_are(site: LocalSite, crawl: Crawl, folder: Path) -> None:
    listing(site, 1)
    story(site, 1, "/quay.jpg")
    site.routes["/quay.jpg"] = [(503, {}, b""), (200, {"Content-Type": "image/jpeg"}, JPEG)]
    run = crawl(*start(site, folder))
    assert "pictures  1 downloaded" in run.stderr
    assert asked(site, "/quay.jpg") == 2


def test_a_folder_that_cannot_be_made_is_an_error(site: LocalSite, crawl: Crawl, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    run = crawl(*start(site, tmp_path / "file" / "pictures"))
    assert run.status == 1
    assert run.last_line.count("pictures") == 1
    assert "IMAGES=" in run.last_line
    assert "Traceback" not in run.stderr
    assert "this is a file, not a folder" in crawl(*start(site, tmp_path / "file")).last_line


def test_the_sample_edition_downloads_none(crawl: Crawl, folder: Path) -> None:
    run = crawl("-a", "start=demo", "-s", f"IMAGES={folder}")
    assert run.status == 0, run.stderr
    assert "the sample edition has no pictures" in run.stderr
    assert not folder.exists()


def test_a_replay_downloads_none(site: LocalSite, crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    listing(site, 1)
    story(site, 1, "/quay.jpg")
    picture(site, "/quay.jpg")
    archive = tmp_path / "archive"
    crawl(*start(site, folder, "-s", f"ARCHIVE={archive}"))
    assert asked(site, "/quay.jpg") == 1
    again = crawl("-a", f"start={archive}", "-s", f"IMAGES={tmp_path / 'others'}", output="replay.jsonl")
    assert again.status == 0, again.stderr
    assert "a replay downloads no pictures" in again.stderr
    assert not (tmp_path / "others").exists()
    assert asked(site, "/quay.jpg") == 1


def test_a_file_is_complete_or_absent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    with ThreadPoolExecutor(8) as threads:  # workers that fetched the same picture
        list(threads.map(lambda _: write(folder / "ab" / "abc.jpg", JPEG), range(40)))
    assert names(folder) == {"ab/abc.jpg"}
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("no space left")))
    with pytest.raises(OSError, match="no space left"):
        write(folder / "ab" / "other.jpg", JPEG)
    assert names(folder) == {"ab/abc.jpg"}


def test_the_name_of_a_file() -> None:
    digest = sha256(b"https://img.example/quay.JPG?w=1#top").hexdigest()
    assert picture_file("https://img.example/quay.JPG?w=1#top") == f"{digest[:2]}/{digest}.jpg"
    assert "." not in picture_file("https://img.example/picture.php?id=7.jpg")
