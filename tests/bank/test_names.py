from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.names import (
    conflict_names,
    folder_key,
    is_sync_copy,
    numbered,
    read_stamp,
    safe_name,
    slug_in_conflict,
    slug_of,
    stamp,
)

AT = datetime(2026, 11, 23, 23, 15, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The night the scale failed", "the-night-the-scale-failed"),
        ("Café déjà vu!", "cafe-deja-vu"),
        ("Don't ask", "dont-ask"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本の話", "日本の話"),
        ("Straße 5", "straße-5"),
        ("", "untitled-story"),
        ("!?\0", "untitled-story"),
        ("CON", "story-con"),
        ("a" * 99, "a" * 60),
    ],
)
def test_a_slug_is_readable_and_safe(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_every_title_makes_a_file_name_that_also_fits_with_its_additions(title: str) -> None:
    slug = slug_of(title)
    name = next(islice(conflict_names(slug, AT), 20, None))
    assert slug
    assert not slug.startswith((".", "-"))
    assert "/" not in slug
    assert len(slug) <= 60
    assert len(name.encode()) <= 255


def test_taken_names_are_numbered() -> None:
    assert list(islice(numbered("story"), 3)) == ["story", "story-2", "story-3"]


def test_a_conflict_copy_says_what_it_is_a_copy_of() -> None:
    first, second = islice(conflict_names("my story", AT), 2)
    assert slug_in_conflict(first) == slug_in_conflict(second) == "my story"
    assert first.startswith("my story (conflict 2026-11-2")
    assert second.endswith("-2).toml")
    assert slug_in_conflict("my story.toml") is None
    assert slug_in_conflict("the (conflict of interest).toml") is None


@pytest.mark.parametrize(
    "name",
    [
        "x (Ann's conflicted copy 2026-11-23).toml",
        "x.sync-conflict-20261123-231500-ABC.toml",
        "x (SFConflict a@b 2026).toml",
    ],
)
def test_copies_made_by_sync_programs_are_known(name: str) -> None:
    assert is_sync_copy(name)


def test_a_story_about_a_conflict_is_no_sync_copy() -> None:
    assert not is_sync_copy(slug_of("The conflicted copy") + ".toml")
    assert not is_sync_copy("x (conflict 2026-11-23 2315).toml")


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_no_id_leads_out_of_its_folder(story_id: str) -> None:
    name = safe_name(story_id)
    assert name
    assert Path(name).name == name
    assert name != ".."
    assert len(name) <= 40
    assert safe_name("../../x").startswith("_")


def test_plain_ids_are_used_as_they_are() -> None:
    assert safe_name("a1b2-c3") == "a1b2-c3"
    assert safe_name("A1B2") != safe_name("a1b2")


def test_a_folder_has_one_key_whichever_link_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert folder_key(tmp_path / "link") == folder_key(tmp_path / "real") != folder_key(tmp_path)


def test_stamps_sort_in_time_and_come_back() -> None:
    assert read_stamp(stamp(AT)) == AT
    assert stamp(AT) < stamp(AT.replace(microsecond=123457))
    assert read_stamp("yesterday") is None
