"""DfE crime records turned into facts: marker, services, police protection, missing episodes and named risks."""

from agencies.agency import Stated
from agencies.formats.draft import Content, Desk, says, state
from agencies.formats.native_json import read_as
from agencies.formats.sui import SuiRecord
from agencies.formats.sui_facts import child, involvements, part_of
from agencies.formats.sui_records import CrimeRecord, MissingEpisode
from contracts.events.police import MissingStarted, PoliceProtectionUsed, ReturnInterviewHeld
from contracts.events.shared import RiskState, WarningMarkerStated
from contracts.report import Code
from contracts.strict_json import Json
from contracts.vocabulary import SensitivityTag, StatementKind

_RISKS = "sui:crime-justice.details"


def crime_facts(desk: Desk, record: SuiRecord) -> tuple[Stated, ...]:
    """Every fact that one crime record states about its person."""
    crime = read_as(CrimeRecord, record.payload)
    return (
        *_risks(desk, record, crime),
        *_marker(desk, record, crime),
        *_protection(desk, record, crime),
        *(fact for episode in crime.missing_episodes or () for fact in _missing(desk, record, episode)),
        *involvements(desk, record, crime.crime_active_statuses_and_plans or (), crime.services_known_to or ()),
    )


def _risks(desk: Desk, record: SuiRecord, crime: CrimeRecord) -> tuple[Stated, ...]:
    risks = (
        ("riskSexualExploitation", crime.risk_sexual_exploitation),
        ("riskCriminalExploitation", crime.risk_criminal_exploitation),
        ("riskRadicalisation", crime.risk_radicalisation),
        ("riskModernSlaveryAndTrafficking", crime.risk_modern_slavery_and_trafficking),
        ("riskGangsAndYouthViolence", crime.risk_gangs_and_youth_violence),
    )
    return tuple(_risk(desk, record, name, present, crime.notes) for name, present in risks)


def _risk(desk: Desk, record: SuiRecord, name: str, present: bool | None, notes: tuple[str, ...]) -> Stated:
    opinion = StatementKind.PROFESSIONAL_OPINION
    said = (
        *says("risk", opinion, code=Code(system=_RISKS, code=name)),
        *says("present", opinion, present),
        *(says("not_known", StatementKind.FACT_RECORDED, True) if present is None else ()),
    )
    native: Json = {"risk": name, "present": present, "notes": list(notes)}
    content = Content(
        people=(child(record),),
        statements=said,
        tags=(SensitivityTag.CRIMINAL,),
        notes=("state_without_a_date", *notes),
    )
    return state(desk, RiskState, part_of(record, "risk", native, name), content)


def _marker(desk: Desk, record: SuiRecord, crime: CrimeRecord) -> tuple[Stated, ...]:
    said = says("marker", StatementKind.PROFESSIONAL_OPINION, crime.police_marker_details)
    if not said:
        return ()
    content = Content(people=(child(record),), statements=said, notes=("state_without_a_date",))
    item = part_of(record, "marker", crime.police_marker_details, "1")
    return (state(desk, WarningMarkerStated, item, content),)


def _protection(desk: Desk, record: SuiRecord, crime: CrimeRecord) -> tuple[Stated, ...]:
    used = crime.last_police_protection_power_event
    if used is None:
        return ()
    content = Content(people=(child(record),), happened=used, notes=("latest_only",))
    return (state(desk, PoliceProtectionUsed, part_of(record, "police-protection", used.value), content),)


def _missing(desk: Desk, record: SuiRecord, episode: MissingEpisode) -> tuple[Stated, ...]:
    if episode.date is None:
        return ()
    attended = episode.returned_home_interview_attended
    fact = StatementKind.FACT_RECORDED
    native: Json = {"date": episode.date.value, "attended": attended, "notes": list(episode.notes)}
    item = part_of(record, "missing", native)
    not_known = says("not_known", fact, "returned_home_interview_attended") if attended is None else ()
    started = Content(
        people=(child(record),),
        statements=(*says("definition", fact, "police"), *not_known),
        happened=episode.date,
        notes=episode.notes,
    )
    facts = (state(desk, MissingStarted, item, started),)
    if attended is None:
        return facts
    held = Content(people=(child(record),), statements=says("attended", fact, attended), notes=("date_not_given",))
    return (*facts, state(desk, ReturnInterviewHeld, item, held))
