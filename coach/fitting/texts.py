"""Labelled texts, from JSON lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from coach.errors import CoachError

TextKind = Literal["story", "question", "window", "contradiction", "neutral"]
NONE = "none"
"""The label of a text that shows no principle."""


class TextsError(CoachError):
    """The labelled texts can't be used."""


@dataclass(frozen=True)
class LabelledText:
    """One text and what it shows.

    Attributes:
        file: the letters its file's name begins with, which tell one hand from another.
        primary: the principle it shows first, or "none"; of a contradiction, the one it is the contrary of.
        evidence: by principle, the stretches of the text that earn it.
    """

    file: str
    kind: TextKind
    primary: str
    text: str
    also: tuple[str, ...] = ()
    trade: str = ""
    voice: str = ""
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """What a reader should find in it, the main one first; empty where there is nothing to find."""
        shows_nothing = self.primary == NONE or self.kind in ("contradiction", "neutral")
        return () if shows_nothing else (self.primary, *self.also)


def load_texts(folder: Path) -> list[LabelledText]:
    """All texts of a folder, in the order of its files. Raises TextsError."""
    files = text_files(folder)
    if not files:
        raise TextsError(
            f"There are no labelled texts in {folder}.", "They are in the folder training/ of coach's source."
        )
    return [row for file in files for row in _rows(file)]


def text_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))


def texts_hash(folder: Path) -> str:
    """sha256 over all files, so that a model can say which texts it was made from."""
    digest = sha256()
    for file in text_files(folder):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _rows(file: Path) -> Sequence[LabelledText]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [_row(file.stem.partition("-")[0], json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TextsError(
            f"{file.name} can't be used: {error!r}.", "One JSON object a line, with kind, primary and text."
        ) from error


def _row(file: str, row: dict[str, Any]) -> LabelledText:
    if row["kind"] not in get_args(TextKind):
        raise ValueError(f"kind {row['kind']}")
    return LabelledText(
        file=file,
        kind=row["kind"],
        primary=row["primary"],
        text=row["text"],
        also=tuple(row.get("also", ())),
        trade=row.get("trade", ""),
        voice=row.get("voice", ""),
        evidence={slug: tuple(quotes) for slug, quotes in row.get("evidence", {}).items()},
    )
