"""What the user chose, kept in one small file. Reading never writes; a broken file is said, never replaced in silence."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomli_w

from coach.bank.files import write_durably
from coach.errors import SettingsError


@dataclass(frozen=True)
class Settings:
    """Choices that hold for this person on this machine.

    Attributes:
        theme: name of the colour theme, or empty for the default.
        principle_sets: by the bank's folder, the set chosen in the app (an id or a file).
        encoder: name or folder of the encoder chosen with `coach train`, or empty for the one that ships.
        extra: keys this version does not know, kept.
    """

    theme: str = ""
    principle_sets: Mapping[str, str] = field(default_factory=dict)
    encoder: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def principle_set_for(self, bank: Path) -> str | None:
        return self.principle_sets.get(str(bank))

    def with_principle_set(self, bank: Path, chosen: str) -> "Settings":
        return replace(self, principle_sets={**self.principle_sets, str(bank): chosen})


def load_settings(path: Path) -> Settings:
    """Raises SettingsError for a file that can't be read; a missing one means the defaults."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The settings in {path} can't be read: {error}.", "Correct or remove that file."
        ) from error
    return _settings_from(data)


def _settings_from(data: dict[str, Any]) -> Settings:
    theme = data.pop("theme", "")
    sets = data.pop("principle_sets", {})
    encoder = data.pop("encoder", "")
    return Settings(
        theme=theme if isinstance(theme, str) else "",
        principle_sets={k: v for k, v in sets.items() if isinstance(v, str)} if isinstance(sets, dict) else {},
        encoder=encoder if isinstance(encoder, str) else "",
        extra=data,
    )


def save_settings(path: Path, settings: Settings) -> None:
    """Raises SaveFailed."""
    chosen = {"theme": settings.theme, "principle_sets": dict(settings.principle_sets), "encoder": settings.encoder}
    data = {**settings.extra, **chosen}
    write_durably(path, tomli_w.dumps(data).encode())
