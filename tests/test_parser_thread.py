"""libxml2 keeps every name that it meets as long as a thread lives: one thread parses so much, and then another."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading

import pytest

from newscrawl.extract import Page
from newscrawl.parser_thread import MOST_BYTES, in_parser_thread

HOME = "https://news.example"


def parser() -> threading.Thread:
    return in_parser_thread(threading.current_thread, size=1)


def title_of(number: int) -> str:
    return Page(f"<title>Ferry {number}</title>", HOME).title


def test_a_thread_parses_until_it_has_read_enough() -> None:
    first = parser()
    assert parser() is first is not threading.current_thread()
    in_parser_thread(int, size=MOST_BYTES)
    first.join(10)
    assert not first.is_alive()
    assert parser() is not first


def test_an_error_comes_out_and_the_next_document_has_a_new_thread() -> None:
    first = parser()
    with pytest.raises(ValueError, match="invalid literal"):
        in_parser_thread(lambda: int("x"), size=1)
    assert parser() is not first


def test_pages_are_parsed_after_a_fork() -> None:
    assert title_of(1) == "Ferry 1"
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map_async(title_of, [2, 3]).get(30) == ["Ferry 2", "Ferry 3"]


def test_names_of_many_pages_are_forgotten() -> None:
    script = """
import resource
from newscrawl.extract import Page

def peak(pages):
    for page in pages:
        tags = "".join(f"<i name-{page}-{tag}></i>" for tag in range(10_000))
        assert Page(f"<title>Ferry</title>{tags}", "https://news.example").title
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

print(-peak(range(25)) + peak(range(25, 125)))
"""
    grown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert int(grown) < 20  # MB, of which the names alone would take 40
