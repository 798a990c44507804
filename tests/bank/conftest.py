"""A bank in a temporary folder, with a clock that ticks a second each time it is looked at."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from coach.bank.bank import Bank, open_bank
from coach.bank.drafts import Drafts, open_drafts
from coach.bank.story import Story


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 23, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "my bank é"


@pytest.fixture
def bank(folder: Path, clock: Clock) -> Bank:
    return open_bank(folder, now=clock, random=Random(7))


@pytest.fixture
def open_again(folder: Path, clock: Clock) -> Callable[[], tuple[Bank, Drafts]]:
    """What another process would open: the same bank, with its own drafts."""

    def open_both() -> tuple[Bank, Drafts]:
        again = open_bank(folder, now=clock)
        return again, open_drafts(again, now=clock)

    return open_both


@pytest.fixture
def story() -> Story:
    return Story(
        "a1b2c3",
        title="The night the scale failed",
        when="2024-03",
        tags=("audit", "pressure"),
        situation="The weighbridge read 40 kg too much.\n\nNobody had noticed.\n",
        action='I wrote "stop" on the board.',
        metrics=({"name": "error", "actual": "0 kg"},),
    )
