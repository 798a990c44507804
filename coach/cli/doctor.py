"""`coach doctor`."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from coach import paths
from coach.cli.context import Session, exists, pass_session, print_json, print_text
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.bank.bank import Bank

WANTING = 1


@dataclass(frozen=True)
class Observation:
    """One thing looked at: `wrong` says whether somebody should do something about it."""

    what: str
    said: str
    wrong: bool = False


@click.command()
@click.option("--paths", "only_paths", is_flag=True, help="Only where everything lies.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_session
def doctor(session: Session, only_paths: bool, as_json: bool) -> None:
    """Is everything in order, and where does every copy lie? Changes nothing; exits with 1 if something is wrong.

    \b
    Example:
      coach doctor
      coach doctor --paths
    """
    found = [*_places(session), *(() if only_paths else _examined(session))]
    if as_json:
        print_json([{"what": o.what, "said": o.said, "wrong": o.wrong} for o in found])
    else:
        print_text("\n".join(f"{'WRONG ' if o.wrong else ''}{o.what}: {o.said}" for o in found))
    if any(observation.wrong for observation in found):
        raise click.exceptions.Exit(WANTING)


def _places(session: Session) -> Iterator[Observation]:
    places = {
        "bank": session.folder,
        "settings": paths.config_file(),
        "drafts, revisions, trash": paths.state_folder(),
        "sentence vectors (may be deleted)": paths.cache_folder(),
    }
    for name, place in places.items():
        yield Observation(name, f"{place}{'' if exists(place) else ' (not there yet)'}")


def _examined(session: Session) -> Iterator[Observation]:
    yield from _bank(session)
    yield from _set(session)
    yield _encoder(session)


def _bank(session: Session) -> Iterator[Observation]:
    try:
        bank = session.bank
    except CoachError as error:
        yield Observation("stories", str(error), wrong=True)
    else:
        yield from _stories(bank)
        yield from _drafts(bank)


def _stories(bank: "Bank") -> Iterator[Observation]:
    listing = bank.stories()
    yield Observation("stories", str(len(listing.stories)))
    for file in listing.unreadable:
        yield Observation(file.path.name, f"{file.reason} {file.hint}".strip(), wrong=True)
    for copy in listing.conflicts:
        yield Observation(copy.path.name, "two texts of one story; open the app to settle it", wrong=True)


def _drafts(bank: "Bank") -> Iterator[Observation]:
    from coach.bank.drafts import open_drafts

    drafts = open_drafts(bank)
    for file in drafts.unreadable():
        yield Observation(file.path.name, f"{file.reason} {file.hint}".strip(), wrong=True)
    for draft in drafts.waiting():
        yield Observation(
            "unsaved text",
            f"“{draft.story.title}”, typed {draft.at:%Y-%m-%d %H:%M}; open the app to take it up",
            wrong=True,
        )


def _set(session: Session) -> Iterator[Observation]:
    try:
        chosen = session.principle_set
    except CoachError as error:
        yield Observation("principle set", str(error), wrong=True)
    else:
        yield Observation(
            "principle set",
            f"{chosen.name}, {len(chosen.principles)} principles, {sum(1 for _ in chosen.questions())} questions",
        )


def _encoder(session: Session) -> Observation:
    from importlib.util import find_spec

    from coach.matching.encoder import SHIPPED
    from coach.matching.fitted import load_fitted
    from coach.matching.opening import model_file
    from coach.matching.weights import find_weights, verify

    chosen = ""
    with suppress(CoachError):  # what is wrong with the settings is said with the principle set
        chosen = session.settings.encoder
    try:
        verify(find_weights())
        load_fitted(model_file(chosen or SHIPPED))
    except CoachError as error:
        return Observation("reader", str(error), wrong=True)
    if find_spec("sentence_transformers") is None:
        return Observation(
            "reader", "sentence-transformers is not installed. pip install sentence-transformers", wrong=True
        )
    return Observation("reader", f"reads with {chosen}" if chosen else "weights present and unchanged")
