"""Control characters made visible, so that no text ever drives a terminal or breaks a screen."""

_C0 = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_DELETE = {0x7F: "\u2421"}
_C1 = range(0x80, 0xA0)
_LINE_BREAKS = (0x2028, 0x2029)
_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SURROGATES = range(0xD800, 0xE000)

_REPLACEMENT = "\ufffd"

_PRINTABLE = {**_C0, **_DELETE, **dict.fromkeys((*_C1, *_BIDI, *_SURROGATES), _REPLACEMENT)}

# The editor needs a mark of its own for each character. Unicode has no pictures for these, so they are Braille
# patterns: visible, one cell wide, and next to never typed.
_MARKS = {
    **_C0,
    **_DELETE,
    **{code: chr(0x2800 + code) for code in _C1},
    **{code: chr(0x28C0 + place) for place, code in enumerate((*_LINE_BREAKS, *_BIDI))},
}


def printable(text: str) -> str:
    """The text with control characters as pictures (U+2400 and up) and bidi overrides as U+FFFD. CRLF is a line end."""
    return text.replace("\r\n", "\n").translate(_PRINTABLE)


def to_screen(text: str) -> str:
    """The text for an editor: line ends are LF, and each control character or odd line break is one visible mark."""
    return text.replace("\r\n", "\n").translate(_MARKS)


def from_screen(shown: str, original: str) -> str:
    """The text behind what the editor shows; `original` is what `to_screen` was given.

    A mark stands for its control character if the original held that character and not the mark itself.
    Line ends become CRLF if all of the original's were.
    """
    if shown == to_screen(original):
        return original
    controls = original.replace("\r\n", "\n")
    back = {ord(mark): chr(code) for code, mark in _MARKS.items() if chr(code) in controls and mark not in controls}
    text = shown.translate(back)
    return text.replace("\n", "\r\n") if _ends_only_in_crlf(original) else text


def _ends_only_in_crlf(text: str) -> bool:
    return "\r\n" in text and "\n" not in text.replace("\r\n", "")


def one_line(text: str, most: int = 60) -> str:
    """The text on one line, printable and shortened to `most` characters: for titles in sentences."""
    line = printable(" ".join(text.split()))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
