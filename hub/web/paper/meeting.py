"""The pack for a meeting: the picture first, then every entry in six columns; a copy of its own for each recipient."""

from collections.abc import Mapping
from typing import Final

from contracts.strict_json import Json
from hub.domain import seen_words, words
from hub.domain.chronology import Entry
from hub.domain.coverage import CoverKind
from hub.domain.paper import Document
from hub.domain.snapshot import Contact, Snapshot
from hub.web import glance, said
from hub.web.paper.cover import Cover, born, covers, left_out
from hub.web.paper.rows import NOT_RECORDED, Row, disagree, handling, held, lines, reference, replies, rows, seen, when
from hub.web.picture.draw import Asked, picture
from hub.web.picture.marks import NAMES
from hub.web.picture.scale import Window
from hub.web.picture.words import sentences
from hub.web.rendering import Rendering
from hub.web.said import ROLES
from hub.web.wanted import OPEN

_SIGNS: Final = (
    *((one.value, words) for one, words in NAMES.items()),
    ("withdrawn", "Withdrawn by its agency"),
    ("seen", "Seen by a professional"),
    ("alone", "Seen alone"),
    ("met", "Spoken with, measured"),
    ("voice", "Child’s own words, how often"),
    ("count", "Several entries, counted"),
)
MARKING: Final = "OFFICIAL – SENSITIVE"
_LINE: Final = 40  # characters on a line of a column, about
_FITS: Final = 900  # characters of a column that surely fit on a page
_HEADINGS: Final = (
    "No., when",
    "Who says so",
    "What happened",
    "Professional view",
    "What {} said",
    "Basis and telling",
)


def meeting_pack(cover: Cover, rendering: Rendering) -> Document:
    """The pack as its layout wants it."""
    of, stated = cover.snap, cover.printed.stated
    return {
        "marking": MARKING,
        "language": "en",
        "name": cover.name,
        "reference": cover.reference,
        "pdf_title": f"Meeting pack, {cover.reference}, {cover.copy.lower()}",
        "title": f"Chronology of {cover.name}",
        "facts": [
            ["Born", born(of)],
            ["NHS number", _nhs_number(of)],
            ["Hub reference", cover.reference],
            ["Shows", f"{covers(of)}, as known at {cover.at}"],
            ["Prepared for", f"{stated.reason.meaning}: {cover.meant_for}"],
            ["Printed by", f"{cover.by}, {ROLES[stated.actor.role]}. {cover.copy}. {cover.entry}"],
        ],
        "left_out": [*left_out(cover)],
        "picture": drawn(cover, rendering),
        "gaps": [*seen_words.gaps_together(of), *seen_words.before(of)],
        "picture_says": f"Timeline of {cover.name}. Every mark is an entry below; what it shows is said after it.",
        "sentences": [*sentences(of, cover.titles)],
        "contacts": [_contact(one, cover) for one in of.contacts],
        "described": [_described(one, cover) for one in of.shown.described],
        "headings": [one.format(of.called) for one in _HEADINGS],
        "rows": [_row(one, of, cover.titles) for one in rows(of)],
        "foot": f"Printed by {cover.by}, {cover.at}. {cover.copy}. {cover.entry}. Destroy after use.",
        "watermark": f"{cover.by} · {cover.copy} · {cover.at}".upper(),
    }


def drawn(cover: Cover, rendering: Rendering) -> str:
    """The picture as SVG that stands alone, its key under it."""
    of = cover.snap
    targets = {entry.report_id: f"e-{number}" for number, entry in enumerate(of.entries, start=1)}
    made = picture(of, cover.titles, Asked(Window.THREE_YEARS, OPEN, targets, of.day))
    asked = any(one.kind is CoverKind.NOT_REPLIED for lane in of.covers for one in lane)
    return rendering.text("paper.svg.html", of=made, signs=_SIGNS, called=of.called, asked=asked)


def _nhs_number(of: Snapshot) -> str:
    """The child's NHS number; where agencies differ, each that one of them states."""
    return ", or ".join(glance.nhs_number(one) for one in of.shown.nhs_numbers) or NOT_RECORDED


def _contact(one: Contact, cover: Cover) -> str:
    return f"{cover.title_of(one.source)}, {one.service or 'service not named'}: {one.reach}"


def _described(entry: Entry, cover: Cover) -> str:
    return f"{cover.title_of(entry.source)}, received {words.moment(entry.received)}"


def _row(row: Row, of: Snapshot, titles: Mapping[str, str]) -> Json:
    entry, names = row.entry, of.shown.names
    years, by = of.age_on(entry.happened), glance.stated_how_serious(entry)
    basis: list[Json] = [*said.short_basis(entry), *said.short_telling(entry)]
    basis += [*disagree(entry, of, titles), *held(entry, titles)]
    found: dict[str, Json] = {
        "number": row.number,
        "when": when(entry),
        "age": ", ".join(part for part in (f"Age {years}" if years is not None else "", seen(entry)) if part),
        "source": titles.get(entry.source, entry.source),
        "title": entry.title,
        "serious": f"{glance.serious(entry)}{f', as {titles.get(by, by)} states' if by else ''}",
        "of": row.of,
        "reason": f"Reason: {entry.reason}" if entry.reason else "",
        "reference": reference(entry),
        "received": f"Received {words.moment(entry.received)}",
        "handling": [*handling(entry)],
        "facts": lines(entry.facts, names, kinds=True),
        "replies": [*replies(entry, titles)],
        "views": lines(entry.views, names),
        "words": lines(entry.child_words, names),
        "nothing": NOT_RECORDED,
        "basis": basis,
    }
    return found | {"long": _is_long(entry)}


def _is_long(entry: Entry) -> bool:
    """Whether it might not fit on one page, and has to be split over two."""
    replies = tuple(one.words for one in entry.replies)
    facts = (*(line.text for line in entry.facts), *replies)
    columns = (facts, *(tuple(line.text for line in one) for one in (entry.views, entry.child_words)))
    return max(sum(len(text) + text.count("\n") * _LINE for text in one) for one in columns) > _FITS
