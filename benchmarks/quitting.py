"""From the quit key to the end of the program, while the encoder is starting."""

import os
from statistics import median
from time import perf_counter

from benchmarks.machine import PROJECT, new_machine
from benchmarks.rivals import duration
from benchmarks.table import Row
from tests.terminal import Terminal

RUNS = 7


def measure() -> list[Row]:
    runs = [quit_once() for _ in range(RUNS)]
    times = [time for time, _ in runs]
    left = sum(is_left for _, is_left in runs)
    return [
        Row(
            "Quitting while the encoder starts",
            f"{duration(median(times))}, at most {duration(max(times))}",
            "from the key to the end of the process",
            f"{RUNS} runs in a terminal; processes left behind in {left} of them",
        )
    ]


def quit_once() -> tuple[float, bool]:
    """Seconds, and whether a process of the program outlived it."""
    with new_machine() as machine, Terminal(machine.coach(), env=machine.env, cwd=PROJECT) as terminal:
        terminal.wait_for("the reader is starting")
        start = perf_counter()
        terminal.press("ctrl+q")
        status = terminal.wait_for_end()
        time = perf_counter() - start
        assert status == 0, f"ended with {status}"
        return time, _is_alive(terminal.process.pid)


def _is_alive(group: int) -> bool:
    """The terminal runs the program as the leader of a process group of its own."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
