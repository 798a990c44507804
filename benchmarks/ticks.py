"""How long an event loop answers nobody."""

import asyncio
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter, process_time, thread_time

from benchmarks.rivals import share

TICK = 0.002
"""Seconds between two ticks of a loop that has nothing else to do."""


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


def phase_between(ticks: Ticks, begin: float, end: float) -> Phase:
    gaps = list(ticks.gaps(begin, end))
    return Phase(end - begin, max(gaps), share([gap.length for gap in gaps], 0.999))
