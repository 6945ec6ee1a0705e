"""Misspelt settings are refused; every setting that somebody reads is known."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl import settings as project
from newscrawl.setting_names import FEED_OPTIONS, check_feeds, check_settings, known_names

#: What Scrapy's settings are called where they are read.
SETTINGS = re.compile(r"(\w+\.)*_?settings")
NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")


def read_names(source: str) -> Iterator[str]:
    """The names of settings that a module reads: ``settings["X"]``, ``settings.getint("X")`` and the like."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript):
            whose, what = node.value, node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            whose, what = node.func.value, node.args[0]
        else:
            continue
        if (
            isinstance(what, ast.Constant)
            and NAME.fullmatch(str(what.value))
            and SETTINGS.fullmatch(ast.unparse(whose))
        ):
            yield str(what.value)


@pytest.fixture(scope="module")
def known() -> set[str]:
    loaded = Settings()
    loaded.setmodule(project)
    return known_names(loaded)


def test_names_are_found_where_they_are_read():
    source = "a = settings['ONE']; b = self.crawler.settings.getint('TWO', 3); os.environ['NOT']; s.get('NEITHER')"
    assert list(read_names(source)) == ["ONE", "TWO"]


@pytest.mark.parametrize("package", ["scrapy", "scrapy_playwright", "newscrawl"])
def test_each_setting_that_is_read_is_known(package, known):
    try:
        folder = Path(import_module(package).__file__).parent
    except ImportError:
        pytest.skip(f"{package} is not installed")
    found = {name for path in folder.rglob("*.py") for name in read_names(path.read_text("utf8"))}
    assert len(found) > 10
    assert found - {"DATE_ORDER"} <= known  # that one is dateparser's


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("DOWNLOAD_DELY", "DOWNLOAD_DELAY"),
        ("download_delay", "DOWNLOAD_DELAY"),
        ("USERAGENT", "USER_AGENT"),
        ("RECHECK_DAY", "RECHECK_DAYS"),
        ("ROBOTS_OBEY", "ROBOTSTXT_OBEY"),
        ("PLAYWRIGHT_MAX_CONTEXT", "PLAYWRIGHT_MAX_CONTEXTS"),
    ],
)
def test_a_misspelt_setting_is_refused(given, meant, known):
    with pytest.raises(ValueError, match=f"^there is no setting {given}; did you mean {meant}\\?$"):
        check_settings(["LOG_LEVEL", given], known)


def test_a_setting_like_no_other_is_an_extension_s_own(known):
    assert check_settings(["LOG_LEVEL", "SHOP_TOKEN"], known) == [
        "no setting that Scrapy or newscrawl reads is called SHOP_TOKEN"
    ]
    assert check_settings(["DOWNLOAD_DELY"], known | {"DOWNLOAD_DELY"}) == []


def test_options_of_feeds():
    assert check_feeds({"a.jsonl": dict.fromkeys(FEED_OPTIONS), "b.csv": {}}) == []
    with pytest.raises(ValueError, match=r"no option of a feed overwrit; did you mean overwrite\?"):
        check_feeds({"a.jsonl": {}, "b.jsonl": {"format": "jsonl", "overwrit": True}})
    assert check_feeds({"a.jsonl": {"my_plugin_level": 3}, "b": {"my_plugin_level": 3}}) == [
        "no option of a feed that Scrapy or newscrawl reads is called my_plugin_level"
    ]
