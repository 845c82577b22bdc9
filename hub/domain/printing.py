"""Whether a child's chronology may be put on paper for somebody, and how much of it, as facts to keep before any is.

A document leaves the hub and cannot be called back. So it asks more than a look: a role whose work it is, a reason, and
for whom it is; it holds what that recipient may have, and never what is restricted or who told an agency.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from consent.decide import LawSettings
from contracts.agreement import Agreement
from contracts.events.hub import Actor, Cited, ReportLinked, Withheld
from contracts.events.printing import PrintDecided, PrintReason, Product
from contracts.events.sharing import DisclosureDecided
from contracts.report import Place
from contracts.vocabulary import FieldClass, Purpose, SensitivityTag
from hub.domain.access import Before, Decision
from hub.domain.chronology import Chronology, Entry
from hub.domain.disclosing import Disclosing, Wish
from hub.domain.disclosure import decide_disclosure
from hub.domain.lines import Line
from hub.domain.minimised import names_a_place
from hub.domain.relied_basis import Party

REASONS: Final[Mapping[Product, tuple[PrintReason, ...]]] = {
    "meeting_pack": (PrintReason.STRATEGY, PrintReason.CONFERENCE, PrintReason.PLANNING),
    "court_chronology": (PrintReason.PROCEEDINGS,),
}
NOT_ON_PAPER: Final = "What is restricted is never put on paper; ask the agency that holds it"
WHO_TOLD: Final = "Who told an agency is not put on paper"
NAMES_THE_PLACE: Final = "It could tell where a protected address is"
# A report that somebody told an agency of is tagged so as a whole; it goes without who told.
_NEVER: Final = frozenset({SensitivityTag.ADOPTION, SensitivityTag.RESTRICTED_PERSON})
_OF_REASON: Final = Cited(
    rule="print-reason",
    citation="UK GDPR Art 5(1)(b), (c)",
    says="This is not a reason for which such a document is made.",
)
_NOTHING: Final = Cited(
    rule="print-nothing",
    citation="UK GDPR Art 5(1)(c)",
    says="There is nothing of this child's record that may be put on paper for this recipient.",
)


@dataclass(frozen=True, slots=True)
class Printing:
    """Who asks for which document, why, for whom, when.

    `recipient` is the agreement of the agency it is for, None for the court; `closed` are sources past the review of
    their own agreement.
    """

    actor: Actor
    purpose: Purpose
    product: Product
    reason: PrintReason
    at: datetime
    meant_for: str
    recipient: Agreement | None = None
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PrintDecision:
    """The decision on access, what is kept beside it of the document, and whether the reader may read the child."""

    access: Decision
    stated: PrintDecided
    may_read: bool


def decide_print(
    asked: Printing, before: Before, reading: Decision, earlier: int, settings: LawSettings
) -> PrintDecision:
    """What may be put on paper of this history, of which the reader may read so much.

    `earlier` is how many documents of the child were made before.
    """
    shown, held, bars = _for_recipient(asked, before, reading, settings)
    shown, off = _off_paper(before.linked, shown)
    if asked.reason not in REASONS[asked.product]:
        bars = (_OF_REASON, *bars)
    if reading.permitted and not shown:
        bars = (*bars, _NOTHING)
    may = reading.permitted and not bars
    access = _access(reading, before, shown, (*held, *off)) if may else _refused(reading, bars)
    return PrintDecision(access, _stated(asked, access, earlier), reading.permitted)


def closed_on(agreements: Iterable[Agreement], day: date) -> frozenset[str]:
    """The sources past the review of their own agreement on a day in England."""
    return frozenset(one.source for one in agreements if one.is_due_for_review(day))


def copies_made(facts: tuple[object, ...]) -> int:
    """How many documents were made, by what is kept of who asked to see a child."""
    return sum(isinstance(fact, PrintDecided) and fact.effect == "permitted" for fact in facts)


def without_places(shown: Chronology, places: tuple[Place, ...]) -> Chronology:
    """The chronology less each line that tells where one of these places is, and saying so."""
    return replace(
        shown,
        entries=tuple(_cut(one, places) for one in shown.entries),
        described=tuple(_cut(one, places) for one in shown.described),
    )


def _for_recipient(
    asked: Printing, before: Before, reading: Decision, settings: LawSettings
) -> tuple[dict[UUID, frozenset[FieldClass]], tuple[Withheld, ...], tuple[Cited, ...]]:
    """What of it the recipient may have: for the reader's own agency and the court, what the reader may see."""
    to = asked.recipient
    if to is None or to.source == asked.actor.agency:
        return reading.shown, reading.fact.withheld, ()
    if not reading.shown:
        return {}, (), ()
    disclosing = Disclosing(
        cause="asked",
        sharer=Party(asked.actor.agency, asked.actor.agency_kind),
        recipient=Party(to.source, to.agency_kind),
        agreement=to,
        purpose=asked.purpose,
        at=asked.at,
        wishes=tuple(Wish(report_id, report_id) for report_id in reading.shown),
        due_by=asked.at,
        actor=asked.actor,
        closed=asked.closed,
    )
    judged = decide_disclosure(disclosing, before, reading.fact.decision_id, settings)
    classes = {item.report_id: frozenset(item.classes) for item in judged.items}
    return classes, judged.withheld, () if classes else _why_not(judged)


def _why_not(judged: DisclosureDecided) -> tuple[Cited, ...]:
    fixes = (Cited(rule=one.rule, citation=one.citation, says=one.says) for one in judged.fixes)
    return (*judged.bars, *fixes)


def _off_paper(
    links: tuple[ReportLinked, ...], shown: dict[UUID, frozenset[FieldClass]]
) -> tuple[dict[UUID, frozenset[FieldClass]], tuple[Withheld, ...]]:
    """What is left without what never goes on paper, and what was taken off."""
    left: dict[UUID, frozenset[FieldClass]] = {}
    off: list[Withheld] = []
    for link in links:
        classes = shown.get(link.report_id)
        if classes is None:
            continue
        if link.restricted or _NEVER & set(link.tags):
            off.append(Withheld(report_id=link.report_id, content=FieldClass.ADMINISTRATIVE, reason=NOT_ON_PAPER))
            continue
        if FieldClass.SOURCE in classes and FieldClass.SOURCE in link.classes:
            off.append(Withheld(report_id=link.report_id, content=FieldClass.SOURCE, reason=WHO_TOLD))
        left[link.report_id] = classes - {FieldClass.SOURCE}
    return left, tuple(off)


def _access(
    reading: Decision, before: Before, shown: dict[UUID, frozenset[FieldClass]], held: tuple[Withheld, ...]
) -> Decision:
    fact = reading.fact.model_copy(
        update={
            "items_shown": len(shown),
            "classes": tuple(sorted({one for classes in shown.values() for one in classes})),
            "withheld": held,
            "not_shown": tuple(link.report_id for link in before.linked if link.report_id not in shown),
        }
    )
    return Decision(fact, shown)


def _refused(reading: Decision, bars: tuple[Cited, ...]) -> Decision:
    nothing: dict[str, object] = {"effect": "refused", "items_shown": 0, "classes": (), "withheld": (), "not_shown": ()}
    own: dict[str, object] = {**nothing, "grounds": (), "bars": (*reading.fact.bars, *bars)}
    return Decision(reading.fact.model_copy(update=own), {})


def _stated(asked: Printing, access: Decision, earlier: int) -> PrintDecided:
    return PrintDecided(
        decision_id=access.fact.decision_id,
        at=asked.at,
        person_id=access.fact.person_id,
        actor=asked.actor,
        purpose=asked.purpose,
        product=asked.product,
        reason=asked.reason,
        recipient=asked.recipient.source if asked.recipient is not None else "",
        meant_for=asked.meant_for,
        effect=access.fact.effect,
        bars=access.fact.bars if not access.permitted else (),
        copy_number=earlier + 1 if access.permitted else 0,
        items=access.fact.items_shown,
    )


def _cut(entry: Entry, places: tuple[Place, ...]) -> Entry:
    kept = {name: _kept(lines, places) for name, lines in _columns(entry).items()}
    gone = any(len(kept[name]) < len(lines) for name, lines in _columns(entry).items())
    told = Withheld(report_id=entry.report_id, content=FieldClass.LOCATION, reason=NAMES_THE_PLACE)
    return replace(
        entry,
        facts=kept["facts"],
        views=kept["views"],
        child_words=kept["child_words"],
        reason=None if entry.reason is not None and names_a_place(entry.reason, places) else entry.reason,
        withheld=(*entry.withheld, told) if gone else entry.withheld,
        later=tuple(_cut(one, places) for one in entry.later),
        replies=tuple(replace(one, held="place") if names_a_place(one.words, places) else one for one in entry.replies),
    )


def _columns(entry: Entry) -> dict[str, tuple[Line, ...]]:
    return {"facts": entry.facts, "views": entry.views, "child_words": entry.child_words}


def _kept(lines: tuple[Line, ...], places: tuple[Place, ...]) -> tuple[Line, ...]:
    return tuple(line for line in lines if not names_a_place(f"{line.text} {line.by or ''}", places))
