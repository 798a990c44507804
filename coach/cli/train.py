"""`coach train`."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import coach
from coach import paths
from coach.cli.context import Session, narrate, pass_session, print_text
from coach.errors import CoachError, EncoderUnavailable

if TYPE_CHECKING:
    from coach.settings import Settings

SHIPPED = "all-MiniLM-L6-v2"
"""The encoder that ships has its own model, which must never be overwritten."""

TEXTS = Path(coach.__file__).parent.parent / "training"
"""Beside the package in coach's source; an installed coach has them only where --texts says so."""


@click.command()
@click.option("--encoder", metavar="NAME", help="A sentence-transformers model on this machine, by name or folder.")
@click.option("--texts", type=click.Path(path_type=Path), default=TEXTS, help="The folder of labelled texts.")
@click.option("--shipped", is_flag=True, help="Go back to the encoder and the model that ship.")
@pass_session
def train(session: Session, encoder: str | None, texts: Path, shipped: bool) -> None:
    """Use another encoder: fit the matching to it, on coach's own labelled texts, and read by it from now on.

    Takes minutes. Nothing is downloaded: the encoder must be in a folder or in the hub's cache already.

    \b
    Example:
      coach train --encoder ~/models/all-mpnet-base-v2
      coach train --shipped
    """
    if shipped == bool(encoder):
        raise CoachError("Say which encoder.", "coach train --encoder NAME, or coach train --shipped to go back.")
    name = _absolute(encoder) if encoder else SHIPPED
    settings = session.settings
    if name == SHIPPED:
        _choose(settings, "")
        print_text("From now on the encoder that ships reads again. An app that is open has to be started again.")
    else:
        answer = _refit(name, texts)
        _choose(settings, name)
        print_text(_report(name, answer))


def _absolute(encoder: str) -> str:
    """A folder is remembered by its full path: coach may be started from anywhere."""
    try:
        folder = Path(encoder).expanduser()
    except RuntimeError as error:  # ~nobody
        raise CoachError(f"{error}", "Name the encoder's folder without ~.") from error
    return str(folder.absolute()) if folder.is_dir() else encoder


def _refit(encoder: str, texts: Path) -> dict[str, Any]:
    """Raises CoachError in the words of the process that does it."""
    from coach.matching.encoder import child_environment
    from coach.matching.opening import model_file

    output = model_file(encoder)
    command = [sys.executable, "-P", "-m", "coach.fitting", encoder, str(texts), str(output)]
    narrate("reading coach's own texts with this encoder, then fitting; some minutes …")
    done = subprocess.run(command, stdout=subprocess.PIPE, env=child_environment(), check=False, text=True)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise EncoderUnavailable("Fitting ended early.", "The last lines above say why.") from error
    if "error" in answer:
        raise CoachError(answer["error"]["sentence"], answer["error"]["hint"])
    return answer


def _report(encoder: str, answer: dict[str, Any]) -> str:
    fitted = f"{encoder} ({answer['dimensions']} numbers a sentence) is fitted and reads from now on."
    if answer["first"] is None:
        return fitted
    return (
        f"{fitted} On stories it was not fitted to, its first principle is right in {answer['first']:.2f},"
        f" the main one among three in {answer['among']:.2f}."
    )


def _choose(settings: "Settings", encoder: str) -> None:
    from coach.settings import save_settings

    save_settings(paths.config_file(), replace(settings, encoder=encoder))
