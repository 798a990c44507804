"""Names of files and folders: from titles, ids and times, and back."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

STORY_SUFFIX = ".toml"
UNTITLED_SLUG = "untitled-story"
SLUG_LENGTH = 60
"""Characters: a name that still fits a line of `ls`."""
SLUG_BYTES = 180
"""Names may have 255 bytes on most systems; room is left for a number and for " (conflict 2026-11-23 2315-2).toml"."""

_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10))}
_SAFE_ID = re.compile(r"[a-z0-9-]{1,40}")
_CONFLICT = re.compile(r"(?P<slug>.+) \(conflict \d{4}-\d\d-\d\d \d{4}(-\d+)?\)")
_SYNC_COPY = re.compile(r"conflicted copy|\.sync-conflict-|\(SFConflict |case conflict", re.IGNORECASE)
_STAMP = "%Y%m%dT%H%M%S.%fZ"


def slug_of(title: str) -> str:
    """A file name from a title: lower case, words joined by hyphens; letters of other scripts stay."""
    plain = "".join(_plain(sign) for sign in unicodedata.normalize("NFC", title).lower())
    slug = cut(re.sub(r"-+", "-", plain).strip("-")[:SLUG_LENGTH], SLUG_BYTES).strip("-")
    return f"story-{slug}" if slug in _DEVICES else slug or UNTITLED_SLUG


def _plain(sign: str) -> str:
    if sign in "'’":
        return ""
    if unicodedata.category(sign)[0] not in "LNM":
        return "-"
    base = "".join(part for part in unicodedata.normalize("NFKD", sign) if part.isascii() and part.isalnum())
    return base.lower() or sign


def cut(name: str, most: int) -> str:
    """The beginning of a name that takes at most so many bytes."""
    return name.encode("utf-8", "surrogateescape")[:most].decode("utf-8", "ignore")


def numbered(slug: str) -> Iterator[str]:
    """slug, slug-2, slug-3 and so on, without end."""
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def conflict_names(slug: str, at: datetime) -> Iterator[str]:
    """File names for the second text of a story, in local time: people look at these."""
    label = f"conflict {at.astimezone():%Y-%m-%d %H%M}"
    return (f"{cut(slug, SLUG_BYTES)} ({name}){STORY_SUFFIX}" for name in numbered(label))


def slug_in_conflict(name: str) -> str | None:
    """The slug of the story that a conflict copy belongs to, or None for any other file name."""
    found = _CONFLICT.fullmatch(name.removesuffix(STORY_SUFFIX))
    return found["slug"] if found else None


def is_sync_copy(name: str) -> bool:
    """Whether a sync program has put this file beside another."""
    return _SYNC_COPY.search(name) is not None


def safe_name(story_id: str) -> str:
    """A folder name for an id. Ids come from files anybody may have written: `../../x` must lead nowhere."""
    if _SAFE_ID.fullmatch(story_id) and story_id not in _DEVICES:
        return story_id
    return "_" + _digest(story_id.encode("utf-8", "surrogatepass"))


def folder_key(folder: Path) -> str:
    """A short name for a folder, the same whichever symlink leads to it."""
    return _digest(os.fsencode(os.path.realpath(folder)))


def id_from_name(name: str) -> str:
    """The id of a story whose file holds none: the same each time it is read."""
    return _digest(name.encode("utf-8", "surrogateescape"))[:12]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def stamp(at: datetime) -> str:
    """A moment as the beginning of a file name; sorted as text, these are sorted in time."""
    return at.astimezone(UTC).strftime(_STAMP)


def read_stamp(text: str) -> datetime | None:
    """The moment in local time, or None for a text that is none."""
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def utc_now() -> datetime:
    return datetime.now(UTC)
