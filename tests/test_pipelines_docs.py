"""What docs/how-to/pipelines.md shows is what happens, over the sample edition."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import datetime

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


# dbt -------------------------------------------------------------------------------


@pytest.mark.slow
def test_dbt(folder, tmp_path):
    if not shutil.which("dbt"):
        pytest.skip("dbt is not installed: pip install 'dbt-core>=1.10,<1.12' dbt-duckdb, in an environment of its own")
    shutil.copytree(PROJECT / "deploy" / "dbt", tmp_path / "deploy" / "dbt")
    corpus = tmp_path / "corpus"
    done = shell(f"newscrawl load --demo --parquet {corpus}", folder)
    assert done.returncode == 0, done.stderr
    *_, build = snippet("dbt").splitlines()
    done = shell(build, tmp_path, PYTHONPATH="", DBT_PROFILES_DIR="")
    assert done.returncode == 0 and re.search(r"PASS=\d+ WARN=0 ERROR=0 SKIP=0", done.stdout), done.stdout
    question = "select sum(stories)::bigint as stories, min(day)::varchar as first from {{ ref('stories_per_day') }}"
    show = f'dbt show -q --output json {build.partition("build ")[2]} --inline "{question}"'
    shown = json.loads(shell(show, tmp_path, PYTHONPATH="").stdout)["show"][0]
    assert shown == {"stories": len(stories()), "first": min(story.published for story in stories()).date().isoformat()}


# Vector ----------------------------------------------------------------------------

CONFIGURATION = PROJECT / "deploy" / "vector.yaml"
#: The options of Vector's reference that the file may have.
OPTIONS = {
    "file": {"include", "exclude", "read_from", "max_line_bytes", "path", "encoding", "inputs"},
    "remap": {"inputs", "source", "drop_on_error", "drop_on_abort", "reroute_dropped"},
    "elasticsearch": {
        "inputs", "endpoints", "auth", "mode", "id_key", "bulk", "encoding", "compression", "acknowledgements",
    },
}  # fmt: skip


def test_vectors_configuration_is_well_formed():
    yaml = pytest.importorskip("yaml")
    read = yaml.safe_load(CONFIGURATION.read_text(encoding="utf8"))
    assert set(read) == {"data_dir", "sources", "transforms", "sinks", "tests"}
    parts = {**read["sources"], **read["transforms"], **read["sinks"]}
    for part in parts.values():
        assert set(part) - {"type"} <= OPTIONS[part["type"]]
        assert {name.removesuffix(".dropped") for name in part.get("inputs", ())} <= parts.keys()
    bulk = read["sinks"]["opensearch"]["bulk"]
    assert bulk == {"action": "index", "index": "articles", "version": "{{ version }}", "version_type": "external_gte"}
    good, bad = (test["inputs"][0]["log_fields"]["message"] for test in read["tests"])
    article = json.loads(good)
    told = read["tests"][0]["outputs"][0]["conditions"][0]["source"]
    assert f'assert_eq!(.article, "{article["publisher"]}/{article["id"]}")' in told
    assert f"assert_eq!(.version, {datetime.fromisoformat(article['crawled_at']).timestamp():.0f})" in told
    with pytest.raises(ValueError):
        json.loads(bad)


def test_vectors_own_checks():
    if not shutil.which("vector"):
        pytest.skip("vector is not installed: https://vector.dev/docs/setup/installation/")
    for command in (["validate", "--no-environment"], ["test"]):
        done = subprocess.run(["vector", *command, str(CONFIGURATION)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
