"""From the quit key to the end of the program: while the encoder starts, against at rest."""

import os
from statistics import median

from benchmarks.machine import PROJECT, Machine, new_machine
from benchmarks.rivals import Rivals, duration, seconds
from benchmarks.table import Row
from tests.terminal import Terminal

PAIRS = 7


def measure() -> list[Row]:
    with new_machine() as machine:
        machine.run(machine.coach("coverage"))
        pairs = [(quit_while_starting(), quit_at_rest(machine)) for _ in range(PAIRS)]
    rivals = Rivals(tuple(starting for starting, _ in pairs), tuple(resting for _, resting in pairs))
    return [
        Row(
            "Quitting while the encoder starts, from the key to the end of the process",
            f"{rivals.ratio:.2f} x",
            "quitting where all is read and no encoder runs",
            f"{duration(median(rivals.ours))}, at most {duration(max(rivals.ours))}, "
            f"against {duration(median(rivals.theirs))}, {PAIRS} pairs in a terminal; no process was left behind",
        )
    ]


def quit_while_starting() -> float:
    with new_machine() as machine:
        return quit_after(machine, "the reader is starting")


def quit_at_rest(machine: Machine) -> float:
    """Home counts its gaps only once stories are read."""
    return quit_after(machine, "10 stories")


def quit_after(machine: Machine, shown: str) -> float:
    """Seconds. Raises AssertionError where the program fails or a process of it outlives it."""
    with Terminal(machine.coach(), env=machine.env, cwd=PROJECT) as terminal:
        terminal.wait_for(shown)
        time = seconds(lambda: _quit(terminal))
        assert not _is_alive(terminal.process.pid), "a process was left behind"
        return time


def _quit(terminal: Terminal) -> None:
    terminal.press("ctrl+q")
    status = terminal.wait_for_end()
    assert status == 0, f"ended with {status}"


def _is_alive(group: int) -> bool:
    """The terminal runs the program as the leader of a process group of its own."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
