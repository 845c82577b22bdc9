"""Which places a child attends must be told of domestic abuse, and which the duty does not reach.

Source: Domestic Abuse Act 2021 s49A: the police tell a school or college; a nursery, club or charity is not one.
"""

from dataclasses import dataclass
from enum import Enum

from consent.bodies import SCHOOLS
from contracts.events.hub import ReportLinked
from contracts.events.police import DomesticAbuseNotified
from contracts.events.school import SchoolEnrolled, SchoolLeft
from contracts.vocabulary import AgencyKind, ChangeKind
from hub.domain.relied_basis import Party

NOT_REACHED = frozenset({AgencyKind.VCSE_COMMISSIONED, AgencyKind.VCSE_INDEPENDENT, AgencyKind.CLUB})


class Reach(Enum):
    """Whether the duty reaches a place that knows the child."""

    SCHOOL = "school"  # the duty: told before the next school day begins
    NOT_COVERED = "not_covered"  # the duty does not speak of it: a person decides for this child


@dataclass(frozen=True, slots=True)
class Setting:
    """A place that the child attends, or that works with the child."""

    party: Party
    reach: Reach


def is_notice(link: ReportLinked) -> bool:
    """Whether the report is a police notice of domestic abuse, stated for the first time."""
    return (
        link.report_type == DomesticAbuseNotified.TYPE
        and link.agency_kind is AgencyKind.POLICE
        and link.change is ChangeKind.NEW
    )


def settings_of(standing: tuple[ReportLinked, ...]) -> tuple[Setting, ...]:
    """The child's places, by what they have stated: a school that has the child on its roll and has not said otherwise.

    A school that once knew the child is told nothing: it may be the school that the child was moved away from.
    """
    on_roll: dict[str, Party] = {}
    others: dict[str, Party] = {}
    for link in standing:
        party = Party(link.source, link.agency_kind)
        if link.agency_kind in SCHOOLS and link.report_type == SchoolEnrolled.TYPE:
            on_roll[link.source] = party
        elif link.agency_kind in SCHOOLS and link.report_type == SchoolLeft.TYPE:
            on_roll.pop(link.source, None)
        elif link.agency_kind in NOT_REACHED:
            others[link.source] = party
    return (
        *(Setting(party, Reach.SCHOOL) for party in on_roll.values()),
        *(Setting(party, Reach.NOT_COVERED) for party in others.values()),
    )
