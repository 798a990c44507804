"""`coach match` and `coach ask`."""

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coach.cli import main
from coach.principles.sets import find_set
from tests.cli.conftest import Coach
from tests.cli.saying import data, refusal
from tests.fakes import NoEncoder, WordEncoder

SIGNAL = next(p for p in find_set("amazon-14", bank_folder=None).principles if p.slug == "dive-deep").signals[0]
"""The fake encoder knows a sentence by its words, so a principle's own signal is its best match."""


def rows(*given: Any) -> str:
    return "".join(json.dumps(row) + "\n" for row in given)


def answers(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


# --- one text


def test_a_text_is_matched_and_its_words_are_quoted(coach: Coach) -> None:
    result = coach("match", typed=SIGNAL)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "● strong   Dive Deep"
    assert lines[1] == f"    “{SIGNAL}”"


def test_the_json_holds_all_principles_best_first_with_exact_spans(coach: Coach) -> None:
    text = f"It was March.\n\n{SIGNAL}"
    found = data(coach("match", "--json", typed=text))
    assert set(found) == {"principles"}
    assert len(found["principles"]) == 14
    assert all(set(row) == {"slug", "score", "level", "evidence"} for row in found["principles"])
    scores = [row["score"] for row in found["principles"]]
    assert scores == sorted(scores, reverse=True)
    best = found["principles"][0]["evidence"][0]
    assert set(best) == {"text", "start", "end"}
    assert text[best["start"] : best["end"]] == best["text"] == SIGNAL


def test_a_story_file_is_read_by_its_sections(sample: Coach) -> None:
    found = data(sample("match", str(sample.stories / "turned-digits.toml"), "--json"))
    shown = data(sample("show", "turned-digits", "--json", "--matches"))
    assert found["principles"] == [{k: v for k, v in row.items() if k != "standing"} for row in shown["matches"]]


def test_a_text_that_shows_nothing_says_so(coach: Coach) -> None:
    assert coach("match", typed="12:40, 13:05.").stdout.startswith("No principle stands out.")


def test_a_question_is_read_in_one_piece(coach: Coach, encoder: WordEncoder) -> None:
    question = "Think of a late project.\nWhat did you do?"
    coach("match", "--question", typed=question)
    assert "Think of a late project. What did you do?" in encoder.read


def test_a_byte_order_mark_is_no_part_of_the_text(coach: Coach) -> None:
    typed = b"\xef\xbb\xbf" + SIGNAL.encode()
    best = data(coach("match", "--json", typed=typed))["principles"][0]["evidence"][0]
    assert (best["start"], best["end"]) == (0, len(SIGNAL))


@pytest.mark.parametrize("typed", ["", " \n"])
def test_no_text_at_all_is_refused(coach: Coach, typed: str) -> None:
    assert refusal(coach("match", typed=typed)).startswith("There is no text to match.")


def test_a_missing_file_and_a_folder_are_refused_in_words(coach: Coach, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.txt", tmp_path):
        result = coach("match", str(path))
        assert (result.exit_code, result.stdout) == (2, "")
        assert str(path) in result.stderr
        assert "Traceback" not in result.stderr


def test_a_broken_story_file_is_refused_with_its_fault(coach: Coach) -> None:
    path = coach.write("broken.toml", "title = ")
    assert "is not valid TOML" in refusal(coach("match", str(path)))


def test_without_an_encoder_the_reason_is_said(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.cli.context.start_encoder", NoEncoder)
    assert refusal(coach("match", typed=SIGNAL)) == "The reader can't start here. Install it again."


def test_escape_sequences_in_a_text_never_reach_the_terminal(coach: Coach) -> None:
    typed = SIGNAL.replace(" ", " \x1b[31m\x9b31m", 1)
    for arguments in (("match",), ("match", "--json")):
        result = coach(*arguments, typed=typed)
        assert SIGNAL.split()[-1] in result.stdout
        assert not any(sign in result.stdout for sign in "\x1b\x9b")


# --- rows


def test_rows_are_answered_in_order_with_their_ids(coach: Coach) -> None:
    typed = rows({"id": 7, "text": SIGNAL}, {"text": "Zzz."}, {"id": ["any", None], "text": SIGNAL})
    result = coach("match", "--jsonl", typed=typed)
    assert (result.exit_code, result.stderr) == (0, "")
    found = answers(result.stdout)
    assert [row.get("id", "none") for row in found] == [7, "none", ["any", None]]
    assert [list(row) for row in found] == [["id", "principles"], ["principles"], ["id", "principles"]]
    assert all(len(row["principles"]) == 14 for row in found)
    assert found[0]["principles"][0]["slug"] == "dive-deep"


def test_a_row_of_parts_names_the_part_in_its_evidence(coach: Coach) -> None:
    parts = {"situation": "It was March.", "action": SIGNAL}
    (found,) = answers(coach("match", "--jsonl", typed=rows({"parts": parts})).stdout)
    best = found["principles"][0]["evidence"][0]
    assert best["part"] == "action"
    assert parts["action"][best["start"] : best["end"]] == best["text"]


def test_where_a_row_has_both_the_whole_text_is_read(coach: Coach) -> None:
    row = {"text": f"{SIGNAL} And a learning.", "parts": {"action": SIGNAL}}
    (found,) = answers(coach("match", "--jsonl", typed=rows(row)).stdout)
    assert "part" not in found["principles"][0]["evidence"][0]
    (found,) = answers(coach("match", "--jsonl", typed=rows({**row, "text": None})).stdout)
    assert found["principles"][0]["evidence"][0]["part"] == "action"


@pytest.mark.parametrize(
    ("row", "options", "in_one_piece"),
    [
        ({"text": "Tell me of a failure. Why?"}, (), True),
        ({"text": "Tell me of a failure. Why?", "kind": "story"}, (), False),
        ({"text": "I failed. I said so."}, (), False),
        ({"text": "I failed. I said so.", "kind": "question"}, (), True),
        ({"text": "I failed. I said so."}, ("--question",), True),
        ({"text": "I failed. I said so.", "kind": "story"}, ("--question",), False),
    ],
)
def test_a_row_is_read_as_its_kind_says_or_as_it_looks(
    coach: Coach, encoder: WordEncoder, row: dict[str, str], options: Sequence[str], in_one_piece: bool
) -> None:
    coach("match", "--jsonl", *options, typed=rows(row))
    assert (row["text"] in encoder.read) is in_one_piece


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "Row 2 is not JSON."),
        ("[" * 100_000, "Row 2 is not JSON."),
        ("3", "Row 2 has no text."),
        ("null", "Row 2 has no text."),
        ("{}", "Row 2 has no text."),
        ('{"text": null}', "Row 2 has no text."),
        ('{"text": 0}', "The text of row 2 is no text."),
        ('{"parts": "all of it"}', "The parts of row 2 are not texts by name."),
        ('{"parts": {"task": 3}}', "The parts of row 2 are not texts by name."),
        ('{"text": "I did.", "parts": []}', "The parts of row 2 are not texts by name."),
        ('{"text": "I did.", "kind": "poem"}', "The kind of row 2 is neither story nor question."),
        ('{"text": "I did.", "kind": []}', "The kind of row 2 is neither story nor question."),
    ],
)
def test_a_bad_row_is_answered_with_its_error_and_the_others_are_still_answered(
    coach: Coach, line: str, said: str
) -> None:
    good = rows({"text": SIGNAL})
    result = coach("match", "--jsonl", typed=f"{good}{line}\n{good}")
    before, bad, after = answers(result.stdout)
    assert before == after
    assert list(bad) == ["error"]
    assert bad["error"].startswith(said)
    assert result.stderr == f"coach: {bad['error']}\n"
    assert result.exit_code == 2


def test_blank_lines_are_no_rows(coach: Coach) -> None:
    assert coach("match", "--jsonl", typed="\n \n").output == ""


def test_half_a_character_is_one_sign_that_moves_no_position(coach: Coach, encoder: WordEncoder) -> None:
    typed = json.dumps({"id": "\ud83d", "text": f"\ud83d {SIGNAL}"}) + "\n"
    result = coach("match", "--jsonl", typed=typed)
    (found,) = answers(result.stdout)
    best = found["principles"][0]["evidence"][0]
    assert best["end"] == len(SIGNAL) + 2
    assert found["id"] == "\ud83d"
    assert not any("\ud83d" in text for text in encoder.read)


class RowByRow(io.RawIOBase):
    """Hands out a row only when asked for more, and notes how many answers have been given by then."""

    def __init__(self, *given: str) -> None:
        self._given = [line.encode() for line in given]
        self.answered: list[int] = []

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        output = sys.stdout.buffer
        assert isinstance(output, io.BytesIO)
        self.answered.append(output.getvalue().count(b"\n"))
        line = self._given.pop(0) if self._given else b""
        buffer[: len(line)] = line
        return len(line)


def test_each_row_is_answered_before_the_next_one_is_asked_for(coach: Coach) -> None:
    source = RowByRow(rows({"text": SIGNAL}), "nonsense\n", rows({"text": "Zzz."}))
    arguments = ["--bank", str(coach.folder), "match", "--jsonl"]
    result = CliRunner().invoke(main, arguments, input=io.BufferedReader(source), catch_exceptions=False)
    assert result.exit_code == 2
    assert source.answered[:4] == [0, 1, 2, 3]


# --- ask


def test_a_question_of_the_set_probes_what_it_is_labelled_with(sample: Coach) -> None:
    question = next(q for q in data(sample("questions", "--json")) if q["also"])
    found = data(sample("ask", question["text"], "--json"))
    assert found["probes"] == {question["principle"]: 1.0, **dict.fromkeys(question["also"], 0.5)}


def test_the_answers_are_all_stories_best_first_and_say_by_what(sample: Coach) -> None:
    found = data(sample("ask", "When did you go to the bottom of a problem?", "--json"))
    assert set(found) == {"question", "probes", "stories"}
    assert 1 <= len(found["probes"]) <= 3
    assert len(found["stories"]) == 10
    assert all(set(story) == {"id", "title", "fit", "by"} for story in found["stories"])
    assert all(set(by) == {"principle", "standing"} for story in found["stories"] for by in story["by"])
    fits = [story["fit"] for story in found["stories"]]
    assert fits == sorted(fits, reverse=True)


def test_in_words_the_five_best_are_numbered_and_what_is_probed_is_named(sample: Coach) -> None:
    result = sample("ask", SIGNAL)
    assert (result.exit_code, result.stderr) == (0, "")
    head, *lines = result.stdout.splitlines()
    assert head.startswith("Probes Dive Deep")
    assert 1 <= len(lines) <= 5
    assert [line.partition(".")[0] for line in lines] == [str(place) for place in range(1, len(lines) + 1)]
    assert "Dive Deep confirmed" in lines[0]


def test_an_empty_bank_has_no_answer_and_says_so(coach: Coach) -> None:
    assert coach("ask", SIGNAL).stdout.endswith("No story of yours answers it yet.\n")


def test_no_question_is_refused(coach: Coach) -> None:
    assert refusal(coach("ask", "  ")).startswith("There is no question.")


def test_a_question_that_came_in_as_other_bytes_is_still_read(coach: Coach, encoder: WordEncoder) -> None:
    assert coach("ask", "Why so \udce9?").exit_code == 0
    assert "Why so \ufffd?" in encoder.read
