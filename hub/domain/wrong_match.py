"""Undoing a wrong match: what moves, what stays readable, and everybody who saw it meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor, ReportLinked
from contracts.vocabulary import FieldClass, LogOperation, Purpose, StaffRole
from hub.domain.access import Asked
from hub.domain.errors import HubError
from hub.domain.moment import day_in_london
from hub.domain.unopened import Unopened, decide_unopened


class MoveRefused(HubError):
    """The move may not be made; the message is a code."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who was shown the person's chronology while the report stood in it."""

    issuer: str
    subject: str
    agency: str
    at: datetime
    decision_id: UUID


def purpose_of(actor: Actor) -> Purpose:
    """For what whoever acts says whose a report is: to check, or to meet the child's need (as the questions' list)."""
    return Purpose.AUDIT if actor.role is StaffRole.IG_OFFICER else Purpose.SECTION_17


def decide_match(
    asked: Asked, person_id: UUID, decision_id: UUID, version: int, settings: LawSettings
) -> AccessDecided:
    """What the law says of somebody who says whose a report is, before the policies are asked; no content goes out."""
    saying = Unopened("identity_question", LogOperation.ALTERATION, FieldClass.IDENTITY, items=1)
    return decide_unopened(saying, asked, (person_id, version), decision_id, settings)


def check_move(report_id: UUID, standing: tuple[ReportLinked, ...], by: str, approved_by: str) -> ReportLinked:
    """The link that is wrong. Raises MoveRefused: two_people_needed, not_linked_here."""
    if by == approved_by:
        raise MoveRefused("two_people_needed")
    link = next((one for one in standing if one.report_id == report_id), None)
    if link is None:
        raise MoveRefused("not_linked_here")
    return link


def who_saw(report_id: UUID, link: ReportLinked, decisions: tuple[AccessDecided, ...]) -> tuple[Seen, ...]:
    """Everybody to whom the chronology was shown after the report was linked, oldest first, each look by itself.

    A look at what was known on an earlier day, or from which every class of the report was withheld, did not show it.
    """
    return tuple(
        Seen(one.actor.issuer, one.actor.subject, one.actor.agency, one.at, one.decision_id)
        for one in decisions
        if one.effect == "permitted" and one.what == "chronology" and _showed(report_id, link, one)
    )


def _showed(report_id: UUID, link: ReportLinked, decision: AccessDecided) -> bool:
    here_since = link.linked_at or link.received
    if decision.at < here_since or report_id in decision.not_shown:
        return False
    if decision.as_known_on is not None and decision.as_known_on < day_in_london(here_since):
        return False
    held_back = {one.content for one in decision.withheld if one.report_id == report_id}
    return not set(link.classes) <= held_back
