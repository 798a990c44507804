"""The longest time the app answers nobody while the real encoder starts and reads.

Runs in a process of its own (`python -m benchmarks.event_loop STORIES PLACE` prints JSON): nothing else shares its
interpreter.
"""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from random import Random
from time import perf_counter
from typing import cast

from benchmarks.machine import Machine, new_machine
from benchmarks.rivals import duration
from benchmarks.table import Row
from benchmarks.texts import Texts
from benchmarks.ticks import Phase, Ticks, phase_between
from coach import paths
from coach.bank.drafts import open_drafts
from coach.bank.story import SectionName, Story
from coach.matching.encoder import EncoderProcess
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.sets import find_set
from coach.tui.app import CoachApp
from coach.tui.workspace import Workspace

IDLE = 8.0
"""Seconds of rest that are measured after all is read, about as long as the encoder's start."""
PATIENCE = 300.0
"""Seconds for everything to be read, also where the machine is busy."""
PROMISED = 0.050
PHASES = {
    "app": "the app starts, up to its first picture",
    "starting": "the encoder starts",
    "reading": "the set and the stories are read",
    "idle": "nothing happens",
}


@dataclass(frozen=True)
class Case:
    """A bank of so many stories, seen at one place of the app, so often, and which phases are told of it."""

    stories: int
    place: str
    runs: int
    phases: tuple[str, ...]


CASES = (
    Case(10, "home", 3, ("app", "starting", "reading")),
    Case(100, "stories", 1, ("reading",)),
    Case(100, "coverage", 1, ("reading",)),
)

Figures = dict[str, dict[str, float]]


def measure() -> list[Row]:
    return [row for case in CASES for row in _rows(case, [_run(case) for _ in range(case.runs)])]


def _run(case: Case) -> Figures:
    with new_machine() as machine:
        command = [sys.executable, "-m", "benchmarks.event_loop", str(case.stories), case.place]
        figures: Figures = json.loads(machine.run(command))
        return figures


def _rows(case: Case, runs: list[Figures]) -> list[Row]:
    at_rest = max(run["idle"]["longest"] for run in runs)
    return [_row(case, phase, [run[phase] for run in runs], at_rest) for phase in case.phases]


def _row(case: Case, phase: str, runs: list[dict[str, float]], at_rest: float) -> Row:
    worst = max(runs, key=lambda run: run["longest"])
    promised = phase != "app"
    return Row(
        f"The app's longest silence while {PHASES[phase]}: {case.stories} stories, {case.place.capitalize()} is shown",
        _milliseconds(worst["longest"]),
        f"the same app at rest: {_milliseconds(at_rest)}",
        f"{_milliseconds(worst['own'])} of it in the app's own loop, {_milliseconds(worst['others'])} in its threads, "
        f"the rest it waited for a core; 99.9 % are below {_milliseconds(max(run['almost_all'] for run in runs))}; "
        f"worst of {case.runs} run{'s' * (case.runs > 1)} of {duration(worst['seconds'])}",
        f"at most {_milliseconds(PROMISED)}" if promised else "",
        worst["longest"] <= PROMISED if promised else None,
    )


def _milliseconds(time: float) -> str:
    return f"{time * 1000:.0f} ms"


def fill(machine: Machine, stories: int) -> None:
    """Up to so many stories, each of sentences of its own."""
    bank, random = machine.bank(), Random(1)
    missing = stories - len(bank.stories().stories)
    for number, parts in enumerate(Texts(machine).fresh(missing)):
        story = Story(bank.new_id(random), title=f"Story {number}").with_sections(cast("dict[SectionName, str]", parts))
        bank.save(story, loaded=None)


async def phases_of_a_run(machine: Machine, place: str) -> dict[str, Phase]:
    ticks, marks = Ticks(), [perf_counter()]
    watching = asyncio.create_task(ticks.watch())
    is_ready = asyncio.Event()
    app = _app(machine, is_ready)
    async with asyncio.timeout(PATIENCE), app.run_test(size=(120, 40)) as pilot:
        await app.action_go(place)
        await pilot.pause()
        marks.append(perf_counter())
        await is_ready.wait()
        marks.append(perf_counter())
        while app.workspace.unread():
            await asyncio.sleep(0.05)
        marks.append(perf_counter())
        await asyncio.sleep(IDLE)
        marks.append(perf_counter())
    watching.cancel()
    return {phase: phase_between(ticks, marks[i], marks[i + 1]) for i, phase in enumerate(PHASES)}


def _app(machine: Machine, is_ready: asyncio.Event) -> CoachApp:
    bank, loop = machine.bank(), asyncio.get_running_loop()
    encoder = CachedEncoder(EncoderProcess(), VectorCache(machine.cache))
    principle_set = find_set("amazon-14", bank_folder=None)
    app = CoachApp(Workspace(bank, open_drafts(bank), encoder, principle_set, paths.config_file()))
    tell = encoder.on_state

    def note(state: str) -> None:
        """Called from the encoder's thread."""
        if state == "ready":
            loop.call_soon_threadsafe(is_ready.set)
        if tell:
            tell(state)

    encoder.on_state = note
    return app


def main(stories: int, place: str) -> None:
    with new_machine() as machine, machine.as_own():
        fill(machine, stories)
        phases = asyncio.run(phases_of_a_run(machine, place))
    print(json.dumps({name: _flat(phase) for name, phase in phases.items()}))


def _flat(phase: Phase) -> dict[str, float]:
    gap = asdict(phase.longest)
    return {"seconds": phase.seconds, "almost_all": phase.almost_all, "longest": gap.pop("length"), **gap}


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
