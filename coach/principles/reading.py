"""From tables to values: the shape of a set's file. What is wrong is noted, and reading goes on."""

import re

from coach.principles.codes import is_code
from coach.principles.faults import quoted
from coach.principles.principle import Confusion, Principle, PrincipleSet, Probe, Question, Tension, Theme
from coach.principles.table import Table

SCHEMA = 1
LEAST_SIGNALS = 3
MOST_ALSO = 2
ANY_SECTION = "any"
PROBE_SECTIONS = ("situation", "task", "action", "result", "learning", ANY_SECTION)
QUOTE_SLOT = "{quote}"

SET_KEYS = ("schema", "id", "name", "version", "about", "extends", "principles", "tensions", "probes")
PRINCIPLE_KEYS = (
    "slug",
    "code",
    "name",
    "aliases",
    "gist",
    "signals",
    "contradictions",
    "confusions",
    "themes",
)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SLOT = re.compile(r"\{[^{}]*\}|[{}]")


def read_set(table: Table, *, otherwise: str) -> PrincipleSet:
    """The file's own part of a set; `otherwise` serves as id and name where the file gives none."""
    table.allow_only("a set", SET_KEYS)
    _check_schema(table)
    return PrincipleSet(
        id=_slug(table, "id", required=False) or otherwise,
        name=table.text("name") or otherwise,
        version=table.text("version"),
        about=table.text("about"),
        principles=tuple(_principle(each) for each in table.tables("principles", "principle")),
        tensions=tuple(_tension(each) for each in table.tables("tensions", "tension")),
        probes=tuple(_probe(each) for each in table.tables("probes", "probe")),
    )


def _check_schema(table: Table) -> None:
    schema = table.number("schema", SCHEMA)
    if schema != SCHEMA:
        table.fault(f'"schema" is not {SCHEMA}, the one this version of coach reads.', "schema")


def _principle(table: Table) -> Principle:
    table.allow_only("a principle", PRINCIPLE_KEYS)
    slug = _slug(table, "slug")
    table.use("slug", slug, "slug")
    return Principle(
        slug=slug,
        code=_code(table),
        name=_name(table),
        aliases=_aliases(table),
        gist=table.text("gist", required=True),
        signals=table.texts("signals", at_least=LEAST_SIGNALS),
        contradictions=table.texts("contradictions"),
        confusions=tuple(_confusion(each, slug) for each in table.tables("confusions", "confusion")),
        themes=tuple(_theme(each, slug, table) for each in table.tables("themes", "theme")),
    )


def _slug(table: Table, key: str, *, required: bool = True) -> str:
    slug = table.text(key, required=required)
    if slug and not _SLUG.fullmatch(slug):
        called = table.called(key)
        table.fault(
            f"{called} must be small letters and digits joined by hyphens, like be-kind, not {quoted(slug)}.", key
        )
    return slug


def _name(table: Table) -> str:
    name = table.text("name", required=True)
    table.use("name", name, "name")
    return name


def _aliases(table: Table) -> tuple[str, ...]:
    aliases = table.numbered_texts("aliases")
    for index, alias in aliases:
        table.use("name", alias, "aliases", index)
    return tuple(alias for _, alias in aliases)


def _code(table: Table) -> str:
    """The code in capitals; empty where the file gives none."""
    code = table.text("code").upper()
    if code and not is_code(code):
        table.fault(f"{table.called('code')} must be two letters, not {quoted(code)}.", "code")
        return ""
    table.use("code", code, "code")
    return code


def _confusion(table: Table, principle: str) -> Confusion:
    table.allow_only("a confusion", ("with", "ask"))
    other = table.text("with", required=True)
    _mention_other(table, other, principle, "with")
    return Confusion(other, table.text("ask", required=True))


def _mention_other(table: Table, slug: str, principle: str, *below: str | int) -> None:
    if slug and slug == principle:
        table.fault(f"{table.called(*below)} names its own principle.", *below)
    elif slug:
        table.mention(slug, *below)


def _theme(table: Table, principle: str, parent: Table) -> Theme:
    table.allow_only("a theme", ("slug", "name", "questions"))
    slug = _slug(table, "slug")
    table.use("theme slug", slug, "slug", within=parent.place)
    questions = tuple(_question(each, principle, slug) for each in table.tables("questions", "question", at_least=1))
    return Theme(slug, table.text("name") or slug.replace("-", " ").capitalize(), questions)


def _question(table: Table, principle: str, theme: str) -> Question:
    table.allow_only("a question", ("text", "also"))
    text = table.text("text", required=True)
    table.use("question", text, "text")
    also = table.numbered_texts("also")
    for index, slug in also:
        _mention_other(table, slug, principle, "also", index)
    if len(also) > MOST_ALSO:
        table.fault(f"{table.called('also')} has {len(also)}; at most {MOST_ALSO} are allowed.", "also")
    return Question(text, principle, theme, tuple(slug for _, slug in also))


def _tension(table: Table) -> Tension:
    table.allow_only("a tension", ("between", "why"))
    between = table.numbered_texts("between", at_least=2)
    for index, slug in between:
        table.mention(slug, "between", index)
    slugs = [slug for _, slug in between]
    if len(slugs) > 2 or len(set(slugs)) < len(slugs):
        table.fault(f"{table.called('between')} must name two different principles.", "between")
    return Tension((slugs[0], slugs[1]) if len(slugs) > 1 else ("", ""), table.text("why", required=True))


def _probe(table: Table) -> Probe:
    table.allow_only("a probe", ("type", "name", "section", "fired_by", "principles", "wordings"))
    kind = _slug(table, "type")
    table.use("probe type", kind, "type")
    return Probe(
        type=kind,
        name=table.text("name") or kind.replace("-", " ").capitalize(),
        section=_section(table),
        fired_by=table.texts("fired_by"),
        principles=_mentioned(table, "principles"),
        wordings=_wordings(table),
    )


def _section(table: Table) -> str:
    section = table.text("section") or ANY_SECTION
    if section not in PROBE_SECTIONS:
        table.fault(
            f"{table.called('section')} must be one of {', '.join(PROBE_SECTIONS)}, not {quoted(section)}.", "section"
        )
    return section


def _mentioned(table: Table, key: str) -> tuple[str, ...]:
    found = table.numbered_texts(key)
    for index, slug in found:
        table.mention(slug, key, index)
    return tuple(slug for _, slug in found)


def _wordings(table: Table) -> tuple[str, ...]:
    """Any other brace than the slot's is refused, so that filling it in can't fail."""
    found = table.numbered_texts("wordings", at_least=1)
    for index, wording in found:
        for slot in dict.fromkeys(_SLOT.findall(wording)):
            if slot != QUOTE_SLOT:
                called = table.called("wordings", index)
                reason = f"{called} has the unknown slot {quoted(slot)}; the only one is {QUOTE_SLOT}."
                table.fault(reason, "wordings", index)
    return tuple(wording for _, wording in found)
