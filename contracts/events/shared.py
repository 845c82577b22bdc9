"""Facts that any agency may state: concerns, involvement, corrections, people's own events and merged identifiers."""

from collections.abc import Mapping
from typing import ClassVar

from contracts.event import Upcast
from contracts.events import concern_first
from contracts.report import FieldRule, Report
from contracts.vocabulary import FieldClass as Class
from contracts.vocabulary import SensitivityTag as Tag
from contracts.vocabulary import StatementKind as Kind

CHILDS_WORDS = FieldRule(
    name="child_words",
    kinds=(Kind.CHILD_VOICE,),
    content=Class.CHILD_VOICE,
    meaning="The child's own words, as nearly as they were spoken",
)
CHILD_NOT_HEARD = FieldRule(
    name="child_not_heard",
    kinds=(Kind.FACT_RECORDED,),
    content=Class.CHILD_VOICE,
    meaning="Why the child was not spoken to",
)
WHAT_HAPPENED = FieldRule(
    name="what_happened",
    kinds=(Kind.OBSERVATION, Kind.FACT_RECORDED, Kind.ALLEGATION, Kind.THIRD_PARTY),
    content=Class.NARRATIVE,
    meaning="What was seen, done or said, in words",
)
VIEW = FieldRule(
    name="professional_view",
    kinds=(Kind.PROFESSIONAL_OPINION,),
    content=Class.OPINION,
    meaning="The professional's judgement, in words",
)
REFERRER = FieldRule(
    name="reported_by",
    kinds=(Kind.THIRD_PARTY, Kind.FACT_RECORDED),
    content=Class.SOURCE,
    tags=(Tag.INFORMANT,),
    meaning="Who told the agency",
)
CATEGORY = FieldRule(
    name="category",
    kinds=(Kind.FACT_RECORDED, Kind.PROFESSIONAL_OPINION, Kind.ALLEGATION),
    content=Class.ADMINISTRATIVE,
    meaning="Category under which the agency recorded it",
)
ACTION = FieldRule(
    name="action_taken",
    kinds=(Kind.FACT_RECORDED,),
    content=Class.ADMINISTRATIVE,
    meaning="What the agency did",
)
WHY_NOT_REFERRED = FieldRule(
    name="why_not_referred",
    kinds=(Kind.PROFESSIONAL_OPINION,),
    content=Class.OPINION,
    meaning="Why the agency did not refer at the time",
)
IMPACT = FieldRule(
    name="impact_on_child",
    kinds=(Kind.PROFESSIONAL_OPINION, Kind.OBSERVATION),
    content=Class.OPINION,
    meaning="What it means for the child's health and development",
)
CHILD_SEEN = FieldRule(
    name="child_seen",
    kinds=(Kind.FACT_RECORDED,),
    content=Class.ADMINISTRATIVE,
    meaning="Whether a professional saw the child",
)
NOT_KNOWN = FieldRule(
    name="not_known",
    kinds=(Kind.FACT_RECORDED,),
    content=Class.ADMINISTRATIVE,
    meaning="The agency gave none; which item, where there are several",
)


class ConcernRaised(Report):
    """An agency is worried about a child. Version 2 holds telling for each person; version 1 held it for the case."""

    TYPE = "concern.raised"
    VERSION = 2
    UPCASTS: ClassVar[Mapping[int, Upcast]] = {1: concern_first.tell_each_person}
    OLD_SCHEMAS: ClassVar[Mapping[int, Upcast]] = {1: concern_first.schema}
    TITLE = "Concern raised"
    FIELDS = (
        CATEGORY,
        WHAT_HAPPENED,
        VIEW,
        CHILDS_WORDS,
        CHILD_NOT_HEARD,
        CHILD_SEEN,
        REFERRER,
        ACTION,
        WHY_NOT_REFERRED,
        IMPACT,
        FieldRule(
            name="health_detail",
            kinds=(Kind.OBSERVATION, Kind.FACT_RECORDED, Kind.THIRD_PARTY),
            content=Class.HEALTH,
            tags=(Tag.HEALTH,),
            meaning="Health, of the child or of another person",
        ),
    )


class InvolvementStated(Report):
    """An agency says that it works with the person, under which status or plan; a state, with no date of its own."""

    TYPE = "involvement.stated"
    TITLE = "Known to a service"
    FIELDS = (
        FieldRule(
            name="service",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.ADMINISTRATIVE,
            meaning="Service or team that works with the person",
        ),
        FieldRule(
            name="status",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.ADMINISTRATIVE,
            meaning="Status at the agency",
        ),
        FieldRule(
            name="plan", kinds=(Kind.FACT_RECORDED,), content=Class.SOCIAL_CARE, meaning="Plan that the person is under"
        ),
        FieldRule(
            name="contact",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.ADMINISTRATIVE,
            meaning="How to reach the service",
        ),
    )


class RiskState(Report):
    """A named risk, as the agency holds it today. Not known is said as not known, never as no."""

    TYPE = "risk.state"
    TITLE = "Risk as recorded"
    FIELDS = (
        FieldRule(
            name="risk", kinds=(Kind.PROFESSIONAL_OPINION,), content=Class.OPINION, meaning="Which risk, as a code"
        ),
        FieldRule(
            name="present",
            kinds=(Kind.PROFESSIONAL_OPINION,),
            content=Class.OPINION,
            meaning="Whether the agency judges it present; absent when not known",
        ),
        NOT_KNOWN,
    )


class WarningMarkerStated(Report):
    """A marker for the safety of whoever visits."""

    TYPE = "warning_marker.stated"
    TITLE = "Warning marker"
    FIELDS = (
        FieldRule(
            name="marker",
            kinds=(Kind.PROFESSIONAL_OPINION,),
            content=Class.CRIMINAL,
            tags=(Tag.CRIMINAL, Tag.THIRD_PARTY_ADULT),
            meaning="The marker, in the agency's words",
        ),
    )


class PersonDescribed(Report):
    """An agency states who a person is: names, birth date, identifiers, address."""

    TYPE = "person.described"
    TITLE = "Details of the person"
    FIELDS = (
        FieldRule(
            name="household_member",
            kinds=(Kind.THIRD_PARTY,),
            content=Class.IDENTITY,
            tags=(Tag.THIRD_PARTY_ADULT,),
            meaning="Someone who lives at the address",
        ),
        FieldRule(
            name="related_person_risk",
            kinds=(Kind.PROFESSIONAL_OPINION,),
            content=Class.CRIMINAL,
            tags=(Tag.CRIMINAL, Tag.THIRD_PARTY_ADULT),
            meaning="A risk recorded against a related person",
        ),
        FieldRule(
            name="characteristic",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.IDENTITY,
            meaning="A characteristic as recorded, such as language or need",
        ),
        FieldRule(
            name="disability",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.HEALTH,
            tags=(Tag.HEALTH,),
            meaning="A disability as recorded, as coded",
        ),
        FieldRule(
            name="unaccompanied_asylum",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.SOCIAL_CARE,
            tags=(Tag.IMMIGRATION,),
            meaning="Whether recorded as an unaccompanied child seeking asylum, and until when",
        ),
        NOT_KNOWN,
    )


class RecordCorrected(Report):
    """An agency corrects what it stated: which field, in what way. Both stay readable."""

    TYPE = "record.corrected"
    TITLE = "Record corrected"
    FIELDS = (
        FieldRule(
            name="corrected_field",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.ADMINISTRATIVE,
            meaning="Which field changed",
        ),
        WHAT_HAPPENED,
        VIEW,
        CHILDS_WORDS,
    )


class RecordRetracted(Report):
    """An agency says that an earlier report should not stand. It stays readable, marked withdrawn."""

    TYPE = "record.retracted"
    TITLE = "Record withdrawn by its agency"
    FIELDS = (
        FieldRule(
            name="why_withdrawn",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.ADMINISTRATIVE,
            meaning="Reason code, such as entered-in-error or purge",
        ),
    )


class IdentityMerged(Report):
    """A register says that two identifiers are of one person. The hub never merges on it; it asks a human."""

    TYPE = "identity.merged"
    TITLE = "Identifiers merged at their register"
    FIELDS = (
        FieldRule(
            name="old_identifier",
            kinds=(Kind.FACT_RECORDED,),
            content=Class.IDENTITY,
            meaning="The identifier that no longer stands",
        ),
    )


FACTS = (
    ConcernRaised,
    InvolvementStated,
    RiskState,
    WarningMarkerStated,
    PersonDescribed,
    RecordCorrected,
    RecordRetracted,
    IdentityMerged,
)
