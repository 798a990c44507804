"""The group of commands, and the one place where errors become words and exit codes."""

import errno
import io
import sys
from typing import Any, NoReturn

import click

from coach import __version__
from coach.cli import bank, coverage, doctor, export, match, principles, train
from coach.cli.context import Session, has_terminal, narrate
from coach.errors import CoachError

WRONG_USE = 2
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it: 1 means that something was found wanting."""


class CoachGroup(click.Group):
    """Says what is wrong in one sentence on stderr and ends with 2; never a traceback for bad input."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        _accept_any_letter()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CoachError as error:
            fail(error)
        except (KeyboardInterrupt, click.Abort):
            narrate("Stopped.")
            raise click.exceptions.Exit(INTERRUPTED) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # click ends in silence when the reader of a pipe has gone
                raise
            fail(CoachError(f"The system refuses: {error}."))


def _accept_any_letter() -> None:
    """A terminal in an old encoding shows ? for what it hasn't; otherwise Python would end with an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def fail(error: CoachError) -> NoReturn:
    narrate(f"coach: {error}")
    raise click.exceptions.Exit(WRONG_USE)


@click.group(cls=CoachGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--bank",
    "bank_folder",
    metavar="DIR",
    help="The folder that holds stories/. Else $COACH_BANK, the nearest folder upwards with stories/, or your own data folder.",
)
@click.option("--set", "set_named", metavar="SET", help="Principle set: amazon-14, amazon-16, tpm, or a .toml file.")
@click.version_option(__version__, prog_name="coach")
@click.pass_context
def main(context: click.Context, bank_folder: str | None, set_named: str | None) -> None:
    """Write STAR stories, see which principles they show, see what is missing. Offline.

    Without a command, coach opens the app (or prints the coverage where there is no terminal).

    \b
    Example:
      coach
      coach --bank ~/interviews coverage
    """
    context.obj = Session(bank_folder, set_named)
    if context.invoked_subcommand is not None:
        return
    if has_terminal():
        open_app(context.obj)
    else:
        context.invoke(coverage.coverage)


def open_app(session: Session) -> None:
    from coach.tui.start import run

    run(session.bank, session.principle_set, session.settings)


for command in (
    bank.new,
    bank.edit,
    bank.list_stories,
    bank.show,
    bank.delete,
    match.match,
    match.ask,
    coverage.coverage,
    export.export,
    principles.principles,
    principles.questions,
    train.train,
    doctor.doctor,
):
    main.add_command(command)
