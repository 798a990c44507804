"""Finding the story somebody means."""

import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from coach.bank.names import STORY_SUFFIX
from coach.bank.stored import Listing, StoredStory
from coach.errors import StoryFileError, StoryNotFound

SHOWN = 5
"""Names in a hint."""

Stories = tuple[StoredStory, ...]


def find_story(listing: Listing, wanted: str) -> StoredStory:
    """By slug, id, title, or the beginning of a slug or title that no other story shares.

    Raises StoryNotFound with the nearest names, or StoryFileError where a file of that name can't be read.
    """
    key = _key(wanted.removesuffix(STORY_SUFFIX))
    for answers in (_exactly, _by_title, _by_beginning):
        found = tuple(stored for stored in listing.stories if key and answers(stored, key))
        if len(found) > 1:
            raise _ambiguous(wanted, found)
        if found:
            return found[0]
    raise _unreadable(listing, key) or _not_found(listing.stories, wanted, key)


def _key(text: str) -> str:
    """Without case and without the two ways to write an accent: macOS hands out decomposed file names."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def _exactly(stored: StoredStory, key: str) -> bool:
    return key in (_key(stored.slug), stored.story.id.casefold())


def _by_title(stored: StoredStory, key: str) -> bool:
    return _key(stored.story.title) == key


def _by_beginning(stored: StoredStory, key: str) -> bool:
    return _key(stored.slug).startswith(key) or _key(stored.story.title).startswith(key)


def _ambiguous(wanted: str, found: Stories) -> StoryNotFound:
    return StoryNotFound(f"“{wanted}” could be {_listed(stored.slug for stored in found)}.", "Give more of the name.")


def _unreadable(listing: Listing, key: str) -> StoryFileError | None:
    for file in listing.unreadable:
        if _key(file.path.stem) == key:
            return StoryFileError(file.reason, file.hint)
    return None


def _not_found(stories: Stories, wanted: str, key: str) -> StoryNotFound:
    return StoryNotFound(f"No story answers to “{wanted}”.", _nearest(stories, key))


def _nearest(stories: Stories, key: str) -> str:
    if not stories:
        return "The bank is empty."
    names = {**_slugs_by(stories, lambda stored: stored.story.title), **_slugs_by(stories, lambda stored: stored.slug)}
    close = dict.fromkeys(names[name] for name in get_close_matches(key, names, n=SHOWN, cutoff=0.7))
    return f"Did you mean {_listed(close)}?" if close else f"There are {_listed(stored.slug for stored in stories)}."


def _slugs_by(stories: Stories, name: Callable[[StoredStory], str]) -> dict[str, str]:
    return {_key(name(stored)): stored.slug for stored in stories}


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    return ", ".join(every[:SHOWN]) + (f" or {len(every) - SHOWN} others" if len(every) > SHOWN else "")
