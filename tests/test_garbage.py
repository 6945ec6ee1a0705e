"""How often Python searches for garbage."""

import gc

import pytest

from newscrawl import garbage


@pytest.fixture
def as_before():
    threshold = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_what_is_loaded_is_frozen_once(as_before) -> None:
    garbage.loading()
    assert gc.get_threshold()[0] == garbage.MOST_WHILE_LOADING
    garbage.loaded()
    frozen = gc.get_freeze_count()
    assert frozen > 0
    assert gc.get_threshold()[0] == garbage.MOST_GATHERED
    kept = [[number] for number in range(100)]
    garbage.loaded()
    assert len(kept) == 100
    assert gc.get_freeze_count() <= frozen  # some of it may have ended since
