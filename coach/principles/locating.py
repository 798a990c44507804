"""At which line of a TOML text a value stands. tomllib does not say, and a person with a fault to mend needs it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Place = tuple[str | int, ...]
"""The way to a value: `("principles", 3, "themes", 1)`; empty for the whole text."""

# A set nests 8 steps deep at most: ("principles", 3, "themes", 1, "questions", 2, "also", 0).
DEEPEST = 8

_TOKEN = re.compile(
    r"""
    (?P<skipped>\#[^\n]*)
  | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
  | (?P<newline>\n)
  | (?P<mark>[\[\]{},=.])
  | (?P<bare>[^\s\[\]{},=."'\#]+)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


def locate(text: str) -> Mapping[Place, int]:
    """The line, from 1, of every table, key and array item. `text` must be TOML that tomllib accepts."""
    return _Scanner(text).lines


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest thing around it that has one."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return 1


def _tokens(text: str) -> Iterator[_Token]:
    line, counted = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        if found.lastgroup and found.lastgroup != "skipped":
            yield _Token(found.lastgroup, found.group(), line)


class _Scanner:
    """One pass over the tokens; `lines` is complete when it is made."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self._counts: dict[Place, int] = {}
        self._tokens = list(_tokens(text))
        self._next = 0
        self._scan()

    def _scan(self) -> None:
        table: Place = ()
        while self._peek() is not None:
            if self._take("\n"):
                continue
            if self._peek_is("["):
                table = self._header()
            else:
                self._key_and_value(table)

    def _header(self) -> Place:
        """`[a.b]` or `[[a.b]]`: the place of the table it opens."""
        line = self._line()
        self._take("[")
        repeated = self._take("[")
        keys = self._keys()
        self._take("]")
        if repeated:
            self._take("]")
        place = (*self._into(keys[:-1], line), keys[-1])
        if repeated:
            index = self._counts.get(place, -1) + 1
            self._counts[place] = index
            self.lines.setdefault(place, line)
            place = (*place, index)
        self.lines[place] = line
        return place

    def _into(self, keys: tuple[str, ...], line: int) -> Place:
        """Keys of a header to a place: a repeated table means its latest one, an unwritten one begins at this line."""
        place: Place = ()
        for key in keys:
            place = (*place, key)
            self.lines.setdefault(place, line)
            if place in self._counts:
                place = (*place, self._counts[place])
        return place

    def _key_and_value(self, table: Place) -> None:
        line = self._line()
        place = table
        for key in self._keys():
            place = (*place, key)
            self.lines.setdefault(place, line)
        self._take("=")
        self._value(place)

    def _keys(self) -> tuple[str, ...]:
        """A dotted key."""
        keys = [_plain(self._pop())]
        while self._take("."):
            keys.append(_plain(self._pop()))
        return tuple(keys)

    def _value(self, place: Place) -> None:
        if len(place) > DEEPEST:
            self._skip()
        elif self._take("["):
            self._array(place)
        elif self._take("{"):
            self._inline_table(place)
        else:
            self._skip()

    def _array(self, place: Place) -> None:
        index = 0
        while not self._take("]"):
            if self._take("\n") or self._take(","):
                continue
            self.lines[(*place, index)] = self._line()
            self._value((*place, index))
            index += 1

    def _inline_table(self, place: Place) -> None:
        while not self._take("}"):
            if not (self._take(",") or self._take("\n")):
                self._key_and_value(place)

    def _skip(self) -> None:
        """Past one value, whatever it holds: a date may be two words, a number may hold a dot."""
        depth = 0
        while (token := self._peek()) is not None:
            if depth == 0 and token.kind != "text" and token.text in "\n,]}":
                return
            if token.kind == "mark":
                depth += (token.text in "[{") - (token.text in "]}")
            self._next += 1

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _peek_is(self, mark: str) -> bool:
        token = self._peek()
        return token is not None and token.kind in ("mark", "newline") and token.text == mark

    def _take(self, mark: str) -> bool:
        found = self._peek_is(mark)
        self._next += found
        return found

    def _pop(self) -> _Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _line(self) -> int:
        return self._tokens[self._next].line


def _plain(token: _Token) -> str:
    """A key without its quotes and escapes."""
    if token.kind != "text":
        return token.text
    return str(tomllib.loads(f"key = {token.text}")["key"])
