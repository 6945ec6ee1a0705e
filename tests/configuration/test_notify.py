"""``[notify]`` of ``newscrawl.toml``."""

from __future__ import annotations

import pytest

from newscrawl.configuration.faults import Faults
from newscrawl.configuration.file import read
from newscrawl.configuration.notify import EVENTS, Notify


def of(tmp_path, text: str) -> Notify:
    path = tmp_path / "newscrawl.toml"
    path.write_text(text)
    return read(path).notify


def test_without_a_table_nobody_is_told(tmp_path):
    assert not of(tmp_path, "")
    assert not of(tmp_path, "[notify]\ndigest = true")
    assert of(tmp_path, '[notify]\nhealthchecks = "https://hc.example/x"')


def test_a_table_has_defaults(tmp_path):
    assert of(tmp_path, '[notify]\naddresses = "ntfys://x"') == Notify(("ntfys://x",), EVENTS, 0, "")
    told = of(tmp_path, '[notify]\naddresses = ["a://x", "${B}"]\non = ["failed"]\ndigest = true')
    assert told == Notify(("a://x", "${B}"), ("failed",), 20, "")
    assert of(tmp_path, "[notify]\ndigest = 5").digest == 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('notify = "slack://hunter2"', "notify is no table"),
        ('[notify]\naddresses = ["slack://hunter2", 3]', "notify: addresses has a wrong value, expected a list of addr"),
        ('[notify]\nhealthchecks = "hunter2"', "notify: healthchecks has a wrong value, expected an address"),
        ('[notify]\nadresses = ["slack://hunter2"]', "notify: there is no key 'adresses'; did you mean 'addresses'?"),
        ('[notify]\non = ["fail"]', "notify: on is ['fail'], expected a list of failed, incomplete, recovered"),
        ("[notify]\ndigest = -1", "notify: digest is -1, expected true, false or a number of headlines, at most 100"),
        ('[notfy]\naddresses = "slack://hunter2"', "there is no key 'notfy'; did you mean 'notify'?"),
        ('addresses = ["slack://hunter2"]', "there is no key 'addresses'"),
    ],
)  # fmt: skip
def test_faults_show_no_address(tmp_path, text, words):
    with pytest.raises(Faults) as raised:
        of(tmp_path, text)
    assert words in str(raised.value)
    assert "hunter2" not in str(raised.value)
