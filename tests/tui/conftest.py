"""The app over a bank of its own, with an encoder that reads in no time."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from coach import paths
from coach.bank.bank import Bank, open_bank
from coach.bank.drafts import open_drafts
from coach.bank.samples import copy_samples
from coach.paths import packaged
from coach.principles.sets import find_set
from coach.tui.app import CoachApp
from coach.tui.encoder import AppEncoder
from coach.tui.workspace import Workspace
from tests.fakes import WordEncoder

MakeApp = Callable[..., CoachApp]


@pytest.fixture(autouse=True)
def eager_tasks() -> None:
    """As `App.run` has them on Python 3.12 and newer, which `run_test` alone doesn't."""
    factory = getattr(asyncio, "eager_task_factory", None)
    if factory is not None:
        asyncio.get_event_loop_policy().new_event_loop().set_task_factory(factory)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """An empty bank."""
    return open_bank(tmp_path / "bank")


@pytest.fixture
def sample_bank(bank: Bank) -> Bank:
    """The ten sample stories."""
    copy_samples(packaged("stories"), bank)
    return bank


@pytest.fixture
def make_app() -> MakeApp:
    def make(bank: Bank, encoder: AppEncoder | None = None) -> CoachApp:
        principle_set = find_set("amazon-14", bank_folder=None)
        workspace = Workspace(bank, open_drafts(bank), encoder or WordEncoder(), principle_set, paths.config_file())
        return CoachApp(workspace)

    return make
