"""`coach new`, `edit`, `list`, `show`, `delete`."""

from typing import TYPE_CHECKING, Any

import click

from coach.cli.context import Session, has_terminal, narrate, pass_session, print_json, print_text, tell_problems
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.bank.bank import StoredStory
    from coach.bank.story import Story

SECTION_OPTIONS = ("situation", "task", "action", "result", "learning")


def _section_options(command: Any) -> Any:
    for name in reversed(SECTION_OPTIONS):
        command = click.option(f"--{name}", default="", metavar="TEXT", help=f"Text of the {name}.")(command)
    return command


@click.command()
@click.argument("title")
@click.option("--headline", default="", metavar="TEXT", help="The one sentence for the interviewer's notes.")
@_section_options
@click.option(
    "--edit/--no-edit",
    "wants_editor",
    default=None,
    help="Open $EDITOR (by default where there is a terminal and no section is given).",
)
@pass_session
def new(
    session: Session,
    /,
    title: str,
    headline: str,
    wants_editor: bool | None,
    situation: str,
    task: str,
    action: str,
    result: str,
    learning: str,
) -> None:
    """Start a story; prints where its file is.

    \b
    Example:
      coach new "The refund nobody asked about" --situation "In March we …"
    """
    from random import SystemRandom

    from coach.bank.story import Story

    if not title.strip():
        raise CoachError("A story needs a title.", 'coach new "The refund nobody asked about"')
    story = Story(
        session.bank.new_id(SystemRandom()),
        title=title.strip(),
        headline=headline,
        situation=situation,
        task=task,
        action=action,
        result=result,
        learning=learning,
    )
    has_text = any(text for _, text in story.sections())
    stored = session.bank.save(story, loaded=None)
    # Said before the editor opens: the story has its file, whatever comes of the editing.
    print_text(str(stored.path))
    if wants_editor if wants_editor is not None else has_terminal() and not has_text:
        _edit(session, stored)


@click.command()
@click.argument("story")
@pass_session
def edit(session: Session, story: str) -> None:
    """Open a story in $EDITOR. What you wrote is never lost, even if it can't be read as a story.

    \b
    Example:
      coach edit "The refund"
    """
    stored = _edit(session, session.bank.get(story))
    print_text(str(stored.path))


def _edit(session: Session, stored: "StoredStory") -> "StoredStory":
    from coach.cli.editing import edit_story

    return edit_story(session.bank, stored)


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_session
def list_stories(session: Session, as_json: bool) -> None:
    """All stories: title, month, words, what you confirmed.

    \b
    Example:
      coach list
      coach list --json | jq '.[].title'
    """
    listing = session.bank.stories()
    tell_problems(listing)
    if as_json:
        print_json([_list_data(stored) for stored in listing.stories])
    elif not listing.stories:
        print_text('No stories yet. coach new "…" writes the first; coach alone opens the app.')
    else:
        print_text("\n".join(_list_line(session, stored) for stored in listing.stories))


def _list_line(session: Session, stored: "StoredStory") -> str:
    story = stored.story
    about = ", ".join(session.principle_set.name_of(slug) for slug in story.confirmed)
    title, when = (" ".join(text.split()) for text in (story.title, story.when))
    return f"{stored.slug:<34} {when:<8} {_words(story):>4} words  {title}{f'  ({about})' if about else ''}"


def _words(story: "Story") -> int:
    from coach.bank.words import count_words

    return sum(count_words(text) for _, text in story.sections())


def _list_data(stored: "StoredStory") -> dict[str, Any]:
    story = stored.story
    return {
        "id": story.id,
        "title": story.title,
        "file": str(stored.path),
        "when": story.when,
        "role": story.role,
        "company": story.company,
        "outcome": story.outcome,
        "tags": list(story.tags),
        "headline": story.headline,
        "confirmed": list(story.confirmed),
        "rejected": list(story.rejected),
        "words": _words(story),
    }


@click.command()
@click.argument("story")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with all sections.")
@click.option("--matches", is_flag=True, help="Also what it shows, by which words.")
@pass_session
def show(session: Session, story: str, as_json: bool, matches: bool) -> None:
    """One story, by title, file name, id, or the beginning of either.

    \b
    Example:
      coach show turned-digits --matches
    """
    stored = session.bank.get(story)
    found = _matches(session, stored.story) if matches else None
    if as_json:
        data = {
            **_list_data(stored),
            "sections": dict(stored.story.sections()),
            **({"matches": found} if matches else {}),
        }
        print_json(data)
        return
    print_text(_as_text(stored.story))
    if found is not None:
        print_text("\n".join(["", *_match_lines(session, found)]))


def _matches(session: Session, story: "Story") -> list[dict[str, Any]]:
    from coach.cli.match import row_data
    from coach.coverage.matrix import standing_of
    from coach.coverage.survey import read_story

    found = read_story(session.taught_reader, story)
    rows = row_data(found)["principles"]
    return [{**row, "standing": standing_of(story, item.slug, item)} for row, item in zip(rows, found, strict=True)]


def _match_lines(session: Session, found: list[dict[str, Any]]) -> list[str]:
    lines = []
    for row in found:
        if row["standing"] != "none":
            lines.append(f"{row['standing']:<10}{session.principle_set.name_of(row['slug'])}")
            lines += [f"    “{item['text']}” ({item['part']})" for item in row["evidence"]]
    return lines or ["No principle stands out yet."]


def _as_text(story: "Story") -> str:
    facts = " · ".join(
        text for text in (story.when, story.role, story.company, story.outcome, ", ".join(story.tags)) if text
    )
    lines = [story.title, facts, *([story.headline] if story.headline else [])]
    for name, text in story.sections():
        lines += ["", name.upper(), text.strip() or "(empty)"]
    return "\n".join(lines)


@click.command()
@click.argument("story")
@click.option("--yes", is_flag=True, help="Don't ask.")
@pass_session
def delete(session: Session, story: str, yes: bool) -> None:
    """Move a story to the trash. The app brings it back: F3, then t.

    \b
    Example:
      coach delete turned-digits
    """
    stored = session.bank.get(story)
    if not yes and not has_terminal():
        raise CoachError("Nobody can be asked here.", "Say --yes to move it to the trash without a question.")
    if not yes and not click.confirm(f"Move “{stored.story.title}” to the trash?", err=True):
        narrate("Nothing was changed.")
        return
    session.bank.delete(stored)
    narrate(f"“{stored.story.title}” is in the trash. In the app, F3 then t brings it back.")
