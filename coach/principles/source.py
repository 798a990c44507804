"""The text of a set's file and the TOML in it. Whatever stands in the way becomes one sentence."""

import re
import tomllib
from pathlib import Path
from typing import Any

from coach.errors import PrincipleSetError
from coach.principles.faults import HINT, quoted

MOST_BYTES = 2 * 1024 * 1024

_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_text(path: Path) -> str:
    """The file's text, without a byte order mark."""
    try:
        raw = _read_bytes(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PrincipleSetError(f"{_called(path)} can't be read: {reason}.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PrincipleSetError(f"{_called(path)} is not UTF-8 text (line {line}).", "Save it as UTF-8.") from error


def _read_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise PrincipleSetError(f"{_called(path)} is a folder, not a principle set.", "Name the .toml file in it.")
    if not path.exists():
        raise PrincipleSetError(f"There is no file {quoted(str(path))}.", "Name a principle set that exists.")
    if not path.is_file():
        raise PrincipleSetError(f"{_called(path)} is not a file.")
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise PrincipleSetError(f"{_called(path)} is larger than 2 MB, too large for a principle set.")
    return raw


def _called(path: Path) -> str:
    return f"The file {quoted(str(path))}"


def parse_toml(text: str, *, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), text=text, name=name) from error
    except RecursionError as error:
        raise PrincipleSetError(f"{name}: Lists or tables are nested too deeply.", HINT) from error
    except ValueError as error:
        # Python refuses numbers of more than 4300 digits with a plain ValueError that has no line.
        raise PrincipleSetError(f"{name}: A number is too large.", HINT) from error


def _syntax_error(message: str, *, text: str, name: str) -> PrincipleSetError:
    found = _LINE.search(message)
    at = found[1] if found else None
    line = int(at) if at else len(text.splitlines()) or 1
    reason = _LINE.sub("", message)
    return PrincipleSetError(
        f"{name}:{line}: This is not valid TOML: {reason}.", "Texts stand in quotes, one key a line."
    )
