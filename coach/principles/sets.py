"""Which principle set is meant."""

import os
from pathlib import Path

from coach.principles.loading import load_set, load_shipped
from coach.principles.principle import PrincipleSet
from coach.principles.shipped import DEFAULT_SET, SetEntry, shipped_ids, shipped_sets

__all__ = ["DEFAULT_SET", "SetEntry", "find_set", "shipped_sets"]

OWN_SET = "principles.toml"


def find_set(wanted: str | None, *, bank_folder: Path | None) -> PrincipleSet:
    """The set with this id or in this .toml file; without a wish the bank's own, else the default.

    Raises PrincipleSetError where there is no such set or it has faults.
    """
    if wanted is None:
        own = bank_folder / OWN_SET if bank_folder else None
        return load_set(own) if own and _is_there(own) else load_shipped(DEFAULT_SET)
    if wanted not in shipped_ids() and _looks_like_a_path(wanted):
        return load_set(_at_home(wanted))
    return load_shipped(wanted)


def _looks_like_a_path(wanted: str) -> bool:
    return wanted.endswith(".toml") or "/" in wanted or os.sep in wanted


def _at_home(wanted: str) -> Path:
    """The path with its `~` resolved; as it stands where nobody has that name."""
    try:
        return Path(wanted).expanduser()
    except RuntimeError:
        return Path(wanted)


def _is_there(path: Path) -> bool:
    """Also true of a file that can't be looked at: loading it says why."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
