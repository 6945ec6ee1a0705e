"""The examples in docstrings run, and give what they say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import newscrawl

#: Modules that need a library which is installed apart, or a program around them.
_APART = ("newscrawl.scale.engine", "newscrawl.scale.job", "newscrawl.notify.sender", "newscrawl.browse.plugin")
MODULES = sorted(
    module.name
    for module in walk_packages(newscrawl.__path__, "newscrawl.")
    if module.name not in _APART and not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    done = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert not done.failed, f"{done.failed} of {done.attempted} examples of {name}"


def test_there_are_examples() -> None:
    found = [test for name in MODULES for test in doctest.DocTestFinder().find(import_module(name))]
    assert sum(len(test.examples) for test in found) > 100
