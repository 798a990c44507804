"""Where things lie on this machine. Functions only: nothing is created by asking."""

import os
from pathlib import Path

import platformdirs

APP = "coach"


def _below_home(kind: str) -> Path | None:
    """$COACH_HOME puts every folder below one place: for portable use and for tests."""
    home = os.environ.get("COACH_HOME")
    return Path(home).expanduser() / kind if home else None


def data_folder() -> Path:
    """The bank of somebody who named no other."""
    return _below_home("bank") or platformdirs.user_data_path(APP)


def config_file() -> Path:
    """The settings."""
    return (_below_home("config") or platformdirs.user_config_path(APP)) / "settings.toml"


def state_folder() -> Path:
    """Drafts, revisions and trash: kept, but of this machine alone, never inside a synced bank."""
    return _below_home("state") or platformdirs.user_state_path(APP)


def cache_folder() -> Path:
    """What may be deleted at any time: sentence vectors."""
    return _below_home("cache") or platformdirs.user_cache_path(APP)


def packaged(name: str) -> Path:
    """A file or folder that ships with the program.

    In a wheel it lies in coach/data; in a clone `principles.toml` and `stories` lie at the top, where people look for them.
    """
    inside = Path(__file__).parent / "data" / name
    return inside if inside.exists() else Path(__file__).parent.parent / name


def find_bank(named: str | None, here: Path) -> Path:
    """The bank's folder: the one named, else $COACH_BANK, else the nearest upwards with `stories/`, else the user's own."""
    chosen = named or os.environ.get("COACH_BANK")
    if chosen:
        return Path(chosen).expanduser().absolute()
    for folder in (here, *here.parents):
        if (folder / "stories").is_dir():
            return folder
    return data_folder()
