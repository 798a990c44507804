"""Typed text as markdown that says exactly that text and nothing else, in CommonMark and in GitHub's dialect."""

import re
from collections.abc import Iterator

from coach.bank.visible import printable

_MARKUP = re.compile(
    r"""
    [\\`*_\[\]<|~^$]    # code, emphasis, links, html, tables, strikethrough, footnotes; $ begins a formula in several viewers
    | (?<!\S)\#         # a heading, or the closing marks of one
    | &(?=\#?\w+;)      # an entity
    | :(?=//)           # an address linked by the viewer shows the escapes inside it, so none may be linked
    | (?<=www)\.
    """,
    re.VERBOSE | re.IGNORECASE,
)

# A list, a quotation, the underline of a heading, or a table's second line: ":--" under a line with a pipe is enough.
_LINE_MARK = re.compile(r"^[-+=>:]")
_LINE_NUMBER = re.compile(r"^([0-9]+)([.)])(?= |$)")

_LINE_SEPARATORS = str.maketrans({"\u2028": "\n", "\u2029": "\n\n"})


def inline(text: str) -> str:
    """One line of markdown that reads as this text, white space folded; fit for headings, list items, links and cells."""
    return _escaped(" ".join(printable(text).split()))


def block(text: str) -> str:
    """Paragraphs of markdown that read as this text: blank lines part paragraphs, other line breaks are kept."""
    return "\n\n".join("\\\n".join(lines) for lines in _paragraphs(text))


def cell(text: str) -> str:
    """The text for a table's cell. Pipes are escaped in every line, for two lines can be a table by accident."""
    return inline(text)


def quote(text: str) -> str:
    """The text as a block quote."""
    return quoted(block(text))


def quoted(markdown: str) -> str:
    """Finished markdown as a block quote."""
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n"))


def _escaped(line: str) -> str:
    line = _MARKUP.sub(r"\\\g<0>", line)
    line = _LINE_MARK.sub(r"\\\g<0>", line)
    return _LINE_NUMBER.sub(r"\1\\\2", line)


def _paragraphs(text: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in printable(text).translate(_LINE_SEPARATORS).split("\n"):
        if line.strip():
            lines.append(inline(line))
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines
