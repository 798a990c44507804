"""What every command may need, made when it is first asked for."""

import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach import paths
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.bank.bank import Bank, Listing
    from coach.coverage.survey import Survey
    from coach.matching.encoder import EncoderProcess
    from coach.matching.opening import NeverFitted
    from coach.matching.reader import Reader
    from coach.matching.vectors import CachedEncoder
    from coach.principles.principle import PrincipleSet
    from coach.settings import Settings


# json.dumps escapes C0 alone. DEL, C1 and bidi overrides drive terminals as well, and half a surrogate pair, which is how
# a file name that is no UTF-8 comes in, can't be written at all.
_ESCAPED_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass
class Session:
    """One run of a command: which bank, which principle set."""

    bank_named: str | None
    set_named: str | None

    @cached_property
    def folder(self) -> Path:
        try:
            return paths.find_bank(self.bank_named, Path.cwd())
        except FileNotFoundError as error:
            raise CoachError("The folder you are in no longer exists.", "Go to another one first: cd ~") from error
        except RuntimeError as error:  # ~nobody
            raise CoachError(f"{error}", "Name the bank's folder without ~.") from error

    @cached_property
    def bank(self) -> "Bank":
        from coach.bank.bank import open_bank

        with suppress(PermissionError):  # then the listing says so
            _check_folder(self.folder)
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
        from coach.matching.vectors import CachedEncoder, VectorCache

        process = self._chosen_encoder() if self.settings.encoder else start_encoder()
        click.get_current_context().call_on_close(process.close)
        process.on_state = lambda state: narrate("starting the reader, about 10 s …") if state == "starting" else None
        return CachedEncoder(process, VectorCache(paths.cache_folder() / "vectors.sqlite"))

    def _chosen_encoder(self) -> "EncoderProcess | NeverFitted":
        from coach.matching.opening import open_encoder

        return open_encoder(self.settings.encoder)

    @cached_property
    def reader(self) -> "Reader":
        from coach.matching.opening import open_reader

        return open_reader(self.principle_set, self.encoder)

    @cached_property
    def taught_reader(self) -> "Reader":
        """The reader, corrected by what the author said of the bank's stories."""
        from coach.matching.learning import judged_in

        self.reader.learn(judged_in(stored.story for stored in self.bank.stories().stories))
        return self.reader

    def survey(self) -> "Survey":
        """The whole bank read; what is out of order is said on stderr."""
        from coach.coverage.survey import survey

        listing = self.bank.stories()
        found = survey(listing, self.reader)
        tell_problems(listing)
        if found.problem is not None:
            narrate(f"{found.problem} Only what you confirmed yourself is counted.")
        return found


def start_encoder() -> "EncoderProcess":
    """What reads the texts; its process starts with the first new sentence."""
    from coach.matching.encoder import EncoderProcess

    return EncoderProcess()


def _check_folder(folder: Path) -> None:
    """Two slips of the hand that would otherwise look like an empty bank."""
    if folder.is_file():
        raise CoachError(f"{folder} is a file.", "A bank is a folder: the one that holds stories/.")
    is_inner = folder.name == "stories" and not (folder / "stories").exists()
    if is_inner and any(file.name != "principles.toml" for file in folder.glob("*.toml")):
        raise CoachError(f"{folder} is the folder of stories in a bank.", f"Name the bank itself: {folder.parent}")


def exists(place: Path) -> bool:
    """Whether something is there; what can't be looked at counts as being there."""
    try:
        return place.exists()
    except OSError:
        return True


def narrate(text: str) -> None:
    """Say something beside the data."""
    from coach.bank.visible import printable

    click.echo(printable(text), err=True)


def tell_problems(listing: "Listing") -> None:
    for file in listing.unreadable:
        narrate(f"left out: {file.reason} {file.hint}".strip())
    for copy in listing.conflicts:
        narrate(f"two texts of one story: {copy.path.name}. Open the app to settle it.")


def print_json(data: Any, indent: int | None = 2) -> None:
    """Stable: keys as given, text unescaped, two blanks; UTF-8 whatever the terminal's encoding. Flushed at once."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=indent)
    click.echo(_ESCAPED_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode())


def print_text(text: str) -> None:
    """Text that holds what somebody typed: control characters never reach the terminal."""
    from coach.bank.visible import printable

    click.echo(printable(text))


def has_terminal() -> bool:
    """Python has no stream at all where the shell closed one."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


pass_session = click.make_pass_decorator(Session)
