"""How the places look, in the smallest terminal we promise and in a roomy one."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from coach.bank.bank import Bank
from tests.tui.conftest import MakeApp
from tests.waiting import until

SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]


async def _all_read(pilot: Pilot[None]) -> None:
    app: Any = pilot.app
    await until(pilot, lambda: not app.workspace.unread() and not app.background.busy, "all stories are read")


async def _to(pilot: Pilot[None], *keys: str) -> None:
    await _all_read(pilot)
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


def test_an_empty_bank_says_how_to_begin(bank: Bank, make_app: MakeApp, snap_compare: Compare) -> None:
    """One sentence, and two keys: n and s."""
    assert snap_compare(make_app(bank), terminal_size=(80, 24))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_home_shows_the_next_step(
    sample_bank: Bank, make_app: MakeApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """What to do next, and nothing that is fine."""
    assert snap_compare(make_app(sample_bank), terminal_size=size, run_before=_all_read)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_stories_are_listed(sample_bank: Bank, make_app: MakeApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    """Titles, months, words, and codes of what each shows; the legend below."""
    assert snap_compare(make_app(sample_bank), terminal_size=size, run_before=lambda pilot: _to(pilot, "f3"))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_evidence_is_marked_in_the_text(
    sample_bank: Bank, make_app: MakeApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """The second principle is selected at the right, its words are marked at the left and quoted below the list."""

    async def select(pilot: Pilot[None]) -> None:
        await _to(pilot, "f3", "enter", "f7", "down")

    assert snap_compare(make_app(sample_bank), terminal_size=size, run_before=select)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_gaps_come_first(sample_bank: Bank, make_app: MakeApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    """Principles, gaps on top, and a question that would draw out the missing story."""
    assert snap_compare(make_app(sample_bank), terminal_size=size, run_before=lambda pilot: _to(pilot, "f4"))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_matrix_fits(sample_bank: Bank, make_app: MakeApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    """All fourteen columns, readable by shape alone."""
    assert snap_compare(
        make_app(sample_bank), terminal_size=size, run_before=lambda pilot: _to(pilot, "f4", "v", "right")
    )


def test_the_light_theme_is_readable(sample_bank: Bank, make_app: MakeApp, snap_compare: Compare) -> None:
    """The matrix in light colours."""
    app = make_app(sample_bank)
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda pilot: _to(pilot, "f10", "f4", "v"))
