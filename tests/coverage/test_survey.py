"""The whole bank read in one go."""

from pathlib import Path

import pytest

from coach.bank.stored import Listing, StoredStory
from coach.bank.story import Story
from coach.coverage.survey import read_story, survey
from coach.errors import EncoderUnavailable
from coach.matching.reader import Reader
from coach.principles.sets import find_set
from tests.fakes import NoEncoder, WordEncoder

SET = find_set("amazon-14", bank_folder=None)
SIGNAL = SET.principles[0].signals[0]


def listing(*stories: Story) -> Listing:
    return Listing(tuple(StoredStory(story, Path(f"{story.id}.toml"), "") for story in stories))


ONE = Story("one", title="One", action=SIGNAL, confirmed=("frugality",))
TWO = Story("two", title="Two", task="Count the boxes.")


class TiredEncoder(WordEncoder):
    """Reads the set and one story, then no more."""

    def encode(self, texts, progress=None, adapter=""):  # type: ignore[no-untyped-def]
        if "Count the boxes." in texts:
            raise EncoderUnavailable("The encoder's process ended.")
        return super().encode(texts, progress, adapter)


def test_every_story_is_read() -> None:
    found = survey(listing(ONE, TWO), Reader(SET, WordEncoder()))
    assert found.problem is None
    assert found.coverage.stories == (ONE, TWO)
    assert found.coverage.unread == 0
    best = found.coverage.rows["one"][0].match
    assert best is not None
    assert best.evidence[0].text == SIGNAL


def test_progress_is_told_story_by_story() -> None:
    told: list[tuple[int, int]] = []
    survey(listing(ONE, TWO), Reader(SET, WordEncoder()), lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_without_an_encoder_coverage_rests_on_the_author_s_word_and_says_why() -> None:
    found = survey(listing(ONE, TWO), Reader(SET, NoEncoder()))
    assert str(found.problem) == "The reader can't start here. Install it again."
    assert found.coverage.unread == 2
    assert {cell.slug for cell in found.coverage.rows["one"] if cell.standing == "confirmed"} == {"frugality"}


def test_what_was_read_before_the_encoder_ended_counts() -> None:
    told: list[int] = []
    found = survey(listing(ONE, TWO), Reader(SET, TiredEncoder()), lambda done, _: told.append(done))
    assert isinstance(found.problem, EncoderUnavailable)
    assert found.coverage.unread == 1
    assert found.coverage.rows["one"][0].match is not None
    assert told == [1]


def test_an_empty_bank_needs_no_encoder() -> None:
    found = survey(Listing(), Reader(SET, NoEncoder()))
    assert (found.problem, found.coverage.stories) == (None, ())


def test_what_cannot_be_read_stays_in_the_listing() -> None:
    given = listing(ONE)
    assert survey(given, Reader(SET, WordEncoder())).listing is given


def test_a_story_is_read_by_its_sections() -> None:
    matches = read_story(Reader(SET, WordEncoder()), ONE)
    assert matches[0].evidence[0].part == "action"
    with pytest.raises(EncoderUnavailable):
        read_story(Reader(SET, NoEncoder()), ONE)
