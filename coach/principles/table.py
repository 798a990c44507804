"""Reads one TOML table key by key. What is wrong is noted, and reading goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from coach.principles.faults import Fault, did_you_mean, quoted
from coach.principles.locating import Place

LONGEST_TEXT = 2000

_KINDS: tuple[tuple[type, str], ...] = (
    (str, "a text"),
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "a table"),
    (datetime, "a date"),
    (date, "a date"),
    (time, "a time"),
)


@dataclass(frozen=True)
class Mention:
    """A slug that has to be one of the set's principles, and where it stands below a table."""

    slug: str
    table: Table
    below: Place


@dataclass(frozen=True)
class Use:
    """A value that may stand only once among those of its kind within one place."""

    kind: str
    value: str
    place: Place
    within: Place = ()


@dataclass
class Notes:
    """What was noticed while reading one file."""

    faults: list[Fault] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)


class Table:
    """One table of the file, standing at `place`; `noun` is how messages call it when it has no name.

    Messages are put together only for a fault: a set has 1400 texts, and all of this has to stay cheap beside tomllib.
    """

    def __init__(
        self, raw: Mapping[str, object], notes: Notes, place: Place = (), noun: str = "", parent: Table | None = None
    ) -> None:
        self.place = place
        self.notes = notes
        self._raw = raw
        self._noun = noun
        self._parent = parent

    @property
    def label(self) -> str:
        """How messages call it, e.g. `"Be Kind"` or `question 2 of "Helping"`; empty for the whole file."""
        for key in ("name", "slug", "type"):
            value = self._raw.get(key)
            if self._parent and isinstance(value, str) and value.strip():
                return quoted(value.strip())
        above = self._parent.label if self._parent else ""
        return f"{self._noun} of {above}" if above else self._noun

    def has(self, key: str) -> bool:
        return key in self._raw

    def fault(self, reason: str, *below: str | int) -> None:
        self.notes.faults.append(Fault((*self.place, *below), reason))

    def use(self, kind: str, value: str, *below: str | int, within: Place = ()) -> None:
        """Note a value that may stand only once; an empty one has its own fault already."""
        if value:
            self.notes.uses.append(Use(kind, value, (*self.place, *below), within))

    def mention(self, slug: str, *below: str | int) -> None:
        """Note a slug that has to be a principle of the set."""
        self.notes.mentions.append(Mention(slug, self, below))

    def called(self, key: str | int, *items: str | int) -> str:
        """The words for a key of this table or an item of its list: `"signals" of "Be Kind", item 2,`."""
        label = self.label
        called = f"{quoted(str(key))} of {label}" if label else quoted(str(key))
        return called + "".join(f", item {int(item) + 1}," for item in items)

    def allow_only(self, what: str, known: Sequence[str]) -> None:
        for key in self._raw:
            if key not in known:
                self.fault(f"{quoted(key)} is not a key of {what}{did_you_mean(key, known)}", key)

    def text(self, key: str, *, required: bool = False) -> str:
        """The text on one line; empty where there is none that can be used."""
        if key not in self._raw:
            if required:
                self.fault(f"{self.called(key)} is missing.")
            return ""
        return self._checked(self._raw[key], key, filled=required)

    def number(self, key: str, default: int) -> int:
        value = self._raw.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(f"{self.called(key)} must be a whole number, not {_kind(value)}.", key)
        return default

    def texts(self, key: str, *, at_least: int = 0) -> tuple[str, ...]:
        return tuple(text for _, text in self.numbered_texts(key, at_least=at_least))

    def numbered_texts(self, key: str, *, at_least: int = 0) -> list[tuple[int, str]]:
        """The usable texts of a list, each with its index in the file."""
        items = self._items(key, at_least)
        checked = ((index, self._checked(item, key, index, filled=True)) for index, item in enumerate(items))
        return [(index, text) for index, text in checked if text]

    def tables(self, key: str, noun: str, *, at_least: int = 0) -> list[Table]:
        """The tables written as `[[key]]` or as a list of inline tables; `noun` is how messages call a nameless one."""
        found = []
        for index, item in enumerate(self._items(key, at_least)):
            if isinstance(item, dict):
                found.append(Table(item, self.notes, (*self.place, key, index), f"{noun} {index + 1}", self))
            else:
                self.fault(f"{self.called(key, index)} must be a table, not {_kind(item)}.", key, index)
        return found

    def _items(self, key: str, at_least: int) -> list[object]:
        """The list under a key; empty, and noted, where it is none or too short."""
        value = self._raw.get(key, [])
        if not isinstance(value, list):
            self.fault(f"{self.called(key)} must be a list, not {_kind(value)}.", key)
            return []
        if key not in self._raw and at_least:
            self.fault(f"{self.called(key)} is missing; at least {at_least} needed.")
        elif len(value) < at_least:
            self.fault(f"{self.called(key)} has {len(value)}; at least {at_least} needed.", key)
        return value

    def _checked(self, value: object, *below: str | int, filled: bool) -> str:
        if not isinstance(value, str):
            self.fault(f"{self.called(*below)} must be a text in quotes, not {_kind(value)}.", *below)
            return ""
        if len(value) > LONGEST_TEXT:
            self.fault(
                f"{self.called(*below)} has {len(value)} characters; at most {LONGEST_TEXT} are allowed.", *below
            )
            return ""
        # Texts may be wrapped over several lines in the file; everywhere else they are one line.
        text = " ".join(value.split())
        if filled and not text:
            self.fault(f"{self.called(*below)} is empty.", *below)
        return text


def _kind(value: object) -> str:
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "this")
