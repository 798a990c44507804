"""The whole document."""

from dataclasses import replace

from hypothesis import given, settings

from coach.bank.story import Story
from coach.coverage.matrix import Coverage, coverage_of
from coach.markdown.export import export_bank
from coach.principles.principle import PrincipleSet
from tests.markdown.banks import BOILER, LEDGER, VALUES, match, principle, small_bank
from tests.markdown.reading import anchors, folded, hostile_and_not_blank, kinds, links, pieces, tags

WHAT_THE_DOCUMENT_IS_MADE_OF = {
    *("heading", "paragraph", "inline", "text", "hardbreak", "html_inline", "link", "strong"),
    *("bullet_list", "list_item", "blockquote", "table", "thead", "tbody", "tr", "th", "td"),
}


def hostile_bank(one: str, other: str) -> Coverage:
    stories = (
        Story(id=one, title=other, situation=one, action=other, tags=(one,), confirmed=(other,), rejected=("odd",)),
        Story(
            id=f"2{one}", title=one, headline=other, metrics=({"name": one, other: one},), probes=({"question": one},)
        ),
    )
    odd = PrincipleSet("odd", one, (principle("odd", other, one), principle("even", one)))
    return coverage_of(odd, stories, {one: (match("odd", "strong"), match("even", "strong", ("action", other)))})


def test_chapters_come_in_the_order_a_reader_needs() -> None:
    found = [words for where, words in pieces(export_bank(small_bank())) if where in ("h1", "h2")]
    assert found == ["Story bank", "Contents", "Coverage", "Principles", "Stories"]


def test_the_contents_name_every_principle_and_every_story() -> None:
    document = export_bank(small_bank())
    contents = document[document.index("## Contents") : document.index("Gaps, without")]
    assert [words for words, _ in links(contents)] == [
        *("Coverage", "Principles", "Be Fair", "Stay Curious", "Spend Little", "Dare"),
        *("Stories", "The boiler & the *other* boiler", "Two ledgers", "Untitled story"),
    ]


def assert_every_link_has_its_one_target(document: str) -> None:
    targets = anchors(document)
    assert len(targets) == len(set(targets))
    assert {target for _, target in links(document)} == {f"#{target}" for target in targets}


def test_every_link_has_its_one_target() -> None:
    assert_every_link_has_its_one_target(export_bank(small_bank()))


def test_stories_of_the_same_title_are_linked_apart() -> None:
    twins = (BOILER, replace(LEDGER, title=BOILER.title))
    document = export_bank(coverage_of(VALUES, twins, {}))
    assert_every_link_has_its_one_target(document)
    assert {target for words, target in links(document) if words == BOILER.title} == {
        "#story-boiler01",
        "#story-ledger02",
    }


@given(hostile_and_not_blank, hostile_and_not_blank)
@settings(deadline=None, max_examples=100)
def test_every_link_has_its_one_target_whatever_was_typed(one: str, other: str) -> None:
    assert_every_link_has_its_one_target(export_bank(hostile_bank(one, other)))


@given(hostile_and_not_blank, hostile_and_not_blank)
@settings(deadline=None, max_examples=100)
def test_no_text_becomes_markup_whatever_was_typed(one: str, other: str) -> None:
    document = export_bank(hostile_bank(one, other))
    assert kinds(document) <= WHAT_THE_DOCUMENT_IS_MADE_OF
    assert tags(document) == [tag for anchor in anchors(document) for tag in (f'<a id="{anchor}">', "</a>")]


@given(hostile_and_not_blank, hostile_and_not_blank)
@settings(deadline=None, max_examples=100)
def test_headings_are_those_of_the_document_and_no_others(one: str, other: str) -> None:
    found = [words for where, words in pieces(export_bank(hostile_bank(one, other))) if where.startswith("h")]
    line, second = folded(one), folded(other)
    assert found == [
        *("Story bank", "Contents", "Coverage", "Principles", second, line, "Stories"),
        *(second, "Situation", "Action", "Principles"),
        *(line, "Metrics", "Prepared answers", "Principles"),
    ]


def test_every_story_shows_its_own_standings() -> None:
    found = [
        words for where, words in pieces(export_bank(small_bank())) if where == "li" and words.startswith("Confirmed")
    ]
    assert found == ["Confirmed: Spend Little, kindness", "Confirmed: Spend Little", "Confirmed: Be Fair"]


def test_a_bank_without_stories_says_so() -> None:
    document = export_bank(coverage_of(VALUES, (), {}))
    assert pieces(document)[-1] == ("p", "No stories yet.")
    assert_every_link_has_its_one_target(document)


def test_a_set_without_principles_still_exports_every_story() -> None:
    document = export_bank(coverage_of(PrincipleSet("none", "None", ()), (BOILER, LEDGER), {}))
    titles = [words for where, words in pieces(document) if where == "h3"]
    assert titles == [BOILER.title, LEDGER.title]
    assert_every_link_has_its_one_target(document)
