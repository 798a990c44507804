"""A text area for one section: counts its words, and can show where evidence stands."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from rich.text import Text
from textual import on
from textual.timer import Timer
from textual.widgets import TextArea

from coach.bank.story import SectionName
from coach.bank.visible import from_screen, to_screen
from coach.bank.words import count_words, format_duration, spoken_seconds

PROMPTS: dict[SectionName, str] = {
    "situation": "Where and when was it, who was affected, what was wrong? Two or three sentences.",
    "task": "What was yours to do, and what had to be true at the end?",
    "action": "What did you do, step by step? Say I. What did you choose, and why?",
    "result": "What changed, for whom, by how much? Compared with what?",
    "learning": "What do you do differently since?",
}

COUNT_AFTER = 0.15
"""Seconds without a key before words are counted: in a story of 20,000 words that takes longer than a key stroke."""


class SectionArea(TextArea):
    """One section of a story. Text goes in and out as it is stored; on the screen control characters are visible marks."""

    COMPONENT_CLASSES = {"section-area--evidence"}
    HELP = """\
## A section of the story

Type freely: every pause is kept as a draft, **ctrl+s** saves. **ctrl+z** takes back, **ctrl+y** does it again.

- **tab**, **shift+tab**: next and previous section
- **F6**: this section in your own editor (`$EDITOR`)
- **F7**: to the matches; there **c** confirms and **x** rejects
- **escape**: save and go back
"""

    def __init__(self, name: SectionName, stored_text: str) -> None:
        super().__init__(
            to_screen(_body(stored_text)),
            id=f"section-{name}",
            soft_wrap=True,
            show_line_numbers=False,
            placeholder=PROMPTS[name],
            tab_behavior="focus",
            highlight_cursor_line=False,
        )
        self.section: SectionName = name
        self._remember(stored_text)
        self._count_timer: Timer | None = None
        self._marked: dict[int, list[tuple[int, int]]] = {}
        self.border_title = name.capitalize()

    def _remember(self, stored_text: str) -> None:
        """What the shown text was made from, so that an untouched section is stored exactly as it was."""
        self._stored_text = _body(stored_text)
        # The line end before the closing quotes of the file is no line to type on.
        self._tail = stored_text[len(self._stored_text) :]
        self._shown_at_first = self.text

    def on_mount(self) -> None:
        self.show_count()

    @on(TextArea.Changed)
    def count_soon(self) -> None:
        if self._count_timer is not None:
            self._count_timer.stop()
        self._count_timer = self.set_timer(COUNT_AFTER, self.show_count)

    def on_resize(self) -> None:
        # Text that takes as many lines at its new width as before is wrapped anew, but would not be painted anew.
        self.refresh()

    @property
    def stored_text(self) -> str:
        """The section as it should be stored: untouched text exactly as it was."""
        shown = self.text
        if shown == self._shown_at_first:
            return self._stored_text + self._tail
        return from_screen(shown, self._stored_text) + self._tail

    def show_count(self) -> None:
        """Words and spoken time in the frame."""
        words = count_words(self.text)
        self.border_subtitle = f"{words} words · {format_duration(spoken_seconds(words))} aloud" if words else "empty"

    def replace_all(self, text: str) -> None:
        """Put another text in place, so that undo still knows the former one."""
        self.replace(to_screen(_body(text)), (0, 0), self.document.end)

    def show_stored(self, stored_text: str) -> None:
        """Put another stored text in place."""
        self.replace_all(stored_text)
        self._remember(stored_text)
        self.show_count()

    def mark(self, spans: Iterable[tuple[int, int]]) -> None:
        """Underline these stretches of the shown text, in characters from its start."""
        marked = _by_line(sorted(spans), [len(line) for line in self.document.lines])
        if marked != self._marked:
            self._marked = marked
            # Rendered lines are cached by text and cursor; a change of style alone has to be announced.
            self.notify_style_update()
            self.refresh()

    @property
    def first_marked_line(self) -> int | None:
        return min(self._marked, default=None)

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        for start, end in self._marked.get(line_index, ()):
            line.stylize(self.get_component_rich_style("section-area--evidence", partial=True), start, end)
        return line


def _body(stored_text: str) -> str:
    return stored_text.rstrip("\r\n")


def _by_line(spans: Sequence[tuple[int, int]], lengths: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Spans in characters from the start of the text, as columns of the lines they run over."""
    found: dict[int, list[tuple[int, int]]] = {}
    starts = list(accumulate((length + 1 for length in lengths), initial=0))
    for start, end in spans:
        first = bisect_right(starts, start) - 1
        for line in range(first, min(bisect_right(starts, end - 1), len(lengths))):
            columns = (max(0, start - starts[line]), min(lengths[line], end - starts[line]))
            found.setdefault(line, []).append(columns)
    return found
