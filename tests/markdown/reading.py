"""Reads a document back the way a viewer does, so that tests see what a person would see."""

import re
from collections.abc import Iterator

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coach.bank.visible import printable

ANCHOR = re.compile(r'<a id="([a-z0-9_-]+)">')

NASTY = (
    *"|`#<>&*_[]()~^$\\-+=:!\"'{}@./; \t\n\rab19é😀\u0301\u200d\u200f\u202e\u2028\u2029\xa0\x00\x1b\x7f\x85\ufeff",
    *(
        "www.",
        "http://",
        "https://a.b/c_d",
        "a@b.com",
        "mailto:a_b@c.de",
        "<http://a.b>",
        "[a]: /u",
        "![a](b)",
        "[a](b)",
    ),
    *("1. ", "12) ", "- ", "+ ", "* ", "> ", "# ", " ##", "&amp;", "&#35;", "```", "~~~", "---", "===", "***", "~~a~~"),
    *(
        "|-|",
        "| a |",
        ":--",
        "[x] ",
        "[^1]: ",
        "<b>",
        "</b>",
        "<!--",
        "<a id=x>",
        "**a**",
        "__a__",
        "\n\n",
        "    ",
        "\\\n",
    ),
)

hostile = st.lists(st.sampled_from(NASTY), max_size=15).map("".join) | st.text(max_size=30)
"""Texts that are anything but text to a parser of markdown."""

hostile_and_not_blank = hostile.filter(lambda text: bool(text.strip()))


def folded(text: str) -> str:
    """What a person sees of a text written on one line."""
    return " ".join(printable(text).split())


def paragraphs(text: str) -> list[str]:
    """What a person sees of a text written as paragraphs: each with its line breaks."""
    broken = printable(text).replace("\u2028", "\n").replace("\u2029", "\n\n")
    lines = "\n".join(folded(line) for line in broken.split("\n"))
    return [part.strip("\n") for part in re.split(r"\n{2,}", lines) if part.strip("\n")]


def tokens_of(document: str, *, linkify: bool = False) -> list[Token]:
    parser = MarkdownIt("commonmark", {"linkify": linkify}).enable(["table", "strikethrough"])
    if linkify:
        parser.enable("linkify")
    return parser.parse(document)


def kinds(document: str) -> set[str]:
    """The kinds of everything in the document, those that open and close without their ends."""
    return {
        token.type.removesuffix("_open") for token in _all(tokens_of(document)) if not token.type.endswith("_close")
    }


def pieces(document: str) -> list[tuple[str, str]]:
    """Every stretch of text with where it stands: h1 to h6, p, li, th, td, quote."""
    found: list[tuple[str, str]] = []
    where: list[str] = []
    for token in tokens_of(document):
        if token.nesting == 1:
            where.append(token.tag)
        elif token.nesting == -1:
            where.pop()
        elif token.type == "inline":
            found.append((_place(where), seen(token)))
        else:
            found.append((token.type, token.content))
    return found


def _place(where: list[str]) -> str:
    if "blockquote" in where:
        return "quote"
    return "li" if where[-1] == "p" and "li" in where else where[-1]


def seen(inline: Token) -> str:
    """The text of one inline token; tags written out in the document are marked, save the anchors of headings."""
    return "".join(_seen(child) for child in inline.children or ())


def _seen(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "html_inline":
            return "" if ANCHOR.fullmatch(token.content) or token.content == "</a>" else f"HTML {token.content}"
        case "code_inline" | "image":
            return f"{token.type} {token.content}"
        case _:
            return token.content


def links(document: str) -> list[tuple[str, str]]:
    """Every link's text and target, in order."""
    return [link for token in tokens_of(document) if token.type == "inline" for link in _links(token.children or [])]


def _links(children: list[Token]) -> Iterator[tuple[str, str]]:
    for place, token in enumerate(children):
        if token.type == "link_open":
            end = next(at for at in range(place, len(children)) if children[at].type == "link_close")
            yield "".join(map(_seen, children[place + 1 : end])), str(token.attrs["href"])


def anchors(document: str) -> list[str]:
    """Every anchor of the document, in order."""
    return [found[1] for tag in tags(document) if (found := ANCHOR.fullmatch(tag))]


def tags(document: str) -> list[str]:
    """Every tag of HTML in the document, in order."""
    return [token.content for token in _all(tokens_of(document)) if token.type == "html_inline"]


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])
