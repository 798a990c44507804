"""The commands, run in this process over a bank of their own, with an encoder that reads in no time."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coach.cli import main
from coach.paths import packaged
from tests.fakes import WordEncoder


@dataclass(frozen=True)
class Coach:
    """`coach --bank FOLDER …`; an exception that is no answer to the user fails the test."""

    folder: Path

    def __call__(self, *arguments: str, typed: str | bytes | None = None) -> Result:
        return CliRunner().invoke(
            main, ["--bank", str(self.folder), *arguments], input=typed, prog_name="coach", catch_exceptions=False
        )

    @property
    def stories(self) -> Path:
        return self.folder / "stories"

    def write(self, name: str, text: str) -> Path:
        """A story's file as another program might leave it."""
        self.stories.mkdir(parents=True, exist_ok=True)
        path = self.stories / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> WordEncoder:
    """The encoder of every command in the test."""
    words = WordEncoder()
    monkeypatch.setattr("coach.cli.context.start_encoder", lambda: words)
    return words


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies for the editor go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    """Over an empty bank, which has no folder yet."""
    return Coach(tmp_path / "bank")


@pytest.fixture
def sample(coach: Coach) -> Coach:
    """Over the ten sample stories."""
    shutil.copytree(packaged("stories"), coach.stories)
    return coach
