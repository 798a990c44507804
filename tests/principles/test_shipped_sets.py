"""The sets that ship are complete, and nothing in them spoils practice."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from coach.principles.loading import load_shipped, parse_set
from coach.principles.principle import Principle, PrincipleSet
from coach.principles.shipped import shipped_ids, shipped_path

THE_FOURTEEN = {
    "customer-obsession": "CO",
    "ownership": "OW",
    "invent-and-simplify": "IS",
    "are-right-a-lot": "AR",
    "learn-and-be-curious": "LC",
    "hire-and-develop-the-best": "HD",
    "insist-on-the-highest-standards": "HS",
    "think-big": "TB",
    "bias-for-action": "BA",
    "frugality": "FR",
    "earn-trust": "ET",
    "dive-deep": "DD",
    "have-backbone-disagree-and-commit": "HB",
    "deliver-results": "DR",
}

# A question that says its principle's name gives the answer away. Patterns, for whole words, whatever the case.
NAME_WORDS = {
    "customer-obsession": r"obsess\w*",
    "ownership": r"ownership|owned|owners?",
    "invent-and-simplify": r"invent\w*|simplif\w*",
    "are-right-a-lot": r"right a lot",
    "learn-and-be-curious": r"curious|curiosity|learn and",
    "hire-and-develop-the-best": r"hire and develop|the best",
    "insist-on-the-highest-standards": r"insist\w*|highest|high standards?",
    "think-big": r"think big|thought big|big thinking",
    "bias-for-action": r"bias",
    "frugality": r"frugal\w*",
    "earn-trust": r"trust\w*",
    "dive-deep": r"dive\w*|dove|diving|deep\w*",
    "have-backbone-disagree-and-commit": r"backbone|disagree and commit",
    "deliver-results": r"deliver results|delivered results|delivering results",
    "strive-to-be-earths-best-employer": r"best employer|strive\w*",
    "success-and-scale-bring-broad-responsibility": r"success and scale|broad responsibility",
    "thought-leadership": r"thought leader\w*",
    "impact-over-activity": r"impact over|activity",
    "problem-framing": r"framing|framed?",
    "driving-accountability": r"accountab\w*",
    "breadth-and-depth": r"breadth|depth",
    "expectations-and-communication": r"setting expectations|communicat\w*",
    "influence-and-relationships": r"influenc\w*",
    "technical-acumen": r"acumen",
    "risk-management": r"risk management",
    "end-to-end-ownership": r"end.to.end|ownership|peripheral",
    "voice-of-the-customer": r"voice of",
}

ALL_SETS = pytest.mark.parametrize("set_id", shipped_ids())


def texts_of(principle: Principle) -> Iterator[str]:
    yield principle.gist
    yield from principle.signals
    yield from principle.contradictions
    yield from (confusion.ask for confusion in principle.confusions)
    yield from (question.text for question in principle.questions())


def all_texts_of(principle_set: PrincipleSet) -> Iterator[str]:
    for principle in principle_set.principles:
        yield from texts_of(principle)
    yield from (tension.why for tension in principle_set.tensions)
    yield from (wording for probe in principle_set.probes for wording in probe.wordings)


def test_the_default_set_holds_the_fourteen_in_their_order() -> None:
    found = load_shipped("amazon-14")
    assert [(each.slug, each.code) for each in found.principles] == list(THE_FOURTEEN.items())


def test_the_fourth_answers_to_its_longer_name() -> None:
    alias = "Seek diverse perspectives and work to disconfirm their beliefs"
    found = load_shipped("amazon-14")
    assert found.find(alias) is found.principles[3]


def test_the_sixteen_are_the_fourteen_and_two_more() -> None:
    assert load_shipped("amazon-16").slugs[:14] == load_shipped("amazon-14").slugs
    assert len(load_shipped("amazon-16").principles) == 16


@ALL_SETS
def test_a_set_carries_the_id_it_is_chosen_by_and_says_what_it_is(set_id: str) -> None:
    found = load_shipped(set_id)
    assert found.id == set_id
    assert found.version
    assert found.about.endswith(".")


@ALL_SETS
def test_every_principle_has_enough_signals_contradictions_and_confusions(set_id: str) -> None:
    for principle in load_shipped(set_id).principles:
        assert len(principle.signals) >= 12, principle.slug
        assert len(principle.contradictions) >= 4, principle.slug
        assert len(principle.confusions) >= 2, principle.slug


@ALL_SETS
def test_every_principle_has_enough_themes_each_in_several_wordings(set_id: str) -> None:
    for principle in load_shipped(set_id).principles:
        assert len(tuple(principle.questions())) >= 20, principle.slug
        assert len(principle.themes) >= 5, principle.slug
        assert min(len(theme.questions) for theme in principle.themes) >= 3, principle.slug


@ALL_SETS
def test_no_question_names_its_principle(set_id: str) -> None:
    for principle in load_shipped(set_id).principles:
        words = rf"\b({re.escape(principle.name)}|{NAME_WORDS[principle.slug]})\b"
        named = [question.text for question in principle.questions() if re.search(words, question.text, re.IGNORECASE)]
        assert named == []


@ALL_SETS
def test_no_text_stands_twice(set_id: str) -> None:
    counts = Counter(text.casefold() for text in all_texts_of(load_shipped(set_id)))
    assert [text for text, count in counts.items() if count > 1] == []


@ALL_SETS
def test_a_question_probes_at_most_two_others_and_none_twice(set_id: str) -> None:
    for question in load_shipped(set_id).questions():
        assert len(question.also) == len(set(question.also)) <= 2, question.text
        assert question.principle not in question.also, question.text


@ALL_SETS
def test_a_third_of_the_questions_probe_more_than_one_principle(set_id: str) -> None:
    questions = tuple(load_shipped(set_id).questions())
    assert sum(bool(question.also) for question in questions) >= len(questions) / 3


@ALL_SETS
def test_every_probe_has_several_wordings_and_only_the_slot_for_the_storys_words(set_id: str) -> None:
    probes = load_shipped(set_id).probes
    assert probes
    for probe in probes:
        assert len(probe.wordings) >= 3, probe.type
        assert not any(re.search(r"[{}]", wording.replace("{quote}", "")) for wording in probe.wordings), probe.type


@ALL_SETS
def test_tensions_name_each_pair_once(set_id: str) -> None:
    pairs = [frozenset(tension.between) for tension in load_shipped(set_id).tensions]
    assert pairs
    assert len(pairs) == len(set(pairs))


def test_signals_never_say_the_name_of_their_principle() -> None:
    for set_id in shipped_ids():
        for principle in load_shipped(set_id).principles:
            assert not any(principle.name.casefold() in signal.casefold() for signal in principle.signals), (
                principle.slug
            )


def test_the_example_in_the_files_own_comment_is_a_set_that_loads() -> None:
    comment = re.findall(r"^# {5}((?! {3}).*)$", shipped_path("amazon-14").read_text(encoding="utf-8"), re.MULTILINE)
    example = parse_set("\n".join(comment), name="example.toml", base=load_shipped)
    assert example.slugs == (*THE_FOURTEEN, "be-kind")
    assert len(example.principles[-1].signals) == 3
