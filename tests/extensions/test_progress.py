"""The line of progress, as text."""

from types import SimpleNamespace

import pytest

from newscrawl.crawl.counts import Counts
from newscrawl.extensions.progress import Sums, line

STORY = "https://news.example/world/2025/09/03/the-harbour-of-maro-reopens-after-a-fortnight"


def crawl(name="worldnews", reading=STORY, **numbers):
    counts = Counts()
    for key, value in numbers.items():
        setattr(counts, key, value)
    return SimpleNamespace(name=name, reading=reading, counts=counts)


def sums(*crawls):
    made = Sums()
    for one in crawls:
        made.add(one)
    return made


ONE = crawl(written=36, failed=2, pages=41)


@pytest.mark.parametrize("width", [0, 1, 10, 20, 30, 40, 60, 80, 100, 200])
@pytest.mark.parametrize("plain", [False, True])
def test_it_fits_in_any_terminal(width, plain):
    text = line([ONE], sums(ONE), 8.24, 65.0, width=width, plain=plain)
    assert len(text) <= width
    assert text.isascii() == plain or width < 20
    if width >= 20:
        assert text.startswith(("36 articles", "worldnews"))


def test_what_it_says_where_there_is_room():
    told = "worldnews · 36 articles · 2 failed · 41 pages · 8.2/s · 1:05 · reading "
    text = line([ONE], sums(ONE), 8.24, 65.0, width=200)
    assert text == told + "/world/2025/09/03/the-harbour-of-maro-reopens-after-a-fortnight"
    assert line([ONE], sums(ONE), 8.24, 65.0, width=90) == told + "…-after-a-fortnight"


def test_failures_are_named_once_there_are_some():
    well = crawl(written=1, pages=2)
    assert "failed" not in line([well], sums(well), 1.0, 1.0, width=200)


def test_many_sections_are_one_line():
    other = crawl("markets", "http://other.example/", written=4, pages=5)
    both, done = sums(ONE, other, crawl()), "1 of 3 sections done · 40 articles · 2 failed · 46 pages · 1.0/s · 0:0"
    assert line([ONE, other], both, 1.0, 1.0, width=200) == f"{done}1 · reading other.example/"
    assert line([ONE, other], both, 1.0, 2.0, width=200).startswith(f"{done}2 · reading news.example/world/")


def test_an_address_cannot_write_controls():
    evil = crawl(reading="https://news.example/a\x1b[2Jb")
    assert "\x1b" not in line([evil], sums(evil), 0.0, 0.0, width=200)
