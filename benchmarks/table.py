"""Results as one markdown table."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("Measured", "Result", "Promised", "Kept", "Against", "In absolute terms")

PREFACE = """\
# What is timed, against what

Ratios hold on other machines, absolute times only say what they were on this one: {machine}. Each pair of rivals ran
in turn (A B A B …), so that whatever else the machine did met both. `make bench` writes this file.
"""


@dataclass(frozen=True)
class Row:
    """One result. `kept` is None where nothing is promised."""

    measured: str
    result: str
    against: str
    absolute: str
    promised: str = ""
    kept: bool | None = None


def as_markdown(rows: Sequence[Row]) -> str:
    """The whole document."""
    lines = [_line(HEADINGS), _line(["---"] * len(HEADINGS)), *(_line(_cells(row)) for row in rows)]
    return "\n".join([PREFACE.format(machine=this_machine()), *lines, ""])


def this_machine() -> str:
    """Cores this process may use and memory, nothing else."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cores} cores, {memory:.0f} GB of memory"


def _cells(row: Row) -> list[str]:
    kept = {True: "yes", False: "**no**", None: ""}[row.kept]
    return [row.measured, row.result, row.promised, kept, row.against, row.absolute]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
