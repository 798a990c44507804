"""Every test has a machine of its own: no settings, bank or editor of the person who runs it."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for settings, state and cache, empty at first."""
    home = tmp_path_factory.mktemp("home")
    for name in ("COACH_BANK", "NO_COLOR", "VISUAL", "EDITOR", "TEXTUAL_THEME", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("TERM", "xterm-256color")
    return home
