"""The few forms an exported document is made of: headings that can be linked to, links, lists and tables.

What these take as `markdown` is escaped already; what they take as `text` is as typed.
"""

from collections.abc import Iterable, Mapping, Sequence

from coach.bank.names import safe_name
from coach.bank.story import UNTITLED, Story
from coach.markdown.escape import inline
from coach.principles.principle import Principle


def title_of(story: Story) -> str:
    return story.title if story.title.strip() else UNTITLED


def story_anchor(story: Story) -> str:
    """Made from the id, not the title: two stories may share a title, and viewers disagree on how titles become anchors."""
    return f"story-{safe_name(story.id)}"


def principle_anchor(principle: Principle) -> str:
    return f"principle-{safe_name(principle.slug)}"


def heading(level: int, text: str, anchor: str = "") -> str:
    target = f'<a id="{anchor}"></a>' if anchor else ""
    return f"{'#' * level} {target}{inline(text)}"


def link(text: str, anchor: str) -> str:
    return f"[{inline(text)}](#{anchor})"


def story_link(story: Story) -> str:
    return link(title_of(story), story_anchor(story))


def principle_link(principle: Principle) -> str:
    return link(principle.name, principle_anchor(principle))


def bullets(markdown: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in markdown)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = ()) -> str:
    """A table of finished markdown; `numbers` are the columns set flush right."""
    right = set(numbers)
    rule = ["---:" if place in right else "---" for place in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def plain(value: object) -> str:
    """A value out of a TOML file as a person would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {plain(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(plain(item) for item in value)
    return str(value)


def plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
