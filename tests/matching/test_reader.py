"""Texts read against a principle set."""

import pytest

from coach.errors import EncoderUnavailable
from coach.matching.match import Match
from coach.matching.reader import Reader, windows_of
from coach.matching.thresholds import load_neutral_sentences, load_thresholds
from coach.principles.principle import Principle, PrincipleSet
from coach.principles.sets import find_set
from tests.fakes import NoEncoder, WordEncoder

SET = find_set("amazon-14", bank_folder=None)

FAIR = Principle("be-fair", "BF", "Be Fair", "", ("I gave both crews equal hours.", "Nobody was favoured by me."))
THRIFTY = Principle("spend-little", "SL", "Spend Little", "", ("I mended the broken pump.", "We reused old crates."))
VALUES = PrincipleSet("values", "Our values", (FAIR, THRIFTY))


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def reader(encoder: WordEncoder) -> Reader:
    return Reader(SET, encoder)


def best(matches: tuple[Match, ...]) -> str:
    return matches[0].slug


@pytest.mark.parametrize("principle", SET.principles, ids=SET.slugs)
def test_every_principle_s_own_signals_are_recognised(reader: Reader, principle: Principle) -> None:
    assert best(reader.read({"": "\n".join(principle.signals)})) == principle.slug


def test_a_set_of_one_s_own_without_questions_works(encoder: WordEncoder) -> None:
    reader = Reader(VALUES, encoder)
    assert best(reader.read({"action": "Then I mended another broken pump."})) == "spend-little"
    assert best(reader.read({"action": "Both crews worked equal hours."})) == "be-fair"


def test_all_principles_of_the_set_are_answered_for(reader: Reader) -> None:
    assert {match.slug for match in reader.read({"": "I did."})} == set(SET.slugs)


def test_evidence_names_its_section_and_its_exact_words(reader: Reader) -> None:
    parts = {"situation": "It was March. Nobody came.", "action": f"Well. {SET.principles[3].signals[0]}"}
    evidence = reader.read(parts)[0].evidence
    assert evidence[0].part == "action"
    for item in evidence:
        assert parts[item.part][item.start : item.end] == item.text


def test_the_set_is_read_once_and_each_text_sentence_by_sentence(reader: Reader, encoder: WordEncoder) -> None:
    reader.read({"": "I asked.\nThen I counted."})
    first = list(encoder.read)
    assert set(first) > {*SET.principles[0].signals, *load_neutral_sentences(), "I asked.", "Then I counted."}
    encoder.read.clear()
    reader.read({"": "I wrote."})
    assert encoder.read == ["I wrote."]


def test_questions_of_the_set_are_examples_as_well(reader: Reader, encoder: WordEncoder) -> None:
    reader.read({"": "I asked."})
    assert {question.text for question in SET.questions()} <= set(encoder.read)


def test_the_encoder_reads_without_marks_and_line_breaks(reader: Reader, encoder: WordEncoder) -> None:
    reader.read({"": "- I asked **every** driver of the fleet, one by one,\n  why the bus was late."})
    assert "I asked every driver of the fleet, one by one, why the bus was late." in encoder.read


def test_a_question_is_read_in_one_piece_without_white_space_around_it(reader: Reader, encoder: WordEncoder) -> None:
    text = " \nTell me of a failure. What did you learn? "
    evidence = [item for match in reader.read({"": text}, "question") for item in match.evidence]
    assert "Tell me of a failure. What did you learn?" in encoder.read
    assert all(text[item.start : item.end] == item.text == text.strip() for item in evidence)


@pytest.mark.parametrize("kind", ["story", "question"])
@pytest.mark.parametrize("parts", [{}, {"": ""}, {"": " \n"}, {"task": "", "action": "  "}])
def test_no_words_show_nothing(reader: Reader, parts: dict[str, str], kind: str) -> None:
    found = reader.read(parts, "question" if kind == "question" else "story")
    assert {(match.score, match.level, match.evidence) for match in found} == {(0.0, "none", ())}


def test_the_same_text_is_read_the_same_by_two_readers() -> None:
    text = {"": "\n".join(SET.principles[5].signals)}
    assert Reader(SET, WordEncoder()).read(text) == Reader(SET, WordEncoder()).read(text)


def test_without_an_encoder_it_is_said_each_time_and_read_once_there_is_one() -> None:
    encoder = NoEncoder()
    reader = Reader(SET, encoder)
    for _ in range(2):
        with pytest.raises(EncoderUnavailable):
            reader.read({"": "I asked."})
    encoder.works = True
    assert len(reader.read({"": "I asked."})) == 14


def test_windows_come_in_the_order_of_the_parts() -> None:
    windows = windows_of({"task": "Count. Then sort.", "action": "I counted."})
    assert [(window.part, window.text) for window in windows] == [
        ("task", "Count."),
        ("task", "Then sort."),
        ("action", "I counted."),
    ]


def test_the_numbers_that_decide_are_in_a_sensible_order() -> None:
    thresholds = load_thresholds()
    assert thresholds.version >= 1
    for limits in (thresholds.fitted, thresholds.prototypes):
        assert 0 < limits.possible < limits.strong < 1
        assert 0 < limits.most_strong <= limits.most_shown
