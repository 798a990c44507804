import errno
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from coach.bank.bank import Bank, open_bank
from coach.bank.drafts import Drafts, open_drafts
from coach.bank.history import History
from coach.bank.story import Story
from coach.bank.storyfile import parse_story
from coach.errors import SaveFailed
from tests.bank.test_storyfile import STORIES

Open = Callable[[], tuple[Bank, Drafts]]

TYPE_AND_WAIT = """
import sys
from pathlib import Path
from coach.bank.bank import open_bank
from coach.bank.drafts import open_drafts
from coach.bank.story import Story
drafts = open_drafts(open_bank(Path(sys.argv[1])))
drafts.keep(Story("typed", action=sys.argv[2]), None)
print("kept", flush=True)
sys.stdin.read()
"""


def crash(drafts: Drafts) -> None:
    """What the death of a process does to its drafts: they stay, and nobody holds them any more."""
    drafts.close()


def draft_files(home: Path) -> list[Path]:
    return sorted((home / "state" / "drafts").rglob("*.toml"))


def test_looking_creates_nothing(open_again: Open, own_machine: Path) -> None:
    _, drafts = open_again()
    drafts.drop("none")
    assert drafts.waiting() == () == drafts.unreadable()
    assert list(own_machine.iterdir()) == []


def test_what_a_dead_process_typed_is_offered(open_again: Open, story: Story) -> None:
    bank, typing = open_again()
    stored = bank.save(story, loaded=None)
    typing.keep(replace(story, action="typed"), stored)
    typing.keep(replace(story, action="typed more"), stored)
    crash(typing)
    (draft,) = open_again()[1].waiting()
    assert draft.story == replace(story, action="typed more")
    assert (draft.path_of_story, draft.loaded_fingerprint) == (stored.path, stored.fingerprint)
    assert draft.at == datetime(2026, 11, 23, 23, 15, 2, tzinfo=UTC)


@settings(deadline=None, max_examples=30)
@given(story=STORIES)
def test_every_story_comes_back_from_its_draft(tmp_path_factory: pytest.TempPathFactory, story: Story) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    history = History(folder / "history")
    typing = Drafts(folder / "drafts", history=history, saved=lambda _: None)
    typing.keep(story, None)
    crash(typing)
    (draft,) = Drafts(folder / "drafts", history=history, saved=lambda _: None).waiting()
    assert (draft.story, draft.path_of_story) == (story, None)


def test_a_draft_is_a_story_file_for_a_person_with_a_text_editor(
    open_again: Open, own_machine: Path, story: Story
) -> None:
    open_again()[1].keep(story, None)
    (file,) = draft_files(own_machine)
    assert parse_story(file.read_text(encoding="utf-8"), name="copied.toml") == story
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_draft_of_a_living_process_is_not_offered(open_again: Open, story: Story) -> None:
    _, typing = open_again()
    typing.keep(story, None)
    assert open_again()[1].waiting() == () == typing.waiting()


def test_a_killed_process_leaves_its_draft(folder: Path) -> None:
    command = [sys.executable, "-c", TYPE_AND_WAIT, str(folder), "to the end"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "kept\n"
        drafts = open_drafts(open_bank(folder))
        assert drafts.waiting() == ()
        process.kill()
        process.wait()
    assert [draft.story.action for draft in drafts.waiting()] == ["to the end"]


def test_a_saved_draft_goes_and_leaves_no_folder(open_again: Open, own_machine: Path, story: Story) -> None:
    _, typing = open_again()
    typing.keep(story, None)
    typing.keep(Story("other"), None)
    typing.drop(story.id)
    assert [path.name for path in draft_files(own_machine)] == ["other.toml"]
    typing.drop("other")
    assert [list(path.iterdir()) for path in (own_machine / "state" / "drafts").iterdir()] == [[]]
    typing.keep(story, None)
    assert len(draft_files(own_machine)) == 1


def test_a_draft_equal_to_the_saved_story_is_not_offered(open_again: Open, own_machine: Path, story: Story) -> None:
    bank, typing = open_again()
    typing.keep(story, None)
    crash(typing)
    bank.save(story, loaded=None)
    bank, drafts = open_again()
    assert drafts.waiting() == ()
    drafts.drop(story.id)
    assert draft_files(own_machine) == []
    assert bank.revisions(bank.get(story.id)) == ()


def test_a_draft_left_behind_stays_until_its_story_is_saved(open_again: Open, own_machine: Path, story: Story) -> None:
    _, typing = open_again()
    typing.keep(story, None)
    crash(typing)
    _, drafts = open_again()
    assert len(drafts.waiting()) == len(drafts.waiting()) == 1
    drafts.drop("another story")
    assert len(draft_files(own_machine)) == 1


def test_a_draft_nobody_took_up_becomes_a_revision(open_again: Open, own_machine: Path, story: Story) -> None:
    bank, typing = open_again()
    stored = bank.save(story, loaded=None)
    typing.keep(replace(story, action="lost in the crash"), stored)
    crash(typing)
    bank, drafts = open_again()
    assert len(drafts.waiting()) == 1
    drafts.keep(replace(story, action="typed anew"), stored)
    saved = bank.save(replace(story, action="typed anew"), loaded=stored)
    drafts.drop(story.id)
    assert [revision.story().action for revision in bank.revisions(saved)] == ["lost in the crash", story.action]
    assert draft_files(own_machine) == []
    assert drafts.waiting() == ()


def test_a_draft_that_was_never_offered_is_not_dropped(open_again: Open, own_machine: Path, story: Story) -> None:
    _, typing = open_again()
    typing.keep(story, None)
    crash(typing)
    open_again()[1].drop(story.id)
    assert len(draft_files(own_machine)) == 1


def test_two_processes_typing_one_story_both_keep_their_text(open_again: Open, story: Story) -> None:
    first, second = open_again()[1], open_again()[1]
    first.keep(replace(story, action="first"), None)
    second.keep(replace(story, action="second"), None)
    crash(first)
    crash(second)
    assert [draft.story.action for draft in open_again()[1].waiting()] == ["second", "first"]


def test_damaged_drafts_are_listed_apart_and_stay(open_again: Open, own_machine: Path, story: Story) -> None:
    _, typing = open_again()
    for name in ("a", "b", "c", "good"):
        typing.keep(replace(story, id=name), None)
    crash(typing)
    a, b, c, _ = draft_files(own_machine)
    a.write_bytes(b"")
    b.write_bytes(b"\xff\xfe")
    c.write_text('# coach-draft {"at": 5, "path": null, "loaded": ""}\nid = "c"')
    _, drafts = open_again()
    assert [draft.story.id for draft in drafts.waiting()] == ["good"]
    unreadable = drafts.unreadable()
    assert [file.path for file in unreadable] == [a, b, c]
    assert all(file.reason.endswith(".") and str(own_machine) in file.hint for file in unreadable)
    drafts.drop("a")
    assert a.exists()
    assert b.exists()
    assert c.exists()


def test_a_draft_of_a_file_whose_name_is_no_utf_8_comes_back(open_again: Open, folder: Path) -> None:
    bank, typing = open_again()
    path = folder / "stories" / os.fsdecode(b"caf\xe9.toml")
    path.parent.mkdir(parents=True)
    path.write_bytes(b'id = "a"')
    typing.keep(Story("a", action="typed"), bank.get("a"))
    crash(typing)
    assert [draft.path_of_story for draft in open_again()[1].waiting()] == [path]


def test_ids_made_to_escape_do_not(open_again: Open, own_machine: Path) -> None:
    open_again()[1].keep(Story("../../../../escape"), None)
    (file,) = draft_files(own_machine)
    assert file.name.startswith("_")
    assert list(own_machine.glob("*escape*")) == []


def test_a_draft_that_cannot_be_kept_is_said(
    open_again: Open, own_machine: Path, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, typing = open_again()
    typing.keep(story, None)

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(SaveFailed, match="the disk is full"):
            typing.keep(replace(story, action="more"), None)
    (file,) = draft_files(own_machine)
    assert parse_story(file.read_text(encoding="utf-8"), name="x") == story


def test_a_state_folder_that_cannot_be_made_is_said(open_again: Open, own_machine: Path, story: Story) -> None:
    (own_machine / "state").write_text("in the way")
    with pytest.raises(SaveFailed, match="No draft can be kept"):
        open_again()[1].keep(story, None)


def test_drafts_of_another_bank_are_not_offered(open_again: Open, tmp_path: Path, story: Story) -> None:
    _, typing = open_again()
    typing.keep(story, None)
    crash(typing)
    assert open_drafts(open_bank(tmp_path / "other")).waiting() == ()


def test_a_text_that_was_saved_and_is_a_revision_now_is_not_offered_as_unsaved(open_again: Open, story: Story) -> None:
    bank, typing = open_again()
    stored = bank.save(story, loaded=None)
    typing.keep(replace(story, action="saved"), stored)
    saved = bank.save(replace(story, action="saved"), loaded=stored)
    crash(typing)
    bank.save(replace(story, action="saved later"), loaded=saved)
    assert open_again()[1].waiting() == ()


def test_a_draft_that_was_taken_up_is_not_offered_a_second_time(open_again: Open, story: Story) -> None:
    bank, typing = open_again()
    stored = bank.save(story, loaded=None)
    typing.keep(replace(story, action="typed"), stored)
    crash(typing)
    bank, next_time = open_again()
    (draft,) = next_time.waiting()
    next_time.take_up(draft)
    next_time.keep(replace(story, action="typed on"), stored)
    bank.save(replace(story, action="typed on"), loaded=bank.as_loaded(draft))
    crash(next_time)
    assert open_again()[1].waiting() == ()
