from pathlib import Path

import pytest

from coach.bank.finding import find_story
from coach.bank.stored import Listing, StoredStory, UnreadableFile
from coach.bank.story import Story
from coach.errors import StoryFileError, StoryNotFound

TITLES = {
    "scale": "The night the scale failed",
    "cafe": "Café on fire",
    "caffeine": "Less coffee",
    "twin": "Twin",
    "other": "Twin",
}
STORIES = tuple(
    StoredStory(Story(f"id-{slug}", title=title), Path("stories") / f"{slug}.toml", "")
    for slug, title in TITLES.items()
)
LISTING = Listing(STORIES, (UnreadableFile(Path("stories/broken.toml"), "broken.toml is empty.", "Look."),))


@pytest.mark.parametrize(
    ("wanted", "slug"),
    [
        ("scale", "scale"),
        ("scale.toml", "scale"),
        ("ID-scale", "scale"),
        ("The night the scale failed", "scale"),
        ("the NIGHT", "scale"),
        ("Cafe\u0301 on fire", "cafe"),
        ("cafe", "cafe"),
        ("caff", "caffeine"),
        (" less ", "caffeine"),
        ("twin", "twin"),
    ],
)
def test_a_story_answers_to_its_names(wanted: str, slug: str) -> None:
    assert find_story(LISTING, wanted).slug == slug


def complaint(wanted: str, listing: Listing = LISTING) -> StoryNotFound:
    with pytest.raises(StoryNotFound) as raised:
        find_story(listing, wanted)
    return raised.value


def test_an_ambiguous_name_is_said() -> None:
    assert complaint("caf").sentence == "“caf” could be cafe, caffeine."
    assert complaint("Twi").sentence == "“Twi” could be twin, other."


def test_a_wrong_name_gets_the_nearest_ones() -> None:
    assert complaint("scael").hint == "Did you mean scale?"
    assert complaint("the night the scale fell").hint == "Did you mean scale?"
    assert complaint("zzz").hint == "There are scale, cafe, caffeine, twin, other."


def test_no_name_is_no_story() -> None:
    assert complaint(" ").sentence == "No story answers to “ ”."
    assert complaint("x", Listing()).hint == "The bank is empty."


def test_a_file_that_cannot_be_read_says_why() -> None:
    with pytest.raises(StoryFileError, match="is empty"):
        find_story(LISTING, "broken")


def test_a_long_list_is_cut() -> None:
    many = tuple(StoredStory(Story(f"i{n}"), Path(f"s{n}.toml"), "") for n in range(8))
    assert complaint("zzz", Listing(many)).hint == "There are s0, s1, s2, s3, s4 or 3 others."
