"""Typed text as markdown: whatever is typed, a parser reads it back as text."""

import pytest
from hypothesis import example, given, settings

from coach.markdown.escape import block, cell, inline, quote
from tests.markdown.reading import folded, hostile, kinds, links, paragraphs, pieces, seen, tokens_of

CASES = (
    "# Heading",
    "Heading ##",
    "####### no heading",
    "- item",
    "+ item",
    "* item",
    "1. first",
    "12) twelfth",
    "- [ ] to do",
    "> said",
    ">said",
    "---",
    "***",
    "===",
    "Title\n=====",
    "Title\n---",
    "```\ncode\n```",
    "~~~\ncode\n~~~",
    "    indented",
    "\tindented",
    "a\n\n    indented after a paragraph",
    "`code` and ``co`de``",
    "*em* **strong** _em_ __strong__ ~~gone~~ ~gone~",
    "snake_case_name and 2*3*4",
    "<b>bold</b> <br> <!-- gone --> <?php ?> <!DOCTYPE a> <![CDATA[a]]>",
    "<script>alert(1)</script>",
    "<a@b.com> <https://example.org>",
    "AT&amp;T &copy; &#35; &#x23; R&D Q&A;",
    "[a](b) ![a](b) [a][b] [a]",
    "[a]: /url 'title'",
    "[^1] [^1]: note",
    "a | b\n--- | ---\n1 | 2",
    "| a |\n|---|",
    "a | b\n:--",
    "a \\| b \\\\| c",
    "back\\slash \\* \\",
    "line\\\nnext",
    "two blanks  \nnext",
    "$5 and 6$, $x$ and $$y$$",
    "a\r\nb\rc\u2028d\u2029e\x0bf\x0cg",
    "\x00\x1b[31mred\x1b[0m\x07 \x85 \u202eevil\u202c",
    "😀 👩\u200d🚒 e\u0301 שלום\u200f مرحبا",
    "\xa0\u3000blank of another kind\xa0",
    "\ufeffmark",
    "",
    " \n\t\n ",
)

every_case = pytest.mark.parametrize("text", CASES)

TEMPLATES = {
    "p": "{}",
    "h3": "### {}",
    "li": "- {}",
    "quote": "> {}",
    "td": "| a | b |\n| --- | --- |\n| {} | c |",
}


def comes_back_on_one_line(text: str) -> None:
    for place, template in TEMPLATES.items():
        expected = folded(text)
        found = [words for where, words in pieces(template.format(inline(text))) if where == place]
        assert found[:1] == ([expected] if expected or found else []), place


def comes_back_as_paragraphs(text: str) -> None:
    assert pieces(block(text)) == [("p", words) for words in paragraphs(text)]
    assert pieces(quote(text)) == [("quote", words) for words in paragraphs(text)]


@every_case
def test_a_nasty_line_comes_back_as_text_wherever_it_stands(text: str) -> None:
    comes_back_on_one_line(text)


@every_case
def test_nasty_paragraphs_come_back_with_their_line_breaks(text: str) -> None:
    comes_back_as_paragraphs(text)


@given(hostile)
@settings(deadline=None, max_examples=100)
def test_any_line_comes_back_as_text_wherever_it_stands(text: str) -> None:
    comes_back_on_one_line(text)


@given(hostile)
@settings(deadline=None, max_examples=100)
def test_any_paragraphs_come_back_with_their_line_breaks(text: str) -> None:
    comes_back_as_paragraphs(text)


@given(hostile)
@settings(deadline=None, max_examples=100)
def test_any_text_is_only_paragraphs_and_line_breaks(text: str) -> None:
    assert kinds(block(text)) <= {"paragraph", "inline", "text", "hardbreak"}
    assert kinds(quote(text)) <= {"blockquote", "paragraph", "inline", "text", "hardbreak"}


@given(hostile)
@example("^[^1]: a footnote")
@settings(deadline=None, max_examples=100)
def test_any_text_can_be_the_words_of_a_link(text: str) -> None:
    assert links(f"[{inline(text)}](#target)") == [(folded(text), "#target")]


@given(hostile)
@example(":--")
@example("|-|")
@settings(deadline=None, max_examples=100)
def test_no_line_changes_what_the_line_above_it_is(text: str) -> None:
    assert pieces(f"a | b\n{inline(text)}") == [("p", f"a | b\n{folded(text)}".strip())]


@given(hostile, hostile)
@settings(deadline=None, max_examples=100)
def test_cells_side_by_side_keep_their_texts_apart(one: str, other: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {cell(one)} | {cell(other)} |"
    assert [words for where, words in pieces(table) if where == "td"] == [folded(one), folded(other)]


@pytest.mark.parametrize(
    "text",
    [
        "see http://example.org/a_b*c and https://x.y/~z",
        "www.example.org/a_b",
        "write to anna_b@example.org",
    ],
)
def test_a_viewer_that_links_addresses_shows_no_escapes_in_them(text: str) -> None:
    shown = [seen(token) for token in tokens_of(block(text), linkify=True) if token.type == "inline"]
    assert shown == [text]


@pytest.mark.parametrize(
    ("text", "written"),
    [("www.example.org/a_b", "www\\.example.org/a\\_b"), ("http://example.org/a_b", "http\\://example.org/a\\_b")],
)
def test_addresses_are_not_linked_for_github_would_show_their_escapes(text: str, written: str) -> None:
    assert inline(text) == written


def test_half_a_surrogate_pair_can_still_be_written_to_a_file() -> None:
    assert inline("a\ud800b").encode() == "a\ufffdb".encode()


@pytest.mark.parametrize("mark", "$^~|")
def test_marks_of_other_dialects_are_escaped_too(mark: str) -> None:
    """A "[" of the document before a typed "^" begins a footnote; "$" begins a formula."""
    assert inline(f"{mark}1") == f"\\{mark}1"


def test_a_line_break_is_a_backslash_because_editors_strip_blanks_at_line_ends() -> None:
    assert block("one\ntwo\n\n\nthree") == "one\\\ntwo\n\nthree"


def test_plain_sentences_stay_as_they_are() -> None:
    sentence = "In 3.5 hours – it's true (really!) – R&D paid 40% more; “well”, she said: C++ isn't A/B."
    assert block(sentence) == sentence
