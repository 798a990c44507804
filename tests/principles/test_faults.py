"""Every fault of a set's file is said, with its line, and all of them at once."""

import re

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import PrincipleSetError
from coach.principles.loading import load_shipped, parse_set
from coach.principles.shipped import shipped_ids
from tests.principles.set_texts import SMALL, TENDER, principle_text


def faults_of(text: str) -> list[str]:
    with pytest.raises(PrincipleSetError) as caught:
        parse_set(text, name="my.toml", base=load_shipped)
    assert caught.value.hint
    return caught.value.sentence.split("\n")


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def below_tidy(extra: str) -> str:
    """The extra's first line is line 17 of the text."""
    assert SMALL.count("\n") == 16
    return SMALL + extra


SIGNALS = '["I cleared the shelves.", "I labelled every box.", "I threw out the old lists."]'
THEME = '[[principles.themes]]\nslug = "t"\n'

ONE_FAULT = [
    (changed('gist = "Leaves a place better than it was."\n', ""), '12: "gist" of "Be Tidy" is missing.'),
    (changed('name = "Be Tidy"\n', ""), '12: "name" of "be-tidy" is missing.'),
    (changed('slug = "be-tidy"\n', ""), '12: "slug" of "Be Tidy" is missing.'),
    (changed(f"signals = {SIGNALS}\n", ""), '12: "signals" of "Be Tidy" is missing; at least 3 needed.'),
    (changed(SIGNALS, '["One.", "Two."]'), '16: "signals" of "Be Tidy" has 2; at least 3 needed.'),
    (changed(SIGNALS, '"One."'), '16: "signals" of "Be Tidy" must be a list, not a text.'),
    (changed('name = "Be Tidy"', "name = 5"), '14: "name" of "be-tidy" must be a text in quotes, not a number.'),
    (
        changed('name = "Be Tidy"', "name = true"),
        '14: "name" of "be-tidy" must be a text in quotes, not true or false.',
    ),
    (changed('name = "Be Tidy"', 'name = " "'), '14: "name" of "be-tidy" is empty.'),
    (changed('  "I rang the supplier myself to tell him."', '  ""'), '7: "signals" of "Be Kind", item 2, is empty.'),
    (
        changed('  "I rang the supplier myself to tell him."', "  2024-01-01"),
        '7: "signals" of "Be Kind", item 2, must be a text in quotes, not a date.',
    ),
    (changed("gist =", "gits = 1\ngist ="), '4: "gits" is not a key of a principle; did you mean "gist"?'),
    ("colour = 1\n" + SMALL, '1: "colour" is not a key of a set.'),
    ("schema = 2\n" + SMALL, '1: "schema" is not 1, the one this version of coach reads.'),
    ('schema = "1"\n' + SMALL, '1: "schema" must be a whole number, not a text.'),
    ("schema = true\n" + SMALL, '1: "schema" must be a whole number, not true or false.'),
    (
        'id = "My Values"\n' + SMALL,
        '1: "id" must be small letters and digits joined by hyphens, like be-kind, not "My Values".',
    ),
    (
        changed('"be-tidy"', '"Be_Tidy"'),
        '13: "slug" of "Be Tidy" must be small letters and digits joined by hyphens, like be-kind, not "Be_Tidy".',
    ),
    (changed('"be-tidy"', '"be-kind"'), '13: The slug "be-kind" stands twice.'),
    (changed('"Be Tidy"', '"BE KIND"'), '14: The name "BE KIND" stands twice.'),
    (changed('"Be Tidy"', '"Be Tidy"\naliases = ["x",\n"Be kind"]'), '16: The name "Be kind" stands twice.'),
    (changed('"Be Tidy"', '"Be Tidy"\ncode = "ABC"'), '15: "code" of "Be Tidy" must be two letters, not "ABC".'),
    (
        changed('"Be Kind"', '"Be Kind"\ncode = "AB"').replace('"Be Tidy"', '"Be Tidy"\ncode = "ab"'),
        '16: The code "AB" stands twice.',
    ),
    (
        below_tidy('[[principles.confusions]]\nwith = "be-knid"\nask = "Who?"\n'),
        '18: "with" of confusion 1 of "Be Tidy" names "be-knid", which is not in this set; did you mean "be-kind"?',
    ),
    (
        below_tidy('[[principles.confusions]]\nwith = "be-tidy"\nask = "Who?"\n'),
        '18: "with" of confusion 1 of "Be Tidy" names its own principle.',
    ),
    (below_tidy('[[principles.confusions]]\nwith = "be-kind"\n'), '17: "ask" of confusion 1 of "Be Tidy" is missing.'),
    (below_tidy(THEME), '17: "questions" of "t" is missing; at least 1 needed.'),
    (below_tidy(THEME + "questions = []\n"), '19: "questions" of "t" has 0; at least 1 needed.'),
    (below_tidy(THEME + 'questions = ["Why?"]\n'), '19: "questions" of "t", item 1, must be a table, not a text.'),
    (
        below_tidy(THEME + 'questions = [\n  { text = "A?" },\n  { txt = "B?", text = "C?" },\n]\n'),
        '21: "txt" is not a key of a question; did you mean "text"?',
    ),
    (
        below_tidy(THEME + 'questions = [\n  { text = "A?" },\n  { also = [] },\n]\n'),
        '21: "text" of question 2 of "t" is missing.',
    ),
    (
        below_tidy(THEME + 'questions = [\n  { text = "So why?" },\n  { text = "so  WHY?" },\n]\n'),
        '21: The question "so WHY?" stands twice.',
    ),
    (
        below_tidy(THEME + 'questions = [\n  { text = "A?", also = [\n "be-kind", "xyz"] },\n]\n'),
        '21: "also" of question 1 of "t", item 2, names "xyz", which is not in this set.',
    ),
    (
        below_tidy(THEME + 'questions = [{ text = "A?", also = ["be-tidy"] }]\n'),
        '19: "also" of question 1 of "t", item 1, names its own principle.',
    ),
    (
        below_tidy(THEME + 'questions = [{ text = "A?", also = ["be-kind", "be-kind", "be-kind"] }]\n'),
        '19: "also" of question 1 of "t" has 3; at most 2 are allowed.',
    ),
    (
        below_tidy(THEME + 'questions = [{ text = "A?" }]\n' + THEME + 'questions = [{ text = "B?" }]\n'),
        '21: The theme slug "t" stands twice.',
    ),
    (
        below_tidy('[[tensions]]\nbetween = ["be-kind", "be-neat"]\nwhy = "Both."\n'),
        '18: "between" of tension 1, item 2, names "be-neat", which is not in this set.',
    ),
    (
        below_tidy('[[tensions]]\nbetween = ["be-kind", "be-kind"]\nwhy = "Both."\n'),
        '18: "between" of tension 1 must name two different principles.',
    ),
    (
        below_tidy('[[tensions]]\nbetween = ["be-kind"]\nwhy = "Both."\n'),
        '18: "between" of tension 1 has 1; at least 2 needed.',
    ),
    (
        below_tidy('[[probes]]\ntype = "stake"\nwordings = ["Why?",\n"And {name}?"]\n'),
        '20: "wordings" of "stake", item 2, has the unknown slot "{name}"; the only one is {quote}.',
    ),
    (
        below_tidy('[[probes]]\ntype = "stake"\nwordings = ["You said {quote. Why?"]\n'),
        '19: "wordings" of "stake", item 1, has the unknown slot "{"; the only one is {quote}.',
    ),
    (
        below_tidy('[[probes]]\ntype = "stake"\nsection = "ending"\nwordings = ["Why?"]\n'),
        '19: "section" of "stake" must be one of situation, task, action, result, learning, any, not "ending".',
    ),
    (
        below_tidy('[[probes]]\ntype = "stake"\nwordings = ["Why?"]\n' * 2),
        '21: The probe type "stake" stands twice.',
    ),
    (
        below_tidy('[[probes]]\ntype = "stake"\nprinciples = ["be-kin"]\nwordings = ["Why?"]\n'),
        '19: "principles" of "stake", item 1, names "be-kin", which is not in this set; did you mean "be-kind"?',
    ),
    (TENDER, "1: A set needs at least 2 principles; this has 1."),
    ("", "1: A set needs at least 2 principles; this has 0."),
    ("".join(map(principle_text, range(31))), "1: A set holds at most 30 principles; this has 31."),
    (
        changed("Leaves a place better than it was.", "x" * 2001),
        '15: "gist" of "Be Tidy" has 2001 characters; at most 2000 are allowed.',
    ),
    ('extends = ""\n' + SMALL, '1: "extends" is empty.'),
    (
        'extends = "amazon14"\n' + SMALL,
        '1: There is no principle set "amazon14"; did you mean "amazon-14"? '
        "The sets that ship with coach are amazon-14, amazon-16, tpm.",
    ),
    (
        'extends = "amazon-14"\n' + TENDER.replace('"Be Kind"', '"Ownership"'),
        '4: The name "Ownership" stands twice.',
    ),
    ("name = \n", "1: This is not valid TOML: Invalid value."),
    (SMALL + "[[principles\n", "17: This is not valid TOML: Expected ']]' at the end of an array declaration."),
    (SMALL + 'name = """\n\nunclosed', "19: This is not valid TOML: Unterminated string."),
]


@pytest.mark.parametrize(("text", "fault"), ONE_FAULT, ids=[fault[:60] for _, fault in ONE_FAULT])
def test_a_fault_is_said_with_its_line_and_nothing_else_is(text: str, fault: str) -> None:
    assert faults_of(text) == [f"my.toml:{fault}"]


def test_all_faults_of_a_file_are_said_at_once_from_top_to_bottom() -> None:
    text = """\
schema = 1
[[principles]]
slug = "be-kind"
nmae = "Be Kind"
signals = ["One."]

[[principles]]
slug = "Be Tidy"
name = "Be Tidy"
gist = 4
signals = [
  "One.",
  "",
  "Three.",
]

[[tensions]]
between = ["be-kind", "be-odd"]
"""
    assert faults_of(text) == [
        'my.toml:2: "name" of "be-kind" is missing.',
        'my.toml:2: "gist" of "be-kind" is missing.',
        'my.toml:4: "nmae" is not a key of a principle; did you mean "name"?',
        'my.toml:5: "signals" of "be-kind" has 1; at least 3 needed.',
        'my.toml:8: "slug" of "Be Tidy" must be small letters and digits joined by hyphens, like be-kind, '
        'not "Be Tidy".',
        'my.toml:10: "gist" of "Be Tidy" must be a text in quotes, not a number.',
        'my.toml:13: "signals" of "Be Tidy", item 2, is empty.',
        'my.toml:17: "why" of tension 1 is missing.',
        'my.toml:18: "between" of tension 1, item 2, names "be-odd", which is not in this set; did you mean "be-kind"?',
    ]


def test_faults_of_inherited_principles_are_not_blamed_on_a_file_whose_base_is_unknown() -> None:
    text = 'extends = "nothing"\n' + TENDER + '[[principles.confusions]]\nwith = "ownership"\nask = "Who?"\n'
    assert len(faults_of(text)) == 1


def test_a_table_in_single_brackets_is_explained() -> None:
    faults = faults_of(SMALL.split('[[principles]]\nslug = "be-tidy"')[0].replace("[[principles]]", "[principles]"))
    assert faults[0] == 'my.toml:1: "principles" must be a list, not a table.'


def test_control_characters_of_a_file_never_reach_the_message() -> None:
    faults = faults_of(changed('"be-tidy"', '"be-\\u001b[31mtidy"'))
    assert "\x1b" not in "".join(faults)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = " + "[" * 5000, "Lists or tables are nested too deeply"),
        ("x = " + "1" * 5000, "A number is too large"),
    ],
    ids=["nested lists", "a long number"],
)
def test_texts_that_tomllib_itself_breaks_on_become_a_sentence(text: str, reason: str) -> None:
    assert faults_of(text) == [f"my.toml: {reason}."]


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_no_text_raises_anything_but_the_sets_own_error(text: str) -> None:
    with pytest.raises(PrincipleSetError):
        parse_set(text, name="my.toml", base=load_shipped)


KEYS = st.sampled_from(
    re.findall(
        r"\w+",
        "schema id name version about extends slug code aliases gist signals contradictions confusions themes "
        "questions text also with ask tensions between why probes type section fired_by principles wordings other",
    )
)
LEAVES = (
    st.text(max_size=20)
    | st.integers()
    | st.booleans()
    | st.datetimes()
    | st.sampled_from(["be-kind", "ownership", "amazon-14"])
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=25
)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_no_document_made_of_a_sets_keys_raises_anything_but_the_sets_own_error(document: dict[str, object]) -> None:
    try:
        parse_set(tomli_w.dumps(document), name="my.toml", base=load_shipped)
    except PrincipleSetError as error:
        assert all(line.startswith("my.toml:") for line in error.sentence.split("\n"))  # noqa: PT017
    else:
        assert (
            document.get("extends") in shipped_ids()
        )  # chance can't write a whole set, but it can ask for one that ships


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_good_file_with_a_part_replaced_is_either_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SMALL)))
    end = data.draw(st.integers(start, min(len(SMALL), start + 20)))
    text = SMALL[:start] + data.draw(st.text('[]{}="\\#.,\n a1', max_size=6)) + SMALL[end:]
    refusal, found = "", None
    try:
        found = parse_set(text, name="my.toml", base=load_shipped)
    except PrincipleSetError as error:
        refusal = error.sentence
    assert refusal.startswith("my.toml:") if found is None else len(found.principles) == 2


def test_a_set_of_thirty_is_not_too_large() -> None:
    assert len(parse_set("".join(map(principle_text, range(30))), name="x", base=None).principles) == 30
