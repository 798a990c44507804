"""A set's file becomes values."""

from pathlib import Path

import pytest

from coach.errors import PrincipleSetError
from coach.principles.loading import load_set, load_shipped, parse_set
from coach.principles.principle import Confusion, Probe, Question, Tension, Theme
from tests.principles.set_texts import SMALL, TENDER, TIDY, principle_text

FULL = """\
schema = 1
id = "house"
name = "House values"
version = "3"
about = "How we work here."

[[principles]]
slug = "be-kind"
code = "kd"
name = "Be Kind"
aliases = ["Kindness"]
gist = '''
Treats people well
when nothing forces it.'''
signals = ["One.", "Two.", "Three."]
contradictions = ["I told him off."]

[[principles.confusions]]
with = "be-tidy"
ask = "For whom?"

[[principles.themes]]
slug = "small-help"
name = "Help nobody saw"
questions = [
  { text = "Whom did you help?", also = ["be-tidy"] },
  { text = "When was it?" },
]

[[principles]]
slug = "be-tidy"
name = "Be Tidy"
gist = "Leaves a place better."
signals = ["One.", "Two.", "Three."]

[[tensions]]
between = ["be-kind", "be-tidy"]
why = "Both take the evening."

[[probes]]
type = "stake"
name = "Stake"
section = "situation"
fired_by = ["PROBLEM"]
principles = ["be-kind"]
wordings = ["You said \\"{quote}\\". Why?"]
"""


def test_everything_a_file_says_arrives_in_the_values() -> None:
    house = parse_set(FULL, name="house.toml", base=None)
    kind, tidy = house.principles
    assert (house.id, house.name, house.version, house.about) == ("house", "House values", "3", "How we work here.")
    assert (kind.slug, kind.code, kind.name, kind.aliases) == ("be-kind", "KD", "Be Kind", ("Kindness",))
    assert (kind.signals, kind.contradictions) == (("One.", "Two.", "Three."), ("I told him off.",))
    assert kind.confusions == (Confusion("be-tidy", "For whom?"),)
    first = Question("Whom did you help?", "be-kind", "small-help", ("be-tidy",))
    second = Question("When was it?", "be-kind", "small-help")
    assert kind.themes == (Theme("small-help", "Help nobody saw", (first, second)),)
    assert tidy.slug == "be-tidy"
    assert house.tensions == (Tension(("be-kind", "be-tidy"), "Both take the evening."),)
    assert house.probes == (
        Probe("stake", "Stake", "situation", ("PROBLEM",), ("be-kind",), ('You said "{quote}". Why?',)),
    )


def test_a_text_wrapped_over_lines_is_one_line() -> None:
    assert (
        parse_set(FULL, name="house.toml", base=None).principles[0].gist == "Treats people well when nothing forces it."
    )


def test_windows_line_ends_make_no_difference() -> None:
    assert parse_set(FULL.replace("\n", "\r\n"), name="h", base=None) == parse_set(FULL, name="h", base=None)


def test_slug_name_gist_and_three_signals_are_enough() -> None:
    small = parse_set(SMALL, name="my-values.toml", base=None)
    assert small.slugs == ("be-kind", "be-tidy")
    assert (small.id, small.name) == ("my-values", "my-values")


def test_missing_codes_are_made_from_the_initials_and_stay_unique() -> None:
    tiny = TIDY.replace("tidy", "kindred").replace("Be Tidy", "Bold Kindred")
    given = TIDY.replace('name = "Be Tidy"', 'name = "Be Tidy"\ncode = "BD"')
    codes = [each.code for each in parse_set(TENDER + tiny + given, name="x.toml", base=None).principles]
    assert codes[0] == "BK"
    assert codes[2] == "BD"
    assert len(set(codes)) == 3


def test_thirty_principles_of_one_name_pattern_all_get_codes() -> None:
    many = parse_set("".join(principle_text(number) for number in range(30)), name="x.toml", base=None)
    assert len({principle.code for principle in many.principles}) == 30


def test_a_set_without_probes_gets_the_default_ones_for_its_own_principles() -> None:
    small = parse_set(SMALL, name="x.toml", base=load_shipped)
    assert [probe.type for probe in small.probes] == [probe.type for probe in load_shipped("amazon-14").probes]
    assert all(probe.principles == () for probe in small.probes)


def test_a_set_that_extends_another_keeps_what_that_one_has_and_adds_its_own() -> None:
    base = load_shipped("amazon-14")
    more = parse_set('extends = "amazon-14"\n' + TENDER, name="more.toml", base=load_shipped)
    assert more.slugs == (*base.slugs, "be-kind")
    assert more.principles[:14] == base.principles
    assert (more.tensions, more.probes) == (base.tensions, base.probes)
    assert more.id == "more"


def test_a_principle_with_the_slug_of_one_below_replaces_it_in_place() -> None:
    own = TENDER.replace('"be-kind"', '"ownership"').replace('"Be Kind"', '"Ownership"\ncode = "OW"')
    more = parse_set('extends = "amazon-14"\n' + own, name="more.toml", base=load_shipped)
    assert more.slugs == load_shipped("amazon-14").slugs
    assert more.principles[1].gist == "Treats people well when nothing forces it."


def test_own_tensions_and_probes_replace_their_like_and_come_after_the_rest() -> None:
    own = (
        'extends = "amazon-14"\n'
        '[[tensions]]\nbetween = ["bias-for-action", "dive-deep"]\nwhy = "Mine."\n'
        '[[tensions]]\nbetween = ["frugality", "ownership"]\nwhy = "New."\n'
        '[[probes]]\ntype = "stake"\nwordings = ["Why?"]\n'
    )
    base = load_shipped("amazon-14")
    more = parse_set(own, name="more.toml", base=load_shipped)
    assert len(more.tensions) == len(base.tensions) + 1
    assert [tension.why for tension in more.tensions].count("Mine.") == 1
    assert more.tensions[-1].why == "New."
    assert [probe.wordings for probe in more.probes if probe.type == "stake"] == [("Why?",)]
    assert len(more.probes) == len(base.probes)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "my-values.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_set(file).slugs == ("be-kind", "be-tidy")


def test_an_unknown_shipped_set_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(PrincipleSetError) as caught:
        load_shipped("amazon-15")
    assert 'no principle set "amazon-15"; did you mean "amazon-1' in caught.value.sentence
    assert "amazon-14, amazon-16, tpm" in caught.value.hint
