"""Processes that work on tasks: the same results, whatever dies."""

from __future__ import annotations

import concurrent.futures
import os
import signal
import subprocess
import sys
from multiprocessing import forkserver
from pathlib import Path

import pytest

from newscrawl.processes import Processes, WorkerDiedError
from tests.conftest import PROJECT

pytestmark = pytest.mark.slow


def square(number: int) -> int:
    return number * number


def refuse(number: int) -> int:
    raise ValueError(f"not {number}")


def die_once(mark: str) -> str:
    """Ends its process where there is no such file yet, which it makes."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return mark
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def die(mark: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


@pytest.fixture
def processes():
    made = []

    def make(work, count=2):
        made.append(Processes(work, count))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_results_come_in_the_order_of_the_tasks(processes) -> None:
    squares = processes(square)
    assert [squares.result(pending) for pending in squares.map(range(20))] == [n * n for n in range(20)]


def test_where_no_server_can_be_started_each_process_loads_for_itself(processes, monkeypatch) -> None:
    def refused() -> None:
        raise OSError("AF_UNIX path too long")

    monkeypatch.setattr(forkserver, "ensure_running", refused)
    squares = processes(square)
    squares.start()
    assert squares.result(squares.begin(3)) == 9
    assert squares._executor._mp_context.get_start_method() == "spawn"


def test_what_work_raises_is_raised(processes) -> None:
    refusing = processes(refuse)
    with pytest.raises(ValueError, match="not 3"):
        refusing.result(refusing.begin(3))
    assert not refusing.deaths


def test_one_death_is_told_once(processes, tmp_path, caplog) -> None:
    dying = processes(die_once, count=1)  # which dies before it comes to the others
    (tmp_path / "whole").touch()
    begun = [dying.begin(str(tmp_path / name)) for name in ("dies", "whole", "whole")]
    concurrent.futures.wait([pending.future for pending in begun])
    for pending in begun:
        dying.result(pending)
    assert (dying.deaths, len(caplog.records)) == (1, 1)


def test_a_death_costs_no_task(processes, tmp_path) -> None:
    dying = processes(die_once)
    (tmp_path / "whole").touch()
    marks = [str(tmp_path / name) for name in ("whole", "dies", "whole", "whole")]
    assert [dying.result(pending) for pending in dying.map(marks)] == marks
    assert dying.deaths
    later = str(tmp_path / "dies too")
    assert dying.result(dying.begin(later)) == later
    assert dying.result(dying.begin(marks[0])) == marks[0]  # and it goes on


def test_a_task_that_ends_every_process_is_told(processes, tmp_path) -> None:
    dying = processes(die)
    pending = dying.begin("x")
    with pytest.raises(WorkerDiedError):
        dying.result(pending)


def test_processes_end_with_their_parent() -> None:
    script = (
        "import os, signal\n"
        "from newscrawl.processes import Processes\n"
        "from tests.test_processes import square\n"
        "if __name__ == '__main__':\n"
        "    one = Processes(square, 1)\n"
        "    print(one.result(one.begin(3)), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "9\n"  # read to its end: nobody holds the pipe any more
    assert done.returncode == -signal.SIGKILL
