"""A story's file: text to story and back, without losing a character."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import tomli_w

from coach.bank.names import id_from_name
from coach.bank.story import OUTCOMES, SECTIONS, Story
from coach.bank.visible import printable
from coach.errors import SaveFailed, StoryFileError

SCHEMA = 1

_ORDER = (
    *("id", "title", "when", "role", "company", "outcome", "tags", "headline", "confirmed", "rejected"),
    *SECTIONS,
)
_TEXTS = ("id", "title", "when", "role", "company", "headline", *SECTIONS)
_LISTS = ("tags", "confirmed", "rejected")
_TABLE_LISTS = ("metrics", "probes")
_KNOWN = {"schema", "outcome", "decision", *_TEXTS, *_LISTS, *_TABLE_LISTS}

_CONFLICT_MARKER = re.compile(r"^(<{7}|>{7})( |\r?$)", re.MULTILINE)

# One row wider than tomli-w's limit of 100 makes it write every row as a [[table]] instead of a list of {inline} ones.
_WIDE_ROW = {"w" * 120: 0}


def read_story(data: bytes, *, name: str) -> Story:
    """The story in a file's bytes. Raises StoryFileError, which names the file."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StoryFileError(
            f"{printable(name)} is not UTF-8 text: line {line} holds other bytes.",
            "Save it as UTF-8 in a text editor.",
        ) from error
    return parse_story(text, name=name)


def parse_story(text: str, *, name: str) -> Story:
    """The story in a file's text; a missing key means its default. Raises StoryFileError, which names the file.

    A file without an id gets one made from its name, so that reading needs no writing.
    """
    shown = printable(name)
    table = _read_toml(_checked(text, shown), shown)
    _check_schema(table.get("schema", SCHEMA), shown)
    faults = list(_faults(table))
    if faults:
        raise StoryFileError(f"{shown} can't be read: {'; '.join(faults)}.", "Correct it in a text editor.")
    return _story_from(table, id_from_name(name))


def format_story(story: Story) -> str:
    """The text of the story's file, the same for the same story. Raises SaveFailed for what no file can hold."""
    try:
        text = "".join(_blocks(story))
    except (RecursionError, ValueError) as error:
        # Somebody's own key with lists a thousand deep, or a number of more than 4300 digits.
        raise SaveFailed(
            f"“{printable(story.title)}” holds a value that can't be written as TOML.",
            "Simplify the keys that were added by hand.",
        ) from error
    return _encodable(text, story.title)


def _blocks(story: Story) -> Iterator[str]:
    yield _block({"schema": SCHEMA})
    yield from (_block({key: getattr(story, key)}) for key in _ORDER)
    yield from _extra_blocks(story.extra)
    if story.decision:
        yield "\n" + _block({"decision": story.decision})
    yield from (_rows(key, getattr(story, key)) for key in _TABLE_LISTS)


def encode_story(story: Story) -> bytes:
    """`format_story` as the bytes of a file."""
    return format_story(story).encode()


def is_same_story(one: Story, other: Story) -> bool:
    """Whether the two hold the same; unlike `==`, a nan in somebody's own key equals itself."""
    return one == other or _comparable(one) == _comparable(other)


def _comparable(story: Story) -> str:
    return json.dumps(asdict(story), sort_keys=True, default=repr)


# --- reading


def _checked(text: str, name: str) -> str:
    """The text without a byte order mark, unless it is no story at all."""
    if not text.strip("\ufeff\0 \t\r\n"):
        raise StoryFileError(
            f"{name} is empty: it was damaged, or another program emptied it.",
            "Nothing is written over it; look for an earlier text among its revisions or in a backup.",
        )
    if _CONFLICT_MARKER.search(text):
        raise StoryFileError(
            f"{name} holds two texts at once, between lines of <<<<<<< and >>>>>>>.",
            "Choose what to keep and remove those lines in a text editor.",
        )
    return text.removeprefix("\ufeff")


def _read_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise StoryFileError(f"{name} is nested too deeply to be read.", "Correct it in a text editor.") from error
    except ValueError as error:
        reason = printable(str(error))
        raise StoryFileError(
            f"{name} is not valid TOML: {reason[:1].lower()}{reason[1:]}.",
            "Correct that line in a text editor; long texts stand between ''' and '''.",
        ) from error


def _check_schema(schema: object, name: str) -> None:
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        raise StoryFileError(
            f"{name} can't be read: schema must be the number {SCHEMA}.", "Correct it in a text editor."
        )
    if schema > SCHEMA:
        raise StoryFileError(
            f"{name} was written by a newer coach (schema {schema}; this one knows {SCHEMA}).",
            "Update coach to open it; until then the file stays as it is.",
        )


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    """Everything of a wrong type, in plain words."""
    yield from (f"{key} must be text in quotes" for key in _TEXTS if not isinstance(table.get(key, ""), str))
    yield from (f"{key} must be a list of texts" for key in _LISTS if not _is_list_of(table.get(key, []), str))
    if table.get("outcome", "success") not in OUTCOMES:
        yield f"outcome must be one of {', '.join(OUTCOMES)}"
    if not isinstance(table.get("decision", {}), dict):
        yield "decision must be a table, [decision]"
    yield from (f"{key} must be tables, [[{key}]]" for key in _TABLE_LISTS if not _is_list_of(table.get(key, []), dict))


def _is_list_of(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _story_from(table: Mapping[str, Any], fallback_id: str) -> Story:
    known = {key: value for key, value in table.items() if key in _KNOWN and key != "schema"}
    known["id"] = known.get("id") or fallback_id
    lists = {key: tuple(known.get(key, ())) for key in (*_LISTS, *_TABLE_LISTS)}
    extra = {key: value for key, value in table.items() if key not in _KNOWN}
    return Story(**{**known, **lists, "extra": extra})


# --- writing


def _block(table: Mapping[str, Any]) -> str:
    return tomli_w.dumps(table, multiline_strings=_may_be_multiline(table))


def _may_be_multiline(value: object) -> bool:
    """Whether each text survives: tomli-w makes LF of CRLF, and a conflict marker must not begin a line."""
    return not any("\r\n" in text or _CONFLICT_MARKER.search(text) for text in _texts_in(value))


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts_in(item)


def _extra_blocks(extra: Mapping[str, Any]) -> Iterator[str]:
    """Plain keys first: after the head of a table they would belong to that table."""
    blocks = [_block({key: value}) for key, value in extra.items()]
    yield from (block for block in blocks if not block.startswith("["))
    yield from ("\n" + block for block in blocks if block.startswith("["))


def _rows(key: str, rows: tuple[Mapping[str, Any], ...]) -> str:
    if not rows:
        return ""
    return "\n" + _block({key: [*rows, _WIDE_ROW]}).removesuffix("\n" + _block({key: [_WIDE_ROW]}))


def _encodable(text: str, title: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SaveFailed(
            f"“{printable(title)}” holds half of a character (U+{ord(text[error.start]):04X}) that no file can hold.",
            "Remove it; it came from a text that was cut in the middle of a character.",
        ) from error
    return text
