"""A story taken to $EDITOR and back: whatever the editor does, the text is somewhere and its place is named."""

import os
import re
import shlex
import signal
import sys
from pathlib import Path
from typing import Protocol

import pytest

from coach.bank.bank import open_bank
from coach.cli.editing import editor_command
from coach.errors import CoachError
from tests.cli.conftest import Coach
from tests.cli.saying import data, refusal

NAME = "turned-digits.toml"


class SetEditor(Protocol):
    def __call__(self, *lines: str) -> None: ...


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetEditor:
    """Makes an editor of a few lines of Python; `file` is the path it was given, `text` what that held."""

    def set_editor(*lines: str) -> None:
        script = tmp_path / "my editor.py"
        head = ("import os, pathlib, sys", "file = pathlib.Path(sys.argv[1])", "text = file.read_text('utf-8')")
        script.write_text("\n".join((*head, *lines)), encoding="utf-8")
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-I", str(script)]))

    return set_editor


def kept_copy(said: str) -> Path:
    """The file that a refusal names."""
    found = re.search(rf"What (?:you wrote|was written) is in (\S+{re.escape(NAME)})", said)
    assert found, said
    return Path(found[1])


def test_what_the_editor_saved_is_in_the_story(sample: Coach, editor: SetEditor, temporary: Path) -> None:
    editor("file.write_text(text.replace('aisle 7', 'aisle 8'), 'utf-8')")
    result = sample("edit", "turned-digits")
    assert result.exit_code == 0
    assert result.stdout.strip() == str(sample.stories / NAME)
    assert data(sample("show", "turned-digits", "--json"))["title"] == "The missing boxes of aisle 8"
    assert list(temporary.iterdir()) == []


def test_the_former_text_becomes_a_revision(sample: Coach, editor: SetEditor) -> None:
    before = (sample.stories / NAME).read_bytes()
    editor("file.write_text(text.replace('aisle 7', 'aisle 8'), 'utf-8')")
    sample("edit", "turned-digits")
    bank = open_bank(sample.folder)
    (revision,) = bank.revisions(bank.get("turned-digits"))
    assert revision.read() == before


def test_a_text_left_as_it_was_leaves_the_file_byte_for_byte(sample: Coach, editor: SetEditor, temporary: Path) -> None:
    path = sample.write(NAME, "# my own remark\n" + (sample.stories / NAME).read_text(encoding="utf-8"))
    before = path.read_bytes()
    editor("pass")
    result = sample("edit", "turned-digits")
    assert (result.exit_code, result.stderr) == (0, "Nothing was changed.\n")
    assert path.read_bytes() == before
    assert list(temporary.iterdir()) == []


def test_the_id_stays_even_if_its_line_is_removed(sample: Coach, editor: SetEditor) -> None:
    editor("file.write_text(''.join(s for s in text.splitlines(True) if not s.startswith('id ')) + '# .', 'utf-8')")
    assert sample("edit", "turned-digits").exit_code == 0
    assert data(sample("show", "turned-digits", "--json"))["id"] == "58snl2vjln"


def test_a_text_that_cannot_be_read_goes_back_to_the_editor(sample: Coach, editor: SetEditor) -> None:
    editor(
        "broken = text.replace('title = \"The missing boxes of aisle 7\"', 'title = broken')",
        "repaired = text.replace('title = broken', 'title = \"Repaired\"')",
        "file.write_text(broken if broken != text else repaired, 'utf-8')",
    )
    result = sample("edit", "turned-digits", typed="y\n")
    assert result.exit_code == 0
    assert "This can't be read as a story yet: turned-digits.toml is not valid TOML" in result.stderr
    assert data(sample("show", "turned-digits", "--json"))["title"] == "Repaired"


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_a_text_that_is_given_up_is_kept_and_its_place_is_named(sample: Coach, editor: SetEditor, answer: str) -> None:
    """`""`: nobody there to be asked."""
    before = (sample.stories / NAME).read_bytes()
    editor("file.write_text('title = \"what I meant to', 'utf-8')")
    result = sample("edit", "turned-digits", typed=answer)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The story is unchanged." in result.stderr
    assert kept_copy(result.stderr).read_text(encoding="utf-8") == 'title = "what I meant to'
    assert (sample.stories / NAME).read_bytes() == before


def test_bytes_that_are_no_text_are_kept_as_well(sample: Coach, editor: SetEditor) -> None:
    editor("file.write_bytes(b'title = \"\\xe9\"')")
    result = sample("edit", "turned-digits", typed="n\n")
    assert "is not UTF-8 text: line 1" in result.stderr
    assert kept_copy(result.stderr).read_bytes() == b'title = "\xe9"'


def test_an_editor_that_leaves_no_file_is_said_and_the_story_stays(sample: Coach, editor: SetEditor) -> None:
    before = (sample.stories / NAME).read_bytes()
    editor("file.unlink()")
    result = sample("edit", "turned-digits", typed="n\n")
    assert result.exit_code == 2
    assert "The editor left no turned-digits.toml." in result.stderr
    assert (sample.stories / NAME).read_bytes() == before


def test_a_missing_editor_is_named_and_leaves_nothing_behind(
    sample: Coach, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor --wait")
    said = refusal(sample("edit", "turned-digits"))
    assert said.startswith("The editor no-such-editor can't be run: No such file or directory.")
    assert said.endswith("Set $EDITOR to your editor.")
    assert list(temporary.iterdir()) == []


def test_an_editor_that_ends_with_an_error_changes_nothing_and_its_text_is_kept(
    sample: Coach, editor: SetEditor
) -> None:
    before = (sample.stories / NAME).read_bytes()
    editor("file.write_text(text + '# half', 'utf-8')", "sys.exit(3)")
    said = refusal(sample("edit", "turned-digits"))
    assert "ended with error 3" in said
    assert kept_copy(said).read_text(encoding="utf-8").endswith("# half")
    assert (sample.stories / NAME).read_bytes() == before


def test_a_file_changed_by_another_program_meanwhile_keeps_both_texts(
    sample: Coach, editor: SetEditor, temporary: Path
) -> None:
    editor(
        f"other = pathlib.Path({str(sample.stories / NAME)!r})",
        "other.write_text(text.replace('aisle 7', 'aisle 99'), 'utf-8')",
        "file.write_text(text.replace('aisle 7', 'aisle 8'), 'utf-8')",
    )
    said = refusal(sample("edit", "turned-digits"))
    assert "both texts are kept" in said
    assert "aisle 99" in (sample.stories / NAME).read_text(encoding="utf-8")
    (mine,) = sample.stories.glob("turned-digits (conflict *).toml")
    assert "aisle 8" in mine.read_text(encoding="utf-8")
    assert mine.name in said
    assert list(temporary.iterdir()) == []


def test_a_text_that_cannot_be_saved_is_kept_and_its_place_is_named(sample: Coach, editor: SetEditor) -> None:
    """The file turns into a folder while the editor is open: neither can it be compared nor replaced."""
    editor(
        f"other = pathlib.Path({str(sample.stories / NAME)!r})",
        "other.unlink()",
        "other.mkdir()",
        "file.write_text(text.replace('aisle 7', 'aisle 8'), 'utf-8')",
    )
    said = refusal(sample("edit", "turned-digits"))
    assert "aisle 8" in kept_copy(said).read_text(encoding="utf-8")


def test_a_new_story_goes_to_the_editor_when_asked_to(coach: Coach, editor: SetEditor) -> None:
    editor("file.write_text(text.replace('action = \"\"', 'action = \"I asked.\"'), 'utf-8')")
    result = coach("new", "Asked", "--edit")
    assert result.exit_code == 0
    assert result.stdout.strip() == str(coach.stories / "asked.toml")
    assert data(coach("show", "asked", "--json"))["sections"]["action"] == "I asked."


def test_a_new_story_whose_editor_fails_is_named_all_the_same(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    result = coach("new", "Asked", "--edit")
    assert result.exit_code == 2
    assert result.stdout.strip() == str(coach.stories / "asked.toml")
    assert (coach.stories / "asked.toml").is_file()


@pytest.mark.parametrize(("options", "opens"), [((), True), (("--task", "T."), False), (("--no-edit",), False)])
def test_in_a_terminal_a_story_without_text_opens_the_editor(
    coach: Coach, editor: SetEditor, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], opens: bool
) -> None:
    monkeypatch.setattr("coach.cli.bank.has_terminal", lambda: True)
    editor("file.write_text(text.replace('role = \"\"', 'role = \"Clerk\"'), 'utf-8')")
    coach("new", "Asked", *options)
    assert (data(coach("show", "asked", "--json"))["role"] == "Clerk") is opens


def test_ctrl_c_in_the_editor_belongs_to_the_editor(sample: Coach, editor: SetEditor) -> None:
    before = signal.getsignal(signal.SIGINT)
    editor(
        "import signal",
        "os.kill(os.getppid(), signal.SIGINT)",
        "assert signal.getsignal(signal.SIGINT) == signal.default_int_handler",
        "file.write_text(text.replace('aisle 7', 'aisle 8'), 'utf-8')",
    )
    result = sample("edit", "turned-digits")
    assert result.exit_code == 0
    assert data(sample("show", "turned-digits", "--json"))["title"].endswith("aisle 8")
    assert signal.getsignal(signal.SIGINT) == before


def test_visual_goes_before_editor_and_may_have_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "ed")
    monkeypatch.setenv("VISUAL", "code --wait 'two words'")
    assert editor_command() == ["code", "--wait", "two words"]


def test_quotation_marks_that_do_not_close_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "my 'editor")
    with pytest.raises(CoachError, match="can't be understood: my 'editor"):
        editor_command()


def test_without_a_choice_the_machine_s_own_editor_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nano = tmp_path / "nano"
    nano.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert editor_command() == ["nano"]


def test_a_machine_without_an_editor_is_told_to_set_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    with pytest.raises(CoachError, match=r"No editor is known\. Set \$EDITOR"):
        editor_command()
