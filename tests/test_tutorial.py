"""What docs/tutorial.md shows is what its commands say, in the order in which they stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import tutorial


@pytest.mark.slow
def test_the_commands_say_what_the_tutorial_shows(tmp_path: Path) -> None:
    ran = 0
    for commands, shown, said in tutorial.outputs(tmp_path.resolve()):
        assert not tutorial.missing(shown, said), f"{commands}{said}"
        ran += 1
    assert ran == tutorial.PAGE.read_text("utf8").count("<!-- command: tutorial -->") > 4
