"""A machine of its own for each measurement: no bank, settings or cache of the person who runs it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from coach.bank.bank import Bank, open_bank
from coach.bank.samples import copy_samples
from coach.paths import packaged

PROJECT = Path(__file__).parent.parent
"""Where commands are run: an installed program and a bare clone then behave alike."""

PERSONAL = ("COACH_BANK", "NO_COLOR", "VISUAL", "EDITOR", "TEXTUAL_THEME", "COLORTERM")


@dataclass(frozen=True)
class Machine:
    """`folder` holds settings, drafts and vectors, all empty at first, and the sample bank."""

    folder: Path

    @property
    def bank_folder(self) -> Path:
        return self.folder / "samples"

    @property
    def cache(self) -> Path:
        return self.folder / "cache" / "vectors.sqlite"

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in PERSONAL}
        return {**kept, "COACH_HOME": str(self.folder), "TERM": "xterm-256color"}

    def bank(self) -> Bank:
        return open_bank(self.bank_folder)

    def coach(self, *arguments: str) -> list[str]:
        """The command line on the sample bank."""
        return [sys.executable, "-m", "coach", "--bank", str(self.bank_folder), *arguments]

    def as_own(self) -> AbstractContextManager[object]:
        """Within it this very process looks for settings, drafts and vectors there."""
        return patch.dict(os.environ, {"COACH_HOME": str(self.folder)})

    def run(self, command: Sequence[str]) -> str:
        """Its output. Raises CalledProcessError."""
        return subprocess.run(command, env=self.env, cwd=PROJECT, check=True, capture_output=True, text=True).stdout


@contextmanager
def new_machine() -> Iterator[Machine]:
    with TemporaryDirectory(prefix="coach-bench-") as folder:
        machine = Machine(Path(folder))
        copy_samples(packaged("stories"), machine.bank())
        yield machine
