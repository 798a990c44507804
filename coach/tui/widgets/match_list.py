"""The matches of one story: level, author's word, evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.bank.visible import printable
from coach.coverage.matrix import Standing
from coach.matching.changes import Change
from coach.matching.match import Match
from coach.principles.principle import Principle, PrincipleSet
from coach.tui.wording import GLYPHS, STYLES

ORDER: tuple[Standing, ...] = ("confirmed", "strong", "possible", "rejected", "none")


@dataclass(frozen=True)
class MatchRow:
    """One principle as the list shows it."""

    principle: Principle
    standing: Standing
    match: Match | None


class PrincipleOptions(OptionList):
    """The list itself; j and k move as well."""

    HELP = """\
## Matches

Which principles this story shows. ◆ you confirmed, ● strong, ○ possible, ✕ you rejected, · none.
Select one: its evidence is underlined in the text and quoted below.

- **c**: confirm, **x**: reject, **o**: leave open again
- **escape** or **F7**: back to the text
"""

    BINDINGS = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("c", "judge('confirm')", "Confirm", id="confirm-match", tooltip="This story shows that principle"),
        Binding("x", "judge('reject')", "Reject", id="reject-match", tooltip="This story does not show that principle"),
        Binding("o", "judge('leave_open')", "Leave open", id="open-match", tooltip="Take back what you said"),
    ]

    def action_judge(self, word: str) -> None:
        option = self.highlighted_option
        if option is not None and option.id:
            self.post_message(MatchList.Judged(option.id, word))


class MatchList(Vertical):
    """All principles of the set, the ones this story shows first, with the evidence of the selected one."""

    @dataclass
    class Selected(Message):
        """Another principle is selected."""

        slug: str

    @dataclass
    class Judged(Message):
        """The author says what they think: `word` is confirm, reject or leave_open (methods of Story)."""

        slug: str
        word: str

    def __init__(self, principle_set: PrincipleSet) -> None:
        super().__init__()
        self._set = principle_set
        self._rows: tuple[MatchRow, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="match-title", markup=False)
        yield PrincipleOptions(id="principles", markup=False)
        with VerticalScroll(id="evidence-pane"):
            yield Static(id="evidence", markup=False)
        yield Static(id="changes", markup=False)

    @property
    def selected(self) -> MatchRow | None:
        option = self.query_one(PrincipleOptions).highlighted_option
        return next((row for row in self._rows if option and row.principle.slug == option.id), None)

    def select_slug(self, slug: str) -> None:
        options = self.query_one(PrincipleOptions)
        options.highlighted = options.get_option_index(slug)

    def show(self, matches: Sequence[Match], standings: Mapping[str, Standing], title: str) -> None:
        """Fill the list; the selection stays on its principle."""
        by_slug = {match.slug: match for match in matches}
        rows = [MatchRow(p, standings[p.slug], by_slug.get(p.slug)) for p in self._set.principles]
        position = {match.slug: place for place, match in enumerate(matches)}
        rows.sort(key=lambda row: (ORDER.index(row.standing), position.get(row.principle.slug, 0)))
        selected = self.selected
        self._rows = tuple(rows)
        self.query_one("#match-title", Static).update(Content(title))
        options = self.query_one(PrincipleOptions)
        with self.prevent(OptionList.OptionHighlighted):
            options.set_options([Option(_line(row), id=row.principle.slug) for row in rows])
            if selected:
                options.highlighted = options.get_option_index(selected.principle.slug)
        self._show_evidence()

    def show_changes(self, changes: Sequence[Change]) -> None:
        """What the edit gained or lost, below everything; hidden while there is nothing to say."""
        lines = [Content(self._said(change)) for change in changes]
        label = self.query_one("#changes", Static)
        label.update(Content("\n").join(lines))
        label.display = bool(lines)

    def _said(self, change: Change) -> str:
        name = self._set.name_of(change.slug)
        if change.kind == "gained":
            return f"＋ {name} is now {change.after}."
        reason = f": “{_short(change.words)}” is gone" if change.words_are_gone else ""
        degree = "" if change.after == "none" else f" (now {change.after})"
        return f"－ This edit lost {name}{degree}{reason}."

    @on(OptionList.OptionHighlighted)
    def select(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_evidence()
        if event.option_id:
            self.post_message(self.Selected(event.option_id))

    def _show_evidence(self) -> None:
        row = self.selected
        self.query_one("#evidence", Static).update(evidence_text(row) if row else Content(""))


def _line(row: MatchRow) -> Content:
    style = STYLES[row.standing]
    return Content.assemble((f"{GLYPHS[row.standing]} {row.standing:<9} ", style), (row.principle.name, style))


def evidence_text(row: MatchRow) -> Content:
    """The selected principle's evidence in words, or what it would sound like."""
    match = row.match
    parts: list[Content] = [Content.styled(f"{row.principle.name} · {row.standing}", "bold")]
    if match and match.evidence and match.level != "none":
        parts += [Content(printable(f"“{item.text}” ({item.part})")) for item in match.evidence]
        parts.append(Content.styled(f"Sounds like: {match.nearest_signal}", "dim"))
    else:
        parts.append(Content("No words of this story speak for it yet."))
        parts.append(Content.styled(row.principle.gist, "dim"))
    return Content("\n").join(parts)


def _short(words: str, limit: int = 60) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
