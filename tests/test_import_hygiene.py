"""What a command costs before it does anything: heavy libraries are imported where they are used and nowhere else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach import paths
from coach.bank.bank import open_bank
from coach.coverage.survey import survey
from coach.matching.encoder import EncoderProcess
from coach.matching.reader import Reader
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.sets import find_set
from tests.fakes import WordEncoder

LEARNING = {"torch", "transformers", "sentence_transformers"}

RUN = """
import atexit, sys
atexit.register(lambda: print("\\n".join(["", "MODULES", *sys.modules])))
sys.argv = ["coach", *sys.argv[1:]]
"""
COMMAND = f"{RUN}from coach.cli import main\nmain()"


class Modules(set[str]):
    """The names of all modules a process had imported when it ended."""

    @property
    def ours(self) -> set[str]:
        return {name for name in self if name.partition(".")[0] == "coach"}


def modules_after(program: str, *arguments: str) -> Modules:
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return Modules(done.stdout.partition("\nMODULES\n")[2].splitlines())


@pytest.fixture
def sample_folder(tmp_path: Path) -> Path:
    shutil.copytree(paths.packaged("stories"), tmp_path / "stories")
    return tmp_path


@pytest.fixture
def cached_folder(sample_folder: Path) -> Path:
    """The sample bank with all its vectors in the cache, under the real encoder's name."""
    words = WordEncoder()
    words.name = EncoderProcess.name
    encoder = CachedEncoder(words, VectorCache(paths.cache_folder() / "vectors.sqlite"))
    survey(open_bank(sample_folder).stories(), Reader(find_set(None, bank_folder=None), encoder))
    return sample_folder


def test_the_measure_sees_an_import_where_there_is_one() -> None:
    assert modules_after(f"{RUN}import numpy") >= {"numpy", "numpy.linalg"}


def test_help_imports_neither_numpy_nor_textual() -> None:
    imported = modules_after(COMMAND, "--help")
    assert "coach.cli.main" in imported
    assert not imported & {"numpy", "textual", "tomllib", "sqlite3", *LEARNING}


def test_the_commands_alone_are_few_modules() -> None:
    """The package, its errors and paths, and one module a command: 12 when this was written."""
    assert len(modules_after(f"{RUN}import coach.cli").ours) < 15


@pytest.mark.parametrize(
    "arguments", [("list",), ("list", "--json"), ("show", "turned-digits"), ("principles",), ("questions",)]
)
def test_commands_that_match_nothing_import_neither_numpy_nor_textual(
    sample_folder: Path, arguments: tuple[str, ...]
) -> None:
    imported = modules_after(COMMAND, "--bank", str(sample_folder), *arguments)
    assert imported.ours >= {"coach.cli.main", "coach.bank.visible"}
    assert not imported & {"numpy", "textual", *LEARNING}


@pytest.mark.parametrize("command", [("coverage",), ("export",), ("show", "turned-digits", "--matches")])
def test_with_cached_vectors_no_learning_library_and_no_child_is_needed(
    cached_folder: Path, command: tuple[str, ...]
) -> None:
    imported = modules_after(COMMAND, "--bank", str(cached_folder), *command)
    assert "numpy" in imported
    assert not imported & {"textual", "coach.matching.encoder_child", *LEARNING}


def test_the_app_imports_no_learning_library() -> None:
    imported = modules_after(f"{RUN}import coach.tui.app, coach.tui.start")
    assert "textual" in imported
    assert not imported & LEARNING
