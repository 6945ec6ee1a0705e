"""What docs/how-to/pipelines.md shows is what happens, over the sample edition."""

from __future__ import annotations

import re

import pytest

from newscrawl.demo.edition import stories
from tests.conftest import PROJECT
from tests.test_loading_docs import python, shell

DOCUMENT = (PROJECT / "docs" / "how-to" / "pipelines.md").read_text(encoding="utf8")


def snippet(name: str) -> str:
    (found,) = re.findall(rf"<!-- snippet: {name} -->\n```\w+\n(.*?)```", DOCUMENT, re.DOTALL)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which the sample edition was crawled."""
    empty = tmp_path_factory.mktemp("empty")
    done = shell("newscrawl crawl worldnews --start demo", empty)
    assert done.returncode == 0, done.stderr
    return empty


@pytest.mark.slow
def test_readers_of_the_data_set(folder):
    for library in ("duckdb", "pandas", "polars", "pyarrow"):
        pytest.importorskip(library)
    done = shell("newscrawl load --demo --parquet corpus", folder)
    assert done.returncode == 0, done.stderr
    shown = python(snippet("readers"), folder)
    assert "2025-09" in shown and f"\n{len(stories()) - 1}  business-standard.com" in shown


@pytest.mark.slow
def test_hugging_face_datasets(folder, monkeypatch, tmp_path):
    pytest.importorskip("datasets", reason="datasets is not installed: pip install '.[test]'")
    done = shell("newscrawl load --demo --parquet corpus --partition month", folder)
    assert done.returncode == 0, done.stderr
    setting = f"import os; os.environ.update(HF_HUB_OFFLINE='1', HF_HOME={str(tmp_path)!r})\n"
    assert "'publisher': '" in python(setting + snippet("datasets"), folder)
