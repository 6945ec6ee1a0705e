"""The distributions are whole: the wheel runs and the sdist's tests pass, away from the checkout."""

from __future__ import annotations

import os
import re
import shutil
import site
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import pytest
import scrapy

from newscrawl.demo.edition import stories
from newscrawl.version import __version__
from tests.conftest import PROJECT

#: What is in a checkout and in no distribution.
NOT_SHIPPED = shutil.ignore_patterns(
    ".git", ".venv", ".wbin", ".*_cache", ".hypothesis", ".scrapy", "__pycache__", "_build", "build", "dist", "output",
    "*.egg-info",
)  # fmt: skip
#: A relative link in Markdown, or an image.
RELATIVE = re.compile(r"\]\((?!\w+:)([^)]*)\)")


@dataclass(frozen=True)
class Built:
    """The sdist, and the wheel that was built from it."""

    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """As .ci/package builds them for a release."""
    for name in ("build", "setuptools"):
        pytest.importorskip(name, reason="distributions are built with pip install '.[test]'")
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(PROJECT, folder / "source", ignore=NOT_SHIPPED)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), str(folder / "source")],
        capture_output=True, text=True, check=False, env=_clean() | {"PROJECT_ADDRESS": "https://code.example/o/n/"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    (wheel,) = (folder / "dist").glob("*.whl")
    return Built(sdist, wheel)


def test_the_wheel_crawls_its_sample_edition(built, tmp_path):
    with zipfile.ZipFile(built.wheel) as archive:
        names = set(archive.namelist())
    for path in (PROJECT / "newscrawl").rglob("*"):
        if path.suffix in {".py", ".toml", ".yaml", ".json", ".css", ".html", ".typed"}:
            assert path.relative_to(PROJECT).as_posix() in names
    program = _installed(built.wheel, tmp_path / "environment")
    empty = tmp_path / "empty"
    empty.mkdir()
    done = subprocess.run(
        [program, "crawl", "worldnews", "--start", "demo"], cwd=empty, capture_output=True, text=True, check=False,
        env=_clean(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (file,) = (empty / "output" / "demo").glob("*.jsonl")
    assert len(file.read_text(encoding="utf8").splitlines()) == len(stories())
    listed = subprocess.run([program, "list"], cwd=empty, capture_output=True, text=True, check=False, env=_clean())
    assert (listed.returncode, listed.stdout.split()) == (0, ["section", "worldnews"])


def test_the_metadata_of_a_release_lead_to_its_tag(built):
    with zipfile.ZipFile(built.wheel) as archive:
        metadata = message_from_bytes(archive.read(f"newscrawl-{__version__}.dist-info/METADATA"))
    readme, shown = (PROJECT / "README.md").read_text(encoding="utf8"), metadata.get_payload(decode=True).decode()
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert not RELATIVE.findall(shown)
    for path in RELATIVE.findall(readme):
        view = "raw" if path.endswith(".svg") else "blob"
        file = path if path.partition("#")[0] else f"README.md{path}"
        assert f"](https://code.example/o/n/{view}/v{__version__}/{file})" in shown
        assert (PROJECT / file.partition("#")[0]).is_file()
    assert len(shown.splitlines()) == len(readme.splitlines())
    assert "Source, https://code.example/o/n" in metadata.get_all("Project-URL")


def test_the_sdist_has_its_docs_and_its_tests_which_pass(built, tmp_path):
    with tarfile.open(built.sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    here = {path.relative_to(PROJECT) for name in ("docs", "tests") for path in (PROJECT / name).rglob("*")}
    there = {path.relative_to(unpacked) for path in unpacked.rglob("*")}
    assert not {path for path in here - there if not {"__pycache__", "_build"} & set(path.parts)}
    code = "import newscrawl, pytest, sys; print(newscrawl.__file__); sys.exit(pytest.main(sys.argv[1:]))"
    tests = ("tests/test_rooms.py", "tests/test_release.py", "tests/text")
    done = subprocess.run(
        [sys.executable, "-c", code, "-n", "0", "-p", "no:cacheprovider", *tests],
        cwd=unpacked, capture_output=True, text=True, check=False, env=_clean(),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[0] == str(unpacked / "newscrawl" / "__init__.py")


def _clean() -> dict[str, str]:
    """The environment without what leads Python or Scrapy back to the checkout."""
    left_out = ("PYTHON", "SCRAPY_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}


def _installed(wheel: Path, environment: Path) -> Path:
    """The program ``newscrawl`` in a new environment, which has what it needs from the one that runs the tests."""
    venv.create(environment)
    variables = {"base": str(environment), "platbase": str(environment)}
    packages, programs = (Path(sysconfig.get_path(name, "venv", variables)) for name in ("purelib", "scripts"))
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(environment), "install", "-q", "--no-deps", str(wheel)],
        check=True,
    )
    needed = {str(Path(scrapy.__file__).parent.parent), *site.getsitepackages()}
    (packages / "needed.pth").write_text("\n".join(sorted(needed)))
    return programs / "newscrawl"
