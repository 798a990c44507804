"""The project's own papers keep up with the program."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

import coach
from coach.cli import main
from coach.tui.app import CoachApp
from coach.tui.screens.coverage import CoverageScreen
from coach.tui.screens.editor import EditorScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.stories import StoriesScreen

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SKIPPED = {".git", ".venv", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__", "dist"}
SUFFIXES = {".py", ".md", ".toml", ".jsonl", ".tcss", ".cfg", ".yml", ".txt", ""}

# Put together here, or this file would be the one that names them.
MACHINE_PATHS = re.compile("|".join("/" + name for name in ("work/", "root/", "tmp/lab", "home/[a-z]")))


def _function_keys() -> set[str]:
    places = (CoachApp, HomeScreen, StoriesScreen, EditorScreen, CoverageScreen)
    ours = (kind for place in places for kind in place.__mro__ if kind.__module__.startswith("coach."))
    keys = {key for kind in ours for binding in vars(kind).get("BINDINGS", ()) for key in binding.key.split(",")}
    return {key.upper() for key in keys if re.fullmatch(r"f\d+", key)}


def _texts() -> Iterator[Path]:
    for folder, below, files in os.walk(ROOT):
        below[:] = [name for name in below if name not in SKIPPED and not name.startswith(".import")]
        yield from (Path(folder, name) for name in files if Path(name).suffix in SUFFIXES)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_readme_names_every_command(command: str) -> None:
    assert re.search(rf"`(?:coach )?{command}\b|\bcoach (?:--\S+ \S+ )?{command}\b", README)


@pytest.mark.parametrize("key", sorted(_function_keys()))
def test_the_readme_names_every_function_key(key: str) -> None:
    assert re.search(rf"\b{key}\b", README)


def test_the_function_keys_are_found_in_all_places() -> None:
    assert _function_keys() >= {"F1", "F2", "F3", "F4", "F6", "F9", "F10"}


def test_the_changelog_s_newest_version_is_the_package_s() -> None:
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == coach.__version__


def test_the_check_before_a_change_lands_can_be_run() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR


def test_every_target_of_the_makefile_that_is_described_is_there() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    described = re.findall(r"^# make (\w+)", text, re.MULTILINE)
    assert {"run", "test"} <= set(described)
    assert set(described) <= set(re.findall(r"^(\w+):", text, re.MULTILINE))


def test_no_text_names_a_path_of_one_machine() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in _texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    }
    assert found == set()
