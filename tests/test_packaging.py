"""What people install: the wheel is built, opened, installed without a network, and started far from the clone."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)])
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Everything in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the wheel was installed into, without its dependencies."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
    _run([*pip, "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(target), str(wheel)])
    return target


def _run(command: list[str], cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def _below(folder: str, pattern: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern)}


def test_every_module_and_every_stylesheet_is_in_the_wheel(names: set[str]) -> None:
    wanted = _below("coach", "*.py") | _below("coach", "*.tcss")
    assert len(_below("coach", "*.tcss")) >= 5
    assert wanted <= names


def test_every_data_file_is_in_the_wheel(names: set[str]) -> None:
    wanted = {name for name in _below("coach/data", "*") if (ROOT / name).is_file()}
    assert wanted >= {
        "coach/data/sets/amazon-16.toml",
        "coach/data/sets/tpm.toml",
        "coach/data/neutral.toml",
        "coach/data/fitted.npz",
    }
    assert wanted <= names


def test_the_principles_and_the_ten_sample_stories_are_in_the_wheel_unchanged(wheel: Path) -> None:
    stories = sorted((ROOT / "stories").glob("*.toml"))
    assert len(stories) == 10
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("coach/data/principles.toml") == (ROOT / "principles.toml").read_bytes()
        for story in stories:
            assert archive.read(f"coach/data/stories/{story.name}") == story.read_bytes()


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"coach"}
    kinds = {Path(name).suffix for name in names if name.startswith("coach/")}
    assert kinds == {".py", ".tcss", ".toml", ".npz"}


def test_the_wheel_names_the_program_its_version_and_its_license(wheel: Path, names: set[str]) -> None:
    (info,) = {name.partition("/")[0] for name in names if ".dist-info/" in name}
    with zipfile.ZipFile(wheel) as archive:
        assert "coach = coach.cli:main" in archive.read(f"{info}/entry_points.txt").decode()
        metadata = archive.read(f"{info}/METADATA").decode()
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"\nRequires-Python: {declared['requires-python']}\n" in metadata
    assert f"{info}/licenses/LICENSE" in names


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("principles",), "The 14 leadership principles\n"),
        (("--set", "tpm", "principles"), "\n"),
        (("list",), "No stories yet."),
        (("coverage", "--json"), '"state": "gap"'),
        (("doctor", "--paths"), "bank: "),
    ],
)
def test_the_installed_program_runs_where_there_is_no_clone(
    installed: Path, tmp_path: Path, arguments: tuple[str, ...], wanted: str
) -> None:
    """`-P` keeps the folder it is started in out of the search; the clone is nowhere on the path."""
    env = {**os.environ, "PYTHONPATH": str(installed), "COACH_HOME": str(tmp_path / "home")}
    program = "import coach, runpy, sys; assert coach.__file__.startswith(sys.argv.pop(1)), coach.__file__; "
    program += "runpy.run_module('coach', run_name='__main__', alter_sys=True)"
    assert wanted in _run([sys.executable, "-P", "-c", program, str(installed), *arguments], tmp_path, env)
    assert "coach" in _run([sys.executable, "-P", "-m", "coach", "--version"], tmp_path, env)


def test_the_installed_program_finds_its_sample_stories(installed: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(installed), "COACH_HOME": str(tmp_path / "home")}
    program = "from coach.paths import packaged; print(len(list(packaged('stories').glob('*.toml'))))"
    assert _run([sys.executable, "-P", "-c", program], tmp_path, env) == "10\n"
