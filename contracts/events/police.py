"""Facts that police forces state."""

from contracts.events.shared import (
    ACTION,
    CHILD_NOT_HEARD,
    CHILD_SEEN,
    CHILDS_WORDS,
    NOT_KNOWN,
    REFERRER,
    VIEW,
    WHAT_HAPPENED,
)
from contracts.report import FieldRule, Report
from contracts.vocabulary import FieldClass as Class
from contracts.vocabulary import SensitivityTag as Tag
from contracts.vocabulary import StatementKind as Kind


def _fact(name: str, meaning: str, content: Class = Class.ADMINISTRATIVE, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.FACT_RECORDED,), content=content, tags=tags, meaning=meaning)


def _view(name: str, meaning: str, content: Class = Class.OPINION, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.PROFESSIONAL_OPINION,), content=content, tags=tags, meaning=meaning)


class DomesticAbuseNotified(Report):
    """Police attended, or learnt of, domestic abuse in a child's home (Domestic Abuse Act 2021 s3, s49A)."""

    TYPE = "domestic_abuse.notified"
    TITLE = "Domestic abuse incident"
    FIELDS = (
        WHAT_HAPPENED,
        VIEW,
        CHILDS_WORDS,
        CHILD_NOT_HEARD,
        CHILD_SEEN,
        REFERRER,
        ACTION,
        _fact("incident_reference", "The force's own reference"),
        _fact("child_present", "Whether the child was there, and where in the home"),
        _view("risk_grade", "Risk as the officer graded it"),
        _fact("nature", "Nature of the incident", Class.CRIMINAL, Tag.CRIMINAL, Tag.VICTIM_SAFETY),
        _fact("handling_note", "How the recipient must handle it"),
    )


class MissingStarted(Report):
    """A child was reported missing."""

    TYPE = "missing.started"
    TITLE = "Missing"
    FIELDS = (
        WHAT_HAPPENED,
        _fact("definition", "Whose definition of missing this is: police or social care"),
        _view("risk_grade", "Risk as graded"),
        _fact("last_seen", "When and where last seen", Class.LOCATION),
        NOT_KNOWN,
    )


class MissingEnded(Report):
    """A missing child was found or came back."""

    TYPE = "missing.ended"
    TITLE = "Found, or returned"
    FIELDS = (
        WHAT_HAPPENED,
        _fact("definition", "Whose definition of missing this is: police or social care"),
        _fact("how_found", "How the episode ended"),
    )


class ReturnInterviewHeld(Report):
    """A return interview after a missing episode: whether the child came to it."""

    TYPE = "return_interview.held"
    TITLE = "Return interview"
    FIELDS = (
        CHILDS_WORDS,
        _fact("attended", "Whether the child attended"),
        WHAT_HAPPENED,
    )


class PoliceProtectionUsed(Report):
    """A constable took a child into police protection (Children Act 1989 s46)."""

    TYPE = "police_protection.used"
    TITLE = "Police protection"
    FIELDS = (
        WHAT_HAPPENED,
        CHILDS_WORDS,
        _fact("power", "The power used"),
    )


FACTS = (
    DomesticAbuseNotified,
    MissingStarted,
    MissingEnded,
    ReturnInterviewHeld,
    PoliceProtectionUsed,
)
