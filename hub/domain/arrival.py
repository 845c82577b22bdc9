"""What the hub states about a report it takes in: codes the law is decided on, marks for its readers and sender."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from consent import decide as law
from consent.decide import Finding, LawSettings
from consent.request import Act, FactsInLaw, Request
from contracts.agreement import Agreement
from contracts.events.hub import Mark, ReportLinked
from contracts.report import Report, RoleOf
from contracts.vocabulary import AgencyKind, SensitivityTag
from hub.domain import in_law
from hub.domain.agreements import Wanted, passage
from hub.domain.identity import Link
from hub.domain.moment import day_in_london


@dataclass(frozen=True, slots=True)
class SignedReport:
    """The proved facts about a report's bytes: its id, the version it was signed as, SHA-256 (hex) of the body."""

    report_id: UUID
    version: int
    body_sha256: str


PROTECTING = (
    "It is for immediate protection, so it was taken in and goes on all the same; have the agreement put right."
)
CLOSED = "It was taken in; until the agreement is put right it is passed on only for a child's immediate protection."
_NOT_AGREED = {
    "agreement_not_started": "The sharing agreement has not started yet.",
    "agreement_review_overdue": "The sharing agreement is past its review date: routine sharing is closed.",
    "agreement_type": "The sharing agreement does not name this kind of report.",
    "agreement_purpose": "The sharing agreement does not name this purpose.",
}
CONSENTED = Mark(
    code="collected_on_consent",
    rule="collected-on-consent",
    says="Its agency collected this on consent for a purpose of its own. Weigh that before it is used for another.",
)
# What the law of holding asks of no report: which it is, whose, and when it happened (a test says so); nor what the hub
# found besides.
_NOT_ASKED: Mapping[str, object] = {
    "report_id": UUID(int=0),
    "person_id": UUID(int=0),
    "happened": None,
    "certainty": "known",
    "matched_on": (),
    "changes": None,
    "marks": (),
    "body_sha256": "",
    "record": None,
    "terms": (),
}
AHEAD = timedelta(minutes=5)
LATE = timedelta(days=30)


def state_link(
    report: Report, signed: SignedReport, agreement: Agreement, link: Link, received: datetime
) -> ReportLinked:
    """The hub's own statement that it took this report in and to whom it belongs; it holds none of its words."""
    return ReportLinked(
        report_id=signed.report_id,
        source=agreement.source,
        agency_kind=agreement.agency_kind,
        report_type=report.TYPE,
        report_version=signed.version,
        received=received,
        happened=report.happened.day(),
        person_id=link.person_id,
        certainty=link.certainty.value,
        matched_on=link.matched_on,
        change=report.change.kind,
        changes=report.change.of,
        purpose=report.handling.purpose,
        need=report.handling.need,
        urgent=report.handling.urgent,
        classes=tuple(sorted(report.classes())),
        tags=tags_of(report),
        restricted=report.handling.restricted,
        collected_on_consent=report.handling.collected_on_consent,
        roles=tuple(RoleOf(person=person.ref, role=person.role) for person in report.people),
        bases=report.bases,
        telling=report.telling,
        not_to_be_seen_by=report.handling.not_to_be_seen_by,
        marks=(*time_marks(report, received), *((CONSENTED,) if report.handling.collected_on_consent else ())),
        body_sha256=signed.body_sha256,
        agreement_version=agreement.version,
    )


def basis_marks(linked: ReportLinked, settings: LawSettings) -> tuple[Mark, ...]:
    """What the law of the day of receipt says is wrong with the stated bases, as marks to be corrected.

    A wrong basis never keeps a report out.
    """
    noon = datetime.combine(day_in_london(linked.received), time(12), UTC)
    return _marks(linked.model_copy(update={**_NOT_ASKED, "received": noon}), settings)


@lru_cache(maxsize=512)
def _marks(alike: ReportLinked, settings: LawSettings) -> tuple[Mark, ...]:
    """The same for all that is alike, so that a thousand reports on one basis are judged once."""
    unknown = tuple(
        Mark(code="basis_to_be_corrected", rule="unknown_basis", says="The basis stated is not one that the law knows.")
        for _ in in_law.unknown_codes(alike.bases)
    )
    outcome = law.decide(_holding(alike), FactsInLaw(items=(in_law.item(alike),)), settings=settings)
    return (*unknown, *dict.fromkeys(_mark(finding) for finding in outcome.fixes))


def time_marks(report: Report, received: datetime) -> tuple[Mark, ...]:
    """Marks for a time that lies ahead, or long before the hub received the report, or was assumed."""
    marks: list[Mark] = []
    start = report.happened.earliest()
    if report.happened.is_after(received, AHEAD):
        marks.append(Mark(code="happened_in_future"))
    if start is not None and received - start > LATE:
        marks.append(Mark(code="received_late"))
    if report.happened.zone_assumed:
        marks.append(Mark(code="zone_assumed"))
    return tuple(marks)


def check_passage(agreement: Agreement, report: Report, day: date) -> None:
    """Nothing, if the report may be taken in under the agreement, or is for a child's immediate protection.

    Raises AgreementBroken: agreement_not_started, agreement_type. A passed review date keeps nothing out; see
    `agreement_marks`.
    """
    if not _wanted(report, day).pressing:
        agreement.check_publish(report.TYPE, day)


def agreement_marks(agreement: Agreement, report: Report, day: date) -> tuple[Mark, ...]:
    """A mark for each thing that is not as the data-sharing agreement has it, with what that closes; none is a refusal.

    What an agency states is never kept from the hub because a review is late. What is closed is the way on from it.
    """
    found = passage(agreement, _wanted(report, day))
    what = PROTECTING if found.open else CLOSED
    return tuple(Mark(code=code, rule="agreement", says=f"{_NOT_AGREED[code]} {what}") for code in found.marks)


def _wanted(report: Report, day: date) -> Wanted:
    handling = report.handling
    return Wanted("publishes", report.TYPE, handling.purpose, day, handling.need, handling.urgent)


def _holding(linked: ReportLinked) -> Request:
    return Request(
        act=Act.HOLD,
        on=day_in_london(linked.received),
        purpose=linked.purpose,
        agency=linked.source,
        agency_kind=linked.agency_kind,
        role=None,
        need=linked.need,
        urgent=linked.urgent,
        recipient_kind=AgencyKind.HUB,
    )


def _mark(finding: Finding) -> Mark:
    return Mark(code="basis_to_be_corrected", rule=finding.rule, says=finding.says, propose=finding.propose)


def tags_of(report: Report) -> tuple[SensitivityTag, ...]:
    """The handling marks of a report: those stated, and those that what it holds brings with it."""
    tags = set(report.handling.sensitivity)
    for statement in report.statements:
        tags.update(report.rule_of(statement.field).tags)
    places = (report.place, *(person.address for person in report.people))
    if any(place is not None and place.withheld for place in places):
        tags.add(SensitivityTag.ADDRESS_PROTECTED)  # an agency that holds an address back is protecting it
    return tuple(sorted(tags))
