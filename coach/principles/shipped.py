"""The principle sets that ship with the program."""

import tomllib
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from coach import paths

DEFAULT_SET = "amazon-14"

WIDEST_SET = "amazon-16"
"""Holds every principle that the fitted model knows."""

_FILES = {DEFAULT_SET: "principles.toml", "amazon-16": "sets/amazon-16.toml", "tpm": "sets/tpm.toml"}


@dataclass(frozen=True)
class SetEntry:
    """A set one can choose."""

    id: str
    name: str
    path: Path


def shipped_ids() -> tuple[str, ...]:
    return tuple(_FILES)


def shipped_path(set_id: str) -> Path:
    return paths.packaged(_FILES[set_id])


def shipped_sets() -> tuple[SetEntry, ...]:
    """All of them, the default first."""
    return tuple(SetEntry(set_id, _name_in(shipped_path(set_id)), shipped_path(set_id)) for set_id in shipped_ids())


def _name_in(path: Path) -> str:
    """The name from the header alone: parsing the whole file takes tens of ms."""
    with path.open(encoding="utf-8") as file:
        header = "".join(takewhile(lambda line: not line.startswith("["), file))
    return str(tomllib.loads(header)["name"])
