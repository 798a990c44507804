"""Texts with the principles they show, ours and published ones."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.fitting.texts import LabelledText
from coach.matching.kinds import guess_kind
from coach.matching.scoring import Kind


@dataclass(frozen=True)
class Reading:
    """An expert's blind reading: three principles, the best first, and the words the first rests on."""

    top3: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Gold:
    """A text and its labels.

    Attributes:
        labels: the main one first, unless `main_known` is false.
        author: whose text it is, for averages over authors.
    """

    text: str
    kind: Kind
    labels: tuple[str, ...]
    author: str
    main_known: bool = True
    reading: Reading | None = None


def left_out(texts: list[LabelledText], kind: Kind, slugs: tuple[str, ...]) -> list[Gold]:
    """Of our own, those with labels of this set."""
    return [
        Gold(text.text, kind, text.labels, f"{text.file} {text.voice.partition(',')[0]}")
        for text in texts
        if text.kind == kind and text.labels and set(text.labels) <= set(slugs)
    ]


def published(path: Path, kind: Kind | None = None) -> list[Gold]:
    """Rows {"text", "labels", "source"}; beside stories.jsonl, the readings in stories_expert.jsonl belong to it by id."""
    readings = _readings(path.with_name(f"{path.stem}_expert.jsonl"))
    return [_gold(row, kind, readings) for row in _rows(path)]


def _gold(row: Mapping[str, Any], kind: Kind | None, readings: Mapping[Any, Reading]) -> Gold:
    return Gold(
        text=row["text"],
        kind=kind or row.get("kind") or guess_kind(row["text"]),
        labels=tuple(row.get("labels") or (row["primary"], *row.get("also", ()))),
        author=_author(row.get("source", "")),
        main_known=row.get("primary_known", True),
        reading=readings.get(row.get("id")),
    )


def _author(source: str | list[str]) -> str:
    first = source if isinstance(source, str) else source[0]
    return "/".join(first.split("@")[0].split("/")[:2])


def _readings(path: Path) -> dict[Any, Reading]:
    if not path.exists():
        return {}
    return {row["id"]: Reading(tuple(row["top3"]), row["evidence"]) for row in _rows(path)}


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
