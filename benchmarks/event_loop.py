"""The longest time the app answers nobody while the real encoder starts and reads.

Runs in a process of its own (`python -m benchmarks.event_loop` prints JSON): nothing else shares its interpreter.
"""

import asyncio
import json
import sys
from array import array
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from time import perf_counter, process_time, thread_time

from benchmarks.machine import Machine, new_machine
from benchmarks.rivals import duration, share
from benchmarks.table import Row
from coach import paths
from coach.bank.drafts import open_drafts
from coach.matching.encoder import EncoderProcess
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.sets import find_set
from coach.tui.app import CoachApp
from coach.tui.workspace import Workspace
from tests.waiting import until

TICK = 0.002
IDLE = 8.0
"""Seconds of rest that are measured after all is read, about as long as the encoder's start."""
PROMISED = 0.050
RUNS = 3
PHASES = {
    "app": "the app's own start, up to its first picture",
    "starting": "while the encoder starts",
    "reading": "while the set and the stories are read",
    "idle": "at rest afterwards",
}


@dataclass
class Ticks:
    """When the loop came round, and the processor time its thread and its whole process had used by then."""

    at: "array[float]" = field(default_factory=lambda: array("d"))
    own: "array[float]" = field(default_factory=lambda: array("d"))
    all: "array[float]" = field(default_factory=lambda: array("d"))

    async def watch(self) -> None:
        """Arrays of plain numbers: nothing for the garbage collector to walk through."""
        while True:
            self.at.append(perf_counter())
            self.own.append(thread_time())
            self.all.append(process_time())
            await asyncio.sleep(TICK)

    def gaps(self, begin: float, end: float) -> Iterator["Gap"]:
        """Between ticks, from the first to the last that touches this stretch of time."""
        for i in range(1, len(self.at)):
            if self.at[i] > begin and self.at[i - 1] < end:
                own = self.own[i] - self.own[i - 1]
                others = self.all[i] - self.all[i - 1] - own
                yield Gap(self.at[i] - self.at[i - 1], own, max(0.0, others))


@dataclass(frozen=True, order=True)
class Gap:
    """Seconds: how long, of which in the loop's own thread and in other threads of the app; the rest elsewhere."""

    length: float
    own: float
    others: float


@dataclass(frozen=True)
class Phase:
    """Seconds it took, its longest gap, and the one that 99.9 % of all gaps do not exceed."""

    seconds: float
    longest: Gap
    almost_all: float


def measure() -> list[Row]:
    runs = []
    for _ in range(RUNS):
        with new_machine() as machine:
            runs.append(json.loads(machine.run([sys.executable, "-m", "benchmarks.event_loop"])))
    return [_row(name, [run[name] for run in runs]) for name in PHASES]


def _row(name: str, runs: list[dict[str, float]]) -> Row:
    worst = max(runs, key=lambda run: run["longest"])
    promised = name in ("starting", "reading")
    return Row(
        f"Longest gap in the app's event loop {PHASES[name]}",
        f"{worst['longest'] * 1000:.0f} ms",
        f"a tick every {TICK * 1000:.0f} ms, worst of {RUNS} runs",
        f"99.9 % are below {max(run['almost_all'] for run in runs) * 1000:.0f} ms; lasted {duration(worst['seconds'])}; "
        f"of the longest gap {worst['own'] * 1000:.0f} ms in the loop's own code, "
        f"{worst['others'] * 1000:.0f} ms in other threads of the app",
        f"at most {PROMISED * 1000:.0f} ms" if promised else "",
        worst["longest"] <= PROMISED if promised else None,
    )


async def phases_of_a_run(machine: Machine) -> dict[str, Phase]:
    ticks, marks = Ticks(), {"begin": perf_counter()}
    watching = asyncio.create_task(ticks.watch())
    app = _app(machine, marks)
    async with app.run_test(size=(120, 40)) as pilot:
        marks["painted"] = perf_counter()
        await until(pilot, lambda: "ready" in marks, "the encoder is ready")
        await until(pilot, lambda: not app.workspace.unread(), "all stories are read")
        marks["read"] = perf_counter()
        await asyncio.sleep(IDLE)
        marks["end"] = perf_counter()
    watching.cancel()
    names = ["begin", "painted", "ready", "read", "end"]
    return {phase: _phase(ticks, marks[names[i]], marks[names[i + 1]]) for i, phase in enumerate(PHASES)}


def _app(machine: Machine, marks: dict[str, float]) -> CoachApp:
    bank, process = machine.bank(), EncoderProcess()
    encoder = CachedEncoder(process, VectorCache(machine.cache))
    app = CoachApp(
        Workspace(bank, open_drafts(bank), encoder, find_set("amazon-14", bank_folder=None), paths.config_file())
    )
    tell = encoder.on_state

    def note(state: str) -> None:
        marks[state] = perf_counter()
        if tell:
            tell(state)

    encoder.on_state = note
    return app


def _phase(ticks: Ticks, begin: float, end: float) -> Phase:
    gaps = list(ticks.gaps(begin, end))
    return Phase(end - begin, max(gaps), share([gap.length for gap in gaps], 0.999))


def main() -> None:
    with new_machine() as machine, machine.as_own():
        phases = asyncio.run(phases_of_a_run(machine))
    print(json.dumps({name: _flat(phase) for name, phase in phases.items()}))


def _flat(phase: Phase) -> dict[str, float]:
    gap = asdict(phase.longest)
    return {"seconds": phase.seconds, "almost_all": phase.almost_all, "longest": gap.pop("length"), **gap}


if __name__ == "__main__":
    main()
