"""What every command may need, made when it is first asked for."""

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach import paths

if TYPE_CHECKING:
    from coach.bank.bank import Bank, Listing
    from coach.coverage.survey import Survey
    from coach.matching.reader import Reader
    from coach.matching.vectors import CachedEncoder
    from coach.principles.principle import PrincipleSet
    from coach.settings import Settings


@dataclass
class Session:
    """One run of a command: which bank, which principle set."""

    bank_named: str | None
    set_named: str | None

    @property
    def folder(self) -> Path:
        return paths.find_bank(self.bank_named, Path.cwd())

    @cached_property
    def bank(self) -> "Bank":
        from coach.bank.bank import open_bank

        return open_bank(self.folder)

    @cached_property
    def settings(self) -> "Settings":
        from coach.settings import load_settings

        return load_settings(paths.config_file())

    @cached_property
    def principle_set(self) -> "PrincipleSet":
        """The one named, else the one chosen in the app for this bank, else the bank's own, else the 14."""
        from coach.principles.sets import find_set

        wanted = self.set_named or self.settings.principle_set_for(self.folder)
        return find_set(wanted, bank_folder=self.folder)

    @cached_property
    def encoder(self) -> "CachedEncoder":
        from coach.matching.encoder import EncoderProcess
        from coach.matching.vectors import CachedEncoder, VectorCache

        process = EncoderProcess()
        click.get_current_context().call_on_close(process.close)
        process.on_state = lambda state: narrate("starting the reader, about 10 s …") if state == "starting" else None
        return CachedEncoder(process, VectorCache(paths.cache_folder() / "vectors.sqlite"))

    @cached_property
    def reader(self) -> "Reader":
        from coach.matching.reader import Reader

        return Reader(self.principle_set, self.encoder)

    def survey(self) -> "Survey":
        """The whole bank read; what is out of order is said on stderr."""
        from coach.coverage.survey import survey

        listing = self.bank.stories()
        found = survey(listing, self.reader)
        tell_problems(listing)
        if found.problem is not None:
            narrate(f"{found.problem} Only what you confirmed yourself is counted.")
        return found


def narrate(text: str) -> None:
    """Say something beside the data."""
    from coach.bank.visible import printable

    click.echo(printable(text), err=True)


def tell_problems(listing: "Listing") -> None:
    for file in listing.unreadable:
        narrate(f"left out: {file.path.name}: {file.reason} {file.hint}")
    for copy in listing.conflicts:
        narrate(f"two texts of one story: {copy.path.name}. Open the app to settle it.")


def print_json(data: Any) -> None:
    """Stable: keys as given, text unescaped, two blanks."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_text(text: str) -> None:
    """Text that holds what somebody typed: control characters never reach the terminal."""
    from coach.bank.visible import printable

    click.echo(printable(text))


def has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


pass_session = click.make_pass_decorator(Session)
