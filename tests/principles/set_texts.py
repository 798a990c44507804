"""Texts of small principle sets, invented for these tests."""

TENDER = """\
[[principles]]
slug = "be-kind"
name = "Be Kind"
gist = "Treats people well when nothing forces it."
signals = [
  "I stayed late to help a colleague who was ashamed to ask.",
  "I rang the supplier myself to tell him.",
  "I gave her the credit in front of everybody.",
]
"""

TIDY = """\
[[principles]]
slug = "be-tidy"
name = "Be Tidy"
gist = "Leaves a place better than it was."
signals = ["I cleared the shelves.", "I labelled every box.", "I threw out the old lists."]
"""

SMALL = TENDER + "\n\n" + TIDY


def principle_text(number: int) -> str:
    """One faultless principle among many."""
    return (
        f'[[principles]]\nslug = "value-{number}"\nname = "Value {number}"\ngist = "Gist {number}."\n'
        'signals = ["One.", "Two.", "Three."]\n'
    )
