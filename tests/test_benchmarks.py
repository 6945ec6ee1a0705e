"""Benchmarks are run by hand. That each still fits the code is seen when it is imported."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import benchmarks
from benchmarks import saved


@pytest.mark.parametrize("name", sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__)))
def test_what_a_benchmark_imports_is_there(name):
    try:
        importlib.import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as error:
        if not error.name or error.name.startswith(("newscrawl", "benchmarks")):
            raise
        pytest.skip(f"{error.name} is not installed")


def test_pages_of_a_folder_come_again_under_other_addresses(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(f"<p>{name}</p>")
    places = list(saved.compressed(tmp_path, 5))
    assert places[:3] == [
        "/world/2025/09/03/story-a.html", "/world/2025/09/03/story-b.html", "/world/2025/09/04/story-a.html",
    ]  # fmt: skip
    assert len(set(places)) == 5
    assert list(saved.compressed(tmp_path, 1)) == places[:1]
