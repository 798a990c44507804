"""Labelled texts as they are read from their files."""

import json
from pathlib import Path

import pytest

from coach.fitting.plan import load_plan
from coach.fitting.texts import TextsError, load_texts, texts_hash
from coach.matching.fitted import FITTED_FILE, load_fitted
from coach.matching.windows import normalised
from coach.paths import packaged
from coach.principles.loading import load_shipped
from coach.principles.shipped import WIDEST_SET
from tests.fitting.small import TRAINING

TEXTS = load_texts(TRAINING)
SLUGS = load_shipped(WIDEST_SET).slugs


def write(folder: Path, *rows: object) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / "a-hand.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_row_says_what_its_text_shows(tmp_path: Path) -> None:
    row = {
        "kind": "story",
        "primary": "frugality",
        "also": ["ownership"],
        "text": "I did.",
        "evidence": {"frugality": ["I"]},
    }
    (text,) = load_texts(write(tmp_path, row))
    assert (text.file, text.labels) == ("a", ("frugality", "ownership"))
    assert text.evidence == {"frugality": ("I",)}


@pytest.mark.parametrize("kind", ["neutral", "contradiction"])
def test_neutral_and_contrary_texts_show_nothing(tmp_path: Path, kind: str) -> None:
    (text,) = load_texts(write(tmp_path, {"kind": kind, "primary": "frugality", "text": "I did."}))
    assert text.labels == ()


@pytest.mark.parametrize(
    "row", ["{", {"kind": "poem", "primary": "x", "text": "y"}, {"kind": "story", "text": "y"}, "[1]"]
)
def test_a_row_that_makes_no_sense_names_its_file(tmp_path: Path, row: object) -> None:
    with pytest.raises(TextsError, match=r"a-hand\.jsonl"):
        load_texts(write(tmp_path, row))


def test_a_folder_without_texts_is_said(tmp_path: Path) -> None:
    with pytest.raises(TextsError, match="no labelled texts"):
        load_texts(tmp_path)


def test_a_plan_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(TextsError, match=r"plan\.toml"):
        load_plan(tmp_path)


def test_the_hash_changes_with_any_letter(tmp_path: Path) -> None:
    before = texts_hash(write(tmp_path, {"kind": "neutral", "primary": "none", "text": "One."}))
    assert texts_hash(write(tmp_path, {"kind": "neutral", "primary": "none", "text": "Two."})) != before


# --- the project's own texts


def test_every_label_is_a_principle() -> None:
    named = {slug for text in TEXTS for slug in (text.primary, *text.also, *text.evidence)}
    assert named <= {*SLUGS, "none"}


def test_the_evidence_stands_in_the_text() -> None:
    wrong = [quote for text in TEXTS for quotes in text.evidence.values() for quote in quotes if quote not in text.text]
    assert wrong == []


def test_no_text_is_there_twice() -> None:
    texts = [normalised(text.text).casefold() for text in TEXTS]
    assert len(texts) - len(set(texts)) == 0


def test_the_principles_have_about_as_many_stories_each() -> None:
    shown = [text.primary for text in TEXTS if text.kind == "story" and text.primary in load_shipped("amazon-14").slugs]
    counts = [shown.count(slug) for slug in set(shown)]
    assert min(counts) > 0.85 * max(counts)


def test_what_is_left_out_is_there() -> None:
    assert set(load_plan(TRAINING).left_out) <= {text.file for text in TEXTS}


def test_the_model_that_ships_was_made_from_these_texts() -> None:
    assert load_fitted(packaged(FITTED_FILE)).made_from["texts"] == texts_hash(TRAINING), "run: make train"
