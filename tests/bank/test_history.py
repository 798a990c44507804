from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.bank.history import History
from coach.bank.story import Story
from coach.bank.storyfile import encode_story
from coach.errors import StoryFileError
from tests.bank.conftest import Clock


@pytest.fixture
def history(tmp_path: Path, clock: Clock) -> History:
    return History(tmp_path / "state", clock)


def test_looking_creates_nothing(history: History, tmp_path: Path) -> None:
    assert history.revisions("a") == () == history.trashed(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_revisions_come_newest_first(history: History) -> None:
    for text in (b"one", b"two", b"three"):
        history.keep("a", text)
    revisions = history.revisions("a")
    assert [revision.read() for revision in revisions] == [b"three", b"two", b"one"]
    assert revisions[0].at == datetime(2026, 11, 23, 23, 15, 3, tzinfo=UTC)
    assert history.revisions("b") == ()


def test_the_newest_text_is_not_kept_twice(history: History) -> None:
    for text in (b"one", b"one", b"two", b"one"):
        history.keep("a", text)
    assert [revision.read() for revision in history.revisions("a")] == [b"one", b"two", b"one"]


def test_a_clock_set_back_does_not_change_the_order(tmp_path: Path) -> None:
    times = iter(
        [datetime(2026, 11, 23, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)]
    )
    history = History(tmp_path, lambda: next(times))
    for text in (b"one", b"two", b"three"):
        history.keep("a", text)
    assert [revision.read() for revision in history.revisions("a")] == [b"three", b"two", b"one"]


@pytest.mark.parametrize("story_id", ["../../x", "/etc", "..", "", "A/b", "x" * 200, "é\0"])
def test_no_id_writes_outside_the_revisions(history: History, tmp_path: Path, story_id: str) -> None:
    history.keep(story_id, b"text")
    (revision,) = history.revisions(story_id)
    assert revision.path.resolve().parent.parent == (tmp_path / "state" / "revisions").resolve()
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


def test_broken_revisions_are_skipped(history: History) -> None:
    history.keep("a", b"one")
    folder = history.revisions("a")[0].path.parent
    (folder / "notes.txt").write_text("x")
    (folder / "20269923T231501.000000Z-12345678.toml").write_text("x")
    (folder / "20261123T231501.000000Z-12345678.toml").write_text("")
    (folder / "20261123T231502.000000Z-12345678.toml").mkdir()
    assert [revision.read() for revision in history.revisions("a")] == [b"one"]


def test_a_revision_reads_as_a_story_and_says_when_it_is_gone(history: History) -> None:
    history.keep("a", encode_story(Story("a", action="before")))
    (revision,) = history.revisions("a")
    assert revision.story().action == "before"
    revision.path.unlink()
    with pytest.raises(StoryFileError, match="is gone"):
        revision.read()


def test_the_trash_remembers_where_a_story_lay(history: History, tmp_path: Path) -> None:
    for name in ("one", "two"):
        history.put_in_trash(
            encode_story(Story(name)), tmp_path / "bank" / "stories" / f"{name}.toml", tmp_path / "bank"
        )
    history.put_in_trash(encode_story(Story("three")), tmp_path / "x.toml", tmp_path / "other bank")
    trashed = history.trashed(tmp_path / "bank")
    assert [item.story.id for item in trashed] == ["two", "one"]
    assert trashed[0].path == tmp_path / "bank" / "stories" / "two.toml"
    assert trashed[0].at == datetime(2026, 11, 23, 23, 15, 2, tzinfo=UTC)


def test_two_stories_of_one_name_deleted_in_one_moment_are_both_kept(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: datetime(2026, 11, 23, tzinfo=UTC))
    for text in ("one", "two"):
        history.put_in_trash(encode_story(Story(text)), tmp_path / "same.toml", tmp_path)
    assert {item.story.id for item in history.trashed(tmp_path)} == {"one", "two"}


def test_broken_entries_of_the_trash_are_skipped(history: History, tmp_path: Path) -> None:
    kept = history.put_in_trash(encode_story(Story("kept")), tmp_path / "a.toml", tmp_path)
    for name, about in (("no-about", None), ("bad-about", "path ="), ("odd-about", f'bank = "{tmp_path}"\npath = 5')):
        folder = history.put_in_trash(encode_story(Story(name)), tmp_path / f"{name}.toml", tmp_path)
        (folder / "about.toml").unlink()
        if about is not None:
            (folder / "about.toml").write_text(about)
    broken = history.put_in_trash(b"", tmp_path / "b.toml", tmp_path)
    (kept.parent / "notes.txt").write_text("x")
    assert [item.folder for item in history.trashed(tmp_path)] == [kept]
    assert broken.is_dir()


def test_an_emptied_entry_is_gone_and_says_so(history: History, tmp_path: Path) -> None:
    history.put_in_trash(encode_story(Story("a", title="Gone")), tmp_path / "a.toml", tmp_path)
    (item,) = history.trashed(tmp_path)
    history.empty(item)
    assert history.trashed(tmp_path) == ()
    with pytest.raises(StoryFileError, match="“Gone” is no longer in the trash"):
        item.read()
