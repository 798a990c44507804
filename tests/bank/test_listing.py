import os
from dataclasses import replace
from pathlib import Path

import pytest

from coach.bank import listing
from coach.bank.listing import FolderReader
from coach.bank.story import Story
from coach.bank.storyfile import encode_story, read_story
from coach.errors import StoryFileError


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, story: Story) -> Path:
    path = folder / name
    path.write_bytes(encode_story(story))
    return path


def make_old(path: Path) -> None:
    os.utime(path, (1_600_000_000, 1_600_000_000))


def test_a_missing_folder_is_an_empty_bank(tmp_path: Path) -> None:
    found = FolderReader(tmp_path / "none").read()
    assert (found.stories, found.unreadable, found.conflicts) == ((), (), ())
    assert list(tmp_path.iterdir()) == []


def test_stories_are_sorted_by_title_then_path(stories: Path) -> None:
    put(stories, "3.toml", Story("c", title="beta"))
    put(stories, "2.toml", Story("b", title="Alpha"))
    put(stories, "1.toml", Story("a", title="Beta"))
    assert [stored.story.id for stored in FolderReader(stories).read().stories] == ["b", "a", "c"]


def test_only_visible_toml_files_count(stories: Path) -> None:
    put(stories, "a story é.toml", Story("a"))
    put(stories, ".hidden.toml", Story("b"))
    put(stories, ".coach-x1.tmp", Story("c"))
    put(stories, "notes.md", Story("d"))
    (stories / "folder.toml").mkdir()
    found = FolderReader(stories).read()
    assert [stored.slug for stored in found.stories] == ["a story é"]
    assert found.unreadable == ()


def test_a_file_that_cannot_be_read_does_not_hide_the_others(stories: Path) -> None:
    put(stories, "good.toml", Story("a"))
    (stories / "empty.toml").write_bytes(b"")
    (stories / "latin.toml").write_bytes(b"\xe9")
    (stories / "nowhere.toml").symlink_to(stories / "gone")
    os.mkfifo(stories / "pipe.toml")
    put(stories, "x (Ann's conflicted copy).toml", Story("a"))
    found = FolderReader(stories).read()
    assert [stored.slug for stored in found.stories] == ["good"]
    assert [(file.path.stem, file.reason) for file in found.unreadable] == [
        ("empty", "empty.toml is empty: it was damaged, or another program emptied it."),
        ("latin", "latin.toml is not UTF-8 text: line 1 holds other bytes."),
        ("nowhere", "nowhere.toml is a link to a file that can't be found."),
        ("pipe", "pipe.toml is not an ordinary file."),
        ("x (Ann's conflicted copy)", "x (Ann's conflicted copy).toml is a second copy that a sync program made."),
    ]
    assert all(file.hint for file in found.unreadable)


def test_a_file_without_permission_is_said(stories: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(stories, "a.toml", Story("a"))

    def refuse(_: Path) -> None:
        raise StoryFileError("a.toml can't be opened: permission denied.", "Ask.")

    monkeypatch.setattr(listing, "read_bytes", refuse)
    (file,) = FolderReader(stories).read().unreadable
    assert (file.path, file.reason, file.hint) == (path, "a.toml can't be opened: permission denied.", "Ask.")


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "stories").write_text("x")
    (file,) = FolderReader(tmp_path / "stories").read().unreadable
    assert "is a file where a folder of stories should be" in file.reason


def test_a_folder_that_cannot_be_listed_is_said(stories: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    (file,) = FolderReader(stories).read().unreadable
    assert "can't be listed: permission denied" in file.reason


def test_the_second_file_with_an_id_is_set_apart(stories: Path) -> None:
    put(stories, "a.toml", Story("same", title="Z"))
    put(stories, "b.toml", Story("same", title="A"))
    found = FolderReader(stories).read()
    assert [stored.slug for stored in found.stories] == ["a"]
    assert [file.reason for file in found.unreadable] == ["b.toml has the same id as a.toml."]


def test_a_conflict_copy_belongs_to_its_story(stories: Path) -> None:
    put(stories, "a.toml", Story("same", action="theirs"))
    put(stories, "a (conflict 2026-11-23 2315).toml", Story("same", action="mine"))
    found = FolderReader(stories).read()
    assert [stored.story.action for stored in found.stories] == ["theirs"]
    assert [(copy.story_id, copy.story.action) for copy in found.conflicts] == [("same", "mine")]
    assert found.unreadable == ()


def test_a_linked_folder_and_a_linked_file_are_read(tmp_path: Path, stories: Path) -> None:
    real = put(tmp_path, "elsewhere.toml", Story("a"))
    (stories / "a.toml").symlink_to(real)
    (tmp_path / "link").symlink_to(stories)
    assert [stored.story.id for stored in FolderReader(tmp_path / "link").read().stories] == ["a"]


def test_an_unchanged_file_is_neither_parsed_nor_opened_again(stories: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2000):
        make_old(put(stories, f"{number}.toml", Story(f"id{number}")))
    reader = FolderReader(stories)
    first = reader.read()
    monkeypatch.delattr(listing, "read_story")
    monkeypatch.delattr(listing, "read_bytes")
    assert reader.read() == first
    assert len(first.stories) == 2000


def test_a_file_changed_a_moment_ago_is_opened_again_but_not_parsed(
    stories: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(stories, "a.toml", Story("a"))
    reader = FolderReader(stories, clock_ns=lambda: path.stat().st_mtime_ns + 1000)
    first, opened = reader.read(), []

    def read(path: Path) -> bytes:
        opened.append(path)
        return path.read_bytes()

    monkeypatch.setattr(listing, "read_bytes", read)
    monkeypatch.delattr(listing, "read_story")
    assert reader.read() == first
    assert opened == [path]


def test_a_change_that_keeps_size_and_time_is_seen(stories: Path) -> None:
    path = put(stories, "a.toml", Story("a", action="one"))
    reader = FolderReader(stories, clock_ns=lambda: path.stat().st_mtime_ns + 1000)
    before, times = reader.read().stories[0], path.stat()
    path.write_bytes(encode_story(replace(before.story, action="two")))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert reader.read().stories[0].story.action == "two"


def test_a_removed_file_is_forgotten(stories: Path) -> None:
    path = put(stories, "a.toml", Story("a"))
    reader = FolderReader(stories)
    assert reader.read().stories
    path.unlink()
    assert reader.read().stories == ()


def test_a_name_that_is_not_utf_8_is_listed(stories: Path) -> None:
    path = stories / os.fsdecode(b"caf\xe9.toml")
    path.write_bytes(b'title = "x"')
    (stored,) = FolderReader(stories).read().stories
    assert stored.story == read_story(b'title = "x"', name=path.name)
