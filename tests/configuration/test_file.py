"""``newscrawl.toml``: where it is found, what it sets, and every way in which it can be wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscrawl.configuration import template
from newscrawl.configuration.faults import Faults
from newscrawl.configuration.file import KEYS, NAME, POLITENESS, Configuration, find, load, places, read, user_agent
from newscrawl.configuration.sections import KEYS as KEYS_OF_SECTIONS
from newscrawl.spiders.arguments import _DEFAULTS

KNOWN = {
    "DOWNLOAD_DELAY": 0.5, "RETRY_TIMES": 3, "LOG_LEVEL": "INFO", "AUTOTHROTTLE_ENABLED": True, "USER_AGENT": "x",
    "ITEM_PIPELINES": {"a": 1}, "HTTPCACHE_IGNORE_HTTP_CODES": [304], "SUMMARY_FILE": None, "BROWSER": None,
    "CONCURRENT_REQUESTS": 16,
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / NAME
    path.write_text(text, encoding="utf8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(Faults) as caught:
        read(written(folder, text), KNOWN)
    return caught.value.faults


# Where it is ------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder below one that may have a file, and a user's configuration folder that is empty."""
    here = tmp_path / "news" / "sub"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.delenv("NEWSCRAWL_CONFIG")
    monkeypatch.setattr("newscrawl.configuration.file.of_user", lambda: tmp_path / "home" / NAME)
    return tmp_path


def test_the_nearest_one_counts(elsewhere, monkeypatch):
    assert find() is None
    assert load() == Configuration()
    (elsewhere / "home").mkdir()
    assert find() is None
    of_user = written(elsewhere / "home", "")
    assert find() == of_user
    above = written(elsewhere / "news", "")
    assert find() == above
    here = written(elsewhere / "news" / "sub", "")
    assert find() == here
    monkeypatch.setenv("NEWSCRAWL_CONFIG", str(above))
    assert find() == above
    monkeypatch.setenv("NEWSCRAWL_CONFIG", "")
    assert (find(), places()) == (None, [])


def test_one_that_is_named_must_be_there(elsewhere, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_CONFIG", "none.toml")
    with pytest.raises(Faults, match=r"none\.toml: there is no such file, but NEWSCRAWL_CONFIG names it"):
        find()


# What it sets -----------------------------------------------------------------


def test_paths_are_relative_to_it(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    text = 'output = "out"\npublishers = "~/mine"\n[sections.a]\noutput = ["a.jsonl", "-:json", "s3://b/c.jsonl"]\n'
    found = read(written(tmp_path, text))
    assert found.output == tmp_path / "out"
    assert found.publishers == tmp_path / "home" / "mine"
    assert found.sections[0].output == [str(tmp_path / "a.jsonl"), "-:json", "s3://b/c.jsonl"]


def test_names_of_settings(tmp_path):
    text = (
        'contact = "desk@paper.example"\n[politeness]\ndelay = 90\nconcurrent = 1\ntimeout = 30\nretries = 0\n'
        'crawl_delay_max = 120\n[settings]\nSUMMARY_FILE = "last.json"\n[settings.ITEM_PIPELINES]\nb = 2\n'
    )
    assert read(written(tmp_path, text), KNOWN).settings == {
        "USER_AGENT": user_agent("desk@paper.example"), "DOWNLOAD_DELAY": 90, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_TIMEOUT": 30, "RETRY_TIMES": 0, "CRAWL_DELAY_MAX": 120, "SUMMARY_FILE": "last.json",
        "AUTOTHROTTLE_MAX_DELAY": 90.0,  # else it would be lowered to 60
        "ITEM_PIPELINES": {"a": 1, "b": 2},  # added to the project's own
    }  # fmt: skip


@pytest.mark.parametrize("contact", ["desk@paper.example", "https://paper.example/crawl?who=1", "http://10.0.0.1:80/x"])
def test_contacts(tmp_path, contact):
    assert contact in read(written(tmp_path, f'contact = "{contact}"')).settings["USER_AGENT"]


@pytest.mark.parametrize(
    "contact",
    ["me", "me@home", "a b@paper.example", "mailto:", "https://", "https://[", "ftp://paper.example", "é@paper.example",
     "x@paper.example)", "https://paper.example/\\nX-Header: 1", 'https://paper.example/\\"', "", " "],
)  # fmt: skip
def test_no_contacts(tmp_path, contact):
    (fault,) = faults(tmp_path, f'contact = "{contact}"')
    assert "expected an e-mail address, or an address that begins with https://" in fault


# What is wrong with it --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("contct = 'a@b.example'", "there is no key 'contct'; did you mean 'contact'?"),
        ("x = 1", f"there is no key 'x'; there are {', '.join(KEYS)}"),
        ("delay = 1", "there is no key 'delay'; it belongs into [politeness]"),
        ("DOWNLOAD_DELAY = 1", "there is no key 'DOWNLOAD_DELAY'; settings belong into [settings]"),
        ("[politeness]\ncontact = 'a@b.example'", "politeness: there is no key 'contact'; it belongs above the first line in square brackets"),
        ("[politeness]\ndely = 1", "politeness: there is no key 'dely'; did you mean 'delay'?"),
        ("[politeness]\ndelay = -1", "politeness: delay is -1, expected a number, 0 or more"),
        ("[politeness]\ndelay = nan", "politeness: delay is nan, expected a number, 0 or more"),
        ("[politeness]\ndelay = inf", "politeness: delay is inf, expected a number, 0 or more"),
        ("[politeness]\ndelay = '1'", "politeness: delay is '1', expected a number, 0 or more"),
        ("[politeness]\nconcurrent = true", "politeness: concurrent is True, expected a whole number, 1 or more"),
        ("politeness = 1", "politeness is 1, expected a table, as in [politeness]"),
        ("output = 3", "output is 3, expected a text: the path of a folder"),
        ("output = \"a\\u0000b\"", "output is 'a\\x00b', expected a text: the path of a folder"),
        ("formats = ['csv']", "formats is ['csv'], expected a list of jsonl, jsonl.gz, json, csv, xml, parquet, sqlite, jsonl or jsonl.gz among them"),
        ("formats = ['jsonl', 'docx']", "formats is ['jsonl', 'docx'], expected a list of jsonl, jsonl.gz, json, csv, xml, parquet, sqlite, jsonl or jsonl.gz among them"),
        ("[settings]\nDOWNLOAD_DELY = 1", "settings: there is no setting DOWNLOAD_DELY; did you mean DOWNLOAD_DELAY?"),
        ("[settings]\nlog_level = 'INFO'", "settings: log_level is not a setting: their names are in capitals"),
        ("[settings]\ncontact = 'INFO'", "settings: contact is not a setting: their names are in capitals; it belongs above the first line in square brackets"),
        ("[settings]\nDOWNLOAD_DELAY = 'fast'", "settings: DOWNLOAD_DELAY is 'fast', expected a number, 0 or more"),
        ("[settings]\nCONCURRENT_REQUESTS = 0", "settings: CONCURRENT_REQUESTS is 0, expected a whole number, 1 or more"),
        ("[settings]\nMAX_PAGES = 2.5", "settings: MAX_PAGES is 2.5, expected a whole number, 1 or more"),
        ("[settings]\nRECHECK_DAYS = -1", "settings: RECHECK_DAYS is -1, expected a number, 0 or more"),
        ("[settings]\nLEASE_SECONDS = 0", "settings: LEASE_SECONDS is 0, expected a number, more than 0"),
        ("[settings]\nLOG_LEVEL = 'LOUD'", "settings: LOG_LEVEL is 'LOUD', expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        ("[settings]\nBROWSER = 'some'", "settings: BROWSER is 'some', expected one of listings, all, off"),
        ("[settings]\nAUTOTHROTTLE_ENABLED = 'maybe'", "settings: AUTOTHROTTLE_ENABLED is 'maybe', expected true or false"),
        ("[settings]\nITEM_PIPELINES = 1", "settings: ITEM_PIPELINES is 1, expected a table"),
        ("[settings]\nHTTPCACHE_IGNORE_HTTP_CODES = 304", "settings: HTTPCACHE_IGNORE_HTTP_CODES is 304, expected a list"),
        ("[settings]\nMY_TOKEN = 1\nREDIS_PASSWORD = 'x'\nUSER_AGENT = 3", "settings: USER_AGENT is 3, expected a text"),
        ("contact = 'a@b.example'\n[settings]\nUSER_AGENT = 'x'", "contact and USER_AGENT are given, expected one of them"),
        ("[politeness]\ndelay = 1\n[settings]\nDOWNLOAD_DELAY = 2", "delay and DOWNLOAD_DELAY are given, expected one of them"),
        ("sections = 1", "'sections' is not a table, as in [sections.world]"),
        ("[sections.a]\npags = 1", "section 'a': there is no key 'pags'; did you mean 'pages'?"),
        ("[sections.a.settings]\nRETRY_TIME = 1", "section 'a': settings: there is no setting RETRY_TIME; did you mean RETRY_TIMES?"),
        ("[defaults]\ncontact = 'a@b.example'", "defaults: there is no key 'contact'; it belongs above the first line in square brackets"),
        ("[sections", "it is not TOML: Expected ']' at the end of a table declaration (at end of document)"),
    ],
)  # fmt: skip
def test_each_fault_is_told(tmp_path, text, fault):
    assert faults(tmp_path, text) == [fault]


def test_all_faults_are_told_at_once_with_the_file(tmp_path):
    text = "contact = 1\nx = 1\n[politeness]\ndelay = 'x'\n[settings]\nlow = 1\n[defaults]\npages = 'x'\n[sections.a]\ny = 1\n"
    assert len(faults(tmp_path, text)) == 6
    with pytest.raises(Faults, match=rf"{NAME} has 6 faults, the first: contact is 1"):
        read(tmp_path / NAME, KNOWN)


def test_what_cannot_be_read(tmp_path):
    with pytest.raises(Faults, match="it cannot be read"):
        read(tmp_path)
    (tmp_path / NAME).write_bytes(b"\xff\xfe")
    with pytest.raises(Faults, match="it is not TOML"):
        read(tmp_path / NAME)
    (tmp_path / NAME).write_bytes(b"\xef\xbb\xbfoutput = 'x'\r\n")  # as Windows' Notepad writes it
    assert read(tmp_path / NAME).output == tmp_path / "x"


NAMES = [*KEYS, *POLITENESS, *KEYS_OF_SECTIONS, *KNOWN, "a", "~", "FEEDS"]
SCALARS = st.one_of(
    st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(), st.sampled_from(["~x/y", "a\0b", "https://[", "csv", "jsonl"])
)  # fmt: skip
KEYS_OF_ANY = st.sampled_from(NAMES) | st.text(max_size=4)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS_OF_ANY, inner, max_size=4),
    max_leaves=12,
)


def text_of(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml(value: object) -> str:
    """A value as TOML has it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text_of(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return text_of(value)
    return str(value)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(KEYS_OF_ANY, VALUES, max_size=6).map(
        lambda table: "".join(f"{text_of(k)} = {toml(v)}\n" for k, v in table.items())
    )
    | st.text()
)
@example("x = " + "[" * 10_000)
@example("[politeness]\ndelay = " + "9" * 5000)
@example("[politeness]\ndelay = 1" + "0" * 400)
@example("a = 2025-13-45")
@example('output = "~nobody-of-that-name/x"')
def test_no_document_raises_anything_but_its_faults(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf8", errors="replace", newline="")
    try:
        found = read(path, KNOWN)
    except Faults as error:
        assert error.faults
        assert "\n" not in str(error)
    else:
        assert found.path == path


# The file that 'newscrawl init' writes ------------------------------------------


def with_all_examples() -> str:
    return re.sub(r"^#(?=\S)", "", template.filled(None), flags=re.MULTILINE)


def test_the_template_says_nothing_by_itself(tmp_path):
    path = written(tmp_path, template.filled(None))
    assert read(path) == Configuration(path=path)


def test_each_example_of_the_template_is_valid_and_nothing_is_left_out(tmp_path):
    from newscrawl.sections.check import known_settings

    text = with_all_examples()
    found = read(written(tmp_path, text), known_settings())
    assert found.contact == "you@example.org"
    assert [section.name for section in found.sections] == ["world", "harbour"]
    for key in (*KEYS, *POLITENESS):
        assert re.search(rf"^(?:{key} = |\[{key}[\].])", text, re.MULTILINE), key


def test_its_defaults_are_those_that_count(tmp_path):
    from newscrawl.sections.check import known_settings

    known = known_settings()
    found = read(written(tmp_path, with_all_examples()), known)
    for name, _ in POLITENESS.values():
        assert found.settings[name] == known[name], name
    assert found.settings["RECHECK_DAYS"] == known["RECHECK_DAYS"]


def test_the_contact_is_filled_in(tmp_path):
    assert read(written(tmp_path, template.filled("https://paper.example/x"))).contact == "https://paper.example/x"


def test_a_section_takes_every_argument_of_a_crawl() -> None:
    assert set(_DEFAULTS) < set(KEYS_OF_SECTIONS)
