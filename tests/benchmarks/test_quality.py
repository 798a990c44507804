"""What `make eval` counts, and the other tellings it tries."""

import json
import math
from pathlib import Path
from random import Random

import pytest

from benchmarks.quality import figures
from benchmarks.quality.gold import Gold, Reading, left_out, published
from benchmarks.quality.variants import variants
from coach.fitting.texts import LabelledText
from coach.matching.match import Evidence, Level, Match

ONE = Gold("One.", "story", ("a", "b"), "ann")
TWO = Gold("Two.", "story", ("c",), "bob")
NEUTRAL = tuple(f"Neutral sentence number {number}." for number in range(20))
STORY = "He said that the old pump at Hansen was broken. I mended it myself.\nThen she told the manager about it."


def ranked(*slugs: str, level: Level = "none") -> tuple[Match, ...]:
    return tuple(Match(slug, 0.0, level if place == 0 else "none") for place, slug in enumerate(slugs))


def test_agreement_counts_any_label_first_and_the_main_one_among_three() -> None:
    found = figures.agreement([ONE, TWO], [ranked("b", "x", "y", "a"), ranked("x", "y", "c")])
    assert (found.first, found.among) == (0.5, 0.5)


def test_every_author_counts_alike_in_the_mean_over_authors() -> None:
    found = figures.agreement([ONE, ONE, ONE, TWO], [ranked("a", "b", "c")] * 4)
    assert (found.first, found.first_by_author) == (0.75, 0.5)


def test_a_text_whose_main_label_is_unknown_is_left_out_of_the_three() -> None:
    unknown = Gold("One.", "story", ("a", "b"), "ann", main_known=False)
    assert math.isnan(figures.agreement([unknown], [ranked("a", "b", "c")]).among)


def test_strong_matches_are_right_where_they_are_labels() -> None:
    said = [ranked("a", level="strong"), ranked("b", level="strong")]
    assert figures.strong_precision([ONE, TWO], said) == (1.0, 0.5)
    assert figures.strong_share([*said, ranked("a")]) == pytest.approx(2 / 3)
    assert figures.strong_for_label([ONE, TWO], said) == 0.5


def test_confusions_and_shares_say_what_was_taken_for_what() -> None:
    said = [ranked("a"), ranked("x")]
    assert figures.confusions([ONE, TWO], said) == {("c", "x"): 1}
    assert figures.shown_against_true([ONE, TWO], said) == {"a": (1, 1), "c": (0, 1), "x": (1, 0)}


def test_evidence_agrees_with_an_expert_where_half_of_the_words_are_in_one_quotation() -> None:
    text = Gold("One.", "story", ("a",), "ann", reading=Reading(("a", "b", "c"), "i rang every client"))
    quoted = Evidence("", 0, 9, "I rang a client.", 1.0)
    assert "holds the words 1.000" in figures.with_expert(
        [text], [(Match("a", 1.0, "strong", (quoted,)), Match("b", 0, "none"))]
    )
    assert figures.with_expert([ONE], [ranked("a")]) == ""


def test_our_texts_without_labels_of_the_set_are_left_out() -> None:
    rows = [
        LabelledText("a", "story", "a", "One.", voice="ann, plain"),
        LabelledText("a", "story", "z", "Two."),
        LabelledText("a", "story", "none", "Three."),
        LabelledText("a", "question", "a", "Four?"),
    ]
    assert [(row.text, row.author) for row in left_out(rows, "story", ("a", "b"))] == [("One.", "a ann")]


def test_published_rows_carry_their_author_and_the_expert_s_reading(tmp_path: Path) -> None:
    row = {"id": 7, "text": "Tell me.", "labels": ["a"], "source": ["ann/notes/file.md@1"], "primary_known": False}
    (tmp_path / "stories.jsonl").write_text(json.dumps(row), encoding="utf-8")
    reading = {"id": 7, "top3": ["a", "b", "c"], "evidence": "tell"}
    (tmp_path / "stories_expert.jsonl").write_text(json.dumps(reading), encoding="utf-8")
    (found,) = published(tmp_path / "stories.jsonl", "story")
    assert (found.author, found.main_known, found.reading) == ("ann/notes", False, Reading(("a", "b", "c"), "tell"))


@pytest.mark.parametrize("name", list(variants(NEUTRAL)))
def test_every_variant_tells_the_story_otherwise_and_the_same_each_time(name: str) -> None:
    variant = variants(NEUTRAL)[name]
    assert variant(STORY, Random(4)) == variant(STORY, Random(4))
    assert any(variant(STORY, Random(seed)) != STORY for seed in range(5))


def test_neutral_sentences_are_added_and_nothing_is_lost() -> None:
    told = variants(NEUTRAL)["ten neutral sentences added"](STORY, Random(0))
    assert all(line in told.split("\n") for line in STORY.split("\n"))
    assert len(told.split("\n")) == len(STORY.split("\n")) + 10


def test_another_gender_keeps_capitals() -> None:
    assert variants(NEUTRAL)["he for she"]("He saw her.", Random(0)) == "She saw his."
