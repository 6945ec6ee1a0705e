"""The documentation's site is built without a warning, and every link in it leads somewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl import settings
from tests.conftest import PROJECT

DOCS = PROJECT / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for name in ("sphinx", "myst_parser", "furo", "sphinx_copybutton"):
        pytest.importorskip(name, reason="the site is built with pip install '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    words = "-W -n --keep-going -q -b html".split()
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words, "-d", str(folder / "trees"), str(DOCS), str(folder / "html")],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.mark.slow
def test_every_page_is_built(site: Path) -> None:
    pages = {path.relative_to(DOCS).with_suffix("") for path in DOCS.rglob("*.md") if "_build" not in path.parts}
    built = {path.relative_to(site).with_suffix("") for path in site.rglob("*.html")}
    assert not pages - built


@pytest.mark.slow
def test_the_reference_has_every_setting_and_command(site: Path) -> None:
    page = (site / "reference" / "settings.html").read_text("utf8")
    parts = {"BOT_NAME", "SPIDER_MODULES", "NEWSPIDER_MODULE", "COMMANDS_MODULE", "SHARED_FEEDS"}
    names = {name for name in vars(settings) if name.isupper() and not name.startswith("_")} - parts
    assert {name for name in names if f'id="confval-{name}"' in page} == names
    page = (site / "reference" / "commands.html").read_text("utf8")
    commands = {path.stem for path in (PROJECT / "newscrawl" / "commands").glob("[!_]*.py")}
    assert {name for name in commands if f'id="command-{name}"' in page} == commands
    assert "<!-- from the code" not in page
