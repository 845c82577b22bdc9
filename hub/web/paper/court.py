"""The chronology for a court: what happened, when, and who says so; no severity, no picture."""

from collections.abc import Mapping
from typing import Final

from contracts.strict_json import Json
from hub.domain import words
from hub.domain.paper import Document
from hub.domain.snapshot import Snapshot
from hub.web.paper.cover import Cover, born, covers, left_out
from hub.web.paper.rows import Row, held, lines, reference, replies, rows, when

SAYS: Final = (
    "Each entry says who recorded it, and when it was received for this chronology. What was seen or done stands apart "
    "from professional opinion and from the child’s own words. What an agency alleged or was told is marked as such."
)
_FITS: Final = 1200


def court_chronology(cover: Cover) -> Document:
    """The chronology as its layout wants it."""
    of, stated = cover.snap, cover.printed.stated
    return {
        "language": "en",
        "name": cover.name,
        "pdf_title": f"Chronology, {cover.reference}, {cover.copy.lower()}",
        "title": "Chronology",
        "about": f"{cover.name}, born {born(of)}",
        "facts": [
            ["Prepared by", f"{cover.by}, {cover.title_of(stated.actor.agency)}"],
            ["Prepared for", cover.meant_for],
            ["Prepared on", f"{cover.at}, from what agencies had shared by then"],
            ["Covers", covers(of)],
        ],
        "left_out": [*left_out(cover)],
        "says": SAYS,
        "headings": ["No.", "Date", "Event", "Source"],
        "rows": [_row(one, of, cover.titles) for one in rows(of)],
        "signed": ["Checked against the source documents by", "Signed", "Date"],
        "foot": f"{cover.reference} · issued {cover.at} · {cover.copy.lower()} · {cover.entry.lower()}",
    }


def _row(row: Row, of: Snapshot, titles: Mapping[str, str]) -> Json:
    entry, names = row.entry, of.shown.names
    found: dict[str, Json] = {
        "number": row.number,
        "when": when(entry),
        "title": entry.title,
        "of": row.of,
        "reason": f"Reason given: {entry.reason}" if entry.reason else "",
        "facts": lines(entry.facts, names, kinds=True),
        "views": lines(entry.views, names),
        "words": lines(entry.child_words, names),
        "said": f"{of.called[:1].upper()}{of.called[1:]} said",
        "held": [*held(entry, titles)],
        "replies": [*replies(entry, titles)],
        "source": titles.get(entry.source, entry.source),
        "received": f"Received {words.moment(entry.received)}",
        "reference": reference(entry),
    }
    said = (line.text for line in (*entry.facts, *entry.views, *entry.child_words))
    texts = (*said, *(one.words for one in entry.replies))
    return found | {"long": sum(len(one) + one.count("\n") * 40 for one in texts) > _FITS}
