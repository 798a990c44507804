"""`coach coverage --json` where every vector is known, against importing what it needs at least."""

import sys

from benchmarks.machine import new_machine
from benchmarks.rivals import run_in_turn
from benchmarks.table import Row

PROMISED = 3.0
PAIRS = 15


def measure() -> list[Row]:
    with new_machine() as machine:
        ours = machine.coach("coverage", "--json")
        theirs = [sys.executable, "-c", "import numpy, click"]
        rivals = run_in_turn(lambda: machine.run(ours), lambda: machine.run(theirs), PAIRS)
    return [
        Row(
            "`coach coverage --json`, ten stories, vectors known",
            f"{rivals.ratio:.2f} x",
            "`python -c 'import numpy, click'`",
            rivals.absolute,
            f"at most {PROMISED:.0f} x",
            rivals.ratio <= PROMISED,
        )
    ]
