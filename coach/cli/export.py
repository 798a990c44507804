"""`coach export`."""

from pathlib import Path

import click

from coach.cli.context import Session, exists, narrate, pass_session
from coach.errors import CoachError

FIRST_LINE = "# Story bank"
FIRST_LINE_LENGTH = 200
"""Characters looked at: somebody else's file may be one line of a gigabyte."""


@click.command()
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write to this file instead of standard output (-).",
)
@click.option("--force", is_flag=True, help="Replace a file that is not an earlier export.")
@pass_session
def export(session: Session, target: Path | None, force: bool) -> None:
    """The whole bank as one markdown document: coverage, evidence, every story.

    \b
    Example:
      coach export -o story-bank.md
    """
    from coach.markdown.export import export_bank, write_export

    if str(target) == "-":
        target = None
    if target is not None and not force:
        _refuse_foreign_file(target)
    document = export_bank(session.survey().coverage)
    if target is None:
        click.echo(document.encode(), nl=False)
    else:
        write_export(target, document)
        narrate(f"Written: {target}")


def _refuse_foreign_file(target: Path) -> None:
    """Only an earlier export is replaced without being told to."""
    if exists(target) and not target.is_file():
        return  # a device or a pipe might never end; writing refuses it by itself
    try:
        with target.open(encoding="utf-8", errors="replace") as file:
            first = file.readline(FIRST_LINE_LENGTH).strip()
    except FileNotFoundError:
        return
    except OSError as error:
        raise CoachError(f"{target} can't be written: {error.strerror}.", "Choose another file.") from error
    if first != FIRST_LINE:
        raise CoachError(
            f"{target} exists and is not an earlier export.", "Choose another name, or say --force to replace it."
        )
