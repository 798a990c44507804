"""Waiting for something to be so, never for a time to pass."""

from collections.abc import Callable

from textual.pilot import Pilot

ROUNDS = 400


async def until(pilot: Pilot[None], fulfilled: Callable[[], bool], what: str) -> None:
    """Let the app go on until it is so; fails by naming what never happened."""
    for _ in range(ROUNDS):
        if fulfilled():
            return
        await pilot.pause(0.025)
    raise AssertionError(f"never happened: {what}")
