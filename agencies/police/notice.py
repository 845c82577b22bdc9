"""The force's own notice turned into facts: one for each child, so that each child's history holds what concerns it."""

from agencies.agency import Stated
from agencies.formats import people
from agencies.formats.dates import time_or_unknown
from agencies.formats.draft import Content, Desk, Item, says, state
from agencies.formats.native_json import read_as
from agencies.formats.unsound import Unsound
from agencies.police import native
from agencies.police.native import Adult, Child, Notice
from contracts.events.police import DomesticAbuseNotified
from contracts.events.shared import ConcernRaised
from contracts.report import Code, Person, Place, Statement, Told
from contracts.strict_json import Json
from contracts.vocabulary import NeedLevel, PersonRole, SensitivityTag, StatementKind

_ROLES = {
    "parent_or_carer": PersonRole.PARENT_OR_CARER,
    "suspect": PersonRole.ADULT_OF_CONCERN,
    "victim": PersonRole.VICTIM,
    "witness": PersonRole.WITNESS,
}
_NEEDS = {str(level): level for level in NeedLevel}


def notice_facts(desk: Desk, item: Json) -> tuple[Stated, ...]:
    """One fact for each child concerned; none when the notice names no child.

    Raises Unsound: bad_date, missing_field, wrong_type, person_missing, unknown_telling.
    """
    notice = read_as(Notice, item)
    if notice.recorded_at is None:
        raise Unsound("missing_field")
    return tuple(_about(desk, notice, child, item) for child in notice.children)


def _about(desk: Desk, notice: Notice, child: Child, item: Json) -> Stated:
    named = (
        _child(child, PersonRole.CHILD),
        *(_child(other, PersonRole.SIBLING) for other in notice.children if other is not child),
        *(_adult(adult) for adult in notice.adults),
    )
    abuse = notice.incident.domestic_abuse
    suspects = tuple(adult.ref for adult in notice.adults if adult.role == "suspect")
    content = Content(
        people=named,
        statements=(*_common(notice, child), *(_of_abuse(notice, child) if abuse else _of_concern(notice))),
        happened=time_or_unknown(notice.incident.started_at),
        ended=notice.incident.ended_at,
        recorded=time_or_unknown(notice.recorded_at),
        place=_place(notice.incident.place),
        tags=_tags(notice),
        need=_NEEDS[notice.need] if notice.need else None,
        urgent=notice.urgent,
        not_to_be_seen_by=suspects if abuse else (),
        telling=_telling(notice),
        notes=notice.notes,
    )
    record = Item(
        system=f"hexley-incident/{notice.force_code}",
        record_id=f"{notice.occurrence_number}/{child.ref}",
        native=item,
        version=notice.notice_version,
    )
    return state(desk, DomesticAbuseNotified if abuse else ConcernRaised, record, content)


def _common(notice: Notice, child: Child) -> tuple[Statement, ...]:
    fact = StatementKind.FACT_RECORDED
    kinds = {"seen": StatementKind.OBSERVATION, "said": StatementKind.ALLEGATION}
    accounts = (
        says(
            "what_happened", kinds[told.kind], told.text, about=told.about, said_by=told.said_by,
            by=notice.officer if told.kind == "seen" else None,
        )
        for told in notice.accounts
    )  # fmt: skip
    caller = notice.reported_by
    return (
        *(each for account in accounts for each in account),
        *says("professional_view", StatementKind.PROFESSIONAL_OPINION, notice.view, by=notice.officer),
        *says("child_seen", fact, child.seen, about=child.ref),
        *says("child_words", StatementKind.CHILD_VOICE, child.words, about=child.ref, said_by=child.ref),
        *says("child_not_heard", fact, child.why_not_spoken_to, about=child.ref),
        *(says("reported_by", StatementKind.THIRD_PARTY, caller.name or caller.kind) if caller else ()),
        *(each for action in notice.actions for each in says("action_taken", fact, action)),
    )


def _of_abuse(notice: Notice, child: Child) -> tuple[Statement, ...]:
    fact = StatementKind.FACT_RECORDED
    return (
        *says("incident_reference", fact, notice.occurrence_number),
        *says("child_present", fact, child.where_in_home, about=child.ref),
        *says("nature", fact, notice.incident.nature),
        *(
            each
            for code in _grades(notice)
            for each in says("risk_grade", StatementKind.PROFESSIONAL_OPINION, code=code)
        ),
        *says("handling_note", fact, notice.handling_note),
    )


def _of_concern(notice: Notice) -> tuple[Statement, ...]:
    return (
        *says("category", StatementKind.FACT_RECORDED, notice.incident.nature),
        *(each for code in _grades(notice) for each in says("category", StatementKind.PROFESSIONAL_OPINION, code=code)),
    )


def _grades(notice: Notice) -> tuple[Code, ...]:
    """Whose grade is whose stands in the words: an officer's judgement is not a checklist's, nor a referral."""
    risk = notice.risk
    if risk is None:
        return ()
    marac = None if risk.marac is None else ("referred" if risk.marac else "not referred")
    graded = (
        ("officer-grade", risk.officer_grade, "by the officer"),
        ("checklist", risk.checklist_outcome, "by the checklist"),
        ("marac", marac, "to the conference on high-risk domestic abuse (MARAC)"),
    )
    return tuple(
        Code(system=f"hexley:{system}", code=code, display=f"{code} {whose}") for system, code, whose in graded if code
    )


def _tags(notice: Notice) -> tuple[SensitivityTag, ...]:
    abuse = (SensitivityTag.VICTIM_SAFETY, SensitivityTag.CRIMINAL) if notice.incident.domestic_abuse else ()
    caller = (SensitivityTag.INFORMANT,) if notice.reported_by else ()
    return (*abuse, *caller)


def _child(child: Child, role: PersonRole) -> Person:
    return people.child(
        child.ref,
        role,
        given=child.given_name,
        family=child.family_name,
        born=child.birth_date,
        nhs_number=child.nhs_number,
        sex=child.sex,
        traced=child.nhs_number_traced,
    )


def _adult(adult: Adult) -> Person:
    return Person(
        ref=adult.ref,
        role=_ROLES[adult.role],
        names=people.names(adult.given_name, adult.family_name, adult.known_as),
        birth_date=adult.birth_date,
        relationship=adult.relationship,
    )


def _place(place: native.Scene | None) -> Place | None:
    return None if place is None else Place(text=place.text, postcode=place.postcode, uprn=place.uprn)


def _telling(notice: Notice) -> tuple[Told, ...]:
    children = [(child.ref, child.told) for child in notice.children]
    adults = [(adult.ref, adult.told) for adult in notice.adults]
    return tuple(_told(ref, told) for ref, told in (*children, *adults) if told is not None)


def _told(ref: str, told: native.Told) -> Told:
    return people.told(
        ref,
        told.state,
        reason=told.reason,
        decided_by=told.decided_by,
        approved_by=told.approved_by,
        on=told.on,
        review_on=told.review_on,
    )
