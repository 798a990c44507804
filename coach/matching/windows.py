"""From a text to the windows the encoder reads: one sentence each, so that an edit changes one window."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coach.matching.match import Window

Span = tuple[int, int]

LONG_SENTENCE = 45
"""Words. Beyond it a sentence tells of several things, and their mean vector of none."""
HARD_CUT = 60
"""Words in one window at most, where nothing offers itself to split at: well within the encoder's 256 word pieces."""
FEWEST_APART = 4
"""Words on either side of a split: "Then," alone says nothing."""
WRAPPED_LINE = 40
"""Characters. A line longer than this without an end mark was broken by an editor, not by its author."""

_SYMBOLS = "-–—*+•◦▪‣·●○"
_BULLET = re.compile(
    rf"""\s*(?: [{re.escape(_SYMBOLS)}](?=\s|\Z)   # "- ", "* "; "*word*" is emphasis
      | -(?=[^\W\d_]) | [•◦▪‣●○]                # typed without a space; "-5" is a number
      | \[[ xX]\](?=\s)                         # a task list's box
      | (?:\d{{1,2}}[.)]|\(?(?:\d{{1,2}}|[A-Za-z])\))(?=\s|\Z) )   # "1.", "a)", "(2)"; "J." is an initial
    """,
    re.VERBOSE,
)
_HEADING = re.compile(r"\s*(?:\#{1,6}(?=\s)|>)")
_NAME = (
    "(?:(?i:situation|background|context|task|challenge|problem|goal|actions?|approach|results?|outcome|impact"
    "|learnings?|lessons?(?:[ ]learn(?:ed|t))?|reflection)|[STARL])"
)
_LABEL = re.compile(
    rf"""\s*[*_]{{0,3}} {_NAME} (?:[ ]?(?:/|&|\+|and)[ ]?{_NAME})*+ (?:
        [*_]{{0,3}}[ ]?[:：][*_]{{0,3}}         # "Situation:", "**Action**:", "**Action:**"
      | [*_]{{0,3}}[ ][-–—](?=[ ])              # "Result - we ..."
      | \*{{2}}(?=[ ])                          # "**Action** I ..."
      | (?<=\w\w)[*_]{{0,3}}\Z )                # alone on its line""",
    re.VERBOSE,
)
_END = re.compile(r"""(?<![.!?…])[.!?…]++["'”’)\]»*_]*+(?=\s|\Z)|[。！？｡]++[」』”’）]*+""")
_NEXT = re.compile(r"""\s*+["'“‘(\[«*_¿¡]*+(\S)?""")
_WORD = re.compile(r"\S+")
_EMPHASIS = re.compile(r"(?<!\w)[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}(?!\w)")

_NEVER_LAST = re.compile(r"(?:mrs?|ms|mx|dr|prof|vs?|cf|eg|ie|e\.g|i\.e|viz|st|mt|approx|ca|incl|excl|resp)\Z")
_SELDOM_LAST = re.compile(r"(?:etc|inc|ltd|co|corp|jr|sr|dept|est|min|max|avg|fig|[ap]\.?m|hrs?|wks?|yrs?)\Z")
"""End a sentence only where the next word has a capital."""
_BEFORE_NUMBER = re.compile(r"(?:nos?|nr|pp?|sec|ch|vol|fig|ver|rev)\Z")
_LINKS = ("and", "but", "so", "then", "because", "which")


def split_windows(part: str, text: str) -> tuple[Window, ...]:
    """The sentences of one part, in order, without bullet marks and section labels.

    Spans are exact and do not overlap; sentences over LONG_SENTENCE words are split; what holds no letter is left out.
    """
    spans = (
        trimmed
        for block in _blocks(text)
        for sentence in _sentences(text, block)
        for piece in _pieces(text, sentence)
        if (trimmed := _trimmed(text, piece))
    )
    return tuple(Window(part, start, end, text[start:end]) for start, end in spans)


def normalised(window_text: str) -> str:
    """What the encoder reads of a window: white space folded, markdown's emphasis marks gone."""
    return " ".join(_EMPHASIS.sub("", window_text).split())


def _blocks(text: str) -> Iterator[Span]:
    """Stretches that no sentence crosses: paragraphs, list items, headings, single lines. Wrapped lines are joined."""
    start = end = 0
    wrapped = False
    for line_start, line_end in _lines(text):
        line = text[line_start:line_end]
        if not (wrapped and line[:1].islower() and not _BULLET.match(line)):
            yield start, end
            start = line_start + _prefix(line)
        end = line_end
        wrapped = len(line) > WRAPPED_LINE and not _HEADING.match(line)
    yield start, end


def _lines(text: str) -> Iterator[Span]:
    """Every line's span without the white space around it; an empty span for a blank line."""
    position = 0
    for line in text.splitlines(keepends=True):
        start = position + len(line) - len(line.lstrip())
        yield min(start, position + len(line)), max(start, position + len(line.rstrip()))
        position += len(line)


def _prefix(line: str) -> int:
    """Characters taken by quote, heading and bullet marks and by a section's label."""
    position = 0
    while found := (_HEADING.match(line, position) or _BULLET.match(line, position) or _LABEL.match(line, position)):
        position = found.end()
    return position


def _sentences(text: str, block: Span) -> Iterator[Span]:
    start, block_end = block
    for mark in _END.finditer(text, start, block_end):
        if _ends_sentence(text, mark, start, block_end):
            yield start, mark.end()
            start = mark.end()
    yield start, block_end


def _ends_sentence(text: str, mark: re.Match[str], start: int, block_end: int) -> bool:
    """Whether the end mark ends a sentence, or belongs to an ellipsis, a quotation, an initial or an abbreviation."""
    following = _NEXT.match(text, mark.end(), block_end)
    after = (following and following[1]) or ""
    marks = mark[0].rstrip("\"'”’)]»*_")
    pauses = marks == "…" or marks.startswith("..")
    if after.islower() and (pauses or marks != mark[0]):
        return False
    return marks != "." or not _is_abbreviated(_word_before(text, mark.start(), start), after)


def _word_before(text: str, end: int, start: int) -> str:
    """The word that ends here, or its last 15 characters: no abbreviation is longer."""
    return (text[max(start, end - 15) : end].split() or [""])[-1].lstrip("\"'“‘([«*_")


def _is_abbreviated(word: str, after: str) -> bool:
    """Whether the full stop after `word` abbreviates it; `after` is the first letter of what follows, or empty."""
    known = word.lower()
    if _SELDOM_LAST.match(known) and after.islower():
        return True
    if _BEFORE_NUMBER.match(known) and after.isdigit():
        return True
    if _NEVER_LAST.match(known):
        return bool(after)
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    return (is_initial or _is_dotted(known)) and bool(after)


def _is_dotted(word: str) -> bool:
    """ "u.s", "ph.d" and their like; "a.m" is among those that end a sentence before a capital."""
    parts = word.split(".")
    return len(parts) > 1 and not _SELDOM_LAST.match(word) and all(p.isalpha() and len(p) < 3 for p in parts)


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence itself, or the parts of one that is too long."""
    words = [match.span() for match in _WORD.finditer(text, *sentence)]
    if len(words) <= LONG_SENTENCE:
        yield sentence
        return
    joints = [index for index in range(1, len(words)) if _is_joint(text, words[index - 1], words[index])]
    for first, last in _divided(joints, 0, len(words)):
        yield words[first][0], words[last - 1][1]


def _is_joint(text: str, before: Span, after: Span) -> bool:
    """Whether a long sentence may be split between these two words."""
    return (
        text[before[1] - 1] in ";:,"
        or text[slice(*before)] in ("-", "–", "—")
        or (after[1] - after[0] <= max(map(len, _LINKS)) and text[slice(*after)].lower() in _LINKS)
    )


def _divided(joints: Sequence[int], first: int, last: int) -> Iterator[Span]:
    """Ranges of words: halved at the joint nearest the middle until short enough, cut where there is no joint."""
    if last - first <= LONG_SENTENCE:
        yield first, last
        return
    joint = _nearest(joints, (first + last) / 2)
    if joint is not None and first + FEWEST_APART <= joint <= last - FEWEST_APART:
        yield from _divided(joints, first, joint)
        yield from _divided(joints, joint, last)
        return
    parts = -(-(last - first) // HARD_CUT)
    cuts = [first + (last - first) * part // parts for part in range(parts + 1)]
    yield from pairwise(cuts)


def _nearest(joints: Sequence[int], middle: float) -> int | None:
    at = bisect_left(joints, middle)
    return min(joints[max(0, at - 1) : at + 1], key=lambda joint: abs(joint - middle), default=None)


def _trimmed(text: str, span: Span) -> Span | None:
    """Without white space and stray marks around it; None if no letter is left."""
    start, end = span
    while start < end and (text[start].isspace() or _stands_alone(text, start, start + 1, end)):
        start += 1
    while start < end and (text[end - 1].isspace() or _stands_alone(text, end - 1, end - 2, start - 1)):
        end -= 1
    return (start, end) if any(map(str.isalpha, text[start:end])) else None


def _stands_alone(text: str, mark: int, neighbour: int, limit: int) -> bool:
    """Whether a dash or bullet stands at a window's edge, apart from the words."""
    return text[mark] in _SYMBOLS and (neighbour == limit or text[neighbour].isspace())
