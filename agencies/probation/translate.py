"""Probation events turned into facts about an adult: register entries added, ended or withdrawn."""

from dataclasses import replace

from agencies.agency import Outcome, Stated, ignored, quarantined
from agencies.formats.bases import law_enforcement
from agencies.formats.dates import time_or_unknown, to_the_day
from agencies.formats.draft import Content, Desk, Item, of_any_version, outcome_of, says, state
from agencies.formats.native_json import read_as
from agencies.formats.unsound import Unsound
from agencies.probation.codes import LEVELS, REGISTERS
from agencies.probation.native import ADDED, DELETED, ENDED, UPDATED, Event, Registration, read_events
from contracts.events.probation import RiskRegisterAdded, RiskRegisterEnded
from contracts.events.shared import RecordRetracted
from contracts.identifiers import Identifier, Scheme, identifier
from contracts.report import Code, Person, Statement
from contracts.strict_json import Json
from contracts.vocabulary import Gateway, PersonRole, SensitivityTag, StatementKind
from contracts.when import When

SOURCE = "urn:childhub:agency:probation"
_AUTHORITY = "Children Act 2004 s11"
_DESK = Desk(
    source=SOURCE,
    adapter="probation",
    basis=lambda person, special: law_enforcement(person, special, Gateway.CA04_S11, _AUTHORITY),
)
_SYSTEM = "probation-case.registration"
_SCHEMES = {"CRN": Scheme.CRN, "NOMS": Scheme.NOMS, "PNC": Scheme.PNC, "CRO": Scheme.CRO}
_TAGS = (SensitivityTag.CRIMINAL, SensitivityTag.THIRD_PARTY_ADULT)
_VIEW = StatementKind.PROFESSIONAL_OPINION
_FACT = StatementKind.FACT_RECORDED


def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
    """What became of each event in the file; its name says nothing here."""
    try:
        events = read_events(raw)
    except Unsound as refused:
        return (quarantined("file", refused.code),)
    if not events:
        return (ignored("file", "no_records"),)
    return tuple(_outcome(f"event {place}", item) for place, item in enumerate(events, 1))


def _outcome(record: str, item: Json) -> Outcome:
    if not isinstance(item, dict) or "eventType" not in item:
        return quarantined(record, "not_of_form")
    try:
        event = read_as(Event, item)
    except Unsound as refused:
        return quarantined(record, refused.code)
    if event.event_type not in (ADDED, UPDATED, ENDED, DELETED):
        return ignored(record, "not_our_event_type")
    return outcome_of(record, lambda: (_registration(event, item),))


def _registration(event: Event, item: Json) -> Stated:
    entry = event.additional_information
    if entry is None or entry.registration_id is None or event.occurred_at is None:
        raise Unsound("missing_field")
    adult = _adult(event)
    record = Item(_SYSTEM, str(entry.registration_id), item)
    notes = (*event.notes, *entry.notes)
    if event.event_type == DELETED:
        content = _content(adult, event, None, says("why_withdrawn", _FACT, "deleted"), ("of_any_version", *notes))
        return state(_DESK, RecordRetracted, record, _retracting(content, record, adult))
    if event.event_type == ENDED:
        said = _coded("register", "register", entry.register_type_code, REGISTERS, entry.register_type_description)
        return state(_DESK, RiskRegisterEnded, record, _content(adult, event, entry.deregistration_date, said, notes))
    updated = ("updated_entry",) if event.event_type == UPDATED else ()
    content = _content(adult, event, entry.registration_date, _entry(entry), (*updated, *notes))
    return state(_DESK, RiskRegisterAdded, record, content)


def _content(
    adult: Person, event: Event, when: When | None, said: tuple[Statement, ...], notes: tuple[str, ...]
) -> Content:
    return Content(
        people=(adult,),
        statements=said,
        happened=time_or_unknown(None if when is None else to_the_day(when)),
        recorded=time_or_unknown(event.occurred_at),
        tags=_TAGS,
        notes=notes,
    )


def _retracting(content: Content, record: Item, adult: Person) -> Content:
    return replace(content, change=of_any_version(_DESK, RiskRegisterAdded, record, adult, "deleted"))


def _entry(entry: Registration) -> tuple[Statement, ...]:
    ends = None if entry.licence_end_date is None else to_the_day(entry.licence_end_date).value
    return (
        *_coded("register", "register", entry.register_type_code, REGISTERS, entry.register_type_description),
        *_coded("level", "level", entry.register_level_code, LEVELS, None),
        *says("licence_end", _FACT, ends),
    )


def _coded(
    field: str, system: str, raw: str | None, table: frozenset[str], display: str | None
) -> tuple[Statement, ...]:
    if raw is None or not raw.strip():
        return ()
    code = Code(system=f"hmpps:{system}", code=raw.strip(), display=display or None, recognised=raw.strip() in table)
    return says(field, _VIEW, code=code)


def _adult(event: Event) -> Person:
    given = event.person_reference.identifiers if event.person_reference else ()
    found: tuple[Identifier, ...] = tuple(
        identifier(_SCHEMES.get(number.type, Scheme.LOCAL), number.value) for number in given if number.value.strip()
    )
    if not found:
        raise Unsound("person_missing")
    return Person(ref="adult1", role=PersonRole.ADULT_OF_CONCERN, identifiers=found)
