"""Every fact of the published language, by its name; and the name it has as a CloudEvents type."""

import re

from contracts.errors import UnknownType
from contracts.event import Fact
from contracts.events import (
    access,
    agency_keys,
    compartment,
    erasure,
    feed,
    health,
    hub,
    keys,
    log,
    matching,
    need,
    phrases,
    police,
    printing,
    probation,
    quarantine,
    reply,
    requests,
    school,
    shared,
    sharing,
    social_care,
    subject_report,
    telling,
)
from contracts.report import Report

REPORTS: tuple[type[Report], ...] = (
    *shared.FACTS,
    *police.FACTS,
    *health.FACTS,
    *school.FACTS,
    *social_care.FACTS,
    *probation.FACTS,
)
EVENTS: tuple[type[Fact], ...] = (
    *REPORTS,
    *hub.FACTS,
    *agency_keys.FACTS,
    *quarantine.FACTS,
    *sharing.FACTS,
    *feed.FACTS,
    *subject_report.FACTS,
    *telling.FACTS,
    *requests.FACTS,
    *log.FACTS,
    *access.FACTS,
    *need.FACTS,
    *keys.FACTS,
    *compartment.FACTS,
    *printing.FACTS,
    *erasure.FACTS,
    *phrases.FACTS,
    *matching.FACTS,
    *reply.FACTS,
)

_PREFIX = "uk.childhub."
_BY_NAME = {fact.TYPE: fact for fact in EVENTS}
_REPORT_BY_NAME = {report.TYPE: report for report in REPORTS}


def wire_type(fact: type[Fact], version: int | None = None) -> str:
    """The CloudEvents `type` of a fact: `uk.childhub.<TYPE>.v<version>`, today's version unless one is given."""
    return f"{_PREFIX}{fact.TYPE}.v{version or fact.VERSION}"


def wire_types(fact: type[Fact]) -> tuple[str, ...]:
    """The CloudEvents `type` of every version of a fact, oldest first."""
    return tuple(wire_type(fact, version) for version in range(1, fact.VERSION + 1))


def parse_wire_type(text: str) -> tuple[type[Fact], int]:
    """The fact class and version that a CloudEvents `type` names.

    Raises UnknownType: not of our shape, no such fact, or a version newer than this edition knows.
    """
    match = re.fullmatch(r"uk\.childhub\.([a-z0-9_]+\.[a-z0-9_]+)\.v([1-9][0-9]{0,3})", text)
    if match is None:
        raise UnknownType("type")
    fact = _BY_NAME.get(match[1])
    if fact is None:
        raise UnknownType("type")
    version = int(match[2])
    if version > fact.VERSION:
        raise UnknownType("version")
    return fact, version


def parse_report_type(text: str) -> tuple[type[Report], int]:
    """As `parse_wire_type`, for facts that agencies state. Raises UnknownType."""
    fact, version = parse_wire_type(text)
    report = _REPORT_BY_NAME.get(fact.TYPE)
    if report is None:
        raise UnknownType("not_a_report")
    return report, version


def report_class(name: str) -> type[Report]:
    """The report class whose TYPE is `name`. Raises UnknownType."""
    try:
        return _REPORT_BY_NAME[name]
    except KeyError:
        raise UnknownType("type") from None
