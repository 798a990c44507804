"""Leaving never waits for the encoder, whatever that is doing."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.bank.bank import Bank
from coach.bank.story import Story
from tests.end_to_end.conftest import OpenCoach
from tests.terminal import HAS_PROC, Terminal

pytestmark = [pytest.mark.terminal, pytest.mark.encoder]

PROMISED = 1.0
SLACK = 2.0
"""Seconds; the promise is for a machine that has nothing else to do."""

A_FEW_SECONDS = 5.0

Moment = Callable[[Terminal], None]


def as_soon_as_it_starts(terminal: Terminal) -> None:
    terminal.wait_for("the reader is starting")


def with_the_library_half_loaded(terminal: Terminal) -> None:
    """torch takes seconds to import, and its files are mapped early on."""
    if not HAS_PROC:
        pytest.skip("nobody tells here what a process has loaded")
    terminal.wait_until(lambda: any(map(has_torch, terminal.session)), "torch is being loaded")


def as_soon_as_it_reads(terminal: Terminal) -> None:
    terminal.wait_for("the reader is starting")
    terminal.wait_for(lambda text: "the reader is starting" not in text, "the reader has started")


def has_torch(pid: int) -> bool:
    try:
        return "torch" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


@pytest.mark.parametrize(
    "moment", [as_soon_as_it_starts, with_the_library_half_loaded, as_soon_as_it_reads], ids=lambda m: m.__name__
)
def test_quitting_ends_at_once(open_coach: OpenCoach, bank: Bank, moment: Moment) -> None:
    bank.save(Story("abc", title="The late parcels", action="I rang the depot."), loaded=None)
    with open_coach() as terminal:
        moment(terminal)
        pressed = time.monotonic()
        terminal.press("ctrl+q")
        status = terminal.wait_for_end()
        taken = time.monotonic() - pressed
        print(f"{moment.__name__}: {taken:.3f} s")
        assert status == 0, terminal.text
        assert taken < PROMISED + SLACK
        terminal.wait_until(lambda: not terminal.session, "no process of the session is left", A_FEW_SECONDS)


def test_quitting_right_after_typing_saves_every_key(open_coach: OpenCoach, bank: Bank, without_weights: None) -> None:
    typed = "The late parcels and the depot that nobody had rung"
    with open_coach() as terminal:
        terminal.wait_for("Your bank is empty")
        terminal.press("n")
        terminal.wait_for("Headline")
        terminal.press(typed, "ctrl+q")
        assert terminal.wait_for_end() == 0, terminal.text
    assert [stored.story.title for stored in bank.stories().stories] == [typed]


@pytest.mark.skipif(not HAS_PROC, reason="nobody tells here which processes are left")
@pytest.mark.parametrize("moment", [as_soon_as_it_starts, as_soon_as_it_reads], ids=lambda m: m.__name__)
def test_a_killed_app_takes_its_encoder_with_it(open_coach: OpenCoach, bank: Bank, moment: Moment) -> None:
    bank.save(Story("abc", title="The late parcels", action="I rang the depot."), loaded=None)
    with open_coach() as terminal:
        moment(terminal)
        assert len(terminal.session) == 2
        terminal.kill()
        terminal.wait_until(lambda: not terminal.session, "no process of the session is left")
