"""What ``pip install .`` installs is whole: it runs away from the checkout."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
import scrapy

from newscrawl.demo.edition import stories
from tests.conftest import PROJECT


def test_the_wheel_crawls_its_sample_edition(tmp_path):
    source = tmp_path / "source"
    shutil.copytree(PROJECT / "newscrawl", source / "newscrawl", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, source)
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(source)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if built.returncode and "setuptools" in built.stderr:
        pytest.skip("building needs setuptools, which could not be fetched")
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for path in (PROJECT / "newscrawl").rglob("*"):
        if path.suffix in {".py", ".toml", ".yaml", ".json", ".css", ".html", ".typed"}:
            assert path.relative_to(PROJECT).as_posix() in names
    program = _installed(wheel, tmp_path / "environment")
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SCRAPY_"))}
    done = subprocess.run(
        [program, "crawl", "worldnews", "--start", "demo"], cwd=empty, capture_output=True, text=True, check=False,
        env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (file,) = (empty / "output" / "demo").glob("*.jsonl")
    assert len(file.read_text(encoding="utf8").splitlines()) == len(stories())
    listed = subprocess.run([program, "list"], cwd=empty, capture_output=True, text=True, check=False, env=environment)
    assert (listed.returncode, listed.stdout.split()) == (0, ["section", "worldnews"])


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
