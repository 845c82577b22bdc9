"""What a reader who may see everything is shown of an invented life, without a store."""

from datetime import UTC, date, datetime
from uuid import UUID

from contracts.events.hub import Mark, ReportLinked
from contracts.report import Report
from contracts.vocabulary import AgencyKind, FieldClass, Purpose
from contracts.when import on_day
from hub.domain.chronology import Chronology, Entry, entry_of, in_order
from hub.domain.silence import Silence
from tests.support.given import an_id
from tests.support.long_life import Said, report

SEEN_LIFE = (
    Said("school", date(2026, 1, 5), "Seen at the gate.", seen="Yes"),
    Said("school", date(2026, 2, 5), "Talked to alone.", seen="seen alone"),
    Said("school", date(2026, 3, 5), "Not there.", seen="No"),
    Said("school", date(2026, 4, 5), "Said by telephone.", voice="“I am fine.”"),
)


def entries_of(tellings: tuple[Said, ...]) -> tuple[Entry, ...]:
    """The tellings as a reader who may see everything is shown them, oldest first."""
    made = ((number, report(number, told), told) for number, told in enumerate(tellings))
    everything = frozenset(FieldClass)
    return in_order(
        (entry_of(stated, linked(number, stated, told), everything, ()), stated) for number, stated, told in made
    )


def linked(number: int, stated: Report, told: Said) -> ReportLinked:
    """What the hub kept of whose it is."""
    sent = told.sent or told.day
    received = datetime(sent.year, sent.month, sent.day, 11, tzinfo=UTC)
    link = link_of(stated, f"urn:childhub:agency:{told.agency}", an_id(f"R-{number}"), received)
    return link.model_copy(update={"marks": (Mark(code="received_late"),) if (sent - told.day).days > 30 else ()})


def link_of(stated: Report, source: str, report_id: UUID, received: datetime) -> ReportLinked:
    """How the hub took the report in: known by its number, with nothing of what it is decided on but its classes."""
    return ReportLinked(
        report_id=report_id, source=source, agency_kind=AgencyKind.LOCAL_AUTHORITY, report_type=stated.TYPE,
        report_version=stated.VERSION, received=received, person_id=an_id("robin"), certainty="known",
        matched_on=("nhs",), change=stated.change.kind, purpose=Purpose.SECTION_47,
        classes=tuple(sorted(stated.classes())), tags=(), restricted=(), not_to_be_seen_by=(), urgent=False,
        collected_on_consent=False, roles=(), bases=(), telling=(), body_sha256="0" * 64, marks=(),
    )  # fmt: skip


def chronology_of(
    tellings: tuple[Said, ...], silences: tuple[Silence, ...] = (), as_known_on: date | None = None
) -> Chronology:
    """What a reader who may see everything is shown of the tellings that had been sent by the day."""
    sent = tuple(one for one in tellings if as_known_on is None or (one.sent or one.day) <= as_known_on)
    return Chronology(
        person_id=an_id("robin"),
        decision_id=an_id("decision"),
        position=1,
        as_known_on=as_known_on,
        names=("Robin Exemplar",),
        birth_date=on_day(date(2019, 3, 14)),
        entries=entries_of(sent),
        described=(),
        silences=silences,
        own_agency_only=False,
        law="WT2026",
        feeds=() if as_known_on is None else None,
    )
