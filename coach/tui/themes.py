"""One dark and one light theme, both with enough contrast for text (WCAG AA against their background)."""

from textual.theme import Theme

DARK = Theme(
    name="coach-dark",
    primary="#7aa2f7",
    secondary="#9fb4c7",
    accent="#e0af68",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    foreground="#d5d9e3",
    background="#15181f",
    surface="#1b1f28",
    panel="#232936",
    dark=True,
    variables={"border": "#7aa2f7", "border-blurred": "#3a4356", "footer-key-foreground": "#e0af68"},
)

LIGHT = Theme(
    name="coach-light",
    primary="#1f4fb3",
    secondary="#44566c",
    accent="#8a5a00",
    success="#2f6b12",
    warning="#8a5a00",
    error="#b3203a",
    foreground="#1c2230",
    background="#f7f7f4",
    surface="#ffffff",
    panel="#e9ebef",
    dark=False,
    variables={"border": "#1f4fb3", "border-blurred": "#c2c8d2", "footer-key-foreground": "#8a5a00"},
)

THEMES = (DARK, LIGHT)
