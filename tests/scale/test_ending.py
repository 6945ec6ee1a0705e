"""Each rule that judges a job over archives."""

from collections import Counter

import pytest

from newscrawl.scale.ending import Result, judge
from newscrawl.scale.staging import Totals

FOUND = "3 articles in 1 archive; all runs' together, each once: 3, in /corpus/articles"


@pytest.mark.parametrize(
    ("totals", "kept", "status", "sentence"),
    [
        (Totals(archives=1, unread={"a.warc": "gone"}), 3, 1, "no archive could be read"),
        (Totals(archives=1), 0, 1, "there is no article in them"),
        (Totals(archives=2, articles=3, set_aside=Counter(damaged=1), unread={"a.warc": "gone"}), 3, 2,
         f"{FOUND}; 1 record set aside, 1 archive not to be read"),
        (Totals(archives=1, articles=3), 3, 0, FOUND),
    ],
)  # fmt: skip
def test_judge(totals, kept, status, sentence):
    ending = judge(Result(totals, kept, "/corpus"))
    assert (ending.status, ending.sentence) == (status, sentence)
