"""An archive for another place: its files are written here, and delivered once they are complete."""

from __future__ import annotations

import pytest

from newscrawl.archive.reading import read
from tests import places
from tests.conftest import FAST
from tests.forks import newscrawl
from tests.test_deliveries import run

pytest.importorskip("fsspec", reason="fsspec is not installed")


@pytest.mark.slow
def test_an_archive_is_delivered_once_it_is_complete(tmp_path, ftp):
    archive = ["-s", f"ARCHIVE={ftp}/archive"]
    first = run(tmp_path, *archive)
    assert first.returncode == 0
    assert "delivered 1 file to ftp://anna:***@127.0.0.1" in first.stderr
    (kept,) = (tmp_path / "output/demo/deliveries").rglob("*.warc.gz")
    (there,) = (tmp_path / "ftp/archive").iterdir()
    assert there.name == kept.name
    assert there.read_bytes() == kept.read_bytes()
    kept.unlink()
    second = run(tmp_path, *archive, start="demo:2")
    assert second.returncode == 0
    assert {path.name for path in (tmp_path / "ftp/archive").iterdir()} > {there.name}
    (new,) = (tmp_path / "output/demo/deliveries").rglob("*.warc.gz")
    assert {record.type for record in read(new) if record.status == 304} == {"revisit"}
    start = ["--start", f"{tmp_path}/ftp/archive"]
    again = newscrawl("crawl", "worldnews", *start, *FAST, "-O", "again.jsonl", cwd=tmp_path)
    assert again.returncode == 0


@pytest.mark.slow
def test_an_archive_that_could_not_be_delivered_stays_due(tmp_path, web):
    archive = ["-s", f"ARCHIVE={web.url}/up"]
    web.fails = 1.0
    first = run(tmp_path, *archive)
    assert first.returncode == 2
    assert "1 file could not be delivered" in first.stderr
    assert not web.files
    web.fails = 0.0
    assert run(tmp_path, *archive).returncode == 0
    assert len(web.files) == 2
    for path in (tmp_path / "output/demo/deliveries").rglob("*.warc.gz"):
        assert web.files[f"/up/{path.name}"] == path.read_bytes()


@pytest.mark.slow
def test_a_link_that_leads_nowhere_keeps_no_file_from_its_place(tmp_path, web):
    archive = ["-s", f"ARCHIVE={web.url}/up"]
    assert run(tmp_path, *archive).returncode == 0
    (kept,) = (tmp_path / "output/demo/deliveries").rglob("*.warc.gz")
    kept.rename(tmp_path / "moved")
    kept.symlink_to(tmp_path / "gone")
    web.files.clear()
    again = run(tmp_path, *archive, start="demo:2")
    assert again.returncode == 0
    assert "Traceback" not in again.stderr
    assert len(web.files) == 1


@pytest.mark.slow
def test_an_archive_for_s3(tmp_path):
    with places.s3() as s3:
        done = run(tmp_path, "-s", "ARCHIVE=s3://news/pages/", *s3.settings)
        assert done.returncode == 0
        (name,) = s3.names()
        assert name.startswith("pages/newscrawl-worldnews-demo-")
        wrong = run(tmp_path, "-s", "ARCHIVE=s3://nothing-here/pages/", *s3.settings)
        assert wrong.returncode == 1
        assert "there is no such bucket" in wrong.stderr
