"""The group of commands: help, errors, interruptions, broken pipes."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from coach import __version__
from coach.cli import main
from tests.cli.conftest import Coach
from tests.cli.saying import refusal

COMMANDS = sorted(main.commands)

READING = {
    "list": ("list",),
    "list --json": ("list", "--json"),
    "show": ("show", "turned-digits"),
    "show --matches": ("show", "turned-digits", "--matches"),
    "coverage": ("coverage",),
    "coverage --json": ("coverage", "--json"),
    "export": ("export",),
    "principles": ("principles",),
    "questions": ("questions",),
    "ask": ("ask", "When did you fail?"),
    "doctor": ("doctor",),
    "doctor --paths": ("doctor", "--paths"),
    "no command": (),
}
reading_commands = pytest.mark.parametrize("arguments", READING.values(), ids=READING.keys())


# --- help


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(main, [*command.split(), "--help"], prog_name="coach")
    assert (result.exit_code, result.stderr) == (0, "")
    example = result.stdout.partition("Example:\n")[2]
    assert example.lstrip().startswith(("coach", "echo")), result.stdout


def test_every_option_says_what_it_does() -> None:
    options = [o for c in (main, *main.commands.values()) for o in c.params if isinstance(o, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_version_is_the_package_s() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"coach, version {__version__}\n"


@pytest.mark.parametrize("arguments", [("nonsense",), ("list", "--nonsense"), ("show",)])
def test_wrong_use_ends_with_2_and_a_way_to_the_help(coach: Coach, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, arguments, prog_name="coach")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--help" in result.stderr


# --- which bank, which set


@pytest.mark.parametrize("arguments", [("list",), ("coverage",), ("new", "A title"), ("show", "any"), ("export",)])
def test_a_bank_that_is_a_file_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    assert refusal(Coach(file)(*arguments)) == f"{file} is a file. A bank is a folder: the one that holds stories/."
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_folder_of_stories_is_not_taken_for_the_bank(sample: Coach) -> None:
    said = refusal(Coach(sample.stories)("list"))
    assert said == f"{sample.stories} is the folder of stories in a bank. Name the bank itself: {sample.folder}"


def test_a_bank_may_be_called_stories(tmp_path: Path) -> None:
    coach = Coach(tmp_path / "stories")
    assert coach("new", "A title").exit_code == 0
    assert coach("list").stdout.startswith("a-title ")


def test_a_home_nobody_has_is_refused_in_words() -> None:
    assert "Name the bank's folder without ~." in refusal(Coach(Path("~nobody-here"))("list"))


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = f"import os; from coach.cli import main; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); main(['list'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("coach: The folder you are in no longer exists.")


def test_the_bank_is_the_nearest_folder_upwards_with_stories(sample: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    below = sample.folder / "notes" / "deep"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert len(CliRunner().invoke(main, ["list"]).stdout.splitlines()) == 10


@pytest.mark.parametrize("arguments", [("principles",), ("questions",), ("coverage",), ("ask", "Why?")])
def test_an_unknown_set_is_refused_with_those_that_ship(coach: Coach, arguments: tuple[str, ...]) -> None:
    said = refusal(coach("--set", "amazon-41", *arguments))
    assert "amazon-41" in said
    assert "amazon-14, amazon-16, tpm" in said


def test_a_set_in_a_file_that_is_missing_is_refused(coach: Coach) -> None:
    assert "nothing.toml" in refusal(coach("--set", "./nothing.toml", "principles"))


def test_broken_settings_are_said_and_never_replaced(coach: Coach, own_machine: Path) -> None:
    file = own_machine / "config" / "settings.toml"
    file.parent.mkdir()
    file.write_text("theme = ", encoding="utf-8")
    assert refusal(coach("principles")).startswith(f"The settings in {file} can't be read")
    assert file.read_text(encoding="utf-8") == "theme = "


# --- the bank is only read


def contents(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Every file and folder with the time it was changed and what it holds."""
    every = (folder, *folder.rglob("*"))
    return {path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in every}


@pytest.fixture
def locked(sample: Coach) -> Iterator[Coach]:
    """Over a bank in which nothing may be written."""
    folders = (sample.stories, sample.folder)
    for folder in folders:
        folder.chmod(0o500)
    yield sample
    for folder in folders:
        folder.chmod(0o700)


@pytest.fixture(autouse=True)
def weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.matching.weights.verify", lambda _folder: None)


@reading_commands
def test_commands_that_read_leave_the_bank_as_it_is(sample: Coach, arguments: tuple[str, ...]) -> None:
    before = contents(sample.folder)
    assert sample(*arguments).exit_code == 0
    assert contents(sample.folder) == before


@reading_commands
def test_commands_that_read_work_on_a_read_only_bank(locked: Coach, arguments: tuple[str, ...]) -> None:
    result = locked(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")


# --- what reaches the terminal


@reading_commands
def test_control_characters_of_a_story_never_reach_the_terminal(sample: Coach, arguments: tuple[str, ...]) -> None:
    path = sample.stories / "turned-digits.toml"
    signs = '"a\\u001b[2J\\u009b2J\\u0007\\u007f\\u202eb"'
    text = path.read_text(encoding="utf-8").replace('"The missing boxes of aisle 7"', signs)
    text = text.replace("I did not believe", "I \\u001b]0;owned\\u0007 did not believe")
    sample.write(path.name, text)
    sample.write("broken \x1b[2J.toml", "title = \x1b")
    result = sample(*arguments)
    assert not any(sign in result.stdout + result.stderr for sign in "\x1b\x9b\x07\x7f\u202e")


def test_a_terminal_in_an_old_encoding_gets_what_it_can_show(sample: Coach) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coach", "--bank", str(sample.folder), "show", "turned-digits"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"The missing boxes of aisle 7" in done.stdout


def test_json_is_utf_8_in_any_terminal(sample: Coach) -> None:
    sample("new", "Zażółć")
    done = subprocess.run(
        [sys.executable, "-m", "coach", "--bank", str(sample.folder), "list", "--json"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert "Zażółć" in done.stdout.decode("utf-8")


# --- the end


def test_a_reader_that_leaves_early_ends_it_without_a_word() -> None:
    command = [sys.executable, "-m", "coach", "questions", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "[\n"
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_the_output_is_said_in_words() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "coach", "questions"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("coach: The system refuses: [Errno 28]")
    assert "Traceback" not in done.stderr


def test_a_question_given_up_with_ctrl_d_changes_nothing(sample: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.cli.bank.has_terminal", lambda: True)
    result = sample("delete", "turned-digits", typed="")
    assert result.exit_code == 130
    assert result.stderr.endswith("Stopped.\n")
    assert (sample.stories / "turned-digits.toml").exists()


def test_ctrl_c_while_the_encoder_starts_ends_both_processes_at_once(tmp_path: Path, coach: Coach) -> None:
    """The encoder's process reports its id through a pipe and then never gets ready."""
    pipe = tmp_path / "pid"
    os.mkfifo(pipe)
    child = f"import os, time; open({str(pipe)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    program = f"""
        import sys
        from coach.cli import context, main
        from coach.matching.encoder import EncoderProcess
        context.start_encoder = lambda: EncoderProcess([sys.executable, "-c", {child!r}])
        main(["--bank", {str(coach.folder)!r}, "ask", "Why?"])
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    child_id = int(pipe.read_text(encoding="utf-8"))
    process.send_signal(signal.SIGINT)
    output, said = process.communicate(timeout=20)
    assert (process.returncode, output) == (130, "")
    assert said == "starting the reader, about 10 s …\nStopped.\n"
    with pytest.raises(ProcessLookupError):
        os.kill(child_id, 0)
