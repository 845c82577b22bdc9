"""Facts that the Probation Service and prisons state, mostly about adults."""

from contracts.events.shared import WHAT_HAPPENED
from contracts.report import FieldRule, Report
from contracts.vocabulary import FieldClass as Class
from contracts.vocabulary import SensitivityTag as Tag
from contracts.vocabulary import StatementKind as Kind


def _fact(name: str, meaning: str, content: Class = Class.CRIMINAL, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.FACT_RECORDED,), content=content, tags=tags, meaning=meaning)


def _view(name: str, meaning: str, content: Class = Class.OPINION, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.PROFESSIONAL_OPINION,), content=content, tags=tags, meaning=meaning)


class RiskRegisterAdded(Report):
    """An adult was put on a register of risk."""

    TYPE = "risk_register.added"
    TITLE = "Risk register entry"
    FIELDS = (
        WHAT_HAPPENED,
        _view("register", "Which register, as coded", Class.CRIMINAL, Tag.CRIMINAL, Tag.THIRD_PARTY_ADULT),
        _view("level", "Level, as coded", Class.CRIMINAL, Tag.CRIMINAL),
        _fact("licence_end", "When the licence ends", Class.CRIMINAL, Tag.CRIMINAL),
    )


class RiskRegisterEnded(Report):
    """A register entry ended; the risk closed with a date."""

    TYPE = "risk_register.ended"
    TITLE = "Risk register entry ended"
    FIELDS = (_view("register", "Which register, as coded", Class.CRIMINAL, Tag.CRIMINAL),)


class CustodyReleased(Report):
    """A person left custody."""

    TYPE = "custody.released"
    TITLE = "Released from custody"
    FIELDS = (
        _fact("release_reason", "Why, as coded", Class.CRIMINAL, Tag.CRIMINAL),
        _fact("prison", "From where", Class.CRIMINAL, Tag.CRIMINAL),
    )


class CustodyReceived(Report):
    """A person came into custody."""

    TYPE = "custody.received"
    TITLE = "Received into custody"
    FIELDS = (
        _fact("reception_reason", "Why, as coded", Class.CRIMINAL, Tag.CRIMINAL),
        _fact("prison", "Where", Class.CRIMINAL, Tag.CRIMINAL),
    )


FACTS = (
    RiskRegisterAdded,
    RiskRegisterEnded,
    CustodyReleased,
    CustodyReceived,
)
