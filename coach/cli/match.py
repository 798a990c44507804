"""`coach match` and `coach ask`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import click

from coach.cli.context import Session, narrate, pass_session, print_json, print_text
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.coverage.answers import Answer
    from coach.matching.match import Match
    from coach.matching.reader import Kind

MARKS = {"strong": "●", "possible": "○", "none": "·"}
SHOWN_ANSWERS = 5


@click.command()
@click.argument("file", type=click.File(encoding="utf-8-sig", errors="replace"), default="-")
@click.option("--jsonl", is_flag=True, help='Read rows {"text": …} and answer each with a row, as it goes.')
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--question", is_flag=True, help="The text (or a row that says no kind) is a question.")
@pass_session
def match(session: Session, file: IO[str], jsonl: bool, as_json: bool, question: bool) -> None:
    """Which principles a text shows, by which words. FILE is text, a story file, or - for standard input.

    \b
    Example:
      coach match notes.txt
      echo '{"text": "I called every customer myself."}' | coach match --jsonl
    """
    if jsonl:
        _answer_rows(session, file, "question" if question else None)
        return
    parts = _parts_of_file(file)
    found = session.reader.read(parts, "question" if question else "story")
    if as_json:
        print_json(row_data(found))
    else:
        print_text("\n".join(_lines(session, found)))


def _parts_of_file(file: IO[str]) -> dict[str, str]:
    text = file.read()
    if not text.strip():
        raise CoachError("There is no text to match.", "Give a file, or pipe text in: echo '…' | coach match")
    name = str(getattr(file, "name", "-"))
    if name.endswith(".toml"):
        from coach.bank.storyfile import parse_story

        return dict(parse_story(text, name=name).sections())
    return {"": text}


def _lines(session: Session, found: "tuple[Match, ...]") -> Iterator[str]:
    shown = [item for item in found if item.level != "none"]
    if not shown:
        yield "No principle stands out. Say in the first person what you did, and why."
    for item in shown:
        yield f"{MARKS[item.level]} {item.level:<9}{session.principle_set.name_of(item.slug)}"
        yield from (
            f"    “{evidence.text}”" + (f" ({evidence.part})" if evidence.part else "") for evidence in item.evidence
        )


# --- rows


def _answer_rows(session: Session, file: IO[str], kind: "Kind | None") -> None:
    """One answer a row, in order and as it goes. A bad row is answered with its error, and the others go on."""
    bad = 0
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            answer = _answer(session, _parse_row(line, number), kind)
        except RowError as error:
            bad += 1
            narrate(f"coach: {error}")
            answer = {"error": str(error)}
        print_json(answer, indent=None)
    if bad:
        raise click.exceptions.Exit(2)


def _answer(session: Session, row: "Row", kind: "Kind | None") -> dict[str, Any]:
    found = session.reader.read(row.parts, row.kind or kind or row.likely_kind)
    return {**row.id, **row_data(found)}


class RowError(CoachError):
    """A row that can't be understood."""


@dataclass(frozen=True)
class Row:
    """One row: `id` is {"id": …} or empty, `kind` is None where the row doesn't say it."""

    id: dict[str, Any]
    parts: dict[str, str]
    kind: "Kind | None"

    @property
    def likely_kind(self) -> "Kind":
        from coach.matching.kinds import guess_kind

        return guess_kind("\n".join(self.parts.values()))


def _parse_row(line: str, number: int) -> Row:
    import json

    hint = 'A row looks like {"text": "…"}.'
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RowError(f"Row {number} is not JSON.", hint) from error
    if not isinstance(row, dict) or (row.get("text") is None and row.get("parts") is None):
        raise RowError(f"Row {number} has no text.", hint)
    if row.get("kind") not in (None, "story", "question"):
        raise RowError(f"The kind of row {number} is neither story nor question.", hint)
    kind: Kind | None = row.get("kind") or ("story" if row.get("parts") else None)
    return Row({"id": row["id"]} if "id" in row else {}, _parts_of_row(row, number), kind)


def _parts_of_row(row: dict[str, Any], number: int) -> dict[str, str]:
    """The whole text where there is one: parts may leave out what stands between or after them, such as a learning."""
    text, parts = ("" if row.get("text") is None else row["text"]), ({} if row.get("parts") is None else row["parts"])
    if not isinstance(text, str):
        raise RowError(f"The text of row {number} is no text.", 'A row looks like {"text": "…"}.')
    if not isinstance(parts, dict) or not all(isinstance(part, str) for part in parts.values()):
        raise RowError(f"The parts of row {number} are not texts by name.", '{"parts": {"situation": "…"}}')
    wanted = {"": text} if text.strip() or not parts else parts
    return {name: _whole_characters(part) for name, part in wanted.items()}


def _whole_characters(text: str) -> str:
    """Half a surrogate pair is no text a reader can take; one sign in its place keeps every position."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def row_data(found: "tuple[Match, ...]") -> dict[str, Any]:
    """The stable form: all principles, best first."""
    return {"principles": [_match_data(item) for item in found]}


def _match_data(item: "Match") -> dict[str, Any]:
    evidence = [
        {**({"part": e.part} if e.part else {}), "text": e.text, "start": e.start, "end": e.end} for e in item.evidence
    ]
    return {"slug": item.slug, "score": item.score, "level": item.level, "evidence": evidence}


# --- a question


@click.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_session
def ask(session: Session, question: str, as_json: bool) -> None:
    """What a question probes, and which of your stories answers it best.

    \b
    Example:
      coach ask "Tell me about a time you had to decide without all the facts."
    """
    from coach.coverage.answers import asked_principles, rank_answers

    if not question.strip():
        raise CoachError("There is no question.", 'coach ask "Tell me about a time …"')
    question = _whole_characters(question)
    matches = session.reader.read({"": question}, "question")
    asked = asked_principles(question, session.principle_set, matches)
    answers = rank_answers(session.survey().coverage, asked)
    if as_json:
        probes = {slug: round(weight, 4) for slug, weight in asked.items()}
        print_json({"question": question, "probes": probes, "stories": [_answer_data(answer) for answer in answers]})
    else:
        print_text("\n".join(_answer_lines(session, asked, answers)))


def _answer_data(answer: "Answer") -> dict[str, Any]:
    by = [{"principle": cell.slug, "standing": cell.standing} for cell in answer.cells]
    return {"id": answer.story_id, "title": answer.title, "fit": answer.fit, "by": by}


def _answer_lines(session: Session, asked: dict[str, float], answers: "tuple[Answer, ...]") -> Iterator[str]:
    names = [session.principle_set.name_of(slug) for slug in asked]
    yield f"Probes {names[0]}" + (f", perhaps {' or '.join(names[1:])}" if names[1:] else "")
    useful = [answer for answer in answers if answer.cells][:SHOWN_ANSWERS]
    if not useful:
        yield "No story of yours answers it yet."
    for place, answer in enumerate(useful, 1):
        by = ", ".join(f"{session.principle_set.name_of(cell.slug)} {cell.standing}" for cell in answer.cells)
        yield f"{place}. {answer.title}  ({by})"
