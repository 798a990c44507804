"""Errors that carry the words a person reads: one sentence, and a hint what to do."""


class CoachError(Exception):
    """Something a person must be told about.

    Attributes:
        sentence: what is wrong, one sentence with a full stop.
        hint: what to do about it, or an empty string.
    """

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class StoryFileError(CoachError):
    """A file in the bank that can't be read as a story."""


class StoryChangedElsewhere(CoachError):
    """The story's file is no longer the one that was loaded; nothing was overwritten."""


class StoryNotFound(CoachError):
    """No story of the bank answers to that name."""


class SaveFailed(CoachError):
    """The text could not be written; the former file is untouched."""


class PrincipleSetError(CoachError):
    """A principle set with faults; the sentence lists all of them, a line each."""


class SettingsError(CoachError):
    """The settings file can't be read or written."""


class EncoderUnavailable(CoachError):
    """The sentence encoder can't be used; everything but fresh matches still works."""
