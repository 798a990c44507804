"""A story's title and headline in view, its other particulars folded away."""

import re
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.validation import Regex
from textual.widgets import Collapsible, Input, Label, Select

from coach.bank.story import OUTCOMES, UNTITLED, Outcome, Story
from coach.bank.visible import from_screen, to_screen

FIELDS = ("title", "headline", "when", "role", "company", "tags")
MONTH = r"^$|^\d{4}-(0[1-9]|1[0-2])$"
OUTCOME_NAMES: dict[Outcome, str] = {"success": "A success", "failure": "A failure", "mixed": "Mixed"}


class Details(Vertical):
    """Inputs for everything that isn't a section."""

    class Changed(Message):
        """The outcome was chosen anew; typed fields post Input.Changed themselves."""

    HELP = """\
## Title, headline, details

The **headline** is the one sentence that should stand in the interviewer's notes.
**F5** or a click unfolds the details: month, role, company, outcome, tags.
"""

    def __init__(self, story: Story) -> None:
        super().__init__()
        self._story = story

    def compose(self) -> ComposeResult:
        story = self._story
        with Horizontal(classes="pair"):
            yield Label("Title")
            yield self._input("title", "what you will call this story")
        with Horizontal(classes="pair"):
            yield Label("Headline")
            yield self._input("headline", "the one sentence for the interviewer's notes")
        with Collapsible(title=self._summary(story), collapsed=True, id="more"):
            with Horizontal(classes="pair"):
                yield Label("Month")
                yield self._input("when", "2024-03", Regex(MONTH, failure_description="as 2024-03"))
            with Horizontal(classes="pair"):
                yield Label("Role")
                yield self._input("role", "what you were")
            with Horizontal(classes="pair"):
                yield Label("Company")
                yield self._input("company", "where it was")
            with Horizontal(classes="pair"):
                yield Label("Tags")
                yield self._input("tags", "separated by commas")
            with Horizontal(classes="pair"):
                yield Label("Outcome")
                yield Select(
                    [(OUTCOME_NAMES[outcome], outcome) for outcome in OUTCOMES],
                    value=story.outcome,
                    allow_blank=False,
                    compact=True,
                    id="outcome",
                )

    def _input(self, name: str, placeholder: str, *validators: Regex) -> Input:
        return Input(
            _on_one_line(_stored_field(self._story, name)),
            placeholder=placeholder,
            id=name,
            validators=validators,
            compact=True,
            # A field that is reached by tab must not be emptied by the next key: inputs have no undo.
            select_on_focus=False,
        )

    @staticmethod
    def _summary(story: Story) -> str:
        """The folded line. The one place where a widget takes plain text as markup, so brackets are left out."""
        known = [OUTCOME_NAMES[story.outcome], story.when, story.role, story.company]
        return re.sub(r"[\[\]\\]", "", to_screen("Details: " + " · ".join(text for text in known if text)))

    @on(Select.Changed, "#outcome")
    def outcome_chosen(self, event: Select.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    def on_mount(self) -> None:
        # A stop on the way from the headline to the situation that takes no text would swallow what is typed there.
        self.query_one("CollapsibleTitle").can_focus = False

    def unfold(self) -> None:
        """Show or hide the particulars; shown, the first of them is ready to be typed."""
        more = self.query_one(Collapsible)
        more.collapsed = not more.collapsed
        if not more.collapsed:
            self.call_after_refresh(self.query_one("#when", Input).focus)

    def show(self, story: Story) -> None:
        """Show another text of the same story."""
        self._story = story
        with self.prevent(Input.Changed, Select.Changed):
            for name in FIELDS:
                self.query_one(f"#{name}", Input).value = _on_one_line(_stored_field(story, name))
            self.query_one("#outcome", Select).value = story.outcome

    def apply_to(self, story: Story) -> Story:
        """The story with what stands in the fields; a field nobody touched keeps its text exactly."""
        typed = {name: self._typed(name) for name in FIELDS}
        tags = typed["tags"]
        outcome = self.query_one("#outcome", Select).value
        return replace(
            story,
            title=typed["title"] or UNTITLED,
            headline=typed["headline"],
            when=typed["when"],
            role=typed["role"],
            company=typed["company"],
            tags=story.tags if tags == ", ".join(story.tags) else _tags(tags),
            outcome=outcome if outcome in OUTCOMES else story.outcome,
        )

    def _typed(self, name: str) -> str:
        stored = _stored_field(self._story, name)
        shown = self.query_one(f"#{name}", Input).value
        return stored if shown == _on_one_line(stored) else from_screen(shown, stored)


def _stored_field(story: Story, name: str) -> str:
    """What the field shows at first: tags joined, and no title where nobody gave one."""
    if name == "tags":
        return ", ".join(story.tags)
    text = str(getattr(story, name))
    return "" if name == "title" and text == UNTITLED else text


def _on_one_line(text: str) -> str:
    return to_screen(text).replace("\n", " ")


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.strip() for tag in text.split(",") if tag.strip()))
