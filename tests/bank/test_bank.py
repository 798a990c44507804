import errno
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from coach.bank import bank as bank_module
from coach.bank.bank import Bank, Keep, open_bank
from coach.bank.files import fingerprint
from coach.bank.lock import acquire
from coach.bank.names import folder_key
from coach.bank.stored import ConflictCopy, Draft, StoredStory, TwoTexts
from coach.bank.story import Story
from coach.bank.storyfile import encode_story, parse_story
from coach.errors import SaveFailed, StoryChangedElsewhere, StoryFileError, StoryNotFound


def everything_below(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def names_in(bank: Bank) -> list[str]:
    return sorted(path.name for path in bank.stories_folder.iterdir())


def on_disk(path: Path) -> Story:
    return parse_story(path.read_bytes().decode(), name=path.name)


def former_texts(bank: Bank, stored: StoredStory) -> list[str]:
    return [revision.story().action for revision in bank.revisions(stored)]


def with_action(stored: StoredStory, action: str) -> Story:
    return replace(stored.story, action=action)


def changed_by_another(stored: StoredStory, action: str) -> None:
    stored.path.write_bytes(encode_story(with_action(stored, action)))


def conflict_in(bank: Bank, story: Story) -> tuple[StoredStory, ConflictCopy]:
    """A story with "theirs" in its file and "mine" beside it."""
    stored = bank.save(story, loaded=None)
    changed_by_another(stored, "theirs")
    with pytest.raises(StoryChangedElsewhere):
        bank.save(with_action(stored, "mine"), loaded=stored)
    (copy,) = bank.stories().conflicts
    return stored, copy


# --- reading


def test_reading_writes_nothing(bank: Bank, own_machine: Path, tmp_path: Path) -> None:
    assert bank.stories().stories == () == bank.trashed()
    with pytest.raises(StoryNotFound):
        bank.get("x")
    assert everything_below(tmp_path) == {} == everything_below(own_machine)


def test_a_bank_that_is_read_stays_as_it_is(bank: Bank, story: Story, own_machine: Path, tmp_path: Path) -> None:
    stored = bank.save(story, loaded=None)
    before = everything_below(tmp_path), everything_below(own_machine), stored.path.stat().st_mtime_ns
    assert bank.get(stored.slug) == stored == bank.with_id(story.id)
    assert bank.revisions(stored) == ()
    assert (everything_below(tmp_path), everything_below(own_machine), stored.path.stat().st_mtime_ns) == before


def test_new_ids_are_random_and_plain(bank: Bank) -> None:
    assert bank.new_id(Random(1)) == bank.new_id(Random(1)) != bank.new_id(Random(2))
    assert len(bank.new_id(Random(1))) == 12


# --- saving


def test_a_new_story_gets_a_file_named_after_its_title(bank: Bank, folder: Path, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    assert stored.path == folder / "stories" / "the-night-the-scale-failed.toml"
    assert on_disk(stored.path) == story == stored.story
    assert stored.fingerprint == fingerprint(stored.path.read_bytes())
    assert (folder.stat().st_mode & 0o777, stored.path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_new_story_never_overwrites_a_file(bank: Bank, story: Story) -> None:
    bank.save(story, loaded=None)
    (bank.stories_folder / "the-night-the-scale-failed-2.toml").write_bytes(b"")
    third = bank.save(replace(story, id="other"), loaded=None)
    assert third.slug == "the-night-the-scale-failed-3"
    assert (bank.stories_folder / "the-night-the-scale-failed-2.toml").read_bytes() == b""


def test_a_new_story_with_an_id_in_use_gets_another(bank: Bank, story: Story) -> None:
    first = bank.save(story, loaded=None)
    second = bank.save(replace(story, action="other"), loaded=None)
    assert second.story == replace(story, id=second.story.id, action="other")
    assert {stored.path for stored in bank.stories().stories} == {first.path, second.path}
    assert bank.save(Story(""), loaded=None).story.id


def test_saving_again_keeps_the_former_text_as_a_revision(bank: Bank, story: Story) -> None:
    first = bank.save(replace(story, action="one"), loaded=None)
    second = bank.save(with_action(first, "two"), loaded=first)
    third = bank.save(with_action(second, "three"), loaded=second)
    assert third.path == first.path
    assert on_disk(third.path).action == "three"
    assert former_texts(bank, third) == ["two", "one"]


def test_an_unchanged_story_is_not_written(bank: Bank, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = bank.save(story, loaded=None)
    monkeypatch.delattr(bank_module, "write_durably")
    assert bank.save(story, loaded=stored) == stored
    assert bank.revisions(stored) == ()


def test_a_renamed_story_keeps_its_file_and_its_history(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    renamed = bank.save(replace(story, title="Another name"), loaded=stored)
    assert renamed.path == stored.path
    assert len(bank.revisions(renamed)) == 1


def test_a_file_written_by_hand_gets_its_id_at_the_next_save(bank: Bank) -> None:
    bank.stories_folder.mkdir(parents=True)
    path = bank.stories_folder / "by hand.toml"
    path.write_text('title = "By hand"\nmood = "calm"\n')
    stored = bank.get("by hand")
    bank.save(with_action(stored, "I wrote."), loaded=stored)
    assert on_disk(path) == replace(stored.story, action="I wrote.")
    assert f'id = "{stored.story.id}"' in path.read_text()
    assert 'mood = "calm"' in path.read_text()


def test_a_file_changed_by_another_program_is_never_overwritten(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    changed_by_another(stored, "theirs")
    with pytest.raises(StoryChangedElsewhere) as raised:
        bank.save(with_action(stored, "mine"), loaded=stored)
    error = raised.value
    assert isinstance(error, TwoTexts)
    assert (on_disk(error.path).action, on_disk(error.mine).action) == ("theirs", "mine")
    assert error.path == stored.path
    assert error.mine.name in error.hint
    (copy,) = bank.stories().conflicts
    assert (copy.path, copy.story_id, copy.story.action) == (error.mine, story.id, "mine")


def test_every_further_conflict_gets_a_copy_of_its_own(bank: Bank, story: Story) -> None:
    stored, _ = conflict_in(bank, story)
    with pytest.raises(StoryChangedElsewhere):
        bank.save(with_action(stored, "mine again"), loaded=stored)
    assert {copy.story.action for copy in bank.stories().conflicts} == {"mine", "mine again"}


def test_a_story_with_the_longest_name_can_still_be_kept_beside_another(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    long = stored.path.rename(stored.path.with_name("n" * 250 + ".toml"))
    stored = replace(stored, path=long)
    changed_by_another(stored, "theirs")
    with pytest.raises(StoryChangedElsewhere):
        bank.save(with_action(stored, "mine"), loaded=stored)
    assert [copy.story.action for copy in bank.stories().conflicts] == ["mine"]


def test_the_same_text_written_by_another_program_is_no_conflict(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    changed_by_another(stored, "the same")
    saved = bank.save(with_action(stored, "the same"), loaded=stored)
    assert saved == bank.get(saved.slug)
    assert bank.stories().conflicts == ()


def test_a_file_emptied_by_another_program_is_kept_beside_the_text(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    stored.path.write_bytes(b"")
    with pytest.raises(StoryChangedElsewhere):
        bank.save(with_action(stored, "mine"), loaded=stored)
    assert [copy.story.action for copy in bank.stories().conflicts] == ["mine"]
    assert [file.path for file in bank.stories().unreadable] == [stored.path]


def test_a_file_that_vanished_is_written_again(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    stored.path.unlink()
    saved = bank.save(with_action(stored, "still here"), loaded=stored)
    assert (saved.path, on_disk(saved.path).action) == (stored.path, "still here")


def test_a_linked_story_is_saved_behind_its_link(bank: Bank, story: Story, tmp_path: Path) -> None:
    stored = bank.save(story, loaded=None)
    real = stored.path.rename(tmp_path / "elsewhere.toml")
    stored.path.symlink_to(real)
    bank.save(with_action(stored, "linked"), loaded=stored)
    assert stored.path.is_symlink()
    assert on_disk(real).action == "linked"


def test_a_linked_folder_of_stories_is_saved_into(folder: Path, bank: Bank, story: Story, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    folder.mkdir()
    (folder / "stories").symlink_to(tmp_path / "real")
    stored = bank.save(story, loaded=None)
    bank.save(with_action(stored, "two"), loaded=stored)
    assert on_disk(tmp_path / "real" / stored.path.name).action == "two"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_save_that_fails_leaves_the_file_as_it_was(
    bank: Bank, story: Story, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    stored = bank.save(story, loaded=None)

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", fail)
        with pytest.raises(SaveFailed):
            bank.save(with_action(stored, "two"), loaded=stored)
    assert bank.get(stored.slug) == stored
    assert bank.save(with_action(stored, "two"), loaded=stored).story.action == "two"


@pytest.fixture
def read_only(bank: Bank, story: Story) -> Iterator[StoredStory]:
    """A story in a folder that can't be written."""
    stored = bank.save(story, loaded=None)
    bank.stories_folder.chmod(0o500)
    if os.access(bank.stories_folder, os.W_OK):
        pytest.skip("the superuser may write everywhere")
    yield stored
    bank.stories_folder.chmod(0o700)


def test_a_read_only_bank_can_be_read_but_not_saved_into(bank: Bank, read_only: StoredStory) -> None:
    assert bank.get(read_only.slug) == read_only
    with pytest.raises(SaveFailed, match="there is no permission"):
        bank.save(with_action(read_only, "two"), loaded=read_only)
    with pytest.raises(SaveFailed, match="there is no permission"):
        bank.delete(read_only)
    assert on_disk(read_only.path) == read_only.story


def test_a_write_protected_story_is_not_saved_over(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    stored.path.chmod(0o400)
    with pytest.raises(SaveFailed, match="write-protected"):
        bank.save(with_action(stored, "two"), loaded=stored)
    assert on_disk(stored.path) == story


def test_a_file_in_the_place_of_the_stories_folder_is_said(bank: Bank, folder: Path, story: Story) -> None:
    folder.mkdir()
    (folder / "stories").write_text("mine")
    with pytest.raises(SaveFailed, match="is a file, not a folder"):
        bank.save(story, loaded=None)
    assert (folder / "stories").read_text() == "mine"


def test_a_folder_in_the_place_of_a_story_is_said(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    stored.path.unlink()
    stored.path.mkdir()
    with pytest.raises(SaveFailed, match="is a directory"):
        bank.save(with_action(stored, "two"), loaded=stored)


def test_a_text_that_would_not_read_back_is_not_saved(
    bank: Bank, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = bank.save(story, loaded=None)
    monkeypatch.setattr(bank_module, "encode_story", lambda _: encode_story(Story(story.id)))
    with pytest.raises(SaveFailed, match="would not read back"):
        bank.save(with_action(stored, "two"), loaded=stored)
    assert on_disk(stored.path) == story


def test_two_processes_do_not_save_at_once(
    bank: Bank, folder: Path, own_machine: Path, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = bank.save(story, loaded=None)
    monkeypatch.setattr(bank_module, "LOCK_WAIT", 0)
    other = acquire(own_machine / "state" / "locks" / f"{folder_key(folder)}.lock")
    assert other is not None
    with pytest.raises(SaveFailed, match="Another coach is writing"):
        bank.save(with_action(stored, "two"), loaded=stored)
    other.release()
    assert bank.save(with_action(stored, "two"), loaded=stored).story.action == "two"


def test_a_lock_that_cannot_be_made_is_said(bank: Bank, own_machine: Path, story: Story) -> None:
    (own_machine / "state").write_text("in the way")
    with pytest.raises(SaveFailed, match="can't be taken: not a directory"):
        bank.save(story, loaded=None)


def test_the_one_who_saves_second_is_told(bank: Bank, folder: Path, story: Story) -> None:
    other = open_bank(folder)
    mine, theirs = bank.save(story, loaded=None), other.get(story.id)
    other.save(with_action(theirs, "theirs"), loaded=theirs)
    with pytest.raises(StoryChangedElsewhere):
        bank.save(with_action(mine, "mine"), loaded=mine)
    assert bank.get(story.id).story.action == "theirs"


# --- deleting and bringing back


def test_a_deleted_story_comes_back_byte_for_byte(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    stored.path.write_bytes(b"# a comment by hand\n" + stored.path.read_bytes())
    before = stored.path.read_bytes()
    trashed = bank.delete(bank.get(story.id))
    assert bank.stories().stories == ()
    assert bank.trashed() == (trashed,)
    restored = bank.restore(trashed)
    assert (restored.path, restored.path.read_bytes()) == (stored.path, before)
    assert restored == bank.get(story.id)
    assert bank.trashed() == ()


def test_history_survives_deleting_and_restoring(bank: Bank, story: Story) -> None:
    first = bank.save(replace(story, action="one"), loaded=None)
    second = bank.save(with_action(first, "two"), loaded=first)
    assert former_texts(bank, bank.restore(bank.delete(second))) == ["one"]


def test_a_story_changed_meanwhile_is_not_deleted_unseen(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    changed_by_another(stored, "theirs")
    with pytest.raises(SaveFailed, match="is not deleted"):
        bank.delete(stored)
    assert on_disk(stored.path).action == "theirs"
    assert bank.trashed() == ()


def test_deleting_a_story_whose_file_vanished_still_keeps_its_text(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    stored.path.unlink()
    assert bank.delete(stored).story == story


def test_nothing_is_removed_before_its_copy_is_on_the_disk(
    bank: Bank, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = bank.save(story, loaded=None)

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(SaveFailed, match="the disk is full"):
        bank.delete(stored)
    assert on_disk(stored.path) == story


def test_a_restored_story_overwrites_nobody(bank: Bank, story: Story) -> None:
    trashed = bank.delete(bank.save(story, loaded=None))
    newcomer = bank.save(replace(story, id="newcomer"), loaded=None)
    restored = bank.restore(trashed)
    assert restored.slug == f"{newcomer.slug}-2"
    assert restored.story.id == story.id
    assert on_disk(newcomer.path).id == "newcomer"


def test_a_restored_story_whose_id_is_in_use_gets_another(bank: Bank, story: Story) -> None:
    trashed = bank.delete(bank.save(story, loaded=None))
    bank.save(story, loaded=None)
    restored = bank.restore(trashed)
    assert restored.story.id != story.id
    assert len(bank.stories().stories) == 2


def test_the_trash_of_another_bank_is_not_shown(bank: Bank, story: Story, tmp_path: Path) -> None:
    bank.delete(bank.save(story, loaded=None))
    assert open_bank(tmp_path / "other").trashed() == ()


def test_a_former_text_becomes_the_current_one_and_back(bank: Bank, story: Story) -> None:
    first = bank.save(replace(story, action="one"), loaded=None)
    second = bank.save(with_action(first, "two"), loaded=first)
    third = bank.bring_back(second, bank.revisions(second)[0])
    assert on_disk(third.path).action == "one"
    assert third.path.read_bytes() == encode_story(first.story)
    assert former_texts(bank, third) == ["two", "one"]
    assert bank.bring_back(third, bank.revisions(third)[0]).story == second.story


def test_a_former_text_without_id_keeps_the_id_of_its_story(bank: Bank) -> None:
    bank.stories_folder.mkdir(parents=True)
    (bank.stories_folder / "by-hand.toml").write_text('action = "one"')
    first = bank.get("by-hand")
    second = bank.save(with_action(first, "two"), loaded=first)
    third = bank.bring_back(second, bank.revisions(second)[0])
    assert third.story == first.story


def test_a_former_text_is_not_put_over_a_changed_file(bank: Bank, story: Story) -> None:
    first = bank.save(replace(story, action="one"), loaded=None)
    second = bank.save(with_action(first, "two"), loaded=first)
    changed_by_another(second, "theirs")
    with pytest.raises(StoryChangedElsewhere):
        bank.bring_back(second, bank.revisions(second)[0])
    assert on_disk(second.path).action == "theirs"


# --- settling conflicts


def test_keeping_mine_keeps_theirs_as_a_revision(bank: Bank, story: Story) -> None:
    stored, copy = conflict_in(bank, story)
    settled = bank.settle(copy, "mine")
    assert settled == bank.get(story.id)
    assert settled.story.action == "mine"
    assert former_texts(bank, settled)[0] == "theirs"
    assert names_in(bank) == [stored.path.name]


def test_keeping_theirs_keeps_mine_as_a_revision(bank: Bank, story: Story) -> None:
    stored, copy = conflict_in(bank, story)
    settled = bank.settle(copy, "theirs")
    assert settled == bank.get(story.id)
    assert settled.story.action == "theirs"
    assert former_texts(bank, settled)[0] == "mine"
    assert names_in(bank) == [stored.path.name]


def test_keeping_both_makes_two_stories(bank: Bank, story: Story) -> None:
    _, copy = conflict_in(bank, story)
    settled = bank.settle(copy, "both")
    assert settled is not None
    assert settled.story.id != story.id
    assert settled.story.action == "mine"
    assert bank.get(story.id).story.action == "theirs"
    assert bank.stories().conflicts == ()
    assert len(bank.stories().stories) == 2


@pytest.mark.parametrize(("keep", "living", "trashed"), [("mine", 1, 0), ("theirs", 0, 1), ("both", 1, 0)])
def test_a_conflict_of_a_story_that_is_gone_loses_nothing(
    bank: Bank, story: Story, keep: Keep, living: int, trashed: int
) -> None:
    stored, copy = conflict_in(bank, story)
    stored.path.unlink()
    bank.settle(copy, keep)
    texts = [stored.story for stored in bank.stories().stories] + [item.story for item in bank.trashed()]
    assert texts == [with_action(stored, "mine")]
    assert (len(bank.stories().stories), len(bank.trashed())) == (living, trashed)


def test_mine_can_replace_a_file_that_cannot_be_read(bank: Bank, story: Story) -> None:
    stored, copy = conflict_in(bank, story)
    stored.path.write_bytes(b"torn \xff")
    settled = bank.settle(copy, "mine")
    assert settled is not None
    assert on_disk(stored.path).action == "mine"
    assert bank.revisions(settled)[0].read() == b"torn \xff"


def test_a_conflict_that_fails_to_settle_stays(bank: Bank, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    _, copy = conflict_in(bank, story)
    before = everything_below(bank.folder)

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    for keep in ("mine", "theirs", "both"):
        with pytest.raises(SaveFailed):
            bank.settle(copy, keep)
    assert everything_below(bank.folder) == before


def test_a_copy_that_is_gone_or_broken_is_said(bank: Bank, story: Story) -> None:
    _, copy = conflict_in(bank, story)
    copy.path.write_bytes(b"torn =")
    with pytest.raises(StoryFileError):
        bank.settle(copy, "theirs")
    copy.path.unlink()
    with pytest.raises(StoryNotFound, match="no longer there"):
        bank.settle(copy, "mine")


# --- recovered drafts


def draft_of(story: Story, loaded: StoredStory | None) -> Draft:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Draft(story, loaded.path if loaded else None, loaded.fingerprint if loaded else "", at)


def test_a_draft_is_saved_over_the_file_it_came_from(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    draft = draft_of(with_action(stored, "typed"), stored)
    assert bank.as_loaded(draft) == stored
    assert bank.save(draft.story, loaded=bank.as_loaded(draft)).path == stored.path


def test_a_draft_of_a_new_story_is_saved_as_one(bank: Bank, story: Story) -> None:
    assert bank.as_loaded(draft_of(story, None)) is None


@pytest.mark.parametrize("as_new", [True, False])
def test_a_draft_never_overwrites_what_was_saved_since(bank: Bank, story: Story, as_new: bool) -> None:
    stored = bank.save(story, loaded=None)
    draft = draft_of(with_action(stored, "typed"), None if as_new else stored)
    changed_by_another(stored, "theirs")
    loaded = bank.as_loaded(draft)
    assert loaded is not None
    assert loaded.story != draft.story
    with pytest.raises(StoryChangedElsewhere):
        bank.save(draft.story, loaded=loaded)
    assert on_disk(stored.path).action == "theirs"


def test_a_draft_whose_file_is_gone_counts_as_changed_and_is_written_again(bank: Bank, story: Story) -> None:
    stored = bank.save(story, loaded=None)
    draft = draft_of(story, stored)
    stored.path.unlink()
    loaded = bank.as_loaded(draft)
    assert loaded is not None
    assert loaded.story != draft.story
    assert on_disk(bank.save(draft.story, loaded=loaded).path) == story


def test_a_folder_named_relatively_stays_the_same_bank(
    tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bank = open_bank(Path("here"))
    monkeypatch.chdir("/")
    assert bank.save(story, loaded=None).path.is_relative_to(tmp_path / "here")
