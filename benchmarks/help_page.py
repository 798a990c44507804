"""`coach --help` against importing the library that prints it."""

import sys

from benchmarks.machine import new_machine
from benchmarks.rivals import run_in_turn
from benchmarks.table import Row

PAIRS = 15


def measure() -> list[Row]:
    with new_machine() as machine:
        ours = [sys.executable, "-m", "coach", "--help"]
        theirs = [sys.executable, "-c", "import click"]
        rivals = run_in_turn(lambda: machine.run(ours), lambda: machine.run(theirs), PAIRS)
    return [Row("`coach --help`", f"{rivals.ratio:.2f} x", "`python -c 'import click'`", rivals.absolute)]
