"""Whether somebody may see that a child stands on a list of codes and dates, as a fact to keep for each child on it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from consent.decide import Finding, LawSettings, decide
from consent.request import Act, FactsInLaw, Request
from contracts.events.hub import AccessDecided, Cited
from contracts.vocabulary import FieldClass, LogOperation, StaffRole
from hub.domain.access import Asked
from hub.domain.moment import day_in_london


@dataclass(frozen=True, slots=True)
class Listing:
    """Which list it is, and whose work it is to look at it."""

    what: Literal["telling", "identity_question"]
    roles: frozenset[StaffRole]


def decide_listing(
    listing: Listing, asked: Asked, person_id: UUID, decision_id: UUID, *, listed: int, settings: LawSettings
) -> AccessDecided:
    """The decision about one child; `listed` is how many lines of the list are about that child."""
    outcome = decide(_request(asked), FactsInLaw(items=()), settings=settings)
    permitted = outcome.permitted and asked.actor.role in listing.roles
    return AccessDecided(
        decision_id=decision_id,
        at=asked.at,
        person_id=person_id,
        actor=asked.actor,
        purpose=asked.purpose,
        operation=LogOperation.CONSULTATION,
        what=listing.what,
        effect="permitted" if permitted else "refused",
        law=outcome.pack,
        grounds=_cited(outcome.grounds),
        bars=_cited(outcome.bars),
        warnings=_cited(outcome.warnings),
        history_version=0,
        items_shown=listed if permitted else 0,
        classes=(FieldClass.ADMINISTRATIVE,) if permitted else (),
        withheld=(),
    )


def _cited(findings: tuple[Finding, ...]) -> tuple[Cited, ...]:
    return tuple(Cited(rule=one.rule, citation=one.citation, says=one.says) for one in findings)


def _request(asked: Asked) -> Request:
    return Request(
        act=Act.READ,
        on=day_in_london(asked.at),
        purpose=asked.purpose,
        agency=asked.actor.agency,
        agency_kind=asked.actor.agency_kind,
        role=asked.actor.role,
        need=None,
        urgent=False,
    )
