"""`coach principles` and `coach questions`."""

from typing import TYPE_CHECKING, Any

import click

from coach.cli.context import Session, pass_session, print_json, print_text
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.principles.principle import Principle, Question


@click.command()
@click.argument("principle", required=False)
@click.option("--sets", is_flag=True, help="List the sets that ship with coach.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_session
def principles(session: Session, principle: str | None, sets: bool, as_json: bool) -> None:
    """The principles of the set in use, or one of them in full (by name, slug or code).

    \b
    Example:
      coach principles
      coach principles "Dive Deep"
      coach --set amazon-16 principles
    """
    if sets:
        _print_sets(as_json)
    elif principle is not None:
        _print_one(_find(session, principle), session, as_json)
    elif as_json:
        print_json([_data(item) for item in session.principle_set.principles])
    else:
        rows = (f"{item.code}  {item.name}\n      {item.gist}" for item in session.principle_set.principles)
        print_text("\n".join([session.principle_set.name, *rows]))


def _find(session: Session, wanted: str) -> "Principle":
    found = session.principle_set.find(wanted)
    if found is None:
        known = ", ".join(session.principle_set.slugs)
        raise CoachError(f"“{wanted}” is no principle of this set.", f"It has: {known}.")
    return found


def _print_sets(as_json: bool) -> None:
    from coach.principles.sets import shipped_sets

    entries = shipped_sets()
    if as_json:
        print_json([{"id": entry.id, "name": entry.name} for entry in entries])
    else:
        print_text("\n".join(f"{entry.id:<12}{entry.name}" for entry in entries))


def _print_one(item: "Principle", session: Session, as_json: bool) -> None:
    if as_json:
        print_json(_data(item))
        return
    lines = [
        f"{item.name} ({item.code}, {item.slug})",
        item.gist,
        "",
        "Sounds like:",
        *(f"  {s}" for s in item.signals),
    ]
    if item.contradictions:
        lines += ["", "The opposite sounds like:", *(f"  {s}" for s in item.contradictions)]
    if item.confusions:
        lines += ["", "Told apart:", *(f"  {session.principle_set.name_of(c.other)}: {c.ask}" for c in item.confusions)]
    lines += ["", "Asked about:", *(f"  {theme.name} ({len(theme.questions)} questions)" for theme in item.themes)]
    print_text("\n".join(lines))


def _data(item: "Principle") -> dict[str, Any]:
    return {
        "slug": item.slug,
        "code": item.code,
        "name": item.name,
        "aliases": list(item.aliases),
        "gist": item.gist,
        "signals": list(item.signals),
        "contradictions": list(item.contradictions),
        "confusions": [{"with": c.other, "ask": c.ask} for c in item.confusions],
        "themes": [{"slug": t.slug, "name": t.name, "questions": len(t.questions)} for t in item.themes],
    }


@click.command()
@click.option("--principle", "wanted", metavar="NAME", help="Only those that mainly probe this principle.")
@click.option("--theme", metavar="SLUG", help="Only those of this theme.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_session
def questions(session: Session, wanted: str | None, theme: str | None, as_json: bool) -> None:
    """What interviewers ask.

    \b
    Example:
      coach questions --principle "Earn Trust"
    """
    only = _find(session, wanted).slug if wanted else None
    found = [q for q in session.principle_set.questions() if only in (None, q.principle) and theme in (None, q.theme)]
    if not found:
        raise CoachError("No question fits.", "coach principles NAME lists the themes of a principle.")
    if as_json:
        print_json([_question_data(question) for question in found])
    else:
        print_text("\n".join(question.text for question in found))


def _question_data(question: "Question") -> dict[str, Any]:
    from coach.principles.questions import question_id

    return {
        "id": question_id(question),
        "text": question.text,
        "principle": question.principle,
        "also": list(question.also),
        "theme": question.theme,
    }
